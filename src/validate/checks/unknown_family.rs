//! # unknown-family: no profile knows the snapshot, or several claim it alike
//!
//! Figures are only read where a profile says what they mean. A snapshot that no profile recognises gives none; one that two
//! profiles recognise alike gives none either, since a guess could file its figures under the wrong publisher. The same holds for
//! a known family whose edition cannot be told.
//!
//! **Why it matters.** The report is there, but its figures are not in the data.
//!
//! **Example.** A flash update lies in the folder of the monthly dashboards.
//!
//! **What to do.** Move it elsewhere if it does not belong here; otherwise write a profile, starting from `crosstally profile new`.

use crate::schema::{Extraction, Fact, Finding, Severity, Status};
use crate::validate::check::{Check, Scope};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "unknown-family",
    severity: Severity::Warning,
    level: 0,
    source: include_str!("unknown_family.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    let document = &extraction.document;
    for fact in &extraction.facts {
        let (message, help) = match fact {
            Fact::UnknownFamily { claimants } if claimants.is_empty() => (
                format!("No profile knows `{}`", document.path),
                "write a profile for it with `crosstally profile new`, or take it out of the folder",
            ),
            Fact::UnknownFamily { claimants } => (
                format!("`{}` is claimed alike by {}", document.path, wording::list(claimants)),
                "make the signs by which these profiles recognise their family more particular",
            ),
            Fact::UnknownEdition { cause } if !super::nothing_read::holds(extraction) => (
                format!("The edition of `{}` cannot be told: {cause}", document.path),
                "see whether the title or its date was lost from the file",
            ),
            _ => continue,
        };
        findings.push(CHECK.draft(message).within(document).help(help).finish());
    }
    let told = extraction.facts.iter().any(|fact| matches!(fact, Fact::UnknownFamily { .. }));
    if document.status == Status::UnknownFamily && !told {
        let draft = CHECK.draft(format!("No profile knows `{}`", document.path)).within(document);
        findings.push(
            draft
                .help("write a profile for it with `crosstally profile new`, or take it out of the folder")
                .finish(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::{Fact, Status};
    use crate::validate::testing::{check, noticed};

    #[test]
    fn unknown_and_doubly_known_snapshots_are_told() {
        check(
            "unknown-family",
            &[noticed(vec![Fact::UnknownFamily { claimants: Vec::new() }])],
            &["warning: No profile knows `2024-07.txt`"],
        );
        let claimants = vec!["unhcr-western-balkans".to_owned(), "unhcr-serbia".to_owned()];
        check(
            "unknown-family",
            &[noticed(vec![Fact::UnknownFamily { claimants }])],
            &["warning: `2024-07.txt` is claimed alike by unhcr-western-balkans and unhcr-serbia"],
        );
        check("unknown-family", &[noticed(Vec::new())], &[]);
    }

    #[test]
    fn the_status_alone_is_enough() {
        let mut extraction = noticed(Vec::new());
        extraction.document.status = Status::UnknownFamily;
        check("unknown-family", &[extraction], &["warning: No profile knows `2024-07.txt`"]);
    }

    #[test]
    fn an_edition_that_cannot_be_told_is_told_once() {
        let fact = Fact::UnknownEdition {
            cause: "the title names no month".into(),
        };
        let mut extraction = noticed(vec![fact]);
        check(
            "unknown-family",
            &[extraction.clone()],
            &["warning: The edition of `2024-07.txt` cannot be told: the title names no month"],
        );
        extraction.observations.clear();
        check("unknown-family", &[extraction.clone()], &[]);
        check(
            "nothing-read",
            &[extraction],
            &["error: Not one figure of `2024-07.txt` could be read, though it is known as unhcr-western-balkans: the title names no month"],
        );
    }
}
