//! A sentence to its claims that shares divide one whole.

use super::{
    build::saying_of_words,
    pair::is_change,
    sentence::{ItemKind, Sentence},
};
use crate::schema::{Claim, ClaimKind, List};

/// Words that may stand between two shares of a list.
const WORDS_BETWEEN: usize = 9;

/// The claims of a sentence.
pub(super) fn claims(sentence: &Sentence<'_>) -> Vec<Claim> {
    let shares: Vec<usize> = (0..sentence.items.len())
        .filter(|at| sentence.is_share(*at) && !is_change(sentence, *at))
        .collect();
    let complete = complete(sentence, &shares);
    complete.or_else(|| composition(sentence, &shares)).into_iter().collect()
}

/// Shares of men, women and children, each once: nobody is left out.
fn complete(sentence: &Sentence<'_>, shares: &[usize]) -> Option<Claim> {
    sentence.words.complete.iter().find_map(|labels| {
        let labelled: Vec<usize> = labels.iter().filter_map(|label| share_of(sentence, shares, label)).collect();
        let mut sorted = labelled.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        let others = shares.iter().filter(|share| (first..=last).contains(*share)).count();
        let plain = sorted.len() == labels.len() && others == labels.len();
        let stops = (first..last).any(|at| sentence.is_stop(at));
        let each = (first.saturating_sub(6)..last + 3).any(|at| sentence.is(at, &["each", "respectively", "among", "within", "compared", "than"]));
        (plain && !stops && !each).then(|| claim(sentence, &sorted, List::Closed))?
    })
}

/// The share printed with a label: `men (39%)`, `39% are men`, `39% men`.
fn share_of(sentence: &Sentence<'_>, shares: &[usize], label: &str) -> Option<usize> {
    let mut found = None;
    for share in shares {
        let in_brackets = sentence.is(share.wrapping_sub(1), &["("]) && sentence.word(share.wrapping_sub(2)) == label;
        let behind = (share + 1..share + 4)
            .take_while(|at| sentence.items.get(*at).is_some_and(|item| item.kind == ItemKind::Word))
            .find(|at| !sentence.is(*at, &["are", "were", "is", "adult", "of", "them", "the", "was"]))
            .is_some_and(|at| sentence.word(at) == label);
        if in_brackets
            || (behind && !sentence.is(share.wrapping_sub(1), &["("]))
            || (behind && sentence.is(share.wrapping_sub(1), &["("]) && !sentence.is(share + 1, &[")"]))
        {
            if found.is_some() {
                return None;
            }
            found = Some(*share);
        }
    }
    found
}

/// A list of shares behind words that divide a whole: by nationality, by place of arrival.
fn composition(sentence: &Sentence<'_>, shares: &[usize]) -> Option<Claim> {
    let runs = shares.chunk_by(|one, other| {
        let stop = (one + 1..*other).any(|at| sentence.is_stop(at) && !sentence.is(at, &[";"]));
        other - one <= WORDS_BETWEEN && !stop
    });
    let run = runs.max_by_key(|run| run.len()).filter(|run| run.len() >= 3)?;
    let (first, last) = (run[0], run[run.len() - 1]);
    let led = (first.saturating_sub(30)..last).any(|at| sentence.phrase(&sentence.words.composition, at).is_some());
    if !led || overlaps(sentence, first.saturating_sub(30), last + 8) {
        return None;
    }
    let label = last + 1..(last + 6).min(sentence.items.len());
    let closes = label.clone().any(|at| sentence.phrase(&sentence.words.others, at).is_some())
        || (sentence.is(last.wrapping_sub(1), &["("])
            && (last.saturating_sub(4)..last).any(|at| sentence.phrase(&sentence.words.others, at).is_some()));
    claim(sentence, run, if closes { List::Closed } else { List::Open })
}

fn overlaps(sentence: &Sentence<'_>, first: usize, end: usize) -> bool {
    (first..end.min(sentence.items.len())).any(|at| sentence.phrase(&sentence.words.overlapping, at).is_some())
}

fn claim(sentence: &Sentence<'_>, shares: &[usize], list: List) -> Option<Claim> {
    let (first, end) = (*shares.first()?, *shares.last()? + 1);
    Some(Claim {
        saying: saying_of_words(sentence, first, end, Vec::new(), rust_decimal::Decimal::ZERO)?,
        kind: ClaimKind::Shares {
            shares: sentence.figures(shares.iter().copied()),
            list,
        },
    })
}
