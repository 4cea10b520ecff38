//! The cells of a table to columns of figures, each with its header, and rows with their labels.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use rust_decimal::Decimal;

use crate::{
    layout::{Cell, Table},
    parse::{
        annotated::Annotated,
        cue::Cues,
        number::{Number, NumberKind},
    },
    schema::{ClaimFigure, Direction, Interval, Mention, Saying, Statistic, Within},
};

/// Figures of one cell: a value, and its share or change beside it.
const MOST_FIGURES: usize = 2;
/// Words beside the figures of a cell.
const MOST_WORDS: usize = 3;
/// Steps that a column may be rounded to.
const ROUNDED_TO: [u32; 8] = [1_000_000, 100_000, 10_000, 1_000, 500, 100, 50, 10];
/// A rounded column's least figure is at least so many of its steps: else it is the figures that are few.
const LEAST_STEPS: u32 = 20;

/// What a word that names a total is in the languages of the agencies' reports.
const TOTALS: [&str; 14] = [
    "total",
    "totals",
    "totaux",
    "totale",
    "totales",
    "totali",
    "overall",
    "ensemble",
    "gesamt",
    "insgesamt",
    "ukupno",
    "totaal",
    "totalt",
    "razem",
];
/// Words that part of a total is named with.
const PARTIAL: [&str; 6] = ["sub", "subtotal", "subtotals", "sous", "partial", "parcial"];
/// What a row opens with that names some of those in the row before.
const NESTED: [&str; 10] = [
    "of which",
    "of whom",
    "including",
    "incl",
    "o/w",
    "dont",
    "de los cuales",
    "davon",
    "de los que",
    "memo",
];

/// The mention of a range of a cell's words, in a context that it stands in at an offset.
pub(super) type Mentioned<'a> = dyn Fn(&Annotated, Range<usize>, String, usize) -> Option<Mention> + 'a;

/// A figure of a column.
#[derive(Debug, Clone)]
pub(super) struct Value {
    /// With the sign that an arrow stands for.
    pub(super) amount: Decimal,
    pub(super) signed: bool,
    pub(super) figure: ClaimFigure,
}

/// A column of figures; a cell with a value and a share stands in two.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Where it stands in the table.
    pub(super) at: usize,
    /// Which figure of the cells.
    pub(super) slot: usize,
    /// Whether its figures are printed in percent, or its header says so.
    pub(super) percent: bool,
    /// Printed over it, folded.
    pub(super) header: String,
    /// By row.
    pub(super) values: BTreeMap<usize, Value>,
}

/// The columns of a table, from left to right.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) all: Vec<Column>,
    /// Rows that hold a figure, from the top.
    pub(super) rows: Vec<usize>,
    /// What the rows are called, folded.
    labels: BTreeMap<usize, String>,
    /// Cells that say nil or nothing.
    nil: BTreeSet<(usize, usize)>,
}

impl Columns {
    pub(super) fn of(table: &Table, cells: &[(&Cell, Annotated)], cues: &Cues, mentioned: &Mentioned<'_>) -> Self {
        let mut columns = Self::default();
        let single = |cell: &Cell| cell.row_span == 1 && cell.column_span == 1;
        let first_row = first_body_row(table, cells);
        let mut headers: BTreeMap<usize, String> = BTreeMap::new();
        for (cell, words) in cells.iter().filter(|(cell, _)| cell.row < first_row) {
            for column in cell.column..cell.column + cell.column_span {
                let header = headers.entry(column).or_default();
                if !header.is_empty() {
                    header.push(' ');
                }
                header.push_str(&words.string().to_lowercase());
            }
        }
        for (cell, words) in cells.iter().filter(|(cell, _)| cell.row >= first_row) {
            let is_label = words.numbers.is_empty() && words.string().chars().any(char::is_alphabetic);
            if is_label && !cues.is_nil(words.string().trim()) {
                let label = words.string().trim().to_lowercase();
                columns.labels.entry(cell.row).or_insert(label);
            }
        }
        let mut found: BTreeMap<(usize, usize), Column> = BTreeMap::new();
        for (cell, words) in cells.iter().filter(|(cell, _)| cell.row >= first_row && single(cell)) {
            if cues.is_nil(words.string().trim()) {
                if !words.string().trim().is_empty() {
                    columns.nil.insert((cell.row, cell.column));
                }
                continue;
            }
            if !holds_figures_alone(words) {
                continue;
            }
            let header = headers.get(&cell.column).map_or("", String::as_str);
            for (slot, number) in words.numbers.iter().enumerate() {
                let label = columns.labels.get(&cell.row).map_or("", String::as_str);
                let Some(value) = value(words, number, [label, header], mentioned) else {
                    continue;
                };
                let percent = number.kind == NumberKind::Percent;
                let column = found.entry((cell.column, slot)).or_insert_with(|| Column {
                    at: cell.column,
                    slot,
                    percent,
                    header: header.to_owned(),
                    values: BTreeMap::new(),
                });
                column.percent |= percent;
                column.values.insert(cell.row, value);
            }
        }
        columns.all = found
            .into_values()
            .filter(|column| column.values.len() >= 2 && !is_of_years(column))
            .collect();
        for column in &mut columns.all {
            // The header of two columns that is read as one may speak of the other: no share is so large.
            let may_be_percent = column.values.values().all(|value| value.amount.abs() < Decimal::ONE_THOUSAND);
            let says_percent = column.slot == 0 && may_be_percent && says_percent(&column.header);
            if says_percent && !column.percent {
                column.percent = true;
            }
            round(column);
        }
        let rows: BTreeSet<usize> = columns.all.iter().flat_map(|column| column.values.keys().copied()).collect();
        columns.rows = rows.into_iter().collect();
        columns
    }

