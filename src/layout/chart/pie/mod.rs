//! Discs and rings cut in slices: each slice to a point with its label, name and reading.

mod exploded;
mod said;
mod slices;

use self::exploded::{common_disc, own_disc};
use self::said::{leaders, led_to, slice_at, split, together};
use self::slices::{Disc, Slice, distance, turn_of};
use super::figure::figure;
use super::legend::{Entry, legend};
use super::scale::{Sample, by_other_labels};
use super::{Chart, ChartKind, Colour, MarkReading, MarkUnit, Outline, Place, Point, PointSeries, Sketch};
use crate::layout::{BBox, Text};

/// Finds the pies and donuts of a sketch.
pub(super) fn pie_charts(sketch: &mut Sketch<'_>) -> Vec<Chart> {
    let mut charts = Vec::new();
    for group in groups(sketch, |_| 1.5) {
        charts.extend(chart_of(&group, sketch));
    }
    // Slices that were pulled apart need not touch.
    for group in groups(sketch, |bbox| 0.12 * bbox.width().max(bbox.height())) {
        charts.extend(exploded_chart_of(&group, sketch));
    }
    charts
}

/// Curved fills that touch, or nearly do, in the order drawn.
fn groups(sketch: &Sketch<'_>, reach: fn(BBox) -> f64) -> Vec<Vec<usize>> {
    let curved: Vec<usize> = sketch
        .shapes
        .iter()
        .enumerate()
        .filter(|(index, shape)| {
            let big = shape.bbox.width().max(shape.bbox.height()) >= 6.0;
            let curved = matches!(&shape.outline, Outline::Path { points, .. } if points.len() >= 5 && !is_card(points, shape.bbox));
            !sketch.shape_used[*index] && shape.fill.is_some() && big && curved
        })
        .map(|(index, _)| index)
        .take(1_200)
        .collect();
    let mut groups: Vec<(BBox, Vec<usize>)> = Vec::new();
    for index in curved {
        let bbox = sketch.shapes[index].bbox;
        let room = reach(bbox);
        let grown = BBox {
            x0: bbox.x0 - room,
            top: bbox.top - room,
            x1: bbox.x1 + room,
            bottom: bbox.bottom + room,
        };
        let (touching, mut apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(other, _)| grown.x0 < other.x1 && other.x0 < grown.x1 && grown.top < other.bottom && other.top < grown.bottom);
        let mut merged = (bbox, Vec::new());
        for (other, members) in touching {
            merged.0 = merged.0.union(other);
            merged.1.extend(members);
        }
        merged.1.push(index);
        apart.push(merged);
        groups = apart;
    }
    let mut groups: Vec<Vec<usize>> = groups
        .into_iter()
        .map(|(_, mut members)| {
            members.sort_unstable();
            members
        })
        .filter(|members| (2..=40).contains(&members.len()))
        .collect();
    groups.sort();
    groups
}

/// Whether a path is a box with rounded corners, as the ground of a whole chart may be: it fills more of its room than any slice.
fn is_card(points: &[Place], bbox: BBox) -> bool {
    let next = points.iter().cycle().skip(1);
    let area = points.iter().zip(next).map(|(one, other)| one.0 * other.1 - other.0 * one.1).sum::<f64>() / 2.0;
    area.abs() > 0.93 * bbox.width() * bbox.height()
}

fn chart_of(group: &[usize], sketch: &mut Sketch<'_>) -> Option<Chart> {
    let bbox = group
        .iter()
        .skip(1)
        .fold(sketch.shapes[group[0]].bbox, |bbox, shape| bbox.union(sketch.shapes[*shape].bbox));
    if (bbox.width() / bbox.height() - 1.0).abs() > 0.04 || bbox.width() < 24.0 {
        return None;
    }
    let centre = (f64::midpoint(bbox.x0, bbox.x1), f64::midpoint(bbox.top, bbox.bottom));
    let radius = f64::midpoint(bbox.width(), bbox.height()) / 2.0;
    let mut disc = Disc { centre, radius, hole: 0.0 };
    let mut slices = Vec::new();
    let mut hole = f64::INFINITY;
    for shape in group {
        let Outline::Path { points, .. } = &sketch.shapes[*shape].outline else {
            continue;
        };
        let nearest = points.iter().map(|point| distance(*point, centre)).fold(f64::INFINITY, f64::min);
        let farthest = points.iter().map(|point| distance(*point, centre)).fold(0.0, f64::max);
        if farthest < 0.93 * radius {
            // A disc laid over the middle makes a ring of a pie.
            disc.hole = disc.hole.max(farthest);
            continue;
        }
        let (share, middle) = turn_of(points, disc)?;
        hole = hole.min(nearest);
        slices.push(Slice::of(*shape, &sketch.shapes[*shape], share, middle)?);
    }
    let whole: f64 = slices.iter().map(|slice| slice.share).sum();
    if slices.len() < 2 || !(0.93..1.03).contains(&whole) {
        return None;
    }
    slices.sort_by(|one, other| one.middle.total_cmp(&other.middle));
    if hole > 0.2 * radius {
        disc.hole = disc.hole.max(hole);
    }
    dressed(&slices, disc, sketch)
}

