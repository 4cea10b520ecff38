//! Tokens to figures, read once from left to right.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    super::{
        language::{Announcement, Approximator, FrameWord, Language, NumberWord, PercentWord},
        period::{self, PeriodContext, Taken},
        token::{TokenKind, Tokens, is_hyphen},
    },
    Malformed, NotFigure, NotFigureKind, Number, NumberConvention, NumberKind, Numbers, ShortScales, Sign, SpaceGroups,
    body::{self, Body},
    direction::arrow_at,
    surroundings, words,
};
use crate::schema::Qualifier;

/// Reads all figures of a text.
pub(super) fn read(text: &str, convention: &NumberConvention, language: &Language) -> Numbers {
    let tokens = Tokens::of(text, language);
    let dates = period::scan(&tokens, PeriodContext::default(), language);
    let mut scanner = Scanner {
        tokens: &tokens,
        convention,
        language,
        found: Numbers::default(),
        approximator: None,
        announcement: None,
        frame: None,
        range_end: None,
    };
    for range in dates.impossible {
        let why = "no calendar has this day";
        scanner.found.malformed.push(Malformed { range, why });
    }
    scanner.run(&dates.taken);
    let mut found = scanner.found;
    found.malformed.sort_by_key(|malformed| (malformed.range.start, malformed.range.end));
    found
}

struct Scanner<'scan> {
    tokens: &'scan Tokens<'scan>,
    convention: &'scan NumberConvention,
    language: &'scan Language,
    found: Numbers,
    /// The last approximator, with its tokens.
    approximator: Option<(Range<usize>, Approximator)>,
    /// The last announcement, with the token after it.
    announcement: Option<(Announcement, usize)>,
    /// The last `from` or `between`, with the token after it.
    frame: Option<(FrameWord, usize)>,
    /// Token at which the second figure of a range has to start.
    range_end: Option<usize>,
}

/// A figure's value and precision as printed, before its surroundings are looked at.
#[expect(clippy::struct_excessive_bools, reason = "each tells how it is printed, whatever the others tell")]
struct Figure {
    value: Decimal,
    decimals: u32,
    /// Value of the scale word, one without.
    scale: Decimal,
    scaled: bool,
    plain: bool,
    digits: usize,
    word: bool,
    pronoun: bool,
}

