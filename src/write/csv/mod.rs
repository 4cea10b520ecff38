//! The CSV files: UTF-8, a header, `\n`, RFC 4180 quoting.
//!
//! Cells hold exactly what was printed, so that one may start with `-`, `+` or `=`: `- 33%` is a figure, not a formula.

mod coverage;
mod documents;
mod vintages;

use std::io::{self, Write};

use super::{Folder, WriteError, column::Column, finding, observation};
use crate::schema::Dataset;

/// Writes every CSV file.
pub(super) fn write(dataset: &Dataset, folder: &mut Folder) -> Result<(), WriteError> {
    let observations = dataset.extractions.iter().flat_map(|extraction| &extraction.observations);
    folder.write("observations.csv", |out| rows(out, observation::COLUMNS, observations))?;
    folder.write("findings.csv", |out| rows(out, finding::COLUMNS, dataset.findings.iter()))?;
    folder.write("documents.csv", |out| documents::write(dataset, out))?;
    folder.write("coverage.csv", |out| coverage::write(dataset, out))?;
    folder.write("vintages.csv", |out| vintages::write(dataset, out))
}

fn rows<'a, Row>(out: &mut dyn Write, columns: &[Column<Row>], rows: impl Iterator<Item = &'a Row>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns.iter().map(|column| column.name))?;
    for row in rows {
        for column in columns {
            writer.write_field((column.value)(row).to_cell().as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}
