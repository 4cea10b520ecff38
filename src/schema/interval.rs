//! What a printed figure stands for: all true values that would be printed so.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Qualifier, packed};

/// A closed interval of decimal numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// Smallest value.
    #[serde(with = "packed::decimal")]
    pub low: Decimal,
    /// Largest value.
    #[serde(with = "packed::decimal")]
    pub high: Decimal,
}

impl Interval {
    /// The one value.
    pub fn point(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// Either order of ends.
    pub fn new(one: Decimal, other: Decimal) -> Self {
        Self {
            low: one.min(other),
            high: one.max(other),
        }
    }

    /// What a count or percentage printed as `value` stands for.
    ///
    /// `step` is one unit of the last place that carries meaning: 100 for "some 7,900", 1 for `47%`, 0.1 for `3.4%`;
    /// zero where the figure is exact, as `6,354`. Over and under reach one step to their side of the absolute value.
    pub fn printed(value: Decimal, step: Decimal, qualifier: Qualifier) -> Self {
        let half = step / Decimal::TWO;
        let away = if value.is_sign_negative() { -step } else { step };
        match qualifier {
            Qualifier::Exact | Qualifier::About => Self::new(value - half, value + half),
            Qualifier::Over => Self::new(value, value + away),
            Qualifier::Under => Self::new(value, value - away),
        }
    }

    /// Whether some value lies in both.
    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Whether the value lies inside.
    pub fn contains(self, value: Decimal) -> bool {
        self.low <= value && value <= self.high
    }

    /// The interval widened by `margin` on both sides.
    #[must_use]
    pub fn widened(self, margin: Decimal) -> Self {
        Self {
            low: self.low - margin,
            high: self.high + margin,
        }
    }

    /// All sums of a value of each.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }

    /// All differences of a value of each.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self {
            low: self.low - other.high,
            high: self.high - other.low,
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (self.low.normalize(), self.high.normalize());
        if low == high {
            write!(formatter, "{low}")
        } else {
            write!(formatter, "{low} to {high}")
        }
    }
}
