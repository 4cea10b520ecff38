//! Tables that white space alone makes, of words and figures alike: rows close by, whose words start or end below one another.

use super::super::lines::Line;
use super::Table;
use super::aligned::{Head, are_ticks};
use super::assembled::{assembled, column_of};
use super::body::{Between, columns, holds_figures, printed};
use super::names::taken_in_order;
use super::rows::{Row, rows, string_of};
use super::rulings::Edge;
use super::side_by_side::tables_side_by_side;
use crate::layout::BBox;

/// Rows of one table are no further apart than this, in the size of the font.
const ROW_GAP: f64 = 1.7;
/// Words that start or end within this, in points, start or end below one another.
const ALIGNED: f64 = 2.5;
/// Words in a cell, on average; more are prose.
const MOST_WORDS: f64 = 4.0;
/// Rows of a head.
const MOST_NAME_ROWS: usize = 5;
/// Single lines between rows: the second line of a label, or headings of groups.
const MOST_SINGLES: usize = 2;

/// Tables of words in aligned columns, and the lines that stand in none. `frames` are drawn boxes that hold text of their own,
/// `others` the boxes of other tables and charts: labels beside these are theirs.
pub(super) fn spaced_tables(lines: Vec<Line>, frames: &[BBox], others: &[BBox], level: &[Edge], page: u32) -> (Vec<Table>, Vec<Line>) {
    let (mut even, mut rest): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.turn == 0);
    even.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
    let mut rows: Vec<Option<Row>> = rows(even).into_iter().map(Some).collect();
    let mut tables = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let end = run_end(at, &rows, frames);
        if end == at {
            at += 1;
            continue;
        }
        let run: Vec<Row> = rows[at..end].iter().flatten().cloned().collect();
        let beside = |table: &Table| {
            let bbox = table.region.bbox().unwrap_or_default();
            others
                .iter()
                .any(|other| other.x0 < bbox.x1 && bbox.x0 < other.x1 && other.top < bbox.bottom && bbox.top < other.bottom)
        };
        let found = tables_side_by_side(&run, level, page).or_else(|| table_of(run, level, page).map(|table| vec![table]));
        if let Some(found) = found.filter(|found| !found.iter().any(beside)) {
            tables.extend(found);
            rows[at..end].fill(None);
        }
        at = end;
    }
    rest.extend(rows.into_iter().flatten().flat_map(|row| row.lines));
    (tables, rest)
}

/// Where rows close by, most of them of several cells, end; where they start if there are none.
fn run_end(start: usize, rows: &[Option<Row>], frames: &[BBox]) -> usize {
    let Some(first) = rows[start].as_ref().filter(|row| is_several(row, frames)) else {
        return start;
    };
    let mut reach = extent(first);
    let mut end = start + 1;
    let mut before = first;
    let mut singles = 0;
    for (index, row) in rows.iter().enumerate().skip(start + 1) {
        let Some(row) = row.as_ref() else { break };
        let close = row.top - before.bottom < ROW_GAP * row.size && (0.8..1.25).contains(&(row.size / before.size));
        if !close {
            break;
        }
        if is_several(row, frames) {
            let (left, right) = extent(row);
            reach = (reach.0.min(left), reach.1.max(right));
            end = index + 1;
            singles = 0;
        } else {
            singles += 1;
            let line = &row.lines[0];
            let within = row.lines.len() == 1 && line.bbox.x0 > reach.0 - 2.0 * row.size && line.bbox.x1 < reach.1 + 4.0 * row.size;
            if !within || singles > MOST_SINGLES {
                break;
            }
        }
        before = row;
    }
    end
}

/// From where to where a row reaches.
fn extent(row: &Row) -> (f64, f64) {
    let left = row.lines.iter().map(|line| line.bbox.x0).fold(f64::INFINITY, f64::min);
    (left, row.lines.iter().map(|line| line.bbox.x1).fold(f64::NEG_INFINITY, f64::max))
}

/// Whether a row has several cells of one size, all in one frame or none.
fn is_several(row: &Row, frames: &[BBox]) -> bool {
    let sizes = || row.lines.iter().map(|line| line.size);
    let even = sizes().fold(0.0, f64::max) < 1.3 * sizes().fold(f64::INFINITY, f64::min);
    let frame = |line: &Line| {
        frames
            .iter()
            .position(|frame| frame.holds(line.bbox) && frame.height() < 20.0 * line.size && frame.width() < 40.0 * line.size)
    };
    let first = frame(&row.lines[0]);
    even && row.cell_count() >= 2 && row.bottom - row.top < 6.0 * row.size && row.lines.iter().all(|line| frame(line) == first)
}

