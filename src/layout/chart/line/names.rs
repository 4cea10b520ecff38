//! The words around lines: the row of names under the axis, and the names at the ends of the lines.

use super::curves::{Curve, middle};
use crate::layout::Text;
use crate::layout::chart::{Label, Sketch};

/// The names of the places along an axis.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// The labels of each place, from left to right, with where it stands.
    places: Vec<(f64, Vec<usize>)>,
}

impl Names {
    /// All their labels.
    pub(super) fn labels(&self) -> impl Iterator<Item = usize> + '_ {
        self.places.iter().flat_map(|(_, labels)| labels.iter().copied())
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The top of the first row.
    pub(super) fn top(&self, sketch: &Sketch<'_>) -> Option<f64> {
        self.labels().map(|label| sketch.labels[label].bbox.top).min_by(f64::total_cmp)
    }

    /// The name of a place that is no farther than `reach` from where the name stands.
    pub(super) fn at(&self, x: f64, reach: f64, sketch: &Sketch<'_>) -> Option<Text> {
        let (_, labels) = self
            .places
            .iter()
            .filter(|(place, _)| (place - x).abs() < reach)
            .min_by(|one, other| (one.0 - x).abs().total_cmp(&(other.0 - x).abs()))?;
        let mut text = sketch.labels[*labels.first()?].text.trimmed();
        for label in &labels[1..] {
            text.append(&sketch.labels[*label].text.trimmed(), " ");
        }
        Some(text)
    }
}

/// Where along the axis a label stands: a slanted one ends, or starts, at its place.
fn anchor(label: &Label) -> f64 {
    match label.angle {
        angle if (10.0..80.0).contains(&-angle) => label.bbox.x1 - 0.35 * label.size,
        angle if (10.0..80.0).contains(&angle) => label.bbox.x0 + 0.35 * label.size,
        _ => middle(label.bbox).0,
    }
}

/// Lines of one name.
const MOST_LINES: usize = 4;

/// What names are looked for under.
#[derive(Debug, Clone, Copy)]
pub(super) enum Under {
    /// The lowest place of a line: values may stand there before the names do.
    Line(f64),
    /// The foot of an area, where only names stand.
    Foot(f64),
}

/// The row of words under a line whose labels stand at the stations; the next rows too, where words run over several lines.
///
/// Not every station needs a name, but every name a station.
pub(super) fn names(stations: &[f64], under: Under, free: &[usize], sketch: &Sketch<'_>) -> Names {
    let (Under::Line(lowest) | Under::Foot(lowest)) = under;
    let pitch = pitch(stations);
    let (Some(first), Some(last)) = (stations.first(), stations.last()) else {
        return Names::default();
    };
    let (from, to) = (first - 0.5 * pitch.min(200.0), last + 0.5 * pitch.min(200.0));
    let station_of = |label: usize| {
        let place = anchor(&sketch.labels[label]);
        stations
            .iter()
            .copied()
            .filter(|station| (station - place).abs() < (0.3 * pitch).max(1.0))
            .min_by(|one, other| (one - place).abs().total_cmp(&(other - place).abs()))
    };
    let mut rows: Vec<Vec<usize>> = rows(lowest, free, sketch);
    for row in &mut rows {
        row.retain(|label| (from..=to).contains(&anchor(&sketch.labels[*label])));
    }
    let aligned = |row: &[usize]| row.iter().filter(|label| station_of(**label).is_some()).count();
    let fits: Vec<usize> = (0..rows.len())
        .filter(|row| {
            let held = aligned(&rows[*row]);
            held * 10 >= rows[*row].len() * 8 && held >= 2 && held * 8 >= stations.len().min(48)
        })
        .collect();
    let words = |row: &[usize]| row.iter().filter(|label| sketch.figure(**label).is_none()).count();
    // Values can stand under a falling line; names are words, or the row nearest the axis.
    let row = fits.iter().copied().find(|row| words(&rows[*row]) * 2 > rows[*row].len()).or_else(|| {
        let below = |row: usize| matches!(under, Under::Foot(_)) || sketch.labels[rows[row][0]].bbox.top > lowest + 12.0;
        fits.last().copied().filter(|row| fits.len() > 1 || below(*row))
    });
    let Some(row) = row else { return Names::default() };
    let mut names = Names::default();
    for label in &rows[row] {
        if let Some(station) = station_of(*label) {
            names.places.push((station, vec![*label]));
        }
    }
    names.places.sort_by(|one, other| one.0.total_cmp(&other.0));
    names.places.dedup_by(|one, other| (one.0 - other.0).abs() < 0.01);
    for pair in rows[row..].windows(2).take(MOST_LINES - 1) {
        if !run_over(&mut names, &pair[0], &pair[1], &station_of, sketch) {
            break;
        }
    }
    names
}

