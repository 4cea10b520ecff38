//! `coverage.csv`: editions down, the figures that their layouts promise across, and what became of each.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use crate::{
    schema::{Dataset, Extraction},
    write::promises::rules,
};

/// Writes the table: a cell says `read`, `missing` or `lost`, and is empty where the edition's layout promises no such figure.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let mut editions: Vec<&Extraction> = dataset.extractions.iter().filter(|extraction| !extraction.promises.is_empty()).collect();
    editions.sort_by_key(|extraction| {
        let document = &extraction.document;
        (&document.family, &document.edition, &document.path)
    });
    let rules = rules(&editions);
    let columns: HashMap<&str, usize> = rules.iter().enumerate().map(|(column, rule)| (*rule, column)).collect();

    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["document", "family", "layout", "edition"].iter().chain(&rules))?;
    for extraction in editions {
        let mut states = vec![""; rules.len()];
        for promise in &extraction.promises {
            states[columns[promise.rule.as_str()]] = promise.state.as_str();
        }
        let document = &extraction.document;
        let lead = [&document.path, &document.family, &document.layout, &document.edition];
        writer.write_record(lead.into_iter().map(String::as_str).chain(states))?;
    }
    writer.flush()
}
