//! Tables between level rulings: a line above the names of the columns, one below, one under the last row, and white space for the rest.

use super::super::lines::Line;
use super::super::words::is_number;
use super::Table;
use super::assembled::{Printed, assembled, column_of};
use super::rows::{Row, rows, string_of};
use super::rulings::{Edge, ONE_RULING};
use crate::layout::{BBox, Region};

/// Rulings whose ends differ by no more than this, in points, belong to one table.
const SAME_END: f64 = 6.0;
/// A table is no narrower than this, in points.
const NARROWEST: f64 = 60.0;
/// White between columns, in the size of the font.
const COLUMN_GAP: f64 = 0.45;
/// Words in a cell; more on both sides are prose.
const PROSE: usize = 4;
/// A stripe with a single line, a heading among the rows, is no taller than this, in the size of the font.
const HEADING_STRIPE: f64 = 2.3;
/// How far rows stand from a ruling that is their first or last, in the size of the font.
const RULING_GAP: f64 = 1.3;
/// Rows of words above a first ruling that may name the columns.
const MOST_NAME_ROWS: usize = 4;
/// How far rows of one table, or a row and the ruling next to it, stand apart, in the size of the font.
const ROW_GAP: f64 = 3.2;
/// By how much the letters of one table may differ in size.
const SIZES: f64 = 1.45;
/// Sets of rulings looked at on a page.
const MOST_SETS: usize = 60;

/// What tells a table from the grid lines of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// Words before the figures of at least three rows, within the rulings: tick labels of a chart stand outside.
    Labels,
    /// Anything; charts were looked for before.
    Charts,
}

/// The rows of words between two rulings, and the rulings.
struct Stripe {
    top: f64,
    bottom: f64,
    rows: Vec<Row>,
}

/// Tables that level rulings of one length part, and the lines that stand in none.
///
/// `level` are the rulings of no other table or chart, `others` the boxes of these.
pub(super) fn level_tables(level: &[Edge], lines: Vec<Line>, others: &[BBox], proof: Proof, page: u32) -> (Vec<Table>, Vec<Line>) {
    let mut lines = lines;
    let mut tables = Vec::new();
    for set in sets(level, &lines).into_iter().take(MOST_SETS) {
        let (from, to) = (set[0].from, set[0].to);
        let heights: Vec<f64> = set.iter().map(|edge| edge.at).collect();
        let stripes = stripes(&heights, from, to, &lines);
        let many = heights.len() >= 5;
        let whole: Vec<bool> = stripes
            .iter()
            .map(|stripe| {
                let taken = others.iter().any(|other| {
                    let (across, down) = (
                        other.x1.min(to) - other.x0.max(from),
                        other.bottom.min(stripe.bottom) - other.top.max(stripe.top),
                    );
                    across > 0.0 && down > 2.0
                });
                !taken && is_tabular(stripe, many)
            })
            .collect();
        let mut at = 0;
        while at < stripes.len() {
            let end = run_end(at, &stripes, &whole);
            if end == at {
                at += 1;
                continue;
            }
            if let Some((table, used)) = table_of(&stripes[at..end], (from, to), level, &lines, proof, page) {
                lines.retain(|line| !used.contains(&(line.bbox.x0, line.bbox.top, line.bbox.x1)));
                tables.push(table);
            }
            at = end;
        }
    }
    (tables, lines)
}

/// Rulings of about the same ends, from the top; what underlines a word is left out.
fn sets(level: &[Edge], lines: &[Line]) -> Vec<Vec<Edge>> {
    let mut sets: Vec<Vec<Edge>> = Vec::new();
    for edge in joined(level) {
        let underlines = lines.iter().any(|line| {
            let below = edge.at - line.baseline;
            line.turn == 0 && (-0.1 * line.size..0.45 * line.size).contains(&below) && edge.from > line.bbox.x0 - 3.0 && edge.to < line.bbox.x1 + 3.0
        });
        if edge.to - edge.from < NARROWEST || underlines {
            continue;
        }
        let same = sets
            .iter_mut()
            .find(|set| (set[0].from - edge.from).abs() < SAME_END && (set[0].to - edge.to).abs() < SAME_END);
        match same {
            Some(set) if set.last().is_some_and(|last| edge.at - last.at < 1.5 * ONE_RULING) => {}
            Some(set) => set.push(edge),
            None => sets.push(vec![edge]),
        }
    }
    sets.retain(|set| set.len() >= 2);
    sets
}

