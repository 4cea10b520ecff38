//! A cause of conflicts goes in; out comes what it contradicts, which figures may be at fault, what each should read, and which is likeliest.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::schema::{Interval, Relation, Statistic};
use crate::validate::arithmetic::{self, Reading, Verdict};

use super::bonds::Bond;
use super::evidence::Evidence;
use super::localise::{Cause, Conflict, Search};
use super::number;
use super::simplex::{Outcome, Way};
use super::slip::{self, Slip};
use super::subject::{Subject, rank, subject};
use super::system::{Belief, Component, System};

/// Figures and relations that no values satisfy together.
#[derive(Debug, Clone)]
pub(in crate::validate) struct Contradiction {
    /// The relation it is told by.
    pub(in crate::validate) subject: Subject,
    pub(in crate::validate) verdict: Verdict,
    /// Every figure in it, in the order of the page.
    pub(in crate::validate) figures: Vec<usize>,
    /// The figures any of which alone may be at fault, in the order of the page.
    pub(in crate::validate) candidates: Vec<Candidate>,
    /// The one that is likeliest, where it can be told.
    pub(in crate::validate) culprit: Option<Culprit>,
    /// How many relations and repeats break.
    pub(in crate::validate) breaks: usize,
    /// What is left free to find further contradictions.
    pub(super) left_free: BTreeSet<usize>,
}

/// A figure that may be at fault.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::validate) struct Candidate {
    pub(in crate::validate) figure: usize,
    /// It, and those that are wrong with it.
    pub(in crate::validate) figures: Vec<usize>,
    /// The values that would restore all.
    pub(in crate::validate) restored: Option<Interval>,
    /// The slips of the hand any of which would explain the printed one, and the number meant.
    pub(in crate::validate) slips: Vec<(Slip, Decimal)>,
}

/// The likeliest figure.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::validate) struct Culprit {
    pub(in crate::validate) figure: usize,
    pub(in crate::validate) restored: Option<Interval>,
    pub(in crate::validate) why: Why,
}

/// Why a figure is the likeliest.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::validate) enum Why {
    /// No other alone would restore all.
    Alone,
    /// This edition prints a value that would restore all.
    Elsewhere(String),
    /// It stands out of its ranking, too.
    Ranking,
    /// One slip of the hand explains it, and no other.
    Slip(Slip, Decimal),
}

/// What a cause contradicts.
pub(super) fn contradiction(
    system: &System<'_>,
    component: &Component,
    evidence: &Evidence<'_>,
    cause: &Cause,
    verdict: Verdict,
) -> Option<Contradiction> {
    let candidates: Vec<Candidate> = cause
        .candidates
        .iter()
        .filter_map(|figures| candidate(system, component, cause, figures, verdict))
        .collect();
    let culprit = match cause.search {
        Search::Complete => culprit(system, evidence, &candidates),
        Search::CutShort => None,
    };
    let focus = culprit.as_ref().map(|culprit| culprit.figure);
    // What breaks by itself tells more than what takes several relations to prove.
    let is_simple = |conflict: &&Conflict| conflict.bonds.len() < 2 && focus.is_none_or(|figure| conflict.figures.contains(&figure));
    let simple: Vec<&Conflict> = cause.conflicts.iter().filter(is_simple).collect();
    let conflicts: Vec<&Conflict> = if simple.is_empty() { cause.conflicts.iter().collect() } else { simple };
    let imprecision = |conflict: &Conflict| {
        let steps = conflict
            .figures
            .iter()
            .filter_map(|figure| arithmetic::step(&system.observations[*figure]));
        steps.max().unwrap_or_default()
    };
    let told = *conflicts
        .iter()
        .min_by_key(|conflict| (rank(system, conflict, focus), imprecision(conflict), **conflict))?;
    let subject = subject(system, told)?;
    let mut figures: BTreeSet<usize> = conflicts.iter().flat_map(|conflict| conflict.figures.iter().copied()).collect();
    figures.extend(cause.candidates.iter().flatten());
    let breaks: BTreeSet<(&BTreeSet<usize>, Option<usize>)> = conflicts
        .iter()
        .map(|conflict| {
            let repeated = conflict.figures.first().filter(|_| conflict.bonds.is_empty());
            (&conflict.bonds, repeated.and_then(|figure| system.quantities.of_figure(*figure)))
        })
        .collect();
    let is_blamed = |figures: &&Vec<usize>| focus.is_none_or(|culprit| figures.contains(&culprit));
    let left_free = cause.candidates.iter().filter(is_blamed).flatten().copied().collect();
    Some(Contradiction {
        subject,
        verdict,
        figures: figures.into_iter().collect(),
        breaks: breaks.len(),
        candidates,
        culprit,
        left_free,
    })
}

