//! A sentence to the counts in it that are printed with their share: `14 (12%)`, `12% (14)`, `14, or 12%`.

use std::ops::Range;

use super::sentence::{ItemKind, Sentence};

/// A count and its share.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) count: usize,
    pub(super) share: usize,
    /// All items from the first to the last of it.
    pub(super) items: Range<usize>,
    /// The whole that is printed within: `14 of 120 (12%)`.
    pub(super) whole: Option<usize>,
}

/// Words that may stand between a count and the bracket with its share: `149,819 displaced persons (54%)`.
const WORDS_BETWEEN: usize = 3;

/// Words that may stand between a share and the bracket with its two counts: `12% of all applications lodged in May (14 out of 120)`.
const WORDS_TO_BRACKET: usize = 8;

/// All pairs, in order.
pub(super) fn pairs(sentence: &Sentence<'_>) -> Vec<Pair> {
    let shares = (0..sentence.items.len()).filter(|at| sentence.is_share(*at) && !is_change(sentence, *at));
    let mut pairs: Vec<Pair> = Vec::new();
    for share in shares {
        let found = in_brackets(sentence, share)
            .or_else(|| before_brackets(sentence, share))
            .or_else(|| before_part_of_whole(sentence, share))
            .or_else(|| joined_by_or(sentence, share))
            .or_else(|| set_off(sentence, share))
            .or_else(|| before_far_brackets(sentence, share));
        if let Some(pair) = found
            && pairs.iter().all(|known| known.count != pair.count)
        {
            pairs.push(pair);
        }
    }
    pairs
}

/// Whether a percentage tells a change rather than a share.
pub(super) fn is_change(sentence: &Sentence<'_>, at: usize) -> bool {
    let ItemKind::Figure(index) = sentence.items[at].kind else {
        return false;
    };
    sentence.recognised.changes.iter().any(|change| change.number == index)
}

/// `14 applications (12%)`, `14 (i.e. 12%)`, `14 of 120 (12%)`.
fn in_brackets(sentence: &Sentence<'_>, share: usize) -> Option<Pair> {
    let open = sentence.bracket(share)?;
    if skip_or(sentence, open + 1) != share {
        return None;
    }
    let end = if sentence.is(share + 1, &[")", "]"]) {
        share + 2
    } else if sentence.is(share + 1, &["of", ",", ";"]) {
        share + 1
    } else {
        return None;
    };
    let near = count_before(sentence, open)?;
    let (count, whole) = match part_of(sentence, near) {
        Some(part) => (part, Some(near)),
        None => (near, None),
    };
    Some(Pair {
        count,
        share,
        items: count..end,
        whole,
    })
}

/// The count before a bracket, over a few words of what it counts, or where: `2,069 in Sicily (16%)`.
fn count_before(sentence: &Sentence<'_>, open: usize) -> Option<usize> {
    let mut at = open.checked_sub(1)?;
    let names_place = sentence.is_capital(at);
    for _ in 0..=WORDS_BETWEEN {
        if sentence.is_count(at) {
            return Some(at);
        }
        // "4,160 of them women (52%)"
        if sentence.is(at, &["them", "whom"]) && sentence.is(at.wrapping_sub(1), &["of"]) {
            at = at.checked_sub(2)?;
            continue;
        }
        let leads_to_place = names_place && at + 2 == open && sentence.is(at, &["in", "to", "from", "at"]);
        let plain = leads_to_place
            || sentence.items[at].kind == ItemKind::Word && !sentence.is(at, &["of", "in", "to", "by", "and", "from", "at", "for", "than", "or"]);
        at = at.checked_sub(1).filter(|_| plain)?;
    }
    None
}

/// The part in `14 of the 120`, by the count of the whole.
pub(super) fn part_of(sentence: &Sentence<'_>, whole: usize) -> Option<usize> {
    let mut at = whole.checked_sub(1)?;
    let mut seen_of = false;
    for _ in 0..7 {
        if sentence.is_count(at) {
            return seen_of.then_some(at);
        }
        let known = sentence.phrase(&sentence.words.before_whole, at).is_some() || sentence.is(at, &["out"]);
        let noun =
            seen_of && sentence.items[at].kind == ItemKind::Word && !sentence.is(at, &["in", "to", "by", "and", "from", "at", "for", "than", "or"]);
        seen_of |= sentence.is(at, &["of"]);
        at = at.checked_sub(1).filter(|_| known || noun)?;
    }
    None
}

/// `12% (14)`, `12% (or 14)`, `12% of the 120 applications (14)`.
fn before_brackets(sentence: &Sentence<'_>, share: usize) -> Option<Pair> {
    let mut open = share + 1;
    let mut whole = None;
    if sentence.is(open, &["of"]) {
        let (count, _) = whole_behind(sentence, share + 1)?;
        whole = Some(count);
        open = count + 1;
        while open < count + 4 && sentence.items.get(open).is_some_and(|item| item.kind == ItemKind::Word) {
            open += 1;
        }
    }
    if !sentence.is(open, &["(", "["]) {
        return None;
    }
    let close = sentence.closing(open)?;
    let count = skip_or(sentence, open + 1);
    let words_only = (count + 1..close).all(|at| sentence.items[at].kind == ItemKind::Word) && close <= count + 5;
    let stays = !(count + 1..close).any(|at| sentence.is(at, &["in", "more", "less", "fewer", "of", "from", "to"]));
    (sentence.is_count(count) && words_only && stays).then_some(Pair {
        count,
        share,
        items: share..close + 1,
        whole,
    })
}

