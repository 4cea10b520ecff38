//! # outlier: a figure far from what its series has been
//!
//! A count is far above or below the range of at least six of the 24 months before, and the step to it from the month before is
//! unusual too. The range is robust: around the median, by the sixth power of the median factor to it, which is some four standard deviations of
//! a series that wanders by factors (median absolute deviation of logarithms; Hampel 1974); never less than a third to three times. Counts
//! from January to a month are taken apart into months first.
//!
//! **Why it matters.** It is how a digit too many looks, and how a crisis looks. Nothing is proven by it.
//!
//! **Example.** 33,000 persons present after 2,100 to 4,400 in the eleven months before.
//!
//! **What to do.** Read the page: the words around the figure tell whether it is meant.

use rust_decimal::Decimal;

use crate::schema::{Finding, Observation, Period, Severity, Statistic};
use crate::validate::archive::{self, Archive, Printing};
use crate::validate::arithmetic;
use crate::validate::check::{Check, Scope};
use crate::validate::key::Key;
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "outlier",
    severity: Severity::Note,
    level: 2,
    source: include_str!("outlier.rs"),
    runs: &[Scope::Subject(run)],
};

/// Fewer earlier figures tell no usual range.
const FEWEST: usize = 6;
/// Only so many of the last months count: a route that closed years ago says nothing about today.
const MONTHS_BACK: i32 = 24;
/// The power of the median factor that is still usual: 4 standard deviations, each 1.4826 median deviations of the logarithm.
const POWER: u32 = 6;
/// A third to three times is never unusual, nor is a step to half or double.
const USUAL_FACTOR: Decimal = Decimal::from_parts(3, 0, 0, false, 0);
const USUAL_STEP: Decimal = Decimal::TWO;
/// Counts of a few persons double without meaning.
const SMALLEST: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// The figure of one month.
#[derive(Clone, Copy)]
struct Month<'a> {
    /// Months since year 0.
    number: i32,
    value: Decimal,
    observation: &'a Observation,
}

fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    let is_count = |printings: &&[Printing<'_>]| {
        let key = printings[0].key;
        key.statistic == Statistic::Count && key.base.is_none() && month_of(key.period).is_some()
    };
    let mut figures: Vec<&[Printing<'_>]> = archive.figures().filter(is_count).collect();
    figures.sort_by_key(|printings| (series(printings), printings[0].key.period.end));
    for series in figures.chunk_by(|one, other| series(one) == series(other)) {
        let months = months(series);
        for (index, month) in months.iter().enumerate().skip(FEWEST) {
            let first = months.partition_point(|earlier| earlier.number < month.number - MONTHS_BACK);
            findings.extend(finding(&months[first..index], month));
        }
    }
}

/// What a count's days are: whether it is a month, the end of one, or runs from January; and the month.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Days {
    EndOfMonth,
    Month,
    FromJanuary,
}

fn month_of(period: Period) -> Option<Days> {
    let (start, end) = (period.start, period.end);
    if end != end.last_of_month() {
        None
    } else if start == end {
        Some(Days::EndOfMonth)
    } else if start.day() != 1 || start.year() != end.year() {
        None
    } else if start.month() == end.month() {
        // January alone is both; as the first of the year's running counts it is a month like the others.
        Some(Days::Month)
    } else {
        (start.month() == 1).then_some(Days::FromJanuary)
    }
}

/// Family, figure, and the kind of its days.
fn series<'a>(printings: &[Printing<'a>]) -> (&'a str, Key<'a>, Option<Days>) {
    let key = printings[0].key;
    let never = Period {
        start: jiff::civil::Date::MIN,
        end: jiff::civil::Date::MIN,
    };
    (printings[0].family, key.over(never), month_of(key.period))
}

/// The months of a series as first printed, running counts taken apart where the month before is known.
fn months<'a>(series: &[&[Printing<'a>]]) -> Vec<Month<'a>> {
    let first = |printings: &[Printing<'a>]| {
        let values = archive::values(archive::in_edition(printings, printings[0].edition));
        let observation = *values.first()?;
        let end = observation.period.end;
        let number = i32::from(end.year()) * 12 + i32::from(end.month());
        arithmetic::is_printed(observation).then_some(Month {
            number,
            value: observation.value,
            observation,
        })
    };
    let printed = series.iter().filter_map(|printings| first(printings));
    if series.first().and_then(|printings| month_of(printings[0].key.period)) != Some(Days::FromJanuary) {
        return printed.collect();
    }
    let running: Vec<Month<'a>> = printed.collect();
    let apart = running.windows(2).filter_map(|pair| {
        let same_year = pair[0].observation.period.start == pair[1].observation.period.start;
        let exact = |month: &Month<'_>| month.observation.interval.low == month.observation.interval.high;
        // The difference of rounded counts says little of a month.
        let value = pair[1].value.checked_sub(pair[0].value)?;
        (same_year && pair[1].number == pair[0].number + 1 && exact(&pair[0]) && exact(&pair[1])).then_some(Month { value, ..pair[1] })
    });
    apart.collect()
}

