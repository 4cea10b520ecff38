//! Bonds to linear rows: quantities between bounds go in; out comes that a row cannot hold, or all rows as a tableau to be solved together.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::schema::Statistic;
use crate::validate::arithmetic;

use super::bonds::{Bond, Known};
use super::fraction::Fraction;
use super::simplex::{Source, Tableau};
use super::system::{Belief, System};

/// An end of what a quantity may be.
#[derive(Debug, Clone, Copy)]
struct Bound {
    value: Decimal,
    /// The figure that says so; none where it is so by nature.
    figure: Option<usize>,
}

/// What a quantity may be.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Range {
    low: Option<Bound>,
    high: Option<Bound>,
}

/// `low ≤ the sum of quantities times their factors ≤ high`
struct Row {
    terms: Vec<(usize, Decimal)>,
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// The figure whose percentage the factors are of.
    figure: Option<usize>,
}

/// All rows of some bonds, with the variable of each quantity.
pub(super) struct Rows {
    pub(super) tableau: Tableau,
    pub(super) variables: BTreeMap<usize, usize>,
}

impl System<'_> {
    /// What a quantity may be, by those of its believed printings that count.
    pub(super) fn range(&self, quantity: usize, belief: Belief<'_>, counts: &dyn Fn(usize) -> bool) -> Range {
        let known = self.quantities.get(quantity);
        let mut range = Range::default();
        let by_nature = |value| Some(Bound { value, figure: None });
        let is_signed = matches!(known.key.statistic, Statistic::Change | Statistic::ShareChange);
        let is_negative = |printing: &usize| self.observations[*printing].interval.low.is_sign_negative();
        if !is_signed && !known.printings.iter().any(is_negative) {
            range.low = by_nature(Decimal::ZERO);
        }
        if known.printings.is_empty() {
            range.high = by_nature(Decimal::ONE_HUNDRED);
        }
        for printing in self.believed(quantity, belief).filter(|printing| counts(*printing)) {
            let interval = arithmetic::interval(&self.observations[printing], belief.reading);
            let bound = |value| {
                Some(Bound {
                    value,
                    figure: Some(printing),
                })
            };
            if range.low.is_none_or(|known| known.value < interval.low) {
                range.low = bound(interval.low);
            }
            if range.high.is_none_or(|known| known.value > interval.high) {
                range.high = bound(interval.high);
            }
        }
        range
    }

    /// The figures that prove that a bond cannot hold within the ranges of its quantities, for each row that proves it.
    pub(super) fn proofs(&self, bond: usize, ranges: &BTreeMap<usize, Range>) -> Vec<BTreeSet<usize>> {
        let rows = linear(&self.bonds[bond].bond, &|quantity| ranges.get(&quantity).copied().unwrap_or_default());
        rows.iter().filter_map(|row| proof(row, ranges)).collect()
    }

    /// All rows of some bonds over some quantities.
    pub(super) fn rows(&self, quantities: &[usize], bonds: &[usize], belief: Belief<'_>) -> Rows {
        let mut tableau = Tableau::default();
        let mut variables: BTreeMap<usize, usize> = BTreeMap::new();
        let mut ranges: BTreeMap<usize, Range> = BTreeMap::new();
        for quantity in quantities {
            let variable = tableau.variable(Fraction::from(self.guess(*quantity, belief)));
            let range = self.range(*quantity, belief, &|_| true);
            let source = |bound: Bound| Source {
                figure: bound.figure,
                bond: None,
            };
            if let Some(low) = range.low {
                tableau.at_least(variable, Fraction::from(low.value), source(low));
            }
            if let Some(high) = range.high {
                tableau.at_most(variable, Fraction::from(high.value), source(high));
            }
            variables.insert(*quantity, variable);
            ranges.insert(*quantity, range);
        }
        for bond in bonds {
            let range = |quantity| {
                let known = ranges.get(&quantity).copied();
                known.unwrap_or_else(|| self.range(quantity, belief, &|_| true))
            };
            for row in linear(&self.bonds[*bond].bond, &range) {
                let source = Source {
                    figure: row.figure,
                    bond: Some(*bond),
                };
                let terms: Vec<(usize, Fraction)> = row
                    .terms
                    .iter()
                    .map(|(quantity, factor)| (variables[quantity], Fraction::from(*factor)))
                    .collect();
                let sum = tableau.sum(&terms);
                if let Some(low) = row.low {
                    tableau.at_least(sum, Fraction::from(low), source);
                }
                if let Some(high) = row.high {
                    tableau.at_most(sum, Fraction::from(high), source);
                }
            }
        }
        Rows { tableau, variables }
    }
}

