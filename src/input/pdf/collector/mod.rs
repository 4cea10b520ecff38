//! Takes what the engine draws on one page and keeps it as glyphs, shapes and pictures in points, y down.

mod device;
mod marked;
mod outlines;
mod shapes;
mod widths;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::time::Instant;

use self::marked::Marked;
use self::outlines::intersection;
use super::guard;
use super::visible::{Background, Cover, hide};
use super::weight::Weights;
use crate::layout::{BBox, Characters, Drawing, Glyph};

/// When to give up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    /// Moment at which the document has had its time.
    pub(super) at: Instant,
    /// Glyphs that may still be drawn.
    pub(super) glyphs: usize,
}

/// The device that the engine draws on.
pub(super) struct Collector {
    drawing: Drawing,
    deadline: Deadline,
    calls: u32,
    /// Number of the drawing operation, which tells what lies above what.
    order: u32,
    orders: Vec<u32>,
    clips: Vec<BBox>,
    opacities: Vec<f32>,
    covers: Vec<Cover>,
    marked: Vec<Marked>,
    /// Where glyphs were drawn, so that one drawn twice for weight or shadow counts once.
    seen: HashMap<u64, u32, BuildHasherDefault<Spread>>,
    weights: Weights,
    unseen_words: u32,
    in_unseen_word: bool,
}

/// Takes a key that is already spread as its own hash.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key ^ key >> 29;
    }
}

impl Collector {
    /// A page of a size in points.
    pub(super) fn new(page: u32, (width, height): (f64, f64), deadline: Deadline) -> Self {
        let frame = BBox {
            x0: 0.0,
            top: 0.0,
            x1: width,
            bottom: height,
        };
        Self {
            drawing: Drawing {
                page,
                width,
                height,
                ..Drawing::default()
            },
            deadline,
            calls: 0,
            order: 0,
            orders: Vec::new(),
            clips: vec![frame],
            opacities: vec![1.0],
            covers: Vec::new(),
            marked: Vec::new(),
            seen: HashMap::default(),
            weights: Weights::default(),
            unseen_words: 0,
            in_unseen_word: false,
        }
    }

    /// What a person sees of the page.
    pub(super) fn finish(mut self) -> Drawing {
        self.end_unseen_word();
        let background = Background {
            covers: &self.covers,
            orders: &self.orders,
        };
        self.drawing.hidden_words = self.unseen_words + hide(&mut self.drawing.glyphs, &background);
        self.drawing
    }

    fn clip(&self) -> BBox {
        self.clips.last().copied().unwrap_or_default()
    }

    fn opacity(&self) -> f32 {
        self.opacities.last().copied().unwrap_or(1.0)
    }

    fn tick(&mut self) {
        self.order = self.order.saturating_add(1);
        self.calls = self.calls.wrapping_add(1);
        if self.calls.is_multiple_of(128) && Instant::now() > self.deadline.at {
            guard::stop("reading it takes too long");
        }
    }

    fn push_clip(&mut self, bbox: BBox) {
        let clip = intersection(self.clip(), bbox);
        self.clips.push(clip);
    }

    fn unseen(&mut self, glyph: &Glyph) {
        if matches!(glyph.characters, Characters::One(character) if character.is_whitespace()) {
            self.end_unseen_word();
        } else {
            self.in_unseen_word = true;
        }
    }

    fn end_unseen_word(&mut self) {
        self.unseen_words += u32::from(self.in_unseen_word);
        self.in_unseen_word = false;
    }

    /// Whether the same character was drawn at almost the same spot by an earlier operation.
    fn is_repeated(&mut self, glyph: &Glyph) -> bool {
        let step = (glyph.size * 0.12).max(0.05);
        // Sizes a little apart count as two; a shadow has the size of its letter.
        let size = (glyph.size * 8.0).round() as u32;
        let character = match &glyph.characters {
            Characters::One(character) => u32::from(*character),
            Characters::Several(string) => string
                .bytes()
                .fold(0x11_0000, |sum: u32, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))),
            Characters::Unknown => 0x10_ffff,
        };
        let key = |x: i32, y: i32| {
            let place = u64::from(x as u32) << 32 | u64::from(y as u32);
            place.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (u64::from(character) << 32 | u64::from(size)).wrapping_mul(0xc2b2_ae3d_27d4_eb4f)
        };
        let (x, y) = ((glyph.origin.0 / step).round() as i32, (glyph.origin.1 / step).round() as i32);
        let repeated = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]
            .iter()
            .any(|(dx, dy)| self.seen.get(&key(x + dx, y + dy)).is_some_and(|order| *order != self.order));
        if !repeated {
            self.seen.insert(key(x, y), self.order);
        }
        repeated
    }
}
