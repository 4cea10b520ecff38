//! Filled areas: polygons over one axis, alone or on top of each other, to points read between their edges.

use super::names::{Names, Under, even_row, names, pitch};
use super::values::one_axis;
use super::{Named, at};
use crate::layout::BBox;
use crate::layout::chart::axis_title::axis_title;
use crate::layout::chart::bars::Direction;
use crate::layout::chart::legend::{legend, legend_title};
use crate::layout::chart::ticks::{Area, Ticks};
use crate::layout::chart::{Chart, ChartKind, Colour, MarkReading, Outline, Place, Point, PointSeries, Sketch};

/// Points of one polygon.
const MOST_POINTS: usize = 4_000;
/// Polygons looked at on a page.
const MOST_POLYGONS: usize = 200;
/// How far apart edges that lie on each other may be, in units of the drawing.
const TOUCHES: f64 = 0.8;

/// A polygon with one upper and one lower edge, both from left to right.
#[derive(Debug, Clone)]
struct Layer {
    shape: usize,
    colour: Colour,
    upper: Vec<Place>,
    lower: Vec<Place>,
}

/// Finds the area charts of a sketch.
pub(super) fn area_charts(sketch: &mut Sketch<'_>) -> Vec<Chart> {
    let layers: Vec<Layer> = (0..sketch.shapes.len())
        .filter_map(|index| layer(index, sketch))
        .take(MOST_POLYGONS)
        .collect();
    let mut groups: Vec<Vec<Layer>> = Vec::new();
    for layer in layers {
        let same = |other: &Layer| (first(other) - first(&layer)).abs() < 1.0 && (last(other) - last(&layer)).abs() < 1.0;
        let touches = |other: &Layer| lies_on(&layer, other) || lies_on(other, &layer) || lies_beside(&layer, other);
        // A layer drawn last may join those under it and over it.
        let (touching, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| same(&group[0]) && group.iter().any(touches));
        groups = apart;
        let mut joined: Vec<Layer> = touching.into_iter().flatten().collect();
        joined.push(layer);
        groups.push(joined);
    }
    groups.sort_by_key(|group| group.iter().map(|layer| layer.shape).min());
    groups.into_iter().filter_map(|group| chart_of(group, sketch)).collect()
}

fn first(layer: &Layer) -> f64 {
    layer.upper[0].0
}

fn last(layer: &Layer) -> f64 {
    layer.upper[layer.upper.len() - 1].0
}

/// A fill whose edge runs to one side and back once.
fn layer(index: usize, sketch: &Sketch<'_>) -> Option<Layer> {
    let shape = &sketch.shapes[index];
    let colour = shape.fill?;
    let Outline::Path { points, .. } = &shape.outline else { return None };
    if sketch.shape_used[index] || points.len() < 5 || points.len() > MOST_POINTS || shape.bbox.width() < 60.0 {
        return None;
    }
    let leftmost = (0..points.len()).min_by(|one, other| points[*one].0.total_cmp(&points[*other].0).then(one.cmp(other)))?;
    let turned: Vec<Place> = points[leftmost..].iter().chain(&points[..leftmost]).copied().collect();
    let rightmost = (0..turned.len()).max_by(|one, other| turned[*one].0.total_cmp(&turned[*other].0).then(other.cmp(one)))?;
    let forth = &turned[..=rightmost];
    let mut back: Vec<Place> = turned[rightmost..].iter().chain(&turned[..1]).copied().collect();
    back.reverse();
    let runs = |edge: &[Place]| edge.windows(2).all(|pair| pair[1].0 > pair[0].0 - 0.05);
    if !runs(forth) || !runs(&back) || forth.len() < 2 || back.len() < 2 {
        return None;
    }
    let (one, other) = (tidied(forth.to_vec()), tidied(back));
    let middle = f64::midpoint(shape.bbox.x0, shape.bbox.x1);
    let (a, b) = (height(&one, middle, Edge::Upper)?, height(&other, middle, Edge::Upper)?);
    let (upper, lower) = if a < b { (one, other) } else { (other, one) };
    Some(Layer {
        shape: index,
        colour,
        upper,
        lower,
    })
}

/// An edge without its doubled points.
fn tidied(mut edge: Vec<Place>) -> Vec<Place> {
    edge.dedup_by(|one, other| (one.0 - other.0).abs() < 0.01 && (one.1 - other.1).abs() < 0.01);
    edge
}

