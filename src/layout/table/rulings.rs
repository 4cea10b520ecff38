//! Shapes to rulings: level and upright edges, drawn as strokes, as thin fills or as the outline of a box.

use super::super::chart::{Outline, Shape};

/// Rulings closer than this, in points, are one.
pub(super) const ONE_RULING: f64 = 2.0;
/// How far a ruling may fall short of the one it meets, in points.
const REACH: f64 = 3.5;
/// A filled box thinner than this, in points, is a ruling.
const THIN: f64 = 2.2;
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

/// Level and upright rulings; pieces in a row become one.
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
        if bbox.height() < THIN && bbox.width() > 4.0 {
            level.push(across(f64::midpoint(bbox.top, bbox.bottom)));
        } else if bbox.width() < THIN && bbox.height() > 4.0 {
            upright.push(down(f64::midpoint(bbox.x0, bbox.x1)));
        } else if shape.stroke.is_some() && shape.outline == Outline::Rect && bbox.width() > 8.0 && bbox.height() > 6.0 {
            level.extend([across(bbox.top), across(bbox.bottom)]);
            upright.extend([down(bbox.x0), down(bbox.x1)]);
        }
    }
    (merged(level), merged(upright))
}

fn merged(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_by(|one, other| one.at.total_cmp(&other.at).then(one.from.total_cmp(&other.from)));
    let mut merged: Vec<Edge> = Vec::new();
    let mut group: Vec<Edge> = Vec::new();
    let mut flush = |group: &mut Vec<Edge>| {
        group.sort_by(|one, other| one.from.total_cmp(&other.from));
        let at = group.iter().map(|edge| edge.at).sum::<f64>() / group.len().max(1) as f64;
        let mut open: Option<Edge> = None;
        for edge in group.drain(..) {
            match &mut open {
                Some(last) if edge.from <= last.to + REACH => last.to = last.to.max(edge.to),
                _ => merged.extend(open.replace(Edge { at, ..edge })),
            }
        }
        merged.extend(open);
    };
    for edge in edges {
        if group.first().is_some_and(|first| edge.at - first.at > ONE_RULING) {
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
            level.extend([edge(bbox.top), edge(bbox.bottom)]);
        }
    }
    merged(level)
}
