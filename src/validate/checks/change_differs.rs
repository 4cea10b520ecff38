//! # change-differs: a printed change is not that of the counts
//!
//! A change in percent, or in percentage points, is printed, and the two figures it stands between are known: both from the same
//! report, or the earlier one from an earlier edition. No values that these figures may stand for give the change. A change that a
//! second printing of a count explains is left alone; where the base was restated and the change holds against one vintage of it
//! alone, a note says against which. So is found what no two figures give: a fall by more than 100%, or points that would make the
//! share before less than nothing.
//!
//! Sentences of any report, of a known family or not, are read for the same: two counts and a change in percent, in percentage points
//! or in words ("doubled", "six-fold"), which are taken loosely. Where a word has two meanings ("four times more"), or several counts
//! may be meant, all of them must fail.
//!
//! **Why it matters.** The trend is what readers take home, and it is not the one that the figures show. Against an earlier edition
//! this is a warning: the base may have been revised without notice.
//!
//! **Example.** 6,354 persons are printed as 10% fewer than the year before, for which an earlier edition printed 7,900: that would
//! be 20% fewer. A fall by 10% would need a base of some 7,060.
//!
//! **What to do.** Ask the publisher whether the base was revised; until then, compute the change from the counts.

mod between;

use rust_decimal::Decimal;

use crate::schema::{Extraction, Finding, Interval, Observation, Severity, Statistic};
use crate::validate::arithmetic::{self, Reading, Verdict};
use crate::validate::blame::{self, Told};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::consistency::{Contradiction, Judged, Subject, ends};
use crate::validate::draft::Draft;
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "change-differs",
    severity: Severity::Error,
    level: 1,
    source: include_str!("change_differs.rs"),
    runs: &[Scope::Figures(within_a_snapshot), Scope::Subject(between::run), Scope::Snapshot(claimed)],
};

const HELP: &str = "ask the publisher whether the base was revised; until then, compute the change from the counts";

fn within_a_snapshot(extraction: &Extraction, judged: &Judged, findings: &mut Vec<Finding>) {
    for contradiction in judged.of_code(CHECK.code) {
        let told = told(extraction, contradiction).unwrap_or_else(|| blame::together(extraction, contradiction));
        findings.push(told.finding(&CHECK, extraction, contradiction, HELP));
    }
}

fn told(extraction: &Extraction, contradiction: &Contradiction) -> Option<Told> {
    let figure = |figure: usize| &extraction.observations[figure];
    let (change, fact, expected) = match contradiction.subject {
        Subject::Fall { change } => {
            let change = figure(change);
            let fact = format!("{} is printed, but nothing falls by more than 100%", wording::value(change));
            (change, fact, "at least -100".to_owned())
        }
        Subject::Change { change, current, base: None } => {
            let (change, share) = (figure(change), figure(current));
            let before = arithmetic::difference(share.interval, change.interval)?;
            let fact = format!(
                "{} is printed, but {} now would mean {} before, which no share can be",
                wording::value(change),
                wording::value(share),
                wording::amounts(Statistic::Share, before)
            );
            let expected = Interval {
                low: share.interval.low.checked_sub(Decimal::ONE_HUNDRED)?,
                high: share.interval.high,
            };
            (change, fact, expected.to_string())
        }
        Subject::Change {
            change,
            current,
            base: Some(base),
        } => {
            let (change, current, base) = (figure(change), figure(current), figure(base));
            let expected = arithmetic::shortened(expected(change, current.interval, base.interval)?, change.interval);
            let fact = fact(change, current, base, &wording::value(base), expected);
            (change, fact, expected.to_string())
        }
        _ => return None,
    };
    Some(Told {
        subject: wording::figure(change),
        fact,
        ways_out: String::new(),
        printed: change.value,
        expected,
    })
}

/// The change that leads from one figure to another.
fn expected(change: &Observation, current: Interval, base: Interval) -> Option<Interval> {
    match change.statistic {
        Statistic::ShareChange => arithmetic::difference(current, base),
        _ => arithmetic::percent_change(base, current),
    }
}

