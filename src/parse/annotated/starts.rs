//! A text's numbers, changes, periods and places to what a phrase's slots may catch, by the word it starts with.

use std::ops::Range;

use super::{
    super::{
        change,
        number::NumberKind,
        pattern::{Capture, Slot, fits},
    },
    Annotated, number_range,
};

/// The bit of a word with which anything starts, whether or not a slot has a use for it.
const ANYTHING: u8 = 0x80;

/// What starts where.
#[derive(Debug, Clone, Default)]
pub(super) struct Starts {
    /// For each word, a bit for each kind of slot that something fills from there.
    kinds: Vec<u8>,
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
    /// Looks all up once.
    pub(super) fn of(text: &Annotated) -> Self {
        let mut starts = Self {
            kinds: vec![0; text.tokens.len()],
            catches: Vec::new(),
        };
        starts.add_numbers(text);
        for (index, change) in text.changes.iter().enumerate() {
            starts.add(text, change.range.start, index, change.range.clone(), Slot::Change.bit());
        }
        for (index, mention) in text.places.iter().enumerate() {
            starts.add(text, mention.range.start, index, mention.range.clone(), Slot::Area.bit());
        }
        for (index, mention) in text.periods.iter().enumerate() {
            // Framing words ("as of") may be the phrase's own: the slot may start behind them.
            for token in text.token_at(mention.range.start)..text.token_at(mention.core.start + 1) {
                let start = text.tokens[token].range.start;
                starts.add(text, start, index, start..mention.range.end, Slot::Period.bit());
            }
        }
        starts.catches.sort_by_key(|catch| (catch.token, catch.kind, catch.index));
        starts
    }

    fn add_numbers(&mut self, text: &Annotated) {
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
            self.add(text, number.range.start, index, whole.clone(), figure);
            if whole.start != number.range.start {
                self.add(text, whole.start, index, whole.clone(), figure);
            }
            self.add(text, number.range.start, index, with_arrow.clone(), points);
            if with_arrow.start != number.range.start {
                // An arrow before a figure starts a change of points.
                self.add(text, with_arrow.start, index, with_arrow, points);
            }
        }
    }

    /// Notes what starts with the word at a byte, if a word starts there.
    fn add(&mut self, text: &Annotated, start: usize, index: usize, range: Range<usize>, kinds: u8) {
        let token = text.token_at(start);
        if text.tokens.get(token).is_none_or(|token| token.range.start != start) {
            return;
        }
        self.kinds[token] |= kinds | ANYTHING;
        for bit in (0..u8::BITS).map(|bit| 1 << bit).filter(|bit| kinds & bit != 0) {
            self.catches.push(Catch {
                token,
                kind: bit,
                index,
                range: range.clone(),
            });
        }
    }

    /// A bit for each kind of slot that something fills from a word on.
    pub(super) fn kinds(&self, token: usize) -> u8 {
        self.kinds.get(token).copied().unwrap_or(0)
    }

    /// Those of some words together.
    pub(super) fn kinds_among(&self, tokens: Range<usize>) -> u8 {
        self.kinds.get(tokens).unwrap_or(&[]).iter().fold(0, |all, kinds| all | kinds)
    }

    /// What a slot may catch from a word on.
    pub(super) fn at(&self, token: usize, slot: Slot) -> impl Iterator<Item = Capture> {
        let kind = slot.bit();
        let found = if self.kinds(token) & kind == 0 {
            &[]
        } else {
            &self.catches[self.catches.partition_point(|catch| (catch.token, catch.kind) < (token, kind))..]
        };
        let found = found.iter().take_while(move |catch| (catch.token, catch.kind) == (token, kind));
        found.map(move |catch| Capture {
            slot,
            range: catch.range.clone(),
            index: catch.index,
        })
    }
}
