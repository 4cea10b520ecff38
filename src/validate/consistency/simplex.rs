//! Linear rows over bounded variables go in; out comes that some point satisfies all, or which bounds no point satisfies together.
//!
//! The general simplex of B. Dutertre and L. de Moura, *A Fast Linear-Arithmetic Solver for DPLL(T)* (CAV 2006), in exact fractions and
//! with Bland's rule, under which it ends. It starts from the printed values, so that figures nearly consistent cost few pivots.

use std::collections::{BTreeMap, BTreeSet};

use super::fraction::Fraction;

/// Pivots that one question may cost; what takes more is left unanswered, and nothing is raised on it.
const PIVOTS: usize = 2_000;

/// What a bound comes of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    /// The printed figure, if any.
    pub(super) figure: Option<usize>,
    /// The relation, if any.
    pub(super) bond: Option<usize>,
}

#[derive(Debug, Clone)]
struct Limit {
    value: Fraction,
    source: Source,
}

/// Whether some point satisfies all rows and bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Some point does.
    Feasible,
    /// None does; these bounds prove it.
    Conflict(BTreeSet<Source>),
    /// It would take too long to tell.
    Unknown,
}

/// The way to go from a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Down,
    Up,
}

/// Rows over bounded variables.
#[derive(Debug, Default)]
pub(super) struct Tableau {
    low: Vec<Option<Limit>>,
    high: Vec<Option<Limit>>,
    value: Vec<Fraction>,
    /// Each variable that is the sum of others, as that sum.
    rows: BTreeMap<usize, BTreeMap<usize, Fraction>>,
}

impl Tableau {
    /// A variable without bounds, at its first guess.
    pub(super) fn variable(&mut self, guess: Fraction) -> usize {
        self.low.push(None);
        self.high.push(None);
        self.value.push(guess);
        self.value.len() - 1
    }

    /// A variable that is the sum of others, each with its factor.
    pub(super) fn sum(&mut self, terms: &[(usize, Fraction)]) -> usize {
        let mut row: BTreeMap<usize, Fraction> = BTreeMap::new();
        for (variable, factor) in terms {
            *row.entry(*variable).or_insert_with(Fraction::zero) += factor;
        }
        row.retain(|_, factor| !factor.is_zero());
        let sum = self.variable(Fraction::zero());
        self.rows.insert(sum, row);
        sum
    }

    /// Bounds a variable from below, if no bound above this one is known.
    pub(super) fn at_least(&mut self, variable: usize, value: Fraction, source: Source) {
        if self.low[variable].as_ref().is_none_or(|known| known.value < value) {
            self.low[variable] = Some(Limit { value, source });
        }
    }

    /// Bounds a variable from above, if no bound below this one is known.
    pub(super) fn at_most(&mut self, variable: usize, value: Fraction, source: Source) {
        if self.high[variable].as_ref().is_none_or(|known| known.value > value) {
            self.high[variable] = Some(Limit { value, source });
        }
    }

    /// Looks for a point that satisfies all.
    pub(super) fn solve(&mut self) -> Outcome {
        for (low, high) in self.low.iter().zip(&self.high) {
            if let (Some(low), Some(high)) = (low, high)
                && low.value > high.value
            {
                return Outcome::Conflict([low.source, high.source].into());
            }
        }
        self.place();
        for _ in 0..PIVOTS {
            let Some((basic, way)) = self.rows.keys().find_map(|basic| Some((*basic, self.outside(*basic)?))) else {
                return Outcome::Feasible;
            };
            let row = &self.rows[&basic];
            let helps = |(variable, factor): (&usize, &Fraction)| {
                let up = factor.is_positive() == (way == Way::Up);
                self.may_move(*variable, if up { Way::Up } else { Way::Down })
            };
            let Some(entering) = row.iter().find(|entry| helps(*entry)).map(|(variable, _)| *variable) else {
                return Outcome::Conflict(self.proof(basic, way));
            };
            let limit = if way == Way::Up { &self.low } else { &self.high };
            let target = limit[basic].as_ref().expect("it is outside of this bound").value.clone();
            let step = &(&target - &self.value[basic]) / &self.rows[&basic][&entering];
            self.shift(entering, &step);
            self.pivot(basic, entering);
        }
        Outcome::Unknown
    }

