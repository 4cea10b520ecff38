//! Discs whose slices were pulled apart: each slice moved back to the middle of all.

use super::slices::distance;
use crate::layout::chart::Place;

/// Points of one slice; more are no slice.
const MOST_POINTS: usize = 600;

/// The middle that a slice of a full disc was cut around, and its radius: the one corner that all of its other points are as far from.
pub(super) fn own_disc(points: &[Place]) -> Option<(Place, f64)> {
    if points.len() < 5 || points.len() > MOST_POINTS {
        return None;
    }
    points.iter().find_map(|corner| {
        let radius = points.iter().map(|point| distance(*point, *corner)).fold(0.0, f64::max);
        let on_edge = |point: &&Place| (distance(**point, *corner) - radius).abs() < 0.01 * radius;
        // The path may come back to its corner.
        let at_corner = points.iter().filter(|point| distance(**point, *corner) < 0.01 * radius).count();
        (radius > 6.0 && points.iter().filter(on_edge).count() + at_corner == points.len()).then_some((*corner, radius))
    })
}

/// The middle and radius of the disc that some slices were pulled out of; none where they are of different discs, or far from one.
pub(super) fn common_disc(discs: &[(Place, f64)]) -> Option<(Place, f64)> {
    let (_, radius) = *discs.first()?;
    let count = discs.len() as f64;
    let centre = (
        discs.iter().map(|disc| disc.0.0).sum::<f64>() / count,
        discs.iter().map(|disc| disc.0.1).sum::<f64>() / count,
    );
    let fits = |disc: &(Place, f64)| (disc.1 - radius).abs() < 0.02 * radius && distance(disc.0, centre) < 0.35 * radius;
    discs.iter().all(fits).then_some((centre, radius))
}
