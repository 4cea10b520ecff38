//! The figures of a snapshot judged together: an extraction goes in, contradictions come out, each with the figures that may be at fault.
//!
//! Every printed figure is an interval, every relation a linear row over the quantities that are printed. Something is raised only
//! where no values inside the intervals satisfy all rows at once; where that takes more work than a bound allows, only what single
//! relations prove is raised. One cause is one contradiction, whatever number of relations it breaks.

mod bonds;
mod cause;
mod evidence;
mod fraction;
mod localise;
mod number;
mod quantity;
mod rows;
mod simplex;
mod slip;
mod subject;
mod system;

use std::collections::BTreeSet;

use crate::schema::Extraction;

use super::arithmetic::{self, Reading, Verdict};
use super::elsewhere::Elsewhere;

pub(super) use bonds::Known;
pub(super) use cause::{Candidate, Contradiction, Culprit, Why};
pub(super) use quantity::ends;
pub(super) use slip::Slip;
pub(super) use subject::Subject;

use cause::contradiction;
use evidence::Evidence;
use system::{Belief, Component, System};

/// All that the figures of a snapshot say against each other.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) contradictions: Vec<Contradiction>,
}

impl Judged {
    /// The contradictions of one code.
    pub(super) fn of_code(&self, code: &str) -> impl Iterator<Item = &Contradiction> {
        self.contradictions
            .iter()
            .filter(move |contradiction| contradiction.subject.code() == code)
    }

    /// Whether a figure is named as the fault.
    pub(super) fn blames(&self, figure: usize) -> bool {
        let mut culprits = self.contradictions.iter().filter_map(|contradiction| contradiction.culprit.as_ref());
        culprits.any(|culprit| culprit.figure == figure)
    }
}

/// Whether some figures of a snapshot do not add up as they are printed.
pub(super) fn is_suspect(extraction: &Extraction) -> bool {
    let system = System::of(extraction);
    let breaks =
        |component: &Component| !system.holds_as_printed(component) && !system.conflicts(component, localise::all(Reading::Rounded)).is_empty();
    system.components().iter().any(breaks)
}

/// Judges the figures of one snapshot; what other editions print only bears on which figure is at fault.
pub(super) fn judge(extraction: &Extraction, elsewhere: &Elsewhere) -> Judged {
    let system = System::of(extraction);
    let suspects: Vec<Component> = system
        .components()
        .into_iter()
        .filter(|component| !system.holds_as_printed(component))
        .collect();
    let mut judged = Judged::default();
    if suspects.is_empty() {
        return judged;
    }
    let evidence = Evidence::of(extraction, elsewhere);
    for component in suspects {
        judge_component(&system, &component, &evidence, &mut judged);
    }
    judged
}

/// First what even cut-off figures cannot explain, then what they can; each first among what is printed, then with what was measured.
fn judge_component(system: &System<'_>, component: &Component, evidence: &Evidence<'_>, judged: &mut Judged) {
    if system.conflicts(component, localise::all(Reading::Rounded)).is_empty() {
        return;
    }
    let weight = |figure: usize| evidence.weight(figure);
    let figures = component
        .quantities
        .iter()
        .flat_map(|quantity| &system.quantities.get(*quantity).printings);
    let measured: BTreeSet<usize> = figures
        .copied()
        .filter(|figure| !arithmetic::is_printed(&system.observations[*figure]))
        .map(|figure| system.printed_as[figure])
        .collect();
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    for (reading, verdict) in [(Reading::CutOff, Verdict::Broken), (Reading::Rounded, Verdict::HoldsIfCutOff)] {
        for is_with_measured in [false, true] {
            if is_with_measured && measured.is_empty() {
                continue;
            }
            let mut left_out = dropped.clone();
            if !is_with_measured {
                left_out.extend(&measured);
            }
            let belief = Belief { reading, dropped: &left_out };
            for cause in localise::causes(system, component, belief, &weight) {
                let found = contradiction(system, component, evidence, &cause, verdict);
                let Some(found) = found else { continue };
                dropped.extend(&found.left_free);
                // A figure that is printed wrongly twice is one cause.
                if !judged.contradictions.iter().any(|known| known.subject == found.subject) {
                    judged.contradictions.push(found);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
