//! Lists of places with figures in a sentence: "67% were present in Serbia, followed by Bosnia and Herzegovina (26%), Albania,
//! Kosovo & Montenegro (two per cent each)". One figure a place; where it is open which place is meant, none.

use std::ops::Range;

use super::{
    annotated::{Annotated, Token, number_range},
    cue::Cues,
    dates,
    draft::TextPlace,
    number::NumberKind,
    parser::{Parser, Said},
    pattern::Capture,
    place::{PlaceMention, looks_like_place},
    profile::{Dimension, Rule},
};
use crate::schema::{Fact, Method, Period, Relation};

/// A number or a place of the sentence, by index.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Event {
    Number(usize),
    Place(usize),
}

/// Reads the list of a sentence.
pub(super) fn read(parser: &mut Parser<'_>, rule: &Rule, words: &Annotated, place: TextPlace, sentence: &Range<usize>, leaned: Option<Period>) {
    let by_origin = rule.by.contains(&Dimension::Origin);
    let wanted = |mention: &PlaceMention| {
        if by_origin {
            !is_composite(mention.code)
        } else {
            parser.is_member(mention.code)
        }
    };
    let events = events(words, sentence, wanted);
    let (pairs, unpaired) = pair(parser.writing.cues, words, &events);
    let pairs: Vec<_> = pairs
        .into_iter()
        .filter(|(number, _)| !parser.claims.hold(place, &words.numbers[*number].range))
        .collect();
    // One pair alone may be anything: "Syrians (36%) were …".
    if pairs.len() < 2 {
        return;
    }
    let heading = parser.heading_over(place.node, rule).map(|(heading, _)| heading);
    let first = words.numbers[pairs[0].0].range.start;
    let printed = dates::current(words, sentence, first, parser.writing).or(leaned);
    let period = match printed {
        None => parser.period(rule, None, parser.words(heading)),
        Some(period) => parser.period(rule, Some(period), None),
    };
    let Some(period) = period else { return };
    let mut parts = Vec::new();
    for (number, mention) in &pairs {
        let mention = &words.places[*mention];
        let marks = words
            .text
            .marks
            .iter()
            .filter(|mark| mark.at == mention.range.end)
            .map(|mark| (mark.label.clone(), place.node))
            .collect();
        let code = Some(mention.code.to_owned());
        let (area, origin) = if by_origin { (None, code) } else { (code, None) };
        let said = Said {
            area,
            origin,
            period: Some(period),
            base: None,
            marks,
        };
        let capture = Capture {
            slot: rule.percent,
            range: number_range(&words.numbers[*number]),
            index: *number,
        };
        parts.extend(parser.draft(rule, words, place, &capture, sentence.clone(), Method::List, &said));
    }
    if parts.len() > 1 {
        // A list that names every part of the area is whole, however it begins ("the majority were in …").
        let places = parts
            .iter()
            .map(|part| parser.drafts[*part].area.as_str())
            .collect::<std::collections::BTreeSet<_>>();
        let whole = !by_origin && places.len() == crate::schema::codebook::codebook().members(&parser.profile.area).len();
        let partial = !whole && (rule.partial || !unpaired.is_empty() || partial_words(parser, words, sentence));
        join_shares(parser, rule, place.node, &parts, partial);
        if rule.ranked || ranking_words(parser, words, sentence) {
            parser.relations.push(Relation::Ranking { parts });
        }
    }
    for number in unpaired {
        note_unknown_place(parser, words, place, sentence, number);
    }
}

/// Shares of one whole may be told in two sentences: those right after each other are judged together.
fn join_shares(parser: &mut Parser<'_>, rule: &Rule, node: usize, parts: &[usize], partial: bool) {
    let before = parts.first().and_then(|first| first.checked_sub(1));
    let follows = before.is_some_and(|before| {
        let draft = &parser.drafts[before];
        draft.rule == rule.id && draft.method == Method::List && node - draft.place.node.min(node) <= 1
    });
    if follows
        && let Some(Relation::Shares {
            parts: earlier,
            partial: open,
        }) = parser
            .relations
            .iter_mut()
            .rev()
            .find(|relation| matches!(relation, Relation::Shares { .. }))
        && before.is_some_and(|before| earlier.contains(&before))
    {
        earlier.extend(parts);
        *open |= partial;
        return;
    }
    parser.relations.push(Relation::Shares {
        parts: parts.to_vec(),
        partial,
    });
}

fn is_composite(code: &str) -> bool {
    !crate::schema::codebook::codebook().members(code).is_empty()
}

fn partial_words(parser: &Parser<'_>, words: &Annotated, sentence: &Range<usize>) -> bool {
    sentence_words(words, sentence).any(|word| parser.writing.cues.tells_partial(word))
}

