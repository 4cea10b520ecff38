//! Whether glyphs are bold: by the weight or name of their font, else by how thick their stems are.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph, GlyphIdentifier, GlyphRun, OutlineGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{PathEl, flatten};

use super::collector::Quick;

/// Stems at least this thick, in thousandths of the size, are bold: Helvetica has 88 and, bold, 118 or more; Times 84 to 102, and 139.
const BOLD_STEM: f64 = 109.0;
/// Letters that start with an upright stem.
const STEMMED: &str = "lIHhnmbpkEFLDBPRriKMN";
/// Glyphs of a run that are looked at.
const MOST_LOOKED_AT: usize = 40;

/// What was found out about fonts and glyphs.
#[derive(Default)]
pub(super) struct Weights {
    /// By a glyph of the font, whether the font's weight or name is bold; nothing where it tells neither.
    fonts: HashMap<GlyphIdentifier, Option<bool>, Quick>,
    stems: HashMap<GlyphIdentifier, Option<f64>, Quick>,
}

impl Weights {
    /// Whether a run is bold; one without a letter or figure that tells is not.
    pub(super) fn is_bold(&mut self, run: &GlyphRun<'_, '_>) -> bool {
        let Some(Glyph::Outline(first)) = run.glyphs().first().map(|glyph| &**glyph) else {
            return false;
        };
        if let Some(bold) = *self.fonts.entry(first.identifier()).or_insert_with(|| told(first)) {
            return bold;
        }
        for glyph in run.glyphs().iter().take(MOST_LOOKED_AT) {
            let Glyph::Outline(outline) = &**glyph else { continue };
            let stem = *self.stems.entry(outline.identifier()).or_insert_with(|| {
                let telling = matches!(outline.as_unicode(), Some(BfString::Char(character)) if tells(character));
                telling.then(|| stem(outline)).flatten()
            });
            if let Some(stem) = stem {
                return stem >= BOLD_STEM;
            }
        }
        false
    }
}

/// Whether a letter or figure has an upright stem that tells the weight. Figures are measured at the 1, which has one in every type face.
fn tells(character: char) -> bool {
    STEMMED.contains(character) || character == '1'
}

/// Whether the font of a glyph says that it is bold; nothing where it keeps its weight and name to itself.
fn told(glyph: &OutlineGlyph) -> Option<bool> {
    let font = glyph.font_data()?;
    let heavy = font.weight.is_some_and(|weight| (600..=1000).contains(&weight));
    Some(heavy || font.postscript_name.is_some_and(|name| is_bold_name(&name)))
}

fn is_bold_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["bold", "black", "heavy", "-bd", "semibd", "demi"].iter().any(|word| name.contains(word))
}

/// The thinnest first stem on three lines through the lower half of a letter, in thousandths of its size.
fn stem(glyph: &OutlineGlyph) -> Option<f64> {
    let outline = glyph.outline();
    let mut segments: Vec<((f64, f64), (f64, f64))> = Vec::new();
    let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
    flatten(outline.elements().iter().copied(), 2.0, |element| match element {
        PathEl::MoveTo(point) => {
            start = (point.x, point.y);
            at = start;
        }
        PathEl::LineTo(point) => {
            segments.push((at, (point.x, point.y)));
            at = (point.x, point.y);
        }
        PathEl::ClosePath => {
            segments.push((at, start));
            at = start;
        }
        PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
    });
    let first_stem = |height: f64| {
        let mut crossings: Vec<f64> = segments
            .iter()
            .filter(|(from, to)| (from.1 > height) != (to.1 > height))
            .map(|(from, to)| from.0 + (height - from.1) / (to.1 - from.1) * (to.0 - from.0))
            .collect();
        crossings.sort_by(f64::total_cmp);
        crossings.get(..2).map(|pair| pair[1] - pair[0])
    };
    [150.0, 230.0, 310.0]
        .into_iter()
        .filter_map(first_stem)
        .min_by(f64::total_cmp)
        .filter(|stem| *stem > 10.0)
}
