//! Lines and areas with points: each station of a line to a point with its label, name and reading.

mod area;
mod curves;
mod foot;
mod names;
mod values;

use self::area::area_charts;
use self::curves::{Curve, curves, is_marker, middle};
use self::foot::axis_under;
use self::names::{Names, Under, end_names, even_row, names, pitch};
use self::values::{axis_beside, labels_at, one_axis};
use super::axis_title::axis_title;
use super::bars::Direction;
use super::legend::{Entry, legend, legend_title};
use super::lent::{Lender, lent_names};
use super::scale::{Sample, agree_on_line, by_line_of_others};
use super::ticks::{Area, Ticks};
use super::{Chart, ChartKind, Colour, MarkReading, Place, Point, PointSeries, Shape, Sketch};
use crate::layout::{BBox, Region, Text};

/// Stations of one line.
const MOST_STATIONS: usize = 400;

/// A place on a line at which it states a value.
#[derive(Debug, Clone, Copy)]
struct Station {
    place: Place,
    marker: Option<usize>,
    shape: usize,
}

/// All that is drawn in one colour: one curve, or what gaps have left of it.
#[derive(Debug, Clone)]
struct Strand {
    colour: Colour,
    curves: Vec<Curve>,
    stations: Vec<Station>,
}

/// Finds the line and area charts of a sketch.
pub(super) fn line_charts(sketch: &mut Sketch<'_>) -> Vec<Chart> {
    let mut charts = area_charts(sketch);
    let (whole, parts) = curves(sketch);
    let mut groups: Vec<Vec<Curve>> = Vec::new();
    for curve in whole {
        match groups.iter_mut().find(|group| group.iter().any(|other| alike(other, &curve, sketch))) {
            Some(group) => group.push(curve),
            None => groups.push(vec![curve]),
        }
    }
    for group in groups {
        if group.iter().flat_map(|curve| &curve.shapes).any(|shape| sketch.shape_used[*shape]) {
            continue;
        }
        charts.extend(chart_of(&group, &parts, sketch));
    }
    charts
}

/// Whether two lines run over one axis, side by side or one behind the other.
fn alike(one: &Curve, other: &Curve, sketch: &Sketch<'_>) -> bool {
    let (a, b) = (one.extent(), other.extent());
    let (first, second) = (corners(one, sketch), corners(other, sketch));
    let shared = second.iter().filter(|x| first.iter().any(|other| (*other - **x).abs() < 1.0)).count();
    if shared * 10 >= second.len() * 8 && a.1 > b.0 - 60.0 && b.1 > a.0 - 60.0 {
        return true;
    }
    // What gaps have left of lines need not stand over one another, but over one axis, without a word between.
    let union = one.bbox().union(other.bbox());
    let under = |bbox: BBox| axis_under(bbox, 1.6 * union.width() + 60.0, sketch);
    let between = BBox {
        top: a.1.min(b.1),
        bottom: a.0.max(b.0),
        ..union
    };
    let word_between = between.bottom > between.top && sketch.labels.iter().any(|label| between.holds(label.bbox));
    let axis = under(union);
    axis.is_some() && under(one.bbox()) == axis && under(other.bbox()) == axis && !word_between && between.bottom - between.top < 200.0
}

/// Where a line has its markers, or turns.
fn corners(curve: &Curve, sketch: &Sketch<'_>) -> Vec<f64> {
    if curve.markers.len() >= 3 {
        return curve.markers.iter().map(|marker| middle(sketch.shapes[*marker].bbox).0).collect();
    }
    curve.path.iter().map(|place| place.0).take(MOST_STATIONS).collect()
}

