//! Numbers of nothing: a printed 0 where a bar would begin if it had a length.

use super::bar::{Bar, Direction, Span};
use crate::layout::chart::scale::median;
use crate::layout::chart::{Colour, Sketch};

/// Bars of nothing among others that are printed with their number; each with the label that says so.
pub(super) fn noughts(bars: &[Bar], free: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Vec<(Bar, usize)> {
    let first = bars.iter().map(|bar| bar.from).fold(f64::INFINITY, f64::min);
    let last = bars.iter().map(|bar| bar.to).fold(f64::NEG_INFINITY, f64::max);
    let mut steps: Vec<f64> = bars.windows(2).map(|pair| pair[1].middle() - pair[0].middle()).collect();
    steps.retain(|step| *step > 0.5);
    let Some(usual) = median(steps) else { return Vec::new() };
    let mut found: Vec<(Bar, usize)> = Vec::new();
    for index in free {
        let label = &sketch.labels[*index];
        if sketch.figure(*index).is_none_or(|figure| figure.value != 0.0) {
            continue;
        }
        let span = Span::of(label.bbox, direction);
        let at_base = (-0.7 * label.size..1.8 * label.size).contains(&(span.near - bars[0].base));
        if direction == Direction::Up && !label.is_square() {
            continue;
        }
        let middle = span.middle();
        let inside = middle > first - 1.5 * usual && middle < last + 1.5 * usual;
        let free_room = bars
            .iter()
            .chain(found.iter().map(|(bar, _)| bar))
            .all(|bar| (bar.middle() - middle).abs() > 0.6 * bar.thickness());
        if at_base
            && inside
            && free_room
            && let Some(region) = label.text.whole()
        {
            let bar = bars[0].nothing_beside(middle, fill_at(bars, middle), label.bbox, region);
            found.push((bar, *index));
        }
    }
    found
}

/// The colour that a bar at a place would have: that of the bars which stand there in their own groups.
fn fill_at(bars: &[Bar], middle: f64) -> Colour {
    let mut best = (f64::INFINITY, bars[0].fill);
    let mut colours: Vec<Colour> = Vec::new();
    for bar in bars {
        if !colours.contains(&bar.fill) {
            colours.push(bar.fill);
        }
    }
    for colour in colours {
        let places: Vec<f64> = bars.iter().filter(|bar| bar.fill == colour).map(Bar::middle).collect();
        let Some(pitch) = places
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .filter(|step| *step > 0.5)
            .min_by(f64::total_cmp)
        else {
            continue;
        };
        let off = (middle - places[0]).rem_euclid(pitch);
        let off = off.min(pitch - off);
        if off < best.0 - 0.01 {
            best = (off, colour);
        }
    }
    best.1
}