/// Rulings drawn piece by piece, one a column, as one each; `level` are ordered by height.
fn joined(level: &[Edge]) -> Vec<Edge> {
    let mut joined: Vec<Edge> = Vec::new();
    let mut start = 0;
    while start < level.len() {
        let length = level[start..].iter().take_while(|edge| edge.at - level[start].at < 0.5).count();
        let mut pieces = level[start..start + length].to_vec();
        pieces.sort_by(|one, other| one.from.total_cmp(&other.from));
        let mut open: Option<Edge> = None;
        for piece in pieces {
            match &mut open {
                Some(last) if piece.from - last.to < 12.0 => last.to = last.to.max(piece.to),
                _ => joined.extend(open.replace(piece)),
            }
        }
        joined.extend(open);
        start += length;
    }
    joined
}

fn stripes(heights: &[f64], from: f64, to: f64, lines: &[Line]) -> Vec<Stripe> {
    let stripes = heights.windows(2).map(|pair| {
        let mut held: Vec<Line> = lines
            .iter()
            .filter(|line| {
                let middle = f64::midpoint(line.bbox.top, line.bbox.bottom);
                line.turn == 0 && pair[0] < middle && middle < pair[1] && line.bbox.x1 > from && line.bbox.x0 < to
            })
            .cloned()
            .collect();
        let inside = held.iter().all(|line| line.bbox.x0 > from - line.size && line.bbox.x1 < to + line.size);
        if !inside {
            held.clear();
        }
        held.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
        Stripe {
            top: pair[0],
            bottom: pair[1],
            rows: rows(held),
        }
    });
    stripes.collect()
}

/// Whether words stand side by side in most rows of a stripe, and are no prose in columns.
fn is_tabular(stripe: &Stripe, many: bool) -> bool {
    let beside = stripe.rows.iter().filter(|row| row.cells().len() >= 2).count();
    let close = {
        let tops = stripe
            .rows
            .iter()
            .map(|row| row.top - ROW_GAP * row.size)
            .chain([stripe.bottom - ROW_GAP * 10.0]);
        let bottoms = [stripe.top].into_iter().chain(stripe.rows.iter().map(|row| row.bottom));
        tops.zip(bottoms).all(|(top, bottom)| top < bottom)
    };
    // Marks of notes are small wherever they stand.
    let sizes = || {
        let lines = stripe.rows.iter().flat_map(|row| &row.lines);
        lines
            .filter(|line| line.words().map(|word| word.glyphs.len()).sum::<usize>() > 3)
            .map(|line| line.size)
    };
    let even = sizes().fold(0.0, f64::max) < SIZES * sizes().fold(f64::INFINITY, f64::min);
    close && even && beside > 0 && beside * 2 >= stripe.rows.len() && (many || !is_prose(&stripe.rows))
}

/// Whether words stand together in sentences on either side.
fn is_prose(rows: &[Row]) -> bool {
    let cells: Vec<usize> = rows.iter().flat_map(|row| &row.lines).map(|line| line.words().count()).collect();
    let words: usize = cells.iter().sum();
    rows.len() >= 3 && words > PROSE * cells.len()
}

/// Where a run of stripes that make one table ends; where it starts if there is none.
fn run_end(start: usize, stripes: &[Stripe], whole: &[bool]) -> usize {
    let mut end = start;
    let mut at = start;
    while at < stripes.len() {
        let stripe = &stripes[at];
        let heading = match stripe.rows.as_slice() {
            [] => stripe.bottom - stripe.top < 8.0,
            [row] => row.lines.len() == 1 && stripe.bottom - stripe.top < HEADING_STRIPE * row.size,
            _ => false,
        };
        if whole[at] {
            end = at + 1;
        } else if !heading || end == start {
            break;
        }
        at += 1;
    }
    end
}

/// A line that was taken into a table, known by its box.
type Used = (f64, f64, f64);

