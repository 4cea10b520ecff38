//! Running words to the counts that are the total of a table but for a digit: one of the two was typed wrong.
//!
//! The total must be that of its parts, so that it is right; must be printed nowhere in words, so that the words may mean it; and
//! the count must stand nowhere in a table, so that it is none of another day or place, and its sentence must name no other days than the latest.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    super::{
        annotated::{Annotated, Token},
        number::{Number, NumberKind},
        outline::{Content, Node, Outline},
    },
    table::is_slip,
};
use crate::schema::{Claim, ClaimFigure, ClaimKind, List, Mention, Period, Qualifier, Saying, Statistic, Within};

/// Smaller totals are like many other counts by chance.
const LEAST_TOTAL: u32 = 1_000;
/// Words before a count that make it one of another time or plan.
const ELSEWHEN: [&str; 22] = [
    "compared",
    "compares",
    "compare",
    "comparison",
    "than",
    "from",
    "against",
    "target",
    "targeted",
    "targets",
    "planned",
    "required",
    "previous",
    "earlier",
    "last",
    "previously",
    "until",
    "since",
    "before",
    "versus",
    "vs",
    "capacity",
];
/// How many words before a count are looked at.
const WORDS_BEFORE: usize = 6;

/// The counts of running words that repeat a total wrongly; `tables` is what the tables claim.
pub(super) fn claims(outline: &Outline<'_>, tables: &[Claim], mention: &dyn Fn(&Annotated, std::ops::Range<usize>) -> Option<Mention>) -> Vec<Claim> {
    let mut totals: Vec<ClaimFigure> = tables.iter().filter_map(proven_total).collect();
    // One total may be that of its column and of its row.
    totals.sort_by_key(|total| total.value);
    totals.dedup_by_key(|total| total.value);
    if totals.is_empty() {
        return Vec::new();
    }
    let mut in_tables: BTreeSet<Decimal> = BTreeSet::new();
    let mut in_words: Vec<(&Annotated, &Number)> = Vec::new();
    for node in &outline.nodes {
        match &node.content {
            Content::Block { words, .. } => in_words.extend(words.numbers.iter().map(|number| (words, number))),
            Content::Table { cells, .. } => in_tables.extend(cells.iter().flat_map(|(_, words)| words.numbers.iter().map(|number| number.value))),
            Content::Chart { .. } => {}
        }
    }
    let periods: Vec<(String, Option<Period>)> = outline.nodes.iter().flat_map(periods).collect();
    let printed: BTreeSet<Decimal> = in_words.iter().map(|(_, number)| number.value).collect();
    let mut claims = Vec::new();
    for total in totals.iter().filter(|total| !printed.contains(&total.value)) {
        let slips = |value: Decimal| totals.iter().filter(|total| is_slip(total.value, value)).count();
        let alike: Vec<&(&Annotated, &Number)> = in_words
            .iter()
            .filter(|(_, number)| is_slip(total.value, number.value) && !in_tables.contains(&number.value))
            .collect();
        let Some((words, number)) = alike.first() else { continue };
        let one = alike.iter().all(|(_, other)| other.value == number.value) && slips(number.value) == 1;
        if one
            && is_plain(number)
            && !is_of_another_time(words, number)
            && names_the_latest_days(words, number, &periods)
            && let Some(mention) = mention(words, number.range.clone())
        {
            claims.push(Claim {
                saying: Saying {
                    mention,
                    readings: vec![number.interval()],
                    cut: number.step,
                    within: Within::Sentence,
                },
                kind: ClaimKind::Repeat {
                    total: Box::new(total.clone()),
                },
            });
        }
    }
    claims
}

/// The total of a claim of a table that its parts add to exactly.
fn proven_total(claim: &Claim) -> Option<ClaimFigure> {
    let (ClaimKind::Sum { parts, list: List::Closed }, Within::Table, [said]) = (&claim.kind, claim.saying.within, claim.saying.readings.as_slice())
    else {
        return None;
    };
    let sum: Decimal = parts.iter().map(|part| part.value).sum();
    (said.contains(sum) && sum >= Decimal::from(LEAST_TOTAL) && sum.scale() == 0 && parts.len() >= 2).then(|| ClaimFigure {
        mention: claim.saying.mention.clone(),
        statistic: Statistic::Count,
        value: sum,
        interval: *said,
        cut: claim.saying.cut,
        doubtful: false,
    })
}

/// Whether a number is a count as printed, neither rounded nor moved.
fn is_plain(number: &Number) -> bool {
    number.kind == NumberKind::Count && !number.word && !number.year_like && number.sign.is_none() && number.qualifier == Qualifier::Exact
}

/// Whether the words before a count tell that it is of another time, or meant to be.
fn is_of_another_time(words: &Annotated, number: &Number) -> bool {
    let before = words.tokens.iter().rev().skip_while(|token| token.range.start >= number.range.start);
    let mut near = before.take(WORDS_BEFORE).take_while(|token| !is_stop(token));
    near.any(|token| ELSEWHEN.contains(&token.folded.as_str()))
}

fn is_stop(token: &Token) -> bool {
    matches!(token.folded.as_str(), "." | ";" | "!" | "?")
}

/// The days that a part of the page names, as printed and as told.
fn periods(node: &Node<'_>) -> Vec<(String, Option<Period>)> {
    let of = |words: &Annotated| -> Vec<(String, Option<Period>)> {
        let named = words.periods.iter();
        named
            .map(|named| (words.string()[named.core.clone()].to_lowercase(), named.period))
            .collect()
    };
    match &node.content {
        Content::Block { words, .. } => of(words),
        Content::Table { cells, .. } => cells.iter().flat_map(|(_, words)| of(words)).collect(),
        Content::Chart { .. } => Vec::new(),
    }
}

/// Whether the days that a count's sentence names, if any, are the latest of the page: where they cannot be told, the only ones.
fn names_the_latest_days(words: &Annotated, number: &Number, all: &[(String, Option<Period>)]) -> bool {
    let stops = || words.tokens.iter().filter(|token| is_stop(token)).map(|token| token.range.start);
    let start = stops().rfind(|stop| *stop < number.range.start).unwrap_or(0);
    let end = stops().find(|stop| *stop >= number.range.end).unwrap_or(words.string().len());
    let mut named = words.periods.iter().filter(|named| (start..end).contains(&named.range.start));
    named.all(|named| {
        if let Some(period) = named.period {
            return all.iter().all(|(_, other)| other.is_none_or(|other| other.end <= period.end));
        }
        let core = words.string()[named.core.clone()].to_lowercase();
        all.iter().all(|(other, _)| *other == core)
    })
}
