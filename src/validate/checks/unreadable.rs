//! # unreadable: a snapshot cannot be read, or not in full
//!
//! The file is damaged, encrypted, empty, over a limit, or not what its name says. None of its figures are in the data.
//! Where only a part is gone, such as the end of a file that was cut off or a page that is broken, the figures of the rest are in the
//! data, and the finding names what is lost. What was damaged and could be mended without a loss is `repaired`.
//!
//! **Why it matters.** A report that silently drops out looks like a month in which nothing was published.
//!
//! **Example.** `2024-07.pdf` ends in the middle, as a download that broke off does.
//!
//! **What to do.** Fetch the file again from its publisher; if it is encrypted, save a copy without the password. A sound file that takes
//! longer or more memory than is allowed is read with a higher `--time-limit` or `--memory-limit`; one that is no report, or made to
//! break readers, is left out by a `.crosstallyignore`.

use crate::schema::{Extraction, Fact, Finding, Severity, Status, Want};
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
        let (words, cause, help) = match fact {
            Fact::Unreadable { cause } => (
                "cannot be read",
                cause,
                "fetch the file again from its publisher, or save it without a password",
            ),
            Fact::Lost { cause } => (
                "cannot be read in full",
                cause,
                "fetch the file again from its publisher: figures of the part that is gone are not in the data",
            ),
            Fact::GivenUp { cause, want } => ("cannot be read", cause, help(*want)),
            _ => continue,
        };
        let message = format!("`{}` {words}: {cause}", extraction.document.path);
        let draft = CHECK.draft(message).within(&extraction.document);
        findings.push(draft.printed(cause).identity(cause).help(help).finish());
    }
    let told = extraction
        .facts
        .iter()
        .any(|fact| matches!(fact, Fact::Unreadable { .. } | Fact::GivenUp { .. } | Fact::PassedOver { .. }));
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

/// What gives a reader what it wanted, where anything does.
fn help(want: Want) -> &'static str {
    match want {
        Want::Time => "`--time-limit` gives it longer; if it has no end, list it in `.crosstallyignore`",
        Want::Memory => "`--memory-limit` gives it more; if nothing is enough, list it in `.crosstallyignore`",
        Want::Stack => "fetch the file again from its publisher; if it is meant to be so, list it in `.crosstallyignore`",
        Want::Less => "no option raises this limit: fetch the file again from its publisher; if it is no report, list it in `.crosstallyignore`",
        Want::Life => {
            "run it again, with fewer `--jobs` or a lower `--memory-limit` where memory is short, or with `--isolation none` where the \
             system suffers no further processes; if it ends its reader each time, list it in `.crosstallyignore`"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::help;
    use crate::schema::{Fact, Want};
    use crate::validate::testing::{check, found, noticed};

    #[test]
    fn a_damaged_file_is_an_error_whether_all_of_it_is_gone_or_a_part() {
        let cause = || "the file ends in the middle".to_owned();
        check(
            "unreadable",
            &[noticed(vec![Fact::Unreadable { cause: cause() }])],
            &["error: `2024-07.txt` cannot be read: the file ends in the middle"],
        );
        check(
            "unreadable",
            &[noticed(vec![Fact::Lost { cause: cause() }])],
            &["error: `2024-07.txt` cannot be read in full: the file ends in the middle"],
        );
        check("unreadable", &[noticed(vec![Fact::Repaired { cause: cause() }])], &[]);
        check("unreadable", &[noticed(Vec::new())], &[]);
        let mut extraction = noticed(Vec::new());
        extraction.document.status = crate::schema::Status::Unreadable;
        check("unreadable", &[extraction], &["error: `2024-07.txt` cannot be read"]);
    }

    #[test]
    fn a_reader_that_gave_up_is_given_what_it_wanted() {
        for want in [Want::Time, Want::Memory, Want::Stack, Want::Less, Want::Life] {
            let cause = "over a limit".to_owned();
            let mut extraction = noticed(vec![Fact::GivenUp { cause, want }]);
            extraction.document.status = crate::schema::Status::Unreadable;
            let findings = found("unreadable", &[extraction]);
            let [finding] = findings.as_slice() else { panic!("{findings:?}") };
            assert_eq!(finding.message, "`2024-07.txt` cannot be read: over a limit");
            assert_eq!(finding.help, help(want));
        }
        assert!(help(Want::Time).starts_with("`--time-limit`"));
        assert!(help(Want::Memory).starts_with("`--memory-limit`"));
    }
}
