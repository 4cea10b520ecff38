//! Which bars belong together: to one chart, to one stack, to one category, to one series.

use super::stems::stems;
use super::{Bar, Body, Direction, Span};
use crate::layout::chart::scale::median;
use crate::layout::chart::{ChartKind, Colour, Outline, Shape, Sketch};

/// Bars of one chart start on one line, within this many units of the drawing.
const ONE_BASE: f64 = 0.8;
/// Bars of one chart; more are a texture.
const MOST_BARS: usize = 1_500;

/// Bars that start on one line, are alike in thickness and do not overlap; large groups first.
///
/// Those that grow both ways from their line come before those that grow one way.
pub(super) fn groups(sketch: &Sketch<'_>, direction: Direction) -> Vec<Vec<Bar>> {
    let bars = sketch.bars(direction).iter();
    let upwards: Vec<Bar> = bars.filter(|bar| !sketch.shape_used[bar.shape]).copied().collect();
    let both_ways = upwards.iter().copied().chain(upwards.iter().map(Bar::reversed)).collect();
    let mut groups = groups_of(both_ways, sketch, direction);
    groups.retain(|group| group.iter().any(|bar| bar.sign() < 0.0));
    groups.extend(groups_of(upwards, sketch, direction));
    groups.sort_by(|one, other| other.len().cmp(&one.len()).then(one[0].shape.cmp(&other[0].shape)));
    groups
}

fn groups_of(mut bars: Vec<Bar>, sketch: &Sketch<'_>, direction: Direction) -> Vec<Vec<Bar>> {
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
    groups
}

/// All shapes that may be bars.
pub(in crate::layout::chart) fn all(shapes: &[Shape], direction: Direction) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for (index, shape) in shapes.iter().enumerate().filter(|(_, shape)| is_bar(shape)) {
        if let Some(bar) = Bar::of(shape, index, direction)
            && !bars.iter().rev().take(3).any(|filled| is_edge_of(&bar, filled))
        {
            bars.push(bar);
        }
    }
    bars.extend(stems(shapes, direction));
    bars
}

/// Whether a bar is no more than the edge of a filled one, drawn after it.
fn is_edge_of(bar: &Bar, filled: &Bar) -> bool {
    let same = |one: f64, other: f64| (one - other).abs() < 1.0;
    let (edge, fill) = (bar.bbox, filled.bbox);
    bar.body == Body::Hollow
        && filled.body == Body::Filled
        && same(edge.x0, fill.x0)
        && same(edge.x1, fill.x1)
        && same(edge.top, fill.top)
        && same(edge.bottom, fill.bottom)
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
        let over = |last: &&mut Bar| bar.sign() * last.sign() > 0.0 && bar.from < last.to - 0.35 * last.thickness();
        match seen.iter_mut().rev().take(2).find(over) {
            Some(last) => {
                if bar.shape > last.shape {
                    *last = bar;
                }
            }
            None => seen.push(bar),
        }
    }
    seen
}

