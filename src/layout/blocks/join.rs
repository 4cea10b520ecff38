//! Puts together what belongs together: the parts of a wide line, lines to one text, a word that a line's end broke.

use super::LEADING;
use crate::layout::Text;
use crate::layout::lines::{Line, Part};

/// Puts a justified line together again whose spaces are as wide as gaps between columns: the line above or below runs across the gap.
pub(super) fn across_wide_spaces(mut lines: Vec<Line>, body: f64) -> Vec<Line> {
    lines.sort_by(|one, other| one.baseline.total_cmp(&other.baseline).then(one.start.total_cmp(&other.start)));
    let spans: Vec<(f64, f64, f64, f64)> = lines
        .iter()
        .filter(|line| line.turn == 0 && line.words().count() > 3)
        .map(|line| (line.baseline, line.start, line.end, line.size))
        .collect();
    let mut joined: Vec<Line> = Vec::new();
    for line in lines {
        let Some(last) = joined.last() else {
            joined.push(line);
            continue;
        };
        let gap = line.start - last.end;
        let level = (line.baseline - last.baseline).abs() < 0.1 * line.size && (line.size - last.size).abs() < 0.5;
        let wordy = !line.is_number() && !last.is_number() && last.words().count() + line.words().count() > 4;
        if line.turn != 0 || last.turn != 0 || !level || !wordy || !(0.0..1.7 * line.size).contains(&gap) {
            joined.push(line);
            continue;
        }
        let first = spans.partition_point(|span| span.0 < line.baseline - 1.7 * body);
        let bridged = spans[first..]
            .iter()
            .take(200)
            .take_while(|span| span.0 <= line.baseline + 1.7 * body)
            .any(|span| {
                let apart = (span.0 - line.baseline).abs();
                apart > 0.6 * line.size
                    && apart < LEADING * line.size
                    && (span.3 - line.size).abs() < 0.5
                    && span.1 <= last.start + line.size
                    && span.2 >= line.end - line.size
            });
        if bridged && let Some(last) = joined.last_mut() {
            last.extend(line);
        } else {
            joined.push(line);
        }
    }
    joined
}

/// The words of some lines as one text, as in a paragraph.
pub(in crate::layout) fn text_of(mut lines: Vec<Line>, page: u32) -> Text {
    lines.sort_by(|one, other| {
        let level = (one.baseline - other.baseline).abs() < 0.3 * one.size.min(other.size);
        if level {
            one.start.total_cmp(&other.start)
        } else {
            one.baseline.total_cmp(&other.baseline)
        }
    });
    if let [line] = lines.as_slice() {
        return line.text(page).into_trimmed();
    }
    let mut text = Text::with_room(lines.iter().map(Line::room).sum());
    for line in lines {
        append_line(&mut text, &line, page, " ");
    }
    text.into_trimmed()
}

/// Appends a line; a word that the line's end broke is joined.
pub(super) fn append_line(text: &mut Text, line: &Line, page: u32, separator: &str) {
    if separator == " " && ends_in_plain_letter(&text.string) && !line.is_kept() && starts_with_plain_word(line) {
        // As most lines: nothing is joined, and no list of its own is needed.
        line.push_to(text, page);
    } else {
        append_text(text, &line.shared_text(page), separator);
    }
}

/// Whether a text ends in a sign that is neither white space nor a hyphen of any kind.
fn ends_in_plain_letter(string: &str) -> bool {
    string.bytes().next_back().is_some_and(|last| last.is_ascii_graphic() && last != b'-')
}

/// Whether a line starts with a word of plain letters, which is no mark.
fn starts_with_plain_word(line: &Line) -> bool {
    matches!(line.parts.first(), Some(Part::Word(word)) if !word.string.is_empty() && word.is_plain())
}

/// Appends the characters of a line, as above.
pub(super) fn append_text(text: &mut Text, line: &Text, separator: &str) {
    let broken = text.string.ends_with('\u{ad}');
    let hyphen = text.string.ends_with('-') || text.string.ends_with('\u{2010}');
    if broken || hyphen && is_broken_word(&text.string, &line.string) {
        let last = text.string.chars().next_back().map_or(0, char::len_utf8);
        *text = text.slice(0..text.string.len() - last);
        text.append(line, "");
    } else if hyphen && line.string.starts_with(char::is_alphanumeric) && text.string.chars().nth_back(1).is_some_and(char::is_alphabetic) {
        text.append(line, "");
    } else {
        text.append(line, separator);
    }
}

/// Whether the hyphen at a line's end only marks the break: between small letters, and not after a part that takes a hyphen of its own.
fn is_broken_word(before: &str, after: &str) -> bool {
    let head = before.trim_end_matches(['-', '\u{2010}']);
    let part: String = head
        .chars()
        .rev()
        .take_while(|character| character.is_alphanumeric() || *character == '-')
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let keeps = [
        "non",
        "self",
        "co",
        "ex",
        "anti",
        "pre",
        "post",
        "re",
        "semi",
        "multi",
        "sub",
        "inter",
        "intra",
        "cross",
        "mid",
        "well",
        "long",
        "short",
        "high",
        "low",
        "half",
        "all",
        "off",
        "on",
        "in",
        "out",
        "up",
        "year",
        "month",
        "week",
        "day",
        "end",
        "first",
        "second",
        "third",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "one",
        "ground",
        "decision",
        "third",
        "government",
        "state",
        "iom",
        "un",
        "cash",
        "community",
        "data",
        "south",
        "north",
        "east",
        "west",
    ];
    part.chars().count() >= 2
        && part
            .chars()
            .all(|character| character.is_lowercase() || character.is_uppercase() && part.starts_with(character))
        && after.chars().next().is_some_and(char::is_lowercase)
        && !keeps.contains(&part.to_lowercase().as_str())
}
