//! Exact arithmetic on intervals: printed figures go in, all values their truth may take come out; none where a number grows past all reason.
//!
//! Interval arithmetic after R. E. Moore, *Interval Analysis* (1966). Every operation is checked: an overflow gives `None`, and no check
//! ever raises a finding on it.

use rust_decimal::Decimal;

use crate::schema::{Interval, Method, Observation, Qualifier};

/// How a printed figure is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Rounded to the nearest, as figures should be.
    Rounded,
    /// Perhaps cut off after the last printed place instead: up to one unit of it is missing.
    CutOff,
}

/// What a rule says of printed figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Some true values satisfy it.
    Holds,
    /// None do, unless figures were cut off instead of rounded.
    HoldsIfCutOff,
    /// None do.
    Broken,
}

/// Tries a rule on rounded figures first, then on cut-off ones. A rule that cannot be computed holds.
pub(super) fn judge(rule: impl Fn(Reading) -> Option<bool>) -> Verdict {
    if rule(Reading::Rounded) != Some(false) {
        Verdict::Holds
    } else if rule(Reading::CutOff) != Some(false) {
        Verdict::HoldsIfCutOff
    } else {
        Verdict::Broken
    }
}

/// All true values that a figure may stand for.
pub(super) fn interval(observation: &Observation, reading: Reading) -> Interval {
    let printed = observation.interval;
    if reading == Reading::Rounded || !is_rounded(observation) {
        return printed;
    }
    let Some(step) = step(observation) else { return printed };
    let away = if observation.value.is_sign_negative() { -step } else { step };
    observation.value.checked_add(away).map_or(printed, |far| Interval {
        low: printed.low.min(far),
        high: printed.high.max(far),
    })
}

/// One unit of the last printed place; zero for an exact figure.
pub(super) fn step(observation: &Observation) -> Option<Decimal> {
    observation.interval.high.checked_sub(observation.interval.low)
}

/// Whether characters were printed, not a mark measured or a picture read.
pub(super) fn is_printed(observation: &Observation) -> bool {
    !matches!(observation.method, Method::ChartGeometry | Method::Ocr)
}

fn is_rounded(observation: &Observation) -> bool {
    is_printed(observation) && matches!(observation.qualifier, Qualifier::Exact | Qualifier::About)
}

/// Whether two printings of one figure cannot both hold.
///
/// "60%" and "61%" meet in 60.5 alone: of the same precision, one was cut off and the other rounded at best.
pub(super) fn repeats(one: &Observation, other: &Observation) -> Verdict {
    let same_precision = touch(one, other);
    judge(|reading| {
        let (first, second) = (interval(one, reading), interval(other, reading));
        let touches = first.high == second.low || second.high == first.low;
        Some(first.meets(second) && !(same_precision && touches && reading == Reading::Rounded))
    })
}

/// Whether two rounded figures are of one precision and differ, so that where they meet in a point one of them is not rounded but cut off.
pub(super) fn touch(one: &Observation, other: &Observation) -> bool {
    one.value != other.value && is_rounded(one) && is_rounded(other) && step(one).is_some_and(|step_of_one| Some(step_of_one) == step(other))
}

/// All sums of a value of each.
pub(super) fn sum(intervals: impl IntoIterator<Item = Interval>) -> Option<Interval> {
    intervals.into_iter().try_fold(Interval::point(Decimal::ZERO), |total, part| {
        Some(Interval {
            low: total.low.checked_add(part.low)?,
            high: total.high.checked_add(part.high)?,
        })
    })
}

/// All differences of a value of each.
pub(super) fn difference(one: Interval, other: Interval) -> Option<Interval> {
    Some(Interval {
        low: one.low.checked_sub(other.high)?,
        high: one.high.checked_sub(other.low)?,
    })
}

/// The same with the other sign.
pub(super) fn opposite(of: Interval) -> Interval {
    Interval::new(-of.low, -of.high)
}

