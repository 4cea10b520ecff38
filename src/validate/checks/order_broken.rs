//! # order-broken: a ranking is not in order
//!
//! A list that the report presents as "top 3" or "largest first" has a larger figure after a smaller one.
//!
//! **Why it matters.** A figure was changed after the list was sorted, or two were swapped.
//!
//! **Example.** `Top 3: Syria (31%), Egypt (10%), Morocco (17%)`.
//!
//! **What to do.** Compare the figures with a chart or table of the same report.

use crate::schema::{Extraction, Finding, Observation, Relation, Severity};
use crate::validate::check::{Check, Scope};
use crate::validate::consistency::Judged;
use crate::validate::{knowledge, wording};

pub(super) static CHECK: Check = Check {
    code: "order-broken",
    severity: Severity::Note,
    level: 1,
    source: include_str!("order_broken.rs"),
    runs: &[Scope::Figures(run)],
};

fn run(extraction: &Extraction, judged: &Judged, findings: &mut Vec<Finding>) {
    for relation in &extraction.relations {
        let Relation::Ranking { parts } = relation else { continue };
        // A figure that is named as wrong elsewhere is wrong here for the same reason.
        let trusted = parts.iter().filter(|part| !judged.blames(**part));
        let ranked: Option<Vec<&Observation>> = trusted.map(|part| extraction.observations.get(*part)).collect();
        let Some(mut ranked) = ranked else { continue };
        // "Others" and "unknown" close a list, however many they are.
        ranked.retain(|figure| !knowledge::is_remainder(&figure.origin));
        let broken = ranked.windows(2).find(|pair| pair[1].interval.low > pair[0].interval.high);
        let Some([before, after]) = broken else { continue };
        let message = format!(
            "{} is ranked after {}, though {} is more than {}",
            wording::series(after),
            wording::series(before),
            wording::value(after),
            wording::value(before)
        );
        let draft = CHECK.draft(message).within(&extraction.document).figure(after).figure(before);
        let draft = draft
            .printed(&after.value.normalize())
            .expected(&format!("at most {}", before.interval.high.normalize()));
        findings.push(draft.help("compare the figures with a chart or table of the same report").finish());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::testing::{Tell, check, printed, snapshot};

    fn check_ranking(quotes: &[&str], expected: &[&str]) {
        let figures: Vec<Observation> = quotes
            .iter()
            .zip(["SYR", "EGY", "MAR"])
            .map(|(quote, origin)| printed(quote).origin(origin))
            .collect();
        let parts = (0..figures.len()).collect();
        check("order-broken", &[snapshot(figures, vec![Relation::Ranking { parts }])], expected);
    }

    #[test]
    fn falling_and_equal_figures_are_in_order() {
        check_ranking(&["31%", "17%", "10%"], &[]);
        check_ranking(&["31%", "31%", "10%"], &[]);
        check_ranking(&["some 3,100", "3,120"], &[]);
        check_ranking(&[], &[]);
    }

    #[test]
    fn others_close_the_list_however_many() {
        let origins = ["SYR", "MAR", "_O", "XXX"];
        let figures = ["31%", "5%", "26%", "38%"]
            .iter()
            .zip(origins)
            .map(|(quote, origin)| printed(quote).origin(origin))
            .collect();
        check(
            "order-broken",
            &[snapshot(figures, vec![Relation::Ranking { parts: vec![0, 1, 2, 3] }])],
            &[],
        );
    }

    #[test]
    fn a_rise_is_a_note() {
        check_ranking(
            &["31%", "10%", "17%"],
            &[
                "note: Share of persons present from Morocco in the Western Balkans is ranked after share of persons present from Egypt in the Western Balkans, though 17% is more than 10%",
            ],
        );
    }
}
