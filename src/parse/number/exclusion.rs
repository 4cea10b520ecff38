//! Digits and what stands around them to the reason why they are no figure.

use rust_decimal::Decimal;

use super::{
    super::{
        language::Announcement,
        token::{TokenKind, is_hyphen},
    },
    NotFigureKind, body,
    scan::Scanner,
    surroundings, words,
};
use crate::schema::Qualifier;

impl Scanner<'_> {
    /// `12-month`, `two-thirds`: a hyphen and a word, or a letter, glued on.
    pub(super) fn is_compound(&self, end: usize) -> bool {
        match self.tokens.kind(end) {
            Some(TokenKind::Mark(mark)) if is_hyphen(mark) => self.tokens.is_word(end + 1),
            Some(TokenKind::Mark('_' | '½' | '¼' | '¾' | '⅓' | '⅔')) => true,
            _ => false,
        }
    }

    /// Digits that what stands before them, or they themselves, make something else; with the token after.
    pub(super) fn not_a_figure(&self, index: usize) -> Option<(NotFigureKind, usize)> {
        let tokens = self.tokens;
        let kind = |at: Option<usize>| at.and_then(|at| tokens.kind(at));
        let (before, two_before) = (kind(index.checked_sub(1)), kind(index.checked_sub(2)));
        let run = body::end_of_run(tokens, index);
        let glued = match before {
            Some(TokenKind::Word(_) | TokenKind::Mark('_' | '@' | '\\')) => true,
            Some(TokenKind::Mark('/' | '.' | ',' | '\'' | '’')) => matches!(two_before, Some(TokenKind::Word(_) | TokenKind::Digits)),
            Some(TokenKind::Mark(mark)) if is_hyphen(mark) => matches!(two_before, Some(TokenKind::Word(_))),
            _ => false,
        };
        if glued {
            let reference = matches!(before, Some(TokenKind::Mark('/')));
            return Some((if reference { NotFigureKind::Reference } else { NotFigureKind::Name }, run));
        }
        if matches!(before, Some(TokenKind::Mark('['))) && matches!(two_before, Some(TokenKind::Word(_))) && tokens.is_mark(index + 1, ']') {
            return Some((NotFigureKind::Footnote, index + 1));
        }
        if matches!(before, Some(TokenKind::Mark('+')))
            && tokens.token_text(index).len() <= 3
            && let Some(end) = surroundings::end_of_phone(tokens, index, 9)
        {
            return Some((NotFigureKind::Phone, end));
        }
        if let Some((announcement, end)) = self.announcement {
            let colon = if tokens.is_mark(end, ':') || tokens.is_mark(end, '.') {
                end + 1
            } else {
                end
            };
            let direct = end == index || (tokens.kind(end) == Some(TokenKind::Space) && end + 1 == index);
            let plain = run == index + 1;
            match announcement {
                Announcement::Phone if end + 3 >= index => {
                    let next = tokens.skip_gap(colon);
                    let starts = next == index || (index > next && (next..index).all(|at| !tokens.is_word(at) && !tokens.is_digits(at)));
                    if starts && let Some(end) = surroundings::end_of_phone(tokens, index, 6) {
                        return Some((NotFigureKind::Phone, end));
                    }
                }
                Announcement::Reference if direct && plain && self.percent_after(run).is_none() => return Some((NotFigureKind::Reference, run)),
                Announcement::Age if direct && plain && tokens.token_text(index).len() <= 2 && self.percent_after(run).is_none() => {
                    let joined = tokens.skip_dash(run).or_else(|| {
                        let connector = tokens.skip_gap(run);
                        let found = self.language.connectors.at(tokens, connector, self.language)?;
                        Some(tokens.skip_gap(found.end))
                    });
                    let last = joined.filter(|last| tokens.is_digits(*last)).map_or(run, |last| last + 1);
                    return Some((NotFigureKind::Age, last));
                }
                _ => {}
            }
        }
        if surroundings::is_year_of_reference(tokens, index, self.language) {
            return Some((NotFigureKind::Reference, index + 1));
        }
        self.is_enumerator(index).then_some((NotFigureKind::Enumerator, index + 1))
    }

    /// `1. Introduction`, `2) Arrivals` at a line's start.
    fn is_enumerator(&self, index: usize) -> bool {
        let tokens = self.tokens;
        let starts = index == 0 || tokens.kind(index - 1) == Some(TokenKind::Line);
        starts
            && tokens.token_text(index).len() <= 2
            && matches!(tokens.kind(index + 1), Some(TokenKind::Mark('.' | ')')))
            && tokens.is_gap(index + 2)
            && tokens.is_word(index + 3)
            && (tokens.is_mark(index + 1, ')') || tokens.is_capital(index + 3))
    }

    /// Digits that what stands after them makes something else; with the token after.
    pub(super) fn not_a_figure_by_end(&self, index: usize, end: usize) -> Option<(NotFigureKind, usize)> {
        let tokens = self.tokens;
        match tokens.kind(end) {
            Some(TokenKind::Word(word)) => {
                let lexeme = self.language.lexeme(word);
                if lexeme.ordinal_ending && end == index + 1 {
                    return Some((NotFigureKind::Ordinal, end + 1));
                }
                self.scale_after(end).is_none().then_some((NotFigureKind::Name, end + 1))
            }
            Some(TokenKind::Mark('/')) if tokens.is_digits(end + 1) => {
                let mut last = end;
                while tokens.is_mark(last, '/') && tokens.is_digits(last + 1) {
                    last = body::end_of_run(tokens, last + 1);
                }
                Some((NotFigureKind::Fraction, last))
            }
            Some(TokenKind::Mark(':')) if tokens.is_digits(end + 1) => {
                let mut last = end;
                while tokens.is_mark(last, ':') && tokens.is_digits(last + 1) {
                    last += 2;
                }
                Some((NotFigureKind::Time, last))
            }
            _ if self.is_compound(end) => Some((NotFigureKind::Name, end)),
            Some(TokenKind::Space) if self.language.times.at(tokens, end + 1, self.language).is_some() => Some((NotFigureKind::Time, end)),
            _ if end == index + 1 && tokens.token_text(index).len() == 1 && self.end_of_fraction(end).is_some() => {
                self.end_of_fraction(end).map(|end| (NotFigureKind::Fraction, end))
            }
            _ if self.is_multiple(end) => Some((NotFigureKind::Multiple, end)),
            _ => self.is_age(index, end).then_some((NotFigureKind::Age, end)),
        }
    }

    /// `three times the figure`
    pub(super) fn is_multiple(&self, end: usize) -> bool {
        let next = self.tokens.skip_gap(end);
        next > end && matches!(self.tokens.kind(next), Some(TokenKind::Word(word)) if self.language.lexeme(word).multiple)
    }

    /// The token after `6 out of 10`, of whose first figure `end` is the end.
    pub(super) fn end_of_fraction(&self, end: usize) -> Option<usize> {
        let tokens = self.tokens;
        let phrase = tokens.skip_gap(end);
        let found = self.language.out_of.at(tokens, phrase, self.language).filter(|_| phrase > end)?;
        let last = tokens.skip_gap(found.end);
        if last == found.end {
            return None;
        }
        let (value, after) = match words::words(tokens, last, self.language) {
            Some(words) => (words.value, words.end),
            None => (Decimal::from(tokens.small(last, 2)?), last + 1),
        };
        // `24 in 10 centres` and `437 out of 5,065` are counts.
        let plain = body::end_of_run(tokens, last) == last + 1 && !self.unit_after(after);
        let spelled = found.end > phrase + 1 || !tokens.is_gap(after) || !tokens.is_word(after + 1);
        (plain && spelled && value <= Decimal::TEN).then_some(after)
    }

    /// `children under 18`, `over 60 years`.
    fn is_age(&self, index: usize, end: usize) -> bool {
        let tokens = self.tokens;
        let Some((range, approximator)) = self
            .approximator
            .as_ref()
            .filter(|(range, _)| range.end + 1 == index && tokens.is_gap(range.end))
        else {
            return false;
        };
        if approximator.qualifier == Qualifier::About || end != index + 1 || tokens.token_text(index).len() > 2 || self.unit_after(end) {
            return false;
        }
        let lexeme = |at: usize| match tokens.kind(at) {
            Some(TokenKind::Word(word)) => Some(self.language.lexeme(word)),
            _ => None,
        };
        let after = tokens.is_gap(end) && lexeme(end + 1).is_some_and(|word| word.age_unit);
        let before = range.start.checked_sub(2).filter(|_| tokens.is_gap(range.start - 1)).and_then(lexeme);
        after || before.is_some_and(|word| word.person)
    }
}
