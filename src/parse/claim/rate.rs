//! A sentence to the rates and averages that it says of two counts before: `…, an occupancy of 86%`, `(case fatality ratio 1.1%)`, `…, an average of 57 per boat`.

use rust_decimal::Decimal;

use super::{
    build::{saying_of_figure, share_reading},
    earlier::link_before,
    pair::is_change,
    sentence::{ItemKind, Sentence},
    table::is_slip,
    words::Unit,
};
use crate::schema::{Claim, ClaimKind};

/// Words that may stand between what ties a rate to its counts and the word that names it: `a preliminary recognition rate`.
const WORDS_OF_NAME: usize = 4;
/// Words that may stand between the nearer of the two counts and what is said of them.
const WORDS_TO_NAME: usize = 14;

/// The claims of a sentence.
pub(super) fn claims(sentence: &Sentence<'_>) -> Vec<Claim> {
    if sentence.holds_malformed {
        return Vec::new();
    }
    let rates = (0..sentence.items.len()).filter_map(|at| rate(sentence, at));
    rates.chain((0..sentence.items.len()).filter_map(|at| average(sentence, at))).collect()
}

/// A share that is called a rate, of the smaller count in the larger.
fn rate(sentence: &Sentence<'_>, share: usize) -> Option<Claim> {
    if !sentence.is_share(share) || is_change(sentence, share) {
        return None;
    }
    let is_name = |at: &usize| sentence.phrase(&sentence.words.rates, *at).is_some();
    let name = (share.saturating_sub(4)..share).rev().find(is_name)?;
    let joins = |at: usize| sentence.is(at, &["of", ":", "=", "at", "is", "was", "about", "around", "some", "(", ","]);
    if !(name + 1..share).all(joins) {
        return None;
    }
    let (smaller, larger) = tied_counts(sentence, name)?;
    let persons_in_places = (sentence.unit(smaller), sentence.unit(larger)) == (Some(Unit::Places), Some(Unit::People));
    let (part, whole) = if persons_in_places { (larger, smaller) } else { (smaller, larger) };
    // A rate may be of other counts than these two: only one that is theirs but for a digit was typed wrong.
    let printed = sentence.number(share)?;
    let percent = sentence
        .number(part)?
        .value
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(sentence.number(whole)?.value)?;
    // Who is not granted is refused, and who is not there leaves a place.
    let is_of_the_rest = printed.interval().contains(Decimal::ONE_HUNDRED - percent);
    if is_of_the_rest || !printed.interval().contains(percent) && !is_slip(printed.value, percent.round_dp(printed.value.scale())) {
        return None;
    }
    Some(Claim {
        saying: saying_of_figure(sentence, share, share_reading)?,
        kind: ClaimKind::Share {
            parts: sentence.figures([part, whole]),
            wholes: vec![sentence.figures([whole]), sentence.figures([part])],
        },
    })
}

/// A count that is called the average of the larger count over the smaller.
fn average(sentence: &Sentence<'_>, count: usize) -> Option<Claim> {
    let number = sentence.number(count).filter(|_| sentence.is_count(count))?;
    let of = sentence.is(count.wrapping_sub(1), &["of"]) && sentence.is(count.wrapping_sub(2), &["average", "mean"]);
    let per = (count + 1..count + 4).find(|at| sentence.is(*at, &["per", "a"]))?;
    let name = count.checked_sub(2).filter(|_| of)?;
    let (numbers, totals) = tied_counts(sentence, name)?;
    // "In 33 boats, an average of 57 per boat", not "per day".
    let one = sentence.word(per + 1);
    if one.is_empty() || !(numbers + 1..numbers + 4).any(|at| sentence.word(at).starts_with(one)) {
        return None;
    }
    let many = sentence.number(totals)?.value;
    let plain = number.value < many && sentence.number(numbers)?.value < many;
    plain.then_some(Claim {
        saying: saying_of_figure(sentence, count, |figure| {
            let half = last_place(figure.value) / Decimal::TWO;
            vec![crate::schema::Interval::new(figure.value - half, figure.value + half)]
        })?,
        kind: ClaimKind::Average {
            totals: sentence.figures([totals]),
            numbers: sentence.figures([numbers]),
        },
    })
}

/// One unit of the last printed place that is no nought: averages are rounded.
fn last_place(value: Decimal) -> Decimal {
    let mut place = Decimal::new(1, value.scale());
    while value.scale() == 0 && !value.is_zero() && (value % (place * Decimal::TEN)).is_zero() {
        place *= Decimal::TEN;
    }
    place
}

/// The only two counts before a name that a comma, a bracket or "with" ties to them, the smaller first.
fn tied_counts(sentence: &Sentence<'_>, name: usize) -> Option<(usize, usize)> {
    let is_word = |at: &usize| sentence.items.get(*at).is_some_and(|item| item.kind == ItemKind::Word);
    let start = (name.saturating_sub(WORDS_OF_NAME)..=name).rev().take_while(|at| is_word(at)).last()?;
    let tie = |at: usize| sentence.is(at, &[",", "(", "–", "—", "giving", "yielding", "with", "or"]);
    let tied = start > 0 && tie(start - 1) || (start..name).any(tie) || link_before(sentence, name).is_some();
    let counts = sentence.counts(0..name);
    let ([one, other], true) = (counts.as_slice(), tied) else {
        return None;
    };
    let near = name - other <= WORDS_TO_NAME;
    let others = (0..name).any(|at| sentence.is_percent(at) || sentence.is_stop(at) || sentence.is(at, &[":"]));
    let value = |at: usize| sentence.number(at).map(|number| number.value);
    let sorted = if value(*one)? <= value(*other)? {
        (*one, *other)
    } else {
        (*other, *one)
    };
    (near && !others && value(*one) != value(*other)).then_some(sorted)
}
