//! What the glyphs of one run say and how wide they are, asked of the engine once for each code: its answer takes longer than all else about
//! a glyph.

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;

use crate::layout::Characters;

/// Codes that are kept at a time.
const KEPT: usize = 128;

/// What glyphs of a run were found to say. Another run may be of a font that gives the same glyphs another meaning, as small capitals are.
pub(super) struct Sayings {
    /// By the lower bits of a code.
    kept: Vec<Saying>,
}

/// What a code says in a run.
#[derive(Debug, Clone)]
pub(super) struct Saying {
    run: u32,
    code: u32,
    /// Its characters.
    pub(super) characters: Characters,
    /// How far the pen moves on, in thousandths of the size.
    pub(super) advance: Option<f64>,
}

/// No run is counted so.
const NOTHING: Saying = Saying {
    run: 0,
    code: 0,
    characters: Characters::Unknown,
    advance: None,
};

impl Default for Sayings {
    fn default() -> Self {
        Self { kept: vec![NOTHING; KEPT] }
    }
}

impl Sayings {
    /// What a glyph of a run says; runs are counted from 1.
    #[inline]
    pub(super) fn of(&mut self, glyph: &Glyph<'_>, run: u32) -> &Saying {
        let code = glyph.char_code();
        let kept = &mut self.kept[code as usize % KEPT];
        if (kept.run, kept.code) != (run, code) {
            *kept = Saying {
                run,
                code,
                characters: characters(glyph.as_unicode()),
                advance: advance_of(glyph),
            };
        }
        kept
    }

    /// Forgets all, as the next page counts its runs anew.
    pub(super) fn clear(&mut self) {
        self.kept.fill(NOTHING);
    }
}

fn advance_of(glyph: &Glyph<'_>) -> Option<f64> {
    match glyph {
        Glyph::Outline(outline) => outline.advance_width(),
        Glyph::Type3(drawn) => drawn.advance_width(),
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
