//! What stands around digits that makes them something else than a figure: addresses, references, telephone numbers, placeholders.

use super::{
    super::{
        language::{Announcement, Language},
        token::{TokenKind, Tokens},
    },
    Malformed,
};

pub(super) const PLACEHOLDER: &str = "a placeholder was not filled in";
pub(super) const PROGRAM_ERROR: &str = "a program left an error in place of the figure";

/// The token after the web or mail address that is the whole chunk without white space that starts at the token.
pub(in super::super) fn end_of_address(tokens: &Tokens<'_>, start: usize) -> Option<usize> {
    let mut end = start;
    let mut may_be = false;
    while !tokens.is_blank(end) {
        may_be |= match tokens.kind(end) {
            Some(TokenKind::Mark('/' | '@')) => true,
            Some(TokenKind::Mark('.')) => end > start && tokens.token_text(end - 1).ends_with("www"),
            Some(TokenKind::Mark(':')) => end > start && tokens.token_text(end - 1).ends_with("mailto"),
            _ => false,
        };
        end += 1;
    }
    (may_be && is_address(tokens.slice(start, end))).then_some(end)
}

/// Whether a chunk is a web or mail address, or a path below one.
fn is_address(chunk: &str) -> bool {
    let has = |needle: &str| chunk.contains(needle);
    if has("://") || has("www.") || has("mailto:") {
        return true;
    }
    if let Some(at) = chunk.find('@') {
        let letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        return letter(chunk[..at].chars().next_back()) && letter(chunk[at + 1..].chars().next());
    }
    // `data.unhcr.org/en/documents/12345`: a host of letters with dots, then a path.
    let Some((host, _)) = chunk.split_once('/') else { return false };
    let labels: Vec<&str> = host.trim_start_matches(['(', '[', '<', '"']).split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
    let top = labels.last().copied().unwrap_or_default();
    labels.len() >= 2 && labels.iter().all(is_label) && (2..=6).contains(&top.len()) && top.chars().all(|character| character.is_ascii_alphabetic())
}

/// Whether a phrase that announces a reference ends just before the token: `resolution 1244`.
fn is_referred_to(tokens: &Tokens<'_>, index: usize, language: &Language) -> bool {
    let end = if index > 0 && tokens.kind(index - 1) == Some(TokenKind::Space) {
        index - 1
    } else {
        index
    };
    (index.saturating_sub(6)..end).any(|start| {
        language
            .announcements
            .at(tokens, start, language)
            .is_some_and(|found| found.end == end && found.value == Announcement::Reference)
    })
}

/// The bracketed year of a resolution, `1244 (1999)`: neither a year that is reported on nor a figure.
pub(in super::super) fn is_year_of_reference(tokens: &Tokens<'_>, index: usize, language: &Language) -> bool {
    let Some(open) = index.checked_sub(1) else { return false };
    if !matches!(tokens.kind(open), Some(TokenKind::Mark('(' | '['))) {
        return false;
    }
    let before = if open > 0 && tokens.is_gap(open - 1) { open - 1 } else { open };
    let Some(digits) = before.checked_sub(1).filter(|at| tokens.is_digits(*at)) else {
        return false;
    };
    let slash = digits > 0 && tokens.is_mark(digits - 1, '/');
    slash || is_referred_to(tokens, digits, language)
}

/// The token after a telephone number whose first digits are the token, if there are enough digits.
pub(super) fn end_of_phone(tokens: &Tokens<'_>, start: usize, fewest: usize) -> Option<usize> {
    let (mut end, mut index, mut digits, mut groups) = (start, start, 0, 0);
    // No telephone number has as many tokens.
    while index < start + 32 {
        match tokens.kind(index) {
            Some(TokenKind::Digits) => {
                digits += tokens.token_text(index).len();
                groups += 1;
                end = index + 1;
            }
            Some(TokenKind::Space | TokenKind::Mark('-' | '(' | ')' | '/' | '.' | '+' | ':' | '‑' | '–')) => {}
            Some(TokenKind::Mark('%')) => return None,
            _ => break,
        }
        index += 1;
    }
    (digits >= fewest && groups >= 2).then_some(end)
}

/// Whether a text begins with another, told by the first byte mostly.
fn begins_with(text: &str, beginning: &str) -> bool {
    text.bytes().next() == beginning.bytes().next() && text.starts_with(beginning)
}

/// The placeholder that starts at the token, and the token after it.
pub(super) fn placeholder(tokens: &Tokens<'_>, start: usize, approximated: bool, language: &Language) -> Option<(Malformed, usize)> {
    let malformed = |end: usize, why| {
        let range = tokens.range(start, end);
        Some((Malformed { range, why }, end))
    };
    match tokens.kind(start)? {
        TokenKind::Mark('[' | '{') => {
            let close = (start + 1..start + 9).find(|at| matches!(tokens.kind(*at), Some(TokenKind::Mark(']' | '}'))))?;
            let inside = tokens.slice(start + 1, close).trim().to_lowercase();
            if language.placeholder_brackets.contains(&inside) {
                return malformed(close + 1, PLACEHOLDER);
            }
            None
        }
        TokenKind::Mark('#') | TokenKind::Word(_) => {
            if !language.may_begin_placeholder(tokens.token_text(start)) || start > 0 && (tokens.is_word(start - 1) || tokens.is_digits(start - 1)) {
                return None;
            }
            let rest = &tokens.text[tokens.start(start)..];
            if let Some(error) = language.placeholder_errors.iter().find(|error| begins_with(rest, error)) {
                let mut end = start;
                while tokens.start(end) < tokens.start(start) + error.len() {
                    end += 1;
                }
                if !tokens.is_word(end) && !tokens.is_digits(end) {
                    return malformed(end, PROGRAM_ERROR);
                }
            }
            let mut end = start + 1;
            while matches!(tokens.kind(end), Some(TokenKind::Mark(',' | '.'))) && tokens.is_word(end + 1) && end < start + 6 {
                end += 2;
            }
            let letters = tokens.slice(start, end);
            if !letters.starts_with(['x', 'X', 't', 'T']) || !language.placeholder_letters.iter().any(|other| other == letters) {
                return None;
            }
            let next = tokens.skip_gap(end);
            let unit = language.percent.at(tokens, next, language).is_some()
                || matches!(tokens.kind(next), Some(TokenKind::Word(word)) if next > end && language.lexeme(word).person);
            if unit || approximated { malformed(end, PLACEHOLDER) } else { None }
        }
        _ => None,
    }
}
