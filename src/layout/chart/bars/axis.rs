//! The axis that measures some bars: of several around them, the one that is theirs.

use super::{Bar, Direction, Span, measures};
use crate::layout::chart::scale::Scale;
use crate::layout::chart::ticks::Ticks;
use crate::layout::chart::{Outline, Sketch};

/// The axis of some bars among those around them, the closest first; none where two that disagree may be it.
pub(super) fn axis_of<'a>(found: &'a [Ticks], bars: &[Bar], direction: Direction, sketch: &Sketch<'_>) -> Option<&'a Ticks> {
    let fitting: Vec<&Ticks> = found.iter().filter(|axis| measures(axis, bars)).collect();
    let first = *fitting.first()?;
    let tip = bars.iter().map(|bar| bar.tip).fold(bars[0].base, f64::max);
    let agrees = |scale: Scale| {
        let (one, other) = (first.scale.read(tip), scale.read(tip));
        (one.value - other.value).abs() <= 2.0 * (one.error + other.error) && one.unit == other.unit
    };
    let from = bars.iter().map(|bar| bar.from).fold(f64::INFINITY, f64::min);
    let to = bars.iter().map(|bar| bar.to).fold(f64::NEG_INFINITY, f64::max);
    // How far an axis stands before the bars, or behind them.
    let sides = |axis: &Ticks| {
        let spans = axis.labels.iter().map(|label| Span::of(sketch.labels[*label].bbox, direction));
        spans.fold((f64::INFINITY, f64::INFINITY), |(before, behind), span| {
            (before.min(from - span.to), behind.min(span.from - to))
        })
    };
    let (before, behind) = sides(first);
    let gap = before.max(behind);
    let is_before = |axis: &Ticks| {
        let (before, behind) = sides(axis);
        before > behind
    };
    // That of a chart beside is farther off, and on its other side.
    let rivals: Vec<&Ticks> = fitting[1..]
        .iter()
        .copied()
        .filter(|axis| {
            let (before, behind) = sides(axis);
            faces(axis, is_before(axis), direction, sketch)
                && before.max(behind) <= 1.8 * gap.max(12.0)
                && !agrees(axis.scale)
                && is_before(axis) != is_before(first)
        })
        .collect();
    if rivals.is_empty() {
        return Some(first);
    }
    let of_colour = |axis: &Ticks| {
        let mut colours = axis.labels.iter().map(|label| sketch.labels[*label].colour);
        colours.all(|colour| colour.is_some_and(|colour| bars.iter().all(|bar| bar.fill == colour)))
    };
    let both = || rivals.iter().copied().chain([first]);
    if let Some(own) = both().find(|axis| of_colour(axis)) {
        return Some(own);
    }
    // Bars stand on the first axis where a line over them is what the second is for.
    (direction == Direction::Up && runs_over(bars, from, to, sketch))
        .then(|| both().find(|axis| is_before(axis)))
        .flatten()
}

/// Whether the numbers of an axis stand flush with the side that faces the bars: else they are those of a chart beside.
fn faces(axis: &Ticks, is_before: bool, direction: Direction, sketch: &Sketch<'_>) -> bool {
    let spans = || axis.labels.iter().map(|label| Span::of(sketch.labels[*label].bbox, direction));
    let spread = |side: fn(Span) -> f64| spans().map(side).fold(f64::NEG_INFINITY, f64::max) - spans().map(side).fold(f64::INFINITY, f64::min);
    let (start, end) = (spread(|span| span.from), spread(|span| span.to));
    if is_before { end <= start + 0.5 } else { start <= end + 0.5 }
}

/// Whether a line of a chart runs over some bars.
fn runs_over(bars: &[Bar], from: f64, to: f64, sketch: &Sketch<'_>) -> bool {
    let marks: Vec<usize> = bars.iter().map(|bar| bar.shape).collect();
    sketch.shapes.iter().enumerate().any(|(index, shape)| {
        let long = shape.bbox.width() > 0.6 * (to - from) && shape.bbox.x0 < to && shape.bbox.x1 > from;
        let drawn = matches!(&shape.outline, Outline::Path { points, .. } if points.len() >= 3);
        drawn && long && shape.fill.is_none() && shape.stroke.is_some() && !marks.contains(&index)
    })
}
