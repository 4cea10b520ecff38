//! A sentence to its claims of a fraction in words: `more than half (53%)`, `almost half of the 86,000`, `one in five (20%)`.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    build::saying_of_words,
    saying::qualifier,
    sentence::{ItemKind, Sentence},
    words::{Fraction, Side},
};
use crate::schema::{Claim, ClaimFigure, ClaimKind, Interval};

/// Shares that are added up at most.
const MOST_SHARES: usize = 6;

/// The claims of a sentence.
pub(super) fn claims(sentence: &Sentence<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for at in 0..sentence.items.len() {
        let Some((fraction, end)) = fraction(sentence, at) else { continue };
        let (first, side) = qualifier(sentence, at);
        let reading = reading(fraction, side);
        let kind = beside_share(sentence, end)
            .or_else(|| beside_counts(sentence, end))
            .or_else(|| over_shares(sentence, end))
            .or_else(|| of_whole(sentence, first, end));
        let saying = saying_of_words(sentence, first, end, vec![reading], Decimal::ZERO);
        claims.extend(kind.zip(saying).map(|(kind, saying)| Claim { saying, kind }));
    }
    claims
}

/// A fraction in words or as "one in five".
pub(super) fn fraction(sentence: &Sentence<'_>, at: usize) -> Option<(Fraction, usize)> {
    let word = |at: usize| sentence.word(at);
    if let Some((fraction, end)) = sentence.words.fractions.at(at, word) {
        let joined = at > 0 && sentence.is(at - 1, &["and", "first", "second", "-", "other", "last", "a", "one", "every", "each"]);
        return (!joined).then_some((fraction, end));
    }
    if let Some(found) = one_in_so_many(sentence, at) {
        return Some(found);
    }
    // "two-thirds" is three words with a hyphen between.
    if sentence.is(at + 1, &["-", "‑"]) {
        let hyphenated = |offset: usize| match offset - at {
            0 => word(at),
            1 => word(at + 2),
            _ => "",
        };
        if let Some((fraction, end)) = sentence.words.fractions.at(at, hyphenated)
            && end == at + 2
        {
            return Some((fraction, at + 3));
        }
    }
    None
}

/// `one in five`, `three out of four`.
fn one_in_so_many(sentence: &Sentence<'_>, at: usize) -> Option<(Fraction, usize)> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let spelled = |at: usize| {
        WORDS
            .iter()
            .position(|word| *word == sentence.word(at))
            .and_then(|index| u32::try_from(index + 1).ok())
    };
    let figure = |at: usize| sentence.number(at).filter(|number| number.word).and_then(|number| number.value.to_u32());
    let number = |at: usize| spelled(at).or_else(|| figure(at)).filter(|number| (1..=10).contains(number));
    let some = number(at)?;
    let many = if sentence.is(at + 1, &["in"]) {
        at + 2
    } else if sentence.is(at + 1, &["out"]) && sentence.is(at + 2, &["of"]) {
        at + 3
    } else {
        return None;
    };
    let all = number(many).filter(|all| *all > some)?;
    let exact = some * 1000 / all;
    let loose = (exact * 9 / 10, exact * 11 / 10 + 1);
    Some((Fraction { loose, exact }, many + 1))
}

/// What the words may mean, in percent.
fn reading(fraction: Fraction, side: Option<Side>) -> Interval {
    let tenths = |value: u32| Decimal::new(value.into(), 1);
    let (low, high) = (tenths(fraction.loose.0), tenths(fraction.loose.1));
    let exact = tenths(fraction.exact);
    let unit = Decimal::new(5, 1);
    match side {
        None | Some(Side::About) => Interval::new(low, high),
        Some(Side::Nearly) => Interval::new(exact * Decimal::new(75, 2), exact + unit),
        Some(Side::Over) => Interval::new(exact - unit, Decimal::ONE_HUNDRED),
        Some(Side::Under) => Interval::new(Decimal::ZERO, exact + unit),
    }
}

/// `more than half (53%)`
fn beside_share(sentence: &Sentence<'_>, end: usize) -> Option<ClaimKind> {
    // "one in five persons (20%)"
    let open = (end..end + 3)
        .find(|at| sentence.items.get(*at).is_none_or(|item| item.kind == ItemKind::Mark))
        .unwrap_or(end);
    let share = open + 1;
    let named = (end..open).all(|at| !sentence.is_figure(at) && !sentence.is(at, &["of", "in", "the", "from"]));
    let stands = named && sentence.is(open, &["("]) && sentence.is_share(share) && sentence.is(share + 1, &[")"]);
    stands.then(|| ClaimKind::Fraction {
        shares: vec![sentence.figures([share])],
    })
}

