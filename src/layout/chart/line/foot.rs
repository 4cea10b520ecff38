//! Where the axis under a line runs.

use super::curves::middle;
use crate::layout::BBox;
use crate::layout::chart::Sketch;

/// Where the axis runs: the last of the level strokes under a line that are about as wide, `widest` at most, and have no row of words between.
pub(super) fn axis_under(reach: BBox, widest: f64, sketch: &Sketch<'_>) -> Option<f64> {
    let mut strokes: Vec<f64> = sketch
        .shapes
        .iter()
        .map(|shape| shape.bbox)
        .filter(|bbox| bbox.height() < 1.5 && bbox.x0 <= reach.x0 + 8.0 && bbox.x1 >= reach.x1 - 8.0 && bbox.width() < widest)
        .map(|bbox| bbox.top)
        .filter(|top| *top > reach.bottom - 1.0 && *top < reach.bottom + 260.0)
        .collect();
    strokes.sort_by(f64::total_cmp);
    let mut axis = *strokes.first()?;
    for next in strokes {
        if row_between(axis, next, reach, sketch) {
            break;
        }
        axis = next;
    }
    Some(axis)
}

/// Whether a row of names stands between two heights: words side by side, or three numbers.
fn row_between(top: f64, bottom: f64, reach: BBox, sketch: &Sketch<'_>) -> bool {
    let within = |bbox: BBox| {
        let (x, y) = middle(bbox);
        (top..bottom).contains(&y) && (reach.x0 - 8.0..reach.x1 + 8.0).contains(&x)
    };
    let labels: Vec<usize> = (0..sketch.labels.len()).filter(|label| within(sketch.labels[*label].bbox)).collect();
    labels.iter().any(|label| {
        let level = |other: &&usize| (sketch.labels[**other].bbox.top - sketch.labels[*label].bbox.top).abs() < 1.0;
        let row: Vec<&usize> = labels.iter().filter(level).collect();
        let words = row.iter().filter(|label| sketch.figure(***label).is_none()).count();
        row.len() >= 3 || words >= 2
    })
}
