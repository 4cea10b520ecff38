//! The words printed over a chart: charts and the labels that are free in, the charts with their headings out.

use super::{Chart, Label, Sketch};
use crate::layout::{BBox, Region, Text};

/// Most lines of a heading.
const MOST_LINES: usize = 4;
/// Most characters of a heading; longer ones are paragraphs.
const MOST_CHARACTERS: usize = 200;

/// Notes the heading of each chart that prints none inside. The words stay free: they stand over the chart for whoever reads the page.
pub(super) fn give_headings(charts: &mut [Chart], sketch: &Sketch<'_>) {
    let free: Vec<&Label> = (0..sketch.labels.len())
        .filter(|index| !sketch.label_used[*index])
        .map(|index| &sketch.labels[index])
        .filter(|label| label.angle == 0.0)
        .collect();
    for chart in charts.iter_mut().filter(|chart| chart.title.is_none()) {
        let Some(taken) = sketch.taken.iter().find(|taken| taken.region == chart.region) else {
            continue;
        };
        chart.heading = heading(taken, &sketch.taken, &free);
    }
}

/// What a chart stands on: its box as drawn, and the size of its letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) region: Region,
    pub(super) bbox: BBox,
    pub(super) size: f64,
}

/// The nearest words over a chart that are no smaller than its own, with the lines that belong to them.
fn heading(taken: &Taken, all: &[Taken], free: &[&Label]) -> Option<Text> {
    let bbox = taken.bbox;
    let is_over = |label: &Label, margin: f64| {
        let gap = bbox.top - label.bbox.bottom;
        let beside = label.bbox.x0 < bbox.x1 && label.bbox.x1 > bbox.x0 - margin;
        let wide = label.bbox.width() <= 1.6 * bbox.width().max(60.0);
        gap > -1.2 * label.size && gap <= 6.0 * taken.size.max(6.0) && beside && wide && label.size >= 0.95 * taken.size
    };
    // Words between two charts are the lower one's heading, unless they hang under the upper one, as its source does.
    let hangs_on = |label: &Label| {
        all.iter().any(|other| {
            let gap = label.bbox.top - other.bbox.bottom;
            let across = label.bbox.x0 < other.bbox.x1 && label.bbox.x1 > other.bbox.x0;
            other.region != taken.region && across && gap > -0.5 * label.size && gap < 0.5 * (bbox.top - label.bbox.bottom)
        })
    };
    let is_named = |label: &Label| label.text.string.chars().filter(|character| character.is_alphabetic()).count() >= 3;
    let nearest = |margin: f64| {
        let over = free.iter().filter(|label| is_over(label, margin) && is_named(label) && !hangs_on(label));
        over.max_by(|one, other| one.bbox.bottom.total_cmp(&other.bbox.bottom).then(other.bbox.x0.total_cmp(&one.bbox.x0)))
    };
    // A disc in the middle of its column has its heading at the column's edge.
    let is_over_another = |label: &Label| {
        all.iter().any(|other| {
            let across = label.bbox.x0 < other.bbox.x1 && label.bbox.x1 > other.bbox.x0;
            other.region != taken.region && across && other.bbox.top > label.bbox.top && other.bbox.top < bbox.bottom
        })
    };
    let nearest = nearest(0.1 * bbox.width()).or_else(|| nearest(0.75 * bbox.width()).filter(|label| !is_over_another(label)))?;
    let mut rows = vec![row(nearest, free)];
    while let Some(above) = free.iter().map(|label| row(label, free)).find(|above| continues(above, &rows[0])) {
        rows.insert(0, above);
        if rows.len() > MOST_LINES {
            return None;
        }
    }
    let mut heading = Text::default();
    for label in rows.iter().flat_map(|row| &row.labels) {
        heading.append(&label.text.trimmed(), " ");
    }
    (heading.string.chars().count() <= MOST_CHARACTERS).then_some(heading)
}

/// Words on one line.
struct Row<'a> {
    labels: Vec<&'a Label>,
    bbox: BBox,
    size: f64,
}

/// The words on the line of a label, as far as they stand close to one another.
fn row<'a>(label: &'a Label, free: &[&'a Label]) -> Row<'a> {
    let size = label.size;
    let level = |other: &&Label| (other.bbox.bottom - label.bbox.bottom).abs() < 0.3 * size && (other.size - size).abs() < 0.2 * size;
    let mut labels: Vec<&Label> = free.iter().copied().filter(level).collect();
    labels.sort_by(|one, other| one.bbox.x0.total_cmp(&other.bbox.x0));
    let mut runs = labels.chunk_by(|one, next| next.bbox.x0 - one.bbox.x1 < 2.0 * size);
    let labels = runs
        .find(|run| run.iter().any(|one| std::ptr::eq(*one, label)))
        .map_or_else(|| vec![label], <[&Label]>::to_vec);
    let bbox = labels.iter().map(|label| label.bbox).fold(label.bbox, BBox::union);
    Row { labels, bbox, size }
}

/// Whether the second line goes on where the first ends: same letters, the next line down, and set alike.
fn continues(above: &Row<'_>, below: &Row<'_>) -> bool {
    let size = below.size;
    let step = below.bbox.top - above.bbox.bottom;
    let middle = |bbox: BBox| f64::midpoint(bbox.x0, bbox.x1);
    let aligned = (above.bbox.x0 - below.bbox.x0).abs() < 0.5 * size || (middle(above.bbox) - middle(below.bbox)).abs() < 0.5 * size;
    // Lines after the first may be set in.
    let hangs = (0.0..8.0 * size).contains(&(below.bbox.x0 - above.bbox.x0)) && above.bbox.x1 > below.bbox.x1;
    (above.size - size).abs() < 0.2 * size && (-0.6 * size..0.6 * size).contains(&step) && above.bbox.top < below.bbox.top && (aligned || hangs)
}
