//! What stops a command: every error names the file or the word it is about.

use std::{io, path::PathBuf};

use crosstally::{
    DrawError,
    validate::{BaselineError, WaiverError},
    write::WriteError,
};

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The run could not start or go on.
    #[error(transparent)]
    Run(#[from] crosstally::Error),
    /// An output file.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The waivers have a fault.
    #[error(transparent)]
    Waivers(#[from] WaiverError),
    /// An input file.
    #[error("cannot read {}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// No page of a file could be drawn.
    #[error("cannot draw {}", path.display())]
    Draw {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: DrawError,
    },
    /// The baseline has a fault.
    #[error("{} is no baseline", path.display())]
    Baseline {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: BaselineError,
    },
    /// Standard output takes no more.
    #[error("cannot print")]
    Print(#[from] io::Error),
    /// A word of the command line means nothing.
    #[error("{0}")]
    Usage(String),
}

impl Error {
    /// For `map_err`: the file that could not be read.
    pub(crate) fn read<Source: Into<Box<dyn std::error::Error + Send + Sync>>>(path: impl Into<PathBuf>) -> impl FnOnce(Source) -> Self {
        let path = path.into();
        |source| Self::Read { path, source: source.into() }
    }
}

/// What a command gives back.
pub(crate) type Result<T> = std::result::Result<T, Error>;
