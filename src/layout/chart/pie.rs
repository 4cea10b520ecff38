//! Discs and rings cut in slices: each slice to a point with its label, name and reading.

use super::figure::figure;
use super::legend::legend;
use super::scale::{Sample, by_other_labels};
use super::{Chart, ChartKind, Colour, MarkReading, MarkUnit, Outline, Place, Point, PointSeries, Sketch};
use crate::layout::{BBox, Text};

/// A slice as it lies around the middle.
#[derive(Debug, Clone, Copy)]
struct Slice {
    shape: usize,
    fill: Colour,
    /// Share of the whole turn.
    share: f64,
    /// Direction of its middle, in radians from twelve o'clock, clockwise.
    middle: f64,
}

/// Finds the pies and donuts of a sketch.
pub(super) fn pie_charts(sketch: &mut Sketch<'_>) -> Vec<Chart> {
    let mut charts = Vec::new();
    for group in groups(sketch) {
        if let Some(chart) = chart_of(&group, sketch) {
            charts.push(chart);
        }
    }
    charts
}

/// Curved fills that touch, in the order drawn.
fn groups(sketch: &Sketch<'_>) -> Vec<Vec<usize>> {
    let curved: Vec<usize> = sketch
        .shapes
        .iter()
        .enumerate()
        .filter(|(index, shape)| {
            let big = shape.bbox.width().max(shape.bbox.height()) >= 6.0;
            !sketch.shape_used[*index] && shape.fill.is_some() && big && matches!(&shape.outline, Outline::Path { points, .. } if points.len() >= 5)
        })
        .map(|(index, _)| index)
        .take(1_200)
        .collect();
    let mut groups: Vec<(BBox, Vec<usize>)> = Vec::new();
    for index in curved {
        let bbox = sketch.shapes[index].bbox;
        let grown = BBox {
            x0: bbox.x0 - 1.5,
            top: bbox.top - 1.5,
            x1: bbox.x1 + 1.5,
            bottom: bbox.bottom + 1.5,
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
            continue;
        }
        let (share, middle) = turn_of(points, centre, radius)?;
        hole = hole.min(nearest);
        slices.push(Slice {
            shape: *shape,
            fill: sketch.shapes[*shape].fill?,
            share,
            middle,
        });
    }
    let whole: f64 = slices.iter().map(|slice| slice.share).sum();
    if slices.len() < 2 || !(0.93..1.03).contains(&whole) {
        return None;
    }
    slices.sort_by(|one, other| one.middle.total_cmp(&other.middle));
    let covered = group.len() > slices.len();
    dressed(
        &slices,
        centre,
        radius,
        if covered || hole > 0.2 * radius {
            ChartKind::Donut
        } else {
            ChartKind::Pie
        },
        sketch,
    )
}

fn distance(one: Place, other: Place) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

/// How much of the turn the outer edge of a slice takes, and where its middle lies.
fn turn_of(points: &[Place], centre: Place, radius: f64) -> Option<(f64, f64)> {
    let mut angles: Vec<f64> = points
        .iter()
        .filter(|point| distance(**point, centre) > 0.965 * radius)
        .map(|point| (point.0 - centre.0).atan2(centre.1 - point.1).rem_euclid(std::f64::consts::TAU))
        .collect();
    angles.sort_by(f64::total_cmp);
    let (first, last) = (*angles.first()?, *angles.last()?);
    // The slice is what is left of the turn beside the widest gap between its points.
    let mut widest = first + std::f64::consts::TAU - last;
    let mut start = first;
    for pair in angles.windows(2) {
        if pair[1] - pair[0] > widest {
            widest = pair[1] - pair[0];
            start = pair[1];
        }
    }
    let turn = std::f64::consts::TAU - widest;
    (turn > 0.0).then_some((turn / std::f64::consts::TAU, (start + turn / 2.0).rem_euclid(std::f64::consts::TAU)))
}

/// A slice's words and number.
#[derive(Debug, Clone, Default)]
struct Said {
    labels: Vec<usize>,
}

