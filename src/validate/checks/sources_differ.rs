//! # sources-differ: comparable figures of two publishers cannot both hold
//!
//! What is set against what stands in the codebook, with the reason; `crosstally explain INDICATOR` prints it. Two publishers'
//! figures of the same thing, for the same place and days, must have a value in common, whatever the edition. Where one counts all
//! that the other counts, and more, the narrower cannot be larger than the wider. A figure under which another publisher is named as
//! the source ("Source: UNHCR", "according to UNHCR") is a quotation: some edition of that publisher must print it. Figures that the
//! codebook does not call comparable are never compared; the summary of a run lists them with the reason.
//!
//! **Why it matters.** Both are quoted as the number, and readers ask which is right.
//!
//! **Example.** UNHCR prints 1,178 asylum applications for a period, IOM, quoting UNHCR, 1,718.
//!
//! **What to do.** See which source each of them names and on which day it was drawn; ask the one who quotes the other.

mod quotation;

use std::collections::BTreeMap;

use crate::schema::{Finding, Observation, Severity, Statistic};
use crate::validate::archive::{self, Archive, Printing};
use crate::validate::arithmetic::{self, Verdict};
use crate::validate::check::{Check, Scope};
use crate::validate::key::{Key, Word};
use crate::validate::knowledge::{self, Comparison};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "sources-differ",
    severity: Severity::Warning,
    level: 3,
    source: include_str!("sources_differ.rs"),
    runs: &[Scope::Subject(run), Scope::Subject(quotation::run)],
};

const HELP: &str = "see which source each of them names and on which day it was drawn";

fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    pairs(archive, |one, other| {
        let of_two = one.first().map(|figure| &figure.publisher) != other.first().map(|figure| &figure.publisher);
        findings.extend(finding(one, other).filter(|_| of_two));
    });
}

/// The printings of one subject, by publisher and indicator: few publishers, few indicators.
type Sources<'p, 'a> = BTreeMap<(&'a str, &'a str), Vec<&'p [Printing<'a>]>>;

/// Calls back with each two publishers' figures of one place and period that the codebook says something of, whatever they count;
/// and with each two of one publisher.
pub(in crate::validate) fn pairs<'a>(archive: &Archive<'a>, mut see: impl FnMut(&[&'a Observation], &[&'a Observation])) {
    let mut subjects: BTreeMap<Key<'_>, Sources<'_, 'a>> = BTreeMap::new();
    for printings in archive.figures() {
        let key = printings[0].key;
        let subject = Key {
            indicator: Word::NONE,
            ..key
        };
        let publisher = printings[0].observation.publisher.as_str();
        subjects
            .entry(subject)
            .or_default()
            .entry((publisher, key.indicator.text()))
            .or_default()
            .push(printings);
    }
    for (subject, sources) in &subjects {
        for (index, (one, first)) in sources.iter().enumerate() {
            for (other, second) in sources.iter().skip(index + 1) {
                if !matches!(knowledge::comparison(*one, *other, subject.area.text()), Comparison::Unknown) {
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
    let source = |figure: &'_ Observation| (figure.publisher.clone(), figure.indicator.clone());
    let (one_source, other_source) = (source(first), source(second));
    match knowledge::comparison((&one_source.0, &one_source.1), (&other_source.0, &other_source.1), &first.area) {
        Comparison::Same => same(one, other),
        Comparison::Wider(why) => bound(other, one, &why),
        Comparison::Narrower(why) => bound(one, other, &why),
        Comparison::Not(_) | Comparison::Unknown => None,
    }
}

fn same(one: &[&Observation], other: &[&Observation]) -> Option<Finding> {
    // What one quotes of the other is told as a quotation.
    let quotes = |ones: &[&Observation], others: &[&Observation]| ones.iter().any(|one| others.iter().any(|other| quotation::is_of(one, other)));
    if quotes(one, other) || quotes(other, one) {
        return None;
    }
    let (first, second) = (*one.first()?, *other.first()?);
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
    Some(draft.help(HELP).finish())
}

/// The finding about a narrower count that is larger than a wider one; shares of different wholes are not bounded by each other.
fn bound(narrower: &[&Observation], wider: &[&Observation], why: &str) -> Option<Finding> {
    let (part, whole) = (*narrower.first()?, *wider.first()?);
    if part.statistic != Statistic::Count || part.unit != whole.unit {
        return None;
    }
    let verdict = arithmetic::judge(|reading| arithmetic::any_pair(narrower, wider, reading, |part, whole| Some(part.low <= whole.high)));
    if verdict == Verdict::Holds {
        return None;
    }
    let message = format!(
        "{} is {} for {} ({} edition), but cannot be larger than the {} of {} for {} ({} edition), since {why}",
        wording::figure(part),
        wording::value(part),
        part.publisher,
        part.edition,
        wording::value(whole),
        knowledge::label(&whole.indicator),
        whole.publisher,
        whole.edition
    );
    let draft = CHECK.draft(message).weighed(verdict).figure(part).figure(whole);
    let draft = draft
        .printed(&part.value.normalize())
        .expected(&format!("at most {}", whole.interval.high.normalize()));
    Some(draft.help(HELP).finish())
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
    fn a_narrower_count_cannot_be_larger_than_a_wider_one() {
        let sources = |area: &str, present: &str, accommodated: &str| {
            let of = |mut extraction: Extraction| {
                extraction.observations[0].area = area.into();
                extraction
            };
            [
                of(source("UNHCR", "persons_present", present)),
                of(source("IOM", "reception_occupancy", accommodated)),
            ]
        };
        check("sources-differ", &sources("SRB", "3,300", "2,648"), &[]);
        check("sources-differ", &sources("SRB", "some 3,300", "3,349"), &[]);
        check(
            "sources-differ",
            &sources("SRB", "some 3,300", "3,648"),
            &[
                "warning: Reception occupancy in Serbia, July 2024 is 3,648 for IOM (2024-12 edition), but cannot be larger than the some 3,300 of persons present for UNHCR (2024-12 edition), since it leaves out persons outside reception centres",
            ],
        );
        check("sources-differ", &sources("ALB", "some 3,300", "3,648"), &[]);
        check("sources-differ", &sources("SRB", "60%", "80%"), &[]);
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
