//! A JSON object a line, keys as the columns of the CSV file of the same name, numbers as numbers, nothing as `null`.

use std::io::{self, Write};

use super::{
    Folder, WriteError,
    column::push_json_string,
    coverage::{LEAD, header},
    document::Documents,
    folder::Stream,
    report::json_finding,
    tables::{Table, Tables},
};
use crate::schema::Finding;

/// Writes a file a table; findings are the very objects that `check --format json` lists.
pub(super) fn write(tables: &Tables, (observations, vintages): (Stream, Stream), folder: &Folder) -> Result<(), WriteError> {
    folder.keep(observations)?;
    folder.write("findings.jsonl", |out| {
        Finding::each(tables, &mut |finding| writeln!(out, "{}", json_finding(finding)?))
    })?;
    folder.write("documents.jsonl", |out| {
        Documents::made(tables, |documents| Ok(rows::<Documents>(documents)), |made| out.write_all(&made))
    })?;
    folder.write("coverage.jsonl", |out| coverage(tables, out))?;
    folder.keep(vintages)
}

/// A line a row.
pub(super) fn rows<T: Table>(rows: &[T::Row<'_>]) -> Vec<u8> {
    let mut lines = String::new();
    for row in rows {
        for (index, column) in T::COLUMNS.iter().enumerate() {
            lines.push(if index == 0 { '{' } else { ',' });
            push_json_string(column.name, &mut lines);
            lines.push(':');
            column.of(*row).push_json(column.presence, &mut lines);
        }
        lines.push_str("}\n");
    }
    lines.into_bytes()
}

fn coverage(tables: &Tables, out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    tables.each_edition(&mut |lead, states| {
        line.clear();
        let values = lead.into_iter().chain(states.iter().copied());
        for (index, (name, value)) in header(tables.rules()).zip(values).enumerate() {
            line.push(if index == 0 { '{' } else { ',' });
            push_json_string(name, &mut line);
            line.push(':');
            match value {
                "" if index >= LEAD.len() => line.push_str("null"),
                value => push_json_string(value, &mut line),
            }
        }
        line.push_str("}\n");
        out.write_all(line.as_bytes())
    })
}
