//! Strokes to curves: open strokes of one colour that run to the right, joined where they meet, with the markers on them.

use crate::layout::BBox;
use crate::layout::chart::{Colour, Ends, Outline, Place, Sketch};

/// Points of one stroke; more are a texture.
const MOST_POINTS: usize = 4_000;
/// Markers of one curve.
const MOST_MARKERS: usize = 400;
/// Strokes looked at on a page.
const MOST_STROKES: usize = 3_000;
/// Curves looked at on a page, the widest first.
const MOST_CURVES: usize = 60;
/// How close the ends of two strokes meet, in units of the drawing.
const MEETS: f64 = 0.4;

/// A line of a chart: its path from left to right.
#[derive(Debug, Clone)]
pub(super) struct Curve {
    /// The strokes it is made of.
    pub(super) shapes: Vec<usize>,
    pub(super) colour: Colour,
    pub(super) path: Vec<Place>,
    /// The markers on it, from left to right.
    pub(super) markers: Vec<usize>,
}

impl Curve {
    pub(super) fn start(&self) -> Place {
        self.path[0]
    }

    pub(super) fn end(&self) -> Place {
        self.path[self.path.len() - 1]
    }

    /// Its height at a place along it; nowhere before its start or behind its end.
    pub(super) fn at(&self, x: f64) -> Option<f64> {
        let slack = 0.3;
        if x < self.start().0 - slack || x > self.end().0 + slack {
            return None;
        }
        let behind = self.path.partition_point(|place| place.0 < x);
        let (one, other) = match behind {
            0 => return Some(self.start().1),
            behind if behind == self.path.len() => return Some(self.end().1),
            behind => (self.path[behind - 1], self.path[behind]),
        };
        let part = if other.0 > one.0 { (x - one.0) / (other.0 - one.0) } else { 0.0 };
        Some(one.1 + part * (other.1 - one.1))
    }

    /// The highest and lowest place.
    pub(super) fn extent(&self) -> (f64, f64) {
        self.path.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), place| {
            (top.min(place.1), bottom.max(place.1))
        })
    }

    pub(super) fn bbox(&self) -> BBox {
        let (top, bottom) = self.extent();
        BBox {
            x0: self.start().0,
            top,
            x1: self.end().0,
            bottom,
        }
    }
}

/// The curves of a sketch: those that may be the line of a chart, and the single strokes that may be a part of one.
pub(super) fn curves(sketch: &Sketch<'_>) -> (Vec<Curve>, Vec<Curve>) {
    let mut chains: Vec<Curve> = Vec::new();
    let mut strokes = strokes(sketch);
    run_on_to_markers(&mut strokes, sketch);
    for stroke in strokes {
        let joined = chains.iter_mut().find(|chain| {
            let end = chain.end();
            chain.colour == stroke.colour && (end.0 - stroke.start().0).abs() < MEETS && (end.1 - stroke.start().1).abs() < MEETS
        });
        match joined {
            Some(chain) => {
                chain.path.extend(stroke.path.into_iter().skip(1));
                chain.shapes.extend(stroke.shapes);
            }
            None => chains.push(stroke),
        }
    }
    let is_flat = |chain: &Curve| {
        let (top, bottom) = chain.extent();
        bottom - top < 0.05
    };
    let (mut long, mut short): (Vec<Curve>, Vec<Curve>) = chains
        .into_iter()
        .filter(|chain| !is_frame(chain) && (chain.path.len() > 2 || !is_flat(chain)))
        .partition(|chain| chain.end().0 - chain.start().0 >= 30.0);
    long.sort_by(|one, other| {
        let wide = |curve: &Curve| curve.end().0 - curve.start().0;
        wide(other).total_cmp(&wide(one)).then(one.shapes[0].cmp(&other.shapes[0]))
    });
    long.truncate(MOST_CURVES);
    long.sort_by_key(|curve| curve.shapes[0]);
    short.truncate(MOST_CURVES);
    for curve in long.iter_mut().chain(&mut short) {
        curve.markers = markers(sketch, &curve.path, curve.colour);
    }
    // A lone stroke is a line of a chart only if both its ends are marked.
    let (mut whole, parts): (Vec<Curve>, Vec<Curve>) = long.into_iter().partition(|curve| curve.path.len() > 2 || ends_marked(curve, sketch));
    whole.retain(|curve| !is_flat(curve) || curve.markers.len() >= 3);
    short.extend(parts);
    (whole, short)
}

/// Strokes that stop short of the markers at both their ends, as they run where they are drawn with gaps, go on to the middle of these.
fn run_on_to_markers(strokes: &mut [Curve], sketch: &Sketch<'_>) {
    let single = |stroke: &Curve| matches!(stroke.path.as_slice(), [from, to] if to.0 - from.0 > 2.0 && (to.1 - from.1).abs() > 0.05);
    let colours: Vec<Colour> = strokes.iter().filter(|stroke| single(stroke)).map(|stroke| stroke.colour).collect();
    if colours.len() < 2 {
        return;
    }
    let mut places: Vec<(Place, Colour, f64)> = Vec::new();
    for shape in sketch.shapes {
        let (width, height) = (shape.bbox.width(), shape.bbox.height());
        let small = (2.0..=12.0).contains(&width) && (width / height.max(0.1) - 1.0).abs() < 0.2;
        if let Some(colour) = shape.stroke.or(shape.fill).filter(|colour| small && colours.contains(colour)) {
            places.push((middle(shape.bbox), colour, width));
        }
        if places.len() > MOST_MARKERS {
            return;
        }
    }
    for stroke in strokes.iter_mut() {
        let [from, to] = stroke.path.as_slice() else { continue };
        let (from, to) = (*from, *to);
        let slope = (to.1 - from.1) / (to.0 - from.0).max(0.1);
        // The line itself goes through the value; a triangle's middle may lie over it.
        let reached = |end: Place, forth: f64| {
            let mut met = places.iter().filter_map(|(place, colour, width)| {
                let gap = (place.0 - end.0) * forth;
                let level = to.1 + slope * (place.0 - to.0);
                let near = gap > 0.3 && gap.hypot(slope * gap) < 1.5 * width.max(4.0) && (level - place.1).abs() < 0.3 * width;
                (near && *colour == stroke.colour).then_some((place.0, level))
            });
            met.next()
        };
        if let (Some(first), Some(last)) = (reached(from, -1.0), reached(to, 1.0)) {
            stroke.path = vec![first, last];
        }
    }
}

