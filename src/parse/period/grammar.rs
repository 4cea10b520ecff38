//! Tokens to the periods they name, read once from left to right: a phrase of time, or a frame and one or two dates.

use std::ops::Range;

use super::{
    super::{
        language::{Connector, FrameWord, Language, NumberWord, RelativeWord},
        number,
        phrase::Found,
        token::{TokenKind, Tokens},
    },
    Frame, PeriodContext, PeriodKind, PeriodMention, Shift, Span,
    point::{Date, Point, is_glued, point, year_at},
};
use jiff::civil;

/// Tells that two months before it have a figure each.
const SEVERALLY: &str = "respectively";
/// Tokens between the months and that word.
const WORDS_TO_SEVERALLY: usize = 60;

/// What was seen of dates in a text.
#[derive(Default)]
pub(in super::super) struct Scan {
    pub(in super::super) mentions: Vec<PeriodMention>,
    /// Tokens taken by dates, mentioned or not, in order.
    pub(in super::super) taken: Vec<Taken>,
    /// Dates no calendar has.
    pub(in super::super) impossible: Vec<Range<usize>>,
    /// Whether any date leaves out what only the context can tell.
    pub(in super::super) leans: bool,
}

/// Tokens `first` up to but without `end` that are part of a date.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Taken {
    pub(in super::super) first: usize,
    pub(in super::super) end: usize,
    /// Written in figures alone, so that its year is no number of its own.
    pub(in super::super) numeric: bool,
}

/// One or two dates and the token after them.
struct Expression {
    date: Option<(Span, PeriodKind)>,
    end: usize,
    numeric: bool,
    impossible: bool,
    /// A bare month whose name is an ordinary word, too.
    ambiguous: bool,
}

/// Reads all periods of the tokens.
pub(in super::super) fn scan(tokens: &Tokens<'_>, context: PeriodContext, language: &Language) -> Scan {
    let mut scan = Scan::default();
    if !tokens.may_hold_dates() {
        return scan;
    }
    let mut index = 0;
    while index < tokens.len() {
        if (index == 0 || tokens.is_blank(index - 1))
            && let Some(end) = number::end_of_address(tokens, index)
        {
            index = end;
            continue;
        }
        index = step(tokens, index, context, language, &mut scan).unwrap_or(index + 1);
    }
    share_years(tokens, context, language, &mut scan.mentions);
    scan
}

/// Whether nothing but filler stands in the text beside a period: `Total`, brackets, a colon.
pub(super) fn is_label(text: &str, language: &Language) -> bool {
    if text.is_empty() {
        return true;
    }
    let tokens = Tokens::of(text, language);
    (0..tokens.len()).all(|index| match tokens.kind(index) {
        Some(TokenKind::Word(word)) => language.lexeme(word).label,
        Some(TokenKind::Digits) | None => false,
        Some(TokenKind::Mark(mark)) => !matches!(mark, '%' | '$' | '€' | '+' | '=' | '/'),
        Some(_) => true,
    })
}

/// What starts at the token, and the token to go on with.
fn step(tokens: &Tokens<'_>, index: usize, context: PeriodContext, language: &Language, scan: &mut Scan) -> Option<usize> {
    let inside_word = index > 0 && tokens.is_word(index) && tokens.is_digits(index - 1);
    if inside_word || matches!(tokens.kind(index), Some(TokenKind::Space | TokenKind::Line | TokenKind::Cell)) {
        return None;
    }
    if let Some(found) = language.relative.at(tokens, index, language)
        && !is_year_after(tokens, &found)
    {
        let end = found.end;
        scan.taken.push(Taken {
            first: index,
            end,
            numeric: false,
        });
        scan.mentions.extend(relative(tokens, index, &found, language));
        return Some(end);
    }
    if let Some(frame) = language.frames.at(tokens, index, language) {
        let dates = after_frame(tokens, frame.end, language);
        if dates > frame.end
            && let Some(expression) = expression(tokens, dates, frame.value, language)
        {
            return Some(keep(tokens, index..dates, Some(frame.value), &expression, context, scan));
        }
    }
    if is_glued(tokens, index, language) || is_counted(tokens, index, language) || number::is_year_of_reference(tokens, index, language) {
        return None;
    }
    let found = expression(tokens, index, FrameWord::From, language)?;
    if found.ambiguous && !is_month_here(tokens, index, found.end, language) {
        return Some(found.end);
    }
    Some(keep(tokens, index..index, None, &found, context, scan))
}