fn ranking_words(parser: &Parser<'_>, words: &Annotated, sentence: &Range<usize>) -> bool {
    sentence_words(words, sentence).any(|word| parser.writing.cues.tells_ranking(word))
}

fn sentence_words<'a>(words: &'a Annotated, sentence: &Range<usize>) -> impl Iterator<Item = &'a str> {
    let (first, last) = (words.token_at(sentence.start), words.token_at(sentence.end));
    words.tokens[first..last].iter().map(|token| token.folded.as_str())
}

/// Percentages and wanted places of a sentence, in order.
fn events(words: &Annotated, sentence: &Range<usize>, wanted: impl Fn(&PlaceMention) -> bool) -> Vec<Event> {
    let inside = |range: &Range<usize>| sentence.start <= range.start && range.end <= sentence.end;
    let is_change = |index: usize| words.changes.iter().any(|change| change.number == index);
    let numbers = words
        .numbers
        .iter()
        .enumerate()
        .filter(|(index, number)| number.kind == NumberKind::Percent && inside(&number.range) && !is_change(*index));
    let places = words
        .places
        .iter()
        .enumerate()
        .filter(|(_, mention)| inside(&mention.range) && wanted(mention));
    let mut events: Vec<_> = numbers.map(|(index, number)| (number.range.start, Event::Number(index))).collect();
    events.extend(places.map(|(index, mention)| (mention.range.start, Event::Place(index))));
    events.sort_by_key(|(start, _)| *start);
    events.into_iter().map(|(_, event)| event).collect()
}

/// Ties numbers to places: `(number, place)` in the order of the places, and the numbers that stay alone.
fn pair(cues: &Cues, words: &Annotated, events: &[Event]) -> (Vec<(usize, usize)>, Vec<usize>) {
    let mut pairs = respectively(cues, words, events);
    let mut used: Vec<usize> = pairs.iter().map(|(_, place)| *place).collect();
    let mut done: Vec<usize> = pairs.iter().map(|(number, _)| *number).collect();
    // First the figures that stand before their place, so that what is left before a bracket is the bracket's.
    for (at, event) in events.iter().enumerate() {
        let Event::Number(number) = *event else { continue };
        if done.contains(&number) || binds_back(cues, words, events, at) == Binding::Strong {
            continue;
        }
        let following = following_places(cues, words, events, at);
        let each = is_each(cues, words, events, at, number);
        if following.is_empty()
            || following.iter().any(|place| used.contains(place))
            || following.len() > 1 && !each && joined(cues, words, &following)
        {
            continue;
        }
        let taken = if each { following } else { following[..1].to_vec() };
        used.extend(&taken);
        done.push(number);
        pairs.extend(taken.into_iter().map(|place| (number, place)));
    }
    for (at, event) in events.iter().enumerate() {
        let Event::Number(number) = *event else { continue };
        if done.contains(&number) || binds_back(cues, words, events, at) == Binding::None {
            continue;
        }
        let before: Vec<_> = preceding_places(cues, words, events, at)
            .into_iter()
            .filter(|place| !used.contains(place))
            .collect();
        let each = is_each(cues, words, events, at, number);
        if before.is_empty() || before.len() > 1 && !each {
            continue;
        }
        used.extend(&before);
        done.push(number);
        pairs.extend(before.into_iter().map(|place| (number, place)));
    }
    pairs.sort_by_key(|(_, place)| words.places[*place].range.start);
    let alone = events.iter().filter_map(|event| match event {
        Event::Number(number) if !done.contains(number) => Some(*number),
        _ => None,
    });
    (pairs, alone.collect())
}

/// "nine per cent each", "both with nine per cent", "each with nine per cent"
fn is_each(cues: &Cues, words: &Annotated, events: &[Event], at: usize, number: usize) -> bool {
    if words.numbers[number].each {
        return true;
    }
    let Some(Event::Place(place)) = at.checked_sub(1).map(|before| events[before]) else {
        return false;
    };
    let (first, last) = (
        words.token_at(words.places[place].range.end),
        words.token_at(number_range(&words.numbers[number]).start),
    );
    words.tokens[first..last.max(first)].iter().any(|token| cues.tells_each(&token.folded))
}

/// Whether a number in brackets explains words of its own, not the place before: "Serbia, a fifth (21%) in Albania".
fn explains_words(words: &Annotated, place: usize, number: usize) -> bool {
    let between = words.places[place].range.end..number_range(&words.numbers[number]).start;
    let text = words.string().get(between).unwrap_or("");
    text.split_once(',')
        .is_some_and(|(_, own)| own.contains(char::is_alphabetic) && !own.contains(char::is_uppercase))
}

