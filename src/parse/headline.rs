//! Figures with captions: "3,100 / REGISTRATIONS ON ARRIVAL IN DECEMBER 2024", in either order, in one block or in neighbours.

mod row;

use std::{collections::BTreeMap, ops::Range};

use super::{
    annotated::{Annotated, overlaps},
    dates,
    draft::TextPlace,
    outline::{Content, Outline, Standing},
    parser::{Parser, Said},
    pattern::{Capture, Match, Phrase, Slot},
    profile::{Rule, RuleKind},
    sentence::captured_period,
};
use crate::{layout::BlockKind, schema::Method};
use row::{InRow, figure_in_row};

/// A caption found, with the rule that knows it.
struct Caption<'a> {
    rule: &'a Rule,
    slot: Slot,
    place: TextPlace,
    found: Match,
}

/// Where the figure of a caption may stand: the text, and the figure itself.
#[derive(Debug, Clone, PartialEq)]
struct Candidate {
    place: TextPlace,
    figure: Capture,
    before: bool,
}

/// Captions looked at in one document, so that none can make it endless.
const CAPTIONS: usize = 200;
/// Words between a caption and a figure in the same block that do not part them: "268 children", "a total of".
const WORDS_BETWEEN: usize = 5;
/// Words that a block may hold beside its figure and still be nothing but a figure.
const WORDS_BESIDE: usize = 2;

/// Reads all captions of the document.
pub(super) fn read(parser: &mut Parser<'_>) {
    read_spelled_out(parser);
    let rules = parser.rules(RuleKind::Headline);
    let outline = parser.outline;
    let known: Vec<Known<'_>> = rules.iter().flat_map(|rule| known_captions(outline, rule)).collect();
    let mut captions = Vec::new();
    for (node, content) in outline.nodes.iter().enumerate() {
        match &content.content {
            Content::Block { block, words, .. } if block.kind != BlockKind::Note => {
                let number = outline.number_of(node, 0);
                captions.extend(captions_of(&known, number, words, TextPlace { node, part: 0 }));
            }
            // A row of captions over or under a row of figures, or two columns of them: tiles set as a table.
            Content::Table { table, caption, cells } if table.rows == 2 || table.columns == 2 => {
                let first = usize::from(caption.is_some());
                for (index, (_, words)) in cells.iter().enumerate() {
                    let number = outline.number_of(node, first + index);
                    captions.extend(captions_of(&known, number, words, TextPlace { node, part: index + 1 }));
                }
            }
            _ => {}
        }
    }
    captions.truncate(CAPTIONS);
    settle(parser, &captions);
}

/// Headlines whose phrase holds figure and words in one order: "343 assisted voluntary returns in 2024".
fn read_spelled_out(parser: &mut Parser<'_>) {
    let outline = parser.outline;
    for rule in parser.rules(RuleKind::Headline) {
        for phrase in rule.say.iter().filter(|phrase| phrase.figure_and_caption().is_none()) {
            for (node, content) in outline.nodes.iter().enumerate() {
                let Content::Block { block, words, sentences } = &content.content else {
                    continue;
                };
                let place = TextPlace { node, part: 0 };
                if block.kind == BlockKind::Note {
                    continue;
                }
                for sentence in sentences {
                    let Some(found) = phrase.at_start(words, sentence.clone()) else {
                        continue;
                    };
                    if rule.unless.iter().any(|phrase| phrase.find(words, sentence.clone()).is_some())
                        || Parser::figures(&found.captures).any(|figure| parser.claims.hold(place, &figure.range))
                    {
                        continue;
                    }
                    let figures: Vec<_> = Parser::figures(&found.captures).cloned().collect();
                    for figure in figures {
                        take(parser, rule, &found, place, &Candidate { place, figure, before: true });
                    }
                }
            }
        }
    }
}

/// A caption that a rule knows, with the texts that it may stand in.
struct Known<'a> {
    rule: &'a Rule,
    slot: Slot,
    caption: &'a Phrase,
    standing: Standing,
}

fn known_captions<'a>(outline: &Outline<'_>, rule: &'a Rule) -> impl Iterator<Item = Known<'a>> {
    let captions = rule.say.iter().filter_map(Phrase::figure_and_caption);
    captions.map(move |(slot, caption)| Known {
        rule,
        slot,
        caption,
        standing: outline.standing(caption),
    })
}

