//! A period to words that hold for every edition: `January to the month`, `the month`, `the month before`.

use jiff::civil::Date;

use crate::schema::Period;

/// A period as an edition sees it: how far it is from what the edition is about, and the words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Relative {
    rank: u32,
    /// The words.
    pub(super) words: String,
}

/// The period in words relative to the edition's month; the period itself where there are none.
///
/// In January the month and the months since January are one: `is_cumulative` tells which an indicator is printed for.
pub(super) fn relative(period: Period, edition: &str, is_cumulative: Cumulation) -> Relative {
    let of = |rank: u32, words: String| Relative { rank, words };
    let absolute = of(900, period.to_string());
    let Some(month) = format!("{edition}-01").parse::<Date>().ok() else {
        return absolute;
    };
    let months = |from: Date, to: Date| i32::from(to.year() - from.year()) * 12 + i32::from(to.month() - from.month());
    let Period { start, end } = period;
    let (before, length) = (months(end, month), months(start, end) + 1);
    let ago = u32::try_from(before).unwrap_or(800).min(800);
    let is_whole = start.day() == 1 && end == end.last_of_month();
    let since_january = is_whole && start.month() == 1 && start.year() == end.year();
    if period.is_day() {
        let day = if end == end.last_of_month() {
            "end of".to_owned()
        } else {
            format!("day {} of", end.day())
        };
        return of(2 + ago, format!("{day} {}", named(before)));
    }
    if since_january && (length > 1 || is_cumulative == Cumulation::SinceJanuary) {
        if length == 12 && before == i32::from(month.month()) {
            return of(40, "the whole year before".to_owned());
        }
        match before {
            0 => return of(0, "January to the month".to_owned()),
            12 => return of(30, "January to the month, a year before".to_owned()),
            _ if length > 1 => return absolute,
            _ => {}
        }
    }
    if is_whole && length == 1 {
        return of(2 + ago, named(before));
    }
    absolute
}

/// What an indicator is printed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cumulation {
    /// From 1 January to the edition's month.
    SinceJanuary,
    /// The edition's month.
    Month,
}

fn named(months_before: i32) -> String {
    match months_before {
        0 => "the month".to_owned(),
        1 => "the month before".to_owned(),
        12 => "the month, a year before".to_owned(),
        2.. => format!("the month, {months_before} months before"),
        _ => format!("the month, {} months after", -months_before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start: &str, end: &str, edition: &str, expected: &str) {
        let period = Period::new(start.parse().unwrap(), end.parse().unwrap()).unwrap();
        assert_eq!(relative(period, edition, Cumulation::SinceJanuary).words, expected);
    }

    #[test]
    fn a_period_is_said_as_its_edition_sees_it() {
        check("2024-01-01", "2024-07-31", "2024-07", "January to the month");
        check("2024-01-01", "2024-01-31", "2024-01", "January to the month");
        check("2023-01-01", "2023-07-31", "2024-07", "January to the month, a year before");
        check("2023-01-01", "2023-12-31", "2024-07", "the whole year before");
        check("2024-07-01", "2024-07-31", "2024-07", "the month");
        check("2024-06-01", "2024-06-30", "2024-07", "the month before");
        check("2024-01-01", "2024-01-31", "2024-07", "the month, 6 months before");
        check("2024-07-31", "2024-07-31", "2024-07", "end of the month");
        check("2023-12-31", "2023-12-31", "2024-01", "end of the month before");
        check("2024-07-28", "2024-07-28", "2024-07", "day 28 of the month");
        check("2016-01-01", "2023-12-31", "2024-07", "2016-01-01 to 2023-12-31");
        check("2024-01-15", "2024-02-14", "2024-02", "2024-01-15 to 2024-02-14");
        check("2024-01-01", "2024-07-31", "unknown", "2024-01-01 to 2024-07-31");
    }

    #[test]
    fn what_is_printed_by_month_is_the_month_in_january_too() {
        let january = Period::month(2024, 1).unwrap();
        assert_eq!(relative(january, "2024-01", Cumulation::Month).words, "the month");
    }
}
