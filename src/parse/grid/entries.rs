//! Tables and charts to entries: which rows and columns hold labels, and which labels each value has.

use std::collections::BTreeMap;

use super::{
    super::{annotated::Annotated, draft::TextPlace, number::NumberKind, outline::Content, parser::Parser},
    Entry,
};
use crate::layout::{Cell, Chart, Table, Text};

/// The texts of a chart's points: by node, then series and point.
type ChartTexts = BTreeMap<(usize, usize, usize), (Option<Annotated>, Option<Annotated>)>;

pub(super) struct Charts {
    points: ChartTexts,
    names: BTreeMap<(usize, usize), Annotated>,
}

/// Parts of a chart's texts: series are this far apart.
const SERIES_APART: usize = 100_000;

pub(super) fn annotate_charts(parser: &Parser<'_>) -> Charts {
    let mut charts = Charts {
        points: BTreeMap::new(),
        names: BTreeMap::new(),
    };
    for (node, content) in parser.outline.nodes.iter().enumerate() {
        let Content::Chart { chart, .. } = &content.content else { continue };
        for (series, points) in chart.series.iter().enumerate() {
            if let Some(name) = &points.name {
                charts.names.insert((node, series), Annotated::new(name.clone(), parser.writing));
            }
            for (point, drawn) in points.points.iter().enumerate() {
                let annotate = |text: &Option<Text>| text.as_ref().map(|text| Annotated::new(text.clone(), parser.writing));
                charts
                    .points
                    .insert((node, series, point), (annotate(&drawn.category), annotate(&drawn.label)));
            }
        }
    }
    charts
}

pub(super) fn chart_entries<'a>(chart: &Chart, charts: &'a Charts, node: usize) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for (series, points) in chart.series.iter().enumerate() {
        let name = charts.names.get(&(node, series));
        for (point, drawn) in points.points.iter().enumerate() {
            let Some((category, Some(value))) = charts.points.get(&(node, series, point)) else {
                continue;
            };
            let part = (series + 1) * SERIES_APART + point * 2 + 1;
            let labels = category.iter().map(|category| (category, TextPlace { node, part: part + 1 }));
            let labels: Vec<_> = labels
                .chain(name.map(|name| {
                    (
                        name,
                        TextPlace {
                            node,
                            part: (series + 1) * SERIES_APART,
                        },
                    )
                }))
                .collect();
            let mut context: Vec<_> = labels.iter().rev().map(|(label, _)| label.string().to_owned()).collect();
            context.push(value.string().to_owned());
            entries.push(Entry {
                value,
                place: TextPlace { node, part },
                labels,
                position: (point, series),
                mark: drawn.mark,
                context: context.join(" "),
            });
        }
    }
    entries
}

/// Values of a table with the labels of their row and column.
pub(super) fn table_entries<'a>(parser: &Parser<'_>, table: &Table, cells: &'a [(&'a Cell, Annotated)], node: usize) -> Vec<Entry<'a>> {
    let header_rows = header_rows(parser, table, cells);
    let label_columns = label_columns(parser, table, cells, header_rows);
    let mut entries = Vec::new();
    for (index, (cell, words)) in cells.iter().enumerate() {
        if cell.row < header_rows || cell.column < label_columns {
            continue;
        }
        let mut labels = Vec::new();
        let mut context = Vec::new();
        for (other, (header, label)) in cells.iter().enumerate() {
            let place = TextPlace { node, part: other + 1 };
            let beside = header.column < label_columns && (header.row..header.row + header.row_span.max(1)).contains(&cell.row);
            let above = header.row < header_rows && (header.column..header.column + header.column_span.max(1)).contains(&cell.column);
            if (beside || above) && !label.string().trim().is_empty() {
                labels.push((label, place));
                context.push(label.string().to_owned());
            }
        }
        context.push(words.string().to_owned());
        let place = TextPlace { node, part: index + 1 };
        entries.push(Entry {
            value: words,
            place,
            labels,
            position: (cell.row, cell.column),
            mark: None,
            context: context.join(" | "),
        });
    }
    entries
}

/// Whether a cell holds a figure, not a label such as a year.
fn is_figure(words: &Annotated) -> bool {
    let Some(number) = words.numbers.first() else { return false };
    words.numbers.len() <= 2
        && !number.year_like
        && words.places.is_empty()
        && words.periods.is_empty()
        && words.tokens.iter().filter(|token| !token.is_punctuation()).count() <= 6
}

fn header_rows(parser: &Parser<'_>, table: &Table, cells: &[(&Cell, Annotated)]) -> usize {
    let figure_row = (0..table.rows).find(|row| {
        let in_row = || cells.iter().filter(|(cell, _)| cell.row == *row);
        in_row().any(|(cell, words)| {
            cell.column > 0 && (is_figure(words) || parser.writing.cues.is_nil(words.string().trim()) && !words.string().trim().is_empty())
        }) || in_row().any(|(_, words)| words.numbers.iter().any(|number| number.kind != NumberKind::Count))
    });
    match figure_row {
        Some(row) => row,
        None => table.header_rows.min(table.rows),
    }
}

/// Leading columns that hold labels: up to the first that holds a figure.
fn label_columns(parser: &Parser<'_>, table: &Table, cells: &[(&Cell, Annotated)], header_rows: usize) -> usize {
    let holds_figure = |column: usize| {
        cells.iter().any(|(cell, words)| {
            cell.column == column
                && cell.row >= header_rows
                && !cell.header
                && (is_figure(words) || !words.string().trim().is_empty() && parser.writing.cues.is_nil(words.string().trim()))
        })
    };
    (0..table.columns)
        .find(|column| holds_figure(*column))
        .unwrap_or(1)
        .max(usize::from(table.columns > 1))
}