/// The chart of slices that were pulled apart, each with a corner of its own.
fn exploded_chart_of(group: &[usize], sketch: &mut Sketch<'_>) -> Option<Chart> {
    let mut discs = Vec::new();
    let mut slices: Vec<Slice> = Vec::new();
    // Those drawn last lie on top; of what lies under them, as large and turned alike, only a shadow is seen.
    for shape in group.iter().rev() {
        let Outline::Path { points, .. } = &sketch.shapes[*shape].outline else {
            continue;
        };
        let (centre, radius) = own_disc(points)?;
        let (share, middle) = turn_of(points, Disc { centre, radius, hole: 0.0 })?;
        let is_shadow = |slice: &Slice| (slice.share - share).abs() < 0.004 && slice.off_middle(middle) < 0.02;
        if slices.iter().any(is_shadow) {
            continue;
        }
        discs.push((centre, radius));
        slices.push(Slice::of(*shape, &sketch.shapes[*shape], share, middle)?);
    }
    let whole: f64 = slices.iter().map(|slice| slice.share).sum();
    let (centre, radius) = common_disc(&discs)?;
    if slices.len() < 2 || !(0.97..1.03).contains(&whole) {
        return None;
    }
    slices.sort_by(|one, other| one.middle.total_cmp(&other.middle));
    dressed(&slices, Disc { centre, radius, hole: 0.0 }, sketch)
}

fn dressed(slices: &[Slice], disc: Disc, sketch: &mut Sketch<'_>) -> Option<Chart> {
    let Disc { centre, radius, .. } = disc;
    let reach = BBox {
        x0: centre.0 - 1.9 * radius - 90.0,
        top: centre.1 - 1.55 * radius,
        x1: centre.0 + 1.9 * radius + 90.0,
        bottom: centre.1 + 1.55 * radius,
    };
    let near: Vec<usize> = (0..sketch.labels.len())
        .filter(|index| !sketch.label_used[*index] && reach.holds(sketch.labels[*index].bbox))
        .collect();
    let fills: Vec<Option<Colour>> = slices.iter().map(|slice| Some(slice.fill)).collect();
    let marks: Vec<usize> = slices.iter().map(|slice| slice.shape).collect();
    let around = BBox {
        x0: centre.0 - radius,
        top: centre.1 - radius,
        x1: centre.0 + radius,
        bottom: centre.1 + radius,
    };
    let legend = legend(sketch, &fills, &marks, around, &[]);
    let named = legend.len() * 10 >= slices.len() * 7;
    let leaders = leaders(disc, sketch);
    let mut said: Vec<Vec<usize>> = vec![Vec::new(); slices.len()];
    for index in near.iter().copied() {
        let label = &sketch.labels[index];
        let string = &label.text.string;
        let in_legend = named && legend.iter().any(|entry| entry.label == index);
        if in_legend || split(string).0.is_none() && named || string.chars().count() > 60 {
            continue;
        }
        let slice = led_to(slices, &leaders, label.bbox, label.size, disc).or_else(|| slice_at(slices, label.bbox, label.size, disc));
        if let Some(slice) = slice {
            said[slice].push(index);
        }
    }
    for labels in &mut said {
        *labels = together(std::mem::take(labels), disc, sketch);
    }
    let figured = |labels: &[usize]| labels.iter().any(|label| split(&sketch.labels[*label].text.string).0.is_some());
    let with_figure = said.iter().filter(|labels| figured(labels)).count();
    let legend_figures = legend.iter().filter(|entry| figured(&[entry.label])).count();
    if with_figure * 2 < slices.len() && legend_figures * 2 < slices.len() {
        return without_numbers(slices, disc, &said, &legend, &near, sketch);
    }
    let from_legend = with_figure * 2 < slices.len();
    let mut texts: Vec<(Option<Text>, Option<Text>)> = Vec::new();
    for (slice, labels) in slices.iter().zip(&said) {
        let entry = legend.iter().find(|entry| entry.colour == slice.fill);
        let words = match entry {
            Some(entry) if from_legend => joined(&[entry.label], sketch),
            None if from_legend => Text::default(),
            _ => joined(labels, sketch),
        };
        let (number, name) = split(&words.string);
        let value = number.map(|range| words.slice(range).trimmed());
        let name = name.map(|range| words.slice(range).trimmed()).filter(|text| !text.string.is_empty());
        let name = name.or_else(|| entry.filter(|_| named).map(|entry| sketch.labels[entry.label].text.trimmed()));
        texts.push((name, value));
    }
    let readings = readings(slices, &texts);
    let points = slices.iter().zip(texts).zip(readings).map(|((slice, (category, label)), mark)| Point {
        category,
        label,
        mark,
        region: sketch.shapes[slice.shape].region,
    });
    let points = points.collect();
    let mut used_labels: Vec<usize> = said.into_iter().filter(|_| !from_legend).flatten().collect();
    let mut used_shapes = marks;
    if named || from_legend {
        used_labels.extend(legend.iter().map(|entry| entry.label));
        used_shapes.extend(legend.iter().map(|entry| entry.shape));
    }
    chart(disc, points, &used_shapes, &used_labels, sketch)
}

