//! One bar seen along the way it grows, and what hides part of it.

use crate::layout::chart::{Colour, Outline, Shape};
use crate::layout::{BBox, Region};

/// How far a side of a bar may be cut off by a clip and still be taken for drawn, in units of the drawing.
const HAIR: f64 = 0.3;
/// What is as light as this is paper.
const LIGHTEST: u8 = 246;

/// Which way bars grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout::chart) enum Direction {
    Up,
    Right,
}

/// A box seen along the way bars grow: start and end along, start and end across.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout::chart) struct Span {
    pub(in crate::layout::chart) near: f64,
    pub(in crate::layout::chart) far: f64,
    pub(in crate::layout::chart) from: f64,
    pub(in crate::layout::chart) to: f64,
}

impl Span {
    pub(in crate::layout::chart) fn of(bbox: BBox, direction: Direction) -> Self {
        match direction {
            Direction::Up => Self {
                near: -bbox.bottom,
                far: -bbox.top,
                from: bbox.x0,
                to: bbox.x1,
            },
            Direction::Right => Self {
                near: bbox.x0,
                far: bbox.x1,
                from: bbox.top,
                to: bbox.bottom,
            },
        }
    }

    pub(in crate::layout::chart) fn middle(self) -> f64 {
        f64::midpoint(self.from, self.to)
    }
}

/// Whether all of a bar's length is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout::chart) enum Seen {
    /// From base to tip.
    Whole,
    /// A clip cut its tip off.
    CutOff,
}

/// What a bar is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layout::chart) enum Body {
    /// It is filled.
    Filled,
    /// Only its edge is drawn.
    Hollow,
    /// Nothing: its number stands where it would begin.
    Nothing,
}

/// A bar seen along the way it grows: `base` to `tip`, `from` to `to` across.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout::chart) struct Bar {
    pub(in crate::layout::chart) base: f64,
    pub(in crate::layout::chart) tip: f64,
    pub(in crate::layout::chart) from: f64,
    pub(in crate::layout::chart) to: f64,
    /// Its shape; that of the bar beside it where nothing is drawn.
    pub(in crate::layout::chart) shape: usize,
    pub(in crate::layout::chart) bbox: BBox,
    pub(in crate::layout::chart) region: Region,
    pub(in crate::layout::chart) fill: Colour,
    pub(in crate::layout::chart) body: Body,
    /// Whether its far end, seen the way it grows, and its near end are those drawn.
    ends: (Seen, Seen),
}

impl Bar {
    pub(in crate::layout::chart) fn of(shape: &Shape, index: usize, direction: Direction) -> Option<Self> {
        let dark = |colour: Option<Colour>| colour.filter(|colour| colour.iter().any(|part| *part < LIGHTEST));
        let (fill, body) = match (dark(shape.fill), dark(shape.stroke)) {
            (Some(fill), _) => (fill, Body::Filled),
            (None, Some(stroke)) => (stroke, Body::Hollow),
            (None, None) => return None,
        };
        let span = Span::of(shape.bbox, direction);
        let whole = Span::of(shape.uncut, direction);
        let seen = |side: f64, drawn: f64| if (side - drawn).abs() < HAIR { Seen::Whole } else { Seen::CutOff };
        (span.to - span.from >= 0.7 && span.far - span.near > 0.0).then_some(Self {
            base: span.near,
            tip: span.far,
            from: span.from,
            to: span.to,
            shape: index,
            bbox: shape.bbox,
            region: shape.region,
            fill,
            body,
            ends: (seen(span.far, whole.far), seen(span.near, whole.near)),
        })
    }

    /// The same bar seen as growing the other way.
    pub(in crate::layout::chart) fn reversed(&self) -> Self {
        Self {
            base: self.tip,
            tip: self.base,
            ends: (self.ends.1, self.ends.0),
            ..*self
        }
    }

    /// A bar of nothing beside others.
    pub(in crate::layout::chart) fn nothing_beside(&self, middle: f64, fill: Colour, bbox: BBox, region: Region) -> Self {
        let half = 0.5 * self.thickness();
        Self {
            tip: self.base,
            from: middle - half,
            to: middle + half,
            bbox,
            region,
            fill,
            body: Body::Nothing,
            ends: (Seen::Whole, Seen::Whole),
            ..*self
        }
    }

    /// Whether its tip is where it was drawn.
    pub(in crate::layout::chart) fn tip_seen(&self) -> Seen {
        self.ends.0
    }

    pub(in crate::layout::chart) fn length(&self) -> f64 {
        (self.tip - self.base).abs()
    }

    /// 1 where it grows with its axis, -1 where it grows against it.
    pub(in crate::layout::chart) fn sign(&self) -> f64 {
        if self.tip < self.base { -1.0 } else { 1.0 }
    }

    pub(in crate::layout::chart) fn thickness(&self) -> f64 {
        self.to - self.from
    }

    pub(in crate::layout::chart) fn middle(&self) -> f64 {
        f64::midpoint(self.from, self.to)
    }
}

/// Whether a sign for "left out" is drawn along some bars: a zigzag or slanted strokes over a bar, or on the axis beside them.
pub(super) fn is_broken(bars: &[Bar], shapes: &[Shape], direction: Direction) -> bool {
    let base = bars[0].base;
    let tip = bars.iter().map(|bar| bar.tip).fold(base, f64::max);
    let from = bars.iter().map(|bar| bar.from).fold(f64::INFINITY, f64::min);
    let thickness = bars.iter().map(Bar::thickness).fold(0.0, f64::max);
    shapes.iter().enumerate().any(|(index, shape)| {
        let (width, height) = (shape.bbox.width(), shape.bbox.height());
        let slanted = match &shape.outline {
            Outline::Line { .. } => width > 1.5 && height > 1.5,
            Outline::Path { points, .. } => points.len() >= 3 && points.len() <= 40 && turns(points) && width > 1.5 && height > 1.5,
            Outline::Rect => false,
        };
        let span = Span::of(shape.bbox, direction);
        let low = span.far - span.near < (0.25 * (tip - base)).min(20.0) && span.near > base - 1.0 && span.far < base + 0.9 * (tip - base);
        let over_bar = || {
            bars.iter().any(|bar| {
                span.from <= bar.from + 0.2 * bar.thickness()
                    && span.to >= bar.to - 0.2 * bar.thickness()
                    && span.to - span.from < 2.2 * bar.thickness()
                    && span.near > bar.base + 0.05 * bar.length()
                    && span.far < bar.tip - 0.02 * bar.length()
            })
        };
        let on_axis = || span.to - span.from < 16.0 && span.from > from - 1.5 * thickness - 24.0 && span.to < from;
        let is_mark = || bars.iter().any(|bar| bar.shape == index);
        slanted && low && (over_bar() || on_axis()) && !is_mark()
    })
}

/// Whether a path runs to and fro in straight strokes, none of them upright or level throughout: a zigzag.
fn turns(points: &[(f64, f64)]) -> bool {
    let slanted = points
        .windows(2)
        .filter(|pair| (pair[0].0 - pair[1].0).abs() > 0.5 && (pair[0].1 - pair[1].1).abs() > 0.5)
        .count();
    slanted >= 2 && slanted * 3 >= points.len()
}
