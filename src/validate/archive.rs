//! The figures of an archive that may bear on each other, whatever edition prints them: all of one place, origin and group, of indicators that compare.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::schema::{Observation, Period};
use crate::spool::Key as SortKey;

use super::arithmetic;
use super::key::Key;
use super::knowledge;

/// A figure as an edition of a family prints it, once or several times alike.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) family: String,
    pub(super) edition: String,
    /// Numbers of the snapshots that print it so.
    pub(super) snapshots: Vec<u32>,
    pub(super) observation: Observation,
}

/// What rows are sorted by, and how much of it rows that belong together share.
pub(super) struct RowKey {
    pub(super) key: SortKey,
    /// Length up to here: figures that checks set against each other.
    pub(super) subject: usize,
    /// Length up to here: printings in one edition.
    pub(super) edition: usize,
}

impl RowKey {
    /// The key of a figure that an edition of a family prints in a snapshot.
    pub(super) fn of(family: &str, observation: &Observation, edition: &str, snapshot: (&str, u32), number: usize) -> Self {
        let key = Key::of(observation);
        let (subject, figure) = figure(family, &key);
        let whole = figure.text(edition);
        let edition = whole.length();
        let (media_type, snapshot) = snapshot;
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        Self {
            key: whole.text(media_type).number(snapshot.into()).number(number),
            subject,
            edition,
        }
    }
}

/// The bytes that all printings of one figure of a family share, whichever edition they stand in.
pub(super) fn figure_key(family: &str, key: &Key<'_>) -> Vec<u8> {
    figure(family, key).1.bytes().to_vec()
}

/// Up to where figures share it that checks set against each other, and the whole.
fn figure(family: &str, key: &Key<'_>) -> (usize, SortKey) {
    let sex = key.sex.map_or(0, |sex| 1 + sex as u8);
    let subject = SortKey::default()
        .text(knowledge::compared_as(key.indicator.text()))
        .text(key.area.text())
        .text(key.origin.text())
        .byte(sex)
        .text(key.group.text());
    let days = |sorted: SortKey, period: Period| sorted.number(day(period.start)).number(day(period.end));
    let whole = days(
        subject.clone().text(family).text(key.indicator.text()).byte(key.statistic as u8),
        key.period,
    );
    let whole = match key.base {
        None => whole.byte(0),
        Some(base) => days(whole.byte(1), base),
    };
    (subject.length(), whole)
}

/// A number that grows with the day.
fn day(day: jiff::civil::Date) -> i64 {
    i64::from(day.year()) * 400 + i64::from(day.month()) * 32 + i64::from(day.day())
}

/// Printings of one figure in one edition: as many are kept from the first and from the last. Checks look at fewer.
const PRINTINGS_KEPT: usize = 128;

/// Rows of one edition's figure as they come; of those alike, the first and the last stay.
#[derive(Default)]
pub(super) struct Printings {
    first: Rows,
    /// Once the first are as many as are kept.
    last: VecDeque<Box<Row>>,
}

/// Rows in order, each in a place of its own: they are long, and a list of thousands that grows would leave half of its room empty.
pub(super) type Rows = Vec<Box<Row>>;

impl Printings {
    pub(super) fn push(&mut self, mut row: Box<Row>) {
        let all = self.first.iter().chain(&self.last);
        let mut alike = all.enumerate().filter(|(_, other)| is_alike(&other.observation, &row.observation));
        if let (Some(_), Some((before, _))) = (alike.next(), alike.next()) {
            let before = match before.checked_sub(self.first.len()) {
                None => Some(self.first.remove(before)),
                Some(before) => self.last.remove(before),
            };
            let mut snapshots = before.map(|before| before.snapshots).unwrap_or_default();
            snapshots.append(&mut row.snapshots);
            snapshots.dedup();
            row.snapshots = snapshots;
        }
        if self.last.is_empty() && self.first.len() < PRINTINGS_KEPT {
            self.first.push(row);
            return;
        }
        if self.last.len() == PRINTINGS_KEPT {
            self.last.pop_front();
        }
        self.last.push_back(row);
    }

    /// Hands over the rows, in their order.
    pub(super) fn take(&mut self) -> Rows {
        let mut rows = std::mem::take(&mut self.first);
        rows.extend(self.last.drain(..));
        rows
    }
}

/// Whether two printings of a figure tell a check the same.
fn is_alike(one: &Observation, other: &Observation) -> bool {
    one.interval == other.interval
        && one.value == other.value
        && one.unit == other.unit
        && one.qualifier == other.qualifier
        && one.publisher == other.publisher
        && arithmetic::is_printed(one) == arithmetic::is_printed(other)
        && one.directions == other.directions
        && one.attached.source == other.attached.source
}

/// The figures of one subject.
pub(super) struct Archive<'a> {
    /// By family, key, edition, and then as printed.
    printings: Vec<Printing<'a>>,
}