/// Past the gap after a frame and a `the`.
fn after_frame(tokens: &Tokens<'_>, index: usize, language: &Language) -> usize {
    // `Data as of: 31-01-2020`, `end-July`.
    let gap = if tokens.is_dash(index) {
        index + 1
    } else {
        tokens.skip_gap(if tokens.is_mark(index, ':') { index + 1 } else { index })
    };
    if gap == index {
        return index;
    }
    language.of.at(tokens, gap, language).map_or(gap, |of| tokens.skip_gap(of.end))
}

/// `the end of the year 2024` is not about this year.
fn is_year_after(tokens: &Tokens<'_>, found: &Found<RelativeWord>) -> bool {
    found.slot.is_none() && tokens.is_gap(found.end) && year_at(tokens, found.end + 1).is_some()
}

/// `some 2000 refugees`: a count that looks like a year.
fn is_counted(tokens: &Tokens<'_>, index: usize, language: &Language) -> bool {
    if !tokens.is_digits(index) || index == 0 || !tokens.is_gap(index - 1) {
        return false;
    }
    // The longest approximator has four words and three gaps.
    (index.saturating_sub(8)..index).any(|start| {
        let inside = start > 0 && tokens.is_word(start) && tokens.is_digits(start - 1);
        !inside
            && language
                .approximators
                .at(tokens, start, language)
                .is_some_and(|found| found.end + 1 == index && !found.value.before_years)
    })
}

/// Whether a bare `May` stands where a month stands: after a preposition, alone in its cell, beside another month.
fn is_month_here(tokens: &Tokens<'_>, start: usize, end: usize, language: &Language) -> bool {
    let word = |index: Option<usize>| match index.and_then(|index| tokens.kind(index)) {
        Some(TokenKind::Word(word)) => Some(*language.lexeme(word)),
        _ => None,
    };
    let gap_before = start > 0 && tokens.is_gap(start - 1);
    let before = word(start.checked_sub(2).filter(|_| gap_before));
    let after = word(Some(tokens.skip_gap(end)));
    let edge = |kind: Option<TokenKind>| matches!(kind, None | Some(TokenKind::Cell | TokenKind::Line));
    // `Mar 11`: a row of labels and figures.
    let figure_after = tokens.is_gap(end) && tokens.is_digits(end + 1);
    figure_after
        || before.is_some_and(|word| word.preposition || word.month.is_some())
        || after.is_some_and(|word| word.month.is_some())
        || (edge(start.checked_sub(1).and_then(|at| tokens.kind(at))) && edge(tokens.kind(end)))
}

/// Notes the expression after its frame; gives the token to go on with.
fn keep(
    tokens: &Tokens<'_>,
    frame: Range<usize>,
    word: Option<FrameWord>,
    expression: &Expression,
    context: PeriodContext,
    scan: &mut Scan,
) -> usize {
    scan.taken.push(Taken {
        first: frame.end,
        end: expression.end,
        numeric: expression.numeric,
    });
    if expression.impossible {
        scan.impossible.push(tokens.range(frame.end, expression.end));
    }
    scan.leans |= word == Some(FrameWord::Since) || expression.date.is_some_and(|(span, _)| !span.has_year());
    if let Some((span, kind)) = expression.date
        && let Some(mention) = mention(tokens, frame, word, expression.end, (span, kind), context)
    {
        scan.mentions.push(mention);
    }
    expression.end
}

