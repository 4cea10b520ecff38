//! The numbers along the axis of a bar chart, and the scale they make.

use super::{Bar, Direction, Span};
use crate::layout::chart::Sketch;
use crate::layout::chart::figure::figure;
use crate::layout::chart::scale::{Scale, through_ticks};

/// The numbers along an axis.
pub(super) struct Ticks {
    pub(super) labels: Vec<usize>,
    pub(super) scale: Scale,
}

/// Numbers in a column beside upright bars, or in a row under or over level ones, that grow evenly.
pub(super) fn ticks(bars: &[Bar], near: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Option<Ticks> {
    let first = bars.iter().map(|bar| bar.from).fold(f64::INFINITY, f64::min);
    let last = bars.iter().map(|bar| bar.to).fold(f64::NEG_INFINITY, f64::max);
    let base = bars[0].base;
    let tip = bars.iter().map(|bar| bar.tip).fold(f64::NEG_INFINITY, f64::max);
    let mut found: Option<Ticks> = None;
    for side in [0, 1] {
        let mut beside: Vec<(usize, Span, f64)> = near
            .iter()
            .filter_map(|index| {
                let label = &sketch.labels[*index];
                let value = figure(&label.text.string)?.value;
                let span = Span::of(label.bbox, direction);
                let across = if side == 0 { span.to <= first + 0.5 } else { span.from >= last - 0.5 };
                let along = f64::midpoint(span.near, span.far);
                let size = label.size;
                (across && along >= base - size && along <= tip + 0.6 * (tip - base) + 2.0 * size).then_some((*index, span, value))
            })
            .collect();
        if beside.len() < 3 {
            continue;
        }
        // The column, or row, closest to the bars.
        let edge = |span: Span| if side == 0 { span.to } else { span.from };
        let closest = beside
            .iter()
            .map(|(_, span, _)| edge(*span))
            .fold(if side == 0 { f64::NEG_INFINITY } else { f64::INFINITY }, |best, place| {
                if side == 0 { best.max(place) } else { best.min(place) }
            });
        let size = sketch.labels[beside[0].0].size;
        let slack = if direction == Direction::Up { 1.0 * size } else { 0.5 * size };
        beside.retain(|(_, span, _)| {
            let starts = (edge(*span) - closest).abs() <= slack;
            let centred = direction == Direction::Up && (span.middle() - closest).abs() <= 3.0 * size;
            starts || centred
        });
        let lines = level_lines(bars, direction, sketch);
        let mut on_lines = true;
        let points: Vec<(f64, f64)> = beside
            .iter()
            .map(|(_, span, value)| {
                let middle = f64::midpoint(span.near, span.far);
                let line = lines
                    .iter()
                    .copied()
                    .filter(|line| (line - middle).abs() <= 0.75 * size)
                    .min_by(|one, other| (one - middle).abs().total_cmp(&(other - middle).abs()));
                on_lines &= line.is_some();
                (line.unwrap_or(middle), *value)
            })
            .collect();
        let points = if on_lines {
            points
        } else {
            beside
                .iter()
                .map(|(_, span, value)| (f64::midpoint(span.near, span.far), *value))
                .collect()
        };
        if let Some(scale) = through_ticks(&points, if on_lines { 0.6 } else { 1.5 }) {
            let labels = beside.into_iter().map(|(index, _, _)| index).collect();
            if scale.slope > 0.0 && found.is_none() {
                found = Some(Ticks { labels, scale });
            }
        }
    }
    found
}

/// Where thin lines run across the way bars grow: grid lines, and the base.
fn level_lines(bars: &[Bar], direction: Direction, sketch: &Sketch<'_>) -> Vec<f64> {
    let longest = bars.iter().map(Bar::thickness).fold(0.0, f64::max);
    sketch
        .shapes
        .iter()
        .map(|shape| Span::of(shape.bbox, direction))
        .filter(|span| span.far - span.near < 1.5 && span.to - span.from > 1.5 * longest)
        .map(|span| f64::midpoint(span.near, span.far))
        .take(400)
        .collect()
}
