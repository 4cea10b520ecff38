//! Labels to what they say of a value: area, origin, total, row, period, and the years of bare months.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        annotated::Annotated,
        dates::Edition,
        draft::TextPlace,
        parser::Parser,
        pattern::Slot,
        period::{self, PeriodKind, PeriodMention},
        profile::{Dimension, Rule},
    },
    Entry,
};
use crate::schema::Period;

/// What the labels of an entry say.
#[derive(Debug, Clone, Default)]
pub(super) struct Labelled {
    pub(super) area: Option<String>,
    pub(super) total: bool,
    pub(super) origin: Option<String>,
    pub(super) period: Option<Period>,
    /// A month without a year: its number, to be placed in the order of its fellows.
    pub(super) bare_month: Option<i8>,
    /// A year on its own.
    pub(super) year: Option<i16>,
    pub(super) row: bool,
    /// Which label names the row.
    pub(super) row_label: Option<usize>,
    pub(super) unknown: Vec<usize>,
}

/// What a label says by itself, whatever stands beside it.
pub(super) struct Label {
    /// It names the row.
    names_row: bool,
    /// The period that it names with the row.
    row_period: Option<Period>,
    place: Option<&'static str>,
    total: bool,
    dates: Dates,
}

/// What dates a label names.
enum Dates {
    /// The whole label is this month, whose year may be cut short.
    ShortMonth(Period),
    /// The whole label is a month without a year, as these days.
    BareMonth(Period),
    /// The whole label is a year.
    Year(Period),
    /// The whole label is this period.
    Whole(Period),
    /// The whole label is a period that is told by another.
    Relative,
    /// It names a period among other things, or none.
    Among(Option<Period>),
}

/// Reads the labels of an entry as the rule's dimensions; `known` keeps what each label says by itself, by its place.
pub(super) fn labelled(parser: &Parser<'_>, rule: &Rule, entry: &Entry<'_>, known: &mut BTreeMap<TextPlace, Label>) -> Labelled {
    let mut said = Labelled::default();
    for (index, (words, place)) in entry.labels.iter().enumerate() {
        let label = known.entry(*place).or_insert_with(|| label(parser, rule, words));
        let mut known = label.names_row;
        if label.names_row {
            said.row = true;
            said.row_label = said.row_label.or(Some(index));
            said.period = said.period.or(label.row_period);
        }
        known |= take_place(parser, rule, label.place, &mut said);
        if label.total {
            said.total = true;
            known = true;
        }
        known |= take_dates(&label.dates, &mut said);
        if !known {
            said.unknown.push(index);
        }
    }
    said
}

fn label(parser: &Parser<'_>, rule: &Rule, words: &Annotated) -> Label {
    let whole = 0..words.string().len();
    let row = rule.rows.iter().find_map(|phrase| phrase.at_start(words, whole.clone()));
    let captured = row.as_ref().and_then(|found| found.capture(Slot::Period));
    let mention = captured.and_then(|capture| words.periods.get(capture.index));
    Label {
        names_row: row.is_some(),
        row_period: mention.and_then(|mention| mention.period),
        place: place_of(words),
        total: is_total(parser, words, row.is_some()),
        dates: dates(parser, words),
    }
}

/// Whether a word of small letters stands right before a name: "emocratic Republic of the Congo" is no name of another country.
fn cut_off(label: &Annotated, start: usize) -> bool {
    let before = label.token_at(start).checked_sub(1).map(|before| &label.tokens[before]);
    before.is_some_and(|token| {
        let word = &label.string()[token.range.clone()];
        !token.is_punctuation() && token.range.start == 0 && word.len() > 4 && word.chars().all(char::is_lowercase)
    })
}

pub(super) fn read_places(parser: &Parser<'_>, rule: &Rule, label: &Annotated, said: &mut Labelled, names_row: bool) -> bool {
    let mut known = take_place(parser, rule, place_of(label), said);
    if is_total(parser, label, names_row) {
        said.total = true;
        known = true;
    }
    known
}

/// The longest name in a label is the one it gives; a label with two different places gives none.
fn place_of(label: &Annotated) -> Option<&'static str> {
    let length = label.string().trim().len();
    let mut mentions = label
        .places
        .iter()
        .filter(|mention| mention.range.len() * 2 >= length || label.places.len() == 1)
        .filter(|mention| !cut_off(label, mention.range.start));
    let only = mentions.next().map(|mention| mention.code);
    only.filter(|_| mentions.next().is_none())
}

