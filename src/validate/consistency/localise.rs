//! Which figures are wrong: a part of a snapshot goes in; out comes the lightest set of figures that, left free, lets all others hold.
//!
//! Error localisation after I. P. Fellegi and D. Holt, *A Systematic Approach to Automatic Edit and Imputation* (JASA 71, 1976): change
//! the fewest figures, here the least trusted. The set is the minimum hitting set of the conflicts, found one after the other as in
//! E. Moreno-Centeno and R. M. Karp, *The Implicit Hitting Set Approach* (Operations Research 61, 2013).

use std::collections::{BTreeMap, BTreeSet};

use crate::validate::arithmetic::{self, Reading};

use super::rows::Range;
use super::simplex::Outcome;
use super::system::{Belief, Component, System};

/// Rounds of conflicts looked for in one part; one that has more is told by what was found until then.
const ROUNDS: usize = 48;

/// Conflicts that one round takes in, and of them pairs of printings of one quantity.
const CONFLICTS: usize = 64;
const PAIRS: usize = 16;

/// Conflicts that one part may have before it is told by what was found until then.
const CONFLICTS_IN_ALL: usize = 512;

/// Ways tried to choose among printings that differ, in judging one bond.
const CHOICES: usize = 16;

/// Bonds of a part that are judged together; a larger one is judged bond by bond.
const BONDS_TOGETHER: usize = 600;

/// Comparisons that the search for the lightest set may take.
const COMPARISONS: usize = 50_000;

/// Figures and bonds looked at for one part, over all questions; then the figures found by then are told, and no likeliest one.
const WORK: usize = 100_000;

/// Figures and bonds that no values satisfy together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Conflict {
    /// The bonds; none where two printings of one quantity differ.
    pub(super) bonds: BTreeSet<usize>,
    /// The figures as they stand in it.
    pub(super) figures: BTreeSet<usize>,
}

/// One cause, and what any of which alone would, left free, resolve all of its conflicts.
#[derive(Debug, Clone)]
pub(super) struct Cause {
    /// Figures, each with those that are wrong with it, as a figure printed wrongly twice.
    pub(super) candidates: Vec<Vec<usize>>,
    pub(super) conflicts: Vec<Conflict>,
    /// The other figures that are left free.
    pub(super) others: BTreeSet<usize>,
    /// Whether all candidates are known.
    pub(super) search: Search,
}

/// Whether a search came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    Complete,
    CutShort,
}

/// The causes that a part cannot hold under a belief.
pub(super) fn causes(system: &System<'_>, component: &Component, belief: Belief<'_>, weight: &dyn Fn(usize) -> u32) -> Vec<Cause> {
    let mut conflicts: BTreeSet<Conflict> = BTreeSet::new();
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    let mut search = Search::CutShort;
    let calls = WORK / system.size(component);
    let mut calls = 0..calls;
    let free = |chosen: &BTreeSet<usize>| -> BTreeSet<usize> { belief.dropped.union(chosen).copied().collect() };
    for _ in calls.by_ref().take(ROUNDS) {
        let dropped = free(&chosen);
        let found = system.conflicts(component, Belief { dropped: &dropped, ..belief });
        if found.is_empty() {
            search = Search::Complete;
            break;
        }
        let before = conflicts.len();
        conflicts.extend(found);
        if conflicts.len() == before || conflicts.len() > CONFLICTS_IN_ALL {
            break;
        }
        let sets: Vec<BTreeSet<usize>> = conflicts.iter().map(|conflict| system.mentions(conflict)).collect();
        chosen = lightest(&sets, weight);
    }
    let mut causes = Vec::new();
    // Wrong printings of one quantity are one cause.
    let mut groups: BTreeMap<Option<usize>, BTreeSet<usize>> = BTreeMap::new();
    for figure in &chosen {
        groups.entry(system.quantities.of_figure(*figure)).or_default().insert(*figure);
    }
    for group in groups.into_values() {
        let others: BTreeSet<usize> = free(&chosen).difference(&group).copied().collect();
        let hit = |conflict: &&Conflict| !system.mentions(conflict).is_disjoint(&group);
        let by_others = |conflict: &&Conflict| !system.mentions(conflict).is_disjoint(&others);
        let own: Vec<Conflict> = conflicts.iter().filter(hit).filter(|conflict| !by_others(conflict)).cloned().collect();
        let mut candidates: Vec<Vec<usize>> = vec![group.iter().copied().collect()];
        let mut of_this = search;
        for alike in alike(system, &group, &own, weight) {
            if search == Search::CutShort || calls.next().is_none() {
                of_this = Search::CutShort;
                break;
            }
            let dropped = others.union(&alike).copied().collect();
            if system.conflicts(component, Belief { dropped: &dropped, ..belief }).is_empty() {
                candidates.push(alike.into_iter().collect());
            }
        }
        candidates.sort_unstable();
        causes.push(Cause {
            candidates,
            conflicts: own,
            others,
            search: of_this,
        });
    }
    causes
}

