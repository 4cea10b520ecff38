//! A text with all that is recognised in it: words, numbers, changes, periods, places. Phrases match on this.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    change::{self, Change},
    cue::Cues,
    language::Language,
    number::{self, Malformed, NotFigure, Number, NumberConvention, NumberKind, Numbers},
    pattern::{Capture, Slot, fits},
    period::{self, PeriodContext, PeriodMention},
    place::{self, PlaceMention},
};
use crate::layout::{Region, Text};

/// A word, or one punctuation mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The word in lower case without accents; the mark as it is.
    pub folded: String,
    word: bool,
}

impl Token {
    /// Whether it is a punctuation mark or symbol.
    pub fn is_punctuation(&self) -> bool {
        !self.word
    }
}

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
    starts: Vec<bool>,
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
        let string = &text.string;
        let tokens = tokens(string);
        let periods = period::periods(string, writing.context, writing.language);
        let Numbers {
            figures: mut numbers,
            not_figures,
            malformed,
        } = number::read(string, writing.convention, writing.language);
        numbers.retain(|number| !number.in_range && !periods.iter().any(|mention| overlaps(&mention.range, &number.range)));
        let places = place::places(string, writing.language);
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
            starts: Vec::new(),
        };
        annotated.starts = annotated.slot_starts_of_tokens();
        annotated
    }

    /// For each token, whether anything a slot may catch starts with it.
    fn slot_starts_of_tokens(&self) -> Vec<bool> {
        let mut starts = vec![false; self.tokens.len()];
        let numbers = self.numbers.iter().flat_map(|number| [number_range(number).start, number.range.start]);
        // An arrow before a figure starts a change of points.
        let arrows = self.numbers.iter().map(|number| change::with_arrow(self.string(), &number.range).0.start);
        let changes = self.changes.iter().map(|change| change.range.start);
        let places = self.places.iter().map(|mention| mention.range.start);
        for start in numbers.chain(arrows).chain(changes).chain(places) {
            let token = self.token_at(start);
            if self.tokens.get(token).is_some_and(|token| token.range.start == start) {
                starts[token] = true;
            }
        }
        for mention in &self.periods {
            starts[self.token_at(mention.range.start)..self.token_at(mention.core.start + 1)].fill(true);
        }
        starts
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
    pub fn slot_starts(&self, token: usize) -> Option<()> {
        self.starts.get(token)?.then_some(())
    }

    /// What a slot may catch that starts with a token, the longest first.
    pub fn slots_at(&self, token: usize, slot: Slot) -> Vec<Capture> {
        let Some(start) = self.tokens.get(token).map(|token| token.range.start) else {
            return Vec::new();
        };
        let capture = |range: Range<usize>, index| Capture { slot, range, index };
        match slot {
            Slot::Count | Slot::Share | Slot::Ratio => {
                let numbers = self.numbers.iter().enumerate().filter(|(_, number)| fits(slot, number.kind));
                let numbers = numbers.filter(|(_, number)| number_range(number).start == start || number.range.start == start);
                // A signed percentage is a change, and no share of a whole.
                let numbers = numbers.filter(|(_, number)| slot != Slot::Share || number.sign.is_none());
                numbers
                    .map(|(index, number)| capture(number_range(number).start.min(start)..number.range.end, index))
                    .collect()
            }
            Slot::Points => {
                let numbers = self.numbers.iter().enumerate().filter(|(_, number)| fits(slot, number.kind));
                let numbers =
                    numbers.filter(|(_, number)| change::with_arrow(self.string(), &number.range).0.start == start || number.range.start == start);
                let numbers = numbers.filter(|(_, number)| {
                    number.sign.is_some()
                        || number.value.is_zero()
                        || number.kind == NumberKind::Points
                        || !change::with_arrow(self.string(), &number.range).1.is_empty()
                });
                numbers
                    .map(|(index, number)| capture(change::with_arrow(self.string(), &number.range).0, index))
                    .collect()
            }
            Slot::Change => {
                let changes = self.changes.iter().enumerate().filter(|(_, change)| change.range.start == start);
                changes.map(|(index, change)| capture(change.range.clone(), index)).collect()
            }
            Slot::Period => {
                // Framing words ("as of") may be the phrase's own: the slot may start behind them.
                let periods = self
                    .periods
                    .iter()
                    .enumerate()
                    .filter(|(_, mention)| (mention.range.start..=mention.core.start).contains(&start));
                periods.map(|(index, mention)| capture(start..mention.range.end, index)).collect()
            }
            Slot::Area | Slot::Origin => {
                let places = self.places.iter().enumerate().filter(|(_, mention)| mention.range.start == start);
                places.map(|(index, mention)| capture(mention.range.clone(), index)).collect()
            }
        }
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

/// Splits a text into words and punctuation marks.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        if character.is_alphanumeric() || is_combining_mark(character) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            tokens.push(Token {
                range: from..at,
                folded: fold_word(&text[from..at]),
                word: true,
            });
        }
        if !character.is_whitespace() && !is_invisible(character) {
            tokens.push(Token {
                range: at..at + character.len_utf8(),
                folded: character.to_string(),
                word: false,
            });
        }
    }
    if let Some(from) = start {
        tokens.push(Token {
            range: from..text.len(),
            folded: fold_word(&text[from..]),
            word: true,
        });
    }
    tokens
}

/// A word in lower case, without accents and compatibility forms.
pub fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
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
