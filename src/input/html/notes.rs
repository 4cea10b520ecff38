//! Footnotes and remarks: which words are one, and which marks they explain.

use crate::layout::{Mark, Piece, Text};

/// Words that begin a remark, in lower case.
const OPENINGS: [&str; 12] = [
    "note:",
    "notes:",
    "nb:",
    "n.b.",
    "source:",
    "sources:",
    "disclaimer:",
    "data as of",
    "data source",
    "contact:",
    "footnote",
    "*note",
];

/// Whether words begin as a remark does.
pub(super) fn is_remark(words: &str) -> bool {
    let start: String = words.trim_start().chars().take(20).collect::<String>().to_lowercase();
    OPENINGS.iter().any(|opening| start.starts_with(opening))
}

/// One text for each note where several stand on lines of one paragraph; the whole text otherwise.
pub(super) fn split(text: Text) -> Vec<Text> {
    let mut starts: Vec<usize> = vec![0];
    let mut at = 0;
    let mut marks = text.marks.iter().peekable();
    for line in text.string.split_inclusive('\n') {
        while marks.next_if(|mark| mark.at < at).is_some() {}
        if at > 0 && marks.peek().is_some_and(|mark| mark.at == at) {
            starts.push(at);
        }
        at += line.len();
    }
    if starts.len() == 1 {
        return vec![text];
    }
    starts.push(text.string.len());
    let mut rest = text.pieces.as_slice();
    let mut marks = text.marks.iter().peekable();
    let mut found = Vec::new();
    for pair in starts.windows(2) {
        let (start, next) = (pair[0], pair[1]);
        let end = start + text.string[start..next].trim_end().len();
        // Line breaks have no source, so no piece reaches over one.
        let count = rest.partition_point(|piece| piece.range.start < end);
        let pieces = rest[..count].iter().map(|piece| Piece {
            range: piece.range.start - start..piece.range.end - start,
            ..piece.clone()
        });
        let mut part = Text {
            string: text.string[start..end].to_owned(),
            pieces: pieces.collect(),
            marks: Vec::new(),
        };
        rest = &rest[count..];
        while let Some(mark) = marks.next_if(|mark| mark.at < next || next == text.string.len()) {
            part.marks.push(Mark {
                at: mark.at - start,
                ..mark.clone()
            });
        }
        found.push(part);
    }
    found
}

/// Takes the marks before the first word of a note: they are its own.
pub(super) fn own_label(mut text: Text, ordinal: Option<&str>) -> (Vec<String>, Text) {
    let own = text.marks.iter().take_while(|mark| mark.at == 0).count();
    let mut labels: Vec<String> = text.marks.drain(..own).map(|mark| mark.label).collect();
    if labels.is_empty() {
        labels.extend(ordinal.map(str::to_owned));
    }
    (labels, text)
}
