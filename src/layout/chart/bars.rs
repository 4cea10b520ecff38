//! Bars, upright or level, side by side or stacked: marks to points with their labels, names and readings.

use super::figure::figure;
use super::legend::legend;
use super::scale::{Sample, agree, by_other_labels, median, through_ticks};
use super::single::single_bar_chart;
use super::{Chart, ChartKind, Colour, Label, MarkReading, Outline, Point, PointSeries, Shape, Sketch};
use crate::layout::{BBox, Text};

/// Bars of one chart start on one line, within this many units of the drawing.
const ONE_BASE: f64 = 0.8;
/// Bars of one chart; more are a texture.
const MOST_BARS: usize = 1_500;
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

/// Bars that start on one line, are alike in thickness and do not overlap; large groups first.
fn groups(sketch: &Sketch<'_>, direction: Direction) -> Vec<Vec<Bar>> {
    let mut bars: Vec<Bar> = sketch
        .shapes
        .iter()
        .enumerate()
        .filter(|(index, shape)| !sketch.shape_used[*index] && is_bar(shape))
        .filter_map(|(index, shape)| Bar::of(shape, index, direction))
        .collect();
    bars.sort_by(|one, other| one.base.total_cmp(&other.base));
    let mut groups: Vec<Vec<Bar>> = Vec::new();
    for same_base in runs(&bars, |one, other| other.base - one.base <= ONE_BASE) {
        let mut same_base = same_base.to_vec();
        same_base.sort_by(|one, other| one.thickness().total_cmp(&other.thickness()));
        for alike in runs(&same_base, |one, other| other.thickness() <= one.thickness() * 1.06 + 0.5) {
            let mut alike = alike.to_vec();
            if alike.len() < 2 || alike.len() > MOST_BARS {
                continue;
            }
            alike.sort_by(|one, other| one.from.total_cmp(&other.from).then(one.shape.cmp(&other.shape)));
            groups.extend(apart(&uppermost(alike), sketch, direction));
        }
    }
    groups.sort_by(|one, other| other.len().cmp(&one.len()).then(one[0].shape.cmp(&other[0].shape)));
    groups
}

fn is_bar(shape: &Shape) -> bool {
    match &shape.outline {
        Outline::Rect => true,
        Outline::Line { .. } => false,
        // Rounded corners.
        Outline::Path { points, .. } => {
            let next = points.iter().cycle().skip(1);
            let area = points.iter().zip(next).map(|(one, other)| one.0 * other.1 - other.0 * one.1).sum::<f64>() / 2.0;
            area.abs() > 0.93 * shape.bbox.width() * shape.bbox.height() && shape.bbox.width().min(shape.bbox.height()) > 1.0
        }
    }
}

/// Cuts a sorted list where neighbours do not belong together.
fn runs(bars: &[Bar], together: impl Fn(&Bar, &Bar) -> bool) -> Vec<&[Bar]> {
    let mut runs = Vec::new();
    let mut start = 0;
    for index in 1..=bars.len() {
        if index == bars.len() || !together(&bars[index - 1], &bars[index]) {
            runs.push(&bars[start..index]);
            start = index;
        }
    }
    runs
}

/// Of bars drawn over one another at one place, the one drawn last: the others are tracks behind it.
fn uppermost(bars: Vec<Bar>) -> Vec<Bar> {
    let mut seen: Vec<Bar> = Vec::new();
    for bar in bars {
        match seen.last_mut() {
            Some(last) if bar.from < last.to - 0.35 * last.thickness() => {
                if bar.shape > last.shape {
                    *last = bar;
                }
            }
            _ => seen.push(bar),
        }
    }
    seen
}

