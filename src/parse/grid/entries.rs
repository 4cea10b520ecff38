//! Tables and charts to entries: which rows and columns hold labels, and which labels each value has.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use super::{
    super::{annotated::Annotated, draft::TextPlace, number::NumberKind, outline::Content, parser::Parser},
    Entry,
    drawn::{drawn, stand_in},
};
use crate::layout::{Cell, Chart, Table};

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
    // A month is written at a point of each series: it is recognised once.
    let mut known: HashMap<&str, Annotated> = HashMap::new();
    for (node, content) in parser.outline.nodes.iter().enumerate() {
        let Content::Chart { chart, .. } = &content.content else { continue };
        for (series, points) in chart.series.iter().enumerate() {
            if let Some(name) = &points.name {
                charts.names.insert((node, series), Annotated::new(name.clone(), parser.writing));
            }
            for (point, drawn) in points.points.iter().enumerate() {
                let category = drawn.category.as_ref().map(|text| {
                    let words = known.entry(&text.string).or_insert_with(|| Annotated::new(text.clone(), parser.writing));
                    words.standing_in(text.clone())
                });
                let value = drawn.label.clone().or_else(|| Some(stand_in(drawn.mark?, drawn.region)));
                let value = value.map(|text| Annotated::new(text, parser.writing));
                charts.points.insert((node, series, point), (category, value));
            }
        }
    }
    charts
}

pub(super) fn chart_entries<'a>(parser: &Parser<'_>, chart: &Chart, charts: &'a Charts, node: usize) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for (series, points) in chart.series.iter().enumerate() {
        let name = charts.names.get(&(node, series));
        for (point, shown) in points.points.iter().enumerate() {
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
            let reading = if shown.label.is_some() {
                context.push(value.string().to_owned());
                None
            } else {
                let Some(reading) = shown.mark.and_then(|mark| drawn(mark, chart, parser)) else {
                    continue;
                };
                Some(reading)
            };
            entries.push(Entry {
                value,
                place: TextPlace { node, part },
                labels,
                position: (point, series),
                mark: shown.mark,
                drawn: reading,
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
    let printed = |index: &usize| !cells[*index].1.string().trim().is_empty();
    let beside = by_row(table, cells, |cell| cell.column < label_columns);
    let above = by_column(table, cells, |cell| cell.row < header_rows);
    let mut entries = Vec::new();
    for (index, (cell, words)) in cells.iter().enumerate() {
        if cell.row < header_rows || cell.column < label_columns {
            continue;
        }
        let lines = [beside.get(&cell.row), above.get(&cell.column)];
        let mut around: Vec<usize> = lines.into_iter().flatten().flatten().copied().collect();
        around.sort_unstable();
        around.dedup();
        let mut labels = Vec::new();
        let mut context = Vec::new();
        for other in around.into_iter().filter(printed) {
            let label = &cells[other].1;
            labels.push((label, TextPlace { node, part: other + 1 }));
            context.push(label.string());
        }
        context.push(words.string());
        let place = TextPlace { node, part: index + 1 };
        entries.push(Entry {
            value: words,
            place,
            labels,
            position: (cell.row, cell.column),
            mark: None,
            drawn: None,
            context: context.join(" | "),
        });
    }
    entries
}

/// The cells of each row, by index; one that spans several rows is in each.
pub(super) fn by_row(table: &Table, cells: &[(&Cell, Annotated)], wanted: impl Fn(&Cell) -> bool) -> BTreeMap<usize, Vec<usize>> {
    lines(cells, wanted, |cell| {
        cell.row..cell.row.saturating_add(cell.row_span.max(1)).min(table.rows)
    })
}

/// The cells of each column, by index; one that spans several columns is in each.
pub(super) fn by_column(table: &Table, cells: &[(&Cell, Annotated)], wanted: impl Fn(&Cell) -> bool) -> BTreeMap<usize, Vec<usize>> {
    lines(cells, wanted, |cell| {
        cell.column..cell.column.saturating_add(cell.column_span.max(1)).min(table.columns)
    })
}

fn lines(cells: &[(&Cell, Annotated)], wanted: impl Fn(&Cell) -> bool, span: impl Fn(&Cell) -> Range<usize>) -> BTreeMap<usize, Vec<usize>> {
    let mut lines: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, (cell, _)) in cells.iter().enumerate().filter(|(_, (cell, _))| wanted(cell)) {
        for line in span(cell) {
            lines.entry(line).or_default().push(index);
        }
    }
    lines
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
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, (cell, _)) in cells.iter().enumerate() {
        rows.entry(cell.row).or_default().push(index);
    }
    let figure_row = (0..table.rows).find(|row| {
        let in_row = || rows.get(row).into_iter().flatten().map(|index| &cells[*index]);
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