/// What one value is in percent of another; none unless the whole is surely more than nothing.
pub(super) fn percent_of(part: Interval, whole: Interval) -> Option<Interval> {
    if whole.low <= Decimal::ZERO {
        return None;
    }
    let percent = |part: Decimal, whole: Decimal| part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole);
    let divisor = |end: Decimal, outward: Decimal, inward: Decimal| if end.is_sign_negative() { outward } else { inward };
    Some(Interval {
        low: percent(part.low, divisor(part.low, whole.low, whole.high))?,
        high: percent(part.high, divisor(part.high, whole.high, whole.low))?,
    })
}

/// Whether some value is a printed percentage of another, without a division that would have to be rounded; none unless the whole is
/// surely more than nothing.
pub(super) fn may_be_percent_of(part: Interval, whole: Interval, percent: Interval) -> Option<bool> {
    if whole.low <= Decimal::ZERO {
        return None;
    }
    let product = |percent: Decimal, whole: Decimal| percent.checked_mul(whole);
    let part = Interval {
        low: part.low.checked_mul(Decimal::ONE_HUNDRED)?,
        high: part.high.checked_mul(Decimal::ONE_HUNDRED)?,
    };
    let least = product(percent.low, whole.low)?.min(product(percent.low, whole.high)?);
    let most = product(percent.high, whole.low)?.max(product(percent.high, whole.high)?);
    Some(least <= part.high && part.low <= most)
}

/// Whether a printed change in percent may lead from one value to another.
pub(super) fn may_change(base: Interval, current: Interval, change: Interval) -> Option<bool> {
    let percent = sum([change, Interval::point(Decimal::ONE_HUNDRED)])?;
    may_be_percent_of(current, base, percent)
}

/// The change in percent that leads from one value to another.
pub(super) fn percent_change(base: Interval, current: Interval) -> Option<Interval> {
    let percent = percent_of(current, base)?;
    Some(Interval {
        low: percent.low.checked_sub(Decimal::ONE_HUNDRED)?,
        high: percent.high.checked_sub(Decimal::ONE_HUNDRED)?,
    })
}

/// The value from which a change in percent leads to `current`; none where a fall by the whole is possible.
pub(super) fn implied_base(current: Interval, change: Interval) -> Option<Interval> {
    let factor = sum([change, Interval::point(Decimal::ONE_HUNDRED)])?;
    percent_of(current, factor)
}

/// At most this many values of one figure are tried; a report that prints more has other faults, which `repeat-differs` tells.
const VALUES_TRIED: usize = 4;

/// At most this many printings of one figure are looked at for them.
const PRINTINGS_TRIED: usize = 64;

/// The different values that a figure is printed with, the most precise first.
pub(super) fn distinct<'a>(printings: impl IntoIterator<Item = &'a Observation>) -> Vec<&'a Observation> {
    let mut values: Vec<&Observation> = Vec::new();
    for printing in printings.into_iter().take(PRINTINGS_TRIED) {
        if values.len() < VALUES_TRIED && !values.iter().any(|known| known.interval == printing.interval) {
            values.push(printing);
        }
    }
    values.sort_by_key(|value| step(value));
    values
}

/// What the printings of one figure allow: one interval where they agree, else one each, so that any of them may be the right one.
pub(super) fn possible(printings: &[&Observation], reading: Reading) -> Vec<Interval> {
    let intervals: Vec<Interval> = printings.iter().map(|printing| interval(printing, reading)).collect();
    let low = intervals.iter().map(|interval| interval.low).max();
    let high = intervals.iter().map(|interval| interval.high).min();
    match low.zip(high) {
        Some((low, high)) if low <= high => vec![Interval { low, high }],
        _ => intervals,
    }
}

/// Whether a rule holds for what the printings of two figures allow; none where it cannot be told, or one of the two was not printed.
pub(super) fn any_pair(
    ones: &[&Observation],
    others: &[&Observation],
    reading: Reading,
    rule: impl Fn(Interval, Interval) -> Option<bool>,
) -> Option<bool> {
    let others = possible(others, reading);
    let mut holds = None;
    for one in possible(ones, reading) {
        for other in &others {
            if rule(one, *other)? {
                return Some(true);
            }
            holds = Some(false);
        }
    }
    holds
}