fn chart_of(curves: &[Curve], parts: &[Curve], sketch: &mut Sketch<'_>) -> Option<Chart> {
    let reach = curves.iter().skip(1).fold(curves[0].bbox(), |bbox, curve| bbox.union(curve.bbox()));
    let two = curves.iter().all(|curve| curve.path.len() == 2);
    // Two points stand at a quarter and three quarters of their axis.
    let widest = if two { 2.3 } else { 1.6 } * reach.width() + 60.0;
    let under = axis_under(reach, widest, sketch);
    // A line may run high over its axis, and the names stand under the axis.
    let deep = BBox {
        bottom: under.map_or(reach.bottom, |axis| axis + 12.0).max(reach.bottom),
        ..reach
    };
    let near = sketch.labels_near(deep);
    let lent: Vec<usize> = lent_names(reach, sketch);
    let (strands, names) = strands(curves, parts, reach, &[near.as_slice(), &lent].concat(), sketch)?;
    let marks: Vec<usize> = strands
        .iter()
        .flat_map(|strand| {
            let shapes = strand.curves.iter().flat_map(|curve| curve.shapes.iter().copied());
            let markers = strand.stations.iter().filter_map(|station| station.marker);
            shapes
                .chain(strand.curves.iter().flat_map(|curve| curve.markers.iter().copied()))
                .chain(markers)
        })
        .collect();
    let mut free: Vec<usize> = near.into_iter().filter(|index| !names.labels().any(|name| name == *index)).collect();
    let all: Vec<Station> = strands.iter().flat_map(|strand| strand.stations.iter().copied()).collect();
    let span = (
        all.iter().map(|station| station.place.0).fold(f64::INFINITY, f64::min),
        all.iter().map(|station| station.place.0).fold(f64::NEG_INFINITY, f64::max),
    );
    let foot = names.top(sketch).or(under).unwrap_or(reach.bottom).max(reach.bottom);
    let area = Area {
        low: -foot,
        high: -reach.top,
        from: span.0,
        to: span.1,
    };
    let colours: Vec<Colour> = strands.iter().map(|strand| strand.colour).collect();
    let own = one_axis(area, -reach.bottom, &free, &colours, sketch);
    let axis = own.clone().or_else(|| axis_beside(area, -reach.bottom, &free, sketch));
    let title = axis.as_ref().and_then(|axis| axis_title(axis, &free, Direction::Up, sketch));
    let on_axis: Vec<usize> = own.iter().flat_map(|axis| axis.labels.iter().copied()).chain(title).collect();
    free.retain(|index| !on_axis.contains(index));
    let legend = if strands.len() > 1 || !lent.is_empty() {
        let colours: Vec<Option<Colour>> = colours.iter().copied().map(Some).collect();
        let taken: Vec<usize> = on_axis.iter().copied().chain(names.labels()).collect();
        legend(sketch, &colours, &marks, deep, &taken)
    } else {
        Vec::new()
    };
    free.retain(|index| !legend.iter().any(|entry| entry.label == *index));
    let last: Vec<Curve> = strands.iter().filter_map(|strand| strand.curves.last().cloned()).collect();
    let at_ends = if legend.len() < strands.len() {
        end_names(&last, &free, sketch)
    } else {
        None
    };
    free.retain(|index| !at_ends.iter().flatten().any(|name| name == index));

    let mut values: Vec<Vec<Option<usize>>> = Vec::new();
    for strand in &strands {
        let places: Vec<Place> = strand.stations.iter().map(|station| station.place).collect();
        let labels = labels_at(&places, &free, sketch);
        free.retain(|index| !labels.contains(&Some(*index)));
        values.push(labels);
    }
    let samples: Vec<Sample> = all
        .iter()
        .zip(values.iter().flatten())
        .map(|(station, label)| Sample {
            extent: -station.place.1,
            figure: label.and_then(|label| sketch.figure(label)),
        })
        .collect();
    let labelled = samples.iter().filter(|sample| sample.figure.is_some()).count();
    let pair = under.is_some() && is_pair(&all, &samples, &names);
    let by_labels = pair || labelled >= 3 && labelled * 2 >= samples.len() && agree_on_line(&samples);
    let by_axis = axis.is_some() && names.len() >= 2 && all.len() >= 3;
    let unread = axis.is_none() && labelled == 0 && under.is_some() && all.len() >= 3 && names.len() * 10 >= all.len() / strands.len() * 7;
    if !by_labels && !by_axis && !unread {
        return None;
    }
    if !by_labels {
        values.iter_mut().flatten().for_each(|label| *label = None);
    }
    let readings: Vec<Option<MarkReading>> = match &axis {
        Some(axis) => samples.iter().map(|sample| Some(axis.scale.read(sample.extent))).collect(),
        None if by_labels => by_line_of_others(&samples),
        None => vec![None; samples.len()],
    };
    let words = Named {
        names: &names,
        legend: &legend,
        at_ends: at_ends.as_deref(),
    };
    let series = series(&strands, &values, &readings, words, sketch);
    let used_labels: Vec<usize> = values
        .iter()
        .flatten()
        .flatten()
        .copied()
        .chain(names.labels())
        .chain(on_axis)
        .chain(legend.iter().map(|entry| entry.label))
        .chain(at_ends.iter().flatten().copied())
        .chain(legend_title(&legend, reach, sketch))
        .collect();
    let used_shapes: Vec<usize> = marks.into_iter().chain(legend.iter().map(|entry| entry.shape)).collect();
    let region = sketch.take(&used_shapes, &used_labels)?;
    sketch.lenders.push(Lender::new(Direction::Up, own, reach, Vec::new()));
    Some(Chart {
        kind: ChartKind::Line,
        region,
        title: None,
        heading: None,
        axis: title.map(|title| sketch.labels[title].text.trimmed()),
        series,
    })
}

