//! # period-conflict: the report names different periods for itself
//!
//! Title, text and "as of" date do not name the same month.
//!
//! **Why it matters.** The figures may belong to either month, and with them every change against the month before.
//!
//! **Example.** The title says July 2024, the text "as of 30 June": the text was left over from the edition before.
//!
//! **What to do.** Compare the figures with the editions before and after, and ask the publisher which month is meant.

use std::collections::BTreeMap;

use crate::schema::{Extraction, Fact, Finding, Severity};
use crate::validate::check::{Check, Scope};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "period-conflict",
    severity: Severity::Error,
    level: 1,
    source: include_str!("period_conflict.rs"),
    runs: &[Scope::Snapshot(run)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    for fact in &extraction.facts {
        let Fact::PeriodConflict { named } = fact else { continue };
        let mut quotes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (period, mention) in named {
            let said = quotes.entry(period).or_default();
            if !said.contains(&mention.quote.as_str()) {
                said.push(&mention.quote);
            }
        }
        if quotes.len() < 2 {
            continue;
        }
        let said = |(period, words): (&&str, &Vec<&str>)| {
            let words: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
            format!("{period} ({})", wording::list(&words))
        };
        let each: Vec<String> = quotes.iter().map(said).collect();
        let message = format!("The report names different periods for itself: {}", wording::list(&each));
        let draft = CHECK.draft(message).within(&extraction.document);
        let draft = draft.printed(&quotes.keys().copied().collect::<Vec<_>>().join("; "));
        let draft = draft.mentions(named.iter().map(|(_, mention)| mention));
        findings.push(
            draft
                .help("compare with the editions before and after, and ask the publisher which period is meant")
                .finish(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, noticed, words};

    fn check_named(named: &[(&str, &str)], expected: &[&str]) {
        let named = named.iter().map(|(period, quote)| ((*period).to_owned(), words(quote))).collect();
        check("period-conflict", &[noticed(vec![Fact::PeriodConflict { named }])], expected);
    }

    #[test]
    fn every_period_is_named_with_its_words() {
        check_named(
            &[("2024-07", "July 2024"), ("2024-06", "as of 30 June")],
            &["error: The report names different periods for itself: 2024-06 (“as of 30 June”) and 2024-07 (“July 2024”)"],
        );
    }

    #[test]
    fn one_period_in_two_wordings_is_none() {
        check_named(&[("2024-07", "July 2024"), ("2024-07", "as of 31 July")], &[]);
    }
}
