//! What adds up: a total and figures go in; out comes whether the codebook lets them be added, and of which places.

use crate::schema::{Observation, Statistic};

use super::key::{Figures, Key, Word};
use super::knowledge;

/// Why figures of places are not added up to this total, where the codebook says so.
pub(super) fn why_not_added(observations: &[Observation], total: &Observation, parts: &[usize]) -> Option<&'static str> {
    knowledge::why_not_additive(&total.indicator).filter(|_| are_of_places(observations, total, parts))
}

/// The places of a composite for which the count is printed; none where they do not add up.
pub(super) fn printed_places<'a>(figures: &Figures<'a>, total: Key<'a>) -> Vec<Key<'a>> {
    if total.statistic != Statistic::Count || !knowledge::is_additive(total.indicator.text()) {
        return Vec::new();
    }
    let places = knowledge::members(total.area.text()).iter().map(|area| Key {
        area: Word::of(area),
        ..total
    });
    places.filter(|place| !figures.printed(place).is_empty()).collect()
}

pub(super) fn are_of_places(observations: &[Observation], total: &Observation, parts: &[usize]) -> bool {
    parts
        .iter()
        .filter_map(|part| observations.get(*part))
        .any(|part| part.area != total.area)
}
