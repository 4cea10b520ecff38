//! Puts each figure that stands out together with the change printed beside it and the words that are its caption.

use super::Draft;
use super::figure::is_figure;
use super::opening::Opening;
use crate::layout::BBox;
use crate::layout::lines::{Line, Weight};

/// Puts each figure standing out together with its caption.
pub(super) fn with_captions(drafts: Vec<Draft>, frames: &[BBox], body: f64) -> Vec<Draft> {
    let drafts = with_changes(drafts, frames);
    let tiles = tiles(&drafts, frames);
    let rows = rows_of_tiles(&drafts);
    let mut ticks = ticks(&drafts);
    for (figure, _) in &rows {
        ticks[*figure] = false;
    }
    let is_tile = |draft: &Draft| draft.frame.is_some_and(|frame| tiles[frame]) && draft.lines[0].size > 0.95 * body;
    let mut stands_out: Vec<bool> = drafts
        .iter()
        .zip(&ticks)
        .map(|(draft, tick)| is_figure(draft) && !tick && (stands_out(draft, body) || is_tile(draft)))
        .collect();
    for (figure, _) in &rows {
        stands_out[*figure] = true;
    }
    let mut used = vec![false; drafts.len()];
    let mut caption: Vec<Option<usize>> = vec![None; drafts.len()];
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    let figures: Vec<usize> = (0..drafts.len()).filter(|index| stands_out[*index]).take(400).collect();
    for figure in figures {
        for (index, draft) in drafts.iter().enumerate() {
            if index == figure || stands_out[index] || is_figure(draft) {
                continue;
            }
            // Of several figures in one box the first bears the caption outside it.
            let follows = drafts[figure].frame.is_some()
                && draft.frame != drafts[figure].frame
                && drafts
                    .iter()
                    .zip(&stands_out)
                    .any(|(other, out)| *out && other.frame == drafts[figure].frame && other.bbox.x0 < drafts[figure].bbox.x0 - 1.0);
            if follows {
                continue;
            }
            let Some(distance) = caption_distance(&drafts[figure], draft, frames) else {
                continue;
            };
            if !is_far(&drafts[figure], draft) || drafts.iter().all(|other| !stands_between(other, draft, &drafts[figure])) {
                pairs.push((distance, figure, index));
            }
        }
    }
    let of_rows = rows.iter().map(|(figure, words)| (0.0, *figure, *words));
    pairs.extend(of_rows.filter(|(_, figure, words)| !stands_out[*words] && figure != words));
    // Of figures about as near, the leftmost.
    let key = |pair: &(f64, usize, usize)| ((pair.0 / 2.0).round() as i64, (drafts[pair.1].bbox.x0 * 10.0) as i64, pair.1, pair.2);
    pairs.sort_by_key(key);
    for (_, figure, index) in pairs {
        if caption[figure].is_none() && !used[index] {
            caption[figure] = Some(index);
            used[index] = true;
        }
    }
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let mut joined = Vec::with_capacity(drafts.len());
    for figure in 0..drafts.len() {
        if used[figure] {
            continue;
        }
        let Some(mut draft) = drafts[figure].take() else { continue };
        draft.figure = stands_out[figure].then(|| draft.figure.unwrap_or(0..1));
        if let Some(index) = caption[figure]
            && let Some(words) = drafts[index].take()
        {
            let above = words.bbox.top < draft.bbox.top && words.lines[0].baseline < draft.lines[0].baseline - 1.0;
            let bbox = draft.bbox.union(words.bbox);
            if above {
                let shift = words.lines.len();
                draft.figure = draft.figure.map(|lines| lines.start + shift..lines.end + shift);
                let mut lines = words.lines;
                lines.append(&mut draft.lines);
                draft.lines = lines;
            } else {
                draft.lines.extend(words.lines);
            }
            draft.bbox = bbox;
        }
        joined.push(draft);
    }
    joined
}

/// Whether words stand so far to the left of a figure that something may stand between.
fn is_far(figure: &Draft, words: &Draft) -> bool {
    figure.bbox.x0 - words.bbox.x1 > 1.6 * figure.lines[0].size
}

fn stands_between(other: &Draft, words: &Draft, figure: &Draft) -> bool {
    let (left, right) = (words.bbox.x1 - 1.0, figure.bbox.x0 + 1.0);
    let level = other.bbox.top < figure.bbox.bottom && other.bbox.bottom > figure.bbox.top;
    level && other.bbox.x0 > left && other.bbox.x1 < right
}

