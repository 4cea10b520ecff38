//! Tables of data: rows and columns with their spans. Tables that only arrange the page are told apart.

use super::attribute::attribute;
use super::figure::is_figure;
use super::gather::{Breaks, gather};
use super::page::{Page, Role};
use super::tiled;
use crate::layout::{Cell, Region, Table, Text};

/// Columns up to which spans may reach; browsers allow a thousand per cell.
const MOST_COLUMNS: usize = 1_000;

/// Places of the grid that spans may cover in all.
const MOST_PLACES: usize = 4_000_000;

/// Printed characters of a cell from which on it holds sentences, not data.
const LONG_CELL: usize = 600;

/// Printed characters of a column of tiles at most.
const LONGEST_TILES: usize = 1_500;

/// Elements and texts in a column of tiles at most.
const MOST_TILE_PARTS: usize = 250;

/// A row as written.
struct Row {
    cells: Vec<usize>,
    head: bool,
    /// Number of its `thead`, `tbody` or `tfoot`.
    group: usize,
}

/// What was found inside a table element.
struct Rows {
    rows: Vec<Row>,
    caption: Option<usize>,
}

/// What a table holds.
pub(super) enum Found {
    /// Data.
    Data(Table),
    /// Figures with their captions, and the words over all of them.
    Tiles { caption: Option<Text>, tiles: Vec<Text> },
}

/// What the table holds, unless it only arranges the page.
pub(super) fn table(page: &Page<'_>, part: usize) -> Option<Found> {
    let found = rows(page, part);
    let arranges = arranges_the_page(page, part, &found);
    if arranges && !is_one_column(page, part, &found) {
        return None;
    }
    let (cells, columns) = grid(page, &found.rows);
    let caption = found
        .caption
        .map(|caption| gather(page, caption + 1..page.parts[caption].end, Breaks::Spaces));
    let mut table = Table {
        region: region(page, part),
        caption: caption.filter(|caption| !caption.string.is_empty()),
        rows: found.rows.len(),
        columns,
        header_rows: 0,
        cells,
    };
    let parts: Vec<usize> = found.rows.iter().flat_map(|row| row.cells.iter().copied()).collect();
    if let Some(tiles) = tiled::tiles(page, part, &parts, &table) {
        return Some(Found::Tiles {
            caption: table.caption,
            tiles,
        });
    }
    if arranges {
        return None;
    }
    table.header_rows = header_rows(&found.rows, &table);
    Some(Found::Data(table))
}

/// Whether a table is a short column of words, as a single tile is.
fn is_one_column(page: &Page<'_>, part: usize, found: &Rows) -> bool {
    let inside = part + 1..page.parts[part].end;
    page.printed(part) <= LONGEST_TILES
        && inside.len() <= MOST_TILE_PARTS
        && found.rows.len() > 1
        && found.rows.iter().all(|row| row.cells.len() <= 1)
        && !inside
            .into_iter()
            .any(|inside| matches!(page.role(inside), Some(Role::Table | Role::Heading(_))))
}

