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
mod fingerprint;
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

use rayon::iter::{IntoParallelRefIterator, ParallelExtend, ParallelIterator};

use crate::schema::{Extraction, Finding, Skipped, Status, WaivedFinding};

pub use baseline::{Baseline, BaselineError};
pub use check::Check;
pub use claims::{code as code_of_claim, holds as claim_holds};
pub use waiver::{Extent, Waiver, WaiverError, Waivers};

use archive::Archive;
use check::Scope;
use consistency::Judged;

/// What the checks say, with what the user decided to live with set apart.
#[derive(Debug, Clone, Default)]
pub struct Judgement {
    /// What a reader should look at, sorted by severity, code, documents and place.
    pub findings: Vec<Finding>,
    /// What a waiver covers, in the same order.
    pub waived: Vec<WaivedFinding>,
    /// Figures that were not set against each other, since the codebook says that they do not add up or compare.
    pub skipped: Vec<Skipped>,
}

/// Everything that does not add up in and between the extractions, sorted by severity, code, documents and place.
///
/// What a waiver covers is left out; [`judge`] tells it too.
pub fn findings(extractions: &[Extraction], waivers: &Waivers) -> Vec<Finding> {
    judge(extractions, waivers).findings
}

/// As [`findings`], with what the waivers cover and what was left alone.
pub fn judge(extractions: &[Extraction], waivers: &Waivers) -> Judgement {
    let archive = Archive::of(extractions);
    let judged: Vec<(&Extraction, Judged)> = extractions
        .par_iter()
        .filter(|one| one.document.status != Status::Duplicate)
        .map(|extraction| (extraction, consistency::judge(extraction, &archive)))
        .collect();
    let by_check: Vec<Vec<Finding>> = codes().par_iter().map(|check| raised(check, &archive, &judged)).collect();
    let mut raised: Vec<Finding> = by_check.into_iter().flatten().collect();
    claims::yield_to_rules(&mut raised);
    fingerprint::settle(&mut raised);
    let mut judgement = waivers.apply(raised, extractions);
    fingerprint::settle(&mut judgement.findings);
    judgement.skipped = skipped::skipped(extractions, &archive);
    judgement
}

/// What one check finds, in the order of the extractions however many cores look.
fn raised(check: &Check, archive: &Archive<'_>, judged: &[(&Extraction, Judged)]) -> Vec<Finding> {
    let mut raised = Vec::new();
    for scope in check.runs {
        match scope {
            Scope::Snapshot(run) => raised.par_extend(judged.par_iter().flat_map_iter(|(extraction, _)| {
                let mut found = Vec::new();
                run(extraction, &mut found);
                found
            })),
            Scope::Figures(run) => raised.par_extend(judged.par_iter().flat_map_iter(|(extraction, judged)| {
                let mut found = Vec::new();
                run(extraction, judged, &mut found);
                found
            })),
            Scope::Archive(run) => run(archive, &mut raised),
        }
    }
    raised
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
