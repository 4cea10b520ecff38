//! Lollipops: a thin line from the axis to a dot, as a bar that ends in the middle of the dot.

use super::bar::{Bar, Direction, Span};
use crate::layout::BBox;
use crate::layout::chart::{Outline, Shape};

/// Dots looked at on a page.
const MOST_DOTS: usize = 2_000;
/// How far the end of a line may be off the middle of its dot, in units of the drawing.
const MEETS: f64 = 1.0;

/// A dot: where its middle stands along the way the lines run and across it.
#[derive(Debug, Clone, Copy)]
struct Dot {
    along: f64,
    across: f64,
    shape: usize,
}

/// The lines that lead to a dot at one end and start without one at the other.
pub(super) fn stems(shapes: &[Shape], direction: Direction) -> Vec<Bar> {
    let mut dots: Vec<Dot> = Vec::new();
    for (index, shape) in shapes.iter().enumerate().filter(|(_, shape)| is_dot(shape)) {
        let span = Span::of(shape.bbox, direction);
        dots.push(Dot {
            along: f64::midpoint(span.near, span.far),
            across: span.middle(),
            shape: index,
        });
        if dots.len() > MOST_DOTS {
            return Vec::new();
        }
    }
    if dots.len() < 2 {
        return Vec::new();
    }
    dots.sort_by(|one, other| one.across.total_cmp(&other.across).then(one.shape.cmp(&other.shape)));
    let mut bars: Vec<Bar> = Vec::new();
    for line in shapes.iter().filter(|shape| is_line(shape)) {
        let span = Span::of(line.bbox, direction);
        if span.to - span.from > 3.0 || span.far - span.near < 2.0 {
            continue;
        }
        let first = dots.partition_point(|dot| dot.across < span.middle() - MEETS);
        let level = || dots[first..].iter().take_while(|dot| dot.across <= span.middle() + MEETS);
        // Of a dot and its edge, the one drawn last.
        let at = |end: f64| level().filter(|dot| (dot.along - end).abs() <= MEETS).max_by_key(|dot| dot.shape);
        let (dot, base) = match (at(span.near), at(span.far)) {
            (None, Some(dot)) => (dot, span.near),
            (Some(dot), None) => (dot, span.far),
            _ => continue,
        };
        bars.extend(Bar::up_to_dot(&shapes[dot.shape], dot.shape, base, direction));
    }
    bars.sort_by_key(|bar| bar.shape);
    bars.dedup_by_key(|bar| bar.shape);
    bars
}

/// Whether a shape is small, round or set on a corner, and as wide as high.
pub(in crate::layout::chart) fn is_dot(shape: &Shape) -> bool {
    let (width, height) = (shape.bbox.width(), shape.bbox.height());
    let painted = shape.fill.is_some() || shape.stroke.is_some();
    painted && (2.5..=24.0).contains(&width) && (width / height.max(0.1) - 1.0).abs() < 0.1 && matches!(shape.outline, Outline::Path { .. })
}

fn is_line(shape: &Shape) -> bool {
    match &shape.outline {
        Outline::Line { .. } | Outline::Rect => true,
        Outline::Path { points, .. } => points.len() == 2,
    }
}

impl Bar {
    /// A bar from a base to the middle of a dot.
    pub(in crate::layout::chart) fn up_to_dot(dot: &Shape, index: usize, base: f64, direction: Direction) -> Option<Self> {
        let span = Span::of(dot.bbox, direction);
        let (near, far) = (span.near.min(base), span.far.max(base));
        let bbox = match direction {
            Direction::Up => BBox {
                top: -far,
                bottom: -near,
                ..dot.bbox
            },
            Direction::Right => BBox {
                x0: near,
                x1: far,
                ..dot.bbox
            },
        };
        let mut bar = Self::of(
            &Shape {
                bbox,
                uncut: bbox,
                ..dot.clone()
            },
            index,
            direction,
        )?;
        bar.base = base;
        bar.tip = f64::midpoint(span.near, span.far);
        bar.body = super::bar::Body::Filled;
        Some(bar)
    }
}
