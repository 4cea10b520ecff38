//! What was not set against each other, and why: the codebook says that the figures do not add up, or do not compare.

use std::collections::BTreeMap;

use crate::schema::{Extraction, Observation, Relation, Skipped, Status};

use super::archive::Archive;
use super::checks::sources_differ;
use super::knowledge::{self, Comparison};
use super::sums;

/// All that was left alone, by what it is.
pub(super) fn skipped(extractions: &[Extraction], archive: &Archive<'_>) -> Vec<Skipped> {
    let mut found: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    for extraction in extractions.iter().filter(|extraction| extraction.document.status == Status::Read) {
        let observations = &extraction.observations;
        for relation in &extraction.relations {
            let Relation::Sum { total, parts, .. } = relation else { continue };
            let Some(total) = observations.get(*total) else { continue };
            if let Some(why) = sums::why_not_added(observations, total, parts) {
                let what = format!("Not added up over places: {}", knowledge::label(&total.indicator));
                found.entry((what, why.to_owned())).or_default().push(&extraction.document.path);
            }
        }
    }
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
            found
                .entry((what, why))
                .or_default()
                .extend([first.document.as_str(), second.document.as_str()]);
        }
    });
    let entry = |((what, why), mut documents): ((String, String), Vec<&str>)| {
        documents.sort_unstable();
        documents.dedup();
        let documents = documents.into_iter().map(str::to_owned).collect();
        Skipped { what, why, documents }
    };
    found.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Tell, printed, published};
    use super::super::{Waivers, judge};
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
        let judgement = judge(&[published("a.txt", "text/plain", "2024-07", row, vec![sum])], &Waivers::default());
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
        let judgement = judge(
            &[source("UNHCR", "mixed_movements"), source("IOM", "registrations_on_arrival")],
            &Waivers::default(),
        );
        assert_eq!(judgement.skipped.len(), 1);
        assert_eq!(judgement.skipped[0].documents, ["IOM.txt", "UNHCR.txt"]);
        assert!(!judgement.skipped[0].why.is_empty());
    }
}
