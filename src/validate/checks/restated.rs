//! # restated: a later edition prints another value for the same days
//!
//! A figure that an earlier edition printed stands in a later one with a value that no rounding makes the same.
//!
//! **Why it matters.** Revisions are part of the trade, but a series put together from several editions must know which vintage it
//! uses. `vintages.csv` has them all.
//!
//! **Example.** The edition of July 2024 gives some 7,900 transits from January to July; that of July 2025 gives 8,314 for the same months.
//!
//! **What to do.** Use the later figure unless the report says otherwise, and say in your notes that it was revised.

use crate::schema::{Finding, Observation, Severity};
use crate::validate::archive::{self, Archive, Printing};
use crate::validate::arithmetic::{self, Verdict};
use crate::validate::check::{Check, Scope};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "restated",
    severity: Severity::Warning,
    level: 2,
    source: include_str!("restated.rs"),
    runs: &[Scope::Archive(run)],
};

fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    for printings in archive.figures() {
        let editions: Vec<&[Printing<'_>]> = archive::by_edition(printings).collect();
        for pair in editions.windows(2) {
            findings.extend(finding(&archive::values(pair[0]), &archive::values(pair[1])));
        }
    }
}

fn finding(before: &[&Observation], after: &[&Observation]) -> Option<Finding> {
    let (old, new) = (*before.first()?, *after.first()?);
    let verdict = restatement(before, after);
    if verdict == Verdict::Holds || old.unit != new.unit {
        return None;
    }
    let message = format!(
        "{} is {} in the {} edition, but was {} in the {} edition",
        wording::figure(new),
        wording::value(new),
        new.edition,
        wording::value(old),
        old.edition
    );
    let draft = CHECK.draft(message).weighed(verdict).figure(new).figure(old);
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
    use crate::validate::testing::{check, edition, printed};

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
