//! Running words: characters joined as a browser prints them, each with its bytes.

use crate::layout::{Region, Text};

use super::characters::Segment;
use super::marks;

/// White space read, not yet printed: it is printed only between two words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Space {
    /// None.
    Nothing,
    /// A space that must not break, thin or not; it stays itself between two digits.
    Firm { character: char, region: Region },
    /// Any other, with its place where it has one.
    Plain(Option<Region>),
    /// A line break.
    Line,
}

/// How white space is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhiteSpace {
    /// Any run of it is one space.
    Folded,
    /// Line ends break lines, as in `<pre>`.
    Preserved,
}

/// Words on their way to a block.
#[derive(Debug)]
pub(super) struct Inline {
    text: Text,
    space: Space,
    /// Inside a raised element: where the text ended before it, and what space followed.
    raised: Option<(usize, Space)>,
    /// Line breaks since the last word.
    breaks: usize,
}

impl Default for Inline {
    fn default() -> Self {
        Self {
            text: Text::default(),
            space: Space::Nothing,
            raised: None,
            breaks: 0,
        }
    }
}

impl Inline {
    /// Whether nothing was printed, not even a mark.
    pub(super) fn is_empty(&self) -> bool {
        self.text.string.is_empty() && self.text.marks.is_empty()
    }

    /// Line breaks since the last word: two end a paragraph.
    pub(super) fn breaks(&self) -> usize {
        self.breaks
    }

    /// Prints characters.
    pub(super) fn push(&mut self, source: &str, segments: &[Segment], bold: bool, white_space: WhiteSpace) {
        for segment in segments {
            let whole = Region::Bytes {
                start: segment.start,
                end: segment.end,
            };
            let verbatim = segment.stands_for.is_none();
            let characters = segment.characters(source);
            let place = |from: usize, to: usize| {
                if verbatim {
                    Region::Bytes {
                        start: segment.start + from,
                        end: segment.start + to,
                    }
                } else {
                    whole
                }
            };
            let mut start = 0;
            let is_printed = |at: usize| characters.as_bytes().get(at).is_some_and(u8::is_ascii_graphic);
            for (at, character) in characters.char_indices() {
                let class = class(character, white_space);
                // A single space between two words is printed as it stands, with them.
                if class == Class::Word || character == ' ' && verbatim && at > start && is_printed(at + 1) {
                    continue;
                }
                self.print(&characters[start..at], place(start, at), bold);
                let end = at + character.len_utf8();
                // Only a space is its own source: pieces must not join across a line end that became one.
                let region = (character == ' ' || class == Class::Firm || !verbatim).then(|| place(at, end));
                self.note_space(class, character, region);
                start = end;
            }
            self.print(&characters[start..], place(start, characters.len()), bold);
        }
    }

    /// Breaks the line.
    pub(super) fn line_break(&mut self) {
        self.space = Space::Line;
        self.breaks += 1;
    }

    /// Keeps what follows apart by a space.
    pub(super) fn separate(&mut self) {
        if matches!(self.space, Space::Nothing | Space::Firm { .. }) {
            self.space = Space::Plain(None);
        }
    }

    /// A raised element begins.
    pub(super) fn raise(&mut self) {
        self.raised = Some((self.text.string.len(), self.space));
    }

    /// The raised element ends: its words become marks if they are such.
    pub(super) fn lower(&mut self) {
        let Some((start, space)) = self.raised.take() else { return };
        let Some(labels) = marks::raised(&self.text.string[start..], &self.text.string[..start]) else {
            return;
        };
        let marks: Vec<(String, Option<Region>)> = labels
            .into_iter()
            .map(|(label, range)| (label, self.text.region(range.start + start..range.end + start)))
            .collect();
        self.cut(start);
        for (label, region) in marks {
            if let Some(region) = region {
                self.text.push_mark(label, region);
            }
        }
        if self.space == Space::Nothing {
            self.space = space;
        }
    }

    /// Takes everything from a byte on away.
    fn cut(&mut self, start: usize) {
        self.text.string.truncate(start);
        while self.text.pieces.last().is_some_and(|piece| piece.range.start >= start) {
            self.text.pieces.pop();
        }
        // The space before a raised element may have joined the words before it.
        if let Some(last) = self.text.pieces.last_mut().filter(|piece| piece.range.end > start) {
            if let Region::Bytes { start: first, end } = last.region
                && end - first == last.range.len()
            {
                last.region = Region::Bytes {
                    start: first,
                    end: first + start - last.range.start,
                };
            }
            last.range.end = start;
        }
    }

    /// The words, with the marks taken out.
    pub(super) fn finish(self) -> Text {
        marks::taken_out(self.text)
    }

    fn print(&mut self, characters: &str, region: Region, bold: bool) {
        let Some(first) = characters.chars().next() else { return };
        if !self.text.string.is_empty() {
            match self.space {
                Space::Nothing => {}
                Space::Firm { character, region } => {
                    let between = first.is_ascii_digit() && self.text.string.ends_with(|last: char| last.is_ascii_digit());
                    let mut buffer = [0; 4];
                    let printed = if between { &*character.encode_utf8(&mut buffer) } else { " " };
                    self.text.push(printed, region, bold);
                }
                Space::Plain(Some(region)) => self.text.push(" ", region, bold),
                Space::Plain(None) => self.text.string.push(' '),
                Space::Line => self.text.string.push('\n'),
            }
        }
        self.space = Space::Nothing;
        self.breaks = 0;
        self.text.push(characters, region, bold);
    }

    fn note_space(&mut self, class: Class, character: char, region: Option<Region>) {
        match class {
            Class::Word | Class::Unseen => {}
            Class::Line => self.line_break(),
            Class::Space => {
                if matches!(self.space, Space::Nothing | Space::Firm { .. }) {
                    self.space = Space::Plain(region);
                }
            }
            Class::Firm => {
                if self.space == Space::Nothing {
                    self.space = region.map_or(Space::Plain(None), |region| Space::Firm { character, region });
                }
            }
        }
    }
}

/// What a character does to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// It is printed.
    Word,
    /// Nothing: soft hyphens, zero-width characters, marks of direction, controls.
    Unseen,
    /// It is a space.
    Space,
    /// It is a space as used between the thousands.
    Firm,
    /// It ends the line.
    Line,
}

fn class(character: char, white_space: WhiteSpace) -> Class {
    match character {
        '!'..='~' => Class::Word, // nearly all there is
        '\n' | '\u{c}' if white_space == WhiteSpace::Preserved => Class::Line,
        ' ' | '\t' | '\n' | '\r' | '\u{c}' => Class::Space,
        '\u{a0}' | '\u{2007}'..='\u{200a}' | '\u{202f}' => Class::Firm,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => Class::Unseen,
        other if other.is_whitespace() => Class::Space,
        _ => Class::Word,
    }
}
