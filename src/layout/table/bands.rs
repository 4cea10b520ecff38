//! Cells of a ruled table that hold two rows, the lower one in columns: a name over the names of columns, a heading over figures.

use super::super::lines::{Line, Part};
use super::unruled_parts::Filled;

/// White between the words of neighbouring columns, in the size of the font.
const COLUMN_GAP: f64 = 0.8;
/// How far the middle of a word in the middle of its column may be from it, in the width of the column.
const CENTRED: f64 = 0.15;
/// Words of a name; more are text that wraps.
const MOST_WORDS: usize = 12;
/// Lines whose base lines differ by no more, in the size of the font, stand beside one another.
const LEVEL: f64 = 0.3;

/// What a cell holds.
struct Bands {
    upper: Vec<Line>,
    /// The lines in each of its columns.
    lower: Vec<Vec<Line>>,
    /// What parts the two, where there is something above.
    between: Option<f64>,
}

/// Parts cells that span several columns and hold words under, or in, several of them; how many rows there are then.
pub(super) fn by_bands(cells: Vec<Filled>, xs: &[f64], rows: usize) -> (Vec<Filled>, usize) {
    let mut bands: Vec<Option<Bands>> = cells.iter().map(|cell| bands(cell, xs)).collect();
    for row in 0..rows {
        // Cells as wide as one another hold the same kind of thing.
        let wide: Vec<usize> = (0..cells.len())
            .filter(|index| cells[*index].row == row && cells[*index].columns > 1 && !cells[*index].lines.is_empty())
            .collect();
        let alike = wide.iter().all(|index| {
            let same = wide.iter().filter(|other| cells[**other].columns == cells[*index].columns);
            bands[*index].is_some() || same.into_iter().all(|other| bands[*other].is_none())
        });
        if !alike {
            for index in wide {
                bands[index] = None;
            }
        }
    }
    if bands.iter().all(Option::is_none) {
        return (cells, rows);
    }
    let mut parted: Vec<Option<f64>> = vec![None; rows];
    for (cell, bands) in cells.iter().zip(&bands) {
        if let Some(between) = bands.as_ref().and_then(|bands| bands.between) {
            let lowest = parted[cell.row].map_or(between, |other: f64| other.max(between));
            parted[cell.row] = Some(lowest);
        }
    }
    let before = |row: usize| parted[..row].iter().flatten().count();
    let mut result = Vec::new();
    for (cell, bands) in cells.iter().zip(&mut bands) {
        let first = cell.row + before(cell.row);
        let height = cell.rows + parted[cell.row..cell.row + cell.rows].iter().flatten().count();
        let whole = Filled {
            row: first,
            rows: height,
            ..cell.clone()
        };
        let Some(bands) = bands.take() else {
            result.push(whole);
            continue;
        };
        let (mut below, mut top) = (whole, cell.bbox.top);
        if let (Some(_), Some(at)) = (bands.between, parted[cell.row]) {
            let mut above = below.clone();
            (above.rows, above.lines, above.bbox.bottom) = (1, bands.upper, at);
            result.push(above);
            (below.row, below.rows, top) = (first + 1, 1, at);
        }
        result.extend(bands.lower.into_iter().enumerate().map(|(offset, lines)| {
            let mut part = below.clone();
            (part.column, part.columns, part.lines) = (cell.column + offset, 1, lines);
            (part.bbox.x0, part.bbox.x1, part.bbox.top) = (xs[part.column], xs[part.column + 1], top);
            part
        }));
    }
    result.sort_by_key(|cell| (cell.row, cell.column));
    (result, rows + before(rows))
}

/// The rows that a cell holds, where the lower one stands in its columns, and what is above does not.
fn bands(cell: &Filled, xs: &[f64]) -> Option<Bands> {
    if cell.columns < 2 || cell.rows > 1 || cell.lines.is_empty() {
        return None;
    }
    let edges = &xs[cell.column..=cell.column + cell.columns];
    let mut lines = cell.lines.clone();
    lines.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let opens = |at: &usize| lines[*at].baseline - lines[at - 1].baseline > LEVEL * lines[*at].size;
    // The names of columns may take several lines; what is over them stands in no columns.
    for start in (1..lines.len()).filter(opens) {
        let (above, below) = lines.split_at(start);
        let short = above.iter().map(|line| line.words().count()).sum::<usize>() <= MOST_WORDS;
        let Some(lower) = in_columns(below, edges).filter(|_| short && in_columns(above, edges).is_none()) else {
            continue;
        };
        let bottom = above.iter().map(|line| line.bbox.bottom).fold(f64::NEG_INFINITY, f64::max);
        let top = below.iter().map(|line| line.bbox.top).fold(f64::INFINITY, f64::min);
        return Some(Bands {
            upper: above.to_vec(),
            lower,
            between: Some(f64::midpoint(bottom, top)),
        });
    }
    in_columns(&lines, edges).map(|lower| Bands {
        upper: Vec::new(),
        lower,
        between: None,
    })
}

/// Lines cut at the edges of columns; none where words cross one, columns are left empty, or what is cut may be one run of words.
fn in_columns(lines: &[Line], edges: &[f64]) -> Option<Vec<Vec<Line>>> {
    let inner = &edges[1..edges.len() - 1];
    let mut contents: Vec<Vec<Line>> = vec![Vec::new(); edges.len() - 1];
    let mut apart = true;
    for line in lines {
        let mut parts: Vec<Vec<Part>> = vec![Vec::new(); contents.len()];
        let mut last: Option<(usize, f64)> = None;
        for part in &*line.parts {
            let bbox = part.token().bbox;
            if inner.iter().any(|edge| bbox.x0 < edge - 1.0 && bbox.x1 > edge + 1.0) {
                return None;
            }
            let (before, end) = last.unwrap_or((0, f64::NEG_INFINITY));
            let column = match part {
                Part::Word(_) => inner.partition_point(|edge| *edge < f64::midpoint(bbox.x0, bbox.x1)),
                Part::Mark(_) => before,
            };
            apart &= column == before || bbox.x0 - end >= COLUMN_GAP * line.size;
            last = Some((column, bbox.x1));
            parts[column].push(part.clone());
        }
        for (content, parts) in contents.iter_mut().zip(parts) {
            content.extend(Line::of(parts));
        }
    }
    let centred = || {
        contents.iter().zip(edges.windows(2)).all(|(lines, edges)| {
            let (middle, width) = (f64::midpoint(edges[0], edges[1]), edges[1] - edges[0]);
            lines.iter().all(|line| (line.bbox.middle().0 - middle).abs() < CENTRED * width)
        })
    };
    let filled = contents.iter().filter(|content| !content.is_empty()).count();
    let columns = contents.len();
    let surely = apart && filled * 10 >= columns * 7 || filled == columns && columns >= 3 && centred();
    (filled >= 2 && surely).then_some(contents)
}
