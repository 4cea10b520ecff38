//! A snapshot as quantities and bonds: figures go in, cut into parts that share no figure, each of which can be asked whether it may hold.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::schema::{Extraction, Interval, Observation};
use crate::validate::arithmetic::{self, Reading};
use crate::validate::key::Figures;

use super::bonds::{self, Bond, Found, Known};
use super::quantity::Quantities;

/// All quantities and bonds of a snapshot.
pub(super) struct System<'a> {
    pub(super) observations: &'a [Observation],
    pub(super) quantities: Quantities<'a>,
    pub(super) bonds: Vec<Found>,
    /// The first of the figures that are read from the very same characters ("two per cent each"): they are wrong together.
    pub(super) printed_as: Vec<usize>,
}

/// Quantities and bonds that share no figure with any other.
#[derive(Debug, Clone, Default)]
pub(super) struct Component {
    pub(super) quantities: Vec<usize>,
    pub(super) bonds: Vec<usize>,
    /// Those bonds whose rows share a quantity with another's, and their quantities: the others are judged alone and done with.
    pub(super) joined: (Vec<usize>, Vec<usize>),
}

/// What of the printed figures is taken to be so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Belief<'a> {
    pub(super) reading: Reading,
    /// Figures that may be anything.
    pub(super) dropped: &'a BTreeSet<usize>,
}

impl<'a> System<'a> {
    pub(super) fn of(extraction: &'a Extraction) -> Self {
        let observations = &extraction.observations;
        let figures = Figures::of(observations);
        let mut quantities = Quantities::of(observations, &figures);
        let bonds = bonds::bonds(extraction, &figures, &mut quantities);
        let mut printed_as: Vec<usize> = (0..observations.len()).collect();
        // Figures stand in the order of their places.
        for figure in 1..observations.len() {
            let (before, this) = (&observations[figure - 1], &observations[figure]);
            if before.place == this.place && before.value == this.value {
                printed_as[figure] = printed_as[figure - 1];
            }
        }
        Self {
            observations,
            quantities,
            bonds,
            printed_as,
        }
    }

    /// The parts that can be judged by themselves.
    pub(super) fn components(&self) -> Vec<Component> {
        let mut parent: Vec<usize> = (0..self.quantities.len()).collect();
        let join = |parent: &mut Vec<usize>, one: usize, other: usize| {
            let (one, other) = (root(parent, one), root(parent, other));
            parent[one.max(other)] = one.min(other);
        };
        for found in &self.bonds {
            let quantities = found.bond.quantities();
            for quantity in &quantities[1..] {
                join(&mut parent, quantities[0], *quantity);
            }
        }
        for (figure, same) in self.printed_as.iter().enumerate() {
            if figure != *same
                && let (Some(one), Some(other)) = (self.quantities.of_figure(figure), self.quantities.of_figure(*same))
            {
                join(&mut parent, one, other);
            }
        }
        let mut components: BTreeMap<usize, Component> = BTreeMap::new();
        for quantity in 0..self.quantities.len() {
            let root = root(&mut parent, quantity);
            components.entry(root).or_default().quantities.push(quantity);
        }
        for (number, found) in self.bonds.iter().enumerate() {
            let root = root(&mut parent, found.bond.quantities()[0]);
            components.entry(root).or_default().bonds.push(number);
        }
        let mut components: Vec<Component> = components.into_values().collect();
        for component in &mut components {
            component.joined = self.joined(&component.bonds);
        }
        components
    }

    fn joined(&self, bonds: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let mut bonds_of: BTreeMap<usize, usize> = BTreeMap::new();
        for bond in bonds {
            for quantity in self.bonds[*bond].bond.in_rows().into_iter().collect::<BTreeSet<usize>>() {
                *bonds_of.entry(quantity).or_default() += 1;
            }
        }
        let rows = |bond: &usize| self.bonds[*bond].bond.in_rows();
        let is_joined = |bond: &usize| rows(bond).iter().any(|quantity| bonds_of[quantity] > 1);
        let joined: Vec<usize> = bonds.iter().copied().filter(is_joined).collect();
        let quantities: BTreeSet<usize> = joined.iter().flat_map(rows).collect();
        (joined, quantities.into_iter().collect())
    }

    /// Whether the printed numbers themselves satisfy everything, as they mostly do: then nothing else needs to be asked.
    pub(super) fn holds_as_printed(&self, component: &Component) -> bool {
        let belief = Belief {
            reading: Reading::Rounded,
            dropped: &BTreeSet::new(),
        };
        let agree = |quantity: &usize| {
            let printings = &self.quantities.get(*quantity).printings;
            printings.len() < 2 || self.touching(printings, belief).is_none() && self.allowed(*quantity, belief).is_some()
        };
        component.quantities.iter().all(agree)
            && component
                .bonds
                .iter()
                .all(|bond| self.holds_at_points(&self.bonds[*bond].bond, belief).unwrap_or(false))
    }

