//! The words of part of a page as one text.

use std::ops::Range;

use super::inline::Inline;
use super::page::{Page, Role, What};
use crate::layout::Text;

/// What a line break in the markup becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// A line break.
    Lines,
    /// A space; only boxes of their own begin new lines.
    Spaces,
}

/// Something that ends with an element.
enum Closing {
    Raised,
    Apart,
    Box,
}

/// All words of some parts of a drawing, on one line.
pub(super) fn gather_all(page: &Page<'_>, parts: Range<usize>) -> Text {
    let mut inline = Inline::default();
    for part in &page.parts[parts] {
        match &part.what {
            What::Text(segments) => inline.push(page.source, segments, part.bold, part.white_space),
            What::Element { .. } => inline.separate(),
        }
    }
    inline.finish()
}

/// All words of some parts, less those in drawings. Boxes stand on lines of their own.
pub(super) fn gather(page: &Page<'_>, parts: Range<usize>, breaks: Breaks) -> Text {
    let mut inline = Inline::default();
    let mut open: Vec<(usize, Closing)> = Vec::new();
    let mut number = parts.start;
    while number < parts.end {
        while let Some((_, closing)) = open.pop_if(|open| open.0 <= number) {
            close(&mut inline, &closing);
        }
        let part = &page.parts[number];
        number += 1;
        match &part.what {
            What::Text(segments) => inline.push(page.source, segments, part.bold, part.white_space),
            What::Element { role, .. } => match role {
                Role::Inline => {}
                Role::Raised => {
                    inline.raise();
                    open.push((part.end, Closing::Raised));
                }
                Role::Separate => {
                    inline.separate();
                    open.push((part.end, Closing::Apart));
                }
                Role::LineBreak if breaks == Breaks::Spaces => inline.separate(),
                Role::LineBreak => inline.line_break(),
                Role::Picture | Role::Drawing | Role::DrawingPart => number = part.end,
                _ => {
                    inline.line_break();
                    open.push((part.end, Closing::Box));
                }
            },
        }
    }
    while let Some((_, closing)) = open.pop() {
        close(&mut inline, &closing);
    }
    inline.finish()
}

fn close(inline: &mut Inline, closing: &Closing) {
    match closing {
        Closing::Raised => inline.lower(),
        Closing::Apart => inline.separate(),
        Closing::Box => inline.line_break(),
    }
}

/// The lines of a text.
pub(super) fn lines(text: &Text) -> Vec<Text> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.string.split('\n') {
        let end = start + line.len();
        let part = text.slice(start..end).trimmed();
        if !part.string.is_empty() {
            found.push(part);
        }
        start = end + 1;
    }
    found
}
