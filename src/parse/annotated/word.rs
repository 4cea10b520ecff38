//! A text to its words and punctuation marks, each in the form in which phrases compare it.

use std::ops::Range;

use smol_str::SmolStr;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Bytes of a word that needs no place of its own.
const SHORT: usize = 23;

/// A word, or one punctuation mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The word in lower case without accents; the mark as it is.
    pub folded: SmolStr,
    word: bool,
    class: u8,
    /// A bit for each kind of slot that something fills from here on.
    pub(super) kinds: u8,
    head: u64,
}

impl Token {
    fn new(range: Range<usize>, folded: SmolStr, word: bool) -> Self {
        let head = head(&folded);
        let class = class(head);
        Self {
            range,
            folded,
            word,
            class,
            kinds: 0,
            head,
        }
    }

    /// Whether it is a punctuation mark or symbol.
    pub fn is_punctuation(&self) -> bool {
        !self.word
    }

    /// A bit for its class, see [`class`].
    pub(in super::super) fn class(&self) -> u64 {
        1 << self.class
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

/// The class of a word with that head, from 0 to 63: by its first two letters.
pub(in super::super) fn class(head: u64) -> u8 {
    let mixed = ((head >> 48) as u32).wrapping_mul(0x9e37_79b1);
    (mixed >> 26) as u8
}

/// Splits a text into words and punctuation marks.
pub fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(1 + bytes.len() / 5);
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += word_length(&text[at..]);
        if at > start {
            tokens.push(Token::new(start..at, folded(&text[start..at]), true));
            continue;
        }
        let Some(character) = text[at..].chars().next() else { break };
        at += character.len_utf8();
        if !character.is_whitespace() && !is_invisible(character) {
            tokens.push(Token::new(start..at, SmolStr::new_inline(&text[start..at]), false));
        }
    }
    tokens
}

/// Bytes of the word at the start of a text; none where no word starts there.
fn word_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    while let Some(byte) = bytes.get(length) {
        if byte.is_ascii_alphanumeric() {
            length += 1;
            continue;
        }
        let Some(character) = text[length..].chars().next().filter(|character| !character.is_ascii()) else {
            break;
        };
        if !character.is_alphanumeric() && !is_combining_mark(character) {
            break;
        }
        length += character.len_utf8();
    }
    length
}

/// As [`fold_word`], of a word that is most often short and without accents.
fn folded(word: &str) -> SmolStr {
    let mut lowered = [0; SHORT];
    match lowered.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        Some(lowered) => {
            lowered.copy_from_slice(word.as_bytes());
            lowered.make_ascii_lowercase();
            std::str::from_utf8(lowered).map_or_else(|_| SmolStr::default(), SmolStr::new_inline)
        }
        None => fold_word(word).into(),
    }
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
