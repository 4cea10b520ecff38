//! Observations to figures: all mentions of the same thing, by edition and value.

use std::io;

use crate::schema::{Dataset, Observation, Period};
use crate::spool::{Key, Shelf, Sorted, Sorter};

/// Mentions on their way to be sorted.
pub(super) struct Sorting(Sorter);

/// Mentions of each figure side by side.
pub(super) struct Figures(Sorted);

impl Sorting {
    pub(super) fn new(shelf: &Shelf) -> Self {
        Self(Sorter::new(shelf))
    }

    /// Takes the mentions of a document, by its number.
    pub(super) fn push(&mut self, document: usize, observations: &[Observation]) -> io::Result<()> {
        for (observation, number) in observations.iter().zip(0..) {
            let key = key(observation);
            let figure = key.length();
            let key = key.number(i64::try_from(document).unwrap_or(i64::MAX)).number(number);
            let value = postcard::to_stdvec(&(figure, observation)).expect("every field has a packed form, and memory grows");
            self.0.push(key.bytes(), &value)?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> io::Result<Figures> {
        Ok(Figures(self.0.finish()?))
    }
}

impl Figures {
    /// Calls back with the mentions of each figure, sorted by edition and printed value; mentions of one value stay in the order of the documents.
    pub(super) fn each(&self, see: &mut dyn FnMut(&[&Observation]) -> io::Result<()>) -> io::Result<()> {
        let mut mentions: Vec<Observation> = Vec::new();
        let mut last: Vec<u8> = Vec::new();
        let mut end = |mentions: &mut Vec<Observation>| {
            let mut sorted: Vec<&Observation> = mentions.iter().collect();
            sorted.sort_by(|one, other| printed(one).cmp(&printed(other)));
            if !sorted.is_empty() {
                see(&sorted)?;
            }
            mentions.clear();
            Ok::<(), io::Error>(())
        };
        self.0.each(&mut |key, value| {
            let (figure, observation): (usize, Observation) = postcard::from_bytes(value).map_err(io::Error::other)?;
            if last != key[..figure] {
                end(&mut mentions)?;
                last = key[..figure].to_vec();
            }
            mentions.push(observation);
            Ok(())
        })?;
        end(&mut mentions)
    }
}

/// Bytes that sort as [`figure`] does.
fn key(observation: &Observation) -> Key {
    let key = Key::default()
        .text(&observation.publisher)
        .text(&observation.indicator)
        .byte(observation.statistic as u8)
        .text(&observation.area)
        .text(&observation.origin)
        .byte(observation.sex.map_or(0, |sex| 1 + sex as u8))
        .text(&observation.group);
    let days = |key: Key, Period { start, end }: Period| {
        [start, end].into_iter().fold(key, |key, day| {
            key.number(i64::from(day.year()) * 400 + i64::from(day.month()) * 32 + i64::from(day.day()))
        })
    };
    let key = days(key, observation.period);
    let key = match observation.base {
        None => key.byte(0),
        Some(base) => days(key.byte(1), base),
    };
    key.text(&observation.unit)
}

/// Mentions of each figure of a dataset, a list each figure.
pub(super) fn figures(dataset: &Dataset) -> Vec<Vec<&Observation>> {
    let mut observations: Vec<&Observation> = dataset.extractions.iter().flat_map(|extraction| &extraction.observations).collect();
    observations.sort_by(|one, other| figure(one).cmp(&figure(other)).then_with(|| printed(one).cmp(&printed(other))));
    observations
        .chunk_by(|one, other| figure(one) == figure(other))
        .map(<[&Observation]>::to_vec)
        .collect()
}

/// What is measured, for whom, where and when: all that makes two mentions the same figure.
pub(super) fn figure(observation: &Observation) -> impl Ord {
    let of_whom = (
        observation.publisher.as_str(),
        observation.indicator.as_str(),
        observation.statistic,
        observation.area.as_str(),
        observation.origin.as_str(),
        observation.sex,
        observation.group.as_str(),
    );
    (of_whom, observation.period, observation.base, observation.unit.as_str())
}

/// What makes mentions of a figure one edition's.
pub(super) fn edition(observation: &Observation) -> impl Ord {
    (observation.edition.as_str(), observation.family.as_str())
}

/// What makes mentions of a figure one value.
pub(super) fn printed(observation: &Observation) -> impl Ord {
    (
        edition(observation),
        observation.value,
        observation.qualifier,
        (observation.interval.low, observation.interval.high),
    )
}