/// The table of some rows, if their words stand in columns.
fn table_of(rows: Vec<Row>, level: &[Edge], page: u32) -> Option<Table> {
    let columns = columns(&rows);
    let several = rows.iter().filter(|row| row.cell_count() >= 2).count();
    let figures = rows.iter().filter(|row| holds_figures(row)).count();
    let enough = match (columns.len(), figures) {
        (0 | 1, _) | (2, 0) => false,
        (2, _) => several >= 4 && figures * 10 >= several * 6,
        (_, 0) => several >= 4,
        // One row of figures with words below are figures that stand out, each with its caption.
        (_, 1) => several >= 3 && !holds_figures(&rows[0]),
        _ => several >= 3,
    };
    let named = rows.iter().position(holds_figures).unwrap_or(0);
    let with_names = rows[..named]
        .iter()
        .fold(columns.clone(), |columns, row| taken_in_order(columns, &row.lines));
    if !enough || several * 5 < rows.len() * 3 || !are_aligned(&rows, &with_names) || is_prose(&rows, &columns) || is_list(&rows, &columns) {
        return None;
    }
    if named > MOST_NAME_ROWS || are_ticks(rows[named..].iter(), if named == 0 { Head::None } else { Head::Names }) {
        return None;
    }
    let filled: usize = rows.iter().map(Row::cell_count).sum();
    if filled * 5 < 2 * several * columns.len() {
        return None;
    }
    let mut rows = rows;
    let body = rows.split_off(named);
    let body = printed(body, &columns, Between::Rows);
    (body.len() >= 2).then(|| assembled(rows, body, &columns, level, page))
}

/// Whether the words of each column start, end or have their middle below one another, and no two of a row stand in one column.
fn are_aligned(rows: &[Row], columns: &[(f64, f64)]) -> bool {
    let mut held: Vec<Vec<BBox>> = vec![Vec::new(); columns.len()];
    let mut crowded = 0;
    for row in rows.iter().filter(|row| row.cell_count() >= 2) {
        let mut last = None;
        for cell in row.cells() {
            let column = column_of(cell[0], columns);
            crowded += usize::from(last == Some(column));
            last = Some(column);
            held[column].extend(cell.iter().map(|line| line.bbox));
        }
    }
    let cells: usize = held.iter().map(Vec::len).sum();
    let in_line = |boxes: &Vec<BBox>| {
        let share = |place: fn(&BBox) -> f64| most_in_line(boxes.iter().map(place).collect()) * 10 >= boxes.len() * 7;
        share(|bbox| bbox.x0) || share(|bbox| bbox.x1) || share(|bbox| f64::midpoint(bbox.x0, bbox.x1))
    };
    crowded * 20 <= cells && held.iter().filter(|boxes| in_line(boxes)).count() * 5 >= columns.len() * 4
}

/// How many of some places lie closest together.
fn most_in_line(mut places: Vec<f64>) -> usize {
    places.sort_by(f64::total_cmp);
    let mut first = 0;
    let mut most = 0;
    for last in 0..places.len() {
        while places[last] - places[first] > 2.0 * ALIGNED {
            first += 1;
        }
        most = most.max(last + 1 - first);
    }
    most
}

/// Whether words stand together in sentences in more than one column.
fn is_prose(rows: &[Row], columns: &[(f64, f64)]) -> bool {
    let wordy = (0..columns.len()).filter(|column| {
        let (mut lines, mut words) = (0, 0);
        for line in rows.iter().flat_map(|row| &row.lines).filter(|line| column_of(line, columns) == *column) {
            lines += 1;
            words += line.words().count();
        }
        words as f64 > MOST_WORDS * f64::from(lines.max(1))
    });
    wordy.count() > 1
}

/// Whether the rows are entries of a list, lines of a table of contents, or names of things to be filled in.
fn is_list(rows: &[Row], columns: &[(f64, f64)]) -> bool {
    let several: Vec<&Row> = rows.iter().filter(|row| row.cell_count() >= 2).collect();
    let share = |holds: &dyn Fn(&Row) -> bool| several.iter().filter(|row| holds(row)).count() * 2 >= several.len();
    let first = |row: &Row| string_of(&row.cells()[0]);
    let marked = |row: &Row| {
        let string = first(row);
        let inner: String = string.chars().filter(|character| character.is_alphanumeric()).collect();
        inner.is_empty() || inner.chars().count() <= 2 && string.ends_with(['.', ')'])
    };
    let asks = |row: &Row| first(row).ends_with(':');
    let leads = |row: &Row| first(row).ends_with("..") || first(row).ends_with(". .");
    let counts = |row: &Row| row.cells().iter().all(|cell| is_counted(&string_of(cell)));
    columns.len() == 2 && (share(&marked) || share(&leads)) || share(&asks) || share(&counts) || are_contents(&several)
}

/// Whether a cell is a name with a count of its own: `Malta (2)`.
pub(super) fn is_counted(cell: &str) -> bool {
    cell.chars().filter(|character| character.is_alphabetic()).count() > 2
        && cell.ends_with(')')
        && cell.chars().any(|character| character.is_ascii_digit())
}

/// Whether the last cells are numbers of pages: rising, with no other figure beside but the number of a chapter.
fn are_contents(rows: &[&Row]) -> bool {
    let pages: Option<Vec<u32>> = rows
        .iter()
        .map(|row| {
            row.cells()
                .last()
                .and_then(|cell| string_of(cell).parse().ok())
                .filter(|page| *page < 2_000)
        })
        .collect();
    let words = |row: &&Row| {
        let cells = row.cells();
        cells.len() <= 3
            && cells[cells.len().saturating_sub(2)]
                .iter()
                .any(|line| line.string().chars().any(char::is_alphabetic))
    };
    pages.is_some_and(|pages| pages.len() >= 3 && pages.is_sorted()) && rows.iter().all(words)
}
