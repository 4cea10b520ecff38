//! Words of messages: figures, numbers, days and lists go in, as people print them they come out.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::schema::{Interval, Observation, Period, Qualifier, Sex, Statistic};

use super::knowledge;

/// What a figure measures: `asylum applications in Serbia, January to July 2024`.
pub(super) fn figure(observation: &Observation) -> String {
    let mut words = series(observation);
    words.push_str(if observation.period.is_day() { " on " } else { ", " });
    words.push_str(&period(observation.period));
    words
}

/// What a figure measures, without its days: `asylum applications in Serbia`.
pub(super) fn series(observation: &Observation) -> String {
    let label = knowledge::label(&observation.indicator);
    let mut words = match observation.statistic {
        Statistic::Count | Statistic::Ratio => label,
        Statistic::Share => format!("share of {label}"),
        Statistic::Change => format!("change of {label}"),
        Statistic::ShareChange => format!("change of the share of {label}"),
    };
    match observation.sex {
        Some(Sex::Male) => words.push_str(" (male)"),
        Some(Sex::Female) => words.push_str(" (female)"),
        None => {}
    }
    if !observation.group.is_empty() {
        words = format!("{words} ({})", observation.group);
    }
    if !observation.origin.is_empty() {
        words = format!("{words} {}", knowledge::origin(&observation.origin));
    }
    if !observation.area.is_empty() {
        words = format!("{words} in {}", knowledge::name(&observation.area));
    }
    words
}

/// The printed number in the form of its kind: `some 7,900`, `36%`, `−8 points`, `+16%`.
pub(super) fn value(observation: &Observation) -> String {
    let number = amount(observation.statistic, observation.value);
    match observation.qualifier {
        Qualifier::Exact => number,
        Qualifier::About => format!("some {number}"),
        Qualifier::Over => format!("more than {number}"),
        Qualifier::Under => format!("less than {number}"),
    }
}

/// A number as a kind of figure: `7,900`, `36%`, `+16%`, `−8 points`.
pub(super) fn amount(statistic: Statistic, number: Decimal) -> String {
    let plus = if number > Decimal::ZERO { "+" } else { "" };
    let digits = self::number(number);
    match statistic {
        Statistic::Count => digits,
        Statistic::Share | Statistic::Ratio => format!("{digits}%"),
        Statistic::Change => format!("{plus}{digits}%"),
        Statistic::ShareChange => format!("{plus}{digits} points"),
    }
}

/// An interval as a kind of figure: `7,020 to 7,100`, `−20.1% to −19.1%`.
pub(super) fn amounts(statistic: Statistic, interval: Interval) -> String {
    if interval.low == interval.high {
        amount(statistic, interval.low)
    } else if statistic == Statistic::ShareChange {
        format!("{} to {}", number(interval.low), amount(statistic, interval.high))
    } else {
        format!("{} to {}", amount(statistic, interval.low), amount(statistic, interval.high))
    }
}

/// A number with grouped thousands and a true minus: `−1,017.5`.
pub(super) fn number(number: Decimal) -> String {
    let plain = number.normalize().abs().to_string();
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut words = String::with_capacity(plain.len() + plain.len() / 3 + 3);
    if number < Decimal::ZERO {
        words.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    if let Some(fraction) = fraction {
        words.push('.');
        words.push_str(fraction);
    }
    words
}

/// Days as people write them: `31 July 2024`, `December 2024`, `January to July 2024`, `2016 to 2023`.
pub(super) fn period(period: Period) -> String {
    let (start, end) = (period.start, period.end);
    if start == end {
        return day(start);
    }
    let whole_months = start.day() == 1 && end == end.last_of_month();
    if !whole_months {
        return format!("{} to {}", day(start), day(end));
    }
    let whole_years = start.month() == 1 && end.month() == 12;
    match (start.year() == end.year(), start.month() == end.month()) {
        (true, _) if whole_years => end.year().to_string(),
        (false, _) if whole_years => format!("{} to {}", start.year(), end.year()),
        (true, true) => month(end),
        (true, false) => format!("{} to {}", month_name(start.month()), month(end)),
        (false, _) => format!("{} to {}", month(start), month(end)),
    }
}

/// `2 and 3`, `2, 3 and 4`.
pub(super) fn list<T: AsRef<str>>(parts: &[T]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), last.as_ref())
        }
    }
}

/// The first of a list, and how many more there are: `2, 3 and 7 more`.
pub(super) fn list_up_to<T: AsRef<str>>(limit: usize, parts: &[T]) -> String {
    if parts.len() <= limit {
        return list(parts);
    }
    let mut shown: Vec<String> = parts[..limit].iter().map(|part| part.as_ref().to_owned()).collect();
    shown.push(format!("{} more", parts.len() - limit));
    list(&shown)
}

/// The beginning of a text on one line, with an ellipsis where it goes on.
pub(super) fn clipped(text: &str, characters: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(characters) {
        Some((cut, _)) => format!("{}…", words[..cut].trim_end()),
        None => words,
    }
}

/// A word with its number: `1 month`, `45 months`.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A month of an edition: `July 2024`.
pub(super) fn month_of(year: i16, month: i8) -> String {
    format!("{} {year}", month_name(month))
}

fn day(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

fn month(date: Date) -> String {
    month_of(date.year(), date.month())
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
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
    usize::try_from(month - 1)
        .ok()
        .and_then(|index| NAMES.get(index).copied())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_number(input: &str, expected: &str) {
        assert_eq!(number(input.parse().unwrap()), expected);
    }

    #[test]
    fn numbers_are_grouped_in_threes() {
        check_number("7", "7");
        check_number("343", "343");
        check_number("1017", "1,017");
        check_number("-1234567.50", "−1,234,567.5");
        check_number("-0", "0");
    }

    fn check_period(period: Option<Period>, expected: &str) {
        assert_eq!(super::period(period.unwrap()), expected);
    }

    #[test]
    fn days_are_named_as_in_reports() {
        check_period(Period::month(2024, 12), "December 2024");
        check_period(Period::months(2024, 1, 7), "January to July 2024");
        check_period(Period::months(2024, 1, 12), "2024");
        check_period(Period::years(2016, 2023), "2016 to 2023");
        check_period(Some(Period::day(jiff::civil::date(2024, 7, 31))), "31 July 2024");
        check_period(
            Period::new(jiff::civil::date(2019, 5, 1), jiff::civil::date(2019, 5, 15)),
            "1 May 2019 to 15 May 2019",
        );
        check_period(
            Period::new(jiff::civil::date(2023, 11, 1), jiff::civil::date(2024, 1, 31)),
            "November 2023 to January 2024",
        );
    }

    #[test]
    fn lists_end_in_and() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list_up_to(2, &["a", "b", "c", "d"]), "a, b and 2 more");
    }
}
