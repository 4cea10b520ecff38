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
    /// Characters before each stretch of so many bytes of `text`: a line may be the whole file.
    characters: Vec<u32>,
}

/// Bytes of a stretch.
const STRETCH: usize = 64;

impl Source {
    /// Text that is the file, after `skipped` bytes of byte order mark.
    pub fn verbatim(text: String, skipped: u64) -> Self {
        let turns = if skipped == 0 { Vec::new() } else { vec![(0, skipped, 0)] };
        Self::decoded(text, turns)
    }

    /// Decoded text with its turning points.
    pub fn decoded(text: String, turns: Vec<(usize, u64, u8)>) -> Self {
        let lines = line_starts(&text);
        let mut characters = Vec::with_capacity(2 + text.len() / STRETCH);
        characters.push(0);
        for stretch in text.as_bytes().chunks(STRETCH) {
            let before = characters.last().copied().unwrap_or(0);
            characters.push(before + starts_of_characters(stretch) as u32);
        }
        Self {
            text,
            turns,
            lines,
            characters,
        }
    }

    /// The byte of the file at which the byte `at` of the text was decoded.
    pub fn to_file(&self, at: usize) -> u64 {
        let after = self.turns.partition_point(|turn| turn.0 <= at);
        match after.checked_sub(1).map(|index| self.turns[index]) {
            None => at as u64,
            Some((text, file, 0)) => file + (at - text) as u64,
            Some((text, file, width)) => file + self.characters_between(text, at) as u64 * u64::from(width),
        }
    }

    /// Line and column, from 1, of a byte of the text; the column counts characters.
    pub fn line_column(&self, at: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let within = start <= at && self.text.is_char_boundary(at);
        let column = if within { self.characters_between(start, at) } else { 0 } + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    /// Characters from one to another byte at which characters start.
    fn characters_between(&self, start: usize, end: usize) -> usize {
        // Most lines are short: counting them out is less than two looks at the counted stretches.
        if end - start <= STRETCH {
            return self.text.as_bytes().get(start..end).map_or(0, starts_of_characters);
        }
        let before = |at: usize| {
            let stretch = at / STRETCH;
            let counted = self.characters.get(stretch).copied().unwrap_or(0) as usize;
            counted + self.text.as_bytes().get(stretch * STRETCH..at).map_or(0, starts_of_characters)
        };
        before(end).saturating_sub(before(start))
    }
}

fn starts_of_characters(bytes: &[u8]) -> usize {
    // All bytes of a character but its first begin with the bits 10.
    let stretches = bytes.chunks(STRETCH);
    stretches
        .map(|stretch| usize::from(stretch.iter().map(|byte| u8::from(*byte & 0xc0 != 0x80)).sum::<u8>()))
        .sum()
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_however_long_the_line() {
        let text = format!("first\n{}\u{fc}7,900", "\u{e4}bc ".repeat(2000));
        let source = Source::verbatim(text.clone(), 0);
        let at = text.find("7,900").unwrap();
        assert_eq!(source.line_column(at), (2, 8002));
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(6), (2, 1));
        // Within a character no column can be told.
        assert_eq!(source.line_column(7), (2, 1));
    }
}
