//! A sentence to the words in it that say how a figure changed: `15% increase`, `doubled`, `six-fold`, `rose`, `3 percentage points`.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    difference::difference,
    pair::is_change,
    sentence::{ItemKind, Sentence},
    words::Side,
};
use crate::{
    parse::number::NumberKind,
    schema::{Direction, Interval, Qualifier},
};

/// What is said.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// A change in percent; each reading is one meaning.
    Change { readings: Vec<Interval>, cut: Decimal },
    /// As many times as before.
    Multiple { readings: Vec<Interval> },
    /// A change in percentage points.
    Points { reading: Interval, cut: Decimal },
    /// So many more or fewer.
    Difference { reading: Interval, cut: Decimal },
    /// Only the way.
    Direction { way: Direction, comparative: bool },
}

/// The words that say it.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub(super) items: Range<usize>,
    pub(super) said: Said,
}

/// All such words, in order; a direction word that belongs to a percentage is none of its own.
pub(super) fn phrases(sentence: &Sentence<'_>) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::new();
    phrases.extend(changes(sentence));
    phrases.extend(differences(sentence));
    let mut at = 0;
    while at < sentence.items.len() {
        if taken(&phrases, at) {
            at += 1;
            continue;
        }
        let found = by_fraction(sentence, at)
            .or_else(|| points(sentence, at))
            .or_else(|| multiple(sentence, at))
            .or_else(|| direction(sentence, at))
            .or_else(|| more_than_the(sentence, at));
        match found {
            Some(phrase) if !(phrase.items.clone()).any(|item| taken(&phrases, item)) => {
                at = phrase.items.end;
                phrases.push(phrase);
            }
            _ => at += 1,
        }
    }
    phrases.sort_by_key(|phrase| phrase.items.start);
    phrases
}

fn taken(phrases: &[Phrase], at: usize) -> bool {
    phrases.iter().any(|phrase| phrase.items.contains(&at))
}

/// Percentages with a word, sign or arrow that says which way.
fn changes(sentence: &Sentence<'_>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for change in sentence.recognised.changes {
        let inside = sentence.range.start <= change.range.start && change.range.end <= sentence.range.end;
        // What says up and down at once is no one change.
        let one_way = change.directions.iter().all(|way| *way == change.way) && change.way != Direction::Same;
        let (true, true, Some(number)) = (inside, one_way, sentence.recognised.numbers.get(change.number)) else {
            continue;
        };
        let mut interval = absolute(number.interval());
        match number.qualifier {
            Qualifier::Over => interval.high += Decimal::ONE_THOUSAND,
            Qualifier::Under if interval.low <= Decimal::TEN => interval.low = Decimal::ZERO,
            _ => {}
        }
        let reading = if change.way == Direction::Down { negative(interval) } else { interval };
        let first = sentence.item_at(change.range.start);
        let end = sentence.item_at(change.range.end.saturating_sub(1)) + 1;
        let rounded = matches!(number.qualifier, Qualifier::Exact | Qualifier::About);
        phrases.push(Phrase {
            items: first..end,
            said: Said::Change {
                readings: vec![reading],
                cut: if rounded { number.step } else { Decimal::ZERO },
            },
        });
    }
    phrases
}

/// Counts by which something rose or fell.
fn differences(sentence: &Sentence<'_>) -> Vec<Phrase> {
    let counts = sentence.counts(0..sentence.items.len());
    let said = |at: usize| {
        let (way, items) = difference(sentence, at)?;
        let number = sentence.number(at)?;
        let plain = matches!(number.qualifier, Qualifier::Exact | Qualifier::About);
        // Prose rounds what it only tells beside the figures: "2,600 fewer than the 11,300".
        let step = last_place(number.value);
        let interval = absolute(Interval::printed(number.value, step, Qualifier::About));
        let reading = if way == Direction::Down { negative(interval) } else { interval };
        let said = Said::Difference { reading, cut: step };
        plain.then_some(Phrase { items, said })
    };
    counts.into_iter().filter_map(said).collect()
}

