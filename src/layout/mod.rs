//! The positioned document: one model of what a page shows, for every medium. Knows no media, families or figures.

pub mod blocks;
pub mod chart;
mod continued;
mod dashes;
mod direction;
mod document;
mod glyph;
mod legible;
pub mod lines;
pub mod order;
mod page;
pub(crate) mod region;
mod source;
mod stretch;
pub mod table;
mod text;
mod turned;
pub mod words;

pub use chart::{Chart, ChartKind, MarkReading, MarkUnit, Point, PointSeries};
pub use continued::join_across_pages;
pub use document::{Block, BlockKind, Document, Item, Page, Word};
pub use glyph::{Characters, Drawing, Glyph};
pub use page::page_of;
pub use region::{BBox, Region};
pub use source::Source;
pub use table::{Cell, Table};
pub use text::{Mark, Piece, Text};
