//! Figures in sentences: "some 7,900 refugees and migrants were estimated to have transited, 47 per cent less than …".

use std::{cell::RefCell, collections::BTreeMap, ops::Range};

use super::{
    annotated::Annotated,
    dates,
    draft::TextPlace,
    list,
    number::NumberKind,
    outline::Content,
    parser::{Parser, Said},
    pattern::{Match, Phrase, Slot},
    period::PeriodKind,
    profile::{Rule, RuleKind},
};
use crate::{
    layout::BlockKind,
    schema::{Method, Period},
};

/// How many sentences later a sentence may still lean on another ("Of these, …").
const SENTENCES_APART: usize = 2;

/// Reads every sentence of the document with the sentence and list rules.
pub(super) fn read(parser: &mut Parser<'_>) {
    let sentence_rules = parser.rules(RuleKind::Sentence);
    let list_rules = parser.rules(RuleKind::List);
    let outline = parser.outline;
    let mut count = 0;
    for (node, content) in outline.nodes.iter().enumerate() {
        let Content::Block { block, words, sentences } = &content.content else {
            continue;
        };
        if block.kind == BlockKind::Note || words.numbers.is_empty() {
            continue;
        }
        let place = TextPlace { node, part: 0 };
        for sentence in sentences {
            count += 1;
            let standing = Standing::default();
            // A rule that stands beside another may come before it in the profile: twice round finds it.
            for _ in 0..2 {
                let before = parser.drafts.len();
                for rule in &sentence_rules {
                    read_sentence(parser, rule, words, place, (sentence, &standing), count);
                }
                if parser.drafts.len() == before {
                    break;
                }
            }
            // A sentence whose own figure cannot be read is still what others lean on.
            for rule in &sentence_rules {
                let told = parser.spoken.get(&rule.id).is_some_and(|(spoken, _)| *spoken == count);
                if !told
                    && rule.about.iter().any(|phrase| phrase.find(words, sentence.clone()).is_some())
                    && !rule.unless.iter().any(|phrase| phrase.find(words, sentence.clone()).is_some())
                {
                    let printed = dates::current(words, sentence, sentence.start, parser.writing);
                    if let Some(period) = parser.period(rule, printed, None) {
                        parser.spoken.insert(rule.id.clone(), (count, period));
                        for other in &sentence_rules {
                            read_sentence(parser, other, words, place, (sentence, &standing), count);
                        }
                    }
                }
            }
            for rule in &list_rules {
                if let Some(period) = leans_on(parser, rule, words, place.node, (sentence, &standing), count) {
                    list::read(parser, rule, words, place, sentence, period);
                }
            }
        }
    }
}

/// Whether the words of one sentence let a rule speak, by rule: it is asked for more than once.
#[derive(Default)]
struct Standing(RefCell<BTreeMap<*const Rule, bool>>);

/// The period of the figure that a rule's sentence leans on: none where it may not speak here; empty where it needs no other.
#[allow(clippy::option_option)] // two different answers
fn leans_on(
    parser: &Parser<'_>,
    rule: &Rule,
    words: &Annotated,
    node: usize,
    (sentence, standing): (&Range<usize>, &Standing),
    count: usize,
) -> Option<Option<Period>> {
    let leaned = match &rule.beside {
        None => None,
        Some(other) => {
            let (spoken, period) = parser.spoken.get(other)?;
            if count - spoken > SENTENCES_APART {
                return None;
            }
            Some(*period)
        }
    };
    let stands = |phrases: &[Phrase]| phrases.iter().any(|phrase| phrase.find(words, sentence.clone()).is_some());
    // The words of a sentence, or the heading over it, say what it is about.
    let headed = || !rule.under.is_empty() && parser.heading_over(node, rule).is_some();
    let speaks = || !(!rule.when.is_empty() && !stands(&rule.when) && !headed() || stands(&rule.unless));
    let mut asked = standing.0.borrow_mut();
    let speaks = *asked.entry(std::ptr::from_ref(rule)).or_insert_with(speaks);
    speaks.then_some(leaned)
}

fn read_sentence(
    parser: &mut Parser<'_>,
    rule: &Rule,
    words: &Annotated,
    place: TextPlace,
    (sentence, standing): (&Range<usize>, &Standing),
    count: usize,
) {
    let Some(leaned) = leans_on(parser, rule, words, place.node, (sentence, standing), count) else {
        return;
    };
    for phrase in &rule.say {
        if phrase.figure_and_caption().is_some() {
            continue;
        }
        let matches = phrase.find_all(words, sentence.clone(), 8);
        let Some(found) = matches
            .iter()
            .find(|found| Parser::figures(&found.captures).all(|figure| !parser.claims.hold(place, &figure.range)))
        else {
            continue;
        };
        let heading = parser.heading_over(place.node, rule).map(|(heading, _)| heading);
        let at = Parser::figures(&found.captures)
            .next()
            .map_or(found.range.start, |figure| figure.range.start);
        let counts = Parser::figures(&found.captures).all(|figure| figure.slot == Slot::Count);
        if found.capture(Slot::Area).is_none() && speaks_of_elsewhere(parser, words, sentence)
            || !counts && of_others(parser, rule, words, place, sentence, at, count)
        {
            continue;
        }
        // "In the same period last year, 9,300 persons transited": a past figure, though its days are told by today's.
        let past = if counts {
            opening_base(parser, rule, words, sentence, at, leaned)
        } else {
            None
        };
        let based = captured_base(words, found, leaned).map(|based| same_months(based, leaned)).or(past);
        if based.is_some() && based == leaned {
            continue;
        }
        let printed = based
            .or_else(|| captured_period(words, found, sentence, parser))
            .or_else(|| dates::current(words, sentence, at, parser.writing));
        // A change shares the days of its figure: earlier ones beside it are what it is measured against.
        let against = printed.zip(leaned).filter(|(printed, leaned)| !counts && printed.end < leaned.start);
        let (printed, against) = match against {
            Some((printed, leaned)) => (Some(leaned), Some(printed)),
            None => (printed, None),
        };
        let period = match printed.or(leaned) {
            None => parser.period(rule, None, parser.words(heading)),
            Some(period) => parser.period(rule, Some(period), None),
        };
        let Some(period) = period else { return };
        let area = found
            .capture(Slot::Area)
            .and_then(|capture| words.places.get(capture.index))
            .map(|mention| mention.code.to_owned());
        let origin = found
            .capture(Slot::Origin)
            .and_then(|capture| words.places.get(capture.index))
            .map(|mention| mention.code.to_owned());
        let said = Said {
            area,
            origin,
            period: Some(period),
            base: against.or_else(|| dates::base(words, sentence, at, period, parser.writing)),
            marks: Vec::new(),
        };
        let standing_out = parser.outline.nodes[place.node]
            .block()
            .is_some_and(|(block, _)| block.kind == BlockKind::Headline);
        let method = if standing_out { Method::Headline } else { Method::Sentence };
        for figure in Parser::figures(&found.captures) {
            let drafted = parser.draft(rule, words, place, figure, sentence.clone(), method, &said);
            if drafted.is_some() && past.is_none() {
                parser.spoken.insert(rule.id.clone(), (count, period));
            }
        }
        return;
    }
}

