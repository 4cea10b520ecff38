//! The overview's data: every document in a line with what became of its promised figures, and the series there are.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{contents::Contents, json::words, names};
use crate::{
    schema::{DocumentRecord, Extraction, PromiseState, Skipped},
    write::{promises::rules, report::Tally},
};

/// Documents named of a comparison that was left alone.
const DOCUMENTS_NAMED: usize = 5;

/// The fields of the overview; `series` are those of all series.
pub(super) fn fields(contents: &Contents<'_>, series: Vec<Value>) -> Vec<(&'static str, Value)> {
    let rules: Vec<Vec<&str>> = contents.families.iter().map(|family| family_rules(contents, family)).collect();
    let families = contents
        .families
        .iter()
        .zip(&rules)
        .map(|(family, rules)| family_entry(contents, family, rules));
    let families = families.collect();
    let tallies = tallies(contents);
    let documents = contents.dataset.extractions.iter().enumerate().map(|(number, extraction)| {
        let rules = contents
            .family(&extraction.document.family)
            .map_or(&[][..], |family| rules[family].as_slice());
        document_entry(contents, number, extraction, rules, tallies.get(number).copied().unwrap_or_default())
    });
    let documents = documents.collect();
    vec![
        ("program", json!(concat!("crosstally ", env!("CARGO_PKG_VERSION")))),
        ("places", names::places(contents)),
        ("indicators", names::indicators(contents)),
        ("families", Value::Array(families)),
        ("files", contents.editions.iter().map(|edition| json!(edition.file)).collect()),
        ("documents", Value::Array(documents)),
        (
            "skipped",
            contents.dataset.skipped.iter().map(|skipped| skipped_entry(contents, skipped)).collect(),
        ),
        ("series", Value::Array(series)),
    ]
}

fn family_rules<'a>(contents: &Contents<'a>, family: &str) -> Vec<&'a str> {
    let mut editions: Vec<&Extraction> = contents
        .dataset
        .extractions
        .iter()
        .filter(|extraction| extraction.document.family == family && !extraction.promises.is_empty())
        .collect();
    editions.sort_by_key(|extraction| (&extraction.document.edition, &extraction.document.path));
    let of_layout = |extraction: &&'a Extraction| extraction.promises.iter().map(|promise| promise.rule.as_str());
    rules(
        editions
            .iter()
            .map(|extraction| (extraction.document.family.as_str(), of_layout(extraction))),
    )
}

/// `{name, publisher, rules}`; rules without the family's name.
fn family_entry(contents: &Contents<'_>, family: &str, rules: &[&str]) -> Value {
    let documents = contents.dataset.extractions.iter().map(|extraction| &extraction.document);
    let publisher = documents
        .filter(|document| document.family == family)
        .map(|document| document.publisher.as_str())
        .max();
    let rules: Vec<&str> = rules.iter().map(|rule| rule.rsplit('/').next().unwrap_or(rule)).collect();
    json!({ "name": words(family), "publisher": words(publisher.unwrap_or_default()), "rules": rules })
}

/// `[path, medium, family, edition, pages, figures, status, duplicate of, errors, warnings, notes, file, promises]`.
///
/// Promises are a letter for each of the family's rules: `r`ead, `m`issing, `l`ost, or a space where the layout promises no such figure.
fn document_entry(contents: &Contents<'_>, number: usize, extraction: &Extraction, rules: &[&str], tally: Tally) -> Value {
    let document: &DocumentRecord = &extraction.document;
    let states: HashMap<&str, PromiseState> = extraction.promises.iter().map(|promise| (promise.rule.as_str(), promise.state)).collect();
    let letter = |rule: &&str| match states.get(rule) {
        Some(PromiseState::Read) => 'r',
        Some(PromiseState::Missing) => 'm',
        Some(PromiseState::Lost) => 'l',
        None => ' ',
    };
    let promises: String = if states.is_empty() {
        String::new()
    } else {
        rules.iter().map(letter).collect()
    };
    let medium = match document.media_type.as_str() {
        "application/pdf" => "PDF",
        "text/html" => "HTML",
        "text/plain" => "text",
        other => other,
    };
    json!([
        words(&document.path),
        medium,
        contents.family(&document.family),
        words(&document.edition),
        document.pages,
        extraction.observations.len(),
        document.status.as_str(),
        contents.document(&document.duplicate_of),
        tally.errors,
        tally.warnings,
        tally.notes,
        contents.file_of[number],
        promises
    ])
}

fn tallies(contents: &Contents<'_>) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); contents.dataset.extractions.len()];
    for finding in &contents.dataset.findings {
        for number in finding.documents.iter().filter_map(|path| contents.document(path)) {
            tallies[number].add(finding.severity);
        }
    }
    tallies
}

/// `[what, why, how many documents, the first of them]`.
fn skipped_entry(contents: &Contents<'_>, skipped: &Skipped) -> Value {
    let first = skipped.documents.iter().filter_map(|path| contents.document(path)).take(DOCUMENTS_NAMED);
    json!([
        words(&skipped.what),
        words(&skipped.why),
        skipped.documents.len(),
        first.collect::<Vec<_>>()
    ])
}
