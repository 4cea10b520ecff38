//! # snapshots-disagree: text, HTML and PDF of one edition give different figures
//!
//! One edition was read in several media, and they print different values for the same figure. A figure that one medium has lost,
//! as text loses charts, is no disagreement.
//!
//! **Why it matters.** Whoever read the page and whoever read the PDF quote different numbers; or one of them was read wrongly.
//!
//! **Example.** The web page of an edition says 1,017 applications, its PDF 1,071.
//!
//! **What to do.** Open both places: if both print what is quoted, tell the publisher; if not, the profile needs a correction.

use std::borrow::Cow;

use crate::schema::{Extraction, Finding, Observation, Severity};
use crate::validate::arithmetic;
use crate::validate::check::{Check, Scope};
use crate::validate::edition::Edition;
use crate::validate::key::Key;
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "snapshots-disagree",
    severity: Severity::Error,
    level: 0,
    source: include_str!("snapshots_disagree.rs"),
    runs: &[Scope::Edition(run)],
};

fn run(edition: &Edition<'_>, findings: &mut Vec<Finding>) {
    // Of two snapshots of one medium the first stands for both; `duplicate-edition` tells of the other.
    let first: Vec<usize> = edition.media().map(|snapshots| snapshots.start).collect();
    if first.len() > 1 {
        let media: Vec<Cow<'_, Extraction>> = first.into_iter().map(|snapshot| edition.extraction(snapshot)).collect();
        let media: Vec<&Extraction> = media.iter().map(|extraction| &**extraction).collect();
        compare(&media, findings);
    }
}

fn compare(media: &[&Extraction], findings: &mut Vec<Finding>) {
    let mut rows: Vec<(Key<'_>, usize, &Observation)> = Vec::new();
    for (medium, extraction) in media.iter().enumerate() {
        rows.extend(extraction.observations.iter().map(|figure| (Key::of(figure), medium, figure)));
    }
    rows.sort_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
    for rows in rows.chunk_by(|one, other| one.0 == other.0) {
        let printings: Vec<Vec<&Observation>> = rows
            .chunk_by(|one, other| one.1 == other.1)
            .map(|rows| rows.iter().map(|(_, _, figure)| *figure).collect())
            .collect();
        findings.extend(finding(media, &printings));
    }
}

/// The finding about one figure, of which each medium has these printings.
fn finding(media: &[&Extraction], printings: &[Vec<&Observation>]) -> Option<Finding> {
    let mut odd: Vec<Vec<&Observation>> = vec![Vec::new(); printings.len()];
    let mut disagreements = vec![0_usize; printings.len()];
    for (one, first) in printings.iter().enumerate() {
        for (other, second) in printings.iter().enumerate().skip(one + 1) {
            let (left, right) = disagreeing(first, second);
            if !left.is_empty() && !right.is_empty() {
                disagreements[one] += 1;
                disagreements[other] += 1;
                odd[one].extend(left);
                odd[other].extend(right);
            }
        }
    }
    // The medium that disagrees with most of the others leads.
    let mut order: Vec<usize> = (0..printings.len()).filter(|medium| disagreements[*medium] > 0).collect();
    order.sort_by_key(|medium| (std::cmp::Reverse(disagreements[*medium]), *medium));
    let figure = *odd[*order.first()?].first()?;
    let each: Vec<String> = order.iter().map(|medium| prints(media, &odd[*medium])).collect();
    let message = format!(
        "{} differs between snapshots of one edition: {}",
        wording::figure(figure),
        wording::list(&each)
    );
    let values = order.iter().filter_map(|medium| odd[*medium].first());
    let mut values: Vec<String> = values.map(|figure| figure.value.normalize().to_string()).collect();
    let printed = values.remove(0);
    values.dedup();
    let draft = CHECK.draft(message).figures(order.iter().flat_map(|medium| odd[*medium].iter().copied()));
    let draft = draft.printed(&printed).expected(&values.join("; "));
    Some(
        draft
            .help("open both places: if both print what is quoted, tell the publisher; if not, correct the profile")
            .finish(),
    )
}

/// The printings on either side that the other side lacks and contradicts.
fn disagreeing<'a>(one: &[&'a Observation], other: &[&'a Observation]) -> (Vec<&'a Observation>, Vec<&'a Observation>) {
    let (one, other) = without_common(one, other);
    let contradicts = |figure: &&&Observation, others: &[&Observation]| {
        // Of the same precision, another value is another print; else it must be out of reach.
        let mut same = others.iter().filter(|other| is_of_same_precision(figure, other)).peekable();
        if same.peek().is_some() {
            true
        } else {
            !others.iter().any(|other| figure.interval.meets(other.interval))
        }
    };
    (
        one.iter().filter(|figure| contradicts(figure, &other)).copied().collect(),
        other.iter().filter(|figure| contradicts(figure, &one)).copied().collect(),
    )
}

