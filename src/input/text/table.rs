//! Tables set with tabs, pipes or spaces: neighbouring lines in, cells with their places out.

use std::ops::Range;

use super::columns::columns;
use super::inline::{Inline, inline};
use super::line::{Kind, Line, bare, is_figure, is_year, trim};
use crate::layout::{Cell, Region, Table};

/// What became of some neighbouring lines with tabs or pipes.
#[derive(Debug)]
pub(super) enum Part {
    /// They are a table.
    Table {
        /// The table.
        table: Table,
        /// Pictures in its cells.
        pictures: Vec<Region>,
        /// How many lines it took.
        lines: usize,
    },
    /// They are words in which tabs and pipes are but signs; so many lines.
    Words(usize),
}

/// Longest cell in bytes; longer ones are sentences in which a tab stands for a space.
const LONGEST_CELL: usize = 400;

/// Parts the lines at the start that have tabs, pipes or gaps; none if the first has none of them.
pub(super) fn tables(source: &str, lines: &[Line]) -> Vec<Part> {
    match lines.first().map(|line| &line.kind) {
        Some(Kind::Pipes) => vec![pipes(source, lines)],
        Some(Kind::Tabs) => tabs(source, lines),
        Some(Kind::Words) => spaces(source, lines).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn spaces(source: &str, lines: &[Line]) -> Option<Part> {
    let found = columns(source, lines)?;
    let rows = found.rows.filter(|rows| rows.iter().flatten().all(|cell| cell.len() <= LONGEST_CELL));
    let table = rows.and_then(|rows| build(source, &rows, usize::from(has_header(source, &rows)), &lines[..found.lines]));
    Some(table.unwrap_or(Part::Words(found.lines)))
}

fn tabs(source: &str, lines: &[Line]) -> Vec<Part> {
    let run = lines
        .iter()
        .enumerate()
        .take_while(|(index, line)| line.kind == Kind::Tabs && (*index == 0 || !line.page_break))
        .count();
    let rows: Vec<Vec<Range<usize>>> = lines[..run].iter().map(|line| tab_cells(source, line)).collect();
    if is_ragged_table(&rows)
        && let Some(part) = tab_table(source, &rows, &lines[..run])
    {
        return vec![part];
    }
    let mut parts = Vec::new();
    let mut from = 0;
    while from < run {
        let taken = rows[from..].iter().take_while(|row| row.len() == rows[from].len()).count();
        let part = tab_table(source, &rows[from..from + taken], &lines[from..from + taken]);
        parts.push(part.unwrap_or(Part::Words(taken)));
        from += taken;
    }
    parts
}

fn tab_table(source: &str, rows: &[Vec<Range<usize>>], lines: &[Line]) -> Option<Part> {
    if rows.len() < 2 || rows.iter().flatten().any(|cell| cell.len() > LONGEST_CELL) || is_prose(source, rows) {
        return None;
    }
    // Two lines may have as many tabs by chance; figures tell a table.
    let figures = rows.iter().flat_map(|row| row.iter().skip(1)).any(|cell| holds_figure(source, cell));
    if rows.len() < 3 && !figures {
        return None;
    }
    let rows = without_empty_columns(source, rows);
    if rows.iter().map(Vec::len).max().unwrap_or(0) < 2 {
        return None;
    }
    let header_rows = usize::from(has_header(source, &rows));
    build(source, &rows, header_rows, lines)
}

/// Whether a few rows only lack cells at their end: the most cells are those of most rows, and no row has a cell alone.
fn is_ragged_table(rows: &[Vec<Range<usize>>]) -> bool {
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    let full = rows.iter().filter(|row| row.len() == most).count();
    most >= 3 && full * 3 >= rows.len() * 2 && rows.iter().all(|row| row.len() >= 2)
}

/// Cells between tabs; white space at the end of a line is no cell.
fn tab_cells(source: &str, line: &Line) -> Vec<Range<usize>> {
    let words = source[line.whole.clone()].trim_end();
    let mut cells = Vec::new();
    let mut start = line.whole.start;
    for part in words.split('\t') {
        cells.push(trim(source, start..start + part.len()));
        start += part.len() + 1;
    }
    cells
}

/// Sentences that run on from cell to cell: text taken from PDF has tabs where words were set apart.
fn is_prose(source: &str, rows: &[Vec<Range<usize>>]) -> bool {
    let (mut on, mut joints) = (0_usize, 0_usize);
    for row in rows {
        for pair in row.windows(2) {
            let (left, right) = (&source[pair[0].clone()], &source[pair[1].clone()]);
            if left.is_empty() || right.is_empty() {
                continue;
            }
            joints += 1;
            let runs_on = left.split_whitespace().count() > 3 && right.starts_with(|first: char| first.is_lowercase());
            on += usize::from(runs_on || left.ends_with([',', '(']));
        }
    }
    on * 3 > joints
}

fn without_empty_columns(source: &str, rows: &[Vec<Range<usize>>]) -> Vec<Vec<Range<usize>>> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let kept: Vec<bool> = (0..columns)
        .map(|column| {
            rows.iter()
                .any(|row| row.get(column).is_some_and(|cell| !source[cell.clone()].is_empty()))
        })
        .collect();
    rows.iter()
        .map(|row| row.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell.clone()).collect())
        .collect()
}

