//! Charts with a single bar, as the first edition of a year has them: bar, line, name, and figure or axis must stand together without a doubt.

use super::bars::{Bar, Direction, Seen, Span, area, measures};
use super::ticks::{Ticks, axes};
use super::{Chart, ChartKind, Point, PointSeries, Sketch};

/// The chart of one bar: on a line that runs past it on both sides, its figure at the tip or numbers along it, its name on the other side of the line.
pub(super) fn single_bar_chart(bar: Bar, direction: Direction, sketch: &mut Sketch<'_>) -> Option<Chart> {
    let bbox = bar.bbox;
    if sketch.shape_used[bar.shape] || !stands_on_axis(&bar, direction, sketch) {
        return None;
    }
    if sketch.is_label_in(bbox) {
        return None;
    }
    let near = sketch.labels_near(bbox);
    let centred = |span: Span, size: f64| (span.middle() - bar.middle()).abs() <= 0.6 * size;
    let mut values = near.iter().copied().filter(|index| {
        let label = &sketch.labels[*index];
        let span = Span::of(label.bbox, direction);
        label.angle == 0.0
            && sketch.figure(*index).is_some()
            && centred(span, label.size)
            && (-0.3 * label.size..1.2 * label.size).contains(&(span.near - bar.tip))
    });
    let (value, None) = (values.next(), values.next()) else { return None };
    let axis = axes(area(&[bar]), &near, direction, sketch)
        .into_iter()
        .find(|axis| measures(axis, &[bar]));
    let axis = axis.map(|axis| axis.starting_at(bar.base));
    let size = sketch.labels[value.or_else(|| axis.as_ref()?.labels.first().copied())?].size;
    let reach = if direction == Direction::Up { 2.0 * size } else { 1.5 * size };
    let mut names: Vec<(f64, usize)> = near
        .iter()
        .filter_map(|index| {
            let label = &sketch.labels[*index];
            let span = Span::of(label.bbox, direction);
            let gap = bar.base - span.far;
            let alike = (0.75..1.34).contains(&(label.size / size)) && label.angle == 0.0;
            let named = label.text.string.chars().any(char::is_alphabetic) || is_year(&label.text.string);
            (alike && named && centred(span, size) && (-0.3 * size..reach).contains(&gap)).then_some((gap, *index))
        })
        .collect();
    names.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (_, name) = *names.first()?;
    let category = sketch.labels[name].text.trimmed();
    let label = value.map(|value| sketch.labels[value].text.trimmed());
    let mark = axis
        .as_ref()
        .filter(|_| bar.tip_seen() == Seen::Whole)
        .map(|axis| axis.scale.read(bar.tip));
    let mut used = axis.map(|axis: Ticks| axis.labels).unwrap_or_default();
    used.extend(value.into_iter().chain([name]));
    let region = sketch.take(&[bar.shape], &used)?;
    Some(Chart {
        kind: ChartKind::Bar,
        region,
        title: None,
        heading: None,
        axis: None,
        series: vec![PointSeries {
            name: None,
            points: vec![Point {
                category: Some(category),
                label,
                mark,
                region: bar.region,
            }],
        }],
    })
}

/// Whether a thin line runs along the base of a bar and past it on both sides.
fn stands_on_axis(bar: &Bar, direction: Direction, sketch: &Sketch<'_>) -> bool {
    let past = 0.05 * bar.thickness().max(20.0);
    sketch.thin(direction).iter().any(|span| {
        let at_base = (f64::midpoint(span.near, span.far) - bar.base).abs() < 2.0;
        at_base && span.from < bar.from - past && span.to > bar.to + past
    })
}

fn is_year(string: &str) -> bool {
    let string = string.trim();
    string.len() == 4 && (string.starts_with("19") || string.starts_with("20")) && string.bytes().all(|byte| byte.is_ascii_digit())
}
