//! Takes what the engine draws on one page and keeps it as glyphs, shapes and pictures in points, y down.

mod device;
mod marked;
mod memory;
mod outlines;
mod sayings;
mod shapes;
mod widths;

use std::mem;
use std::time::Instant;

pub(super) use self::marked::decoded;
pub(super) use self::memory::{Memory, Quick};

use self::marked::Marked;
use self::memory::MOST_ROOM;
use self::outlines::intersection;
use super::guard;
use super::visible::{carries_on_number, hide, in_number};
use crate::layout::chart::{Colour, Place};
use crate::layout::{BBox, Characters, Drawing, Glyph};

/// Glyphs of a page for which room is made before they come, at least.
const LEAST_EXPECTED: usize = 2_000;

/// When to give up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    /// Moment at which the document has had its time.
    pub(super) at: Instant,
    /// Glyphs that may still be drawn.
    pub(super) glyphs: usize,
}

/// The device that the engine draws on.
pub(super) struct Collector<'m> {
    drawing: Drawing,
    deadline: Deadline,
    calls: u32,
    /// Number of the drawing operation, which tells what lies above what.
    order: u32,
    clips: Vec<BBox>,
    opacities: Vec<f32>,
    marked: Vec<Marked>,
    memory: &'m mut Memory,
    /// Room for the places of a run's glyphs.
    origins: Vec<Place>,
    /// The last glyph drawn, where it was cut off.
    edge: Option<Glyph>,
    /// Glyphs, by index, beside which a digit of the same number was cut off.
    cut: Vec<usize>,
    unseen_words: u32,
    in_unseen_word: bool,
}

/// Why nobody sees a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unseen {
    /// It would be unseen anywhere.
    Everywhere,
    /// It lies outside the page or its clip.
    Here,
}

impl<'m> Collector<'m> {
    /// A page of a size in points.
    pub(super) fn new(page: u32, (width, height): (f64, f64), deadline: Deadline, memory: &'m mut Memory) -> Self {
        let frame = BBox {
            x0: 0.0,
            top: 0.0,
            x1: width,
            bottom: height,
        };
        memory.glyphs.reserve(LEAST_EXPECTED);
        memory.seen.clear();
        memory.sayings.clear();
        memory.covers.clear();
        memory.covers.shrink_to(MOST_ROOM);
        Self {
            drawing: Drawing {
                page,
                width,
                height,
                glyphs: mem::take(&mut memory.glyphs),
                ..Drawing::default()
            },
            deadline,
            calls: 0,
            order: 0,
            clips: vec![frame],
            opacities: vec![1.0],
            marked: Vec::new(),
            memory,
            origins: Vec::new(),
            edge: None,
            cut: Vec::new(),
            unseen_words: 0,
            in_unseen_word: false,
        }
    }

    /// What a person sees of the page.
    pub(super) fn finish(mut self) -> Drawing {
        self.end_unseen_word();
        let paper = (self.drawing.width, self.drawing.height);
        self.drawing.hidden_words = self.unseen_words + hide(&mut self.drawing.glyphs, &self.memory.covers, &self.cut, paper);
        self.drawing
    }