fn table_of(stripes: &[Stripe], (from, to): (f64, f64), level: &[Edge], lines: &[Line], proof: Proof, page: u32) -> Option<(Table, Vec<Used>)> {
    let mut rows: Vec<Row> = stripes.iter().flat_map(|stripe| stripe.rows.iter().cloned()).collect();
    let columns = columns(&rows);
    if columns.len() < 2 {
        return None;
    }
    let size = rows.iter().map(|row| row.size).fold(0.0, f64::max);
    let first = &stripes[0];
    let named = names_in(first, stripes.len() > 1, &rows);
    let mut head: Vec<Row> = rows.drain(..named).collect();
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for (index, stripe) in stripes.iter().enumerate() {
        let skipped = if index == 0 { named } else { 0 };
        groups.push(stripe.rows.iter().skip(skipped).cloned().collect());
    }
    if head.is_empty() {
        head = rows_above(first.top, &columns, (from, to), size, lines);
    }
    let mut below = rows_below(stripes[stripes.len() - 1].bottom, &columns, (from, to), lines);
    if !groups.iter().all(Vec::is_empty) {
        // A row of totals may stand under the last ruling; it fills its columns, as a note does not.
        let full = |row: &Row| row.cells().len() == columns.len() && holds_figures(row);
        below.truncate(below.iter().take(2).take_while(|row| full(row)).count());
    }
    groups.push(below);
    let parted = groups.iter().filter(|group| !group.is_empty()).count();
    let body: Vec<Printed> = groups.into_iter().flat_map(|group| printed(group, &columns, parted)).collect();
    let full = |rows: &[Row]| rows.iter().map(|row| row.lines.len()).sum::<usize>();
    let filled: usize = body.iter().map(|printed| full(printed)).sum();
    let beside = body.iter().filter(|printed| printed.iter().any(|row| row.cells().len() >= 2)).count();
    let enough = match columns.len() {
        2 => body.len() >= 2 && (beside >= 3 || !head.is_empty() && beside >= 2),
        _ => body.len() >= 2 && beside >= 2 || !head.is_empty() && body.len() == 1 && columns.len() >= 3 && body[0].iter().any(holds_figures),
    };
    if !enough || filled * 5 < 2 * body.len() * columns.len() || beside * 2 < body.len() {
        return None;
    }
    let words = |printed: &&Printed| {
        printed
            .iter()
            .flat_map(|row| &row.lines)
            .next()
            .is_some_and(|line| column_of(line, &columns) == 0 && line.string().chars().any(char::is_alphabetic))
    };
    let labelled = body.iter().filter(words).count();
    let proven = match proof {
        Proof::Labels => body.len() >= 3 && labelled * 10 >= body.len() * 8 && stripes.len() >= 2 && body.iter().flatten().any(holds_figures),
        Proof::Charts => !head.is_empty() || labelled * 2 >= body.len() || body.len() >= 4,
    };
    if !proven {
        return None;
    }
    let used = head
        .iter()
        .chain(body.iter().flatten())
        .flat_map(|row| &row.lines)
        .map(|line| (line.bbox.x0, line.bbox.top, line.bbox.x1))
        .collect();
    let mut table = assembled(head, body, &columns, level, page);
    let drawn = BBox {
        x0: from,
        top: stripes[0].top,
        x1: to,
        bottom: stripes[stripes.len() - 1].bottom,
    };
    table.region = table.region.union(Region::Box { page, bbox: drawn });
    Some((table, used))
}

/// The columns that rows of words stand in: those of the rows with most words beside one another first, so that what spans several is known.
fn columns(rows: &[Row]) -> Vec<(f64, f64)> {
    let mut ordered: Vec<&Row> = rows.iter().filter(|row| row.lines.len() >= 2).collect();
    ordered.sort_by_key(|row| std::cmp::Reverse(row.cells().len()));
    let fewest = if rows.len() <= 3 { 1 } else { 2 };
    let mut columns: Vec<(f64, f64, usize)> = Vec::new();
    for row in ordered {
        for line in &row.lines {
            let gap = COLUMN_GAP * line.size;
            let (from, to) = (line.bbox.x0, line.bbox.x1);
            let met: Vec<usize> = (0..columns.len())
                .filter(|index| from < columns[*index].1 + gap && to > columns[*index].0 - gap)
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
                _ => {}
            }
        }
    }
    let supported = columns.iter().filter(|column| column.2 >= fewest);
    let supported: Vec<(f64, f64)> = supported.map(|column| (column.0, column.1)).collect();
    // A single line in the label column reaches as far as it does.
    supported
}

/// How many rows of the first stripe name the columns.
fn names_in(first: &Stripe, several: bool, rows: &[Row]) -> usize {
    let data = rows.iter().any(holds_figures);
    let in_first = first.rows.iter().position(holds_figures);
    match (data, in_first) {
        // Without figures anywhere the first stripe names the columns if rulings part it from the rest.
        (false, _) => {
            if several && first.rows.len() <= MOST_NAME_ROWS {
                first.rows.len()
            } else {
                0
            }
        }
        (true, Some(row)) => row,
        (true, None) if several || first.rows.len() <= MOST_NAME_ROWS => first.rows.len(),
        (true, None) => 0,
    }
}

/// Whether a figure stands beside the first cell of a row.
fn holds_figures(row: &Row) -> bool {
    let cells = row.cells();
    cells.len() >= 2 && cells[1..].iter().any(|cell| is_figure(&string_of(cell)))
}

fn is_figure(cell: &str) -> bool {
    let year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|byte| byte.is_ascii_digit());
    let letters = cell.chars().filter(|character| character.is_alphabetic()).count();
    cell.split_whitespace().any(|word| is_number(word) && !year(word)) && letters < 8
}

