//! What is laid over a drawn page for people to look at: boxes with tags in, and the strip of lines beside the page.

use crate::layout::BBox;

/// Red, green and blue.
pub type Ink = [u8; 3];

/// What is laid over one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// The page, from 1.
    pub page: u32,
    /// Boxes in points, in the order they are drawn.
    pub boxes: Vec<LaidBox>,
    /// What stands beside the page.
    pub strip: Vec<StripLine>,
}

/// A box on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct LaidBox {
    /// Where.
    pub bbox: BBox,
    /// How it looks.
    pub look: Look,
    /// Words at one of its corners; empty for none.
    pub tag: String,
}

/// How a box looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Look {
    /// Its colour.
    pub ink: Ink,
    /// The line around it.
    pub edge: Edge,
    /// What is laid over what stands in it.
    pub wash: Wash,
}

/// The line around a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// One pixel.
    Thin,
    /// Two pixels.
    Thick,
    /// Two pixels, broken.
    Dashed,
}

/// What is laid over what stands in a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wash {
    /// Nothing.
    Clear,
    /// A breath of its colour.
    Tint,
    /// Slanting lines of its colour.
    Hatch,
}

/// A line beside the page.
#[derive(Debug, Clone, PartialEq)]
pub struct StripLine {
    /// A small box before the words, as it looks on the page.
    pub swatch: Option<Look>,
    /// A tag before the words, as it stands on the page, in its colour.
    pub tag: Option<(String, Ink)>,
    /// The words; wrapped where they are too long.
    pub words: String,
    /// How they are set.
    pub set: Set,
}

/// How the words of a line are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Large and bold, over what follows.
    Title,
    /// Plain.
    Plain,
    /// Bold, as a warning.
    Warning,
}

/// A page that was drawn under its sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnSheet {
    /// The page, from 1.
    pub page: u32,
    /// The picture as PNG, or why there is none.
    pub picture: Result<Vec<u8>, NotDrawn>,
}

/// Why a page was not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDrawn {
    /// The engine panics on it, or its content passes a limit.
    #[error("what is on it breaks the engine, or is too much to draw")]
    Broken,
    /// It draws and draws.
    #[error("it takes too long")]
    TooLong,
    /// The document has no such page.
    #[error("there is no such page")]
    Absent,
}
