//! A sentence to the figures that something moved from and to, before what is said of them: `from 2,480 to 2,210`, `2,210, down from 2,480`.

use super::{
    comparison::Quantity,
    sentence::{ItemKind, Sentence},
};

/// `2,210 came, down from 2,480`: which way, and from what, without what it came to.
pub(super) fn is_moved_from(sentence: &Sentence<'_>, from: usize, base: usize) -> bool {
    let way = (from.saturating_sub(2)..from).any(|at| {
        sentence
            .words
            .directions
            .at(at, |at| sentence.word(at))
            .is_some_and(|(_, end)| end == from)
    });
    way && sentence
        .phrase(&sentence.words.from, from)
        .is_some_and(|end| end <= base && base <= end + 2)
}

/// `from B … to A`, by A.
pub(super) fn from_to(sentence: &Sentence<'_>, current: usize, start: usize, quantity: Quantity) -> Option<(Vec<usize>, Vec<usize>)> {
    (current.saturating_sub(3)..current).find(|at| sentence.phrase(&sentence.words.to, *at).is_some())?;
    let base = (start..current).rev().take(14).find(|at| quantity.is(sentence, *at))?;
    (base.saturating_sub(2)..base).find(|at| sentence.phrase(&sentence.words.from, *at).is_some())?;
    Some((vec![current], vec![base]))
}

/// `to A … from B`, by B.
pub(super) fn to_from(sentence: &Sentence<'_>, base: usize, start: usize, quantity: Quantity) -> Option<(Vec<usize>, Vec<usize>)> {
    (base.saturating_sub(2)..base).find(|at| sentence.phrase(&sentence.words.from, *at).is_some())?;
    let current = (start..base).rev().take(8).find(|at| quantity.is(sentence, *at))?;
    (current.saturating_sub(2)..current).find(|at| sentence.phrase(&sentence.words.to, *at).is_some())?;
    Some((vec![current], vec![base]))
}

/// `a 23% increase on the 6,430 of 2024`: counts of a few may be something else, as islands are.
pub(super) fn on_count(sentence: &Sentence<'_>, end: usize, quantity: Quantity) -> Option<usize> {
    const LEAST: u32 = 100;
    let base = (end + 1..end + 4).find(|at| sentence.is_figure(*at))?;
    let led = sentence.is(end, &["on", "over"]) && (end + 1..base).all(|at| sentence.is(at, &["the", "that", "of", "figure", "some"]));
    let many = sentence.number(base)?.value >= LEAST.into();
    (led && many && quantity.is(sentence, base)).then_some(base)
}

/// `up 20% on August (15,250)`: the base alone in a bracket behind its days.
pub(super) fn on_days(sentence: &Sentence<'_>, end: usize, quantity: Quantity) -> Option<usize> {
    let mut at = end + 1;
    while sentence.items.get(at).is_some_and(|item| item.kind == ItemKind::Period) {
        at += 1;
    }
    let days = at > end + 1 && sentence.is(end, &["on", "over", "against", "from", "versus", "vs"]);
    let alone = sentence.is(at, &["("]) && quantity.is(sentence, at + 1) && sentence.is(at + 2, &[")"]);
    if days && sentence.is(at, &[","]) && sentence.is(at + 1, &["when"]) {
        // "a 17% drop on May, when 4,790 did"
        return (at + 2..at + 5)
            .find(|at| sentence.is_figure(*at))
            .filter(|at| quantity.is(sentence, *at));
    }
    (days && alone).then_some(at + 1)
}
