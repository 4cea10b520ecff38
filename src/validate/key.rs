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
        let rows = &self.rows[self.rows.partition_point(|row| row.key < *key)..];
        // Most figures are printed once or not at all: the end is sought from the start, in steps that double.
        let mut past = 0;
        while rows.get(past).is_some_and(|row| row.key == *key) {
            past = 2 * past + 1;
        }
        let (known, past) = (past.div_ceil(2), past.min(rows.len()));
        &rows[..known + rows[known..past].partition_point(|row| row.key == *key)]
    }

    /// All figures, those with one key together.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[Figure<'a>]> {
        self.rows.chunk_by(|one, other| one.key == other.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::testing::printed;

    #[test]
    fn every_printing_of_a_figure_is_found_however_many_there_are() {
        for count in 0..20 {
            let mut observations = vec![printed("3,300"); count];
            for area in ["AAA", "ZZZ"] {
                let mut other = printed("3,300");
                area.clone_into(&mut other.area);
                observations.push(other);
            }
            let figures = Figures::of(&observations);
            let sought = printed("3,300");
            assert_eq!(figures.printed(&Key::of(&sought)).len(), count, "{count} printings");
        }
    }
}
