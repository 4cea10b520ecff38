//! Marked content: the `ActualText` that takes the place of the glyphs drawn under it.

use super::Collector;
use crate::layout::Characters;

/// Glyphs that one `ActualText` may stand for; a longer one would lose the places.
const MOST_REPLACED: usize = 6;

/// A marked piece of content that is still open.
pub(super) struct Marked {
    pub(super) actual_text: Option<String>,
    pub(super) first_glyph: usize,
}

impl Collector<'_> {
    pub(super) fn replace_by_actual_text(&mut self, marked: &Marked) {
        let Some(text) = &marked.actual_text else { return };
        let glyphs = &mut self.drawing.glyphs;
        let count = glyphs.len().saturating_sub(marked.first_glyph);
        if count == 0 || count > MOST_REPLACED {
            return;
        }
        let characters: Vec<char> = text.chars().filter(|character| !character.is_control()).collect();
        let run = &mut glyphs[marked.first_glyph..];
        if characters.len() == count {
            for (glyph, character) in run.iter_mut().zip(characters) {
                glyph.characters = Characters::One(character);
            }
            return;
        }
        let first = &mut run[0];
        first.characters = match characters.as_slice() {
            [] => Characters::One('\u{ad}'),
            [one] => Characters::One(*one),
            several => Characters::Several(several.iter().collect::<String>().into()),
        };
        let (bbox, end) = run
            .iter()
            .fold((run[0].bbox, run[0].end), |(bbox, _), glyph| (bbox.union(glyph.bbox), glyph.end));
        run[0].bbox = bbox;
        run[0].end = end;
        glyphs.truncate(marked.first_glyph + 1);
        self.cut.retain(|index| *index <= marked.first_glyph);
    }
}

/// A PDF text string: UTF-16 with a mark, UTF-8 with a mark, or one byte a character.
pub(in crate::input::pdf) fn decoded(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    } else if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        String::from_utf8_lossy(rest).into_owned()
    } else {
        bytes.iter().map(|byte| char::from(*byte)).collect()
    }
}