/// Whether the first row names columns: its first cell is empty, or it holds no figure while others do.
fn has_header(source: &str, rows: &[Vec<Range<usize>>]) -> bool {
    let Some((first, others)) = rows.split_first() else { return false };
    if others.is_empty() {
        return false;
    }
    let empty_corner = first.first().is_some_and(|cell| source[cell.clone()].is_empty()) && first.iter().any(|cell| !cell.is_empty());
    empty_corner
        || !first.iter().skip(1).any(|cell| holds_figure(source, cell)) && {
            let with = others
                .iter()
                .filter(|row| row.iter().skip(1).any(|cell| holds_figure(source, cell)))
                .count();
            with * 2 > others.len() && first.iter().skip(1).all(|cell| !cell.is_empty())
        }
}

/// Whether a cell is a number or holds a percentage; a year or a range of ages alone names a column.
fn holds_figure(source: &str, cell: &Range<usize>) -> bool {
    let words = bare(&source[cell.clone()]);
    let words = words.trim();
    let digits = words.contains(|digit: char| digit.is_ascii_digit());
    !is_year(words) && !is_band(words) && (is_figure(words) || words.contains('%') && digits)
}

/// `0-4`, `18+`, `>60`
fn is_band(words: &str) -> bool {
    let age = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let between = words
        .split_once(['-', '–'])
        .is_some_and(|(low, high)| age(low.trim()) && age(high.trim()));
    between || words.strip_suffix('+').is_some_and(age) || words.strip_prefix(['<', '>', '≥', '≤']).is_some_and(|words| age(words.trim()))
}

/// Whether a row that Markdown wants to be a header holds values: a percentage, or a number that is neither year, day nor rank.
fn holds_values(source: &str, row: &[Range<usize>]) -> bool {
    row.iter().skip(1).any(|cell| {
        let words = &source[cell.clone()];
        holds_figure(source, cell) && (words.contains('%') || words.bytes().filter(u8::is_ascii_digit).count() > 2)
    })
}

