//! What no rule took: headings without figures, promised figures that are missing, numbers nobody claimed, malformed figures.

use std::{collections::BTreeSet, ops::Range};

use super::{
    annotated::{Annotated, number_range, overlaps},
    draft::TextPlace,
    grid,
    number::{self, Number},
    outline::{Content, Node, Standing},
    parser::Parser,
    pattern::Phrase,
    profile::{Rule, RuleKind},
};
use crate::{
    layout::{BlockKind, Page, Region},
    schema::{Fact, Mention, Promise, PromiseState},
};

/// Notes malformed figures and claims them, before any rule may read them.
pub(super) fn malformed(parser: &mut Parser<'_>) {
    let outline = parser.outline;
    for (node, content) in outline.nodes.iter().enumerate() {
        for (part, words) in parts(content) {
            for number::Malformed { range, why } in words.malformed.iter().cloned() {
                let context = sentence_around(content, &range, words);
                if let Some(mention) = parser.mention(words, range.clone(), context) {
                    parser.claims.add(TextPlace { node, part }, range);
                    parser.facts.push(Fact::Malformed {
                        mention,
                        why: why.to_owned(),
                    });
                }
            }
        }
    }
}

/// Notes headings of the layout without a readable figure, and gives the rules that are lost with them.
pub(super) fn unread_sections(parser: &mut Parser<'_>) -> BTreeSet<String> {
    let outline = parser.outline;
    let read: BTreeSet<usize> = parser.drafts.iter().map(|draft| draft.place.node).collect();
    let heading_nodes: Vec<usize> = (0..outline.nodes.len()).filter(|node| !parser.headings[*node].is_empty()).collect();
    let mut lost = BTreeSet::new();
    for (order, node) in heading_nodes.iter().enumerate() {
        let next = heading_nodes.get(order + 1).copied().unwrap_or(outline.nodes.len());
        let end = (node + 1..next).find(|inner| is_foreign_heading(parser, *inner)).unwrap_or(next);
        let promised: Vec<&Rule> = parser.headings[*node]
            .iter()
            .map(|rule| &parser.profile.rules[*rule])
            .filter(|rule| is_promised(parser, rule))
            .collect();
        if promised.is_empty() {
            continue;
        }
        let of_rules = |index: usize| {
            parser
                .drafts
                .iter()
                .any(|draft| draft.place.node == index && promised.iter().any(|rule| rule.id == draft.rule))
        };
        let charts_only = promised.iter().all(|rule| matches!(rule.kind, RuleKind::Chart | RuleKind::Table));
        let told = (*node..end).any(|inner| if charts_only { of_rules(inner) } else { read.contains(&inner) });
        // The same figures may stand under another heading of the same words, as in a table of contents.
        let elsewhere = promised.iter().any(|rule| parser.drafts.iter().any(|draft| draft.rule == rule.id));
        if told || elsewhere {
            continue;
        }
        let Some((block, words)) = outline.nodes[*node].block() else { continue };
        let whole = 0..words.string().len();
        let _ = block;
        let found = what_stands(parser, *node..end);
        if let Some(mention) = parser.mention(words, whole.clone(), whole) {
            lost.extend(promised.iter().map(|rule| rule.id.clone()));
            let rule = format!("{}/{}", parser.profile.family, promised[0].id);
            parser.facts.push(Fact::UnreadSection { rule, mention, found });
        }
    }
    lost
}

fn is_promised(parser: &Parser<'_>, rule: &Rule) -> bool {
    parser.layout.promises.contains(&rule.id) || parser.layout.requires.contains(&rule.id)
}

/// A heading that the family does not know ends a section, unless it only names a place or a period.
fn is_foreign_heading(parser: &Parser<'_>, node: usize) -> bool {
    let Some((block, words)) = parser.outline.nodes[node].block() else {
        return false;
    };
    block.kind == BlockKind::Heading && words.places.is_empty() && words.periods.is_empty()
}

/// What stands in a section instead of figures.
fn what_stands(parser: &Parser<'_>, nodes: Range<usize>) -> String {
    let page = parser.outline.nodes[nodes.start].page;
    let inner = &parser.outline.nodes[nodes.start + 1..nodes.end];
    if inner.iter().any(grid::is_unlabelled_chart) {
        return "a chart whose values are not printed".into();
    }
    if inner
        .iter()
        .any(|node| matches!(node.content, Content::Chart { .. } | Content::Table { .. }))
    {
        return "a chart or table that could not be tied to its labels".into();
    }
    let (start, end) = (
        parser.outline.nodes[nodes.start].region(),
        parser.outline.nodes.get(nodes.end).map(Node::region),
    );
    let shown = parser.document.pages.iter().filter(|shown| shown.number == page);
    let pictures = shown.flat_map(|shown| shown.pictures.iter().filter(move |picture| is_sizeable(**picture, shown)));
    let between = pictures
        .into_iter()
        .any(|picture| follows(*picture, start) && end.is_none_or(|end| !follows(*picture, end)));
    if between { "a picture".into() } else { "nothing".into() }
}

/// Whether a picture is large enough for a chart; icons and logos are not.
fn is_sizeable(picture: Region, page: &Page) -> bool {
    picture
        .bbox()
        .is_none_or(|bbox| bbox.width() * bbox.height() > LEAST_PICTURE * page.width * page.height)
}

/// The share of its page that a chart drawn as a picture takes at least.
const LEAST_PICTURE: f64 = 0.02;

/// Whether a region stands behind another in the file, or below it on its page.
fn follows(region: Region, other: Region) -> bool {
    match (region, other) {
        (Region::Bytes { start, .. }, Region::Bytes { start: before, .. }) => start >= before,
        (Region::Box { page, bbox }, Region::Box { page: same, bbox: before }) => {
            grid::same_page(other, page) && page == same && bbox.bottom >= before.top
        }
        _ => false,
    }
}