/// Which of the two heights of an upright stroke is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Upper,
    Lower,
}

/// Where an edge runs at a place; at its ends, the outer of the points there.
fn height(edge: &[Place], x: f64, which: Edge) -> Option<f64> {
    let at: Vec<f64> = edge.iter().filter(|place| (place.0 - x).abs() < 0.3).map(|place| place.1).collect();
    let chosen = match which {
        Edge::Upper => at.iter().copied().min_by(f64::total_cmp),
        Edge::Lower => at.iter().copied().max_by(f64::total_cmp),
    };
    if chosen.is_some() {
        return chosen;
    }
    let pair = edge.windows(2).find(|pair| pair[0].0 <= x && x <= pair[1].0)?;
    let part = if pair[1].0 > pair[0].0 {
        (x - pair[0].0) / (pair[1].0 - pair[0].0)
    } else {
        0.0
    };
    Some(pair[0].1 + part * (pair[1].1 - pair[0].1))
}

impl Layer {
    fn top(&self, x: f64) -> Option<f64> {
        height(&self.upper, x, Edge::Upper)
    }

    fn bottom(&self, x: f64) -> Option<f64> {
        height(&self.lower, x, Edge::Lower)
    }

    /// Three places well inside.
    fn inside(&self) -> [f64; 3] {
        [0.21, 0.5, 0.83].map(|part| first(self) + part * (last(self) - first(self)))
    }

    /// The height of its lower edge, where that is level.
    fn level_foot(&self) -> Option<f64> {
        let foot = self.bottom(self.inside()[1])?;
        self.inside()
            .iter()
            .all(|x| self.bottom(*x).is_some_and(|bottom| (bottom - foot).abs() < TOUCHES))
            .then_some(foot)
    }
}

/// Whether one layer lies on another.
fn lies_on(one: &Layer, other: &Layer) -> bool {
    one.inside()
        .iter()
        .all(|x| matches!((one.bottom(*x), other.top(*x)), (Some(bottom), Some(top)) if (bottom - top).abs() < TOUCHES))
}

/// Whether two layers stand on one level foot.
fn lies_beside(one: &Layer, other: &Layer) -> bool {
    matches!((one.level_foot(), other.level_foot()), (Some(one), Some(other)) if (one - other).abs() < TOUCHES)
}

fn chart_of(mut layers: Vec<Layer>, sketch: &mut Sketch<'_>) -> Option<Chart> {
    let height_of = |layer: &Layer| layer.bottom(layer.inside()[1]).unwrap_or(f64::NEG_INFINITY);
    layers.sort_by(|one, other| height_of(other).total_cmp(&height_of(one)));
    let foot = layers[0].level_foot()?;
    let stacked = layers.windows(2).all(|pair| lies_on(&pair[1], &pair[0]));
    // Areas that hide each other may be stacked or not: no value can be told.
    if !stacked {
        return None;
    }
    let reach = layers.iter().skip(1).fold(sketch.shapes[layers[0].shape].bbox, |bbox, layer| {
        bbox.union(sketch.shapes[layer.shape].bbox)
    });
    let near = sketch.labels_near(reach);
    let (xs, names) = stations(&layers, reach, &near, sketch)?;
    if names.len() < 2 || xs.len() < 3 {
        return None;
    }
    let mut free: Vec<usize> = near.into_iter().filter(|index| !names.labels().any(|name| name == *index)).collect();
    let area = Area {
        low: -foot,
        high: -reach.top,
        from: reach.x0,
        to: reach.x1,
    };
    let colours: Vec<Colour> = layers.iter().map(|layer| layer.colour).collect();
    let axis = one_axis(area, -foot, &free, &colours, sketch)?;
    let title = axis_title(&axis, &free, Direction::Up, sketch);
    free.retain(|index| !axis.labels.contains(index));
    let base = base(&axis, -foot)?;
    let marks: Vec<usize> = layers.iter().map(|layer| layer.shape).collect();
    let wanted: Vec<Option<Colour>> = colours.iter().copied().map(Some).collect();
    let taken: Vec<usize> = axis.labels.iter().copied().chain(names.labels()).collect();
    let legend = legend(sketch, &wanted, &marks, reach, &taken);
    let words = Named {
        names: &names,
        legend: &legend,
        at_ends: None,
    };
    let series = layers
        .iter()
        .enumerate()
        .map(|(place, layer)| series(layer, if place == 0 { base } else { Base::Below }, &axis, &xs, words, sketch))
        .collect();
    let strokes = strokes_along(&layers, &xs, sketch);
    let used_labels: Vec<usize> = names
        .labels()
        .chain(axis.labels.iter().copied())
        .chain(title)
        .chain(legend.iter().map(|entry| entry.label))
        .chain(legend_title(&legend, reach, sketch))
        .collect();
    let used_shapes: Vec<usize> = marks.into_iter().chain(strokes).chain(legend.iter().map(|entry| entry.shape)).collect();
    Some(Chart {
        kind: ChartKind::Area,
        region: sketch.take(&used_shapes, &used_labels)?,
        title: None,
        heading: None,
        axis: title.map(|title| sketch.labels[title].text.trimmed()),
        series,
    })
}

