//! What else is known of a figure: how it was read, and what other editions print of it; the less trusted a figure, the lighter it weighs.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::schema::{Extraction, Interval, Observation, Relation};
use crate::validate::arithmetic;
use crate::validate::elsewhere::Elsewhere;

/// A mark that was measured, or a picture that was read: the reader may be at fault.
const MEASURED: u32 = 3;
/// A printed figure.
const PRINTED: u32 = 4;
/// A printed figure that another edition bears out.
const CONFIRMED: u32 = 5;

/// What the other editions of an archive tell about the figures of one snapshot.
pub(super) struct Evidence<'e> {
    extraction: &'e Extraction,
    elsewhere: &'e Elsewhere,
    /// What was told before.
    weights: RefCell<BTreeMap<usize, u32>>,
}

impl<'e> Evidence<'e> {
    pub(super) fn of(extraction: &'e Extraction, elsewhere: &'e Elsewhere) -> Self {
        Self {
            extraction,
            elsewhere,
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
        self.elsewhere.find(&self.extraction.document, observation, values)
    }
}
