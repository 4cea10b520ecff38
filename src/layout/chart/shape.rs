//! What a chart is drawn with, in any medium: shapes and labels, in one flat space with y down.

use crate::layout::{BBox, Region, Text};

/// A point of the drawing, `(x, y)`, y down.
pub type Place = (f64, f64);

/// A colour as it appears: red, green, blue. Mix a transparent one with white first.
pub type Colour = [u8; 3];

/// The edge of a shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline {
    /// An upright rectangle: the shape's own box.
    Rect,
    /// One straight stroke.
    Line {
        /// Where it starts.
        from: Place,
        /// Where it ends.
        to: Place,
    },
    /// Straight strokes from point to point; curves are flattened first, a compound path is split at each move-to.
    Path {
        /// Its points, in order. A closed path does not repeat the first.
        points: Vec<Place>,
        /// Whether the last point joins the first.
        ends: Ends,
    },
}

/// How a path ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// The last point stands alone.
    Open,
    /// The last point joins the first.
    Closed,
}

/// Something drawn that is not text.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Its edge.
    pub outline: Outline,
    /// The box around it, without stroke width.
    pub bbox: BBox,
    /// The same before the clip cut it.
    pub uncut: BBox,
    /// What it is filled with.
    pub fill: Option<Colour>,
    /// What its edge is drawn with.
    pub stroke: Option<Colour>,
    /// Where it stands in the snapshot: its box on the page, or the bytes of its tag.
    pub region: Region,
}

impl Shape {
    /// An upright rectangle, whichever way its corners are given.
    pub fn rect(bbox: BBox, fill: Option<Colour>, stroke: Option<Colour>, region: Region) -> Self {
        let bbox = BBox {
            x0: bbox.x0.min(bbox.x1),
            top: bbox.top.min(bbox.bottom),
            x1: bbox.x0.max(bbox.x1),
            bottom: bbox.top.max(bbox.bottom),
        };
        Self {
            outline: Outline::Rect,
            bbox,
            uncut: bbox,
            fill,
            stroke,
            region,
        }
    }

    /// A rectangle of its four corners; none of anything else.
    pub fn upright(points: &[Place], fill: Option<Colour>, stroke: Option<Colour>, region: Region) -> Option<Self> {
        corners(points).map(|bbox| Self::rect(bbox, fill, stroke, region))
    }

    /// A path of straight strokes: a rectangle where its points are the corners of an upright one, a line where there are two.
    pub fn path(points: Vec<Place>, ends: Ends, fill: Option<Colour>, stroke: Option<Colour>, region: Region) -> Option<Self> {
        if points.iter().any(|point| !point.0.is_finite() || !point.1.is_finite()) {
            return None;
        }
        if let Some(bbox) = corners(&points) {
            return Some(Self::rect(bbox, fill, stroke, region));
        }
        let mut points = points;
        points.dedup();
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        let first = *points.first()?;
        let around = |bbox: BBox, point: &Place| BBox {
            x0: bbox.x0.min(point.0),
            top: bbox.top.min(point.1),
            x1: bbox.x1.max(point.0),
            bottom: bbox.bottom.max(point.1),
        };
        let bbox = points.iter().fold(
            BBox {
                x0: first.0,
                top: first.1,
                x1: first.0,
                bottom: first.1,
            },
            around,
        );
        let outline = match points.as_slice() {
            [from, to] => Outline::Line { from: *from, to: *to },
            _ if is_upright(&points, bbox) => Outline::Rect,
            _ => Outline::Path { points, ends },
        };
        Some(Self {
            outline,
            bbox,
            uncut: bbox,
            fill,
            stroke,
            region,
        })
    }
}

/// The box of which four points are the very corners, in turn, as most rectangles are drawn.
fn corners(points: &[Place]) -> Option<BBox> {
    let [first, second, third, fourth] = points else { return None };
    let same = |one: f64, other: f64| one.to_bits() == other.to_bits();
    let level_first = same(first.1, second.1) && same(second.0, third.0) && same(third.1, fourth.1) && same(fourth.0, first.0);
    let upright_first = same(first.0, second.0) && same(second.1, third.1) && same(third.0, fourth.0) && same(fourth.1, first.1);
    let (wide, tall) = ((first.0 - third.0).abs() > 0.0, (first.1 - third.1).abs() > 0.0);
    ((level_first || upright_first) && wide && tall).then(|| BBox {
        x0: first.0.min(third.0),
        top: first.1.min(third.1),
        x1: first.0.max(third.0),
        bottom: first.1.max(third.1),
    })
}

/// Whether the points are the corners of their box, in turn; more points along its edges do no harm.
fn is_upright(points: &[Place], bbox: BBox) -> bool {
    let slack = 0.02 * bbox.width().max(bbox.height()).min(5.0);
    let near = |one: f64, other: f64| (one - other).abs() <= slack;
    let corner = |x: f64, y: f64| points.iter().any(|point| near(point.0, x) && near(point.1, y));
    let on_edge = |point: &Place| near(point.0, bbox.x0) || near(point.0, bbox.x1) || near(point.1, bbox.top) || near(point.1, bbox.bottom);
    let straight = |pair: (&Place, &Place)| near(pair.0.0, pair.1.0) || near(pair.0.1, pair.1.1);
    (4..=16).contains(&points.len())
        && points.iter().all(on_edge)
        && corner(bbox.x0, bbox.top)
        && corner(bbox.x1, bbox.top)
        && corner(bbox.x0, bbox.bottom)
        && corner(bbox.x1, bbox.bottom)
        && points.iter().zip(points.iter().cycle().skip(1)).all(straight)
}

/// Words printed in one go: a line of a PDF page up to the next wide gap, an SVG `<text>` or a `<tspan>` with a place of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Its characters with their places.
    pub text: Text,
    /// The box around it as drawn, in the space of the shapes.
    pub bbox: BBox,
    /// Which way it is turned, in degrees clockwise from upright: 0, or -90 where it reads upwards.
    pub angle: f64,
    /// Size of its font, in the units of the space.
    pub size: f64,
    /// The colour of its letters, where known.
    pub colour: Option<Colour>,
}

impl Label {
    /// Whether it runs level or upright, not slanted.
    pub(super) fn is_square(&self) -> bool {
        self.angle.rem_euclid(90.0) == 0.0
    }
}
