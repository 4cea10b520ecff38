//! Everything one run says: the extraction of each snapshot and what was found in and between them.

use super::{Extraction, Finding};

/// One run's result, in the order it is published: extractions by document path, findings most severe first.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// One extraction a snapshot, sorted by document path.
    pub extractions: Vec<Extraction>,
    /// What a reader should look at, sorted by severity, code, documents and place.
    pub findings: Vec<Finding>,
}
