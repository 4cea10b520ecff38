//! How a block begins: bullets, drawn discs and the marks of notes, found and taken off.

use crate::layout::Text;
use crate::layout::lines::{Head, Line, Part, labels};
use crate::layout::words::is_number;

/// Characters that open a list entry.
const BULLETS: &str = "•‣▪▫◦●○■□►▶➢➤✓✔❖·∙⁃";

/// How a block begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Opening {
    Plain,
    Bullet,
    /// A bullet that is drawn, not written.
    Disc,
    Marked,
}

/// Puts bullets that stand apart before the line they open.
pub(super) fn with_bullets(lines: Vec<Line>) -> Vec<Line> {
    let is_bullet = |line: &Line| {
        let string = line.string();
        line.turn == 0 && string.chars().count() == 1 && string.chars().all(|character| BULLETS.contains(character) || "–-o".contains(character))
    };
    let (bullets, mut lines): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(is_bullet);
    lines.sort_by(|one, other| one.baseline.total_cmp(&other.baseline).then(one.start.total_cmp(&other.start)));
    for mut bullet in bullets {
        let first = lines.partition_point(|line| line.baseline < bullet.baseline - 0.35 * bullet.size);
        let host = lines[first..]
            .iter()
            .take(400)
            .enumerate()
            .take_while(|(_, line)| line.baseline <= bullet.baseline + 0.35 * bullet.size)
            .filter(|(_, line)| line.turn == 0 && line.start >= bullet.end - 0.5 && line.start - bullet.end < 3.5 * line.size)
            .min_by(|one, other| one.1.start.total_cmp(&other.1.start))
            .map(|(offset, _)| first + offset);
        match host {
            Some(host) => {
                let line = lines[host].clone();
                let (baseline, size) = (line.baseline, line.size);
                bullet.extend(line);
                bullet.baseline = baseline;
                bullet.size = size;
                lines[host] = bullet;
            }
            None => lines.insert(first, bullet),
        }
    }
    lines
}

pub(super) fn opening(line: &Line) -> Opening {
    if line.head == Head::Disc {
        return Opening::Disc;
    }
    match line.parts.first() {
        Some(Part::Mark(_)) => Opening::Marked,
        Some(Part::Word(token)) => {
            let first = token.string.chars().next().unwrap_or(' ');
            let alone = token.string.chars().count() == 1;
            if BULLETS.contains(first) && line.parts.len() > 1
                || alone && "–-".contains(first) && line.words().nth(1).is_some_and(|next| !is_number(&next.string))
            {
                Opening::Bullet
            } else if star_mark(line).is_some() || superscript_label(&token.string).is_some_and(|(_, rest)| !rest.is_empty() || line.parts.len() > 1)
            {
                Opening::Marked
            } else {
                Opening::Plain
            }
        }
        None => Opening::Plain,
    }
}

/// Whether stars, not raised characters, open a line.
pub(super) fn is_starred(line: &Line) -> bool {
    matches!(line.parts.first(), Some(Part::Word(_))) && star_mark(line).is_some()
}

/// The `**` that a note starts with.
fn star_mark(line: &Line) -> Option<String> {
    let first = line.words().next()?;
    let stars: String = first
        .string
        .chars()
        .take_while(|character| matches!(character, '*' | '†' | '‡'))
        .collect();
    (!stars.is_empty() && (stars.len() < first.string.len() || line.parts.len() > 1)).then_some(stars)
}

/// The raised digits that a word starts with, and what follows them.
pub(super) fn superscript_label(string: &str) -> Option<(String, &str)> {
    let digit = |character: char| match character {
        '\u{b9}' => Some('1'),
        '\u{b2}' => Some('2'),
        '\u{b3}' => Some('3'),
        '\u{2070}' => Some('0'),
        '\u{2074}'..='\u{2079}' => char::from_digit(u32::from(character) - 0x2070, 10),
        _ => None,
    };
    let label: String = string.chars().map_while(digit).collect();
    let bytes: usize = string
        .chars()
        .take_while(|character| digit(*character).is_some())
        .map(char::len_utf8)
        .sum();
    (!label.is_empty()).then(|| (label, &string[bytes..]))
}

/// Takes the bullet or the note's own mark off its first line.
pub(super) fn without_opening(text: Text, opening: &Opening, line: &Line, found: &mut Vec<String>) -> Text {
    if *opening == Opening::Bullet {
        let first = text.string.chars().next().map_or(0, char::len_utf8);
        return text.slice(first..text.string.len()).trimmed();
    }
    if *opening == Opening::Disc {
        return text;
    }
    let mut text = text;
    if let Some(Part::Mark(mark)) = line.parts.first() {
        found.extend(labels(&mark.string));
        text.marks.retain(|mark| mark.at > 0);
        return text;
    }
    if let Some(stars) = star_mark(line) {
        let rest = text.slice(stars.len()..text.string.len()).trimmed();
        found.push(stars);
        return rest;
    }
    // Raised characters have become marks at the head of the text.
    found.extend(text.marks.iter().filter(|mark| mark.at == 0).map(|mark| mark.label.clone()));
    text.marks.retain(|mark| mark.at > 0);
    text
}
