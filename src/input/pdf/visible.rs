//! Leaves out the glyphs nobody sees: covered by what was drawn later, in the colour of what lies under them, or digits of a number cut off.

use std::cell::OnceCell;

use super::paint::Covers;
use crate::layout::chart::Colour;
use crate::layout::region::lesser;
use crate::layout::{BBox, Characters, Glyph};

/// Comparisons of a glyph with a fill that a page may cost; a hostile page has millions, and its text then counts as seen.
const MOST_COMPARISONS: usize = 20_000_000;
/// How far two colours may be apart, summed over red, green and blue, and still be taken for one.
const SAME_COLOUR: i32 = 18;
/// Colours of text that are held against all fills; of more, each glyph is held against the fill under it.
const MOST_COLOURS: usize = 200;
/// Cells along each side of a page by which fills are found.
const CELLS: usize = 32;
/// A fill that lies in more cells is looked at for every glyph.
const MOST_CELLS: usize = 96;
/// Fewer fills are looked at one by one.
const FEW: usize = 12;
/// Fills that are held against a whole run before its glyphs are looked at.
const MOST_LOOKED_THROUGH: usize = 40;
/// Digits further apart than this, in the size of their font, are no one number.
const DIGIT_GAP: f64 = 0.12;

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

/// Removes hidden glyphs, `covers` being all fills in the order drawn; the number of words they made.
///
/// Of a number that is seen in part nothing is left, since what is left would be another number. `cut` are the glyphs, by
/// index, beside which a digit was cut off.
pub(super) fn hide(glyphs: &mut Vec<Glyph>, covers: &[Cover], cut: &[usize], paper: (f64, f64)) -> u32 {
    let hiding = hiding(covers, glyphs);
    let mut search = Search {
        covers,
        paper,
        background: OnceCell::new(),
        hiding: Background::of(&hiding, paper),
        budget: MOST_COMPARISONS,
        colours: Vec::new(),
        last_colour: None,
    };
    let mut hidden: Vec<bool> = Vec::with_capacity(glyphs.len());
    for run in glyphs.chunk_by(|one, other| one.run == other.run) {
        let may_be_covered = search.may_cover(run);
        hidden.extend(
            run.iter()
                .map(|glyph| may_be_covered && search.covers(glyph) || search.camouflages(glyph)),
        );
    }
    for index in cut {
        if let Some(hidden) = hidden.get_mut(*index) {
            *hidden = true;
        }
    }
    if !hidden.contains(&true) {
        return 0;
    }
    hide_rest_of_numbers(glyphs, &mut hidden);
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

/// The fills that are tall enough to hide the least of the glyphs, and drawn after the first of them: others are rulings and the like.
fn hiding(covers: &[Cover], glyphs: &[Glyph]) -> Vec<Cover> {
    let least = glyphs.iter().map(|glyph| glyph.bbox.height()).fold(f64::INFINITY, lesser);
    let first = glyphs.iter().map(|glyph| glyph.run).min().unwrap_or(u32::MAX);
    let later = covers.iter().filter(|cover| cover.order > first);
    later
        .filter(|cover| cover.covers == Covers::Wholly && cover.bbox.height() >= 0.5 * least)
        .copied()
        .collect()
}

/// Hides what is left of numbers of which a digit is hidden.
fn hide_rest_of_numbers(glyphs: &[Glyph], hidden: &mut [bool]) {
    let mut start = 0;
    while start < glyphs.len() {
        let mut end = start + 1;
        if in_number(&glyphs[start]) {
            while end < glyphs.len() && in_number(&glyphs[end]) && carries_on_number(&glyphs[end - 1], &glyphs[end]) {
                end += 1;
            }
            let digit_hidden = (start..end).any(|index| hidden[index] && is_digit(&glyphs[index]));
            if digit_hidden {
                hidden[start..end].fill(true);
            }
        }
        start = end;
    }
}

/// Whether a glyph may be part of a number.
pub(super) fn in_number(glyph: &Glyph) -> bool {
    is_digit(glyph) || matches!(glyph.characters, Characters::One('.' | ',' | '\'' | '’' | '٫' | '٬'))
}

fn is_digit(glyph: &Glyph) -> bool {
    glyph.characters.one().is_some_and(char::is_numeric)
}

/// Whether a glyph stands right behind another on one line.
pub(super) fn carries_on_number(last: &Glyph, glyph: &Glyph) -> bool {
    let apart = (glyph.origin.0 - last.end.0).hypot(glyph.origin.1 - last.end.1);
    last.turn == glyph.turn && apart < DIGIT_GAP * last.size.max(glyph.size)
}

/// All that was filled on a page, in the order drawn, and where to find it.
struct Background<'a> {
    covers: &'a [Cover],
    /// The covers in the cells, by index, one cell after the other.
    in_cells: Vec<u32>,
    /// By cell, where its covers start, and where those of the last end; empty where there are few covers.
    starts: Vec<u32>,
    /// Covers that lie in many cells, by index.
    large: Vec<u32>,
    /// Cells in a point, across and down.
    cells: (f64, f64),
}

