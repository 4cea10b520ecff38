//! # repaired: a snapshot is not as it should be, and was read all the same
//!
//! The file has a fault that readers mend without a word, such as a table of objects that is not where the file says, or a page that
//! declares another charset than it is written in. Nothing is missing as far as the file tells, so its figures are in the data.
//! Where a part is gone, it is `unreadable` instead.
//!
//! **Why it matters.** What is mended by a guess may be mended wrongly, and a viewer may show something else.
//!
//! **Example.** `2024-07.html` declares Windows-1252 but is written in UTF-8, as happens when a page is saved by another program.
//!
//! **What to do.** Compare some figures with the file as a viewer shows it, or fetch it again.

use crate::schema::{Extraction, Fact, Finding, Severity};
use crate::validate::check::{Check, Scope};

pub(super) static CHECK: Check = Check {
    code: "repaired",
    severity: Severity::Warning,
    level: 0,
    source: include_str!("repaired.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    for fact in &extraction.facts {
        let Fact::Repaired { cause } = fact else { continue };
        let draft = CHECK
            .draft(format!("`{}` was read after repair: {cause}", extraction.document.path))
            .within(&extraction.document);
        let help = "compare some figures with the file as a viewer shows it, or fetch it again";
        findings.push(draft.printed(cause).identity(cause).help(help).finish());
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, noticed};

    #[test]
    fn a_repair_is_a_warning_and_a_loss_is_none() {
        let cause = || "the header %PDF- is missing".to_owned();
        check(
            "repaired",
            &[noticed(vec![Fact::Repaired { cause: cause() }])],
            &["warning: `2024-07.txt` was read after repair: the header %PDF- is missing"],
        );
        check("repaired", &[noticed(vec![Fact::Lost { cause: cause() }])], &[]);
        check("repaired", &[noticed(Vec::new())], &[]);
    }
}
