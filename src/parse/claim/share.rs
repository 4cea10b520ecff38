//! A sentence to its claims about parts of a whole: a count with its share and the whole named beside, or a count among another.

use rust_decimal::Decimal;

use super::{
    build::{saying_of_figure, share_reading},
    earlier,
    pair::{self, Pair},
    sentence::{ItemKind, Sentence},
    table::{is_slip, is_swapped},
    words::Unit,
};
use crate::schema::{Claim, ClaimFigure, ClaimKind};

/// Counts that are tried as the whole; a sentence with more is a table.
const WHOLES_TRIED: usize = 8;
/// Words that may stand between two pairs of one list.
const WORDS_BETWEEN_PAIRS: usize = 8;
/// Words that may stand between a count and what ties its share to it.
const WORDS_TO_LINK: usize = 6;

/// The claims of a sentence; `before` is the sentence before it in the same text.
pub(super) fn claims(sentence: &Sentence<'_>, before: Option<&Sentence<'_>>) -> Vec<Claim> {
    let pairs = pair::pairs(sentence);
    let mut claims = Vec::new();
    let known_before = before.filter(|before| !before.holds_malformed);
    let siblings = closed(sentence, &pairs).or_else(|| added_up(sentence, known_before, &pairs));
    let mut named_last: Vec<ClaimFigure> = Vec::new();
    for (index, pair) in pairs.iter().enumerate() {
        let mut named = named_wholes(sentence, known_before, pair, &pairs[..index]);
        if named.is_empty() && index > 0 && goes_on(sentence, &pairs[index - 1], pair) {
            named.clone_from(&named_last);
        }
        named_last.clone_from(&named);
        let mut wholes: Vec<Vec<ClaimFigure>> = named.into_iter().map(|whole| vec![whole]).collect();
        if wholes.is_empty() {
            wholes.extend(siblings.clone());
        }
        if wholes.is_empty() || !is_of_printed_whole(sentence, pair) {
            continue;
        }
        // Any other count may be the whole that is meant after all: it can only excuse.
        let others = sentence.counts(0..sentence.items.len()).into_iter().filter(|at| *at != pair.count);
        let excuses = sentence.figures(others.take(WHOLES_TRIED)).into_iter();
        let earlier = before.map(|before| before.figures(before.counts(0..before.items.len()).into_iter().take(WHOLES_TRIED)));
        wholes.extend(excuses.chain(earlier.unwrap_or_default()).map(|whole| vec![whole]));
        let (Some(saying), Some(part)) = (saying_of_figure(sentence, pair.share, share_reading), sentence.figure(pair.count)) else {
            continue;
        };
        claims.push(Claim {
            saying,
            kind: ClaimKind::Share { parts: vec![part], wholes },
        });
    }
    if !sentence.holds_malformed {
        claims.extend(of_printed_whole(sentence, &pairs));
        claims.extend(among(sentence, &pairs));
    }
    claims
}

/// Whether a pair goes on with the list of the one before, which says what whole they are of: `700 of them (70%) are men, 300 (30%) women`.
fn goes_on(sentence: &Sentence<'_>, before: &Pair, pair: &Pair) -> bool {
    let between = before.items.end..pair.items.start;
    let joined = between.len() <= WORDS_BETWEEN_PAIRS && between.clone().any(|at| sentence.is(at, &[",", "and"]));
    let anew = |at: usize| {
        sentence.is_clause_edge(at) && !sentence.is(at, &["and"])
            || sentence.is_figure(at)
            || sentence.phrase(&sentence.words.of_whom, at).is_some()
            || sentence.phrase(&sentence.words.including, at).is_some()
            || sentence.phrase(&sentence.words.compares, at).is_some()
    };
    joined && !between.clone().any(anew) && sentence.comparable(before.count, pair.count)
}

