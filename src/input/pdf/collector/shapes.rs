//! Fills and strokes to shapes, and to covers that hide what lies under them.

use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};

use super::Collector;
use super::outlines::{area, around, hollow, intersection, subpaths, thickened};
use crate::input::pdf::paint::{Covers, Look};
use crate::input::pdf::visible::Cover;
use crate::layout::chart::{Colour, Ends, Outline, Place, Shape};
use crate::layout::{BBox, Region};

/// Shapes kept of a page; maps and drawings of trees have more, charts and tables do not.
const MOST_SHAPES: usize = 40_000;
/// Points kept of one outline: enough for a disc drawn in many small curves.
const MOST_POINTS: usize = 1_500;

/// Strokes at least this wide, in points, may be bars.
const WIDE_STROKE: f64 = 4.0;

/// Stands for gradients and hatchings among colours.
const PATTERN: Colour = [127, 127, 129];

impl Collector<'_> {
    pub(super) fn shape(&mut self, path: &BezPath, transform: Affine, fill: Option<Look>, stroke: Option<(Look, f64)>) {
        if self.drawing.shapes.len() >= MOST_SHAPES {
            return;
        }
        let outlines = subpaths(path, transform);
        let hollow = if fill.is_some() { hollow(&outlines) } else { Vec::new() };
        for (index, (points, ends)) in outlines.into_iter().enumerate() {
            match fill {
                // A frame drawn as a fill with a hole: what is seen is its edge.
                Some(look) if hollow.get(index) == Some(&true) => self.outline(points, ends, None, Some((look, 1.0))),
                _ => self.outline(points, ends, fill, stroke),
            }
        }
    }

    /// The same for a rectangle, which need not be taken apart.
    pub(super) fn rect(&mut self, rect: Rect, transform: Affine, fill: Option<Look>, stroke: Option<(Look, f64)>) {
        if self.drawing.shapes.len() >= MOST_SHAPES {
            return;
        }
        let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)];
        let points = corners.map(|corner| {
            let point = transform * Point::from(corner);
            (point.x, point.y)
        });
        self.outline(points, Ends::Closed, fill, stroke);
    }

    /// Adds one outline; most are upright rectangles, whose corners need no list.
    fn outline(&mut self, outline: impl AsRef<[Place]> + Into<Vec<Place>>, ends: Ends, fill: Option<Look>, stroke: Option<(Look, f64)>) {
        let points = outline.as_ref();
        let Some(around) = around(points) else { return };
        let clip = self.clip();
        let wide = stroke.filter(|(_, width)| *width >= WIDE_STROKE && points.len() == 2);
        let around = match wide {
            Some((_, width)) => thickened(points, around, width),
            None => around,
        };
        let seen = intersection(clip, around);
        if seen.x1 < seen.x0 || seen.bottom < seen.top {
            return;
        }
        let fill_look = fill.or(wide.map(|(look, _)| look));
        if let Some(look) = fill_look {
            // Of a shape that leaves much of its box free, nobody knows what lies under a letter in that box.
            let whole = wide.is_some() || area(points).abs() >= 0.7 * around.width() * around.height();
            self.cover(seen, if whole { look } else { Look::Pattern });
        }
        let colour = |look: Look| match look {
            Look::Unseen => None,
            Look::Plain { colour, .. } => Some(colour),
            Look::Pattern => Some(PATTERN),
        };
        let fill = fill_look.and_then(colour);
        let stroke = if wide.is_some() {
            None
        } else {
            stroke.and_then(|(look, _)| colour(look))
        };
        if fill.is_none() && stroke.is_none() || points.len() > MOST_POINTS || self.drawing.shapes.len() >= MOST_SHAPES {
            return;
        }
        let region = Region::Box {
            page: self.drawing.page,
            bbox: seen,
        };
        let shape = if wide.is_some() {
            Some(Shape::rect(seen, fill, stroke, region))
        } else {
            let upright = Shape::upright(points, fill, stroke, region);
            let shape = upright.or_else(|| Shape::path(outline.into(), ends, fill, stroke, region));
            shape.map(|shape| match shape.outline {
                Outline::Rect => Shape { bbox: seen, ..shape },
                _ => shape,
            })
        };
        let Some(shape) = shape else { return };
        if let Some(last) = self.drawing.shapes.last_mut()
            && last.bbox == shape.bbox
            && shape.fill.is_none()
            && last.stroke.is_none()
            && last.outline == shape.outline
        {
            last.stroke = shape.stroke;
            return;
        }
        self.drawing.shapes.push(shape);
    }

    fn cover(&mut self, bbox: BBox, look: Look) {
        let (colour, covers) = match look {
            Look::Unseen => return,
            Look::Plain { colour, covers } => (Some(colour), covers),
            Look::Pattern => (None, Covers::Partly),
        };
        self.memory.covers.push(Cover {
            bbox,
            order: self.order,
            colour,
            covers,
        });
    }
}
