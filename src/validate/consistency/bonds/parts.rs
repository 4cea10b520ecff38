//! Subgroups and their groups: figures go in; each count of some persons comes out with the count of all among whom they are.

use std::collections::BTreeSet;

use crate::schema::{Extraction, Relation, Statistic};
use crate::validate::key::{Figures, Key, Word};
use crate::validate::{knowledge, sums};

use super::super::quantity::Quantities;
use super::{Bond, Found};

/// How many periods that began before are looked at for the one that holds the next; reports nest a few.
const PERIODS_TRIED: usize = 16;

pub(super) fn parts<'a>(extraction: &'a Extraction, figures: &Figures<'a>, quantities: &Quantities<'a>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut told: BTreeSet<(usize, usize)> = BTreeSet::new();
    // A part that belongs to a printed sum is judged there.
    for relation in &extraction.relations {
        let Relation::Sum { total, parts, .. } = relation else { continue };
        let Some(total) = quantities.of_figure(*total) else { continue };
        told.extend(parts.iter().filter_map(|part| Some((quantities.of_figure(*part)?, total))));
    }
    let is_of_one_unit = |part: usize, whole: usize| quantities.get(part).unit == quantities.get(whole).unit;
    for relation in &extraction.relations {
        let Relation::PartOf { part, whole } = relation else { continue };
        let figures = vec![*part, *whole];
        let (Some(part), Some(whole)) = (quantities.of_figure(*part), quantities.of_figure(*whole)) else {
            continue;
        };
        if part != whole && is_of_one_unit(part, whole) && told.insert((part, whole)) {
            found.push(Found {
                bond: Bond::Within { part, whole },
                figures: Some(figures),
            });
        }
    }
    let mut add = |part: &Key<'_>, whole: &Key<'_>| {
        let (Some(part), Some(whole)) = (quantities.find(part), quantities.find(whole)) else {
            return;
        };
        if is_of_one_unit(part, whole) && told.insert((part, whole)) {
            found.push(Found::by_series(Bond::Within { part, whole }));
        }
    };
    for (_, part) in quantities.printed().filter(|(_, part)| part.key.statistic == Statistic::Count) {
        for whole in wholes(part.key) {
            // Several places that a total is printed of are judged as its parts.
            let is_added = whole.area != part.key.area && sums::printed_places(figures, whole).len() > 1;
            if !is_added {
                add(&part.key, &whole);
            }
        }
    }
    for series in series_of_flows(quantities) {
        // Days that start together or first are the longer ones first, so that what holds the next is still open.
        let mut open: Vec<Key<'_>> = Vec::new();
        for part in series {
            while open.last().is_some_and(|whole| whole.period.end < part.period.start) {
                open.pop();
            }
            let holding = open.iter().rev().take(PERIODS_TRIED).find(|whole| whole.period.end >= part.period.end);
            if let Some(whole) = holding {
                add(&part, whole);
            }
            open.push(part);
        }
    }
    found
}

/// The counts of all among whom a count is of some.
fn wholes(part: Key<'_>) -> Vec<Key<'_>> {
    let mut wholes = Vec::new();
    if !part.group.is_empty() {
        wholes.push(Key { group: Word::NONE, ..part });
    }
    if part.sex.is_some() {
        wholes.push(Key { sex: None, ..part });
    }
    if !part.origin.is_empty() {
        wholes.push(Key { origin: Word::NONE, ..part });
    }
    if knowledge::is_additive(part.indicator.text()) {
        wholes.extend(knowledge::wholes(part.area.text()).iter().map(|area| Key {
            area: Word::of(area),
            ..part
        }));
    }
    wholes
}

/// The days over which each flow is printed, by first day, the longest first.
fn series_of_flows<'a>(quantities: &Quantities<'a>) -> Vec<Vec<Key<'a>>> {
    let is_flow = |key: &Key<'_>| key.statistic == Statistic::Count && key.base.is_none() && knowledge::is_flow(key.indicator.text(), key.period);
    let mut keys: Vec<Key<'a>> = quantities.printed().map(|(_, quantity)| quantity.key).filter(is_flow).collect();
    keys.dedup();
    let series = |key: &Key<'a>| (key.indicator, key.area, key.origin, key.sex, key.group);
    keys.sort_by_key(|key| (series(key), key.period.start, std::cmp::Reverse(key.period.end)));
    keys.chunk_by(|one, other| series(one) == series(other)).map(<[_]>::to_vec).collect()
}