/// Whether a place is one that the rule's figures are broken down by.
fn take_place(parser: &Parser<'_>, rule: &Rule, code: Option<&'static str>, said: &mut Labelled) -> bool {
    let Some(code) = code else { return false };
    let by_area = rule.by.contains(&Dimension::Area);
    let by_origin = rule.by.contains(&Dimension::Origin);
    if by_area && code == parser.whole_area(rule) {
        said.total = true;
        return true;
    }
    let member = parser.is_member(code);
    if by_area && (member || !by_origin) && said.area.is_none() {
        if member {
            said.area = Some(code.to_owned());
        }
        return member;
    }
    let origin = by_origin && said.origin.is_none();
    if origin {
        said.origin = Some(code.to_owned());
    }
    origin
}

/// Whether a label means all together.
fn is_total(parser: &Parser<'_>, label: &Annotated, names_row: bool) -> bool {
    let tokens = label.tokens.iter().filter(|token| !token.is_punctuation());
    // "Total returns in 2024" names a row, "Total 2019" a year; neither is the sum of its fellows.
    let plain = label.places.is_empty() && label.periods.is_empty() && !names_row;
    plain && tokens.clone().count() <= 2 && tokens.clone().any(|token| parser.writing.cues.is_total(&token.folded))
}

pub(super) fn read_periods(parser: &Parser<'_>, label: &Annotated, said: &mut Labelled) -> bool {
    take_dates(&dates(parser, label), said)
}

fn dates(parser: &Parser<'_>, label: &Annotated) -> Dates {
    if let Some(month) = month_with_short_year(parser, label) {
        return Dates::ShortMonth(month);
    }
    if let Some(mention) = whole_period(parser, label, label.string().trim())
        && let Some(period) = mention.period
    {
        return match mention.kind {
            PeriodKind::Month if !mention.complete => Dates::BareMonth(period),
            PeriodKind::Year => Dates::Year(period),
            PeriodKind::Relative(_) => Dates::Relative,
            _ => Dates::Whole(period),
        };
    }
    let among = label.periods.iter().find(|mention| !matches!(mention.kind, PeriodKind::Relative(_)));
    Dates::Among(among.and_then(|mention| mention.period))
}

/// Notes the dates of a label; whether they are the whole of it.
fn take_dates(dates: &Dates, said: &mut Labelled) -> bool {
    match *dates {
        Dates::ShortMonth(period) | Dates::Whole(period) => said.period = said.period.or(Some(period)),
        Dates::BareMonth(period) => said.bare_month = Some(period.start.month()),
        Dates::Year(period) => said.year = Some(period.start.year()),
        Dates::Relative => {}
        Dates::Among(period) => {
            said.period = said.period.or(period);
            return false;
        }
    }
    true
}

/// The period that a whole label names.
fn whole_period(parser: &Parser<'_>, label: &Annotated, trimmed: &str) -> Option<PeriodMention> {
    let writing = parser.writing;
    // White space at an edge may change what stands there: only then is the label read anew.
    if label.string().len() == trimmed.len() {
        period::whole(trimmed, &label.periods, writing.language).cloned()
    } else {
        period::period(trimmed, writing.context, writing.language)
    }
}

/// A year as a label: the days that the heading gives that year, else the year itself.
pub(super) fn year_of(year: i16, heading: Option<&Annotated>) -> Option<Period> {
    let of_heading = heading.and_then(|words| {
        let mentions = words.periods.iter().filter(|mention| !matches!(mention.kind, PeriodKind::Relative(_)));
        mentions
            .filter_map(|mention| mention.period)
            .find(|period| period.start.year() == year && period.end.year() == year)
    });
    of_heading.or_else(|| Period::years(year, year))
}

