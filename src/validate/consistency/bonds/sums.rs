//! Totals and their parts: relations and figures of a snapshot go in, all sums that must hold come out.

use std::collections::BTreeSet;

use crate::schema::{Extraction, Observation, Relation, Statistic};
use crate::validate::key::{Figures, Key, Word};
use crate::validate::{knowledge, sums};

use super::super::quantity::Quantities;
use super::{Bond, Found, Known};

/// The sums that the report declares, and those of places, origins and sexes that it prints without saying so; none that the codebook
/// forbids.
pub(super) fn sums<'a>(extraction: &'a Extraction, figures: &Figures<'a>, quantities: &Quantities<'a>) -> Vec<Found> {
    let observations = &extraction.observations;
    let mut found: Vec<Found> = Vec::new();
    let mut told: BTreeSet<Bond> = BTreeSet::new();
    let mut of_places: BTreeSet<Key<'_>> = BTreeSet::new();
    for relation in &extraction.relations {
        let Relation::Sum { total, parts, unknown } = relation else { continue };
        let Some(figure) = observations.get(*total) else { continue };
        if sums::why_not_added(observations, figure, parts).is_some() {
            continue;
        }
        if sums::are_of_places(observations, figure, parts) {
            of_places.insert(Key::of(figure));
        }
        found.extend(declared(observations, quantities, *total, parts, *unknown).filter(|sum| told.insert(sum.bond.clone())));
    }
    for (_, total) in quantities.printed().filter(|(_, total)| total.key.statistic == Statistic::Count) {
        if !of_places.contains(&total.key) {
            found.extend(of_the_places(figures, quantities, total.key));
        }
    }
    found.extend(of_those_that_exclude_each_other(quantities));
    found
}

fn declared(observations: &[Observation], quantities: &Quantities<'_>, total: usize, parts: &[usize], unknown: usize) -> Option<Found> {
    let whole = observations.get(total)?;
    let parts: Option<Vec<(usize, &Observation)>> = parts.iter().map(|part| Some((*part, observations.get(*part)?))).collect();
    let mut parts = parts.filter(|parts| !parts.is_empty())?;
    // A row of a composite stands beside the rows of its places: they are in it already.
    let composites: Vec<&[String]> = parts.iter().map(|(_, part)| knowledge::members(&part.area)).collect();
    let composites: Vec<&[String]> = composites.into_iter().filter(|members| !members.is_empty()).collect();
    let areas: BTreeSet<&str> = parts
        .iter()
        .map(|(_, part)| part.area.as_str())
        .filter(|area| *area != whole.area)
        .collect();
    parts.retain(|(_, part)| !areas.contains(part.area.as_str()) || !composites.iter().any(|members| members.contains(&part.area)));
    // Parts are set apart from the whole by one and the same thing: children of a place are no part beside its adults' places.
    let apart = |part: &Observation| {
        (
            part.area != whole.area,
            part.origin != whole.origin,
            part.sex != whole.sex,
            part.group != whole.group,
            part.indicator != whole.indicator,
            part.period != whole.period,
        )
    };
    let (_, first) = parts.first()?;
    if parts.iter().any(|(_, part)| apart(part) != apart(first)) {
        return None;
    }
    let total_quantity = quantities.of_figure(total)?;
    let numbers: Option<Vec<usize>> = parts.iter().map(|(part, _)| quantities.of_figure(*part)).collect();
    let numbers = numbers.filter(|numbers| !numbers.contains(&total_quantity))?;
    Some(Found {
        bond: Bond::Sum {
            total: total_quantity,
            parts: numbers,
            parts_known: if unknown == 0 { Known::All } else { Known::Some },
        },
        figures: Some([total].into_iter().chain(parts.iter().map(|(part, _)| *part)).collect()),
    })
}

/// The sum of a composite's places, where two or more are printed.
fn of_the_places(figures: &Figures<'_>, quantities: &Quantities<'_>, total: Key<'_>) -> Option<Found> {
    let places = sums::printed_places(figures, total);
    if places.len() < 2 {
        return None;
    }
    let whole = quantities.find(&total)?;
    let parts: Option<Vec<usize>> = places.iter().map(|place| quantities.find(place)).collect();
    let parts = parts.filter(|parts| parts.iter().all(|part| quantities.get(*part).unit == quantities.get(whole).unit))?;
    Some(Found::by_series(Bond::Sum {
        total: whole,
        parts,
        parts_known: if places.len() == knowledge::members(total.area.text()).len() {
            Known::All
        } else {
            Known::Some
        },
    }))
}

/// Counts by origin, and counts by sex, among the count of all: nobody is of two, but some may be of none that is printed.
fn of_those_that_exclude_each_other(quantities: &Quantities<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let counts = || quantities.printed().filter(|(_, quantity)| quantity.key.statistic == Statistic::Count);
    let whole = |key: Key<'_>| quantities.find(&key);
    let by_origin = counts().filter(|(_, part)| !part.key.origin.is_empty() && knowledge::is_single(part.key.origin.text()));
    let by_origin = by_origin.filter_map(|(part, quantity)| {
        Some((
            whole(Key {
                origin: Word::NONE,
                ..quantity.key
            })?,
            part,
        ))
    });
    let by_sex = counts().filter(|(_, part)| part.key.sex.is_some());
    let by_sex = by_sex.filter_map(|(part, quantity)| Some((whole(Key { sex: None, ..quantity.key })?, part)));
    for mut pairs in [by_origin.collect::<Vec<(usize, usize)>>(), by_sex.collect()] {
        pairs.retain(|(whole, part)| quantities.get(*whole).unit == quantities.get(*part).unit);
        pairs.sort_unstable();
        for parts in pairs.chunk_by(|one, other| one.0 == other.0).filter(|parts| parts.len() > 1) {
            found.push(Found::by_series(Bond::Sum {
                total: parts[0].0,
                parts: parts.iter().map(|(_, part)| *part).collect(),
                parts_known: Known::Some,
            }));
        }
    }
    found
}
