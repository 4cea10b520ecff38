//! Findings to the report: an index of all of them to filter by, and their words in files of a hundred.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    arithmetic,
    contents::{Contents, Entry},
    data,
    json::words,
    names, place,
};
use crate::{
    schema::{Mention, Severity},
    write::{Folder, WriteError},
};

/// Findings in one file. The scripts know the number from the index.
const IN_A_FILE: usize = 100;
/// Places of one finding that are listed; `findings.csv` has them all.
const PLACES_LISTED: usize = 40;
/// Characters kept on each side of the words a finding is about.
const SURROUNDINGS: usize = 300;

/// Writes the index and the files.
pub(super) fn write(contents: &Contents<'_>, folder: &Folder) -> Result<(), WriteError> {
    let mut indicators: BTreeSet<&str> = BTreeSet::new();
    let mut places: BTreeSet<&str> = BTreeSet::new();
    for entry in &contents.findings {
        for observation in entry.finding.observations.iter().filter_map(|id| contents.observation(id)) {
            indicators.insert(&observation.indicator);
            places.extend([observation.area.as_str(), observation.origin.as_str()]);
        }
    }
    places.remove("");
    let indicators: Vec<&str> = indicators.into_iter().collect();
    let places: Vec<&str> = places.into_iter().collect();
    let rows: Vec<Value> = contents.findings.iter().map(|entry| row(entry, contents, &indicators, &places)).collect();
    let fields = [
        ("in_a_file", json!(IN_A_FILE)),
        ("indicators", json!(indicators)),
        ("places", json!(places)),
        ("rows", Value::Array(rows)),
    ];
    data("findings", &fields, folder)?;
    for (number, entries) in contents.findings.chunks(IN_A_FILE).enumerate() {
        let records = entries.iter().map(|entry| record(entry, contents)).collect();
        data(&format!("findings-{}", number + 1), &[("records", Value::Array(records))], folder)?;
    }
    Ok(())
}

/// `[code, severity, waived, documents, indicators, places]`: all that a finding is filtered by; of its documents only those that fit in a line.
fn row(entry: &Entry<'_>, contents: &Contents<'_>, indicators: &[&str], places: &[&str]) -> Value {
    let finding = entry.finding;
    let observations: Vec<_> = finding.observations.iter().filter_map(|id| contents.observation(id)).collect();
    let of: BTreeSet<usize> = observations
        .iter()
        .filter_map(|observation| indicators.binary_search(&observation.indicator.as_str()).ok())
        .collect();
    let at: BTreeSet<usize> = observations
        .iter()
        .flat_map(|observation| [&observation.area, &observation.origin])
        .filter_map(|code| places.binary_search(&code.as_str()).ok())
        .collect();
    let documents: Vec<usize> = finding.documents.iter().filter_map(|path| contents.document(path)).take(4).collect();
    json!([
        finding.code,
        severity(finding.severity),
        u8::from(entry.waived.is_some()),
        documents,
        of,
        at
    ])
}

/// 0 for errors, 1 for warnings, 2 for notes.
pub(super) fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    }
}

/// A finding with its places and the reckoning behind it.
pub(super) fn record(entry: &Entry<'_>, contents: &Contents<'_>) -> Value {
    let finding = entry.finding;
    let documents: Vec<Value> = finding
        .documents
        .iter()
        .map(|path| contents.document(path).map_or_else(|| words(path), |number| json!(number)))
        .collect();
    let places: Vec<Value> = finding
        .mentions
        .iter()
        .take(PLACES_LISTED)
        .map(|mention| mention_record(mention, entry, contents))
        .collect();
    let sum: Vec<Value> = arithmetic::lines(finding, contents)
        .into_iter()
        .map(|line| json!([words(&line.label), words(&line.figure), line.role.as_str()]))
        .collect();
    let mut record = json!({
        "code": finding.code,
        "severity": severity(finding.severity),
        "level": finding.level,
        "message": words(&finding.message),
        "printed": words(&finding.printed),
        "expected": words(&finding.expected),
        "help": words(&finding.help),
        "fingerprint": finding.fingerprint,
        "documents": documents,
        "places": places,
        "more": finding.mentions.len().saturating_sub(PLACES_LISTED),
        "sum": sum,
    });
    if let Some(waived) = entry.waived {
        let decided = format!("{} ({}, until {})", waived.reason, waived.owner, waived.until);
        record["waived"] = words(&decided);
    }
    record
}

/// `[document, place, quote, before, after, observation, label]`.
fn mention_record(mention: &Mention, entry: &Entry<'_>, contents: &Contents<'_>) -> Value {
    let ids = &entry.finding.observations;
    let observation = ids
        .iter()
        .filter_map(|id| contents.observation(id))
        .find(|observation| observation.document == mention.document && observation.place == mention.place && observation.quote == mention.quote);
    let (before, after) = mention.around().unwrap_or(("", ""));
    let cut = before.char_indices().rev().nth(SURROUNDINGS).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(SURROUNDINGS).map_or(after.len(), |(at, _)| at);
    let document = contents.document(&mention.document);
    json!([
        document.map_or_else(|| words(&mention.document), |number| json!(number)),
        place::place(mention.place),
        words(&mention.quote),
        words(&before[cut..]),
        words(&after[..end]),
        observation.map_or("", |observation| observation.id.as_str()),
        observation.map_or_else(String::new, |observation| names::span(observation.statistic, observation.interval)),
    ])
}
