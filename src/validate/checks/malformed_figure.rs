//! # malformed-figure: a figure that no careful writer prints
//!
//! Thousands that are not grouped in threes, a day that no calendar has, a placeholder that was never filled in.
//!
//! Reports of any family are read for it. Digits are only faulty where the page proves how it groups them: `25,4433` on a page that writes
//! thousands with commas.
//!
//! **Why it matters.** The figure was not taken, since what it should say can only be guessed.
//!
//! **Example.** `25,4433` may be 25,443 with a footnote mark, or 254,433.
//!
//! **What to do.** Look the figure up in another edition or medium, and tell the publisher.

use crate::schema::{Extraction, Fact, Finding, Severity};
use crate::validate::check::{Check, Scope};

pub(super) static CHECK: Check = Check {
    code: "malformed-figure",
    severity: Severity::Warning,
    level: 0,
    source: include_str!("malformed_figure.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    for fact in &extraction.facts {
        let Fact::Malformed { mention, why } = fact else { continue };
        let message = format!("“{}” is not a figure as it should be printed: {why}", mention.quote);
        let draft = CHECK.draft(message).within(&extraction.document).printed(&mention.quote);
        findings.push(
            draft
                .mention(mention)
                .help("look the figure up in another edition or medium, and tell the publisher")
                .finish(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, noticed, words};

    #[test]
    fn the_fault_is_named() {
        let fact = Fact::Malformed {
            mention: words("25,4433"),
            why: "thousands are grouped in threes".into(),
        };
        check(
            "malformed-figure",
            &[noticed(vec![fact])],
            &["warning: “25,4433” is not a figure as it should be printed: thousands are grouped in threes"],
        );
        check("malformed-figure", &[noticed(Vec::new())], &[]);
    }
}