/// `12% of applications (14 out of 120)`, `12% (14 of 120 applications)`.
fn before_part_of_whole(sentence: &Sentence<'_>, share: usize) -> Option<Pair> {
    let is_running = |at: &usize| matches!(sentence.items.get(*at), Some(item) if matches!(item.kind, ItemKind::Word | ItemKind::Period));
    let open = (share + 1..share + 2 + WORDS_TO_BRACKET).find(|at| !is_running(at))?;
    let (count, close) = (open + 1, sentence.closing(open)?);
    if !sentence.is(open, &["(", "["]) || !sentence.is_count(count) {
        return None;
    }
    let of = if sentence.is(count + 1, &["out"]) { count + 2 } else { count + 1 };
    let (whole, behind) = sentence.is(of, &["of"]).then(|| whole_behind(sentence, of))??;
    let closes = close <= behind + WORDS_BETWEEN && (behind..close).all(|at| sentence.items[at].kind == ItemKind::Word);
    closes.then_some(Pair {
        count,
        share,
        items: share..close + 1,
        whole: Some(whole),
    })
}

/// `12% were granted (14)`, `12% of the 120 applications were granted (14)`: the count alone in its bracket, over a few words of what is said.
fn before_far_brackets(sentence: &Sentence<'_>, share: usize) -> Option<Pair> {
    let whole = whole_behind(sentence, share + 1).map(|(whole, _)| whole);
    // "51% of them female (42,900)"
    let of_them = sentence.is(share + 1, &["of"]) && sentence.is(share + 2, &["them", "whom"]);
    let from = if of_them { share + 3 } else { whole.unwrap_or(share) + 1 };
    let is_running = |at: &usize| matches!(sentence.items.get(*at), Some(item) if matches!(item.kind, ItemKind::Word | ItemKind::Period));
    let open = (from..from + 1 + WORDS_TO_BRACKET).find(|at| !is_running(at))?;
    let (count, close) = (open + 1, open + 2);
    // "45% of those in Homs (320)" names the 320 whom 45% are of.
    let narrows = (from..open).any(|at| sentence.is(at, &["of", "among", "for", "than", "from"]) || sentence.is_clause_edge(at));
    let alone = sentence.is(open, &["("]) && sentence.is_count(count) && sentence.is(close, &[")"]);
    (alone && !narrows && open > from).then_some(Pair {
        count,
        share,
        items: share..close + 1,
        whole,
    })
}

/// `14 of the 120 – 12% – …`, `14 of the 120, 12%, …`
fn set_off(sentence: &Sentence<'_>, share: usize) -> Option<Pair> {
    let is_mark = |at: usize| sentence.is(at, &["–", "—", ","]);
    let mark = share.checked_sub(1).filter(|at| is_mark(*at))?;
    let whole = count_before(sentence, mark)?;
    let count = part_of(sentence, whole)?;
    let closes = is_mark(share + 1) || sentence.is_stop(share + 1);
    closes.then_some(Pair {
        count,
        share,
        items: count..share + 1,
        whole: Some(whole),
    })
}

/// `12% or 14 applications`, `14, or 12%`, `14 applications or 12%`.
fn joined_by_or(sentence: &Sentence<'_>, share: usize) -> Option<Pair> {
    let comma = |at: usize| if sentence.is(at, &[","]) { at + 1 } else { at };
    let next = comma(share + 1);
    if sentence.is(next, &["or"]) && sentence.is_count(next + 1) {
        return Some(Pair {
            count: next + 1,
            share,
            items: share..next + 2,
            whole: None,
        });
    }
    let or = share.checked_sub(1).filter(|at| sentence.is(*at, &["or"]))?;
    let before = if or > 0 && sentence.is(or - 1, &[","]) { or - 1 } else { or };
    let count = count_before(sentence, before)?;
    Some(Pair {
        count,
        share,
        items: count..share + 1,
        whole: None,
    })
}

/// Past words that only join the two figures of a pair.
fn skip_or(sentence: &Sentence<'_>, from: usize) -> usize {
    let mut at = from;
    for _ in 0..3 {
        match sentence.phrase(&sentence.words.or, at) {
            Some(end) => at = end,
            None if sentence.is(at, &[",", "="]) => at += 1,
            None => break,
        }
    }
    at
}

/// The count behind `of the`, `out of all`, and whether anything else than a number stands there.
pub(super) fn whole_behind(sentence: &Sentence<'_>, of: usize) -> Option<(usize, usize)> {
    let mut at = sentence.phrase(&sentence.words.of, of)?;
    for _ in 0..5 {
        if sentence.is_count(at) {
            return Some((at, at + 1));
        }
        at = sentence
            .phrase(&sentence.words.before_whole, at)
            .or_else(|| sentence.is(at, &["number"]).then_some(at + 1))?;
    }
    None
}
