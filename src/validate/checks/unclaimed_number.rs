//! # unclaimed-number: a number that no rule claimed
//!
//! The report prints a number, and the profile neither takes it nor says why not.
//!
//! **Why it matters.** New figures appear in reports without notice; this is where they show first.
//!
//! **Example.** From May on a sentence adds that 412 persons were rescued at sea.
//!
//! **What to do.** Add a rule to the profile, or an ignore rule with its reason.

use std::collections::BTreeSet;

use crate::schema::{Extraction, Fact, Finding, Severity};
use crate::validate::check::{Check, Scope};

pub(super) static CHECK: Check = Check {
    code: "unclaimed-number",
    severity: Severity::Note,
    level: 0,
    source: include_str!("unclaimed_number.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    let malformed = extraction.facts.iter().filter_map(|fact| match fact {
        Fact::Malformed { mention, .. } => Some(mention.place.order()),
        _ => None,
    });
    let malformed: BTreeSet<(u32, i64, i64)> = malformed.collect();
    for fact in &extraction.facts {
        let Fact::Unclaimed { mention } = fact else { continue };
        if malformed.contains(&mention.place.order()) {
            continue;
        }
        let message = format!("No rule of the profile takes “{}”, and none says why not", mention.quote);
        let draft = CHECK.draft(message).within(&extraction.document).printed(&mention.quote);
        findings.push(
            draft
                .mention(mention)
                .help("add a rule to the profile, or an ignore rule with its reason")
                .finish(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, found, noticed, words};

    #[test]
    fn each_number_is_told() {
        check(
            "unclaimed-number",
            &[noticed(vec![Fact::Unclaimed { mention: words("412") }])],
            &["note: No rule of the profile takes “412”, and none says why not"],
        );
        check("unclaimed-number", &[noticed(Vec::new())], &[]);
    }

    #[test]
    fn a_malformed_figure_is_told_as_such() {
        let facts = vec![
            Fact::Unclaimed { mention: words("25,4433") },
            Fact::Malformed {
                mention: words("25,4433"),
                why: "thousands are grouped in threes".into(),
            },
        ];
        check("unclaimed-number", &[noticed(facts)], &[]);
    }

    #[test]
    fn the_same_number_twice_has_two_fingerprints() {
        let twice = vec![Fact::Unclaimed { mention: words("412") }, Fact::Unclaimed { mention: words("412") }];
        let findings = found("unclaimed-number", &[noticed(twice)]);
        assert_eq!(findings.len(), 2);
        assert_eq!(format!("{}-2", findings[0].fingerprint), findings[1].fingerprint);
    }
}
