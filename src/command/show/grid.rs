//! A table to lines of box characters, spans and all.

use crosstally::{
    layout::{Cell, Table},
    write::terminal::{columns, wrapped},
};

/// Cells wider than this are wrapped, unless the table has room to spare.
const CELL_COLUMNS: usize = 28;

/// A table with more places than this is listed row by row.
const PLACES_DRAWN: usize = 20_000;

/// The lines of a table that should take at most `width` columns.
pub(super) fn lines(table: &Table, width: usize) -> Vec<String> {
    let drawable = table.rows.saturating_mul(table.columns) <= PLACES_DRAWN && table.columns.saturating_mul(4) <= width;
    if table.cells.is_empty() || table.rows == 0 || table.columns == 0 {
        Vec::new()
    } else if drawable {
        draw(table, width)
    } else {
        list(table)
    }
}

/// A table too large to draw: a line a cell.
fn list(table: &Table) -> Vec<String> {
    let cell = |cell: &Cell| {
        format!(
            "row {}, column {}: {}",
            cell.row,
            cell.column,
            wrapped(&cell.text.string, usize::MAX).join(" ")
        )
    };
    table.cells.iter().filter(|cell| !cell.text.string.is_empty()).map(cell).collect()
}

fn draw(table: &Table, width: usize) -> Vec<String> {
    let owners = owners(table);
    let widths = column_widths(table, width);
    let texts: Vec<Vec<String>> = table
        .cells
        .iter()
        .map(|cell| {
            wrapped(
                &cell.text.string,
                cell_width(&widths, cell.column, end(cell.column, cell.column_span, table.columns)),
            )
        })
        .collect();
    let heights = row_heights(table, &texts);

    let mut lines = Vec::new();
    for row in 0..=table.rows {
        lines.push(border(&owners, &widths, row));
        for line in 0..heights.get(row).copied().unwrap_or(0) {
            lines.push(content(table, &owners, &widths, &texts, &heights, row, line));
        }
    }
    lines
}

/// The cell that each place of the grid belongs to; a place of no cell belongs to nobody.
fn owners(table: &Table) -> Vec<Vec<Option<usize>>> {
    let mut owners = vec![vec![None; table.columns]; table.rows];
    for (index, cell) in table.cells.iter().enumerate() {
        for row in owners.iter_mut().take(end(cell.row, cell.row_span, table.rows)).skip(cell.row) {
            for owner in row.iter_mut().take(end(cell.column, cell.column_span, table.columns)).skip(cell.column) {
                owner.get_or_insert(index);
            }
        }
    }
    owners
}

fn end(start: usize, span: usize, limit: usize) -> usize {
    start.saturating_add(span.max(1)).min(limit)
}

/// Columns as wide as their texts, the widest narrowed until the table fits; words are broken only where nothing else helps.
fn column_widths(table: &Table, width: usize) -> Vec<usize> {
    let mut widths = vec![1; table.columns];
    let mut longest_words = vec![1; table.columns];
    for cell in table.cells.iter().filter(|cell| cell.column_span <= 1 && cell.column < table.columns) {
        let wanted = cell.text.string.lines().map(columns).max().unwrap_or(0);
        widths[cell.column] = widths[cell.column].max(wanted);
        let word = cell.text.string.split_whitespace().map(columns).max().unwrap_or(0);
        longest_words[cell.column] = longest_words[cell.column].max(word);
    }
    let room = width.saturating_sub(3 * table.columns + 1).max(table.columns);
    let fits = |widths: &[usize]| widths.iter().sum::<usize>() <= room;
    if !fits(&widths) {
        for column in &mut widths {
            *column = (*column).min(CELL_COLUMNS.max(room / table.columns));
        }
    }
    while !fits(&widths) {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > 1) else {
            break;
        };
        *widest -= 1;
    }
    widths
}

/// Columns between the borders of a cell over these columns of the grid.
fn cell_width(widths: &[usize], start: usize, end: usize) -> usize {
    let inner: usize = widths.get(start..end).unwrap_or_default().iter().sum();
    inner + 3 * (end.saturating_sub(start)).saturating_sub(1)
}

/// Rows as high as their texts; a text over several rows grows the last of them.
fn row_heights(table: &Table, texts: &[Vec<String>]) -> Vec<usize> {
    let mut heights = vec![1; table.rows];
    for (cell, text) in table.cells.iter().zip(texts) {
        let last = end(cell.row, cell.row_span, table.rows);
        let Some(rows) = heights.get_mut(cell.row..last) else { continue };
        let height: usize = rows.iter().sum();
        if let Some(row) = rows.last_mut() {
            *row += text.len().saturating_sub(height);
        }
    }
    heights
}

/// The line above a row, or below the last.
fn border(owners: &[Vec<Option<usize>>], widths: &[usize], row: usize) -> String {
    let owner = |row: Option<usize>, column: Option<usize>| row.and_then(|row| owners.get(row)).zip(column).and_then(|(row, column)| row.get(column));
    let above = row.checked_sub(1);
    let mut line = String::new();
    for column in 0..=widths.len() {
        let before = column.checked_sub(1);
        let corner = [
            differ(owner(above, before), owner(above, Some(column))),
            differ(owner(Some(row), before), owner(Some(row), Some(column))),
            differ(owner(above, before), owner(Some(row), before)),
            differ(owner(above, Some(column)), owner(Some(row), Some(column))),
        ];
        line.push(junction(corner));
        if let Some(width) = widths.get(column) {
            let character = if corner[3] { '─' } else { ' ' };
            line.extend(std::iter::repeat_n(character, width + 2));
        }
    }
    line
}