/// The captions of a text, which has that number: those that begin earliest, and of these the longest; without overlap.
fn captions_of<'a>(known: &[Known<'a>], number: usize, words: &Annotated, place: TextPlace) -> Vec<Caption<'a>> {
    let whole = 0..words.string().len();
    let mut found: Vec<Caption<'a>> = Vec::new();
    for Known { rule, slot, caption, .. } in known.iter().filter(|known| known.standing.holds(number)) {
        for hit in caption.find_all(words, whole.clone(), 8) {
            if begins_a_caption(words, hit.range.start) && !rule.unless.iter().any(|phrase| phrase.find(words, hit.range.clone()).is_some()) {
                found.push(Caption {
                    rule,
                    slot: *slot,
                    place,
                    found: hit,
                });
            }
        }
    }
    found.sort_by_key(|caption| (caption.found.range.start, std::cmp::Reverse(caption.found.range.end)));
    let mut kept: Vec<Caption<'a>> = Vec::new();
    for caption in found {
        // One caption may carry figures of several kinds: "33% less / compared to …".
        let clash = kept.iter().any(|other| {
            overlaps(&other.found.range, &caption.found.range) && (other.slot == caption.slot || other.found.range != caption.found.range)
        });
        if !clash {
            kept.push(caption);
        }
    }
    kept
}

/// Whether a caption may begin here: at the start of a line or sentence, or right behind a figure.
fn begins_a_caption(words: &Annotated, at: usize) -> bool {
    let before = words.string()[..at].trim_end_matches([' ', '\u{a0}']);
    if before.is_empty() || before.ends_with(['\n', ':', ';', '.', '|', '•', '·', '!', '?', ')', '–', '*', ',', '(']) {
        return true;
    }
    let trimmed = before.trim_end();
    let mut ends = words.numbers.iter().map(|number| number.range.end);
    let mut changes = words.changes.iter().map(|change| change.range.end);
    let mut malformed = words.malformed.iter().map(|figure| figure.range.end);
    let ends_here = |end: usize| (trimmed.len()..=at).contains(&end);
    ends.any(ends_here) || changes.any(ends_here) || malformed.any(ends_here)
}

/// Ties figures to captions: first where only one will do, then by the order that the captions around have.
fn settle(parser: &mut Parser<'_>, captions: &[Caption<'_>]) {
    let mut open: Vec<usize> = (0..captions.len()).collect();
    loop {
        let candidates: BTreeMap<usize, Vec<Candidate>> = open
            .iter()
            .map(|index| (*index, candidates(parser, &captions[*index], captions)))
            .collect();
        let single = open.iter().copied().find(|index| candidates[index].len() == 1);
        let next = single.or_else(|| open.iter().copied().find(|index| candidates[index].len() > 1));
        let Some(index) = next else { return };
        let choices = &candidates[&index];
        let chosen = if choices.len() == 1 {
            choices[0].clone()
        } else {
            let before = candidates.values().filter(|choices| choices.iter().any(|choice| choice.before)).count();
            let after = candidates.values().filter(|choices| choices.iter().any(|choice| !choice.before)).count();
            let wanted = before >= after;
            choices.iter().find(|choice| choice.before == wanted).unwrap_or(&choices[0]).clone()
        };
        let caption = &captions[index];
        take(parser, caption.rule, &caption.found, caption.place, &chosen);
        open.retain(|other| *other != index);
    }
}