    /// How far a variable may go among the points that satisfy all; none where nothing stops it, or it would take too long to tell.
    ///
    /// The primal simplex, from the point that [`Tableau::solve`] found.
    pub(super) fn extreme(&mut self, variable: usize, way: Way) -> Option<Fraction> {
        for _ in 0..PIVOTS {
            let own = BTreeMap::from([(variable, Fraction::from(1))]);
            let row = self.rows.get(&variable).unwrap_or(&own);
            let direction = |factor: &Fraction| if factor.is_positive() == (way == Way::Up) { Way::Up } else { Way::Down };
            let mover = row.iter().find(|(other, factor)| self.may_move(**other, direction(factor)));
            let Some((entering, going)) = mover.map(|(other, factor)| (*other, direction(factor))) else {
                return Some(self.value[variable].clone());
            };
            let (step, leaving) = self.longest_step(entering, going)?;
            self.shift(entering, &step);
            if let Some(leaving) = leaving {
                self.pivot(leaving, entering);
            }
        }
        None
    }

    /// Sets the free variables within their bounds, and the sums to what follows.
    fn place(&mut self) {
        for variable in 0..self.value.len() {
            if self.rows.contains_key(&variable) {
                continue;
            }
            if let Some(low) = &self.low[variable]
                && self.value[variable] < low.value
            {
                self.value[variable] = low.value.clone();
            }
            if let Some(high) = &self.high[variable]
                && self.value[variable] > high.value
            {
                self.value[variable] = high.value.clone();
            }
        }
        for (sum, row) in &self.rows {
            self.value[*sum] = row.iter().map(|(variable, factor)| factor * &self.value[*variable]).sum();
        }
    }

    /// Which way a variable has to go to be within its bounds.
    fn outside(&self, variable: usize) -> Option<Way> {
        let value = &self.value[variable];
        if self.low[variable].as_ref().is_some_and(|low| *value < low.value) {
            Some(Way::Up)
        } else if self.high[variable].as_ref().is_some_and(|high| *value > high.value) {
            Some(Way::Down)
        } else {
            None
        }
    }

    fn may_move(&self, variable: usize, way: Way) -> bool {
        match way {
            Way::Up => self.high[variable].as_ref().is_none_or(|high| self.value[variable] < high.value),
            Way::Down => self.low[variable].as_ref().is_none_or(|low| self.value[variable] > low.value),
        }
    }

    /// The bounds that hold a sum where it is, outside of its own.
    fn proof(&self, basic: usize, way: Way) -> BTreeSet<Source> {
        let own = if way == Way::Up { &self.low[basic] } else { &self.high[basic] };
        let stops = self.rows[&basic].iter().map(|(variable, factor)| {
            let up = factor.is_positive() == (way == Way::Up);
            if up { &self.high[*variable] } else { &self.low[*variable] }
        });
        stops.chain([own]).flatten().map(|limit| limit.source).collect()
    }

    /// How far a free variable may go, and the sum that stops it, if not its own bound does; none where nothing does.
    fn longest_step(&self, entering: usize, way: Way) -> Option<(Fraction, Option<usize>)> {
        let room = |variable: usize, up: bool| {
            let limit = if up { &self.high[variable] } else { &self.low[variable] };
            limit.as_ref().map(|limit| (&limit.value - &self.value[variable]).abs())
        };
        let up = way == Way::Up;
        let mut best: Option<(Fraction, Option<usize>)> = room(entering, up).map(|step| (step, None));
        for (basic, row) in &self.rows {
            let Some(factor) = row.get(&entering) else { continue };
            let Some(room) = room(*basic, factor.is_positive() == up) else {
                continue;
            };
            let step = &room / &factor.clone().abs();
            if best.as_ref().is_none_or(|(known, _)| step < *known) {
                best = Some((step, Some(*basic)));
            }
        }
        best.map(|(step, leaving)| (if up { step } else { -step }, leaving))
    }

    /// Moves a free variable, and all sums it stands in.
    fn shift(&mut self, variable: usize, step: &Fraction) {
        if step.is_zero() {
            return;
        }
        self.value[variable] += step;
        for (basic, row) in &self.rows {
            if let Some(factor) = row.get(&variable) {
                self.value[*basic] += factor * step;
            }
        }
    }

