//! # cumulative-falls: a year-to-date figure is lower than a month before
//!
//! A count that runs from 1 January is lower in a later edition than the same count up to an earlier day of that year, so that the
//! months in between come out negative. Where the earlier count had been revised by then, so that it no longer falls, nothing is
//! said; where it was revised only later, this is a warning that names the revision.
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
    runs: &[Scope::Subject(run)],
};

fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    let is_cumulative = |printings: &&[Printing<'_>]| {
        let key = printings[0].key;
        key.statistic == Statistic::Count && key.base.is_none() && starts_its_year(key.period) && knowledge::is_flow(key.indicator.text(), key.period)
    };
    let mut figures: Vec<&[Printing<'_>]> = archive.figures().filter(is_cumulative).collect();
    figures.sort_by_key(|printings| (series(printings), printings[0].key.period.end));
    for year in figures.chunk_by(|one, other| series(one) == series(other)) {
        // The highest count so far: "some 7,500" between two editions does not hide that 7,540 became 7,500.
        let mut highest: Option<&[Printing<'_>]> = None;
        for pair in year.windows(2) {
            let found = finding(pair[0], pair[1]).or_else(|| finding(highest?, pair[1]));
            let surely = |printings: &[Printing<'_>]| archive::values(printings).first().map(|value| value.interval.low);
            if found.is_some() {
                highest = None;
            } else if highest.is_none_or(|highest| surely(highest) < surely(pair[0])) {
                highest = Some(pair[0]);
            }
            findings.extend(found);
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
    let all_before = before;
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
    let mut message = format!(
        "{} fell from {} ({}, {} edition) to {} ({}, {} edition), though it can only grow",
        wording::series(new),
        wording::value(old),
        wording::period(old.period),
        old.edition,
        wording::value(new),
        wording::period(new.period),
        new.edition
    );
    if let Some(months) = days_between(old.period, new.period) {
        let between = arithmetic::difference(new.interval, old.interval)?;
        message = format!(
            "{message}; {} would be {}",
            wording::period(months),
            wording::amounts(Statistic::Count, between)
        );
    }
    // A later edition may print the earlier count as it had been revised.
    let revised = all_before
        .iter()
        .filter(|printing| printing.edition > edition)
        .map(|printing| printing.observation);
    let revised = revised
        .into_iter()
        .find(|revised| after.iter().any(|new| revised.interval.low <= new.interval.high));
    if let Some(revised) = revised {
        message = format!(
            "{message}; the {} edition prints {} for {}, with which it grows",
            revised.edition,
            wording::value(revised),
            wording::period(revised.period)
        );
    }
    let draft = CHECK.draft(message).figure(new).figure(old);
    let draft = match revised {
        Some(revised) => draft.figure(revised).at_most(Severity::Warning),
        None => draft,
    };
    let draft = draft
        .printed(&new.value.normalize())
        .expected(&format!("at least {}", old.interval.low.normalize()));
    Some(
        draft
            .help("ask the publisher whether the series was revised; do not take the difference as a month's figure")
            .finish(),
    )
}

/// The days after one count and up to the end of the other.
fn days_between(before: Period, after: Period) -> Option<Period> {
    Period::new(before.end.tomorrow().ok()?, after.end)
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
                "error: New arrivals in the Western Balkans fell from 7,500 (January to June 2024, 2024-06 edition) to 7,400 (January to July 2024, 2024-07 edition), though it can only grow; July 2024 would be −100",
            ],
        );
    }

    #[test]
    fn a_rounded_count_in_between_hides_no_fall() {
        check(
            "cumulative-falls",
            &[issue(5, &[("7,540", 5)]), issue(6, &[("some 7,500", 6)]), issue(7, &[("7,500", 7)])],
            &[
                "error: New arrivals in the Western Balkans fell from 7,540 (January to May 2024, 2024-05 edition) to 7,500 (January to July 2024, 2024-07 edition), though it can only grow; June to July 2024 would be −40",
            ],
        );
    }

    #[test]
    fn a_revision_printed_later_is_named_in_a_warning() {
        check(
            "cumulative-falls",
            &[
                issue(6, &[("7,500", 6)]),
                issue(7, &[("7,400", 7)]),
                issue(8, &[("7,600", 8), ("7,100", 6)]),
            ],
            &[
                "warning: New arrivals in the Western Balkans fell from 7,500 (January to June 2024, 2024-06 edition) to 7,400 (January to July 2024, 2024-07 edition), though it can only grow; July 2024 would be −100; the 2024-08 edition prints 7,100 for January to June 2024, with which it grows",
            ],
        );
    }

    #[test]
    fn each_place_and_origin_is_a_count_of_its_own() {
        let by_place = |month: i8, serbia: &str, albania: &str| {
            let figure = |quote: &str, area: &str| printed(quote).of("new_arrivals").area(area).over(Period::months(2024, 1, month));
            edition(
                &format!("2024-{month:02}"),
                vec![figure(serbia, "SRB"), figure(albania, "ALB")],
                Vec::new(),
            )
        };
        check(
            "cumulative-falls",
            &[by_place(6, "500", "90"), by_place(7, "540", "70")],
            &[
                "error: New arrivals in Albania fell from 90 (January to June 2024, 2024-06 edition) to 70 (January to July 2024, 2024-07 edition), though it can only grow; July 2024 would be −20",
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