fn finding(before: &[Month<'_>], month: &Month<'_>) -> Option<Finding> {
    let positive: Vec<Decimal> = before.iter().map(|month| month.value).filter(|value| *value > Decimal::ZERO).collect();
    if positive.len() < FEWEST || month.value <= Decimal::ZERO {
        return None;
    }
    let (median, factor) = usual(positive.clone(), USUAL_FACTOR)?;
    if median.max(month.value) < SMALLEST || between(median, month.value)? <= factor {
        return None;
    }
    let steps: Option<Vec<Decimal>> = before
        .windows(2)
        .filter(|pair| pair[1].number == pair[0].number + 1 && pair[0].value > Decimal::ZERO && pair[1].value > Decimal::ZERO)
        .map(|pair| pair[1].value.checked_div(pair[0].value))
        .collect();
    let last = before
        .last()
        .filter(|last| last.number + 1 == month.number && last.value > Decimal::ZERO)?;
    let steps = steps.filter(|steps| steps.len() + 1 >= FEWEST)?;
    // A series that has been on its way for long, or that comes back from an outlier, is none.
    let (usual_step, step_factor) = usual(steps, USUAL_STEP)?;
    if between(usual_step, month.value.checked_div(last.value)?)? <= step_factor {
        return None;
    }
    let (lowest, highest) = (positive.iter().min()?, positive.iter().max()?);
    // What was seen before is none, unless it was one that stood out itself.
    let as_far = |value: &&Decimal| {
        if month.value > median {
            **value >= month.value
        } else {
            **value <= month.value
        }
    };
    if positive.iter().filter(as_far).count() > 1 {
        return None;
    }
    let observation = month.observation;
    let subject = if month.value == observation.value {
        wording::figure(observation)
    } else {
        format!("{}, {} taken apart", wording::series(observation), wording::period(observation.period))
    };
    let message = format!(
        "{subject} is {}, where the {} before it were {} to {} and {} to {} would be usual",
        wording::number(month.value),
        wording::counted(positive.len(), "month", "months"),
        wording::number(*lowest),
        wording::number(*highest),
        wording::number(median.checked_div(factor)?.round()),
        wording::number(median.checked_mul(factor)?.round())
    );
    let draft = CHECK.draft(message).figure(observation).figure(last.observation);
    Some(
        draft
            .printed(&observation.value.normalize())
            .help("read the words around it: nothing is proven")
            .finish(),
    )
}

/// The median of positive numbers, and the factor up or down from it that is still usual.
fn usual(mut numbers: Vec<Decimal>, least: Decimal) -> Option<(Decimal, Decimal)> {
    numbers.sort_unstable();
    let median = *numbers.get(numbers.len() / 2)?;
    let mut factors: Vec<Decimal> = numbers.iter().map(|number| between(median, *number)).collect::<Option<_>>()?;
    factors.sort_unstable();
    let typical = *factors.get(factors.len() / 2)?;
    let power = (1..POWER).try_fold(typical, |power, _| power.checked_mul(typical))?;
    Some((median, power.max(least)))
}

/// The factor, at least 1, that leads from one positive number to the other.
fn between(one: Decimal, other: Decimal) -> Option<Decimal> {
    one.max(other).checked_div(one.min(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Extraction;
    use crate::validate::testing::{Tell, check, edition, printed};

    /// Persons present at the end of each month from January 2024.
    fn stocks(quotes: &[&str]) -> Vec<Extraction> {
        let issue = |(index, quote): (usize, &&str)| {
            let month = i8::try_from(index + 1).unwrap();
            let end = Period::month(2024, month).unwrap().end;
            edition(&format!("2024-{month:02}"), vec![printed(quote).over(Some(Period::day(end)))], Vec::new())
        };
        quotes.iter().enumerate().map(issue).collect()
    }

    #[test]
    fn a_digit_too_many_is_a_note() {
        check(
            "outlier",
            &stocks(&["3,300", "2,900", "3,100", "2,500", "2,800", "3,400", "31,000", "3,000"]),
            &[
                "note: Persons present in the Western Balkans on 31 July 2024 is 31,000, where the 6 months before it were 2,500 to 3,400 and 1,033 to 9,300 would be usual",
            ],
        );
    }

    #[test]
    fn one_outlier_hides_no_other_and_what_comes_again_is_none() {
        let quotes = ["3,300", "2,900", "3,100", "2,500", "2,800", "3,400", "31,000", "3,000", "28,000"];
        let found = crate::validate::testing::found("outlier", &stocks(&quotes));
        assert_eq!(found.len(), 2);
        let quotes = ["3,300", "2,900", "31,000", "2,500", "30,000", "3,400", "3,000", "29,000"];
        assert_eq!(crate::validate::testing::found("outlier", &stocks(&quotes)), []);
    }

    #[test]
    fn what_wanders_rises_steadily_or_is_small_is_silent() {
        check("outlier", &stocks(&["3,300", "2,900", "3,100", "2,500", "2,800", "3,400", "4,900"]), &[]);
        check("outlier", &stocks(&["100", "150", "230", "340", "510", "770", "1,150", "1,720"]), &[]);
        check("outlier", &stocks(&["2", "3", "1", "2", "4", "2", "19"]), &[]);
    }

    #[test]
    fn five_earlier_figures_are_too_few() {
        check("outlier", &stocks(&["3,300", "2,900", "3,100", "2,500", "2,800", "31,000"]), &[]);
    }

    #[test]
    fn running_counts_are_taken_apart() {
        let issue = |(index, quote): (usize, &&str)| {
            let month = i8::try_from(index + 1).unwrap();
            let figure = printed(quote).of("asylum_applications").over(Period::months(2024, 1, month));
            edition(&format!("2024-{month:02}"), vec![figure], Vec::new())
        };
        let running = |quotes: &[&str]| quotes.iter().enumerate().map(issue).collect::<Vec<_>>();
        check("outlier", &running(&["100", "210", "300", "405", "500", "600", "710", "815", "900"]), &[]);
        check(
            "outlier",
            &running(&["100", "210", "300", "405", "500", "600", "710", "815", "1,900"]),
            &[
                "note: Asylum applications in the Western Balkans, January to September 2024 taken apart is 1,085, where the 6 months before it were 90 to 110 and 35 to 315 would be usual",
            ],
        );
    }
}
