//! Rows over a table to the names of its columns: what stands over several, and which lines are one name.

use super::super::lines::{Line, Part};
use super::super::words::{Token, is_number};
use super::rows::Row;
use super::rulings::Edge;
use crate::layout::BBox;

/// Lines of one name are no further apart than this, in the size of the font.
const NAME_GAP: f64 = 0.6;
/// A ruling that shows over which columns a name stands is no further below it than this, in the size of the font.
const RULING_GAP: f64 = 1.2;
/// The same where the name stands in the middle of the ruling.
const CENTRED_GAP: f64 = 2.5;
/// Middles of a name and of what it stands over, or of its lines, differ by no more than this, in the size of the font.
const CENTRED: f64 = 0.5;
/// Names that end where their column does differ by no more than this, in points.
const NEAR: f64 = 1.5;
/// Names of two columns are further apart than words of one, in the size of the font.
const WORD_GAP: f64 = 0.4;
/// Cells on one line are further apart than words of one, in the size of the font, even in narrow columns.
const CELL_GAP: f64 = 0.55;

/// The name of one or several columns.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) row: usize,
    pub(super) rows: usize,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) lines: Vec<Line>,
    top: f64,
    bottom: f64,
}

/// The names in the rows over the columns, and in how many rows they stand.
///
/// A name that stands over several columns is a row above the names of these columns, however close they follow.
pub(super) fn names(rows: Vec<Row>, columns: &[(f64, f64)], level: &[Edge]) -> (Vec<Name>, usize) {
    let rows: Vec<Vec<Line>> = rows
        .into_iter()
        .map(|row| row.lines.into_iter().flat_map(|line| parted(&line, columns)).collect())
        .collect();
    let columns = &rows.iter().fold(columns.to_vec(), |columns, row| taken_in_order(columns, row));
    let mut lines: Vec<Line> = rows.into_iter().flatten().collect();
    lines.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
    let columns = &widened(columns, &lines);
    let places: Vec<BBox> = lines.iter().map(|line| line.bbox).collect();
    let mut names: Vec<Name> = Vec::new();
    for line in lines {
        let (first, last) = columns_under(&line, columns, level, &places);
        let parted = |bottom: f64, top: f64| {
            level.iter().any(|edge| {
                let between = bottom - 0.3 * line.size < edge.at && edge.at < top + 0.3 * line.size;
                between && edge.from < line.bbox.x1 && edge.to > line.bbox.x0
            })
        };
        let carried_on = names.iter_mut().rev().find(|name| {
            let same = name.first == first && name.last == last || is_one_name(name, &line, (first, last), columns, &places);
            same && line.bbox.top - name.bottom < NAME_GAP * line.size && !parted(name.bottom, line.bbox.top)
        });
        if let Some(name) = carried_on {
            name.bottom = name.bottom.max(line.bbox.bottom);
            (name.first, name.last) = (name.first.min(first), name.last.max(last));
            name.lines.push(line);
        } else {
            names.push(Name {
                row: 0,
                rows: 1,
                first,
                last,
                top: line.bbox.top,
                bottom: line.bbox.bottom,
                lines: vec![line],
            });
        }
    }
    let count = put_in_rows(&mut names);
    (names, count)
}

/// Whether a line stands in the middle below the last of a name, the one over some of the columns of the other, and neither beside anything
/// else over these: what wraps is longer and shorter by turns.
fn is_one_name(name: &Name, line: &Line, (first, last): (usize, usize), columns: &[(f64, f64)], places: &[BBox]) -> bool {
    let wider = name.first <= first && last <= name.last;
    let narrower = first <= name.first && name.last <= last;
    let above = name.lines[name.lines.len() - 1].bbox;
    let centred = (above.middle().0 - line.bbox.middle().0).abs() < CENTRED * line.size;
    let (from, to) = (columns[first.min(name.first)].0, columns[last.max(name.last)].1);
    let alone = |bbox: BBox| {
        let mut beside = places.iter().filter(|other| is_beside(**other, bbox, line.size));
        beside.all(|other| other.x1 < from || other.x0 > to || *other == bbox)
    };
    (wider || narrower) && centred && alone(above) && alone(line.bbox)
}

