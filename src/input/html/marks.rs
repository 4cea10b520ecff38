//! Footnote marks in running words: `Kosovo¹`, `Intention****`, `2024^{5,6}`, raised figures.

use std::ops::Range;

use crate::layout::{Mark, Piece, Region, Text};

/// The labels in the words of a raised element, with their bytes in it; none if it is no footnote mark.
///
/// `before` is the text it hangs on: `m²` and `1st` hold no marks.
pub(super) fn raised(content: &str, before: &str) -> Option<Vec<(String, Range<usize>)>> {
    let last = before.chars().next_back();
    if is_power(content.trim(), before) {
        return None;
    }
    let labels = labels(content)?;
    let ordinal = last.is_some_and(|character| character.is_ascii_digit()) && labels.iter().any(|label| label.0.chars().all(char::is_alphabetic));
    (!ordinal).then_some(labels)
}

/// A list of labels: `1`, `5,6`, `[2]`, `**`, `a`, `1–3`.
fn labels(content: &str) -> Option<Vec<(String, Range<usize>)>> {
    if content.len() > 40 {
        return None;
    }
    let mut found = Vec::new();
    let is_joint = |character: char| character.is_whitespace() || matches!(character, ',' | ';');
    for item in content.split(is_joint) {
        let label = item.trim_matches(['[', ']', '(', ')', '{', '}']);
        if label.is_empty() {
            if item.is_empty() {
                continue;
            }
            return None;
        }
        let start = label.as_ptr() as usize - content.as_ptr() as usize;
        let range = start..start + label.len();
        if let Some((first, last)) = label.split_once(['-', '–'])
            && let (Ok(first), Ok(last)) = (first.parse::<u8>(), last.parse::<u8>())
            && (first..first.saturating_add(20)).contains(&last)
            && first > 0
        {
            found.extend((first..=last).map(|number| (number.to_string(), range.clone())));
            continue;
        }
        found.push((label_of(label)?, range));
    }
    (!found.is_empty()).then_some(found)
}

/// A single label in plain characters.
fn label_of(label: &str) -> Option<String> {
    let plain: String = label.chars().map(|character| superscript(character).unwrap_or(character)).collect();
    let number = plain.len() <= 3 && plain.bytes().all(|byte| byte.is_ascii_digit());
    let stars = plain.chars().count() <= 6 && plain.chars().all(is_star);
    let letter = plain.len() == 1 && plain.bytes().all(|byte| byte.is_ascii_lowercase());
    (number || stars || letter).then_some(plain)
}

/// Whether raised characters are a power of a unit.
fn is_power(content: &str, before: &str) -> bool {
    if !matches!(content, "2" | "3" | "²" | "³") {
        return false;
    }
    let unit: String = before.chars().rev().take(4).take_while(|character| character.is_alphabetic()).collect();
    matches!(unit.as_str(), "m" | "mk" | "mc" | "mm" | "md" | "tf" | "im")
}

fn is_star(character: char) -> bool {
    matches!(character, '*' | '†' | '‡')
}

fn superscript(character: char) -> Option<char> {
    Some(match character {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(u32::from(character) - 0x2070, 10)?,
        _ => return None,
    })
}

/// Some bytes to take out of a text, and the labels they hold.
struct Cut {
    range: Range<usize>,
    /// What stands there instead: nothing, or a line break where a note begins within a line.
    instead: &'static str,
    labels: Vec<(String, Range<usize>)>,
}

/// Takes the marks printed as characters out of a text.
pub(super) fn taken_out(text: Text) -> Text {
    let plain = |byte: u8| byte.is_ascii() && !is_star(char::from(byte)) && byte != b'^';
    if text.string.bytes().all(plain) {
        return text;
    }
    if !text
        .string
        .contains(|character| is_star(character) || character == '^' || superscript(character).is_some())
    {
        return text;
    }
    let cuts = cuts(&text.string);
    if cuts.is_empty() { text } else { without(&text, &cuts) }
}

