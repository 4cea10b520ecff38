//! Figures on their way to observations: what a rule found, where it stands, and what has been claimed so far.

use std::{collections::BTreeMap, ops::Range};

use rust_decimal::Decimal;

use super::{annotated::overlaps, number::Number, pattern::Slot, profile::Rule};
use crate::{
    layout::Region,
    schema::{Direction, Interval, Method, Period, Qualifier, Sex, Statistic},
};

/// Where a text stands among the outline's nodes: node, and part of it (0 words or caption, then cells, then chart labels).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextPlace {
    /// Index of the node.
    pub node: usize,
    /// Part of the node.
    pub part: usize,
}

/// A figure with all that is known of it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Where it stands in reading order.
    pub place: TextPlace,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Id of the rule.
    pub rule: String,
    /// Indicator.
    pub indicator: String,
    /// Kind of number.
    pub statistic: Statistic,
    /// Place described.
    pub area: String,
    /// Origin, or empty.
    pub origin: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Group, or empty.
    pub group: String,
    /// Days.
    pub period: Period,
    /// Days compared with.
    pub base: Option<Period>,
    /// Value.
    pub value: Decimal,
    /// What it stands for.
    pub interval: Interval,
    /// Unit, where the rule says so.
    pub unit: Option<String>,
    /// Approximator.
    pub qualifier: Qualifier,
    /// Where it stands on the page.
    pub region: Region,
    /// As printed.
    pub quote: String,
    /// Around it.
    pub context: String,
    /// Byte of `context`.
    pub offset: usize,
    /// How it was read.
    pub method: Method,
    /// Footnote marks on it and its labels, with the page they are on.
    pub marks: Vec<(String, usize)>,
    /// Ways that arrow, sign and words point.
    pub directions: Vec<Direction>,
    /// Its caption or row label, where it has one.
    pub label: Option<(TextPlace, Range<usize>)>,
}

/// What a figure slot measures.
pub fn statistic_of(slot: Slot) -> Option<Statistic> {
    match slot {
        Slot::Count => Some(Statistic::Count),
        Slot::Share => Some(Statistic::Share),
        Slot::Ratio => Some(Statistic::Ratio),
        Slot::Change => Some(Statistic::Change),
        Slot::Points => Some(Statistic::ShareChange),
        Slot::Period | Slot::Area | Slot::Origin => None,
    }
}

/// A number's value and interval, turned the way a word or arrow says where no sign is printed.
pub fn directed(number: &Number, way: Option<Direction>) -> (Decimal, Interval) {
    let (value, interval) = (number.value, number.interval());
    if number.sign.is_none() && way == Some(Direction::Down) {
        return (-value, Interval::new(-interval.low, -interval.high));
    }
    (value, interval)
}

/// What rules have claimed, by text.
#[derive(Debug, Default)]
pub struct Claims {
    ranges: BTreeMap<TextPlace, Vec<Range<usize>>>,
}

impl Claims {
    /// Claims a range.
    pub fn add(&mut self, place: TextPlace, range: Range<usize>) {
        let claimed = self.ranges.entry(place).or_default();
        // A label is claimed with each figure beside it.
        if claimed.last() != Some(&range) {
            claimed.push(range);
        }
    }

    /// Whether any of a range is claimed.
    pub fn hold(&self, place: TextPlace, range: &Range<usize>) -> bool {
        self.ranges
            .get(&place)
            .is_some_and(|claimed| claimed.iter().any(|other| overlaps(other, range)))
    }

    /// Whether anything of a node is claimed.
    pub fn touch(&self, node: usize) -> bool {
        let (from, to) = (TextPlace { node, part: 0 }, TextPlace { node, part: usize::MAX });
        self.ranges.range(from..=to).next().is_some()
    }
}

/// The fields that a rule gives all its figures.
pub fn group_of(rule: &Rule) -> (String, Option<Sex>) {
    (rule.group.clone(), rule.sex)
}
