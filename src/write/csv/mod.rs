//! The CSV files: UTF-8, a header, `\n`, RFC 4180 quoting.
//!
//! Cells hold exactly what was printed, so that one may start with `-`, `+` or `=`: `- 33%` is a figure, not a formula.

mod coverage;
mod package;

use std::io;

use super::{
    Folder, WriteError,
    document::Documents,
    folder::Stream,
    tables::{Table, Tables},
};
use crate::schema::Finding;

/// What stands above the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Header {
    /// The names of the columns.
    #[default]
    Names,
    /// The names, and below them a row of tags of the Humanitarian Exchange Language, <https://hxlstandard.org>.
    Hxl,
}

/// Writes every CSV file, and `datapackage.json`, which describes them.
pub(super) fn write(tables: &Tables, header: Header, (observations, vintages): (Stream, Stream), folder: &Folder) -> Result<(), WriteError> {
    folder.keep(observations)?;
    table::<Finding>(tables, header, folder)?;
    table::<Documents>(tables, header, folder)?;
    folder.write("coverage.csv", |out| coverage::write(tables, header, out))?;
    folder.keep(vintages)?;
    folder.write("datapackage.json", |out| package::write(tables, header, out))
}

fn table<T: Table>(tables: &Tables, header: Header, folder: &Folder) -> Result<(), WriteError> {
    folder.write(&format!("{}.csv", T::NAME), |out| {
        out.write_all(&head::<T>(header)?)?;
        T::made(tables, rows::<T>, |made| out.write_all(&made))
    })
}

/// What stands above the rows.
pub(super) fn head<T: Table>(header: Header) -> io::Result<Vec<u8>> {
    let mut names = csv::Writer::from_writer(Vec::new());
    names.write_record(T::COLUMNS.iter().map(|column| column.name))?;
    if header == Header::Hxl {
        names.write_record(T::COLUMNS.iter().map(|column| column.hxl))?;
    }
    bytes(names)
}

/// A line a row.
pub(super) fn rows<T: Table>(rows: &[T::Row<'_>]) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        for column in T::COLUMNS {
            writer.write_field(column.of(*row).to_cell().as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    bytes(writer)
}

fn bytes(writer: csv::Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}
