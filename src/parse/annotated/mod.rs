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
    /// Kinds of slots that something fills.
    slots: u8,
    /// The words of parts that phrases are looked for in.
    signs: Vec<(Range<usize>, Signs)>,
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
        let places = place::places_among(&text.string, &tokens, writing.language);
        Self::with_figures(text, tokens, places, writing)
    }

    /// The same characters where they stand a second time.
    #[must_use]
    pub(super) fn standing_in(&self, text: Text) -> Self {
        debug_assert_eq!(self.text.string, text.string, "what is recognised are the same characters");
        Self { text, ..self.clone() }
    }

    /// Tells dates by another context.
    pub fn date(&mut self, writing: Writing<'_>) {
        if !self.leans {
            return;
        }
        let undated = std::mem::take(self);
        let parts = undated.signs.into_iter().map(|(part, _)| part).collect::<Vec<_>>();
        *self = Self::with_figures(undated.text, undated.tokens, undated.places, writing);
        self.prepare(&parts);
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
        let mut tokens = tokens;
        let mut annotated = Self {
            text,
            numbers,
            not_figures,
            malformed,
            changes,
            periods,
            places,
            leans,
            ..Self::default()
        };
        annotated.starts = Starts::of(&annotated, &mut tokens);
        annotated.tokens = tokens;
        annotated.slots = annotated.tokens.iter().fold(0, |all, token| all | token.kinds);
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
        self.kinds_at(token) != 0
    }

    /// What a slot may catch that starts with a token.
    pub fn slots_at(&self, token: usize, slot: Slot) -> impl Iterator<Item = Capture> {
        let fills = self.kinds_at(token) & slot.bit() != 0;
        fills.then(|| self.starts.at(token, slot)).into_iter().flatten()
    }

    /// A bit for each kind of slot that something fills from a token on.
    pub(super) fn kinds_at(&self, token: usize) -> u8 {
        self.tokens.get(token).map_or(0, |token| token.kinds)
    }

    /// What tells fast that a phrase cannot stand in a range of bytes, where it is one of the parts asked for.
    pub(super) fn signs(&self, within: &Range<usize>) -> Option<&Signs> {
        let part = self.signs.binary_search_by_key(&within.start, |(part, _)| part.start).ok()?;
        let (part, signs) = &self.signs[part];
        (part.end == within.end).then_some(signs)
    }

    /// Makes phrases be told fast that they cannot stand in one of these parts, such as sentences, in order.
    pub(super) fn prepare(&mut self, parts: &[Range<usize>]) {
        let signs = |part: &Range<usize>| (part.clone(), self.signs_of(self.token_at(part.start)..self.token_at(part.end)));
        self.signs = parts.iter().map(signs).collect();
    }

    fn signs_of(&self, tokens: Range<usize>) -> Signs {
        let tokens = &self.tokens[tokens];
        Signs::of(tokens, tokens.iter().fold(0, |all, token| all | token.kinds))
    }

    /// The kinds of slots that something in the text fills.
    pub(super) fn slots(&self) -> u8 {
        self.slots
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
