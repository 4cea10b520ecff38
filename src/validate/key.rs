//! What a figure measures, and the figures of a snapshot ordered by it: equal keys are the same figure printed again.

use crate::schema::{Observation, Period, Sex, Statistic};

/// All that is measured, with its days: two figures with one key claim the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'a> {
    pub(super) indicator: &'a str,
    pub(super) statistic: Statistic,
    pub(super) area: &'a str,
    pub(super) origin: &'a str,
    pub(super) sex: Option<Sex>,
    pub(super) group: &'a str,
    pub(super) period: Period,
    pub(super) base: Option<Period>,
}

impl<'a> Key<'a> {
    pub(super) fn of(observation: &'a Observation) -> Self {
        Self {
            indicator: &observation.indicator,
            statistic: observation.statistic,
            area: &observation.area,
            origin: &observation.origin,
            sex: observation.sex,
            group: &observation.group,
            period: observation.period,
            base: observation.base,
        }
    }

    /// The same series and days, as another kind of number that stands for itself.
    pub(super) fn as_statistic(self, statistic: Statistic) -> Self {
        Self {
            statistic,
            base: None,
            ..self
        }
    }

    /// The same series over other days.
    pub(super) fn over(self, period: Period) -> Self {
        Self { period, ..self }
    }
}

/// The figures of a snapshot, ordered by key and then as printed.
pub(super) struct Figures<'a> {
    rows: Vec<Figure<'a>>,
}

/// A figure with its key and its number in the extraction.
#[derive(Clone, Copy)]
pub(super) struct Figure<'a> {
    pub(super) key: Key<'a>,
    pub(super) index: usize,
}

impl<'a> Figures<'a> {
    pub(super) fn of(observations: &'a [Observation]) -> Self {
        let figure = |(index, observation)| Figure {
            key: Key::of(observation),
            index,
        };
        let mut rows: Vec<Figure<'a>> = observations.iter().enumerate().map(figure).collect();
        rows.sort_by(|one, other| one.key.cmp(&other.key).then(one.index.cmp(&other.index)));
        Self { rows }
    }

    /// Every printing of one figure.
    pub(super) fn printed(&self, key: &Key<'_>) -> &[Figure<'a>] {
        let start = self.rows.partition_point(|row| row.key < *key);
        let end = start + self.rows[start..].partition_point(|row| row.key == *key);
        &self.rows[start..end]
    }

    /// All figures, those with one key together.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[Figure<'a>]> {
        self.rows.chunk_by(|one, other| one.key == other.key)
    }
}