fn dressed(slices: &[Slice], centre: Place, radius: f64, kind: ChartKind, sketch: &mut Sketch<'_>) -> Option<Chart> {
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
    let free: Vec<usize> = near
        .into_iter()
        .filter(|index| !(named && legend.iter().any(|entry| entry.label == *index)))
        .collect();
    let mut said = vec![Said::default(); slices.len()];
    for index in free {
        let label = &sketch.labels[index];
        let string = &label.text.string;
        let holds_figure = split(string).0.is_some();
        if !holds_figure && named || string.chars().count() > 60 {
            continue;
        }
        if let Some(slice) = slice_at(slices, label.bbox, label.size, centre, radius) {
            said[slice].labels.push(index);
        }
    }
    // Words alone, without a number at any slice, are no labels.
    let with_figure = said
        .iter()
        .filter(|said| said.labels.iter().any(|label| split(&sketch.labels[*label].text.string).0.is_some()))
        .count();
    let legend_figures = legend
        .iter()
        .filter(|entry| split(&sketch.labels[entry.label].text.string).0.is_some())
        .count();
    if with_figure * 2 < slices.len() && legend_figures * 2 < slices.len() {
        return None;
    }
    let from_legend = with_figure * 2 < slices.len();
    let mut points = Vec::new();
    let mut samples = Vec::new();
    let mut texts: Vec<(Option<Text>, Option<Text>)> = Vec::new();
    for (slice, said) in slices.iter().zip(&said) {
        let mut words = Text::default();
        let entry = legend.iter().find(|entry| entry.colour == slice.fill);
        let mut labels = said.labels.clone();
        labels.sort_by(|one, other| {
            sketch.labels[*one]
                .bbox
                .top
                .total_cmp(&sketch.labels[*other].bbox.top)
                .then(one.cmp(other))
        });
        let sources: Vec<usize> = if from_legend {
            entry.map(|entry| entry.label).into_iter().collect()
        } else {
            labels
        };
        for label in sources {
            words.append(&sketch.labels[label].text.trimmed(), " ");
        }
        let (number, name) = split(&words.string);
        let value = number.clone().map(|range| words.slice(range).trimmed());
        let name = name.map(|range| words.slice(range).trimmed()).filter(|text| !text.string.is_empty());
        let name = name.or_else(|| entry.filter(|_| named).map(|entry| sketch.labels[entry.label].text.trimmed()));
        samples.push(Sample {
            extent: slice.share * 100.0,
            figure: value.as_ref().and_then(|value| figure(&value.string)),
        });
        texts.push((name, value));
    }
    let percent = texts.iter().flat_map(|(_, value)| value).all(|value| value.string.contains('%'));
    let readings: Vec<Option<MarkReading>> = if percent {
        samples
            .iter()
            .map(|sample| {
                Some(MarkReading {
                    value: sample.extent,
                    error: 0.6,
                    from_axis: false,
                    unit: MarkUnit::Percent,
                })
            })
            .collect()
    } else {
        by_other_labels(&samples)
    };
    for ((slice, (category, label)), mark) in slices.iter().zip(texts).zip(readings) {
        points.push(Point {
            category,
            label,
            mark,
            region: sketch.shapes[slice.shape].region,
        });
    }
    let mut used_labels: Vec<usize> = said.into_iter().filter(|_| !from_legend).flat_map(|said| said.labels).collect();
    if named || from_legend {
        used_labels.extend(legend.iter().map(|entry| entry.label));
    }
    let mut used_shapes = marks;
    used_shapes.extend(legend.iter().filter(|_| named || from_legend).map(|entry| entry.shape));
    Some(Chart {
        kind,
        region: sketch.take(&used_shapes, &used_labels)?,
        title: None,
        axis: None,
        series: vec![PointSeries { name: None, points }],
    })
}

