//! Tables between level rulings: a line above the names of the columns, one below, one under the last row, and white space for the rest.

use super::super::lines::Line;
use super::Table;
use super::around::{are_labelled_outside, rows_above, rows_below};
use super::assembled::{Printed, assembled, column_of};
use super::body::{Between, are_parted, columns, holds_figures, is_prose, printed};
use super::rows::{Row, rows};
use super::rulings::{Edge, ONE_RULING};
use super::side_by_side::tables_side_by_side;
use crate::layout::{BBox, Region};

/// Rulings whose ends differ by no more than this, in points, belong to one table.
const SAME_END: f64 = 6.0;
/// A table is no narrower than this, in points.
const NARROWEST: f64 = 60.0;
/// A stripe with a single line, a heading among the rows, is no taller than this, in the size of the font.
const HEADING_STRIPE: f64 = 2.3;
/// By how much it may be taller for each line that it wraps to.
const WRAPPED: f64 = 1.3;
/// Letters of a heading between two tables are larger than the usual by this much.
const LARGER: f64 = 1.25;
/// Rows of words above a first ruling that may name the columns.
pub(super) const MOST_NAME_ROWS: usize = 4;
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
    /// The same, behind shading of three rows at least and with names over the columns: bars of a chart are shaded, too.
    ShadedLabels,
    /// Names of columns over three rows with words before their figures: tiles and legends are shaded, too.
    Shading,
}

/// The rows of words between two rulings, and the rulings.
struct Stripe {
    top: f64,
    bottom: f64,
    rows: Vec<Row>,
    /// Holds the heading of the table below: no table goes on through it.
    heads: bool,
}

/// Tables that level rulings of one length part, and the lines that stand in none.
///
/// `level` are the rulings of no other table or chart, `others` the boxes of these; `shading` are edges of fills that go with rulings.
pub(super) fn level_tables(level: &[Edge], shading: &[Edge], lines: Vec<Line>, others: &[BBox], proof: Proof, page: u32) -> (Vec<Table>, Vec<Line>) {
    let mut lines = lines;
    let mut tables = Vec::new();
    let sets = sets(level, shading, &lines);
    let mut down = if sets.is_empty() { Vec::new() } else { by_height(&lines) };
    for set in sets.into_iter().take(MOST_SETS) {
        let (from, to) = (set[0].from, set[0].to);
        let heights: Vec<f64> = set.iter().map(|edge| edge.at).collect();
        let stripes = stripes(&heights, from, to, &lines, &down);
        let size = usual_size(&stripes);
        let stripes: Vec<Stripe> = stripes.into_iter().flat_map(|stripe| at_heading(stripe, from, size)).collect();
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
                !taken && !stripe.heads && is_tabular(stripe, many)
            })
            .collect();
        let mut at = 0;
        while at < stripes.len() {
            let end = run_end(at, &stripes, &whole);
            if end == at {
                at += 1;
                continue;
            }
            if let Some((found, used)) = table_of(&stripes[at..end], (from, to), level, &lines, proof, page) {
                lines.retain(|line| used.binary_search_by(|one| order(*one, place(line))).is_err());
                down = by_height(&lines);
                tables.extend(found);
            }
            at = end;
        }
    }
    (tables, lines)
}

