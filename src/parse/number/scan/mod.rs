//! Tokens to figures, read once from left to right.

mod digits;
mod groups;

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    super::{
        language::{Announcement, Approximator, FrameWord, Language, NumberWord, PercentWord},
        period::{self, PeriodContext, Scan, Taken},
        token::{TokenKind, Tokens, is_hyphen},
    },
    Malformed, NotFigure, NotFigureKind, NumberConvention, Numbers, ShortScales,
    body::{self, Body},
    surroundings, words,
};

/// Reads all figures of a text.
pub(super) fn read(text: &str, convention: &NumberConvention, language: &Language) -> Numbers {
    let tokens = Tokens::of(text, language);
    let dates = period::scan(&tokens, PeriodContext::default(), language);
    read_beside(&tokens, &dates, convention, language)
}

/// Reads all figures of a text whose dates are known.
pub(in super::super) fn read_beside(tokens: &Tokens<'_>, dates: &Scan, convention: &NumberConvention, language: &Language) -> Numbers {
    if !tokens.may_hold_figures() && dates.impossible.is_empty() {
        return Numbers::default();
    }
    let mut scanner = Scanner {
        tokens,
        convention,
        language,
        found: Numbers::default(),
        approximator: None,
        announcement: None,
        frame: None,
        range_end: None,
    };
    for range in dates.impossible.iter().cloned() {
        let why = "no calendar has this day";
        scanner.found.malformed.push(Malformed { range, why });
    }
    scanner.run(&dates.taken);
    let mut found = scanner.found;
    found.malformed.sort_by_key(|malformed| (malformed.range.start, malformed.range.end));
    found
}

pub(super) struct Scanner<'scan> {
    pub(super) tokens: &'scan Tokens<'scan>,
    pub(super) convention: &'scan NumberConvention,
    pub(super) language: &'scan Language,
    pub(super) found: Numbers,
    /// The last approximator, with its tokens.
    pub(super) approximator: Option<(Range<usize>, Approximator)>,
    /// The last announcement, with the token after it.
    pub(super) announcement: Option<(Announcement, usize)>,
    /// The last `from` or `between`, with the token after it.
    pub(super) frame: Option<(FrameWord, usize)>,
    /// Token at which the second figure of a range has to start.
    pub(super) range_end: Option<usize>,
}

/// A figure's value and precision as printed, before its surroundings are looked at.
#[expect(clippy::struct_excessive_bools, reason = "each tells how it is printed, whatever the others tell")]
pub(super) struct Figure {
    pub(super) value: Decimal,
    pub(super) decimals: u32,
    /// Value of the scale word, one without.
    pub(super) scale: Decimal,
    pub(super) scaled: bool,
    pub(super) plain: bool,
    pub(super) digits: usize,
    pub(super) word: bool,
    pub(super) pronoun: bool,
}

