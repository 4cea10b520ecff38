//! Snapshots to documents.

// Stands in for the real room until the branches meet; only what the HTML reader needs.
#[allow(dead_code)]
mod html;

/// How far a reader goes before it gives up on a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Depth to which elements, forms and objects may be nested.
    pub depth: u32,
    /// Seconds of wall time for one snapshot.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 512, seconds: 60 }
    }
}

/// Why a snapshot could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It passes a limit.
    #[error("over a limit: {cause}")]
    OverLimit {
        /// Which limit, in lower case, without full stop.
        cause: String,
    },
}

/// Reads decoded HTML, for looking at results.
#[doc(hidden)]
pub fn read_html(source: crate::layout::Source) -> Result<crate::layout::Document, InputError> {
    html::read(source, &Limits::default())
}
