//! A text as words, digits, gaps and marks: what the recognisers of numbers and periods walk over, once, from left to right.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::language::{Language, WordId};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters; the number is the word's id in the language, 0 where it does not know it.
    Word(WordId),
    /// ASCII digits.
    Digits,
    /// White space within a line.
    Space,
    /// White space with a line's end.
    Line,
    /// White space with a tab or page end: the edge of a cell.
    Cell,
    /// Any other character.
    Mark(char),
}

/// A token; offsets are bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    start: u32,
    end: u32,
}

/// The tokens of a text. They follow each other without holes.
pub(super) struct Tokens<'text> {
    pub(super) text: &'text str,
    list: Vec<Token>,
    held: Held,
}

/// What is among the tokens of a text: labels and cells often have nothing to look for.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    /// A word of the language, or four digits together: without a word of dates a date has a year.
    dates: bool,
    /// Digits, a word for a number, or what may begin a placeholder.
    figures: bool,
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Letter,
    Digit,
    Space,
    Mark,
}

fn class(character: char) -> Class {
    if character.is_ascii_digit() {
        Class::Digit
    } else if character.is_whitespace() {
        Class::Space
    } else if character.is_alphabetic() || is_combining_mark(character) {
        Class::Letter
    } else {
        Class::Mark
    }
}

/// The class of the character at a byte, and its length; none at the end.
fn class_at(text: &str, at: usize) -> Option<(Class, usize)> {
    let byte = *text.as_bytes().get(at)?;
    Some(match byte {
        b'a'..=b'z' | b'A'..=b'Z' => (Class::Letter, 1),
        b'0'..=b'9' => (Class::Digit, 1),
        b' ' | b'\t'..=b'\r' => (Class::Space, 1),
        0..=0x7f => (Class::Mark, 1),
        _ => {
            let character = text[at..].chars().next()?;
            (class(character), character.len_utf8())
        }
    })
}

impl<'text> Tokens<'text> {
    /// Tokens of `text`; none where it is too long to be a text (4 GiB).
    pub(super) fn of(text: &'text str, language: &Language) -> Self {
        if u32::try_from(text.len()).is_err() {
            return Self {
                text: "",
                list: Vec::new(),
                held: Held::default(),
            };
        }
        let mut held = Held::default();
        let mut list = Vec::with_capacity(2 + text.len() / 3);
        let mut lowered = String::new();
        let mut at = 0;
        while let Some((class, length)) = class_at(text, at) {
            let start = at;
            at += length;
            if class != Class::Mark {
                while let Some((_, length)) = class_at(text, at).filter(|(next, _)| *next == class) {
                    at += length;
                }
            }
            let characters = &text[start..at];
            let kind = match class {
                Class::Letter => TokenKind::Word(language.word(characters, &mut lowered)),
                Class::Digit => TokenKind::Digits,
                Class::Space if characters == " " => TokenKind::Space,
                Class::Space if characters.contains(is_cell_end) => TokenKind::Cell,
                Class::Space if characters.contains(is_line_end) => TokenKind::Line,
                Class::Space => TokenKind::Space,
                Class::Mark => TokenKind::Mark(characters.chars().next().unwrap_or_default()),
            };
            match kind {
                TokenKind::Digits => {
                    held.dates |= characters.len() == 4;
                    held.figures = true;
                }
                TokenKind::Word(word) => {
                    held.dates |= word != 0;
                    held.figures |= language.lexeme(word).number.is_some() || language.may_begin_placeholder(characters);
                }
                TokenKind::Mark('[' | '{' | '#') => held.figures = true,
                _ => {}
            }
            list.push(Token {
                kind,
                start: start as u32,
                end: at as u32,
            });
        }
        Self { text, list, held }
    }

    /// Whether dates may stand among them.
    pub(super) fn may_hold_dates(&self) -> bool {
        self.held.dates
    }

    /// Whether figures, faulty ones or placeholders may stand among them.
    pub(super) fn may_hold_figures(&self) -> bool {
        self.held.figures
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The kind at `index`; `None` past either end.
    pub(super) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.list.get(index).map(|token| token.kind)
    }

    /// Bytes of the tokens from `first` up to but without `end`.
    pub(super) fn range(&self, first: usize, end: usize) -> Range<usize> {
        match (self.list.get(first), end.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => first.start as usize..last.end as usize,
            _ => self.text.len()..self.text.len(),
        }
    }

    pub(super) fn slice(&self, first: usize, end: usize) -> &'text str {
        &self.text[self.range(first, end)]
    }

    pub(super) fn token_text(&self, index: usize) -> &'text str {
        self.slice(index, index + 1)
    }

    pub(super) fn start(&self, index: usize) -> usize {
        self.list.get(index).map_or(self.text.len(), |token| token.start as usize)
    }

    pub(super) fn is_mark(&self, index: usize, character: char) -> bool {
        self.kind(index) == Some(TokenKind::Mark(character))
    }

    pub(super) fn is_digits(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Digits)
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(TokenKind::Word(_)))
    }

    /// White space within a cell, a line's end included.
    pub(super) fn is_gap(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(TokenKind::Space | TokenKind::Line))
    }

    /// White space of any kind, or the text's end.
    pub(super) fn is_blank(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(TokenKind::Space | TokenKind::Line | TokenKind::Cell) | None)
    }

    /// Past one gap, if one stands here.
    pub(super) fn skip_gap(&self, index: usize) -> usize {
        if self.is_gap(index) { index + 1 } else { index }
    }

    pub(super) fn is_dash(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(TokenKind::Mark(mark)) if is_dash(mark))
    }

    /// Past any dash, with a gap on either side or none: `-`, ` – `.
    pub(super) fn skip_dash(&self, index: usize) -> Option<usize> {
        let dash = self.skip_gap(index);
        self.is_dash(dash).then(|| self.skip_gap(dash + 1))
    }

    /// The number the digits spell, if it has at most `digits` of them.
    pub(super) fn small(&self, index: usize, digits: usize) -> Option<u32> {
        let text = self.is_digits(index).then(|| self.token_text(index))?;
        (text.len() <= digits).then(|| text.parse().ok())?
    }

    /// Whether the word starts with a capital letter.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.token_text(index).chars().next().is_some_and(char::is_uppercase)
    }
}

fn is_line_end(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_cell_end(character: char) -> bool {
    matches!(character, '\t' | '\u{b}' | '\u{c}')
}

/// Hyphens, dashes and the minus sign.
pub(super) fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Hyphens that join words: not dashes, not the minus sign.
pub(super) fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}
