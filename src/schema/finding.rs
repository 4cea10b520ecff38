//! Something a reader should look at: an unread part, a contradiction, a revision.

use serde::{Deserialize, Serialize};

use super::Mention;

/// How bad it is. Sorts most severe first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The figures cannot be trusted as they stand.
    Error,
    /// A person should look.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// The word in `findings.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A finding code of the contract in kebab case, e.g. `total-differs`.
pub type Code = &'static str;

/// One finding, as it is published.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Which fault it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// 0 one snapshot's form, 1 within one snapshot, 2 between editions, 3 between publishers.
    pub level: u8,
    /// Documents it is about, in the order of `mentions`, each once.
    pub documents: Vec<String>,
    /// One sentence with the figures.
    pub message: String,
    /// What is printed.
    pub printed: String,
    /// Value or interval that would not contradict, empty where none can be told.
    pub expected: String,
    /// The places it is about, the one to open first leading.
    pub mentions: Vec<Mention>,
    /// Ids of the observations it is about.
    pub observations: Vec<String>,
    /// Ids of the figures of what does not hold, in the order it is reckoned: a total before its parts, a change before what it leads to and starts from.
    pub reckoned: Vec<String>,
    /// What the user does next, one sentence.
    pub help: String,
    /// `claim` where a sentence alone tells it, without the rules of a family; else none.
    pub method: Option<&'static str>,
    /// Stable when lines move: made of code, document, series and printed figures, not of places.
    pub fingerprint: String,
}

impl Finding {
    /// The document to open first.
    pub fn main_document(&self) -> Option<&str> {
        let first = self.mentions.first().map(|mention| &mention.document);
        first.or(self.documents.first()).map(String::as_str)
    }
}
