//! What is drawn on a page before anything is read into it: characters with their boxes, shapes, pictures.

use super::BBox;
use super::chart::{Colour, Place, Shape};

/// What a glyph says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Characters {
    /// One character.
    One(char),
    /// Several: a ligature.
    Several(Box<str>),
    /// Nothing that could be told.
    Unknown,
}

impl Characters {
    /// A character, ligatures taken apart, and none for control characters.
    pub fn of(character: char) -> Self {
        match character {
            '\u{fb00}' => Self::Several("ff".into()),
            '\u{fb01}' => Self::Several("fi".into()),
            '\u{fb02}' => Self::Several("fl".into()),
            '\u{fb03}' => Self::Several("ffi".into()),
            '\u{fb04}' => Self::Several("ffl".into()),
            '\u{fb05}' | '\u{fb06}' => Self::Several("st".into()),
            // The bullet of the Symbol font, in the private area where old Windows fonts keep it.
            '\u{f0b7}' | '\u{f0a7}' => Self::One('•'),
            '\t' | '\n' | '\r' => Self::One(' '),
            '\u{fffd}' => Self::Unknown,
            _ if character.is_control() => Self::Unknown,
            _ => Self::One(character),
        }
    }

    /// Several characters of one glyph.
    pub fn of_string(string: &str) -> Self {
        let mut characters = string.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Self::Unknown,
            (Some(one), None) => Self::of(one),
            _ if string.chars().all(|character| character.is_control() || character == '\u{fffd}') => Self::Unknown,
            _ => Self::Several(string.chars().filter(|character| !character.is_control()).collect::<String>().into()),
        }
    }

    /// The one character, if it is one.
    pub fn one(&self) -> Option<char> {
        match self {
            Self::One(character) => Some(*character),
            _ => None,
        }
    }

    /// Whether it only holds words apart.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::One(character) => character.is_whitespace() || *character == '\u{200b}',
            Self::Several(string) => string.trim().is_empty(),
            Self::Unknown => false,
        }
    }

    /// Whether nobody can tell what it says: its font maps it to nothing, or to a number that means something to that font alone.
    pub fn is_unmapped(&self) -> bool {
        match self {
            Self::One(character) => matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}'),
            Self::Several(_) => false,
            Self::Unknown => true,
        }
    }

    /// Appends the characters, the replacement character for what cannot be told.
    pub fn push_to(&self, string: &mut String) {
        match self {
            Self::One(character) => string.push(*character),
            Self::Several(characters) => string.push_str(characters),
            Self::Unknown => string.push(char::REPLACEMENT_CHARACTER),
        }
    }

    /// The characters, the replacement character for what cannot be told; `buffer` is scratch space.
    pub fn as_str<'a>(&'a self, buffer: &'a mut [u8; 4]) -> &'a str {
        match self {
            Self::One(character) => character.encode_utf8(buffer),
            Self::Several(characters) => characters,
            Self::Unknown => char::REPLACEMENT_CHARACTER.encode_utf8(buffer),
        }
    }
}

/// A character as drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// What it says.
    pub characters: Characters,
    /// Where the pen stands before it, on the base line.
    pub origin: Place,
    /// Where the pen stands after it.
    pub end: Place,
    /// Size of its font in points.
    pub size: f64,
    /// Its box: as wide as its advance, as tall as its font.
    pub bbox: BBox,
    /// Direction of its line in degrees clockwise.
    pub turn: i16,
    /// Printed bold.
    pub bold: bool,
    /// Its colour; none for gradients.
    pub colour: Option<Colour>,
    /// Number of the drawing operation it came with.
    pub run: u32,
}

/// A page as drawn.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    /// Page, from 1.
    pub page: u32,
    /// Width in points as shown.
    pub width: f64,
    /// Height in points as shown.
    pub height: f64,
    /// Visible characters, in the order drawn.
    pub glyphs: Vec<Glyph>,
    /// Visible lines and fills, in the order drawn.
    pub shapes: Vec<Shape>,
    /// Pictures.
    pub pictures: Vec<BBox>,
    /// Words nobody sees.
    pub hidden_words: u32,
    /// Glyphs drawn, seen or not.
    pub glyph_count: u32,
    /// Of them, those that map to no character.
    pub unmapped_glyphs: u32,
}
