//! The decoded text of a snapshot, and the way back from it to the bytes of the file.

/// Decoded text with a map to the bytes it was decoded from.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The text, UTF-8.
    pub text: String,
    /// Turning points `(byte of text, byte of file, file bytes per character after it)`, in order; empty where text and file are the same bytes.
    /// Between two points text and file advance together, character by character if the width is not zero, else byte by byte.
    pub turns: Vec<(usize, u64, u8)>,
    /// First byte of every line of `text`.
    pub lines: Vec<usize>,
}

impl Source {
    /// Text that is the file, after `skipped` bytes of byte order mark.
    pub fn verbatim(text: String, skipped: u64) -> Self {
        let turns = if skipped == 0 { Vec::new() } else { vec![(0, skipped, 0)] };
        let lines = line_starts(&text);
        Self { text, turns, lines }
    }

    /// Decoded text with its turning points.
    pub fn decoded(text: String, turns: Vec<(usize, u64, u8)>) -> Self {
        let lines = line_starts(&text);
        Self { text, turns, lines }
    }

    /// The byte of the file at which the byte `at` of the text was decoded.
    pub fn to_file(&self, at: usize) -> u64 {
        let after = self.turns.partition_point(|turn| turn.0 <= at);
        match after.checked_sub(1).map(|index| self.turns[index]) {
            None => at as u64,
            Some((text, file, 0)) => file + (at - text) as u64,
            Some((text, file, width)) => file + self.text[text..at].chars().count() as u64 * u64::from(width),
        }
    }

    /// Line and column, from 1, of a byte of the text; the column counts characters.
    pub fn line_column(&self, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(start..at).map_or(0, |before| before.chars().count()) + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1))
        .collect()
}