/// Whether one thing stands beside another, if only half a line higher or lower.
fn is_beside(one: BBox, other: BBox, size: f64) -> bool {
    one.bottom.min(other.bottom) - one.top.max(other.top) > 0.2 * size
}

/// Names set so close that they made one line, each ending where its column does, or each beginning there.
fn parted(line: &Line, columns: &[(f64, f64)]) -> Vec<Line> {
    let met = columns.iter().filter(|column| line.start < column.1 + NEAR && line.end > column.0 - NEAR);
    let met: Vec<(f64, f64)> = met.copied().collect();
    if met.len() < 2 {
        return vec![line.clone()];
    }
    // Each name is one or more words with the marks behind them.
    let starts: Vec<usize> = (0..line.parts.len()).filter(|at| matches!(line.parts[*at], Part::Word(_))).collect();
    let reach = |name: usize| {
        (
            edge(&line.parts[starts[name]]).0,
            edge(&line.parts[starts.get(name + 1).map_or(line.parts.len(), |next| *next) - 1]).1,
        )
    };
    let ends = (0..starts.len()).filter(|name| met.iter().any(|column| (reach(*name).1 - column.1).abs() < NEAR));
    let ends: Vec<usize> = ends.map(|name| name + 1).collect();
    let begins = (0..starts.len()).filter(|name| met.iter().any(|column| (reach(*name).0 - column.0).abs() < NEAR));
    let begins: Vec<usize> = begins.collect();
    let wide = |cut: &usize| reach(*cut).0 - reach(*cut - 1).1 > WORD_GAP * line.size;
    let cuts = if ends.len() == met.len() && ends.last() == Some(&starts.len()) {
        ends[..ends.len() - 1].to_vec()
    } else if begins.len() == met.len() && begins.first() == Some(&0) {
        begins[1..].to_vec()
    } else {
        // Or each further from the next than words are, between its column and the next.
        let between: Option<Vec<usize>> = met
            .windows(2)
            .map(|pair| cut_between(line, pair[0], pair[1]).map(|(cut, _)| cut))
            .collect();
        between.unwrap_or_default()
    };
    if cuts.is_empty() || !cuts.iter().all(wide) || !cuts.is_sorted_by(|one, next| one < next) {
        return vec![line.clone()];
    }
    cut_before(line, &cuts)
}

/// A line cut before some of its words.
fn cut_before(line: &Line, cuts: &[usize]) -> Vec<Line> {
    let starts: Vec<usize> = (0..line.parts.len()).filter(|at| matches!(line.parts[*at], Part::Word(_))).collect();
    let mut pieces = Vec::new();
    let mut first = 0;
    for end in cuts.iter().map(|cut| starts[*cut]).chain([line.parts.len()]) {
        pieces.extend(Line::of(line.parts[first..end].to_vec()));
        first = end;
    }
    pieces
}

/// Before which word a line is cut between two columns, where words are furthest apart there, and the words on either side.
fn cut_between(line: &Line, column: (f64, f64), next: (f64, f64)) -> Option<(usize, [&Token; 2])> {
    let words: Vec<&Token> = line.words().collect();
    let gap = |at: usize| words[at].start - words[at - 1].end;
    let cuts = (1..words.len()).filter(|at| gap(*at) > CELL_GAP * line.size && words[at - 1].end < next.0 && words[*at].start > column.1);
    let cut = cuts.max_by(|one, other| gap(*one).total_cmp(&gap(*other)))?;
    Some((cut, [words[cut - 1], words[cut]]))
}

/// A line of a row cut where a figure stands closer to what is beside it than columns mostly are.
pub(super) fn cut_at_figures(line: &Line, columns: &[(f64, f64)]) -> Vec<Line> {
    let met = columns.iter().filter(|column| line.start < column.1 && line.end > column.0);
    let met: Vec<(f64, f64)> = met.copied().collect();
    let cuts = met.windows(2).filter_map(|pair| cut_between(line, pair[0], pair[1]));
    let mut cuts: Vec<usize> = cuts
        .filter(|(_, beside)| beside.iter().any(|word| is_number(&word.string)))
        .map(|(cut, _)| cut)
        .collect();
    cuts.dedup();
    cut_before(line, &cuts)
}

/// Where a word or mark begins and ends on its line.
fn edge(part: &Part) -> (f64, f64) {
    let (Part::Word(token) | Part::Mark(token)) = part;
    (token.start, token.end)
}

