//! One printed figure: what it measures, for whom, where, when, and where on the page it stands.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Attached, Interval, Mention, Period, Provenance, packed};

/// What kind of number a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Statistic {
    /// How many.
    Count,
    /// Percent of a whole.
    Share,
    /// Relative change in percent, signed.
    Change,
    /// Signed change of a share, in percentage points.
    ShareChange,
    /// One count in percent of another.
    Ratio,
}

impl Statistic {
    /// The word in `observations.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Share => "share",
            Self::Change => "change",
            Self::ShareChange => "share_change",
            Self::Ratio => "ratio",
        }
    }
}

/// Sex of the persons counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sex {
    /// `M`
    Male,
    /// `F`
    Female,
}

impl Sex {
    /// The letter in `observations.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Male => "M",
            Self::Female => "F",
        }
    }
}

/// An approximator printed before a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Qualifier {
    /// None printed.
    #[default]
    Exact,
    /// "some", "around", "approximately".
    About,
    /// "more than".
    Over,
    /// "less than", "nearly".
    Under,
}

impl Qualifier {
    /// The word in `observations.csv`; empty for none.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::About => "about",
            Self::Over => "over",
            Self::Under => "under",
        }
    }
}

/// How a figure was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Method {
    /// In a sentence.
    Sentence,
    /// A number with a caption, standing alone.
    Headline,
    /// In a table's cell.
    Table,
    /// In a list of shares or counts within a sentence.
    List,
    /// Printed beside a chart's mark.
    ChartLabel,
    /// Read from a chart's mark against its axis.
    ChartGeometry,
    /// Read from a picture.
    Ocr,
}

impl Method {
    /// The word in `observations.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Headline => "headline",
            Self::Table => "table",
            Self::List => "list",
            Self::ChartLabel => "chart-label",
            Self::ChartGeometry => "chart-geometry",
            Self::Ocr => "ocr",
        }
    }
}

/// Which way an arrow, a word or a sign beside a change points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Direction {
    /// More than before.
    Up,
    /// Less than before.
    Down,
    /// As before.
    Same,
}

/// One printed figure. Codes are those of the codebook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Hash of document content and place.
    pub id: String,
    /// Path of the document.
    pub document: String,
    /// `UNHCR`, `IOM`, …
    pub publisher: String,
    /// Family of reports.
    pub family: String,
    /// Plan of the edition.
    pub layout: String,
    /// Last month reported, `2024-07`.
    pub edition: String,
    /// Code of the codebook.
    pub indicator: String,
    /// Kind of number.
    pub statistic: Statistic,
    /// Place described: ISO 3166-1 alpha-3, `XKX`, or a composite such as `WBALK`.
    pub area: String,
    /// Nationality or country of origin, `XXA`, `XXX`, `_O`, or empty.
    pub origin: String,
    /// Sex, where told.
    pub sex: Option<Sex>,
    /// `UASC`, … or empty.
    pub group: String,
    /// Days it is about; a stock at a day starts and ends on it.
    pub period: Period,
    /// Days a change is measured against.
    pub base: Option<Period>,
    /// The printed number.
    #[serde(with = "packed::decimal")]
    pub value: Decimal,
    /// `persons`, `percent`, …
    pub unit: String,
    /// Approximator.
    pub qualifier: Qualifier,
    /// What the printed precision stands for.
    pub interval: Interval,
    /// Where it stands.
    pub place: Provenance,
    /// Characters of the figure as printed.
    pub quote: String,
    /// Sentence, row or chart label around it.
    pub context: String,
    /// Where in `context` the quote starts, in bytes. Not published.
    pub offset: usize,
    /// How it was read.
    pub method: Method,
    /// Rule that made it, `unhcr-western-balkans/transits`.
    pub rule: String,
    /// Texts of the footnotes whose marks stand on the figure or its labels.
    pub footnotes: Vec<String>,
    /// Ways that arrow, word and sign beside it point, as far as printed. Not published; `sign-contradicts-arrow` reads it.
    pub directions: Vec<Direction>,
    /// Words around it that are no column: heading, caption, source.
    pub attached: Attached,
}

/// What makes figures comparable over editions: all that is measured, without the period.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Series {
    /// Publisher.
    pub publisher: String,
    /// Indicator code.
    pub indicator: String,
    /// Kind of number.
    pub statistic: Statistic,
    /// Place described.
    pub area: String,
    /// Origin, or empty.
    pub origin: String,
    /// Sex, where told.
    pub sex: Option<Sex>,
    /// Group, or empty.
    pub group: String,
}

impl Observation {
    /// The series this figure belongs to.
    pub fn series(&self) -> Series {
        Series {
            publisher: self.publisher.clone(),
            indicator: self.indicator.clone(),
            statistic: self.statistic,
            area: self.area.clone(),
            origin: self.origin.clone(),
            sex: self.sex,
            group: self.group.clone(),
        }
    }

    /// The words as a finding points at them.
    pub fn mention(&self) -> Mention {
        Mention {
            document: self.document.clone(),
            place: self.place,
            quote: self.quote.clone(),
            context: self.context.clone(),
            offset: self.offset,
        }
    }
}
