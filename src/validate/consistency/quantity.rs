//! The quantities that a snapshot prints: figures go in, those of one key and unit come out as one, however often they are printed.

use crate::schema::{Observation, Period, Statistic};
use crate::validate::key::{Figures, Key};

/// One true value, and the figures that are printed of it.
#[derive(Debug, Clone)]
pub(super) struct Quantity<'a> {
    pub(super) key: Key<'a>,
    pub(super) unit: &'a str,
    /// Its printings, by index and in the order of the page; none where it only follows from others.
    pub(super) printings: Vec<usize>,
}

/// All quantities of a snapshot.
pub(super) struct Quantities<'a> {
    /// Those printed, by key.
    all: Vec<Quantity<'a>>,
    printed: usize,
    /// The quantity of each figure.
    of: Vec<usize>,
}

impl<'a> Quantities<'a> {
    pub(super) fn of(observations: &'a [Observation], figures: &Figures<'a>) -> Self {
        let mut all: Vec<Quantity<'a>> = Vec::new();
        let mut of = vec![0; observations.len()];
        for group in figures.groups() {
            let mut printings: Vec<usize> = group.iter().map(|figure| figure.index).collect();
            // The sort is stable: printings of one unit stay in reading order.
            printings.sort_by_key(|index| observations[*index].unit.as_str());
            for printings in printings.chunk_by(|one, other| observations[*one].unit == observations[*other].unit) {
                for index in printings {
                    of[*index] = all.len();
                }
                all.push(Quantity {
                    key: group[0].key,
                    unit: &observations[printings[0]].unit,
                    printings: printings.to_vec(),
                });
            }
        }
        let printed = all.len();
        Self { all, printed, of }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, quantity: usize) -> &Quantity<'a> {
        &self.all[quantity]
    }

    /// The quantity that a figure is printed of.
    pub(super) fn of_figure(&self, figure: usize) -> Option<usize> {
        self.of.get(figure).copied()
    }

    /// All that are printed, with their numbers.
    pub(super) fn printed(&self) -> impl Iterator<Item = (usize, &Quantity<'a>)> {
        self.all[..self.printed].iter().enumerate()
    }

    /// The printed quantity with a key; none where it is printed in several units, which may be of several things.
    pub(super) fn find(&self, key: &Key<'_>) -> Option<usize> {
        let printed = &self.all[..self.printed];
        let start = printed.partition_point(|quantity| quantity.key < *key);
        match &printed[start..] {
            [first, second, ..] if first.key == *key && second.key == *key => None,
            [first, ..] if first.key == *key => Some(start),
            _ => None,
        }
    }

    /// A quantity of which nothing is printed.
    pub(super) fn hidden(&mut self, key: Key<'a>) -> usize {
        self.all.push(Quantity {
            key,
            unit: "",
            printings: Vec::new(),
        });
        self.all.len() - 1
    }
}

/// The figures that a change leads to and from.
pub(in crate::validate) fn ends(change: Key<'_>) -> Option<(Key<'_>, Key<'_>)> {
    let statistic = match change.statistic {
        Statistic::Change => Statistic::Count,
        Statistic::ShareChange => Statistic::Share,
        _ => return None,
    };
    // A base that is the period itself comes of a misprinted date, which is another finding.
    let base: Period = change.base.filter(|base| *base != change.period)?;
    let current = change.as_statistic(statistic);
    Some((current, current.over(base)))
}
