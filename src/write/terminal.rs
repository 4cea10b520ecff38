//! How lines look on a terminal: width in columns, colour or none, and text from reports made harmless to print.

use unicode_width::UnicodeWidthChar;

/// What the lines are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Columns a line may take.
    pub width: usize,
    /// Whether it shows colours.
    pub colour: Colour,
}

/// Whether colours are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Characters only.
    Plain,
    /// With ANSI escape sequences.
    Ansi,
}

/// What a stretch of text is to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// A note.
    Note,
    /// What matters in a line.
    Strong,
    /// What may be overlooked.
    Faint,
}

impl Terminal {
    /// A pipe or a file: no colour, and no line is broken, so that a search finds all of a sentence.
    pub const UNBROKEN: Self = Self {
        width: 1 << 20,
        colour: Colour::Plain,
    };
    /// 80 columns without colour.
    pub const PLAIN: Self = Self {
        width: 80,
        colour: Colour::Plain,
    };

    /// The text in its colour, where there are colours.
    pub fn paint(self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Error => "1;31",
            Ink::Warning => "1;33",
            Ink::Note => "1;36",
            Ink::Strong => "1",
            Ink::Faint => "2",
        };
        match self.colour {
            Colour::Plain => text.to_owned(),
            Colour::Ansi => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

/// The character as it may be printed: one line stays one line, and no report can steer a terminal.
pub fn printable(character: char) -> char {
    match character {
        _ if character.is_whitespace() => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ if character.is_control() => '\u{fffd}',
        _ => character,
    }
}

/// The whole text as it may be printed.
pub fn printable_text(text: &str) -> String {
    text.chars().map(printable).collect()
}

/// Columns that a text takes.
pub fn columns(text: &str) -> usize {
    text.chars().map(character_columns).sum()
}

/// Columns that a character takes.
pub fn character_columns(character: char) -> usize {
    character.width().unwrap_or(0)
}

/// The text in at most `width` columns, `…` at its end where it was cut.
pub fn clipped(text: &str, width: usize) -> String {
    let mut line = String::new();
    let mut taken = 0;
    // Bytes of the line that leave a column for the `…`.
    let mut kept = 0;
    for character in text.chars().map(printable) {
        taken += character_columns(character);
        if taken > width {
            line.truncate(kept);
            if width > 0 {
                line.push('…');
            }
            return line;
        }
        line.push(character);
        if taken < width {
            kept = line.len();
        }
    }
    line
}

/// The end of a text in at most `width` columns, `…` at its start where it was cut.
pub fn clipped_start(text: &str, width: usize) -> String {
    let reversed: String = text.chars().rev().take(width + 1).collect();
    clipped(&reversed, width).chars().rev().collect()
}

/// The text padded with spaces on its right.
pub fn padded(text: &str, width: usize) -> String {
    let text = clipped(text, width);
    let missing = width.saturating_sub(columns(&text));
    text + &" ".repeat(missing)
}

/// The text in lines of at most `width` columns, broken at spaces where there are any.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut taken = 0;
        for word in paragraph.split_whitespace() {
            let mut word: &str = &printable_text(word);
            if taken > 0 && taken + 1 + columns(word) <= width {
                line.push(' ');
                taken += 1;
            } else if taken > 0 {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            while columns(word) > width {
                let cut = cut(word, width);
                lines.push(word[..cut].to_owned());
                word = &word[cut..];
            }
            line.push_str(word);
            taken += columns(word);
        }
        if taken > 0 {
            lines.push(line);
        }
    }
    lines
}

/// Where to cut a text so that its start takes at most `width` columns; never at its very start.
fn cut(text: &str, width: usize) -> usize {
    let mut taken = 0;
    for (at, character) in text.char_indices() {
        taken += character_columns(character);
        if taken > width && at > 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_only_where_it_does_not_fit() {
        let check = |text: &str, width, expected: &str| assert_eq!(clipped(text, width), expected, "{text} in {width}");
        check("Albania", 7, "Albania");
        check("Albania", 6, "Alban…");
        check("Albania", 1, "…");
        check("Albania", 0, "");
        check("日本", 4, "日本");
        check("日本", 3, "日…");
        check("", 3, "");
        assert_eq!(clipped_start("Albania", 5), "…ania");
        assert_eq!(clipped_start("Albania", 7), "Albania");
    }

    #[test]
    fn a_report_cannot_steer_the_terminal() {
        assert_eq!(printable_text("a\u{1b}[31m\nb\u{202e}c\t"), "a\u{fffd}[31m b\u{fffd}c ");
    }

    #[test]
    fn a_long_word_is_broken_and_a_short_one_is_not() {
        let check = |text: &str, width, expected: &[&str]| assert_eq!(wrapped(text, width), expected, "{text} in {width}");
        check("new arrivals in July", 8, &["new", "arrivals", "in July"]);
        check("unaccompanied", 5, &["unacc", "ompan", "ied"]);
        check("one\ntwo", 20, &["one", "two"]);
        check("日本", 1, &["日", "本"]);
        check("", 5, &[]);
    }
}
