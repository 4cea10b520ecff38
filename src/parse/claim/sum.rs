//! A sentence to its claims of a total and the parts printed beside it.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    build::saying_of_figure,
    sentence::{ItemKind, Sentence},
    table::is_swapped,
    words::Unit,
};
use crate::schema::{Claim, ClaimKind, List};

/// Parts of a sum; a longer list is a table that lost its lines.
const MOST_PARTS: usize = 12;

/// Words that may stand between a total and the list of its parts.
const WORDS_TO_LIST: usize = 12;

/// The claims of a sentence.
pub(super) fn claims(sentence: &Sentence<'_>) -> Vec<Claim> {
    if sentence.holds_malformed {
        return Vec::new();
    }
    let counts = sentence.counts(0..sentence.items.len());
    counts.iter().filter_map(|total| claim(sentence, *total)).collect()
}

fn claim(sentence: &Sentence<'_>, total: usize) -> Option<Claim> {
    let (parts, list) = in_total(sentence, total)
        .or_else(|| summed_up(sentence, total))
        .or_else(|| listed_behind(sentence, total))
        .or_else(|| in_brackets_behind(sentence, total))
        .or_else(|| divided(sentence, total))
        .or_else(|| of_whom(sentence, total))
        .or_else(|| of_them(sentence, total))
        .or_else(|| moved_in_total(sentence, total))?;
    if !(2..=MOST_PARTS).contains(&parts.len()) || !parts.iter().all(|part| sentence.comparable(*part, total)) {
        return None;
    }
    Some(Claim {
        saying: saying_of_figure(sentence, total, |figure| vec![figure.interval])?,
        kind: ClaimKind::Sum {
            parts: sentence.figures(parts),
            list,
        },
    })
}

/// `8,400 by sea, 600 by land, 9,000 in total`, `9,000 in total: 8,400 by sea and 600 by land`.
fn in_total(sentence: &Sentence<'_>, total: usize) -> Option<(Vec<usize>, List)> {
    // "And 100 stayed, in all 650" sums up to what follows, "2,300 in all since January" what more days saw.
    let of_other_days = |cue: &usize| {
        let period = sentence.items.get(*cue).is_some_and(|item| item.kind == ItemKind::Period);
        period || sentence.is(*cue, &["since", "so", "to", "until", "by", "this", "during", "over", "from"])
    };
    let cue = (total + 1..total + 4)
        .find_map(|at| sentence.phrase(&sentence.words.in_total, at))
        .filter(|cue| !sentence.is_count(*cue) && !of_other_days(cue))?;
    let start = sentence.clause_start(total);
    let before = sentence.counts(start..total);
    if before.len() >= 2 {
        return all_counts(sentence, start..total).map(|parts| (parts, List::Closed));
    }
    if !before.is_empty() || !sentence.is(cue, &[",", ":", "(", "–", "-", "—"]) {
        return None;
    }
    let end = end_of_list(sentence, cue);
    all_counts(sentence, cue + 1..end).map(|parts| (parts, List::Closed))
}

/// `8,400 by sea and 600 by land, for a total of 9,000`.
fn summed_up(sentence: &Sentence<'_>, total: usize) -> Option<(Vec<usize>, List)> {
    let cue = (total.saturating_sub(5)..total).find(|at| sentence.phrase(&sentence.words.sums_up, *at) == Some(total))?;
    let start = sentence.clause_start(cue);
    all_counts(sentence, start..cue).map(|parts| (parts, List::Closed))
}

/// `a total of 9,000: 8,400 by sea and 600 by land`, `7 decisions (2 … and 5 …)`.
fn listed_behind(sentence: &Sentence<'_>, total: usize) -> Option<(Vec<usize>, List)> {
    let opens = (total + 1..total + WORDS_TO_LIST).find(|at| sentence.items.get(*at).is_none_or(|item| item.kind != ItemKind::Word))?;
    let bracket = sentence.is(opens, &["("]);
    let colon = sentence.is(opens, &[":"]) && sentence.items.get(opens + 1).is_some_and(|item| item.kind != ItemKind::Mark);
    if !bracket && !colon {
        return None;
    }
    let end = if bracket {
        sentence.closing(opens)?
    } else {
        end_of_list(sentence, opens)
    };
    let parts = all_counts(sentence, opens + 1..end)?;
    let complete = is_complete(sentence, &parts, opens + 1..end);
    // "38,450 children were reached: 19,750 girls and 18,700 boys": a verb leaves nobody out where the list names all.
    let only_children = (opens + 1..end).any(|at| sentence.is(at, &["girls"])) && !(opens + 1..end).any(|at| sentence.is(at, &["women"]));
    let of_children = (total + 1..opens).any(|at| sentence.is(at, &["children", "minors", "pupils", "students"]));
    let is_verb = |at: usize| sentence.is(at, &["was", "were", "is", "are", "has", "have", "had"]);
    let passes = |at: usize| is_verb(at) && complete && (of_children || !only_children);
    let leaves_out = |at: usize| sentence.phrase(&sentence.words.open, at).is_some() && !passes(at) || sentence.is(at, &["and", "or", "of"]);
    if (total + 1..opens).any(leaves_out) {
        return None;
    }
    let starts_with_part = parts.first().is_some_and(|first| first - opens <= 2);
    let joined = parts
        .windows(2)
        .last()
        .is_some_and(|last| (last[0]..last[1]).any(|at| sentence.is(at, &["and", "&"])));
    if !starts_with_part || !(joined || complete) {
        return None;
    }
    let said_total = (0..total)
        .rev()
        .take(2)
        .any(|at| sentence.phrase(&sentence.words.total_of, at).is_some_and(|end| end + 1 >= total));
    let list = if said_total || is_whole(sentence, &parts, opens + 1..end) {
        List::Closed
    } else {
        List::Open
    };
    // Parts that may overlap, as women and wounded do, tell nothing where the list is open.
    let located = parts
        .iter()
        .all(|part| (part + 1..part + 4).any(|at| sentence.is(at, &["in", "from", "by", "at", "on"])));
    (list == List::Closed || located).then_some((parts, list))
}

