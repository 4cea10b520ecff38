//! Lines to blocks: paragraphs, headings, list entries, notes, and figures standing out with their captions.

mod captions;
mod figure;
mod join;
mod kinds;
mod notes;
mod opening;

use std::ops::Range;

use self::captions::with_captions;
use self::join::across_wide_spaces;
use self::kinds::block;
use self::notes::with_references;
use self::opening::{Opening, opening, with_bullets};
use super::lines::{Line, Part, Weight};
use super::{BBox, Block};

pub(super) use self::join::text_of;

/// Lines further apart than this, in the size of the font from base line to base line, are two paragraphs.
const LEADING: f64 = 1.62;
/// A line further down than its paragraph's lines are apart, by this factor, starts another.
const LEADING_JUMP: f64 = 1.17;
/// Paragraphs that stay open at once; more stand side by side on no page made for people.
const MOST_OPEN: usize = 300;

/// Lines that make one block, before it is known what it is.
#[derive(Debug, Clone)]
struct Draft {
    lines: Vec<Line>,
    bbox: BBox,
    frame: Option<usize>,
    opening: Opening,
    leading: Option<f64>,
    /// The lines of a figure that stands out: its own, and that of the change beside it.
    figure: Option<Range<usize>>,
}

/// Blocks of the lines of a page; `frames` are drawn boxes that hold text of their own.
pub fn blocks(lines: Vec<Line>, frames: &[BBox], page: u32) -> Vec<Block> {
    let body = body_size(&lines);
    let lines = with_bullets(lines);
    let lines = across_wide_spaces(lines, body);
    let drafts = with_references(drafts(lines, frames), body);
    let drafts = with_captions(drafts, frames, body);
    drafts.into_iter().filter_map(|draft| block(&draft, body, page)).collect()
}

/// The size of most letters.
fn body_size(lines: &[Line]) -> f64 {
    let mut sizes: Vec<(i64, usize)> = Vec::new();
    let mut weighted: Vec<(i64, usize)> = lines
        .iter()
        .filter(|line| line.turn == 0)
        .map(|line| ((line.size * 4.0).round() as i64, line.words().map(|word| word.glyphs.len()).sum()))
        .collect();
    weighted.sort_unstable();
    for (size, count) in weighted {
        match sizes.last_mut() {
            Some(last) if last.0 == size => last.1 += count,
            _ => sizes.push((size, count)),
        }
    }
    sizes
        .into_iter()
        .max_by_key(|(size, count)| (*count, *size))
        .map_or(10.0, |(size, _)| size as f64 / 4.0)
}

fn drafts(lines: Vec<Line>, frames: &[BBox]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for line in lines {
        let frame = frame_of(line.bbox, frames);
        let opening = opening(&line);
        open.retain(|index| {
            drafts[*index]
                .lines
                .last()
                .is_some_and(|last| last.turn != line.turn || line.baseline - last.baseline < 3.0 * last.size)
        });
        if open.len() > MOST_OPEN {
            open.remove(0);
        }
        let host = open
            .iter()
            .copied()
            .filter(|index| opening == Opening::Plain && continues(&drafts[*index], &line, frame))
            .min_by(|one, other| {
                let gap = |index: usize| {
                    drafts[index].lines.last().map_or(f64::INFINITY, |last| {
                        (line.baseline - last.baseline) + (line.start - last.start).abs() * 0.1
                    })
                };
                gap(*one).total_cmp(&gap(*other))
            });
        if let Some(index) = host {
            let draft = &mut drafts[index];
            if let Some(last) = draft.lines.last() {
                let leading = line.baseline - last.baseline;
                draft.leading = Some(draft.leading.map_or(leading, |known| known.min(leading)));
            }
            draft.bbox = draft.bbox.union(line.bbox);
            draft.lines.push(line);
        } else {
            open.push(drafts.len());
            drafts.push(Draft {
                bbox: line.bbox,
                lines: vec![line],
                frame,
                opening,
                leading: None,
                figure: None,
            });
        }
    }
    drafts
}

/// The smallest frame around a line.
fn frame_of(bbox: BBox, frames: &[BBox]) -> Option<usize> {
    frames
        .iter()
        .enumerate()
        .filter(|(_, frame)| frame.holds(bbox) && frame.x0 <= bbox.x0 + 2.0 && frame.x1 >= bbox.x1 - 2.0)
        .min_by(|one, other| (one.1.width() * one.1.height()).total_cmp(&(other.1.width() * other.1.height())))
        .map(|(index, _)| index)
}

