//! Charts: series of points, each with the label printed at it and what its mark says.

mod axis_title;
mod bars;
mod dots;
mod figure;
mod legend;
mod lent;
mod line;
mod map;
mod pie;
mod powers;
mod scale;
mod shape;
mod single;
#[cfg(test)]
mod tests;
mod ticks;
mod title;

pub use map::value_maps;
pub use shape::{Colour, Ends, Label, Outline, Place, Shape};

use std::cell::OnceCell;

use self::bars::{Bar, Direction, Span};
use self::figure::Figure;
use self::lent::Lender;
use self::ticks::TickNumber;
use super::{BBox, Region, Text};
use title::{Taken, give_headings};

/// Charts found among shapes and labels.
#[derive(Debug, Clone, Default)]
pub struct FoundCharts {
    /// The charts, in the order of their marks.
    pub charts: Vec<Chart>,
    /// Indices of the labels that stand in one of them (names, values, ticks, legends), ascending: not to be read again as words.
    pub used_labels: Vec<usize>,
    /// Indices of the shapes that are part of one of them, ascending.
    pub used_shapes: Vec<usize>,
}

/// The charts that shapes and labels of one page, or of one inline picture, make.
///
/// `shapes` are in the order drawn, later ones on top. Hidden ones and hidden labels are the caller's to leave out.
/// Regions of shapes and labels become those of charts and points, so all must be of one kind.
/// Distances inside are judged by the size of the labels; the units are points or CSS pixels.
pub fn charts(shapes: &[Shape], labels: &[Label]) -> FoundCharts {
    let mut sketch = Sketch::of(shapes, labels);
    let mut charts = bars::bar_charts(&mut sketch);
    charts.extend(pie::pie_charts(&mut sketch));
    charts.extend(line::line_charts(&mut sketch));
    charts.extend(dots::dot_charts(&mut sketch));
    sketch.found(charts)
}

/// Indices of the labels that are numbers along the axis of a chart that was not read, ascending: words, but no cells of a table.
pub fn numbers_on_grid(shapes: &[Shape], labels: &[Label]) -> Vec<usize> {
    ticks::numbers_on_grid(&Sketch::of(shapes, labels))
}

/// Shapes and labels, and which of them already belong to a chart.
struct Sketch<'a> {
    shapes: &'a [Shape],
    labels: &'a [Label],
    shape_used: Vec<bool>,
    label_used: Vec<bool>,
    /// Shapes that are one of several bars of different lengths, be they read as a chart or not: no patches of a legend.
    among_bars: Vec<bool>,
    taken: Vec<Taken>,
    lenders: Vec<Lender>,
    /// What labels say, found out where it is first asked for: each is held against many groups of marks.
    figures: Vec<OnceCell<Option<Figure>>>,
    tick_numbers: Vec<OnceCell<Option<TickNumber>>>,
    /// Shapes seen as bars, upright and level.
    bars: [OnceCell<Vec<Bar>>; 2],
    /// The same from where they start across the way they grow, then from their base.
    bars_across: [OnceCell<Vec<Bar>>; 2],
    /// What may be an axis under bars, upright and level.
    thin: [OnceCell<Vec<Span>>; 2],
    heights: OnceCell<Heights>,
}

/// Labels by the height at which they stand.
struct Heights {
    /// Those that are not turned, from the top, each with the height of its middle.
    level: Vec<(f64, usize)>,
    turned: Vec<usize>,
}

impl<'a> Sketch<'a> {
    fn of(shapes: &'a [Shape], labels: &'a [Label]) -> Self {
        Self {
            shapes,
            labels,
            shape_used: vec![false; shapes.len()],
            label_used: vec![false; labels.len()],
            among_bars: vec![false; shapes.len()],
            taken: Vec::new(),
            lenders: Vec::new(),
            figures: vec![OnceCell::new(); labels.len()],
            tick_numbers: vec![OnceCell::new(); labels.len()],
            bars: [const { OnceCell::new() }; 2],
            bars_across: [const { OnceCell::new() }; 2],
            thin: [const { OnceCell::new() }; 2],
            heights: OnceCell::new(),
        }
    }

    /// The number that a label prints.
    fn figure(&self, label: usize) -> Option<Figure> {
        *self.figures[label].get_or_init(|| figure::figure(&self.labels[label].text.string))
    }

    /// The number that a label is as a tick of an axis.
    fn tick_number(&self, label: usize) -> Option<TickNumber> {
        *self.tick_numbers[label].get_or_init(|| TickNumber::of(&self.labels[label]))
    }

    /// All shapes that may be bars, taken or not, in the order drawn.
    fn bars(&self, direction: Direction) -> &[Bar] {
        self.bars[direction as usize].get_or_init(|| bars::all(self.shapes, direction))
    }

