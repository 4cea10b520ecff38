//! A sentence to its claims of change: what is said, the current figure, and the base it is measured against.

use rust_decimal::Decimal;

use super::{
    beside::{compared_in_brackets, in_brackets, respectively},
    build::saying_of_words,
    difference::difference,
    earlier::{compared_back, compared_before, compared_first, link_before, speaks_of_before},
    moved::{on_count, on_days},
    saying::{self, Phrase, Said},
    sentence::{ItemKind, Sentence},
};
use crate::schema::{Claim, ClaimFigure, ClaimKind, Interval, Order};

/// Figures that are tried as the current one; a sentence with more is a table.
pub(super) const CURRENTS_TRIED: usize = 4;
/// Words that may stand between what is said and the comparison behind it.
const WORDS_TO_COMPARISON: usize = 4;
/// Words of a comparison in which its figure has to stand.
const WORDS_OF_COMPARISON: usize = 24;

/// The claims of a sentence; `before` is the sentence before it in the same text.
pub(super) fn claims(sentence: &Sentence<'_>, before: Option<&Sentence<'_>>) -> Vec<Claim> {
    if sentence.holds_malformed {
        return Vec::new();
    }
    let phrases = saying::phrases(sentence);
    phrases.iter().filter_map(|phrase| claim(sentence, before, phrase)).collect()
}

/// Figures that may be current and base.
struct Ends {
    currents: Vec<ClaimFigure>,
    bases: Vec<ClaimFigure>,
    order: Order,
}

/// What the two ends of a change are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    Counts,
    Shares,
}

impl Quantity {
    pub(super) fn is(self, sentence: &Sentence<'_>, at: usize) -> bool {
        match self {
            Self::Counts => sentence.is_count(at) && difference(sentence, at).is_none(),
            Self::Shares => sentence.is_share(at) && !super::pair::is_change(sentence, at),
        }
    }
}

fn claim(sentence: &Sentence<'_>, before: Option<&Sentence<'_>>, phrase: &Phrase) -> Option<Claim> {
    let quantities: &[Quantity] = match phrase.said {
        Said::Multiple { .. } | Said::Difference { .. } => &[Quantity::Counts],
        Said::Points { .. } => &[Quantity::Shares],
        Said::Change { .. } | Said::Direction { .. } => &[Quantity::Counts, Quantity::Shares],
    };
    let mut ends = quantities.iter().find_map(|quantity| ends(sentence, before, phrase, *quantity))?;
    if matches!(phrase.said, Said::Difference { .. }) {
        // "250 more than the other two" compares with no two persons.
        let in_digits = |figure: &ClaimFigure| figure.mention.quote.contains(|one: char| one.is_ascii_digit());
        ends.currents.retain(in_digits);
        ends.bases.retain(in_digits);
        if ends.currents.is_empty() || ends.bases.is_empty() {
            return None;
        }
    }
    let saying = |readings: Vec<Interval>, cut: Decimal| saying_of_words(sentence, phrase.items.start, phrase.items.end, readings, cut);
    let Ends { currents, bases, order } = ends;
    match &phrase.said {
        Said::Change { readings, cut } => Some(Claim {
            saying: saying(readings.clone(), *cut)?,
            kind: ClaimKind::Change { currents, bases, order },
        }),
        Said::Multiple { readings } => {
            let percent = |ratio: &Interval| {
                Interval::new(
                    (ratio.low - Decimal::ONE) * Decimal::ONE_HUNDRED,
                    (ratio.high - Decimal::ONE) * Decimal::ONE_HUNDRED,
                )
            };
            Some(Claim {
                saying: saying(readings.iter().map(percent).collect(), Decimal::ZERO)?,
                kind: ClaimKind::Change { currents, bases, order },
            })
        }
        Said::Difference { reading, cut } if order == Order::Told => Some(Claim {
            saying: saying(vec![*reading], *cut)?,
            kind: ClaimKind::Difference { currents, bases },
        }),
        Said::Points { reading, cut } => Some(Claim {
            saying: saying(vec![*reading], *cut)?,
            kind: ClaimKind::Points {
                current: Box::new(currents.into_iter().next()?),
                base: Box::new(bases.into_iter().next()?),
            },
        }),
        Said::Direction { way, .. } if order == Order::Told => Some(Claim {
            saying: saying(Vec::new(), Decimal::ZERO)?,
            kind: ClaimKind::Direction { way: *way, currents, bases },
        }),
        Said::Difference { .. } | Said::Direction { .. } => None,
    }
}

