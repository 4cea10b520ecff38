//! # restated: a later edition prints another value for the same days
//!
//! A figure that an earlier edition printed stands in a later one with a value that no rounding makes the same.
//!
//! **Why it matters.** Revisions are part of the trade, but a series put together from several editions must know which vintage it
//! uses. `vintages.csv` has them all; `crosstally history` prints them with the words they stand in.
//!
//! **Example.** The edition of July 2024 gives some 7,900 transits from January to July; that of July 2025 gives 8,314 for the same months.
//!
//! Where a figure is changed and then changed back, the edition that it is back at is named: the one in between is likelier wrong.
//!
//! **What to do.** Use the later figure unless the report says otherwise, and say in your notes that it was revised.

use rust_decimal::Decimal;

use crate::schema::{Finding, Observation, Severity};
use crate::validate::archive::{self, Archive};
use crate::validate::arithmetic::{self, Verdict};
use crate::validate::check::{Check, Scope};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "restated",
    severity: Severity::Warning,
    level: 2,
    source: include_str!("restated.rs"),
    runs: &[Scope::Subject(run)],
};

fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    for printings in archive.figures() {
        let mut editions = archive::by_edition(printings).map(archive::values);
        let Some(first) = editions.next() else { continue };
        // What the last editions said, and what those since the last revision said most precisely: "some 7,900" between two editions
        // does not hide that 7,914 became 7,940.
        let (mut last, mut precise) = (first.clone(), first);
        let mut replaced: Option<&Observation> = None;
        for values in editions {
            let found = finding(&last, &values, replaced).or_else(|| finding(&precise, &values, replaced));
            if let Some(finding) = found {
                findings.push(finding);
                replaced = precise.first().copied();
                precise.clone_from(&values);
            } else if narrowest(&values) < narrowest(&precise) {
                precise.clone_from(&values);
            }
            last = values;
        }
    }
}

/// How wide the most precise of an edition's values is.
fn narrowest(values: &[&Observation]) -> Option<Decimal> {
    arithmetic::step(values.first()?)
}

/// The finding about an edition whose values are not those of an earlier one; `replaced` is what that one had replaced.
fn finding(before: &[&Observation], after: &[&Observation], replaced: Option<&Observation>) -> Option<Finding> {
    let (old, new) = (*before.first()?, *after.first()?);
    let verdict = restatement(before, after);
    if verdict == Verdict::Holds || old.unit != new.unit {
        return None;
    }
    let mut message = format!(
        "{} is {} in the {} edition, but was {} in the {} edition",
        wording::figure(new),
        wording::value(new),
        new.edition,
        wording::value(old),
        old.edition
    );
    if let Some(first) = replaced.filter(|first| arithmetic::repeats(first, new) == Verdict::Holds) {
        message = format!("{message}, and {} in the {} edition before it", wording::value(first), first.edition);
    }
    let mut draft = CHECK.draft(message).weighed(verdict).figure(new).figure(old);
    if !arithmetic::is_printed(old) || !arithmetic::is_printed(new) {
        // A bar measured twice on two pages is weak evidence of a revision.
        draft = draft.at_most(Severity::Note);
    }
    let draft = draft.printed(&new.value.normalize()).expected(&old.interval);
    Some(
        draft
            .help("use the later figure unless the report says otherwise, and note that it was revised")
            .finish(),
    )
}

/// Whether no value of the one edition can be a value of the other.
fn restatement(before: &[&Observation], after: &[&Observation]) -> Verdict {
    if let ([old], [new]) = (before, after) {
        return arithmetic::repeats(old, new);
    }
    arithmetic::judge(|reading| arithmetic::any_pair(before, after, reading, |old, new| Some(old.meets(new))))
}

#[cfg(test)]
mod tests {
    use crate::schema::{Extraction, Status};
    use crate::validate::testing::{check, edition, found, printed};

    fn issue(name: &str, quotes: &[&str]) -> Extraction {
        edition(name, quotes.iter().map(|quote| printed(quote)).collect(), Vec::new())
    }

