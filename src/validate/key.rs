//! What a figure measures, and the figures of a snapshot ordered by it: equal keys are the same figure printed again.

use std::{cmp::Ordering, ops::Deref};

use crate::schema::{Observation, Period, Sex, Statistic};

/// A code or name with its first bytes as a number: keys are compared all the time, and hardly a name is longer than these.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    first: u128,
    text: &'a str,
}

/// Bytes of a word that are compared as a number.
const FIRST: usize = size_of::<u128>();

impl<'a> Word<'a> {
    pub(super) const NONE: Word<'static> = Word { first: 0, text: "" };

    pub(super) fn of(text: &'a str) -> Self {
        let mut first = [0; FIRST];
        let length = text.len().min(FIRST);
        first[..length].copy_from_slice(&text.as_bytes()[..length]);
        Self {
            first: u128::from_be_bytes(first),
            text,
        }
    }

    pub(super) fn text(self) -> &'a str {
        self.text
    }
}

impl Deref for Word<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.first == other.first && self.text.len() == other.text.len() && (self.text.len() <= FIRST || self.text == other.text)
    }
}

impl Eq for Word<'_> {}

impl Ord for Word<'_> {
    /// As texts are ordered.
    fn cmp(&self, other: &Self) -> Ordering {
        self.first.cmp(&other.first).then_with(|| {
            let (one, other) = (self.text, other.text);
            if one.len().max(other.len()) <= FIRST {
                one.len().cmp(&other.len())
            } else {
                one.cmp(other)
            }
        })
    }
}

impl PartialOrd for Word<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// All that is measured, with its days: two figures with one key claim the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'a> {
    pub(super) indicator: Word<'a>,
    pub(super) statistic: Statistic,
    pub(super) area: Word<'a>,
    pub(super) origin: Word<'a>,
    pub(super) sex: Option<Sex>,
    pub(super) group: Word<'a>,
    pub(super) period: Period,
    pub(super) base: Option<Period>,
}

impl<'a> Key<'a> {
    pub(super) fn of(observation: &'a Observation) -> Self {
        Self {
            indicator: Word::of(&observation.indicator),
            statistic: observation.statistic,
            area: Word::of(&observation.area),
            origin: Word::of(&observation.origin),
            sex: observation.sex,
            group: Word::of(&observation.group),
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
    fn words_are_ordered_as_their_texts_are() {
        let texts = [
            "",
            "\0",
            "a",
            "a\0",
            "ab",
            "b",
            "exactly sixteen.",
            "exactly sixteen.\0",
            "exactly sixteen. and more",
            "exactly sixteen. and none",
            "Ägypten",
        ];
        for one in texts {
            for other in texts {
                assert_eq!(Word::of(one).cmp(&Word::of(other)), one.cmp(other), "{one:?} and {other:?}");
                assert_eq!(Word::of(one) == Word::of(other), one == other, "{one:?} and {other:?}");
            }
        }
    }

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