    /// The same from where they start across the way they grow, then from their base.
    fn bars_across(&self, direction: Direction) -> &[Bar] {
        self.bars_across[direction as usize].get_or_init(|| {
            let mut bars = self.bars(direction).to_vec();
            bars.sort_by(|one, other| one.from.total_cmp(&other.from).then(one.base.total_cmp(&other.base)));
            bars
        })
    }

    /// Rulings across the way bars grow, in the order drawn.
    fn thin(&self, direction: Direction) -> &[Span] {
        self.thin[direction as usize].get_or_init(|| {
            let straight = self.shapes.iter().filter(|shape| !matches!(shape.outline, Outline::Path { .. }));
            let spans = straight.map(|shape| Span::of(shape.bbox, direction));
            spans.filter(|span| span.far - span.near < 2.0).collect()
        })
    }

    /// Labels whose middle is between two heights, and those that are turned.
    fn labels_between(&self, top: f64, bottom: f64) -> impl Iterator<Item = usize> {
        let Heights { level, turned } = self.heights.get_or_init(|| {
            let (turned, level): (Vec<usize>, Vec<usize>) = (0..self.labels.len()).partition(|index| self.labels[*index].angle != 0.0);
            let mut level: Vec<(f64, usize)> = level.into_iter().map(|index| (self.labels[index].bbox.middle().1, index)).collect();
            level.sort_by(|one, other| one.0.total_cmp(&other.0));
            Heights { level, turned }
        });
        let first = level.partition_point(|(middle, _)| *middle < top);
        let within = level[first..].iter().take_while(move |(middle, _)| *middle <= bottom);
        within.map(|(_, index)| *index).chain(turned.iter().copied())
    }

    /// Whether a label not used yet stands in a box.
    fn is_label_in(&self, bbox: BBox) -> bool {
        self.labels_between(bbox.top, bbox.bottom)
            .any(|index| !self.label_used[index] && bbox.holds(self.labels[index].bbox))
    }

    /// These charts, with what was taken for them.
    fn found(self, mut charts: Vec<Chart>) -> FoundCharts {
        give_headings(&mut charts, &self);
        let indices = |used: Vec<bool>| used.into_iter().enumerate().filter(|(_, used)| *used).map(|(index, _)| index).collect();
        FoundCharts {
            charts,
            used_labels: indices(self.label_used),
            used_shapes: indices(self.shape_used),
        }
    }

    /// Marks shapes and labels as used; the region around them.
    fn take(&mut self, shapes: &[usize], labels: &[usize]) -> Option<Region> {
        let mut region: Option<Region> = None;
        let mut add = |part: Region| region = Some(region.map_or(part, |region| region.union(part)));
        for shape in shapes {
            self.shape_used[*shape] = true;
            add(self.shapes[*shape].region);
        }
        for label in labels {
            self.label_used[*label] = true;
            self.labels[*label].text.whole().into_iter().for_each(&mut add);
        }
        let region = region?;
        let drawn = shapes.iter().map(|shape| self.shapes[*shape].bbox);
        let mut sizes: Vec<f64> = labels.iter().map(|label| self.labels[*label].size).collect();
        sizes.sort_by(f64::total_cmp);
        self.taken.push(Taken {
            region,
            bbox: drawn.chain(labels.iter().map(|label| self.labels[*label].bbox)).reduce(BBox::union)?,
            size: sizes.get(sizes.len() / 2).copied().unwrap_or_default(),
        });
        Some(region)
    }

    /// Labels not used yet that stand in a box or around it.
    fn labels_near(&self, bbox: BBox) -> Vec<usize> {
        let (wide, tall) = ((0.8 * bbox.width()).clamp(120.0, 260.0), (0.4 * bbox.height()).clamp(40.0, 90.0));
        let reach = BBox {
            x0: bbox.x0 - wide,
            top: bbox.top - tall,
            x1: bbox.x1 + wide,
            bottom: bbox.bottom + tall,
        };
        // A turned name may be far longer than the drawing is away.
        let touches = |bbox: BBox| bbox.x0 <= reach.x1 && bbox.x1 >= reach.x0 && bbox.top <= reach.bottom && bbox.bottom >= reach.top;
        let near = self.labels_between(reach.top, reach.bottom).filter(|index| {
            let label = &self.labels[*index];
            !self.label_used[*index] && (reach.holds(label.bbox) || label.angle != 0.0 && touches(label.bbox))
        });
        let mut near: Vec<usize> = near.collect();
        near.sort_unstable();
        near
    }
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
    /// Figures scattered over a map.
    Map,
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
            Self::Map => "map",
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
    /// Where it has none inside: the words printed over it, which stand among the words of the page too.
    pub heading: Option<Text>,
    /// The words along the axis of its values, such as `Persons (in thousands)`.
    pub axis: Option<Text>,
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
    /// What the axis counts in, as far as its numbers tell.
    pub unit: MarkUnit,
}

/// What a reading counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkUnit {
    /// Whatever the labels or the axis count.
    Plain,
    /// Percent.
    Percent,
}