/// Whether a line carries on a block.
fn continues(draft: &Draft, line: &Line, frame: Option<usize>) -> bool {
    let Some(last) = draft.lines.last() else { return false };
    if last.turn != line.turn || draft.frame != frame {
        return false;
    }
    let size = last.size.max(line.size);
    if closes_bracket(draft, line) {
        // Words in brackets are often set smaller than those before them.
        let down = line.baseline - last.baseline;
        let alike = (0.6..1.7).contains(&(last.size / line.size)) && (line.start - last.start).abs() <= 1.3 * size;
        return alike && (0.5 * line.size..=LEADING * size).contains(&down);
    }
    if last.is_number() && line.is_number() {
        // Two figures above one another are ticks, or a column.
        return false;
    }
    let ratio = last.size / line.size;
    let down = line.baseline - last.baseline;
    // A raised mark pushes its line down in what browsers print.
    let known = draft.leading.filter(|_| !line.parts.iter().any(|part| matches!(part, Part::Mark(_))));
    let limit = known.map_or(LEADING * size, |leading| (leading * LEADING_JUMP + 0.3).min(LEADING * size * 1.1));
    if !(0.92..1.09).contains(&ratio) || !(0.5 * size..=limit).contains(&down) {
        return false;
    }
    if matches!(
        (last.weight, line.weight),
        (Weight::Bold, Weight::Regular) | (Weight::Regular, Weight::Bold)
    ) {
        return false;
    }
    if let (Some(one), Some(other)) = (last.colour, line.colour) {
        let apart: i32 = one.iter().zip(other).map(|(one, other)| (i32::from(*one) - i32::from(other)).abs()).sum();
        if apart > 90 {
            return false;
        }
    }
    if line.is_number() != last.is_number() && (last.words().count() == 1 || line.words().count() == 1) && draft.lines.len() == 1 {
        // A lone figure over or under words stands out; it is no part of a sentence, unless a sentence's last word wrapped.
        let wrapped = line.is_number() && last.words().count() > 3 || last.is_number() && last.words().count() > 3;
        if !wrapped {
            return false;
        }
    }
    if draft.lines.len() > 1 && line.weight != Weight::Bold && would_have_fitted(draft, last, line) {
        return false;
    }
    if draft.lines.len() == 1 && line.weight == Weight::Regular && would_have_fitted(draft, last, line) {
        return false;
    }
    let overlap = last.end.min(line.end) - last.start.max(line.start);
    let narrow = (last.end - last.start).min(line.end - line.start);
    let first_of_draft = draft.lines.len() == 1;
    let left = line.start - last.start;
    let aligned = left.abs() <= 1.3 * size
        || (f64::midpoint(line.start, line.end) - f64::midpoint(last.start, last.end)).abs() <= 1.3 * size
        || (line.end - last.end).abs() <= 1.3 * size
        || first_of_draft && left.abs() <= 4.5 * size;
    overlap >= 0.5 * narrow && aligned
}

/// Whether the first word of a line closes a bracket that the lines before it left open: `(since January of` over `2020)`.
fn closes_bracket(draft: &Draft, line: &Line) -> bool {
    let closes = line
        .words()
        .next()
        .is_some_and(|word| word.string.ends_with(')') && !word.string.contains('('));
    let brackets = |of: char| {
        let words = draft.lines.iter().flat_map(Line::words);
        words.map(|word| word.string.matches(of).count()).sum::<usize>()
    };
    closes && brackets('(') > brackets(')')
}

/// Whether the first word of a line had room on the line above: then the break was meant, and a paragraph ends there.
fn would_have_fitted(draft: &Draft, last: &Line, line: &Line) -> bool {
    if is_hyphenated(last, line) {
        return false;
    }
    let Some(word) = line.words().next() else { return false };
    let left = draft.lines.iter().map(|line| line.start).fold(f64::INFINITY, f64::min);
    let right = draft.lines.iter().map(|line| line.end).fold(line.end, f64::max);
    let flush = (line.start - left).abs() < 0.4 * line.size
        && (draft.lines.len() == 1 || (last.start - left).abs() < 0.4 * line.size || draft.lines.len() == 2);
    flush && last.end + 0.5 * line.size + (word.end - word.start) < right - 0.5 * line.size
}

/// Whether a word breaks at the end of a line and goes on in the next.
fn is_hyphenated(last: &Line, line: &Line) -> bool {
    let head = last.words().last().map_or("", |word| word.string.as_str());
    let before = head.strip_suffix(['-', '\u{2010}', '\u{ad}']).unwrap_or_default();
    before.ends_with(char::is_lowercase) && line.words().next().is_some_and(|word| word.string.starts_with(char::is_lowercase))
}
