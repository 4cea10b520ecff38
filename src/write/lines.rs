//! Formats of a row a line: each table is gone through once for all that are asked for.

use std::io;

use super::{
    Folder, Format, Header, WriteError, csv,
    folder::Stream,
    jsonl,
    tables::{Table, Tables},
    vintage::Vintages,
};
use crate::schema::{Observation, Results};

/// A format of a row a line.
#[derive(Debug, Clone, Copy)]
enum Lines {
    Csv(Header),
    Jsonl,
}

impl Lines {
    fn of(format: Format) -> Option<Self> {
        match format {
            Format::Csv(header) => Some(Self::Csv(header)),
            Format::Jsonl => Some(Self::Jsonl),
            Format::Parquet | Format::Xlsx | Format::Sqlite | Format::Sdmx | Format::Html => None,
        }
    }

    /// Name of the file of a table.
    fn file<T: Table>(self) -> String {
        let ending = match self {
            Self::Csv(_) => "csv",
            Self::Jsonl => "jsonl",
        };
        format!("{}.{ending}", T::NAME)
    }

    /// What stands above the rows.
    fn head<T: Table>(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Csv(header) => csv::head::<T>(header),
            Self::Jsonl => Ok(Vec::new()),
        }
    }

    fn rows<T: Table>(self, rows: &[T::Row<'_>]) -> io::Result<Vec<u8>> {
        match self {
            Self::Csv(_) => csv::rows::<T>(rows),
            Self::Jsonl => Ok(jsonl::rows::<T>(rows)),
        }
    }
}

/// The files of the two tables that are as long as the archive, one of each format, in the order of the formats.
#[derive(Debug)]
pub(super) struct Long {
    formats: Vec<Format>,
    observations: Vec<Stream>,
    vintages: Vec<Stream>,
}

impl Long {
    /// Takes out the files of a format: the observations, and the vintages. Once for each of the formats it was made for.
    pub(super) fn of(&mut self, format: Format) -> (Stream, Stream) {
        let number = self.formats.iter().position(|other| *other == format);
        let number = number.expect("a format of a row a line has its files");
        self.formats.remove(number);
        (self.observations.remove(number), self.vintages.remove(number))
    }
}

/// Sorts and counts what the tables share, and writes the long ones of those of the formats that have a row a line.
pub(super) fn write<'a>(results: &'a dyn Results, formats: &[Format], folder: &Folder) -> Result<(Tables<'a>, Long), WriteError> {
    let (formats, lines): (Vec<Format>, Vec<Lines>) = formats.iter().filter_map(|format| Some((*format, Lines::of(*format)?))).unzip();
    let mut observations = begun::<Observation>(&lines, folder)?;
    let mut fault = None;
    let make = |rows: &[&Observation]| made::<Observation>(&lines, rows);
    let tables = Tables::while_made(results, make, |made| put(&mut observations, &made, &mut fault));
    let tables = tables.map_err(|source| fault.take().unwrap_or_else(|| folder.fault("", source)))?;
    let mut vintages = begun::<Vintages>(&lines, folder)?;
    if !lines.is_empty() {
        let written = Vintages::made(
            &tables,
            |rows| made::<Vintages>(&lines, rows),
            |made| put(&mut vintages, &made, &mut fault),
        );
        written.map_err(|source| fault.take().unwrap_or_else(|| folder.fault("", source)))?;
    }
    let long = Long {
        formats,
        observations,
        vintages,
    };
    Ok((tables, long))
}

/// A file of each format, with what stands above the rows.
fn begun<T: Table>(lines: &[Lines], folder: &Folder) -> Result<Vec<Stream>, WriteError> {
    let begun = |lines: &Lines| {
        let name = lines.file::<T>();
        let mut stream = folder.begin(&name)?;
        stream.put(&lines.head::<T>().map_err(|source| folder.fault(&name, source))?)?;
        Ok(stream)
    };
    lines.iter().map(begun).collect()
}

/// The rows in each format.
fn made<T: Table>(lines: &[Lines], rows: &[T::Row<'_>]) -> io::Result<Vec<Vec<u8>>> {
    lines.iter().map(|lines| lines.rows::<T>(rows)).collect()
}

/// Writes what was made of some rows; which file failed is told beside the failure.
fn put(streams: &mut [Stream], made: &[Vec<u8>], fault: &mut Option<WriteError>) -> io::Result<()> {
    for (stream, bytes) in streams.iter_mut().zip(made) {
        if let Err(error) = stream.put(bytes) {
            *fault = Some(error);
            return Err(io::ErrorKind::Other.into());
        }
    }
    Ok(())
}