/// The curves by colour with their stations, and the names of these.
fn strands(curves: &[Curve], parts: &[Curve], reach: BBox, near: &[usize], sketch: &Sketch<'_>) -> Option<(Vec<Strand>, Names)> {
    let mut strands: Vec<Strand> = Vec::new();
    for curve in curves {
        let apart = |strand: &Strand| {
            let (start, end) = (curve.start().0, curve.end().0);
            strand
                .curves
                .iter()
                .all(|other| end < other.start().0 + 0.5 || start > other.end().0 - 0.5)
        };
        match strands.iter_mut().find(|strand| strand.colour == curve.colour && apart(strand)) {
            Some(strand) => strand.curves.push(curve.clone()),
            None => strands.push(Strand {
                colour: curve.colour,
                curves: vec![curve.clone()],
                stations: Vec::new(),
            }),
        }
    }
    let marked = curves.iter().filter(|curve| curve.markers.len() >= 3).count() * 2 > curves.len();
    let dense = !marked && curves.iter().any(|curve| curve.path.len() > 24);
    let mut places: Vec<f64> = if dense {
        even_row(reach.x0, reach.x1, reach.bottom, near, sketch)
    } else {
        curves.iter().flat_map(|curve| corners(curve, sketch)).collect()
    };
    if dense && places.is_empty() {
        // A curve of many strokes may still turn at its stations only.
        places = curves.iter().flat_map(|curve| corners(curve, sketch)).collect();
    }
    sort_apart(&mut places);
    if places.len() < 2 || places.len() > MOST_STATIONS {
        return None;
    }
    absorb(&mut strands, parts, &places, reach, sketch);
    for strand in &mut strands {
        strand.curves.sort_by(|one, other| one.start().0.total_cmp(&other.start().0));
        strand.stations = stations(strand, &places, marked, sketch);
    }
    strands.retain(|strand| !strand.stations.is_empty());
    let mut xs: Vec<f64> = strands
        .iter()
        .flat_map(|strand| strand.stations.iter().map(|station| station.place.0))
        .collect();
    sort_apart(&mut xs);
    let names = names(&xs, Under::Line(reach.bottom), near, sketch);
    (!strands.is_empty()).then_some((strands, names))
}

/// Ascending, those closer than a unit once.
fn sort_apart(places: &mut Vec<f64>) {
    places.sort_by(f64::total_cmp);
    places.dedup_by(|one, other| (*one - *other).abs() < 1.0);
}

/// Takes up single strokes of a strand's colour between two stations: what gaps have left of it.
fn absorb(strands: &mut [Strand], parts: &[Curve], places: &[f64], reach: BBox, sketch: &Sketch<'_>) {
    let is_station = |x: f64| places.iter().any(|place| (place - x).abs() < 0.6);
    let pitch = pitch(places);
    for part in parts {
        let bbox = part.bbox();
        let beside = bbox.x0 > reach.x0 - 3.0 * pitch && bbox.x1 < reach.x1 + 3.0 * pitch;
        let level = bbox.bottom > reach.top - reach.height() && bbox.top < reach.bottom + reach.height();
        let ends = ends_at_stations(part, &is_station, sketch);
        if !beside || !level || !ends || part.shapes.iter().any(|shape| sketch.shape_used[*shape]) {
            continue;
        }
        if let Some(strand) = strands.iter_mut().find(|strand| strand.colour == part.colour) {
            let apart = strand
                .curves
                .iter()
                .all(|other| bbox.x1 < other.start().0 - 0.5 || bbox.x0 > other.end().0 + 0.5);
            if apart {
                strand.curves.push(part.clone());
            }
        }
    }
}

/// Whether a stroke runs from station to station, or from marker to marker.
fn ends_at_stations(part: &Curve, is_station: &dyn Fn(f64) -> bool, sketch: &Sketch<'_>) -> bool {
    let marked = |place: Place| {
        part.markers.iter().any(|marker| {
            let middle = middle(sketch.shapes[*marker].bbox);
            (middle.0 - place.0).hypot(middle.1 - place.1) < 1.0
        })
    };
    [part.start(), part.end()].into_iter().all(|end| marked(end) || is_station(end.0))
}