fn mention(
    tokens: &Tokens<'_>,
    frame: Range<usize>,
    word: Option<FrameWord>,
    end: usize,
    (mut span, mut kind): (Span, PeriodKind),
    context: PeriodContext,
) -> Option<PeriodMention> {
    let frame_kind = match word {
        None => Frame::Plain,
        Some(FrameWord::Between) => Frame::Between,
        Some(FrameWord::From) => Frame::From,
        Some(FrameWord::AsOf) => Frame::AsOf,
        Some(FrameWord::Since) => Frame::Since,
        Some(FrameWord::End) => Frame::End,
        Some(FrameWord::Vague) => return None,
    };
    let mut complete = span.has_year();
    let mut period = span.period(context.anchor());
    match frame_kind {
        Frame::End => {
            if matches!(kind, PeriodKind::Day | PeriodKind::Days) {
                return None;
            }
            span.first = span.last;
            period = period.map(|period| crate::schema::Period::day(period.end));
            kind = PeriodKind::Day;
            // Without a year the last day of February is not known yet: the mention keeps the month.
            if let Some(period) = period {
                let edge = super::Edge {
                    year: Some(period.end.year()),
                    month: period.end.month() as u32,
                    day: Some(period.end.day() as u32),
                };
                span = Span { first: edge, last: edge };
            }
        }
        Frame::Since => {
            let start = period?.start;
            complete = false;
            kind = PeriodKind::Relative(Shift::Since(start));
            period = context.anchor().and_then(|end| crate::schema::Period::new(start, end));
        }
        _ => {}
    }
    Some(PeriodMention {
        range: tokens.range(frame.start, end),
        core: tokens.range(frame.end, end),
        frame: frame_kind,
        kind,
        period,
        complete,
        span: Some(span),
    })
}

fn relative(tokens: &Tokens<'_>, start: usize, found: &Found<RelativeWord>, language: &Language) -> Option<PeriodMention> {
    let year = || found.slot.and_then(|slot| year_at(tokens, slot));
    let shift = match found.value {
        RelativeWord::YearBefore => Shift::YearBefore,
        RelativeWord::InYear => Shift::InYear(year()?),
        RelativeWord::MonthBefore => Shift::MonthBefore,
        RelativeWord::LastYear => Shift::LastYear,
        RelativeWord::ThisYear => Shift::ThisYear,
        RelativeWord::SinceYear => Shift::Since(civil::Date::new(year()?, 1, 1).ok()?),
        RelativeWord::Current => Shift::Current,
        RelativeWord::CurrentMonth => Shift::CurrentMonth,
        RelativeWord::EndOfCurrent => Shift::EndOfCurrent,
        RelativeWord::EndOfCurrentYear => Shift::EndOfCurrentYear,
        RelativeWord::LastMonths => {
            let slot = found.slot?;
            let count = match tokens.kind(slot)? {
                TokenKind::Word(word) => match language.lexeme(word).number {
                    Some(NumberWord::Small(count)) => Some(count),
                    _ => None,
                },
                _ => tokens.small(slot, 2),
            };
            Shift::LastMonths(count.filter(|count| *count > 0)?)
        }
        RelativeWord::Unclear => return None,
    };
    let range = tokens.range(start, found.end);
    Some(PeriodMention {
        core: range.clone(),
        range,
        frame: Frame::Plain,
        kind: PeriodKind::Relative(shift),
        period: None,
        complete: false,
        span: None,
    })
}

/// One date, or two that are joined; in `2024 (Jan-Jul)` and `Jan-Jul (2024)` the year belongs to them.
fn expression(tokens: &Tokens<'_>, start: usize, frame: FrameWord, language: &Language) -> Option<Expression> {
    let first = point(tokens, start, language)?;
    let last = joined(tokens, &first, frame, language).filter(|last| joins(tokens, start, &first, last));
    let last = last.or_else(|| month_after(tokens, start, &first, language));
    let mut found = Expression {
        date: None,
        end: last.as_ref().map_or(first.end, |last| last.end),
        numeric: first.numeric,
        impossible: false,
        ambiguous: first.ambiguous && last.is_none() && frame == FrameWord::From,
    };
    let (mut one, mut other) = (first.date, last.map_or(first.date, |last| last.date));
    if one == Date::Impossible || other == Date::Impossible {
        found.impossible = true;
        return Some(found);
    }
    if let Date::Year(year) = one
        && last.is_none()
        && let Some((inner, end)) = bracketed(tokens, found.end, language)
    {
        (one, other) = (inner.0.with_year(year), inner.1.with_year(year));
        found.end = end;
    } else if other.is_yearless()
        && let Some((year, end)) = bracketed_year(tokens, found.end)
    {
        other = other.with_year(year);
        if last.is_none() {
            one = other;
        }
        found.end = end;
    }
    found.date = span_of(one, other, last.is_some() || one != other);
    if found.date.is_none() && !matches!(one, Date::Vague) && !matches!(other, Date::Vague) {
        return None;
    }
    Some(found)
}