/// One unit of the last place of a count that is no nought; none where it is printed to the last one.
fn last_place(value: Decimal) -> Decimal {
    let mut place = Decimal::ONE;
    while !value.is_zero() && (value % (place * Decimal::TEN)).is_zero() {
        place *= Decimal::TEN;
    }
    if place == Decimal::ONE { Decimal::ZERO } else { place }
}

fn absolute(interval: Interval) -> Interval {
    Interval::new(interval.low.abs(), interval.high.abs())
}

fn negative(interval: Interval) -> Interval {
    Interval::new(-interval.low, -interval.high)
}

/// `fell by half`, `rose by a third`.
fn by_fraction(sentence: &Sentence<'_>, at: usize) -> Option<Phrase> {
    let word = |at: usize| sentence.word(at);
    let (way, end) = sentence.words.directions.at(at, word)?;
    let by = sentence.is(end, &["by"]).then_some(end + 1)?;
    let (fraction, last) = (by..by + 3).find_map(|first| {
        let plain = first == by || qualifier(sentence, first).0 == by;
        super::fraction::fraction(sentence, first).filter(|_| plain)
    })?;
    let (low, high) = fraction.loose;
    let percent = Interval::new(Decimal::new(low.into(), 1) - Decimal::TEN, Decimal::new(high.into(), 1) + Decimal::TEN);
    Some(Phrase {
        items: at..last,
        said: Said::Change {
            readings: vec![if way == Direction::Down { negative(percent) } else { percent }],
            cut: Decimal::ZERO,
        },
    })
}

/// `3 percentage points`, with the word that says which way beside it.
fn points(sentence: &Sentence<'_>, at: usize) -> Option<Phrase> {
    let number = sentence.number(at).filter(|number| number.kind == NumberKind::Points)?;
    let near = |at: &usize| {
        sentence
            .words
            .directions
            .at(*at, |at| sentence.word(at))
            .map(|(way, end)| (*at, way, end))
    };
    let before = (at.saturating_sub(4)..at).rev().find_map(|at| near(&at));
    let behind = (at + 1..at + 3).find_map(|at| near(&at));
    let (word, way, end) = before.or(behind)?;
    let interval = absolute(number.interval());
    Some(Phrase {
        items: word.min(at)..end.max(at + 1),
        said: Said::Points {
            reading: if way == Direction::Down { negative(interval) } else { interval },
            cut: number.step,
        },
    })
}

/// `doubled`, `twice`, `12 times`, `six-fold`, with the qualifier before.
fn multiple(sentence: &Sentence<'_>, at: usize) -> Option<Phrase> {
    let word = |at: usize| sentence.word(at);
    if let Some(((low, high), end)) = sentence.words.multiples.at(at, word) {
        let ratio = Interval::new(Decimal::new(low.into(), 2), Decimal::new(high.into(), 2));
        return Some(Phrase {
            items: at..end,
            said: Said::Multiple { readings: vec![ratio] },
        });
    }
    let (times, mut end) = number(sentence, at)?;
    let fold = sentence.is(end, &["fold"]) || (sentence.is(end, &["-", "‑"]) && sentence.is(end + 1, &["fold"]));
    let glued = word(at).strip_suffix("fold").is_some();
    let next = if fold {
        end = if sentence.is(end, &["fold"]) { end + 1 } else { end + 2 };
        Times::Fold
    } else if glued {
        Times::Fold
    } else if sentence.is(end, &["times"]) {
        end += 1;
        if sentence.is(end, &["more", "higher", "greater", "larger", "bigger"]) {
            end += 1;
            Times::More
        } else if sentence.is(end, &["less", "fewer", "lower", "smaller"]) {
            end += 1;
            Times::Less
        } else {
            Times::AsMany
        }
    } else {
        return None;
    };
    // "A 1.4-fold rise"
    if next == Times::Fold && sentence.phrase(&sentence.words.nouns_of_change, end).is_some() {
        end += 1;
    }
    let down =
        next == Times::Fold && (end - 1..end + 2).any(|at| sentence.words.directions.at(at, word).is_some_and(|(way, _)| way == Direction::Down));
    let (first, side) = qualifier(sentence, at);
    let margin = (times / Decimal::TEN).max(Decimal::new(5, 1));
    let around = |times: Decimal| match side {
        Some(Side::Over) => Interval::new(times - Decimal::new(5, 2), times + Decimal::ONE.max(times / Decimal::TWO)),
        Some(Side::Under | Side::Nearly) => Interval::new(times - Decimal::ONE, times + Decimal::new(5, 2)),
        Some(Side::About) | None => Interval::new(times - margin, times + margin),
    };
    let inverse = |ratio: Interval| {
        let of = |times: Decimal| Decimal::ONE.checked_div(times).filter(|_| times > Decimal::ZERO);
        Some(Interval::new(of(ratio.high)?, of(ratio.low)?))
    };
    let (exact, one_more) = (around(times), around(times + Decimal::ONE));
    let readings = match next {
        Times::AsMany => vec![exact],
        Times::Fold if down => vec![inverse(exact)?, inverse(one_more)?],
        Times::Fold | Times::More => vec![exact, one_more],
        Times::Less => vec![inverse(exact)?, inverse(one_more)?],
    };
    Some(Phrase {
        items: first..end,
        said: Said::Multiple { readings },
    })
}

