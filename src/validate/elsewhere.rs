//! What other editions print of figures that do not add up, kept while the archive is gone through.

use std::collections::{HashMap, HashSet};

use crate::schema::{DocumentRecord, Extraction, Interval, Observation};

use super::archive::{Printing, figure_key};
use super::key::Key;

/// Printings that are looked at for one figure, the latest first.
const PRINTINGS: usize = 64;

/// A printing of a figure in some edition.
#[derive(Debug)]
struct Printed {
    edition: String,
    unit: String,
    interval: Interval,
}

/// The printings of those figures that somebody asks for.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    asked: HashSet<Vec<u8>>,
    printed: HashMap<Vec<u8>, Vec<Printed>>,
}

impl Elsewhere {
    /// The keys of all figures of a snapshot.
    pub(super) fn keys(extraction: &Extraction) -> Vec<Vec<u8>> {
        let document = &extraction.document;
        if document.family.is_empty() || document.edition.is_empty() {
            return Vec::new();
        }
        let observations = extraction.observations.iter();
        observations
            .map(|observation| figure_key(&document.family, &Key::of(observation)))
            .collect()
    }

    /// Asks for figures by their keys.
    pub(super) fn ask(&mut self, keys: Vec<Vec<u8>>) {
        self.asked.extend(keys);
    }

    /// What is to be kept of all printings of a figure, earliest edition first; nothing where nobody asked for it.
    pub(super) fn pick(&self, printings: &[Printing<'_>]) -> Option<Picked> {
        let key = figure_key(printings[0].family, &printings[0].key);
        self.asked.contains(&key).then(|| {
            let latest = printings.iter().rev().take(PRINTINGS).map(|printing| Printed {
                edition: printing.edition.to_owned(),
                unit: printing.observation.unit.clone(),
                interval: printing.observation.interval,
            });
            Picked(key, latest.collect())
        })
    }

    /// Keeps it.
    pub(super) fn keep(&mut self, picked: Vec<Picked>) {
        self.printed.extend(picked.into_iter().map(|Picked(key, printed)| (key, printed)));
    }

    /// The edition that prints a value in an interval of the same series and days as a document's figure, the latest of several.
    pub(super) fn find(&self, document: &DocumentRecord, observation: &Observation, values: Interval) -> Option<&str> {
        if document.family.is_empty() || document.edition.is_empty() {
            return None;
        }
        let printed = self.printed.get(&figure_key(&document.family, &Key::of(observation)))?;
        let mut others = printed.iter().filter(|printed| printed.edition != document.edition);
        let fitting = others.find(|printed| printed.unit == observation.unit && printed.interval.meets(values));
        fitting.map(|printed| printed.edition.as_str())
    }
}

/// What is kept of one figure.
pub(super) struct Picked(Vec<u8>, Vec<Printed>);