    fn holds_at_points(&self, bond: &Bond, belief: Belief<'_>) -> Option<bool> {
        let point = |quantity: &usize| self.guess(*quantity, belief);
        let sum = |parts: &[usize]| {
            // A list may name one part thousands of times, each time a printing of it.
            let mut points: BTreeMap<usize, Decimal> = BTreeMap::new();
            let mut point_of = |part: &usize| *points.entry(*part).or_insert_with(|| point(part));
            parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(point_of(part)))
        };
        let between = |percent: &usize, part: Decimal, whole: Decimal, offset: Decimal| {
            let percent = self.allowed(*percent, belief)?;
            let part = part.checked_mul(Decimal::ONE_HUNDRED)?;
            let end = |end: Decimal| whole.checked_mul(end.checked_add(offset)?);
            Some(end(percent.low)? <= part && part <= end(percent.high)?)
        };
        Some(match bond {
            Bond::Sum { total, parts, parts_known } => match parts_known {
                Known::All => sum(parts)? == point(total),
                Known::Some => sum(parts)? <= point(total),
            },
            Bond::Shares { parts, parts_known } => match parts_known {
                Known::All => sum(parts)? == Decimal::ONE_HUNDRED,
                Known::Some => sum(parts)? <= Decimal::ONE_HUNDRED,
            },
            Bond::Repeat { first, second } => point(first) == point(second),
            Bond::Percent { percent, part, whole } => between(percent, point(part), point(whole), Decimal::ZERO)?,
            Bond::Change { change, current, base } => between(change, point(current), point(base), Decimal::ONE_HUNDRED)?,
            Bond::Points { change, current, base } => {
                let before = point(current).checked_sub(point(change))?;
                if self.quantities.get(*base).printings.is_empty() {
                    Decimal::ZERO <= before && before <= Decimal::ONE_HUNDRED
                } else {
                    before == point(base)
                }
            }
            Bond::Fall { change } => point(change) >= -Decimal::ONE_HUNDRED,
            Bond::Within { part, whole } => point(part) <= point(whole),
        })
    }

    /// The printings of a quantity that are believed.
    pub(super) fn believed(&self, quantity: usize, belief: Belief<'_>) -> impl Iterator<Item = usize> {
        let printings = self.quantities.get(quantity).printings.iter().copied();
        printings.filter(move |printing| !belief.dropped.contains(&self.printed_as[*printing]))
    }

    /// The values that all printings of a quantity allow, if they do not differ.
    pub(super) fn allowed(&self, quantity: usize, belief: Belief<'_>) -> Option<Interval> {
        let mut intervals = self
            .believed(quantity, belief)
            .map(|printing| arithmetic::interval(&self.observations[printing], belief.reading));
        let first = intervals.next()?;
        let (low, high) = intervals.fold((first.low, first.high), |(low, high), next| (low.max(next.low), high.min(next.high)));
        (low <= high).then_some(Interval { low, high })
    }

    /// Two printings of one precision that meet in a point only: one of them was cut off at best.
    pub(super) fn touching(&self, printings: &[usize], belief: Belief<'_>) -> Option<(usize, usize)> {
        if belief.reading == Reading::CutOff {
            return None;
        }
        let believed = || printings.iter().filter(|printing| !belief.dropped.contains(&self.printed_as[**printing]));
        let interval = |printing: &usize| self.observations[*printing].interval;
        let lowest = believed().min_by_key(|printing| interval(printing).high)?;
        let highest = believed().max_by_key(|printing| interval(printing).low)?;
        let touch = interval(lowest).high == interval(highest).low && interval(lowest) != interval(highest);
        (touch && arithmetic::touch(&self.observations[*lowest], &self.observations[*highest])).then_some((*lowest, *highest))
    }

    /// A value to start from: the most precise printing, within what all allow.
    pub(super) fn guess(&self, quantity: usize, belief: Belief<'_>) -> Decimal {
        let precise = |printings: &mut dyn Iterator<Item = usize>| printings.min_by_key(|printing| arithmetic::step(&self.observations[*printing]));
        let believed = precise(&mut self.believed(quantity, belief));
        let printing = believed.or_else(|| precise(&mut self.quantities.get(quantity).printings.iter().copied()));
        let Some(printing) = printing else { return Decimal::ZERO };
        let value = self.observations[printing].value;
        match self.allowed(quantity, belief) {
            Some(allowed) => value.max(allowed.low).min(allowed.high),
            None => value,
        }
    }
}

fn root(parent: &mut [usize], mut quantity: usize) -> usize {
    while parent[quantity] != quantity {
        parent[quantity] = parent[parent[quantity]];
        quantity = parent[quantity];
    }
    quantity
}
