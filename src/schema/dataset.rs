//! Everything one run says: the extraction of each snapshot and what was found in and between them.

use std::collections::BTreeMap;

use super::{Extraction, Finding};

/// One run's result, in the order it is published: extractions by document path, findings most severe first.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// One extraction a snapshot, sorted by document path.
    pub extractions: Vec<Extraction>,
    /// What a reader should look at, sorted by severity, code, documents and place.
    pub findings: Vec<Finding>,
    /// Findings that a waiver takes off the list, each with the reason given, in the same order.
    pub waived: Vec<(Finding, String)>,
    /// Milliseconds each snapshot took, by path; empty unless asked for, since outputs are the same bytes every run.
    pub milliseconds: BTreeMap<String, u64>,
}
