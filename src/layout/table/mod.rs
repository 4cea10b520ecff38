//! Tables: cells with their spans.

mod aligned;
mod ruled;
mod unruled_parts;

pub use aligned::aligned_tables;
pub use ruled::ruled_tables;

use super::{Region, Text};

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
