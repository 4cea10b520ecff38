//! # sources-differ: comparable figures of two publishers cannot both hold
//!
//! Two publishers print figures that the codebook says measure the same thing, for the same place and days, and no rounding or
//! revision makes them the same. Figures that the codebook does not call the same are never compared.
//!
//! **Why it matters.** Both are quoted as the number, and readers ask which is right.
//!
//! **Example.** UNHCR prints 1,178 asylum applications for a period, IOM, quoting UNHCR, 1,718.
//!
//! **What to do.** See which source each of them names and on which day it was drawn; ask the one who quotes the other.

use std::collections::BTreeMap;

use crate::schema::{Finding, Observation, Severity};
use crate::validate::archive::{self, Archive, Printing};
use crate::validate::arithmetic::{self, Verdict};
use crate::validate::check::{Check, Scope};
use crate::validate::key::Key;
use crate::validate::knowledge::{self, Comparison};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "sources-differ",
    severity: Severity::Warning,
    level: 3,
    source: include_str!("sources_differ.rs"),
    runs: &[Scope::Archive(run)],
};

fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    pairs(archive, |one, other| findings.extend(finding(one, other)));
}

/// The printings of one subject, by publisher and indicator: few publishers, few indicators.
type Sources<'p, 'a> = BTreeMap<(&'a str, &'a str), Vec<&'p [Printing<'a>]>>;

/// Calls back with each two publishers' figures of one place and period, whatever they count.
pub(in crate::validate) fn pairs<'a>(archive: &Archive<'a>, mut see: impl FnMut(&[&'a Observation], &[&'a Observation])) {
    let mut subjects: BTreeMap<Key<'_>, Sources<'_, 'a>> = BTreeMap::new();
    for printings in archive.figures() {
        let key = printings[0].key;
        let subject = Key { indicator: "", ..key };
        let publisher = printings[0].observation.publisher.as_str();
        subjects
            .entry(subject)
            .or_default()
            .entry((publisher, key.indicator))
            .or_default()
            .push(printings);
    }
    for sources in subjects.values() {
        for (index, (one, first)) in sources.iter().enumerate() {
            for (other, second) in sources.iter().skip(index + 1).filter(|(other, _)| other.0 != one.0) {
                if !matches!(knowledge::comparison(*one, *other), Comparison::Unknown) {
                    see(&values(first), &values(second));
                }
            }
        }
    }
}

/// The values of a figure, latest edition first.
fn values<'a>(printings: &[&[Printing<'a>]]) -> Vec<&'a Observation> {
    let mut all: Vec<&Printing<'a>> = printings.iter().flat_map(|printings| printings.iter()).collect();
    all.sort_by_key(|printing| std::cmp::Reverse(printing.edition));
    archive::values(all)
}

fn finding(one: &[&Observation], other: &[&Observation]) -> Option<Finding> {
    let (first, second) = (*one.first()?, *other.first()?);
    let sources = (
        (first.publisher.as_str(), first.indicator.as_str()),
        (second.publisher.as_str(), second.indicator.as_str()),
    );
    if !matches!(knowledge::comparison(sources.0, sources.1), Comparison::Same) {
        return None;
    }
    let verdict = arithmetic::judge(|reading| arithmetic::any_pair(one, other, reading, |first, second| Some(first.meets(second))));
    if verdict == Verdict::Holds || first.unit != second.unit {
        return None;
    }
    let message = format!(
        "{} is {} for {} ({} edition), but {} for {} ({} edition)",
        wording::figure(first),
        wording::value(first),
        first.publisher,
        first.edition,
        wording::value(second),
        second.publisher,
        second.edition
    );
    let draft = CHECK.draft(message).weighed(verdict).figure(first).figure(second);
    let draft = draft.printed(&first.value.normalize()).expected(&second.interval);
    Some(draft.help("see which source each of them names and on which day it was drawn").finish())
}

#[cfg(test)]
mod tests {
    use crate::schema::Extraction;
    use crate::validate::testing::{Tell, check, printed, published};

    fn source(publisher: &str, indicator: &str, quote: &str) -> Extraction {
        let mut figure = printed(quote).of(indicator);
        figure.publisher = publisher.into();
        figure.family = format!("{}-western-balkans", publisher.to_lowercase());
        published(&format!("{publisher}.txt"), "text/plain", "2024-12", vec![figure], Vec::new())
    }

    fn check_sources(indicator: &str, one: &str, other: &str, expected: &[&str]) {
        check(
            "sources-differ",
            &[source("UNHCR", indicator, one), source("IOM", indicator, other)],
            expected,
        );
    }

    #[test]
    fn figures_that_meet_are_silent() {
        check_sources("asylum_applications", "1,178", "1,178", &[]);
        check_sources("asylum_applications", "1,178", "some 1,200", &[]);
    }

    #[test]
    fn figures_that_cannot_both_hold_are_a_warning() {
        check_sources(
            "asylum_applications",
            "1,178",
            "1,718",
            &[
                "warning: Asylum applications in the Western Balkans, July 2024 is 1,718 for IOM (2024-12 edition), but 1,178 for UNHCR (2024-12 edition)",
            ],
        );
    }

    #[test]
    fn figures_that_the_codebook_does_not_compare_are_left_alone() {
        check_sources("mixed_movements", "7,900", "9,800", &[]);
        let two = [
            source("UNHCR", "mixed_movements", "7,900"),
            source("IOM", "registrations_on_arrival", "9,800"),
        ];
        check("sources-differ", &two, &[]);
    }
}
