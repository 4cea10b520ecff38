//! Lengths of marks to values: by the ticks of an axis, else by the labels of the other marks.

use super::figure::Figure;
use super::{MarkReading, MarkUnit};

/// What a mark's drawn length can be sure of, in units of the drawing.
const DRAWN: f64 = 0.4;
/// The share of labels that must agree on a scale.
const AGREEING: f64 = 0.6;

/// A mark's extent (length, height or angle) and the figure printed at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sample {
    /// Extent in units of the drawing.
    pub(super) extent: f64,
    /// What the label says.
    pub(super) figure: Option<Figure>,
}

/// How values grow along a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Growth {
    /// By as much at each step.
    Even,
    /// By as many times at each step: a logarithmic axis.
    Powers,
}

/// Whether the numbers of a scale that grows both ways from nought bear their signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// What grows back is printed with a minus.
    Printed,
    /// Both ways count alike, as the two sides of a pyramid do.
    LeftOut,
}

/// A scale: value = `offset` + `slope` × extent, or ten to that power.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    pub(super) offset: f64,
    pub(super) slope: f64,
    /// Half-width of what the scale can be sure of, in values, or in powers of ten.
    pub(super) error: f64,
    pub(super) growth: Growth,
    pub(super) unit: MarkUnit,
    pub(super) signs: Signs,
}

impl Scale {
    fn at(self, extent: f64) -> f64 {
        let straight = self.offset + self.slope * extent;
        match self.growth {
            Growth::Even if self.signs == Signs::LeftOut => straight.abs(),
            Growth::Even => straight,
            Growth::Powers => 10_f64.powf(straight),
        }
    }

    /// Reads an extent off an axis.
    pub(super) fn read(self, extent: f64) -> MarkReading {
        let (value, unsure) = (self.at(extent), self.error + DRAWN * self.slope.abs());
        MarkReading {
            value,
            error: match self.growth {
                Growth::Even => unsure,
                Growth::Powers => value * (10_f64.powf(unsure) - 1.0),
            },
            from_axis: true,
            unit: self.unit,
        }
    }

    /// Reads a mark that starts where another ends; none on a logarithmic axis, where lengths say nothing.
    pub(super) fn read_between(self, start: f64, end: f64) -> Option<MarkReading> {
        (self.growth == Growth::Even).then(|| MarkReading {
            value: self.slope * (end - start),
            error: self.error + 1.4 * DRAWN * self.slope.abs(),
            from_axis: true,
            unit: self.unit,
        })
    }

    /// Where along the axis zero stands; nowhere on a logarithmic one.
    pub(super) fn zero(self) -> Option<f64> {
        (self.growth == Growth::Even && self.slope != 0.0).then(|| -self.offset / self.slope)
    }
}

/// The scale through the ticks of an axis: even, else logarithmic, where they lie on one within `slack` units of the drawing.
pub(super) fn through_ticks(ticks: &[(f64, f64)], slack: f64) -> Option<Scale> {
    let powers = || {
        if !ticks.iter().all(|(_, value)| *value > 0.0) {
            return None;
        }
        let logarithms: Vec<(f64, f64)> = ticks.iter().map(|(extent, value)| (*extent, value.log10())).collect();
        straight(&logarithms, slack, Growth::Powers)
    };
    straight(ticks, slack, Growth::Even).or_else(powers)
}

fn straight(ticks: &[(f64, f64)], slack: f64, growth: Growth) -> Option<Scale> {
    if ticks.len() < 3 || are_off_any_line(ticks, slack) {
        return None;
    }
    let worst = |(slope, offset): (f64, f64)| {
        let misses = ticks.iter().map(|(extent, value)| (value - offset - slope * extent).abs());
        misses.fold(0.0, f64::max)
    };
    // Lines that were moved to whole dots lie on no line through two of them, but all about as far from the one between.
    let lines = [robust_line(ticks), least_squares(ticks)].into_iter().flatten();
    let (slope, offset) = lines.min_by(|one, other| worst(*one).total_cmp(&worst(*other)))?;
    if slope == 0.0 {
        return None;
    }
    let worst = worst((slope, offset));
    let allowed = slack * slope.abs();
    (worst <= allowed).then_some(Scale {
        offset,
        slope,
        error: worst.max(0.3 * allowed),
        growth,
        unit: MarkUnit::Plain,
        signs: Signs::Printed,
    })
}

/// Whether some ticks lie on no line within `slack`, as it shows before one is looked for: where the first and the last do, the others stand
/// between them in proportion to their values, each as far off as all three together may be.
fn are_off_any_line(ticks: &[(f64, f64)], slack: f64) -> bool {
    let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
    let (length, rise) = (last.0 - first.0, last.1 - first.1);
    if !rise.is_finite() || length.abs() <= 2.0 * slack {
        return false;
    }
    let is_off = |tick: &(f64, f64)| {
        let share = (tick.1 - first.1) / rise;
        (share * length - (tick.0 - first.0)).abs() > 2.0001 * slack * (1.0 + share.abs()) + 1e-6
    };
    rise == 0.0 || ticks.iter().any(is_off)
}