impl Scanner<'_> {
    fn run(&mut self, taken: &[Taken]) {
        let mut taken = taken.iter().peekable();
        let mut index = 0;
        while index < self.tokens.len() {
            while taken.next_if(|date| date.end <= index || date.first < index).is_some() {}
            if index == 0 || self.tokens.is_blank(index - 1) {
                let end = surroundings::end_of_chunk(self.tokens, index);
                if end > index && surroundings::is_address(self.tokens.slice(index, end)) {
                    self.exclude_digits(index, end, NotFigureKind::Address);
                    index = end;
                    continue;
                }
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

    fn fault(&mut self, first: usize, end: usize, why: &'static str) {
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
        if glued || self.is_compound(words.end) {
            return Some(words.end);
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

    /// `12-month`, `two-thirds`: a hyphen and a word, or a letter, glued on.
    fn is_compound(&self, end: usize) -> bool {
        match self.tokens.kind(end) {
            Some(TokenKind::Mark(mark)) if is_hyphen(mark) => self.tokens.is_word(end + 1),
            Some(TokenKind::Mark('_' | '½' | '¼' | '¾' | '⅓' | '⅔')) => true,
            _ => false,
        }
    }

    /// Digits that nobody has claimed: a figure, or something else that is noted.
    fn digits(&mut self, index: usize) -> usize {
        let tokens = self.tokens;
        if let Some((kind, end)) = self.not_a_figure(index) {
            self.exclude_digits(index, end, kind);
            return end;
        }
        let end = body::end_of_run(tokens, index);
        let (end, read) = match self.space_groups(index, end) {
            Some(joined) => joined,
            None => (end, body::read(tokens, index, end, self.convention)),
        };
        if let Some((kind, end)) = self.not_a_figure_by_end(index, end) {
            self.exclude(index, end, kind);
            return end;
        }
        let unit = self.unit_after(end);
        match read {
            Body::Number {
                value,
                decimals,
                plain,
                digits,
            } => self.scaled_figure(index, end, (value, decimals), (plain, digits)),
            Body::Doubtful { value, decimals } if unit => self.scaled_figure(index, end, (value, decimals), (false, 0)),
            Body::Doubtful { .. } => {
                self.fault(index, end, body::WRONG_SEPARATOR);
                end
            }
            Body::List => {
                for at in (index..end).step_by(2) {
                    if let Body::Number { value, plain, digits, .. } = body::number(tokens.token_text(at), None, true) {
                        self.scaled_figure(at, at + 1, (value, 0), (plain, digits));
                    }
                }
                end
            }
            Body::Section => {
                self.exclude(index, end, NotFigureKind::Fraction);
                end
            }
            Body::Code => {
                self.exclude(index, end, NotFigureKind::Code);
                end
            }
            Body::FaultBeforeUnit(_) if !unit => {
                self.exclude(index, end, NotFigureKind::Footnote);
                end
            }
            Body::Fault(why) | Body::FaultBeforeUnit(why) => {
                self.fault(index, end, why);
                end
            }
        }
    }

    /// Whether a percent sign, its word or a scale word follows.
    fn unit_after(&self, end: usize) -> bool {
        self.percent_after(end).is_some() || self.scale_after(end).is_some()
    }

    fn percent_after(&self, end: usize) -> Option<(PercentWord, usize)> {
        let next = self.tokens.skip_gap(end);
        let other_line = self.tokens.kind(end) == Some(TokenKind::Line) && !self.tokens.is_word(next);
        if other_line || (next == end && self.tokens.is_word(next)) {
            return None;
        }
        let found = self.language.percent.at(self.tokens, next, self.language)?;
        Some((found.value, found.end))
    }

    /// The scale word or letter after digits, and the token after it.
    fn scale_after(&self, end: usize) -> Option<(Decimal, usize)> {
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

    fn scaled_figure(&mut self, index: usize, end: usize, (value, decimals): (Decimal, u32), (plain, digits): (bool, usize)) -> usize {
        let (scale, end, scaled) = match self.scale_after(end) {
            Some((scale, end)) => (scale, end, true),
            None => (Decimal::ONE, end, false),
        };
        let Some(value) = value.checked_mul(scale) else { return end };
        let figure = Figure {
            value,
            decimals,
            scale,
            scaled,
            plain: plain && !scaled,
            digits,
            word: false,
            pronoun: false,
        };
        self.figure(index, end, &figure)
    }

    /// Digits that what stands before them, or they themselves, make something else; with the token after.
    fn not_a_figure(&self, index: usize) -> Option<(NotFigureKind, usize)> {
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
                    let last = tokens.skip_dash(run).filter(|last| tokens.is_digits(*last)).map_or(run, |last| last + 1);
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
    fn not_a_figure_by_end(&self, index: usize, end: usize) -> Option<(NotFigureKind, usize)> {
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
            _ => self.is_age(index, end).then_some((NotFigureKind::Age, end)),
        }
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

    /// Groups of three after plain spaces, joined where that is right; the token after and what they are.
    fn space_groups(&self, index: usize, end: usize) -> Option<(usize, Body)> {
        let tokens = self.tokens;
        let first = tokens.token_text(index);
        if end != index + 1 || first.len() > 3 || first.starts_with('0') || self.convention.spaces == SpaceGroups::Apart {
            return None;
        }
        let mut last = end;
        // One group more than a figure can have: enough to know that it is none.
        while last < index + 13 && tokens.slice(last, last + 1) == " " && tokens.is_digits(last + 1) && tokens.token_text(last + 1).len() == 3 {
            last += 2;
        }
        let decimal = tokens.is_mark(last, self.convention.decimal) && tokens.is_digits(last + 1);
        let whole = if decimal { last + 2 } else { last };
        if last == end || last >= index + 13 || (self.convention.spaces == SpaceGroups::Guarded && !self.is_one_figure(index, last, whole)) {
            return None;
        }
        let digits: String = (index..last).step_by(2).map(|at| tokens.token_text(at)).collect();
        let fraction = decimal.then(|| tokens.token_text(last + 1));
        Some((whole, body::number(&digits, fraction, false)))
    }

    /// Whether the groups of three between plain spaces up to `groups`, with decimals up to `last`, are one figure beyond doubt.
    fn is_one_figure(&self, index: usize, groups: usize, last: usize) -> bool {
        let tokens = self.tokens;
        // Nobody counts hundreds of millions to the last one: a row of labels.
        if groups > index + 5 || (groups == index + 5 && tokens.token_text(index).len() > 2) {
            return false;
        }
        let edge = |at: Option<usize>| matches!(at.map(|at| tokens.kind(at)), None | Some(None | Some(TokenKind::Cell | TokenKind::Line)));
        let before = index.checked_sub(1);
        // More figures on the line before or after: a row of labels.
        let figure_before = index >= 2 && tokens.is_gap(index - 1) && (tokens.is_digits(index - 2) || tokens.is_mark(index - 2, '%'));
        let figure_after = tokens.is_gap(last) && tokens.is_digits(last + 1);
        let goes_on = matches!(tokens.kind(last), Some(TokenKind::Digits | TokenKind::Word(_)));
        if figure_before || figure_after || goes_on {
            return false;
        }
        let alone = edge(before) && edge(Some(last));
        let approximated = self
            .approximator
            .as_ref()
            .is_some_and(|(range, _)| range.end + 1 == index || range.end == index);
        let noun = tokens.is_gap(last)
            && tokens.is_word(last + 1)
            && !tokens.is_capital(last + 1)
            && self.language.connectors.at(tokens, last + 1, self.language).is_none();
        alone || approximated || (noun && groups == index + 3) || (noun && edge(before))
    }

    /// Looks around a figure and keeps it; gives the token after the quote.
    fn figure(&mut self, index: usize, end: usize, figure: &Figure) -> usize {
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
        let in_range = self.is_in_range(index, start, quote_end);
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
    fn arrow(&self, start: usize, end: usize) -> Option<crate::schema::Direction> {
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
            Some(TokenKind::Space | TokenKind::Line) => !matches!(back(3), Some(TokenKind::Digits)),
            Some(TokenKind::Digits | TokenKind::Word(_) | TokenKind::Mark('%')) => false,
            Some(TokenKind::Mark(mark)) => !super::super::token::is_dash(mark),
            None | Some(TokenKind::Cell) => true,
        };
        if tokens.is_mark(before, '+') && is_free {
            return (Some(Sign::Plus), before);
        }
        let dashed = |at: usize| tokens.is_dash(at) && !matches!(tokens.kind(at), Some(TokenKind::Mark('—' | '―')));
        if dashed(before) {
            return if is_free { (Some(Sign::Minus), before) } else { (None, index) };
        }
        // `- 33%` opens its line, cell or bracket; `- 33% of …` is a list item.
        let Some(dash) = index
            .checked_sub(2)
            .filter(|at| tokens.kind(before) == Some(TokenKind::Space) && dashed(*at))
        else {
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
            (Some(Sign::Minus), dash)
        } else {
            (None, index)
        }
    }

    /// Whether the figure is one end of a printed range.
    fn is_in_range(&mut self, index: usize, start: usize, end: usize) -> bool {
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
                .filter(|found| found.value == super::super::language::Connector::To || framed(FrameWord::Between))
                .map(|found| tokens.skip_gap(found.end))
        };
        let number = |at: &usize| match tokens.kind(*at) {
            Some(TokenKind::Digits) => true,
            Some(TokenKind::Word(word)) => self.language.lexeme(word).number.is_some() && !tokens.is_dash(dash),
            _ => false,
        };
        self.range_end = next.filter(number);
        second || self.range_end.is_some()
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
