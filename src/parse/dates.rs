//! Which days a figure is about, and against which days a change is measured.

use std::ops::Range;

use jiff::civil::Date;

use super::{
    annotated::{Annotated, Writing},
    period::{PeriodKind, PeriodMention, Shift},
    profile::{BaseRule, PeriodRule},
};
use crate::schema::Period;

/// The edition: the last month that it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    /// Year.
    pub year: i16,
    /// Month, from 1.
    pub month: i8,
}

impl Edition {
    /// The month a period ends in.
    pub fn of(period: Period) -> Self {
        Self {
            year: period.end.year(),
            month: period.end.month(),
        }
    }

    /// `2024-07`
    pub fn name(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// Its last day.
    pub fn last_day(self) -> Option<Date> {
        Some(Period::month(self.year, self.month)?.end)
    }

    /// The days a rule means where the words leave it open.
    pub fn default_period(self, rule: PeriodRule) -> Option<Period> {
        match rule {
            PeriodRule::YearToDate => Period::months(self.year, 1, self.month),
            PeriodRule::Month => Period::month(self.year, self.month),
            PeriodRule::EndOfMonth => Some(Period::day(self.last_day()?)),
        }
    }

    /// A printed period as a rule means it: a stock stands at the period's last day; a running year ends with the edition.
    pub fn as_meant(self, printed: Period, rule: PeriodRule) -> Period {
        let running = |printed: Period| match (Period::years(self.year, self.year), self.last_day()) {
            (Some(year), Some(last)) if printed == year => Period {
                start: year.start,
                end: last,
            },
            _ => printed,
        };
        match rule {
            PeriodRule::EndOfMonth => Period::day(running(printed).end),
            PeriodRule::YearToDate if printed.is_day() => Period {
                start: printed.start.first_of_year(),
                end: printed.end,
            },
            PeriodRule::Month if printed.is_day() => Period {
                start: printed.start.first_of_month(),
                end: printed.end.last_of_month(),
            },
            PeriodRule::YearToDate | PeriodRule::Month => running(printed),
        }
    }

    /// Whether a period could be told of in this edition: nothing printed lies wholly in the future.
    pub fn may_tell(self, period: Period) -> bool {
        self.last_day().is_some_and(|last| period.start <= last)
    }
}

/// The mention in a range that says which days the figure at `at` is about: not a comparison's, the nearest before it, else after.
pub fn current(words: &Annotated, within: &Range<usize>, at: usize, writing: Writing<'_>) -> Option<Period> {
    let inside = words
        .periods
        .iter()
        .filter(|mention| within.start <= mention.range.start && mention.range.end <= within.end);
    let candidates: Vec<_> = inside
        .filter(|mention| !is_base(words, within, mention, writing))
        .filter_map(|mention| Some((mention, absolute(mention)?)))
        .collect();
    let before = candidates.iter().rev().find(|(mention, _)| mention.range.end <= at);
    before.or_else(|| candidates.first()).map(|(_, period)| *period)
}

/// The days a change at `at` is measured against, as far as the words say so.
pub fn base(words: &Annotated, within: &Range<usize>, at: usize, current: Period, writing: Writing<'_>) -> Option<Period> {
    let inside = words
        .periods
        .iter()
        .filter(|mention| within.start <= mention.range.start && mention.range.end <= within.end);
    let candidates: Vec<_> = inside.filter(|mention| is_base(words, within, mention, writing)).collect();
    let mention = candidates
        .iter()
        .find(|mention| mention.range.start >= at)
        .or_else(|| candidates.last())?;
    let base = mention.resolve(current)?;
    // "compared to 2023" under a running year means its same months.
    let whole_year = Period::years(base.start.year(), base.start.year()) == Some(base);
    if whole_year && current.start.year() == current.end.year() && !current.is_day() {
        let years = i32::from(current.start.year() - base.start.year());
        return Some(current.months_before(12 * years));
    }
    if current.is_day() && !base.is_day() {
        Some(Period::day(base.end))
    } else {
        Some(base)
    }
}

/// The base that a rule means where the words leave it open.
pub fn default_base(current: Period, rule: BaseRule) -> Period {
    match rule {
        BaseRule::YearBefore => current.year_before(),
        BaseRule::MonthBefore => current.months_before(1),
    }
}

fn absolute(mention: &PeriodMention) -> Option<Period> {
    if matches!(mention.kind, PeriodKind::Relative(_)) {
        None
    } else {
        mention.period
    }
}

/// Words between a comparing word and the period it compares with.
const COMPARISON_WORDS: usize = 6;

/// Whether a mention is what something is compared with: "than in …", "compared to …", "vs. …", or relative by itself.
pub fn is_base(words: &Annotated, within: &Range<usize>, mention: &PeriodMention, writing: Writing<'_>) -> bool {
    if let PeriodKind::Relative(shift) = &mention.kind {
        return matches!(shift, Shift::YearBefore | Shift::InYear(_) | Shift::MonthBefore | Shift::LastYear);
    }
    let last = words.token_at(mention.range.start);
    let mut seen = 0;
    for (distance, token) in words.tokens[..last].iter().rev().enumerate() {
        if token.range.start < within.start || seen > COMPARISON_WORDS {
            return false;
        }
        if words
            .periods
            .iter()
            .any(|other| other.range.start < mention.range.start && other.range.end > token.range.start)
        {
            return false;
        }
        if token.is_punctuation() {
            if matches!(token.folded.as_str(), ";" | ")") {
                return false;
            }
            continue;
        }
        if writing.cues.compares(&token.folded) {
            return true;
        }
        // "up 8 per cent from January-July 2023", "12% over 2023"
        if distance == 0
            && writing.cues.compares_beside(&token.folded)
            && words
                .changes
                .iter()
                .any(|change| change.range.end <= token.range.start + 1 && token.range.start < change.range.end + 4)
        {
            return true;
        }
        seen += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn check(start: &str, end: &str, rule: PeriodRule, expected: &str) {
        let edition = Edition { year: 2024, month: 7 };
        let printed = Period {
            start: day(start),
            end: day(end),
        };
        assert_eq!(edition.as_meant(printed, rule).to_string(), expected);
    }

    #[test]
    fn a_day_means_since_january_for_what_runs_and_the_day_for_a_stock() {
        check("2024-07-31", "2024-07-31", PeriodRule::YearToDate, "2024-01-01 to 2024-07-31");
        check("2024-07-31", "2024-07-31", PeriodRule::EndOfMonth, "2024-07-31");
        check("2024-07-01", "2024-07-31", PeriodRule::EndOfMonth, "2024-07-31");
    }

    #[test]
    fn a_running_year_ends_with_the_edition_and_a_past_one_with_december() {
        check("2024-01-01", "2024-12-31", PeriodRule::YearToDate, "2024-01-01 to 2024-07-31");
        check("2023-01-01", "2023-12-31", PeriodRule::YearToDate, "2023-01-01 to 2023-12-31");
        check("2016-01-01", "2023-12-31", PeriodRule::YearToDate, "2016-01-01 to 2023-12-31");
    }

    #[test]
    fn a_period_behind_a_comparing_word_is_what_something_is_compared_with() {
        let words = super::super::annotated::testing::annotated(
            "Between January and July 2024, 7,900 transited, 47% less than between January and July 2023.",
        );
        let convention = super::super::number::NumberConvention::default();
        let writing = super::super::annotated::testing::writing(&convention);
        let whole = 0..words.string().len();
        let at = words.changes[0].range.start;
        let current = current(&words, &whole, at, writing).unwrap();
        assert_eq!(current.to_string(), "2024-01-01 to 2024-07-31");
        assert_eq!(
            base(&words, &whole, at, current, writing).unwrap().to_string(),
            "2023-01-01 to 2023-07-31"
        );
    }
}
