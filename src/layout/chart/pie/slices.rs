//! The edges of a slice to its share of the turn and the direction it lies in.

use crate::layout::chart::{Colour, Place, Shape};

/// A slice as it lies around the middle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slice {
    pub(super) shape: usize,
    pub(super) fill: Colour,
    /// Share of the whole turn.
    pub(super) share: f64,
    /// Direction of its middle, in radians from twelve o'clock, clockwise.
    pub(super) middle: f64,
}

impl Slice {
    /// A shape that is filled, as so much of the whole turn.
    pub(super) fn of(index: usize, drawn: &Shape, share: f64, middle: f64) -> Option<Self> {
        Some(Self {
            shape: index,
            fill: drawn.fill?,
            share,
            middle,
        })
    }

    /// How far a direction is from the middle of the slice.
    pub(super) fn off_middle(&self, angle: f64) -> f64 {
        let turn = (self.middle - angle).rem_euclid(std::f64::consts::TAU);
        turn.min(std::f64::consts::TAU - turn)
    }

    /// How far a direction is from the slice; less than nothing within it.
    pub(super) fn off_edge(&self, angle: f64) -> f64 {
        self.off_middle(angle) - self.share * std::f64::consts::PI
    }
}

/// A disc or ring.
#[derive(Debug, Clone, Copy)]
pub(super) struct Disc {
    pub(super) centre: Place,
    pub(super) radius: f64,
    /// Radius of the hole of a ring, or nothing.
    pub(super) hole: f64,
}

impl Disc {
    /// The direction of a place, in radians from twelve o'clock, clockwise.
    pub(super) fn angle(self, place: Place) -> f64 {
        (place.0 - self.centre.0).atan2(self.centre.1 - place.1).rem_euclid(std::f64::consts::TAU)
    }

    /// How far a place is from the middle.
    pub(super) fn distance(self, place: Place) -> f64 {
        distance(place, self.centre)
    }
}

pub(super) fn distance(one: Place, other: Place) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

/// How much of the turn the outer edge of a slice takes, and where its middle lies.
pub(super) fn turn_of(points: &[Place], disc: Disc) -> Option<(f64, f64)> {
    let mut angles: Vec<f64> = points
        .iter()
        .filter(|point| disc.distance(**point) > 0.965 * disc.radius)
        .map(|point| disc.angle(*point))
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
