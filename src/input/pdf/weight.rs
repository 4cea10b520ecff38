//! Whether glyphs are bold: by the weight or name of their font, else by how thick their stems are.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph, GlyphRun, OutlineGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{PathEl, flatten};

/// Stems at least this thick, in thousandths of the size, are bold: Helvetica has 88 and, bold, 118 or more; Times 84 to 102, and 139.
const BOLD_STEM: f64 = 109.0;
/// Letters that start with an upright stem.
const STEMMED: &str = "lIHhnmbpkEFLDBPRriKMN";
/// Glyphs of a run that are looked at.
const MOST_LOOKED_AT: usize = 40;

/// What was found out about glyphs whose fonts do not tell.
#[derive(Default)]
pub(super) struct Weights {
    stems: HashMap<u128, Option<f64>>,
    /// The last font's name, and whether it is bold: runs of one font follow each other.
    last_name: Option<(String, bool)>,
}

impl Weights {
    /// Whether a run is bold; one without a letter or figure that tells is not.
    pub(super) fn is_bold(&mut self, run: &GlyphRun<'_, '_>) -> bool {
        let Some(Glyph::Outline(first)) = run.glyphs().first().map(|glyph| &**glyph) else {
            return false;
        };
        if let Some(font) = first.font_data() {
            return font.weight.is_some_and(|weight| (600..=1000).contains(&weight))
                || font.postscript_name.is_some_and(|name| self.is_bold_name(name));
        }
        for glyph in run.glyphs().iter().take(MOST_LOOKED_AT) {
            let Glyph::Outline(outline) = &**glyph else { continue };
            let Some(BfString::Char(character)) = outline.as_unicode() else {
                continue;
            };
            // Figures are measured at the 1, which has a stem in every type face.
            if !STEMMED.contains(character) && character != '1' {
                continue;
            }
            let key = outline.identifier().cache_key();
            let stem = *self.stems.entry(key).or_insert_with(|| stem(outline));
            if let Some(stem) = stem {
                return stem >= BOLD_STEM;
            }
        }
        false
    }

    fn is_bold_name(&mut self, name: String) -> bool {
        if let Some((last, bold)) = &self.last_name
            && *last == name
        {
            return *bold;
        }
        let bold = is_bold_name(&name);
        self.last_name = Some((name, bold));
        bold
    }
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