    /// What a row is called, in small letters.
    pub(super) fn label(&self, row: usize) -> &str {
        self.labels.get(&row).map_or("", String::as_str)
    }

    /// Whether a cell says that there is nothing.
    pub(super) fn is_nil(&self, row: usize, column: &Column) -> bool {
        self.nil.contains(&(row, column.at))
    }

    /// Whether a row names some of those that the row before counts.
    pub(super) fn is_nested(&self, row: usize) -> bool {
        let label = self.label(row).trim_start_matches(|character: char| !character.is_alphanumeric());
        NESTED.iter().any(|opening| label.starts_with(opening))
    }

    /// The rows that are called totals.
    pub(super) fn totals(&self) -> Vec<usize> {
        let rows = self.rows.iter().copied();
        rows.filter(|row| Self::names_total(self.label(*row))).collect()
    }

    /// Whether a row or column of this name is a total, or part of one.
    pub(super) fn names_total(label: &str) -> bool {
        // "All", "All centres", but not "all other centres".
        let names_all = words(label).next() == Some("all") && !words(label).any(|word| matches!(word, "other" | "others"));
        names_all || words(label).any(|word| TOTALS.contains(&word))
    }

    /// Whether a column of this name counts up what stands before it.
    pub(super) fn names_sum(header: &str) -> bool {
        Self::names_total(header) || words(header).any(|word| matches!(word, "ytd" | "cumulative" | "cumulated")) || header.contains("year to date")
    }

    /// Whether it is only that of some rows.
    pub(super) fn names_partial_total(label: &str) -> bool {
        words(label).any(|word| PARTIAL.contains(&word))
    }
}

fn words(label: &str) -> impl Iterator<Item = &str> {
    label
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The first row that is none of the header's: those that hold years and no other figure are.
fn first_body_row(table: &Table, cells: &[(&Cell, Annotated)]) -> usize {
    let holds_value = |row: usize| {
        cells
            .iter()
            .filter(|(cell, _)| cell.row == row)
            .any(|(_, words)| words.numbers.iter().any(|number| !number.year_like) && holds_figures_alone(words))
    };
    (table.header_rows..table.rows).find(|row| holds_value(*row)).unwrap_or(table.rows)
}

/// Whether a cell holds one or two figures and hardly a word.
fn holds_figures_alone(words: &Annotated) -> bool {
    if words.numbers.is_empty() || words.numbers.len() > MOST_FIGURES || !words.malformed.is_empty() {
        return false;
    }
    let inside = |range: &Range<usize>| {
        words
            .numbers
            .iter()
            .any(|number| number.range.start <= range.start && range.end <= number.range.end)
    };
    let beside = words
        .tokens
        .iter()
        .filter(|token| !token.is_punctuation() && !inside(&token.range))
        .count();
    beside <= MOST_WORDS && words.numbers[0].range.start <= 4
}

fn value(words: &Annotated, number: &Number, labels: [&str; 2], mentioned: &Mentioned<'_>) -> Option<Value> {
    let down = number.arrow == Some(Direction::Down) && number.value > Decimal::ZERO;
    let turned = |value: Decimal| if down { -value } else { value };
    let interval = number.interval();
    let interval = Interval::new(turned(interval.low), turned(interval.high));
    let mut context = String::new();
    for label in labels.iter().filter(|label| !label.is_empty()) {
        context.push_str(label);
        context.push_str(" | ");
    }
    let offset = context.len() + number.range.start;
    context.push_str(words.string());
    Some(Value {
        amount: turned(number.value),
        signed: number.sign.is_some() || number.arrow.is_some(),
        figure: ClaimFigure {
            mention: mentioned(words, number.range.clone(), context, offset)?,
            statistic: if number.kind == NumberKind::Count {
                Statistic::Count
            } else {
                Statistic::Share
            },
            value: turned(number.value),
            interval,
            cut: number.step,
            doubtful: false,
        },
    })
}

/// Whether all figures of a column are years.
fn is_of_years(column: &Column) -> bool {
    let is_year = |value: &Value| value.amount.scale() == 0 && (Decimal::from(1900)..Decimal::from(2101)).contains(&value.amount) && !value.signed;
    !column.percent && column.values.values().all(is_year)
}

fn says_percent(header: &str) -> bool {
    header.contains('%')
        || words(header).any(|word| matches!(word, "percent" | "percentage" | "porcentaje" | "pourcentage" | "prozent"))
        || header.contains("per cent")
        || header.contains("pour cent")
}

/// Widens the figures of a column that are all rounded alike: to their decimals, or to hundreds.
fn round(column: &mut Column) {
    let places = column.values.values().map(|value| value.figure.value.scale()).max().unwrap_or(0);
    let values = || column.values.values().map(|value| value.amount.abs()).filter(|value| !value.is_zero());
    let step = if column.percent || places > 0 {
        Decimal::new(1, places)
    } else {
        let divides = |step: &u32| {
            let step = Decimal::from(*step);
            values().all(|value| (value % step).is_zero()) && values().min().is_some_and(|least| least >= step * Decimal::from(LEAST_STEPS))
        };
        ROUNDED_TO.into_iter().find(divides).map_or(Decimal::ZERO, Decimal::from)
    };
    for value in column.values.values_mut().filter(|value| value.figure.cut < step) {
        let half = step / Decimal::TWO;
        value.figure.interval = Interval::new(value.amount - half, value.amount + half);
        value.figure.cut = if column.percent || places > 0 { step } else { value.figure.cut };
    }
}

/// A figure as what the table says.
pub(super) fn saying(value: &Value) -> Saying {
    Saying {
        mention: value.figure.mention.clone(),
        readings: vec![value.figure.interval],
        cut: value.figure.cut,
        within: Within::Table,
    }
}
