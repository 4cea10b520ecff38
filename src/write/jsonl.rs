//! A JSON object a line, keys as the columns of the CSV file of the same name, numbers as numbers, nothing as `null`.

use std::io::{self, Write};

use super::{
    Folder, WriteError,
    column::push_json_string,
    coverage::{LEAD, header},
    document::Documents,
    report::json_finding,
    tables::{Table, Tables},
    vintage::Vintages,
};
use crate::schema::{Finding, Observation};

/// Writes a file a table; findings are the very objects that `check --format json` lists.
pub(super) fn write(tables: &Tables, folder: &mut Folder) -> Result<(), WriteError> {
    table::<Observation>(tables, folder)?;
    folder.write("findings.jsonl", |out| {
        Finding::each(tables, &mut |finding| writeln!(out, "{}", json_finding(finding)?))
    })?;
    table::<Documents>(tables, folder)?;
    folder.write("coverage.jsonl", |out| coverage(tables, out))?;
    table::<Vintages>(tables, folder)
}

fn table<T: Table>(tables: &Tables, folder: &mut Folder) -> Result<(), WriteError> {
    folder.write(&format!("{}.jsonl", T::NAME), |out| lines::<T>(tables, out))
}

fn lines<T: Table>(tables: &Tables, out: &mut dyn Write) -> io::Result<()> {
    let lines = |rows: &[T::Row<'_>]| {
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
        Ok(lines.into_bytes())
    };
    T::made(tables, lines, out)
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
