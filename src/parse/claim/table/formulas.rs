//! Columns that are made of others: changes, differences and shares.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::{
    columns::{Column, Columns, Value, saying},
    rates,
};
use crate::schema::{Claim, ClaimFigure, ClaimKind, Interval, Order, Statistic};

/// How a column is made of others.
#[derive(Debug, Clone, Copy)]
enum Formula<'a> {
    /// The change from one column to another in percent.
    Change { base: &'a Column, current: &'a Column },
    /// One column in percent of another.
    Share { part: &'a Column, whole: &'a Column },
    /// Each figure of a column in percent of its total.
    ShareOfTotal { part: &'a Column, total: usize },
    /// How many more the one is than the other.
    Difference { base: &'a Column, current: &'a Column },
}

/// What the columns that are made of others claim.
pub(super) fn claims(columns: &Columns) -> Vec<Claim> {
    let counts: Vec<&Column> = columns.all.iter().filter(|column| !column.percent).collect();
    let totals = columns.totals();
    let mut claims = Vec::new();
    for made in &columns.all {
        let signed = made.values.values().any(|value| value.signed);
        // Of two that as many rows keep, what stands nearer is meant.
        let tried = formulas(made, signed, &counts, &totals)
            .into_iter()
            .rev()
            .map(|formula| (held(made, formula), formula));
        let best = tried.max_by_key(|(held, formula)| (*held, Reverse(formula.distance(made))));
        let Some((held, formula)) = best else { continue };
        if made.percent && !signed {
            let rates = rates::claims(made, &counts, held);
            if !rates.is_empty() {
                claims.extend(rates);
                continue;
            }
        }
        let rows: Vec<usize> = made.values.keys().copied().filter(|row| formula.at(*row).is_some()).collect();
        let telling = rows.iter().filter(|row| tells(&made.values[row])).count();
        if telling < 3 || held < 2 || held * 3 < telling * 2 {
            continue;
        }
        claims.extend(rows.into_iter().filter_map(|row| claim(&made.values[&row], formula, row)));
    }
    claims
}

/// All that a column may be made of.
fn formulas<'a>(made: &Column, signed: bool, counts: &[&'a Column], totals: &[usize]) -> Vec<Formula<'a>> {
    let others: Vec<&Column> = counts
        .iter()
        .copied()
        .filter(|column| column.at != made.at || column.slot != made.slot)
        .collect();
    let mut formulas = Vec::new();
    if made.percent {
        if let ([total], false) = (totals, signed) {
            formulas.extend(others.iter().map(|part| Formula::ShareOfTotal { part, total: *total }));
        }
        for one in &others {
            for other in others.iter().filter(|other| !std::ptr::eq(**other, *one)) {
                if !signed {
                    formulas.push(Formula::Share { part: one, whole: other });
                }
                formulas.push(Formula::Change { base: one, current: other });
            }
        }
    } else if signed {
        for one in others.iter().filter(|column| !is_signed(column)) {
            for other in others.iter().filter(|other| !is_signed(other) && !std::ptr::eq(**other, *one)) {
                formulas.push(Formula::Difference { base: one, current: other });
            }
        }
    }
    formulas
}

fn is_signed(column: &Column) -> bool {
    column.values.values().any(|value| value.signed)
}

impl<'a> Formula<'a> {
    /// How far from a column the farther of those stands that it is made of.
    fn distance(self, made: &Column) -> usize {
        let (one, other) = match self {
            Self::Change { base, current } | Self::Difference { base, current } => (base.at, current.at),
            Self::Share { part, whole } => (part.at, whole.at),
            Self::ShareOfTotal { part, .. } => (part.at, part.at),
        };
        made.at.abs_diff(one).max(made.at.abs_diff(other))
    }

    /// The figures that a row is made of, the one it is measured by first.
    fn at(self, row: usize) -> Option<(&'a Value, &'a Value)> {
        let (base, other) = match self {
            Self::Change { base, current } | Self::Difference { base, current } => (base.values.get(&row)?, current.values.get(&row)?),
            Self::Share { part, whole } => (whole.values.get(&row)?, part.values.get(&row)?),
            Self::ShareOfTotal { part, total } => (part.values.get(&total)?, part.values.get(&row)?),
        };
        let measures = matches!(self, Self::Difference { .. }) || base.amount > Decimal::ZERO && other.amount >= Decimal::ZERO;
        (measures && (base.amount != other.amount || matches!(self, Self::ShareOfTotal { .. }))).then_some((base, other))
    }

    /// What a row must say.
    fn made(self, row: usize) -> Option<Interval> {
        let (base, other) = self.at(row)?;
        let (base, other) = (base.figure.interval, other.figure.interval);
        if let Self::Difference { .. } = self {
            return Some(other.minus(base));
        }
        let least = base.low.max(Decimal::new(1, 6));
        let percent = |part: Decimal, whole: Decimal| part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole);
        let share = Interval::new(percent(other.low.max(Decimal::ZERO), base.high)?, percent(other.high, least)?);
        Some(match self {
            Self::Change { .. } => share.minus(Interval::point(Decimal::ONE_HUNDRED)),
            _ => share,
        })
    }
}

/// Whether a figure says something of how its column is made: not that of nothing, or of all.
pub(super) fn tells(value: &Value) -> bool {
    !value.amount.is_zero() && value.amount != Decimal::ONE_HUNDRED
}

/// Rows that keep a formula and tell something.
fn held(made: &Column, formula: Formula<'_>) -> usize {
    let keeps = |(row, value): &(&usize, &Value)| tells(value) && formula.made(**row).is_some_and(|made| made.meets(value.figure.interval));
    made.values.iter().filter(keeps).count()
}

fn claim(value: &Value, formula: Formula<'_>, row: usize) -> Option<Claim> {
    let (base, other) = formula.at(row)?;
    let (made, printed) = (formula.made(row)?, value.figure.interval);
    // Shares are moved by one in their last place so that they come to a hundred, and changes are made of finer figures than are printed.
    if !made.meets(printed) && made.meets(printed.widened(value.figure.cut)) {
        return None;
    }
    let figure = |value: &Value| ClaimFigure {
        statistic: Statistic::Count,
        ..value.figure.clone()
    };
    let kind = match formula {
        Formula::Change { .. } => ClaimKind::Change {
            currents: vec![figure(other)],
            bases: vec![figure(base)],
            order: Order::Told,
        },
        Formula::Difference { .. } => ClaimKind::Difference {
            currents: vec![figure(other)],
            bases: vec![figure(base)],
        },
        Formula::Share { .. } | Formula::ShareOfTotal { .. } => ClaimKind::Share {
            parts: vec![figure(other)],
            wholes: vec![vec![figure(base)]],
        },
    };
    Some(Claim { saying: saying(value), kind })
}
