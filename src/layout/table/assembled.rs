//! Rows of words in known columns to a table: the names of its columns, then its rows, each with the lines its labels wrap to.

use super::super::blocks::text_of;
use super::super::lines::Line;
use super::names::{cut_at_figures, names};
use super::rows::Row;
use super::rulings::Edge;
use super::{Cell, Table};
use crate::layout::{BBox, Region};

/// A row of the table: the rows of words it is printed on.
pub(super) type Printed = Vec<Row>;

/// The table of some rows over and in columns; `level` are rulings drawn across.
pub(super) fn assembled(head: Vec<Row>, body: Vec<Printed>, columns: &[(f64, f64)], level: &[Edge], page: u32) -> Table {
    let all = head
        .iter()
        .chain(body.iter().flatten())
        .flat_map(|row| &row.lines)
        .map(|line| line.bbox)
        .reduce(BBox::union)
        .unwrap_or_default();
    let joined = with_names(columns, &head, &body);
    let (head, body) = if head.is_empty() && joined.len() < columns.len() {
        let mut body = body;
        (body.remove(0), body)
    } else {
        (head, body)
    };
    let columns = &joined;
    let mut cells = Vec::new();
    let header_rows = put_names(head, columns, level, page, &mut cells);
    let rows = header_rows + body.len();
    for (offset, printed) in body.into_iter().enumerate() {
        put_row(header_rows + offset, printed, columns, page, &mut cells);
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    Table {
        region: Region::Box { page, bbox: all },
        caption: None,
        rows,
        columns: columns.len(),
        header_rows,
        cells,
    }
}

/// A column of names alone and the next, of figures alone, as one: names are set left, figures right.
fn with_names(columns: &[(f64, f64)], head: &[Row], body: &[Printed]) -> Vec<(f64, f64)> {
    // Years that name columns pass for figures.
    let (head, body) = match body {
        [first, rest @ ..] if head.is_empty() && rest.len() >= 2 => (first.as_slice(), rest),
        _ => (head, body),
    };
    let named = |column: &(f64, f64)| {
        let mut lines = head.iter().flat_map(|row| &row.lines);
        lines.any(|line| line.bbox.x0 < column.1 && line.bbox.x1 > column.0)
    };
    let mut filled = vec![false; columns.len()];
    for line in body.iter().flatten().flat_map(|row| &row.lines) {
        filled[column_of(line, columns)] = true;
    }
    let mut joined: Vec<(f64, f64)> = Vec::new();
    let mut at = 0;
    while let Some(column) = columns.get(at) {
        let next = columns
            .get(at + 1)
            .filter(|next| !filled[at] && filled[at + 1] && named(column) && !named(next));
        joined.push((column.0, next.unwrap_or(column).1));
        at += 1 + usize::from(next.is_some());
    }
    joined
}

/// The names of the columns as cells, blanks between them too; how many rows they take.
fn put_names(head: Vec<Row>, columns: &[(f64, f64)], level: &[Edge], page: u32, cells: &mut Vec<Cell>) -> usize {
    let (top, bottom) = extent(&head);
    let (names, rows) = names(head, columns, level);
    let mut taken = vec![vec![false; columns.len()]; rows];
    for name in names {
        let free = (name.row..name.row + name.rows).all(|row| !taken[row][name.first..=name.last].contains(&true));
        if !free {
            // Two names of one column that do not stand over one another: what is left is one more line of the name.
            let lines = name.lines;
            if let Some(cell) = cells
                .iter_mut()
                .find(|cell| cell.row == name.row && cell.column <= name.first && name.first < cell.column + cell.column_span)
            {
                let text = text_of(lines, page);
                cell.text.append(&text, " ");
            }
            continue;
        }
        for row in &mut taken[name.row..name.row + name.rows] {
            row[name.first..=name.last].fill(true);
        }
        let bbox = name.lines.iter().map(|line| line.bbox).reduce(BBox::union).unwrap_or_default();
        cells.push(Cell {
            row: name.row,
            column: name.first,
            row_span: name.rows,
            column_span: name.last + 1 - name.first,
            header: false,
            text: text_of(name.lines, page),
            region: Region::Box { page, bbox },
        });
    }
    let height = (bottom - top) / rows.max(1) as f64;
    for (row, taken) in taken.iter().enumerate() {
        for (column, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            let bbox = BBox {
                x0: columns[column].0,
                top: top + height * row as f64,
                x1: columns[column].1,
                bottom: top + height * (row + 1) as f64,
            };
            cells.push(blank(row, column, bbox, page));
        }
    }
    rows
}

/// The cells of a row.
fn put_row(row: usize, printed: Printed, columns: &[(f64, f64)], page: u32, cells: &mut Vec<Cell>) {
    let (top, bottom) = extent(&printed);
    let mut contents: Vec<Vec<Line>> = vec![Vec::new(); columns.len()];
    let mut spans = vec![1; columns.len()];
    let alone = printed.iter().map(|row| row.lines.len()).sum::<usize>() == 1;
    let lines = printed.into_iter().flat_map(|row| row.lines);
    for line in lines.flat_map(|line| cut_at_figures(&line, columns)) {
        let mut column = column_of(&line, columns);
        if alone {
            // The heading of a group of rows starts where it starts, and reaches over what it may.
            column = columns[..column]
                .iter()
                .position(|span| span.1 > line.bbox.x0 + line.size)
                .unwrap_or(column);
            let reached = columns[column..].iter().take_while(|span| span.0 < line.bbox.x1 - line.size).count();
            spans[column] = reached.max(1);
        }
        contents[column].push(line);
    }
    let mut column = 0;
    while column < columns.len() {
        let span = spans[column].min(columns.len() - column);
        let lines = std::mem::take(&mut contents[column]);
        let empty = BBox {
            x0: columns[column].0,
            top,
            x1: columns[column + span - 1].1,
            bottom,
        };
        let bbox = lines.iter().map(|line| line.bbox).reduce(BBox::union).unwrap_or(empty);
        cells.push(Cell {
            column_span: span,
            text: text_of(lines, page),
            ..blank(row, column, bbox, page)
        });
        column += span;
    }
}

fn blank(row: usize, column: usize, bbox: BBox, page: u32) -> Cell {
    Cell {
        row,
        column,
        row_span: 1,
        column_span: 1,
        header: false,
        text: crate::layout::Text::default(),
        region: Region::Box { page, bbox },
    }
}

fn extent(rows: &[Row]) -> (f64, f64) {
    let top = rows.iter().map(|row| row.top).fold(f64::INFINITY, f64::min);
    let bottom = rows.iter().map(|row| row.bottom).fold(f64::NEG_INFINITY, f64::max);
    if top.is_finite() { (top, bottom) } else { (0.0, 0.0) }
}

/// The column that a line overlaps most, or else stands next to.
pub(super) fn column_of(line: &Line, columns: &[(f64, f64)]) -> usize {
    let overlap = |column: &(f64, f64)| line.bbox.x1.min(column.1) - line.bbox.x0.max(column.0);
    let best = columns
        .iter()
        .enumerate()
        .max_by(|one, other| overlap(one.1).total_cmp(&overlap(other.1)).then(other.0.cmp(&one.0)));
    best.map_or(0, |(index, _)| index)
}
