//! A text to its words and punctuation marks, each in the form in which phrases compare it.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A word, or one punctuation mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The word in lower case without accents; the mark as it is.
    pub folded: String,
    word: bool,
    head: u64,
}

impl Token {
    fn new(range: Range<usize>, folded: String, word: bool) -> Self {
        let head = head(&folded);
        Self { range, folded, word, head }
    }

    /// Whether it is a punctuation mark or symbol.
    pub fn is_punctuation(&self) -> bool {
        !self.word
    }

    /// Its first eight bytes, see [`head`].
    pub(in super::super) fn head(&self) -> u64 {
        self.head
    }
}

/// The first eight bytes of a folded word as one number, the first in front: most words are told apart by it alone.
pub(in super::super) fn head(folded: &str) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(folded.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}

/// Splits a text into words and punctuation marks.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut start = None;
    for (at, character) in text.char_indices() {
        if character.is_ascii_alphanumeric() || (!character.is_ascii() && (character.is_alphanumeric() || is_combining_mark(character))) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            tokens.push(Token::new(from..at, fold_word(&text[from..at]), true));
        }
        if !character.is_whitespace() && !is_invisible(character) {
            tokens.push(Token::new(at..at + character.len_utf8(), character.to_string(), false));
        }
    }
    if let Some(from) = start {
        tokens.push(Token::new(from..text.len(), fold_word(&text[from..]), true));
    }
    tokens
}

/// A word in lower case, without accents and compatibility forms.
pub fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
