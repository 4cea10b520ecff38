//! `coverage.csv`: editions down, the figures that their layouts promise across, and what became of each.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use crate::schema::{Dataset, Extraction};

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

/// Every rule once. Each layout lists its rules in the profile's order; a rule that only some layouts have comes right after the one before it.
fn rules<'a>(editions: &[&'a Extraction]) -> Vec<&'a str> {
    let mut rules: Vec<&str> = Vec::new();
    let mut family = "";
    let mut family_start = 0;
    for extraction in editions {
        if extraction.document.family != family {
            family = &extraction.document.family;
            family_start = rules.len();
        }
        let mut next = family_start;
        for promise in &extraction.promises {
            if let Some(at) = rules.iter().position(|rule| *rule == promise.rule) {
                next = at + 1;
            } else {
                rules.insert(next, &promise.rule);
                next += 1;
            }
        }
    }
    rules
}