/// A figure printed in an edition of a family.
#[derive(Clone, Copy)]
pub(super) struct Printing<'a> {
    pub(super) family: &'a str,
    pub(super) edition: &'a str,
    pub(super) key: Key<'a>,
    pub(super) observation: &'a Observation,
    /// Numbers of the snapshots that print it so, among all of the archive.
    pub(super) snapshots: &'a [u32],
}

impl<'a> Archive<'a> {
    /// Of rows sorted by their keys.
    pub(super) fn of(rows: &'a [Box<Row>]) -> Self {
        let printing = |row: &'a Row| Printing {
            family: &row.family,
            edition: &row.edition,
            key: Key::of(&row.observation),
            observation: &row.observation,
            snapshots: &row.snapshots,
        };
        Self {
            printings: rows.iter().map(|row| printing(row)).collect(),
        }
    }

    /// All printings of each figure of each family, earliest edition first.
    pub(super) fn figures(&self) -> impl Iterator<Item = &[Printing<'a>]> {
        self.printings.chunk_by(|one, other| (one.family, &one.key) == (other.family, &other.key))
    }

    /// The printings of one figure in the editions of a family, earliest edition first.
    pub(super) fn printed(&self, family: &str, key: &Key<'_>) -> &[Printing<'a>] {
        let start = self
            .printings
            .partition_point(|printing| (printing.family, printing.key) < (family, *key));
        let length = self.printings[start..].partition_point(|printing| (printing.family, printing.key) == (family, *key));
        &self.printings[start..start + length]
    }
}

/// The printings of each edition, earliest first, of printings of one figure.
pub(super) fn by_edition<'p, 'a>(printings: &'p [Printing<'a>]) -> impl Iterator<Item = &'p [Printing<'a>]> {
    printings.chunk_by(|one, other| one.edition == other.edition)
}

/// Those of the printings of one figure that stand in an edition.
pub(super) fn in_edition<'p, 'a>(printings: &'p [Printing<'a>], edition: &str) -> &'p [Printing<'a>] {
    let start = printings.partition_point(|printing| printing.edition < edition);
    let end = printings.partition_point(|printing| printing.edition <= edition);
    &printings[start..end]
}

/// Those of the printings of one figure that stand in an edition or an earlier one.
pub(super) fn up_to_edition<'p, 'a>(printings: &'p [Printing<'a>], edition: &str) -> &'p [Printing<'a>] {
    &printings[..printings.partition_point(|printing| printing.edition <= edition)]
}

/// The different values of printings of one figure, the most precise first.
pub(super) fn values<'p, 'a: 'p>(printings: impl IntoIterator<Item = &'p Printing<'a>>) -> Vec<&'a Observation> {
    arithmetic::distinct(printings.into_iter().map(|printing| printing.observation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::testing::printed;

    fn row(snapshot: u32, quote: &str) -> Row {
        Row {
            family: "unhcr-western-balkans".to_owned(),
            edition: "2024-07".to_owned(),
            snapshots: vec![snapshot],
            observation: printed(quote),
        }
    }

    /// The quotes that are kept, each with the snapshots that print it.
    fn kept(quotes: &[&str]) -> Vec<(String, Vec<u32>)> {
        let mut printings = Printings::default();
        for (snapshot, quote) in (0..).zip(quotes) {
            printings.push(Box::new(row(snapshot, quote)));
        }
        let rows = printings.take();
        rows.into_iter().map(|row| (row.observation.quote, row.snapshots)).collect()
    }

    #[test]
    fn of_printings_alike_the_first_and_the_last_stay_with_the_snapshots_of_all() {
        let expected = [("3,300", vec![0]), ("3,030", vec![1]), ("3,300", vec![2, 3, 4])];
        let expected = expected.map(|(quote, snapshots)| (quote.to_owned(), snapshots));
        assert_eq!(kept(&["3,300", "3,030", "3,300", "3,300", "3,300"]), expected);
        assert_eq!(kept(&["some 3,300", "3,300", "3,300.0"]).len(), 3, "another precision is not alike");
    }

    #[test]
    fn of_more_printings_than_are_kept_the_first_and_the_last_stay() {
        let quotes: Vec<String> = (1..=400).map(|value: u32| value.to_string()).collect();
        let kept = kept(&quotes.iter().map(String::as_str).collect::<Vec<_>>());
        let quotes = |range: std::ops::Range<usize>| kept[range].iter().map(|(quote, _)| quote.as_str()).collect::<Vec<_>>();
        assert_eq!(kept.len(), 2 * PRINTINGS_KEPT);
        assert_eq!(
            (quotes(0..1), quotes(127..129), quotes(255..256)),
            (vec!["1"], vec!["128", "273"], vec!["400"])
        );
    }
}
