//! The promises of every edition side by side: a column each figure that a layout promises, in the order of the profiles.

use std::collections::HashMap;

use super::promises::rules;
use crate::schema::{Dataset, DocumentRecord, Extraction};

/// The columns that say which edition it is.
pub const LEAD: [(&str, &str, &str); 4] = [
    ("document", "Path below the PATH given, / separated", "#meta+document"),
    ("family", "Series of reports of one publisher with one plan", "#meta+family"),
    ("layout", "Plan that the family used for a span of editions", "#meta+layout"),
    (
        "edition",
        "Issue of the family, named by the last month it reports: 2024-07",
        "#date+edition",
    ),
];
/// What may have become of a promised figure.
pub const STATES: &[&str] = &["read", "missing", "lost"];
/// What a cell below a rule says.
pub const MEANING: &str = "What became of the figures of this rule; empty where the edition's layout promises none";
/// The tag of a rule's column in the Humanitarian Exchange Language.
pub const HXL: &str = "#status+promise";

/// Editions down, promised figures across.
#[derive(Debug)]
pub(super) struct Coverage<'a> {
    /// Every rule, once.
    pub(super) rules: Vec<&'a str>,
    /// The editions, sorted by family, edition and path.
    pub(super) editions: Vec<Edition<'a>>,
}

/// An edition's promises.
#[derive(Debug)]
pub(super) struct Edition<'a> {
    document: &'a DocumentRecord,
    /// What became of each rule's figures, in the order of the rules; empty where the edition promises none.
    pub(super) states: Vec<&'static str>,
}

impl<'a> Edition<'a> {
    /// The cells of the leading columns.
    pub(super) fn lead(&self) -> [&'a str; 4] {
        let DocumentRecord {
            path,
            family,
            layout,
            edition,
            ..
        } = self.document;
        [path, family, layout, edition]
    }
}

impl<'a> Coverage<'a> {
    /// The table of a run's result.
    pub(super) fn of(dataset: &'a Dataset) -> Self {
        let mut extractions: Vec<&Extraction> = dataset.extractions.iter().filter(|extraction| !extraction.promises.is_empty()).collect();
        extractions.sort_by_key(|extraction| {
            let document = &extraction.document;
            (&document.family, &document.edition, &document.path)
        });
        let rules = rules(&extractions);
        let columns: HashMap<&str, usize> = rules.iter().enumerate().map(|(column, rule)| (*rule, column)).collect();
        let edition = |extraction: &&'a Extraction| {
            let mut states = vec![""; rules.len()];
            for promise in &extraction.promises {
                states[columns[promise.rule.as_str()]] = promise.state.as_str();
            }
            Edition {
                document: &extraction.document,
                states,
            }
        };
        Self {
            editions: extractions.iter().map(edition).collect(),
            rules,
        }
    }

    /// The header: the leading columns, then the rules.
    pub(super) fn header(&self) -> impl Iterator<Item = &'a str> {
        LEAD.iter().map(|(name, ..)| *name).chain(self.rules.iter().copied())
    }
}
