//! # cumulative-falls: a year-to-date figure is lower than a month before
//!
//! A count that runs from 1 January is lower in a later edition than the same count up to an earlier day of that year. Figures that
//! the earlier edition's revision explains are left alone.
//!
//! **Why it matters.** Such a count can only grow: one of the two is wrong, or it was revised without notice.
//!
//! **Example.** 7,900 from January to July, 7,400 from January to August.
//!
//! **What to do.** Ask the publisher whether the series was revised; do not take the difference as a month's figure.

use crate::schema::{Finding, Period, Severity, Statistic};
use crate::validate::archive::{self, Archive, Printing};
use crate::validate::arithmetic::{self, Reading};
use crate::validate::check::{Check, Scope};
use crate::validate::key::Key;
use crate::validate::{knowledge, wording};

pub(super) static CHECK: Check = Check {
    code: "cumulative-falls",
    severity: Severity::Error,
    level: 2,
    source: include_str!("cumulative_falls.rs"),
    runs: &[Scope::Archive(run)],
};

fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    let is_cumulative = |printings: &&[Printing<'_>]| {
        let key = printings[0].key;
        key.statistic == Statistic::Count && key.base.is_none() && starts_its_year(key.period) && knowledge::is_flow(key.indicator, key.period)
    };
    let mut figures: Vec<&[Printing<'_>]> = archive.figures().filter(is_cumulative).collect();
    figures.sort_by_key(|printings| (series(printings), printings[0].key.period.end));
    for year in figures.chunk_by(|one, other| series(one) == series(other)) {
        for pair in year.windows(2) {
            findings.extend(finding(pair[0], pair[1]));
        }
    }
}

fn starts_its_year(period: Period) -> bool {
    period.start.month() == 1 && period.start.day() == 1 && period.end.year() == period.start.year()
}

/// Family, figure and year.
fn series<'a>(printings: &[Printing<'a>]) -> (&'a str, Key<'a>) {
    let key = printings[0].key;
    let year = Period {
        start: key.period.start,
        end: key.period.start,
    };
    (printings[0].family, key.over(year))
}

/// The finding about a count up to one day and the same count up to a later day.
fn finding(before: &[Printing<'_>], after: &[Printing<'_>]) -> Option<Finding> {
    // The edition that first printed the later count is held against all that was printed of the earlier one by then.
    let edition = after[0].edition;
    let (after, before) = (archive::in_edition(after, edition), archive::up_to_edition(before, edition));
    if !archive::in_edition(before, edition).is_empty() {
        // Both stand in one edition: a month that is more than the months it lies in is told there.
        return None;
    }
    let (before, after) = (archive::values(before.iter().rev()), archive::values(after));
    let (old, new) = (*before.first()?, *after.first()?);
    let grows = arithmetic::any_pair(&before, &after, Reading::Rounded, |old, new| Some(old.low <= new.high));
    if old.unit != new.unit || grows != Some(false) {
        return None;
    }
    let message = format!(
        "{} fell from {} ({}, {} edition) to {} ({}, {} edition), though it can only grow",
        wording::series(new),
        wording::value(old),
        wording::period(old.period),
        old.edition,
        wording::value(new),
        wording::period(new.period),
        new.edition
    );
    let draft = CHECK.draft(message).figure(new).figure(old);
    let draft = draft
        .printed(&new.value.normalize())
        .expected(&format!("at least {}", old.interval.low.normalize()));
    Some(
        draft
            .help("ask the publisher whether the series was revised; do not take the difference as a month's figure")
            .finish(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Extraction;
    use crate::validate::testing::{Tell, check, edition, printed};

    fn issue(month: i8, figures: &[(&str, i8)]) -> Extraction {
        let figures = figures
            .iter()
            .map(|(quote, last)| printed(quote).of("new_arrivals").over(Period::months(2024, 1, *last)));
        edition(&format!("2024-{month:02}"), figures.collect(), Vec::new())
    }

    #[test]
    fn a_count_that_grows_or_rests_is_silent() {
        check(
            "cumulative-falls",
            &[issue(6, &[("7,500", 6)]), issue(7, &[("some 7,900", 7)]), issue(8, &[("7,900", 8)])],
            &[],
        );
        check("cumulative-falls", &[issue(6, &[("some 7,500", 6)]), issue(7, &[("7,460", 7)])], &[]);
    }

    #[test]
    fn a_fall_is_an_error_once() {
        check(
            "cumulative-falls",
            &[issue(6, &[("7,500", 6)]), issue(7, &[("7,400", 7)]), issue(8, &[("7,450", 8)])],
            &[
                "error: New arrivals in the Western Balkans fell from 7,500 (January to June 2024, 2024-06 edition) to 7,400 (January to July 2024, 2024-07 edition), though it can only grow",
            ],
        );
    }

    #[test]
    fn a_revision_in_between_explains_it() {
        check(
            "cumulative-falls",
            &[issue(6, &[("7,500", 6)]), issue(7, &[("7,400", 7), ("7,000", 6)])],
            &[],
        );
    }

    #[test]
    fn stocks_and_other_years_may_fall() {
        let stock = |day: i8, quote: &str| {
            let day = Period::day(jiff::civil::date(2024, 1, day));
            edition(&format!("2024-01-{}", day.start.day()), vec![printed(quote).over(Some(day))], Vec::new())
        };
        check("cumulative-falls", &[stock(1, "3,300"), stock(1, "2,300")], &[]);
        let next_year = printed("100").of("new_arrivals").over(Period::months(2025, 1, 1));
        check(
            "cumulative-falls",
            &[issue(12, &[("7,500", 12)]), edition("2025-01", vec![next_year], Vec::new())],
            &[],
        );
    }
}