fn cuts(string: &str) -> Vec<Cut> {
    let mut found: Vec<Cut> = Vec::new();
    let mut at = 0;
    while let Some(character) = string[at..].chars().next() {
        let rest = &string[at..];
        let before = &string[found.last().map_or(0, |cut: &Cut| cut.range.end.min(at))..at];
        let (length, labels) = if superscript(character).is_some() {
            let length = superscripts(rest);
            let labels = if is_power(&rest[..length], before) {
                None
            } else {
                labels(&rest[..length])
            };
            (length, labels)
        } else if is_star(character) {
            let length = rest.find(|next| next != character).unwrap_or(rest.len());
            let hangs = star_hangs(&string[..at], &rest[length..]);
            (length, if hangs { labels(&rest[..length]) } else { None })
        } else if let Some(inside) = rest.strip_prefix("^{")
            && let Some(end) = inside.bytes().take(40).position(|byte| byte == b'}')
        {
            let labels = labels(&inside[..end]);
            (
                end + 3,
                labels.map(|labels| labels.into_iter().map(|(label, range)| (label, range.start + 2..range.end + 2)).collect()),
            )
        } else {
            at += character.len_utf8();
            continue;
        };
        if let Some(labels) = labels {
            let begins_note = is_star(character) && begins_note(string, at..at + length);
            found.push(Cut {
                range: if begins_note {
                    at - 1..at + length + 1
                } else {
                    with_space(string, at..at + length)
                },
                instead: if begins_note { "\n" } else { "" },
                labels: labels
                    .into_iter()
                    .map(|(label, range)| (label, range.start + at..range.end + at))
                    .collect(),
            });
        }
        at += length;
    }
    found
}

/// The length of raised figures at the start: `¹`, `⁵,⁶`.
fn superscripts(rest: &str) -> usize {
    let mut length = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if superscript(character).is_some() {
            length = at + character.len_utf8();
        } else if !(matches!(character, ',' | '˒' | '⸴' | ' ') && characters.peek().is_some_and(|next| superscript(next.1).is_some())) {
            break;
        }
    }
    length
}

/// Whether stars between two texts are a mark, not a product or a hidden value.
fn star_hangs(before: &str, after: &str) -> bool {
    let starts = before.is_empty() || before.ends_with('\n');
    let ends = after.is_empty() || after.starts_with('\n');
    let next = after.chars().next();
    match before.chars().next_back() {
        _ if starts => !ends,
        Some(last) if !last.is_whitespace() => !next.is_some_and(char::is_alphanumeric) || !last.is_alphanumeric(),
        _ => {
            let factor = before.trim_end().ends_with(|character: char| character.is_ascii_digit())
                && after.trim_start().starts_with(|character: char| character.is_ascii_digit());
            !factor && !next.is_some_and(char::is_alphanumeric)
        }
    }
}

/// Whether free-standing stars begin another note on the line of one: `* Includes Kosovo. ** For North Macedonia …`.
fn begins_note(string: &str, range: Range<usize>) -> bool {
    let (Some(before), Some(after)) = (string[..range.start].strip_suffix(' '), string[range.end..].strip_prefix(' ')) else {
        return false;
    };
    (string.starts_with(is_star) || before.ends_with('.')) && after.starts_with(char::is_alphabetic)
}

/// A range with the space before it, where there is one on both sides.
fn with_space(string: &str, range: Range<usize>) -> Range<usize> {
    let (before, after) = (&string[..range.start], &string[range.end..]);
    if before.is_empty() || before.ends_with('\n') {
        return range.start..range.end + after.len() - after.trim_start_matches(' ').len();
    }
    if before.ends_with(' ') && (after.is_empty() || after.starts_with(char::is_whitespace)) {
        return range.start - 1..range.end;
    }
    range
}

/// The text less some ranges, which are in order and apart, with their labels as marks.
fn without(text: &Text, cuts: &[Cut]) -> Text {
    let mut kept = Text::default();
    // How many bytes went away before each byte: the start of each cut, and what is gone after it.
    let mut gone: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for cut in cuts {
        let start = cut.range.start.max(at);
        kept.string.push_str(&text.string[at..start]);
        kept.string.push_str(cut.instead);
        gone.push((start, cut.range.end - kept.string.len()));
        at = cut.range.end.max(start);
    }
    kept.string.push_str(&text.string[at..]);
    let moved = |byte: usize| {
        let after = gone.partition_point(|cut| cut.0 <= byte);
        match after.checked_sub(1) {
            None => byte,
            // Within a cut, the place of the cut.
            Some(last) => byte.max(cuts[last].range.end) - gone[last].1,
        }
    };
    for piece in &text.pieces {
        let mut start = piece.range.start;
        let first = cuts.partition_point(|cut| cut.range.end <= start);
        for cut in &cuts[first..] {
            if cut.range.start >= piece.range.end {
                break;
            }
            push_part(&mut kept.pieces, piece, start..cut.range.start.max(start), moved(start));
            start = cut.range.end.min(piece.range.end);
        }
        push_part(&mut kept.pieces, piece, start..piece.range.end, moved(start));
    }
    let mut marks: Vec<Mark> = text
        .marks
        .iter()
        .map(|mark| Mark {
            at: moved(mark.at),
            ..mark.clone()
        })
        .collect();
    for cut in cuts {
        let place = moved(cut.range.start);
        marks.extend(cut.labels.iter().filter_map(|(label, range)| {
            let region = text.region(range.clone())?;
            Some(Mark {
                at: place,
                label: label.clone(),
                region,
            })
        }));
    }
    marks.sort_by_key(|mark| {
        let start = match mark.region {
            Region::Bytes { start, .. } => start,
            Region::Box { .. } => 0,
        };
        (mark.at, start)
    });
    kept.marks = marks;
    kept
}