fn pipes(source: &str, lines: &[Line]) -> Part {
    let taken = lines
        .iter()
        .take_while(|line| line.kind == Kind::Pipes || line.kind == Kind::Rule('-') || is_grid(source, line))
        .count()
        .max(1);
    let lines = &lines[..taken];
    let cells: Vec<Vec<Range<usize>>> = lines.iter().map(|line| pipe_cells(source, line)).collect();
    let rule = cells.iter().position(|row| is_alignment(source, row)).filter(|rule| *rule <= 2);
    let framed = lines.iter().all(|line| source[line.content.clone()].starts_with(['|', '+', '-']));
    let equal = taken >= 2 && cells.iter().all(|row| row.len() == cells[0].len() && row.len() >= 2);
    if rule.is_none() && !equal && !(framed && taken >= 2) {
        return Part::Words(taken);
    }
    let rows: Vec<Vec<Range<usize>>> = cells
        .iter()
        .zip(lines)
        .filter(|(row, line)| !is_alignment(source, row) && line.kind == Kind::Pipes && !is_grid(source, line))
        .map(|(row, _)| row.clone())
        .collect();
    if rows.is_empty() {
        return Part::Words(taken);
    }
    let header_rows = match rule {
        // Markdown knows no table without a header, so a table that has none puts its first row there.
        Some(rule) => {
            let rows_above = lines[..rule]
                .iter()
                .filter(|line| line.kind == Kind::Pipes && !is_grid(source, line))
                .count();
            if rows_above == 1 && holds_values(source, &rows[0]) {
                0
            } else {
                rows_above.min(rows.len())
            }
        }
        None => usize::from(has_header(source, &rows)),
    };
    build(source, &rows, header_rows, lines).unwrap_or(Part::Words(taken))
}

/// Cells between pipes that are not escaped; a pipe at either end frames the row.
fn pipe_cells(source: &str, line: &Line) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let Range { start, end } = line.content;
    let mut cells = Vec::new();
    let mut from = if bytes.get(start) == Some(&b'|') { start + 1 } else { start };
    let mut at = from;
    while at < end {
        match bytes[at] {
            b'\\' => at += 1,
            b'|' => {
                cells.push(trim(source, from..at));
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    if from < end {
        cells.push(trim(source, from..end));
    }
    cells
}

fn is_alignment(source: &str, row: &[Range<usize>]) -> bool {
    let dashes = |cell: &Range<usize>| {
        let words = &source[cell.clone()];
        let inner = words.strip_prefix(':').unwrap_or(words);
        let inner = inner.strip_suffix(':').unwrap_or(inner);
        // A lone dash means nil in a table of figures.
        !inner.is_empty() && inner.bytes().all(|byte| byte == b'-') && words.len() > 1
    };
    !row.is_empty() && row.iter().all(dashes)
}

/// `+-----+-----+`
fn is_grid(source: &str, line: &Line) -> bool {
    let words = &source[line.content.clone()];
    words.len() > 2 && words.starts_with('+') && words.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'=' | b'|' | b' ' | b':'))
}

/// None if filling up ragged rows would take far more cells than there are.
fn build(source: &str, rows: &[Vec<Range<usize>>], header_rows: usize, lines: &[Line]) -> Option<Part> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells: usize = rows.iter().map(Vec::len).sum();
    if rows.len().saturating_mul(columns) > 8 * cells + 4096 {
        return None;
    }
    let mut cells = Vec::with_capacity(rows.len() * columns);
    let mut pictures = Vec::new();
    for (row, ranges) in rows.iter().enumerate() {
        let end = ranges.last().map_or(0, |cell| cell.end);
        for column in 0..columns {
            let place = ranges.get(column).cloned().unwrap_or(end..end);
            let Inline { text, pictures: seen } = inline(source, std::slice::from_ref(&place));
            pictures.extend(seen);
            cells.push(Cell {
                row,
                column,
                row_span: 1,
                column_span: 1,
                header: row < header_rows,
                text,
                region: Region::Bytes {
                    start: place.start,
                    end: place.end,
                },
            });
        }
    }
    Some(Part::Table {
        table: Table {
            region: whole(lines),
            caption: None,
            rows: rows.len(),
            columns,
            header_rows,
            cells,
        },
        pictures,
        lines: lines.len(),
    })
}

fn whole(lines: &[Line]) -> Region {
    Region::Bytes {
        start: lines.first().map_or(0, |line| line.whole.start),
        end: lines.last().map_or(0, |line| line.whole.end),
    }
}
