//! Legends: small patches of a series' colour with its name beside.

use super::{Colour, Outline, Sketch};
use crate::layout::BBox;

/// A name in a legend.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) colour: Colour,
    pub(super) label: usize,
    pub(super) shape: usize,
}

/// The entries for some colours, among the shapes that are no marks and not far from them, and the labels that say nothing else.
pub(super) fn legend(sketch: &Sketch<'_>, colours: &[Option<Colour>], marks: &[usize], marks_box: BBox, taken: &[usize]) -> Vec<Entry> {
    let wanted: Vec<Colour> = colours.iter().flatten().copied().collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let (width, height) = (marks_box.width().max(60.0), marks_box.height().max(60.0));
    let reach = BBox {
        x0: marks_box.x0 - width,
        top: marks_box.top - height,
        x1: marks_box.x1 + width,
        bottom: marks_box.bottom + height,
    };
    let small: Vec<(usize, Colour)> = sketch
        .shapes
        .iter()
        .enumerate()
        .filter(|(index, shape)| !sketch.shape_used[*index] && !sketch.among_bars[*index] && !marks.contains(index) && reach.holds(shape.bbox))
        .filter_map(|(index, shape)| {
            let colour = match shape.outline {
                Outline::Line { .. } => shape.stroke,
                _ => shape.fill.or(shape.stroke),
            }?;
            let widest = if matches!(shape.outline, Outline::Line { .. }) { 60.0 } else { 32.0 };
            let small = shape.bbox.width() <= widest && shape.bbox.height() <= 20.0 && shape.bbox.width() >= 2.0;
            (small
                && wanted
                    .iter()
                    .any(|wanted| *wanted == colour || is_tint(*wanted, colour) || is_tint(colour, *wanted)))
            .then_some((index, colour))
        })
        .take(400)
        .collect();
    let mut patches: Vec<(usize, Colour)> = small.iter().copied().filter(|(_, colour)| wanted.contains(colour)).collect();
    if patches.is_empty() {
        patches = small
            .iter()
            .filter_map(|(index, colour)| Some((*index, tinted(*colour, &wanted)?)))
            .collect();
    }
    // The legend closest to the marks is theirs.
    let apart = |index: usize| {
        let bbox = sketch.shapes[index].bbox;
        let across = (marks_box.x0 - bbox.x1).max(bbox.x0 - marks_box.x1).max(0.0);
        across.hypot((marks_box.top - bbox.bottom).max(bbox.top - marks_box.bottom).max(0.0))
    };
    patches.sort_by(|one, other| apart(one.0).total_cmp(&apart(other.0)));
    if let [_] = wanted.as_slice() {
        patches.retain(|(index, colour)| !is_one_of_several(*index, *colour, sketch, marks));
    }
    let behind = named(&patches, sketch, taken, Side::Behind);
    let before = named(&patches, sketch, taken, Side::Before);
    if before.len() > behind.len() { before } else { behind }
}

/// Whether a patch stands in line with one as large of another colour: their legend is that of several series.
fn is_one_of_several(patch: usize, colour: Colour, sketch: &Sketch<'_>, marks: &[usize]) -> bool {
    let bbox = sketch.shapes[patch].bbox;
    let same = |one: f64, other: f64| (one - other).abs() < 0.6;
    sketch.shapes.iter().enumerate().any(|(index, shape)| {
        let other = shape.bbox;
        let as_large = same(other.width(), bbox.width()) && same(other.height(), bbox.height());
        let in_row = same(other.top, bbox.top) && (other.x0 - bbox.x0).abs() < 160.0;
        let in_column = same(other.x0, bbox.x0) && (other.top - bbox.top).abs() < 60.0;
        let coloured = shape.fill.is_some_and(|fill| fill != colour && fill.iter().any(|part| *part < 246));
        as_large && (in_row || in_column) && coloured && !marks.contains(&index)
    })
}

/// The one colour of some that is another with paper mixed in, or the other way round.
fn tinted(patch: Colour, wanted: &[Colour]) -> Option<Colour> {
    let mut tints = wanted.iter().copied().filter(|wanted| is_tint(*wanted, patch) || is_tint(patch, *wanted));
    tints.next().filter(|_| tints.next().is_none())
}

