//! Observations to figures: all mentions of the same thing, by edition and value.

use std::io;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::schema::{Dataset, Observation, Period};
use crate::spool::{Key, Merged, Shelf, Sorted, Sorter, overlapped};

/// Mentions in memory at a time, but for the last figure's.
const MENTIONS: usize = 2_048;

/// Bytes that most mentions take.
const MENTION: usize = 512;

/// Mentions on their way to be sorted.
pub(super) struct Sorting(Sorter);

/// Mentions of each figure side by side.
pub(super) struct Figures(Sorted);

impl Sorting {
    pub(super) fn new(shelf: &Shelf) -> Self {
        Self(Sorter::new(shelf))
    }

    /// Takes the mentions of a document.
    pub(super) fn push(&mut self, sortable: &[Sortable]) -> io::Result<()> {
        sortable.iter().try_for_each(|(key, value)| self.0.push(key, value))
    }

    pub(super) fn finish(self) -> io::Result<Figures> {
        Ok(Figures(self.0.finish()?))
    }
}

/// A mention with the key that it is sorted by.
pub(super) type Sortable = (Vec<u8>, Vec<u8>);

/// The mentions of a document, by its number, ready to be sorted.
pub(super) fn sortable(document: usize, observations: &[Observation]) -> Vec<Sortable> {
    let sortable = |(observation, number): (&Observation, i64)| {
        let key = key(observation);
        let figure = key.length();
        let key = key.number(i64::try_from(document).unwrap_or(i64::MAX)).number(number);
        let value = postcard::to_extend(&(figure, observation.alone()), Vec::with_capacity(MENTION))
            .expect("every field has a packed form, and memory grows");
        (key.bytes().to_vec(), value)
    };
    let mut sortable: Vec<Sortable> = observations.iter().zip(0..).map(sortable).collect();
    // Sorted where many are at work, there is less to do where one sorts them all.
    sortable.sort_unstable();
    sortable
}

/// The mentions of one figure, as they were sorted.
type Packed = Vec<Vec<u8>>;

impl Figures {
    /// Calls back with the mentions of each figure, sorted by edition and printed value; mentions of one value stay in the order of the documents.
    pub(super) fn each(&self, see: &mut dyn FnMut(&[&Observation]) -> io::Result<()>) -> io::Result<()> {
        let mut each = self.packed()?;
        while let Some(figure) = each.next()? {
            see(&ordered(&unpacked(&figure)?))?;
        }
        Ok(())
    }

    /// Hands over what is made of the mentions of each figure, in order; several are made side by side.
    pub(super) fn made<M: Send>(
        &self,
        make: impl Fn(&[&Observation]) -> io::Result<M> + Sync,
        mut take: impl FnMut(M) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut each = self.packed()?;
        let fetch = || {
            let (mut some, mut mentions) = (Vec::new(), 0);
            while mentions < MENTIONS {
                let Some(figure) = each.next()? else { break };
                mentions += figure.len();
                some.push(figure);
            }
            Ok((!some.is_empty()).then_some(some))
        };
        let make_one = |figure: Packed| make(&ordered(&unpacked(&figure)?));
        let make_some = |some: Vec<Packed>| some.into_par_iter().map(make_one).collect::<io::Result<Vec<M>>>();
        overlapped(fetch, make_some, |made| made?.into_iter().try_for_each(&mut take))
    }

    fn packed(&self) -> io::Result<Each<'_>> {
        let mut merged = self.0.merged()?;
        Ok(Each {
            next: merged.next()?,
            merged,
        })
    }
}

/// Figures as they are sorted, one after the other.
struct Each<'f> {
    merged: Merged<'f>,
    /// The first mention of the next one.
    next: Option<(Vec<u8>, Vec<u8>)>,
}

impl Each<'_> {
    fn next(&mut self) -> io::Result<Option<Packed>> {
        let Some((key, value)) = self.next.take() else { return Ok(None) };
        let (length, _): (usize, _) = postcard::take_from_bytes(&value).map_err(io::Error::other)?;
        let mut figure = vec![value];
        loop {
            match self.merged.next()? {
                Some((other, value)) if other.get(..length) == key.get(..length) => figure.push(value),
                other => {
                    self.next = other;
                    return Ok(Some(figure));
                }
            }
        }
    }
}

fn unpacked(figure: &Packed) -> io::Result<Vec<Observation>> {
    let observation = |value: &Vec<u8>| {
        let (_, observation): (usize, Observation) = postcard::from_bytes(value).map_err(io::Error::other)?;
        Ok(observation)
    };
    figure.iter().map(observation).collect()
}

fn ordered(mentions: &[Observation]) -> Vec<&Observation> {
    let mut ordered: Vec<&Observation> = mentions.iter().collect();
    ordered.sort_by(|one, other| printed(one).cmp(&printed(other)));
    ordered
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