fn span_of(one: Date, other: Date, joined: bool) -> Option<(Span, PeriodKind)> {
    let one = match (one, other) {
        (Date::DayOnly(day), Date::Day { month, year, .. }) => Date::Day { day, month, year },
        (one, _) => one,
    };
    let span = Span {
        first: one.edges()?.0,
        last: other.edges()?.1,
    };
    let kind = match (one, other) {
        (Date::Day { .. }, _) | (_, Date::Day { .. }) if joined => PeriodKind::Days,
        (Date::Day { .. }, _) => PeriodKind::Day,
        (Date::Year(_), Date::Year(_)) if joined => PeriodKind::Years,
        (Date::Year(_), Date::Year(_)) => PeriodKind::Year,
        _ if span.first.month == span.last.month && !joined => PeriodKind::Month,
        _ => PeriodKind::Months,
    };
    if let (Some(first), Some(last)) = (span.first.year, span.last.year)
        && (first, span.first.month, span.first.day.unwrap_or(0)) > (last, span.last.month, span.last.day.unwrap_or(32))
    {
        return None;
    }
    Some((span, kind))
}

/// The second date of `January–July`, `Between January and July`, `2016 to 2023`.
fn joined(tokens: &Tokens<'_>, first: &Point, frame: FrameWord, language: &Language) -> Option<Point> {
    if matches!(first.date, Date::Vague) {
        return None;
    }
    let next = if let Some(next) = tokens.skip_dash(first.end) {
        next
    } else {
        let connector = tokens.skip_gap(first.end);
        let found = language.connectors.at(tokens, connector, language)?;
        if connector == first.end || (found.value == Connector::And && frame != FrameWord::Between) {
            return None;
        }
        let next = tokens.skip_gap(found.end);
        language.of.at(tokens, next, language).map_or(next, |of| tokens.skip_gap(of.end))
    };
    point(tokens, next, language).filter(|last| !matches!(last.date, Date::Vague | Date::DayOnly(_)))
}

/// The second month of `in January and February 2024`, unless each has a figure of its own.
fn month_after(tokens: &Tokens<'_>, start: usize, first: &Point, language: &Language) -> Option<Point> {
    let Date::Months { from, to, year: None } = first.date else {
        return None;
    };
    let word = start.checked_sub(2).filter(|_| tokens.is_gap(start - 1))?;
    let TokenKind::Word(before) = tokens.kind(word)? else { return None };
    let before = language.lexeme(before);
    let opens = before.preposition && !before.day_preposition && language.connectors.at(tokens, word, language).is_none();
    let connector = tokens.skip_gap(first.end);
    let found = language.connectors.at(tokens, connector, language)?;
    let last = point(tokens, tokens.skip_gap(found.end), language)?;
    let Date::Months {
        from: next, to: last_month, ..
    } = last.date
    else {
        return None;
    };
    let follows = from == to && next == last_month && next == to % 12 + 1;
    let goes_on = language.connectors.at(tokens, tokens.skip_gap(last.end), language).is_some();
    let severally = (last.end..last.end + WORDS_TO_SEVERALLY).any(|at| tokens.is_word(at) && tokens.token_text(at).eq_ignore_ascii_case(SEVERALLY));
    (opens && found.value == Connector::And && follows && !goes_on && !severally).then_some(last)
}