impl<'a> Background<'a> {
    fn of(covers: &'a [Cover], paper: (f64, f64)) -> Self {
        let cells = |length: f64| 1.0 / (length / CELLS as f64).max(1.0);
        let mut background = Self {
            covers,
            in_cells: Vec::new(),
            starts: Vec::new(),
            large: Vec::new(),
            cells: (cells(paper.0), cells(paper.1)),
        };
        if covers.len() < FEW {
            background.large = (0..).take(covers.len()).collect();
            return background;
        }
        let spans: Vec<Option<Cells>> = covers.iter().map(|cover| background.cells_of(cover.bbox)).collect();
        // First how many covers each cell has, then which.
        let mut starts = vec![0_u32; CELLS * CELLS + 1];
        for cells in spans.iter().flatten() {
            cells.each(|cell| starts[cell + 1] += 1);
        }
        for cell in 1..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        background.in_cells = vec![0; starts[CELLS * CELLS] as usize];
        let mut next = starts.clone();
        for (index, cells) in (0_u32..).zip(spans) {
            let Some(cells) = cells else {
                background.large.push(index);
                continue;
            };
            cells.each(|cell| {
                background.in_cells[next[cell] as usize] = index;
                next[cell] += 1;
            });
        }
        background.starts = starts;
        background
    }

    /// The cells that a box lies in; none where these are too many.
    fn cells_of(&self, bbox: BBox) -> Option<Cells> {
        let (left, top) = self.cell_at(bbox.x0, bbox.top);
        let (right, bottom) = self.cell_at(bbox.x1, bbox.bottom);
        let cells = Cells { left, top, right, bottom };
        // A box turned inside out lies nowhere.
        ((right + 1).saturating_sub(left) * (bottom + 1).saturating_sub(top) <= MOST_CELLS).then_some(cells)
    }

    /// Column and row of a place; what lies off the page is in the cells at its edge.
    fn cell_at(&self, x: f64, y: f64) -> (usize, usize) {
        // A float becomes the nearest whole number there is, so that below zero is zero.
        let at = |place: f64, cells: f64| ((place * cells) as usize).min(CELLS - 1);
        (at(x, self.cells.0), at(y, self.cells.1))
    }

    /// The covers that may lie at a place, in two lists, each in the order drawn.
    fn at(&self, x: f64, y: f64) -> [&[u32]; 2] {
        let (column, row) = self.cell_at(x, y);
        let cell = row * CELLS + column;
        let within = match self.starts.get(cell..cell + 2) {
            Some([start, end]) => &self.in_cells[*start as usize..*end as usize],
            _ => &[],
        };
        [&self.large, within]
    }
}

/// A box of cells, the last column and row included.
struct Cells {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Cells {
    fn each(&self, mut take: impl FnMut(usize)) {
        for row in self.top..=self.bottom {
            for column in self.left..=self.right {
                take(row * CELLS + column);
            }
        }
    }
}

/// What finding hidden glyphs has cost, and what it has shown.
struct Search<'a> {
    covers: &'a [Cover],
    paper: (f64, f64),
    /// Where all fills are, found out for the first glyph that may have the colour of one.
    background: OnceCell<Background<'a>>,
    /// Where those are that may hide a glyph.
    hiding: Background<'a>,
    budget: usize,
    /// Colours of text, and whether a fill has the same.
    colours: Vec<(Colour, bool)>,
    /// The colour of the last glyph, whether it is that of paper, and whether something has it.
    last_colour: Option<(Colour, bool, bool)>,
}