/// How surely a number belongs to the place before it.
#[derive(Debug, PartialEq)]
enum Binding {
    /// "Serbia (22%)"
    Strong,
    /// "Serbia with 22%", "Serbia: 22%"
    Weak,
    None,
}

fn binds_back(cues: &Cues, words: &Annotated, events: &[Event], at: usize) -> Binding {
    let (Some(Event::Place(place)), Event::Number(number)) = (at.checked_sub(1).map(|before| events[before]), events[at]) else {
        return Binding::None;
    };
    let between = words.places[place].range.end..number_range(&words.numbers[number]).start;
    let text = words.string().get(between.clone()).unwrap_or("");
    if text.contains('(') && !text.contains(')') && !text.contains(',') {
        return Binding::Strong;
    }
    let tokens = &words.tokens[words.token_at(between.start)..words.token_at(between.end)];
    let breaks = |token: &Token| cues.parts(&token.folded);
    if tokens.len() > 4 || tokens.iter().any(breaks) {
        return Binding::None;
    }
    // "Serbia 21%, Montenegro 11%" as against "21% Serbia, 11% Montenegro": the list goes on as it began.
    let opens_with_place = matches!(events.first(), Some(Event::Place(_)));
    let next = match events.get(at + 1) {
        Some(Event::Place(next)) => {
            let gap = words.numbers[number].range.end..words.places[*next].range.start;
            words.token_at(gap.end) - words.token_at(gap.start)
        }
        _ => usize::MAX,
    };
    if tokens.is_empty() && (next > 0 || opens_with_place) {
        Binding::Strong
    } else {
        Binding::Weak
    }
}

/// The places right behind a number: "45% were present in Serbia", "two per cent each in Albania, Kosovo and Montenegro".
fn following_places(cues: &Cues, words: &Annotated, events: &[Event], at: usize) -> Vec<usize> {
    let (Event::Number(number), Some(Event::Place(first))) = (events[at], events.get(at + 1).copied()) else {
        return Vec::new();
    };
    let between = words.numbers[number].range.end..words.places[first].range.start;
    let mut tokens = &words.tokens[words.token_at(between.start)..words.token_at(between.end)];
    // "Less than half (46%) were in Serbia": the figure's own bracket parts nothing.
    if let [first, rest @ ..] = tokens
        && first.folded == ")"
        && words.string()[..number_range(&words.numbers[number]).start].trim_end().ends_with('(')
        && !matches!(at.checked_sub(1).map(|before| events[before]), Some(Event::Place(place)) if !explains_words(words, place, number))
    {
        tokens = rest;
    }
    // "48% in the other countries: Serbia (21%)": a colon opens the list of what the figure sums up.
    let breaks = |token: &Token| cues.parts(&token.folded) || token.folded == ":" && tokens.len() > 1;
    if tokens.len() > 9 || tokens.iter().any(breaks) {
        return Vec::new();
    }
    let mut places = vec![first];
    for event in &events[at + 2..] {
        let Event::Place(next) = *event else { break };
        let gap = words.places[places[places.len() - 1]].range.end..words.places[next].range.start;
        if !only_joins(cues, words, &gap) {
            break;
        }
        places.push(next);
    }
    // A place whose own figure follows it in brackets is not this number's.
    if let Some(after) = events.get(at + 1 + places.len())
        && matches!(after, Event::Number(_))
        && binds_back(cues, words, events, at + 1 + places.len()) == Binding::Strong
        && places.len() > 1
    {
        places.truncate(1);
    }
    places
}

fn preceding_places(cues: &Cues, words: &Annotated, events: &[Event], at: usize) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::new();
    for event in events[..at].iter().rev() {
        let Event::Place(place) = *event else { break };
        if let Some(next) = places.last() {
            let gap = words.places[place].range.end..words.places[*next].range.start;
            if !only_joins(cues, words, &gap) {
                break;
            }
        }
        places.push(place);
    }
    places.reverse();
    places
}

/// Whether several places hang together by "and", so that one figure may mean them all at once.
fn joined(cues: &Cues, words: &Annotated, places: &[usize]) -> bool {
    places
        .windows(2)
        .all(|pair| only_joins(cues, words, &(words.places[pair[0]].range.end..words.places[pair[1]].range.start)))
}

fn only_joins(cues: &Cues, words: &Annotated, gap: &Range<usize>) -> bool {
    let tokens = &words.tokens[words.token_at(gap.start)..words.token_at(gap.end)];
    tokens.len() <= 3 && tokens.iter().all(|token| cues.joins(&token.folded))
}