/// Whether labels and extents belong together: most of them stand in one proportion, or on one line.
pub(super) fn agree(samples: &[Sample]) -> bool {
    let known = known(samples);
    if known.len() < 2 {
        return false;
    }
    let fits = |scale: Option<Scale>| {
        let Some(scale) = scale else { return false };
        let close: Vec<&(f64, Figure)> = known
            .iter()
            .filter(|(extent, figure)| {
                let expected = scale.at(*extent);
                (figure.value.abs() - expected).abs() <= 0.1 * expected.abs() + 0.6 * figure.step + 1.0 * scale.slope.abs()
            })
            .collect();
        let first = close.first().map_or(0.0, |close| close.0);
        let varied = close.iter().any(|(extent, _)| (extent - first).abs() > 1.0);
        let level = known
            .iter()
            .all(|(_, figure)| (figure.value - known[0].1.value).abs() <= 0.02 * known[0].1.value.abs());
        // One of two cannot outvote the other; boxes of one height say nothing unless their figures are one too.
        close.len() >= 2 && close.len() as f64 >= AGREEING * known.len() as f64 && (varied || level)
    };
    fits(proportion(&known)) || known.len() >= 5 && fits(line(&known))
}

/// The value that each mark's extent stands for by the labels of the others.
pub(super) fn by_other_labels(samples: &[Sample]) -> Vec<Option<MarkReading>> {
    let all = known(samples);
    let in_proportion = misfit(proportion(&all), &all);
    // A scale that starts off zero shows in that a line fits far better than a proportion.
    let straight = all.len() >= 5 && in_proportion > 4.0 * misfit(line(&all), &all) + 1e-9 && in_proportion > 0.03;
    let is_known = |sample: &Sample| sample.figure.is_some() && sample.extent.is_finite() && sample.extent >= 0.0;
    let places: Vec<usize> = (0..samples.len()).filter(|index| is_known(&samples[*index])).collect();
    let ratios = ratios(&all);
    let (mut others, mut misses) = (Vec::with_capacity(all.len()), Vec::with_capacity(all.len()));
    samples
        .iter()
        .enumerate()
        .map(|(index, sample)| {
            // Which of those that are known it is, if it is one.
            let own = places.binary_search(&index).ok();
            others.clear();
            others.extend(all.iter().enumerate().filter(|(other, _)| Some(*other) != own).map(|(_, known)| *known));
            let least = if straight { 3 } else { 1 };
            if others.len() < least || !sample.extent.is_finite() {
                return None;
            }
            let scale = if straight { line(&others) } else { proportion_among(&ratios, own) }?;
            misses.clear();
            misses.extend(others.iter().map(|(extent, figure)| (figure.value.abs() - scale.at(*extent)).abs()));
            let typical = median_of(&mut misses)?;
            let rounding = others.iter().map(|(_, figure)| figure.step).fold(0.0, f64::max) / 2.0;
            let longest = others.iter().map(|(extent, _)| *extent).fold(0.0, f64::max);
            // Rounded labels leave the slope itself unsure, the more so the shorter the marks that give it.
            let leverage = if longest > 0.0 { sample.extent / longest } else { 1.0 };
            let relative = if others.len() < 3 { 0.02 } else { 0.0 };
            // Where the others agree to a hair, so finely was this one drawn.
            let drawn = if others.len() < 3 {
                DRAWN * scale.slope.abs()
            } else {
                (8.0 * typical).clamp(0.12 * scale.slope.abs(), DRAWN * scale.slope.abs())
            };
            Some(MarkReading {
                value: scale.at(sample.extent),
                error: drawn + 3.0 * typical + rounding * leverage.max(1.0) + relative * scale.at(sample.extent).abs(),
                from_axis: false,
                unit: MarkUnit::Plain,
            })
        })
        .collect()
}

/// Whether labels and heights lie on one line, wherever zero may be.
pub(super) fn agree_on_line(samples: &[Sample]) -> bool {
    let known = known_anywhere(samples);
    let Some(scale) = line(&known).filter(|scale| scale.slope > 0.0) else {
        // A level line says nothing, but says it consistently.
        return known.len() >= 3 && known.iter().all(|(_, figure)| (figure.value - known[0].1.value).abs() < f64::EPSILON);
    };
    let close = known
        .iter()
        .filter(|(extent, figure)| (figure.value - scale.at(*extent)).abs() <= 0.6 * figure.step + 1.5 * scale.slope)
        .count();
    close as f64 >= 0.7 * known.len() as f64
}

