//! Relative changes: a percentage together with the word, sign or arrow that says which way it goes.

use std::ops::Range;

use super::{
    annotated::{Token, number_range},
    cue::Cues,
    number::{Number, NumberKind, Sign},
};
use crate::schema::Direction;

/// A percentage that tells a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// From the first to the last of percentage, approximator, direction word and arrow, in bytes.
    pub range: Range<usize>,
    /// Index of the percentage among the numbers.
    pub number: usize,
    /// Every direction printed: arrow, sign, words.
    pub directions: Vec<Direction>,
    /// The way the value goes: the printed sign, else the nearest word, else the arrow.
    pub way: Direction,
}

/// Words that may stand between a percentage and a direction word behind it ("8% year-on-year increase").
const WORDS_BEHIND: usize = 3;
/// Words that may stand between a direction word and the percentage after it ("a decrease in arrivals of some 12%").
const WORDS_BEFORE: usize = 5;

/// Words that may name what a change counts before its percentage ("a drop of 230 registered people, or 7%").
const WORDS_COUNTED: usize = 3;

/// All changes of a text.
pub fn changes(text: &str, tokens: &[Token], numbers: &[Number], cues: &Cues) -> Vec<Change> {
    let percents = numbers.iter().enumerate().filter(|(_, number)| number.kind == NumberKind::Percent);
    percents
        .filter_map(|(index, number)| change(text, tokens, numbers, index, number, cues))
        .collect()
}

fn change(text: &str, tokens: &[Token], numbers: &[Number], index: usize, number: &Number, cues: &Cues) -> Option<Change> {
    let whole = number_range(number);
    let (with_arrow, arrows) = with_arrow(text, &whole);
    let behind = word_behind(tokens, numbers, index, with_arrow.end, cues);
    let before = word_before(tokens, numbers, index, with_arrow.start, cues);
    let signed = number.sign.map(|sign| match sign {
        Sign::Minus => Direction::Down,
        Sign::Plus => Direction::Up,
    });
    let way = signed
        .or(behind.as_ref().map(|found| found.0))
        .or(before.as_ref().map(|found| found.0))
        .or(arrows.first().copied())?;
    let mut range = with_arrow;
    let mut directions = arrows;
    directions.extend(signed);
    let summed_up = word_after_comma(tokens, numbers, index, range.end, cues);
    for (direction, word) in behind.into_iter().chain(before) {
        directions.push(direction);
        range = range.start.min(word.start)..range.end.max(word.end);
    }
    directions.extend(summed_up);
    Some(Change {
        range,
        number: index,
        directions,
        way,
    })
}

/// The nearest direction word behind a percentage, in the same breath.
fn word_behind(tokens: &[Token], numbers: &[Number], index: usize, end: usize, cues: &Cues) -> Option<(Direction, Range<usize>)> {
    let next = numbers.get(index + 1).map_or(usize::MAX, |next| number_range(next).start);
    let first = tokens.partition_point(|token| token.range.start < end);
    let mut words = 0;
    for token in &tokens[first..] {
        if token.range.start >= next || words > WORDS_BEHIND {
            return None;
        }
        if token.is_punctuation() {
            if matches!(token.folded.as_str(), "-" | "‑" | "–" | ")" | "(" | "%") {
                continue;
            }
            return None;
        }
        if let Some(direction) = cues.behind(&token.folded) {
            return Some((direction, token.range.clone()));
        }
        if cues.breaks_change(&token.folded) {
            return None;
        }
        words += 1;
    }
    None
}

/// The direction that closes the sentence as a summary: "35% less than in the same period last year, a decrease."
fn word_after_comma(tokens: &[Token], numbers: &[Number], index: usize, end: usize, cues: &Cues) -> Option<Direction> {
    let next = numbers.get(index + 1).map_or(usize::MAX, |next| number_range(next).start);
    let first = tokens.partition_point(|token| token.range.start < end);
    let rest = &tokens[first..];
    let stop = rest
        .iter()
        .position(|token| token.range.start >= next || matches!(token.folded.as_str(), "." | ";" | "!" | "?"))
        .unwrap_or(rest.len());
    let comma = rest[..stop].iter().rposition(|token| token.folded == ",")?;
    let words: Vec<&str> = rest[comma + 1..stop]
        .iter()
        .filter(|token| !token.is_punctuation())
        .map(|token| token.folded.as_str())
        .collect();
    let (noun, opening) = words.split_last()?;
    let plain = opening.iter().all(|word| cues.sums_up(word));
    let stopped_by_number = rest.get(stop).is_some_and(|token| token.range.start >= next);
    (!opening.is_empty() && opening.len() <= 4 && plain && !stopped_by_number)
        .then(|| cues.before(noun))
        .flatten()
}

/// The nearest direction word before a percentage that governs it: "down 5%", "fell by 5%", "a decrease of some 12%".
fn word_before(tokens: &[Token], numbers: &[Number], index: usize, start: usize, cues: &Cues) -> Option<(Direction, Range<usize>)> {
    let last = tokens.partition_point(|token| token.range.start < start);
    // "A drop of 230 people, or 7%" tells one change twice: as a count, and as a percentage.
    let counted = counted_before(tokens, numbers, index, last, cues);
    let (last, previous) = match counted {
        Some(count) => (
            tokens.partition_point(|token| token.range.start < number_range(&numbers[count]).start),
            count.checked_sub(1),
        ),
        None => (last, index.checked_sub(1)),
    };
    let previous = previous.map_or(0, |previous| numbers[previous].range.end);
    let mut linked = false;
    let mut words = 0;
    for (at, token) in tokens[..last].iter().enumerate().rev() {
        if token.range.start < previous || words > WORDS_BEFORE || counted.is_some() && words > 1 {
            return None;
        }
        if token.is_punctuation() {
            if matches!(token.folded.as_str(), "(" | "-" | "‑" | ":" | "*") {
                continue;
            }
            return None;
        }
        if let Some(direction) = cues.before(&token.folded) {
            if at > 0 && cues.is_no_change(&tokens[at - 1].folded, &token.folded) {
                return None;
            }
            return (linked || words == 0).then(|| (direction, token.range.clone()));
        }
        linked |= cues.links_change(&token.folded);
        words += 1;
    }
    None
}

