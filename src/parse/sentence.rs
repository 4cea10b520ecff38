//! Figures in sentences: "some 7,900 refugees and migrants were estimated to have transited, 47 per cent less than …".

use std::ops::Range;

use super::{
    annotated::Annotated,
    dates,
    draft::TextPlace,
    list,
    outline::Content,
    parser::{Parser, Said},
    pattern::{Match, Phrase, Slot},
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
            // A rule that stands beside another may come before it in the profile: twice round finds it.
            for _ in 0..2 {
                for rule in &sentence_rules {
                    read_sentence(parser, rule, words, place, sentence, count);
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
                            read_sentence(parser, other, words, place, sentence, count);
                        }
                    }
                }
            }
            for rule in &list_rules {
                if let Some(period) = leans_on(parser, rule, words, place.node, sentence, count) {
                    list::read(parser, rule, words, place, sentence, period);
                }
            }
        }
    }
}

/// The period of the figure that a rule's sentence leans on: none where it may not speak here; empty where it needs no other.
#[allow(clippy::option_option)] // two different answers
fn leans_on(parser: &Parser<'_>, rule: &Rule, words: &Annotated, node: usize, sentence: &Range<usize>, count: usize) -> Option<Option<Period>> {
    let stands = |phrases: &[Phrase]| phrases.iter().any(|phrase| phrase.find(words, sentence.clone()).is_some());
    // The words of a sentence, or the heading over it, say what it is about.
    let headed = || !rule.under.is_empty() && parser.heading_over(node, rule).is_some();
    if !rule.when.is_empty() && !stands(&rule.when) && !headed() || stands(&rule.unless) {
        return None;
    }
    match &rule.beside {
        None => Some(None),
        Some(other) => {
            let (spoken, period) = parser.spoken.get(other)?;
            (count - spoken <= SENTENCES_APART).then_some(Some(*period))
        }
    }
}

fn read_sentence(parser: &mut Parser<'_>, rule: &Rule, words: &Annotated, place: TextPlace, sentence: &Range<usize>, count: usize) {
    let Some(leaned) = leans_on(parser, rule, words, place.node, sentence, count) else {
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
        let based = captured_base(words, found, leaned);
        if based.is_some() && based == leaned {
            continue;
        }
        let printed = based
            .or_else(|| captured_period(words, found, sentence, parser))
            .or_else(|| dates::current(words, sentence, at, parser.writing));
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
            base: dates::base(words, sentence, at, period, parser.writing),
            marks: Vec::new(),
        };
        let standing_out = parser.outline.nodes[place.node]
            .block()
            .is_some_and(|(block, _)| block.kind == BlockKind::Headline);
        let method = if standing_out { Method::Headline } else { Method::Sentence };
        for figure in Parser::figures(&found.captures) {
            if parser.draft(rule, words, place, figure, sentence.clone(), method, &said).is_some() {
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
