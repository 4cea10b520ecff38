//! What stops a run: wrong usage, not bad reports; those become findings.

use std::path::PathBuf;

/// Why a run cannot start or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A PATH names nothing.
    #[error("{}: no such file or folder", path.display())]
    PathNotFound {
        /// As given.
        path: PathBuf,
    },
    /// A glob matches nothing.
    #[error("{pattern}: no file matches the pattern")]
    NothingMatches {
        /// As given.
        pattern: String,
    },
    /// A glob that is none.
    #[error("{pattern}: not a valid pattern")]
    BadPattern {
        /// As given.
        pattern: String,
        /// What is wrong with it.
        source: globset::Error,
    },
    /// No worker threads could be started.
    #[error("cannot start {jobs} worker threads")]
    Workers {
        /// How many were asked for.
        jobs: usize,
        /// Why not.
        source: rayon::ThreadPoolBuildError,
    },
    /// No process to read in could be started.
    #[error("cannot start {} to read in a process of its own", program.display())]
    Process {
        /// Which program.
        program: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// What is too much for memory cannot be put aside.
    #[error("cannot put aside what is too much for memory")]
    Shelf {
        /// Why not.
        source: std::io::Error,
    },
    /// A profile has a fault.
    #[error(transparent)]
    Profile(#[from] crate::parse::ProfileError),
}
