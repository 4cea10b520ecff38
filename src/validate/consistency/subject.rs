//! What a contradiction is about, in figures: the relation that breaks, with the printing of each quantity that stands in it.

use std::cmp::Reverse;

use crate::validate::arithmetic;

use super::bonds::{Bond, Known};
use super::localise::Conflict;
use super::system::System;

/// The relation that breaks, with its figures by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::validate) enum Subject {
    /// Parts that do not add to their total.
    Sum { total: usize, parts: Vec<usize>, parts_known: Known },
    /// Shares of one whole that do not add to 100.
    Shares { parts: Vec<usize>, parts_known: Known },
    /// Printings of one quantity that differ, all of them as printed.
    Repeat { printings: Vec<usize> },
    /// A percentage that is not that of its counts.
    Percent { percent: usize, part: usize, whole: usize },
    /// A change, in percent or points, that is not that of its figures; none of the base where it is not printed.
    Change { change: usize, current: usize, base: Option<usize> },
    /// A fall by more than all.
    Fall { change: usize },
    /// A subgroup larger than its group.
    Within { part: usize, whole: usize },
    /// Relations each of which could hold alone, but not all together: the kinds, and the figures in the order of the page.
    Together { kinds: Vec<Kind>, figures: Vec<usize> },
}

/// A kind of relation, in the order in which a fault that breaks several is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::validate) enum Kind {
    Sum,
    Shares,
    Repeat,
    Percent,
    Change,
    Within,
}

impl Kind {
    fn of(bond: &Bond) -> Self {
        match bond {
            Bond::Sum { .. } => Self::Sum,
            Bond::Shares { .. } => Self::Shares,
            Bond::Repeat { .. } => Self::Repeat,
            Bond::Percent { .. } => Self::Percent,
            Bond::Change { .. } | Bond::Points { .. } | Bond::Fall { .. } => Self::Change,
            Bond::Within { .. } => Self::Within,
        }
    }

    /// The code under which it is told.
    pub(in crate::validate) fn code(self) -> &'static str {
        match self {
            Self::Sum => "total-differs",
            Self::Shares => "shares-differ",
            Self::Repeat => "repeat-differs",
            Self::Percent => "ratio-differs",
            Self::Change => "change-differs",
            Self::Within => "part-exceeds-whole",
        }
    }

    /// What it is, as it stands in a sentence.
    pub(in crate::validate) fn words(self) -> &'static str {
        match self {
            Self::Sum => "a total and its parts",
            Self::Shares => "the shares of one whole",
            Self::Repeat => "a figure said twice",
            Self::Percent => "a percentage and its counts",
            Self::Change => "a change and its ends",
            Self::Within => "a part and its whole",
        }
    }
}

impl Subject {
    /// Its figures, what stands out first.
    pub(in crate::validate) fn figures(&self) -> Vec<usize> {
        match self {
            Self::Sum { total, parts, .. } => [*total].into_iter().chain(parts.iter().copied()).collect(),
            Self::Shares { parts, .. } => parts.clone(),
            Self::Repeat { printings } => printings.clone(),
            Self::Percent { percent, part, whole } => vec![*percent, *part, *whole],
            Self::Change { change, current, base } => [*change, *current].into_iter().chain(*base).collect(),
            Self::Fall { change } => vec![*change],
            Self::Within { part, whole } => vec![*part, *whole],
            Self::Together { figures, .. } => figures.clone(),
        }
    }

    pub(in crate::validate) fn kind(&self) -> Kind {
        match self {
            Self::Sum { .. } => Kind::Sum,
            Self::Shares { .. } => Kind::Shares,
            Self::Repeat { .. } => Kind::Repeat,
            Self::Percent { .. } => Kind::Percent,
            Self::Change { .. } | Self::Fall { .. } => Kind::Change,
            Self::Within { .. } => Kind::Within,
            Self::Together { kinds, .. } => kinds.first().copied().unwrap_or(Kind::Repeat),
        }
    }

    pub(in crate::validate) fn code(&self) -> &'static str {
        self.kind().code()
    }
}

