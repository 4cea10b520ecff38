//! Lines with points: each turn of the line to a point with its label, name and reading.

use super::figure::figure;
use super::legend::legend;
use super::scale::{Sample, agree_on_line, by_line_of_others};
use super::{Chart, ChartKind, Colour, Ends, Outline, Place, Point, PointSeries, Shape, Sketch};
use crate::layout::{BBox, Region};

/// Points of one line.
const MOST_POINTS: usize = 400;

/// A line of a chart: its turning points from left to right.
#[derive(Debug, Clone)]
struct Curve {
    shape: usize,
    colour: Colour,
    turns: Vec<Place>,
    markers: Vec<usize>,
}

/// Finds the line charts of a sketch.
pub(super) fn line_charts(sketch: &mut Sketch<'_>) -> Vec<Chart> {
    let curves = curves(sketch);
    let mut groups: Vec<Vec<Curve>> = Vec::new();
    for curve in curves {
        match groups.iter_mut().find(|group| alike(&group[0], &curve)) {
            Some(group) => group.push(curve),
            None => groups.push(vec![curve]),
        }
    }
    groups.into_iter().filter_map(|group| chart_of(&group, sketch)).collect()
}

/// Open strokes that run to the right, with their markers.
fn curves(sketch: &Sketch<'_>) -> Vec<Curve> {
    let mut curves = Vec::new();
    for (index, shape) in sketch.shapes.iter().enumerate() {
        if sketch.shape_used[index] || curves.len() >= 40 {
            continue;
        }
        let stroke;
        let points = match &shape.outline {
            Outline::Path { points, ends: Ends::Open } => points,
            Outline::Line { from, to } => {
                stroke = vec![*from, *to];
                &stroke
            }
            _ => continue,
        };
        let (Some(colour), None) = (shape.stroke, shape.fill) else { continue };
        let to_right = points.windows(2).all(|pair| pair[1].0 > pair[0].0 - 0.01);
        let to_left = points.windows(2).all(|pair| pair[1].0 < pair[0].0 + 0.01);
        if points.len() > MOST_POINTS || shape.bbox.width() < 30.0 || !(to_right || to_left) {
            continue;
        }
        let markers = markers(sketch, points, colour);
        // A lone stroke is a line of a chart only if both its ends are marked.
        let ends_marked = || {
            let at_end = |end: &Place| {
                markers.iter().any(|marker| {
                    let place = middle(sketch.shapes[*marker].bbox);
                    (place.0 - end.0).hypot(place.1 - end.1) < 1.0
                })
            };
            points.iter().all(at_end)
        };
        if points.len() < 2 || points.len() == 2 && (markers.len() != 2 || !ends_marked()) {
            continue;
        }
        let mut turns: Vec<Place> = if markers.len() >= 3 {
            markers.iter().map(|marker| middle(sketch.shapes[*marker].bbox)).collect()
        } else {
            points.clone()
        };
        turns.sort_by(|one, other| one.0.total_cmp(&other.0));
        curves.push(Curve {
            shape: index,
            colour,
            turns,
            markers,
        });
    }
    curves
}

/// Small shapes of one size whose middles lie on a line.
fn markers(sketch: &Sketch<'_>, points: &[Place], colour: Colour) -> Vec<usize> {
    let small: Vec<usize> = sketch
        .shapes
        .iter()
        .enumerate()
        .filter(|(_, shape)| {
            let (width, height) = (shape.bbox.width(), shape.bbox.height());
            let drawn = shape.fill.or(shape.stroke);
            (1.0..=12.0).contains(&width)
                && (width / height.max(0.1) - 1.0).abs() < 0.2
                && drawn.is_some_and(|drawn| drawn == colour || drawn == [255; 3])
        })
        .map(|(index, _)| index)
        .filter(|index| distance_to(points, middle(sketch.shapes[*index].bbox)) < 0.8)
        .take(MOST_POINTS)
        .collect();
    let mut kept: Vec<usize> = Vec::new();
    for index in small {
        let place = middle(sketch.shapes[index].bbox);
        if !kept.iter().any(|other| (middle(sketch.shapes[*other].bbox).0 - place.0).abs() < 1.0) {
            kept.push(index);
        }
    }
    kept
}

fn middle(bbox: BBox) -> Place {
    (f64::midpoint(bbox.x0, bbox.x1), f64::midpoint(bbox.top, bbox.bottom))
}

/// How far a place is from a line of strokes.
fn distance_to(points: &[Place], place: Place) -> f64 {
    points
        .windows(2)
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

/// Whether two lines share their places along the axis.
fn alike(one: &Curve, other: &Curve) -> bool {
    let near = |place: &Place| one.turns.iter().any(|turn| (turn.0 - place.0).abs() < 1.0);
    let shared = other.turns.iter().filter(|turn| near(turn)).count();
    let (a, b) = (extent(&one.turns), extent(&other.turns));
    shared * 10 >= other.turns.len() * 8 && a.1 > b.0 - 60.0 && b.1 > a.0 - 60.0
}

/// The highest and lowest place of a line.
fn extent(turns: &[Place]) -> (f64, f64) {
    turns.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), turn| {
        (top.min(turn.1), bottom.max(turn.1))
    })
}