/// "Serbia, Kosovo and Albania (22%, 12% and 6% respectively)": as many figures as places, in the same order.
fn respectively(cues: &Cues, words: &Annotated, events: &[Event]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for token in words.tokens.iter().filter(|token| cues.pairs_in_order(&token.folded)) {
        let last = events.iter().rposition(|event| match event {
            Event::Number(number) => words.numbers[*number].range.end <= token.range.start,
            Event::Place(place) => words.places[*place].range.end <= token.range.start,
        });
        let Some(last) = last else { continue };
        let same = |index: usize, number: bool| matches!(events[index], Event::Number(_)) == number;
        let second_is_number = same(last, true);
        let second = (0..=last).rev().take_while(|index| same(*index, second_is_number)).count();
        let first = (0..=last - second.min(last))
            .rev()
            .skip(usize::from(second <= last))
            .take_while(|index| same(*index, !second_is_number))
            .count();
        let start_of_second = last + 1 - second;
        let first = first.max(if start_of_second > 0 {
            (0..start_of_second).rev().take_while(|index| same(*index, !second_is_number)).count()
        } else {
            0
        });
        if second < 2 || first < second {
            continue;
        }
        for offset in 0..second {
            let (one, other) = (events[start_of_second - second + offset], events[start_of_second + offset]);
            if let (Event::Place(place), Event::Number(number)) | (Event::Number(number), Event::Place(place)) = (one, other) {
                pairs.push((number, place));
            }
        }
    }
    pairs
}

/// "Ruritania (5%)": a name in the place of a place that the codebook lacks.
fn note_unknown_place(parser: &mut Parser<'_>, words: &Annotated, place: TextPlace, sentence: &Range<usize>, number: usize) {
    let start = number_range(&words.numbers[number]).start;
    let before = words.string()[sentence.start..start].trim_end();
    let Some(before) = before.strip_suffix('(') else { return };
    let from = before.rfind([',', ';', ')', ':']).map_or(0, |at| at + 1);
    let name = before[from..].trim();
    let skipped = name.find(char::is_uppercase).unwrap_or(name.len());
    let name = &name[skipped..];
    if name.is_empty() || !looks_like_place(name, parser.writing.language) {
        return;
    }
    let at = sentence.start + before.len() - before[from..].trim_start().len() + before[from..].trim_start().find(name).unwrap_or(0);
    let range = at..at + name.len();
    if let Some(mention) = parser.mention(words, range, sentence.clone()) {
        parser.claims.add(place, words.numbers[number].range.clone());
        parser.facts.push(Fact::UnknownPlace { mention });
    }
}

#[cfg(test)]
mod tests {
    use super::{super::annotated::testing::annotated, *};

    /// Which place each figure of a sentence is tied to.
    fn check(sentence: &str, expected: &str) {
        let words = annotated(sentence);
        let events = events(&words, &(0..sentence.len()), |mention| !is_composite(mention.code));
        let (pairs, alone) = pair(Cues::english(), &words, &events);
        let mut found: Vec<String> = pairs
            .iter()
            .map(|(number, place)| format!("{} {}", words.places[*place].code, words.numbers[*number].value))
            .collect();
        found.extend(alone.iter().map(|number| format!("? {}", words.numbers[*number].value)));
        assert_eq!(found.join(", "), expected, "{sentence}");
    }

    #[test]
    fn figures_before_and_behind_their_places() {
        check(
            "Of these, 67% were present in Serbia, followed by Bosnia and Herzegovina (26%), Albania, Kosovo & Montenegro (two per cent each) and North Macedonia (one per cent).",
            "SRB 67, BIH 26, ALB 2, XKX 2, MNE 2, MKD 1",
        );
        check(
            "Of them, 58% in Bosnia and Herzegovina, 23% in Serbia and 7% in Kosovo.",
            "BIH 58, SRB 23, XKX 7",
        );
        check("Serbia with 22%, Kosovo with 7% and Albania with 5%", "SRB 22, XKX 7, ALB 5");
        check("followed by Serbia 21% / Montenegro 11% / Albania 6%", "SRB 21, MNE 11, ALB 6");
        check("Less than half (46%) were in Serbia, 31% were in Albania", "SRB 46, ALB 31");
    }

    #[test]
    fn several_figures_for_several_places_in_order() {
        check(
            "Serbia, Bosnia and Herzegovina and Albania hosted 66%, 26% and 3% of them respectively",
            "SRB 66, BIH 26, ALB 3",
        );
        check("two per cent each in Albania, Kosovo and Montenegro", "ALB 2, XKX 2, MNE 2");
    }

    #[test]
    fn where_it_is_open_which_place_is_meant_none_is() {
        check("Albania and Kosovo (5%)", "? 5");
        check("Ruritania (5%) and Serbia (7%)", "SRB 7, ? 5");
    }
}