/// Its rows and cells; tables inside its cells are not looked into.
fn rows(page: &Page<'_>, part: usize) -> Rows {
    let mut found = Rows {
        rows: Vec::new(),
        caption: None,
    };
    let (mut group, mut group_end, mut head, mut row_end) = (0, 0, false, 0);
    let mut at = part + 1;
    while at < page.parts[part].end {
        if at >= group_end && head {
            (head, group) = (false, group + 1);
        }
        let end = page.parts[at].end;
        match page.role(at) {
            Some(role @ (Role::TableHead | Role::TableBody)) => {
                group += 1;
                group_end = end;
                head = role == Role::TableHead;
            }
            Some(Role::Row) => {
                found.rows.push(Row {
                    cells: Vec::new(),
                    head,
                    group,
                });
                row_end = end;
            }
            Some(Role::Cell | Role::HeaderCell) => {
                if at >= row_end {
                    found.rows.push(Row {
                        cells: Vec::new(),
                        head,
                        group,
                    });
                    row_end = page.parts[page.parts[at].parent].end;
                }
                if let Some(row) = found.rows.last_mut() {
                    row.cells.push(at);
                }
                at = end;
                continue;
            }
            Some(Role::TableCaption) => {
                found.caption = found.caption.or(Some(at));
                at = end;
                continue;
            }
            Some(Role::Table) => {
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Whether a table only puts parts of the page side by side.
fn arranges_the_page(page: &Page<'_>, part: usize, found: &Rows) -> bool {
    let says_so = page
        .element(part)
        .is_some_and(|element| matches!(attribute(element, "role"), Some("presentation" | "none")));
    let filled = |row: &&Row| row.cells.iter().any(|cell| page.printed(*cell) > 0);
    let rows = found.rows.iter().filter(filled).count();
    let columns = found.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let headed = found
        .rows
        .iter()
        .any(|row| row.cells.iter().any(|cell| page.role(*cell) == Some(Role::HeaderCell)));
    if says_so || rows == 0 || columns < 2 || rows == 1 && !headed {
        return true;
    }
    let mut holds_sentences = false;
    for &cell in found.rows.iter().flat_map(|row| &row.cells) {
        for inside in cell + 1..page.parts[cell].end {
            match page.role(inside) {
                Some(Role::Table | Role::Drawing) if page.printed(inside) > 0 => return true,
                Some(Role::Heading(1..=3)) if !headed => return true,
                _ => {}
            }
        }
        holds_sentences |= page.printed(cell) > LONG_CELL;
    }
    holds_sentences
}

fn region(page: &Page<'_>, part: usize) -> Region {
    let place = &page.parts[part].place;
    Region::Bytes {
        start: place.start,
        end: place.end,
    }
}

fn span(page: &Page<'_>, cell: usize, name: &str) -> Option<usize> {
    attribute(page.element(cell)?, name)?.trim().parse().ok()
}

/// The cells with the places that they cover, and the number of columns.
fn grid(page: &Page<'_>, rows: &[Row]) -> (Vec<Cell>, usize) {
    let mut cells: Vec<Cell> = Vec::new();
    // For each column, the first row that no cell from above covers.
    let mut free_from: Vec<usize> = Vec::new();
    let mut places = 0;
    for (number, row) in rows.iter().enumerate() {
        let group_end = number
            + rows[number..]
                .iter()
                .take_while(|other| other.group == row.group)
                .take(MOST_COLUMNS)
                .count();
        let mut column = 0;
        for &cell in &row.cells {
            while free_from.get(column).is_some_and(|free| *free > number) {
                column += 1;
            }
            let wide = match span(page, cell, "colspan").or_else(|| span(page, cell, "aria-colspan")) {
                Some(0) | None => 1,
                Some(wide) => wide.min(MOST_COLUMNS.saturating_sub(column).max(1)),
            };
            let high = match span(page, cell, "rowspan").or_else(|| span(page, cell, "aria-rowspan")) {
                Some(0) => group_end - number,
                Some(high) => high.min(group_end - number).max(1),
                None => 1,
            };
            let wide = if places + wide > MOST_PLACES { 1 } else { wide };
            places += wide;
            if free_from.len() < column + wide {
                free_from.resize(column + wide, 0);
            }
            for free in &mut free_from[column..column + wide] {
                *free = number + high;
            }
            cells.push(Cell {
                row: number,
                column,
                row_span: high,
                column_span: wide,
                header: page.role(cell) == Some(Role::HeaderCell),
                text: gather(page, cell + 1..page.parts[cell].end, Breaks::Spaces),
                region: region(page, cell),
            });
            column += wide;
        }
    }
    (cells, free_from.len())
}

/// Leading rows with the names of columns: those the page marks, else those above the first row with a figure.
fn header_rows(rows: &[Row], table: &Table) -> usize {
    let head = rows.iter().take_while(|row| row.head).count();
    if head > 0 {
        return head;
    }
    let mut all_headers = vec![true; rows.len()];
    let mut words = vec![0_usize; rows.len()];
    let mut figures = vec![0_usize; rows.len()];
    for cell in &table.cells {
        let text = &cell.text.string;
        if text.is_empty() {
            continue;
        }
        all_headers[cell.row] &= cell.header;
        words[cell.row] += 1;
        figures[cell.row] += usize::from(cell.column > 0 && is_figure(text));
    }
    let marked = (0..rows.len()).take_while(|row| all_headers[*row] && words[*row] > 0).count();
    if marked > 0 {
        return if marked == rows.len() { 1 } else { marked };
    }
    let above = figures.iter().position(|count| *count > 0).unwrap_or(0);
    // A title over the whole width is no header of columns, but stands among the header rows; more than three are prose.
    if above <= 3 { above } else { 0 }
}
