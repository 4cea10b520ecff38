//! The glyphs of a run with their places and widths.

use hayro_interpret::font::{Glyph as EngineGlyph, GlyphRun};
use hayro_interpret::kurbo::Affine;

use super::outlines::around;
use super::sayings::{Saying, Sayings};
use crate::layout::chart::Place;
use crate::layout::region::{greater, lesser};
use crate::layout::{BBox, Glyph};

/// How wide the glyphs of a run are: fonts that are not embedded come stretched to their substitutes.
pub(super) struct Widths<'a> {
    /// From the font's thousandths to points along the line.
    along: f64,
    origins: &'a [Place],
}

impl<'a> Widths<'a> {
    /// `origins` is room for the places of the glyphs, `order` the number of the run.
    pub(super) fn of(run: &GlyphRun<'_, '_>, order: u32, transform: Affine, sayings: &mut Sayings, origins: &'a mut Vec<Place>) -> Self {
        let glyphs = run.glyphs();
        origins.clear();
        origins.extend(glyphs.iter().map(|glyph| {
            let [.., x, y] = (transform * glyph.transform()).as_coeffs();
            (x, y)
        }));
        let Some(first) = glyphs.first() else {
            return Self { along: 0.0, origins };
        };
        let [a, b, c, d, ..] = (transform * first.transform()).as_coeffs();
        let (stretched, plain) = (length(a, b), length(c, d));
        let apart = (stretched / plain - 1.0).abs();
        if !(1e-6..0.35).contains(&apart) {
            return Self { along: stretched, origins };
        }
        let mut misses = (0.0, 0.0);
        for (index, pair) in origins.windows(2).enumerate() {
            let step = length(pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let Some(advance) = sayings.of(&glyphs[index], order).advance else {
                continue;
            };
            misses.0 += (step - advance * stretched).abs();
            misses.1 += (step - advance * plain).abs();
        }
        Self {
            along: if misses.1 <= misses.0 { plain } else { stretched },
            origins,
        }
    }

    /// A glyph with its place; none where its place is no number.
    #[inline]
    pub(super) fn place(&self, index: usize, glyph: &EngineGlyph<'_>, saying: &Saying, pen: &Pen) -> Option<Glyph> {
        let origin = self.origins[index];
        if !(pen.is_sound && origin.0.abs() <= 1e6 && origin.1.abs() <= 1e6) {
            return None;
        }
        let direction = pen.direction;
        let mut size = pen.size;
        let step = || {
            let next = self.origins.get(index + 1)?;
            let step = (next.0 - origin.0) * direction.0 + (next.1 - origin.1) * direction.1;
            (step > 0.0).then_some(step)
        };
        let mut advance = saying
            .advance
            .map_or_else(|| step().unwrap_or(size * 0.5), |advance| advance * self.along);
        if matches!(glyph, EngineGlyph::Type3(_)) {
            let step = step();
            // The matrix of a Type 3 font is not told: sizes and widths can be far off.
            if let Some(step) = step
                && !(0.15..1.6).contains(&(step / size))
            {
                size = step * 2.0;
            }
            if !(0.05..1.6).contains(&(advance / size)) {
                advance = step.unwrap_or(size * 0.5);
            }
        }
        let end = (origin.0 + direction.0 * advance, origin.1 + direction.1 * advance);
        Some(Glyph {
            characters: saying.characters.clone(),
            origin,
            end,
            size,
            bbox: pen.around(origin, end, size)?,
            turn: pen.turn,
            bold: false,
            colour: None,
            run: 0,
        })
    }
}

/// How glyphs of one transform stand: the same for most of a run.
pub(super) struct Pen {
    /// What it was made for, but for the place.
    transform: [f64; 4],
    is_sound: bool,
    direction: Place,
    up: Place,
    size: f64,
    turn: i16,
}

impl Pen {
    /// The pen of a glyph's own transform on a page.
    pub(super) fn of(page: Affine, glyph: Affine) -> Self {
        let [a, b, c, d, ..] = (page * glyph).as_coeffs();
        let (wide, tall) = (length(a, b), length(c, d));
        let direction = (a / wide, b / wide);
        // A slanted glyph still stands on its line: take the height across the line, not along the slant.
        let up = if a * d - b * c <= 0.0 {
            (direction.1, -direction.0)
        } else {
            (-direction.1, direction.0)
        };
        let level = b == 0.0 && a > 0.0;
        Self {
            transform: linear(glyph),
            is_sound: wide.is_finite() && tall.is_finite() && wide > 0.0 && tall > 0.0 && tall <= 100.0,
            direction,
            up,
            size: tall * 1000.0,
            turn: if level {
                0
            } else {
                direction.1.atan2(direction.0).to_degrees().round() as i16
            },
        }
    }

    /// Whether a glyph of a transform stands so.
    pub(super) fn is_of(&self, glyph: Affine) -> bool {
        self.transform.map(f64::to_bits) == linear(glyph).map(f64::to_bits)
    }

    /// The box of a glyph: as wide as its advance, as tall as its font.
    fn around(&self, origin: Place, end: Place, size: f64) -> Option<BBox> {
        let (above, below) = (0.79 * size, -0.21 * size);
        if self.up == (0.0, -1.0) {
            let bbox = BBox {
                x0: lesser(origin.0, end.0),
                top: lesser(origin.1, end.1) - above,
                x1: greater(origin.0, end.0),
                bottom: greater(origin.1, end.1) - below,
            };
            return (bbox.width().is_finite() && bbox.height().is_finite()).then_some(bbox);
        }
        let corner = |from: Place, height: f64| (from.0 + self.up.0 * height, from.1 + self.up.1 * height);
        around(&[corner(origin, above), corner(end, above), corner(origin, below), corner(end, below)])
    }
}

/// A transform but for the place.
fn linear(transform: Affine) -> [f64; 4] {
    let [a, b, c, d, ..] = transform.as_coeffs();
    [a, b, c, d]
}

fn length(x: f64, y: f64) -> f64 {
    if y == 0.0 {
        x.abs()
    } else if x == 0.0 {
        y.abs()
    } else {
        x.hypot(y)
    }
}