/// Columns as wide as their names too, where a row has one for each in their order, or for each but the first: names set left over figures
/// set right may stand nearer to the figures before.
pub(super) fn taken_in_order(mut columns: Vec<(f64, f64)>, row: &[Line]) -> Vec<(f64, f64)> {
    let mut names: Vec<(f64, f64)> = row.iter().map(|line| (line.bbox.x0, line.bbox.x1)).collect();
    names.sort_by(|one, other| one.0.total_cmp(&other.0));
    let unnamed = columns.len().wrapping_sub(names.len());
    let fits = |(index, name): (usize, &(f64, f64))| {
        let before = (index + unnamed).checked_sub(1).map_or(f64::NEG_INFINITY, |before| columns[before].1);
        let after = columns.get(index + unnamed + 1).map_or(f64::INFINITY, |after| after.0);
        before < name.0 && name.1 < after
    };
    if unnamed <= 1 && names.len() >= 2 && names.iter().enumerate().all(fits) {
        for (column, name) in columns[unnamed..].iter_mut().zip(names) {
            *column = (column.0.min(name.0), column.1.max(name.1));
        }
    }
    columns
}

/// Columns as wide as the names that stand over one of them alone.
fn widened(columns: &[(f64, f64)], lines: &[Line]) -> Vec<(f64, f64)> {
    let mut widened = columns.to_vec();
    for line in lines {
        let (from, to) = (line.bbox.x0, line.bbox.x1);
        let met: Vec<usize> = (0..columns.len())
            .filter(|index| from < columns[*index].1 && to > columns[*index].0)
            .collect();
        if let [one] = met.as_slice() {
            let before = one.checked_sub(1).map_or(f64::NEG_INFINITY, |before| widened[before].1);
            let after = widened.get(one + 1).map_or(f64::INFINITY, |after| after.0);
            widened[*one] = (widened[*one].0.min(from.max(before + 1.0)), widened[*one].1.max(to.min(after - 1.0)));
        }
    }
    widened
}

/// Gives each name its rows; how many rows there are.
fn put_in_rows(names: &mut [Name]) -> usize {
    let meet = |one: &Name, other: &Name| one.first <= other.last && other.first <= one.last;
    for index in 0..names.len() {
        let row = names[..index]
            .iter()
            .filter(|name| meet(name, &names[index]))
            .map(|name| name.row + 1)
            .max();
        names[index].row = row.unwrap_or(0);
    }
    let count = names.iter().map(|name| name.row + 1).max().unwrap_or(0);
    if count < 2 {
        return count;
    }
    let linked: Vec<bool> = (0..names.len())
        .map(|index| (0..names.len()).any(|other| other != index && meet(&names[index], &names[other])))
        .collect();
    let heights: Vec<Option<(f64, f64)>> = (0..count)
        .map(|row| {
            let members = names.iter().zip(&linked).filter(|(name, linked)| **linked && name.row == row);
            members
                .map(|(name, _)| (name.top, name.bottom))
                .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
        })
        .collect();
    // A name with none above or below it stands where its lines do, over several rows if they do.
    for (name, linked) in names.iter_mut().zip(linked) {
        if linked {
            continue;
        }
        let beside = |height: &Option<(f64, f64)>| {
            height.is_some_and(|(top, bottom)| {
                let middle = f64::midpoint(top, bottom);
                name.top <= middle && middle <= name.bottom
            })
        };
        let first = heights.iter().position(beside);
        let last = heights.iter().rposition(beside);
        if let (Some(first), Some(last)) = (first, last) {
            (name.row, name.rows) = (first, last - first + 1);
        } else {
            let middle = f64::midpoint(name.top, name.bottom);
            let nearest = (0..count).min_by(|one, other| {
                let distance = |row: usize| heights[row].map_or(f64::INFINITY, |(top, bottom)| (f64::midpoint(top, bottom) - middle).abs());
                distance(*one).total_cmp(&distance(*other))
            });
            name.row = nearest.unwrap_or(0);
        }
    }
    count
}

