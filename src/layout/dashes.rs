//! Shapes to shapes: the short strokes that a program draws one by one for a dashed line are one line.

use std::ops::Range;

use super::chart::{Outline, Shape};

/// Strokes that are a dashed line; fewer may be anything.
const FEWEST: usize = 5;
/// A dash is no thicker, in points.
const THICKEST: f64 = 1.5;
/// A dash is no longer, in points.
const LONGEST: f64 = 12.0;
/// Dashes and the gaps between them differ by no more than this, in points.
const UNEVEN: f64 = 0.25;

/// Puts one line in the place of each row of dashes, level or upright.
///
/// Bars of little height stand closer together than dashes do: a gap has to be a good part of a dash.
pub(super) fn joined_dashes(shapes: Vec<Shape>) -> Vec<Shape> {
    let mut lines: Vec<(Range<usize>, Shape)> = Vec::new();
    let mut at = 0;
    while at < shapes.len() {
        let rows = [Way::Level, Way::Upright].map(|way| (dashes(&shapes[at..], way), way));
        match rows.into_iter().find(|(length, _)| *length >= FEWEST) {
            Some((length, way)) => {
                lines.push((at..at + length, line(&shapes[at..at + length], way)));
                at += length;
            }
            None => at += 1,
        }
    }
    if lines.is_empty() {
        return shapes;
    }
    let mut lines = lines.into_iter().peekable();
    let mut joined = Vec::with_capacity(shapes.len());
    for (at, shape) in shapes.into_iter().enumerate() {
        match lines.peek() {
            Some((row, _)) if row.contains(&at) => {
                let last = row.end == at + 1;
                joined.extend(if last { lines.next().map(|(_, line)| line) } else { None });
            }
            _ => joined.push(shape),
        }
    }
    joined
}

/// Which way a line runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Level,
    Upright,
}

/// A stroke along a line: where it starts and ends, and its two edges beside.
struct Dash {
    start: f64,
    end: f64,
    near: f64,
    far: f64,
}

impl Dash {
    fn of(shape: &Shape, way: Way) -> Option<Self> {
        let bbox = shape.bbox;
        let dash = match way {
            Way::Level => Self {
                start: bbox.x0,
                end: bbox.x1,
                near: bbox.top,
                far: bbox.bottom,
            },
            Way::Upright => Self {
                start: bbox.top,
                end: bbox.bottom,
                near: bbox.x0,
                far: bbox.x1,
            },
        };
        let upright = matches!(shape.outline, Outline::Rect | Outline::Line { .. });
        let (length, thickness) = (dash.end - dash.start, dash.far - dash.near);
        (upright && thickness <= THICKEST && length <= LONGEST && length > 0.5).then_some(dash)
    }

    fn length(&self) -> f64 {
        self.end - self.start
    }
}

/// How many of the first shapes are dashes of one line.
fn dashes(shapes: &[Shape], way: Way) -> usize {
    let Some(first) = shapes.first() else { return 0 };
    let (Some(head), Some(second)) = (Dash::of(first, way), shapes.get(1).and_then(|second| Dash::of(second, way))) else {
        return 0;
    };
    let gap = second.start - head.end;
    if gap < 0.4 * head.length() || gap > 3.0 * head.length() || head.length() < 1.5 * (head.far - head.near) {
        return 0;
    }
    let alike = |one: f64, other: f64| (one - other).abs() <= UNEVEN;
    let mut end = head.end;
    let mut count = 1;
    for shape in &shapes[1..] {
        let Some(dash) = Dash::of(shape, way) else { break };
        let in_line = alike(dash.near, head.near) && alike(dash.far, head.far) && alike(dash.start - end, gap);
        let same_ink = shape.fill == first.fill && shape.stroke == first.stroke;
        // The last dash ends with the line.
        if !in_line || !same_ink || dash.length() > head.length() + UNEVEN {
            break;
        }
        count += 1;
        end = dash.end;
        if dash.length() < head.length() - UNEVEN {
            break;
        }
    }
    count
}

fn line(dashes: &[Shape], way: Way) -> Shape {
    let mut line = dashes[0].clone();
    for dash in &dashes[1..] {
        line.bbox = line.bbox.union(dash.bbox);
        line.region = line.region.union(dash.region);
    }
    let bbox = line.bbox;
    let (x, y) = (f64::midpoint(bbox.x0, bbox.x1), f64::midpoint(bbox.top, bbox.bottom));
    let (from, to) = match way {
        Way::Level => ((bbox.x0, y), (bbox.x1, y)),
        Way::Upright => ((x, bbox.top), (x, bbox.bottom)),
    };
    line.stroke = line.stroke.or(line.fill);
    line.fill = None;
    line.outline = Outline::Line { from, to };
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{BBox, Region};

    fn rect(x0: f64, top: f64, x1: f64, bottom: f64) -> Shape {
        let bbox = BBox { x0, top, x1, bottom };
        Shape::rect(bbox, Some([0, 0, 0]), None, Region::Box { page: 1, bbox })
    }

    fn row(width: f64, gap: f64, height: f64, count: u32) -> Vec<Shape> {
        let at = |index: u32| 100.0 + f64::from(index) * (width + gap);
        (0..count).map(|index| rect(at(index), 50.0, at(index) + width, 50.0 + height)).collect()
    }

    #[test]
    fn a_dashed_line_is_one_line() {
        let mut shapes = row(4.0, 4.0, 1.0, 40);
        shapes.push(rect(420.0, 50.0, 421.5, 51.0));
        shapes.push(rect(10.0, 10.0, 50.0, 40.0));
        let joined = joined_dashes(shapes);
        assert_eq!(joined.len(), 2);
        assert_eq!(
            joined[0].outline,
            Outline::Line {
                from: (100.0, 50.5),
                to: (421.5, 50.5)
            }
        );
        assert_eq!((joined[0].fill, joined[0].stroke), (None, Some([0, 0, 0])));
    }

    #[test]
    fn upright_lines_are_dashed_too() {
        let shapes = (0..10)
            .map(|index| f64::from(index) * 5.0)
            .map(|top| rect(30.0, top, 30.5, top + 3.0))
            .collect();
        assert_eq!(joined_dashes(shapes).len(), 1);
    }

    #[test]
    fn bars_and_single_strokes_stay() {
        // Bars of a small value stand close together, and higher ones are no strokes.
        assert_eq!(joined_dashes(row(8.0, 2.0, 1.0, 12)).len(), 12);
        assert_eq!(joined_dashes(row(8.0, 8.0, 4.0, 12)).len(), 12);
        assert_eq!(joined_dashes(row(4.0, 4.0, 1.0, 4)).len(), 4);
    }
}