/// The count before a percentage that says the same of a change: `230 people, or 7%`, `230 (7%)`.
///
/// What is a share of something ("230 people, or 7% of all") is none.
fn counted_before(tokens: &[Token], numbers: &[Number], index: usize, last: usize, cues: &Cues) -> Option<usize> {
    let count = index.checked_sub(1).filter(|count| numbers[*count].kind == NumberKind::Count)?;
    let (counted, percent) = (number_range(&numbers[count]), number_range(&numbers[index]));
    let first = tokens.partition_point(|token| token.range.start < counted.end);
    let between = tokens.get(first..last)?;
    let words = between
        .iter()
        .take_while(|token| !token.is_punctuation() && !cues.restates(&token.folded))
        .count();
    let mut link = between[words..].iter().map(|token| token.folded.as_str()).peekable();
    let comma = link.next_if_eq(&",").is_some();
    let bracket = link.next_if_eq(&"(").is_some();
    let restates = link.next_if(|word| cues.restates(word)).is_some();
    let behind = tokens[tokens.partition_point(|token| token.range.start < percent.end)..].first();
    let behind = behind.map_or("", |token| token.folded.as_str());
    let closed = if bracket { behind == ")" } else { restates && !cues.is_share_of(behind) };
    let linked = link.next().is_none() && (bracket && !comma || restates);
    (words <= WORDS_COUNTED && linked && closed).then_some(count)
}

/// A figure with the arrows directly beside it, and the ways they point.
pub fn with_arrow(text: &str, range: &Range<usize>) -> (Range<usize>, Vec<Direction>) {
    let (mut start, mut end) = (range.start, range.end);
    let mut arrows = Vec::new();
    let before = text[..start].trim_end();
    if let Some((at, character)) = before.char_indices().next_back()
        && let Some(direction) = arrow(character)
    {
        start = at;
        arrows.push(direction);
    }
    let rest = &text[end..];
    let after = rest.trim_start();
    if let Some(character) = after.chars().next()
        && let Some(direction) = arrow(character)
        && arrows.is_empty()
    {
        // An arrow before the next figure belongs to that one.
        let behind = after[character.len_utf8()..].trim_start();
        if !behind.starts_with(|next: char| next.is_ascii_digit() || matches!(next, '-' | '+' | '−' | '–')) {
            end += rest.len() - after.len() + character.len_utf8();
            arrows.push(direction);
        }
    }
    (start..end, arrows)
}

/// Which way an arrow points.
pub fn arrow(character: char) -> Option<Direction> {
    match character {
        '↑' | '▲' | '⬆' | '↗' | '⇧' | '⇑' | '🔺' | '🡅' | '△' => Some(Direction::Up),
        '↓' | '▼' | '⬇' | '↘' | '⇩' | '⇓' | '🔻' | '🡇' | '▽' => Some(Direction::Down),
        '→' | '↔' | '⇔' => Some(Direction::Same),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::annotated::testing::annotated;

    /// Every change of a text: its value, and the ways that are printed.
    fn check(text: &str, expected: &[&str]) {
        let words = annotated(text);
        let found: Vec<String> = words
            .changes
            .iter()
            .map(|change| {
                let (value, _) = super::super::draft::directed(&words.numbers[change.number], Some(change.way));
                format!("{value} {:?}", change.directions)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_ways_to_say_that_something_fell() {
        check("47 per cent less than in the same period last year", &["-47 [Down]"]);
        check("reflecting a 10% decrease compared to the same period", &["-10 [Down]"]);
        check("a decrease of 12% compared with the same period of 2023", &["-12 [Down]"]);
        check("fell by some 12%", &["-12 [Down]"]);
        check("down 31 per cent from last year", &["-31 [Down]"]);
        check("a decrease in arrivals of 12%", &["-12 [Down]"]);
        check("a drop of 230 people, or 7%, against July", &["-7 [Down]"]);
        check("fell by 230 (7 per cent)", &["-7 [Down]"]);
        check("- 33%", &["-33 [Down]"]);
        check("\u{2193} 33%", &["-33 [Down]"]);
    }

    #[test]
    fn the_ways_to_say_that_something_rose() {
        check("(14% more than last year at the same period)", &["14 [Up]"]);
        check("up 8 per cent on the same period last year", &["8 [Up]"]);
        check("an 8% year-on-year increase", &["8 [Up]"]);
        check("+16%", &["16 [Up]"]);
    }

    #[test]
    fn a_share_is_no_change() {
        check("67% were present in Serbia, more than elsewhere", &[]);
        check("30% of the increase", &[]);
        check("Serbia (22%)", &[]);
        check("more than 12% of them", &[]);
        check("a drop of 230 people, or 7% of all", &[]);
        check("an increase of 230 children (12% girls)", &[]);
        check("the rise took in 230 people, or 7%", &[]);
        check("men made up 79% of all, and Syrians make up some 31%", &[]);
    }

    #[test]
    fn contradicting_signs_words_and_arrows_are_all_kept() {
        check("\u{2193} +8%", &["8 [Down, Up]"]);
        check("35% less than in the same period last year, an increase.", &["-35 [Down, Up]"]);
        check("12% less than last year, despite an increase in July.", &["-12 [Down]"]);
    }
}
