//! Figures that were not set against each other, and why.

/// Figures that were left alone on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// What was not done: `mixed movements of places were not added up`.
    pub what: String,
    /// Why not, in the words of the codebook.
    pub why: String,
    /// Where such figures stand, sorted.
    pub documents: Vec<String>,
}