/// Whether a colour is another one seen through: up to two thirds of it are paper.
fn is_tint(tint: Colour, full: Colour) -> bool {
    let depth = |colour: Colour| colour.map(|part| 255.0 - f64::from(part));
    let (tint, full) = (depth(tint), depth(full));
    let (sum, whole) = (tint.iter().sum::<f64>(), full.iter().sum::<f64>());
    let share = sum / whole.max(1.0);
    whole > 60.0 && (0.33..1.0).contains(&share) && tint.iter().zip(full).all(|(tint, full)| (tint - share * full).abs() <= 3.0)
}

/// The words over a legend beside the marks, such as `Region`, which name no series and head no chart.
pub(super) fn legend_title(entries: &[Entry], marks: BBox, sketch: &Sketch<'_>) -> Option<usize> {
    let boxes = || entries.iter().map(|entry| sketch.shapes[entry.shape].bbox);
    let first = boxes().min_by(|one, other| one.top.total_cmp(&other.top))?;
    let in_column = boxes().all(|bbox| (bbox.x0 - first.x0).abs() < 2.0 && bbox.x0 > marks.x1);
    if entries.len() < 2 || !in_column {
        return None;
    }
    let name = entries
        .iter()
        .map(|entry| &sketch.labels[entry.label])
        .min_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top))?;
    let mut over = sketch.labels.iter().enumerate().filter(|(index, label)| {
        let flush = (label.bbox.x0 - first.x0).abs() < 0.8 * label.size || (label.bbox.x0 - name.bbox.x0).abs() < 0.5 * label.size;
        let gap = name.bbox.top - label.bbox.bottom;
        !sketch.label_used[*index] && label.angle == 0.0 && flush && (-0.3 * label.size..1.2 * label.size).contains(&gap)
    });
    let title = over.next()?.0;
    over.next().is_none().then_some(title)
}

/// Whether a label may name a series: words, or a year, but no other number.
fn is_name(label: usize, sketch: &Sketch<'_>) -> bool {
    sketch
        .figure(label)
        .is_none_or(|figure| (1900.0..2100.0).contains(&figure.value) && figure.step >= 1.0)
}

/// On which side of its patch a name stands.
#[derive(Debug, Clone, Copy)]
enum Side {
    Behind,
    Before,
}

/// The patches that have a name on a side of them.
fn named(patches: &[(usize, Colour)], sketch: &Sketch<'_>, taken: &[usize], side: Side) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    // Names before their patches start on one line, so that short ones end far from theirs.
    let in_column = |entries: &[Entry], bbox: BBox| entries.iter().any(|entry| (sketch.labels[entry.label].bbox.x0 - bbox.x0).abs() < 1.0);
    for (shape, colour) in patches.iter().chain(patches).copied() {
        let patch = sketch.shapes[shape].bbox;
        let middle = f64::midpoint(patch.top, patch.bottom);
        let gap = |bbox: BBox| match side {
            Side::Behind => bbox.x0 - patch.x1,
            Side::Before => patch.x0 - bbox.x1,
        };
        let label = sketch
            .labels
            .iter()
            .enumerate()
            .filter(|(index, label)| {
                let level = label.bbox.top <= middle && middle <= label.bbox.bottom;
                !sketch.label_used[*index]
                    && !taken.contains(index)
                    && is_name(*index, sketch)
                    && level
                    && label.angle == 0.0
                    && gap(label.bbox) >= -1.0
                    && (gap(label.bbox) < 1.8 * label.size || gap(label.bbox) < 12.0 * label.size && in_column(&entries, label.bbox))
                    && patch.height() <= 2.0 * label.size
            })
            .min_by(|one, other| gap(one.1.bbox).total_cmp(&gap(other.1.bbox)))
            .map(|(index, _)| index);
        if let Some(label) = label
            && !entries.iter().any(|entry| entry.colour == colour || entry.label == label)
        {
            entries.push(Entry { colour, label, shape });
        }
    }
    entries
}
