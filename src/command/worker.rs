//! `worker`: what a run starts to have snapshots read in a process of its own; requests on standard input in, answers on standard output out.

use std::{io, path::Path, process::ExitCode};

use super::error::Result;

/// Answers until the run closes standard input.
pub(crate) fn run(profiles: Option<&Path>) -> Result<ExitCode> {
    crosstally::isolation::serve(profiles, io::stdin().lock(), io::stdout())?;
    Ok(ExitCode::SUCCESS)
}
