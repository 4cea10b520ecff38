//! Lines to rows: what stands side by side, and which lines of a row are one cell.

use super::super::lines::Line;

/// Lines of one cell are this far apart at least, in the size of the font.
const STACKED: f64 = 0.7;

/// Lines that stand side by side.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) lines: Vec<Line>,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) size: f64,
}

/// Lines whose heights overlap, from the top.
pub(super) fn rows(lines: Vec<Line>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        let (top, bottom, size) = (line.bbox.top, line.bbox.bottom, line.size);
        match rows.last_mut() {
            Some(row) if top < row.bottom - 0.3 * size.min(row.size) => {
                row.bottom = row.bottom.max(bottom);
                row.lines.push(line);
            }
            _ => rows.push(Row {
                lines: vec![line],
                top,
                bottom,
                size,
            }),
        }
    }
    for row in &mut rows {
        row.lines.sort_by(|one, other| one.start.total_cmp(&other.start));
    }
    rows
}

impl Row {
    /// How many cells the lines of a row make.
    pub(super) fn cell_count(&self) -> usize {
        // Lines on one base line stand beside one another.
        if self.is_level() { self.lines.len() } else { self.cells().len() }
    }

    /// Whether no line stands far enough below another to be under it in one cell.
    fn is_level(&self) -> bool {
        let (mut upper, mut lower, mut least) = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY);
        for line in &self.lines {
            upper = upper.min(line.baseline);
            lower = lower.max(line.baseline);
            least = least.min(line.size);
        }
        lower - upper <= STACKED * least
    }

    /// The lines of a row by cell: what stands under another line of the row is a cell's next line.
    pub(super) fn cells(&self) -> Vec<Vec<&Line>> {
        if self.is_level() {
            return self.lines.iter().map(|line| vec![line]).collect();
        }
        let mut cells: Vec<Vec<&Line>> = Vec::new();
        for line in &self.lines {
            match cells.iter_mut().find(|cell| cell.iter().any(|other| is_stacked(other, line))) {
                Some(cell) => cell.push(line),
                None => cells.push(vec![line]),
            }
        }
        for cell in &mut cells {
            cell.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
        }
        cells
    }
}

/// Whether two lines stand above one another as the lines of one cell do.
pub(super) fn is_stacked(one: &Line, other: &Line) -> bool {
    let size = one.size.max(other.size);
    let apart = (one.baseline - other.baseline).abs();
    let aligned = || {
        (one.start - other.start).abs() < 0.5 * size
            || (one.end - other.end).abs() < 0.5 * size
            || (f64::midpoint(one.start, one.end) - f64::midpoint(other.start, other.end)).abs() < 0.5 * size
    };
    apart > STACKED * size && aligned() && one.bbox.x0 < other.bbox.x1 && other.bbox.x0 < one.bbox.x1
}

/// The words of a cell's lines.
pub(super) fn string_of(cell: &[&Line]) -> String {
    cell.iter().map(|line| line.string()).collect::<Vec<_>>().join(" ")
}
