//! Text under way with its turning points: characters and the bytes they came from in, a source with its map out.

use crate::layout::Source;

/// Characters between two turning points, so that a look-up never counts more.
const CHECKPOINT: usize = 256;

/// Text under way with its turning points.
pub(super) struct Map {
    pub(super) text: String,
    turns: Vec<(usize, u64, u8)>,
    /// File byte at which the next character starts if nothing turns.
    next: usize,
    /// Characters since the last turning point.
    since: usize,
}

impl Map {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            turns: Vec::new(),
            next: usize::MAX,
            since: 0,
        }
    }

    /// From here on each character takes `width` bytes of the file, which go on at `at`.
    pub(super) fn turn(&mut self, at: usize, width: u8) {
        let turn = (self.text.len(), at as u64, width);
        match self.turns.last_mut() {
            Some(last) if last.0 == turn.0 => *last = turn,
            _ => self.turns.push(turn),
        }
        self.since = 0;
    }

    /// Appends a character that takes `width` bytes of the file at `at`.
    pub(super) fn push(&mut self, character: char, at: usize, width: usize) {
        let narrow = u8::try_from(width).unwrap_or(u8::MAX);
        let turned = at != self.next || self.turns.last().is_none_or(|turn| turn.2 != narrow) || self.since >= CHECKPOINT;
        if turned {
            self.turn(at, narrow);
        }
        self.text.push(character);
        self.since += 1;
        self.next = at + width;
    }

    /// The source, whose end is the end of the file.
    pub(super) fn finish(mut self, end: usize) -> Source {
        self.turn(end, 0);
        Source::decoded(self.text, self.turns)
    }
}
