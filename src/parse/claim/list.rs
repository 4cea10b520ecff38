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
    // Boys and girls may stand beside other persons.
    let mut sets = sentence
        .words
        .complete
        .iter()
        .filter(|set| set.len() != 2 || !set.iter().any(|label| label == "boys"));
    sets.find_map(|labels| {
        let labelled: Vec<usize> = labels.iter().filter_map(|label| share_of(sentence, shares, label)).collect();
        let mut sorted = labelled.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        let others = shares.iter().filter(|share| (first..=last).contains(*share)).count();
        let plain = sorted.len() == labels.len() && others == labels.len();
        let stops = (first..last).any(|at| sentence.is_stop(at));
        let each = (first.saturating_sub(6)..last + 3).any(|at| sentence.is(at, &["each", "respectively", "among", "within", "compared", "than"]));
        // "12% are older people, 50% adults and 38% children" divides all in three.
        let near = |share: &&usize| {
            let between = if **share < first { **share + 1..first } else { last + 1..**share };
            !sorted.contains(*share) && between.len() <= WORDS_BETWEEN && !between.clone().any(|at| sentence.is_stop(at))
        };
        let with_others: Vec<usize> = sorted.iter().chain(shares.iter().filter(near)).copied().collect();
        // "Women 51%, men 49%, children 62%": the first two are all, the third are some of both.
        let printed = |share: &usize| sentence.number(*share).map_or(rust_decimal::Decimal::ZERO, |number| number.value);
        let overlap = labels.len() == 3 && labelled.iter().take(2).map(printed).sum::<rust_decimal::Decimal>() == rust_decimal::Decimal::ONE_HUNDRED;
        let divides_more = overlap || !add_up(sentence, &sorted) && add_up(sentence, &with_others);
        (plain && !stops && !each && !divides_more).then(|| claim(sentence, &sorted, List::Closed))?
    })
}

/// Whether shares may come to a hundred.
fn add_up(sentence: &Sentence<'_>, shares: &[usize]) -> bool {
    let figures = sentence.figures(shares.iter().copied());
    let low: rust_decimal::Decimal = figures.iter().map(|share| share.interval.low).sum();
    let high: rust_decimal::Decimal = figures.iter().map(|share| share.interval.high).sum();
    low <= rust_decimal::Decimal::ONE_HUNDRED && rust_decimal::Decimal::ONE_HUNDRED <= high
}

/// Whether a label stands right before a share of a list that something is made up of: `men made up 79%, women 21%`.
fn is_before(sentence: &Sentence<'_>, share: usize, label: &str) -> bool {
    let made_up = (0..share)
        .rev()
        .find_map(|at| sentence.phrase(&sentence.words.makes_up, at).map(|end| (at, end)));
    let Some((verb, end)) = made_up else { return false };
    // "Men account for 58%, women for 22%"
    let lead = if sentence.is(share.wrapping_sub(1), &["for"]) {
        share - 1
    } else {
        share
    };
    let named = if end == share { verb } else { lead };
    // What follows in words may be who it is.
    let ends = sentence.items.get(share + 1).is_none_or(|item| item.kind == ItemKind::Mark) || sentence.is(share + 1, &["and", "of"]);
    ends && named.checked_sub(1).is_some_and(|at| sentence.word(at) == label)
}

/// The share printed with a label: `men (39%)`, `39% are men`, `39% men`.
fn share_of(sentence: &Sentence<'_>, shares: &[usize], label: &str) -> Option<usize> {
    let mut found = None;
    for share in shares {
        let in_brackets = sentence.is(share.wrapping_sub(1), &["("]) && sentence.word(share.wrapping_sub(2)) == label;
        let behind = (share + 1..share + 7)
            .take_while(|at| sentence.items.get(*at).is_some_and(|item| item.kind == ItemKind::Word))
            .find(|at| sentence.phrase(&sentence.words.between_label, *at).is_none())
            .is_some_and(|at| {
                // "60% of men" tells how many of the men, "60% of arrivals were men" how many are men.
                let of = (share + 1..at).find(|at| sentence.is(*at, &["of"]));
                let says_who = of.is_none_or(|of| (of..at).any(|at| sentence.is(at, &["are", "were", "is", "was"])));
                sentence.word(at) == label && says_who
            });
        if in_brackets
            || is_before(sentence, *share, label)
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
        let stop = (one + 1..*other).any(|at| sentence.is_stop(at) && !sentence.is(at, &[";"]) || sentence.is(at, &[":"]));
        let follows = other - one <= 3 * WORDS_BETWEEN && (one + 1..*other).any(|at| sentence.is(at, &["followed"]));
        // A share outside brackets before shares inside them is what those add to.
        let alike = is_bracketed(sentence, *one) == is_bracketed(sentence, *other);
        (other - one <= WORDS_BETWEEN || follows) && !stop && alike
    });
    let run = runs.max_by_key(|run| run.len()).filter(|run| run.len() >= 3)?;
    let run = without_sum(sentence, run);
    let (first, last) = (run[0], run[run.len() - 1]);
    let led = (first.saturating_sub(30)..last).any(|at| sentence.phrase(&sentence.words.composition, at).is_some());
    if !led || overlaps(sentence, first.saturating_sub(30), last + 8) {
        return None;
    }
    let label = last + 1..(last + 6).min(sentence.items.len());
    let closes = label.clone().any(|at| sentence.phrase(&sentence.words.others, at).is_some())
        || (sentence.is(last.wrapping_sub(1), &["("])
            && (last.saturating_sub(4)..last).any(|at| sentence.phrase(&sentence.words.others, at).is_some()));
    // A share elsewhere in the sentence may be one of the list.
    let holds_all = run.len() == shares.len();
    claim(sentence, run, if closes && holds_all { List::Closed } else { List::Open })
}

fn is_bracketed(sentence: &Sentence<'_>, share: usize) -> bool {
    sentence.is(share.wrapping_sub(1), &["("])
}

/// The list without a first share that only tells what the others add to: "most (59%) are from Alfa (38%) and Bravo (21%)".
fn without_sum<'a>(sentence: &Sentence<'_>, run: &'a [usize]) -> &'a [usize] {
    let figures = sentence.figures(run.iter().copied());
    let Some((first, rest)) = figures.split_first() else { return run };
    let low: rust_decimal::Decimal = rest.iter().map(|share| share.interval.low).sum();
    let high: rust_decimal::Decimal = rest.iter().map(|share| share.interval.high).sum();
    let sums_up = low <= first.interval.high && first.interval.low <= high;
    if sums_up { &run[1..] } else { run }
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