/// Parts bars of charts that stand side by side: where the line they start on ends, or far more room is than elsewhere.
fn apart(bars: &[Bar], sketch: &Sketch<'_>, direction: Direction) -> Vec<Vec<Bar>> {
    let gaps: Vec<f64> = bars.windows(2).map(|pair| pair[1].from - pair[0].to).collect();
    let usual = median(gaps.clone()).unwrap_or(0.0).max(0.0);
    let most = (3.0 * (usual + bars.first().map_or(0.0, Bar::thickness))).max(1.0);
    let ends = axis_ends(bars, sketch, direction);
    let mut parts: Vec<Vec<Bar>> = vec![Vec::new()];
    for (index, bar) in bars.iter().enumerate() {
        if index > 0 {
            let (left, right) = (bars[index - 1].to, bar.from);
            let ends_between = ends.iter().any(|end| left - 0.5 <= *end && *end <= right + 0.5);
            if gaps[index - 1] > most || ends_between && gaps[index - 1] > 0.5 * usual {
                parts.push(Vec::new());
            }
        }
        if let Some(part) = parts.last_mut() {
            part.push(*bar);
        }
    }
    parts.retain(|part| part.len() > 1);
    parts
}

/// Where lines along the base of bars start and end.
fn axis_ends(bars: &[Bar], sketch: &Sketch<'_>, direction: Direction) -> Vec<f64> {
    let Some(base) = bars.first().map(|bar| bar.base) else {
        return Vec::new();
    };
    let longest = bars.iter().map(Bar::thickness).fold(0.0, f64::max);
    sketch
        .shapes
        .iter()
        .filter(|shape| !matches!(shape.outline, Outline::Path { .. }))
        .map(|shape| Span::of(shape.bbox, direction))
        .filter(|span| span.far - span.near < 2.0 && (span.near - base).abs() < 2.0 && span.to - span.from > 2.0 * longest)
        .flat_map(|span| [span.from, span.to])
        .take(64)
        .collect()
}

