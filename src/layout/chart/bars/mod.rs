//! Bars, upright or level, side by side or stacked: marks to points with their labels, names and readings.

mod axis;
mod bar;
mod groups;
mod labels;
mod names;
mod noughts;
mod readings;
mod stems;
#[cfg(test)]
pub(super) mod tests;

use self::axis::axis_of;
use self::bar::Body;
pub(super) use self::bar::{Bar, Direction, Seen, Span};
pub(super) use self::groups::all;
use self::groups::{axes_under, groups, series_colours, slots, stacks, with_rounded};
use self::labels::{Dressed, value_labels};
use self::names::{Name, categories, joined, level_with};
use self::noughts::noughts;
use self::readings::{MarkScale, readings};
pub(super) use self::readings::{area, measures};
pub(super) use self::stems::is_dot;
use super::axis_title::axis_title;
use super::legend::{legend, legend_title};
use super::lent::{Lender, lent_axis, middle_names};
use super::scale::{Sample, agree};
use super::single::single_bar_chart;
use super::ticks::{Ticks, axes};
use super::{Chart, ChartKind, Point, PointSeries, Shape, Sketch};
use crate::layout::BBox;

/// The longest bar of a chart is at least this long, in units of the drawing.
const LEAST_LENGTH: f64 = 3.0;
/// What is no thicker than this, in units of the drawing, and has neither number nor axis, is a ruling between cells.
const RULING: f64 = 3.2;
/// Shapes looked at as the only bar of a chart.
const MOST_SINGLE: usize = 300;

/// Finds the bar charts of a sketch.
pub(super) fn bar_charts(sketch: &mut Sketch<'_>) -> Vec<Chart> {
    let mut charts = Vec::new();
    // The most bars first: what is left of a chart, such as the patches of its legend, may look like one.
    let mut found: Vec<(Vec<Bar>, Direction)> = Vec::new();
    for direction in [Direction::Up, Direction::Right] {
        found.extend(groups(sketch, direction).into_iter().map(|group| (group, direction)));
    }
    found.sort_by_key(|(group, _)| std::cmp::Reverse(group.len()));
    for bar in found.iter().filter(|(group, _)| differ(group)).flat_map(|(group, _)| group) {
        sketch.among_bars[bar.shape] = true;
    }
    let is_free = |group: &[Bar], sketch: &Sketch<'_>| group.iter().all(|bar| !sketch.shape_used[bar.shape]);
    for (group, direction) in &found {
        if is_free(group, sketch) {
            charts.extend(chart_of_bars(group, *direction, sketch));
        }
    }
    // What could not be read on its own may stand in a row with a chart whose axis, or whose names, are those of all.
    for (group, direction) in &found {
        let beside = || lent_axis(area(group), *direction, sketch).is_some() || is_left_half(group, *direction);
        if !sketch.lenders.is_empty() && is_free(group, sketch) && beside() {
            charts.extend(chart_of_bars(group, *direction, sketch));
        }
    }
    for direction in [Direction::Up, Direction::Right] {
        let bars: Vec<Bar> = single_bars(sketch, direction);
        charts.extend(bars.into_iter().filter_map(|bar| single_bar_chart(bar, direction, sketch)));
    }
    charts
}

/// Whether bars are of three lengths or more, as the patches of a legend are not.
fn differ(bars: &[Bar]) -> bool {
    let mut lengths: Vec<f64> = bars.iter().map(Bar::length).collect();
    lengths.sort_by(f64::total_cmp);
    lengths.windows(2).filter(|pair| pair[1] - pair[0] > 1.0).count() >= 2
}

/// Shapes that may be the only bar of a chart.
fn single_bars(sketch: &Sketch<'_>, direction: Direction) -> Vec<Bar> {
    sketch
        .bars(direction)
        .iter()
        .filter(|bar| !sketch.shape_used[bar.shape] && bar.length() >= 6.0 && bar.thickness() >= 4.0)
        .take(MOST_SINGLE)
        .copied()
        .collect()
}

