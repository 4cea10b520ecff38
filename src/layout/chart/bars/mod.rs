//! Bars, upright or level, side by side or stacked: marks to points with their labels, names and readings.

mod groups;
mod labels;
mod ticks;

use self::groups::{axis_ends, groups, is_bar, series_colours, slots, stacks};
use self::labels::{Dressed, categories, joined, value_labels};
use self::ticks::ticks;
use super::figure::figure;
use super::legend::legend;
use super::scale::{Sample, agree, by_other_labels};
use super::single::single_bar_chart;
use super::{Chart, ChartKind, Colour, MarkReading, Point, PointSeries, Shape, Sketch};
use crate::layout::BBox;

/// Shapes looked at as the only bar of a chart.
const MOST_SINGLE: usize = 300;

/// Which way bars grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Right,
}

/// A bar seen along the way it grows: `base` to `tip`, `from` to `to` across.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    pub(super) base: f64,
    pub(super) tip: f64,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) shape: usize,
    fill: Colour,
}

impl Bar {
    pub(super) fn of(shape: &Shape, index: usize, direction: Direction) -> Option<Self> {
        let fill = shape.fill.filter(|fill| fill.iter().any(|part| *part < 246))?;
        let bbox = shape.bbox;
        let (base, tip, from, to) = match direction {
            Direction::Up => (-bbox.bottom, -bbox.top, bbox.x0, bbox.x1),
            Direction::Right => (bbox.x0, bbox.x1, bbox.top, bbox.bottom),
        };
        (to - from >= 1.0 && tip - base > 0.0).then_some(Self {
            base,
            tip,
            from,
            to,
            shape: index,
            fill,
        })
    }

    pub(super) fn length(&self) -> f64 {
        self.tip - self.base
    }

    pub(super) fn thickness(&self) -> f64 {
        self.to - self.from
    }

    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.from, self.to)
    }
}

/// A box seen along the way bars grow: start and end along, start and end across.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) near: f64,
    pub(super) far: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Span {
    pub(super) fn of(bbox: BBox, direction: Direction) -> Self {
        match direction {
            Direction::Up => Self {
                near: -bbox.bottom,
                far: -bbox.top,
                from: bbox.x0,
                to: bbox.x1,
            },
            Direction::Right => Self {
                near: bbox.x0,
                far: bbox.x1,
                from: bbox.top,
                to: bbox.bottom,
            },
        }
    }

    pub(super) fn middle(self) -> f64 {
        f64::midpoint(self.from, self.to)
    }
}

/// Finds the bar charts of a sketch.
pub(super) fn bar_charts(sketch: &mut Sketch<'_>) -> Vec<Chart> {
    let mut charts = Vec::new();
    for direction in [Direction::Up, Direction::Right] {
        for group in groups(sketch, direction) {
            if group.iter().any(|bar| sketch.shape_used[bar.shape]) {
                continue;
            }
            charts.extend(chart_of(group, direction, sketch));
        }
    }
    for direction in [Direction::Up, Direction::Right] {
        let bars: Vec<Bar> = single_bars(sketch, direction);
        charts.extend(bars.into_iter().filter_map(|bar| single_bar_chart(bar, direction, sketch)));
    }
    charts
}

/// Shapes that may be the only bar of a chart.
fn single_bars(sketch: &Sketch<'_>, direction: Direction) -> Vec<Bar> {
    sketch
        .shapes
        .iter()
        .enumerate()
        .filter(|(index, shape)| !sketch.shape_used[*index] && is_bar(shape))
        .filter_map(|(index, shape)| Bar::of(shape, index, direction))
        .filter(|bar| bar.length() >= 6.0 && bar.thickness() >= 4.0)
        .take(MOST_SINGLE)
        .collect()
}