fn push_part(pieces: &mut Vec<Piece>, piece: &Piece, range: Range<usize>, start: usize) {
    if range.is_empty() {
        return;
    }
    let region = match piece.region {
        Region::Bytes { start: first, end } if end - first == piece.range.len() => Region::Bytes {
            start: first + range.start - piece.range.start,
            end: first + range.end - piece.range.start,
        },
        region => region,
    };
    pieces.push(Piece {
        range: start..start + range.len(),
        region,
        bold: piece.bold,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text without marks, and each mark as `at:label`.
    fn check(printed: &str, words: &str, marks: &[&str]) {
        let mut text = Text::default();
        text.push(
            printed,
            Region::Bytes {
                start: 100,
                end: 100 + printed.len(),
            },
            false,
        );
        let found = taken_out(text);
        assert_eq!(found.string, words);
        let written: Vec<String> = found.marks.iter().map(|mark| format!("{}:{}", mark.at, mark.label)).collect();
        assert_eq!(written, marks, "{printed}");
        for piece in &found.pieces {
            let Region::Bytes { start, end } = piece.region else { panic!("bytes") };
            assert_eq!(&printed[start - 100..end - 100], &found.string[piece.range.clone()], "{printed}");
        }
    }

    #[test]
    fn raised_figures_are_marks() {
        check("REGISTRATIONS³ rose", "REGISTRATIONS rose", &["13:3"]);
        check("Kosovo ⁴", "Kosovo", &["6:4"]);
        check("25,443⁵,⁶ people", "25,443 people", &["6:5", "6:6"]);
        check("¹ Includes Serbia", "Includes Serbia", &["0:1"]);
        check("ARRIVAL^{1,2}", "ARRIVAL", &["7:1", "7:2"]);
        check("40 km² of land", "40 km² of land", &[]);
    }

    #[test]
    fn stars_that_hang_on_a_word_are_marks() {
        check("Application vs. Intention**** 3%", "Application vs. Intention 3%", &["25:****"]);
        check("Kosovo * and Serbia**", "Kosovo and Serbia", &["6:*", "17:**"]);
        check("*** Data on arrivals", "Data on arrivals", &["0:***"]);
        check("*Includes", "Includes", &["0:*"]);
        check("first†\n‡ second", "first\nsecond", &["5:†", "6:‡"]);
    }

    #[test]
    fn notes_that_share_a_line_begin_lines_of_their_own() {
        check(
            "* Resolution 1244 (1999) ** for North Macedonia",
            "Resolution 1244 (1999)\nfor North Macedonia",
            &["0:*", "23:**"],
        );
        check("see the reports. * Resolution 1244", "see the reports.\nResolution 1244", &["17:*"]);
    }

    #[test]
    fn stars_that_are_values_or_products_stay() {
        check("***", "***", &[]);
        check("5 * 3", "5 * 3", &[]);
        check("a*b", "a*b", &[]);
    }

    #[test]
    fn raised_elements_hold_marks_unless_they_are_powers_or_ordinals() {
        let check = |content: &str, before: &str, expected: Option<&[&str]>| {
            let found = raised(content, before).map(|labels| labels.into_iter().map(|label| label.0).collect::<Vec<_>>());
            assert_eq!(
                found.as_deref(),
                expected
                    .map(|labels| labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>())
                    .as_deref()
            );
        };
        check("1", "New arrivals", Some(&["1"]));
        check("5, 6", "2024", Some(&["5", "6"]));
        check("[12]", "Kosovo", Some(&["12"]));
        check("1–3", "Kosovo", Some(&["1", "2", "3"]));
        check("a", "Kosovo", Some(&["a"]));
        check("2", "40 km", None);
        check("2", "of them", Some(&["2"]));
        check("st", "1", None);
        check("a", "1", None);
        check("th", "20", None);
    }
}