/// Where a strand states its values, from left to right.
fn stations(strand: &Strand, places: &[f64], marked: bool, sketch: &Sketch<'_>) -> Vec<Station> {
    let mut stations: Vec<Station> = Vec::new();
    for curve in &strand.curves {
        let shape = curve.shapes[0];
        // One marker on a line without its own is that of another line.
        if marked && (curve.markers.len() >= 3 || curve.path.len() <= 3 && !curve.markers.is_empty()) {
            stations.extend(curve.markers.iter().map(|marker| Station {
                place: middle(sketch.shapes[*marker].bbox),
                marker: Some(*marker),
                shape,
            }));
            continue;
        }
        for x in places {
            // The corner itself is finer than a place between.
            let corner = curve.path.iter().find(|place| (place.0 - x).abs() < 1.0).copied();
            let place = corner.or_else(|| Some((*x, curve.at(*x)?)));
            stations.extend(place.map(|place| Station { place, marker: None, shape }));
        }
    }
    if marked {
        // A value between two gaps has no line, only its marker.
        let size = strand.stations_size(sketch);
        for index in 0..sketch.shapes.len() {
            let place = middle(sketch.shapes[index].bbox);
            let alike = size.is_some_and(|size| (sketch.shapes[index].bbox.width() - size).abs() < 0.1 * size);
            if alike
                && is_marker(sketch, index, strand.colour)
                && sketch.shapes[index].fill.or(sketch.shapes[index].stroke) == Some(strand.colour)
                && places.iter().any(|x| (x - place.0).abs() < 0.6)
                && !stations.iter().any(|station| (station.place.0 - place.0).abs() < 1.0)
                && strand.is_level(place.1)
            {
                let shape = strand.curves[0].shapes[0];
                stations.push(Station {
                    place,
                    marker: Some(index),
                    shape,
                });
            }
        }
    }
    stations.sort_by(|one, other| one.place.0.total_cmp(&other.place.0));
    stations.dedup_by(|one, other| (one.place.0 - other.place.0).abs() < 0.5);
    stations
}

impl Strand {
    /// How wide its markers are.
    fn stations_size(&self, sketch: &Sketch<'_>) -> Option<f64> {
        let marker = self.curves.iter().flat_map(|curve| &curve.markers).next()?;
        Some(sketch.shapes[*marker].bbox.width())
    }

    /// Whether a height is about that of the strand.
    fn is_level(&self, y: f64) -> bool {
        let (top, bottom) = self.curves.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), curve| {
            let extent = curve.extent();
            (top.min(extent.0), bottom.max(extent.1))
        });
        let room = (bottom - top).max(20.0);
        y > top - room && y < bottom + room
    }
}

/// The words that name points and series.
#[derive(Debug, Clone, Copy)]
struct Named<'a> {
    names: &'a Names,
    legend: &'a [Entry],
    at_ends: Option<&'a [usize]>,
}

fn series(
    strands: &[Strand],
    values: &[Vec<Option<usize>>],
    readings: &[Option<MarkReading>],
    named: Named<'_>,
    sketch: &Sketch<'_>,
) -> Vec<PointSeries> {
    let trimmed = |label: usize| -> Text { sketch.labels[label].text.trimmed() };
    let mut xs: Vec<f64> = strands
        .iter()
        .flat_map(|strand| strand.stations.iter().map(|station| station.place.0))
        .collect();
    sort_apart(&mut xs);
    let reach = 0.45 * pitch(&xs);
    let mut readings = readings.iter().copied();
    strands
        .iter()
        .zip(values)
        .enumerate()
        .map(|(index, (strand, labels))| PointSeries {
            name: named
                .legend
                .iter()
                .find(|entry| entry.colour == strand.colour)
                .map(|entry| entry.label)
                .or_else(|| named.at_ends?.get(index).copied())
                .map(trimmed),
            points: strand
                .stations
                .iter()
                .zip(labels)
                .map(|(station, label)| Point {
                    category: named.names.at(station.place.0, reach, sketch),
                    label: label.map(trimmed),
                    mark: readings.next().flatten(),
                    region: match station.marker {
                        Some(marker) => sketch.shapes[marker].region,
                        None => at(&sketch.shapes[station.shape], station.place),
                    },
                })
                .collect(),
        })
        .collect()
}

/// Whether a line of two points has both figures, the larger one higher, and a name under each.
fn is_pair(stations: &[Station], samples: &[Sample], names: &Names) -> bool {
    let ([_, _], [one, other]) = (stations, samples) else { return false };
    let (Some(first), Some(second)) = (one.figure, other.figure) else {
        return false;
    };
    (second.value - first.value) * (other.extent - one.extent) >= 0.0 && names.len() == 2
}

/// The region of a station of a line without a marker: on a page the spot itself, else the whole line's.
fn at(shape: &Shape, station: Place) -> Region {
    match shape.region {
        Region::Box { page, .. } => Region::Box {
            page,
            bbox: BBox {
                x0: station.0 - 1.0,
                top: station.1 - 1.0,
                x1: station.0 + 1.0,
                bottom: station.1 + 1.0,
            },
        },
        region @ Region::Bytes { .. } => region,
    }
}

/// Whether an axis measures what lies between two heights, given as places along it.
fn spans(axis: &Ticks, low: f64, high: f64) -> bool {
    let room = 1.2 * axis.pitch;
    low > axis.low - room && high < axis.high + room
}
