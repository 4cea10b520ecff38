//! Leaves out the glyphs nobody sees: covered by what was drawn later, or in the colour of what lies under them.

use super::paint::Covers;
use crate::layout::chart::Colour;
use crate::layout::{BBox, Characters, Glyph};

/// Comparisons of a glyph with a fill that a page may cost; a hostile page has millions, and its text then counts as seen.
const MOST_COMPARISONS: usize = 20_000_000;
/// How far two colours may be apart, summed over red, green and blue, and still be taken for one.
const SAME_COLOUR: i32 = 18;

/// A fill or picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cover {
    /// Its box, cut to the clip.
    pub(super) bbox: BBox,
    /// Number of its drawing operation.
    pub(super) order: u32,
    /// Its colour; none for pictures and gradients.
    pub(super) colour: Option<Colour>,
    /// Whether something shines through.
    pub(super) covers: Covers,
}

/// All that was filled on a page, in the order drawn, and when each glyph was drawn.
pub(super) struct Background<'a> {
    /// Fills and pictures.
    pub(super) covers: &'a [Cover],
    /// Number of the drawing operation of each glyph.
    pub(super) orders: &'a [u32],
}

/// Removes hidden glyphs; the number of words they made.
pub(super) fn hide(glyphs: &mut Vec<Glyph>, background: &Background<'_>) -> u32 {
    let mut budget = MOST_COMPARISONS;
    let mut memory = Vec::new();
    let hidden: Vec<bool> = glyphs
        .iter()
        .zip(background.orders)
        .map(|(glyph, order)| {
            is_covered(glyph, *order, background, &mut budget) || is_camouflaged(glyph, *order, background, &mut memory, &mut budget)
        })
        .collect();
    if !hidden.contains(&true) {
        return 0;
    }
    let mut words = 0;
    let mut inside = false;
    for (glyph, hidden) in glyphs.iter().zip(&hidden) {
        let blank = matches!(glyph.characters, Characters::One(character) if character.is_whitespace());
        let part = *hidden && !blank;
        words += u32::from(part && !inside);
        inside = part;
    }
    let mut hidden = hidden.into_iter();
    glyphs.retain(|_| !hidden.next().unwrap_or(false));
    words
}

/// Whether something opaque was drawn over the whole glyph.
fn is_covered(glyph: &Glyph, order: u32, background: &Background<'_>, budget: &mut usize) -> bool {
    let first = background.covers.partition_point(|cover| cover.order <= order);
    let later = &background.covers[first..];
    *budget = budget.saturating_sub(later.len());
    // The letter itself is smaller than its box.
    let (width, height) = (glyph.bbox.width(), glyph.bbox.height());
    let ink = BBox {
        x0: glyph.bbox.x0 + width * 0.15,
        x1: glyph.bbox.x1 - width * 0.15,
        top: glyph.bbox.top + height * 0.2,
        bottom: glyph.bbox.bottom - height * 0.25,
    };
    *budget > 0 && later.iter().any(|cover| cover.covers == Covers::Wholly && encloses(cover.bbox, ink))
}

/// Whether the glyph has the colour of the paper or of the fill under it.
fn is_camouflaged(glyph: &Glyph, order: u32, background: &Background<'_>, memory: &mut Vec<(Colour, bool)>, budget: &mut usize) -> bool {
    let Some(colour) = glyph.colour else { return false };
    let on_paper = same(colour, [255, 255, 255]);
    let alike = |cover: &Cover| cover.colour.is_some_and(|under| same(colour, under));
    if !on_paper {
        // Most text is dark, and most pages hold no fill of its colour.
        let known = memory.iter().find(|known| known.0 == colour).map(|known| known.1);
        let possible = known.unwrap_or_else(|| {
            let possible = background.covers.iter().any(alike);
            memory.push((colour, possible));
            possible
        });
        if !possible {
            return false;
        }
    }
    let earlier = &background.covers[..background.covers.partition_point(|cover| cover.order < order)];
    let (x, y) = (
        f64::midpoint(glyph.bbox.x0, glyph.bbox.x1),
        f64::midpoint(glyph.bbox.top, glyph.bbox.bottom),
    );
    for cover in earlier.iter().rev() {
        *budget = budget.saturating_sub(1);
        if *budget == 0 {
            return false;
        }
        if cover.bbox.x0 <= x && x <= cover.bbox.x1 && cover.bbox.top <= y && y <= cover.bbox.bottom {
            return match (cover.colour, cover.covers) {
                (Some(under), _) => same(colour, under),
                (None, _) => false,
            };
        }
    }
    on_paper
}

fn same(one: Colour, other: Colour) -> bool {
    let apart: i32 = one.iter().zip(other).map(|(one, other)| (i32::from(*one) - i32::from(other)).abs()).sum();
    apart <= SAME_COLOUR
}

fn encloses(outer: BBox, inner: BBox) -> bool {
    outer.x0 <= inner.x0 && outer.x1 >= inner.x1 && outer.top <= inner.top && outer.bottom >= inner.bottom
}