/// The period a phrase caught in its slot where the rule leans on another's: "against 3,500 in the same period of 2023".
fn captured_base(words: &Annotated, found: &Match, leaned: Option<Period>) -> Option<Period> {
    words.periods.get(found.capture(Slot::Period)?.index)?.resolve(leaned?)
}

/// "compared with 9,300 a year earlier" under a running year means its same months.
fn same_months(based: Period, leaned: Option<Period>) -> Period {
    let Some(leaned) = leaned else { return based };
    let whole_year = Period::years(based.start.year(), based.start.year()) == Some(based);
    if whole_year && leaned.start.year() == leaned.end.year() && leaned.start.year() > based.start.year() && !leaned.is_day() {
        return leaned.months_before(12 * i32::from(leaned.start.year() - based.start.year()));
    }
    based
}

/// The past days that open a sentence and are told by the present ones: "In the same month of 2023, 4,500 persons were present."
fn opening_base(parser: &Parser<'_>, rule: &Rule, words: &Annotated, sentence: &Range<usize>, at: usize, leaned: Option<Period>) -> Option<Period> {
    let mention = words
        .periods
        .iter()
        .find(|mention| sentence.start <= mention.range.start && mention.range.end <= at)?;
    let opens = words.token_at(mention.range.start) <= words.token_at(sentence.start) + 1;
    if !opens || !matches!(mention.kind, PeriodKind::Relative(_)) || !dates::is_base(words, sentence, mention, parser.writing) {
        return None;
    }
    let current = leaned.or_else(|| parser.edition.default_period(rule.period))?;
    mention.resolve(current)
}

/// Whether a sentence places its figures in one country or outside the area described: "through Serbia alone", "in Croatia".
fn speaks_of_elsewhere(parser: &Parser<'_>, words: &Annotated, sentence: &Range<usize>) -> bool {
    let inside = |range: &Range<usize>| sentence.start <= range.start && range.end <= sentence.end;
    let tokens = &words.tokens[words.token_at(sentence.start)..words.token_at(sentence.end)];
    let names_area = tokens.iter().any(|token| parser.writing.cues.names_whole_area(&token.folded))
        || words
            .places
            .iter()
            .any(|mention| inside(&mention.range) && mention.code == parser.profile.area);
    // Shares by country stand in one sentence with the whole: "3,300 persons were present, 60% of them in Serbia".
    let is_change = |index: usize| words.changes.iter().any(|change| change.number == index);
    let shares = words
        .numbers
        .iter()
        .enumerate()
        .any(|(index, number)| number.kind == NumberKind::Percent && inside(&number.range) && !is_change(index));
    if names_area || shares {
        return false;
    }
    words.places.iter().filter(|mention| inside(&mention.range)).any(|mention| {
        let before = words
            .token_at(mention.range.start)
            .checked_sub(1)
            .map(|token| words.tokens[token].folded.as_str());
        before.is_some_and(|word| parser.writing.cues.locates(word))
    })
}

/// Whether a later sentence tells its change of a count of its own: "UNHCR reached 3,450 persons, 12% more than …".
fn of_others(parser: &Parser<'_>, rule: &Rule, words: &Annotated, place: TextPlace, sentence: &Range<usize>, at: usize, count: usize) -> bool {
    let leans = rule.beside.as_ref().and_then(|other| parser.spoken.get(other));
    leans.is_some_and(|(spoken, _)| *spoken != count)
        && words.numbers.iter().any(|number| {
            let own = sentence.start <= number.range.start && number.range.end <= at;
            let dated = words
                .periods
                .iter()
                .any(|mention| mention.range.start < number.range.end && number.range.start < mention.range.end);
            own && number.kind == NumberKind::Count && !dated && !parser.claims.hold(place, &number.range)
        })
}

/// The period a phrase caught in its slot, unless it is what something is compared with.
pub(super) fn captured_period(words: &Annotated, found: &Match, within: &Range<usize>, parser: &Parser<'_>) -> Option<Period> {
    let mentions = found
        .captures
        .iter()
        .filter(|capture| capture.slot == Slot::Period)
        .filter_map(|capture| words.periods.get(capture.index));
    mentions
        .filter(|mention| !dates::is_base(words, within, mention, parser.writing))
        .find_map(|mention| mention.period)
}
