//! A sentence to the two figures of a comparison that a bracket, or "respectively", sets side by side behind what is said of them.

use std::ops::Range;

use super::{
    comparison::Quantity,
    saying::{self, Phrase},
    sentence::{ItemKind, Sentence},
};

/// Words that may stand between what is said and the bracket that holds its two figures.
const WORDS_TO_BRACKET: usize = 12;

/// `increased by 12% compared to May (1,008 compared to 900)`, `fell by a tenth in June (from 1,000 to 900)`: the bracket tells which is which.
pub(super) fn compared_in_brackets(sentence: &Sentence<'_>, phrase: &Phrase, quantity: Quantity) -> Option<(usize, usize)> {
    let end = phrase.items.end;
    let is_running = |at: &usize| matches!(sentence.items.get(*at), Some(item) if matches!(item.kind, ItemKind::Word | ItemKind::Period));
    let open = (end..end + WORDS_TO_BRACKET).find(|at| !is_running(at) || sentence.is_clause_edge(*at))?;
    if !sentence.is(open, &["("]) {
        return None;
    }
    let (one, other) = two(sentence, open + 1..sentence.closing(open)?, quantity)?;
    let compares = |phrases, stretch: Range<usize>| {
        stretch
            .clone()
            .any(|at| sentence.phrase(phrases, at).is_some_and(|end| end <= stretch.end))
    };
    let starts_from = one <= open + 3 && compares(&sentence.words.from, open + 1..one) && compares(&sentence.words.to, one + 1..other);
    if starts_from {
        return Some((other, one));
    }
    let between = one + 1..other;
    let told = compares(&sentence.words.compares, between.clone()) || compares(&sentence.words.from, between);
    told.then_some((one, other))
}

/// `increased by 75% (5,024 people arrived in …, while 2,874 people arrived in …)`: two figures in the bracket behind.
pub(super) fn in_brackets(sentence: &Sentence<'_>, phrase: &Phrase, quantity: Quantity) -> Option<(usize, usize)> {
    let open = phrase.items.end;
    if !sentence.is(open, &["("]) {
        return None;
    }
    let close = sentence.closing(open)?;
    two(sentence, open + 1..close, quantity)
}

/// `a 93% lower number …, 980 and 14,200 respectively`.
pub(super) fn respectively(sentence: &Sentence<'_>, phrase: &Phrase, quantity: Quantity) -> Option<(usize, usize)> {
    let word = (phrase.items.end..sentence.items.len()).find(|at| sentence.is(*at, &["respectively"]))?;
    let before = if sentence.is(word.wrapping_sub(1), &[","]) { word - 1 } else { word };
    let start = before.saturating_sub(8).max(phrase.items.end);
    let (one, other) = two(sentence, start..before, quantity)?;
    let joined = (one + 1..other).any(|at| sentence.is(at, &["and"]));
    let alone = sentence.counts(phrase.items.end..word).len() == 2 && saying::phrases(sentence).len() == 1;
    (joined && alone).then_some((one, other))
}

/// The two figures of a stretch, where there are no others.
fn two(sentence: &Sentence<'_>, stretch: Range<usize>, quantity: Quantity) -> Option<(usize, usize)> {
    let figures: Vec<usize> = stretch.filter(|at| sentence.is_figure(*at)).collect();
    match figures[..] {
        [one, other] if quantity.is(sentence, one) && quantity.is(sentence, other) => Some((one, other)),
        _ => None,
    }
}