fn joined(labels: &[usize], sketch: &Sketch<'_>) -> Text {
    let mut words = Text::default();
    for label in labels {
        words.append(&sketch.labels[*label].text.trimmed(), " ");
    }
    words
}

/// What each slice's turn says: percent where all labels are, else by the labels of the others.
fn readings(slices: &[Slice], texts: &[(Option<Text>, Option<Text>)]) -> Vec<Option<MarkReading>> {
    let percent = texts.iter().flat_map(|(_, value)| value).all(|value| value.string.contains('%'));
    if percent {
        return slices.iter().map(|slice| Some(share(slice.share, 0.6))).collect();
    }
    let samples: Vec<Sample> = slices
        .iter()
        .zip(texts)
        .map(|(slice, (_, value))| Sample {
            extent: slice.share * 100.0,
            figure: value.as_ref().and_then(|value| figure(&value.string)),
        })
        .collect();
    by_other_labels(&samples)
}

/// A share of the turn in percent.
fn share(share: f64, error: f64) -> MarkReading {
    MarkReading {
        value: share * 100.0,
        error,
        from_axis: false,
        unit: MarkUnit::Percent,
    }
}

/// A disc whose slices have names but no numbers: each is its share of the whole, unless a number in the middle says that it counts something else.
fn without_numbers(slices: &[Slice], disc: Disc, said: &[Vec<usize>], legend: &[Entry], near: &[usize], sketch: &mut Sketch<'_>) -> Option<Chart> {
    let by_legend = slices.iter().all(|slice| legend.iter().any(|entry| entry.colour == slice.fill));
    let by_words = said.iter().all(|labels| !labels.is_empty() && labels.len() <= 2);
    let distinct = slices
        .iter()
        .enumerate()
        .all(|(at, slice)| slices[..at].iter().all(|other| other.fill != slice.fill));
    let whole: f64 = slices.iter().map(|slice| slice.share).sum();
    if !distinct || !by_legend && !by_words || !(0.97..1.01).contains(&whole) {
        return None;
    }
    let sizes: Vec<f64> = said.iter().flatten().map(|label| sketch.labels[*label].size).collect();
    let uneven = sizes.iter().any(|size| (size - sizes[0]).abs() > 0.08 * sizes[0]);
    if !by_legend && uneven {
        return None;
    }
    let counted = near.iter().any(|index| {
        let label = &sketch.labels[*index];
        let middle = (
            f64::midpoint(label.bbox.x0, label.bbox.x1),
            f64::midpoint(label.bbox.top, label.bbox.bottom),
        );
        disc.distance(middle) < disc.radius && split(&label.text.string).0.is_some()
    });
    // One unit of the drawing along the edge.
    let error = (100.0 / (std::f64::consts::TAU * disc.radius)).clamp(0.1, 2.0);
    let points = slices
        .iter()
        .zip(said)
        .map(|(slice, labels)| {
            let entry = legend.iter().find(|entry| entry.colour == slice.fill);
            let name = match entry {
                Some(entry) if by_legend => joined(&[entry.label], sketch),
                _ => joined(labels, sketch),
            };
            Point {
                category: Some(name),
                label: None,
                mark: (!counted).then(|| share(slice.share / whole, error)),
                region: sketch.shapes[slice.shape].region,
            }
        })
        .collect();
    let mut used_shapes: Vec<usize> = slices.iter().map(|slice| slice.shape).collect();
    let mut used_labels: Vec<usize> = Vec::new();
    if by_legend {
        used_labels.extend(legend.iter().map(|entry| entry.label));
        used_shapes.extend(legend.iter().map(|entry| entry.shape));
    } else {
        used_labels.extend(said.iter().flatten());
    }
    chart(disc, points, &used_shapes, &used_labels, sketch)
}

fn chart(disc: Disc, points: Vec<Point>, shapes: &[usize], labels: &[usize], sketch: &mut Sketch<'_>) -> Option<Chart> {
    Some(Chart {
        kind: if disc.hole > 0.0 { ChartKind::Donut } else { ChartKind::Pie },
        region: sketch.take(shapes, labels)?,
        title: None,
        heading: None,
        axis: None,
        series: vec![PointSeries { name: None, points }],
    })
}