/// The value that each height stands for by the line through the labels of the others.
pub(super) fn by_line_of_others(samples: &[Sample]) -> Vec<Option<MarkReading>> {
    samples
        .iter()
        .enumerate()
        .map(|(index, sample)| {
            let others: Vec<Sample> = samples
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index)
                .map(|(_, sample)| *sample)
                .collect();
            let others = known_anywhere(&others);
            if others.len() < 3 {
                return None;
            }
            let scale = line(&others)?;
            let typical = median(others.iter().map(|(extent, figure)| (figure.value - scale.at(*extent)).abs()).collect())?;
            let rounding = others.iter().map(|(_, figure)| figure.step).fold(0.0, f64::max);
            Some(MarkReading {
                value: scale.at(sample.extent),
                error: DRAWN * scale.slope.abs() + 4.0 * typical + rounding,
                from_axis: false,
                unit: MarkUnit::Plain,
            })
        })
        .collect()
}

fn known_anywhere(samples: &[Sample]) -> Vec<(f64, Figure)> {
    samples
        .iter()
        .filter(|sample| sample.extent.is_finite())
        .filter_map(|sample| Some((sample.extent, sample.figure?)))
        .collect()
}

fn known(samples: &[Sample]) -> Vec<(f64, Figure)> {
    samples
        .iter()
        .filter(|sample| sample.extent.is_finite() && sample.extent >= 0.0)
        .filter_map(|sample| Some((sample.extent, sample.figure?)))
        .collect()
}

fn misfit(scale: Option<Scale>, known: &[(f64, Figure)]) -> f64 {
    let largest = known.iter().map(|(_, figure)| figure.value.abs()).fold(1e-9, f64::max);
    scale.map_or(f64::INFINITY, |scale| {
        median(
            known
                .iter()
                .map(|(extent, figure)| (figure.value.abs() - scale.at(*extent)).abs() / largest)
                .collect(),
        )
        .unwrap_or(f64::INFINITY)
    })
}

/// The proportion most labels stand in: the median, long marks counting more than short ones.
fn proportion(known: &[(f64, Figure)]) -> Option<Scale> {
    proportion_among(&ratios(known), None)
}

/// What one label makes of a unit of its mark's length.
#[derive(Debug, Clone, Copy)]
struct Ratio {
    slope: f64,
    extent: f64,
    /// Which of the labels it is.
    label: usize,
}

/// The ratios of some labels, the smallest first.
fn ratios(known: &[(f64, Figure)]) -> Vec<Ratio> {
    let mut ratios: Vec<Ratio> = known
        .iter()
        .enumerate()
        .filter(|(_, (extent, figure))| *extent > 0.5 && figure.value != 0.0)
        .map(|(label, (extent, figure))| Ratio {
            slope: figure.value.abs() / extent,
            extent: *extent,
            label,
        })
        .collect();
    ratios.sort_by(|one, other| one.slope.total_cmp(&other.slope));
    ratios
}

/// As [`proportion`], of sorted ratios less that of one label.
fn proportion_among(ratios: &[Ratio], less: Option<usize>) -> Option<Scale> {
    let ratios = || ratios.iter().filter(|ratio| Some(ratio.label) != less);
    // A single long mark with a wrong label must not outweigh the rest.
    let longest = ratios().map(|ratio| ratio.extent).fold(0.0, f64::max);
    let weight = |ratio: &Ratio| ratio.extent.min(0.3 * longest).max(1e-6);
    let total: f64 = ratios().map(weight).sum();
    let mut sum = 0.0;
    let slope = ratios().find_map(|ratio| {
        sum += weight(ratio);
        (sum * 2.0 >= total).then_some(ratio.slope)
    })?;
    Some(Scale {
        offset: 0.0,
        slope,
        error: 0.0,
        growth: Growth::Even,
        unit: MarkUnit::Plain,
        signs: Signs::Printed,
    })
}

fn line(known: &[(f64, Figure)]) -> Option<Scale> {
    let points: Vec<(f64, f64)> = known.iter().map(|(extent, figure)| (*extent, figure.value.abs())).collect();
    let (slope, offset) = robust_line(&points)?;
    Some(Scale {
        offset,
        slope,
        error: 0.0,
        growth: Growth::Even,
        unit: MarkUnit::Plain,
        signs: Signs::Printed,
    })
}

/// Theil and Sen's line: the median of the slopes of all pairs; slope and offset.
fn robust_line(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let points = &points[..points.len().min(120)];
    let mut slopes = Vec::new();
    for (index, one) in points.iter().enumerate() {
        for other in &points[index + 1..] {
            if (other.0 - one.0).abs() > 1e-6 {
                slopes.push((other.1 - one.1) / (other.0 - one.0));
            }
        }
    }
    let slope = median(slopes)?;
    let offset = median(points.iter().map(|point| point.1 - slope * point.0).collect())?;
    Some((slope, offset))
}

