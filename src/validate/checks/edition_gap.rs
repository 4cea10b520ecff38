//! # edition-gap: a month is missing between editions
//!
//! Between two editions of a family lie months without one. A family that appears every other month, or every quarter, has no gap
//! as long as it keeps its pace.
//!
//! **Why it matters.** Changes against the month before cannot be checked over a gap, and a series has a hole.
//!
//! **Example.** Editions of May and July 2024 are there, June is not.
//!
//! **What to do.** Look for the missing editions at the publisher; if none were issued, waive the note.

use std::collections::BTreeMap;

use crate::schema::{DocumentRecord, Finding, Severity};
use crate::validate::check::{Check, Scope};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "edition-gap",
    severity: Severity::Note,
    level: 2,
    source: include_str!("edition_gap.rs"),
    runs: &[Scope::Issues(run)],
};

/// A longer gap is named by its ends.
const MONTHS_NAMED: usize = 6;

/// So many equal steps make a pace of their own.
const STEPS_OF_A_PACE: usize = 3;

fn run(issues: &[&DocumentRecord], findings: &mut Vec<Finding>) {
    let mut families: BTreeMap<&str, BTreeMap<i32, &DocumentRecord>> = BTreeMap::new();
    for document in issues {
        if let Some(month) = month_number(&document.edition) {
            families.entry(&document.family).or_default().insert(month, document);
        }
    }
    for editions in families.values() {
        let months: Vec<(i32, &DocumentRecord)> = editions.iter().map(|(month, document)| (*month, *document)).collect();
        let pace = pace(&months);
        for pair in months.windows(2) {
            let (before, after) = (pair[0].0, pair[1].0);
            if after - before > pace {
                let missing: Vec<i32> = (before + 1..after).filter(|month| (month - before) % pace == 0).collect();
                findings.push(finding(pair[0].1, pair[1].1, &missing));
            }
        }
    }
}

/// Months from one edition to the next, where the family keeps no monthly pace: the step that it takes most of the time.
fn pace(months: &[(i32, &DocumentRecord)]) -> i32 {
    let mut steps: BTreeMap<i32, usize> = BTreeMap::new();
    for pair in months.windows(2) {
        *steps.entry(pair[1].0 - pair[0].0).or_default() += 1;
    }
    let smallest = steps.first_key_value().map(|(step, count)| (*step, *count));
    match smallest {
        Some((step, count)) if count >= STEPS_OF_A_PACE && steps.keys().all(|other| other % step == 0) => step,
        _ => 1,
    }
}

fn finding(before: &DocumentRecord, after: &DocumentRecord, missing: &[i32]) -> Finding {
    let months: Vec<String> = missing.iter().map(|month| month_name(*month)).collect();
    let named = match &months[..] {
        [first, .., last] if months.len() > MONTHS_NAMED => format!("{first} to {last} ({} missing)", months.len()),
        months => wording::list(months),
    };
    let message = format!(
        "No edition of {} for {named}, between {} and {}",
        before.family, before.edition, after.edition
    );
    let draft = CHECK.draft(message).within(before).within(after).expected(&months.join("; "));
    draft
        .help("look for the missing editions at the publisher; if none were issued, waive this")
        .finish()
}

/// Months since year 0, of an edition such as `2024-07`.
fn month_number(edition: &str) -> Option<i32> {
    let (year, month) = edition.split_once('-')?;
    let (year, month): (i16, i8) = (year.parse().ok()?, month.parse().ok()?);
    (year >= 0 && (1..=12).contains(&month)).then(|| i32::from(year) * 12 + i32::from(month) - 1)
}

fn month_name(number: i32) -> String {
    let year = i16::try_from(number / 12).unwrap_or(i16::MAX);
    let month = i8::try_from(number % 12 + 1).unwrap_or(1);
    wording::month_of(year, month)
}

#[cfg(test)]
mod tests {
    use crate::schema::Extraction;
    use crate::validate::testing::{check, edition, printed, published};

    fn check_editions(editions: &[&str], expected: &[&str]) {
        let extractions: Vec<Extraction> = editions.iter().map(|name| edition(name, vec![printed("3,300")], Vec::new())).collect();
        check("edition-gap", &extractions, expected);
    }

    #[test]
    fn every_gap_is_a_note() {
        check_editions(&["2024-05", "2024-06", "2024-07"], &[]);
        check_editions(&["2024-12", "2025-01"], &[]);
        check_editions(
            &["2024-05", "2024-07"],
            &["note: No edition of unhcr-western-balkans for June 2024, between 2024-05 and 2024-07"],
        );
        check_editions(
            &["2024-11", "2025-03", "2020-01"],
            &[
                "note: No edition of unhcr-western-balkans for February 2020 to October 2024 (57 missing), between 2020-01 and 2024-11",
                "note: No edition of unhcr-western-balkans for December 2024, January 2025 and February 2025, between 2024-11 and 2025-03",
            ],
        );
    }

    #[test]
    fn a_quarterly_pace_is_no_gap() {
        check_editions(&["2023-12", "2024-03", "2024-06", "2024-09"], &[]);
        check_editions(
            &["2023-12", "2024-03", "2024-06", "2024-09", "2025-03"],
            &["note: No edition of unhcr-western-balkans for December 2024, between 2024-09 and 2025-03"],
        );
    }

    #[test]
    fn media_of_one_edition_and_names_that_are_no_months_are_none() {
        let pdf = published("2024-05.pdf", "application/pdf", "2024-05", vec![printed("3,300")], Vec::new());
        check("edition-gap", &[edition("2024-05", vec![printed("3,300")], Vec::new()), pdf], &[]);
        check_editions(&["2024-05", "2024-99", "special"], &[]);
    }
}