fn chart_of(curves: &[Curve], sketch: &mut Sketch<'_>) -> Option<Chart> {
    let reach = curves.iter().skip(1).fold(sketch.shapes[curves[0].shape].bbox, |bbox, curve| {
        bbox.union(sketch.shapes[curve.shape].bbox)
    });
    // Two points stand at a quarter and three quarters of their axis.
    let widest = if curves[0].turns.len() == 2 { 2.3 } else { 1.6 } * reach.width() + 60.0;
    // A line may run high over its axis, and the names stand under the axis.
    let deep = BBox {
        bottom: axis_under(reach, widest, sketch).map_or(reach.bottom, |axis| axis + 12.0),
        ..reach
    };
    let mut free = sketch.labels_near(deep);
    let mut values: Vec<Vec<Option<usize>>> = Vec::new();
    // Names first: years under the line are no values of it.
    let names = names(curves, &free, sketch);
    free.retain(|index| !names.iter().flatten().any(|name| name == index));
    for curve in curves {
        let labels = labels_at(&curve.turns, &free, sketch);
        free.retain(|index| !labels.contains(&Some(*index)));
        values.push(labels);
    }
    let samples: Vec<Vec<Sample>> = curves
        .iter()
        .zip(&values)
        .map(|(curve, labels)| {
            curve
                .turns
                .iter()
                .zip(labels)
                .map(|(turn, label)| Sample {
                    extent: -turn.1,
                    figure: label.and_then(|label| figure(&sketch.labels[label].text.string)),
                })
                .collect()
        })
        .collect();
    let all: Vec<Sample> = samples.iter().flatten().copied().collect();
    let labelled = all.iter().filter(|sample| sample.figure.is_some()).count();
    let pair = is_pair(curves, &all, &names, sketch) && axis_under(reach, widest, sketch).is_some();
    if !pair && (labelled < 3 || labelled * 2 < all.len() || !agree_on_line(&all)) {
        return None;
    }
    let mut readings = by_line_of_others(&all).into_iter();
    let colours: Vec<Option<Colour>> = curves.iter().map(|curve| Some(curve.colour)).collect();
    let marks: Vec<usize> = curves
        .iter()
        .flat_map(|curve| curve.markers.iter().copied().chain([curve.shape]))
        .collect();
    let legend = if curves.len() > 1 {
        legend(sketch, &colours, &marks, reach, &[])
    } else {
        Vec::new()
    };
    let mut series = Vec::new();
    for (curve, labels) in curves.iter().zip(&values) {
        let points = curve.turns.iter().zip(labels).map(|(turn, label)| {
            let region = curve
                .markers
                .iter()
                .map(|marker| &sketch.shapes[*marker])
                .find(|marker| (middle(marker.bbox).0 - turn.0).abs() < 0.5)
                .map_or_else(|| at(&sketch.shapes[curve.shape], *turn), |marker| marker.region);
            let name = names
                .iter()
                .flatten()
                .copied()
                .filter(|name| (place_of(sketch, *name) - turn.0).abs() < 0.45 * pitch(&curve.turns))
                .min_by(|one, other| {
                    (place_of(sketch, *one) - turn.0)
                        .abs()
                        .total_cmp(&(place_of(sketch, *other) - turn.0).abs())
                });
            Point {
                category: name.map(|name| sketch.labels[name].text.trimmed()),
                label: label.map(|label| sketch.labels[label].text.trimmed()),
                mark: readings.next().flatten(),
                region,
            }
        });
        series.push(PointSeries {
            name: legend
                .iter()
                .find(|entry| entry.colour == curve.colour)
                .map(|entry| sketch.labels[entry.label].text.trimmed()),
            points: points.collect(),
        });
    }
    let used_labels: Vec<usize> = values
        .iter()
        .flatten()
        .flatten()
        .copied()
        .chain(names.into_iter().flatten())
        .chain(legend.iter().map(|entry| entry.label))
        .collect();
    let used_shapes: Vec<usize> = marks.into_iter().chain(legend.iter().map(|entry| entry.shape)).collect();
    Some(Chart {
        kind: ChartKind::Line,
        region: sketch.take(&used_shapes, &used_labels)?,
        title: None,
        axis: None,
        series,
    })
}

/// Whether a line of two points has both figures, the larger one higher, and a name under each.
fn is_pair(curves: &[Curve], readings: &[Sample], names: &[Vec<usize>], sketch: &Sketch<'_>) -> bool {
    let ([curve], [one, other]) = (curves, readings) else { return false };
    let (Some(first), Some(second)) = (one.figure, other.figure) else {
        return false;
    };
    let rises = (second.value - first.value) * (other.extent - one.extent) >= 0.0;
    let has_name = |turn: &Place| {
        names.iter().flatten().any(|name| {
            let label = &sketch.labels[*name];
            (middle(label.bbox).0 - turn.0).abs() < label.size
        })
    };
    rises && curve.turns.iter().all(has_name)
}

