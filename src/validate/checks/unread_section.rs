//! # unread-section: a heading without a readable figure
//!
//! A heading of the layout stands there, but below it nothing can be read: the chart was lost when the page was saved, or it is
//! drawn as a picture. Or a chart stands there with marks that nothing measures: no number is printed at them, and no axis with
//! numbers runs along them.
//!
//! **Why it matters.** The report has the figures, the data does not.
//!
//! **Example.** "Monthly registrations on arrival" is followed by an image in the PDF, and by nothing in the text.
//!
//! **What to do.** Get the edition in another medium; PDF keeps most charts.

use crate::schema::{Extraction, Fact, Finding, PromiseState, Severity};
use crate::validate::check::{Check, Scope};

pub(super) static CHECK: Check = Check {
    code: "unread-section",
    severity: Severity::Warning,
    level: 0,
    source: include_str!("unread_section.rs"),
    runs: &[Scope::Snapshot(run)],
};

const HELP: &str = "get the edition in another medium; a PDF keeps most charts";
const MARKS_HELP: &str = "look for the figures in the text or the tables of the report, or ask the publisher for them";

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    let document = &extraction.document;
    let mut is_told = false;
    let sections: Vec<&str> = extraction
        .facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::UnreadSection { rule, .. } => Some(rule.as_str()),
            _ => None,
        })
        .collect();
    for fact in &extraction.facts {
        if let Fact::UnreadMarks {
            rule,
            mention,
            unread,
            marks,
        } = fact
            && !sections.contains(&rule.as_str())
        {
            let message = if mention.quote.is_empty() {
                format!("Of the {marks} marks of a chart, {unread} cannot be read: neither a number nor an axis tells their value")
            } else {
                format!(
                    "Of the {marks} marks of the chart “{}”, {unread} cannot be read: neither a number nor an axis tells their value",
                    mention.quote
                )
            };
            let draft = CHECK.draft(message).within(document).identity(rule).printed(&unread);
            findings.push(draft.mention(mention).help(MARKS_HELP).finish());
        }
        let Fact::UnreadSection { rule, mention, found } = fact else { continue };
        is_told = true;
        let message = if found == "nothing" {
            format!("Below “{}” stands nothing: its figures are lost in this snapshot", mention.quote)
        } else {
            format!("Below “{}” stands no figure that can be read, but {found}", mention.quote)
        };
        let draft = CHECK.draft(message).within(document).identity(rule).printed(found);
        findings.push(draft.mention(mention).help(HELP).finish());
    }
    // A heading may stand over the figures of several rules: where headings are told, the rules need not be.
    let lost = extraction
        .promises
        .iter()
        .filter(|promise| promise.state == PromiseState::Lost && !is_told);
    for promise in lost {
        let message = format!("The figures of the rule {} are lost, though their heading is there", promise.rule);
        findings.push(CHECK.draft(message).within(document).identity(&promise.rule).help(HELP).finish());
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::{Fact, Promise, PromiseState};
    use crate::validate::testing::{check, noticed, words};

    #[test]
    fn the_heading_and_what_stands_below_are_named() {
        let fact = Fact::UnreadSection {
            rule: "iom/monthly".into(),
            mention: words("MONTHLY REGISTRATIONS"),
            found: "a picture".into(),
        };
        let mut extraction = noticed(vec![fact]);
        extraction.promises = vec![Promise {
            rule: "iom/monthly".into(),
            state: PromiseState::Lost,
        }];
        check(
            "unread-section",
            &[extraction.clone()],
            &["warning: Below “MONTHLY REGISTRATIONS” stands no figure that can be read, but a picture"],
        );
        extraction.facts.clear();
        check(
            "unread-section",
            &[extraction],
            &["warning: The figures of the rule iom/monthly are lost, though their heading is there"],
        );
        check("unread-section", &[noticed(Vec::new())], &[]);
    }

    #[test]
    fn marks_without_a_reading_are_counted() {
        let marks = |quote: &str| Fact::UnreadMarks {
            rule: "iom/monthly".into(),
            mention: words(quote),
            unread: 2,
            marks: 12,
        };
        let of = "Of the 12 marks of";
        let why = "2 cannot be read: neither a number nor an axis tells their value";
        check(
            "unread-section",
            &[noticed(vec![marks("Arrivals")])],
            &[&format!("warning: {of} the chart “Arrivals”, {why}")],
        );
        check("unread-section", &[noticed(vec![marks("")])], &[&format!("warning: {of} a chart, {why}")]);
    }
}
