//! Tokens to a date written in figures alone.

use super::{
    super::token::{TokenKind, Tokens, is_hyphen},
    point::{Date, Point, YEARS},
};

/// `31-01-2020`, `31/01/2020`, `31.01.2020`, `2020-01-31`, `12/2024`, `2024-12`; day before month.
pub(super) fn numeric_date(tokens: &Tokens<'_>, start: usize) -> Option<Point> {
    let separator = |at: usize| match tokens.kind(at) {
        Some(TokenKind::Mark(mark)) if is_hyphen(mark) => Some('-'),
        Some(TokenKind::Mark(mark @ ('/' | '.'))) => Some(mark),
        _ => None,
    };
    let length = |at: usize| if tokens.is_digits(at) { tokens.token_text(at).len() } else { 0 };
    let number = |at: usize| tokens.small(at, 4).unwrap_or(0);
    let mark = separator(start + 1)?;
    let three = separator(start + 3) == Some(mark) && length(start + 4) > 0;
    if three {
        let free = separator(start + 5).is_none() || length(start + 6) == 0;
        let (day, month, year) = match (length(start), length(start + 2), length(start + 4)) {
            (1..=2, 1..=2, 4) => (number(start), number(start + 2), number(start + 4)),
            (4, 1..=2, 1..=2) => (number(start + 4), number(start + 2), number(start)),
            _ => return None,
        };
        if !free || !YEARS.contains(&year) || tokens.is_word(start + 5) && mark == '.' {
            return None;
        }
        // A month-first date (`01/31/2020`) is a real day that we do not read: neither reported nor guessed.
        if month > 12 && day <= 12 {
            return Some(Point::numeric(Date::Vague, start + 5));
        }
        return Some(Point::numeric(
            Date::Day {
                day,
                month,
                year: Some(year as i16),
            },
            start + 5,
        ));
    }
    let end = start + 3;
    let (month, year) = match (length(start), length(start + 2)) {
        (1..=2, 4) => (number(start), number(start + 2)),
        (4, 2) => (number(start + 2), number(start)),
        (4, 4) if mark == '/' && number(start + 2) == number(start) + 1 && YEARS.contains(&number(start)) => {
            return Some(Point::numeric(Date::Vague, end));
        }
        _ => return None,
    };
    if !YEARS.contains(&year) || tokens.is_word(end) || (tokens.is_mark(end, '%')) {
        return None;
    }
    let season = mark == '/' && length(start) == 4 && month == (year + 1) % 100;
    if season {
        return Some(Point::numeric(Date::Vague, end));
    }
    (1..=12).contains(&month).then(|| {
        Point::numeric(
            Date::Months {
                from: month,
                to: month,
                year: Some(year as i16),
            },
            end,
        )
    })
}
