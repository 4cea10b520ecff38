//! Lines of one label and one value to observations.

use std::ops::Range;

use super::{
    super::{
        annotated::{Annotated, number_range},
        draft::TextPlace,
        outline::Node,
        parser::Parser,
        profile::Rule,
    },
    Entry,
    take::take,
};
use crate::schema::Method;

/// Lines such as "Afghanistan: 31%" or "July 2024 3,300" under a heading, as they come where a chart was written down as text.
pub(super) fn read_lines(parser: &mut Parser<'_>, rule: &Rule, node: usize, heading: usize, between: &[usize]) {
    let outline = parser.outline;
    // The whole run of such lines is read at once, so that bare months find their years; it is read from its first line.
    let free = |node: usize| parser.headings[node].is_empty() && !parser.claims.touch(node);
    let run_from = |node: usize| {
        outline
            .nodes
            .get(node)
            .and_then(Node::block)
            .filter(|_| free(node))
            .map(|(_, words)| label_and_value(words))
    };
    if node > heading + 1 && run_from(node - 1).flatten().is_some() {
        return;
    }
    let mut texts: Vec<(Annotated, Annotated, usize, Range<usize>)> = Vec::new();
    for at in node..outline.nodes.len() {
        let Some(Some((label, value))) = run_from(at) else { break };
        let Some((_, words)) = outline.nodes[at].block() else { break };
        let annotate = |range: Range<usize>| Annotated::new(words.text.slice(range), parser.writing);
        texts.push((annotate(label), annotate(value.clone()), at, value));
    }
    let entries: Vec<Entry<'_>> = texts
        .iter()
        .enumerate()
        .map(|(index, (label, value, at, _))| Entry {
            value,
            place: TextPlace { node: *at, part: 0 },
            labels: vec![(label, TextPlace { node: *at, part: usize::MAX })],
            position: (index, 0),
            mark: None,
            drawn: None,
            context: format!("{}: {}", label.string(), value.string()),
        })
        .collect();
    let before = parser.drafts.len();
    take(parser, rule, &entries, None, Some(heading), between, Method::List);
    // The value was cut out of its line: the line's own bytes are claimed too.
    for index in before..parser.drafts.len() {
        // Lines stand in the order of their nodes.
        if let Ok(line) = texts.binary_search_by_key(&parser.drafts[index].place.node, |(_, _, at, _)| *at) {
            let (_, _, at, range) = &texts[line];
            let shifted = parser.drafts[index].range.start + range.start..parser.drafts[index].range.end + range.start;
            parser.drafts[index].range = shifted;
            parser.claims.add(TextPlace { node: *at, part: 0 }, range.clone());
        }
    }
}

/// A line that is one label and one value.
fn label_and_value(words: &Annotated) -> Option<(Range<usize>, Range<usize>)> {
    let [number] = words.numbers.as_slice() else { return None };
    let range = number_range(number);
    let text = words.string();
    let (before, after) = (text[..range.start].trim(), text[range.end..].trim());
    let label = |part: &str| part.trim_matches([':', '-', '–', '|', '\t', ' ', '(', ')', '\n', '•']).to_owned();
    let (label_text, at_front) = if after.trim_matches([')', '.', ' ']).is_empty() {
        (label(before), true)
    } else if before.is_empty() {
        (label(after), false)
    } else {
        return None;
    };
    if label_text.is_empty() || label_text.split_whitespace().count() > 6 {
        return None;
    }
    let start = if at_front {
        text.find(&label_text)?
    } else {
        range.end + text[range.end..].find(&label_text)?
    };
    Some((start..start + label_text.len(), range))
}