/// The line with the least squares of its misses; slope and offset.
fn least_squares(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let count = points.len() as f64;
    let sum = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>();
    let (x, y) = (sum(|point| point.0) / count, sum(|point| point.1) / count);
    let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let slope = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum::<f64>() / spread;
    slope.is_finite().then_some((slope, y - slope * x))
}

/// The median.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    median_of(&mut values)
}

/// As [`median`], of values that are put out of order.
fn median_of(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    let is_odd = values.len() % 2 == 1;
    let (lower, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    match lower.iter().copied().max_by(f64::total_cmp) {
        Some(lower) if !is_odd => Some(f64::midpoint(lower, *upper)),
        _ => Some(*upper),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(pairs: &[(f64, f64)]) -> Vec<Sample> {
        pairs
            .iter()
            .map(|(extent, value)| Sample {
                extent: *extent,
                figure: Some(Figure { value: *value, step: 1.0 }),
            })
            .collect()
    }

    #[test]
    fn ticks_moved_to_whole_dots_lie_on_the_line_between_them() {
        let snapped = [(273.5, 0.0), (216.5, 2000.0), (159.5, 4000.0), (102.5, 6000.0), (46.5, 8000.0)];
        let scale = through_ticks(&snapped.map(|(place, value)| (-place, value)), 0.6).expect("a scale");
        assert!((scale.at(-160.0) - 4000.0).abs() < 20.0, "{}", scale.at(-160.0));
        let moved_far = [(273.5, 0.0), (216.5, 2000.0), (159.5, 4000.0), (98.5, 6000.0), (46.5, 8000.0)];
        assert_eq!(through_ticks(&moved_far.map(|(place, value)| (-place, value)), 0.6), None);
    }

    #[test]
    fn a_bar_is_read_by_the_labels_of_the_others() {
        let readings = by_other_labels(&samples(&[(50.0, 500.0), (30.0, 300.0), (80.0, 500.0), (20.0, 200.0)]));
        let third = readings[2].expect("three labels give a scale");
        assert!((third.value - 800.0).abs() < 1.0 && third.error < 10.0, "{third:?}");
        let first = readings[0].expect("three labels give a scale");
        assert!((first.value - 500.0).abs() <= first.error, "{first:?}");
    }

    #[test]
    fn a_scale_that_starts_off_zero_is_a_line() {
        let readings = by_other_labels(&samples(&[
            (10.0, 120.0),
            (20.0, 140.0),
            (30.0, 160.0),
            (40.0, 180.0),
            (50.0, 200.0),
            (5.0, 110.0),
        ]));
        let last = readings[5].expect("five labels give a line");
        assert!((last.value - 110.0).abs() < 1.0, "{last:?}");
    }

    #[test]
    fn labels_that_have_nothing_to_do_with_lengths_do_not_agree() {
        assert!(agree(&samples(&[(50.0, 500.0), (30.0, 300.0), (80.0, 500.0), (20.0, 200.0)])));
        assert!(!agree(&samples(&[(50.0, 3.0), (50.0, 300.0), (50.0, 36.0)])));
    }

    #[test]
    fn ticks_must_lie_on_a_line() {
        assert!(through_ticks(&[(0.0, 0.0), (20.0, 500.0), (40.0, 1000.0)], 1.0).is_some());
        assert!(through_ticks(&[(0.0, 0.0), (20.0, 2019.0), (40.0, 12.0)], 1.0).is_none());
        assert!(through_ticks(&[(0.0, 0.0), (20.0, 500.0)], 1.0).is_none());
    }

    #[test]
    fn powers_of_ten_make_a_logarithmic_scale() {
        let scale = through_ticks(&[(0.0, 1.0), (20.0, 10.0), (40.0, 100.0)], 1.0).expect("they grow tenfold");
        let reading = scale.read(30.0);
        assert!((reading.value - 31.62).abs() < 0.01 && reading.error > 1.0, "{reading:?}");
        assert_eq!(scale.read_between(0.0, 20.0), None);
        assert!(through_ticks(&[(0.0, 0.0), (20.0, 10.0), (40.0, 100.0)], 1.0).is_none());
    }

    #[test]
    fn a_mark_between_two_others_is_read_by_its_length() {
        let scale = through_ticks(&[(10.0, 0.0), (30.0, 500.0), (50.0, 1000.0)], 1.0).expect("they lie on a line");
        let reading = scale.read_between(20.0, 40.0).expect("the scale is even");
        assert!((reading.value - 500.0).abs() < 1e-6, "{reading:?}");
        assert_eq!(scale.zero(), Some(10.0));
    }
}
