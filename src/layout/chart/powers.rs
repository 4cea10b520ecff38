//! Powers of ten along an axis: `10` with a raised digit at a tick, or one printed once at its end for all its numbers.

use super::bars::{Direction, Span};
use super::ticks::Tick;
use super::{Label, Sketch};

/// The power of ten that is printed once at the end of an axis for all its numbers: `1e6`, `×10⁶`.
pub(super) fn multiplier(ticks: &[Tick], near: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Option<(usize, f64)> {
    let last = ticks.last()?;
    let bbox = sketch.labels[last.label].bbox;
    let mut found = near
        .iter()
        .filter(|index| !ticks.iter().any(|tick| tick.label == **index))
        .filter_map(|index| {
            let label = &sketch.labels[*index];
            let factor = bare_power(label).or_else(|| raised_power(label))?;
            let span = Span::of(label.bbox, direction);
            let behind = f64::midpoint(span.near, span.far) > last.along;
            let close = label.bbox.x0 < bbox.x1 + 5.0 * last.size
                && label.bbox.x1 > bbox.x0 - 5.0 * last.size
                && label.bbox.top < bbox.bottom + 4.0 * last.size
                && label.bbox.bottom > bbox.top - 4.0 * last.size;
            (close && (behind || direction == Direction::Right)).then_some((*index, factor))
        });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// `1e6`, as it stands at the end of an axis; ticks of that size are written `1e+06`.
pub(super) fn bare_power(label: &Label) -> Option<f64> {
    power(label.text.string.trim().strip_prefix("1e")?)
}

/// `×10` with a raised `6`.
fn raised_power(label: &Label) -> Option<f64> {
    let string = label.text.string.trim().trim_start_matches(['×', 'x']).trim_start();
    match label.text.marks.as_slice() {
        [mark] if string == "10" => power(&mark.label),
        _ => None,
    }
}

/// Ten to the power of some digits.
pub(super) fn power(digits: &str) -> Option<f64> {
    let power: i32 = digits.parse().ok()?;
    (0..=12).contains(&power).then(|| 10_f64.powi(power))
}