/// The slice that some words stand in or beside.
fn slice_at(slices: &[Slice], bbox: BBox, size: f64, centre: Place, radius: f64) -> Option<usize> {
    let nearest = (centre.0.clamp(bbox.x0, bbox.x1), centre.1.clamp(bbox.top, bbox.bottom));
    let gap = distance(nearest, centre);
    let middle = (f64::midpoint(bbox.x0, bbox.x1), f64::midpoint(bbox.top, bbox.bottom));
    let inside = distance(middle, centre) < 0.97 * radius;
    if !inside && gap > radius + 2.6 * size {
        return None;
    }
    if inside && distance(middle, centre) < 0.12 * radius {
        // The middle of a ring holds its title or total.
        return None;
    }
    // Outside, words start beside the middle of their slice.
    let anchor = if inside { middle } else { nearest_to_ring(bbox, centre, radius) };
    let angle = (anchor.0 - centre.0).atan2(centre.1 - anchor.1).rem_euclid(std::f64::consts::TAU);
    let apart = |slice: &Slice| {
        let turn = (slice.middle - angle).rem_euclid(std::f64::consts::TAU);
        let turn = turn.min(std::f64::consts::TAU - turn);
        turn - slice.share * std::f64::consts::PI
    };
    let best = slices.iter().enumerate().min_by(|one, other| {
        // Within several, or none: the one whose middle is closest.
        let key = |slice: &Slice| {
            let apart = apart(slice);
            (apart.max(0.0) * 100.0).round() as i64
        };
        let middle = |slice: &Slice| {
            let turn = (slice.middle - angle).rem_euclid(std::f64::consts::TAU);
            turn.min(std::f64::consts::TAU - turn)
        };
        key(one.1).cmp(&key(other.1)).then(middle(one.1).total_cmp(&middle(other.1)))
    });
    best.filter(|(_, slice)| apart(slice) < 0.25).map(|(index, _)| index)
}

/// The point of a box closest to the ring, level with its middle.
fn nearest_to_ring(bbox: BBox, centre: Place, radius: f64) -> Place {
    let y = f64::midpoint(bbox.top, bbox.bottom);
    if y > centre.1 - 0.92 * radius && y < centre.1 + 0.92 * radius {
        let x = if bbox.x0 > centre.0 {
            bbox.x0
        } else if bbox.x1 < centre.0 {
            bbox.x1
        } else {
            f64::midpoint(bbox.x0, bbox.x1)
        };
        (x, y)
    } else {
        (centre.0.clamp(bbox.x0, bbox.x1), y)
    }
}

/// The last number of a label with its percent sign, and the words before it (or after it).
fn split(string: &str) -> (Option<std::ops::Range<usize>>, Option<std::ops::Range<usize>>) {
    let is_part = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',' | '%' | '\u{2009}' | '\u{202f}');
    let mut end = string.len();
    let mut found = None;
    while let Some(last) = string[..end].rfind(|character: char| character.is_ascii_digit()) {
        let mut stop = last + 1;
        let rest = &string[stop..];
        if let Some(sign) = rest.find('%').filter(|at| rest[..*at].trim().is_empty()) {
            stop += sign + 1;
        }
        let start = string[..last]
            .rfind(|character: char| !is_part(character))
            .map_or(0, |at| at + string[at..].chars().next().map_or(1, char::len_utf8));
        let start = start + string[start..].find(|character: char| character.is_ascii_digit()).unwrap_or(0);
        if figure(&string[start..stop]).is_some() {
            found = Some(start..stop);
            break;
        }
        end = start;
        if end == 0 {
            break;
        }
    }
    let Some(number) = found else {
        return (None, (!string.trim().is_empty()).then_some(0..string.len()));
    };
    let trim = |range: std::ops::Range<usize>| {
        let part = &string[range.clone()];
        let strip = |character: char| character.is_whitespace() || ",:;–-([)]".contains(character);
        let start = range.start + (part.len() - part.trim_start_matches(strip).len());
        let end = start + part.trim_matches(strip).len();
        start..end.max(start)
    };
    let before = trim(0..number.start);
    let after = trim(number.end..string.len());
    let name = if before.is_empty() { after } else { before };
    (Some(number), (!name.is_empty()).then_some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, number: Option<&str>, name: Option<&str>) {
        let (found, words) = split(label);
        assert_eq!(found.map(|range| &label[range]), number, "{label}");
        assert_eq!(words.map(|range| &label[range]), name, "{label}");
    }

    #[test]
    fn a_label_is_a_name_and_a_number() {
        check("Syria 36%", Some("36%"), Some("Syria"));
        check("Türkiye, 9 %", Some("9 %"), Some("Türkiye"));
        check("36% Syria", Some("36%"), Some("Syria"));
        check("Others (1,204)", Some("1,204"), Some("Others"));
        check("36%", Some("36%"), None);
        check("Syria", None, Some("Syria"));
        check("", None, None);
    }
}
