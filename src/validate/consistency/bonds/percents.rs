//! Percentages and their counts: shares, ratios and changes go in, each with the two figures it is made of comes out as a bond.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::schema::{Direction, Extraction, Observation, Relation, Statistic};
use crate::validate::key::{Key, Word};
use crate::validate::knowledge;

use super::super::quantity::{Quantities, ends};
use super::{Bond, Found};

/// Shares and ratios with their counts.
pub(super) fn percents(extraction: &Extraction, quantities: &Quantities<'_>) -> Vec<Found> {
    let observations = &extraction.observations;
    let mut found: Vec<Found> = Vec::new();
    let mut declared: BTreeSet<usize> = BTreeSet::new();
    for relation in &extraction.relations {
        let Relation::Ratio {
            ratio,
            numerator,
            denominator,
        } = relation
        else {
            continue;
        };
        let numbers = [ratio, numerator, denominator].map(|figure| quantities.of_figure(*figure));
        let [Some(percent), Some(part), Some(whole)] = numbers else { continue };
        if is_more_than_nothing(observations, quantities, whole) && part != whole && declared.insert(percent) {
            found.push(Found {
                bond: Bond::Percent { percent, part, whole },
                figures: Some(vec![*ratio, *numerator, *denominator]),
            });
        }
    }
    for (percent, quantity) in quantities.printed().filter(|(percent, _)| !declared.contains(percent)) {
        let Some((part, whole)) = counts_of(quantities, quantity.key) else {
            continue;
        };
        if is_more_than_nothing(observations, quantities, whole) {
            found.push(Found::by_series(Bond::Percent { percent, part, whole }));
        }
    }
    found
}

/// Changes, in percent and in points, with what they lead from and to.
pub(super) fn changes<'a>(extraction: &'a Extraction, quantities: &mut Quantities<'a>) -> Vec<Found> {
    let observations = &extraction.observations;
    let mut found: Vec<Found> = Vec::new();
    let mut declared: BTreeSet<usize> = BTreeSet::new();
    for relation in &extraction.relations {
        let Relation::Change { change, current, base } = relation else {
            continue;
        };
        let numbers = [change, current, base].map(|figure| quantities.of_figure(*figure));
        let [Some(change_number), Some(current_number), Some(base_number)] = numbers else {
            continue;
        };
        if current_number == base_number || says_both(observations, quantities, change_number) || !declared.insert(change_number) {
            continue;
        }
        let (change, current, base) = (change_number, current_number, base_number);
        let figures = match relation {
            Relation::Change { change, current, base } => vec![*change, *current, *base],
            _ => continue,
        };
        found.extend(bond(observations, quantities, change, current, base).map(|bond| Found {
            bond,
            figures: Some(figures),
        }));
    }
    let printed: Vec<(usize, Key<'a>)> = quantities.printed().map(|(number, quantity)| (number, quantity.key)).collect();
    for (change, key) in printed {
        if key.statistic == Statistic::Change {
            found.push(Found::by_series(Bond::Fall { change }));
        }
        if declared.contains(&change) || says_both(observations, quantities, change) {
            continue;
        }
        let current = match key.statistic {
            Statistic::Change => ends(key).and_then(|(current, _)| quantities.find(&current)),
            Statistic::ShareChange => quantities.find(&key.as_statistic(Statistic::Share)),
            _ => None,
        };
        let Some(current) = current else { continue };
        let printed_base = ends(key).and_then(|(_, base)| quantities.find(&base));
        let base = match key.statistic {
            // The share before need not be printed to be a share.
            Statistic::ShareChange => Some(printed_base.unwrap_or_else(|| quantities.hidden(key.as_statistic(Statistic::Share)))),
            _ => printed_base,
        };
        let Some(base) = base else { continue };
        found.extend(bond(observations, quantities, change, current, base).map(Found::by_series));
    }
    found
}

fn bond(observations: &[Observation], quantities: &Quantities<'_>, change: usize, current: usize, base: usize) -> Option<Bond> {
    match quantities.get(change).key.statistic {
        Statistic::ShareChange => Some(Bond::Points { change, current, base }),
        _ => is_more_than_nothing(observations, quantities, base).then_some(Bond::Change { change, current, base }),
    }
}

/// Whether a change is printed to go up and down at once: which way it goes is open, and that is a finding of its own.
fn says_both(observations: &[Observation], quantities: &Quantities<'_>, change: usize) -> bool {
    let printings = quantities.get(change).printings.iter();
    printings
        .map(|printing| &observations[*printing].directions)
        .any(|directions| directions.contains(&Direction::Up) && directions.contains(&Direction::Down))
}

/// Nothing is any percentage of nothing.
fn is_more_than_nothing(observations: &[Observation], quantities: &Quantities<'_>, whole: usize) -> bool {
    let mut printings = quantities.get(whole).printings.iter();
    printings.all(|printing| observations[*printing].interval.low > Decimal::ZERO)
}

/// The counts that a share or a rate of occupancy is made of, where what is printed allows one reading only.
fn counts_of(quantities: &Quantities<'_>, key: Key<'_>) -> Option<(usize, usize)> {
    let part = key.as_statistic(Statistic::Count);
    let wholes = match key.statistic {
        Statistic::Ratio if key.indicator.text() == "reception_occupancy" => vec![Key {
            indicator: Word::of("reception_capacity"),
            ..part
        }],
        Statistic::Share => wholes(part),
        _ => return None,
    };
    let printed: Vec<usize> = wholes.iter().filter_map(|whole| quantities.find(whole)).collect();
    let [whole] = printed[..] else { return None };
    Some((quantities.find(&part)?, whole))
}

/// What a share may be a share of: the same count without the one thing that sets the part apart.
fn wholes(part: Key<'_>) -> Vec<Key<'_>> {
    let mut wholes = Vec::new();
    if !part.origin.is_empty() {
        wholes.push(Key { origin: Word::NONE, ..part });
    }
    if part.sex.is_some() {
        wholes.push(Key { sex: None, ..part });
    }
    if !part.group.is_empty() {
        wholes.push(Key { group: Word::NONE, ..part });
    }
    if wholes.is_empty() && knowledge::why_not_additive(part.indicator.text()).is_none() {
        wholes.extend(knowledge::wholes(part.area.text()).iter().map(|area| Key {
            area: Word::of(area),
            ..part
        }));
    }
    wholes
}
