//! A text with all that is recognised in it: words, numbers, changes, periods, places. Phrases match on this.

use std::ops::Range;

mod signs;
mod starts;
mod word;

pub(super) use signs::{Sign, Signs, hashes};
use starts::Starts;
pub use word::{Token, fold_word, tokens};
pub(super) use word::{class, head};

use super::{
    change::{self, Change},
    cue::Cues,
    language::Language,
    number::{self, Malformed, NotFigure, Number, NumberConvention, Numbers},
    pattern::{Capture, Slot},
    period::{self, PeriodContext, PeriodMention},
    place::{self, PlaceMention},
    token::Tokens,
};
use crate::layout::{Region, Text};

/// A text and what is recognised in it. Ranges are bytes of `text.string`.
#[derive(Debug, Clone, Default)]
pub struct Annotated {
    /// The text.
    pub text: Text,
    /// Its words and marks.
    pub tokens: Vec<Token>,
    /// Its numbers.
    pub numbers: Vec<Number>,
    /// Digits that are no figures.
    pub not_figures: Vec<NotFigure>,
    /// Faulty figures, dates and placeholders.
    pub malformed: Vec<Malformed>,
    /// Relative changes: percentages with a direction.
    pub changes: Vec<Change>,
    /// Days, months, years.
    pub periods: Vec<PeriodMention>,
    /// Places and nationalities.
    pub places: Vec<PlaceMention>,
    /// Whether a date leaves out what only the context can tell.
    leans: bool,
    starts: Starts,
    signs: Signs,
    parts: Vec<(Range<usize>, Signs)>,
}

/// How a family writes.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    /// Its language.
    pub language: &'a Language,
    /// Words that tell how figures hang together.
    pub cues: &'a Cues,
    /// Its numbers.
    pub convention: &'a NumberConvention,
    /// What its dates leave out.
    pub context: PeriodContext,
}

impl Annotated {
    /// Recognises all there is in a text.
    pub fn new(text: Text, writing: Writing<'_>) -> Self {
        let tokens = tokens(&text.string);
        let places = place::places(&text.string, writing.language);
        Self::with_figures(text, tokens, places, writing)
    }

    /// The same text where dates are told by another context.
    #[must_use]
    pub fn dated(self, writing: Writing<'_>) -> Self {
        if !self.leans {
            return self;
        }
        let parts: Vec<_> = self.parts.into_iter().map(|(part, _)| part).collect();
        let mut dated = Self::with_figures(self.text, self.tokens, self.places, writing);
        dated.prepare(&parts);
        dated
    }

    fn with_figures(text: Text, tokens: Vec<Token>, places: Vec<PlaceMention>, writing: Writing<'_>) -> Self {
        let string = &text.string;
        let pieces = Tokens::of(string, writing.language);
        let dates = period::scan(&pieces, writing.context, writing.language);
        let Numbers {
            figures: mut numbers,
            not_figures,
            malformed,
        } = number::read_beside(&pieces, &dates, writing.convention, writing.language);
        let (periods, leans) = (dates.mentions, dates.leans);
        numbers.retain(|number| {
            let next = periods.partition_point(|mention| mention.range.end <= number.range.start);
            !number.in_range && periods.get(next).is_none_or(|mention| !overlaps(&mention.range, &number.range))
        });
        let changes = change::changes(string, &tokens, &numbers, writing.cues);
        let mut annotated = Self {
            text,
            tokens,
            numbers,
            not_figures,
            malformed,
            changes,
            periods,
            places,
            leans,
            ..Self::default()
        };
        annotated.starts = Starts::of(&annotated);
        annotated.signs = annotated.signs_of(0..annotated.tokens.len());
        annotated
    }

    /// The characters.
    pub fn string(&self) -> &str {
        &self.text.string
    }

    /// The first token that starts at or after a byte.
    pub fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.range.start < byte)
    }

    /// Whether anything a slot may catch starts with a token.
    pub fn slot_starts(&self, token: usize) -> bool {
        self.starts.kinds(token) != 0
    }

    /// What a slot may catch that starts with a token.
    pub fn slots_at(&self, token: usize, slot: Slot) -> impl Iterator<Item = Capture> {
        self.starts.at(token, slot)
    }

    /// A bit for each kind of slot that something fills from a token on.
    pub(super) fn kinds_at(&self, token: usize) -> u8 {
        self.starts.kinds(token)
    }

    /// What tells fast that a phrase cannot stand in a range of bytes.
    pub(super) fn signs(&self, within: &Range<usize>) -> &Signs {
        let part = self.parts.binary_search_by_key(&within.start, |(part, _)| part.start).ok();
        part.map(|part| &self.parts[part])
            .filter(|(part, _)| part.end == within.end)
            .map_or(&self.signs, |(_, signs)| signs)
    }

    /// Makes phrases be told fast that they cannot stand in one of these parts, such as sentences, in order.
    pub(super) fn prepare(&mut self, parts: &[Range<usize>]) {
        if parts.len() > 1 {
            let signs = |part: &Range<usize>| (part.clone(), self.signs_of(self.token_at(part.start)..self.token_at(part.end)));
            self.parts = parts.iter().map(signs).collect();
        }
    }

    fn signs_of(&self, tokens: Range<usize>) -> Signs {
        Signs::of(&self.tokens[tokens.clone()], self.starts.kinds_among(tokens))
    }

    /// What tells fast that a phrase cannot stand in the text at all.
    pub(super) fn own_signs(&self) -> &Signs {
        &self.signs
    }

    /// The number a figure slot caught.
    pub fn number_of(&self, capture: &Capture) -> Option<&Number> {
        match capture.slot {
            Slot::Change => self.numbers.get(self.changes.get(capture.index)?.number),
            slot if slot.is_figure() => self.numbers.get(capture.index),
            _ => None,
        }
    }

    /// Where a range stands.
    pub fn region(&self, range: Range<usize>) -> Option<Region> {
        self.text.region(range)
    }
}

/// A number with its approximator.
pub fn number_range(number: &Number) -> Range<usize> {
    number
        .qualifier_range
        .as_ref()
        .map_or(number.range.start, |qualifier| qualifier.start.min(number.range.start))..number.range.end
}

/// Whether two ranges share a byte.
pub fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
pub(super) mod testing {
    //! Annotated texts for tests.

    use super::*;

    /// A text as an English report of July 2024 is read.
    pub(in super::super) fn annotated(string: &str) -> Annotated {
        let mut text = Text::default();
        text.push(string, Region::Bytes { start: 0, end: string.len() }, false);
        let convention = Box::leak(Box::new(NumberConvention::default()));
        Annotated::new(text, writing(convention))
    }

    /// How an English report of July 2024 is written.
    pub(in super::super) fn writing(convention: &NumberConvention) -> Writing<'_> {
        let context = PeriodContext {
            edition: Some((2024, 7)),
            published: None,
        };
        Writing {
            language: Language::english(),
            cues: Cues::english(),
            convention,
            context,
        }
    }
}
