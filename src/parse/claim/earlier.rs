//! Comparisons that stand before what is said of them: `A compared to B (15% increase)`, `Compared to B, A came, up 15%`.

use super::{
    comparison::{CURRENTS_TRIED, Quantity},
    moved::{from_to, is_moved_from, to_from},
    saying::Phrase,
    sentence::{ItemKind, Sentence},
};

/// Where the link starts that ties what is said to the figures before it: a comma, a bracket, a dash, "representing".
pub(super) fn link_before(sentence: &Sentence<'_>, first: usize) -> Option<usize> {
    let mut at = first;
    for _ in 0..5 {
        let before = at.checked_sub(1)?;
        if sentence.is(before, &["(", ",", "–", "—", "-"]) {
            return Some(before);
        }
        if let Some(link) = (at.saturating_sub(4)..at).find(|link| sentence.phrase(&sentence.words.links, *link) == Some(at)) {
            return Some(link);
        }
        if sentence.phrase(&sentence.words.fillers, before) == Some(at) {
            at = before;
            continue;
        }
        return None;
    }
    None
}

/// `This is a 48% decrease …`: what is said is said of the sentence before.
pub(super) fn speaks_of_before(sentence: &Sentence<'_>, phrase: &Phrase) -> bool {
    let backward = sentence.phrase(&sentence.words.backward, 0) == Some(1);
    backward && link_before(sentence, phrase.items.start) == Some(1) && sentence.items[1].kind == ItemKind::Word
}

/// `This compares with 6,430 in 2024 and means an increase of 23%`: the base, where the sentence before tells what is compared.
pub(super) fn compared_back(sentence: &Sentence<'_>, phrase: &Phrase, quantity: Quantity) -> Option<usize> {
    let backward = |at: usize| sentence.phrase(&sentence.words.backward, at).is_some();
    let compares = backward(0) && sentence.is(1, &["compares", "compared"]) && sentence.is(2, &["with", "to"]);
    let counts = sentence.counts(0..phrase.items.start);
    let [base] = counts.as_slice() else { return None };
    // "Compared with 5,830 in 2024 this is a 10% increase"
    let opens = sentence.phrase(&sentence.words.compares, 0).is_some() && (base + 1..phrase.items.start).any(backward);
    if !compares && !opens {
        return None;
    }
    link_before(sentence, phrase.items.start).filter(|link| link > base && quantity.is(sentence, *base))?;
    Some(*base)
}

/// The comparison before what is said: `A compared to B (15% increase)`, `from B to A, up 15%`.
pub(super) fn compared_before(sentence: &Sentence<'_>, phrase: &Phrase, quantity: Quantity) -> Option<(Vec<usize>, Vec<usize>)> {
    let link = link_before(sentence, phrase.items.start)?;
    let start = sentence.clause_start(link);
    let near = (start..link)
        .rev()
        .take(14)
        .find(|at| quantity.is(sentence, *at) || sentence.is_stop(*at))?;
    if !quantity.is(sentence, near) || (near + 1..link).any(|at| sentence.is_figure(at) || sentence.is(at, &[",", ")", "and"]) && at + 1 < link) {
        return None;
    }
    let back = near.saturating_sub(10)..near;
    for at in back.rev() {
        if at < start || quantity.is(sentence, at) {
            break;
        }
        let moved = || sentence.is_figure(near) && is_moved_from(sentence, at, near);
        if sentence.phrase(&sentence.words.compares, at).is_some_and(|end| end <= near) || moved() {
            let from = sentence.clause_start(at);
            let currents: Vec<usize> = (from..at).rev().filter(|at| quantity.is(sentence, *at)).take(CURRENTS_TRIED).collect();
            return (!currents.is_empty()).then_some((currents, vec![near]));
        }
    }
    let moved = from_to(sentence, near, start, quantity).or_else(|| to_from(sentence, near, start, quantity))?;
    // "Doubled from 1,200 to 2,400, and fell by half to 1,100": from what was come to before.
    let end = phrase.items.end;
    let onward = (end + 1..end + 3)
        .find(|at| sentence.is_figure(*at))
        .filter(|_| sentence.is(end, &["to"]));
    match onward {
        None => Some(moved),
        Some(current) if quantity.is(sentence, current) && moved.0 == [near] => Some((vec![current], vec![near])),
        Some(_) => None,
    }
}

/// `Compared to the 1,500 of April, 1,200 came in May, a 20% decrease`, `From 1,500 in April, arrivals fell by 300 to 1,200`.
pub(super) fn compared_first(sentence: &Sentence<'_>, phrase: &Phrase, quantity: Quantity) -> Option<(Vec<usize>, Vec<usize>)> {
    let from = sentence.phrase(&sentence.words.from, 0).filter(|start| quantity.is(sentence, *start));
    let start = sentence.phrase(&sentence.words.compares, 0).or(from)?;
    let comma = (start..start + 16).find(|at| sentence.is(*at, &[","]))?;
    let (base, None) = ({
        let mut figures = (start..comma).filter(|at| sentence.is_figure(*at));
        (figures.next()?, figures.next())
    }) else {
        return None;
    };
    let first = phrase.items.start;
    let behind = phrase.items.end;
    let to = sentence.phrase(&sentence.words.to, behind).filter(|at| quantity.is(sentence, *at));
    let currents = match to {
        Some(current) => vec![current],
        None if link_before(sentence, first).is_some() => (comma + 1..first)
            .rev()
            .filter(|at| quantity.is(sentence, *at))
            .take(CURRENTS_TRIED)
            .collect(),
        None => Vec::new(),
    };
    (quantity.is(sentence, base) && !currents.is_empty()).then_some((currents, vec![base]))
}