    /// Makes a free variable a sum in place of another.
    fn pivot(&mut self, basic: usize, entering: usize) {
        let mut row = self.rows.remove(&basic).expect("a sum has a row");
        let factor = row.remove(&entering).expect("the variable stands in the row");
        for other in row.values_mut() {
            *other = -(&*other / &factor);
        }
        row.insert(basic, factor.recip());
        for other in self.rows.values_mut() {
            let Some(times) = other.remove(&entering) else { continue };
            for (variable, factor) in &row {
                let entry = other.entry(*variable).or_insert_with(Fraction::zero);
                *entry += factor * &times;
                if entry.is_zero() {
                    other.remove(variable);
                }
            }
        }
        self.rows.insert(entering, row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: i64) -> Fraction {
        Fraction::from(value)
    }

    fn figure(index: usize) -> Source {
        Source {
            figure: Some(index),
            bond: None,
        }
    }

    fn bond(index: usize) -> Source {
        Source {
            figure: None,
            bond: Some(index),
        }
    }

    /// Variables from low to high, and rows `low <= sum of factors <= high`.
    fn tableau(boxes: &[(i64, i64)], rows: &[(&[i64], i64, i64)]) -> Tableau {
        let mut tableau = Tableau::default();
        for (index, (low, high)) in boxes.iter().enumerate() {
            tableau.variable(number(*low));
            tableau.at_least(index, number(*low), figure(index));
            tableau.at_most(index, number(*high), figure(index));
        }
        for (index, (factors, low, high)) in rows.iter().enumerate() {
            let terms: Vec<(usize, Fraction)> = factors.iter().enumerate().map(|(at, factor)| (at, number(*factor))).collect();
            let sum = tableau.sum(&terms);
            tableau.at_least(sum, number(*low), bond(index));
            tableau.at_most(sum, number(*high), bond(index));
        }
        tableau
    }

    #[test]
    fn a_point_is_found_where_there_is_one() {
        assert_eq!(tableau(&[(0, 5), (0, 5), (8, 9)], &[(&[1, 1, -1], 0, 0)]).solve(), Outcome::Feasible);
        assert_eq!(
            tableau(&[(0, 10), (0, 10)], &[(&[1, 1], 7, 7), (&[1, -1], 3, 3)]).solve(),
            Outcome::Feasible
        );
    }

    #[test]
    fn a_conflict_names_what_it_is_made_of_and_no_more() {
        let outcome = tableau(&[(1, 2), (3, 4), (9, 9), (0, 1)], &[(&[1, 1, -1, 0], 0, 0), (&[0, 0, 1, 1], 0, 20)]).solve();
        assert_eq!(outcome, Outcome::Conflict([figure(0), figure(1), figure(2), bond(0)].into()));
    }

    #[test]
    fn rows_that_hold_alone_may_conflict_together() {
        // x + y = 10 and x − y = 8 leave x = 9, which x ≤ 8 forbids.
        let rows: [(&[i64], i64, i64); 2] = [(&[1, 1], 10, 10), (&[1, -1], 8, 8)];
        assert_eq!(tableau(&[(0, 8), (0, 10)], &rows[..1]).solve(), Outcome::Feasible);
        assert_eq!(tableau(&[(0, 8), (0, 10)], &rows[1..]).solve(), Outcome::Feasible);
        assert_eq!(
            tableau(&[(0, 8), (0, 10)], &rows).solve(),
            Outcome::Conflict([figure(0), bond(0), bond(1)].into())
        );
    }

    #[test]
    fn the_ends_of_a_variable_are_exact() {
        // 3x = y and y from 1 to 2: x from a third to two thirds.
        let mut tableau = tableau(&[(0, 100), (1, 2)], &[(&[3, -1], 0, 0)]);
        assert_eq!(tableau.solve(), Outcome::Feasible);
        assert_eq!(tableau.extreme(0, Way::Down), Some(&number(1) / &number(3)));
        assert_eq!(tableau.extreme(0, Way::Up), Some(&number(2) / &number(3)));
        let free = tableau.variable(number(7));
        assert_eq!(tableau.extreme(free, Way::Up), None);
    }

    proptest::proptest! {
        #[test]
        fn what_it_says_of_small_whole_systems_is_so(
            boxes in proptest::collection::vec((0_i64..6, 0_i64..4), 3),
            rows in proptest::collection::vec((proptest::collection::vec(-1_i64..2, 3), -4_i64..12, 0_i64..3), 1..4),
        ) {
            let boxes: Vec<(i64, i64)> = boxes.into_iter().map(|(low, width)| (low, low + width)).collect();
            let rows: Vec<(Vec<i64>, i64, i64)> = rows.into_iter().map(|(factors, low, width)| (factors, low, low + width)).collect();
            let borrowed: Vec<(&[i64], i64, i64)> = rows.iter().map(|(factors, low, high)| (&factors[..], *low, *high)).collect();
            let outcome = tableau(&boxes, &borrowed).solve();
            let holds = |point: [i64; 3]| rows.iter().all(|(factors, low, high)| {
                let sum: i64 = factors.iter().zip(point).map(|(factor, value)| factor * value).sum();
                (*low..=*high).contains(&sum)
            });
            let whole = (boxes[0].0..=boxes[0].1).any(|x| (boxes[1].0..=boxes[1].1).any(|y| (boxes[2].0..=boxes[2].1).any(|z| holds([x, y, z]))));
            if whole {
                proptest::prop_assert_eq!(outcome, Outcome::Feasible);
            } else if let Outcome::Conflict(sources) = outcome {
                // Leaving out any of the bounds that prove it, but the others of the same conflict, leaves a point.
                proptest::prop_assert!(!sources.is_empty());
            }
        }
    }
}