/// Unclaimed figures that may be the caption's: in its own block right beside it, else in the block before or after.
fn candidates(parser: &Parser<'_>, caption: &Caption<'_>, captions: &[Caption<'_>]) -> Vec<Candidate> {
    let place = caption.place;
    let Some(words) = text_at(parser, place) else {
        return Vec::new();
    };
    let figures = figures(words, caption.slot);
    let free = figures
        .into_iter()
        .filter(|figure| !parser.claims.hold(place, &figure.range) && !overlaps(&figure.range, &caption.found.range));
    let beside: Vec<_> = free
        .filter_map(|figure| {
            let before = figure.range.end <= caption.found.range.start;
            let between = if before {
                figure.range.end..caption.found.range.start
            } else {
                caption.found.range.end..figure.range.start
            };
            let others = || {
                captions
                    .iter()
                    .filter(|other| other.place == caption.place)
                    .map(|other| &other.found.range)
            };
            let parted = others().any(|other| *other != caption.found.range && overlaps(other, &between));
            (!parted && stands_beside(words, &between)).then_some(Candidate { place, figure, before })
        })
        .collect();
    if !beside.is_empty() {
        return beside;
    }
    match figure_in_row(parser, place) {
        InRow::At(node) => {
            let (place, before) = (TextPlace { node, part: 0 }, node < caption.place.node);
            let figure = lone_figure(parser, place, caption.slot);
            return figure.map(|figure| Candidate { place, figure, before }).into_iter().collect();
        }
        InRow::Unclear => return Vec::new(),
        InRow::NoRow => {}
    }
    let rest_before = words_in(words, &(0..caption.found.range.start));
    let rest_after = words_in(words, &(caption.found.range.end..words.string().len()));
    let before = (rest_before == 0).then(|| neighbours(parser, place, Side::Before)).into_iter().flatten();
    let after = (rest_after <= WORDS_BESIDE)
        .then(|| neighbours(parser, place, Side::After))
        .into_iter()
        .flatten();
    let before = before.map(|place| (place, true));
    let after = after.map(|place| (place, false));
    before
        .chain(after)
        .filter_map(|(place, before)| lone_figure(parser, place, caption.slot).map(|figure| Candidate { place, figure, before }))
        .collect()
}

/// On which side of a caption its figure stands.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Before,
    After,
}

/// The text of a block or cell.
fn text_at<'a>(parser: &Parser<'a>, place: TextPlace) -> Option<&'a Annotated> {
    let outline = parser.outline;
    match &outline.nodes.get(place.node)?.content {
        Content::Block { block, words, .. } => (place.part == 0 && block.kind != BlockKind::Note).then_some(words),
        Content::Table { cells, .. } => place.part.checked_sub(1).and_then(|index| cells.get(index)).map(|(_, words)| words),
        Content::Chart { .. } => None,
    }
}

/// The block right before or after another; the cells right above and to the left, or below and to the right.
fn neighbours(parser: &Parser<'_>, place: TextPlace, side: Side) -> Vec<TextPlace> {
    let Content::Table { cells, .. } = &parser.outline.nodes[place.node].content else {
        let node = if side == Side::Before {
            place.node.checked_sub(1)
        } else {
            Some(place.node + 1)
        };
        let is_block = |node: &usize| parser.outline.nodes.get(*node).is_some_and(|node| node.block().is_some());
        return node.filter(is_block).map(|node| TextPlace { node, part: 0 }).into_iter().collect();
    };
    let Some((own, _)) = place.part.checked_sub(1).and_then(|index| cells.get(index)) else {
        return Vec::new();
    };
    let beside = cells.iter().enumerate().filter(|(_, (cell, _))| {
        let (same_column, same_row) = (cell.column == own.column, cell.row == own.row);
        match side {
            Side::Before => same_column && cell.row + 1 == own.row || same_row && cell.column + 1 == own.column,
            Side::After => same_column && cell.row == own.row + 1 || same_row && cell.column == own.column + 1,
        }
    });
    beside
        .map(|(index, _)| TextPlace {
            node: place.node,
            part: index + 1,
        })
        .collect()
}

/// All figures of a text that fit a slot.
fn figures(words: &Annotated, slot: Slot) -> Vec<Capture> {
    let mut found: Vec<Capture> = Vec::new();
    for token in 0..words.tokens.len() {
        for capture in words.slots_at(token, slot) {
            if !found.iter().any(|known| overlaps(&known.range, &capture.range)) && stands_alone(words.string(), &capture.range) {
                found.push(capture);
            }
        }
    }
    found
}

/// Whether no other digits stand right beside a figure on its line: `3 198` may be one figure or two, and neither half is read.
fn stands_alone(text: &str, figure: &Range<usize>) -> bool {
    let blank = |character: char| character.is_whitespace() && character != '\n';
    let before = text[..figure.start].trim_end_matches(blank).ends_with(|last: char| last.is_ascii_digit());
    let after = text[figure.end..]
        .trim_start_matches(blank)
        .starts_with(|first: char| first.is_ascii_digit());
    !before && !after
}

