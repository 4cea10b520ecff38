//! Dots without lines between them: each level with a name of its own, and read off an axis.

#[cfg(test)]
mod tests;

use super::bars::{Bar, Direction, Span, chart_of_bars, is_dot};
use super::ticks::{Area, Ticks, axes};
use super::{Chart, ChartKind, Colour, Sketch};
use crate::layout::BBox;

/// Dots of one chart.
const MOST_DOTS: usize = 400;
/// Dots at one height stand within this many units of the drawing.
const LEVEL: f64 = 1.0;

/// A dot that may be a mark.
#[derive(Debug, Clone, Copy)]
struct Dot {
    shape: usize,
    bbox: BBox,
    colour: Colour,
}

/// Finds the charts that dots alone make: what lines connect was taken before.
pub(super) fn dot_charts(sketch: &mut Sketch<'_>) -> Vec<Chart> {
    let mut charts = Vec::new();
    for group in groups(sketch) {
        for direction in [Direction::Right, Direction::Up] {
            for part in parts(&group, direction) {
                if part.iter().all(|dot| !sketch.shape_used[dot.shape]) {
                    charts.extend(chart_of(&part, direction, sketch));
                }
            }
        }
    }
    charts
}

/// Dots that are as large as each other.
fn groups(sketch: &Sketch<'_>) -> Vec<Vec<Dot>> {
    let mut dots: Vec<Dot> = Vec::new();
    for (shape, drawn) in sketch.shapes.iter().enumerate() {
        let seen = |colour: Option<Colour>| colour.filter(|colour| colour.iter().any(|part| *part < 246));
        if let Some(colour) = seen(drawn.fill).or_else(|| seen(drawn.stroke))
            && !sketch.shape_used[shape]
            && is_dot(drawn)
        {
            // A dot and its edge are one.
            let again = |dot: &Dot| (dot.bbox.x0 - drawn.bbox.x0).abs() < 0.6 && (dot.bbox.top - drawn.bbox.top).abs() < 0.6;
            if !dots.iter().rev().take(3).any(again) {
                dots.push(Dot {
                    shape,
                    bbox: drawn.bbox,
                    colour,
                });
            }
        }
        if dots.len() > 4 * MOST_DOTS {
            return Vec::new();
        }
    }
    dots.sort_by(|one, other| one.bbox.width().total_cmp(&other.bbox.width()).then(one.shape.cmp(&other.shape)));
    dots.chunk_by(|one, next| next.bbox.width() - one.bbox.width() < 0.3)
        .map(|group| without_patches(group, sketch))
        .filter(|group| (3..=MOST_DOTS).contains(&group.len()))
        .collect()
}

/// Dots less those with a name right behind them, as the patches of a legend have it.
fn without_patches(dots: &[Dot], sketch: &Sketch<'_>) -> Vec<Dot> {
    let is_patch = |dot: &&Dot| {
        let middle = f64::midpoint(dot.bbox.top, dot.bbox.bottom);
        sketch.labels_between(dot.bbox.top, dot.bbox.bottom).any(|index| {
            let label = &sketch.labels[index];
            let level = label.angle == 0.0 && (f64::midpoint(label.bbox.top, label.bbox.bottom) - middle).abs() < 0.4 * label.size;
            level && (-1.0..1.8 * label.size).contains(&(label.bbox.x0 - dot.bbox.x1)) && sketch.figure(index).is_none()
        })
    };
    dots.iter().filter(|dot| !is_patch(dot)).copied().collect()
}

/// Where a dot stands across the way values grow.
fn across(dot: &Dot, direction: Direction) -> f64 {
    Span::of(dot.bbox, direction).middle()
}

