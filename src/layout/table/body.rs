//! Rows of words to the columns they stand in and the rows of a table they make.

use super::super::lines::Line;
use super::super::words::is_number;
use super::assembled::{Printed, column_of};
use super::rows::{Row, string_of};

/// White between columns, in the size of the font.
const COLUMN_GAP: f64 = 0.45;
/// Words in a line of a cell, on average; columns of prose hold more.
const PROSE: f64 = 5.5;

/// The columns that rows of words stand in: those of the rows with most words beside one another first, so that what spans several is known.
pub(super) fn columns(rows: &[Row]) -> Vec<(f64, f64)> {
    let mut ordered: Vec<&Row> = rows.iter().filter(|row| row.lines.len() >= 2).collect();
    // Names that take several lines, one beside the other on no common base line, make one tall row: they come last.
    let tall = |row: &Row| row.bottom - row.top > 2.2 * row.size;
    ordered.sort_by_cached_key(|row| (tall(row), std::cmp::Reverse(row.cell_count())));
    let fewest = if rows.len() <= 3 { 1 } else { 2 };
    let mut columns: Vec<(f64, f64, usize)> = Vec::new();
    for row in ordered {
        for line in &row.lines {
            let gap = COLUMN_GAP * line.size;
            let (from, to) = (line.bbox.x0, line.bbox.x1);
            let met: Vec<usize> = (0..columns.len())
                .filter(|at| from < columns[*at].1 + gap && to > columns[*at].0 - gap)
                .collect();
            match met.as_slice() {
                [] => {
                    let at = columns.partition_point(|column| column.0 < from);
                    columns.insert(at, (from, to, 1));
                }
                [one] => {
                    let column = &mut columns[*one];
                    *column = (column.0.min(from), column.1.max(to), column.2 + 1);
                }
                // What no row has both of is one column: a name over its left end, a short figure at its right one, and now one as wide.
                [one, next] if line.words().count() == 1 && !are_apart(rows, columns[*one], columns[*next]) => {
                    let beside = columns.remove(*next);
                    let column = &mut columns[*one];
                    *column = (column.0.min(from), beside.1.max(to), column.2 + beside.2 + 1);
                }
                _ => {}
            }
        }
    }
    let supported = columns.iter().filter(|column| column.2 >= fewest);
    let supported: Vec<(f64, f64)> = supported.map(|column| (column.0, column.1)).collect();
    // A single line in the label column reaches as far as it does.
    supported
}

/// Whether some row has words in either of two columns.
fn are_apart(rows: &[Row], one: (f64, f64, usize), next: (f64, f64, usize)) -> bool {
    let meets = |line: &Line, column: (f64, f64, usize)| line.bbox.x0 < column.1 && line.bbox.x1 > column.0;
    rows.iter().any(|row| {
        let holds = |column, other| row.lines.iter().any(|line| meets(line, column) && !meets(line, other));
        holds(one, next) && holds(next, one)
    })
}

/// Whether words stand together in sentences on either side.
pub(super) fn is_prose(rows: &[Row]) -> bool {
    let cells: Vec<usize> = rows.iter().flat_map(|row| &row.lines).map(|line| line.words().count()).collect();
    let words: usize = cells.iter().sum();
    rows.len() >= 2 && words as f64 > PROSE * cells.len() as f64
}

/// Whether a figure stands beside the first cell of a row.
pub(super) fn holds_figures(row: &Row) -> bool {
    // Most rows are words: a figure holds a digit.
    if row.cell_count() < 2 || !row.lines.iter().flat_map(Line::words).any(|word| word.string.contains(char::is_numeric)) {
        return false;
    }
    let cells = row.cells();
    cells[1..].iter().any(|cell| is_figure(&string_of(cell)))
}

pub(super) fn is_figure(cell: &str) -> bool {
    let year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|byte| byte.is_ascii_digit());
    let letters = cell.chars().filter(|character| character.is_alphabetic()).count();
    cell.split_whitespace().any(|word| is_number(word) && !year(word)) && letters < 8
}