/// Rows right above a first ruling that name the columns below it.
fn rows_above(at: f64, columns: &[(f64, f64)], (from, to): (f64, f64), size: f64, lines: &[Line]) -> Vec<Row> {
    let reach = at - 14.0 * size;
    let mut near: Vec<Line> = lines
        .iter()
        .filter(|line| line.turn == 0 && line.bbox.bottom > reach && f64::midpoint(line.bbox.top, line.bbox.bottom) < at)
        .filter(|line| line.bbox.x1 > from - size && line.bbox.x0 < to + size)
        .cloned()
        .collect();
    near.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
    let mut above = Vec::new();
    let mut edge = at;
    for row in rows(near).into_iter().rev() {
        let close = edge - row.bottom < RULING_GAP * size;
        let inside = row.lines.iter().all(|line| line.bbox.x0 > from - size && line.bbox.x1 < to + size);
        let short = row
            .lines
            .iter()
            .all(|line| line.words().count() <= 6 && !line.string().ends_with(['.', ':']));
        let names = row.lines.len() >= 2 || !above.is_empty() && row.lines[0].bbox.x0 > columns[0].1 - size;
        if !close || !inside || !short || !names || holds_figures(&row) || above.len() >= MOST_NAME_ROWS {
            break;
        }
        edge = row.top;
        above.insert(0, row);
    }
    above
}

/// Rows below the ruling under the names of columns, where no ruling ends the table.
fn rows_below(at: f64, columns: &[(f64, f64)], (from, to): (f64, f64), lines: &[Line]) -> Vec<Row> {
    let mut below: Vec<Line> = lines
        .iter()
        .filter(|line| line.turn == 0 && f64::midpoint(line.bbox.top, line.bbox.bottom) > at && line.bbox.x1 > from && line.bbox.x0 < to)
        .cloned()
        .collect();
    below.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
    let mut taken: Vec<Row> = Vec::new();
    let mut edge = at;
    for row in rows(below) {
        let close = row.top - edge < RULING_GAP * row.size;
        let inside = row
            .lines
            .iter()
            .all(|line| line.bbox.x0 > from - line.size && line.bbox.x1 < to + line.size);
        let wrapped = row.lines.len() == 1 && row.lines[0].bbox.x1 < columns[1].0 && !taken.is_empty();
        if !close || !inside || row.cells().len() < 2 && !wrapped {
            break;
        }
        edge = row.bottom;
        taken.push(row);
    }
    while taken.last().is_some_and(|row| row.lines.len() < 2) {
        taken.pop();
    }
    taken
}

/// Rows of words between two rulings as rows of the table; `parted` is how many such groups there are.
fn printed(group: Vec<Row>, columns: &[(f64, f64)], parted: usize) -> Vec<Printed> {
    let labelled = |row: &Row| column_of(&row.lines[0], columns) == 0;
    let beside = group.iter().filter(|row| row.cells().len() >= 2).count();
    let figures = group.iter().filter(|row| holds_figures(row)).count();
    // Where rulings part the rows, what stands between two is one row, unless figures tell otherwise.
    if parted >= 3 && group.len() > 1 && figures <= 1 && !(beside == group.len() && group.iter().all(labelled)) {
        return vec![group];
    }
    let mut pitches: Vec<f64> = group
        .windows(2)
        .filter(|pair| pair.iter().all(|row| row.lines.len() >= 2 && labelled(row)))
        .map(|pair| pair[1].top - pair[0].top)
        .collect();
    pitches.sort_by(f64::total_cmp);
    let pitch = pitches.get(pitches.len() / 2).copied();
    let mut printed: Vec<Printed> = Vec::new();
    for row in group {
        let joins = printed
            .last()
            .and_then(|printed| printed.last())
            .is_some_and(|above| carries_on(above, &row, pitch, labelled(&row)));
        match printed.last_mut() {
            Some(above) if joins => above.push(row),
            _ => printed.push(vec![row]),
        }
    }
    printed
}

/// Whether a row of words carries on the one above it: the second line of a label, or of words beside it.
fn carries_on(above: &Row, row: &Row, pitch: Option<f64>, labelled: bool) -> bool {
    let down = row.top - above.top;
    let tight = row.top - above.bottom < 0.42 * row.size;
    let close = pitch.is_some_and(|pitch| down < 0.82 * pitch);
    let first = row.lines[0].string();
    let small = first.chars().next().is_some_and(|character| character.is_lowercase() || character == '(');
    let figures = row.cells().iter().any(|cell| is_figure(&string_of(cell)));
    if figures {
        return false;
    }
    let wrapped = row.lines.iter().all(|line| {
        above
            .lines
            .iter()
            .any(|other| line.bbox.x0 < other.bbox.x1 && other.bbox.x0 < line.bbox.x1)
    });
    if labelled {
        row.lines.len() == 1 && wrapped && (close || tight && small)
    } else {
        wrapped && (close || tight)
    }
}
