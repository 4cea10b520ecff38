//! crosstally pulls every figure out of published displacement dashboards and flags what does not add up.
//!
//! The data flows `archive → input → layout → parse → profiles → schema → validate → write`.

use std::path::{Path, PathBuf};

use rust_decimal::Decimal;

pub mod archive;
pub mod input;
pub mod layout;
pub mod parse;
pub mod schema;
pub mod validate;
pub mod write;

/// How snapshots are read and checked.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Snapshots read at a time; as many as there are cores where not told.
    pub jobs: Option<usize>,
    /// Folder of profiles beside the built-in ones.
    pub profiles: Option<PathBuf>,
    /// Whether each PDF is read with the second reader too.
    pub cross_read: bool,
    /// Whether the dataset tells how long each snapshot took.
    pub timings: bool,
    /// Findings to live with.
    pub waivers: validate::Waivers,
}

/// Why a run had to stop.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A room that this branch does not hold.
    #[error("this build reads no snapshots")]
    NotHere,
}

/// Reads and checks all snapshots of the paths.
pub fn ingest(_paths: &[PathBuf], _options: &Options) -> Result<schema::Dataset, Error> {
    Err(Error::NotHere)
}

/// Reads one file as a document.
pub fn read(_file: &Path) -> Result<layout::Document, Error> {
    Err(Error::NotHere)
}

/// The number that a chart's label prints, with its unit where the label tells it.
pub fn label_value(_label: &str) -> Option<(Decimal, Option<&'static str>)> {
    None
}
