//! `explain`: the page of a finding code, an indicator, or a place.

mod indicator;
mod near;
mod place;

use std::{io::Write, process::ExitCode};

use crosstally::{
    schema::codebook::codebook,
    validate,
    write::terminal::{Terminal, wrapped},
};

use super::error::{Error, Result};
use crate::arguments::ExplainArguments;

/// Columns of a page at most: as wide as text reads well.
const COLUMNS: usize = 100;

/// Prints every page that the words name: a place code may mean one thing in ISO 3166 and another at UNHCR.
pub(crate) fn run(arguments: &ExplainArguments, terminal: Terminal, out: &mut dyn Write) -> Result<ExitCode> {
    let word = arguments.word.join(" ");
    let pages = pages(word.trim());
    if pages.is_empty() {
        return Err(Error::Usage(unknown(word.trim())));
    }
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        for line in page.trim_end().lines() {
            // Blank lines part paragraphs; wrapping would drop them.
            let lines = if line.is_empty() {
                vec![String::new()]
            } else {
                wrapped(line, terminal.width.min(COLUMNS))
            };
            for line in lines {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn pages(word: &str) -> Vec<String> {
    let codebook = codebook();
    let code = word.to_lowercase();
    let mut pages: Vec<String> = validate::explain(&code).into_iter().collect();
    pages.extend(codebook.indicator(&code).map(indicator::page));
    pages.extend(place::pages(word, codebook));
    pages
}

/// What is said of a word that has no page: why, or which words are near it.
fn unknown(word: &str) -> String {
    let codebook = codebook();
    if let Some(refusal) = place::refusal(word, codebook) {
        return refusal;
    }
    let codes = validate::codes().iter().map(|check| check.code);
    let indicators = codebook.indicators().iter().map(|indicator| indicator.code.as_str());
    let places = codebook.places().iter().flat_map(|place| [place.code.as_str(), &place.name]);
    match near::near(word, codes.chain(indicators).chain(places)).as_slice() {
        [] => format!("nothing is known of `{word}`"),
        near => format!("nothing is known of `{word}`; near are {}", near.join(", ")),
    }
}
