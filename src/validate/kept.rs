//! Findings as bytes, while a run has more of them than memory should hold, and the list of all of them.

use std::io;

use serde::{Deserialize, Serialize};

use crate::schema::{Finding, Mention, Severity};
use crate::spool::{Sequence, Shelf};

use super::{claims, codes};

/// The findings of a run in the order they are published.
#[derive(Debug)]
pub struct Findings(Sequence);

impl Findings {
    pub(super) fn new(shelf: &Shelf) -> Self {
        Self(Sequence::new(shelf))
    }

    pub(super) fn push(&mut self, finding: &Finding) -> io::Result<()> {
        self.0.push(&to_bytes(finding))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.count()
    }

    /// Calls back with each of them.
    pub fn each(&self, see: &mut dyn FnMut(&Finding) -> io::Result<()>) -> io::Result<()> {
        self.0.each(&mut |bytes| see(&from_bytes(bytes)?))
    }

    /// All of them, in memory.
    pub fn to_vec(&self) -> io::Result<Vec<Finding>> {
        let mut findings = Vec::with_capacity(self.count());
        self.each(&mut |finding| {
            findings.push(finding.clone());
            Ok(())
        })?;
        Ok(findings)
    }
}

#[derive(Serialize)]
struct Packed<'a> {
    /// Number of the check.
    code: usize,
    severity: Severity,
    level: u8,
    documents: &'a [String],
    message: &'a str,
    printed: &'a str,
    expected: &'a str,
    mentions: &'a [Mention],
    observations: &'a [String],
    reckoned: &'a [String],
    help: &'a str,
    by_claim: bool,
    fingerprint: &'a str,
}

#[derive(Deserialize)]
struct Unpacked {
    code: usize,
    severity: Severity,
    level: u8,
    documents: Vec<String>,
    message: String,
    printed: String,
    expected: String,
    mentions: Vec<Mention>,
    observations: Vec<String>,
    reckoned: Vec<String>,
    help: String,
    by_claim: bool,
    fingerprint: String,
}

/// The finding as bytes.
pub(super) fn to_bytes(finding: &Finding) -> Vec<u8> {
    let code = codes().iter().position(|check| check.code == finding.code);
    let packed = Packed {
        code: code.expect("a check raised it"),
        severity: finding.severity,
        level: finding.level,
        documents: &finding.documents,
        message: &finding.message,
        printed: &finding.printed,
        expected: &finding.expected,
        mentions: &finding.mentions,
        observations: &finding.observations,
        reckoned: &finding.reckoned,
        help: &finding.help,
        by_claim: finding.method.is_some(),
        fingerprint: &finding.fingerprint,
    };
    postcard::to_stdvec(&packed).expect("every field has a packed form, and memory grows")
}

/// The finding that was packed.
pub(super) fn from_bytes(bytes: &[u8]) -> io::Result<Finding> {
    let unpacked: Unpacked = postcard::from_bytes(bytes).map_err(io::Error::other)?;
    let check = codes().get(unpacked.code).ok_or(io::ErrorKind::InvalidData)?;
    Ok(Finding {
        code: check.code,
        severity: unpacked.severity,
        level: unpacked.level,
        documents: unpacked.documents,
        message: unpacked.message,
        printed: unpacked.printed,
        expected: unpacked.expected,
        mentions: unpacked.mentions,
        observations: unpacked.observations,
        reckoned: unpacked.reckoned,
        help: unpacked.help,
        method: unpacked.by_claim.then_some(claims::METHOD),
        fingerprint: unpacked.fingerprint,
    })
}
