//! Pages and what stands on them, in reading order.

use super::{BBox, Chart, Region, Source, Table, Text};

/// A snapshot as a person sees it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Media type by content: `text/plain`, `text/html`, `application/pdf`.
    pub media_type: &'static str,
    /// Decoded text, for text and HTML.
    pub source: Option<Source>,
    /// Title that the page carries outside its body (HTML `<title>`).
    pub title: Option<Text>,
    /// Pages in order; text and HTML have one.
    pub pages: Vec<Page>,
    /// What was damaged or not as it should be, and was read all the same; in lower case, without full stop.
    pub repairs: Vec<String>,
    /// What could not be read, or is not there, as above.
    pub losses: Vec<String>,
}

/// One page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// From 1.
    pub number: u32,
    /// Width in points as shown; 0 for text and HTML.
    pub width: f64,
    /// Height in points as shown; 0 for text and HTML.
    pub height: f64,
    /// All visible words, in reading order; empty for text and HTML, whose blocks hold every word.
    pub words: Vec<Word>,
    /// What stands on the page, in reading order.
    pub items: Vec<Item>,
    /// Pictures, by box (PDF) or bytes of their tag (HTML).
    pub pictures: Vec<Region>,
    /// Words left out because nobody sees them.
    pub hidden_words: u32,
    /// Glyphs drawn, and of them those that map to no character: a page that shows text which cannot be read.
    pub glyphs: u32,
    /// See `glyphs`.
    pub unmapped_glyphs: u32,
}

/// A word on a PDF page.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Its characters.
    pub text: String,
    /// Its box.
    pub bbox: BBox,
    /// Size of its font in points.
    pub size: f64,
    /// Printed bold.
    pub bold: bool,
}

/// Something on a page.
#[derive(Debug, Clone)]
pub enum Item {
    /// Running words.
    Block(Block),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
}

/// What a block is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A title over what follows.
    Heading,
    /// Sentences.
    Paragraph,
    /// An entry of a list.
    List,
    /// A footnote or remark; its own mark is `label`.
    Note,
    /// A figure standing out, with or without its caption.
    Headline,
}

impl BlockKind {
    /// The word in `show --json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::List => "list",
            Self::Note => "note",
            Self::Headline => "headline",
        }
    }
}

/// Running words that belong together.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Rank of a heading, from 1; 0 where unknown or no heading.
    pub level: u8,
    /// For notes, the marks it explains: `1`, `***`.
    pub labels: Vec<String>,
    /// Its words. Lines are joined by a space; where the break carries meaning (a caption under its figure) by `\n`.
    pub text: Text,
    /// Where it stands.
    pub region: Region,
}
