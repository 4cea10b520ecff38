//! # missing-figure: a figure that the layout requires was not found
//!
//! Every edition of this layout prints the figure, but here no sentence, table or headline could be read as it. The text that
//! comes nearest is named.
//!
//! **Why it matters.** The series has a hole that looks as if nothing was reported.
//!
//! **Example.** The sentence on persons transited was reworded, or its number was dropped when the text was saved.
//!
//! **What to do.** Open the nearest text. If the figure stands there, the profile needs the new wording; if not, the report has
//! lost it.

use std::collections::BTreeSet;

use crate::schema::{Extraction, Fact, Finding, PromiseState, Severity};
use crate::validate::check::{Check, Scope};

pub(super) static CHECK: Check = Check {
    code: "missing-figure",
    severity: Severity::Error,
    level: 0,
    source: include_str!("missing_figure.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    if super::nothing_read::holds(extraction) {
        return;
    }
    let document = &extraction.document;
    // A figure lost in a picture is told by `unread-section`.
    let lost = extraction.facts.iter().filter_map(|fact| match fact {
        Fact::UnreadSection { rule, .. } => Some(rule.as_str()),
        _ => None,
    });
    let mut told: BTreeSet<&str> = lost.collect();
    for fact in &extraction.facts {
        let Fact::Missing { rule, label, nearest } = fact else { continue };
        if !told.insert(rule) {
            continue;
        }
        let draft = CHECK.draft(match nearest {
            Some(mention) => format!("No figure of {label} was found; nearest to it stands “{}”", shortened(&mention.quote)),
            None => format!("No figure of {label} was found, nor any text near to it"),
        });
        let draft = draft.within(document).identity(rule).mentions(nearest);
        findings.push(draft.help("if the figure stands in the report, add its wording to the profile").finish());
    }
    for promise in extraction.promises.iter().filter(|promise| promise.state == PromiseState::Missing) {
        if !told.contains(promise.rule.as_str()) {
            let message = format!("No figure of the rule {} was found", promise.rule);
            let draft = CHECK.draft(message).within(document).identity(&promise.rule);
            findings.push(draft.help("if the figure stands in the report, add its wording to the profile").finish());
        }
    }
}

/// The start of a text, as long as a message bears.
fn shortened(text: &str) -> String {
    const LENGTH: usize = 80;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::{Fact, Promise, PromiseState};
    use crate::validate::testing::{check, noticed, words};

    #[test]
    fn the_nearest_text_is_named() {
        let missing = |nearest| Fact::Missing {
            rule: "unhcr-western-balkans/transits".into(),
            label: "persons transited".into(),
            nearest,
        };
        check(
            "missing-figure",
            &[noticed(vec![missing(Some(words("were estimated to have moved")))])],
            &["error: No figure of persons transited was found; nearest to it stands “were estimated to have moved”"],
        );
        check(
            "missing-figure",
            &[noticed(vec![missing(None)])],
            &["error: No figure of persons transited was found, nor any text near to it"],
        );
        check("missing-figure", &[noticed(Vec::new())], &[]);
    }

    #[test]
    fn what_is_lost_in_a_picture_is_told_by_the_section() {
        let facts = vec![
            Fact::Missing {
                rule: "iom/monthly".into(),
                label: "monthly registrations".into(),
                nearest: None,
            },
            Fact::UnreadSection {
                rule: "iom/monthly".into(),
                mention: words("MONTHLY REGISTRATIONS"),
                found: "a picture".into(),
            },
        ];
        check("missing-figure", &[noticed(facts)], &[]);
    }

    #[test]
    fn a_broken_promise_is_told_once() {
        let mut extraction = noticed(Vec::new());
        let promise = |rule: &str, state| Promise { rule: rule.into(), state };
        extraction.promises = vec![promise("a/b", PromiseState::Missing), promise("a/c", PromiseState::Read)];
        check("missing-figure", &[extraction.clone()], &["error: No figure of the rule a/b was found"]);
        extraction.facts = vec![Fact::Missing {
            rule: "a/b".into(),
            label: "arrivals".into(),
            nearest: None,
        }];
        check(
            "missing-figure",
            &[extraction],
            &["error: No figure of arrivals was found, nor any text near to it"],
        );
    }
}
