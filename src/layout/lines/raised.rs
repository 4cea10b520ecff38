//! Raised footnote marks, each hung on the word that bears it.

use std::collections::BTreeMap;

use crate::layout::words::Token;

/// How far a mark stands above the base line of its word, in the size of the word's font, if it is about as large as the word.
const RAISED: std::ops::Range<f64> = 0.17..0.62;

/// Marks that hang on a word.
#[derive(Default)]
pub(super) struct Hung {
    pub(super) leading: Vec<Token>,
    pub(super) trailing: Vec<Token>,
}

/// Words before a lowered one among which its own is looked for.
const MOST_OVER: usize = 60;

/// Takes raised marks out of the words and hangs them on the word they follow, or, at the head of a note, precede.
pub(super) fn host_marks(words: Vec<Token>, budget: &mut usize) -> (Vec<Token>, BTreeMap<usize, Hung>) {
    let mut hosts: Vec<Option<(usize, Side)>> = vec![None; words.len()];
    for (index, mark) in words.iter().enumerate() {
        if is_mark(&mark.string) || is_ordinal(&mark.string) {
            hosts[index] = host_of(&words, index, budget).or_else(|| word_over(&words, index));
        }
    }
    follow_marks(&words, &mut hosts);
    if hosts.iter().all(Option::is_none) {
        return (words, BTreeMap::new());
    }
    let mut moved = vec![usize::MAX; words.len()];
    let mut kept = Vec::with_capacity(words.len());
    let mut taken = Vec::new();
    for (index, word) in words.into_iter().enumerate() {
        // A host that itself is a mark on another word is no host.
        match hosts[index] {
            Some((host, side)) if hosts[host].is_none() => taken.push((host, side, word)),
            _ => {
                moved[index] = kept.len();
                kept.push(word);
            }
        }
    }
    let mut hung: BTreeMap<usize, Hung> = BTreeMap::new();
    for (host, side, mark) in taken {
        let host = moved[host];
        let place = hung.entry(host).or_default();
        match side {
            Side::Leading => place.leading.push(mark),
            Side::Trailing => place.trailing.push(mark),
        }
    }
    for marks in hung.values_mut() {
        marks.leading.sort_by(|one, other| one.start.total_cmp(&other.start));
        marks.trailing.sort_by(|one, other| one.start.total_cmp(&other.start));
    }
    (kept, hung)
}

/// Hangs a mark that follows another (`11, 12` drawn as two words) on the same word.
fn follow_marks(words: &[Token], hosts: &mut [Option<(usize, Side)>]) {
    for index in 0..words.len() {
        let Some((host, Side::Trailing)) = hosts[index] else { continue };
        let mut last = index;
        // Marks of one base line follow one another in the sorted words.
        for next in index + 1..words.len().min(index + 200) {
            let (one, other) = (&words[last], &words[next]);
            if other.baseline - one.baseline > 0.15 * one.size {
                break;
            }
            let gap = (other.start - one.end) / one.size;
            let alike = (one.size / other.size - 1.0).abs() < 0.1;
            if hosts[next].is_none() && alike && (-0.1..0.7).contains(&gap) && is_mark(&other.string) && one.string.ends_with([',', ';']) {
                hosts[next] = Some((host, Side::Trailing));
                last = next;
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Leading,
    Trailing,
}

/// The word that a small raised word hangs on.
fn host_of(words: &[Token], index: usize, budget: &mut usize) -> Option<(usize, Side)> {
    let mark = &words[index];
    let first = words.partition_point(|word| word.baseline < mark.baseline + 0.12 * mark.size);
    let mut best: Option<(f64, usize, Side)> = None;
    for (offset, word) in words[first..].iter().enumerate() {
        *budget = budget.saturating_sub(1);
        if *budget == 0 || word.baseline > mark.baseline + 2.2 * mark.size {
            break;
        }
        let raise = (word.baseline - mark.baseline) / word.size;
        let behind = (mark.start - word.end) / word.size;
        let ahead = (word.start - mark.end) / word.size;
        let small = mark.size <= 0.83 * word.size && (0.1..0.75).contains(&raise);
        // Some producers raise a mark but hardly make it smaller; figures at half a line's height beside words then need more proof.
        let raised = mark.size <= 1.02 * word.size && RAISED.contains(&raise) && behind < reach_of_mark(word) && is_mark(&mark.string);
        if !small && !raised || mark.size < 0.3 * word.size {
            continue;
        }
        let found = if (-0.2..0.35).contains(&behind) {
            Some((behind.abs(), Side::Trailing))
        } else if (-0.1..0.6).contains(&ahead) && is_mark(&mark.string) {
            // A word with room before it and its mark hangs on what follows.
            Some((0.1 + ahead.abs(), Side::Leading))
        } else {
            None
        };
        if let Some((distance, side)) = found
            && best.is_none_or(|best| distance < best.0)
        {
            best = Some((distance, first + offset, side));
        }
    }
    best.map(|(_, host, side)| (host, side))
}

/// The word that a small lowered word belongs to: the `CO` of `CO₂`.
fn word_over(words: &[Token], index: usize) -> Option<(usize, Side)> {
    let mark = &words[index];
    let before = words[..index].iter().enumerate().rev().take(MOST_OVER);
    let mut near = before.take_while(|(_, word)| mark.baseline - word.baseline < 0.6 * mark.size);
    near.find(|(_, word)| is_lowered(word, mark)).map(|(host, _)| (host, Side::Trailing))
}

/// Whether a small word is a digit that stands a little lower right behind a letter.
pub(super) fn is_lowered(word: &Token, mark: &Token) -> bool {
    let drop = (mark.baseline - word.baseline) / word.size;
    let behind = (mark.start - word.end) / word.size;
    mark.size <= 0.83 * word.size
        && (0.04..0.4).contains(&drop)
        && (-0.1..0.1).contains(&behind)
        && word.string.ends_with(char::is_alphabetic)
        && mark.string.bytes().all(|byte| byte.is_ascii_digit())
}

/// How far behind a word a mark about as large may stand, in the size of the font: close at a figure, which may have another beside it.
fn reach_of_mark(word: &Token) -> f64 {
    let year = word.string.len() == 4 && (word.string.starts_with("19") || word.string.starts_with("20"));
    if year {
        0.35
    } else if word.is_number() {
        0.06
    } else {
        0.42
    }
}

/// Whether a small raised word reads as footnote marks: `3`, `1,2`, `**`, `a`, `(4)`.
pub(super) fn is_mark(string: &str) -> bool {
    if let [first, second, ..] = string.as_bytes()
        && first.is_ascii_alphabetic()
        && second.is_ascii_alphabetic()
    {
        // Nearly all words start so.
        return false;
    }
    let letters = string.bytes().filter(u8::is_ascii_alphabetic).take(7).count();
    if string.len() > 16 || letters > 6 || letters > 1 && letters == string.len() {
        return false;
    }
    let inner = string.trim_matches(['(', ')', '[', ']']);
    // A comma at the end parts nothing.
    let parted = inner.strip_suffix([',', ';']).unwrap_or(inner);
    !inner.is_empty()
        && inner.len() <= 12
        && parted.split([',', ';']).all(|part| {
            let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            let stars = !part.is_empty() && part.chars().all(|character| matches!(character, '*' | '†' | '‡' | '§' | '#'));
            let letter = part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_lowercase());
            digits || stars || letter
        })
}

pub(super) fn is_ordinal(string: &str) -> bool {
    matches!(string, "st" | "nd" | "rd" | "th" | "er" | "re" | "e" | "ème" | "ère" | "º" | "ª" | "o")
}
