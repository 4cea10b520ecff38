//! Paths to outlines of points on the page, and the boxes around them.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

use crate::layout::BBox;
use crate::layout::chart::{Ends, Place};

/// How far a flattened curve may stray, in points.
const FLATNESS: f64 = 0.1;

/// The outlines of a path, split at each move-to, curves flattened, in points of the page.
pub(super) fn subpaths(path: &BezPath, transform: Affine) -> Vec<(Vec<Place>, Ends)> {
    let mut outlines = Vec::new();
    let mut points: Vec<Place> = Vec::new();
    let mut flatten = |element: PathEl| {
        let place = |point: Point| {
            let point = transform * point;
            (point.x, point.y)
        };
        match element {
            PathEl::MoveTo(point) => {
                if points.len() > 1 {
                    outlines.push((std::mem::take(&mut points), Ends::Open));
                }
                points.clear();
                points.push(place(point));
            }
            PathEl::LineTo(point) => points.push(place(point)),
            PathEl::ClosePath => {
                if points.len() > 1 {
                    let first = points[0];
                    outlines.push((std::mem::take(&mut points), Ends::Closed));
                    points.push(first);
                }
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        }
    };
    let scale = transform.determinant().abs().sqrt().max(1e-6);
    hayro_interpret::kurbo::flatten(path.elements().iter().copied(), FLATNESS / scale, &mut flatten);
    if points.len() > 1 {
        outlines.push((points, Ends::Open));
    }
    outlines
}

/// Which outlines of one fill hold another, or lie in another: the edges of something with a hole.
pub(super) fn hollow(outlines: &[(Vec<Place>, Ends)]) -> Vec<bool> {
    if !(2..=400).contains(&outlines.len()) {
        return vec![false; outlines.len()];
    }
    let boxes: Vec<Option<BBox>> = outlines.iter().map(|(points, _)| around(points)).collect();
    let mut hollow = vec![false; outlines.len()];
    for (index, one) in boxes.iter().enumerate() {
        for (other_index, other) in boxes.iter().enumerate() {
            if let (Some(one), Some(other)) = (one, other)
                && index != other_index
                && one.x0 <= other.x0
                && one.x1 >= other.x1
                && one.top <= other.top
                && one.bottom >= other.bottom
                && other.width() * other.height() > 0.2 * one.width() * one.height()
                && one != other
            {
                hollow[index] = true;
                hollow[other_index] = true;
            }
        }
    }
    hollow
}

/// The signed area of an outline, by the shoelace formula.
pub(super) fn area(points: &[Place]) -> f64 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(one, other)| one.0 * other.1 - other.0 * one.1).sum::<f64>() / 2.0
}

pub(super) fn around(points: &[Place]) -> Option<BBox> {
    let first = points.first()?;
    let start = BBox {
        x0: first.0,
        top: first.1,
        x1: first.0,
        bottom: first.1,
    };
    let bbox = points.iter().fold(start, |bbox, point| BBox {
        x0: bbox.x0.min(point.0),
        top: bbox.top.min(point.1),
        x1: bbox.x1.max(point.0),
        bottom: bbox.bottom.max(point.1),
    });
    (bbox.width().is_finite() && bbox.height().is_finite()).then_some(bbox)
}

/// The box of a wide upright or level stroke.
pub(super) fn thickened(points: &[Place], around: BBox, width: f64) -> BBox {
    let half = width / 2.0;
    let level = (points[0].1 - points[1].1).abs() <= (points[0].0 - points[1].0).abs();
    if level {
        BBox {
            top: around.top - half,
            bottom: around.bottom + half,
            ..around
        }
    } else {
        BBox {
            x0: around.x0 - half,
            x1: around.x1 + half,
            ..around
        }
    }
}

pub(super) fn bbox_of(rect: Rect) -> BBox {
    BBox {
        x0: rect.x0,
        top: rect.y0,
        x1: rect.x1,
        bottom: rect.y1,
    }
}

pub(super) fn intersection(one: BBox, other: BBox) -> BBox {
    BBox {
        x0: one.x0.max(other.x0),
        top: one.top.max(other.top),
        x1: one.x1.min(other.x1),
        bottom: one.bottom.min(other.bottom),
    }
}