fn candidate(system: &System<'_>, component: &Component, cause: &Cause, figures: &[usize], verdict: Verdict) -> Option<Candidate> {
    let figure = *figures.first()?;
    if cause.search == Search::CutShort {
        return Some(Candidate {
            figure,
            figures: figures.to_vec(),
            restored: None,
            slips: Vec::new(),
        });
    }
    let mut dropped = cause.others.clone();
    dropped.extend(figures);
    let restored = [Reading::Rounded, Reading::CutOff].into_iter().find_map(|reading| {
        let belief = Belief { reading, dropped: &dropped };
        restored(system, component, belief, figure)
    });
    let printed = &system.observations[figure];
    // What was cut off was not typed wrongly.
    let restored_broken = restored.filter(|_| verdict == Verdict::Broken);
    let slips = restored_broken.map(|restored| slip::slips(printed, restored)).unwrap_or_default();
    Some(Candidate {
        figure,
        figures: figures.to_vec(),
        restored,
        slips,
    })
}

/// The values of a figure that all others allow.
fn restored(system: &System<'_>, component: &Component, belief: Belief<'_>, figure: usize) -> Option<Interval> {
    let quantity = system.quantities.of_figure(figure)?;
    let statistic = system.observations[figure].statistic;
    let mut rows = system.rows(&component.quantities, &component.bonds, belief);
    if rows.tableau.solve() != Outcome::Feasible {
        return None;
    }
    let mut ends = |quantity: usize| {
        let variable = *rows.variables.get(&quantity)?;
        let low = rows.tableau.extreme(variable, Way::Down);
        let high = rows.tableau.extreme(variable, Way::Up);
        Some((low, high))
    };
    // A percentage is no variable of its rows: it follows from the counts, as wide as they leave it.
    let mut found: Vec<Interval> = Vec::new();
    for bond in &component.bonds {
        let (part, whole, offset) = match &system.bonds[*bond].bond {
            Bond::Percent { percent, part, whole } if *percent == quantity => (*part, *whole, Decimal::ZERO),
            Bond::Change { change, current, base } if *change == quantity => (*current, *base, Decimal::ONE_HUNDRED),
            _ => continue,
        };
        let interval = |(low, high): (Option<_>, Option<_>)| number::interval(&low?, &high?);
        let (part, whole) = (interval(ends(part)?)?, interval(ends(whole)?)?);
        found.extend(arithmetic::percent_of(part, whole).and_then(|percent| arithmetic::difference(percent, Interval::point(offset))));
    }
    let own = ends(quantity)?;
    let mut own = match own {
        (Some(low), Some(high)) => number::interval(&low, &high),
        // Nothing bounds it from above, or below: no value is told but by its percentages.
        _ => None,
    };
    for percent in found {
        own = Some(own.map_or(percent, |own| Interval {
            low: own.low.max(percent.low),
            high: own.high.min(percent.high),
        }));
    }
    let own = own.filter(|own| own.low <= own.high)?;
    let whole = Interval {
        low: own.low.ceil(),
        high: own.high.floor(),
    };
    Some(if statistic == Statistic::Count && whole.low <= whole.high {
        whole
    } else {
        own
    })
}

/// The one figure that the evidence singles out.
fn culprit(system: &System<'_>, evidence: &Evidence<'_>, candidates: &[Candidate]) -> Option<Culprit> {
    let named = |candidate: &Candidate, why: Why| Culprit {
        figure: candidate.figure,
        restored: candidate.restored,
        why,
    };
    if let [only] = candidates {
        return Some(named(only, Why::Alone));
    }
    let elsewhere = |candidate: &&Candidate| {
        let values = candidate.restored?;
        evidence.elsewhere(&system.observations[candidate.figure], values).map(str::to_owned)
    };
    let borne_out: Vec<(&Candidate, String)> = candidates
        .iter()
        .filter_map(|candidate| Some((candidate, elsewhere(&candidate)?)))
        .collect();
    if let [(candidate, edition)] = &borne_out[..] {
        return Some(named(candidate, Why::Elsewhere(edition.clone())));
    }
    let out_of_order: Vec<&Candidate> = candidates.iter().filter(|candidate| evidence.is_out_of_order(candidate)).collect();
    if let [candidate] = out_of_order[..] {
        return Some(named(candidate, Why::Ranking));
    }
    let slips: Vec<&Candidate> = candidates.iter().filter(|candidate| !candidate.slips.is_empty()).collect();
    if let [candidate] = slips[..]
        && let [(slip, meant)] = candidate.slips[..]
    {
        return Some(named(candidate, Why::Slip(slip, meant)));
    }
    None
}

impl Evidence<'_> {
    /// Whether a figure breaks a ranking that its restored value would not break.
    fn is_out_of_order(&self, candidate: &Candidate) -> bool {
        let Some(restored) = candidate.restored else { return false };
        let observations = self.observations();
        let interval = |figure: usize| observations.get(figure).map(|figure| figure.interval);
        self.relations().iter().any(|relation| {
            let Relation::Ranking { parts } = relation else { return false };
            let Some(at) = parts.iter().position(|part| *part == candidate.figure) else {
                return false;
            };
            let before = at.checked_sub(1).and_then(|before| interval(parts[before]));
            let after = parts.get(at + 1).and_then(|after| interval(*after));
            let breaks = |value: Interval| before.is_some_and(|before| value.low > before.high) || after.is_some_and(|after| after.low > value.high);
            interval(candidate.figure).is_some_and(breaks) && !breaks(restored)
        })
    }
}