/// Shares of a whole that is printed behind them, said of a count before: `4,296 in all, or 20% of the 21,480`, `20,800, accounting for 71% of the 29,300`.
fn of_printed_whole(sentence: &Sentence<'_>, pairs: &[Pair]) -> Vec<Claim> {
    let claim = |share: usize| {
        let (whole, _) = pair::whole_behind(sentence, share + 1)?;
        let verb = (share.saturating_sub(3)..share).find(|at| sentence.phrase(&sentence.words.makes_up, *at) == Some(share));
        let link = verb.or_else(|| earlier::link_before(sentence, share))?;
        let start = sentence.clause_start(link);
        let parts: Vec<usize> = sentence
            .counts(start..link)
            .into_iter()
            .rev()
            .filter(|part| sentence.comparable(*part, whole))
            .collect();
        let part = *parts.first().filter(|part| link - **part <= WORDS_TO_LINK)?;
        let (printed, value, of) = (sentence.number(share)?, sentence.number(part)?.value, sentence.number(whole)?.value);
        // Behind a comma alone a new statement may start: "1,200 came, 60% of the 4,000 stayed".
        let is_loose = sentence.is(link, &[",", "–", "—", "-"]);
        let percent = value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(of)?;
        let rounded = percent.round_dp(printed.value.scale());
        let closes = (whole + 1..whole + 3).any(|at| sentence.is_stop(at) || sentence.is(at, &[","]));
        let is_meant =
            !is_loose || printed.interval().contains(percent) || is_swapped(printed.value, rounded) || closes && is_slip(printed.value, rounded);
        (is_meant && value < of).then_some(Claim {
            saying: saying_of_figure(sentence, share, share_reading)?,
            kind: ClaimKind::Share {
                parts: sentence.figures(parts.into_iter().take(WHOLES_TRIED)),
                wholes: vec![sentence.figures([whole])],
            },
        })
    };
    let alone = |share: &usize| sentence.is_share(*share) && !pair::is_change(sentence, *share) && pairs.iter().all(|pair| pair.share != *share);
    (0..sentence.items.len()).filter(alone).filter_map(claim).collect()
}

/// Whether no words behind the pair name another whole than a printed count: "14 (12%) of the children".
fn is_of_printed_whole(sentence: &Sentence<'_>, pair: &Pair) -> bool {
    if pair.whole.is_some() {
        return true;
    }
    let of_others = |at: &usize| sentence.phrase(&sentence.words.of, *at).is_some() && !sentence.is(at + 1, &["them", "whom"]);
    let of = (pair.items.end..pair.items.end + 4).find(of_others);
    let between = |of: usize| (pair.items.end..of).all(|at| !sentence.is_figure(at) && !sentence.is_stop(at) && !sentence.is(at, &[","]));
    match of.filter(|of| between(*of)) {
        None => true,
        Some(of) => pair::whole_behind(sentence, of).is_some(),
    }
}

/// The counts that the words around a pair name as its whole, the likeliest first.
fn named_wholes(sentence: &Sentence<'_>, before: Option<&Sentence<'_>>, pair: &Pair, earlier: &[Pair]) -> Vec<ClaimFigure> {
    if let Some(whole) = pair.whole {
        return sentence.figures([whole]);
    }
    if let Some(whole) = behind(sentence, pair) {
        return sentence.figures([whole]);
    }
    if sentence.holds_malformed {
        return Vec::new();
    }
    let start = pair.items.start;
    let counted = |end: usize| {
        let counts = sentence.counts(0..end).into_iter().rev();
        let counts = counts.filter(|at| sentence.comparable(*at, pair.count) && earlier.iter().all(|known| known.count != *at));
        sentence.figures(counts.take(WHOLES_TRIED))
    };
    // "8,000 people, 4,160 of them women (52%)" speaks of those before.
    let of_them = pair.items.clone().any(|at| sentence.phrase(&sentence.words.of_whom, at).is_some());
    // "9,000 people, the majority (53%, or 4,770) of them women"
    let end = pair.items.end;
    let of_them_behind = sentence.is(end, &[")"]) && sentence.is(end + 1, &["of"]) && sentence.is(end + 2, &["them", "whom"]);
    if (of_them || of_them_behind) && start > sentence.clause_start(start) {
        return counted(start);
    }
    let fitting = |before: Option<&Sentence<'_>>| {
        let counts = before.map_or_else(Vec::new, |before| before.figures(before.counts(0..before.items.len())));
        // Of several counts before, the only one is meant that the words may be said of.
        let mut fitting = counts.iter().filter(|whole| counts.len() == 1 || may_be_of(sentence, pair, whole));
        match (fitting.next(), fitting.next()) {
            (Some(whole), None) => vec![whole.clone()],
            _ => Vec::new(),
        }
    };
    if of_them && start == 0 {
        // "1,702 of them (91%) are men"
        return fitting(before);
    }
    let cue = (0..start).rev().take(40).find_map(|at| {
        let of_whom = sentence.phrase(&sentence.words.of_whom, at).map(|_| (at, true));
        let including = sentence.phrase(&sentence.words.including, at).map(|_| (at, false));
        let apposed = sentence.is(at, &["only"]) || (sentence.is(at, &["with"]) && sentence.is(at.wrapping_sub(1), &[","]));
        let with = (apposed && at + 2 >= start).then_some((at, false));
        let colon = sentence.is(at, &[":"]).then_some((at, false));
        of_whom.or(including).or(with).or(colon)
    });
    match cue {
        // "Of them, 9,000 (27%) …" speaks of the sentence before.
        Some((at, true)) if at <= 1 && sentence.counts(0..start).is_empty() && start <= at + 4 => fitting(before),
        // "Of these 9,000 persons, 900 (10%) …" names the whole behind its cue; "of these 9,000 had come by sea" a part.
        Some((0, true)) if sentence.counts(0..start).first().is_some_and(|whole| opens_as_whole(sentence, *whole)) => {
            of_the(sentence, start).map_or_else(Vec::new, |whole| sentence.figures([whole]))
        }
        Some((at, _)) if stands_alone(sentence, at, start) => counted(at),
        _ => of_the(sentence, start).map_or_else(Vec::new, |whole| sentence.figures([whole])),
    }
}

