//! `explain`: the page of a finding code, an indicator, or a place.

use std::{io::Write, process::ExitCode};

use anyhow::{Result, bail};
use crosstally::validate;

use crate::arguments::ExplainArguments;

/// Prints every page that the word names: a place code may mean one thing in ISO 3166 and another at UNHCR.
pub(crate) fn run(arguments: &ExplainArguments, out: &mut dyn Write) -> Result<ExitCode> {
    let word = arguments.word.join(" ");
    let Some(page) = validate::explain(&word) else {
        bail!("nothing is known of `{word}`");
    };
    writeln!(out, "{}", page.trim_end())?;
    Ok(ExitCode::SUCCESS)
}