/// The rows of a bond. A percentage is what its interval says, so that each row is linear in the counts: `r`% of `d` is `n` where
/// `100 n` lies between `r.low d` and `r.high d`.
fn linear(bond: &Bond, range: &dyn Fn(usize) -> Range) -> Vec<Row> {
    let (zero, one, hundred) = (Decimal::ZERO, Decimal::ONE, Decimal::ONE_HUNDRED);
    let row = |terms: Vec<(usize, Decimal)>, low, high| {
        vec![Row {
            terms,
            low,
            high,
            figure: None,
        }]
    };
    let all = |known: Known, value| (known == Known::All).then_some(value);
    match bond {
        Bond::Sum { total, parts, parts_known } => {
            let terms = [(*total, one)].into_iter().chain(parts.iter().map(|part| (*part, -one)));
            row(terms.collect(), Some(zero), all(*parts_known, zero))
        }
        Bond::Shares { parts, parts_known } => {
            let terms = parts.iter().map(|part| (*part, one));
            row(terms.collect(), all(*parts_known, hundred), Some(hundred))
        }
        Bond::Repeat { first, second } => row(vec![(*first, one), (*second, -one)], Some(zero), Some(zero)),
        Bond::Points { change, current, base } => {
            let terms = vec![(*current, one), (*base, -one), (*change, -one)];
            row(terms, Some(zero), Some(zero))
        }
        Bond::Fall { change } => row(vec![(*change, one)], Some(-hundred), None),
        Bond::Within { part, whole } => row(vec![(*whole, one), (*part, -one)], Some(zero), None),
        Bond::Percent { percent, part, whole } => percent_rows(range(*percent), *part, *whole, zero),
        Bond::Change { change, current, base } => percent_rows(range(*change), *current, *base, hundred),
    }
}

/// The rows of a percentage, counted from nothing or from all; one below nothing bounds nothing.
fn percent_rows(percent: Range, part: usize, whole: usize, from: Decimal) -> Vec<Row> {
    let row = |bound: Bound| {
        let factor = bound.value.checked_add(from).filter(|factor| !factor.is_sign_negative())?;
        Some(Row {
            terms: vec![(part, Decimal::ONE_HUNDRED), (whole, -factor)],
            low: None,
            high: None,
            figure: Some(bound.figure?),
        })
    };
    let least = percent.low.and_then(row).map(|row| Row {
        low: Some(Decimal::ZERO),
        ..row
    });
    let most = percent.high.and_then(row).map(|row| Row {
        high: Some(Decimal::ZERO),
        ..row
    });
    least.into_iter().chain(most).collect()
}

/// The figures that keep a row from holding, if they do.
fn proof(row: &Row, ranges: &BTreeMap<usize, Range>) -> Option<BTreeSet<usize>> {
    // The furthest that the row can reach, upwards or downwards, and who stops it.
    let reach = |up: bool| {
        let bounds = row.terms.iter().filter(|(_, factor)| !factor.is_zero()).map(|(quantity, factor)| {
            let range = ranges.get(quantity)?;
            let bound = if factor.is_sign_positive() == up { range.high? } else { range.low? };
            Some((*factor, bound))
        });
        bounds.collect::<Option<Vec<(Decimal, Bound)>>>()
    };
    let misses = |bounds: &[(Decimal, Bound)], end: Decimal, up: bool| {
        let about = bounds
            .iter()
            .try_fold(Decimal::ZERO, |sum, (factor, bound)| sum.checked_add(factor.checked_mul(bound.value)?));
        let is_past = |sum: &Fraction, end: &Fraction| if up { sum < end } else { sum > end };
        // Decimals are exact as long as they are short: what they deny is asked of fractions, too.
        if about.is_some_and(|about| if up { about >= end } else { about <= end }) {
            return false;
        }
        let term = |(factor, bound): &(Decimal, Bound)| &Fraction::from(*factor) * &Fraction::from(bound.value);
        let exact: Fraction = bounds.iter().map(term).sum();
        is_past(&exact, &Fraction::from(end))
    };
    let figures = |bounds: Vec<(Decimal, Bound)>| bounds.into_iter().filter_map(|(_, bound)| bound.figure).chain(row.figure).collect();
    for (end, up) in [(row.low, true), (row.high, false)] {
        let Some(end) = end else { continue };
        if let Some(bounds) = reach(up)
            && misses(&bounds, end, up)
        {
            return Some(figures(bounds));
        }
    }
    None
}