fn ends(sentence: &Sentence<'_>, before: Option<&Sentence<'_>>, phrase: &Phrase, quantity: Quantity) -> Option<Ends> {
    let told = |currents: Vec<usize>, bases: Vec<usize>| {
        let comparable = |one: &usize| currents.iter().any(|other| sentence.comparable(*one, *other));
        let bases: Vec<usize> = bases.into_iter().filter(comparable).collect();
        let (currents, bases) = (sentence.figures(currents), sentence.figures(bases));
        (!currents.is_empty() && !bases.is_empty()).then_some(Ends {
            currents,
            bases,
            order: Order::Told,
        })
    };
    if let Some((current, base)) = compared_in_brackets(sentence, phrase, quantity) {
        return told(vec![current], vec![base]);
    }
    if let Some(link) = behind(sentence, phrase, quantity) {
        if let Some(current) = link.current {
            return told(vec![current], link.bases);
        }
        let currents = currents(sentence, phrase, quantity);
        if !currents.is_empty() {
            return told(currents, link.bases);
        }
        let speaks_of_before = speaks_of_before(sentence, phrase);
        let before = before.filter(|before| speaks_of_before && !before.holds_malformed && quantity == Quantity::Counts)?;
        let currents = before.figures(before.counts(0..before.items.len()).into_iter().take(CURRENTS_TRIED));
        return (!currents.is_empty()).then(|| Ends {
            currents,
            bases: sentence.figures(link.bases),
            order: Order::Told,
        });
    }
    if let Said::Direction { .. } = phrase.said {
        return None;
    }
    if let Some((currents, bases)) = compared_before(sentence, phrase, quantity) {
        return told(currents, bases);
    }
    if let Some((currents, bases)) = compared_first(sentence, phrase, quantity) {
        return told(currents, bases);
    }
    if let Some(base) = compared_back(sentence, phrase, quantity)
        && let Some(before) = before.filter(|before| !before.holds_malformed)
    {
        let currents = before.figures(before.counts(0..before.items.len()).into_iter().take(CURRENTS_TRIED));
        let bases = sentence.figures([base]);
        let order = Order::Told;
        return (!currents.is_empty()).then_some(Ends { currents, bases, order });
    }
    let (one, other) = in_brackets(sentence, phrase, quantity).or_else(|| respectively(sentence, phrase, quantity))?;
    let ends = told(vec![one], vec![other])?;
    Some(Ends { order: Order::Open, ..ends })
}

/// What follows the words that say it.
struct Link {
    bases: Vec<usize>,
    /// `increased to 2,545 from 2,100`
    current: Option<usize>,
}

/// The comparison behind what is said: `… than the 2,100 registered`, `… to 2,545 from 2,100`, `… from 2,100 to 2,545`.
fn behind(sentence: &Sentence<'_>, phrase: &Phrase, quantity: Quantity) -> Option<Link> {
    let end = phrase.items.end;
    if matches!(phrase.said, Said::Multiple { .. })
        && let Some(after) = sentence.phrase(&sentence.words.compares_multiple, end)
        && let Some(base) = (after..after + 4).find(|at| quantity.is(sentence, *at))
        && (after..base).all(|at| {
            !sentence.is(at, &["of", "in", "and", ","]) || sentence.is(at, &["of"]) && sentence.is(at.wrapping_sub(1), &["that", "those", "number"])
        })
    {
        return Some(Link {
            bases: vec![base],
            current: None,
        });
    }
    if let Some(base) = on_days(sentence, end, quantity).or_else(|| on_count(sentence, end, quantity)) {
        let bases = vec![base];
        return Some(Link { bases, current: None });
    }
    let is_direction = |comparative: bool| matches!(phrase.said, Said::Direction { comparative: found, .. } if found == comparative);
    let (mut at, mut words, mut current) = (end, 0, None);
    loop {
        if sentence.phrase(&sentence.words.to, at).is_some() && current.is_none() {
            let figure = (at + 1..at + 4).find(|at| sentence.is_figure(*at));
            if let Some(figure) = figure.filter(|figure| quantity.is(sentence, *figure)) {
                (current, words) = (Some(figure), 0);
                at = figure + 1;
                continue;
            }
        }
        if let Some(after) = sentence.phrase(&sentence.words.compares, at) {
            // "more than 3,000" says no change; "rose more than" neither.
            let bases = base(sentence, after, quantity);
            return (!bases.is_empty()).then_some(Link { bases, current });
        }
        if let Some(after) = sentence.phrase(&sentence.words.from, at) {
            return from(sentence, after, quantity, current);
        }
        let is_word = sentence
            .items
            .get(at)
            .is_some_and(|item| matches!(item.kind, ItemKind::Word | ItemKind::Period));
        let allowed = if current.is_some() { 12 } else { WORDS_TO_COMPARISON };
        let closes = sentence.is(at, &[")"]) || (sentence.is(at, &[","]) && is_followed_by_comparison(sentence, at + 1));
        if !(is_word || closes) || sentence.is_clause_edge(at) || sentence.is(at, &["and"]) || words > allowed || is_direction(true) {
            return None;
        }
        if words == 0
            && let Some(link) = to_and_from(sentence, phrase, quantity)
        {
            return Some(link);
        }
        // "increased in Spain compared to" may be said of others than the figure before.
        let narrows = sentence.is(at, &["in", "of", "among", "for", "at", "on"]) && !sentence.is(at + 1, &["number", "numbers", "total"]);
        if narrows && current.is_none() {
            return None;
        }
        words += 1;
        at += 1;
    }
}

