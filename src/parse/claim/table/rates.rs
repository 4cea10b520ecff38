//! A column of percentages to what it says of several others: those granted one status or another in all decisions, as recognition rates are.

use rust_decimal::Decimal;

use super::{
    columns::{Column, Value, saying},
    formulas::tells,
};
use crate::schema::{Claim, ClaimFigure, ClaimKind, Interval, Statistic};

/// Columns that a rate is made of.
const MOST_COLUMNS: usize = 6;
/// Rows that have to keep it.
const LEAST_ROWS: usize = 3;

/// Columns side by side: those that are granted, and all.
#[derive(Clone, Copy)]
struct Rate<'a> {
    granted: &'a [&'a Column],
    all: &'a [&'a Column],
}

/// What a column claims of the columns beside it that its rows keep best; `known` rows keep something simpler.
pub(super) fn claims(made: &Column, counts: &[&Column], known: usize) -> Vec<Claim> {
    let rows: Vec<(usize, &Value)> = made
        .values
        .iter()
        .filter(|(_, value)| tells(value))
        .map(|(row, value)| (*row, value))
        .collect();
    let mut best: Option<(usize, Rate<'_>)> = None;
    for start in 0..counts.len() {
        for end in start + 3..=(start + MOST_COLUMNS).min(counts.len()) {
            for granted in start + 1..end {
                // A share of one column in several is told where it is the first or the last of them.
                for granted in [&counts[start..granted], &counts[granted..end]] {
                    let rate = Rate {
                        granted,
                        all: &counts[start..end],
                    };
                    let held = rows.iter().filter(|(row, value)| rate.holds(*row, value)).count();
                    if best.is_none_or(|(most, _)| held > most) {
                        best = Some((held, rate));
                    }
                }
            }
        }
    }
    let Some((_, rate)) = best.filter(|(held, _)| *held > known && *held >= LEAST_ROWS && held * 3 >= rows.len() * 2) else {
        return Vec::new();
    };
    rows.into_iter().filter_map(|(row, value)| rate.claim(row, value)).collect()
}

/// The figures of a row in some columns, where all hold one.
fn figures<'a>(columns: &[&'a Column], row: usize) -> Option<Vec<&'a Value>> {
    columns.iter().map(|column| column.values.get(&row)).collect()
}

fn sum(values: &[&Value]) -> Interval {
    values
        .iter()
        .fold(Interval::point(Decimal::ZERO), |sum, value| sum.plus(value.figure.interval))
}

impl Rate<'_> {
    /// What a row must say.
    fn made(self, row: usize) -> Option<Interval> {
        let (granted, all) = (sum(&figures(self.granted, row)?), sum(&figures(self.all, row)?));
        let percent = |part: Decimal, whole: Decimal| part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole);
        let positive = granted.low >= Decimal::ZERO && all.low > Decimal::ZERO;
        positive.then(|| Some(Interval::new(percent(granted.low, all.high)?, percent(granted.high, all.low)?)))?
    }

    fn holds(self, row: usize, value: &Value) -> bool {
        self.made(row).is_some_and(|made| made.meets(value.figure.interval))
    }

    fn claim(self, row: usize, value: &Value) -> Option<Claim> {
        let (made, printed) = (self.made(row)?, value.figure.interval);
        // As with other shares, the last place may be moved by one.
        if !made.meets(printed) && made.meets(printed.widened(value.figure.cut)) {
            return None;
        }
        let (granted, all) = (figures(self.granted, row)?, figures(self.all, row)?);
        let figure = |value: &Value| ClaimFigure {
            statistic: Statistic::Count,
            ..value.figure.clone()
        };
        let part = ClaimFigure {
            value: granted.iter().map(|value| value.amount).sum(),
            interval: sum(&granted),
            cut: Decimal::ZERO,
            ..figure(granted.first()?)
        };
        Some(Claim {
            saying: saying(value),
            kind: ClaimKind::Share {
                parts: vec![part],
                wholes: vec![all.into_iter().map(figure).collect()],
            },
        })
    }
}
