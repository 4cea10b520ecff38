//! What a person sees of a snapshot: drawn pages, or inert structure and text in which every character knows its bytes.

use serde::{Deserialize, Serialize};

use super::Provenance;

/// A snapshot as shown beside what was read of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct View {
    /// Pages, for PDF.
    pub pages: Vec<PageView>,
    /// Structure and text, for text and HTML.
    pub parts: Vec<ViewPart>,
    /// What is not shown and why, in lower case, without full stop; empty where all is.
    pub left_out: String,
}

/// A page of a PDF.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PageView {
    /// From 1.
    pub number: u32,
    /// Width in points as shown.
    pub width: f64,
    /// Height in points as shown.
    pub height: f64,
    /// The page drawn, as PNG; none where it was not to be drawn, or could not.
    pub picture: Option<Vec<u8>>,
}

/// A part of a text or an HTML page, in document order.
#[derive(Debug, Clone, PartialEq)]
pub enum ViewPart {
    /// An element opens. Names and attributes come from a fixed list: nothing in them can run, load or lead anywhere.
    Open {
        /// Its name.
        name: &'static str,
        /// Its attributes.
        attributes: Vec<(&'static str, String)>,
    },
    /// The last element that is open closes.
    Close,
    /// Characters.
    Text(ViewText),
}

/// Characters with their bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewText {
    /// The characters.
    pub text: String,
    /// First byte of the file they stand for.
    pub start: u64,
    /// Byte after the last.
    pub end: u64,
    /// How the bytes are spread over the characters.
    pub spread: Spread,
}

/// How bytes of a file are spread over characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Each byte of the text is one of the file.
    Even,
    /// Each character takes so many bytes.
    Wide(u8),
    /// All bytes stand for all characters, as those of an entity do.
    Whole,
}

impl ViewText {
    /// The byte of the text at which a byte of the file stands; its ends where the byte stands outside or within what cannot be parted.
    pub fn at(&self, byte: u64, end: TextEnd) -> usize {
        if byte <= self.start {
            return 0;
        }
        if byte >= self.end {
            return self.text.len();
        }
        let within = usize::try_from(byte - self.start).unwrap_or(usize::MAX);
        let at = match self.spread {
            Spread::Even => within.min(self.text.len()),
            Spread::Wide(width) => {
                let characters = within / usize::from(width.max(1));
                self.text.char_indices().nth(characters).map_or(self.text.len(), |(at, _)| at)
            }
            Spread::Whole => match end {
                TextEnd::First => 0,
                TextEnd::Last => self.text.len(),
            },
        };
        (0..=at).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
    }
}

/// Which end of a place is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEnd {
    /// Its first byte.
    First,
    /// The byte after its last.
    Last,
}

/// Someone who can show snapshots once more. Called from many threads.
pub trait Views: Sync {
    /// A snapshot by its path, or why it cannot be shown, in lower case, without full stop.
    fn view(&self, document: &str) -> Result<View, String>;
    /// How many snapshots are to be shown at a time.
    fn workers(&self) -> usize;
    /// So many of all snapshots are shown; whoever waits may be told.
    fn shown(&self, _snapshots: usize, _of: usize) {}
}

/// Nothing can be shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoViews;

impl Views for NoViews {
    fn view(&self, _document: &str) -> Result<View, String> {
        Err("its pages were not kept".to_owned())
    }

    fn workers(&self) -> usize {
        1
    }
}

/// The bytes of a place; none for a box.
pub fn bytes(place: Provenance) -> Option<(u64, u64)> {
    match place {
        Provenance::Bytes { start, end, .. } => Some((start, end)),
        Provenance::Box { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, spread: Spread, byte: u64, expected: usize) {
        let start = 100;
        let end = start
            + match spread {
                Spread::Even => text.len() as u64,
                Spread::Wide(width) => text.chars().count() as u64 * u64::from(width),
                Spread::Whole => 6,
            };
        let text = ViewText {
            text: text.to_owned(),
            start,
            end,
            spread,
        };
        assert_eq!(text.at(byte, TextEnd::First), expected, "{text:?}");
    }

    #[test]
    fn a_byte_of_the_file_is_found_in_the_text() {
        check("some 7,900", Spread::Even, 105, 5);
        check("some 7,900", Spread::Even, 90, 0);
        check("some 7,900", Spread::Even, 900, 10);
        check("é 7,900", Spread::Even, 101, 0);
        check("é 7,900", Spread::Even, 103, 3);
        check("é 7,900", Spread::Wide(2), 104, 3);
        check("é 7,900", Spread::Wide(1), 102, 3);
        check("–", Spread::Whole, 103, 0);
    }
}