impl Search<'_> {
    /// Whether something that may hide a glyph was drawn over a run, so that its glyphs are worth a look.
    fn may_cover(&self, run: &[Glyph]) -> bool {
        let Some(first) = run.first() else { return false };
        if self.hiding.covers.last().is_none_or(|last| last.order <= first.run) {
            return false;
        }
        let around = run.iter().skip(1).fold(first.bbox, |bbox, glyph| bbox.union(glyph.bbox));
        let later = self.hiding.covers.iter().rev().take_while(|cover| cover.order > first.run);
        // With many fills, finding those under each glyph takes less.
        let mut later = later.take(MOST_LOOKED_THROUGH + 1).enumerate();
        later.any(|(index, cover)| index == MOST_LOOKED_THROUGH || meets(cover.bbox, around))
    }

    /// Whether something opaque was drawn over the whole glyph.
    fn covers(&mut self, glyph: &Glyph) -> bool {
        // The letter itself is smaller than its box.
        let (width, height) = (glyph.bbox.width(), glyph.bbox.height());
        let ink = BBox {
            x0: glyph.bbox.x0 + width * 0.15,
            x1: glyph.bbox.x1 - width * 0.15,
            top: glyph.bbox.top + height * 0.2,
            bottom: glyph.bbox.bottom - height * 0.25,
        };
        let (x, y) = ink.middle();
        self.hiding.at(x, y).into_iter().any(|list| {
            let later = list.iter().rev().map(|index| &self.hiding.covers[*index as usize]);
            for cover in later.take_while(|cover| cover.order > glyph.run) {
                self.budget = self.budget.saturating_sub(1);
                if self.budget == 0 {
                    return false;
                }
                if encloses(cover.bbox, ink) {
                    return true;
                }
            }
            false
        })
    }

    /// Whether the glyph has the colour of the paper or of the fill under it.
    fn camouflages(&mut self, glyph: &Glyph) -> bool {
        let Some(colour) = glyph.colour else { return false };
        let (on_paper, something) = match self.last_colour {
            Some((last, on_paper, something)) if last == colour => (on_paper, something),
            _ => {
                let on_paper = same(colour, [255, 255, 255]);
                let something = on_paper || self.is_filled_with(colour);
                self.last_colour = Some((colour, on_paper, something));
                (on_paper, something)
            }
        };
        // Most text is dark, and most pages hold no fill of its colour.
        if !something {
            return false;
        }
        let (x, y) = glyph.bbox.middle();
        let mut under: Option<u32> = None;
        for list in self.background.get_or_init(|| Background::of(self.covers, self.paper)).at(x, y) {
            let is_earlier = |index: &u32| self.covers[*index as usize].order < glyph.run;
            // Most text is drawn after all that lies under it.
            let earlier = if list.last().is_none_or(is_earlier) {
                list.len()
            } else {
                list.partition_point(is_earlier)
            };
            for index in list[..earlier].iter().rev() {
                self.budget = self.budget.saturating_sub(1);
                if self.budget == 0 {
                    return false;
                }
                let bbox = self.covers[*index as usize].bbox;
                if bbox.x0 <= x && x <= bbox.x1 && bbox.top <= y && y <= bbox.bottom {
                    under = under.max(Some(*index));
                    break;
                }
            }
        }
        under.map_or(on_paper, |index| {
            self.covers[index as usize].colour.is_some_and(|under| same(colour, under))
        })
    }

    fn is_filled_with(&mut self, colour: Colour) -> bool {
        if let Some((_, filled)) = self.colours.iter().find(|known| known.0 == colour) {
            return *filled;
        }
        if self.colours.len() >= MOST_COLOURS {
            return true;
        }
        let alike = |cover: &Cover| cover.colour.is_some_and(|under| same(colour, under));
        let filled = self.covers.iter().any(alike);
        self.colours.push((colour, filled));
        filled
    }
}

fn same(one: Colour, other: Colour) -> bool {
    let apart: i32 = one.iter().zip(other).map(|(one, other)| (i32::from(*one) - i32::from(other)).abs()).sum();
    apart <= SAME_COLOUR
}

/// Whether two boxes have a place in common.
fn meets(one: BBox, other: BBox) -> bool {
    one.x0 <= other.x1 && one.x1 >= other.x0 && one.top <= other.bottom && one.bottom >= other.top
}

fn encloses(outer: BBox, inner: BBox) -> bool {
    outer.x0 <= inner.x0 && outer.x1 >= inner.x1 && outer.top <= inner.top && outer.bottom >= inner.bottom
}
