//! Shapes to rulings: level and upright edges, drawn as strokes, as thin fills or as the outline of a box.

use super::super::chart::{Colour, Outline, Shape};

/// Rulings closer than this, in points, are one.
pub(super) const ONE_RULING: f64 = 2.0;
/// How far a ruling may fall short of the one it meets, in points.
const REACH: f64 = 3.5;
/// Pieces of a ruling that overlap by no more than this, in points, are drawn one after the other.
const ABUTTING: f64 = 1.0;
/// A filled box thinner than this, in points, is a ruling.
const THIN: f64 = 2.2;
/// The same of one that is `LONG` times as long as it is thick.
const THICK: f64 = 3.2;
/// How many times as long as thick a ruling is that is no thin one.
const LONG: f64 = 5.0;
/// Heights of shading behind one row, in points.
const SHADED: (f64, f64) = (7.0, 60.0);
/// Rulings looked at on a page.
const MOST_EDGES: usize = 6_000;

/// A ruling: at `at` across, from `from` to `to` along.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    /// Where it runs: its height if level, its distance from the left if upright.
    pub(super) at: f64,
    /// Where it starts: the left end, or the upper one.
    pub(super) from: f64,
    /// Where it ends: the right end, or the lower one.
    pub(super) to: f64,
}

/// Level and upright rulings; pieces in a row become one, level ones where they are of one colour: what carries on in another ends there, or is
/// drawn in that of the ground and not seen.
pub(super) fn edges(shapes: &[Shape]) -> (Vec<Edge>, Vec<Edge>) {
    let (mut level, mut upright) = (Vec::new(), Vec::new());
    for shape in shapes {
        if level.len() + upright.len() > MOST_EDGES {
            return (Vec::new(), Vec::new());
        }
        let bbox = shape.bbox;
        let across = |at: f64| Edge {
            at,
            from: bbox.x0,
            to: bbox.x1,
        };
        let down = |at: f64| Edge {
            at,
            from: bbox.top,
            to: bbox.bottom,
        };
        if matches!(shape.outline, Outline::Path { .. }) {
            continue;
        }
        let thin = |thickness: f64, length: f64| thickness < THIN && length > 4.0 || thickness < THICK && length > LONG * thickness;
        if thin(bbox.height(), bbox.width()) {
            level.push((across(f64::midpoint(bbox.top, bbox.bottom)), shape.stroke.or(shape.fill)));
        } else if thin(bbox.width(), bbox.height()) {
            upright.push((down(f64::midpoint(bbox.x0, bbox.x1)), None));
        } else if shape.stroke.is_some() && shape.outline == Outline::Rect && bbox.width() > 8.0 && bbox.height() > 6.0 {
            level.extend([across(bbox.top), across(bbox.bottom)].map(|edge| (edge, shape.stroke)));
            upright.extend([down(bbox.x0), down(bbox.x1)].map(|edge| (edge, None)));
        }
    }
    (merged(level), merged(upright))
}

fn merged(mut edges: Vec<(Edge, Option<Colour>)>) -> Vec<Edge> {
    edges.sort_by(|(one, _), (other, _)| one.at.total_cmp(&other.at).then(one.from.total_cmp(&other.from)));
    let mut merged: Vec<Edge> = Vec::new();
    let mut group: Vec<(Edge, Option<Colour>)> = Vec::new();
    let mut flush = |group: &mut Vec<(Edge, Option<Colour>)>| {
        group.sort_by(|(one, _), (other, _)| one.from.total_cmp(&other.from));
        let at = group.iter().map(|(edge, _)| edge.at).sum::<f64>() / group.len().max(1) as f64;
        let mut open: Option<(Edge, Option<Colour>)> = None;
        for (edge, colour) in group.drain(..) {
            match &mut open {
                Some((last, before)) if edge.from <= last.to + REACH && (colour == *before || edge.from < last.to - ABUTTING) => {
                    last.to = last.to.max(edge.to);
                }
                _ => merged.extend(open.replace((Edge { at, ..edge }, colour)).map(|(edge, _)| edge)),
            }
        }
        merged.extend(open.map(|(edge, _)| edge));
    };
    for edge in edges {
        if group.first().is_some_and(|(first, _)| edge.0.at - first.at > ONE_RULING) {
            flush(&mut group);
        }
        group.push(edge);
    }
    flush(&mut group);
    merged
}

/// Whether a level and an upright ruling cross or touch.
pub(super) fn meets(level: Edge, upright: Edge) -> bool {
    level.from - REACH <= upright.at && upright.at <= level.to + REACH && upright.from - REACH <= level.at && level.at <= upright.to + REACH
}

/// The upper and lower edges of shading behind rows of words: fills side by side are one.
pub(super) fn shading(shapes: &[Shape]) -> Vec<Edge> {
    let mut level = Vec::new();
    for shape in shapes.iter().take(MOST_EDGES) {
        let bbox = shape.bbox;
        let shaded = shape.fill.is_some_and(|fill| fill.iter().any(|part| *part < 250));
        if shaded && shape.outline == Outline::Rect && bbox.width() > SHADED.0 && (SHADED.0..SHADED.1).contains(&bbox.height()) {
            let edge = |at: f64| Edge {
                at,
                from: bbox.x0,
                to: bbox.x1,
            };
            level.extend([(edge(bbox.top), None), (edge(bbox.bottom), None)]);
        }
    }
    merged(level)
}