/// Rulings of about the same ends, from the top; what underlines a word is left out.
fn sets(level: &[Edge], shading: &[Edge], lines: &[Line]) -> Vec<Vec<Edge>> {
    let mut sets: Vec<Vec<Edge>> = Vec::new();
    let mut upright: Vec<&Line> = lines.iter().filter(|line| line.turn == 0).collect();
    upright.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let largest = upright.iter().map(|line| line.size).fold(0.0, f64::max);
    for edge in joined(level) {
        if edge.to - edge.from < NARROWEST {
            continue;
        }
        let first = upright.partition_point(|line| line.baseline < edge.at - 0.5 * largest);
        let near = upright[first..].iter().take_while(|line| line.baseline <= edge.at + 0.5 * largest);
        let underlines = near.into_iter().any(|line| {
            let below = edge.at - line.baseline;
            (-0.1 * line.size..0.45 * line.size).contains(&below) && edge.from > line.bbox.x0 - 3.0 && edge.to < line.bbox.x1 + 3.0
        });
        if underlines {
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
    for set in &mut sets {
        let (from, to) = (set[0].from, set[0].to);
        let same = |edge: &&Edge| (edge.from - from).abs() < SAME_END && (edge.to - to).abs() < SAME_END;
        let apart = |edge: &&Edge| set.iter().all(|other| (other.at - edge.at).abs() > 1.5 * ONE_RULING);
        let added: Vec<Edge> = shading.iter().filter(same).filter(apart).copied().collect();
        set.extend(added);
        set.sort_by(|one, other| one.at.total_cmp(&other.at));
    }
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

/// The lines that run across, by index, from the top, each with the height of its middle.
fn by_height(lines: &[Line]) -> Vec<(f64, usize)> {
    let across = lines.iter().enumerate().filter(|(_, line)| line.turn == 0);
    let mut down: Vec<(f64, usize)> = across.map(|(index, line)| (line.bbox.middle().1, index)).collect();
    down.sort_by(|one, other| one.0.total_cmp(&other.0));
    down
}

/// The stripes between some heights; `down` are the lines by the height of their middle.
fn stripes(heights: &[f64], from: f64, to: f64, lines: &[Line], down: &[(f64, usize)]) -> Vec<Stripe> {
    let within: Vec<(f64, &Line)> = down
        .iter()
        .map(|(middle, index)| (*middle, &lines[*index]))
        .filter(|(_, line)| line.bbox.x1 > from && line.bbox.x0 < to)
        .collect();
    let stripes = heights.windows(2).map(|pair| {
        let first = within.partition_point(|(middle, _)| *middle <= pair[0]);
        let last = within.partition_point(|(middle, _)| *middle < pair[1]);
        let held = within.get(first..last).unwrap_or_default();
        let inside = held
            .iter()
            .all(|(_, line)| line.bbox.x0 > from - line.size && line.bbox.x1 < to + line.size);
        let mut held: Vec<Line> = if inside {
            held.iter().map(|(_, line)| Line::clone(line)).collect()
        } else {
            Vec::new()
        };
        held.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
        Stripe {
            top: pair[0],
            bottom: pair[1],
            rows: rows(held),
            heads: false,
        }
    });
    stripes.collect()
}

/// A stripe in which a heading in larger letters stands between two tables, as what is above it, the heading, and what is below.
fn at_heading(stripe: Stripe, from: f64, size: f64) -> Vec<Stripe> {
    let heads = |row: &Row| {
        let [line] = row.lines.as_slice() else { return false };
        line.size > LARGER * size && line.start < from + line.size && !line.is_number() && line.string().chars().any(char::is_alphabetic)
    };
    let Some(index) = stripe.rows.iter().position(heads) else {
        return vec![stripe];
    };
    let (top, bottom) = (stripe.rows[index].top, stripe.rows[index].bottom);
    let mut above = stripe.rows;
    let below = above.split_off(index + 1);
    let heading = above.split_off(index);
    let part = |top: f64, bottom: f64, rows: Vec<Row>, heads: bool| Stripe { top, bottom, rows, heads };
    vec![
        part(stripe.top, top, above, false),
        part(top, bottom, heading, true),
        part(bottom, stripe.bottom, below, false),
    ]
}

/// The size that half of the lines are no larger than.
fn usual_size(stripes: &[Stripe]) -> f64 {
    let rows = stripes.iter().flat_map(|stripe| &stripe.rows);
    let mut sizes: Vec<f64> = rows.flat_map(|row| &row.lines).map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(f64::INFINITY)
}

/// Whether words stand side by side in most rows of a stripe, and are no prose in columns.
fn is_tabular(stripe: &Stripe, many: bool) -> bool {
    let beside = stripe.rows.iter().filter(|row| row.cell_count() >= 2).count();
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
    // Where rulings part the rows, the words of a single cell may take many lines.
    let wraps = many && stripe.rows.first().is_some_and(|row| row.cell_count() >= 2);
    close && even && beside > 0 && (wraps || beside * 2 >= stripe.rows.len()) && (many || !is_prose(&stripe.rows))
}

/// Where a run of stripes that make one table ends; where it starts if there is none.
fn run_end(start: usize, stripes: &[Stripe], whole: &[bool]) -> usize {
    let mut end = start;
    let mut at = start;
    while at < stripes.len() {
        let stripe = &stripes[at];
        if stripe.heads {
            break;
        }
        let heading = match stripe.rows.as_slice() {
            [] => stripe.bottom - stripe.top < 8.0,
            [row, wrapped @ ..] => {
                let lines = wrapped.len() as f64;
                let alone = |row: &Row| row.lines.len() == 1;
                let below = |next: &Row| (next.lines[0].start - row.lines[0].start).abs() < 0.5 * row.size;
                alone(row)
                    && wrapped.len() <= 2
                    && wrapped.iter().all(|next| alone(next) && below(next))
                    && stripe.bottom - stripe.top < (HEADING_STRIPE + WRAPPED * lines) * row.size
            }
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

fn place(line: &Line) -> Used {
    (line.bbox.x0, line.bbox.top, line.bbox.x1)
}

fn order(one: Used, other: Used) -> std::cmp::Ordering {
    one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)).then(one.2.total_cmp(&other.2))
}

fn table_of(stripes: &[Stripe], (from, to): (f64, f64), level: &[Edge], lines: &[Line], proof: Proof, page: u32) -> Option<(Vec<Table>, Vec<Used>)> {
    let mut rows: Vec<Row> = stripes.iter().flat_map(|stripe| stripe.rows.iter().cloned()).collect();
    let size = rows.iter().map(|row| row.size).fold(0.0, f64::max);
    let first = &stripes[0];
    let mut below = rows_below(stripes[stripes.len() - 1].bottom, (from, to), lines);
    // Where all that rulings part are the names, the rows follow below.
    let bare = stripes.len() == 1 && rows.len() <= MOST_NAME_ROWS && !rows.iter().any(holds_figures) && below.len() >= 2;
    let all: Vec<Row> = rows.iter().chain(below.iter().filter(|_| bare)).cloned().collect();
    let columns = columns(&all);
    if columns.len() < 2 {
        return None;
    }
    if let Some(tables) = tables_side_by_side(&all, level, page) {
        return Some((tables, used(all.iter())));
    }
    let named = if bare { rows.len() } else { names_in(first, stripes.len() > 1, &rows) };
    // What stands alone over the labels is the heading of a group of rows, and names no column.
    let heads = |row: &Row| row.lines.len() == 1 && column_of(&row.lines[0], &columns) == 0;
    let named = if columns.len() >= 3 && !bare && rows[..named].iter().all(heads) {
        0
    } else {
        named
    };
    let mut head: Vec<Row> = rows.drain(..named).collect();
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for (index, stripe) in stripes.iter().enumerate() {
        let skipped = if index == 0 { named } else { 0 };
        groups.push(stripe.rows.iter().skip(skipped).cloned().collect());
    }
    if head.is_empty() {
        let (above, heading) = rows_above(first.top, &columns, (from, to), size, lines);
        head = above;
        groups.splice(0..0, heading.map(|heading| vec![heading]));
    }
    if !groups.iter().all(Vec::is_empty) {
        // A row of totals may stand under the last ruling; it fills its columns, as a note does not.
        let full = |row: &Row| row.cell_count() == columns.len() && holds_figures(row);
        below.truncate(below.iter().take(2).take_while(|row| full(row)).count());
    }
    groups.push(below);
    let between = if are_parted(&groups, &columns) { Between::OneRow } else { Between::Rows };
    let body: Vec<Printed> = groups.into_iter().flat_map(|group| printed(group, &columns, between)).collect();
    let full = |rows: &[Row]| rows.iter().map(|row| row.lines.len()).sum::<usize>();
    let filled: usize = body.iter().map(|printed| full(printed)).sum();
    let beside = body.iter().filter(|printed| printed.iter().any(|row| row.cell_count() >= 2)).count();
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
        Proof::Labels => {
            body.len() >= 3
                && labelled * 10 >= body.len() * 8
                && (stripes.len() >= 2 || !head.is_empty() && columns.len() >= 3)
                && body.iter().flatten().any(holds_figures)
        }
        Proof::ShadedLabels => {
            !head.is_empty() && body.len() >= 3 && labelled * 10 >= body.len() * 8 && stripes.len() >= 5 && body.iter().flatten().any(holds_figures)
        }
        Proof::Shading => !head.is_empty() && body.len() >= 3 && labelled * 10 >= body.len() * 8 && columns.len() >= 2,
        Proof::Charts => !head.is_empty() || labelled * 2 >= body.len() || body.len() >= 4,
    };
    // Figures over words and nothing else stand out, each with its caption.
    let digits = |row: &Row| row.lines.iter().filter(|line| line.string().contains(char::is_numeric)).count();
    let (upper, lower) = body.split_first()?;
    let captioned = upper.iter().all(|row| digits(row) == row.lines.len()) && lower.iter().flatten().all(|row| digits(row) == 0);
    if head.is_empty() && captioned {
        return None;
    }
    // Bullets are no labels.
    let marked = |printed: &&Printed| {
        printed
            .iter()
            .any(|row| row.lines.len() >= 2 && !row.lines[0].string().chars().any(char::is_alphanumeric))
    };
    if columns.len() == 2 && body.iter().filter(marked).count() * 2 > beside {
        return None;
    }
    if !proven || labelled * 5 < body.len() && are_labelled_outside(&body, from, lines) {
        return None;
    }
    let used = used(head.iter().chain(body.iter().flatten()));
    let mut table = assembled(head, body, &columns, level, page);
    let drawn = BBox {
        x0: from,
        top: stripes[0].top,
        x1: to,
        bottom: stripes[stripes.len() - 1].bottom,
    };
    table.region = table.region.union(Region::Box { page, bbox: drawn });
    Some((vec![table], used))
}

/// The lines of some rows.
fn used<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Used> {
    let mut used: Vec<Used> = rows.flat_map(|row| &row.lines).map(place).collect();
    used.sort_by(|one, other| order(*one, *other));
    used
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
