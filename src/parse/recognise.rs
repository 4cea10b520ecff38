//! Which family a snapshot is of, and which edition.

use std::collections::BTreeMap;

use super::{
    annotated::Annotated,
    dates::{self, Edition},
    outline::{Outline, Standing},
    pattern::{Phrase, Slot},
    period::{PeriodKind, PeriodMention},
    profile::{Profile, Profiles},
};
use crate::{
    layout::{Block, BlockKind},
    schema::{Mention, Period},
};

/// The family that knows a document, or those that claim it alike.
///
/// `outline` gives the document as a family reads it, without its dates' context.
pub(super) fn family<'profiles, 'outline, 'document: 'outline>(
    profiles: &'profiles Profiles,
    outline: impl Fn(&Profile) -> &'outline Outline<'document>,
) -> Result<&'profiles Profile, Vec<String>> {
    let mut claims: Vec<(usize, &Profile)> = Vec::new();
    for profile in &profiles.families {
        let outline = outline(profile);
        let stands = |phrase: &Phrase| outline.holds(phrase);
        if !profile.recognise.all.iter().all(stands) {
            continue;
        }
        let signs = profile.recognise.any.iter().filter(|phrase| stands(phrase)).count();
        if signs >= profile.recognise.at_least {
            claims.push((signs, profile));
        }
    }
    let most = claims.iter().map(|(signs, _)| *signs).max().unwrap_or(0);
    let mut best = claims.into_iter().filter(|(signs, _)| *signs == most).map(|(_, profile)| profile);
    match (best.next(), best.next()) {
        (Some(profile), None) => Ok(profile),
        (None, _) => Err(Vec::new()),
        (Some(first), Some(second)) => {
            let mut names = vec![first.family.clone(), second.family.clone()];
            names.extend(best.map(|profile| profile.family.clone()));
            Err(names)
        }
    }
}

/// A period that names the edition, and where.
#[derive(Debug)]
pub(super) struct Named {
    /// The month it names, and whether its year is printed.
    pub edition: Edition,
    /// Year printed.
    pub complete: bool,
    /// Where.
    pub mention: Mention,
}

/// The months that the family's edition phrases name, in reading order.
///
/// `mention` makes a place of a text and a range. Remarks ("Data as of 31 March 2021") are asked only where nothing else tells.
pub(super) fn named(
    profile: &Profile,
    outline: &Outline<'_>,
    writing: super::annotated::Writing<'_>,
    mention: impl Fn(&Annotated, std::ops::Range<usize>) -> Option<Mention>,
) -> Vec<Named> {
    let in_text = named_in(profile, outline, writing, &mention, |block| {
        block.is_none_or(|block| block.kind != BlockKind::Note)
    });
    if !in_text.is_empty() {
        return in_text;
    }
    let is_remark = |block: Option<&Block>| block.is_some_and(|block| block.kind == BlockKind::Note && block.labels.is_empty());
    named_in(profile, outline, writing, &mention, is_remark)
}

fn named_in(
    profile: &Profile,
    outline: &Outline<'_>,
    writing: super::annotated::Writing<'_>,
    mention: impl Fn(&Annotated, std::ops::Range<usize>) -> Option<Mention>,
    is_asked: impl Fn(Option<&Block>) -> bool,
) -> Vec<Named> {
    let with_standing = |phrase| (phrase, outline.standing(phrase));
    let editions: Vec<(&Phrase, Standing)> = profile.edition.iter().map(with_standing).collect();
    let names: Vec<(&Phrase, Standing)> = profile.title_names.iter().map(with_standing).collect();
    let mut any = Standing::default();
    for (_, standing) in editions.iter().chain(&names) {
        any.add(standing);
    }
    let mut found = Vec::new();
    for (number, (node, words)) in outline.texts().enumerate().filter(|(number, _)| any.holds(*number)) {
        let block = node.and_then(|node| outline.nodes[node].block()).map(|(block, _)| block);
        let kind = block.map(|block| block.kind);
        if !is_asked(block) {
            continue;
        }
        let titles = matches!(kind, None | Some(BlockKind::Heading));
        let whole = 0..words.string().len();
        let mut seen: Vec<usize> = Vec::new();
        let phrases = editions.iter().chain(names.iter().filter(|_| titles));
        for (phrase, _) in phrases.filter(|(_, standing)| standing.holds(number)) {
            for hit in phrase.find_all(words, whole.clone(), 16) {
                for capture in hit.captures.iter().filter(|capture| capture.slot == Slot::Period) {
                    let Some(period) = words.periods.get(capture.index) else { continue };
                    if seen.contains(&capture.index) || dates::is_base(words, &whole, period, writing) {
                        continue;
                    }
                    let Some(edition) = month_named(period) else { continue };
                    seen.push(capture.index);
                    found.extend(mention(words, period.range.clone()).map(|mention| Named {
                        edition,
                        complete: period.complete,
                        mention,
                    }));
                }
            }
        }
    }
    found
}

/// The month a mention ends in, of any year where none is printed; a bare year names none.
fn month_named(mention: &PeriodMention) -> Option<Edition> {
    if matches!(mention.kind, PeriodKind::Relative(_) | PeriodKind::Year | PeriodKind::Years) {
        return None;
    }
    let any_leap_year = Period::years(2004, 2004)?;
    mention.resolve(any_leap_year).map(Edition::of)
}

/// The edition most phrases name; on a tie the one named first. Months without a year count for the edition they fit.
pub(super) fn edition(named: &[Named]) -> Option<Edition> {
    let mut votes: BTreeMap<Edition, (usize, usize)> = BTreeMap::new();
    for (order, one) in named.iter().enumerate().filter(|(_, one)| one.complete) {
        let vote = votes.entry(one.edition).or_insert((0, usize::MAX - order));
        vote.0 += 1;
    }
    for (edition, vote) in &mut votes {
        vote.0 += named.iter().filter(|one| !one.complete && one.edition.month == edition.month).count();
    }
    votes.into_iter().max_by_key(|(_, vote)| *vote).map(|(edition, _)| edition)
}

/// Those that contradict each other, one for each month named; empty where all agree.
pub(super) fn conflicts(named: &[Named], edition: Edition) -> Vec<(String, Mention)> {
    let of = |one: &Named| {
        if one.complete {
            one.edition
        } else {
            Edition {
                year: edition.year,
                month: one.edition.month,
            }
        }
    };
    let mut found: Vec<(String, Mention)> = Vec::new();
    for one in named {
        let name = of(one).name();
        if !found.iter().any(|(known, _)| *known == name) {
            found.push((name, one.mention.clone()));
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}
