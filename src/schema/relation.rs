//! How figures of one snapshot belong together: declared by profiles or found by structure, judged by checks.

use serde::{Deserialize, Serialize};

/// A relation between observations of one extraction, by index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    /// A printed total and all of its printed parts (a table's total row or column).
    Sum {
        /// The total.
        total: usize,
        /// Its parts.
        parts: Vec<usize>,
        /// Parts known to exist but nil or not available (`-`): the total may then be larger than their sum.
        unknown: usize,
    },
    /// Shares of one whole, in percent.
    Shares {
        /// The shares in the order printed.
        parts: Vec<usize>,
        /// Only the largest are listed ("top 3"): they may fall short of 100, not pass it.
        partial: bool,
    },
    /// A list the report presents as ranked, largest first.
    Ranking {
        /// The figures in the order printed.
        parts: Vec<usize>,
    },
    /// A figure said twice of the same thing, where the series alone does not tell.
    Repeat {
        /// One mention.
        first: usize,
        /// The other.
        second: usize,
    },
    /// A printed ratio in percent, of two printed counts.
    Ratio {
        /// The ratio.
        ratio: usize,
        /// The count on top.
        numerator: usize,
        /// The count below.
        denominator: usize,
    },
    /// A printed change in percent, between two printed counts.
    Change {
        /// The change.
        change: usize,
        /// The count it leads to.
        current: usize,
        /// The count it starts from.
        base: usize,
    },
    /// A subgroup and its group.
    PartOf {
        /// The subgroup.
        part: usize,
        /// The group.
        whole: usize,
    },
}
