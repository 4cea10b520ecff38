//! A text to the arrows and words in it that say which way a figure went.

use std::ops::Range;

use super::super::{
    language::Language,
    token::{TokenKind, Tokens},
};
use crate::schema::Direction;

/// What says which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// `↓`
    Arrow,
    /// `decrease`
    Word,
}

/// An arrow or a word that says which way a figure went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectionMark {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Which way.
    pub direction: Direction,
    /// What says so.
    pub kind: MarkKind,
}

/// All arrows and direction words of a text, in order.
pub fn direction_marks(text: &str, language: &Language) -> Vec<DirectionMark> {
    let tokens = Tokens::of(text, language);
    let mut marks = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        if let Some(direction) = arrow_at(&tokens, index) {
            marks.push(DirectionMark {
                range: tokens.range(index, index + 1),
                direction,
                kind: MarkKind::Arrow,
            });
        } else if let Some(found) = language.directions.at(&tokens, index, language) {
            if let Some(direction) = found.value {
                marks.push(DirectionMark {
                    range: tokens.range(index, found.end),
                    direction,
                    kind: MarkKind::Word,
                });
            }
            index = found.end;
            continue;
        }
        index += 1;
    }
    marks
}

/// Way the arrow at the token points.
pub(super) fn arrow_at(tokens: &Tokens<'_>, index: usize) -> Option<Direction> {
    let Some(TokenKind::Mark(mark)) = tokens.kind(index) else { return None };
    match mark {
        '↑' | '▲' | '▴' | '⬆' | '⇧' | '⇑' | '↗' | '⬈' | '△' | '🔺' | '🔼' | '⮝' | '➚' | '↥' => Some(Direction::Up),
        '↓' | '▼' | '▾' | '⬇' | '⇩' | '⇓' | '↘' | '⬊' | '▽' | '🔻' | '🔽' | '⮟' | '➘' | '↧' => Some(Direction::Down),
        '→' | '➔' | '➜' | '➝' | '⇒' | '⇨' | '►' | '▶' | '↔' | '⬌' => Some(Direction::Same),
        // An equals sign between words or figures is an equation, not an arrow.
        '=' => {
            let blank_before = index == 0 || tokens.is_blank(index - 1) || tokens.is_mark(index - 1, '(');
            (blank_before && !tokens.is_word(index + 1)).then_some(Direction::Same)
        }
        _ => None,
    }
}
