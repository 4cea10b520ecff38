//! A finished draft to its block: the kind it is of, its level, its labels and its text.

use super::Draft;
use super::join::{append_line, append_text};
use super::opening::{Opening, without_opening};
use crate::layout::lines::{Line, Weight};
use crate::layout::{Block, BlockKind, Region, Text};

pub(super) fn block(draft: &Draft, body: f64, page: u32) -> Option<Block> {
    let is_headline = draft.figure.is_some();
    let mut text = Text::with_room(draft.lines.iter().map(Line::room).sum());
    let mut labels_found = Vec::new();
    for (index, line) in draft.lines.iter().enumerate() {
        if index == 0 && draft.opening != Opening::Plain {
            let opened = without_opening(line.text(page), &draft.opening, line, &mut labels_found);
            append_text(&mut text, &opened, " ");
            continue;
        }
        let breaks = index > 0 && draft.figure.as_ref().is_some_and(|lines| lines.contains(&index) || index == lines.end);
        append_line(&mut text, line, page, if breaks { "\n" } else { " " });
    }
    let text = text.into_trimmed();
    if text.string.is_empty() {
        return None;
    }
    let kind = match draft.opening {
        Opening::Bullet | Opening::Disc => BlockKind::List,
        Opening::Marked if !labels_found.is_empty() => BlockKind::Note,
        _ if is_headline => BlockKind::Headline,
        _ if is_heading(draft, &text.string, body) => BlockKind::Heading,
        _ => BlockKind::Paragraph,
    };
    let level = if kind == BlockKind::Heading {
        level(draft.lines[0].size / body)
    } else {
        0
    };
    Some(Block {
        kind,
        level,
        labels: labels_found,
        text,
        region: Region::Box { page, bbox: draft.bbox },
    })
}

fn is_heading(draft: &Draft, string: &str, body: f64) -> bool {
    let letters: Vec<char> = string.chars().filter(|character| character.is_alphabetic()).collect();
    if draft.lines.len() > 3 || letters.len() < 2 || string.chars().count() > 200 || draft.lines[0].turn != 0 {
        return false;
    }
    let size = draft.lines[0].size;
    let bold = draft.lines.iter().all(|line| line.weight == Weight::Bold);
    let capitals = letters.iter().all(|letter| !letter.is_lowercase());
    let sentence = string.trim_end().ends_with('.') && string.split_whitespace().count() > 6;
    !sentence && (size > 1.09 * body || bold && size > 0.9 * body || capitals && letters.len() > 5 && size > 0.85 * body)
}

/// Rank of a heading by how much larger than the text it is.
fn level(ratio: f64) -> u8 {
    match ratio {
        _ if ratio > 1.5 => 1,
        _ if ratio > 1.2 => 2,
        _ => 3,
    }
}