/// Whether level bars all grow to the left, as those of the left half of a pyramid do.
fn is_left_half(bars: &[Bar], direction: Direction) -> bool {
    direction == Direction::Right && bars.iter().all(|bar| bar.sign() < 0.0)
}

/// For the left half of a pyramid, the names between it and the half that was read.
fn names_of_right_half(bars: &[Bar], direction: Direction, sketch: &Sketch<'_>) -> Vec<usize> {
    if !is_left_half(bars, direction) {
        return Vec::new();
    }
    let base = bars[0].base;
    let names = middle_names(base, sketch);
    let level = |bar: &Bar| {
        names.iter().any(|name| {
            let bbox = sketch.labels[*name].bbox;
            (f64::midpoint(bbox.top, bbox.bottom) - bar.middle()).abs() < 0.3 * bar.thickness()
        })
    };
    if bars.iter().all(level) { names } else { Vec::new() }
}

/// Whether the numbers at bars say which way these grow.
fn has_signs(bars: &[Bar], samples: &[Sample]) -> bool {
    let printed = || {
        bars.iter()
            .zip(samples)
            .filter_map(|(bar, sample)| Some((bar.sign(), sample.figure?.value)))
    };
    let back = printed().filter(|(sign, _)| *sign < 0.0).count();
    back >= 1 && printed().all(|(sign, value)| value == 0.0 || sign * value > 0.0)
}

/// What some bars take up, with the room under the lines of a grid that run over all of them.
fn up_to_grid(reach: BBox, bars: &[Bar], direction: Direction, sketch: &Sketch<'_>) -> BBox {
    let span = Span::of(reach, direction);
    let (wide, long) = (span.to - span.from, span.far - span.near);
    let over = |line: &&Span| line.from <= span.from + 0.1 * wide && line.to >= span.to - 0.1 * wide && line.to - line.from < 1.6 * wide + 40.0;
    let most = span.far + (5.0 * long).clamp(60.0, 300.0);
    let lines = sketch.thin(direction).iter().filter(over).map(|line| line.far);
    let far = lines.filter(|far| *far < most).fold(span.far, f64::max);
    match direction {
        _ if bars.iter().any(|bar| bar.sign() < 0.0) => reach,
        Direction::Up => BBox { top: -far, ..reach },
        Direction::Right => BBox { x1: far, ..reach },
    }
}

/// Whether some bars are the frames of panels side by side: several that are not filled, all of one length.
fn are_frames(bars: &[Bar]) -> bool {
    let mut lengths = bars.iter().filter(|bar| bar.body == Body::Hollow).map(Bar::length);
    lengths
        .next()
        .is_some_and(|first| lengths.clone().count() > 0 && lengths.all(|length| (length - first).abs() < 0.5))
}

/// Whether a shape is the patch of a legend beyond doubt: filled, and about square.
fn is_patch(shape: &Shape) -> bool {
    let (width, height) = (shape.bbox.width(), shape.bbox.height());
    shape.fill.is_some() && width >= 3.0 && height >= 3.0 && (0.3..5.0).contains(&(width / height))
}

