//! `completions`: a shell in, the script that completes the program's commands and flags out.

use std::{io::Write, process::ExitCode};

use clap::CommandFactory;
use clap_complete::Shell;

use super::error::Result;
use crate::arguments::Arguments;

/// Prints the script.
pub(crate) fn run(shell: Shell, out: &mut dyn Write) -> Result<ExitCode> {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    out.write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
