//! Counts that tell how many more or fewer there are, and are no counts of what there is: `a drop of 283 people`, `105 fewer than`.

use std::ops::Range;

use super::sentence::{ItemKind, Sentence};
use crate::schema::Direction;

/// Words that may name what is counted between a count and "more than".
const WORDS_COUNTED: usize = 2;

/// Which way a count tells a difference, and the items that say so.
pub(super) fn difference(sentence: &Sentence<'_>, count: usize) -> Option<(Direction, Range<usize>)> {
    if !sentence.is_count(count) {
        return None;
    }
    told_behind(sentence, count)
        .or_else(|| told_before(sentence, count))
        .or_else(|| told_by_noun(sentence, count))
}

/// `105 fewer than in April`, `1,120 people more than`
fn told_behind(sentence: &Sentence<'_>, count: usize) -> Option<(Direction, Range<usize>)> {
    if let Some(way) = told_before_figure(sentence, count + 1) {
        return Some((way, count..count + 1));
    }
    let (way, end) = (count + 1..=count + 1 + WORDS_COUNTED).find_map(|at| {
        // "1,120 people crossed more than 30 rivers" counts those who did.
        let adjoins = at == count + 1 || sentence.is_unit(at - 1);
        let told = sentence.words.differences.at(at, |at| sentence.word(at)).filter(|_| adjoins)?;
        let words = (count + 1..at).all(|at| sentence.items[at].kind == ItemKind::Word);
        words.then_some(told)
    })?;
    // "1,120 more than doubled" tells no difference.
    let compared = sentence.phrase(&sentence.words.than, end)?;
    let multiple = sentence.words.multiples.at(compared, |at| sentence.word(at)).is_some();
    let fraction = super::fraction::fraction(sentence, compared).is_some();
    (!multiple && !fraction).then_some((way, count..end))
}

/// `105 fewer than two weeks ago`, where the words belong to the next figure.
fn told_before_figure(sentence: &Sentence<'_>, figure: usize) -> Option<Direction> {
    let number = sentence.number(figure)?;
    let qualifier = number.qualifier_range.clone().filter(|range| range.end <= number.range.start)?;
    let words: Vec<&str> = sentence.recognised.text[qualifier].split_whitespace().collect();
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let (way, end) = sentence.words.differences.at(0, word)?;
    sentence.words.than.at(end, word).map(|_| way)
}

/// `a drop of 283 people`, `fell by some 283`
fn told_before(sentence: &Sentence<'_>, count: usize) -> Option<(Direction, Range<usize>)> {
    let link = count
        .checked_sub(1)
        .filter(|at| sentence.phrase(&sentence.words.by, *at) == Some(count))?;
    let noun = (link.saturating_sub(3)..link).find_map(|at| {
        let (way, end) = sentence.words.directions.at(at, |at| sentence.word(at))?;
        (end == link).then_some((way, at))
    });
    let (way, first) = noun?;
    let counted = usize::from(sentence.is_unit(count + 1));
    Some((way, first..count + 1 + counted))
}

/// `a 283 increase`
fn told_by_noun(sentence: &Sentence<'_>, count: usize) -> Option<(Direction, Range<usize>)> {
    sentence.phrase(&sentence.words.nouns_of_change, count + 1)?;
    let (way, end) = sentence.words.directions.at(count + 1, |at| sentence.word(at))?;
    Some((way, count..end))
}