/// Figures, or printings of one quantity, that have part in every conflict and weigh no more than those chosen.
fn alike(system: &System<'_>, chosen: &BTreeSet<usize>, conflicts: &[Conflict], weight: &dyn Fn(usize) -> u32) -> Vec<BTreeSet<usize>> {
    let mentions: Vec<BTreeSet<usize>> = conflicts.iter().map(|conflict| system.mentions(conflict)).collect();
    let mut sets: Vec<BTreeSet<usize>> = Vec::new();
    if chosen.len() == 1 {
        let shared = mentions.iter().cloned().reduce(|one, other| one.intersection(&other).copied().collect());
        sets.extend(shared.unwrap_or_default().into_iter().map(|figure| BTreeSet::from([figure])));
    } else {
        let mut by_quantity: BTreeMap<Option<usize>, BTreeSet<usize>> = BTreeMap::new();
        for figure in mentions.iter().flatten() {
            by_quantity.entry(system.quantities.of_figure(*figure)).or_default().insert(*figure);
        }
        sets.extend(by_quantity.into_values());
    }
    let total = |set: &BTreeSet<usize>| set.iter().map(|figure| weight(*figure)).sum::<u32>();
    sets.retain(|set| set != chosen && total(set) <= total(chosen) && mentions.iter().all(|conflict| !conflict.is_disjoint(set)));
    sets
}

impl System<'_> {
    /// The printed mentions that a conflict is of: figures read from the same characters are one.
    pub(super) fn mentions(&self, conflict: &Conflict) -> BTreeSet<usize> {
        conflict.figures.iter().map(|figure| self.printed_as[*figure]).collect()
    }

    /// Figures and bonds of a part: what one question about it costs.
    fn size(&self, component: &Component) -> usize {
        let printings = component.quantities.iter().map(|quantity| self.quantities.get(*quantity).printings.len());
        let terms = component.bonds.iter().map(|bond| self.bonds[*bond].bond.quantities().len());
        1 + printings.sum::<usize>() + terms.sum::<usize>()
    }

    /// What cannot hold: printings that differ and bonds that fail alone; where none does, one conflict of several bonds.
    pub(super) fn conflicts(&self, component: &Component, belief: Belief<'_>) -> Vec<Conflict> {
        let mut found: BTreeSet<Conflict> = BTreeSet::new();
        for quantity in &component.quantities {
            found.extend(self.differing(*quantity, belief));
        }
        for bond in &component.bonds {
            if found.len() >= CONFLICTS {
                break;
            }
            found.extend(self.failing(*bond, belief));
        }
        let (bonds, quantities) = &component.joined;
        if found.is_empty() && !bonds.is_empty() && bonds.len() <= BONDS_TOGETHER {
            let mut rows = self.rows(quantities, bonds, belief);
            found.extend(conflict(rows.tableau.solve()));
        }
        found.into_iter().filter(|conflict| !conflict.figures.is_empty()).collect()
    }

    /// Pairs of printings of one quantity that no value satisfies.
    fn differing(&self, quantity: usize, belief: Belief<'_>) -> Vec<Conflict> {
        let printings: Vec<usize> = self.believed(quantity, belief).collect();
        if printings.len() < 2 {
            return Vec::new();
        }
        let pair = |one: usize, other: usize| Conflict {
            bonds: BTreeSet::new(),
            figures: [one, other].into(),
        };
        if self.allowed(quantity, belief).is_some() {
            return self
                .touching(&printings, belief)
                .map(|(one, other)| pair(one, other))
                .into_iter()
                .collect();
        }
        let interval = |printing: usize| arithmetic::interval(&self.observations[printing], belief.reading);
        let lowest = printings.iter().copied().min_by_key(|printing| interval(*printing).high);
        let highest = printings.iter().copied().max_by_key(|printing| interval(*printing).low);
        // All differ from the one or the other.
        let with = |end: Option<usize>| {
            let others = printings.iter().filter_map(move |printing| Some((end?, *printing)));
            others
                .filter(|(end, other)| !interval(*end).meets(interval(*other)))
                .map(|(end, other)| pair(end, other))
                .take(PAIRS)
        };
        with(lowest).chain(with(highest)).collect()
    }

    /// Conflicts of one bond alone: as declared, and as the printings of its quantities allow.
    fn failing(&self, bond: usize, belief: Belief<'_>) -> Vec<Conflict> {
        let found = &self.bonds[bond];
        let quantities: BTreeSet<usize> = found.bond.quantities().into_iter().collect();
        let ask = |counts: &dyn Fn(usize) -> bool| {
            let ranges: BTreeMap<usize, Range> = quantities
                .iter()
                .map(|quantity| (*quantity, self.range(*quantity, belief, counts)))
                .collect();
            let conflict = |figures| Conflict {
                bonds: [bond].into(),
                figures,
            };
            self.proofs(bond, &ranges).into_iter().map(conflict).collect::<Vec<Conflict>>()
        };
        let differs = |quantity: &&usize| self.believed(**quantity, belief).nth(1).is_some() && self.allowed(**quantity, belief).is_none();
        let differing: Vec<usize> = quantities.iter().filter(differs).copied().collect();
        if differing.is_empty() {
            return ask(&|_| true);
        }
        let mut conflicts = Vec::new();
        if let Some(figures) = &found.figures {
            conflicts.extend(ask(&|printing| figures.contains(&printing)));
        }
        // Each of several values may be the right one: a conflict with one of them holds only as long as that one is believed.
        let mut choices: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new()];
        for quantity in &differing {
            let printings: Vec<usize> = self.believed(*quantity, belief).take(CHOICES).collect();
            let longer = choices.iter().flat_map(|choice| {
                printings.iter().map(|printing| {
                    let mut choice = choice.clone();
                    choice.insert(*quantity, *printing);
                    choice
                })
            });
            choices = longer.take(CHOICES).collect();
        }
        for choice in choices {
            conflicts.extend(ask(&|printing| {
                let quantity = self.quantities.of_figure(printing);
                quantity
                    .and_then(|quantity| choice.get(&quantity))
                    .is_none_or(|chosen| *chosen == printing)
            }));
        }
        conflicts
    }
}

