//! What was read from one snapshot: its observations, how they belong together, and the facts that checks turn into findings.

use serde::{Deserialize, Serialize};

use super::{Claim, Fact, Observation, Relation};

/// How the reading of a snapshot ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Status {
    /// A family was recognised and figures were read.
    #[default]
    Read,
    /// The bytes could not be read at all.
    Unreadable,
    /// No profile knows it, or several claim it alike.
    UnknownFamily,
    /// The very content was read before under another path, which is named.
    Duplicate,
}

impl Status {
    /// The word in `documents.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Unreadable => "unreadable",
            Self::UnknownFamily => "unknown-family",
            Self::Duplicate => "duplicate",
        }
    }
}

/// A snapshot's row in `documents.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Path below the PATH given, `/` separated.
    pub path: String,
    /// Media type by content, e.g. `application/pdf`; empty where the content tells none.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// BLAKE3 of the content, in hexadecimal.
    pub hash: String,
    /// Publisher of the recognised family, else empty.
    pub publisher: String,
    /// Recognised family, else empty.
    pub family: String,
    /// Layout of the family, else empty.
    pub layout: String,
    /// Edition, `2024-07`, else empty.
    pub edition: String,
    /// Number of pages; text and HTML have one.
    pub pages: u32,
    /// How the reading ended.
    pub status: Status,
    /// For a duplicate, the path that was read in its place.
    pub duplicate_of: String,
}

/// Whether a figure that the layout promises was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PromiseState {
    /// At least one observation came of it.
    Read,
    /// Its place in the report was not found, or held no figure.
    Missing,
    /// Its heading stands there, but the figures are lost, in a picture or a chart the medium dropped.
    Lost,
}

impl PromiseState {
    /// The word in `coverage.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Missing => "missing",
            Self::Lost => "lost",
        }
    }
}

/// A figure that the layout promises, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Rule, as in [`Observation::rule`]: `unhcr-western-balkans/transits`.
    pub rule: String,
    /// What became of it.
    pub state: PromiseState,
}

/// All that was read from one snapshot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// Which snapshot it is.
    pub document: DocumentRecord,
    /// Printed figures, in the order of their places.
    pub observations: Vec<Observation>,
    /// How they belong together; indices into `observations`.
    pub relations: Vec<Relation>,
    /// The layout's promises, in the profile's order.
    pub promises: Vec<Promise>,
    /// What its sentences claim of figures printed beside; known family or not.
    pub claims: Vec<Claim>,
    /// What the readers and the parser noticed; checks word it.
    pub facts: Vec<Fact>,
}

impl Extraction {
    /// That of a snapshot of which nothing could be read.
    pub fn unreadable(mut document: DocumentRecord, why: Fact) -> Self {
        document.status = Status::Unreadable;
        Self {
            document,
            facts: vec![why],
            ..Self::default()
        }
    }
}
