//! A text to the form in which names are compared: without case, accents and kinds of dashes, spaces, apostrophes and brackets.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text in the form in which names are compared, and where each byte of it comes from.
#[derive(Debug, Clone, Default)]
pub struct Normalised {
    /// The form.
    pub text: String,
    /// For each byte of `text`, the byte of the original at which its character starts.
    offsets: Vec<u32>,
}

impl Normalised {
    /// The form of `original`. Cells stay apart: a tab is kept, other white space and dashes become one space.
    pub fn of(original: &str) -> Self {
        let mut normalised = Self::default();
        // Offsets are kept in 32 bits: no text of a report is as long.
        if u32::try_from(original.len()).is_err() {
            return normalised;
        }
        normalised.text.reserve(original.len());
        normalised.offsets.reserve(original.len());
        let mut at = 0;
        while let Some(character) = original[at..].chars().next() {
            let word = original.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if word == 0 {
                normalised.add(character, at as u32);
                at += character.len_utf8();
            } else {
                let start = normalised.text.len();
                normalised.text.push_str(&original[at..at + word]);
                normalised.text[start..].make_ascii_lowercase();
                normalised.offsets.extend(at as u32..(at + word) as u32);
                at += word;
            }
        }
        if normalised.text.ends_with(' ') {
            normalised.pop();
        }
        normalised
    }

    /// Byte of the original at which the byte `index` of the form starts.
    pub fn start(&self, index: usize) -> Option<usize> {
        self.offsets.get(index).map(|offset| *offset as usize)
    }

    /// Byte of `original` after the character that the byte before `index` of the form comes from, accents included.
    pub fn end(&self, index: usize, original: &str) -> Option<usize> {
        let start = self.start(index.checked_sub(1)?)?;
        let mut end = start;
        for (position, character) in original[start..].chars().enumerate() {
            if position > 0 && !is_combining_mark(character) {
                break;
            }
            end += character.len_utf8();
        }
        Some(end)
    }

    fn add(&mut self, character: char, offset: u32) {
        match character {
            '\t' | '\u{b}' | '\u{c}' => self.tight('\t', offset),
            ' ' | '-' | '\u{2010}'..='\u{2013}' => self.space(offset),
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '’' | '‘' | 'ʼ' | '`' | '´' => self.push('\'', offset),
            '&' => {
                self.space(offset);
                "and".chars().for_each(|letter| self.push(letter, offset));
                self.space(offset);
            }
            '(' | '[' => self.tight('(', offset),
            ')' | ']' => self.tight(')', offset),
            ',' | '/' | ':' => self.tight(character, offset),
            // Marks of footnotes, not digits of a name.
            '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '₀'..='₉' => self.push('*', offset),
            _ if character.is_whitespace() => self.space(offset),
            _ => {
                for part in [character].into_iter().nfkd().filter(|part| !is_combining_mark(*part)) {
                    for lower in part.to_lowercase().filter(|lower| !is_combining_mark(*lower)) {
                        self.push(lower, offset);
                    }
                }
            }
        }
    }

    fn push(&mut self, character: char, offset: u32) {
        self.text.push(character);
        self.offsets.extend((0..character.len_utf8()).map(|_| offset));
    }

    fn pop(&mut self) {
        if let Some(last) = self.text.pop() {
            self.offsets.truncate(self.offsets.len() - last.len_utf8());
        }
    }

    /// One space, none at the start, after another, or after a mark that takes none.
    fn space(&mut self, offset: u32) {
        if !matches!(self.text.chars().next_back(), None | Some(' ' | '(' | ',' | '/' | ':' | '\t')) {
            self.push(' ', offset);
        }
    }

    /// A mark without spaces around it.
    fn tight(&mut self, mark: char, offset: u32) {
        if self.text.ends_with(' ') {
            self.pop();
        }
        self.push(mark, offset);
    }
}

/// The form in which names are compared.
pub fn normalised(name: &str) -> String {
    Normalised::of(name).text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(normalised(text), expected);
    }

    #[test]
    fn forms_that_mean_the_same_are_the_same() {
        check("Côte d’Ivoire", "cote d'ivoire");
        check("CÔTE D'IVOIRE", "cote d'ivoire");
        check("Guinea\u{2011}Bissau", "guinea bissau");
        check("Bosnia &\n Herzegovina", "bosnia and herzegovina");
        check("Iran ( Islamic Republic of )", "iran(islamic republic of)");
        check("Türkiye", "turkiye");
        check("Kosovo⁴", "kosovo*");
        check(" Viet  Nam ", "viet nam");
    }

    #[test]
    fn places_in_the_original_are_kept() {
        let original = "In Cote\u{301} d’Ivoire (7%)";
        let form = Normalised::of(original);
        let at = form.text.find("cote").unwrap();
        let range = form.start(at).unwrap()..form.end(at + 4, original).unwrap();
        assert_eq!(&original[range], "Cote\u{301}");
    }
}
