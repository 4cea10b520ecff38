//! A finding to its reckoning: the printed figures line by line, what they give, and what is printed instead.

use rust_decimal::Decimal;

use super::{
    contents::Contents,
    names::{amount, number, period, span},
};
use crate::schema::{Finding, Interval, Observation, Sex, Statistic, codebook::codebook};

/// One line of a reckoning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// What the figure is.
    pub(super) label: String,
    /// The figure.
    pub(super) figure: String,
    /// What it is to the reckoning.
    pub(super) role: Role,
}

/// What a line is to a reckoning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A printed figure that goes in.
    Given,
    /// What comes out.
    Result,
    /// What is printed.
    Printed,
    /// How far the two are apart.
    Difference,
}

impl Role {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Result => "result",
            Self::Printed => "printed",
            Self::Difference => "difference",
        }
    }
}

fn line(role: Role, label: impl Into<String>, figure: impl Into<String>) -> Line {
    Line {
        label: label.into(),
        figure: figure.into(),
        role,
    }
}

/// The reckoning behind a finding; none where it is not about figures that can be set out so.
pub(super) fn lines(finding: &Finding, contents: &Contents<'_>) -> Vec<Line> {
    let figures: Option<Vec<&Observation>> = finding.reckoned.iter().map(|id| contents.observation(id)).collect();
    let Some(figures) = figures else { return Vec::new() };
    match (finding.code, figures.as_slice()) {
        ("total-differs", [total, parts @ ..]) if !parts.is_empty() => sum(parts, Some(total)),
        ("shares-differ", parts) if parts.len() > 1 => sum(parts, None),
        ("change-differs", [change, current, base]) => quotient(change, current, base, Quotient::Change),
        ("ratio-differs", [ratio, numerator, denominator]) => quotient(ratio, numerator, denominator, Quotient::Ratio),
        ("repeat-differs" | "restated" | "sources-differ" | "cumulative-falls" | "part-exceeds-whole" | "snapshots-disagree", [one, other]) => {
            apart(one, other)
        }
        _ => Vec::new(),
    }
}

/// Parts, their sum, and what it should be: the printed total, or a hundred for shares.
fn sum(parts: &[&Observation], total: Option<&Observation>) -> Vec<Line> {
    let statistic = parts[0].statistic;
    let labels = distinct(parts);
    let mut lines: Vec<Line> = parts
        .iter()
        .zip(labels)
        .map(|(part, label)| line(Role::Given, label, printed_figure(part)))
        .collect();
    let nothing = Interval::point(Decimal::ZERO);
    let added = parts.iter().fold(nothing, |sum, part| sum.plus(part.interval));
    let label = format!("Sum of the {}", parts.len());
    lines.push(line(Role::Result, label, span(statistic, added)));
    let (label, whole) = match total {
        Some(total) => ("Printed total", total.interval),
        None => ("A whole", Interval::point(Decimal::ONE_HUNDRED)),
    };
    lines.push(line(Role::Printed, label, span(statistic, whole)));
    lines.extend(gap(statistic, added, whole));
    lines
}

/// Whether a quotient is a part of a whole or a change since a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotient {
    Ratio,
    Change,
}

fn quotient(printed: &Observation, top: &Observation, below: &Observation, kind: Quotient) -> Vec<Line> {
    let mut lines: Vec<Line> = [top, below]
        .into_iter()
        .zip(distinct(&[top, below]))
        .map(|(figure, label)| line(Role::Given, label, printed_figure(figure)))
        .collect();
    if below.interval.low > Decimal::ZERO {
        let percent = |top: Decimal, below: Decimal| {
            let all = top.checked_div(below)? * Decimal::ONE_HUNDRED;
            Some(if kind == Quotient::Change { all - Decimal::ONE_HUNDRED } else { all })
        };
        let low = percent(top.interval.low, below.interval.high);
        let high = percent(top.interval.high, below.interval.low);
        if let (Some(low), Some(high)) = (low, high) {
            let given = Interval::new(low.round_dp(1), high.round_dp(1));
            let (one, other) = (number(top.value), number(below.value));
            let label = match kind {
                Quotient::Change => format!("({one} − {other}) ÷ {other}"),
                Quotient::Ratio => format!("{one} ÷ {other}"),
            };
            lines.push(line(Role::Result, label, span(printed.statistic, given)));
            lines.push(line(Role::Printed, "Printed", amount(printed.statistic, printed.value)));
        }
    }
    lines
}

/// Two figures that should be one, or one of which should not pass the other.
fn apart(one: &Observation, other: &Observation) -> Vec<Line> {
    let mut lines: Vec<Line> = [one, other]
        .into_iter()
        .zip(distinct(&[one, other]))
        .map(|(figure, label)| line(Role::Given, label, printed_figure(figure)))
        .collect();
    if one.statistic == other.statistic {
        lines.extend(gap(one.statistic, one.interval, other.interval));
    }
    lines
}

/// A figure with what its precision leaves open: `7,900 (7,850 to 7,950)`.
fn printed_figure(figure: &Observation) -> String {
    let value = amount(figure.statistic, figure.value);
    if figure.interval.low == figure.interval.high {
        value
    } else {
        format!("{value} ({})", span(figure.statistic, figure.interval))
    }
}

/// How far two intervals are apart at least.
fn gap(statistic: Statistic, one: Interval, other: Interval) -> Option<Line> {
    let least = (one.low - other.high).max(other.low - one.high);
    let label = if one.low == one.high && other.low == other.high {
        "Difference"
    } else {
        "Difference, at least"
    };
    let figure = match statistic {
        Statistic::Count => number(least),
        _ => format!("{} points", number(least)),
    };
    (least > Decimal::ZERO).then(|| line(Role::Difference, label, figure))
}

/// What tells figures from each other, for each of them.
fn distinct(figures: &[&Observation]) -> Vec<String> {
    type Trait = fn(&Observation) -> String;
    let traits: [Trait; 8] = [
        |figure| {
            codebook()
                .indicator(&figure.indicator)
                .map_or_else(|| figure.indicator.clone(), |entry| entry.label.clone())
        },
        |figure| codebook().name(&figure.area).to_owned(),
        |figure| codebook().name(&figure.origin).to_owned(),
        |figure| match figure.sex {
            Some(Sex::Male) => "male".to_owned(),
            Some(Sex::Female) => "female".to_owned(),
            None => String::new(),
        },
        |figure| figure.group.clone(),
        |figure| period(figure.period),
        |figure| figure.publisher.clone(),
        |figure| format!("{} edition", figure.edition),
    ];
    let telling: Vec<Trait> = traits
        .into_iter()
        .filter(|value| figures.iter().any(|figure| value(figure) != value(figures[0])))
        .collect();
    figures
        .iter()
        .map(|figure| {
            let words: Vec<String> = telling.iter().map(|value| value(figure)).filter(|word| !word.is_empty()).collect();
            if words.is_empty() {
                format!("printed {}", figure.quote)
            } else {
                words.join(", ")
            }
        })
        .collect()
}