/// `a 92% drop in the number of crossings to some 19,000 from 260,000`: both figures stand behind, and nothing else does.
fn to_and_from(sentence: &Sentence<'_>, phrase: &Phrase, quantity: Quantity) -> Option<Link> {
    let end = phrase.items.end;
    let first = (end..end + 24)
        .take_while(|at| !sentence.is_clause_edge(*at))
        .find(|at| sentence.is_figure(*at))?;
    let ties = |phrases, figure: usize| (figure.saturating_sub(2)..figure).any(|at| sentence.phrase(phrases, at).is_some());
    if !quantity.is(sentence, first) {
        return None;
    }
    if ties(&sentence.words.from, first) {
        let start = (first.saturating_sub(2)..first).find(|at| sentence.phrase(&sentence.words.from, *at).is_some())?;
        return from(sentence, start + 1, quantity, None).filter(|link| link.current.is_some());
    }
    let second = (first + 1..first + 8)
        .take_while(|at| !sentence.is_clause_edge(*at))
        .find(|at| sentence.is_figure(*at))?;
    let plain = ties(&sentence.words.to, first) && ties(&sentence.words.from, second) && quantity.is(sentence, second);
    plain.then(|| Link {
        bases: vec![second],
        current: Some(first),
    })
}

fn is_followed_by_comparison(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.phrase(&sentence.words.compares, at).is_some() || sentence.phrase(&sentence.words.from, at).is_some()
}

/// `from 2,100 in May to 2,545 in June`, or only the base where the current figure is told.
fn from(sentence: &Sentence<'_>, start: usize, quantity: Quantity, told: Option<usize>) -> Option<Link> {
    let first = (start..start + 3)
        .find(|at| sentence.is_figure(*at))
        .filter(|at| quantity.is(sentence, *at))?;
    if told.is_some() {
        return Some(Link {
            bases: vec![first],
            current: told,
        });
    }
    let mut at = first + 1;
    while at < first + 14 && !sentence.is_stop(at) && !sentence.is_figure(at) {
        // "the rise from 200 was due to 140 boats" has no second figure.
        if sentence.is(
            at,
            &[
                "was",
                "were",
                "is",
                "are",
                "has",
                "have",
                "had",
                "due",
                "according",
                "thanks",
                "owing",
                "led",
                "up",
                "close",
                "related",
                "compared",
                "given",
            ],
        ) {
            break;
        }
        if sentence.phrase(&sentence.words.to, at).is_some()
            && let Some(second) = (at + 1..at + 5).find(|at| sentence.is_figure(*at))
            && (at + 1..second).all(|at| sentence.items[at].kind == ItemKind::Word || sentence.items[at].kind == ItemKind::Period)
        {
            return quantity.is(sentence, second).then_some(Link {
                bases: vec![first],
                current: Some(second),
            });
        }
        at += 1;
    }
    Some(Link {
        bases: vec![first],
        current: None,
    })
}