/// Gives months without a year theirs: the newest of a row of months is in or before the edition's month.
pub(super) fn place_bare_months(edition: Edition, entries: &[Entry<'_>], read: &mut [Labelled], outer_year: Option<i16>) {
    for said in read.iter_mut() {
        if let (Some(month), Some(year)) = (said.bare_month, said.year.or(outer_year)) {
            said.period = Period::month(year, month);
            said.bare_month = None;
            said.year = None;
        }
    }
    let along_rows = entries.iter().map(|entry| entry.position.0).collect::<BTreeSet<_>>().len() > 1;
    // Months stand along one direction; those across share their place in it.
    let months_vary_by = |axis: fn(&Entry<'_>) -> usize| {
        let mut months: BTreeMap<usize, i8> = BTreeMap::new();
        let mut consistent = true;
        for (entry, said) in entries.iter().zip(read.iter()) {
            if let Some(month) = said.bare_month {
                consistent &= *months.entry(axis(entry)).or_insert(month) == month;
            }
        }
        consistent.then_some(months)
    };
    let by_first = months_vary_by(|entry| entry.position.0).filter(|_| along_rows);
    let (months, first) = match by_first {
        Some(months) => (months, true),
        None => match months_vary_by(|entry| entry.position.1) {
            Some(months) => (months, false),
            None => return,
        },
    };
    let Some(years) = years_of(&months, edition) else { return };
    for (entry, said) in entries.iter().zip(read.iter_mut()) {
        let position = if first { entry.position.0 } else { entry.position.1 };
        if let (Some(month), Some(year)) = (said.bare_month, years.get(&position)) {
            said.period = Period::month(*year, month);
        }
    }
}

/// The years of a row of months, by their positions; nothing where the row may mean several.
///
/// Time runs on, or back, by at most half a year a step: "September" twice, or a longer leap, tells no years. A row that runs back begins in
/// the half year up to the edition.
fn years_of(months: &BTreeMap<usize, i8>, edition: Edition) -> Option<BTreeMap<usize, i16>> {
    let back = |later: i8, earlier: i8| (later - earlier - 1).rem_euclid(12) + 1;
    let row: Vec<(usize, i8)> = months.iter().map(|(position, month)| (*position, *month)).collect();
    let short = |step: fn(i8, i8) -> (i8, i8)| {
        row.windows(2).all(|pair| {
            let (later, earlier) = step(pair[0].1, pair[1].1);
            back(later, earlier) <= 6
        })
    };
    let (_, first) = *row.first()?;
    let from_newest: Vec<(usize, i8)> = if short(|one, next| (next, one)) {
        row.iter().rev().copied().collect()
    } else if short(|one, next| (one, next)) && (edition.month - first).rem_euclid(12) < 6 {
        row
    } else {
        return None;
    };
    let mut years = BTreeMap::new();
    let mut later: Option<(i8, i16)> = None;
    for (position, month) in from_newest {
        let year = match later {
            None if month <= edition.month => edition.year,
            None => edition.year - 1,
            Some((next, year)) if month >= next => year - 1,
            Some((_, year)) => year,
        };
        years.insert(position, year);
        later = Some((month, year));
    }
    Some(years)
}

/// "Oct 23" over a bar is October 2023, not a day: labels of charts name months.
fn month_with_short_year(parser: &Parser<'_>, label: &Annotated) -> Option<Period> {
    let words: Vec<_> = label.tokens.iter().filter(|token| !token.is_punctuation()).collect();
    let ([_, year], [mention]) = (words.as_slice(), label.periods.as_slice()) else {
        return None;
    };
    let names_month = matches!(mention.kind, PeriodKind::Month | PeriodKind::Day) && !mention.complete && mention.range.start <= words[0].range.start;
    if !names_month || year.folded.len() != 2 {
        return None;
    }
    let year = 2000 + year.folded.parse::<i16>().ok()?;
    let edition = parser.edition.year;
    (edition - 12..=edition)
        .contains(&year)
        .then_some(year)
        .and_then(|year| Period::month(year, mention.period?.start.month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The row of months, printed in an edition of July 2024, with the years it tells.
    #[track_caller]
    fn check(row: &[i8], expected: &str) {
        let months = row.iter().copied().enumerate().collect();
        let edition = Edition { year: 2024, month: 7 };
        let actual = match years_of(&months, edition) {
            Some(years) => row.iter().zip(years.values()).map(|(month, year)| format!("{year}-{month:02}")).collect(),
            None => vec!["unknown".to_owned()],
        };
        assert_eq!(actual.join(" "), expected, "{row:?}");
    }

    #[test]
    fn months_without_years_run_up_to_the_edition() {
        check(&[5, 6, 7], "2024-05 2024-06 2024-07");
        check(&[11, 12, 1, 2], "2023-11 2023-12 2024-01 2024-02");
        check(&[1, 4, 7], "2024-01 2024-04 2024-07");
        check(&[9, 12], "2023-09 2023-12");
        check(
            &[7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7],
            "2023-07 2023-08 2023-09 2023-10 2023-11 2023-12 2024-01 2024-02 2024-03 2024-04 2024-05 2024-06 2024-07",
        );
        check(&[3], "2024-03");
    }

    #[test]
    fn months_may_run_back_from_the_edition() {
        check(&[7, 6, 5], "2024-07 2024-06 2024-05");
        check(&[2, 1, 12, 11], "2024-02 2024-01 2023-12 2023-11");
    }

    #[test]
    fn months_that_may_mean_several_years_tell_none() {
        check(&[6, 7, 7], "unknown");
        check(&[9, 9], "unknown");
        check(&[5, 7, 6], "unknown");
        check(&[10, 9, 8], "unknown");
        check(&[], "unknown");
    }
}
