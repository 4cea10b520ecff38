//! Parts of a ruled table that the rulings leave whole: rows without upright rulings under a ruled head, columns without level ones.

use super::super::direction::is_right_to_left;
use super::super::lines::{Line, Part};
use super::super::words::is_number;
use super::body::starts_small;
use crate::layout::BBox;

/// Base lines that differ by less than this, in the size of the font, are those of one row.
const LEVEL: f64 = 0.35;
/// Rows that figures beside one another tell of, at least.
const FEWEST_LED: usize = 3;

/// A cell of a grid with the lines in it: first row, first column, rows, columns.
#[derive(Debug, Clone)]
pub(super) struct Filled {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) lines: Vec<Line>,
    pub(super) bbox: BBox,
}

/// Parts cells that span several columns but hold figures under several of them; `xs` are the edges of the columns.
pub(super) fn by_columns(cells: Vec<Filled>, xs: &[f64]) -> Vec<Filled> {
    cells
        .into_iter()
        .flat_map(|cell| match columns_of(&cell, xs) {
            Some(contents) => contents
                .into_iter()
                .enumerate()
                .map(|(offset, lines)| Filled {
                    row: cell.row,
                    column: cell.column + offset,
                    rows: cell.rows,
                    columns: 1,
                    lines,
                    bbox: BBox {
                        x0: xs[cell.column + offset],
                        x1: xs[cell.column + offset + 1],
                        ..cell.bbox
                    },
                })
                .collect(),
            None => vec![cell],
        })
        .collect()
}

/// The lines of a cell cut at the edges of columns; none where words cross an edge, or too few figures stand in it.
fn columns_of(cell: &Filled, xs: &[f64]) -> Option<Vec<Vec<Line>>> {
    if cell.columns < 2 {
        return None;
    }
    let edges = &xs[cell.column..=cell.column + cell.columns];
    let inner = &edges[1..edges.len() - 1];
    let mut figures = 0;
    let mut contents: Vec<Vec<Line>> = vec![Vec::new(); cell.columns];
    for line in &cell.lines {
        let mut parts: Vec<Vec<Part>> = vec![Vec::new(); cell.columns];
        let mut last = 0;
        for part in &*line.parts {
            let bbox = part.token().bbox;
            if inner.iter().any(|edge| bbox.x0 < edge - 1.0 && bbox.x1 > edge + 1.0) {
                return None;
            }
            if matches!(part, Part::Word(_)) {
                last = inner.partition_point(|edge| *edge < f64::midpoint(bbox.x0, bbox.x1));
            }
            parts[last].push(part.clone());
        }
        for (content, parts) in contents.iter_mut().zip(parts) {
            figures += usize::from(parts.iter().any(|part| is_figure(&part.token().string)));
            content.extend(Line::of(parts));
        }
    }
    let filled = contents.iter().filter(|content| !content.is_empty()).count();
    (figures >= 2 && filled >= 2 && figures * 2 >= filled).then_some(contents)
}

fn is_figure(string: &str) -> bool {
    is_number(string) || matches!(string, "-" | "–" | "—")
}

/// Parts rows of the grid in which columns of figures stand without rulings between them; how many rows there are then.
pub(super) fn by_rows(mut cells: Vec<Filled>, rows: usize) -> (Vec<Filled>, usize) {
    let mut added = vec![0; rows];
    // The heights at which each row is cut.
    let mut parted: Vec<Option<Vec<f64>>> = vec![None; rows];
    for row in 0..rows {
        let members: Vec<&Filled> = cells
            .iter()
            .filter(|cell| cell.row == row && cell.rows == 1 && !cell.lines.is_empty())
            .collect();
        let few = rows <= 3;
        let cuts = leading_cuts(&members).or_else(|| {
            let baselines = common_baselines(&members).or_else(|| few.then(|| paired_baselines(&members)).flatten())?;
            Some(baselines.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect())
        });
        added[row] = cuts.as_ref().map_or(0, Vec::len);
        parted[row] = cuts;
    }
    if added.iter().all(|added| *added == 0) {
        return (cells, rows);
    }
    let before = |row: usize| added[..row].iter().sum::<usize>();
    let mut result = Vec::new();
    for mut cell in cells.drain(..) {
        let extra: usize = added[cell.row..cell.row + cell.rows].iter().sum();
        let first = cell.row + before(cell.row);
        match &parted[cell.row] {
            Some(cuts) if cell.rows == 1 => {
                let mut contents: Vec<Vec<Line>> = vec![Vec::new(); cuts.len() + 1];
                for line in cell.lines.drain(..) {
                    contents[cuts.partition_point(|cut| *cut < line.baseline)].push(line);
                }
                for (offset, lines) in contents.into_iter().enumerate() {
                    let top = offset.checked_sub(1).map_or(cell.bbox.top, |before| cuts[before]);
                    let bottom = cuts.get(offset).copied().unwrap_or(cell.bbox.bottom);
                    result.push(Filled {
                        row: first + offset,
                        lines,
                        bbox: BBox { top, bottom, ..cell.bbox },
                        ..cell.clone()
                    });
                }
            }
            _ => {
                cell.row = first;
                cell.rows += extra;
                result.push(cell);
            }
        }
    }
    result.sort_by_key(|cell| (cell.row, cell.column));
    (result, rows + added.iter().sum::<usize>())
}

fn nearest(baselines: &[f64], baseline: f64) -> usize {
    let best = baselines
        .iter()
        .enumerate()
        .min_by(|one, other| (one.1 - baseline).abs().total_cmp(&(other.1 - baseline).abs()));
    best.map_or(0, |(index, _)| index)
}

