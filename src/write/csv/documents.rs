//! `documents.csv`: a row a snapshot, read or not.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use crate::{schema::Dataset, write::report::Tally};

const HEADER: [&str; 15] = [
    "document",
    "media_type",
    "size",
    "hash",
    "family",
    "layout",
    "edition",
    "pages",
    "observations",
    "errors",
    "warnings",
    "notes",
    "status",
    "duplicate_of",
    "milliseconds",
];

/// Writes the table. `milliseconds` stays empty unless timings were asked for: the same input gives the same bytes.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let tallies = tallies(dataset);
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for extraction in &dataset.extractions {
        let document = &extraction.document;
        let tally = tallies.get(document.path.as_str()).copied().unwrap_or_default();
        let milliseconds = dataset.milliseconds.get(&document.path);
        writer.write_record([
            document.path.as_str(),
            &document.media_type,
            &document.size.to_string(),
            &document.hash,
            &document.family,
            &document.layout,
            &document.edition,
            &document.pages.to_string(),
            &extraction.observations.len().to_string(),
            &tally.errors.to_string(),
            &tally.warnings.to_string(),
            &tally.notes.to_string(),
            document.status.as_str(),
            &document.duplicate_of,
            &milliseconds.map(u64::to_string).unwrap_or_default(),
        ])?;
    }
    writer.flush()
}

fn tallies(dataset: &Dataset) -> HashMap<&str, Tally> {
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    for finding in &dataset.findings {
        for document in &finding.documents {
            tallies.entry(document).or_default().add(finding.severity);
        }
    }
    tallies
}
