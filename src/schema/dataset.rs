//! Everything one run says: the extraction of each snapshot and what was found in and between them.

use std::collections::BTreeMap;

use super::{Extraction, Finding, Skipped};

/// One run's result, in the order it is published: extractions by document path, findings most severe first.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// One extraction a snapshot, sorted by document path.
    pub extractions: Vec<Extraction>,
    /// What a reader should look at, sorted by severity, code, documents and place.
    pub findings: Vec<Finding>,
    /// Findings that a waiver takes off the list, in the same order.
    pub waived: Vec<WaivedFinding>,
    /// Figures that were not set against each other, since the codebook says that they do not add up or compare.
    pub skipped: Vec<Skipped>,
    /// Files of the folders read that a `.crosstallyignore` leaves out.
    pub left_out: usize,
    /// Milliseconds each snapshot took, by path; empty unless asked for, since outputs are the same bytes every run.
    pub milliseconds: BTreeMap<String, u64>,
}

/// A finding that somebody decided to live with.
#[derive(Debug, Clone, PartialEq)]
pub struct WaivedFinding {
    /// What was found.
    pub finding: Finding,
    /// Why it is no fault, or one that cannot be mended.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// Last day the waiver holds, `2026-12-31`.
    pub until: String,
}
