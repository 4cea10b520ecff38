//! `observations.jsonl`: a JSON object a line, keys as the columns of `observations.csv`, numbers as numbers, nothing as `null`.

use std::io::{self, Write};

use super::{
    Folder, WriteError,
    column::{Column, push_json_string},
    observation,
};
use crate::schema::Dataset;

/// Writes `observations.jsonl`.
pub(super) fn write(dataset: &Dataset, folder: &mut Folder) -> Result<(), WriteError> {
    let rows = dataset.extractions.iter().flat_map(|extraction| &extraction.observations);
    folder.write("observations.jsonl", |out| lines(out, observation::COLUMNS, rows))
}

fn lines<'a, Row>(out: &mut dyn Write, columns: &[Column<Row>], rows: impl Iterator<Item = &'a Row>) -> io::Result<()> {
    let mut line = String::new();
    for row in rows {
        line.clear();
        for (index, column) in columns.iter().enumerate() {
            line.push(if index == 0 { '{' } else { ',' });
            push_json_string(column.name, &mut line);
            line.push(':');
            (column.value)(row).push_json(column.presence, &mut line);
        }
        line.push_str("}\n");
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}
