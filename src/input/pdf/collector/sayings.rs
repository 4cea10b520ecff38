//! What the glyphs of one run say, asked of the engine once for each code: its answer takes longer than all else about a glyph.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;

use crate::layout::Characters;

/// Codes that are kept at a time.
const KEPT: usize = 128;

/// What glyphs of a run were found to say. Another run may be of a font that gives the same glyphs another meaning, as small capitals are.
pub(super) struct Sayings {
    /// By the lower bits of a code, the number of the run, the code and what it says.
    kept: Vec<(u32, u32, Characters)>,
}

impl Default for Sayings {
    fn default() -> Self {
        Self {
            kept: vec![(0, 0, Characters::Unknown); KEPT],
        }
    }
}

impl Sayings {
    /// What a glyph of a run says; runs are counted from 1.
    pub(super) fn of(&mut self, glyph: &Glyph<'_>, run: u32) -> Characters {
        let code = glyph.char_code();
        let kept = &mut self.kept[code as usize % KEPT];
        if (kept.0, kept.1) != (run, code) {
            *kept = (run, code, characters(glyph.as_unicode()));
        }
        kept.2.clone()
    }

    /// Forgets all, as the next page counts its runs anew.
    pub(super) fn clear(&mut self) {
        self.kept.fill((0, 0, Characters::Unknown));
    }
}

fn characters(unicode: Option<BfString>) -> Characters {
    match unicode {
        None => Characters::Unknown,
        Some(BfString::Char(character)) => Characters::of(character),
        Some(BfString::String(string)) => Characters::of_string(&string),
    }
}