/// What the lowest layer stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// The zero of the axis, or another layer: its height is its value.
    Below,
    /// The foot of an axis that starts off zero: its upper edge is its value.
    OffZero,
}

fn base(axis: &Ticks, foot: f64) -> Option<Base> {
    let at_foot = (foot - axis.low).abs() <= 0.2 * axis.pitch + axis.slack;
    match axis.scale.zero() {
        Some(zero) if (zero - foot).abs() <= axis.slack => Some(Base::Below),
        _ if at_foot => Some(Base::OffZero),
        _ => None,
    }
}

/// The places along the axis at which values are stated, with their names.
fn stations(layers: &[Layer], reach: BBox, near: &[usize], sketch: &Sketch<'_>) -> Option<(Vec<f64>, Names)> {
    let mut xs: Vec<f64> = layers.iter().flat_map(|layer| layer.upper.iter().map(|place| place.0)).collect();
    // An area may be closed by a point of nothing hard beside its first and its last value.
    let thick = |x: f64| layers.iter().filter_map(|layer| Some(layer.bottom(x)? - layer.top(x)?)).sum::<f64>();
    xs.sort_by(f64::total_cmp);
    xs.dedup_by(|next, kept| {
        let same = (*next - *kept).abs() < 1.0;
        if same && thick(*next) > thick(*kept) + 0.5 {
            *kept = *next;
        }
        same
    });
    let lowest = reach.bottom;
    if xs.len() > 24 {
        let even = even_row(reach.x0, reach.x1, lowest, near, sketch);
        if even.len() >= 3 {
            xs = even;
        }
    }
    let names = names(&xs, Under::Foot(lowest), near, sketch);
    (xs.len() <= super::MOST_STATIONS).then_some((xs, names))
}

fn series(layer: &Layer, base: Base, axis: &Ticks, xs: &[f64], named: Named<'_>, sketch: &Sketch<'_>) -> PointSeries {
    let read = |top: f64, bottom: f64| -> Option<MarkReading> {
        match base {
            Base::Below => axis.scale.read_between(-bottom, -top),
            Base::OffZero => Some(axis.scale.read(-top)),
        }
    };
    let reach = 0.45 * pitch(xs);
    let points = xs.iter().filter_map(|x| {
        let (top, bottom) = (layer.top(*x)?, layer.bottom(*x)?);
        Some(Point {
            category: named.names.at(*x, reach, sketch),
            label: None,
            mark: read(top, bottom),
            region: at(&sketch.shapes[layer.shape], (*x, top)),
        })
    });
    PointSeries {
        points: points.collect(),
        name: named
            .legend
            .iter()
            .find(|entry| entry.colour == layer.colour)
            .map(|entry| sketch.labels[entry.label].text.trimmed()),
    }
}

/// Strokes that run along the upper edge of a layer: they say the same once more.
fn strokes_along(layers: &[Layer], xs: &[f64], sketch: &Sketch<'_>) -> Vec<usize> {
    (0..sketch.shapes.len())
        .filter(|index| {
            let shape = &sketch.shapes[*index];
            let points = match &shape.outline {
                Outline::Path { points, .. } if points.len() <= MOST_POINTS => points.as_slice(),
                _ => return false,
            };
            !sketch.shape_used[*index]
                && shape.fill.is_none()
                && shape.stroke.is_some()
                && shape.bbox.width() > 0.9 * (xs[xs.len() - 1] - xs[0])
                && layers.iter().any(|layer| {
                    points.iter().all(|point| {
                        let on = |edge: Option<f64>| edge.is_some_and(|edge| (edge - point.1).abs() < 1.5);
                        on(layer.top(point.0)) || on(layer.bottom(point.0))
                    })
                })
        })
        .collect()
}