/// The interval as short as it still tells it from the printed one: at least one decimal, more where rounding would hide the gap.
pub(super) fn shortened(expected: Interval, printed: Interval) -> Interval {
    let rounded = |places| Interval {
        low: expected.low.round_dp(places).normalize(),
        high: expected.high.round_dp(places).normalize(),
    };
    (1..10).map(rounded).find(|short| !short.meets(printed)).unwrap_or(expected)
}

#[cfg(test)]
mod tests {
    use super::super::testing::printed;
    use super::*;

    fn check_repeats(one: &str, other: &str, expected: Verdict) {
        assert_eq!(repeats(&printed(one), &printed(other)), expected, "{one} and {other}");
        assert_eq!(repeats(&printed(other), &printed(one)), expected, "{other} and {one}");
    }

    #[test]
    fn a_count_and_its_rounded_twin_agree() {
        check_repeats("8,435", "some 8,400", Verdict::Holds);
        check_repeats("30,214", "some 30,200", Verdict::Holds);
        check_repeats("6,354", "more than 6,300", Verdict::Holds);
        check_repeats("343", "343", Verdict::Holds);
    }

    #[test]
    fn what_cutting_off_explains_is_told_apart() {
        check_repeats("8,480", "some 8,400", Verdict::HoldsIfCutOff);
        check_repeats("60%", "61%", Verdict::HoldsIfCutOff);
        check_repeats("60%", "60.7%", Verdict::HoldsIfCutOff);
        check_repeats("-19%", "-19.6%", Verdict::HoldsIfCutOff);
    }

    #[test]
    fn what_nothing_explains_is_broken() {
        check_repeats("343", "344", Verdict::Broken);
        check_repeats("8,435", "some 8,300", Verdict::Broken);
        check_repeats("60%", "62%", Verdict::Broken);
        check_repeats("6,420", "more than 6,300", Verdict::Broken);
    }

    fn check_change(base: &str, current: &str, expected: &str) {
        let change = percent_change(printed(base).interval, printed(current).interval);
        let short = change.map(|change| shortened(change, Interval::point(Decimal::ONE_HUNDRED)).to_string());
        assert_eq!(short.unwrap_or_default(), expected);
    }

    #[test]
    fn a_change_is_computed_from_the_ends_of_both_counts() {
        check_change("some 7,900", "6,354", "-20.1 to -19.1");
        check_change("100", "150", "50");
        check_change("0", "150", "");
    }

    #[test]
    fn a_base_is_computed_from_the_ends_of_count_and_change() {
        let base = implied_base(printed("6,354").interval, printed("-10%").interval).map(|base| base.to_string());
        assert!(base.is_some_and(|base| base.starts_with("7020.99")));
        assert_eq!(implied_base(printed("0").interval, printed("-100%").interval), None);
    }

    #[test]
    fn a_percentage_is_compared_without_rounding() {
        let check = |part: &str, whole: &str, low: &str, high: &str, expected: Option<bool>| {
            let percent = Interval::new(low.parse().unwrap(), high.parse().unwrap());
            assert_eq!(may_be_percent_of(printed(part).interval, printed(whole).interval, percent), expected);
        };
        check("1", "3", "33.33333333333333333333", "33.33333333333333333334", Some(true));
        check("1", "3", "33.33333333333333333334", "34", Some(false));
        check("2", "3", "66", "66.66666666666666666666", Some(false));
        check("7", "0", "0", "100", None);
    }

    #[test]
    fn numbers_past_all_reason_give_nothing() {
        let huge = Interval::point(Decimal::MAX);
        assert_eq!(sum([huge, huge]), None);
        assert_eq!(percent_of(huge, Interval::point(Decimal::ONE)), None);
        assert_eq!(difference(huge, Interval::point(Decimal::MIN)), None);
    }
}