/// How well a conflict tells what a figure breaks; the least is told.
///
/// A list or total in which the figure itself stands comes first, then another printing of it, then what its series implies; what
/// takes several relations to prove comes last.
pub(super) type Rank = (usize, Reverse<bool>, usize, Kind);

/// The rank of a conflict for a figure that may be at fault.
pub(super) fn rank(system: &System<'_>, conflict: &Conflict, figure: Option<usize>) -> Rank {
    let kinds = || conflict.bonds.iter().map(|bond| Kind::of(&system.bonds[*bond].bond));
    let kind = kinds().min().unwrap_or(Kind::Repeat);
    let stands_in = |bond: &usize| {
        let found = &system.bonds[*bond];
        let is_list = matches!(found.bond, Bond::Sum { .. } | Bond::Shares { .. });
        is_list
            && found
                .figures
                .as_ref()
                .is_some_and(|figures| figure.is_none_or(|figure| figures.contains(&figure)))
    };
    let is_direct = conflict.bonds.iter().any(stands_in);
    // A list that the report does not make is told where nothing else is broken.
    let late = usize::from(matches!(kind, Kind::Sum | Kind::Shares) && !is_direct);
    (conflict.bonds.len().max(1), Reverse(is_direct), late, kind)
}

/// What a conflict is about.
pub(super) fn subject(system: &System<'_>, conflict: &Conflict) -> Option<Subject> {
    let bonds: Vec<usize> = conflict.bonds.iter().copied().collect();
    let bond = match bonds[..] {
        [] => {
            let figure = conflict.figures.first()?;
            let quantity = system.quantities.of_figure(*figure)?;
            return Some(Subject::Repeat {
                printings: system.quantities.get(quantity).printings.clone(),
            });
        }
        [bond] => bond,
        _ => {
            let mut kinds: Vec<Kind> = bonds.iter().map(|bond| Kind::of(&system.bonds[*bond].bond)).collect();
            kinds.sort_unstable();
            kinds.dedup();
            return Some(Subject::Together {
                kinds,
                figures: conflict.figures.iter().copied().collect(),
            });
        }
    };
    let found = &system.bonds[bond];
    let quantities = found.bond.quantities();
    let printing = |at: usize| {
        let declared = found.figures.as_ref().and_then(|figures| figures.get(at)).copied();
        let printings = &system.quantities.get(*quantities.get(at)?).printings;
        let in_conflict = || printings.iter().find(|printing| conflict.figures.contains(printing)).copied();
        let precise = || {
            printings
                .iter()
                .min_by_key(|printing| arithmetic::step(&system.observations[**printing]))
                .copied()
        };
        let interval = |figure: usize| system.observations[figure].interval;
        // Of printings that say the same, the one that stands in the table or list itself.
        let declared = declared.filter(|figure| in_conflict().is_none_or(|other| interval(other) == interval(*figure)));
        declared.or_else(in_conflict).or_else(precise)
    };
    let all = |from: usize| (from..quantities.len()).map(printing).collect::<Option<Vec<usize>>>();
    Some(match &found.bond {
        Bond::Sum { parts_known, .. } => Subject::Sum {
            total: printing(0)?,
            parts: all(1)?,
            parts_known: *parts_known,
        },
        Bond::Shares { parts_known, .. } => Subject::Shares {
            parts: all(0)?,
            parts_known: *parts_known,
        },
        Bond::Repeat { .. } => Subject::Repeat { printings: all(0)? },
        Bond::Percent { .. } => Subject::Percent {
            percent: printing(0)?,
            part: printing(1)?,
            whole: printing(2)?,
        },
        Bond::Change { .. } | Bond::Points { .. } => Subject::Change {
            change: printing(0)?,
            current: printing(1)?,
            base: printing(2),
        },
        Bond::Fall { .. } => Subject::Fall { change: printing(0)? },
        Bond::Within { .. } => Subject::Within {
            part: printing(0)?,
            whole: printing(1)?,
        },
    })
}