/// Adds a further line of names, where all of it stands under the one before; whether it does.
fn run_over(names: &mut Names, row: &[usize], next: &[usize], station_of: &dyn Fn(usize) -> Option<f64>, sketch: &Sketch<'_>) -> bool {
    let first = &sketch.labels[row[0]];
    let close = next.iter().all(|label| {
        let label = &sketch.labels[*label];
        label.bbox.top - first.bbox.bottom < 0.5 * first.size
            && (label.size - first.size).abs() < 0.1 * first.size
            && (label.angle - first.angle).abs() < 1.0
    });
    let under = next.iter().all(|label| station_of(*label).is_some());
    let few_figures = next.len() * 2 < row.len() && next.iter().all(|label| sketch.figure(*label).is_some());
    if next.is_empty() || !close || !under || few_figures {
        return false;
    }
    for label in next {
        let Some(station) = station_of(*label) else { continue };
        if let Some((_, labels)) = names.places.iter_mut().find(|(place, _)| (place - station).abs() < 0.01) {
            labels.push(*label);
        }
    }
    true
}

/// Where names stand along an axis whose line has no corners of its own: the first row that is evenly spaced.
pub(super) fn even_row(from: f64, to: f64, lowest: f64, free: &[usize], sketch: &Sketch<'_>) -> Vec<f64> {
    for row in rows(lowest, free, sketch) {
        let mut places: Vec<f64> = row.iter().map(|label| anchor(&sketch.labels[*label])).collect();
        places.sort_by(f64::total_cmp);
        let pitch = (places[places.len() - 1] - places[0]) / (places.len().max(2) - 1) as f64;
        let even = places.windows(2).all(|pair| (pair[1] - pair[0] - pitch).abs() < 0.03 * pitch + 0.6);
        let within = places[0] > from - 0.6 * pitch && places[places.len() - 1] < to + 0.6 * pitch;
        if places.len() >= 3 && even && within {
            return places.into_iter().filter(|place| (from - 0.5..=to + 0.5).contains(place)).collect();
        }
    }
    Vec::new()
}

/// Labels under a height in rows, the highest first, each from left to right.
fn rows(lowest: f64, free: &[usize], sketch: &Sketch<'_>) -> Vec<Vec<usize>> {
    let mut under: Vec<usize> = free
        .iter()
        .copied()
        .filter(|index| {
            let label = &sketch.labels[*index];
            label.bbox.top > lowest - 0.3 * label.size && !label.text.string.trim().is_empty()
        })
        .collect();
    let top = |index: usize| sketch.labels[index].bbox.top;
    under.sort_by(|one, other| top(*one).total_cmp(&top(*other)).then(one.cmp(other)));
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for index in under {
        match rows.last_mut() {
            Some(row) if (top(row[0]) - top(index)).abs() < 2.0 => row.push(index),
            _ => rows.push(vec![index]),
        }
    }
    for row in &mut rows {
        row.sort_by(|one, other| sketch.labels[*one].bbox.x0.total_cmp(&sketch.labels[*other].bbox.x0));
    }
    rows
}

/// The least way from one station to the next.
pub(super) fn pitch(stations: &[f64]) -> f64 {
    stations
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .filter(|pitch| *pitch > 0.5)
        .fold(f64::INFINITY, f64::min)
        .min(1e4)
}

/// The name printed beside the end of each curve, where each of them has one.
pub(super) fn end_names(curves: &[Curve], free: &[usize], sketch: &Sketch<'_>) -> Option<Vec<usize>> {
    let mut taken: Vec<usize> = Vec::new();
    for curve in curves {
        let end = curve.end();
        let name = free
            .iter()
            .copied()
            .filter(|index| {
                let label = &sketch.labels[*index];
                let gap = label.bbox.x0 - end.0;
                let level = (middle(label.bbox).1 - end.1).abs();
                (0.0..3.0 * label.size).contains(&gap) && level < 0.7 * label.size && label.angle == 0.0 && !taken.contains(index)
            })
            .min_by(|one, other| {
                let far = |index: usize| (middle(sketch.labels[index].bbox).1 - end.1).abs();
                far(*one).total_cmp(&far(*other)).then(one.cmp(other))
            })?;
        taken.push(name);
    }
    // Numbers there are the last values, unless they are years.
    let years = |label: &usize| {
        let string = sketch.labels[*label].text.string.trim();
        string.len() == 4 && (string.starts_with("19") || string.starts_with("20")) && string.bytes().all(|byte| byte.is_ascii_digit())
    };
    let worded = |label: &usize| sketch.figure(*label).is_none();
    (taken.iter().all(worded) || taken.len() > 1 && taken.iter().all(years)).then_some(taken)
}