/// The chart that some bars on one line make.
pub(super) fn chart_of_bars(bars: &[Bar], direction: Direction, sketch: &mut Sketch<'_>) -> Option<Chart> {
    let mut bars = with_rounded(bars.to_vec(), direction, sketch);
    let stacks = stacks(&bars, direction, sketch);
    let kind = if stacks.is_some() { ChartKind::StackedBar } else { ChartKind::Bar };
    bars = stacks.unwrap_or(bars);
    // Grid lines drawn as thin fills are no bars.
    if bars.iter().all(|bar| bar.length() < LEAST_LENGTH) {
        return None;
    }
    if are_frames(&bars) {
        return None;
    }
    let reach = bars.iter().skip(1).fold(bars[0].bbox, |bbox, bar| bbox.union(bar.bbox));
    let room = up_to_grid(reach, &bars, direction, sketch);
    let mut near: Vec<usize> = sketch.labels_near(reach);
    if room != reach {
        // Only upwards: what stands farther below names no bar.
        let above = sketch
            .labels_near(room)
            .into_iter()
            .filter(|index| sketch.labels[*index].bbox.bottom <= reach.bottom);
        near.extend(above);
        near.sort_unstable();
        near.dedup();
    }
    // Boxes full of words are tiles.
    let is_tile = |bar: &&Bar| {
        let mut held = near.iter().filter(|index| bar.bbox.holds(sketch.labels[**index].bbox));
        held.any(|index| sketch.figure(*index).is_none())
    };
    let most_noughts = || {
        near.iter()
            .filter(|index| sketch.figure(**index).is_some_and(|figure| figure.value == 0.0))
            .count()
    };
    if direction == Direction::Up && bars.iter().filter(is_tile).count() * 2 > bars.len() + most_noughts() {
        return None;
    }
    let found = axes(area(&bars), &near, direction, sketch);
    let axis = axis_of(&found, &bars, direction, sketch).map(|axis| axis.starting_at(bars[0].base));
    let own = axis.is_some();
    let axis = axis.or_else(|| lent_axis(area(&bars), direction, sketch).filter(|axis| found.is_empty() && measures(axis, &bars)));
    let axis = axis.as_ref();
    let grows_back = bars.iter().any(|bar| bar.sign() < 0.0);
    let hollow = bars.iter().any(|bar| bar.body == Body::Hollow);
    let shared = names_of_right_half(&bars, direction, sketch);
    if axis.is_none() && (hollow || shared.is_empty() && grows_back && bars.iter().all(|bar| bar.sign() < 0.0)) {
        return None;
    }
    // Numbers along an axis are no values, even where the axis is not that of the bars; farther off, they are those of a chart beside.
    let marks = area(&bars);
    let beside = |axis: &&Ticks| {
        axis.labels.iter().any(|index| {
            let label = &sketch.labels[*index];
            let span = Span::of(label.bbox, direction);
            (marks.from - span.to).max(span.from - marks.to) < 4.0 * label.size
        })
    };
    let tick_labels: Vec<usize> = axis
        .filter(|_| own)
        .or(found.first().filter(|_| !grows_back).filter(beside))
        .iter()
        .flat_map(|axis| axis.labels.iter().copied())
        .collect();
    let title = axis.and_then(|axis| axis_title(axis, &near, direction, sketch));
    let free: Vec<usize> = near
        .iter()
        .copied()
        .filter(|index| !tick_labels.contains(index) && title != Some(*index))
        .collect();
    let mut dressed = value_labels(&bars, kind, &free, direction, sketch);
    let printed: Vec<usize> = dressed.iter().filter_map(|dressed| dressed.label).collect();
    let mut free: Vec<usize> = free.into_iter().filter(|index| !printed.contains(index)).collect();
    if kind == ChartKind::Bar && printed.len() >= 2 {
        for (bar, label) in noughts(&bars, &free, direction, sketch) {
            free.retain(|index| *index != label);
            bars.push(bar);
            dressed.push(Dressed { label: Some(label) });
        }
    }
    if direction == Direction::Up && bars.iter().filter(is_tile).count() * 2 > bars.len() {
        return None;
    }
    let value_labels: Vec<usize> = dressed.iter().filter_map(|dressed| dressed.label).collect();
    let samples: Vec<Sample> = bars
        .iter()
        .zip(&dressed)
        .map(|(bar, dressed)| Sample {
            extent: bar.length(),
            figure: dressed.label.and_then(|label| sketch.figure(label)),
        })
        .collect();
    // Parts of stacks lie on both sides of a line, too: only signs tell that bars grow from it both ways.
    if grows_back && axis.is_none() && shared.is_empty() && !has_signs(&bars, &samples) {
        return None;
    }
    let labelled = value_labels.len();
    let mut drawn = bars.iter().filter(|bar| bar.body != Body::Nothing).map(Bar::length);
    let varied = drawn.next().is_some_and(|first| drawn.any(|length| (length - first).abs() > 1.0));
    let slots = slots(&bars, kind);
    // What may prove a chart, before more is looked for.
    let agreed = labelled >= 2 && labelled * 2 >= bars.len() && agree(&samples);
    let thick = bars.iter().any(|bar| bar.thickness() > RULING);
    let unlabelled = labelled == 0 && varied && thick && !hollow && !grows_back && slots.len() >= 3;
    let pair = labelled == bars.len() && bars.len() <= 3 && varied;
    if !agreed && axis.is_none() && !unlabelled && !pair {
        return None;
    }
    let on_axis = !axes_under(&bars, sketch, direction).is_empty();
    // Boxes of one height are cells of a table, unless they stand apart on a line; years over them are its head.
    let apart = || bars.windows(2).all(|pair| pair[1].from - pair[0].to > 0.1 * pair[0].thickness());
    let years = || {
        samples
            .iter()
            .all(|sample| sample.figure.is_none_or(|figure| (1900.0..2100.0).contains(&figure.value)))
    };
    let by_labels = agreed && (varied || on_axis && apart() && !years());
    if !by_labels && axis.is_none() && !(on_axis && (unlabelled || pair)) {
        return None;
    }
    let colours = series_colours(&bars, &slots);
    let shapes: Vec<usize> = bars.iter().map(|bar| bar.shape).collect();
    // What already says something says nothing of a colour.
    let taken: Vec<usize> = tick_labels.iter().chain(&value_labels).copied().collect();
    let marks_box = bars.iter().skip(1).fold(bars[0].bbox, |bbox, bar| bbox.union(bar.bbox));
    let mut legend = legend(sketch, &colours, &shapes, room, &taken);
    legend.retain(|entry| colours.len() > 1 || is_patch(&sketch.shapes[entry.shape]));
    free.retain(|index| !legend.iter().any(|entry| entry.label == *index));
    let foot = bars
        .iter()
        .map(|bar| bar.tip.min(bar.base))
        .chain(axis.filter(|_| grows_back).map(|axis| axis.low))
        .fold(f64::INFINITY, f64::min);
    let names: Vec<Vec<Name>> = if shared.is_empty() {
        categories(&bars, &slots, &free, foot, direction, sketch)
    } else {
        level_with(&bars, &slots, &shared, sketch)
    };
    let filled = names.iter().filter(|names| !names.is_empty()).count();

    let by_axis = axis.is_some() && (varied || filled * 2 >= slots.len());
    let unread = unlabelled && filled * 10 >= slots.len() * 7 && on_axis;
    // Two bars of which one bears a wrong label still are a chart if they stand on an axis and have names.
    let pair = pair && filled == slots.len() && on_axis;
    if !by_labels && !by_axis && !unread && !pair {
        return None;
    }
    let scale = MarkScale {
        axis: axis.map(|axis| axis.scale),
        kind,
        pair,
    };
    let readings = readings(&bars, &samples, scale, sketch, direction);

    let mut used_labels: Vec<usize> = tick_labels;
    used_labels.extend(&value_labels);
    used_labels.extend(names.iter().flatten().map(|name| name.label));
    used_labels.extend(legend.iter().map(|entry| entry.label));
    used_labels.extend(legend_title(&legend, marks_box, sketch));
    used_labels.extend(title);
    let mut used_shapes = shapes;
    used_shapes.extend(legend.iter().map(|entry| entry.shape));
    let region = sketch.take(&used_shapes, &used_labels)?;
    let names_of_all = names.iter().flatten().map(|name| name.label).collect();
    let lent = axis.filter(|_| own).cloned();
    sketch.lenders.push(Lender::new(direction, lent, marks_box, names_of_all));

    let point = |index: usize| {
        let slot = slots.iter().position(|slot| slot.contains(&index)).unwrap_or(0);
        let dressed: &Dressed = &dressed[index];
        Point {
            category: joined(&names[slot], sketch),
            label: dressed.label.map(|label| sketch.labels[label].text.trimmed()),
            mark: readings[index],
            region: bars[index].region,
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
        heading: None,
        axis: title.map(|title| sketch.labels[title].text.trimmed()),
        series,
    })
}
