//! The numbers around lines: which is printed at which station, and which axis measures them.

use super::curves::middle;
use super::names::pitch;
use super::spans;
use crate::layout::BBox;
use crate::layout::chart::bars::Direction;
use crate::layout::chart::lent::lent_axis;
use crate::layout::chart::ticks::{Area, Ticks, axes};
use crate::layout::chart::{Colour, Place, Sketch};

/// The figure printed over or under each station.
pub(super) fn labels_at(stations: &[Place], free: &[usize], sketch: &Sketch<'_>) -> Vec<Option<usize>> {
    let xs: Vec<f64> = stations.iter().map(|station| station.0).collect();
    let pitch = pitch(&xs);
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for index in free {
        let label = &sketch.labels[*index];
        if sketch.figure(*index).is_none() {
            continue;
        }
        let centre = middle(label.bbox);
        for (station, place) in stations.iter().enumerate() {
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
            pairs.push((distance + 1.5 * across, station, *index));
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    let mut labels = vec![None; stations.len()];
    let mut taken = std::collections::BTreeSet::new();
    for (_, station, label) in pairs {
        if labels[station].is_none() && taken.insert(label) {
            labels[station] = Some(label);
        }
    }
    labels
}

/// The axis that measures lines in an area; none where two disagree and no colour tells whose is which.
pub(super) fn one_axis(area: Area, lowest: f64, free: &[usize], colours: &[Colour], sketch: &Sketch<'_>) -> Option<Ticks> {
    let fitting: Vec<Ticks> = axes(area, free, Direction::Up, sketch)
        .into_iter()
        .filter(|axis| spans(axis, lowest, area.high))
        .collect();
    let first = fitting.first()?;
    let middle = f64::midpoint(lowest, area.high);
    let agrees = |axis: &Ticks| {
        let (one, other) = (first.scale.read(middle), axis.scale.read(middle));
        (one.value - other.value).abs() <= 2.0 * (one.error + other.error)
    };
    if fitting.iter().all(agrees) {
        return fitting.into_iter().next();
    }
    let nearest = fitting.iter().map(|axis| gap(axis, area, sketch)).fold(f64::INFINITY, f64::min);
    let own_side: Vec<&Ticks> = fitting
        .iter()
        .filter(|axis| faces(axis, area, sketch) && gap(axis, area, sketch) <= 1.8 * nearest.max(2.0))
        .collect();
    if let [axis] = own_side.as_slice() {
        return Some((*axis).clone());
    }
    let coloured = |axis: &Ticks| {
        axis.labels
            .iter()
            .all(|label| sketch.labels[*label].colour.is_some_and(|colour| colours == [colour]))
    };
    let mut own = fitting.into_iter().filter(coloured);
    own.next().filter(|_| own.next().is_none())
}

/// The axis of a chart beside, where its lines run on behind the lines in an area and no number stands at these that may be of another.
pub(super) fn axis_beside(area: Area, lowest: f64, free: &[usize], sketch: &Sketch<'_>) -> Option<Ticks> {
    let at_side = |index: &usize| {
        let bbox = sketch.labels[*index].bbox;
        let level = -middle(bbox).1 > area.low && -middle(bbox).1 < area.high;
        level && (bbox.x0 > area.to || bbox.x1 < area.from) && sketch.figure(*index).is_some()
    };
    let axis = lent_axis(area, Direction::Up, sketch).filter(|axis| spans(axis, lowest, area.high))?;
    (!free.iter().any(at_side)).then_some(axis)
}

/// How far the labels of an axis stand from what it measures.
fn gap(axis: &Ticks, area: Area, sketch: &Sketch<'_>) -> f64 {
    let labels = axis.labels.iter().map(|label| sketch.labels[*label].bbox);
    labels
        .map(|bbox| (area.from - bbox.x1).max(bbox.x0 - area.to))
        .fold(f64::INFINITY, f64::min)
}

/// Whether the labels of an axis stand flush with the side that faces the area: else they are those of a chart beside.
fn faces(axis: &Ticks, area: Area, sketch: &Sketch<'_>) -> bool {
    let boxes = || axis.labels.iter().map(|label| sketch.labels[*label].bbox);
    let spread = |side: fn(BBox) -> f64| {
        let (least, most) = boxes().map(side).fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), side| {
            (least.min(side), most.max(side))
        });
        most - least
    };
    let (left, right) = (spread(|bbox| bbox.x0), spread(|bbox| bbox.x1));
    let before = boxes().all(|bbox| f64::midpoint(bbox.x0, bbox.x1) < area.from);
    if before { right <= left + 0.5 } else { left <= right + 0.5 }
}
