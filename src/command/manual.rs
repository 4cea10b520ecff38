//! `manual`: manual pages in roff, made of the same definitions as the help; one printed, or all written into a folder.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use crosstally::write::Folder;

use super::error::{Error, Result};
use crate::arguments::{Arguments, ManualArguments};

/// Prints or writes the pages.
pub(crate) fn run(arguments: &ManualArguments, out: &mut dyn Write) -> Result<ExitCode> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    // Gives each command below its full name: `crosstally-profile-list`.
    program.build();
    if let Some(folder) = &arguments.to {
        let folder = Folder::open(folder)?;
        for command in with_all_below(&program) {
            folder.write(&format!("{}.1", name(command)), |out| page(command, out))?;
        }
        for file in folder.finish()?.files {
            writeln!(out, "{}", file.display())?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let command = match &arguments.command {
        None => &program,
        Some(word) => {
            let unknown = || Error::Usage(format!("there is no command `{word}`; `crosstally help` lists them"));
            program.find_subcommand(word).ok_or_else(unknown)?
        }
    };
    page(command, out)?;
    Ok(ExitCode::SUCCESS)
}

fn with_all_below(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|command| !command.is_hide_set());
    let below = below.flat_map(with_all_below);
    std::iter::once(command).chain(below).collect()
}

fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or(command.get_name())
}

fn page(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let source = concat!("crosstally ", env!("CARGO_PKG_VERSION"));
    let mut page = Vec::new();
    Man::new(command.clone()).source(source).manual("crosstally manual").render(&mut page)?;
    out.write_all(&page)
}
