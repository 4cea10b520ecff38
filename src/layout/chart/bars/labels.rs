//! The words and numbers printed at bars: which number is whose, and which words name a category.

use super::{Bar, Direction, Span};
use crate::layout::Text;
use crate::layout::chart::figure::figure;
use crate::layout::chart::{ChartKind, Label, Sketch};

/// What stands at a bar.
#[derive(Debug, Clone, Default)]
pub(super) struct Dressed {
    pub(super) label: Option<usize>,
}

/// The number printed at each bar: at its tip, or in it.
pub(super) fn value_labels(bars: &[Bar], kind: ChartKind, free: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Vec<Dressed> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    let numbers: Vec<(usize, Span, f64)> = free
        .iter()
        .filter(|index| figure(&sketch.labels[**index].text.string).is_some())
        .map(|index| (*index, Span::of(sketch.labels[*index].bbox, direction), sketch.labels[*index].size))
        .collect();
    for (place, bar) in bars.iter().enumerate() {
        for (label, span, size) in &numbers {
            let across = (span.middle() - bar.middle()).abs();
            let wide = bar.thickness().max(span.to - span.from);
            if across > 0.5 * wide.max(*size) {
                continue;
            }
            let middle = f64::midpoint(span.near, span.far);
            let inside = middle > bar.base && middle < bar.tip;
            let behind = span.near - bar.tip;
            let distance = if inside {
                // In the bar, whether at its tip, its middle or its foot.
                if kind == ChartKind::StackedBar {
                    0.0
                } else {
                    (bar.tip - span.far).max(0.0).min(bar.length() * 0.5) * 0.2 + 0.5 * size
                }
            } else if kind != ChartKind::StackedBar && (-0.7 * size..1.8 * size).contains(&behind) {
                behind.abs()
            } else {
                continue;
            };
            pairs.push((distance + 2.0 * across, place, *label));
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    let mut dressed = vec![Dressed::default(); bars.len()];
    let mut taken = std::collections::BTreeSet::new();
    for (_, bar, label) in pairs {
        if dressed[bar].label.is_none() && taken.insert(label) {
            dressed[bar].label = Some(label);
        }
    }
    dressed
}

/// The words that name each slot: under upright bars, before level ones, or right over them.
pub(super) fn categories(bars: &[Bar], slots: &[Vec<usize>], free: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Vec<Vec<usize>> {
    let base = bars[0].base;
    let ranges: Vec<(f64, f64)> = slots
        .iter()
        .map(|slot| {
            let from = slot.iter().map(|index| bars[*index].from).fold(f64::INFINITY, f64::min);
            let to = slot.iter().map(|index| bars[*index].to).fold(f64::NEG_INFINITY, f64::max);
            (from, to)
        })
        .collect();
    let middles: Vec<f64> = ranges.iter().map(|(from, to)| f64::midpoint(*from, *to)).collect();
    let pitch = middles.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min).min(1e6);
    let mut names: Vec<Vec<usize>> = vec![Vec::new(); slots.len()];
    let mut nearest = f64::INFINITY;
    let mut before: Vec<(usize, Span, f64)> = Vec::new();
    for index in free {
        let label = &sketch.labels[*index];
        let span = Span::of(label.bbox, direction);
        let gap = base - span.far;
        if gap < -0.6 * label.size || label.text.string.trim().is_empty() {
            continue;
        }
        let place = match direction {
            // A slanted name ends, or starts, at its bar.
            Direction::Up if (10.0..80.0).contains(&-label.angle) => span.to,
            Direction::Up if (10.0..80.0).contains(&label.angle) => span.from,
            _ => span.middle(),
        };
        nearest = nearest.min(gap);
        before.push((*index, span, place));
    }
    let longest = before
        .iter()
        .filter(|(index, ..)| sketch.labels[*index].angle == 0.0)
        .map(|(index, ..)| sketch.labels[*index].size)
        .fold(0.0, f64::max);
    // What is printed larger than the names next to the bars, level with none of them, is a heading under the chart.
    let first_size = before
        .iter()
        .filter(|(_, span, _)| base - span.far <= nearest + 0.8)
        .map(|(index, ..)| sketch.labels[*index].size)
        .fold(0.0, f64::max);
    let first_end = before
        .iter()
        .filter(|(_, span, _)| base - span.far <= nearest + 0.8)
        .map(|(_, span, _)| span.near)
        .fold(f64::INFINITY, f64::min);
    for (index, span, place) in before {
        let label = &sketch.labels[index];
        let gap = base - span.far;
        if direction == Direction::Up && label.angle == 0.0 && label.size > 1.15 * first_size && span.far < first_end {
            continue;
        }
        let reach = match direction {
            Direction::Up => nearest.max(0.0) + 2.6 * longest.max(label.size),
            Direction::Right => 400.0,
        };
        if gap > reach || nearest > 3.0 * label.size {
            continue;
        }
        let slot = middles.partition_point(|middle| *middle < place);
        let slot = [slot.checked_sub(1), Some(slot)]
            .into_iter()
            .flatten()
            .filter(|slot| *slot < middles.len())
            .min_by(|one, other| (middles[*one] - place).abs().total_cmp(&(middles[*other] - place).abs()));
        if let Some(slot) = slot
            && (middles[slot] - place).abs() <= 0.5 * pitch.max(ranges[slot].1 - ranges[slot].0) + 0.5
        {
            names[slot].push(index);
        }
    }
    if direction == Direction::Right {
        // Of several columns of words before the bars, the name is what ends closest to them.
        for names in &mut names {
            let closest = names.iter().map(|index| sketch.labels[*index].bbox.x1).fold(f64::NEG_INFINITY, f64::max);
            names.retain(|index| {
                let bbox = sketch.labels[*index].bbox;
                bbox.x1 >= closest - 2.0 * sketch.labels[*index].size || bbox.x1 >= closest - 60.0 && bbox.x0 < closest
            });
            let far = names.iter().all(|index| base - sketch.labels[*index].bbox.x1 > 60.0);
            if far {
                names.clear();
            }
        }
        if names.iter().all(Vec::is_empty) {
            return names_over(bars, &ranges, free, sketch);
        }
    }
    for names in &mut names {
        names.sort_by(|one, other| {
            let (one, other) = (sketch.labels[*one].bbox, sketch.labels[*other].bbox);
            one.top.total_cmp(&other.top).then(one.x0.total_cmp(&other.x0))
        });
    }
    names
}

/// Names printed right over level bars, flush with their start.
fn names_over(bars: &[Bar], ranges: &[(f64, f64)], free: &[usize], sketch: &Sketch<'_>) -> Vec<Vec<usize>> {
    ranges
        .iter()
        .map(|(from, _)| {
            free.iter()
                .copied()
                .filter(|index| {
                    let label = &sketch.labels[*index];
                    let gap = from - label.bbox.bottom;
                    (label.bbox.x0 - bars[0].base).abs() < 1.5 * label.size
                        && (-0.5 * label.size..label.size).contains(&gap)
                        && figure(&label.text.string).is_none()
                })
                .take(1)
                .collect()
        })
        .collect()
}

/// Words on several lines as one text.
pub(super) fn joined(labels: &[usize], sketch: &Sketch<'_>) -> Option<Text> {
    let mut labels = labels.iter();
    let mut text = sketch.labels[*labels.next()?].text.trimmed();
    for label in labels {
        let line: &Label = &sketch.labels[*label];
        text.append(&line.text.trimmed(), " ");
    }
    Some(text)
}
