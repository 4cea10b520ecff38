//! `explain`: the page of a finding code, an indicator, or a place.

mod near;

use std::{io::Write, process::ExitCode};

use crosstally::validate;

use super::error::{Error, Result};
use crate::arguments::ExplainArguments;

/// Prints every page that the word names: a place code may mean one thing in ISO 3166 and another at UNHCR.
pub(crate) fn run(arguments: &ExplainArguments, out: &mut dyn Write) -> Result<ExitCode> {
    let word = arguments.word.join(" ");
    let pages: Vec<String> = [validate::explain(&word)].into_iter().flatten().collect();
    if pages.is_empty() {
        let known = validate::codes().iter().map(|check| check.code);
        return Err(Error::Usage(match near::near(&word, known).as_slice() {
            [] => format!("nothing is known of `{word}`"),
            near => format!("nothing is known of `{word}`; near are {}", near.join(", ")),
        }));
    }
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", page.trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}