/// What the figures give, against what is printed, and the base that this would need.
fn fact(change: &Observation, current: &Observation, base: &Observation, from: &str, expected: Interval) -> String {
    let fact = format!(
        "{} against {from} is {}, but {} is printed",
        wording::value(current),
        rounded_and_exact(change, current, base, expected),
        wording::value(change)
    );
    match implied_base(change, current) {
        Some(implied) => format!("{fact}, which would need a base of {implied}"),
        None => fact,
    }
}

/// Whether the change leads from some base to some current figure.
fn verdict(change: &Observation, currents: &[&Observation], bases: &[&Observation]) -> Verdict {
    arithmetic::judge(|reading| {
        let printed = arithmetic::interval(change, reading);
        arithmetic::any_pair(currents, bases, reading, |current, base| match change.statistic {
            Statistic::ShareChange => Some(arithmetic::difference(current, base)?.meets(printed)),
            _ => arithmetic::may_change(base, current, printed),
        })
    })
}

fn draft(change: &Observation, currents: &[&Observation], bases: &[&Observation]) -> Option<Draft> {
    let verdict = verdict(change, currents, bases);
    let (current, base) = (*currents.first()?, *bases.first()?);
    if verdict == Verdict::Holds {
        return None;
    }
    let allowed = |printings: &[&Observation]| arithmetic::possible(printings, Reading::Rounded).first().copied();
    let expected = arithmetic::shortened(expected(change, allowed(currents)?, allowed(bases)?)?, change.interval);
    let from = if base.edition == change.edition {
        wording::value(base)
    } else {
        format!("{} ({} edition)", wording::value(base), base.edition)
    };
    let message = format!("{}: {}", wording::figure(change), fact(change, current, base, &from, expected));
    let draft = CHECK.draft(message).weighed(verdict).figure(change).figure(current).figure(base);
    Some(draft.printed(&change.value.normalize()).expected(&expected).help(HELP))
}

/// The change as it should be printed, and the interval it is sure to lie in: `−20% (−20.1% to −19.1%)`.
fn rounded_and_exact(change: &Observation, current: &Observation, base: &Observation, expected: Interval) -> String {
    let exact = wording::amounts(change.statistic, expected);
    let ends = (Interval::point(current.value), Interval::point(base.value));
    let middle = match change.statistic {
        Statistic::ShareChange => arithmetic::difference(ends.0, ends.1),
        _ => arithmetic::percent_change(ends.1, ends.0),
    };
    let Some(middle) = middle else { return exact };
    let rounded = wording::amount(change.statistic, middle.low.round_dp(change.value.scale()));
    if rounded == exact { exact } else { format!("{rounded} ({exact})") }
}

/// The base that the printed change leads from: `7,060 (7,021 to 7,099)`.
fn implied_base(change: &Observation, current: &Observation) -> Option<String> {
    if change.statistic != Statistic::Change {
        return None;
    }
    let middle = arithmetic::implied_base(Interval::point(current.value), Interval::point(change.value))?;
    let ends = arithmetic::implied_base(current.interval, change.interval)?;
    // Counts are whole: ends are rounded inwards, where that leaves any.
    let whole = Interval {
        low: ends.low.ceil(),
        high: ends.high.floor(),
    };
    let middle = wording::number(middle.low.round());
    if whole.low < whole.high && whole.low > Decimal::ZERO {
        Some(format!("{middle} ({})", wording::amounts(Statistic::Count, whole)))
    } else {
        Some(middle)
    }
}

