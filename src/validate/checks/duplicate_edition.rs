//! # duplicate-edition: one edition twice with different content
//!
//! Two files of the same medium are the same edition of a family, and their bytes differ.
//!
//! **Why it matters.** One of them was replaced by its publisher, or saved from another place; if their figures differ, only one can stay.
//!
//! **Example.** `2024-07.pdf` and `2024-07-corrected.pdf`.
//!
//! **What to do.** Keep the later one, or note why both are there.

use crate::schema::{DocumentRecord, Extraction, Finding, Observation, Severity};
use crate::validate::check::{Check, Scope};
use crate::validate::edition::Edition;
use crate::validate::key::Key;
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "duplicate-edition",
    severity: Severity::Warning,
    level: 2,
    source: include_str!("duplicate_edition.rs"),
    runs: &[Scope::Edition(run)],
};

/// Snapshots named in a message; a longer list is cut short.
const SNAPSHOTS_NAMED: usize = 5;

fn run(edition: &Edition<'_>, findings: &mut Vec<Finding>) {
    for mut snapshots in edition.media() {
        let Some(first) = snapshots.next() else { continue };
        let hash = &edition.documents[first].hash;
        let differs = |other: &usize| {
            let other = &edition.documents[*other].hash;
            other.is_empty() || other != hash
        };
        let others: Vec<usize> = snapshots.filter(differs).collect();
        if !others.is_empty() {
            findings.push(finding(edition, first, &others));
        }
    }
}

fn finding(edition: &Edition<'_>, first: usize, others: &[usize]) -> Finding {
    let document = edition.documents[first];
    let all = || std::iter::once(&first).chain(others).map(|number| edition.documents[*number]);
    let paths: Vec<String> = all().map(|document: &DocumentRecord| format!("`{}`", document.path)).collect();
    let mut message = format!(
        "{} are all the {} edition of {}, with different content",
        wording::list_up_to(SNAPSHOTS_NAMED, &paths),
        document.edition,
        document.family
    );
    if paths.len() == 2 {
        message = message.replacen(" are all ", " are both ", 1);
    }
    let first = edition.extraction(first);
    let differing = others.iter().find_map(|other| {
        let other = edition.extraction(*other);
        let (one, other) = first_difference(&first, &other)?;
        Some((one, other.clone()))
    });
    match &differing {
        Some((one, other)) => {
            message = format!(
                "{message}: {} is {} in the one and {} in the other",
                wording::figure(one),
                wording::value(one),
                wording::value(other)
            );
        }
        None => message.push_str("; the figures that both print are the same"),
    }
    let mut draft = CHECK.draft(message);
    for document in all() {
        draft = draft.within(document).identity(&document.hash);
    }
    if let Some((one, other)) = &differing {
        draft = draft
            .figure(one)
            .figure(other)
            .printed(&one.value.normalize())
            .expected(&other.value.normalize());
    }
    draft.help("keep the later one, or note why both are there").finish()
}

/// The first figure of one snapshot that the other prints only with other values.
fn first_difference<'a, 'b>(one: &'a Extraction, other: &'b Extraction) -> Option<(&'a Observation, &'b Observation)> {
    let sorted = |extraction: &'b Extraction| {
        let mut rows: Vec<(Key<'b>, &Observation)> = extraction.observations.iter().map(|figure| (Key::of(figure), figure)).collect();
        rows.sort_by(|one, other| (one.0, one.1.value).cmp(&(other.0, other.1.value)));
        rows
    };
    let mut theirs = None;
    one.observations.iter().enumerate().find_map(|(number, figure)| {
        let key = Key::of(figure);
        // Most often both print the same in the same order.
        let counterpart = other.observations.get(number);
        if counterpart.is_some_and(|other| other.value == figure.value && Key::of(other) == key) {
            return None;
        }
        let theirs = theirs.get_or_insert_with(|| sorted(other));
        let start = theirs.partition_point(|row| row.0 < key);
        let end = theirs.partition_point(|row| row.0 <= key);
        let same_key = &theirs[start..end];
        let (_, first) = same_key.first()?;
        let holds = same_key.binary_search_by(|row| row.1.value.cmp(&figure.value)).is_ok();
        (!holds).then_some((figure, *first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::testing::{check, printed, published};

    fn file(path: &str, media_type: &str, quote: &str) -> Extraction {
        published(path, media_type, "2024-07", vec![printed(quote)], Vec::new())
    }

    #[test]
    fn two_files_of_one_medium_are_told_with_what_differs() {
        check(
            "duplicate-edition",
            &[file("a.pdf", "application/pdf", "3,300"), file("b.pdf", "application/pdf", "3,310")],
            &[
                "warning: `a.pdf` and `b.pdf` are both the 2024-07 edition of unhcr-western-balkans, with different content: persons present in the Western Balkans, July 2024 is 3,300 in the one and 3,310 in the other",
            ],
        );
        check(
            "duplicate-edition",
            &[
                file("a.pdf", "application/pdf", "3,300"),
                file("b.pdf", "application/pdf", "3,300"),
                file("c.pdf", "application/pdf", "3,300"),
            ],
            &[
                "warning: `a.pdf`, `b.pdf` and `c.pdf` are all the 2024-07 edition of unhcr-western-balkans, with different content; the figures that both print are the same",
            ],
        );
    }

    #[test]
    fn other_media_and_equal_bytes_are_none() {
        check(
            "duplicate-edition",
            &[file("a.pdf", "application/pdf", "3,300"), file("a.txt", "text/plain", "3,300")],
            &[],
        );
        let mut copy = file("b.pdf", "application/pdf", "3,300");
        copy.document.hash = "a.pdf".into();
        check("duplicate-edition", &[file("a.pdf", "application/pdf", "3,300"), copy], &[]);
    }
}