/// The figures of a comparison, from the word behind "compared to" up to its end.
fn base(sentence: &Sentence<'_>, start: usize, quantity: Quantity) -> Vec<usize> {
    let outer = sentence.bracket(start);
    let mut reach = (start..start + WORDS_OF_COMPARISON).take_while(|at| !sentence.is_stop(*at));
    if reach.any(|at| sentence.phrase(&sentence.words.summed, at).is_some()) {
        // "More than the sum of 5,000 and 3,000" compares with neither.
        return Vec::new();
    }
    let mut bases = Vec::new();
    for at in start..start + WORDS_OF_COMPARISON {
        let goes_on = sentence.is(at, &[","]) && bases.is_empty() && sentence.is(at + 1, &["when", "where", "during", "in", "at"]);
        let leaves = sentence.is(at, &[")"]) && sentence.bracket(at) == outer;
        let dash = sentence.is(at, &["–", "—"]) || (sentence.is(at, &["-"]) && !bases.is_empty());
        // "105 fewer than in April and 200 fewer than in March (1,404)" compares with April alone.
        let compares_anew = difference(sentence, at).is_some() || sentence.is_percent(at) && super::pair::is_change(sentence, at);
        let ends = sentence.is_stop(at)
            || leaves
            || dash
            || compares_anew
            || sentence.is(at, &[":"])
            || (sentence.is(at, &[","]) && !goes_on)
            || (sentence.is(at, &["and"]) && !(bases.is_empty() && is_date_or_figure(sentence, at + 1)))
            || sentence.phrase(&sentence.words.reasons, at).is_some()
            || (sentence.is_clause_edge(at) && !goes_on)
            || sentence.phrase(&sentence.words.of_whom, at).is_some()
            || sentence.phrase(&sentence.words.including, at).is_some();
        if ends {
            break;
        }
        if quantity.is(sentence, at) && bases.len() < 2 {
            bases.push(at);
        }
    }
    bases
}

/// Whether a comparison goes on with the item: "in April and May 2023", not "the 200 of April and follows".
fn is_date_or_figure(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence
        .items
        .get(at)
        .is_some_and(|item| matches!(item.kind, ItemKind::Period | ItemKind::Figure(_)))
}

/// The figures before what is said that it may be said of.
fn currents(sentence: &Sentence<'_>, phrase: &Phrase, quantity: Quantity) -> Vec<usize> {
    let first = phrase.items.start;
    let mut start = sentence.clause_start(first);
    // "6,320 people: 3,890 refugees and 2,430 others, up 12% on" may be said of all or of the last.
    if start > 0 && sentence.is(start - 1, &[":"]) {
        start = sentence.clause_start(start - 1);
    }
    let link = link_before(sentence, first);
    let nominal = match phrase.said {
        Said::Direction { .. } => {
            let apposed = sentence.phrase(&sentence.words.apposed, first).is_some();
            apposed && link.is_some_and(|link| sentence.is(link, &["(", ",", "–", "—"]))
        }
        _ => link.is_some(),
    };
    let figures = (start..first).rev().filter(|at| quantity.is(sentence, *at));
    let governs = |at: &usize| nominal || is_subject(sentence, *at, first, quantity);
    figures.filter(governs).take(CURRENTS_TRIED).collect()
}

/// Whether a figure is, or stands at, the subject of a verb of change: `arrivals, at 3,197, increased`, `3,197 persons, up from`.
fn is_subject(sentence: &Sentence<'_>, figure: usize, verb: usize, quantity: Quantity) -> bool {
    if verb - figure > 12 {
        return false;
    }
    let other = (figure + 1..verb).any(|at| {
        sentence.phrase(&sentence.words.other_subjects, at).is_some()
            || sentence.is_figure(at)
            || sentence.is(at, &["who", "which", "that", "and", "or", "in", "by", "to"])
            || sentence.phrase(&sentence.words.of_whom, at).is_some()
    });
    // "is 100 higher than" tells a difference.
    let adjoins = figure + 1 == verb && !sentence.is(figure.wrapping_sub(1), &["at"]);
    let commas = (figure + 1..verb).filter(|at| sentence.is(*at, &[","])).count();
    let apposed = sentence.is(figure.wrapping_sub(1), &["at", "("]) || (quantity == Quantity::Shares && sentence.is(figure.wrapping_sub(1), &["("]));
    let adverb = commas == 1 && sentence.is(verb - 1, &[","]);
    !other && !adjoins && (commas == 0 || (apposed && commas == 1) || adverb)
}
