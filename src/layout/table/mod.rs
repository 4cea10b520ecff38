//! Tables: cells with their spans.

mod aligned;
mod around;
mod assembled;
mod bands;
mod body;
mod labels;
mod level;
mod names;
mod rows;
mod ruled;
mod rulings;
mod side_by_side;
mod spaced;
mod stages;
#[cfg(test)]
mod tests;
mod unruled_parts;

pub use ruled::ruled_tables;
pub use stages::{EdgeOrigin, Rulings, StageEdge, Stages};

use level::Proof;

use super::chart::Shape;
use super::lines::Line;
use super::{BBox, Region, Text};

/// Tables that level rulings make beyond doubt, looked for before charts, and the lines that stand in none.
pub fn striped_tables(shapes: &[Shape], lines: Vec<Line>, others: &[BBox], page: u32) -> (Vec<Table>, Vec<Line>) {
    let (level, _) = rulings::edges(shapes);
    let shading = rulings::shading(shapes);
    let (mut tables, lines) = level::level_tables(&level, &shading, lines, others, Proof::Labels, page);
    let others: Vec<BBox> = others
        .iter()
        .copied()
        .chain(tables.iter().filter_map(|table| table.region.bbox()))
        .collect();
    let (shaded, lines) = level::level_tables(&shading, &[], lines, &others, Proof::ShadedLabels, page);
    tables.extend(shaded);
    (tables, lines)
}

/// Tables that level rulings, shading behind rows or white space alone make, and the lines that stand in none.
///
/// `shapes` are those of no other table or chart, `others` the boxes of these; `frames` are drawn boxes that hold text of their own.
pub fn unruled_tables(shapes: &[Shape], lines: Vec<Line>, frames: &[BBox], others: &[BBox], page: u32) -> (Vec<Table>, Vec<Line>) {
    let (level, _) = rulings::edges(shapes);
    let shading = rulings::shading(shapes);
    let (mut tables, lines) = level::level_tables(&level, &shading, lines, others, Proof::Charts, page);
    let others: Vec<BBox> = others
        .iter()
        .copied()
        .chain(tables.iter().filter_map(|table| table.region.bbox()))
        .collect();
    let (shaded, lines) = level::level_tables(&shading, &[], lines, &others, Proof::Shading, page);
    tables.extend(shaded);
    let others: Vec<BBox> = others
        .iter()
        .copied()
        .chain(tables.iter().filter_map(|table| table.region.bbox()))
        .collect();
    let (spaced, lines) = spaced::spaced_tables(lines, frames, &others, &level, page);
    tables.extend(spaced);
    let (aligned, lines) = aligned::aligned_tables(lines, frames, &level, page);
    tables.extend(aligned);
    (tables, lines)
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Where it stands.
    pub region: Region,
    /// Its caption, where it carries one of its own.
    pub caption: Option<Text>,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// Leading rows that hold column headers, as far as the medium or the cells tell; 0 where there is none.
    pub header_rows: usize,
    /// Its cells, by row, then column. Empty cells are listed.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
    /// Rows it spans.
    pub row_span: usize,
    /// Columns it spans.
    pub column_span: usize,
    /// Marked as a header by the medium (`th`).
    pub header: bool,
    /// Its words.
    pub text: Text,
    /// Where it stands.
    pub region: Region,
}
