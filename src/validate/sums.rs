//! Totals and their parts: relations and figures of a snapshot go in, all sums that should hold come out.

use std::collections::BTreeSet;

use crate::schema::{Extraction, Interval, Observation, Relation, Statistic};

use super::arithmetic::{self, Reading, Verdict};
use super::key::{Figures, Key};
use super::knowledge;

/// A printed total and its printed parts, by index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sum {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
    /// Parts that are not available: the total may be larger.
    pub(super) unknown: usize,
}

impl Sum {
    /// Whether total and parts may be true together; none where an index leads nowhere or a number grows past all reason.
    pub(super) fn verdict(&self, observations: &[Observation]) -> Option<Verdict> {
        let total = observations.get(self.total)?;
        self.added(observations, Reading::Rounded)?;
        Some(arithmetic::judge(|reading| {
            let (total, sum) = (arithmetic::interval(total, reading), self.added(observations, reading)?);
            Some(if self.unknown == 0 { total.meets(sum) } else { sum.low <= total.high })
        }))
    }

    /// All values that the parts may add to.
    pub(super) fn added(&self, observations: &[Observation], reading: Reading) -> Option<Interval> {
        let parts: Option<Vec<Interval>> = self
            .parts
            .iter()
            .map(|part| Some(arithmetic::interval(observations.get(*part)?, reading)))
            .collect();
        arithmetic::sum(parts?)
    }
}

/// The sums that the report declares, and those of places that it prints without saying so; none that the codebook forbids.
pub(super) fn sums(extraction: &Extraction, figures: &Figures<'_>) -> Vec<Sum> {
    let observations = &extraction.observations;
    let mut sums: Vec<Sum> = Vec::new();
    let mut told: BTreeSet<Sum> = BTreeSet::new();
    let mut declared: BTreeSet<Key<'_>> = BTreeSet::new();
    for relation in &extraction.relations {
        let Relation::Sum { total, parts, unknown } = relation else { continue };
        let Some(figure) = observations.get(*total).filter(|_| !parts.is_empty()) else {
            continue;
        };
        if why_not_added(observations, figure, parts).is_some() {
            continue;
        }
        if are_of_places(observations, figure, parts) {
            declared.insert(Key::of(figure));
        }
        let sum = Sum {
            total: *total,
            parts: parts.clone(),
            unknown: *unknown,
        };
        if told.insert(sum.clone()) {
            sums.push(sum);
        }
    }
    for group in figures.groups().filter(|group| !declared.contains(&group[0].key)) {
        sums.extend(sum_of_places(observations, figures, group[0].key));
    }
    sums
}

/// Why figures of places are not added up to this total, where the codebook says so.
pub(super) fn why_not_added(observations: &[Observation], total: &Observation, parts: &[usize]) -> Option<&'static str> {
    knowledge::why_not_additive(&total.indicator).filter(|_| are_of_places(observations, total, parts))
}

/// The places of a composite for which the count is printed; none where they do not add up.
pub(super) fn printed_places<'a>(figures: &Figures<'a>, total: Key<'a>) -> Vec<Key<'a>> {
    if total.statistic != Statistic::Count || !knowledge::is_additive(total.indicator) {
        return Vec::new();
    }
    let places = knowledge::members(total.area).iter().map(|area| Key { area, ..total });
    places.filter(|place| !figures.printed(place).is_empty()).collect()
}

fn are_of_places(observations: &[Observation], total: &Observation, parts: &[usize]) -> bool {
    parts
        .iter()
        .filter_map(|part| observations.get(*part))
        .any(|part| part.area != total.area)
}

/// The sum of a composite's places, where two or more are printed, each with one value.
fn sum_of_places(observations: &[Observation], figures: &Figures<'_>, total: Key<'_>) -> Option<Sum> {
    let places = printed_places(figures, total);
    let is_one_value = |place: &Key<'_>| arithmetic::possible(&figures.values(place), Reading::Rounded).len() == 1;
    if places.len() < 2 || !places.iter().all(is_one_value) {
        return None;
    }
    let parts: Vec<usize> = places.iter().filter_map(|place| figures.most_precise(place)).collect();
    let unit = &observations[*parts.first()?].unit;
    let of_one_unit = |index: &usize| observations[*index].unit == *unit;
    let sum = |total: usize| Sum {
        total,
        parts: parts.clone(),
        unknown: knowledge::members(observations[total].area.as_str()).len() - parts.len(),
    };
    let total_index = figures
        .most_precise(&total)
        .filter(of_one_unit)
        .filter(|_| parts.iter().all(of_one_unit))?;
    // A total printed in several ways holds if one of them does; that they differ is told by `repeat-differs`.
    let holding = figures.printed(&total).iter().take(8).map(|figure| sum(figure.index));
    let holding = holding.into_iter().find(|sum| sum.verdict(observations) == Some(Verdict::Holds));
    Some(holding.unwrap_or_else(|| sum(total_index)))
}

/// The figures of sums that hold with every part known: they confirm each other.
pub(super) fn confirmed(observations: &[Observation], sums: &[Sum]) -> BTreeSet<usize> {
    let holding = sums
        .iter()
        .filter(|sum| sum.unknown == 0 && sum.verdict(observations) == Some(Verdict::Holds));
    holding.flat_map(|sum| sum.parts.iter().copied().chain([sum.total])).collect()
}