fn chart_of(bars: Vec<Bar>, direction: Direction, sketch: &mut Sketch<'_>) -> Option<Chart> {
    let stacks = stacks(&bars, direction, sketch);
    let kind = if stacks.is_some() { ChartKind::StackedBar } else { ChartKind::Bar };
    let bars = stacks.unwrap_or(bars);
    let reach = bars
        .iter()
        .skip(1)
        .fold(sketch.shapes[bars[0].shape].bbox, |bbox, bar| bbox.union(sketch.shapes[bar.shape].bbox));
    let near: Vec<usize> = sketch.labels_near(reach);
    let ticks = ticks(&bars, &near, direction, sketch);
    let tick_labels: Vec<usize> = ticks.iter().flat_map(|ticks| ticks.labels.iter().copied()).collect();
    let free: Vec<usize> = near.iter().copied().filter(|index| !tick_labels.contains(index)).collect();
    let dressed = value_labels(&bars, kind, &free, direction, sketch);
    let value_labels: Vec<usize> = dressed.iter().filter_map(|dressed| dressed.label).collect();
    let free: Vec<usize> = free.into_iter().filter(|index| !value_labels.contains(index)).collect();
    let slots = slots(&bars, kind);
    let names = categories(&bars, &slots, &free, direction, sketch);
    let filled = names.iter().filter(|names| !names.is_empty()).count();

    let samples: Vec<Sample> = bars
        .iter()
        .zip(&dressed)
        .map(|(bar, dressed)| Sample {
            extent: bar.length(),
            figure: dressed.label.and_then(|label| figure(&sketch.labels[label].text.string)),
        })
        .collect();
    let labelled = value_labels.len();
    let lengths: Vec<f64> = bars.iter().map(Bar::length).collect();
    let varied = lengths.iter().any(|length| (length - lengths[0]).abs() > 1.0);
    // Boxes full of words are tiles.
    let worded = bars
        .iter()
        .filter(|bar| {
            let bbox = sketch.shapes[bar.shape].bbox;
            near.iter().any(|index| {
                bbox.holds(sketch.labels[*index].bbox) && figure(&sketch.labels[*index].text.string).is_none() && direction == Direction::Up
            })
        })
        .count();
    if worded * 2 > bars.len() {
        return None;
    }
    let by_labels = labelled >= 2 && labelled * 2 >= bars.len() && agree(&samples);
    let by_axis = ticks.is_some() && varied && filled * 2 >= slots.len();
    let unread = labelled == 0 && varied && slots.len() >= 3 && filled * 10 >= slots.len() * 7 && !axis_ends(&bars, sketch, direction).is_empty();
    // Two bars of which one bears a wrong label still are a chart if they stand on an axis and have names.
    let pair = labelled == bars.len() && bars.len() <= 3 && varied && filled == slots.len() && !axis_ends(&bars, sketch, direction).is_empty();
    if !by_labels && !by_axis && !unread && !pair {
        return None;
    }
    let readings: Vec<Option<MarkReading>> = match &ticks {
        Some(ticks) => bars
            .iter()
            .map(|bar| Some(ticks.scale.read(bar.tip)))
            .map(|reading| reading.filter(|_| kind == ChartKind::Bar))
            .collect(),
        None => by_other_labels(&samples),
    };
    let readings = if ticks.is_some() && kind == ChartKind::StackedBar {
        by_other_labels(&samples)
    } else {
        readings
    };

    let colours = series_colours(&bars, &slots);
    let legend = legend(sketch, &colours, &bars.iter().map(|bar| bar.shape).collect::<Vec<_>>(), reach);
    let mut used_labels: Vec<usize> = tick_labels;
    used_labels.extend(&value_labels);
    used_labels.extend(names.iter().flatten());
    used_labels.extend(legend.iter().map(|entry| entry.label));
    let mut used_shapes: Vec<usize> = bars.iter().map(|bar| bar.shape).collect();
    used_shapes.extend(legend.iter().map(|entry| entry.shape));
    let region = sketch.take(&used_shapes, &used_labels)?;

    let point = |index: usize| {
        let slot = slots.iter().position(|slot| slot.contains(&index)).unwrap_or(0);
        let dressed: &Dressed = &dressed[index];
        Point {
            category: joined(&names[slot], sketch),
            label: dressed.label.map(|label| sketch.labels[label].text.trimmed()),
            mark: readings[index],
            region: sketch.shapes[bars[index].shape].region,
        }
    };
    let series = colours
        .iter()
        .map(|colour| PointSeries {
            name: legend
                .iter()
                .find(|entry| Some(entry.colour) == *colour)
                .map(|entry| sketch.labels[entry.label].text.trimmed()),
            points: slots
                .iter()
                .flatten()
                .filter(|index| colour.is_none_or(|colour| bars[**index].fill == colour))
                .map(|index| point(*index))
                .collect(),
        })
        .collect();
    Some(Chart {
        kind,
        region,
        title: None,
        series,
    })
}