/// Figures in a row, each with the words right under its middle: three or more of them are tiles, however small.
fn rows_of_tiles(drafts: &[Draft]) -> Vec<(usize, usize)> {
    let figures = (0..drafts.len()).filter(|index| is_figure(&drafts[*index])).take(MOST_BOXED);
    let captioned: Vec<(usize, usize)> = figures.filter_map(|figure| Some((figure, words_under(figure, drafts)?))).collect();
    let same_row = |one: &Draft, other: &Draft| {
        let (one, other) = (&one.lines[0], &other.lines[0]);
        (one.baseline - other.baseline).abs() < 0.3 * one.size && (0.85..1.18).contains(&(one.size / other.size))
    };
    let in_row = |figure: usize| captioned.iter().filter(|(other, _)| same_row(&drafts[figure], &drafts[*other])).count();
    captioned.iter().copied().filter(|(figure, _)| in_row(*figure) >= LEAST_TILES).collect()
}

/// Fewer figures in a row, with words under them, may be anything.
const LEAST_TILES: usize = 3;

/// The nearest words under the middle of a figure, if they are short and nothing stands between.
fn words_under(figure: usize, drafts: &[Draft]) -> Option<usize> {
    let (bbox, size) = (drafts[figure].bbox, drafts[figure].lines[0].size);
    let middle = |bbox: BBox| f64::midpoint(bbox.x0, bbox.x1);
    let under = drafts.iter().enumerate().filter(|(index, draft)| {
        let gap = draft.bbox.top - bbox.bottom;
        let across = draft.bbox.x0 < bbox.x1 && draft.bbox.x1 > bbox.x0;
        *index != figure && draft.lines[0].turn == 0 && across && (-0.3 * size..3.2 * size).contains(&gap)
    });
    let (index, words) = under.min_by(|one, other| one.1.bbox.top.total_cmp(&other.1.bbox.top))?;
    let letters = words
        .lines
        .iter()
        .flat_map(Line::words)
        .flat_map(|word| word.string.chars())
        .filter(|letter| letter.is_alphabetic())
        .count();
    let centred = (middle(words.bbox) - middle(bbox)).abs() < 0.7 * size;
    let narrow = words.bbox.width() < 14.0 * size && words.lines[0].size < 1.15 * size;
    (centred && narrow && (3..=90).contains(&letters) && words.opening == Opening::Plain && !is_figure(words)).then_some(index)
}

/// The figures that are ticks of an axis: four or more of one size on one line up or across, evenly apart, and not in boxes.
fn ticks(drafts: &[Draft]) -> Vec<bool> {
    let mut ticks = vec![false; drafts.len()];
    let figures: Vec<usize> = (0..drafts.len()).filter(|index| is_figure(&drafts[*index])).take(MOST_BOXED).collect();
    let bbox = |index: usize| drafts[index].bbox;
    let size = |index: usize| drafts[index].lines[0].size;
    let middle = |index: usize| {
        (
            f64::midpoint(bbox(index).x0, bbox(index).x1),
            f64::midpoint(bbox(index).top, bbox(index).bottom),
        )
    };
    let alike = |one: usize, other: usize| drafts[one].frame == drafts[other].frame && (size(one) - size(other)).abs() < 0.3;
    let in_column = |one: usize, other: usize| {
        let (one, other) = (bbox(one), bbox(other));
        (one.x0 - other.x0).abs() < 1.0 || (one.x1 - other.x1).abs() < 1.0
    };
    let in_row = |one: usize, other: usize| (middle(one).1 - middle(other).1).abs() < 1.0;
    for first in &figures {
        let column = figures.iter().copied().filter(|other| alike(*first, *other) && in_column(*first, *other));
        let row = figures.iter().copied().filter(|other| alike(*first, *other) && in_row(*first, *other));
        let column: Vec<(f64, usize)> = column.map(|index| (middle(index).1, index)).collect();
        let row: Vec<(f64, usize)> = row.map(|index| (middle(index).0, index)).collect();
        for mut line in [column, row] {
            line.sort_by(|one, other| one.0.total_cmp(&other.0));
            for run in even_runs(&line, 9.0 * size(*first)) {
                for (_, index) in run {
                    ticks[*index] = true;
                }
            }
        }
    }
    ticks
}

/// Fewer figures in line may be tiles.
const LEAST_TICKS: usize = 4;

/// The longest stretches of a line of figures that are evenly apart, and no further than so much.
fn even_runs(line: &[(f64, usize)], furthest: f64) -> Vec<&[(f64, usize)]> {
    let mut runs = Vec::new();
    let mut start = 0;
    while start + LEAST_TICKS <= line.len() {
        let step = line[start + 1].0 - line[start].0;
        let even = |pair: &&[(f64, usize)]| (pair[1].0 - pair[0].0 - step).abs() < 0.06 * step + 0.4;
        let steps = line[start..].windows(2).take_while(even).count();
        if steps + 1 >= LEAST_TICKS && step < furthest {
            runs.push(&line[start..=start + steps]);
        }
        start += steps.max(1);
    }
    runs
}