/// Whether a path runs along and across only, as two sides of a frame do.
fn is_frame(chain: &Curve) -> bool {
    let square = |pair: &[Place]| (pair[0].0 - pair[1].0).abs() < 0.05 || (pair[0].1 - pair[1].1).abs() < 0.05;
    let upright = |pair: &[Place]| (pair[0].0 - pair[1].0).abs() < 0.05;
    chain.path.windows(2).all(square) && chain.path.windows(2).any(upright)
}

fn ends_marked(curve: &Curve, sketch: &Sketch<'_>) -> bool {
    let at_end = |end: Place| {
        curve.markers.iter().any(|marker| {
            let place = middle(sketch.shapes[*marker].bbox);
            (place.0 - end.0).hypot(place.1 - end.1) < 1.0
        })
    };
    curve.markers.len() == 2 && at_end(curve.start()) && at_end(curve.end())
}

/// Open strokes that run to the right, by where they start.
fn strokes(sketch: &Sketch<'_>) -> Vec<Curve> {
    let mut strokes = Vec::new();
    for (index, shape) in sketch.shapes.iter().enumerate() {
        if sketch.shape_used[index] || shape.bbox.width() < 3.0 || strokes.len() >= MOST_STROKES {
            continue;
        }
        let (Some(colour), None) = (shape.stroke, shape.fill) else { continue };
        let mut path = match &shape.outline {
            Outline::Path { points, ends: Ends::Open } if points.len() <= MOST_POINTS => points.clone(),
            Outline::Line { from, to } => vec![*from, *to],
            _ => continue,
        };
        let to_right = path.windows(2).all(|pair| pair[1].0 > pair[0].0 - 0.01);
        let to_left = path.windows(2).all(|pair| pair[1].0 < pair[0].0 + 0.01);
        if !to_right && !to_left || path.len() < 2 {
            continue;
        }
        if !to_right {
            path.reverse();
        }
        strokes.push(Curve {
            shapes: vec![index],
            colour,
            path,
            markers: Vec::new(),
        });
    }
    strokes.sort_by(|one, other| one.start().0.total_cmp(&other.start().0).then(one.shapes[0].cmp(&other.shapes[0])));
    strokes
}

/// Small shapes of one size whose middles lie on a line.
fn markers(sketch: &Sketch<'_>, path: &[Place], colour: Colour) -> Vec<usize> {
    let small: Vec<usize> = (0..sketch.shapes.len())
        .filter(|index| is_marker(sketch, *index, colour))
        .filter(|index| distance_to(path, middle(sketch.shapes[*index].bbox)) < 0.8)
        .take(MOST_MARKERS)
        .collect();
    let mut kept: Vec<usize> = Vec::new();
    for index in small {
        let place = middle(sketch.shapes[index].bbox);
        if !kept.iter().any(|other| (middle(sketch.shapes[*other].bbox).0 - place.0).abs() < 1.0) {
            kept.push(index);
        }
    }
    kept.sort_by(|one, other| middle(sketch.shapes[*one].bbox).0.total_cmp(&middle(sketch.shapes[*other].bbox).0));
    kept
}

/// Whether a shape is small, as wide as high, and of a colour or white.
pub(super) fn is_marker(sketch: &Sketch<'_>, index: usize, colour: Colour) -> bool {
    let shape = &sketch.shapes[index];
    let (width, height) = (shape.bbox.width(), shape.bbox.height());
    let drawn = shape.fill.or(shape.stroke);
    !sketch.shape_used[index]
        && (1.0..=12.0).contains(&width)
        && (width / height.max(0.1) - 1.0).abs() < 0.2
        && drawn.is_some_and(|drawn| drawn == colour || drawn == [255; 3])
}

pub(super) fn middle(bbox: BBox) -> Place {
    (f64::midpoint(bbox.x0, bbox.x1), f64::midpoint(bbox.top, bbox.bottom))
}

/// How far a place is from a line of strokes.
fn distance_to(path: &[Place], place: Place) -> f64 {
    path.windows(2)
        .map(|pair| {
            let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let length = dx * dx + dy * dy;
            let along = if length > 0.0 {
                (((place.0 - pair[0].0) * dx + (place.1 - pair[0].1) * dy) / length).clamp(0.0, 1.0)
            } else {
                0.0
            };
            (place.0 - pair[0].0 - along * dx).hypot(place.1 - pair[0].1 - along * dy)
        })
        .fold(f64::INFINITY, f64::min)
}
