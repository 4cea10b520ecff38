//! The numbers along an axis to a scale: tick labels in a column or a row, at their tick marks or grid lines where such are drawn.

use super::bars::{Direction, Span};
use super::figure::{Separator, figure_with};
use super::powers::{bare_power, multiplier, power};
use super::scale::{Growth, Scale, Signs, through_ticks};
use super::{Label, MarkUnit, Sketch};

/// Lines looked at as tick marks or grid lines.
const MOST_LINES: usize = 1_000;
/// Numbers looked at as tick labels on one side of the marks.
const MOST_LABELS: usize = 120;

/// Numbers of a page looked at as those of axes that no chart took.
const MOST_NUMBERS: usize = 2_000;
/// How far the zero of an axis may be off where its numbers have lines.
const SLACK_ON_LINES: f64 = 1.2;

/// An axis of values.
#[derive(Debug, Clone)]
pub(super) struct Ticks {
    /// Its tick labels, and the power of ten printed at its end.
    pub(super) labels: Vec<usize>,
    /// What its numbers say.
    pub(super) scale: Scale,
    /// Where the first tick stands along the axis.
    pub(super) low: f64,
    /// Where the last tick stands.
    pub(super) high: f64,
    /// How far one tick is from the next.
    pub(super) pitch: f64,
    /// Half-width of what the place of zero can be sure of, in units of the drawing.
    pub(super) slack: f64,
}

/// What the marks of a chart take up: along the axis of values, and across it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

/// A number that may be a tick label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tick {
    pub(super) label: usize,
    span: Span,
    pub(super) along: f64,
    pub(super) size: f64,
    value: f64,
    /// The same number if its lone separator opens decimals.
    decimal: f64,
    decimals: Decimals,
}

/// What a label says as a tick.
#[derive(Debug, Clone, Copy)]
pub(super) struct TickNumber {
    value: f64,
    decimal: f64,
    decimals: Decimals,
}

impl TickNumber {
    /// The number of a label that runs level or upright.
    pub(super) fn of(label: &Label) -> Option<Self> {
        let decimal = tick_value(label, Separator::OpensDecimals)?;
        let has_separator = label.text.string.contains([',', '.']);
        label.is_square().then(|| Self {
            value: Some(decimal)
                .filter(|_| !has_separator)
                .or_else(|| tick_value(label, Separator::Groups))
                .unwrap_or(decimal),
            decimal,
            decimals: if opens_decimals(&label.text.string) {
                Decimals::Told
            } else {
                Decimals::Open
            },
        })
    }
}

/// Whether a number tells that a lone separator opens decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decimals {
    /// `0.250` does.
    Told,
    /// `1.250` does not.
    Open,
}

/// The axes that may measure the marks in an area, the closest first.
pub(super) fn axes(area: Area, near: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Vec<Ticks> {
    let mut found: Vec<(f64, Ticks)> = Vec::new();
    let ticks: Vec<Tick> = near
        .iter()
        .filter_map(|index| tick(*index, direction, sketch))
        .filter(|tick| bare_power(&sketch.labels[tick.label]).is_none())
        .collect();
    for side in [Side::Before, Side::Behind] {
        let ticks: Vec<Tick> = ticks
            .iter()
            .copied()
            .filter(|tick| side.gap(tick.span, area) >= -0.5)
            .filter(|tick| tick.along <= area.high + (4.0 * (area.high - area.low)).max(6.0 * tick.size))
            .take(MOST_LABELS)
            .collect();
        let is_close = |tick: &Tick| tick.along <= area.high + (area.high - area.low).max(6.0 * tick.size);
        for column in columns(&ticks) {
            let gap = column.iter().map(|tick| side.gap(tick.span, area)).fold(f64::INFINITY, f64::min);
            // Numbers high over short marks may be those of another drawing.
            let close = column.iter().filter(|tick| is_close(tick)).count();
            let found_axis = axis(&column, area, near, direction, sketch).or_else(|| {
                let fewer = (3..column.len()).contains(&close);
                if fewer {
                    axis(&column[..close], area, near, direction, sketch)
                } else {
                    None
                }
            });
            if let Some(axis) = found_axis {
                found.push((gap, axis));
            }
        }
    }
    found.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.labels.len().cmp(&one.1.labels.len())));
    found.into_iter().map(|(_, axis)| axis).collect()
}