/// `A total of 2,450 people returned to Alfa (1,450), Bravo (700) and Charlie (300)`: each part alone in the bracket behind its name.
fn in_brackets_behind(sentence: &Sentence<'_>, total: usize) -> Option<(Vec<usize>, List)> {
    let said_total = (0..total)
        .rev()
        .take(2)
        .any(|at| sentence.phrase(&sentence.words.total_of, at).is_some_and(|end| end == total));
    let stop = (total + 1..=sentence.items.len()).find(|at| sentence.is_stop(*at))?;
    let figures: Vec<usize> = (total + 1..stop).filter(|at| sentence.is_figure(*at)).collect();
    let alone = |at: &usize| sentence.is_count(*at) && sentence.is(at - 1, &["("]) && sentence.is(at + 1, &[")"]);
    let joined = figures
        .windows(2)
        .all(|two| (two[0] + 2..two[1] - 1).any(|at| sentence.is(at, &[",", "and", "&"])));
    let ends = figures
        .windows(2)
        .last()
        .is_some_and(|two| (two[0]..two[1]).any(|at| sentence.is(at, &["and", "&"])));
    let closed = !(total + 1..stop).any(|at| sentence.phrase(&sentence.words.open, at).is_some() || sentence.is(at, &["of", "compared", "than"]));
    let last = *figures.last()?;
    (said_total && closed && joined && ends && last + 2 == stop && figures.iter().all(alone)).then_some((figures, List::Closed))
}

/// `Of the 1,200 persons hosted, 700 are men, 300 women and 200 children`: a whole opens the sentence, and nobody is left out.
fn divided(sentence: &Sentence<'_>, total: usize) -> Option<(Vec<usize>, List)> {
    let opens = total <= 5 && sentence.is(0, &["of", "out", "among"]);
    let comma = (total + 1..total + 9).find(|at| sentence.is(*at, &[","]))?;
    let end = end_of_list(sentence, comma);
    if !opens || (0..comma).any(|at| at != total && sentence.is_figure(at)) {
        return None;
    }
    // "700 are men" is how such a list is said; in others the verb starts a statement of its own.
    let is_copula = |at: usize| sentence.is(at, &["are", "were", "is", "was"]);
    let parts = all_counts_but(sentence, comma + 1..end, is_copula)?;
    let plain = !(comma..end)
        .any(|at| sentence.phrase(&sentence.words.including, at).is_some() || sentence.phrase(&sentence.words.overlapping, at).is_some());
    (plain && is_complete(sentence, &parts, comma + 1..end)).then_some((parts, List::Closed))
}

/// `1,200 people came, of whom 700 men, 300 women and 200 children`: nobody is left out.
fn of_whom(sentence: &Sentence<'_>, total: usize) -> Option<(Vec<usize>, List)> {
    let cue = (total + 1..total + WORDS_TO_LIST).take_while(|at| !sentence.is_figure(*at) && !sentence.is_stop(*at));
    let list = cue.into_iter().find_map(|at| sentence.phrase(&sentence.words.of_whom, at))?;
    let end = end_of_list(sentence, list - 1);
    let is_copula = |at: usize| sentence.is(at, &["are", "were", "is", "was"]);
    let parts = all_counts_but(sentence, list..end, is_copula)?;
    let sole = sentence.counts(0..list) == [total];
    (sole && is_complete(sentence, &parts, list..end)).then_some((parts, List::Closed))
}

