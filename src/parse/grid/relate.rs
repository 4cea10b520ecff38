//! Observations of one table, chart or row to what holds among them: sums, shares, rankings, and marks that agree with their labels.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        number::NumberKind,
        parser::Parser,
        profile::{Dimension, Rule},
    },
    Entry,
    labels::Labelled,
};
use crate::schema::{Fact, Relation, Statistic};

/// Row and column.
type Position = (usize, usize);

/// A label far from what its mark says is a fact.
pub(super) fn check_mark(parser: &mut Parser<'_>, entry: &Entry<'_>, index: usize) {
    let (Some(mark), Some(number)) = (entry.mark, entry.value.numbers.first()) else {
        return;
    };
    let value: f64 = number.value.try_into().unwrap_or(f64::NAN);
    let step: f64 = number.step.try_into().unwrap_or(0.0);
    let slack = (mark.error * 2.0).max(value.abs() * 0.03).max(mark.value.abs() * 0.03) + step;
    if (value - mark.value).abs() > slack
        && let Some(mention) = parser.mention(entry.value, number.range.clone(), 0..entry.value.string().len())
    {
        let decimals = usize::from(mark.value.abs() < 10.0);
        let unit = if number.kind == NumberKind::Percent { "%" } else { "" };
        // The observation's id is known later; the place tells it until then.
        parser.facts.push(Fact::LabelDiffersFromMark {
            mention,
            mark: format!("{:.decimals$}{unit}", mark.value),
            observation: Some(index.to_string()),
        });
    }
}

/// Totals over rows and columns, shares of one whole, rankings.
pub(super) fn relate(
    parser: &mut Parser<'_>,
    rule: &Rule,
    entries: &[Entry<'_>],
    read: &[Labelled],
    made: &BTreeMap<(usize, usize), usize>,
    nil: &[(usize, usize)],
) {
    let entries_and_labels = entries.iter().zip(read).filter(|(_, said)| said.total);
    let total_positions: BTreeSet<(usize, usize)> = entries_and_labels.map(|(entry, _)| entry.position).collect();
    let total_at = |position: (usize, usize)| total_positions.contains(&position);
    let nil_positions: BTreeSet<(usize, usize)> = nil.iter().copied().collect();
    let is_unread = |position: &(usize, usize)| !made.contains_key(position) && !nil_positions.contains(position);
    for along_row in [true, false] {
        let line = |position: &(usize, usize)| if along_row { position.0 } else { position.1 };
        let mut lines: BTreeMap<usize, Vec<(Position, usize)>> = BTreeMap::new();
        for (position, index) in made {
            lines.entry(line(position)).or_default().push((*position, *index));
        }
        let mut unknown: BTreeMap<usize, usize> = BTreeMap::new();
        for position in nil
            .iter()
            .chain(entries.iter().map(|entry| &entry.position).filter(|position| is_unread(position)))
        {
            *unknown.entry(line(position)).or_default() += 1;
        }
        for (number, members) in lines {
            let totals: Vec<_> = members
                .iter()
                .filter(|(position, _)| total_at(*position))
                .map(|(_, index)| *index)
                .collect();
            let parts: Vec<_> = members
                .iter()
                .filter(|(position, _)| !total_at(*position))
                .map(|(_, index)| *index)
                .collect();
            let same_kind = parts.iter().all(|part| {
                totals.iter().all(|total| {
                    let (part, total) = (&parser.drafts[*part], &parser.drafts[*total]);
                    part.statistic == total.statistic && part.period == total.period && part.statistic == Statistic::Count
                })
            });
            if let [total] = totals.as_slice()
                && parts.len() > 1
                && same_kind
            {
                parser.relations.push(Relation::Sum {
                    total: *total,
                    parts,
                    unknown: unknown.get(&number).copied().unwrap_or(0),
                });
            }
        }
    }
    let shares: Vec<_> = made
        .iter()
        .filter(|(position, index)| parser.drafts[**index].statistic == Statistic::Share && !total_at(**position))
        .collect();
    let series: BTreeSet<_> = shares.iter().map(|(position, _)| position.1).collect();
    for number in series {
        let parts: Vec<_> = shares
            .iter()
            .filter(|(position, _)| position.1 == number)
            .map(|(_, index)| **index)
            .collect();
        if parts.len() > 1 && !rule.by.contains(&Dimension::Period) {
            if rule.ranked {
                parser.relations.push(Relation::Ranking { parts: parts.clone() });
            }
            parser.relations.push(Relation::Shares {
                parts,
                partial: rule.partial,
            });
        }
    }
}

pub(super) fn relate_shares(parser: &mut Parser<'_>, rule: &Rule, made: Vec<usize>) {
    let mut parts: Vec<_> = made
        .into_iter()
        .filter(|index| parser.drafts[*index].statistic == Statistic::Share)
        .collect();
    parts.sort_by_key(|index| (parser.drafts[*index].place, parser.drafts[*index].range.start));
    if parts.len() > 1 {
        if rule.ranked {
            parser.relations.push(Relation::Ranking { parts: parts.clone() });
        }
        parser.relations.push(Relation::Shares {
            parts,
            partial: rule.partial,
        });
    }
}
