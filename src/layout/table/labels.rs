//! A grid of figures and the lines before it to a table whose rows begin with their labels: these stand where no ruling reaches.

use super::super::blocks::text_of;
use super::super::lines::Line;
use super::{Cell, Table};
use crate::layout::{BBox, Region, Text};

/// Rows that have a label, at least.
const FEWEST: usize = 3;
/// Words of a label; more are prose.
const MOST_WORDS: usize = 7;
/// Labels start below one another within this, in the size of the font.
const ALIGNED: f64 = 0.5;
/// Middles of a label and of its row differ by no more than this, in the size of the font.
const LEVEL: f64 = 0.5;
/// The longest label ends no further before the grid than this, in the size of the font.
const GAP: f64 = 5.0;

/// The table with its labels, and the lines that are left; as they were where no labels stand before the grid.
pub(super) fn with_labels(table: Table, lines: Vec<Line>, page: u32) -> (Table, Vec<Line>) {
    let Some((taken, rows)) = labels(&table, &lines) else {
        return (table, lines);
    };
    let mut contents: Vec<Vec<Line>> = vec![Vec::new(); rows.len()];
    let mut rest = Vec::with_capacity(lines.len());
    let mut taken = taken.into_iter().peekable();
    for (index, line) in lines.into_iter().enumerate() {
        match taken.next_if(|(taken, _)| *taken == index) {
            Some((_, row)) => contents[row].push(line),
            None => rest.push(line),
        }
    }
    (begun_with(table, contents, &rows, page), rest)
}

/// The rows of a table from top to bottom, each with its number.
type Rows = Vec<(usize, f64, f64)>;

/// Which lines are labels, and of which row below the names, ascending; with them these rows.
fn labels(table: &Table, lines: &[Line]) -> Option<(Vec<(usize, usize)>, Rows)> {
    let left = table.region.bbox()?.x0;
    let rows = rows_of_figures(table)?;
    let (top, bottom) = (rows.first()?.1, rows.last()?.2);
    let before: Vec<(usize, &Line, usize)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.turn == 0 && line.bbox.x1 < left + 1.0)
        .filter_map(|(index, line)| {
            let (_, middle) = line.bbox.middle();
            let row = rows.partition_point(|row| row.2 < middle);
            ((top..bottom).contains(&middle) && rows.get(row)?.1 < middle).then_some((index, line, row))
        })
        .collect();
    // What stands farther off is not before the grid, but before something else.
    let nearest = before.iter().map(|(_, line, _)| line.bbox.x1).fold(f64::NEG_INFINITY, f64::max);
    let longest = before.iter().find(|(_, line, _)| line.bbox.x1 >= nearest)?.1;
    let (start, size) = (longest.bbox.x0, longest.size);
    if left - nearest > GAP * size {
        return None;
    }
    let labels: Vec<(usize, &Line, usize)> = before.iter().filter(|(_, line, _)| line.bbox.x1 > start).copied().collect();
    let in_line = labels
        .iter()
        .all(|(_, line, _)| (line.bbox.x0 - start).abs() < ALIGNED * size && is_name(line));
    // Lines of prose end below one another, too.
    let ragged = labels
        .iter()
        .filter(|(_, line, _)| (line.bbox.x1 - nearest).abs() > ALIGNED * size)
        .count()
        * 2
        >= labels.len();
    let mut boxes: Vec<Option<BBox>> = vec![None; rows.len()];
    for (_, line, row) in &labels {
        boxes[*row] = Some(boxes[*row].map_or(line.bbox, |bbox| bbox.union(line.bbox)));
    }
    let is_level = |(label, row): (&Option<BBox>, &(usize, f64, f64))| {
        label.is_some_and(|label| (label.middle().1 - f64::midpoint(row.1, row.2)).abs() < LEVEL * size)
    };
    let level = boxes.iter().zip(&rows).filter(|pair| is_level(*pair)).count();
    let labelled = boxes.iter().flatten().count();
    let all = labelled >= FEWEST && labelled * 10 >= rows.len() * 9 && level * 10 >= labelled * 9;
    let taken = labels.iter().map(|(index, _, row)| (*index, *row)).collect();
    (in_line && ragged && all).then_some((taken, rows))
}

/// The rows below the names of a table, where nothing but figures stands in its first column.
fn rows_of_figures(table: &Table) -> Option<Rows> {
    let first = table
        .cells
        .iter()
        .filter(|cell| cell.column == 0 && cell.row >= table.header_rows && cell.row_span == 1 && cell.column_span == 1);
    let mut rows = Rows::new();
    let mut figures = 0;
    for cell in first {
        let string = &cell.text.string;
        if string.chars().any(char::is_alphabetic) {
            return None;
        }
        figures += usize::from(string.chars().any(|character| character.is_ascii_digit()));
        let bbox = cell.region.bbox()?;
        rows.push((cell.row, bbox.top, bbox.bottom));
    }
    rows.sort_by_key(|row| row.0);
    (figures >= FEWEST && figures * 10 >= rows.len() * 8).then_some(rows)
}

/// Whether a line says something, in a few words.
fn is_name(line: &Line) -> bool {
    line.words().count() <= MOST_WORDS && line.string().chars().any(char::is_alphabetic)
}

/// A table with one more column before its first.
fn begun_with(mut table: Table, contents: Vec<Vec<Line>>, rows: &Rows, page: u32) -> Table {
    let drawn = table.region.bbox().unwrap_or_default();
    let from = contents.iter().flatten().map(|line| line.bbox.x0).fold(drawn.x0, f64::min);
    for cell in &mut table.cells {
        cell.column += 1;
    }
    let mut texts: Vec<Text> = vec![Text::default(); table.rows];
    for (row, lines) in rows.iter().zip(contents) {
        texts[row.0] = text_of(lines, page);
    }
    let mut heights = vec![(drawn.top, drawn.bottom); table.rows];
    for cell in table.cells.iter().filter(|cell| cell.row_span == 1) {
        if let Some(bbox) = cell.region.bbox() {
            heights[cell.row] = (bbox.top, bbox.bottom);
        }
    }
    table
        .cells
        .extend(texts.into_iter().zip(heights).enumerate().map(|(row, (text, (top, bottom)))| Cell {
            row,
            column: 0,
            row_span: 1,
            column_span: 1,
            header: false,
            text,
            region: Region::Box {
                page,
                bbox: BBox {
                    x0: from,
                    top,
                    x1: drawn.x0,
                    bottom,
                },
            },
        }));
    table.cells.sort_by_key(|cell| (cell.row, cell.column));
    table.columns += 1;
    table.region = table.region.union(Region::Box {
        page,
        bbox: BBox { x0: from, ..drawn },
    });
    table
}
