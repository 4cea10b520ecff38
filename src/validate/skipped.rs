//! What was not set against each other, and why: the codebook says that the figures do not add up, or do not compare.

use crate::schema::{Extraction, Observation, Relation, Status};

use super::archive::Archive;
use super::checks::sources_differ;
use super::knowledge::{self, Comparison};
use super::sums;

/// What was not done, and why.
type What = (String, String);
/// What was not done and why between the figures of two documents.
pub(super) type Between = (What, [String; 2]);

/// What was left alone in one snapshot.
pub(super) fn in_snapshot(extraction: &Extraction) -> Vec<What> {
    if extraction.document.status != Status::Read {
        return Vec::new();
    }
    let observations = &extraction.observations;
    let sums = extraction.relations.iter().filter_map(|relation| {
        let Relation::Sum { total, parts, .. } = relation else { return None };
        let total = observations.get(*total)?;
        let why = sums::why_not_added(observations, total, parts)?;
        let what = format!("Not added up over places: {}", knowledge::label(&total.indicator));
        Some((what, why.to_owned()))
    });
    let mut found: Vec<What> = sums.collect();
    found.sort();
    found.dedup();
    found
}

/// What was left alone between the figures of two sources.
pub(super) fn between(archive: &Archive<'_>) -> Vec<Between> {
    let mut found: Vec<Between> = Vec::new();
    sources_differ::pairs(archive, |one: &[&Observation], other: &[&Observation]| {
        let (Some(first), Some(second)) = (one.first(), other.first()) else {
            return;
        };
        let of = |figure: &'_ Observation| format!("{} ({})", knowledge::label(&figure.indicator), figure.publisher);
        let sources = (
            (first.publisher.as_str(), first.indicator.as_str()),
            (second.publisher.as_str(), second.indicator.as_str()),
        );
        if let Comparison::Not(why) = knowledge::comparison(sources.0, sources.1, &first.area) {
            let what = format!("Not compared: {} with {}", of(first), of(second));
            found.push(((what, why), [first.document.clone(), second.document.clone()]));
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::super::Waivers;
    use super::super::testing::{Tell, judged, printed, published};
    use super::*;

    #[test]
    fn sums_over_places_that_count_persons_twice_are_left_alone() {
        let row = vec![
            printed("10").of("mixed_movements").area("ALB"),
            printed("20").of("mixed_movements").area("SRB"),
            printed("25").of("mixed_movements"),
        ];
        let sum = Relation::Sum {
            total: 2,
            parts: vec![0, 1],
            unknown: 0,
        };
        let judgement = judged(&[published("a.txt", "text/plain", "2024-07", row, vec![sum])], &Waivers::default());
        assert_eq!(judgement.findings, []);
        assert_eq!(judgement.skipped.len(), 1);
        assert!(judgement.skipped[0].what.starts_with("Not added up over places: "));
        assert_eq!(judgement.skipped[0].documents, ["a.txt"]);
    }

    #[test]
    fn what_the_codebook_does_not_compare_is_told_with_its_reason() {
        let source = |publisher: &str, indicator: &str| {
            let mut figure = printed("7,900").of(indicator);
            figure.publisher = publisher.into();
            figure.family = publisher.into();
            published(&format!("{publisher}.txt"), "text/plain", "2024-07", vec![figure], Vec::new())
        };
        let judgement = judged(
            &[source("UNHCR", "mixed_movements"), source("IOM", "registrations_on_arrival")],
            &Waivers::default(),
        );
        assert_eq!(judgement.skipped.len(), 1);
        assert_eq!(judgement.skipped[0].documents, ["IOM.txt", "UNHCR.txt"]);
        assert!(!judgement.skipped[0].why.is_empty());
    }
}
