//! Tokens to one date: a day, a month, a quarter or half, the first months of a year, a year.

use super::{
    super::{
        language::{Language, Lexeme, NumberWord},
        token::{TokenKind, Tokens, is_hyphen},
    },
    Edge,
};

/// Years that a report can be about or look back to.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

/// What one date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Date {
    Day {
        day: u32,
        month: u32,
        year: Option<i16>,
    },
    /// `22` of `22-25 December`.
    DayOnly(u32),
    /// A month, or several: a quarter, a half.
    Months {
        from: u32,
        to: u32,
        year: Option<i16>,
    },
    Year(i16),
    /// No calendar has that day.
    Impossible,
    /// `2023/24`: read over.
    Vague,
}

/// One date and the token after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub(super) date: Date,
    pub(super) end: usize,
    /// Figures only, as `31/01/2020`.
    pub(super) numeric: bool,
    /// The single month's name is an ordinary word, too, and stands bare.
    pub(super) ambiguous: bool,
}

impl Point {
    fn new(date: Date, end: usize) -> Self {
        let date = match date {
            Date::Day { day, month, year } if !exists(day, month, year) => Date::Impossible,
            other => other,
        };
        Self {
            date,
            end,
            numeric: false,
            ambiguous: false,
        }
    }

    fn numeric(date: Date, end: usize) -> Self {
        Self {
            numeric: true,
            ..Self::new(date, end)
        }
    }
}

impl Date {
    /// First and last edge; none for what is no date by itself.
    pub(super) fn edges(self) -> Option<(Edge, Edge)> {
        match self {
            Self::Day { day, month, year } => {
                let edge = Edge { year, month, day: Some(day) };
                Some((edge, edge))
            }
            Self::Months { from, to, year } => Some((
                Edge {
                    year,
                    month: from,
                    day: None,
                },
                Edge { year, month: to, day: None },
            )),
            Self::Year(year) => Self::Months {
                from: 1,
                to: 12,
                year: Some(year),
            }
            .edges(),
            Self::DayOnly(_) | Self::Impossible | Self::Vague => None,
        }
    }

    pub(super) fn with_year(self, year: i16) -> Self {
        match self {
            Self::Day { day, month, year: None } => Self::Day {
                day,
                month,
                year: Some(year),
            },
            Self::Months { from, to, year: None } => Self::Months { from, to, year: Some(year) },
            other => other,
        }
    }

    pub(super) fn is_yearless(self) -> bool {
        matches!(self, Self::Day { year: None, .. } | Self::Months { year: None, .. })
    }
}

/// Whether a calendar has the day; 29 February where no year is printed.
fn exists(day: u32, month: u32, year: Option<i16>) -> bool {
    jiff::civil::Date::new(year.unwrap_or(2000), month as i8, day as i8).is_ok()
}

/// The date that starts at the token.
pub(super) fn point(tokens: &Tokens<'_>, start: usize, language: &Language) -> Option<Point> {
    match tokens.kind(start)? {
        TokenKind::Digits => numeric_date(tokens, start)
            .or_else(|| day_month(tokens, start, language))
            .or_else(|| day_only(tokens, start, language))
            .or_else(|| ordinal_digits(tokens, start, language))
            .or_else(|| year_point(tokens, start, language)),
        TokenKind::Word(word) if word != 0 => {
            let lexeme = language.lexeme(word);
            if let Some(month) = lexeme.month {
                month_point(tokens, start, month, lexeme, language)
            } else if lexeme.quarter_letter || lexeme.half_letter {
                lettered(tokens, start, lexeme, language)
            } else {
                lexeme
                    .ordinal
                    .or_else(|| lexeme.last.then_some(0))
                    .and_then(|ordinal| part_of_year(tokens, start + 1, ordinal, language))
            }
        }
        _ => None,
    }
}

/// The year at the token, if it stands as one.
pub(super) fn year_at(tokens: &Tokens<'_>, index: usize) -> Option<i16> {
    let year = tokens
        .small(index, 4)
        .filter(|year| YEARS.contains(year) && tokens.token_text(index).len() == 4)?;
    let free = match tokens.kind(index + 1) {
        Some(TokenKind::Word(_) | TokenKind::Mark('%')) => false,
        Some(TokenKind::Mark(',' | '.' | '\'' | '’' | ':' | '/' | '_' | '@')) => !tokens.is_digits(index + 2),
        _ => true,
    };
    (free && !(tokens.is_gap(index + 1) && tokens.is_mark(index + 2, '%'))).then_some(year as i16)
}

fn lexeme<'language>(tokens: &Tokens<'_>, index: usize, language: &'language Language) -> Option<&'language Lexeme> {
    match tokens.kind(index)? {
        TokenKind::Word(word) => Some(language.lexeme(word)),
        _ => None,
    }
}

