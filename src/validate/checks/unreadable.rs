//! # unreadable: a snapshot cannot be read
//!
//! The file is damaged, encrypted, empty, over a limit, or not what its name says. None of its figures are in the data.
//! If only a part had to be left out, or the file was repaired, this is a warning: figures may be missing.
//!
//! **Why it matters.** A report that silently drops out looks like a month in which nothing was published.
//!
//! **Example.** `2024-07.pdf` ends in the middle, as a download that broke off does.
//!
//! **What to do.** Fetch the file again from its publisher; if it is encrypted, save a copy without the password.

use crate::schema::{Extraction, Fact, Finding, Severity, Status};
use crate::validate::check::{Check, Scope};

pub(super) static CHECK: Check = Check {
    code: "unreadable",
    severity: Severity::Error,
    level: 0,
    source: include_str!("unreadable.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    for fact in &extraction.facts {
        let (words, cause, severity, help) = match fact {
            Fact::Unreadable { cause } => (
                "cannot be read",
                cause,
                Severity::Error,
                "fetch the file again from its publisher, or save it without a password",
            ),
            Fact::Repaired { cause } => (
                "was read only in part or after repair",
                cause,
                Severity::Warning,
                "compare the figures with the file as a viewer shows it, or fetch it again",
            ),
            _ => continue,
        };
        let message = format!("`{}` {words}: {cause}", extraction.document.path);
        let draft = CHECK.draft(message).severity(severity).within(&extraction.document);
        findings.push(draft.printed(cause).identity(cause).help(help).finish());
    }
    let told = extraction.facts.iter().any(|fact| matches!(fact, Fact::Unreadable { .. }));
    if extraction.document.status == Status::Unreadable && !told {
        let draft = CHECK
            .draft(format!("`{}` cannot be read", extraction.document.path))
            .within(&extraction.document);
        findings.push(
            draft
                .help("fetch the file again from its publisher, or save it without a password")
                .finish(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, noticed};

    #[test]
    fn a_damaged_file_is_an_error_and_a_repaired_one_a_warning() {
        let cause = || "the file ends in the middle".to_owned();
        check(
            "unreadable",
            &[noticed(vec![Fact::Unreadable { cause: cause() }])],
            &["error: `2024-07.txt` cannot be read: the file ends in the middle"],
        );
        check(
            "unreadable",
            &[noticed(vec![Fact::Repaired { cause: cause() }])],
            &["warning: `2024-07.txt` was read only in part or after repair: the file ends in the middle"],
        );
        check("unreadable", &[noticed(Vec::new())], &[]);
        let mut extraction = noticed(Vec::new());
        extraction.document.status = crate::schema::Status::Unreadable;
        check("unreadable", &[extraction], &["error: `2024-07.txt` cannot be read"]);
    }
}