/// The layout's promises and what became of them; notes the required figures that are missing.
pub(super) fn promises(parser: &mut Parser<'_>, lost: &BTreeSet<String>) -> Vec<Promise> {
    let mut promises = Vec::new();
    let nothing = parser.drafts.is_empty();
    let (layout, profile) = (parser.layout, parser.profile);
    for (id, required) in layout
        .requires
        .iter()
        .map(|id| (id, true))
        .chain(layout.promises.iter().map(|id| (id, false)))
    {
        if promises.iter().any(|promise: &Promise| promise.rule.ends_with(&format!("/{id}"))) {
            continue;
        }
        let read = parser.drafts.iter().any(|draft| draft.rule == *id);
        let state = if read {
            PromiseState::Read
        } else if lost.contains(id) {
            PromiseState::Lost
        } else {
            PromiseState::Missing
        };
        let rule = format!("{}/{id}", profile.family);
        if required && state == PromiseState::Missing && !nothing {
            let rules: Vec<_> = profile.rules.iter().filter(|rule| rule.id == *id).collect();
            let label = rules.first().map_or_else(|| id.clone(), |rule| rule.label.clone());
            let nearest = nearest(parser, &rules);
            parser.facts.push(Fact::Missing {
                rule: rule.clone(),
                label,
                nearest,
            });
        }
        promises.push(Promise { rule, state });
    }
    promises
}

/// The sentence that shares most words with a rule's phrases; none where fewer than half of them.
fn nearest(parser: &Parser<'_>, rules: &[&Rule]) -> Option<Mention> {
    let wanted: BTreeSet<String> = rules
        .iter()
        .flat_map(|rule| rule.say.iter().chain(&rule.when))
        .flat_map(Phrase::words)
        .collect();
    let mut best: Option<(usize, usize, Range<usize>)> = None;
    for (index, node) in parser.outline.nodes.iter().enumerate() {
        let Content::Block { block, words, sentences } = &node.content else {
            continue;
        };
        if block.kind == BlockKind::Note {
            continue;
        }
        for sentence in sentences {
            let (first, last) = (words.token_at(sentence.start), words.token_at(sentence.end));
            let shared = words.tokens[first..last]
                .iter()
                .filter(|token| wanted.contains(token.folded.as_str()))
                .map(|token| &token.folded)
                .collect::<BTreeSet<_>>()
                .len();
            if best.as_ref().is_none_or(|(most, _, _)| shared > *most) {
                best = Some((shared, index, sentence.clone()));
            }
        }
    }
    let (shared, node, sentence) = best?;
    let (_, words) = parser.outline.nodes[node].block()?;
    (shared >= 3).then(|| parser.mention(words, sentence.clone(), sentence)).flatten()
}

/// Notes numbers that no rule claimed and nothing explains.
pub(super) fn unclaimed(parser: &mut Parser<'_>) {
    let outline = parser.outline;
    let ignored: Vec<(&Phrase, Standing)> = parser.profile.ignore.iter().map(|phrase| (phrase, outline.standing(phrase))).collect();
    for (node, content) in outline.nodes.iter().enumerate() {
        for (text, (part, words)) in parts(content).into_iter().enumerate() {
            if words.numbers.is_empty() {
                continue;
            }
            let text = outline.number_of(node, text);
            let standing = ignored.iter().filter(|(_, standing)| standing.holds(text)).map(|(phrase, _)| *phrase);
            let explained = explained(standing, words);
            for number in &words.numbers {
                let range = number_range(number);
                let place = TextPlace { node, part };
                if parser.claims.hold(place, &range) || explained.iter().any(|known| overlaps(known, &number.range)) || is_no_figure(words, number) {
                    continue;
                }
                let context = sentence_around(content, &number.range, words);
                if let Some(mention) = parser.mention(words, number.range.clone(), context) {
                    parser.facts.push(Fact::Unclaimed { mention });
                }
            }
        }
    }
}

/// Ranges that ignore rules and the shape of numbers explain.
fn explained<'a>(ignored: impl Iterator<Item = &'a Phrase>, words: &Annotated) -> Vec<Range<usize>> {
    let whole = 0..words.string().len();
    let mut explained: Vec<Range<usize>> = Vec::new();
    for phrase in ignored {
        explained.extend(phrase.find_all(words, whole.clone(), 16).into_iter().map(|found| found.range));
    }
    explained.extend(words.not_figures.iter().map(|found| found.range.clone()));
    explained
}

/// Years on their own and single number words are no figures of a report.
fn is_no_figure(words: &Annotated, number: &Number) -> bool {
    let alone = number_range(number).len() == words.string().trim().len();
    number.year_like || number.word && !alone
}

/// The texts of a node with the part they are of.
fn parts<'a>(node: &'a Node<'_>) -> Vec<(usize, &'a Annotated)> {
    match &node.content {
        Content::Block { words, .. } => vec![(0, words)],
        Content::Table { caption, cells, .. } => {
            let caption = caption.iter().map(|caption| (0, caption));
            caption
                .chain(cells.iter().enumerate().map(|(index, (_, words))| (index + 1, words)))
                .collect()
        }
        Content::Chart { title, .. } => title.iter().map(|title| (0, title)).collect(),
    }
}

fn sentence_around(node: &Node<'_>, range: &Range<usize>, words: &Annotated) -> Range<usize> {
    let sentence = match &node.content {
        Content::Block { sentences, .. } => sentences
            .iter()
            .find(|sentence| sentence.start <= range.start && range.end <= sentence.end)
            .cloned(),
        _ => None,
    };
    sentence.unwrap_or(0..words.string().len())
}