/// Whether a pair's count may be its share of a whole.
fn may_be_of(sentence: &Sentence<'_>, pair: &Pair, whole: &ClaimFigure) -> bool {
    let (Some(share), Some(part)) = (sentence.number(pair.share), sentence.number(pair.count)) else {
        return false;
    };
    let percent = part
        .value
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|part| part.checked_div(whole.value));
    percent.is_some_and(|percent| share.interval().contains(percent))
}

/// Whether a count behind "of these" names persons or things before a comma, and nothing that is said of them.
fn opens_as_whole(sentence: &Sentence<'_>, count: usize) -> bool {
    let comma = (count + 1..count + 4).find(|at| sentence.is(*at, &[","]));
    comma.is_some_and(|comma| (count + 1..comma).all(|at| sentence.items[at].kind == ItemKind::Word)) && sentence.unit(count).is_some()
}

/// Whether the pair belongs to what a cue opens: no new statement starts between.
fn stands_alone(sentence: &Sentence<'_>, cue: usize, start: usize) -> bool {
    (cue + 1..start).all(|at| !sentence.is_stop(at) && !sentence.is(at, &[":"]))
}

/// `14 (12%) of the 120 applications`, `14 (12%), 20 (17%) … out of 120`.
fn behind(sentence: &Sentence<'_>, pair: &Pair) -> Option<usize> {
    let mut at = pair.items.end;
    let mut words = 0;
    while !sentence.is_stop(at) && at < pair.items.end + 40 {
        let out_of = sentence.is(at, &["out"]) && sentence.is(at + 1, &["of"]);
        let of = sentence.is(at, &["of"]) && words <= 3;
        if (out_of || of)
            && let Some((whole, _)) = pair::whole_behind(sentence, at)
        {
            return Some(whole);
        }
        if of && !out_of {
            return None;
        }
        if sentence.phrase(&sentence.words.of_whom, at).is_some() || sentence.phrase(&sentence.words.including, at).is_some() {
            return None;
        }
        words += if sentence.is_figure(at) || sentence.is(at, &[",", ")", "("]) {
            4
        } else {
            1
        };
        at += 1;
    }
    None
}

/// The whole that opens a sentence: `Of the 9,000 persons, …`.
fn of_the(sentence: &Sentence<'_>, end: usize) -> Option<usize> {
    let start = sentence.clause_start(end);
    let opens = sentence.is(start, &["of", "out", "among"]).then_some(start)?;
    if sentence.is(start, &["among"]) {
        let whole = (start + 1..start + 4).find(|at| sentence.is_count(*at))?;
        return (whole < end).then_some(whole);
    }
    pair::whole_behind(sentence, opens).map(|(whole, _)| whole).filter(|whole| *whole < end)
}

/// The counts of all pairs, where their shares leave nothing out: together they are the whole.
fn closed(sentence: &Sentence<'_>, pairs: &[Pair]) -> Option<Vec<ClaimFigure>> {
    if pairs.len() < 2 || pairs.len() > WHOLES_TRIED || sentence.holds_malformed {
        return None;
    }
    let first = pairs[0].items.start;
    let last = pairs[pairs.len() - 1].items.end;
    let nested = (first..last).any(|at| {
        sentence.phrase(&sentence.words.of_whom, at).is_some() || sentence.phrase(&sentence.words.including, at).is_some() || sentence.is_stop(at)
    });
    let shares: Vec<ClaimFigure> = sentence.figures(pairs.iter().map(|pair| pair.share));
    let low: Decimal = shares.iter().map(|share| share.interval.low).sum();
    let high: Decimal = shares.iter().map(|share| share.interval.high).sum();
    let hundred = Decimal::ONE_HUNDRED;
    let alike = pairs.windows(2).all(|two| sentence.comparable(two[0].count, two[1].count));
    (!nested && alike && low <= hundred && hundred <= high).then(|| sentence.figures(pairs.iter().map(|pair| pair.count)))
}