/// The first and the last column that a name stands over.
fn columns_under(line: &Line, columns: &[(f64, f64)], level: &[Edge], names: &[BBox]) -> (usize, usize) {
    let over = |from: f64, to: f64| {
        let under: Vec<usize> = (0..columns.len())
            .filter(|index| {
                let (left, right) = columns[*index];
                to.min(right) - from.max(left) > 0.5 * (right - left).min(to - from)
            })
            .collect();
        under.first().copied().zip(under.last().copied())
    };
    let (from, to) = (line.bbox.x0, line.bbox.x1);
    let met = over(from, to).filter(|(first, last)| last > first);
    // A ruling right below a name shows how far it reaches.
    let middle = f64::midpoint(from, to);
    let is_centred = |one: f64, other: f64| (f64::midpoint(one, other) - middle).abs() < CENTRED * line.size;
    let ruling = level.iter().find(|edge| {
        let below = edge.at - line.bbox.bottom;
        let apart = || {
            names.iter().any(|name| {
                let between = name.top > line.bbox.bottom - 0.3 * line.size && name.bottom < edge.at + 0.3 * line.size;
                between && name.x0 < edge.to && name.x1 > edge.from && !is_centred(name.x0, name.x1)
            })
        };
        let near = below < RULING_GAP * line.size || below < CENTRED_GAP * line.size && is_centred(edge.from, edge.to) && !apart();
        edge.from < from + 1.0 && edge.to > to - 1.0 && below > -0.5 * line.size && near
    });
    let whole = columns.first().map_or(0.0, |column| column.0)..columns.last().map_or(0.0, |column| column.1);
    // A ruling under several names is not the one under a name over several columns.
    let shared = |edge: &&Edge| {
        let level = |name: &&BBox| is_beside(**name, line.bbox, line.size) && (name.x0 - line.bbox.x0).abs() > 0.1;
        names.iter().filter(level).any(|name| name.x0 < edge.to && name.x1 > edge.from)
    };
    let partial = ruling
        .filter(|edge| edge.to - edge.from < 0.85 * (whole.end - whole.start))
        .filter(|edge| !shared(edge));
    let ruled = partial.and_then(|edge| {
        let reached = over(edge.from, edge.to).filter(|(first, last)| last > first)?;
        (met.is_none() || is_centred(edge.from, edge.to)).then_some(reached)
    });
    if let Some(reached) = ruled.or(met) {
        return reached;
    }
    let nearest = column_of_name(line, columns);
    let (left, right) = columns[nearest];
    let of_column = (from - left)
        .abs()
        .min((to - right).abs())
        .min((middle - f64::midpoint(left, right)).abs());
    // A name in the middle of two columns, or four, stands over these.
    let slack = 0.8 * line.size;
    if of_column > 1.5 * line.size && to > left && from < right + 3.0 * line.size {
        for span in 2..=4 {
            let centred = (1..columns.len().saturating_sub(span - 1)).find(|first| {
                let last = first + span - 1;
                let has_name_below = |column: &(f64, f64)| {
                    names
                        .iter()
                        .any(|name| name.top > line.bbox.top + 0.5 * line.size && name.x0 < column.1 && name.x1 > column.0)
                };
                if !columns[*first..=last].iter().all(has_name_below) {
                    return false;
                }
                let between = f64::midpoint(columns[*first].0, columns[last].1);
                *first <= nearest && nearest <= last && (middle - between).abs() < slack && from >= columns[*first].0 && to <= columns[last].1
            });
            if let Some(first) = centred {
                return (first, first + span - 1);
            }
        }
    }
    (nearest, nearest)
}

/// The column a name stands over: the one it overlaps, or the nearest.
pub(super) fn column_of_name(line: &Line, columns: &[(f64, f64)]) -> usize {
    let distance = |column: &(f64, f64)| {
        let overlap = line.bbox.x1.min(column.1) - line.bbox.x0.max(column.0);
        let ends = (line.bbox.x1 - column.1).abs().min((line.bbox.x0 - column.0).abs());
        let middle = (f64::midpoint(line.bbox.x0, line.bbox.x1) - f64::midpoint(column.0, column.1)).abs();
        if overlap > 0.0 { ends.min(middle) - 1000.0 } else { ends.min(middle) }
    };
    let best = columns
        .iter()
        .enumerate()
        .min_by(|one, other| distance(one.1).total_cmp(&distance(other.1)));
    best.map_or(0, |(index, _)| index)
}
