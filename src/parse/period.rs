//! A text to the days it names: dates, months, spans, years, and periods told relative to the one a report is about.

mod grammar;
mod numeric;
mod point;

use std::ops::Range;

use jiff::{ToSpan, civil::Date};

use super::{language::Language, token::Tokens};
use crate::schema::Period;

/// What is known of the report when a date is printed without its year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PeriodContext {
    /// Year and month of the edition.
    pub edition: Option<(i16, i8)>,
    /// Day the report was published.
    pub published: Option<Date>,
}

impl PeriodContext {
    /// The last day a date without a year can be: of the edition, else of publication.
    fn anchor(self) -> Option<Date> {
        self.edition
            .and_then(|(year, month)| Period::month(year, month))
            .map_or(self.published, |month| Some(month.end))
    }
}

/// The word before a date that says how the date is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// None that matters.
    Plain,
    /// `between … and …`.
    Between,
    /// `from …`.
    From,
    /// `as of …`: a stock at that day.
    AsOf,
    /// `since …`: until the report's last day.
    Since,
    /// `at the end of …`: a stock at the last day.
    End,
}

/// A period told relative to the one the report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// The same days a year before: `the same period last year`.
    YearBefore,
    /// The same days in that year: `the same period of 2023`.
    InYear(i16),
    /// The month before, or as many months before as the period has: `the previous month`.
    MonthBefore,
    /// The whole calendar year before: `last year`.
    LastYear,
    /// From 1 January to the period's last day: `this year`.
    ThisYear,
    /// From that day to the period's last day: `since the beginning of 2024`.
    Since(Date),
    /// The period itself: `the reporting period`.
    Current,
    /// The month in which the period ends: `this month`.
    CurrentMonth,
    /// The period's last day: `at the end of the reporting period`.
    EndOfCurrent,
    /// The last day of the period's year: `by the end of the year`.
    EndOfCurrentYear,
    /// That many months up to the period's last day: `the last 12 months`.
    LastMonths(u32),
}

/// What kind of date is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodKind {
    /// One day.
    Day,
    /// Days from one to another.
    Days,
    /// One month.
    Month,
    /// Several months, a quarter or half a year.
    Months,
    /// One year.
    Year,
    /// Several years.
    Years,
    /// Relative to the report's own period.
    Relative(Shift),
}

/// A period named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodMention {
    /// Bytes of the text, framing words included: `Between January and July`, `as of 30 November`.
    pub range: Range<usize>,
    /// Bytes of the dates alone: `January and July`, `30 November`.
    pub core: Range<usize>,
    /// The framing word.
    pub frame: Frame,
    /// What kind of date it is.
    pub kind: PeriodKind,
    /// The days, if they can be told from the text and the context; [`Self::resolve`] tells relative ones.
    pub period: Option<Period>,
    /// Every year that is needed is printed, none taken from the context.
    pub complete: bool,
    span: Option<Span>,
}

impl PeriodMention {
    /// The days meant in a report, or a part of one, that is about `current`.
    pub fn resolve(&self, current: Period) -> Option<Period> {
        if let PeriodKind::Relative(shift) = self.kind {
            return shift.from(current);
        }
        let period = self.period.or_else(|| self.span?.period(Some(current.end)))?;
        Some(if self.frame == Frame::End { Period::day(period.end) } else { period })
    }
}

impl Shift {
    /// The days meant where the report is about `current`.
    pub fn from(self, current: Period) -> Option<Period> {
        let end = current.end;
        match self {
            Self::YearBefore => Some(current.year_before()),
            Self::InYear(year) => {
                let years = i32::from(end.year()) - i32::from(year);
                Some(current.months_before(years * 12))
            }
            Self::MonthBefore => {
                let months = if current.is_day() { 1 } else { months_of(current)? };
                Some(current.months_before(months))
            }
            Self::LastYear => Period::years(end.year() - 1, end.year() - 1),
            Self::ThisYear => Period::new(end.first_of_year(), end),
            Self::Since(day) => Period::new(day, end),
            Self::Current => Some(current),
            Self::CurrentMonth => Period::month(end.year(), end.month()),
            Self::EndOfCurrent => Some(Period::day(end)),
            Self::EndOfCurrentYear => Some(Period::day(end.last_of_year())),
            Self::LastMonths(months) => {
                let back = i32::try_from(months.checked_sub(1)?).ok()?;
                let start = end.first_of_month().checked_sub(back.months()).ok()?;
                Period::new(start, end)
            }
        }
    }
}