/// Parts a group where far more room lies between two rows than elsewhere.
fn parts(group: &[Dot], direction: Direction) -> Vec<Vec<Dot>> {
    let mut dots = group.to_vec();
    dots.sort_by(|one, other| {
        across(one, direction)
            .total_cmp(&across(other, direction))
            .then(one.shape.cmp(&other.shape))
    });
    let steps = |dots: &[Dot]| -> Vec<f64> {
        let steps = dots.windows(2).map(|pair| across(&pair[1], direction) - across(&pair[0], direction));
        steps.filter(|step| *step > LEVEL).collect()
    };
    let Some(usual) = super::scale::median(steps(&dots)) else {
        return Vec::new();
    };
    dots.chunk_by(|one, next| across(next, direction) - across(one, direction) < 2.6 * usual)
        .map(<[Dot]>::to_vec)
        .filter(|part| steps(part).len() >= 2)
        .collect()
}

fn chart_of(dots: &[Dot], direction: Direction, sketch: &mut Sketch<'_>) -> Option<Chart> {
    let rows: Vec<&[Dot]> = dots
        .chunk_by(|one, next| across(next, direction) - across(one, direction) <= LEVEL)
        .collect();
    let distinct = |row: &&[Dot]| {
        row.iter()
            .enumerate()
            .all(|(at, dot)| row[..at].iter().all(|other| other.colour != dot.colour))
    };
    if !rows.iter().all(distinct) {
        return None;
    }
    let reach = dots.iter().map(|dot| dot.bbox).reduce(BBox::union)?;
    let axis = axis_over(dots, reach, direction, sketch)?;
    let zero = axis.scale.zero().filter(|zero| *zero > axis.low - 1.2 * axis.pitch && *zero < axis.high);
    let base = zero.unwrap_or(axis.low);
    let bars: Vec<Bar> = dots
        .iter()
        .filter_map(|dot| Bar::up_to_dot(&sketch.shapes[dot.shape], dot.shape, base, direction))
        .collect();
    let named = rows.iter().all(|row| is_named(across(&row[0], direction), axis.low, direction, sketch));
    if bars.len() != dots.len() || !named {
        return None;
    }
    let chart = chart_of_bars(&bars, direction, sketch)?;
    Some(Chart {
        kind: ChartKind::Line,
        ..chart
    })
}

/// The axis that all dots lie on.
fn axis_over(dots: &[Dot], reach: BBox, direction: Direction, sketch: &Sketch<'_>) -> Option<Ticks> {
    let span = Span::of(reach, direction);
    let middles = dots.iter().map(|dot| {
        let span = Span::of(dot.bbox, direction);
        f64::midpoint(span.near, span.far)
    });
    let (low, high) = middles.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), middle| {
        (low.min(middle), high.max(middle))
    });
    let area = Area {
        low,
        high,
        from: span.from,
        to: span.to,
    };
    let found = axes(area, &sketch.labels_near(reach), direction, sketch);
    found.into_iter().find(|axis| {
        // The first and the last number may not stand at their places, and be left out.
        let room = 1.2 * axis.pitch;
        low > axis.low - room && high < axis.high + room && high - low > 0.2 * axis.pitch
    })
}

/// Whether a word, or a year, stands before the foot of an axis, level with a row.
fn is_named(row: f64, foot: f64, direction: Direction, sketch: &Sketch<'_>) -> bool {
    (0..sketch.labels.len()).filter(|label| !sketch.label_used[*label]).any(|index| {
        let label = &sketch.labels[index];
        let span = Span::of(label.bbox, direction);
        let year = sketch.figure(index).is_none_or(|figure| (1900.0..2100.0).contains(&figure.value));
        let before = span.far < foot + label.size && span.far > foot - 12.0 * label.size;
        let level = match direction {
            Direction::Right => label.angle == 0.0 && (span.middle() - row).abs() < 0.5 * label.size,
            // A slanted name ends, or starts, at its place.
            Direction::Up => [span.from, span.middle(), span.to].iter().any(|place| (place - row).abs() < label.size),
        };
        year && before && level && !label.text.string.trim().is_empty()
    })
}