/// Whether two joined dates are one period: rising, of a like kind, and not part of an enumeration.
fn joins(tokens: &Tokens<'_>, start: usize, first: &Point, last: &Point) -> bool {
    match (first.date, last.date) {
        (Date::Year(one), Date::Year(other)) => {
            let next = tokens.skip_dash(last.end).is_some_and(|next| year_at(tokens, next).is_some());
            one < other && !next && !follows_year(tokens, start)
        }
        (Date::Impossible, _) | (_, Date::Impossible) | (Date::DayOnly(_), Date::Day { .. }) => true,
        (Date::Year(_) | Date::DayOnly(_), _) | (_, Date::Year(_)) => false,
        _ => true,
    }
}

/// `2017 - 2018 - 2019`: years one after the other, no span.
fn follows_year(tokens: &Tokens<'_>, start: usize) -> bool {
    let back = |index: usize| if index > 0 && tokens.is_gap(index - 1) { index - 1 } else { index };
    let dash = back(start);
    if dash == 0 || !tokens.is_dash(dash - 1) {
        return false;
    }
    back(dash - 1).checked_sub(1).is_some_and(|at| year_at(tokens, at).is_some())
}

/// `(Jan-Jul)` after a year, and the token after it.
fn bracketed(tokens: &Tokens<'_>, index: usize, language: &Language) -> Option<((Date, Date), usize)> {
    let open = tokens.skip_gap(index);
    if !tokens.is_mark(open, '(') {
        return None;
    }
    let first = point(tokens, open + 1, language)?;
    let last = joined(tokens, &first, FrameWord::From, language).unwrap_or(first);
    let fits = first.date.is_yearless() && last.date.is_yearless() && tokens.is_mark(last.end, ')');
    fits.then_some(((first.date, last.date), last.end + 1))
}

/// `(2024)` after a date without a year, and the token after it.
fn bracketed_year(tokens: &Tokens<'_>, index: usize) -> Option<(i16, usize)> {
    let open = tokens.skip_gap(index);
    let year = year_at(tokens, open + 1).filter(|_| tokens.is_mark(open, '('))?;
    tokens.is_mark(open + 2, ')').then_some((year, open + 3))
}

/// `October, November and December 2024`: the year printed last is that of all.
fn share_years(tokens: &Tokens<'_>, context: PeriodContext, language: &Language, mentions: &mut [PeriodMention]) {
    for later in (1..mentions.len()).rev() {
        let (before, after) = mentions.split_at_mut(later);
        let (Some(earlier), Some(later)) = (before.last_mut(), after.first()) else {
            continue;
        };
        let (Some(mut span), Some(next)) = (earlier.span, later.span) else {
            continue;
        };
        if span.has_year() || !next.has_year() || later.frame != Frame::Plain || matches!(later.kind, PeriodKind::Year | PeriodKind::Years) {
            continue;
        }
        let between = &tokens.text[earlier.range.end..later.range.start];
        if !is_enumeration(between, language) {
            continue;
        }
        let Some(year) = next.period(None).map(|period| period.start.year()) else {
            continue;
        };
        let wraps = (span.last.month, span.last.day) > (next.first.month, next.first.day);
        span.last.year = Some(year - i16::from(wraps));
        earlier.span = Some(span);
        earlier.complete = true;
        earlier.period = span.period(context.anchor());
        if earlier.frame == Frame::End {
            earlier.period = earlier.period.map(|period| crate::schema::Period::day(period.end));
        }
    }
}

/// A comma, a stroke, `and`; blanks alone make a row of labels, whose year may stand anywhere.
fn is_enumeration(text: &str, language: &Language) -> bool {
    if text.len() > 16 {
        return false;
    }
    let tokens = Tokens::of(text, language);
    let mut index = 0;
    let mut joined = false;
    while index < tokens.len() {
        let joins = match tokens.kind(index) {
            Some(TokenKind::Space | TokenKind::Line) => {
                index += 1;
                continue;
            }
            Some(TokenKind::Mark(',' | '/')) => true,
            _ => language
                .connectors
                .at(&tokens, index, language)
                .is_some_and(|found| found.value == Connector::And && found.end == index + 1),
        };
        if !joins {
            return false;
        }
        joined = true;
        index += 1;
    }
    joined
}