/// Numbers that no chart took, one over the other at even steps, each level with a grid line or a tick mark of its own.
pub(super) fn numbers_on_grid(sketch: &Sketch<'_>) -> Vec<usize> {
    let direction = Direction::Up;
    let ticks: Vec<Tick> = (0..sketch.labels.len())
        .filter(|index| !sketch.label_used[*index])
        .filter_map(|index| tick(index, direction, sketch))
        .take(MOST_NUMBERS)
        .collect();
    let mut found = Vec::new();
    for column in columns(&ticks) {
        for run in even_runs(&column).into_iter().filter(|run| run.len() >= 5) {
            let to = run.iter().map(|tick| tick.span.to).fold(f64::NEG_INFINITY, f64::max);
            let area = Area {
                low: run[0].along,
                high: run[run.len() - 1].along,
                from: to,
                to: to + 60.0,
            };
            let places = on_lines(run, &lines(run, area, direction, sketch).all);
            let level = places.is_some_and(|places| places.iter().zip(run).all(|(place, tick)| (place - tick.along).abs() <= 0.35 * tick.size));
            if level {
                found.extend(run.iter().map(|tick| tick.label));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Parts of a column whose numbers grow by as much from each to the next as they rise.
fn even_runs(column: &[Tick]) -> Vec<&[Tick]> {
    let slope = |one: &Tick, other: &Tick| (other.value - one.value) / (other.along - one.along);
    let mut runs = Vec::new();
    let mut start = 0;
    for end in 1..=column.len() {
        let goes_on = end < column.len() && {
            let next = slope(&column[end - 1], &column[end]);
            let first = if end - start > 1 {
                slope(&column[start], &column[start + 1])
            } else {
                next
            };
            next > 0.0 && (next / first - 1.0).abs() < 0.15
        };
        if !goes_on {
            runs.push(&column[start..end]);
            start = end;
        }
    }
    runs
}

#[derive(Debug, Clone, Copy)]
enum Side {
    Before,
    Behind,
}

impl Side {
    /// How far a label stands from the marks, on this side of them.
    fn gap(self, span: Span, area: Area) -> f64 {
        match self {
            Self::Before => area.from - span.to,
            Self::Behind => span.from - area.to,
        }
    }
}

fn tick(index: usize, direction: Direction, sketch: &Sketch<'_>) -> Option<Tick> {
    let number = sketch.tick_number(index)?;
    let label = &sketch.labels[index];
    let span = Span::of(label.bbox, direction);
    Some(Tick {
        label: index,
        span,
        along: f64::midpoint(span.near, span.far),
        size: label.size,
        value: number.value,
        decimal: number.decimal,
        decimals: number.decimals,
    })
}

fn opens_decimals(string: &str) -> bool {
    let digits = string.trim_start_matches(|character: char| !character.is_ascii_digit());
    digits.strip_prefix('0').is_some_and(|rest| rest.starts_with(['.', ',']))
}

/// The number at a tick: `1,500`, or `10` with a raised `3`.
fn tick_value(label: &Label, separator: Separator) -> Option<f64> {
    let value = figure_with(&label.text.string, separator)?.value;
    match label.text.marks.as_slice() {
        [mark] if label.text.string.trim() == "10" => power(&mark.label),
        _ => Some(value),
    }
}

/// Ticks that end, start or are centred on one line, in the order of their places.
fn columns(ticks: &[Tick]) -> Vec<Vec<Tick>> {
    let mut columns: Vec<Vec<Tick>> = Vec::new();
    if ticks.len() < 3 {
        return columns;
    }
    for edge in [|tick: &Tick| tick.span.to, |tick: &Tick| tick.span.from, |tick: &Tick| tick.span.middle()] {
        let mut sorted = ticks.to_vec();
        sorted.sort_by(|one, other| edge(one).total_cmp(&edge(other)).then(one.label.cmp(&other.label)));
        let mut column: Vec<Tick> = Vec::new();
        for tick in sorted {
            let apart = column
                .last()
                .is_some_and(|last| edge(&tick) - edge(last) > 0.3 * last.size.min(tick.size).max(2.0));
            if apart {
                columns.push(std::mem::take(&mut column));
            }
            column.push(tick);
        }
        columns.push(column);
    }
    for column in &mut columns {
        column.sort_by(|one, other| one.along.total_cmp(&other.along).then(one.label.cmp(&other.label)));
        let size = column.get(column.len() / 2).map_or(0.0, |tick| tick.size);
        column.retain(|tick| (tick.size - size).abs() <= 0.1 * size);
    }
    columns.retain(|column| column.len() >= 3);
    columns.sort_by_key(|column| std::cmp::Reverse(column.len()));
    columns.dedup_by(|one, other| one.iter().map(|tick| tick.label).eq(other.iter().map(|tick| tick.label)));
    columns
}

/// The axis that a column of numbers is; a stray number at either end is left out of it, or one at both.
fn axis(column: &[Tick], area: Area, near: &[usize], direction: Direction, sketch: &Sketch<'_>) -> Option<Ticks> {
    let (signed, signs) = with_signs(column);
    let column = signed.as_slice();
    // Most columns of numbers are none: that shows before all lines of the page are looked at.
    let roughly = |value: fn(&Tick) -> f64| {
        let points: Vec<(f64, f64)> = column[1..column.len() - 1].iter().map(|tick| (tick.along, value(tick))).collect();
        points.len() < 3 || through_ticks(&points, 0.5 * column[0].size).is_some()
    };
    if !roughly(|tick| tick.value) && !roughly(|tick| tick.decimal) {
        return None;
    }
    let lines = lines(column, area, direction, sketch);
    let whole = |ticks: &[Tick]| measured(ticks, &lines);
    let (scale, places, slack, ticks) = whole(column).map(|(scale, places, slack)| (scale, places, slack, column)).or_else(|| {
        let both = &column[1..column.len() - 1];
        [&column[1..], &column[..column.len() - 1], both].into_iter().find_map(|part| {
            let (scale, places, slack) = if part.len() >= 4 { whole(part) } else { None }?;
            Some((scale, places, slack, part))
        })
    })?;
    let (low, high) = (*places.first()?, *places.last()?);
    let mut labels: Vec<usize> = ticks.iter().map(|tick| tick.label).collect();
    let percent = ticks
        .iter()
        .all(|tick| tick.value == 0.0 || sketch.labels[tick.label].text.string.contains('%'));
    let mut scale = Scale {
        unit: if percent { MarkUnit::Percent } else { MarkUnit::Plain },
        signs,
        ..scale
    };
    if let Some((label, factor)) = multiplier(ticks, near, direction, sketch)
        && scale.growth == Growth::Even
    {
        labels.push(label);
        scale = Scale {
            offset: scale.offset * factor,
            slope: scale.slope * factor,
            error: scale.error * factor,
            ..scale
        };
    }
    Some(Ticks {
        pitch: (high - low) / (places.len() - 1) as f64,
        labels,
        scale,
        low,
        high,
        slack,
    })
}

/// Ticks that fall to nought and rise again, as under the two halves of a pyramid, with the signs that are not printed before those that fall.
fn with_signs(column: &[Tick]) -> (Vec<Tick>, Signs) {
    let mut ticks = column.to_vec();
    let nought = ticks.iter().position(|tick| tick.value == 0.0);
    let Some(nought) = nought.filter(|nought| *nought >= 2) else {
        return (ticks, Signs::Printed);
    };
    let falls = ticks[..=nought].windows(2).all(|pair| pair[0].value > pair[1].value);
    let rises = ticks[nought..].windows(2).all(|pair| pair[0].value < pair[1].value);
    if !falls || !rises {
        return (ticks, Signs::Printed);
    }
    for tick in &mut ticks[..nought] {
        tick.value = -tick.value;
        tick.decimal = -tick.decimal;
    }
    (ticks, Signs::LeftOut)
}

/// The scale of ticks, their places, and how far these may be off.
fn measured(ticks: &[Tick], lines: &Lines) -> Option<(Scale, Vec<f64>, f64)> {
    let size = ticks.first()?.size;
    let values = ticks.iter().map(|tick| tick.value);
    // Years run evenly along the other axis, never along this one.
    let step = (ticks[1].value - ticks[0].value).abs();
    if values.clone().all(|value| (1900.0..2100.0).contains(&value) && value.fract() == 0.0) && step <= 10.0 {
        return None;
    }
    let fit = |places: &[f64], slack: f64| {
        let points = |value: fn(&Tick) -> f64| -> Vec<(f64, f64)> { places.iter().copied().zip(ticks.iter().map(value)).collect() };
        let (grouped, decimal) = (points(|tick| tick.value), points(|tick| tick.decimal));
        // `0.000` beside `1.250` tells that the point opens decimals.
        if ticks.iter().any(|tick| tick.decimals == Decimals::Told) {
            through_ticks(&decimal, slack)
        } else {
            through_ticks(&grouped, slack).or_else(|| through_ticks(&decimal, slack))
        }
    };
    let (scale, places, slack) = [&lines.marks, &lines.grid, &lines.all]
        .into_iter()
        .flat_map(|lines| [on_lines(ticks, lines), on_nearest_lines(ticks, lines)])
        .flatten()
        .find_map(|places| Some((fit(&places, 0.6)?, places, 0.6)))
        .or_else(|| {
            let places: Vec<f64> = ticks.iter().map(|tick| tick.along).collect();
            Some((fit(&places, 1.5)?, places, 1.5))
        })?;
    let (unsure, error) = if slack < 1.0 {
        (SLACK_ON_LINES, scale.error)
    } else {
        (0.9 * size, scale.error.max(0.2 * size * scale.slope))
    };
    (scale.slope > 0.0).then_some((Scale { error, ..scale }, places, unsure))
}

/// The places of ticks on the lines drawn for them: all as far from the middle of their label.
fn on_lines(ticks: &[Tick], lines: &[f64]) -> Option<Vec<f64>> {
    let near = |place: f64| {
        let at = lines.partition_point(|line| *line < place);
        let around = [at.checked_sub(1), Some(at)].into_iter().flatten().filter_map(|at| lines.get(at));
        around.copied().min_by(|one, other| (one - place).abs().total_cmp(&(other - place).abs()))
    };
    let mut best: Option<(usize, f64)> = None;
    for tick in ticks {
        let reach = 0.8 * tick.size;
        let first = lines.partition_point(|line| *line < tick.along - reach);
        for line in lines[first..].iter().take_while(|line| **line <= tick.along + reach) {
            let shift = line - tick.along;
            let held = ticks
                .iter()
                .filter(|tick| near(tick.along + shift).is_some_and(|line| (line - tick.along - shift).abs() <= 0.5))
                .count();
            let better = best.is_none_or(|(most, least)| held > most || held == most && shift.abs() < least.abs() - 0.05);
            if better {
                best = Some((held, shift));
            }
        }
    }
    let (held, shift) = best?;
    // The ends of an axis may lie on its frame, and a tick may be left out there.
    (held >= 2 && held + 2 >= ticks.len() && held * 2 >= ticks.len()).then(|| {
        ticks
            .iter()
            .map(|tick| {
                near(tick.along + shift)
                    .filter(|line| (line - tick.along - shift).abs() <= 0.5)
                    .unwrap_or(tick.along + shift)
            })
            .collect()
    })
}

/// The places of ticks on the lines closest to their labels, which may have been set a little apart from them: each on its own.
fn on_nearest_lines(ticks: &[Tick], lines: &[f64]) -> Option<Vec<f64>> {
    let places: Vec<f64> = ticks
        .iter()
        .map(|tick| {
            let at = lines.partition_point(|line| *line < tick.along);
            let around = [at.checked_sub(1), Some(at)].into_iter().flatten().filter_map(|at| lines.get(at));
            let nearest = around
                .copied()
                .min_by(|one, other| (one - tick.along).abs().total_cmp(&(other - tick.along).abs()));
            nearest.filter(|line| (line - tick.along).abs() <= 0.75 * tick.size)
        })
        .collect::<Option<_>>()?;
    places.windows(2).all(|pair| pair[1] - pair[0] > 1.0).then_some(places)
}

/// Where thin lines run across an axis, ascending.
#[derive(Debug, Default)]
struct Lines {
    /// Tick marks beside the numbers.
    marks: Vec<f64>,
    /// Grid lines over the marks of the chart.
    grid: Vec<f64>,
    /// Both.
    all: Vec<f64>,
}

/// The lines that a column of numbers may stand at.
fn lines(column: &[Tick], area: Area, direction: Direction, sketch: &Sketch<'_>) -> Lines {
    let size = column.first().map_or(0.0, |tick| tick.size);
    let from = column.iter().map(|tick| tick.span.from).fold(f64::INFINITY, f64::min);
    let to = column.iter().map(|tick| tick.span.to).fold(f64::NEG_INFINITY, f64::max);
    let mut lines = Lines::default();
    let spans = sketch.shapes.iter().map(|shape| Span::of(shape.bbox, direction));
    for span in spans.filter(|span| span.far - span.near < 1.5) {
        let length = span.to - span.from;
        let crosses = length > 0.4 * (area.to - area.from) && span.from < area.to && span.to > area.from;
        let beside =
            length >= 1.0 && span.from <= to + 1.5 * size && span.to >= from - 1.5 * size && (span.from >= to - 0.5 || span.to <= from + 0.5);
        let place = f64::midpoint(span.near, span.far);
        if crosses && lines.grid.len() < MOST_LINES {
            lines.grid.push(place);
        } else if beside && lines.marks.len() < MOST_LINES {
            lines.marks.push(place);
        }
    }
    lines.marks.sort_by(f64::total_cmp);
    lines.grid.sort_by(f64::total_cmp);
    lines.all = lines.marks.iter().chain(&lines.grid).copied().collect();
    lines.all.sort_by(f64::total_cmp);
    lines
}

impl Ticks {
    /// The same axis where its zero is the line that marks start from: where no lines are drawn at its numbers, these only tell about,
    /// and lines may be moved to whole dots.
    pub(super) fn starting_at(&self, base: f64) -> Self {
        let shift = match self.scale.zero() {
            Some(zero) if self.slack <= SLACK_ON_LINES && (zero - base).abs() <= self.slack => {
                return Self {
                    scale: Scale {
                        offset: -self.scale.slope * base,
                        ..self.scale
                    },
                    ..self.clone()
                };
            }
            Some(zero) if self.slack > SLACK_ON_LINES && (zero - base).abs() <= self.slack && zero > self.low - 0.5 * self.pitch => base - zero,
            _ => return self.clone(),
        };
        Self {
            scale: Scale {
                offset: -self.scale.slope * base,
                error: self.scale.error.min(0.6 * self.scale.slope),
                ..self.scale
            },
            low: self.low + shift,
            high: self.high + shift,
            slack: SLACK_ON_LINES,
            ..self.clone()
        }
    }
}
