//! The days a figure is about.

use std::fmt;

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::packed;

/// Days from `start` to `end`, both included. A stock at a day starts and ends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    #[serde(with = "packed::day")]
    pub start: Date,
    /// Last day.
    #[serde(with = "packed::day")]
    pub end: Date,
}

impl Period {
    /// From the first to the last day, if they stand in that order.
    pub fn new(start: Date, end: Date) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    /// The one day.
    pub fn day(day: Date) -> Self {
        Self { start: day, end: day }
    }

    /// A whole month, `month` from 1.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let start = Date::new(year, month, 1).ok()?;
        Some(Self {
            start,
            end: start.last_of_month(),
        })
    }

    /// From the first day of `first` to the last day of `last`, months from 1.
    pub fn months(year: i16, first: i8, last: i8) -> Option<Self> {
        Self::new(Self::month(year, first)?.start, Self::month(year, last)?.end)
    }

    /// Whole years, both included.
    pub fn years(first: i16, last: i16) -> Option<Self> {
        Self::new(Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?)
    }

    /// The same days a year before; whole months stay whole months (29 February).
    #[must_use]
    pub fn year_before(self) -> Self {
        self.months_before(12)
    }

    /// The whole month, or months, just before: a month gives the month before.
    #[must_use]
    pub fn months_before(self, months: i32) -> Self {
        let shift = |day: Date| {
            let moved = day.saturating_sub(months.months());
            if day == day.last_of_month() { moved.last_of_month() } else { moved }
        };
        Self {
            start: self.start.saturating_sub(months.months()),
            end: shift(self.end),
        }
    }

    /// Whether it is a single day.
    pub fn is_day(self) -> bool {
        self.start == self.end
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_day() {
            write!(formatter, "{}", self.start)
        } else {
            write!(formatter, "{} to {}", self.start, self.end)
        }
    }
}
