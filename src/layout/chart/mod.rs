//! Charts: series of points, each with the label printed at it and what its mark says.

mod shape;

pub use shape::{Colour, Ends, Label, Outline, Place, Shape};

use super::{Region, Text};

/// Charts found among shapes and labels.
#[derive(Debug, Clone, Default)]
pub struct FoundCharts {
    /// The charts, in the order of their marks.
    pub charts: Vec<Chart>,
    /// Indices of the labels that stand in one of them (names, values, ticks, legends, titles), ascending: not to be read again as words.
    pub used_labels: Vec<usize>,
    /// Indices of the shapes that are part of one of them, ascending.
    pub used_shapes: Vec<usize>,
}

/// The charts that shapes and labels of one page, or of one inline picture, make.
///
/// `shapes` are in the order drawn, later ones on top. Hidden ones and hidden labels are the caller's to leave out.
/// Regions of shapes and labels become those of charts and points, so all must be of one kind.
pub fn charts(shapes: &[Shape], labels: &[Label]) -> FoundCharts {
    let _ = (shapes, labels);
    FoundCharts::default()
}

/// What a chart draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// Bars, vertical or horizontal, one or several series.
    Bar,
    /// Bars on top of each other.
    StackedBar,
    /// Lines or points.
    Line,
    /// Slices of a disc.
    Pie,
    /// Slices of a ring.
    Donut,
    /// Filled lines.
    Area,
}

impl ChartKind {
    /// The word in `show --json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::StackedBar => "stacked-bar",
            Self::Line => "line",
            Self::Pie => "pie",
            Self::Donut => "donut",
            Self::Area => "area",
        }
    }
}

/// A chart.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What it draws.
    pub kind: ChartKind,
    /// Where it stands.
    pub region: Region,
    /// A title inside it.
    pub title: Option<Text>,
    /// Its series.
    pub series: Vec<PointSeries>,
}

/// Points of one colour or name.
#[derive(Debug, Clone)]
pub struct PointSeries {
    /// Its name in the legend.
    pub name: Option<Text>,
    /// Its points, in reading order of the categories.
    pub points: Vec<Point>,
}

/// One mark of a chart.
#[derive(Debug, Clone)]
pub struct Point {
    /// The category it stands at, as printed.
    pub category: Option<Text>,
    /// The value printed beside it.
    pub label: Option<Text>,
    /// What its length says.
    pub mark: Option<MarkReading>,
    /// Where the mark stands.
    pub region: Region,
}

/// A value read from the length of a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkReading {
    /// The value, in the unit of axis or labels.
    pub value: f64,
    /// Half-width of what the reading can be sure of.
    pub error: f64,
    /// Whether the scale comes from the axis; else from the labels of the other marks.
    pub from_axis: bool,
}