fn is_of_same_precision(one: &Observation, other: &Observation) -> bool {
    arithmetic::is_printed(one)
        && arithmetic::is_printed(other)
        && one.qualifier == other.qualifier
        && (one.rule == other.rule || arithmetic::step(one).is_some_and(|step| Some(step) == arithmetic::step(other)))
}

/// Both lists without the values they share, each as often as it is shared.
fn without_common<'a>(one: &[&'a Observation], other: &[&'a Observation]) -> (Vec<&'a Observation>, Vec<&'a Observation>) {
    let sorted = |figures: &[&'a Observation]| {
        let mut figures = figures.to_vec();
        figures.sort_by_key(|figure| figure.value);
        figures
    };
    let (one, other) = (sorted(one), sorted(other));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let (mut first, mut second) = (one.iter().peekable(), other.iter().peekable());
    loop {
        match (first.peek(), second.peek()) {
            (Some(a), Some(b)) if a.value == b.value => {
                first.next();
                second.next();
            }
            (Some(a), Some(b)) if a.value < b.value => left.extend(first.next().copied()),
            (Some(_) | None, Some(_)) => right.extend(second.next().copied()),
            (Some(_), None) => left.extend(first.next().copied()),
            (None, None) => return (left, right),
        }
    }
}

/// `the PDF prints 1,071`.
fn prints(media: &[&Extraction], figures: &[&Observation]) -> String {
    let medium = figures.first().and_then(|figure| {
        let extraction = media.iter().find(|extraction| extraction.document.path == figure.document)?;
        Some(match extraction.document.media_type.as_str() {
            "text/plain" => "the text",
            "text/html" | "application/xhtml+xml" => "the HTML",
            "application/pdf" => "the PDF",
            other => other,
        })
    });
    let mut values: Vec<String> = figures.iter().map(|figure| wording::value(figure)).collect();
    values.dedup();
    format!("{} prints {}", medium.unwrap_or("one"), wording::list_up_to(3, &values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Period;
    use crate::validate::testing::{Tell, check, found, printed, published};

    fn medium(extension: &str, quotes: &[&str]) -> Extraction {
        let media_type = match extension {
            "txt" => "text/plain",
            "html" => "text/html",
            _ => "application/pdf",
        };
        let figures = quotes.iter().map(|quote| printed(quote)).collect();
        published(&format!("2024-07.{extension}"), media_type, "2024-07", figures, Vec::new())
    }

    fn check_media(text: &[&str], html: &[&str], pdf: &[&str], expected: &[&str]) {
        let media = [("txt", text), ("html", html), ("pdf", pdf)];
        let extractions: Vec<Extraction> = media.iter().map(|(extension, quotes)| medium(extension, quotes)).collect();
        check("snapshots-disagree", &extractions, expected);
    }

    #[test]
    fn what_one_medium_lost_is_no_disagreement() {
        check_media(&["3,300"], &["3,300"], &["3,300"], &[]);
        check_media(&["3,300"], &["3,300", "3,300"], &[], &[]);
        check_media(&["some 3,300"], &["3,314"], &["3,314", "some 3,300"], &[]);
        check_media(&["268"], &["268", "268"], &["268"], &[]);
    }

    #[test]
    fn another_value_is_told_once_and_the_odd_medium_leads() {
        check_media(
            &["1,017"],
            &["1,017"],
            &["1,071"],
            &[
                "error: Persons present in the Western Balkans, July 2024 differs between snapshots of one edition: the PDF prints 1,071, the HTML prints 1,017 and the text prints 1,017",
            ],
        );
        check_media(
            &["60%"],
            &["61%"],
            &[],
            &[
                "error: Share of persons present in the Western Balkans, July 2024 differs between snapshots of one edition: the HTML prints 61% and the text prints 60%",
            ],
        );
        let findings = found("snapshots-disagree", &[medium("txt", &["1,017"]), medium("pdf", &["1,071"])]);
        assert_eq!(findings[0].documents, ["2024-07.pdf", "2024-07.txt"]);
        assert_eq!(findings[0].observations.len(), 2);
    }

    #[test]
    fn one_of_two_printings_may_differ() {
        check_media(
            &["343", "343"],
            &["343", "344"],
            &[],
            &[
                "error: Persons present in the Western Balkans, July 2024 differs between snapshots of one edition: the HTML prints 344 and the text prints 343",
            ],
        );
    }

    #[test]
    fn no_other_check_tells_of_the_same_pair() {
        let findings = crate::validate::findings(
            &[medium("txt", &["1,017"]), medium("pdf", &["1,071"])],
            &crate::validate::Waivers::default(),
        );
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["snapshots-disagree"]);
    }

    #[test]
    fn other_figures_are_not_compared() {
        let other = vec![printed("5").area("SRB"), printed("7").over(Period::month(2024, 6))];
        let other = published("2024-07.pdf", "application/pdf", "2024-07", other, Vec::new());
        check("snapshots-disagree", &[medium("txt", &["3,300"]), other], &[]);
    }
}
