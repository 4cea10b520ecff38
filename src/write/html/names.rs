//! Codes and numbers to what people call them: names of places and indicators, grouped digits, a true minus.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::contents::Contents;
use crate::schema::{Interval, Observation, Period, Statistic, codebook::codebook};

/// A number as print has it: `7,914`, `−16.5`.
pub(super) fn number(number: Decimal) -> String {
    let plain = number.normalize().abs().to_string();
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = String::new();
    if number.is_sign_negative() && !number.is_zero() {
        text.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A number of a statistic: `7,914`, `47%`, `+2 points`.
pub(super) fn amount(statistic: Statistic, amount: Decimal) -> String {
    let plus = if amount > Decimal::ZERO { "+" } else { "" };
    let digits = number(amount);
    match statistic {
        Statistic::Count => digits,
        Statistic::Share | Statistic::Ratio => format!("{digits}%"),
        Statistic::Change => format!("{plus}{digits}%"),
        Statistic::ShareChange => format!("{plus}{digits} points"),
    }
}

/// What a printed figure stands for: `7,914`, `7,850 to 7,950`.
pub(super) fn span(statistic: Statistic, interval: Interval) -> String {
    if interval.low == interval.high {
        amount(statistic, interval.low)
    } else {
        format!("{} to {}", amount(statistic, interval.low), amount(statistic, interval.high))
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Days as people name them: `31 July 2024`, `July 2024`, `January to July 2024`, `2016 to 2023`.
pub(super) fn period(period: Period) -> String {
    let (start, end) = (period.start, period.end);
    let month = |day: jiff::civil::Date| MONTHS[usize::from(day.month().unsigned_abs()).clamp(1, 12) - 1];
    if start == end {
        return format!("{} {} {}", start.day(), month(start), start.year());
    }
    if start.day() != 1 || end != end.last_of_month() {
        return period.to_string();
    }
    match (start.year() == end.year(), start.month(), end.month()) {
        (true, first, last) if first == last => format!("{} {}", month(start), start.year()),
        (true, 1, 12) => start.year().to_string(),
        (false, 1, 12) => format!("{} to {}", start.year(), end.year()),
        (true, ..) => format!("{} to {} {}", month(start), month(end), end.year()),
        (false, ..) => format!("{} {} to {} {}", month(start), start.year(), month(end), end.year()),
    }
}

/// The names of all places and origins that occur, by code.
pub(super) fn places(contents: &Contents<'_>) -> Value {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for observation in observations(contents) {
        for code in [&observation.area, &observation.origin] {
            if !code.is_empty() {
                names.push((code, codebook().name(code)));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|(code, name)| (code.to_owned(), json!(name)))
        .collect::<Map<_, _>>()
        .into()
}

/// What is known of all indicators that occur, by code.
pub(super) fn indicators(contents: &Contents<'_>) -> Value {
    let mut codes: Vec<&str> = observations(contents).map(|observation| observation.indicator.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let entry = |code: &str| match codebook().indicator(code) {
        Some(entry) => json!({
            "label": entry.label,
            "definition": entry.definition,
            "kind": entry.kind.as_str(),
            "additive": entry.is_additive(),
            "why": entry.additive_why,
        }),
        None => json!({ "label": code.replace('_', " ") }),
    };
    codes.into_iter().map(|code| (code.to_owned(), entry(code))).collect::<Map<_, _>>().into()
}

fn observations<'a>(contents: &Contents<'a>) -> impl Iterator<Item = &'a Observation> {
    contents.dataset.extractions.iter().flat_map(|extraction| &extraction.observations)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(statistic: Statistic, figure: &str, expected: &str) {
        assert_eq!(amount(statistic, figure.parse().expect("a number")), expected);
    }

    #[test]
    fn numbers_are_written_as_print_has_them() {
        check(Statistic::Count, "1017.0", "1,017");
        check(Statistic::Count, "1234567", "1,234,567");
        check(Statistic::Count, "-100", "−100");
        check(Statistic::Share, "12.5", "12.5%");
        check(Statistic::Change, "16", "+16%");
        check(Statistic::Change, "-16", "−16%");
        check(Statistic::ShareChange, "0", "0 points");
    }

    #[test]
    fn days_are_named_as_people_name_them() {
        let check = |start: &str, end: &str, expected: &str| {
            let days = Period::new(start.parse().expect("a day"), end.parse().expect("a day")).expect("in order");
            assert_eq!(period(days), expected);
        };
        check("2024-07-31", "2024-07-31", "31 July 2024");
        check("2024-02-01", "2024-02-29", "February 2024");
        check("2024-01-01", "2024-07-31", "January to July 2024");
        check("2024-01-01", "2024-12-31", "2024");
        check("2016-01-01", "2023-12-31", "2016 to 2023");
        check("2023-10-01", "2024-03-31", "October 2023 to March 2024");
        check("2024-07-02", "2024-07-15", "2024-07-02 to 2024-07-15");
    }
}
