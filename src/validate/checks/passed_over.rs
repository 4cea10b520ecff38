//! # passed-over: something in a folder or an archive was not read, on purpose
//!
//! A link that leads back or out, a device, a name that leads out of its archive, an archive within an archive, an earlier one of two
//! members with one name. None of these is opened: to follow them may never end, or read what was not meant.
//!
//! **Why it matters.** A report that stands only there is not in the data.
//!
//! **Example.** `2024.zip` holds `july.zip`, which holds the reports of July.
//!
//! **What to do.** Unpack it yourself if you trust it, and give the files by their own names.

use crate::schema::{Extraction, Fact, Finding, Severity};
use crate::validate::check::{Check, Scope};

pub(super) static CHECK: Check = Check {
    code: "passed-over",
    severity: Severity::Warning,
    level: 0,
    source: include_str!("passed_over.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    for fact in &extraction.facts {
        let Fact::PassedOver { cause } = fact else { continue };
        let draft = CHECK
            .draft(format!("`{}` was passed over: {cause}", extraction.document.path))
            .within(&extraction.document);
        let help = "unpack it yourself if you trust it, and give the files by their own names";
        findings.push(draft.printed(cause).identity(cause).help(help).finish());
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, noticed};

    #[test]
    fn what_is_passed_over_is_a_warning() {
        let cause = "an archive within an archive; not opened".to_owned();
        check(
            "passed-over",
            &[noticed(vec![Fact::PassedOver { cause }])],
            &["warning: `2024-07.txt` was passed over: an archive within an archive; not opened"],
        );
        check("passed-over", &[noticed(Vec::new())], &[]);
    }
}
