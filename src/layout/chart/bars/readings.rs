//! Bars to values: by an axis that measures them, else by the labels of the others.

use super::bar::{Bar, Body, Direction, Seen, is_broken};
use crate::layout::chart::scale::{Growth, Sample, Scale, agree, by_other_labels};
use crate::layout::chart::ticks::{Area, Ticks};
use crate::layout::chart::{ChartKind, MarkReading, Sketch};

/// What the bars of a chart are read by.
#[derive(Debug, Clone, Copy)]
pub(super) struct MarkScale {
    /// The scale of their axis.
    pub(super) axis: Option<Scale>,
    /// Whether they stand on each other.
    pub(super) kind: ChartKind,
    /// Whether they are too few for their labels to outvote each other.
    pub(super) pair: bool,
}

/// What some bars take up.
pub(in crate::layout::chart) fn area(bars: &[Bar]) -> Area {
    let least = |side: fn(&Bar) -> f64| bars.iter().map(side).fold(f64::INFINITY, f64::min);
    let most = |side: fn(&Bar) -> f64| bars.iter().map(side).fold(f64::NEG_INFINITY, f64::max);
    Area {
        low: least(|bar| bar.base.min(bar.tip)),
        high: most(|bar| bar.base.max(bar.tip)),
        from: least(|bar| bar.from),
        to: most(|bar| bar.to),
    }
}

/// Whether an axis is that of some bars: they start at its zero, or at its foot where zero lies below, and end on it.
pub(in crate::layout::chart) fn measures(axis: &Ticks, bars: &[Bar]) -> bool {
    let base = bars[0].base;
    let room = 1.2 * axis.pitch;
    // Bars that grow both ways stand on an axis that does.
    if bars.iter().any(|bar| bar.tip < bar.base) && axis.low > base - 0.5 * axis.pitch {
        return false;
    }
    let outside = bars.iter().filter(|bar| bar.tip > axis.high + room || bar.tip < axis.low - room).count();
    if outside * 10 > bars.len() {
        return false;
    }
    let at_foot = base <= axis.low + 0.2 * axis.pitch && base >= axis.low - room;
    match axis.scale.zero() {
        Some(zero) if zero >= axis.low - axis.slack && zero <= axis.high + axis.slack => (base - zero).abs() <= axis.slack,
        Some(zero) if zero < axis.low => at_foot,
        Some(_) => base <= axis.high + room && base >= axis.high - 0.2 * axis.pitch,
        None => axis.scale.growth == Growth::Powers && at_foot,
    }
}

/// The value of each bar.
pub(super) fn readings(bars: &[Bar], samples: &[Sample], scale: MarkScale, sketch: &Sketch<'_>, direction: Direction) -> Vec<Option<MarkReading>> {
    if is_broken(bars, sketch.shapes, direction) {
        return vec![None; bars.len()];
    }
    let by_axis = scale
        .axis
        .map(|axis| by_axis(bars, axis, scale.kind))
        .filter(|readings| !contradicted(readings, samples));
    let readings = match by_axis {
        Some(readings) => readings,
        None if scale.pair || agree(samples) => by_other_labels(samples)
            .into_iter()
            .zip(bars)
            .map(|(reading, bar)| {
                reading.map(|reading| MarkReading {
                    value: reading.value * bar.sign(),
                    ..reading
                })
            })
            .collect(),
        None => vec![None; bars.len()],
    };
    let seen = |bar: &Bar| bar.tip_seen() == Seen::Whole && bar.body != Body::Nothing;
    readings
        .into_iter()
        .zip(bars.iter().zip(samples))
        .map(|(reading, (bar, sample))| reading.filter(|_| seen(bar)).map(|reading| signed(reading, sample)))
        .collect()
}

/// Bars that grow the other way may be printed without a minus, as the two sides of a pyramid are.
fn signed(reading: MarkReading, sample: &Sample) -> MarkReading {
    let opposite = sample.figure.is_some_and(|figure| figure.value * reading.value < 0.0);
    MarkReading {
        value: if opposite { -reading.value } else { reading.value },
        ..reading
    }
}

fn by_axis(bars: &[Bar], axis: Scale, kind: ChartKind) -> Vec<Option<MarkReading>> {
    bars.iter()
        .map(|bar| match kind {
            ChartKind::StackedBar => axis.read_between(bar.base, bar.tip),
            _ => Some(axis.read(bar.tip)),
        })
        .collect()
}

/// Whether so many labels say otherwise that the axis cannot be that of the bars.
fn contradicted(readings: &[Option<MarkReading>], samples: &[Sample]) -> bool {
    let mut known = 0;
    let mut apart = 0;
    for (reading, sample) in readings.iter().zip(samples) {
        let (Some(reading), Some(figure)) = (reading, sample.figure) else {
            continue;
        };
        known += 1;
        let slack = (3.0 * reading.error).max(0.05 * reading.value.abs()) + figure.step;
        apart += usize::from((figure.value.abs() - reading.value.abs()).abs() > slack);
    }
    known >= 3 && apart * 5 >= known * 2
}