    #[test]
    fn a_value_kept_or_rounded_is_silent() {
        check("restated", &[issue("2024-07", &["3,300"]), issue("2024-08", &["3,300"])], &[]);
        check("restated", &[issue("2024-07", &["some 3,300"]), issue("2024-08", &["3,314"])], &[]);
        check(
            "restated",
            &[issue("2024-07", &["some 3,300", "3,314"]), issue("2024-08", &["some 3,300", "3,314"])],
            &[],
        );
        check("restated", &[issue("2024-07", &["3,300"])], &[]);
    }

    #[test]
    fn a_rounded_twin_that_stays_hides_no_revision() {
        let old = issue("2024-07", &["some 7,900", "7,914"]);
        check(
            "restated",
            &[old, issue("2024-08", &["some 7,900", "7,940"])],
            &["warning: Persons present in the Western Balkans, July 2024 is 7,940 in the 2024-08 edition, but was 7,914 in the 2024-07 edition"],
        );
    }

    #[test]
    fn a_rounded_edition_in_between_hides_no_revision() {
        check(
            "restated",
            &[
                issue("2024-07", &["7,914"]),
                issue("2024-08", &["some 7,900"]),
                issue("2024-09", &["7,940"]),
            ],
            &["warning: Persons present in the Western Balkans, July 2024 is 7,940 in the 2024-09 edition, but was 7,914 in the 2024-07 edition"],
        );
        check(
            "restated",
            &[
                issue("2024-07", &["7,914"]),
                issue("2024-08", &["some 7,900"]),
                issue("2024-09", &["7,914"]),
            ],
            &[],
        );
    }

    #[test]
    fn a_value_that_comes_and_goes_is_told_each_time() {
        let quotes = ["3,300", "3,030", "3,300", "3,030", "3,300"];
        let issues: Vec<Extraction> = (7..)
            .zip(quotes)
            .map(|(month, quote)| issue(&format!("2024-{month:02}"), &[quote]))
            .collect();
        assert_eq!(found("restated", &issues).len(), 4);
    }

    #[test]
    fn a_value_changed_back_names_the_edition_it_is_back_at() {
        check(
            "restated",
            &[issue("2024-07", &["3,300"]), issue("2024-08", &["3,030"]), issue("2024-09", &["3,300"])],
            &[
                "warning: Persons present in the Western Balkans, July 2024 is 3,030 in the 2024-08 edition, but was 3,300 in the 2024-07 edition",
                "warning: Persons present in the Western Balkans, July 2024 is 3,300 in the 2024-09 edition, but was 3,030 in the 2024-08 edition, and 3,300 in the 2024-07 edition before it",
            ],
        );
    }

    #[test]
    fn another_value_is_a_warning_at_each_revision() {
        let warning =
            "warning: Persons present in the Western Balkans, July 2024 is 3,420 in the 2024-08 edition, but was some 3,300 in the 2024-07 edition";
        check("restated", &[issue("2024-08", &["3,420"]), issue("2024-07", &["some 3,300"])], &[warning]);
        check(
            "restated",
            &[
                issue("2024-07", &["some 3,300"]),
                issue("2024-08", &["3,420"]),
                issue("2024-09", &["3,420"]),
            ],
            &[warning],
        );
    }

    #[test]
    fn what_cutting_off_explains_is_a_note() {
        check(
            "restated",
            &[issue("2024-07", &["some 3,300"]), issue("2024-08", &["3,380"])],
            &[
                "note: Persons present in the Western Balkans, July 2024 is 3,380 in the 2024-08 edition, but was some 3,300 in the 2024-07 edition (cut off instead of rounded would explain it)",
            ],
        );
    }

    #[test]
    fn duplicates_and_other_families_take_no_part() {
        let mut duplicate = issue("2024-08", &["3,420"]);
        duplicate.document.status = Status::Duplicate;
        check("restated", &[issue("2024-07", &["3,300"]), duplicate], &[]);
        let mut other = issue("2024-08", &["3,420"]);
        other.document.family = "unhcr-serbia".into();
        check("restated", &[issue("2024-07", &["3,300"]), other], &[]);
    }
}
