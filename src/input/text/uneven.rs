//! Tables set by hand, whose cells stand under each other in no way: lines with as many figures each in, rows of cells out.

use std::ops::Range;

use super::line::{Kind, Line, bare, is_figure};

/// Least rows of figures; fewer may agree by chance.
const LEAST_ROWS: usize = 3;
/// Least cells of a row, its label among them.
const LEAST_CELLS: usize = 3;

/// The rows of the table that starts with the first line, whose cells `cells` gives; empty where none does.
///
/// Below one line of words at most, each line has a label and as many figures as the others.
pub(super) fn rows(source: &str, lines: &[Line], cells: impl Fn(&Line) -> Vec<Range<usize>>) -> Vec<Vec<Range<usize>>> {
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut of_figures = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.kind != Kind::Words || line.page_break && index > 0 {
            break;
        }
        let row = cells(line);
        if row.len() < LEAST_CELLS || rows.first().is_some_and(|first| first.len() != row.len()) {
            break;
        }
        let figures = row[1..].iter().filter(|cell| is_value(&source[(*cell).clone()])).count();
        let label = source[row[0].clone()].chars().any(char::is_alphabetic);
        if figures == row.len() - 1 && label {
            of_figures += 1;
        } else if index > 0 || figures > 0 {
            break;
        }
        rows.push(row);
    }
    if of_figures >= LEAST_ROWS { rows } else { Vec::new() }
}

/// Whether a cell is a figure, with its share beside it or not, or says that there is none.
fn is_value(words: &str) -> bool {
    let words = bare(words);
    let words = words.trim();
    let head = words.split('(').next().unwrap_or_default().trim();
    matches!(words, "-" | "–" | "—" | "n/a" | "N/A" | "n.a." | "na" | "*") || is_figure(words) || words.ends_with(')') && is_figure(head)
}