/// Puts a figure and the change beside it in the same small box together, and a figure whose groups of digits stand far apart.
fn with_changes(drafts: Vec<Draft>, frames: &[BBox]) -> Vec<Draft> {
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let boxed: Vec<usize> = (0..drafts.len())
        .filter(|index| drafts[*index].as_ref().is_some_and(|draft| draft.frame.is_some() && is_figure(draft)))
        .take(MOST_BOXED)
        .collect();
    for (join, passes) in [(joins_group as Joins, 3), (joins_change, 1)] {
        for _ in 0..passes {
            for first in &boxed {
                let Some(one) = &drafts[*first] else { continue };
                let next = boxed.iter().copied().find(|second| {
                    let other = drafts[*second].as_ref().filter(|_| second != first);
                    other.is_some_and(|other| are_level(one, other, frames) && join(one, other))
                });
                let Some(other) = next.and_then(|next| drafts[next].take()) else {
                    continue;
                };
                let Some(one) = &mut drafts[*first] else { continue };
                one.bbox = one.bbox.union(other.bbox);
                if passes == 1 {
                    one.lines.extend(other.lines);
                    one.figure = Some(0..one.lines.len());
                } else {
                    other.lines.into_iter().for_each(|line| one.lines[0].extend(line));
                }
            }
        }
    }
    drafts.into_iter().flatten().collect()
}

/// Whether a figure carries on the one before it.
type Joins = fn(&Draft, &Draft) -> bool;

/// Figures in boxes looked at on a page.
const MOST_BOXED: usize = 400;

/// Whether two figures stand on one line of the same small box, the second behind the first.
fn are_level(one: &Draft, other: &Draft, frames: &[BBox]) -> bool {
    let (first, second) = (&one.lines[0], &other.lines[0]);
    let size = first.size.max(second.size);
    let small = one
        .frame
        .is_some_and(|frame| frames[frame].height() < 5.0 * size && frames[frame].width() < 16.0 * size);
    one.frame == other.frame && small && (first.baseline - second.baseline).abs() < 0.35 * size && second.start > first.end - 0.6 * size
}

/// Whether a figure is a group of three digits that carries on the one before it.
fn joins_group(one: &Draft, other: &Draft) -> bool {
    let (first, second) = (&one.lines[0], &other.lines[0]);
    let digits = |string: &str| string.chars().all(|character| character.is_ascii_digit());
    let (head, group) = (first.string(), second.string());
    let last = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    let alike = (first.size - second.size).abs() < 0.5 && first.weight == second.weight && first.colour == second.colour;
    alike && digits(last) && last.len() <= 3 && digits(&group) && group.len() == 3 && second.start - first.end < 0.8 * first.size
}

/// Whether a figure with a sign or an arrow says how the one before it changed.
fn joins_change(one: &Draft, other: &Draft) -> bool {
    let is_signed = |draft: &Draft| draft.lines[0].string().starts_with(|character| "+-–−±↑↓▲▼↗↘→".contains(character));
    !is_signed(one) && is_signed(other) && other.lines[0].size <= 1.25 * one.lines[0].size
}

/// The frames that are tiles of their own: small, around nothing but one figure, and apart from other frames, as the cells of a table are not.
fn tiles(drafts: &[Draft], frames: &[BBox]) -> Vec<bool> {
    let touches = |one: BBox, other: BBox| {
        let (across, down) = (
            one.x0.max(other.x0) - one.x1.min(other.x1),
            one.top.max(other.top) - one.bottom.min(other.bottom),
        );
        across < 2.5 && down < 2.5 && (0.8..1.25).contains(&(one.height() / other.height().max(1.0)))
    };
    frames
        .iter()
        .enumerate()
        .map(|(index, frame)| {
            let mut held = drafts.iter().filter(|draft| draft.frame == Some(index));
            let (Some(figure), None) = (held.next(), held.next()) else {
                return false;
            };
            let size = figure.lines[0].size;
            let small = frame.width() < 16.0 * size && (1.3 * size..5.0 * size).contains(&frame.height());
            small && is_figure(figure) && frames.iter().enumerate().all(|(other, next)| other == index || !touches(*frame, *next))
        })
        .collect()
}

/// Whether a figure is larger than the text, or bold and alone.
fn stands_out(draft: &Draft, body: f64) -> bool {
    let line = &draft.lines[0];
    line.size > 1.12 * body || line.weight == Weight::Bold
}