impl Scanner<'_> {
    fn run(&mut self, taken: &[Taken]) {
        let mut taken = taken.iter().peekable();
        let mut index = 0;
        while index < self.tokens.len() {
            while taken.next_if(|date| date.end <= index || date.first < index).is_some() {}
            if (index == 0 || self.tokens.is_blank(index - 1))
                && let Some(end) = surroundings::end_of_address(self.tokens, index)
            {
                self.exclude_digits(index, end, NotFigureKind::Address);
                index = end;
                continue;
            }
            if let Some(date) = taken.next_if(|date| date.first == index) {
                self.date(*date);
                index = date.end;
                continue;
            }
            index = self.step(index).max(index + 1);
        }
    }

    /// What starts at the token; gives the token to go on with.
    fn step(&mut self, index: usize) -> usize {
        match self.tokens.kind(index) {
            Some(TokenKind::Digits) => self.digits(index),
            Some(TokenKind::Word(_)) => {
                self.note_phrases(index);
                self.placeholder(index).or_else(|| self.words(index)).unwrap_or(index + 1)
            }
            Some(TokenKind::Mark('^')) => self.footnotes(index),
            Some(TokenKind::Mark(_)) => {
                self.note_phrases(index);
                self.placeholder(index).unwrap_or(index + 1)
            }
            _ => index + 1,
        }
    }

    fn exclude(&mut self, first: usize, end: usize, kind: NotFigureKind) {
        let range = self.tokens.range(first, end);
        self.found.not_figures.push(NotFigure { range, kind });
    }

    fn exclude_digits(&mut self, first: usize, end: usize, kind: NotFigureKind) {
        for index in (first..end).filter(|index| self.tokens.is_digits(*index)) {
            self.exclude(index, index + 1, kind);
        }
    }

    pub(super) fn fault(&mut self, first: usize, end: usize, why: &'static str) {
        let range = self.tokens.range(first, end);
        self.found.malformed.push(Malformed { range, why });
    }

    /// Years of a date are kept as figures that look like years; its other digits are none.
    fn date(&mut self, date: Taken) {
        if date.numeric {
            self.exclude(date.first, date.end, NotFigureKind::Date);
            return;
        }
        for index in date.first..date.end {
            if !self.tokens.is_digits(index) {
                continue;
            }
            let year = self.tokens.token_text(index).len() == 4;
            if !year {
                self.exclude(index, index + 1, NotFigureKind::Date);
            } else if surroundings::is_year_of_reference(self.tokens, index, self.language) {
                self.exclude(index, index + 1, NotFigureKind::Reference);
            } else if let Body::Number { value, plain, digits, .. } = body::number(self.tokens.token_text(index), None, true) {
                let figure = Figure {
                    value,
                    decimals: 0,
                    scale: Decimal::ONE,
                    scaled: false,
                    plain,
                    digits,
                    word: false,
                    pronoun: false,
                };
                self.figure(index, index + 1, &figure);
            }
        }
    }

    /// Remembers approximators, announcements and frames: what comes after may be a figure.
    fn note_phrases(&mut self, index: usize) {
        let tokens = self.tokens;
        if index > 0 && tokens.is_word(index) && tokens.is_digits(index - 1) {
            return;
        }
        if let Some(found) = self.language.approximators.at(tokens, index, self.language) {
            let inside = self.approximator.as_ref().is_some_and(|(range, _)| range.end >= found.end);
            if !inside {
                self.approximator = Some((index..found.end, found.value));
            }
        }
        if let Some(found) = self.language.announcements.at(tokens, index, self.language) {
            self.announcement = Some((found.value, found.end));
        }
        if let Some(found) = self.language.frames.at(tokens, index, self.language) {
            self.frame = Some((found.value, found.end));
        }
    }

    fn placeholder(&mut self, index: usize) -> Option<usize> {
        let approximated = self
            .approximator
            .as_ref()
            .is_some_and(|(range, _)| range.end + 1 == index && self.tokens.is_gap(range.end));
        let (malformed, end) = surroundings::placeholder(self.tokens, index, approximated, self.language)?;
        self.found.malformed.push(malformed);
        Some(end)
    }

    /// `^{5,6}`, `^5`
    fn footnotes(&mut self, index: usize) -> usize {
        let open = index + 1;
        let end = if self.tokens.is_mark(open, '{') {
            (open..open + 16).find(|at| self.tokens.is_mark(*at, '}')).unwrap_or(open)
        } else if self.tokens.is_digits(open) {
            open + 1
        } else {
            open
        };
        self.exclude_digits(open, end, NotFigureKind::Footnote);
        end
    }

    fn words(&mut self, index: usize) -> Option<usize> {
        let tokens = self.tokens;
        let glued = index > 0
            && (tokens.is_digits(index - 1) || matches!(tokens.kind(index - 1), Some(TokenKind::Mark(mark)) if is_hyphen(mark) || mark == '/'));
        let words = words::words(tokens, index, self.language)?;
        if glued || self.is_compound(words.end) || self.is_multiple(words.end) {
            return Some(words.end);
        }
        if words.value < Decimal::TEN
            && let Some(end) = self.end_of_fraction(words.end)
        {
            self.exclude(index, end, NotFigureKind::Fraction);
            return Some(end);
        }
        let scaled = !words.scale.is_zero();
        let figure = Figure {
            value: words.value,
            decimals: 0,
            scale: if scaled { words.scale } else { Decimal::ONE },
            scaled,
            plain: false,
            digits: 0,
            word: true,
            pronoun: words.pronoun,
        };
        Some(self.figure(index, words.end, &figure))
    }

    /// Whether a percent sign, its word or a scale word follows.
    pub(super) fn unit_after(&self, end: usize) -> bool {
        self.percent_after(end).is_some() || self.scale_after(end).is_some()
    }

    pub(super) fn percent_after(&self, end: usize) -> Option<(PercentWord, usize)> {
        let next = self.tokens.skip_gap(end);
        let other_line = self.tokens.kind(end) == Some(TokenKind::Line) && !self.tokens.is_word(next);
        if other_line || (next == end && self.tokens.is_word(next)) {
            return None;
        }
        let found = self.language.percent.at(self.tokens, next, self.language)?;
        Some((found.value, found.end))
    }

    /// The scale word or letter after digits, and the token after it.
    pub(super) fn scale_after(&self, end: usize) -> Option<(Decimal, usize)> {
        let next = self.tokens.skip_gap(end);
        let Some(TokenKind::Word(word)) = self.tokens.kind(next) else {
            return None;
        };
        let lexeme = self.language.lexeme(word);
        if let Some(NumberWord::Scale(scale)) = lexeme.number {
            return Some((scale, next + 1));
        }
        let short = next == end && self.convention.short_scales == ShortScales::Read;
        lexeme.short_scale.filter(|_| short).map(|scale| (scale, next + 1))
    }
}
