//! The words along an axis: its numbers and the labels around them in, the label that says what they count out.

use super::Sketch;
use super::bars::{Direction, Span};
use super::ticks::Ticks;

/// The words along an axis: upright beside a column of numbers, under or over a row of them.
pub(super) fn axis_title(ticks: &Ticks, near: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Option<usize> {
    let first = &sketch.labels[*ticks.labels.first()?];
    let spans = ticks.labels.iter().map(|label| Span::of(sketch.labels[*label].bbox, direction));
    let (from, to) = spans.fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), span| {
        (from.min(span.from), to.max(span.to))
    });
    let mut titles: Vec<(f64, usize)> = near
        .iter()
        .filter(|index| !ticks.labels.contains(index))
        .filter_map(|index| {
            let label = &sketch.labels[*index];
            let along_axis = match direction {
                Direction::Up => label.is_square() && label.angle != 0.0,
                Direction::Right => label.angle == 0.0,
            };
            let span = Span::of(label.bbox, direction);
            let gap = (from - span.to).max(span.from - to);
            let middle = f64::midpoint(span.near, span.far);
            let room = 0.1 * (ticks.high - ticks.low);
            let level = middle > ticks.low + room && middle < ticks.high - room;
            let worded = label.text.string.chars().any(char::is_alphabetic);
            // Larger words over the numbers are the heading of the chart.
            let heads = direction == Direction::Right && span.to < from && label.size > 1.15 * first.size;
            (along_axis && level && !heads && worded && (-0.5 * first.size..2.2 * first.size).contains(&gap)).then_some((gap, *index))
        })
        .collect();
    titles.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    titles.first().map(|(_, title)| *title)
}
