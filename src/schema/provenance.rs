//! Where a figure stands: bytes of a text or HTML snapshot, or a box on a PDF page.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A place in a snapshot as published.
///
/// `Display` gives the contract's form: `bytes 120-125` (end not included) or `page 2 [72.0 96.1 98.4 108.0]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Provenance {
    /// Bytes of the file as published, end not included, with the line and column (in characters, from 1) of the first.
    Bytes {
        /// First byte.
        start: u64,
        /// Byte after the last.
        end: u64,
        /// Line of the first byte, from 1.
        line: u32,
        /// Column of the first byte in characters, from 1.
        column: u32,
    },
    /// A box on a page, in points from the top left of the page as shown.
    Box {
        /// Page, from 1.
        page: u32,
        /// `[x0, top, x1, bottom]`.
        bbox: [f64; 4],
    },
}

impl Provenance {
    /// A key by which places of one document sort in reading order: page, then top (or byte), then left.
    pub fn order(&self) -> (u32, i64, i64) {
        match *self {
            Self::Bytes { start, end, .. } => (0, i64::try_from(start).unwrap_or(i64::MAX), i64::try_from(end).unwrap_or(i64::MAX)),
            Self::Box { page, bbox } => (page, (bbox[1] * 10.0).round() as i64, (bbox[0] * 10.0).round() as i64),
        }
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes { start, end, .. } => write!(formatter, "bytes {start}-{end}"),
            Self::Box {
                page,
                bbox: [x0, top, x1, bottom],
            } => {
                write!(formatter, "page {page} [{x0:.1} {top:.1} {x1:.1} {bottom:.1}]")
            }
        }
    }
}

/// Some words of a snapshot, with the sentence, row or label they stand in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Path of the document.
    pub document: String,
    /// Where the words stand.
    pub place: Provenance,
    /// The words as printed.
    pub quote: String,
    /// The sentence, row or chart label around them.
    pub context: String,
    /// Where in `context` the quote starts, in bytes.
    pub offset: usize,
}

impl Mention {
    /// What stands before and after the words in their context; nothing where they do not stand there.
    pub fn around(&self) -> Option<(&str, &str)> {
        if self.quote.is_empty() {
            return None;
        }
        if self.context.is_empty() {
            return Some(("", ""));
        }
        let after = self.context.get(self.offset..)?.strip_prefix(self.quote.as_str())?;
        Some((&self.context[..self.offset], after))
    }
}
