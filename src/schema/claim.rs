//! What a sentence or table claims of figures printed on the same page, so that it can be computed again without knowing what they measure.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Direction, Interval, Mention, Statistic, packed};

/// A figure that a claim rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimFigure {
    /// Where it is printed.
    pub mention: Mention,
    /// A count or a share.
    pub statistic: Statistic,
    /// The number as printed.
    #[serde(with = "packed::decimal")]
    pub value: Decimal,
    /// All true values that would be printed so.
    pub interval: Interval,
    /// One unit of the last printed place, where the figure may have been cut off after it; else zero.
    #[serde(with = "packed::decimal")]
    pub cut: Decimal,
    /// It may be something else than it seems (a year, a count with a footnote mark glued on): it can confirm a claim, not contradict one.
    pub doubtful: bool,
}

/// The words that claim something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Saying {
    /// Where they are printed: `15% increase`, `doubled`, `9,000`.
    pub mention: Mention,
    /// What they may mean; "four times more" may be four times as many, or five.
    pub readings: Vec<Interval>,
    /// As [`ClaimFigure::cut`].
    #[serde(with = "packed::decimal")]
    pub cut: Decimal,
    /// What they stand in.
    pub within: Within,
}

/// What words or figures that claim something stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Within {
    /// A sentence.
    Sentence,
    /// A table, whose other figures they are said of.
    Table,
    /// A chart, the same.
    Chart,
    /// A figure that stands out on the page.
    Headline,
}

impl Within {
    /// Its name in a message.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Table => "table",
            Self::Chart => "chart",
            Self::Headline => "headline",
        }
    }
}

/// What is claimed. Where several figures may be meant, the claim is contradicted only if it fails for all of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ClaimKind {
    /// The saying is the change in percent from a base to a current figure.
    Change {
        /// Figures that may be the current one.
        currents: Vec<ClaimFigure>,
        /// Figures that may be the base.
        bases: Vec<ClaimFigure>,
        /// Whether current and base may be the other way round.
        order: Order,
    },
    /// The saying is only the way from a base to a current figure.
    Direction {
        /// Which way.
        way: Direction,
        /// As for a change.
        currents: Vec<ClaimFigure>,
        /// As for a change.
        bases: Vec<ClaimFigure>,
    },
    /// The saying is how many more or fewer a current figure is than a base.
    Difference {
        /// As for a change.
        currents: Vec<ClaimFigure>,
        /// As for a change.
        bases: Vec<ClaimFigure>,
    },
    /// The saying is the change of a share in percentage points.
    Points {
        /// The share now.
        current: Box<ClaimFigure>,
        /// The share before.
        base: Box<ClaimFigure>,
    },
    /// The saying is a part in percent of a whole.
    Share {
        /// Counts that may be the part.
        parts: Vec<ClaimFigure>,
        /// Counts that may be the whole; several in one entry are added up.
        wholes: Vec<Vec<ClaimFigure>>,
    },
    /// The saying is the average of a total over a number.
    Average {
        /// Counts that may be the total.
        totals: Vec<ClaimFigure>,
        /// Counts that may be the number.
        numbers: Vec<ClaimFigure>,
    },
    /// The saying is a fraction in words, printed beside shares in percent; several in one entry are added up.
    Fraction {
        /// Shares that it may be said of.
        shares: Vec<Vec<ClaimFigure>>,
    },
    /// The saying is the total of parts.
    Sum {
        /// All parts.
        parts: Vec<ClaimFigure>,
        /// Whether nothing is left out of them.
        list: List,
    },
    /// The shares are of one whole.
    Shares {
        /// All shares named.
        shares: Vec<ClaimFigure>,
        /// Whether nothing is left out of them.
        list: List,
    },
    /// The saying is the total of a table, or else that but for a digit.
    Repeat {
        /// The total, which its parts add to.
        total: Box<ClaimFigure>,
    },
    /// The saying is the same as a figure of the words, or else that but for a digit or the sign.
    Restated {
        /// The figure of the words.
        other: Box<ClaimFigure>,
    },
    /// The saying is a count of some among others.
    PartOf {
        /// Counts that may be the whole.
        wholes: Vec<ClaimFigure>,
    },
}

/// Whether it is known which of two figures came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// It is.
    Told,
    /// Either may.
    Open,
}

/// Whether a list names all there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum List {
    /// It does.
    Closed,
    /// There may be more.
    Open,
}

/// One claim of a sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The words that claim.
    pub saying: Saying,
    /// What they claim, of which figures.
    pub kind: ClaimKind,
}
