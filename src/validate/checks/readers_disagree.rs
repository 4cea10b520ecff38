//! # readers-disagree: a second PDF reader sees other numbers
//!
//! With `--cross-read`, a second and independent reader goes over every page. On this page the two do not see the same numbers.
//!
//! **Why it matters.** One of the two reads a number wrongly, drops one, or glues two together: the figures of this page cannot be
//! trusted before somebody looked.
//!
//! **Example.** One reader sees `2020` and `2174` over two bars, the other `20202174`.
//!
//! **What to do.** Open the page and compare the numbers named with what is shown.

use crate::schema::{Extraction, Fact, Finding, Severity};
use crate::validate::check::{Check, Scope};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "readers-disagree",
    severity: Severity::Error,
    level: 0,
    source: include_str!("readers_disagree.rs"),
    runs: &[Scope::Snapshot(run)],
};

/// Numbers named in a message; a longer list is cut short.
const NUMBERS_NAMED: usize = 5;

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    for fact in &extraction.facts {
        let Fact::ReadersDisagree { page, first, second } = fact else { continue };
        if first.is_empty() && second.is_empty() {
            continue;
        }
        let seen = |numbers: &[String]| match numbers {
            [] => "nothing else".to_owned(),
            numbers => wording::list_up_to(NUMBERS_NAMED, numbers),
        };
        let message = format!(
            "On page {page} of `{}` one reader sees {}, the other {}",
            extraction.document.path,
            seen(first),
            seen(second)
        );
        let draft = CHECK.draft(message).within(&extraction.document);
        let draft = draft.printed(&first.join(" ")).expected(&second.join(" "));
        let draft = draft.identity(page.to_string()).identity(first.join(" ")).identity(second.join(" "));
        findings.push(draft.help("open the page and compare these numbers with what is shown").finish());
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, noticed};

    fn check_numbers(first: &[&str], second: &[&str], expected: &[&str]) {
        let owned = |numbers: &[&str]| numbers.iter().map(ToString::to_string).collect();
        let fact = Fact::ReadersDisagree {
            page: 2,
            first: owned(first),
            second: owned(second),
        };
        check("readers-disagree", &[noticed(vec![fact])], expected);
    }

    #[test]
    fn both_sides_are_named() {
        check_numbers(
            &["2020", "2174"],
            &["20202174"],
            &["error: On page 2 of `2024-07.txt` one reader sees 2020 and 2174, the other 20202174"],
        );
        check_numbers(
            &[],
            &["17"],
            &["error: On page 2 of `2024-07.txt` one reader sees nothing else, the other 17"],
        );
        check_numbers(&[], &[], &[]);
    }
}