/// How far some words are from a figure that they may be the caption of.
fn caption_distance(figure: &Draft, words: &Draft, frames: &[BBox]) -> Option<f64> {
    if words.lines[0].turn != 0 || words.opening != Opening::Plain {
        return None;
    }
    let letters = words.lines.iter().flat_map(Line::words).map(|word| word.glyphs.len()).sum::<usize>();
    let size = figure.lines[0].size;
    if !(3..=160).contains(&letters) || words.lines[0].size > 1.05 * size {
        return None;
    }
    let sentence = words.lines.last().is_some_and(|line| line.string().ends_with('.')) && words.lines.iter().flat_map(Line::words).count() > 12;
    if sentence && words.frame.is_none() {
        return None;
    }
    let (one, other) = (figure.bbox, words.bbox);
    if words.frame != figure.frame {
        return distance_to_frame(figure, words, frames);
    }
    let overlap = one.x1.min(other.x1) - one.x0.max(other.x0);
    let level = one.bottom.min(other.bottom) - one.top.max(other.top);
    let centre = (f64::midpoint(one.x0, one.x1) - f64::midpoint(other.x0, other.x1)).abs();
    let aligned = (one.x0 - other.x0).abs() < size || centre < size || figure.frame.is_some() && (one.x1 - other.x1).abs() < size;
    // Right edges that happen to be level are a weak sign.
    let doubt = if (one.x0 - other.x0).abs() < size || centre < size {
        0.0
    } else {
        0.8 * size
    };
    let below = other.top - one.bottom;
    let above = one.top - other.bottom;
    let slack = -0.45 * size;
    let tile = figure
        .frame
        .is_some_and(|frame| frames[frame].height() < 12.0 * size && frames[frame].width() < 30.0 * size);
    let reach = if tile {
        2.5 * size
    } else if centre < 0.8 * size {
        2.2 * size
    } else {
        1.3 * size
    };
    if overlap > 0.0 && (aligned || tile) && below >= slack && below <= reach {
        return Some(below.max(0.0) + doubt);
    }
    if overlap > 0.0 && (aligned || tile) && above >= slack && above <= reach {
        return Some(above.max(0.0) + 0.35 * size + doubt);
    }
    let right = other.x0 - one.x1;
    if level > 0.3 * one.height().min(other.height()) && (-0.2 * size..1.6 * size).contains(&right) {
        return Some(right.max(0.0) * 0.8);
    }
    let left = one.x0 - other.x1;
    if level > 0.3 * one.height().min(other.height()) && (-0.2 * size..1.6 * size).contains(&left) {
        return Some(left.max(0.0) + 0.2 * size);
    }
    None
}

/// How far the words outside a figure's box are from it.
fn distance_to_frame(figure: &Draft, words: &Draft, frames: &[BBox]) -> Option<f64> {
    let size = figure.lines[0].size;
    let (frame, other) = (frames[figure.frame?], words.bbox);
    if let Some(cell) = words.frame.map(|index| frames[index])
        && !encloses(cell, frame)
    {
        // Two boxes in a row of their own: words in the first, their figure in the second.
        let meet = (frame.x0 - cell.x1).abs() < 3.0 && (frame.top - cell.top).abs() < 3.0 && (frame.bottom - cell.bottom).abs() < 3.0;
        return meet.then_some(size);
    }
    let small = frame.width() < 16.0 * size && frame.height() < 7.0 * size;
    if !small {
        return None;
    }
    let centre = (f64::midpoint(frame.x0, frame.x1) - f64::midpoint(other.x0, other.x1)).abs();
    let aligned = centre < 1.5 * size || (frame.x0 - other.x0).abs() < size;
    let (below, above) = (other.top - frame.bottom, frame.top - other.bottom);
    if aligned && (-0.3 * size..1.4 * size).contains(&below.max(above)) {
        // Right under or over the box; under it, and under its middle, is the more usual.
        let doubt = if above > below { 0.35 * size } else { 0.0 } + if centre < 1.5 * size { 0.0 } else { size };
        return Some(3.0 * size + below.max(above).max(0.0) + doubt);
    }
    // In a row with the box, which stands apart in a column of boxes.
    let left = frame.x0 - other.x1;
    let middle = f64::midpoint(frame.top, frame.bottom);
    let level = (other.top - 0.4 * size..other.bottom + 0.4 * size).contains(&middle);
    let alone = frame.width() < 8.0 * size && frame.height() < 3.0 * size && words.lines.len() <= 4;
    (level && alone && (0.0..16.0 * size).contains(&left)).then_some(4.0 * size + left)
}

fn encloses(outer: BBox, inner: BBox) -> bool {
    outer.x0 <= inner.x0 && outer.x1 >= inner.x1 && outer.top <= inner.top && outer.bottom >= inner.bottom
}