/// Parts bars of charts that stand side by side: where the line they start on ends, or far more room is than elsewhere.
fn apart(bars: &[Bar], sketch: &Sketch<'_>, direction: Direction) -> Vec<Vec<Bar>> {
    let gaps: Vec<f64> = bars.windows(2).map(|pair| pair[1].from - pair[0].to).collect();
    let usual = median(gaps.clone()).unwrap_or(0.0).max(0.0);
    let most = (3.0 * (usual + bars.first().map_or(0.0, Bar::thickness))).max(1.0);
    let axes = axes_under(bars, sketch, direction);
    let grid = grid_over(bars, sketch, direction);
    let mut parts: Vec<Vec<Bar>> = vec![Vec::new()];
    for (index, bar) in bars.iter().enumerate() {
        if index > 0 {
            let (left, right) = (bars[index - 1].to, bar.from);
            let ends_between = axes
                .iter()
                .flat_map(|axis| [axis.from, axis.to])
                .any(|end| left - 0.5 <= end && end <= right + 0.5);
            // Bars of nothing leave room in their chart, over an axis that goes on.
            let goes_on = axes.iter().any(|axis| axis.from < left && axis.to > right);
            let panel_ends = || {
                let within = |place: f64| left - 0.5 <= place && place <= right + 0.5;
                let ends = |line: &Span| {
                    within(line.to)
                        && grid
                            .iter()
                            .any(|next| (next.near - line.near).abs() < 0.1 && within(next.from) && next.from >= line.to)
                };
                grid.iter().filter(|line| ends(line)).count() >= 2
            };
            if gaps[index - 1] > most && !goes_on || ends_between && gaps[index - 1] > 0.5 * usual || panel_ends() {
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

/// Lines along the base of bars.
pub(super) fn axes_under(bars: &[Bar], sketch: &Sketch<'_>, direction: Direction) -> Vec<Span> {
    let Some(base) = bars.first().map(|bar| bar.base) else {
        return Vec::new();
    };
    let longest = bars.iter().map(Bar::thickness).fold(0.0, f64::max);
    let along = sketch.thin(direction).iter();
    along
        .filter(|span| (span.near - base).abs() < 2.0 && span.to - span.from > 2.0 * longest)
        .take(32)
        .copied()
        .collect()
}

/// Lines of a grid behind bars, over the line they start on.
fn grid_over(bars: &[Bar], sketch: &Sketch<'_>, direction: Direction) -> Vec<Span> {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return Vec::new();
    };
    let longest = bars.iter().map(Bar::thickness).fold(0.0, f64::max);
    let tip = bars.iter().map(|bar| bar.tip).fold(first.base, f64::max);
    let along = sketch.thin(direction).iter();
    along
        .filter(|span| span.near > first.base + 2.0 && span.near < tip && span.to - span.from > 2.0 * longest)
        .filter(|span| span.from < last.to && span.to > first.from)
        .take(200)
        .copied()
        .collect()
}

/// Bars of a group with those on their line that rounding to whole dots made a little thicker or thinner.
pub(super) fn with_rounded(mut bars: Vec<Bar>, direction: Direction, sketch: &Sketch<'_>) -> Vec<Bar> {
    let (base, thickness) = (bars[0].base, median(bars.iter().map(Bar::thickness).collect()).unwrap_or(0.0));
    let first = bars.iter().map(|bar| bar.from).fold(f64::INFINITY, f64::min);
    let last = bars.iter().map(|bar| bar.to).fold(f64::NEG_INFINITY, f64::max);
    let fills: Vec<Colour> = bars.iter().map(|bar| bar.fill).collect();
    let thinnest = bars.iter().map(Bar::thickness).fold(f64::INFINITY, f64::min);
    let thickest = bars.iter().map(Bar::thickness).fold(0.0, f64::max);
    // Those as thick as the others were left out for another reason: they stand in the next panel.
    let alike = |bar: &Bar| bar.thickness() > thinnest - 0.05 && bar.thickness() < thickest + 0.05;
    let mut room: Vec<(f64, f64)> = bars.iter().map(|bar| (bar.from, bar.to)).collect();
    let more = sketch
        .bars(direction)
        .iter()
        .filter(|bar| (bar.base - base).abs() <= ONE_BASE && !sketch.shape_used[bar.shape])
        .filter(|bar| (bar.thickness() - thickness).abs() <= (0.35 * thickness).min(1.6))
        .filter(|bar| bar.from > first - 4.0 * thickness && bar.to < last + 4.0 * thickness)
        .filter(|bar| !alike(bar) && fills.contains(&bar.fill) && !bars.iter().any(|other| other.shape == bar.shape))
        .copied();
    let mut found = Vec::new();
    for bar in more.take(MOST_BARS) {
        if room
            .iter()
            .all(|(from, to)| bar.from > to - 0.35 * thickness || bar.to < from + 0.35 * thickness)
        {
            room.push((bar.from, bar.to));
            found.push(bar);
        }
    }
    bars.extend(found);
    bars.sort_by(|one, other| one.from.total_cmp(&other.from).then(one.shape.cmp(&other.shape)));
    bars
}

/// Stacks on the bars of a group: the bars with what continues them; none where nothing does.
pub(super) fn stacks(bars: &[Bar], direction: Direction, sketch: &Sketch<'_>) -> Option<Vec<Bar>> {
    if bars.iter().any(|bar| bar.sign() < 0.0) {
        return None;
    }
    // Whole dots may shift a part by one.
    let slack = |bar: &Bar| 0.5 + 0.1 * bar.thickness().min(8.0);
    let first = bars.iter().map(|bar| bar.from - slack(bar)).fold(f64::INFINITY, f64::min);
    let last = bars.iter().map(|bar| bar.from + slack(bar)).fold(f64::NEG_INFINITY, f64::max);
    let across = sketch.bars_across(direction);
    let within = across[across.partition_point(|bar| bar.from < first)..]
        .iter()
        .take_while(|bar| bar.from <= last);
    let above: Vec<Bar> = within
        .filter(|bar| bar.base > bars[0].base + ONE_BASE && !sketch.shape_used[bar.shape])
        .copied()
        .collect();
    if above.is_empty() {
        return None;
    }
    let mut stacked = Vec::new();
    let mut tall = 0;
    for bar in bars {
        stacked.push(*bar);
        let slack = slack(bar);
        let first = above.partition_point(|other| other.from < bar.from - slack);
        let mut tip = bar.tip;
        let mut height = 1;
        for other in above[first..].iter().take_while(|other| other.from <= bar.from + slack).take(200) {
            if (other.to - bar.to).abs() <= slack + 0.1
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
    // Where a part is nothing, its bar is no stack; that several are is no chance.
    (tall * 2 >= bars.len() || tall >= 3).then_some(stacked)
}

/// Bars that share a category: bars of several colours close together, or on top of each other.
pub(super) fn slots(bars: &[Bar], kind: ChartKind) -> Vec<Vec<usize>> {
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
        let of_other_colour = |slot: &Vec<usize>| slot.iter().all(|other| bars[*other].fill != bars[index].fill);
        let opposite = |slot: &Vec<usize>| {
            slot.iter()
                .any(|other| (bars[*other].middle() - bars[index].middle()).abs() < 0.3 * bars[index].thickness())
        };
        let joins = slots
            .last()
            .is_some_and(|slot| opposite(slot) || grouped && place > 0 && gaps[place - 1] < limit && of_other_colour(slot));
        match slots.last_mut() {
            Some(slot) if joins => slot.push(index),
            _ => slots.push(vec![index]),
        }
    }
    slots
}

/// The colours that tell series apart; one `None` where colour tells nothing.
pub(super) fn series_colours(bars: &[Bar], slots: &[Vec<usize>]) -> Vec<Option<Colour>> {
    let one_colour = bars.iter().all(|bar| bar.fill == bars[0].fill);
    if slots.iter().all(|slot| slot.len() < 2) && !one_colour {
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