/// What sentences claim, of any family.
fn claimed(extraction: &Extraction, findings: &mut Vec<Finding>) {
    claims::raise(&CHECK, extraction, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Period, Relation};
    use crate::validate::testing::{Tell, check, printed, snapshot};

    fn months(year: i16) -> Option<Period> {
        Period::months(year, 1, 7)
    }

    fn moved(quote: &str, year: i16) -> Observation {
        printed(quote).of("mixed_movements").over(months(year))
    }

    fn check_change(base: &str, current: &str, change: &str, expected: &[&str]) {
        let figures = || vec![moved(current, 2025), moved(base, 2024), moved(change, 2025).since(months(2024))];
        check("change-differs", &[snapshot(figures(), Vec::new())], expected);
        let declared = Relation::Change {
            change: 2,
            current: 0,
            base: 1,
        };
        check("change-differs", &[snapshot(figures(), vec![declared])], expected);
    }

    #[test]
    fn a_change_that_the_counts_give_is_silent() {
        check_change("some 7,900", "6,354", "-20%", &[]);
        check_change("some 7,900", "6,354", "-19%", &[]);
        check_change("100", "133", "+33%", &[]);
        check_change("0", "133", "+33%", &[]);
        check_change("4,627", "3,100", "-33%", &[]);
    }

    #[test]
    fn a_change_that_no_counts_give_is_an_error() {
        check_change(
            "some 7,900",
            "6,354",
            "-10%",
            &[
                "error: Change of persons in mixed movements in the Western Balkans, January to July 2025: 6,354 against some 7,900 is −20% (−20.1% to −19.1%), but −10% is printed, which would need a base of 7,060 (7,021 to 7,099)",
            ],
        );
        check_change(
            "100",
            "133",
            "+3%",
            &[
                "error: Change of persons in mixed movements in the Western Balkans, January to July 2025: 133 against 100 is +33%, but +3% is printed, which would need a base of 129; 133 for 103 would be one wrong digit; +3% for +33% would be a digit left out",
            ],
        );
    }

    #[test]
    fn a_change_cut_off_is_a_note() {
        check_change(
            "1,000",
            "1,167",
            "+16%",
            &[
                "note: Change of persons in mixed movements in the Western Balkans, January to July 2025: 1,167 against 1,000 is +17% (+16.7%), but +16% is printed, which would need a base of 1,006 (1,002 to 1,010) (cut off instead of rounded would explain it)",
            ],
        );
    }

    #[test]
    fn any_printing_of_a_count_may_explain_the_change() {
        let figures = vec![
            moved("6,354", 2025),
            moved("7,060", 2024),
            moved("some 7,900", 2024),
            moved("-10%", 2025).since(months(2024)),
        ];
        check("change-differs", &[snapshot(figures, Vec::new())], &[]);
    }

    #[test]
    fn points_are_the_difference_of_shares() {
        let share = |quote: &str, month| printed(quote).origin("SYR").over(Period::month(2024, month));
        let figures = |points: &str| vec![share("36%", 7), share("44%", 6), share(points, 7).since(Period::month(2024, 6))];
        check("change-differs", &[snapshot(figures("-8 points"), Vec::new())], &[]);
        check("change-differs", &[snapshot(figures("-9 points"), Vec::new())], &[]);
        check(
            "change-differs",
            &[snapshot(figures("-18 points"), Vec::new())],
            &[
                "error: Change of the share of persons present from the Syrian Arab Republic in the Western Balkans, July 2024: 36% against 44% is −8 points (−9 to −7 points), but −18 points is printed",
            ],
        );
    }

    #[test]
    fn a_change_that_no_two_figures_give_is_an_error() {
        let fall = |quote: &str| snapshot(vec![moved(quote, 2025).since(months(2024))], Vec::new());
        check("change-differs", &[fall("-100%")], &[]);
        check(
            "change-differs",
            &[fall("-133%")],
            &[
                "error: Change of persons in mixed movements in the Western Balkans, January to July 2025: −133% is printed, but nothing falls by more than 100%",
            ],
        );
        let share = |quote: &str, points: &str| {
            snapshot(
                vec![printed(quote).origin("EGY"), printed(points).origin("EGY").since(Period::month(2024, 6))],
                Vec::new(),
            )
        };
        check("change-differs", &[share("7%", "+7 points"), share("7%", "-90 points")], &[]);
        check(
            "change-differs",
            &[share("7%", "+16 points")],
            &[
                "error: Change of the share of persons present from Egypt in the Western Balkans, July 2024: +16 points is printed, but 7% now would mean −10% to −8% before, which no share can be",
            ],
        );
    }
}