/// Whether a border stands between two places; places of nobody are cells of their own.
fn differ(one: Option<&Option<usize>>, other: Option<&Option<usize>>) -> bool {
    match (one, other) {
        (Some(Some(one)), Some(Some(other))) => one != other,
        (None, None) => false,
        _ => true,
    }
}

/// The character that joins borders: up, down, left, right.
fn junction(borders: [bool; 4]) -> char {
    match borders {
        [true, true, true, true] => '┼',
        [true, true, true, false] => '┤',
        [true, true, false, true] => '├',
        [true, false, true, true] => '┴',
        [false, true, true, true] => '┬',
        [true, false, true, false] => '┘',
        [true, false, false, true] => '└',
        [false, true, true, false] => '┐',
        [false, true, false, true] => '┌',
        [true | false, true, false, false] | [true, false, false, false] => '│',
        [false, false, true | false, true] | [false, false, true, false] => '─',
        [false, false, false, false] => ' ',
    }
}

/// A line of text of a row.
fn content(
    table: &Table,
    owners: &[Vec<Option<usize>>],
    widths: &[usize],
    texts: &[Vec<String>],
    heights: &[usize],
    row: usize,
    line: usize,
) -> String {
    let mut drawn = String::from("│");
    let mut column = 0;
    while column < table.columns {
        let owner = owners[row][column];
        let mut last = column + 1;
        while last < table.columns && owner.is_some() && owners[row][last] == owner {
            last += 1;
        }
        let text = owner.and_then(|index| {
            let first: usize = heights.get(table.cells[index].row..row)?.iter().sum();
            texts[index].get(first + line)
        });
        let text = text.map_or("", String::as_str);
        let missing = cell_width(widths, column, last).saturating_sub(columns(text));
        drawn.push(' ');
        drawn.push_str(text);
        drawn.extend(std::iter::repeat_n(' ', missing));
        drawn.push_str(" │");
        column = last;
    }
    drawn
}

#[cfg(test)]
mod tests {
    use crosstally::layout::{BBox, Region, Text};

    use super::*;

    fn cell(row: usize, column: usize, row_span: usize, column_span: usize, text: &str) -> Cell {
        Cell {
            row,
            column,
            row_span,
            column_span,
            header: false,
            text: Text {
                string: text.to_owned(),
                ..Text::default()
            },
            region: Region::Box {
                page: 1,
                bbox: BBox::default(),
            },
        }
    }

    #[track_caller]
    fn check(rows: usize, columns: usize, cells: Vec<Cell>, width: usize, expected: &str) {
        let table = Table {
            region: cells[0].region,
            caption: None,
            rows,
            columns,
            header_rows: 0,
            cells,
        };
        let drawn = lines(&table, width).join("\n");
        assert!(drawn == expected.trim_matches('\n'), "\n{drawn}\nis not\n{expected}");
    }

    #[test]
    fn a_plain_table_is_as_wide_as_its_words() {
        let cells = vec![
            cell(0, 0, 1, 1, ""),
            cell(0, 1, 1, 1, "2024"),
            cell(1, 0, 1, 1, "Albania"),
            cell(1, 1, 1, 1, "36%"),
        ];
        check(
            2,
            2,
            cells,
            80,
            "
┌─────────┬──────┐
│         │ 2024 │
├─────────┼──────┤
│ Albania │ 36%  │
└─────────┴──────┘
",
        );
    }

    #[test]
    fn a_cell_over_rows_and_columns_has_no_border_inside() {
        let cells = vec![
            cell(0, 0, 2, 1, "Area"),
            cell(0, 1, 1, 2, "Arrivals"),
            cell(1, 1, 1, 1, "M"),
            cell(1, 2, 1, 1, "F"),
            cell(2, 0, 1, 1, "SRB"),
            cell(2, 1, 1, 1, "1,017"),
            cell(2, 2, 1, 1, "-"),
        ];
        check(
            3,
            3,
            cells,
            80,
            "
┌──────┬───────────┐
│ Area │ Arrivals  │
│      ├───────┬───┤
│      │ M     │ F │
├──────┼───────┼───┤
│ SRB  │ 1,017 │ - │
└──────┴───────┴───┘
",
        );
    }

    #[test]
    fn a_long_text_is_wrapped_to_the_width() {
        check(
            1,
            2,
            vec![cell(0, 0, 1, 1, "persons present in the region"), cell(0, 1, 1, 1, "3,300")],
            24,
            "
┌──────────────┬───────┐
│ persons      │ 3,300 │
│ present in   │       │
│ the region   │       │
└──────────────┴───────┘
",
        );
    }

    #[test]
    fn spans_past_the_table_and_places_of_no_cell_do_no_harm() {
        check(
            2,
            2,
            vec![cell(0, 0, usize::MAX, 1, "a"), cell(1, 1, 1, usize::MAX, "b"), cell(7, 7, 1, 1, "lost")],
            80,
            "
┌───┬───┐
│ a │   │
│   ├───┤
│   │ b │
└───┴───┘
",
        );
    }

    #[test]
    fn a_table_too_wide_to_draw_is_listed() {
        check(
            1,
            40,
            vec![cell(0, 0, 1, 1, "a"), cell(0, 39, 1, 1, "b\nc")],
            80,
            "row 0, column 0: a\nrow 0, column 39: b c",
        );
    }
}
