//! Puts each figure that stands out together with the words that are its caption.

use super::Draft;
use super::opening::Opening;
use crate::layout::BBox;
use crate::layout::lines::{Line, Weight};
use crate::layout::words::is_figure as is_figure_word;

/// Puts each figure standing out together with its caption.
pub(super) fn with_captions(drafts: Vec<Draft>, frames: &[BBox], body: f64) -> Vec<Draft> {
    let stands_out: Vec<bool> = drafts.iter().map(|draft| is_figure(draft) && stands_out(draft, body)).collect();
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
            if let Some(distance) = caption_distance(&drafts[figure], draft, frames) {
                pairs.push((distance, figure, index));
            }
        }
    }
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
        draft.figure = stands_out[figure].then_some(0);
        if let Some(index) = caption[figure]
            && let Some(words) = drafts[index].take()
        {
            let above = words.bbox.top < draft.bbox.top && words.lines[0].baseline < draft.lines[0].baseline - 1.0;
            let bbox = draft.bbox.union(words.bbox);
            if above {
                draft.figure = Some(words.lines.len());
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

/// Whether a block is nothing but one figure, with its sign, arrow or percent.
fn is_figure(draft: &Draft) -> bool {
    if draft.lines.len() != 1 || draft.lines[0].turn != 0 || draft.opening != Opening::Plain {
        return false;
    }
    let line = &draft.lines[0];
    let mut numbers = 0;
    let plain = line.words().all(|word| {
        let parts = word.string.chars().filter(|character| matches!(character, '-' | '/' | ':')).count();
        let number = is_figure_word(&word.string) && word.string.chars().count() <= 24 && parts < 2;
        numbers += usize::from(number);
        number || word.string.chars().all(|character| "+-–−±%~<>≈↑↓▲▼↗↘→".contains(character))
    });
    plain && (1..=3).contains(&numbers)
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
        // A figure in a small box of its own, its caption right under or over the box.
        let frame = frames[figure.frame?];
        let small = frame.width() < 16.0 * size && frame.height() < 7.0 * size;
        let centre = (f64::midpoint(frame.x0, frame.x1) - f64::midpoint(other.x0, other.x1)).abs();
        let aligned = centre < 1.5 * size || (frame.x0 - other.x0).abs() < size;
        let gap = (other.top - frame.bottom).max(frame.top - other.bottom);
        return (words.frame.is_none() && small && aligned && (-0.3 * size..1.4 * size).contains(&gap)).then_some(3.0 * size + gap.max(0.0));
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
