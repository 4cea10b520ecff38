//! What else is known of a figure: how it was read, and what other editions print of it; the less trusted a figure, the lighter it weighs.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::schema::{Extraction, Interval, Observation, Relation};
use crate::validate::archive::{Archive, Printing};
use crate::validate::arithmetic;
use crate::validate::key::Key;

/// A mark that was measured, or a picture that was read: the reader may be at fault.
const MEASURED: u32 = 3;
/// A printed figure.
const PRINTED: u32 = 4;
/// A printed figure that another edition bears out.
const CONFIRMED: u32 = 5;

/// Printings of other editions that are looked at for one figure, the latest first.
const PRINTINGS: usize = 64;

/// What the other editions of an archive tell about the figures of one snapshot.
pub(super) struct Evidence<'e> {
    extraction: &'e Extraction,
    archive: &'e Archive<'e>,
    /// What was told before.
    weights: RefCell<BTreeMap<usize, u32>>,
}

impl<'e> Evidence<'e> {
    pub(super) fn of(extraction: &'e Extraction, archive: &'e Archive<'e>) -> Self {
        Self {
            extraction,
            archive,
            weights: RefCell::default(),
        }
    }

    pub(super) fn observations(&self) -> &'e [Observation] {
        &self.extraction.observations
    }

    pub(super) fn relations(&self) -> &'e [Relation] {
        &self.extraction.relations
    }

    /// How hard a figure is to doubt.
    pub(super) fn weight(&self, figure: usize) -> u32 {
        *self.weights.borrow_mut().entry(figure).or_insert_with(|| self.weigh(figure))
    }

    fn weigh(&self, figure: usize) -> u32 {
        let observation = &self.extraction.observations[figure];
        if !arithmetic::is_printed(observation) {
            MEASURED
        } else if self.elsewhere(observation, observation.interval).is_some() {
            CONFIRMED
        } else {
            PRINTED
        }
    }

    /// The edition that prints a value in an interval of the same series and days, the latest of several.
    pub(super) fn elsewhere(&self, observation: &Observation, values: Interval) -> Option<&'e str> {
        let document = &self.extraction.document;
        if document.family.is_empty() || document.edition.is_empty() {
            return None;
        }
        let printings: &[Printing<'e>] = self.archive.printed(&document.family, &Key::of(observation));
        let others = printings
            .iter()
            .rev()
            .take(PRINTINGS)
            .filter(|printing| printing.edition != document.edition);
        let mut fitting = others.filter(|printing| printing.observation.unit == observation.unit && printing.observation.interval.meets(values));
        fitting.next().map(|printing| printing.edition)
    }
}
