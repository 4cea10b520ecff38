//! Observations to figures: all mentions of the same thing, by edition and value.

use crate::schema::{Dataset, Observation};

/// Mentions of each figure side by side, sorted by edition and printed value; mentions of one value stay in the order of the dataset.
pub(super) fn sorted(dataset: &Dataset) -> Vec<&Observation> {
    let mut observations: Vec<&Observation> = dataset.extractions.iter().flat_map(|extraction| &extraction.observations).collect();
    observations.sort_by(|one, other| figure(one).cmp(&figure(other)).then_with(|| printed(one).cmp(&printed(other))));
    observations
}

/// The same, a list each figure.
pub(super) fn figures(dataset: &Dataset) -> Vec<Vec<&Observation>> {
    let observations = sorted(dataset);
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
