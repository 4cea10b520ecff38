//! What holds among the quantities of a snapshot: relations that the report declares, and those that its structure proves, come out as bonds.

mod parts;
mod percents;
mod shares;
mod sums;

use crate::schema::{Extraction, Relation};
use crate::validate::key::Figures;

use super::quantity::Quantities;

/// One relation between quantities, by number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// A total and its parts.
    Sum { total: usize, parts: Vec<usize>, parts_known: Known },
    /// Shares of one whole.
    Shares { parts: Vec<usize>, parts_known: Known },
    /// Two quantities that the report says are one.
    Repeat { first: usize, second: usize },
    /// A share or ratio in percent, and its two counts.
    Percent { percent: usize, part: usize, whole: usize },
    /// A change in percent, and its two counts.
    Change { change: usize, current: usize, base: usize },
    /// A change in percentage points, and its two shares.
    Points { change: usize, current: usize, base: usize },
    /// A change in percent, which cannot fall by more than all.
    Fall { change: usize },
    /// A subgroup and its group.
    Within { part: usize, whole: usize },
}

/// Whether all parts of a whole are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::validate) enum Known {
    /// They are.
    All,
    /// Some are not: the whole may be larger than the sum of those printed.
    Some,
}

/// A bond, and the figures it was declared of.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) bond: Bond,
    /// The very figures that the report sets in relation, in the order of [`Bond::quantities`]; none where the series tell.
    pub(super) figures: Option<Vec<usize>>,
}

impl Bond {
    /// The quantities it is of: what stands out first, then the others as printed.
    pub(super) fn quantities(&self) -> Vec<usize> {
        match self {
            Self::Sum { total, parts, .. } => [*total].into_iter().chain(parts.iter().copied()).collect(),
            Self::Shares { parts, .. } => parts.clone(),
            Self::Repeat { first, second } => vec![*first, *second],
            Self::Percent { percent, part, whole } => vec![*percent, *part, *whole],
            Self::Change { change, current, base } | Self::Points { change, current, base } => vec![*change, *current, *base],
            Self::Fall { change } => vec![*change],
            Self::Within { part, whole } => vec![*part, *whole],
        }
    }
}

impl Bond {
    /// The quantities that its rows are over: a percentage is none, since its interval makes the factors.
    pub(super) fn in_rows(&self) -> Vec<usize> {
        match self {
            Self::Percent { part, whole, .. } => vec![*part, *whole],
            Self::Change { current, base, .. } => vec![*current, *base],
            _ => self.quantities(),
        }
    }
}

impl Found {
    fn by_series(bond: Bond) -> Self {
        Self { bond, figures: None }
    }
}

/// All bonds of a snapshot, those declared first.
pub(super) fn bonds<'a>(extraction: &'a Extraction, figures: &Figures<'a>, quantities: &mut Quantities<'a>) -> Vec<Found> {
    let mut bonds = sums::sums(extraction, figures, quantities);
    bonds.extend(shares::shares(extraction, figures, quantities));
    bonds.extend(percents::percents(extraction, quantities));
    bonds.extend(percents::changes(extraction, quantities));
    bonds.extend(parts::parts(extraction, figures, quantities));
    bonds.extend(repeats(extraction, quantities));
    bonds
}

fn repeats(extraction: &Extraction, quantities: &Quantities<'_>) -> Vec<Found> {
    let declared = extraction.relations.iter().filter_map(|relation| {
        let Relation::Repeat { first, second } = relation else { return None };
        let figures = vec![*first, *second];
        let (first, second) = (quantities.of_figure(*first)?, quantities.of_figure(*second)?);
        // What the series alone tells to be one figure is one quantity.
        (first != second).then_some(Found {
            bond: Bond::Repeat { first, second },
            figures: Some(figures),
        })
    });
    declared.collect()
}
