//! Text in which every character knows where it was printed.

use std::ops::Range;

use super::Region;

/// A run of characters with one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Bytes of [`Text::string`].
    pub range: Range<usize>,
    /// Where they stand. Bytes as long as `range` map one to one; otherwise (an entity, a ligature) the whole stands for the whole.
    pub region: Region,
    /// Printed bold.
    pub bold: bool,
}

/// A footnote mark, taken out of the text it hung on.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Byte of [`Text::string`] before which it stood.
    pub at: usize,
    /// `1`, `***`, `a`: without brackets, one mark each (`^{5,6}` gives two).
    pub label: String,
    /// Where it stands.
    pub region: Region,
}

/// Characters as a reader sees them: white space folded, soft hyphens and marks gone, ligatures and entities resolved.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    /// The characters.
    pub string: String,
    /// Their sources, in order, without overlap; folded white space may have none.
    pub pieces: Vec<Piece>,
    /// Footnote marks, in order.
    pub marks: Vec<Mark>,
}

impl Text {
    /// No characters, and room for some.
    pub fn with_room(characters: usize) -> Self {
        Self {
            string: String::with_capacity(characters + characters / 8),
            pieces: Vec::with_capacity(characters),
            marks: Vec::new(),
        }
    }

    /// Appends characters that stand in `region`.
    pub fn push(&mut self, characters: &str, region: Region, bold: bool) {
        if characters.is_empty() {
            return;
        }
        let start = self.string.len();
        self.string.push_str(characters);
        let end = self.string.len();
        if let (Some(last), Region::Bytes { start: from, end: to }) = (self.pieces.last_mut(), region)
            && let Region::Bytes { start: first, end: before } = last.region
            && last.range.end == start
            && last.bold == bold
            && before == from
            && last.range.len() == before - first
            && characters.len() == to - from
        {
            last.range.end = end;
            last.region = Region::Bytes { start: first, end: to };
            return;
        }
        self.pieces.push(Piece {
            range: start..end,
            region,
            bold,
        });
    }

    /// Appends characters of one byte each, with the place of each and whether it is bold.
    pub(super) fn push_plain(&mut self, characters: &str, places: impl Iterator<Item = (Region, bool)>) {
        let start = self.string.len();
        self.string.push_str(characters);
        self.pieces.extend(places.enumerate().map(|(index, (region, bold))| Piece {
            range: start + index..start + index + 1,
            region,
            bold,
        }));
    }

    /// Appends one space that has no source of its own, unless the text is empty or ends in white space.
    pub fn push_space(&mut self) {
        if !self.string.is_empty() && !self.string.ends_with(char::is_whitespace) {
            self.string.push(' ');
        }
    }

    /// Notes a footnote mark at the end of the text so far.
    pub fn push_mark(&mut self, label: impl Into<String>, region: Region) {
        self.marks.push(Mark {
            at: self.string.len(),
            label: label.into(),
            region,
        });
    }

    /// Appends another text, after `separator` where neither is empty.
    pub fn append(&mut self, other: &Self, separator: &str) {
        if !self.string.is_empty() && !other.string.is_empty() {
            self.string.push_str(separator);
        }
        let shift = self.string.len();
        self.string.push_str(&other.string);
        self.pieces.extend(other.pieces.iter().map(|piece| Piece {
            range: piece.range.start + shift..piece.range.end + shift,
            ..piece.clone()
        }));
        self.marks.extend(other.marks.iter().map(|mark| Mark {
            at: mark.at + shift,
            ..mark.clone()
        }));
    }

    /// The characters of a byte range with their sources and the marks within it or at its end.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let first = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        let inside = self.pieces[first..].iter().take_while(|piece| piece.range.start < range.end);
        let pieces = inside.filter_map(|piece| {
            let (start, end) = (piece.range.start.max(range.start), piece.range.end.min(range.end));
            (start < end).then(|| Piece {
                range: start - range.start..end - range.start,
                region: cut(piece, start..end),
                bold: piece.bold,
            })
        });
        let marks = self
            .marks
            .iter()
            .filter(|mark| range.start < mark.at && mark.at <= range.end || mark.at == range.start && range.start == 0);
        Self {
            string: self.string[range.clone()].to_owned(),
            pieces: pieces.collect(),
            marks: marks
                .map(|mark| Mark {
                    at: mark.at - range.start,
                    ..mark.clone()
                })
                .collect(),
        }
    }

    /// Where the characters of a byte range stand; none if they have no source.
    pub fn region(&self, range: Range<usize>) -> Option<Region> {
        let first = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        let mut region: Option<Region> = None;
        for piece in &self.pieces[first..] {
            let (start, end) = (piece.range.start.max(range.start), piece.range.end.min(range.end));
            if piece.range.start >= range.end {
                break;
            }
            if start < end {
                let part = cut(piece, start..end);
                region = Some(region.map_or(part, |whole| whole.union(part)));
            }
        }
        region
    }

    /// Where the whole text stands.
    pub fn whole(&self) -> Option<Region> {
        self.region(0..self.string.len())
    }

    /// The same without white space at its ends, of a text that is needed no more.
    #[must_use]
    pub fn into_trimmed(self) -> Self {
        if self.string.trim().len() == self.string.len() {
            self
        } else {
            self.trimmed()
        }
    }

    /// The text without white space at its ends.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let start = self.string.len() - self.string.trim_start().len();
        let end = start + self.string.trim().len();
        if start == 0 && end == self.string.len() {
            self.clone()
        } else {
            self.slice(start..end)
        }
    }
}

/// Where part of a piece stands.
fn cut(piece: &Piece, range: Range<usize>) -> Region {
    match piece.region {
        Region::Bytes { start, end } if end - start == piece.range.len() => Region::Bytes {
            start: start + range.start - piece.range.start,
            end: start + range.end - piece.range.start,
        },
        region => region,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_behind_an_entity_keeps_its_own_bytes() {
        let mut text = Text::default();
        text.push("R", Region::Bytes { start: 0, end: 1 }, false);
        text.push("&", Region::Bytes { start: 1, end: 6 }, false);
        text.push("R 7,900", Region::Bytes { start: 6, end: 13 }, false);
        assert_eq!(text.string, "R&R 7,900");
        assert_eq!(text.region(4..9), Some(Region::Bytes { start: 8, end: 13 }));
        assert_eq!(text.region(1..2), Some(Region::Bytes { start: 1, end: 6 }));
        assert_eq!(text.slice(2..9).region(2..7), Some(Region::Bytes { start: 8, end: 13 }));
    }

    #[test]
    fn neighbouring_verbatim_runs_become_one_piece() {
        let mut text = Text::default();
        text.push("some ", Region::Bytes { start: 10, end: 15 }, false);
        text.push("words", Region::Bytes { start: 15, end: 20 }, false);
        assert_eq!(text.pieces.len(), 1);
        assert_eq!(text.whole(), Some(Region::Bytes { start: 10, end: 20 }));
    }
}
