//! What stands around the rulings of a table: names above the first, rows below the last, labels where none reaches.

use super::super::lines::Line;
use super::assembled::Printed;
use super::body::holds_figures;
use super::level::MOST_NAME_ROWS;
use super::rows::{Row, rows};

/// How far rows stand from a ruling that is their first or last, in the size of the font.
const RULING_GAP: f64 = 1.3;
/// How far the base lines of a row differ, in the size of the font.
const LEVEL: f64 = 0.15;
/// Words in the label of a row; more are a line of prose.
const MOST_LABEL_WORDS: usize = 8;

/// Whether labels stand before rows of figures, where no ruling reaches: what is drawn over sums alone parts no rows.
pub(super) fn are_labelled_outside(body: &[Printed], from: f64, lines: &[Line]) -> bool {
    let is_label = |line: &&Line| {
        let short = line.words().count() <= MOST_LABEL_WORDS && line.string().chars().any(char::is_alphabetic);
        line.turn == 0 && line.bbox.x1 < from + line.size && short
    };
    let mut heights: Vec<f64> = lines.iter().filter(is_label).map(|line| line.baseline).collect();
    heights.sort_by(f64::total_cmp);
    let labelled = |printed: &&Printed| {
        let first = printed.iter().flat_map(|row| &row.lines).next();
        first.is_some_and(|first| {
            let reach = LEVEL * first.size;
            let at = heights.partition_point(|height| *height < first.baseline - reach);
            heights.get(at).is_some_and(|height| *height < first.baseline + reach)
        })
    };
    body.iter().filter(labelled).count() * 5 >= body.len() * 4
}

/// Rows right above a first ruling that name the columns below it, and the heading of a group of rows between, if one stands there.
pub(super) fn rows_above(at: f64, columns: &[(f64, f64)], (from, to): (f64, f64), size: f64, lines: &[Line]) -> (Vec<Row>, Option<Row>) {
    let reach = at - 14.0 * size;
    let mut near: Vec<Line> = lines
        .iter()
        .filter(|line| line.turn == 0 && line.bbox.bottom > reach && f64::midpoint(line.bbox.top, line.bbox.bottom) < at)
        .filter(|line| line.bbox.x1 > from - size && line.bbox.x0 < to + size)
        .cloned()
        .collect();
    near.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
    let (mut above, mut group) = (Vec::new(), None);
    let mut edge = at;
    for row in rows(near).into_iter().rev() {
        // Names of most columns may stand in the middle of a tall stripe.
        let most = above.is_empty() && row.cell_count() * 10 >= columns.len() * 7 && columns.len() >= 3;
        let close = edge - row.bottom < if most { 2.4 } else { 1.0 } * RULING_GAP * size;
        let inside = row.lines.iter().all(|line| line.bbox.x0 > from - size && line.bbox.x1 < to + size);
        let short = row
            .lines
            .iter()
            .all(|line| line.words().count() <= 6 && !line.string().ends_with(['.', ':']));
        // The last line of one name, or the first, may stand alone.
        let names = row.lines.len() >= 2 || row.lines[0].bbox.x0 > columns[0].1 - size;
        let heading = above.is_empty() && group.is_none() && row.lines.len() == 1 && row.lines[0].bbox.x0 < columns[0].0 + 2.0 * size;
        if close && inside && short && heading {
            edge = row.top;
            group = Some(row);
            continue;
        }
        if !close || !inside || !short || !names || holds_figures(&row) || above.len() >= MOST_NAME_ROWS {
            break;
        }
        edge = row.top;
        above.insert(0, row);
    }
    if above.iter().all(|row: &Row| row.lines.len() < 2) {
        above.clear();
    }
    let group = group.filter(|_| !above.is_empty());
    (above, group)
}

/// Rows below the ruling under the names of columns, where no ruling ends the table.
pub(super) fn rows_below(at: f64, (from, to): (f64, f64), lines: &[Line]) -> Vec<Row> {
    let mut below: Vec<Line> = lines
        .iter()
        .filter(|line| line.turn == 0 && f64::midpoint(line.bbox.top, line.bbox.bottom) > at && line.bbox.x1 > from && line.bbox.x0 < to)
        .cloned()
        .collect();
    below.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
    let mut taken: Vec<Row> = Vec::new();
    let mut edge = at;
    for row in rows(below) {
        // A blank line may stand under the names.
        let gap = if taken.is_empty() && row.cell_count() >= 3 { 2.4 } else { RULING_GAP };
        let close = row.top - edge < gap * row.size;
        let inside = row
            .lines
            .iter()
            .all(|line| line.bbox.x0 > from - line.size && line.bbox.x1 < to + line.size);
        let single = row.cell_count() < 2;
        let singles = taken.iter().rev().take_while(|row: &&Row| row.cell_count() < 2).count();
        if !close || !inside || single && (singles > 1 || taken.is_empty()) {
            break;
        }
        edge = row.bottom;
        taken.push(row);
    }
    while taken.last().is_some_and(|row| row.cell_count() < 2) {
        taken.pop();
    }
    taken
}