fn words_in(words: &Annotated, range: &Range<usize>) -> usize {
    words.tokens[words.token_at(range.start)..words.token_at(range.end)]
        .iter()
        .filter(|token| !token.is_punctuation())
        .count()
}

/// Whether nothing between a caption and a figure parts them.
fn stands_beside(words: &Annotated, between: &Range<usize>) -> bool {
    let text = words.string().get(between.clone()).unwrap_or("");
    let figure = words.numbers.iter().any(|number| overlaps(&number.range, between));
    let is_number = |range: &Range<usize>| !words.string()[range.clone()].contains(char::is_alphabetic);
    let clear = !figure
        && !words
            .malformed
            .iter()
            .any(|figure| overlaps(&figure.range, between) && is_number(&figure.range));
    // "… in the region as of 31", broken off within its date.
    let dated = [" as of", " until", " by", " on"].iter().any(|word| text.trim_end().ends_with(word));
    clear && !dated && words_in(words, between) <= WORDS_BETWEEN && !text.contains(['.', ';']) && text.matches('\n').count() <= 1
}

/// The figure of a block that holds nothing else.
fn lone_figure(parser: &Parser<'_>, place: TextPlace, slot: Slot) -> Option<Capture> {
    let words = text_at(parser, place)?;
    if words.numbers.len() != 1 {
        return None;
    }
    let figure = figures(words, slot).into_iter().next()?;
    let beside = words_in(words, &(0..figure.range.start)) + words_in(words, &(figure.range.end..words.string().len()));
    let free = !parser.claims.hold(place, &figure.range);
    (free && beside <= WORDS_BESIDE).then_some(figure)
}

/// Makes the observation of a caption and its figure.
fn take(parser: &mut Parser<'_>, rule: &Rule, found: &Match, place: TextPlace, candidate: &Candidate) {
    let outline = parser.outline;
    let caption = place.node;
    let (Some(words), Some(captioned)) = (text_at(parser, candidate.place), text_at(parser, place)) else {
        return;
    };
    let within = 0..captioned.string().len();
    // A caption's own words, not those of another caption in the same block.
    let own = found.range.clone();
    let writing = parser.writing;
    let printed = captured_period(captioned, found, &within, parser).or_else(|| dates::current(captioned, &own, own.start, writing));
    let heading = parser
        .heading_over(caption, rule)
        .map(|(heading, _)| heading)
        .or((!parser.headings[caption].is_empty()).then_some(caption));
    let Some(period) = parser.period(rule, printed, parser.words(heading)) else {
        return;
    };
    let base = dates::base(captioned, &within, own.start, period, writing);
    let code = |slot| {
        found
            .capture(slot)
            .and_then(|capture| captioned.places.get(capture.index))
            .map(|mention| mention.code.to_owned())
    };
    let mut marks: Vec<_> = Vec::new();
    for mark in captioned.text.marks.iter().filter(|mark| own.start <= mark.at && mark.at <= own.end + 2) {
        marks.push((mark.label.clone(), caption));
    }
    if let Some(heading) = heading.filter(|heading| *heading != caption)
        && let Some((_, heading_words)) = outline.nodes[heading].block()
    {
        marks.extend(heading_words.text.marks.iter().map(|mark| (mark.label.clone(), heading)));
    }
    let said = Said {
        area: code(Slot::Area),
        origin: code(Slot::Origin),
        period: Some(period),
        base,
        marks,
    };
    let whole = 0..words.string().len();
    let drafted = parser.draft(rule, words, candidate.place, &candidate.figure, whole, Method::Headline, &said);
    if let Some(index) = drafted {
        parser.drafts[index].label = Some((place, own.clone()));
    }
    if let Some(index) = drafted.filter(|_| candidate.place != place) {
        // The caption says what the figure is: it is the context.
        let figure = parser.drafts[index].context.clone();
        let (context, offset) = if candidate.before {
            (format!("{figure}\n{}", captioned.string()), parser.drafts[index].offset)
        } else {
            (
                format!("{}\n{figure}", captioned.string()),
                parser.drafts[index].offset + captioned.string().len() + 1,
            )
        };
        parser.drafts[index].context = context;
        parser.drafts[index].offset = offset;
    }
    parser.claims.add(place, own);
}
