//! # sign-contradicts-arrow: arrow, word and sign of a change disagree
//!
//! A change is printed with an arrow, a word such as "increase", or a sign, and they do not point the same way.
//!
//! Sentences of any report are read for words that go against their figures: "increased from 200 to 140".
//!
//! **Why it matters.** It cannot be told whether the figure rose or fell.
//!
//! **Example.** `Egypt (7%) ↓ +2%`, or "a decrease of 12%" under an arrow that points up.
//!
//! **What to do.** Compare with the figure of the edition before: it tells which is right.

use rust_decimal::Decimal;

use crate::schema::{Direction, Extraction, Finding, Observation, Severity, Statistic};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "sign-contradicts-arrow",
    severity: Severity::Error,
    level: 1,
    source: include_str!("sign_contradicts_arrow.rs"),
    runs: &[Scope::Snapshot(run), Scope::Snapshot(claimed)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    for figure in &extraction.observations {
        let Some((one, other)) = contradiction(figure) else { continue };
        let message = format!("{}: “{}” says {one} and {other} at once", wording::figure(figure), figure.quote);
        let draft = CHECK.draft(message).within(&extraction.document).figure(figure);
        let draft = draft.printed(&figure.value.normalize());
        findings.push(
            draft
                .help("compare with the figure of the edition before, which tells which way it went")
                .finish(),
        );
    }
}

/// Two ways that no single change goes.
fn contradiction(figure: &Observation) -> Option<(&'static str, &'static str)> {
    let points = |direction| figure.directions.contains(&direction);
    if points(Direction::Up) && points(Direction::Down) {
        return Some(("up", "down"));
    }
    let is_change = matches!(figure.statistic, Statistic::Change | Statistic::ShareChange);
    let surely_up = is_change && figure.interval.low > Decimal::ZERO;
    let surely_down = is_change && figure.interval.high < Decimal::ZERO;
    match (surely_up, surely_down) {
        (true, _) if points(Direction::Down) => Some(("up", "down")),
        (_, true) if points(Direction::Up) => Some(("down", "up")),
        (true, _) if points(Direction::Same) => Some(("up", "unchanged")),
        (_, true) if points(Direction::Same) => Some(("down", "unchanged")),
        _ => None,
    }
}

/// What sentences claim, of any family.
fn claimed(extraction: &Extraction, findings: &mut Vec<Finding>) {
    claims::raise(&CHECK, extraction, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Period;
    use crate::validate::testing::{Tell, check, printed, snapshot};

    fn check_change(quote: &str, directions: &[Direction], expected: &[&str]) {
        let change = printed(quote).since(Period::month(2024, 6)).pointing(directions);
        check("sign-contradicts-arrow", &[snapshot(vec![change], Vec::new())], expected);
    }

    #[test]
    fn signs_that_agree_are_silent() {
        check_change("-8%", &[Direction::Down, Direction::Down], &[]);
        check_change("+16%", &[Direction::Up], &[]);
        check_change("0%", &[Direction::Up], &[]);
        check_change("0%", &[Direction::Same], &[]);
        check_change("-33%", &[], &[]);
    }

    #[test]
    fn signs_that_disagree_are_errors() {
        let message = |quote: &str, one: &str, other: &str| {
            format!("error: Change of persons present in the Western Balkans, July 2024: “{quote}” says {one} and {other} at once")
        };
        check_change("+8%", &[Direction::Down, Direction::Up], &[&message("+8%", "up", "down")]);
        check_change("+8%", &[Direction::Down], &[&message("+8%", "up", "down")]);
        check_change("-8%", &[Direction::Up], &[&message("-8%", "down", "up")]);
        check_change("-8%", &[Direction::Same], &[&message("-8%", "down", "unchanged")]);
    }

    #[test]
    fn a_count_beside_an_arrow_has_no_sign() {
        let count = printed("3,100").pointing(&[Direction::Down]);
        check("sign-contradicts-arrow", &[snapshot(vec![count], Vec::new())], &[]);
    }
}