/// `1,248 persons left, 912 of them by choice and 336 under escort`: two parts may leave others out, so that only a figure typed wrong is told.
fn of_them(sentence: &Sentence<'_>, total: usize) -> Option<(Vec<usize>, List)> {
    let counts = sentence.counts(0..sentence.items.len());
    let at = counts.iter().position(|count| *count == total)?;
    let [first, second] = counts[at + 1..] else { return None };
    let of = sentence.phrase(&sentence.words.of_whom, first + 1).is_some();
    let tied = sentence.is(first.wrapping_sub(1), &[","]) && first - total <= WORDS_TO_LIST;
    let joined = second - first <= WORDS_TO_LIST && (first + 1..second).any(|at| sentence.is(at, &["and"]));
    let plain = (total + 1..second).all(|at| at == first || !sentence.is_figure(at) && !sentence.is_stop(at));
    let parts = vec![first, second];
    (of && tied && joined && plain && at == 0 && is_total_but_for_a_swap(sentence, total, &parts)?).then_some((parts, List::Closed))
}

/// `Status was granted to 3,890 persons and protection to 2,430, 6,320 in all`: with a verb among them they may be of different things, so that
/// only a figure typed wrong is told.
fn moved_in_total(sentence: &Sentence<'_>, total: usize) -> Option<(Vec<usize>, List)> {
    let named = (total + 1..total + 4).any(|at| sentence.phrase(&sentence.words.in_total, at).is_some());
    // "96,300 fled Masisi and 41,200 fled Rutshuru; together they are 137,500"
    let together = (total.saturating_sub(4)..total).find(|at| sentence.is(*at, &["together"]));
    let (start, total_from) = match together {
        Some(together) => (0, together),
        None if named => (sentence.clause_start(total), total),
        None => return None,
    };
    let is_copula = |at: usize| sentence.is(at, &["are", "were", "is", "was"]);
    let parts = all_counts_but(sentence, start..total_from, is_copula)?;
    is_total_but_for_a_swap(sentence, total, &parts)?.then_some((parts, List::Closed))
}

/// Whether parts add to a total, or would but for two digits of one figure that were swapped: one wrong digit may be chance.
fn is_total_but_for_a_swap(sentence: &Sentence<'_>, total: usize, parts: &[usize]) -> Option<bool> {
    let printed: Option<Vec<Decimal>> = parts.iter().map(|part| sentence.number(*part).map(|number| number.value)).collect();
    let (printed, said) = (printed?, sentence.number(total)?.value);
    let sum: Decimal = printed.iter().sum();
    let least = Decimal::ONE_HUNDRED;
    let part_slipped = |part: &Decimal| *part >= least && is_swapped(*part, said - (sum - part));
    Some(sum == said || said >= least && is_swapped(said, sum) || printed.iter().any(part_slipped))
}

/// Whether two parts leave nothing out: neither some of the persons, as women and children, nor the largest of many places.
fn is_whole(sentence: &Sentence<'_>, parts: &[usize], stretch: Range<usize>) -> bool {
    let labels = |set: &Vec<String>| {
        set.iter()
            .filter(|label| stretch.clone().any(|at| sentence.word(at) == label.as_str()))
            .count()
    };
    if is_complete(sentence, parts, stretch.clone()) {
        return true;
    }
    let some_label = sentence.words.complete.iter().any(|set| labels(set) > 0) || parts.iter().any(|part| sentence.unit(*part) == Some(Unit::People));
    parts.len() == 2 && !some_label
}

/// Whether the parts are men, women and children, each once.
fn is_complete(sentence: &Sentence<'_>, parts: &[usize], stretch: Range<usize>) -> bool {
    let labels = |set: &Vec<String>| {
        set.iter()
            .filter(|label| stretch.clone().any(|at| sentence.word(at) == label.as_str()))
            .count()
    };
    sentence
        .words
        .complete
        .iter()
        .any(|set| labels(set) == set.len() && set.len() == parts.len())
}

/// The counts of a stretch that is a plain list of them: no shares, no words that leave the list open or nest it.
fn all_counts(sentence: &Sentence<'_>, stretch: Range<usize>) -> Option<Vec<usize>> {
    all_counts_but(sentence, stretch, |_| false)
}

/// The same, where some words do not leave the list open.
fn all_counts_but(sentence: &Sentence<'_>, stretch: Range<usize>, allowed: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
    let mut parts = Vec::new();
    for at in stretch.clone() {
        if sentence.is_count(at) {
            parts.push(at);
        } else if sentence.is_figure(at) || sentence.is_stop(at) && !sentence.is(at, &[";"]) {
            return None;
        }
        if sentence.phrase(&sentence.words.open, at).is_some() && !allowed(at)
            || sentence.phrase(&sentence.words.of_whom, at).is_some()
            || sentence.is(at, &["("])
        {
            return None;
        }
    }
    // Between two parts something has to part them.
    let parted = parts
        .windows(2)
        .all(|two| (two[0] + 1..two[1]).any(|at| sentence.is(at, &[",", ";", "and", "&", "plus", "along", "together"])));
    (parts.len() >= 2 && parted).then_some(parts)
}

fn end_of_list(sentence: &Sentence<'_>, from: usize) -> usize {
    (from + 1..sentence.items.len())
        .find(|at| sentence.is_stop(*at) && !sentence.is(*at, &[";"]) || sentence.is(*at, &[":", "–", "—"]))
        .unwrap_or(sentence.items.len())
}