fn conflict(outcome: Outcome) -> Option<Conflict> {
    let Outcome::Conflict(sources) = outcome else { return None };
    Some(Conflict {
        bonds: sources.iter().filter_map(|source| source.bond).collect(),
        figures: sources.iter().filter_map(|source| source.figure).collect(),
    })
}

/// The lightest set that has a figure of every conflict.
fn lightest(conflicts: &[BTreeSet<usize>], weight: &dyn Fn(usize) -> u32) -> BTreeSet<usize> {
    let mut branches = Branches {
        conflicts,
        weight,
        best: None,
        steps: 0,
    };
    branches.extend(&mut BTreeSet::new(), 0);
    branches.best.map(|(_, set)| set).unwrap_or_default()
}

struct Branches<'s> {
    conflicts: &'s [BTreeSet<usize>],
    weight: &'s dyn Fn(usize) -> u32,
    best: Option<(u32, BTreeSet<usize>)>,
    steps: usize,
}

impl Branches<'_> {
    fn extend(&mut self, chosen: &mut BTreeSet<usize>, weight: u32) {
        self.steps += 1;
        let is_spent = self.steps > COMPARISONS / self.conflicts.len().max(1);
        if self.best.as_ref().is_some_and(|(best, _)| weight >= *best || is_spent) {
            return;
        }
        let missed = self
            .conflicts
            .iter()
            .filter(|conflict| conflict.is_disjoint(chosen))
            .min_by_key(|conflict| conflict.len());
        let Some(missed) = missed else {
            self.best = Some((weight, chosen.clone()));
            return;
        };
        // The figure that stands in most conflicts first: a good set early cuts the search short.
        let mut hits: BTreeMap<usize, usize> = missed.iter().map(|figure| (*figure, 0)).collect();
        for conflict in self.conflicts.iter().take(CONFLICTS) {
            for figure in conflict {
                if let Some(hits) = hits.get_mut(figure) {
                    *hits += 1;
                }
            }
        }
        let mut figures: Vec<usize> = missed.iter().copied().collect();
        figures.sort_by_cached_key(|figure| (std::cmp::Reverse(hits[figure]), (self.weight)(*figure), *figure));
        for figure in figures {
            chosen.insert(figure);
            self.extend(chosen, weight + (self.weight)(figure));
            chosen.remove(&figure);
            if self.best.is_some() && self.steps > COMPARISONS / self.conflicts.len().max(1) {
                return;
            }
        }
    }
}

/// The belief in all that is printed, rounded or perhaps cut off.
pub(super) fn all(reading: Reading) -> Belief<'static> {
    static NONE: BTreeSet<usize> = BTreeSet::new();
    Belief { reading, dropped: &NONE }
}