/// Where the axis runs: the last level stroke under a line that is about as wide, `widest` at most.
fn axis_under(reach: BBox, widest: f64, sketch: &Sketch<'_>) -> Option<f64> {
    sketch
        .shapes
        .iter()
        .map(|shape| shape.bbox)
        .filter(|bbox| bbox.height() < 1.5 && bbox.x0 <= reach.x0 + 8.0 && bbox.x1 >= reach.x1 - 8.0 && bbox.width() < widest)
        .map(|bbox| bbox.top)
        .filter(|top| *top > reach.bottom - 1.0 && *top < reach.bottom + 260.0)
        .max_by(f64::total_cmp)
}

/// The region of a turn of a line without a marker: on a page the spot itself, else the whole line's.
fn at(shape: &Shape, turn: Place) -> Region {
    match shape.region {
        Region::Box { page, .. } => Region::Box {
            page,
            bbox: BBox {
                x0: turn.0 - 1.0,
                top: turn.1 - 1.0,
                x1: turn.0 + 1.0,
                bottom: turn.1 + 1.0,
            },
        },
        region @ Region::Bytes { .. } => region,
    }
}

fn place_of(sketch: &Sketch<'_>, label: usize) -> f64 {
    middle(sketch.labels[label].bbox).0
}

/// The least way from one turn to the next.
fn pitch(turns: &[Place]) -> f64 {
    turns
        .windows(2)
        .map(|pair| pair[1].0 - pair[0].0)
        .filter(|pitch| *pitch > 0.5)
        .fold(f64::INFINITY, f64::min)
        .min(1e4)
}

/// The figure printed over or under each turn.
fn labels_at(turns: &[Place], free: &[usize], sketch: &Sketch<'_>) -> Vec<Option<usize>> {
    let pitch = pitch(turns);
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for index in free {
        let label = &sketch.labels[*index];
        if figure(&label.text.string).is_none() {
            continue;
        }
        let centre = middle(label.bbox);
        for (turn, place) in turns.iter().enumerate() {
            let across = (centre.0 - place.0).abs();
            if across > (0.6 * label.bbox.width()).max(label.size).min(0.75 * pitch) {
                continue;
            }
            let over = place.1 - label.bbox.bottom;
            let under = label.bbox.top - place.1;
            let distance = if (-0.6 * label.size..2.0 * label.size).contains(&over) {
                over.abs()
            } else if (-0.6 * label.size..1.6 * label.size).contains(&under) {
                under.abs() + 0.5 * label.size
            } else {
                continue;
            };
            pairs.push((distance + 1.5 * across, turn, *index));
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    let mut labels = vec![None; turns.len()];
    let mut taken = std::collections::BTreeSet::new();
    for (_, turn, label) in pairs {
        if labels[turn].is_none() && taken.insert(label) {
            labels[turn] = Some(label);
        }
    }
    labels
}

/// The rows of words under a line of which most stand under its turns; the highest such row, and the next if it wraps.
fn names(curves: &[Curve], free: &[usize], sketch: &Sketch<'_>) -> Vec<Vec<usize>> {
    let turns = &curves[0].turns;
    let lowest = curves.iter().map(|curve| extent(&curve.turns).1).fold(f64::NEG_INFINITY, f64::max);
    let pitch = pitch(turns);
    let mut under: Vec<usize> = free
        .iter()
        .copied()
        .filter(|index| {
            let label = &sketch.labels[*index];
            let centre = middle(label.bbox);
            label.bbox.top > lowest - 0.3 * label.size && turns.iter().any(|turn| (turn.0 - centre.0).abs() < 0.45 * pitch)
        })
        .collect();
    under.sort_by(|one, other| {
        sketch.labels[*one]
            .bbox
            .top
            .total_cmp(&sketch.labels[*other].bbox.top)
            .then(one.cmp(other))
    });
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for index in under {
        let top = sketch.labels[index].bbox.top;
        match rows.last_mut() {
            Some(row) if (sketch.labels[row[0]].bbox.top - top).abs() < 2.0 => row.push(index),
            _ => rows.push(vec![index]),
        }
    }
    rows.retain(|row| row.len() * 10 >= turns.len() * 7);
    // Values can stand under a falling line; names are words, or the row nearest the axis.
    let worded = rows
        .iter()
        .position(|row| row.iter().filter(|index| figure(&sketch.labels[**index].text.string).is_none()).count() * 2 > row.len());
    match worded {
        Some(row) => vec![rows.swap_remove(row)],
        None if rows.len() > 1 || rows.first().is_some_and(|row| sketch.labels[row[0]].bbox.top > lowest + 12.0) => rows.pop().into_iter().collect(),
        None => Vec::new(),
    }
}