/// How many whole months the period has, if it has whole months.
fn months_of(period: Period) -> Option<i32> {
    let (start, end) = (period.start, period.end);
    let whole = start == start.first_of_month() && end == end.last_of_month();
    whole.then(|| (i32::from(end.year()) - i32::from(start.year())) * 12 + i32::from(end.month()) - i32::from(start.month()) + 1)
}

/// One end of a span as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edge {
    year: Option<i16>,
    month: u32,
    /// `None` for the whole month.
    day: Option<u32>,
}

/// First and last date as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    first: Edge,
    last: Edge,
}

impl Edge {
    fn first_day(self, year: i16) -> Option<Date> {
        Date::new(year, self.month as i8, self.day.unwrap_or(1) as i8).ok()
    }

    fn last_day(self, year: i16) -> Option<Date> {
        match self.day {
            Some(day) => Date::new(year, self.month as i8, day as i8).ok(),
            None => Some(Date::new(year, self.month as i8, 1).ok()?.last_of_month()),
        }
    }

    fn order(self) -> (u32, u32) {
        (self.month, self.day.unwrap_or(0))
    }
}

impl Span {
    /// Whether a year is printed at one end, which tells the other's.
    fn has_year(self) -> bool {
        self.first.year.is_some() || self.last.year.is_some()
    }

    /// The days. A missing year is the latest that does not pass `anchor`.
    fn period(self, anchor: Option<Date>) -> Option<Period> {
        let wraps = self.first.order() > (self.last.month, self.last.day.unwrap_or(32));
        let last = match (self.last.year, self.first.year) {
            (Some(year), _) => year,
            (None, Some(first)) => first.checked_add(i16::from(wraps))?,
            (None, None) => {
                let anchor = anchor?;
                let this = self.last.month < anchor.month() as u32
                    || (self.last.month == anchor.month() as u32 && self.last.day.is_none_or(|day| day <= anchor.day() as u32));
                anchor.year() - i16::from(!this)
            }
        };
        let first = self.first.year.unwrap_or(last - i16::from(wraps));
        Period::new(self.first.first_day(first)?, self.last.last_day(last)?)
    }
}

/// All periods a text names, in order, the longest at each place.
///
/// A date that no calendar has (`31 April`) is left out, and so is one whose days cannot be told (`mid-2024`, `2023/24`).
pub fn periods(text: &str, context: PeriodContext, language: &Language) -> Vec<PeriodMention> {
    let tokens = Tokens::of(text, language);
    grammar::scan(&tokens, context, language).mentions
}

/// The period that a whole cell, label or category names: `Jan-Jul 2024`, `Total 2024`, `31 Dec`.
pub fn period(text: &str, context: PeriodContext, language: &Language) -> Option<PeriodMention> {
    let tokens = Tokens::of(text, language);
    let mentions = grammar::scan(&tokens, context, language).mentions;
    whole(text, &mentions, language).cloned()
}

/// Of the periods of a cell, label or category the one that the whole of it names.
pub(super) fn whole<'mentions>(text: &str, mentions: &'mentions [PeriodMention], language: &Language) -> Option<&'mentions PeriodMention> {
    let [mention] = mentions else { return None };
    let beside = [&text[..mention.range.start], &text[mention.range.end..]];
    beside.into_iter().all(|text| grammar::is_label(text, language)).then_some(mention)
}

pub(super) use grammar::{Scan, Taken, scan};

#[cfg(test)]
mod tests;
