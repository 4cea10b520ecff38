//! A text's numbers, changes, periods and places to what a phrase's slots may catch, by the word it starts with.

use std::ops::Range;

use super::{
    super::{
        change,
        number::NumberKind,
        pattern::{Capture, Slot, fits},
    },
    Annotated, number_range,
    word::Token,
};

/// The bit of a word with which anything starts, whether or not a slot has a use for it.
const ANYTHING: u8 = 0x80;

/// What starts where; what kinds of slots it fills is noted at the words themselves.
#[derive(Debug, Clone, Default)]
pub(super) struct Starts {
    /// What slots may catch, by word, kind of slot and index.
    catches: Vec<Catch>,
}

#[derive(Debug, Clone)]
struct Catch {
    token: usize,
    kind: u8,
    index: usize,
    range: Range<usize>,
}

impl Starts {
    /// Looks all up once, and notes at each of the text's words, which are handed over, what starts there.
    pub(super) fn of(text: &Annotated, tokens: &mut [Token]) -> Self {
        let mut starts = Self::default();
        for token in &mut *tokens {
            token.kinds = 0;
        }
        starts.add_numbers(text, tokens);
        for (index, change) in text.changes.iter().enumerate() {
            starts.add(tokens, change.range.start, index, change.range.clone(), Slot::Change.bit());
        }
        for (index, mention) in text.places.iter().enumerate() {
            starts.add(tokens, mention.range.start, index, mention.range.clone(), Slot::Area.bit());
        }
        for (index, mention) in text.periods.iter().enumerate() {
            // Framing words ("as of") may be the phrase's own: the slot may start behind them.
            for token in token_at(tokens, mention.range.start)..token_at(tokens, mention.core.start + 1) {
                let start = tokens[token].range.start;
                starts.add(tokens, start, index, start..mention.range.end, Slot::Period.bit());
            }
        }
        starts.catches.sort_by_key(|catch| (catch.token, catch.kind, catch.index));
        starts
    }

    fn add_numbers(&mut self, text: &Annotated, tokens: &mut [Token]) {
        for (index, number) in text.numbers.iter().enumerate() {
            let whole = number_range(number);
            let (with_arrow, arrows) = change::with_arrow(text.string(), &number.range);
            let mut figure = 0;
            for slot in [Slot::Count, Slot::Share, Slot::Ratio] {
                // A signed percentage is a change, and no share of a whole.
                if fits(slot, number.kind) && (slot != Slot::Share || number.sign.is_none()) {
                    figure |= slot.bit();
                }
            }
            let points = number.sign.is_some() || number.value.is_zero() || number.kind == NumberKind::Points || !arrows.is_empty();
            let points = if points && fits(Slot::Points, number.kind) {
                Slot::Points.bit()
            } else {
                0
            };
            self.add(tokens, number.range.start, index, whole.clone(), figure);
            if whole.start != number.range.start {
                self.add(tokens, whole.start, index, whole.clone(), figure);
            }
            self.add(tokens, number.range.start, index, with_arrow.clone(), points);
            if with_arrow.start != number.range.start {
                // An arrow before a figure starts a change of points.
                self.add(tokens, with_arrow.start, index, with_arrow, points);
            }
        }
    }

    /// Notes what starts with the word at a byte, if a word starts there.
    fn add(&mut self, tokens: &mut [Token], start: usize, index: usize, range: Range<usize>, kinds: u8) {
        let token = token_at(tokens, start);
        let Some(word) = tokens.get_mut(token).filter(|token| token.range.start == start) else {
            return;
        };
        word.kinds |= kinds | ANYTHING;
        for bit in (0..u8::BITS).map(|bit| 1 << bit).filter(|bit| kinds & bit != 0) {
            self.catches.push(Catch {
                token,
                kind: bit,
                index,
                range: range.clone(),
            });
        }
    }

    /// What a slot may catch from a word on.
    pub(super) fn at(&self, token: usize, slot: Slot) -> impl Iterator<Item = Capture> {
        let kind = slot.bit();
        let found = &self.catches[self.catches.partition_point(|catch| (catch.token, catch.kind) < (token, kind))..];
        let found = found.iter().take_while(move |catch| (catch.token, catch.kind) == (token, kind));
        found.map(move |catch| Capture {
            slot,
            range: catch.range.clone(),
            index: catch.index,
        })
    }
}

/// The first word that starts at or after a byte.
fn token_at(tokens: &[Token], byte: usize) -> usize {
    tokens.partition_point(|token| token.range.start < byte)
}
