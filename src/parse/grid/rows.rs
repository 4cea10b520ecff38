//! Rows or columns whose cells hold several figures each to observations of the area that the row or column names.

use std::ops::Range;

use super::{
    super::{
        annotated::Annotated,
        dates,
        draft::TextPlace,
        number::NumberKind,
        parser::{Parser, Said},
        pattern::Slot,
        place::looks_like_place,
        profile::Rule,
    },
    labels::{Labelled, read_places},
    relate::relate_shares,
};
use crate::{
    layout::Cell,
    schema::{Fact, Method},
};

/// An area, its marks and the length of its name; a mark's node is `usize::MAX`, which stands for that of the cell being read.
type NamedArea = (String, Vec<(String, usize)>, usize);

/// A row whose cells hold several figures each: "Egypt (33%) ↑ +15%", found by the rule's phrases, all of the area the row names.
pub(super) fn read_row(
    parser: &mut Parser<'_>,
    rule: &Rule,
    cells: &[(&Cell, Annotated)],
    node: usize,
    row: &[usize],
    heading: Option<usize>,
    between: &[usize],
) {
    let in_row: Vec<_> = row.iter().map(|index| (*index, &cells[*index])).collect();
    let area = in_row.iter().find_map(|(_, (_, words))| row_area(parser, words)).or_else(|| {
        let mut outer = Labelled::default();
        for node in between {
            let (_, words) = parser.outline.nodes[*node].block()?;
            read_places(parser, rule, words, &mut outer, false);
        }
        Some((outer.area?, Vec::new(), 0))
    });
    let Some((area, marks, _)) = area else { return };
    let mut parts = Vec::new();
    for (index, (_, words)) in &in_row {
        let before = parts.len();
        parts.extend(read_cell(
            parser,
            rule,
            words,
            TextPlace { node, part: index + 1 },
            0..words.string().len(),
            &area,
            &marks,
            heading,
        ));
        if parts.len() == before {
            note_unknown_origin(parser, words, TextPlace { node, part: index + 1 });
        }
    }
    relate_shares(parser, rule, parts);
}

/// A row of such figures that lost its cells: "Kosovo⁴ Egypt (33%) ↑ +15% Morocco (25%) ↓ -6%".
pub(super) fn read_row_of_words(parser: &mut Parser<'_>, rule: &Rule, words: &Annotated, node: usize, heading: usize) {
    let starts: Vec<_> = words.places.iter().filter(|mention| parser.is_member(mention.code)).cloned().collect();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(words.string().len(), |next| next.range.start);
        let marks: Vec<_> = words
            .text
            .marks
            .iter()
            .filter(|mark| mark.at == start.range.end)
            .map(|mark| (mark.label.clone(), node))
            .collect();
        let place = TextPlace { node, part: 0 };
        let parts = read_cell(parser, rule, words, place, start.range.end..end, start.code, &marks, Some(heading));
        relate_shares(parser, rule, parts);
    }
}

/// Whether a cell names an area and nothing else.
pub(super) fn names_area(parser: &Parser<'_>, words: &Annotated) -> bool {
    row_area(parser, words).is_some()
}

/// The area a cell names and nothing else, with its marks and the length of the name.
fn row_area(parser: &Parser<'_>, words: &Annotated) -> Option<NamedArea> {
    let [mention] = words.places.as_slice() else { return None };
    let alone = words
        .tokens
        .iter()
        .filter(|token| !token.is_punctuation() && (token.range.start < mention.range.start || token.range.end > mention.range.end))
        .count()
        == 0;
    let marks = words.text.marks.iter().map(|mark| (mark.label.clone(), usize::MAX)).collect();
    (alone && words.numbers.is_empty() && parser.is_member(mention.code)).then(|| (mention.code.to_owned(), marks, mention.range.len()))
}

#[allow(clippy::too_many_arguments)] // one cell and all it stands in
fn read_cell(
    parser: &mut Parser<'_>,
    rule: &Rule,
    words: &Annotated,
    place: TextPlace,
    within: Range<usize>,
    area: &str,
    marks: &[(String, usize)],
    heading: Option<usize>,
) -> Vec<usize> {
    let mut made = Vec::new();
    for phrase in &rule.say {
        for found in phrase.find_all(words, within.clone(), 64) {
            if Parser::figures(&found.captures).any(|figure| parser.claims.hold(place, &figure.range)) {
                continue;
            }
            let Some(origin) = found
                .capture(Slot::Origin)
                .and_then(|capture| words.places.get(capture.index))
                .map(|mention| mention.code.to_owned())
            else {
                continue;
            };
            let printed = heading
                .is_none()
                .then(|| dates::current(words, &within, found.range.start, parser.writing))
                .flatten();
            let Some(period) = parser.period(rule, printed, parser.words(heading)) else {
                continue;
            };
            let marks = marks
                .iter()
                .map(|(label, node)| (label.clone(), if *node == usize::MAX { place.node } else { *node }));
            let mut marks: Vec<_> = marks.collect();
            if let Some((_, words)) = heading.and_then(|heading| parser.outline.nodes[heading].block()) {
                marks.extend(words.text.marks.iter().map(|mark| (mark.label.clone(), heading.unwrap_or(place.node))));
            }
            let said = Said {
                area: Some(area.to_owned()),
                origin: Some(origin),
                period: Some(period),
                base: None,
                marks,
            };
            for figure in Parser::figures(&found.captures) {
                made.extend(parser.draft(rule, words, place, figure, found.range.clone(), Method::Table, &said));
            }
        }
    }
    made
}

/// "Atlantis (11%) ↑ +3%": a name in the place of a nationality that the codebook lacks.
fn note_unknown_origin(parser: &mut Parser<'_>, words: &Annotated, place: TextPlace) {
    let Some(number) = words.numbers.first().filter(|number| number.kind == NumberKind::Percent) else {
        return;
    };
    let name = words.string()[..number.range.start].trim_end_matches(['(', ' ', ':', '\u{a0}']);
    let start = name.len() - name.trim_start().len();
    if !words.places.is_empty() || parser.claims.hold(place, &number.range) || !looks_like_place(name.trim(), parser.writing.language) {
        return;
    }
    let whole = 0..words.string().len();
    if let Some(mention) = parser.mention(words, start..name.len(), whole.clone()) {
        parser.claims.add(place, whole);
        parser.facts.push(Fact::UnknownPlace { mention });
    }
}