/// What stands at a bar.
#[derive(Debug, Clone, Default)]
struct Dressed {
    label: Option<usize>,
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

/// Stacks on the bars of a group: the bars with what continues them; none where nothing does.
fn stacks(bars: &[Bar], direction: Direction, sketch: &Sketch<'_>) -> Option<Vec<Bar>> {
    let mut above: Vec<Bar> = sketch
        .shapes
        .iter()
        .enumerate()
        .filter(|(index, shape)| !sketch.shape_used[*index] && matches!(shape.outline, Outline::Rect))
        .filter_map(|(index, shape)| Bar::of(shape, index, direction))
        .filter(|bar| bar.base > bars[0].base + ONE_BASE)
        .collect();
    if above.is_empty() {
        return None;
    }
    above.sort_by(|one, other| one.from.total_cmp(&other.from).then(one.base.total_cmp(&other.base)));
    let mut stacked = Vec::new();
    let mut tall = 0;
    for bar in bars {
        stacked.push(*bar);
        let first = above.partition_point(|other| other.from < bar.from - 0.5);
        let mut tip = bar.tip;
        let mut height = 1;
        for other in above[first..].iter().take_while(|other| other.from <= bar.from + 0.5).take(200) {
            if (other.to - bar.to).abs() <= 0.6
                && (other.base - tip).abs() <= 1.2
                && other.fill != stacked.last().map_or([0; 3], |last: &Bar| last.fill)
            {
                stacked.push(*other);
                tip = other.tip;
                height += 1;
            }
        }
        tall += usize::from(height > 1);
    }
    (tall * 2 >= bars.len()).then_some(stacked)
}

/// The numbers along an axis.
struct Ticks {
    labels: Vec<usize>,
    scale: super::scale::Scale,
}

/// Numbers in a column beside upright bars, or in a row under or over level ones, that grow evenly.
fn ticks(bars: &[Bar], near: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Option<Ticks> {
    let first = bars.iter().map(|bar| bar.from).fold(f64::INFINITY, f64::min);
    let last = bars.iter().map(|bar| bar.to).fold(f64::NEG_INFINITY, f64::max);
    let base = bars[0].base;
    let tip = bars.iter().map(|bar| bar.tip).fold(f64::NEG_INFINITY, f64::max);
    let mut found: Option<Ticks> = None;
    for side in [0, 1] {
        let mut beside: Vec<(usize, Span, f64)> = near
            .iter()
            .filter_map(|index| {
                let label = &sketch.labels[*index];
                let value = figure(&label.text.string)?.value;
                let span = Span::of(label.bbox, direction);
                let across = if side == 0 { span.to <= first + 0.5 } else { span.from >= last - 0.5 };
                let along = f64::midpoint(span.near, span.far);
                let size = label.size;
                (across && along >= base - size && along <= tip + 0.6 * (tip - base) + 2.0 * size).then_some((*index, span, value))
            })
            .collect();
        if beside.len() < 3 {
            continue;
        }
        // The column, or row, closest to the bars.
        let edge = |span: Span| if side == 0 { span.to } else { span.from };
        let closest = beside
            .iter()
            .map(|(_, span, _)| edge(*span))
            .fold(if side == 0 { f64::NEG_INFINITY } else { f64::INFINITY }, |best, place| {
                if side == 0 { best.max(place) } else { best.min(place) }
            });
        let size = sketch.labels[beside[0].0].size;
        let slack = if direction == Direction::Up { 1.0 * size } else { 0.5 * size };
        beside.retain(|(_, span, _)| {
            let starts = (edge(*span) - closest).abs() <= slack;
            let centred = direction == Direction::Up && (span.middle() - closest).abs() <= 3.0 * size;
            starts || centred
        });
        let lines = level_lines(bars, direction, sketch);
        let mut on_lines = true;
        let points: Vec<(f64, f64)> = beside
            .iter()
            .map(|(_, span, value)| {
                let middle = f64::midpoint(span.near, span.far);
                let line = lines
                    .iter()
                    .copied()
                    .filter(|line| (line - middle).abs() <= 0.75 * size)
                    .min_by(|one, other| (one - middle).abs().total_cmp(&(other - middle).abs()));
                on_lines &= line.is_some();
                (line.unwrap_or(middle), *value)
            })
            .collect();
        let points = if on_lines {
            points
        } else {
            beside
                .iter()
                .map(|(_, span, value)| (f64::midpoint(span.near, span.far), *value))
                .collect()
        };
        if let Some(scale) = through_ticks(&points, if on_lines { 0.6 } else { 1.5 }) {
            let labels = beside.into_iter().map(|(index, _, _)| index).collect();
            if scale.slope > 0.0 && found.is_none() {
                found = Some(Ticks { labels, scale });
            }
        }
    }
    found
}

/// Where thin lines run across the way bars grow: grid lines, and the base.
fn level_lines(bars: &[Bar], direction: Direction, sketch: &Sketch<'_>) -> Vec<f64> {
    let longest = bars.iter().map(Bar::thickness).fold(0.0, f64::max);
    sketch
        .shapes
        .iter()
        .map(|shape| Span::of(shape.bbox, direction))
        .filter(|span| span.far - span.near < 1.5 && span.to - span.from > 1.5 * longest)
        .map(|span| f64::midpoint(span.near, span.far))
        .take(400)
        .collect()
}

/// The number printed at each bar: at its tip, or in it.
fn value_labels(bars: &[Bar], kind: ChartKind, free: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Vec<Dressed> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    let numbers: Vec<(usize, Span, f64)> = free
        .iter()
        .filter(|index| figure(&sketch.labels[**index].text.string).is_some())
        .map(|index| (*index, Span::of(sketch.labels[*index].bbox, direction), sketch.labels[*index].size))
        .collect();
    for (place, bar) in bars.iter().enumerate() {
        for (label, span, size) in &numbers {
            let across = (span.middle() - bar.middle()).abs();
            let wide = bar.thickness().max(span.to - span.from);
            if across > 0.5 * wide.max(*size) {
                continue;
            }
            let middle = f64::midpoint(span.near, span.far);
            let inside = middle > bar.base && middle < bar.tip;
            let behind = span.near - bar.tip;
            let distance = if inside {
                // In the bar, whether at its tip, its middle or its foot.
                if kind == ChartKind::StackedBar {
                    0.0
                } else {
                    (bar.tip - span.far).max(0.0).min(bar.length() * 0.5) * 0.2 + 0.5 * size
                }
            } else if kind != ChartKind::StackedBar && (-0.7 * size..1.8 * size).contains(&behind) {
                behind.abs()
            } else {
                continue;
            };
            pairs.push((distance + 2.0 * across, place, *label));
        }
    }
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    let mut dressed = vec![Dressed::default(); bars.len()];
    let mut taken = std::collections::BTreeSet::new();
    for (_, bar, label) in pairs {
        if dressed[bar].label.is_none() && taken.insert(label) {
            dressed[bar].label = Some(label);
        }
    }
    dressed
}

/// Bars that share a category: bars of several colours close together, or on top of each other.
fn slots(bars: &[Bar], kind: ChartKind) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..bars.len()).collect();
    order.sort_by(|one, other| {
        bars[*one]
            .middle()
            .total_cmp(&bars[*other].middle())
            .then(bars[*one].base.total_cmp(&bars[*other].base))
    });
    if kind == ChartKind::StackedBar {
        let mut slots: Vec<Vec<usize>> = Vec::new();
        for index in order {
            match slots.last_mut() {
                Some(slot) if (bars[slot[0]].middle() - bars[index].middle()).abs() < 0.5 * bars[index].thickness() => slot.push(index),
                _ => slots.push(vec![index]),
            }
        }
        return slots;
    }
    let gaps: Vec<f64> = order.windows(2).map(|pair| bars[pair[1]].from - bars[pair[0]].to).collect();
    let least = gaps.iter().copied().fold(f64::INFINITY, f64::min);
    let most = gaps.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let coloured = bars.iter().any(|bar| bar.fill != bars[0].fill);
    let grouped = coloured && most > 1.5 * least.max(0.0) + 0.8;
    let limit = f64::midpoint(least, most);
    let mut slots: Vec<Vec<usize>> = Vec::new();
    for (place, index) in order.into_iter().enumerate() {
        let joins = grouped
            && place > 0
            && gaps[place - 1] < limit
            && slots
                .last()
                .is_some_and(|slot| slot.iter().all(|other| bars[*other].fill != bars[index].fill));
        match slots.last_mut() {
            Some(slot) if joins => slot.push(index),
            _ => slots.push(vec![index]),
        }
    }
    slots
}