/// The base lines that all cells of a row share, where each is a row of its own: one line a cell, and columns of nothing but figures
/// beside one of labels, the first or, where words run from right to left, the last.
fn common_baselines(cells: &[&Filled]) -> Option<Vec<f64>> {
    let (first, last) = (cells.first()?, cells.last()?);
    let is_figures = |cell: &Filled| cell.lines.iter().flat_map(Line::words).all(|word| is_figure(&word.string));
    let (label, figures) = if is_figures(first) && !is_figures(last) {
        (last, &cells[..cells.len() - 1])
    } else {
        (first, &cells[1..])
    };
    let size = label.lines.first()?.size;
    let mut baselines: Vec<f64> = label.lines.iter().map(|line| line.baseline).collect();
    baselines.sort_by(f64::total_cmp);
    baselines.dedup_by(|one, other| *one - *other < 0.2 * size);
    if figures.is_empty() || baselines.windows(2).any(|pair| pair[1] - pair[0] < 0.6 * size) {
        return None;
    }
    let several = match baselines.len() {
        0 | 1 => false,
        // Two lines may be a label that wraps, or a figure over its share: they are rows where every cell holds two figures of one kind.
        2 => figures.iter().all(|cell| is_pair(cell)) && label.lines.iter().all(|line| !starts_small(line)),
        _ => figures.iter().any(|cell| cell.lines.len() >= 2),
    };
    let fits = figures.iter().all(|cell| {
        let mut taken = vec![false; baselines.len()];
        cell.lines.iter().all(|line| {
            let row = nearest(&baselines, line.baseline);
            let free = !std::mem::replace(&mut taken[row], true);
            free && (baselines[row] - line.baseline).abs() < LEVEL * size && line.words().all(|word| is_figure(&word.string))
        })
    });
    (several && fits).then_some(baselines)
}

/// Whether a cell holds two figures of one kind, neither of them in brackets.
fn is_pair(cell: &Filled) -> bool {
    let kind = |line: &Line| {
        let string = line.string();
        (string.contains('%'), string.contains(['(', '[', '+', '±']))
    };
    let [one, other] = cell.lines.as_slice() else { return false };
    kind(one) == kind(other) && !kind(one).1
}

/// The base lines that words share in the cells of a row, where few rulings part rows: those of the cell with most lines, at which the others
/// have theirs, all of which start as entries do. Some cells may be blank here and there.
fn paired_baselines(cells: &[&Filled]) -> Option<Vec<f64>> {
    let most = cells.iter().rev().max_by_key(|cell| cell.lines.len())?;
    let mut baselines: Vec<f64> = most.lines.iter().map(|line| line.baseline).collect();
    baselines.sort_by(f64::total_cmp);
    let size = most.lines.first()?.size;
    let apart = baselines.windows(2).all(|pair| pair[1] - pair[0] >= 0.6 * size);
    let opens = |line: &&Line| line.string().chars().next().is_some_and(|character| !character.is_lowercase());
    let paired = cells.iter().all(|cell| {
        let level = |line: &Line| (baselines[nearest(&baselines, line.baseline)] - line.baseline).abs() < 0.2 * size;
        let opening = cell.lines.iter().filter(opens).count();
        opening * 5 >= cell.lines.len() * 4 && cell.lines.iter().all(level)
    });
    let full = cells.iter().filter(|cell| cell.lines.len() == baselines.len()).count();
    (full >= 2 && full * 2 >= cells.len() && baselines.len() >= 4 && apart && paired).then_some(baselines)
}

/// Where a row is cut above lines whose base lines several of its cells share to the last, from the first on, figures in two of them at least, or
/// that all share: the first lines of rows whose other cells may wrap.
fn leading_cuts(cells: &[&Filled]) -> Option<Vec<f64>> {
    let heights = |cell: &Filled| {
        let mut heights: Vec<f64> = cell.lines.iter().map(|line| line.baseline).collect();
        heights.sort_by(f64::total_cmp);
        heights
    };
    // Where words run from right to left the labels, which may wrap or head rows, stand last.
    let backwards = cells.last()?.lines.iter().any(|line| line.string().contains(is_right_to_left));
    let first = cells.first().filter(|cell| !backwards && cell.lines.len() >= FEWEST_LED)?;
    let (baselines, size) = (heights(first), first.lines[0].size);
    let level = |one: f64, other: f64| (one - other).abs() < 0.2 * size;
    let same = |cell: &&&Filled| cell.lines.len() == baselines.len() && heights(cell).iter().zip(&baselines).all(|(one, other)| level(*one, *other));
    let apart = baselines.windows(2).all(|pair| pair[1] - pair[0] >= 0.9 * size);
    // What wraps begins with a row, and carries on in lines between.
    let follows = |cell: &&Filled| {
        let heights = heights(cell);
        let begun = baselines
            .iter()
            .filter(|baseline| heights.iter().any(|height| level(*height, **baseline)))
            .count();
        heights[0] > baselines[0] - 0.2 * size && begun * 2 >= baselines.len()
    };
    let together = cells.iter().filter(same).count();
    let figures = cells.iter().filter(same).filter(|cell| cell.lines.iter().all(is_figure_like)).count();
    let proven = figures >= 2 || figures == 1 && together == cells.len() && baselines.len() > FEWEST_LED;
    let led = apart && together >= 3 && proven && cells.iter().all(follows);
    led.then(|| baselines[1..].iter().map(|baseline| baseline - 0.8 * size).collect())
}

/// Whether a line is a figure, a date or a number with a letter or two.
fn is_figure_like(line: &Line) -> bool {
    let string = line.string();
    let letters = string.chars().filter(|character| character.is_alphabetic()).count();
    string.chars().any(|character| character.is_ascii_digit()) && letters <= 4
}
