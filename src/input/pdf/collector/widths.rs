//! The glyphs of a run with their places and widths.

use hayro_interpret::font::{Glyph as EngineGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::Affine;

use super::outlines::around;
use crate::layout::chart::Place;
use crate::layout::{Characters, Glyph};

/// How wide the glyphs of a run are: fonts that are not embedded come stretched to their substitutes.
pub(super) struct Widths {
    /// From the font's thousandths to points along the line.
    along: f64,
    origins: Vec<Place>,
}

impl Widths {
    pub(super) fn of(run: &GlyphRun<'_, '_>, transform: Affine) -> Self {
        let glyphs = run.glyphs();
        let origins: Vec<Place> = glyphs
            .iter()
            .map(|glyph| {
                let [.., x, y] = (transform * glyph.transform()).as_coeffs();
                (x, y)
            })
            .collect();
        let Some(first) = glyphs.first() else {
            return Self { along: 0.0, origins };
        };
        let [a, b, c, d, ..] = (transform * first.transform()).as_coeffs();
        let (stretched, plain) = (a.hypot(b), c.hypot(d));
        let mut misses = (0.0, 0.0);
        for (index, pair) in origins.windows(2).enumerate() {
            let step = (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
            let Some(advance) = advance_of(&glyphs[index]) else { continue };
            misses.0 += (step - advance * stretched).abs();
            misses.1 += (step - advance * plain).abs();
        }
        let near = (stretched / plain - 1.0).abs() < 0.35;
        Self {
            along: if near && misses.1 <= misses.0 { plain } else { stretched },
            origins,
        }
    }

    /// A glyph with its place; none where its place is no number.
    pub(super) fn place(&self, index: usize, glyph: &EngineGlyph<'_>, transform: Affine) -> Option<Glyph> {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let origin = self.origins[index];
        let (wide, tall) = (a.hypot(b), c.hypot(d));
        if !(wide.is_finite() && tall.is_finite() && origin.0.is_finite() && origin.1.is_finite()) || wide <= 0.0 || tall <= 0.0 {
            return None;
        }
        if origin.0.abs() > 1e6 || origin.1.abs() > 1e6 || tall > 100.0 {
            return None;
        }
        let direction = (a / wide, b / wide);
        let mut size = tall * 1000.0;
        let step = self
            .origins
            .get(index + 1)
            .map(|next| (next.0 - origin.0) * direction.0 + (next.1 - origin.1) * direction.1)
            .filter(|step| *step > 0.0);
        let mut advance = advance_of(glyph).map_or_else(|| step.unwrap_or(size * 0.5), |advance| advance * self.along);
        if matches!(glyph, EngineGlyph::Type3(_)) {
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
        // A slanted glyph still stands on its line: take the height across the line, not along the slant.
        let end = (origin.0 + direction.0 * advance, origin.1 + direction.1 * advance);
        let up = if a * d - b * c <= 0.0 {
            (direction.1, -direction.0)
        } else {
            (-direction.1, direction.0)
        };
        let corner = |from: Place, height: f64| (from.0 + up.0 * height * size, from.1 + up.1 * height * size);
        let bbox = around(&[corner(origin, 0.79), corner(end, 0.79), corner(origin, -0.21), corner(end, -0.21)])?;
        Some(Glyph {
            characters: characters(glyph.as_unicode()),
            origin,
            end,
            size,
            bbox,
            turn: direction.1.atan2(direction.0).to_degrees().round() as i16,
            bold: false,
            colour: None,
            run: 0,
        })
    }
}

fn advance_of(glyph: &EngineGlyph<'_>) -> Option<f64> {
    match glyph {
        EngineGlyph::Outline(outline) => outline.advance_width(),
        EngineGlyph::Type3(drawn) => drawn.advance_width(),
    }
    .map(f64::from)
    .filter(|advance| advance.is_finite())
}

fn characters(unicode: Option<BfString>) -> Characters {
    match unicode {
        None => Characters::Unknown,
        Some(BfString::Char(character)) => Characters::of(character),
        Some(BfString::String(string)) => Characters::of_string(&string),
    }
}
