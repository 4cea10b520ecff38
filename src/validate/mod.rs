//! Checks: extractions go in, findings come out; a document is never opened here.
//!
//! Every check is a file of `checks/`, and the comment at its head is the page that `explain` shows. A check never
//! reports what some true values inside all the printed intervals could satisfy.

mod archive;
mod arithmetic;
mod baseline;
mod blame;
mod check;
mod checks;
mod claims;
mod consistency;
mod draft;
mod edition;
mod elsewhere;
mod fingerprint;
mod judge;
mod kept;
mod key;
mod knowledge;
#[cfg(test)]
mod planted;
mod skipped;
mod sums;
#[cfg(test)]
mod testing;
mod waiver;
mod wording;

use crate::schema::{Extraction, Finding};
use crate::spool::Shelf;

pub use baseline::{Baseline, BaselineError};
pub use check::Check;
pub use claims::{code as code_of_claim, holds as claim_holds};
pub use judge::{Judgement, judge};
pub use kept::Findings;
pub use waiver::{Extent, Waiver, WaiverError, Waivers};

/// Everything that does not add up in and between extractions in memory, sorted by severity, code, documents and place.
///
/// What a waiver covers is left out; [`judge`] tells it too.
pub fn findings(extractions: &[Extraction], waivers: &Waivers) -> Vec<Finding> {
    let judgement = judge(&extractions, waivers, &Shelf::Memory);
    let findings = judgement.and_then(|judgement| judgement.findings.to_vec());
    findings.expect("what stays in memory meets no fault")
}

/// All checks, by code.
pub fn codes() -> &'static [&'static Check] {
    checks::ALL
}

/// The page of a finding code: what it finds, why it matters, an example, what to do.
pub fn explain(code: &str) -> Option<String> {
    codes().iter().find(|check| check.code == code).map(|check| check.explanation())
}

#[cfg(test)]
mod tests;
