//! Rows of words whose columns do not keep level, to the tables that stand side by side in them, each with rows of its own.

use super::super::lines::Line;
use super::super::words::is_number;
use super::Table;
use super::assembled::{assembled, column_of};
use super::body::{Between, columns, holds_figures, printed};
use super::rows::{Row, rows};
use super::rulings::Edge;

/// Base lines that differ by no more than this, in the size of the font, are those of one row.
const LEVEL: f64 = 0.2;
/// Figures below one another in a row, in so many cells, tell of columns that do not keep level; rows of a table.
const FEWEST: usize = 3;

/// The tables in columns that do not keep level, from the left; none where these keep level, or where what stands in some of them is no table.
pub(super) fn tables_side_by_side(run: &[Row], level: &[Edge], page: u32) -> Option<Vec<Table>> {
    if are_level(run) {
        return None;
    }
    let columns = columns(run);
    let starts = starts(run, &columns);
    if starts.len() < 2 {
        return None;
    }
    let mut parts: Vec<Vec<Line>> = vec![Vec::new(); starts.len()];
    for line in run.iter().flat_map(|row| &row.lines) {
        let column = column_of(line, &columns);
        parts[starts.partition_point(|start| *start <= column) - 1].push(line.clone());
    }
    parts.into_iter().map(|lines| table_of(lines, level, page)).collect()
}

/// The table of lines under names, each row of which begins with a label.
fn table_of(mut lines: Vec<Line>, level: &[Edge], page: u32) -> Option<Table> {
    lines.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
    let mut head = rows(lines);
    let columns = columns(&head);
    let body = head.split_off(head.iter().position(holds_figures)?);
    let labelled = |row: &&Row| row.lines[0].string().chars().any(char::is_alphabetic) && column_of(&row.lines[0], &columns) == 0;
    let named = !head.is_empty() && columns.len() >= 2 && are_level(&body);
    if !named || body.len() < FEWEST || body.iter().filter(labelled).count() * 10 < body.len() * 9 {
        return None;
    }
    Some(assembled(head, printed(body, &columns, Between::Rows), &columns, level, page))
}

/// Whether figures of one column stand below one another in hardly any row.
fn are_level(run: &[Row]) -> bool {
    let figures = |cell: &Vec<&Line>| cell.iter().filter(|line| is_number(&line.string())).count();
    let tall = run.iter().filter(|row| row.cell_count() < row.lines.len());
    tall.flat_map(Row::cells).filter(|cell| figures(cell) >= 2).count() < FEWEST
}

/// The first column of each table: its lines do not keep level with those of the column before.
fn starts(run: &[Row], columns: &[(f64, f64)]) -> Vec<usize> {
    if columns.len() < 4 {
        return vec![0];
    }
    let mut lines: Vec<Vec<&Line>> = vec![Vec::new(); columns.len()];
    for line in run.iter().flat_map(|row| &row.lines) {
        lines[column_of(line, columns)].push(line);
    }
    let apart = |column: &usize| !keep_level(&lines[column - 1], &lines[*column]);
    [0].into_iter().chain((1..columns.len()).filter(apart)).collect()
}

/// Whether most lines of a column stand level with those of the column before.
fn keep_level(before: &[&Line], column: &[&Line]) -> bool {
    let mut heights: Vec<f64> = before.iter().map(|line| line.baseline).collect();
    heights.sort_by(f64::total_cmp);
    let level = |line: &&&Line| {
        let reach = LEVEL * line.size;
        let at = heights.partition_point(|height| *height < line.baseline - reach);
        heights.get(at).is_some_and(|height| *height < line.baseline + reach)
    };
    column.iter().filter(level).count() * 10 >= column.len() * 7
}
