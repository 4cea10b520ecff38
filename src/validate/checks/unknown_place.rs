//! # unknown-place: a name that the codebook lacks
//!
//! A name stands where a country or nationality belongs, and the codebook does not know it.
//!
//! **Why it matters.** The figure beside it was not taken, since it cannot be told whose it is.
//!
//! **Example.** `Afganistan (22%)`.
//!
//! **What to do.** If the name is right, add it to the codebook's names; if it is misspelt, tell the publisher.

use std::collections::BTreeMap;

use crate::schema::{Extraction, Fact, Finding, Mention, Severity};
use crate::validate::check::{Check, Scope};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "unknown-place",
    severity: Severity::Warning,
    level: 1,
    source: include_str!("unknown_place.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    let mut names: BTreeMap<String, Vec<&Mention>> = BTreeMap::new();
    for fact in &extraction.facts {
        if let Fact::UnknownPlace { mention } = fact {
            names.entry(mention.quote.trim().to_lowercase()).or_default().push(mention);
        }
    }
    for mentions in names.values() {
        let name = &mentions[0].quote;
        let mut message = format!("“{name}” stands where a country or nationality belongs, but no such place is known");
        if mentions.len() > 1 {
            message = format!("{message} ({})", wording::counted(mentions.len(), "time", "times"));
        }
        let draft = CHECK.draft(message).within(&extraction.document).printed(&name);
        let draft = draft.mentions(mentions.iter().copied());
        findings.push(
            draft
                .help("add the name to the codebook if it is right, tell the publisher if it is misspelt")
                .finish(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, noticed, words};

    #[test]
    fn a_name_is_told_once_however_often_it_stands_there() {
        let unknown = |name| Fact::UnknownPlace { mention: words(name) };
        check(
            "unknown-place",
            &[noticed(vec![unknown("Afganistan"), unknown("AFGANISTAN"), unknown("Siria")])],
            &[
                "warning: “Siria” stands where a country or nationality belongs, but no such place is known",
                "warning: “Afganistan” stands where a country or nationality belongs, but no such place is known (2 times)",
            ],
        );
        check("unknown-place", &[noticed(Vec::new())], &[]);
    }
}