/// The colours that tell series apart; one `None` where colour tells nothing.
fn series_colours(bars: &[Bar], slots: &[Vec<usize>]) -> Vec<Option<Colour>> {
    if slots.iter().all(|slot| slot.len() < 2) {
        return vec![None];
    }
    let mut colours: Vec<Option<Colour>> = Vec::new();
    for index in slots.iter().flatten() {
        let colour = Some(bars[*index].fill);
        if !colours.contains(&colour) {
            colours.push(colour);
        }
    }
    colours
}

/// The words that name each slot: under upright bars, before level ones, or right over them.
fn categories(bars: &[Bar], slots: &[Vec<usize>], free: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Vec<Vec<usize>> {
    let base = bars[0].base;
    let ranges: Vec<(f64, f64)> = slots
        .iter()
        .map(|slot| {
            let from = slot.iter().map(|index| bars[*index].from).fold(f64::INFINITY, f64::min);
            let to = slot.iter().map(|index| bars[*index].to).fold(f64::NEG_INFINITY, f64::max);
            (from, to)
        })
        .collect();
    let middles: Vec<f64> = ranges.iter().map(|(from, to)| f64::midpoint(*from, *to)).collect();
    let pitch = middles.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min).min(1e6);
    let mut names: Vec<Vec<usize>> = vec![Vec::new(); slots.len()];
    let mut nearest = f64::INFINITY;
    let mut before: Vec<(usize, Span, f64)> = Vec::new();
    for index in free {
        let label = &sketch.labels[*index];
        let span = Span::of(label.bbox, direction);
        let gap = base - span.far;
        if gap < -0.6 * label.size || label.text.string.trim().is_empty() {
            continue;
        }
        let place = match direction {
            // A slanted name ends, or starts, at its bar.
            Direction::Up if (10.0..80.0).contains(&-label.angle) => span.to,
            Direction::Up if (10.0..80.0).contains(&label.angle) => span.from,
            _ => span.middle(),
        };
        nearest = nearest.min(gap);
        before.push((*index, span, place));
    }
    let longest = before
        .iter()
        .filter(|(index, ..)| sketch.labels[*index].angle == 0.0)
        .map(|(index, ..)| sketch.labels[*index].size)
        .fold(0.0, f64::max);
    // What is printed larger than the names next to the bars, level with none of them, is a heading under the chart.
    let first_size = before
        .iter()
        .filter(|(_, span, _)| base - span.far <= nearest + 0.8)
        .map(|(index, ..)| sketch.labels[*index].size)
        .fold(0.0, f64::max);
    let first_end = before
        .iter()
        .filter(|(_, span, _)| base - span.far <= nearest + 0.8)
        .map(|(_, span, _)| span.near)
        .fold(f64::INFINITY, f64::min);
    for (index, span, place) in before {
        let label = &sketch.labels[index];
        let gap = base - span.far;
        if direction == Direction::Up && label.angle == 0.0 && label.size > 1.15 * first_size && span.far < first_end {
            continue;
        }
        let reach = match direction {
            Direction::Up => nearest.max(0.0) + 2.6 * longest.max(label.size),
            Direction::Right => 400.0,
        };
        if gap > reach || nearest > 3.0 * label.size {
            continue;
        }
        let slot = middles.partition_point(|middle| *middle < place);
        let slot = [slot.checked_sub(1), Some(slot)]
            .into_iter()
            .flatten()
            .filter(|slot| *slot < middles.len())
            .min_by(|one, other| (middles[*one] - place).abs().total_cmp(&(middles[*other] - place).abs()));
        if let Some(slot) = slot
            && (middles[slot] - place).abs() <= 0.5 * pitch.max(ranges[slot].1 - ranges[slot].0) + 0.5
        {
            names[slot].push(index);
        }
    }
    if direction == Direction::Right {
        // Of several columns of words before the bars, the name is what ends closest to them.
        for names in &mut names {
            let closest = names.iter().map(|index| sketch.labels[*index].bbox.x1).fold(f64::NEG_INFINITY, f64::max);
            names.retain(|index| {
                let bbox = sketch.labels[*index].bbox;
                bbox.x1 >= closest - 2.0 * sketch.labels[*index].size || bbox.x1 >= closest - 60.0 && bbox.x0 < closest
            });
            let far = names.iter().all(|index| base - sketch.labels[*index].bbox.x1 > 60.0);
            if far {
                names.clear();
            }
        }
        if names.iter().all(Vec::is_empty) {
            return names_over(bars, &ranges, free, sketch);
        }
    }
    for names in &mut names {
        names.sort_by(|one, other| {
            let (one, other) = (sketch.labels[*one].bbox, sketch.labels[*other].bbox);
            one.top.total_cmp(&other.top).then(one.x0.total_cmp(&other.x0))
        });
    }
    names
}

/// Names printed right over level bars, flush with their start.
fn names_over(bars: &[Bar], ranges: &[(f64, f64)], free: &[usize], sketch: &Sketch<'_>) -> Vec<Vec<usize>> {
    ranges
        .iter()
        .map(|(from, _)| {
            free.iter()
                .copied()
                .filter(|index| {
                    let label = &sketch.labels[*index];
                    let gap = from - label.bbox.bottom;
                    (label.bbox.x0 - bars[0].base).abs() < 1.5 * label.size
                        && (-0.5 * label.size..label.size).contains(&gap)
                        && figure(&label.text.string).is_none()
                })
                .take(1)
                .collect()
        })
        .collect()
}

/// Words on several lines as one text.
fn joined(labels: &[usize], sketch: &Sketch<'_>) -> Option<Text> {
    let mut labels = labels.iter();
    let mut text = sketch.labels[*labels.next()?].text.trimmed();
    for label in labels {
        let line: &Label = &sketch.labels[*label];
        text.append(&line.text.trimmed(), " ");
    }
    Some(text)
}
