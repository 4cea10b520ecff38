//! What charts of one row or one frame print only once: the numbers of an axis beside the first of them, the names under the bars that a line runs over.

use super::bars::{Direction, Span};
use super::ticks::{Area, Ticks};
use super::{BBox, Sketch};

/// How far a line may be off the number it stands for, in units of the drawing: both may be moved to whole dots.
const LEVEL: f64 = 0.8;

/// What a chart lends to those beside it.
#[derive(Debug, Clone)]
pub(super) struct Lender {
    direction: Direction,
    axis: Option<Ticks>,
    marks: BBox,
    names: Vec<usize>,
}

impl Lender {
    pub(super) fn new(direction: Direction, axis: Option<Ticks>, marks: BBox, names: Vec<usize>) -> Self {
        Self {
            direction,
            axis,
            marks,
            names,
        }
    }
}

/// The axis of another chart whose every number has a line or a tick mark at the marks in an area, too.
pub(super) fn lent_axis(area: Area, direction: Direction, sketch: &Sketch<'_>) -> Option<Ticks> {
    let mut axes = sketch.lenders.iter().filter(|lender| lender.direction == direction).filter_map(|lender| {
        let axis = lender.axis.as_ref()?;
        let level = area.low < axis.high && area.high > axis.low;
        (level && has_lines(axis, area, direction, sketch)).then_some(axis)
    });
    let first = axes.next()?;
    axes.all(|axis| axis.scale == first.scale).then(|| first.clone())
}

fn has_lines(axis: &Ticks, area: Area, direction: Direction, sketch: &Sketch<'_>) -> bool {
    let steps = ((axis.high - axis.low) / axis.pitch).round().max(0.0) as usize;
    let reach = 0.2 * (area.to - area.from) + 6.0;
    let beside: Vec<f64> = sketch
        .thin(direction)
        .iter()
        .filter(|line| line.to >= area.from - reach && line.from <= area.to + reach)
        .filter(|line| line.from >= area.from - 4.0 * reach && line.to <= area.to + 4.0 * reach)
        .map(|line| f64::midpoint(line.near, line.far))
        .collect();
    let drawn = |step: usize| {
        let place = axis.low + step as f64 * axis.pitch;
        beside.iter().any(|line| (line - place).abs() <= LEVEL)
    };
    (2..60).contains(&steps) && (0..=steps).all(drawn)
}

/// The names under bars that stand where a line runs.
pub(super) fn lent_names(line: BBox, sketch: &Sketch<'_>) -> Vec<usize> {
    let over = |marks: BBox| {
        let (one, other) = (Span::of(marks, Direction::Up), Span::of(line, Direction::Up));
        one.from < other.to && one.to > other.from && one.near < other.far && marks.width() > 0.6 * line.width()
    };
    let lenders = sketch
        .lenders
        .iter()
        .filter(|lender| lender.direction == Direction::Up && over(lender.marks));
    lenders.flat_map(|lender| lender.names.iter().copied()).collect()
}

/// The names of level bars that stand behind a line from which others grow the other way.
pub(super) fn middle_names(base: f64, sketch: &Sketch<'_>) -> Vec<usize> {
    let lenders = sketch
        .lenders
        .iter()
        .filter(|lender| lender.direction == Direction::Right && lender.marks.x0 > base);
    let names = lenders.flat_map(|lender| {
        lender
            .names
            .iter()
            .copied()
            .filter(|name| sketch.labels[*name].bbox.x1 < lender.marks.x0 + 1.0)
    });
    names.filter(|name| sketch.labels[*name].bbox.x0 > base - 1.0).collect()
}
