//! A figure and what stands around it to the number that is kept: its sign, unit, approximator, arrow, range and precision.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    super::{
        language::{Connector, FrameWord, PercentWord},
        token::{TokenKind, is_dash},
    },
    Number, NumberKind, Sign, body,
    direction::arrow_at,
    scan::{Figure, Scanner},
};
use crate::schema::{Direction, Qualifier};

impl Scanner<'_> {
    /// Looks around a figure and keeps it; gives the token after the quote.
    pub(super) fn figure(&mut self, index: usize, end: usize, figure: &Figure) -> usize {
        let tokens = self.tokens;
        let percent = if figure.scaled { None } else { self.percent_after(end) };
        let (kind, quote_end) = match percent {
            Some((PercentWord::Percent, end)) => (NumberKind::Percent, end),
            Some((PercentWord::Points, end)) => (NumberKind::Points, end),
            None => (NumberKind::Count, end),
        };
        if kind == NumberKind::Percent && tokens.is_mark(quote_end, '%') {
            self.fault(index, quote_end + 1, "the percent sign is doubled");
            return quote_end + 1;
        }
        if figure.pronoun && kind == NumberKind::Count && !self.person_after(end) {
            return end;
        }
        let (sign, start) = self.sign(index, quote_end, kind, figure);
        let in_range = self.is_in_range(index, start, quote_end, kind);
        let (mut qualifier, mut qualifier_range, mut before_years) = (Qualifier::Exact, None, true);
        if let Some((range, approximator)) = &self.approximator
            && (range.end == start || (range.end + 1 == start && tokens.is_gap(range.end)))
        {
            qualifier = approximator.qualifier;
            before_years = approximator.before_years;
            qualifier_range = Some(tokens.range(range.start, range.end));
        } else if let Some((after, range)) = self.approximator_after(quote_end) {
            (qualifier, qualifier_range) = (after, Some(range));
        }
        let year_like = kind == NumberKind::Count
            && figure.plain
            && figure.digits == 4
            && sign.is_none()
            && before_years
            && (Decimal::from(1900)..=Decimal::from(2100)).contains(&figure.value);
        let number = Number {
            range: tokens.range(start, quote_end),
            value: if sign == Some(Sign::Minus) { -figure.value } else { figure.value },
            kind,
            step: step(figure, kind, qualifier),
            qualifier,
            qualifier_range,
            sign,
            arrow: self.arrow(start, quote_end),
            word: figure.word,
            each: self.language.each.at(tokens, tokens.skip_gap(quote_end), self.language).is_some() && tokens.is_gap(quote_end),
            year_like,
            in_range,
        };
        self.found.figures.push(number);
        quote_end
    }

    fn person_after(&self, end: usize) -> bool {
        let next = self.tokens.skip_gap(end);
        next > end && matches!(self.tokens.kind(next), Some(TokenKind::Word(word)) if self.language.lexeme(word).person)
    }

    /// `5,000+`, `5,000 or more`.
    fn approximator_after(&self, end: usize) -> Option<(Qualifier, Range<usize>)> {
        let tokens = self.tokens;
        let next = tokens.skip_gap(end);
        if next > end && tokens.is_mark(next, '+') {
            return None;
        }
        let found = self.language.approximators_after.at(tokens, next, self.language)?;
        let free = !tokens.is_digits(found.end) && !tokens.is_word(found.end);
        free.then(|| (found.value, tokens.range(next, found.end)))
    }

    /// The arrow before the quote, or after it where no other figure follows the arrow.
    fn arrow(&self, start: usize, end: usize) -> Option<Direction> {
        let tokens = self.tokens;
        let before = if start > 0 && tokens.is_gap(start - 1) { start - 1 } else { start };
        if let Some(direction) = before.checked_sub(1).and_then(|at| arrow_at(tokens, at)) {
            return Some(direction);
        }
        let after = tokens.skip_gap(end);
        let direction = arrow_at(tokens, after)?;
        let mut next = tokens.skip_gap(after + 1);
        if tokens.is_dash(next) || tokens.is_mark(next, '+') {
            next = tokens.skip_gap(next + 1);
        }
        (!tokens.is_digits(next)).then_some(direction)
    }

    /// The sign printed before the figure, and the token where the quote starts.
    fn sign(&self, index: usize, end: usize, kind: NumberKind, figure: &Figure) -> (Option<Sign>, usize) {
        let tokens = self.tokens;
        let Some(before) = index.checked_sub(1).filter(|_| !figure.word) else {
            return (None, index);
        };
        let back = |steps: usize| index.checked_sub(steps).and_then(|at| tokens.kind(at));
        let is_free = match back(2) {
            // `2016 -2023` and `10 -15%` are spans; in `3,100 -33%` a change follows a count.
            Some(TokenKind::Space) => {
                let change = kind != NumberKind::Count && index >= 3 && tokens.token_text(index - 3).len() >= 3;
                !matches!(back(3), Some(TokenKind::Digits)) || change
            }
            Some(TokenKind::Digits | TokenKind::Word(_) | TokenKind::Mark('%')) => false,
            Some(TokenKind::Mark(mark)) => !is_dash(mark),
            None | Some(TokenKind::Line | TokenKind::Cell) => true,
        };
        if tokens.is_mark(before, '+') && is_free {
            return (Some(Sign::Plus), before);
        }
        let dashed = |at: usize| tokens.is_dash(at) && !matches!(tokens.kind(at), Some(TokenKind::Mark('—' | '―')));
        if dashed(before) {
            return if is_free { (Some(Sign::Minus), before) } else { (None, index) };
        }
        // `- 33%` opens its line, cell or bracket, and so does `+ 16%`; `- 33% of …` is a list item.
        let signed = |at: &usize| tokens.kind(before) == Some(TokenKind::Space) && (dashed(*at) || tokens.is_mark(*at, '+'));
        let Some(mark) = index.checked_sub(2).filter(signed) else {
            return (None, index);
        };
        let arrow = |at: usize| arrow_at(tokens, at).is_some();
        let opens = match back(3) {
            None | Some(TokenKind::Line | TokenKind::Cell | TokenKind::Mark('(' | '[')) => true,
            Some(TokenKind::Space) => index >= 4 && arrow(index - 4),
            Some(TokenKind::Mark(_)) => arrow(index - 3),
            _ => false,
        };
        let next = tokens.skip_gap(end);
        let item = matches!(tokens.kind(next), Some(TokenKind::Word(word)) if self.language.lexeme(word).share_word);
        if opens && kind != NumberKind::Count && !item {
            let sign = if tokens.is_mark(mark, '+') { Sign::Plus } else { Sign::Minus };
            (Some(sign), mark)
        } else {
            (None, index)
        }
    }

    /// Whether the digits from `start` to `end` are four bare ones of a year.
    fn is_year(&self, start: usize, end: usize) -> bool {
        let year = self.tokens.small(start, 4).is_some_and(|year| (1900..=2100).contains(&year));
        year && end == start + 1
    }

    /// Whether the figure is one end of a printed range.
    fn is_in_range(&mut self, index: usize, start: usize, end: usize, kind: NumberKind) -> bool {
        let tokens = self.tokens;
        let second = self.range_end.take() == Some(index);
        let spaced = tokens.is_gap(end);
        let dash = tokens.skip_gap(end);
        let next = if tokens.is_dash(dash) {
            // `36% -8%`: a blank before the dash only is a sign; on a line of its own the dash opens it.
            let alike = tokens.is_gap(dash + 1) == spaced && tokens.kind(end) != Some(TokenKind::Line);
            alike.then(|| tokens.skip_gap(dash + 1))
        } else {
            let framed = |frame| self.frame.is_some_and(|(word, at)| word == frame && at + 1 == start);
            let connector = self
                .language
                .connectors
                .at(tokens, dash, self.language)
                .filter(|_| spaced && !framed(FrameWord::From));
            connector
                .filter(|found| found.value == Connector::To || framed(FrameWord::Between))
                .map(|found| tokens.skip_gap(found.end))
                // "7,000 in 2017 to 4,000 now": a year and a count are no range.
                // "by 90% to 420": a percentage and a count are none either.
                .filter(|next| kind == NumberKind::Count || self.percent_after(body::end_of_run(tokens, *next)).is_some())
                .filter(|next| !tokens.is_digits(*next) || self.is_year(index, end) == self.is_year(*next, body::end_of_run(tokens, *next)))
        };
        let number = |at: &usize| match tokens.kind(*at) {
            Some(TokenKind::Digits) => true,
            Some(TokenKind::Word(word)) => self.language.lexeme(word).number.is_some() && !tokens.is_dash(dash),
            _ => false,
        };
        self.range_end = next.filter(number).filter(|next| !self.is_set_off(index, end, *next, kind));
        second || self.range_end.is_some()
    }

    /// Whether two figures that look like a range are none: `fell by 1,150 to 8,260`, `of the 137,500 – 54 per cent –`.
    fn is_set_off(&self, index: usize, end: usize, next: usize, kind: NumberKind) -> bool {
        let tokens = self.tokens;
        let value = |at: usize| match body::read(tokens, at, body::end_of_run(tokens, at), self.convention) {
            body::Body::Number { value, .. } if tokens.is_digits(at) => Some(value),
            _ => None,
        };
        let (Some(first), Some(second)) = (value(index), value(next)) else {
            return false;
        };
        let by = index >= 2 && tokens.is_gap(index - 1) && tokens.token_text(index - 2).eq_ignore_ascii_case("by");
        let moved = by && !tokens.is_dash(tokens.skip_gap(end)) && second >= first * Decimal::from(3);
        let share = kind == NumberKind::Count && first > Decimal::ONE_HUNDRED && self.percent_after(body::end_of_run(tokens, next)).is_some();
        moved || share
    }
}

/// One unit of the last place that carries meaning.
///
/// A share is rounded to its last printed place. A count is exact unless approximated, scaled (`3.4 million`) or printed with
/// decimals; approximated it is good to its last place that is not zero. "More than 10%" reaches as far as "more than 10".
fn step(figure: &Figure, kind: NumberKind, qualifier: Qualifier) -> Decimal {
    let printed = figure.scale * Decimal::new(1, figure.decimals);
    if figure.decimals > 0 {
        return printed;
    }
    let rounded = match qualifier {
        Qualifier::Exact => false,
        Qualifier::About => kind == NumberKind::Count,
        Qualifier::Over | Qualifier::Under => true,
    };
    match (rounded, kind) {
        (true, _) => last_place(figure.value),
        (false, NumberKind::Count) if !figure.scaled => Decimal::ZERO,
        (false, _) => printed,
    }
}

/// One unit of the last place of a whole number that is not zero.
fn last_place(value: Decimal) -> Decimal {
    let mut place = Decimal::ONE;
    let mut rest = value.abs();
    while !rest.is_zero() && (rest % Decimal::TEN).is_zero() {
        rest /= Decimal::TEN;
        place *= Decimal::TEN;
    }
    place
}