/// The printed count that the counts of all pairs add up to, which can hardly be so by chance: `Alfa 1,612 (41%), Bravo 870 (22%) …, 3,980 in total`.
fn added_up(sentence: &Sentence<'_>, before: Option<&Sentence<'_>>, pairs: &[Pair]) -> Option<Vec<ClaimFigure>> {
    const FEWEST: usize = 3;
    if pairs.len() < FEWEST || sentence.holds_malformed {
        return None;
    }
    let counts: Option<Vec<Decimal>> = pairs.iter().map(|pair| sentence.number(pair.count).map(|number| number.value)).collect();
    let sum: Decimal = counts?.iter().sum();
    let of = |sentence: &Sentence<'_>| {
        let counts = sentence.counts(0..sentence.items.len()).into_iter();
        let whole = counts
            .into_iter()
            .find(|at| sentence.number(*at).is_some_and(|number| number.value == sum))?;
        Some(sentence.figures([whole]))
    };
    of(sentence).or_else(|| of(before?)).filter(|_| sum >= Decimal::ONE_HUNDRED)
}

/// Counts that are said to be among others: `9,000 persons, of whom 900`, `900 out of 9,000`.
fn among(sentence: &Sentence<'_>, pairs: &[Pair]) -> Vec<Claim> {
    let mut claims = Vec::new();
    let paired = |count: usize| pairs.iter().any(|pair| pair.count == count);
    let opening = opening_whole(sentence);
    for count in sentence.counts(0..sentence.items.len()) {
        let direct = (count + 1..count + 4).find(|at| sentence.is(*at, &["out"]) && sentence.is(*at + 1, &["of"]));
        let direct = direct.filter(|at| (count + 1..*at).all(|at| !sentence.is_figure(at) && !sentence.is(at, &[",", "(", ")"])));
        let wholes = if let Some((whole, _)) = direct.and_then(|at| pair::whole_behind(sentence, at)) {
            vec![whole]
        } else if let Some((whole, part)) = opening
            && part == count
        {
            vec![whole]
        } else {
            let cue = (0..count).rev().take(3).find(|at| {
                let end = sentence
                    .phrase(&sentence.words.of_whom, *at)
                    .or_else(|| sentence.phrase(&sentence.words.including, *at));
                end.is_some_and(|end| end <= count && count <= end + 1)
            });
            let Some(cue) = cue.filter(|cue| *cue > 0) else {
                continue;
            };
            among_before(sentence, cue, count)
        };
        if wholes.is_empty() || paired(count) {
            continue;
        }
        let Some(saying) = saying_of_figure(sentence, count, |figure| vec![figure.interval]) else {
            continue;
        };
        claims.push(Claim {
            saying,
            kind: ClaimKind::PartOf {
                wholes: sentence.figures(wholes),
            },
        });
    }
    claims
}

/// The counts before "of whom" or "including" that may hold another: of persons, or of things that neither names.
fn among_before(sentence: &Sentence<'_>, cue: usize, count: usize) -> Vec<usize> {
    let before = sentence.counts(0..cue);
    let part = sentence.unit(count);
    // Far from what it speaks of, "of which" may speak of something else.
    let is_near = before.last().is_some_and(|nearest| cue < nearest + 12);
    let names_subset = sentence.phrase(&sentence.words.including, cue).is_none();
    let may_hold = |at: &usize| match (sentence.unit(*at).or_else(|| sentence.unit_before(*at)), part) {
        (Some(Unit::People), None | Some(Unit::People)) | (Some(Unit::Cases), Some(Unit::Cases)) => true,
        (Some(Unit::Things) | None, None) => names_subset && is_near && !sentence.is(cue + 1, &["whom"]),
        (Some(whole), Some(part)) => names_subset && whole == part,
        _ => false,
    };
    before.iter().copied().filter(may_hold).rev().take(WHOLES_TRIED).collect()
}

/// `Out of the 5,664 persons registered, 5,065 declared …`: the whole and the first part.
fn opening_whole(sentence: &Sentence<'_>) -> Option<(usize, usize)> {
    if !sentence.is(0, &["of", "out", "among"]) {
        return None;
    }
    let whole = (1..6).find(|at| sentence.is_count(*at))?;
    let comma = (whole..whole + 8).find(|at| sentence.is(*at, &[","]))?;
    let part = (comma + 1..comma + 3).find(|at| sentence.is_count(*at))?;
    let plain = (whole + 1..comma).all(|at| !sentence.is_figure(at)) && sentence.comparable(whole, part);
    (plain && sentence.unit(whole) == Some(Unit::People)).then_some((whole, part))
}
