//! What is found out on one page of a document and holds on the next, as the weights of fonts do, and room that each page needs.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::sayings::Sayings;
use crate::input::pdf::visible::Cover;
use crate::input::pdf::weight::Weights;
use crate::layout::Glyph;

/// Glyphs, and fills, for which room is kept from page to page at most.
pub(super) const MOST_ROOM: usize = 50_000;

/// Hashes keys that are spread already.
pub(in crate::input::pdf) type Quick = BuildHasherDefault<Spread>;

/// What is known of a document's fonts, and room that each page needs.
#[derive(Default)]
pub(in crate::input::pdf) struct Memory {
    pub(super) weights: Weights,
    /// Room for the glyphs of a page, empty between pages.
    pub(super) glyphs: Vec<Glyph>,
    /// The same for its fills.
    pub(super) covers: Vec<Cover>,
    /// What glyphs of a run say.
    pub(super) sayings: Sayings,
    /// Where glyphs of a page were drawn, by which operation, so that one drawn twice for weight or shadow counts once.
    pub(super) seen: HashMap<u64, (u32, u32), Quick>,
}

impl Memory {
    /// Keeps the room that the glyphs of a page took for those of the next.
    pub(in crate::input::pdf) fn keep(&mut self, glyphs: Vec<Glyph>) {
        if glyphs.is_empty() && glyphs.capacity() <= MOST_ROOM {
            self.glyphs = glyphs;
        }
    }
}

/// Takes keys that are spread already, and mixes them no more than it takes to keep them apart.
#[derive(Default)]
pub(in crate::input::pdf) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u16(&mut self, key: u16) {
        self.write_u64(u64::from(key));
    }

    fn write_u32(&mut self, key: u32) {
        self.write_u64(u64::from(key));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = (self.0.rotate_left(23) ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, key: usize) {
        self.write_u64(key as u64);
    }

    fn write_isize(&mut self, key: isize) {
        self.write_u64(key as u64);
    }

    fn write_u128(&mut self, key: u128) {
        self.write_u64(key as u64 ^ (key >> 64) as u64);
    }
}