/// How a number of times is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    /// `three times the`, `three times as many as`
    AsMany,
    /// `three times more than`: three or four times as many.
    More,
    /// `three times less than`
    Less,
    /// `a three-fold increase`: to three or to four times as many.
    Fold,
}

/// The number of times, in digits or words, and the item after it.
fn number(sentence: &Sentence<'_>, at: usize) -> Option<(Decimal, usize)> {
    const WORDS: [&str; 11] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let spelled = |word: &str| WORDS.iter().position(|known| *known == word).map(|at| Decimal::from(at + 2));
    if let Some(number) = sentence.number(at) {
        let plain = number.kind == NumberKind::Count && number.qualifier == Qualifier::Exact;
        return plain.then_some((number.value, at + 1));
    }
    let word = sentence.word(at).strip_suffix("fold").unwrap_or_else(|| sentence.word(at));
    let digits = |word: &str| !word.is_empty() && word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let found = if digits(word) {
        let fraction = sentence.word(at + 2);
        if sentence.is(at + 1, &["."]) && digits(fraction) {
            (format!("{word}.{fraction}").parse().ok()?, at + 3)
        } else {
            (word.parse().ok()?, at + 1)
        }
    } else {
        (spelled(word)?, at + 1)
    };
    (found.0 > Decimal::ONE).then_some(found)
}

/// The qualifier that ends just before an item, and where it starts.
pub(super) fn qualifier(sentence: &Sentence<'_>, at: usize) -> (usize, Option<Side>) {
    for first in at.saturating_sub(3)..at {
        if let Some((side, end)) = sentence.words.qualifiers.at(first, |at| sentence.word(at))
            && end == at
        {
            return (first, Some(side));
        }
    }
    (at, None)
}

/// `1,200 came, fewer than the 1,500 of May`: set off by a comma, else "more than the 200 camps" may only count.
fn more_than_the(sentence: &Sentence<'_>, at: usize) -> Option<Phrase> {
    let (way, end) = sentence.words.differences.at(at, |at| sentence.word(at))?;
    let than = sentence.phrase(&sentence.words.than, end)?;
    let set_off = sentence.is(at.wrapping_sub(1), &[",", "(", "–", "—"]);
    let names_count = sentence.is(than, &["the"]) && sentence.is_count(than + 1);
    (set_off && names_count).then_some(Phrase {
        items: at..end,
        said: Said::Direction { way, comparative: true },
    })
}

/// A verb or noun of change that stands alone.
fn direction(sentence: &Sentence<'_>, at: usize) -> Option<Phrase> {
    let (way, end) = sentence.words.directions.at(at, |at| sentence.word(at))?;
    let comparative = sentence.phrase(&sentence.words.comparatives, at).is_some();
    // Beside a figure in percent or points the word is part of what that says.
    let near = at.saturating_sub(3)..end + 5;
    let belongs = near.into_iter().any(|near| {
        let percent = matches!(sentence.items.get(near).map(|item| item.kind), Some(ItemKind::Figure(_))) && sentence.is_percent(near);
        (percent && is_change(sentence, near)) || sentence.is_points(near)
    });
    (!belongs).then_some(Phrase {
        items: at..end,
        said: Said::Direction { way, comparative },
    })
}