/// Whether rulings part the rows of a table, or only its head and foot: most stripes hold one row of words, or one whose words wrap.
pub(super) fn are_parted(groups: &[Vec<Row>], columns: &[(f64, f64)]) -> bool {
    let held: Vec<&Vec<Row>> = groups.iter().filter(|group| !group.is_empty()).collect();
    let single = |group: &&&Vec<Row>| {
        let wraps = |row: &Row| row.cell_count() < 2 || !is_labelled(row, columns) || row.lines.iter().all(starts_small);
        group.len() == 1 || group.iter().filter(|row| holds_figures(row)).count() <= 1 && group[1..].iter().any(wraps)
    };
    held.len() >= 2 && held.iter().filter(single).count() * 5 >= held.len() * 3
}

fn is_labelled(row: &Row, columns: &[(f64, f64)]) -> bool {
    column_of(&row.lines[0], columns) == 0
}

/// Whether a line starts with a small letter, as words do that carry on.
pub(super) fn starts_small(line: &Line) -> bool {
    let string = line.string();
    // Small letters that are a Roman number are the mark of a note.
    let mark = line
        .words()
        .next()
        .is_none_or(|word| word.string.chars().all(|character| "ivx".contains(character)));
    !mark
        && string
            .chars()
            .next()
            .is_some_and(|character| character.is_lowercase() || character == '(')
}

/// What stands between two rulings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// One row, unless figures tell otherwise.
    OneRow,
    /// Rows that white space parts.
    Rows,
}

/// Rows of words between two rulings as rows of the table.
pub(super) fn printed(group: Vec<Row>, columns: &[(f64, f64)], between: Between) -> Vec<Printed> {
    let figures = group.iter().filter(|row| holds_figures(row)).count();
    if between == Between::OneRow && group.len() > 1 && figures <= 1 || are_figures_over_shares(&group, columns) {
        return vec![group];
    }
    let mut pitches: Vec<f64> = group
        .windows(2)
        .filter(|pair| pair.iter().all(|row| row.lines.len() >= 2 && is_labelled(row, columns)))
        .map(|pair| pair[1].top - pair[0].top)
        .collect();
    pitches.sort_by(f64::total_cmp);
    let pitch = pitches.get(pitches.len() / 2).copied();
    let mut printed: Vec<Printed> = Vec::new();
    for row in group {
        let joins = printed
            .last()
            .and_then(|printed| printed.first().zip(printed.last()))
            .is_some_and(|(first, above)| carries_on(first, above, &row, pitch, columns));
        match printed.last_mut() {
            Some(above) if joins => above.push(row),
            _ => printed.push(vec![row]),
        }
    }
    printed
}

/// Whether all that stands between two rulings are figures and, in brackets under each, its share; the label may wrap beside.
fn are_figures_over_shares(group: &[Row], columns: &[(f64, f64)]) -> bool {
    let [upper, lower] = group else { return false };
    let beside = |row: &Row| {
        row.lines
            .iter()
            .filter(|line| column_of(line, columns) > 0)
            .map(Line::string)
            .collect::<Vec<_>>()
    };
    let is_share = |string: &String| string.starts_with(['(', '[']) && string.ends_with([')', ']']) && is_figure(string);
    let (figures, shares) = (beside(upper), beside(lower));
    let labelled = is_labelled(lower, columns) && !starts_small(&lower.lines[0]);
    !labelled && shares.len() >= 2 && shares.len() == figures.len() && shares.iter().all(is_share) && !figures.iter().any(is_share)
}

/// Whether a row of words carries on the one above it, and the first of its row: the second line of a label, or of words beside it.
fn carries_on(first: &Row, above: &Row, row: &Row, pitch: Option<f64>, columns: &[(f64, f64)]) -> bool {
    let down = row.top - above.top;
    let tight = row.top - above.bottom < 0.42 * row.size;
    let close = pitch.is_some_and(|pitch| down < 0.82 * pitch);
    if row.cells().iter().any(|cell| is_figure(&string_of(cell))) {
        return false;
    }
    let meets = |line: &Line, other: &Row| {
        other
            .lines
            .iter()
            .any(|other| line.bbox.x0 < other.bbox.x1 && other.bbox.x0 < line.bbox.x1)
    };
    let wrapped = row.lines.iter().all(|line| meets(line, above) || meets(line, first));
    if !wrapped {
        return false;
    }
    let small = row.lines.iter().all(starts_small) && !starts_small(&first.lines[0]);
    if is_labelled(row, columns) {
        close && (row.lines.len() == 1 || small) || tight && small
    } else {
        close || tight
    }
}