/// Part of a longer word, number or reference: `covid19`, `S/RES/1244`, `COVID-2019`.
pub(super) fn is_glued(tokens: &Tokens<'_>, start: usize, language: &Language) -> bool {
    let Some(before) = start.checked_sub(1) else { return false };
    let two_before = start.checked_sub(2);
    let word_before = two_before.is_some_and(|at| tokens.is_word(at));
    let month_before = two_before
        .and_then(|at| lexeme(tokens, at, language))
        .is_some_and(|lexeme| lexeme.month.is_some());
    match tokens.kind(before) {
        Some(TokenKind::Word(_)) => tokens.is_digits(start),
        Some(TokenKind::Digits | TokenKind::Mark('_' | '@' | '#' | '^' | '$' | '€' | '£')) => true,
        Some(TokenKind::Mark('/' | '.' | ',' | '\\')) => (word_before && !month_before) || two_before.is_some_and(|at| tokens.is_digits(at)),
        Some(TokenKind::Mark(mark)) if is_hyphen(mark) => word_before && !month_before,
        _ => false,
    }
}

/// `31-01-2020`, `31/01/2020`, `31.01.2020`, `2020-01-31`, `12/2024`, `2024-12`; day before month.
fn numeric_date(tokens: &Tokens<'_>, start: usize) -> Option<Point> {
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

/// Past `st`, `th`, … glued to the digits at `index`.
fn after_ordinal_ending(tokens: &Tokens<'_>, index: usize, language: &Language) -> usize {
    let ending = lexeme(tokens, index + 1, language).is_some_and(|lexeme| lexeme.ordinal_ending);
    if ending { index + 2 } else { index + 1 }
}

/// Past a gap and `of`, if they stand here; else past the gap alone.
fn after_of(tokens: &Tokens<'_>, index: usize, language: &Language) -> usize {
    let next = tokens.skip_gap(index);
    language.of.at(tokens, next, language).map_or(next, |of| tokens.skip_gap(of.end))
}

/// `31 July 2024`, `31st of July`, `31-Jul-2024`.
fn day_month(tokens: &Tokens<'_>, start: usize, language: &Language) -> Option<Point> {
    let day = tokens.small(start, 2).filter(|day| (1..=99).contains(day))?;
    let after_day = after_ordinal_ending(tokens, start, language);
    let hyphen = matches!(tokens.kind(after_day), Some(TokenKind::Mark(mark)) if is_hyphen(mark));
    let month_token = if hyphen { after_day + 1 } else { after_of(tokens, after_day, language) };
    if month_token == after_day {
        return None;
    }
    let lexeme_of_month = lexeme(tokens, month_token, language)?;
    let month = lexeme_of_month.month?;
    let (end, year) = year_after_month(tokens, month_token, lexeme_of_month, language);
    let named = tokens.is_capital(month_token) || (year.is_some() && !lexeme_of_month.ambiguous);
    // Between two months the figure belongs to the first, as in a row of bar labels: `Jan 22 Feb 15`.
    let row = start
        .checked_sub(2)
        .filter(|_| tokens.is_gap(start - 1))
        .and_then(|at| lexeme(tokens, at, language))
        .is_some_and(|lexeme| lexeme.month.is_some());
    // `64 May` is a figure before a month, not a date out of range; `32 May 2024` is one.
    if !named || (row && year.is_none()) || (day > 31 && (year.is_none() || day > 39)) {
        return None;
    }
    Some(Point::new(Date::Day { day, month, year }, end))
}

/// The year that follows the month at `index`, and the token after both.
fn year_after_month(tokens: &Tokens<'_>, index: usize, month: &Lexeme, language: &Language) -> (usize, Option<i16>) {
    let mut end = index + 1;
    let dotted = month.abbreviation && tokens.is_mark(end, '.');
    if dotted {
        end += 1;
    }
    let comma = tokens.skip_gap(if tokens.is_mark(end, ',') { end + 1 } else { end });
    let of = after_of(tokens, end, language);
    let slash = match tokens.kind(end) {
        Some(TokenKind::Mark('/')) => end + 1,
        Some(TokenKind::Mark(mark)) if is_hyphen(mark) => end + 1,
        _ => comma,
    };
    for at in [comma, of, slash] {
        if at > end
            && let Some(year) = year_at(tokens, at)
            && !starts_numeric_date(tokens, at)
        {
            return (at + 1, Some(year));
        }
    }
    if let Some((end, year)) = short_year(tokens, end, language) {
        return (end, Some(year));
    }
    // A dot that ends the sentence stays outside.
    (if dotted && !tokens.is_blank(end) { end } else { index + 1 }, None)
}

/// A year that opens a date of its own: `July 2024-12-31`.
fn starts_numeric_date(tokens: &Tokens<'_>, index: usize) -> bool {
    numeric_date(tokens, index).is_some()
}

/// `-24`, `'24`, ` ’24` after a month: how spreadsheets print months.
fn short_year(tokens: &Tokens<'_>, index: usize, language: &Language) -> Option<(usize, i16)> {
    let mark = tokens.skip_gap(index);
    let digits = match tokens.kind(mark)? {
        TokenKind::Mark('\'' | '’' | '‘') => mark + 1,
        TokenKind::Mark(hyphen) if is_hyphen(hyphen) && mark == index => mark + 1,
        _ => return None,
    };
    let year = tokens.small(digits, 2).filter(|_| tokens.token_text(digits).len() == 2)?;
    let end = digits + 1;
    let goes_on = match tokens.kind(end) {
        Some(TokenKind::Word(_) | TokenKind::Mark('%')) => true,
        Some(TokenKind::Mark(',' | '.' | '/' | ':')) => tokens.is_digits(end + 1),
        // `January-31 May`: a span, not a year.
        Some(TokenKind::Space | TokenKind::Line) => {
            tokens.is_mark(end + 1, '%') || lexeme(tokens, end + 1, language).is_some_and(|lexeme| lexeme.month.is_some())
        }
        _ => false,
    };
    let century = if year < 70 { 2000 } else { 1900 };
    (!goes_on).then_some((end, (century + year) as i16))
}

/// `22` where `-25 December` follows.
fn day_only(tokens: &Tokens<'_>, start: usize, language: &Language) -> Option<Point> {
    let day = tokens.small(start, 2).filter(|day| (1..=31).contains(day))?;
    let end = after_ordinal_ending(tokens, start, language);
    let next = if let Some(next) = tokens.skip_dash(end) {
        next
    } else {
        let connector = tokens.skip_gap(end);
        let found = language.connectors.at(tokens, connector, language)?;
        tokens.skip_gap(found.end)
    };
    let other = tokens.is_digits(next).then(|| day_month(tokens, next, language))??;
    let rises = match other.date {
        Date::Day { day: last, .. } => day < last,
        Date::Impossible => true,
        _ => false,
    };
    rises.then(|| Point::new(Date::DayOnly(day), end))
}

/// `1st quarter of 2024`.
fn ordinal_digits(tokens: &Tokens<'_>, start: usize, language: &Language) -> Option<Point> {
    let ordinal = tokens.small(start, 1)?;
    let end = after_ordinal_ending(tokens, start, language);
    (end == start + 2).then(|| part_of_year(tokens, end, ordinal, language))?
}

/// `2024`, `2024 Q1`.
fn year_point(tokens: &Tokens<'_>, start: usize, language: &Language) -> Option<Point> {
    let year = year_at(tokens, start)?;
    let next = match tokens.kind(start + 1) {
        Some(TokenKind::Space) => start + 2,
        Some(TokenKind::Mark(mark)) if is_hyphen(mark) => start + 2,
        _ => start + 1,
    };
    if next > start + 1
        && let Some(lexeme) = lexeme(tokens, next, language)
        && let Some((from, to)) = letter_months(tokens, next, lexeme)
    {
        return Some(Point::new(Date::Months { from, to, year: Some(year) }, next + 2));
    }
    Some(Point::new(Date::Year(year), start + 1))
}

/// The months of `Q3` or `H1`.
fn letter_months(tokens: &Tokens<'_>, index: usize, lexeme: &Lexeme) -> Option<(u32, u32)> {
    let number = tokens.small(index + 1, 1)?;
    if tokens.is_word(index + 2) || !tokens.is_capital(index) {
        return None;
    }
    if lexeme.quarter_letter {
        quarter_months(number)
    } else if lexeme.half_letter {
        half_months(number)
    } else {
        None
    }
}

fn quarter_months(number: u32) -> Option<(u32, u32)> {
    (1..=4).contains(&number).then(|| (number * 3 - 2, number * 3))
}

fn half_months(number: u32) -> Option<(u32, u32)> {
    (1..=2).contains(&number).then(|| (number * 6 - 5, number * 6))
}

/// `Q1 2024`, `H1-2024`, `Q3`.
fn lettered(tokens: &Tokens<'_>, start: usize, lexeme: &Lexeme, language: &Language) -> Option<Point> {
    let (from, to) = letter_months(tokens, start, lexeme)?;
    let (end, year) = year_after(tokens, start + 2, language);
    Some(Point::new(Date::Months { from, to, year }, end))
}

/// ` 2024`, `/2024`, ` of 2024`, ` of the year` and the token after it.
fn year_after(tokens: &Tokens<'_>, index: usize, language: &Language) -> (usize, Option<i16>) {
    let joined = match tokens.kind(index) {
        Some(TokenKind::Mark('/' | ',')) => tokens.skip_gap(index + 1),
        Some(TokenKind::Mark(mark)) if is_hyphen(mark) => index + 1,
        _ => tokens.skip_gap(index),
    };
    for at in [joined, after_of(tokens, index, language)] {
        if at > index
            && let Some(year) = year_at(tokens, at)
        {
            return (at + 1, Some(year));
        }
    }
    let year = tokens.skip_gap(index);
    let of = language.of.at(tokens, year, language).map_or(year, |of| tokens.skip_gap(of.end));
    for at in [of, year] {
        if at > index
            && let Some(found) = language.this_year.at(tokens, at, language)
        {
            return (found.end, None);
        }
    }
    (index, None)
}

/// `first quarter of 2024`, `second half of the year`, `first seven months of 2024`; `next` follows the ordinal, 0 is `last`.
fn part_of_year(tokens: &Tokens<'_>, next: usize, ordinal: u32, language: &Language) -> Option<Point> {
    let gap = tokens.skip_gap(next);
    if gap == next {
        return None;
    }
    let part = lexeme(tokens, gap, language);
    let (months, needs_year, after) = if part.is_some_and(|part| part.quarter) {
        (quarter_months(if ordinal == 0 { 4 } else { ordinal })?, ordinal == 0, gap + 1)
    } else if part.is_some_and(|part| part.half) {
        (half_months(if ordinal == 0 { 2 } else { ordinal })?, true, gap + 1)
    } else {
        let count = match part.and_then(|part| part.number) {
            Some(NumberWord::Small(count)) => Some(count),
            _ => tokens.small(gap, 2),
        }?;
        let unit = tokens.skip_gap(gap + 1);
        let named = unit > gap + 1 && lexeme(tokens, unit, language).is_some_and(|unit| unit.months);
        if ordinal != 1 || !named || !(1..=12).contains(&count) {
            return None;
        }
        ((1, count), true, unit + 1)
    };
    let (end, year) = year_after(tokens, after, language);
    // `first half of July`, `last quarter`: of what is not said.
    if needs_year && end == after {
        return None;
    }
    Some(Point::new(
        Date::Months {
            from: months.0,
            to: months.1,
            year,
        },
        end,
    ))
}

/// `July 2024`, `Jul-24`, `July 31, 2024`, `on July 31`, `July`.
fn month_point(tokens: &Tokens<'_>, start: usize, month: u32, word: &Lexeme, language: &Language) -> Option<Point> {
    let capital = tokens.is_capital(start);
    if let Some(point) = capital.then(|| month_day(tokens, start, month, word, language)).flatten() {
        return Some(point);
    }
    let (end, year) = year_after_month(tokens, start, word, language);
    if !(capital || (year.is_some() && !word.ambiguous)) || tokens.is_digits(end) {
        return None;
    }
    let mut point = Point::new(
        Date::Months {
            from: month,
            to: month,
            year,
        },
        end,
    );
    point.ambiguous = word.ambiguous && year.is_none();
    Some(point)
}

/// `July 31, 2024`; without the year only after a word that goes with days.
fn month_day(tokens: &Tokens<'_>, start: usize, month: u32, word: &Lexeme, language: &Language) -> Option<Point> {
    let dot = start + 1;
    let after_month = if word.abbreviation && tokens.is_mark(dot, '.') { dot + 1 } else { dot };
    let day_token = tokens.skip_gap(after_month);
    if day_token == after_month {
        return None;
    }
    let day = tokens.small(day_token, 2).filter(|day| (1..=31).contains(day))?;
    let end = after_ordinal_ending(tokens, day_token, language);
    let comma = tokens.is_mark(end, ',');
    let year_token = tokens.skip_gap(if comma { end + 1 } else { end });
    if year_token > end
        && let Some(year) = year_at(tokens, year_token)
    {
        return Some(Point::new(
            Date::Day {
                day,
                month,
                year: Some(year),
            },
            year_token + 1,
        ));
    }
    let announced = start
        .checked_sub(2)
        .filter(|_| tokens.is_gap(start - 1))
        .and_then(|at| lexeme(tokens, at, language))
        .is_some_and(|before| before.day_preposition);
    let ends = match tokens.kind(end) {
        None | Some(TokenKind::Cell) => true,
        Some(TokenKind::Mark(',' | '.')) => !tokens.is_digits(end + 1),
        Some(TokenKind::Mark(mark)) => !is_hyphen(mark) && mark != '%' && mark != ':',
        Some(TokenKind::Space | TokenKind::Line) => {
            let next = end + 1;
            !tokens.is_mark(next, '%') && language.percent.at(tokens, next, language).is_none() && !tokens.is_digits(next)
        }
        Some(TokenKind::Digits | TokenKind::Word(_)) => false,
    };
    let ordinal = end > day_token + 1;
    ((announced || ordinal) && ends).then(|| Point::new(Date::Day { day, month, year: None }, end))
}