    /// Adds glyphs that no operation of the page draws, on top of it.
    pub(super) fn add(&mut self, glyphs: impl Iterator<Item = Glyph>) {
        self.tick();
        let run = self.order;
        self.drawing.glyphs.extend(glyphs.map(|glyph| Glyph { run, ..glyph }));
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
            guard::stop_late();
        }
    }

    fn push_clip(&mut self, bbox: BBox) {
        let clip = intersection(self.clip(), bbox);
        self.clips.push(clip);
    }

    #[inline]
    fn seen(&mut self, glyph: Glyph) {
        if self.edge.is_some()
            && let Some(edge) = self.edge.take()
            && in_number(&glyph)
            && carries_on_number(&edge, &glyph)
        {
            self.cut.push(self.drawing.glyphs.len());
        }
        self.drawing.glyphs.push(glyph);
    }

    fn unseen(&mut self, glyph: Glyph, why: Unseen) {
        if matches!(glyph.characters, Characters::One(character) if character.is_whitespace()) {
            self.end_unseen_word();
            self.edge = None;
            return;
        }
        self.in_unseen_word = true;
        self.edge = None;
        if why == Unseen::Here && in_number(&glyph) {
            if let Some(last) = self.drawing.glyphs.last()
                && in_number(last)
                && carries_on_number(last, &glyph)
            {
                self.cut.push(self.drawing.glyphs.len() - 1);
            }
            self.edge = Some(glyph);
        }
    }

    fn end_unseen_word(&mut self) {
        self.unseen_words += u32::from(self.in_unseen_word);
        self.in_unseen_word = false;
    }

    /// Drops glyphs of the last operation that an earlier one drew at almost the same spot; the earlier takes on how they look, for they
    /// lie on top: the letters of a chart are drawn over a pale rim of themselves.
    ///
    /// What is drawn twice is drawn whole: where neither the first nor the last glyph was there before, none was.
    fn drop_repeated(&mut self, first: usize) {
        let Self {
            drawing, memory, order, cut, ..
        } = self;
        let order = *order;
        let run = &drawing.glyphs[first..];
        let drawn_before = |glyph: &Glyph| {
            let spot = Spot::of(glyph);
            let places = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)];
            let mut earlier = places.into_iter().filter_map(|(x, y)| memory.seen.get(&spot.key(x, y)));
            earlier.find(|(by, _)| *by != order).map(|(_, index)| *index as usize)
        };
        let was_drawn = |glyph: &Glyph| drawn_before(glyph).is_some();
        let inked = |glyph: &&Glyph| !glyph.characters.is_blank();
        let (head, tail) = (run.iter().find(inked), run.iter().rfind(inked));
        if head.is_some_and(was_drawn) || tail.is_some_and(was_drawn) {
            let (again, kept): (Vec<Glyph>, Vec<Glyph>) = run.iter().cloned().partition(was_drawn);
            let on_top = again.into_iter().filter_map(|glyph| Some((drawn_before(&glyph)?, glyph)));
            for (index, glyph) in on_top.filter(|(_, glyph)| !glyph.colour.is_some_and(is_pale)) {
                if let Some(earlier) = drawing.glyphs.get_mut(index) {
                    (earlier.colour, earlier.run) = (glyph.colour, glyph.run);
                }
            }
            drawing.glyphs.truncate(first);
            drawing.glyphs.extend(kept);
            cut.retain(|index| *index < first);
        }
        // The limit of glyphs is far below the numbers there are.
        for (index, glyph) in (first as u32..).zip(&drawing.glyphs[first..]) {
            memory.seen.insert(Spot::of(glyph).key(0, 0), (order, index));
        }
    }
}

/// Whether a colour can hardly be told from paper.
fn is_pale(colour: Colour) -> bool {
    colour.iter().all(|part| *part >= 245)
}

/// The nearest whole number, as a processor finds it that has no instruction for it.
fn nearest(number: f64) -> i32 {
    (number + f64::copysign(0.5, number)) as i32
}

/// A glyph with its place, as coarse as the distance at which a glyph is drawn again for weight or shadow.
struct Spot {
    what: u64,
    x: i32,
    y: i32,
}

impl Spot {
    fn of(glyph: &Glyph) -> Self {
        let step = (glyph.size * 0.12).max(0.05);
        // Sizes a little apart count as two; a shadow has the size of its letter.
        let size = nearest(glyph.size * 8.0) as u32;
        let character = match &glyph.characters {
            Characters::One(character) => u32::from(*character),
            Characters::Several(string) => string
                .bytes()
                .fold(0x11_0000, |sum: u32, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))),
            Characters::Unknown => 0x10_ffff,
        };
        Self {
            what: (u64::from(character) << 32 | u64::from(size)).wrapping_mul(0xc2b2_ae3d_27d4_eb4f),
            x: nearest(glyph.origin.0 / step),
            y: nearest(glyph.origin.1 / step),
        }
    }

    /// The key of the place some steps away.
    fn key(&self, right: i32, down: i32) -> u64 {
        let place = u64::from((self.x + right) as u32) << 32 | u64::from((self.y + down) as u32);
        place.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ self.what
    }
}