/// `one in five applicants (3,534 of 17,670)`
fn beside_counts(sentence: &Sentence<'_>, end: usize) -> Option<ClaimKind> {
    let is_word = |at: usize| sentence.items.get(at).is_some_and(|item| item.kind == ItemKind::Word);
    let open = (end..end + 5).find(|at| !is_word(*at)).filter(|at| sentence.is(*at, &["("]))?;
    let part = Some(open + 1).filter(|at| sentence.is_count(*at))?;
    let of = (part + 1..part + 3).find(|at| sentence.is(*at, &["of"]))?;
    let (whole, behind) = super::pair::whole_behind(sentence, of)?;
    let close = sentence.closing(open)?;
    let words_only = close <= behind + 3 && (part + 1..of).chain(behind..close).all(is_word);
    words_only.then(|| ClaimKind::Share {
        parts: sentence.figures([part]),
        wholes: vec![sentence.figures([whole])],
    })
}

/// `more than half of the population are women (24%) and children (37%)`
fn over_shares(sentence: &Sentence<'_>, end: usize) -> Option<ClaimKind> {
    if !sentence.is(end, &["of"]) {
        return None;
    }
    let stop = (end..sentence.items.len())
        .find(|at| sentence.is_clause_edge(*at))
        .unwrap_or(sentence.items.len());
    let shares: Vec<usize> = (end..stop).filter(|at| sentence.is_share(*at)).take(MOST_SHARES).collect();
    let first = *shares.first()?;
    let copula = (first.saturating_sub(6)..first).any(|at| sentence.is(at, &["are", "were", "is", "was"]));
    let bracketed = shares
        .iter()
        .all(|at| sentence.is(at.wrapping_sub(1), &["("]) && sentence.is(at + 1, &[")"]));
    if !copula || !bracketed || (end..stop).any(|at| sentence.is_figure(at) && !shares.contains(&at)) {
        return None;
    }
    let figures = sentence.figures(shares);
    // All of them first; then as many as may be meant.
    let mut alternatives: Vec<Vec<ClaimFigure>> = (1..=figures.len()).rev().map(|count| figures[..count].to_vec()).collect();
    alternatives.extend(figures.iter().skip(1).map(|figure| vec![figure.clone()]));
    Some(ClaimKind::Fraction { shares: alternatives })
}

/// The count in `more than half of the 2,000 arrivals (1,150)`.
fn part_in_brackets(sentence: &Sentence<'_>, whole: usize) -> Option<usize> {
    let open = (whole + 1..whole + 5).find(|at| sentence.items.get(*at).is_none_or(|item| item.kind != ItemKind::Word))?;
    let part = open + 1;
    let dash = sentence.is(open, &["–", "—"]);
    let stands = (dash || sentence.is(open, &["("])) && sentence.is_count(part) && sentence.comparable(part, whole);
    let closes = |at: &usize| sentence.is(*at, &["–", "—"]);
    let close = if dash {
        (part + 1..part + 5).find(closes)
    } else {
        sentence.closing(open)
    };
    let close = close.filter(|_| stands)?;
    let words_only = close <= part + 4 && (part + 1..close).all(|at| sentence.items[at].kind == ItemKind::Word);
    let stays = !(part + 1..close).any(|at| sentence.is(at, &["in", "more", "less", "fewer", "of", "from", "to", "per", "a", "each", "every"]));
    (words_only && stays).then_some(part)
}

/// `…, almost half of the 86,000 …`
fn of_whole(sentence: &Sentence<'_>, first: usize, end: usize) -> Option<ClaimKind> {
    if sentence.holds_malformed {
        return None;
    }
    let mut at = end;
    let whole = loop {
        if sentence.is_count(at) {
            break at;
        }
        let known = sentence.phrase(&sentence.words.before_whole, at).is_some() || sentence.is(at, &["number", "of", "the"]);
        if !known || at > end + 6 {
            return None;
        }
        at += 1;
    };
    if let Some(part) = part_in_brackets(sentence, whole) {
        return Some(ClaimKind::Share {
            parts: sentence.figures([part]),
            wholes: vec![sentence.figures([whole])],
        });
    }
    let start = sentence.clause_start(first);
    let parts = sentence
        .counts(start..first)
        .into_iter()
        .rev()
        .filter(|part| sentence.comparable(*part, whole));
    let tied = (first.saturating_sub(2)..first)
        .any(|at| sentence.is(at, &[",", "for", "(", "–", "or", "is", "was", "are", "were"]) || sentence.phrase(&sentence.words.links, at).is_some());
    let parts = sentence.figures(parts.take(4));
    (tied && !parts.is_empty()).then(|| ClaimKind::Share {
        parts,
        wholes: vec![sentence.figures([whole])],
    })
}
