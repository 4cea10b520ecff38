//! # nothing-read: a known report, and not one figure of it
//!
//! The family is known, but no figure could be read: the charts were lost when the text was saved, the page is a shell that loads
//! its numbers later, or the family has a new layout.
//!
//! **Why it matters.** An empty report and a month without movements look the same in the data.
//!
//! **Example.** The dashboard of January 2020 was saved as text: headings and notes are there, every chart is gone.
//!
//! **What to do.** Get the edition as PDF; if it shows its figures as text, the profile needs a rule for this layout.

use crate::schema::{Extraction, Fact, Finding, Severity, Status};
use crate::validate::check::{Check, Scope};

pub(super) static CHECK: Check = Check {
    code: "nothing-read",
    severity: Severity::Error,
    level: 0,
    source: include_str!("nothing_read.rs"),
    runs: &[Scope::Snapshot(run)],
};

/// Whether the finding is due; what else is missing then goes without saying.
pub(super) fn holds(extraction: &Extraction) -> bool {
    extraction.document.status == Status::Read && !extraction.document.family.is_empty() && extraction.observations.is_empty()
}

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    if !holds(extraction) {
        return;
    }
    let document = &extraction.document;
    let mut message = format!(
        "Not one figure of `{}` could be read, though it is known as {}",
        document.path, document.family
    );
    let cause = extraction.facts.iter().find_map(|fact| match fact {
        Fact::UnknownEdition { cause } => Some(cause.clone()),
        _ => None,
    });
    let missing = extraction.facts.iter().filter(|fact| matches!(fact, Fact::Missing { .. })).count();
    match (cause, missing) {
        (Some(cause), _) => message = format!("{message}: {cause}"),
        (None, 0) => {}
        (None, 1) => message.push_str(": the figure its layout requires was not found"),
        (None, count) => message = format!("{message}: none of the {count} figures its layout requires was found"),
    }
    let draft = CHECK.draft(message).within(document);
    findings.push(
        draft
            .help("get the edition as PDF; if its figures stand there as text, the profile needs a rule for this layout")
            .finish(),
    );
}

#[cfg(test)]
mod tests {
    use crate::schema::{Fact, Status};
    use crate::validate::testing::{check, noticed, snapshot};

    #[test]
    fn a_known_report_without_figures_is_an_error() {
        check(
            "nothing-read",
            &[snapshot(Vec::new(), Vec::new())],
            &["error: Not one figure of `2024-07.txt` could be read, though it is known as unhcr-western-balkans"],
        );
        check("nothing-read", &[noticed(Vec::new())], &[]);
    }

    #[test]
    fn an_unread_or_unknown_report_is_none() {
        for status in [Status::Unreadable, Status::UnknownFamily, Status::Duplicate] {
            let mut extraction = snapshot(Vec::new(), Vec::new());
            extraction.document.status = status;
            check("nothing-read", &[extraction], &[]);
        }
    }

    #[test]
    fn what_is_missing_is_counted_not_listed() {
        let mut extraction = snapshot(Vec::new(), Vec::new());
        let missing = |label: &str| Fact::Missing {
            rule: label.to_owned(),
            label: label.to_owned(),
            nearest: None,
        };
        extraction.facts = vec![missing("transits"), missing("present")];
        check("missing-figure", &[extraction.clone()], &[]);
        check(
            "nothing-read",
            &[extraction],
            &[
                "error: Not one figure of `2024-07.txt` could be read, though it is known as unhcr-western-balkans: none of the 2 figures its layout requires was found",
            ],
        );
    }
}
