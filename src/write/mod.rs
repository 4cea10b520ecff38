//! Extractions and findings to files: one file a format, all from the same column definitions.

mod claim;
mod codebook;
pub mod column;
pub mod coverage;
mod csv;
pub mod document;
mod figures;
pub mod finding;
mod folder;
mod html;
mod jsonl;
mod lines;
pub mod observation;
mod parquet;
mod promises;
pub mod report;
pub mod schema;
mod sdmx;
mod sqlite;
pub mod summary;
pub mod tables;
pub mod terminal;
pub mod vintage;
mod xlsx;

use std::{fmt, path::PathBuf, str::FromStr};

pub use claim::Claim;
pub use csv::Header;
pub use folder::{Folder, WriteError};
pub use html::is_own_report;

use crate::schema::{Results, view::Views};
use lines::Long;
use summary::Summary;
use tables::Tables;

/// A format that `ingest` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `observations.csv`, `findings.csv`, `documents.csv`, `coverage.csv`, `vintages.csv`, and `datapackage.json` about them.
    Csv(Header),
    /// The same tables, a JSON object a line.
    Jsonl,
    /// The same but for the coverage, as `.parquet`.
    Parquet,
    /// `crosstally.xlsx`.
    Xlsx,
    /// `crosstally.sqlite`.
    Sqlite,
    /// `observations.sdmx.csv`.
    Sdmx,
    /// `report/index.html`, and what it loads from beside it.
    Html,
}

impl Format {
    /// All formats, in the order they are offered.
    pub const ALL: &[Self] = &[
        Self::Csv(Header::Names),
        Self::Jsonl,
        Self::Parquet,
        Self::Xlsx,
        Self::Sqlite,
        Self::Sdmx,
        Self::Html,
    ];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::Sqlite => "sqlite",
            Self::Sdmx => "sdmx-csv",
            Self::Html => "html",
        }
    }

    fn write(self, tables: &Tables, long: &mut Long, views: &dyn Views, folder: &mut Folder) -> Result<(), WriteError> {
        match self {
            Self::Csv(header) => csv::write(tables, header, long.of(self), folder),
            Self::Jsonl => jsonl::write(tables, long.of(self), folder),
            Self::Parquet => parquet::write(tables, folder),
            Self::Xlsx => xlsx::write(tables, folder),
            Self::Sqlite => sqlite::write(tables, folder),
            Self::Sdmx => sdmx::write(tables, folder),
            Self::Html => {
                let dataset = tables.results.dataset().map_err(|source| folder.fault("report/index.html", source))?;
                html::write(&dataset, views, folder)
            }
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A format that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown format, there is: {}", Format::ALL.iter().map(|format| format.as_str()).collect::<Vec<_>>().join(", "))]
pub struct UnknownFormat;

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.iter().copied().find(|format| format.as_str() == name).ok_or(UnknownFormat)
    }
}

/// The files that a run wrote, and what is told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Those that people open.
    pub files: Vec<PathBuf>,
    /// Those that these load.
    pub parts: Vec<PathBuf>,
    /// What is printed of it.
    pub summary: Summary,
}

/// Writes a run's result in every format asked for, all files or none, and says which they are.
///
/// Files of other formats that an earlier run left in the folder stay as they are. `views` shows the snapshots to formats for people.
pub fn all(results: &dyn Results, views: &dyn Views, mut folder: Folder, formats: &[Format]) -> Result<Written, WriteError> {
    let mut formats = formats.to_vec();
    formats.sort_unstable();
    formats.dedup();
    let (tables, mut long) = lines::write(results, &formats, &folder)?;
    let summary = Summary::of(&tables).map_err(|source| folder.fault("", source))?;
    for format in formats {
        format.write(&tables, &mut long, views, &mut folder)?;
    }
    Ok(Written { summary, ..folder.finish()? })
}
