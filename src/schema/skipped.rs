//! Figures that were not set against each other, and why.

/// Figures that were left alone on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// What was not done: `Not added up over places: persons in mixed movements`.
    pub what: String,
    /// Why not, in the words of the codebook.
    pub why: String,
    /// Where such figures stand, sorted.
    pub documents: Vec<String>,
}
