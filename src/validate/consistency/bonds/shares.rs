//! Shares of one whole: lists that the report declares, and shares that exclude each other without saying so, come out as bonds.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{Extraction, Relation, Statistic};
use crate::validate::key::{Figures, Key, Word};
use crate::validate::knowledge;

use super::super::quantity::Quantities;
use super::{Bond, Found, Known};

pub(super) fn shares<'a>(extraction: &'a Extraction, figures: &Figures<'a>, quantities: &Quantities<'a>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut declared: BTreeSet<Key<'_>> = BTreeSet::new();
    for relation in &extraction.relations {
        let Relation::Shares { parts, partial } = relation else { continue };
        let shares: Option<Vec<usize>> = parts.iter().map(|part| quantities.of_figure(*part)).collect();
        let Some(shares) = shares.filter(|shares| !shares.is_empty()) else {
            continue;
        };
        declared.extend(shares.iter().map(|share| quantities.get(*share).key));
        found.push(Found {
            bond: Bond::Shares {
                parts: shares,
                parts_known: if *partial { Known::Some } else { Known::All },
            },
            figures: Some(parts.clone()),
        });
    }
    for parts in undeclared(figures, quantities, &declared) {
        let parts_known = Known::Some;
        found.push(Found::by_series(Bond::Shares { parts, parts_known }));
    }
    found
}

/// Shares by sex, and shares by origin, of one whole: no rule says that they are complete, but they exclude each other. Any other
/// share stands alone.
fn undeclared<'a>(figures: &Figures<'a>, quantities: &Quantities<'a>, declared: &BTreeSet<Key<'_>>) -> Vec<Vec<usize>> {
    let mut wholes: BTreeMap<(Key<'a>, &str), Vec<usize>> = BTreeMap::new();
    let mut known: BTreeSet<(Key<'a>, &str)> = BTreeSet::new();
    for group in figures.groups().filter(|group| group[0].key.statistic == Statistic::Share) {
        let key = group[0].key;
        let whole = match (key.sex, key.origin) {
            (Some(_), _) => (Key { sex: None, ..key }, "by sex"),
            (None, origin) if !origin.is_empty() && knowledge::is_single(origin.text()) => (Key { origin: Word::NONE, ..key }, "by origin"),
            // More persons than places may stay in a centre.
            _ if key.indicator.text() == "reception_occupancy" => continue,
            _ => (key, "alone"),
        };
        if declared.contains(&key) {
            known.insert(whole);
        } else {
            wholes.entry(whole).or_default().extend(quantities.find(&key));
        }
    }
    wholes.retain(|whole, parts| !known.contains(whole) && !parts.is_empty());
    wholes.into_values().collect()
}
