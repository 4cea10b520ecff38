//! What stands around a figure, for those who compare editions and publishers: heading, caption or row label, and the source named.

use std::{collections::BTreeMap, ops::Range};

use super::{
    annotated::Annotated,
    draft::{Draft, TextPlace},
    outline::Content,
    parser::Parser,
    source,
};
use crate::{
    layout::BlockKind,
    schema::{Attached, Attribution, Mention, Method},
};

/// Blocks between a table, chart or headline and the line below it that names its source.
const BLOCKS_TO_SOURCE: usize = 6;
/// Blocks between a headline and the heading that it stands under.
const BLOCKS_TO_HEADING: usize = 12;

/// What stands around the figures of a document. All figures of a table stand under one heading: it is looked for once.
pub(super) struct Surroundings<'p, 'a> {
    parser: &'p Parser<'a>,
    /// By node and rule.
    headings: BTreeMap<(usize, &'p str), Option<Mention>>,
    /// By node.
    notes: BTreeMap<usize, Vec<Mention>>,
    /// By node, and whether the figure stands in words.
    sources: BTreeMap<(usize, bool), Option<Attribution>>,
    /// By text and the sentence's bytes: the publisher that the sentence names, and where.
    named: BTreeMap<(TextPlace, usize, usize), Option<Named>>,
    /// The marks last asked for, and the texts of their notes: all figures of a table have the same.
    footnotes: (&'p [(String, usize)], Vec<String>),
}

/// A publisher, and the bytes of the sentence that name it.
type Named = (&'static str, Range<usize>);

impl<'p, 'a> Surroundings<'p, 'a> {
    pub(super) fn of(parser: &'p Parser<'a>) -> Self {
        Self {
            parser,
            headings: BTreeMap::new(),
            notes: BTreeMap::new(),
            sources: BTreeMap::new(),
            named: BTreeMap::new(),
            footnotes: (&[], Vec::new()),
        }
    }

    /// The texts of the notes that explain the marks of a draft.
    pub(super) fn footnotes(&mut self, draft: &'p Draft) -> Vec<String> {
        if self.footnotes.0 != draft.marks {
            self.footnotes = (&draft.marks, super::footnote::notes(self.parser.outline, &draft.marks));
        }
        self.footnotes.1.clone()
    }

    /// Words around the figure of a draft; `footnotes` are the texts of its notes.
    pub(super) fn attached(&mut self, draft: &'p Draft, footnotes: &[String]) -> Attached {
        let (parser, node) = (self.parser, draft.place.node);
        let in_words = matches!(draft.method, Method::Sentence | Method::List);
        let label = draft.label.as_ref();
        let label = label.and_then(|(place, range)| parser.mention(text_at(parser, *place)?, range.clone(), range.clone()));
        let source = self.source(draft, footnotes, in_words);
        let (heading, notes) = if in_words {
            (None, Vec::new())
        } else {
            let heading = self.headings.entry((node, &draft.rule)).or_insert_with(|| heading(parser, draft));
            let notes = self.notes.entry(node).or_insert_with(|| notes_over(parser, node));
            (heading.clone(), notes.clone())
        };
        Attached {
            heading,
            label,
            notes,
            source: source.filter(|source| source.publisher != parser.profile.publisher),
        }
    }

    /// The publisher that the sentence, a note, a line below or the heading names as the figure's source.
    fn source(&mut self, draft: &Draft, footnotes: &[String], in_words: bool) -> Option<Attribution> {
        let (parser, node) = (self.parser, draft.place.node);
        if in_words && let Some(words) = text_at(parser, draft.place) {
            let start = draft.range.start.checked_sub(draft.offset)?;
            let sentence = start..(start + draft.context.len()).min(words.string().len());
            let printed = words.string().get(sentence.clone())?;
            let named = self
                .named
                .entry((draft.place, start, sentence.end))
                .or_insert_with(|| source::named(printed));
            if let Some((publisher, range)) = named.clone() {
                let range = sentence.start + range.start..sentence.start + range.end;
                return attribution(publisher, parser.mention(words, range, sentence));
            }
        }
        if let Some((note, _)) = footnotes.iter().find_map(|note| source::named(note).map(|found| (note, found))) {
            // The note is found again by its words: it has a place of its own.
            let outline = parser.outline;
            let found = (0..outline.nodes.len()).filter_map(|index| parser.words(Some(index)).map(|words| (index, words)));
            let mut notes = found.filter(|(_, words)| same_words(words.string(), note));
            return notes.next().and_then(|(index, _)| named_in(parser, index));
        }
        let beside = self.sources.entry((node, in_words));
        beside.or_insert_with(|| source_beside(parser, node, in_words)).clone()
    }
}

/// The text of a block, or of a table's cell.
pub(super) fn text_at<'a>(parser: &Parser<'a>, place: TextPlace) -> Option<&'a Annotated> {
    let outline = parser.outline;
    match &outline.nodes.get(place.node)?.content {
        Content::Block { words, .. } => Some(words),
        Content::Table { cells, .. } => cells.get(place.part.checked_sub(1)?).map(|(_, words)| words),
        Content::Chart { .. } => None,
    }
}

/// The heading of the rule over a table or chart, else their own title.
fn heading(parser: &Parser<'_>, draft: &Draft) -> Option<Mention> {
    if !matches!(draft.method, Method::Table | Method::ChartLabel | Method::ChartGeometry) {
        return None;
    }
    let node = draft.place.node;
    let rules = parser.profile.rules.iter().filter(|rule| rule.id == draft.rule);
    let mut over = rules.filter_map(|rule| parser.heading_over(node, rule));
    let words = match over.next() {
        Some((heading, _)) => parser.words(Some(heading))?,
        None => title(parser, node)?,
    };
    let whole = 0..words.string().len();
    parser.mention(words, whole.clone(), whole)
}

fn title<'a>(parser: &Parser<'a>, node: usize) -> Option<&'a Annotated> {
    let outline = parser.outline;
    match &outline.nodes.get(node)?.content {
        Content::Table { caption, .. } => caption.as_ref(),
        Content::Chart { title, .. } => title.as_ref(),
        Content::Block { .. } => None,
    }
}

/// The publisher that a line below a node or the heading over it names as its source.
fn source_beside(parser: &Parser<'_>, node: usize, in_words: bool) -> Option<Attribution> {
    let below = if in_words { 1 } else { BLOCKS_TO_SOURCE };
    for index in (node + 1..parser.outline.nodes.len()).take(below) {
        let Some((block, words)) = parser.outline.nodes[index].block() else {
            continue;
        };
        if opens_source(words.string()) {
            return named_in(parser, index);
        }
        if block.kind == BlockKind::Heading {
            break;
        }
    }
    if in_words { None } else { source_over(parser, node) }
}

/// The source named by the heading over a table, chart or headline: in its words, or in the note that its mark leads to.
fn source_over(parser: &Parser<'_>, node: usize) -> Option<Attribution> {
    if let Some((publisher, words, range)) =
        title(parser, node).and_then(|words| source::named(words.string()).map(|(publisher, range)| (publisher, words, range)))
    {
        return attribution(publisher, parser.mention(words, range, 0..words.string().len()));
    }
    let heading = heading_above(parser, node)?;
    named_in(parser, heading).or_else(|| notes_of(parser, heading).into_iter().find_map(|note| named_in(parser, note)))
}

/// The nearest heading above that is no headline's caption.
fn heading_above(parser: &Parser<'_>, node: usize) -> Option<usize> {
    (node.saturating_sub(BLOCKS_TO_HEADING)..node)
        .rev()
        .find(|above| parser.is_heading(*above))
}

/// The notes that the marks of a heading lead to.
fn notes_of(parser: &Parser<'_>, heading: usize) -> Vec<usize> {
    let words = parser.words(Some(heading));
    let marks = words.into_iter().flat_map(|words| &words.text.marks);
    let marks: Vec<(String, usize)> = marks.map(|mark| (mark.label.clone(), heading)).collect();
    super::footnote::nodes(parser.outline, &marks)
}

fn notes_over(parser: &Parser<'_>, node: usize) -> Vec<Mention> {
    let notes = heading_above(parser, node).map(|heading| notes_of(parser, heading)).unwrap_or_default();
    let whole = |note| {
        let words = parser.words(Some(note))?;
        parser.mention(words, 0..words.string().len(), 0..words.string().len())
    };
    notes.into_iter().filter_map(whole).collect()
}

fn named_in(parser: &Parser<'_>, node: usize) -> Option<Attribution> {
    let words = parser.words(Some(node))?;
    let (publisher, range) = source::named(words.string())?;
    attribution(publisher, parser.mention(words, range, 0..words.string().len()))
}

fn attribution(publisher: &str, mention: Option<Mention>) -> Option<Attribution> {
    Some(Attribution {
        publisher: publisher.to_owned(),
        mention: mention?,
    })
}

/// Whether a block is a line that names a source, and not a sentence that happens to.
fn opens_source(text: &str) -> bool {
    let letters = text.trim_start_matches(|mark: char| !mark.is_alphabetic()).as_bytes();
    ["source", "data source"].iter().any(|word| {
        letters
            .get(..word.len())
            .is_some_and(|beginning| beginning.eq_ignore_ascii_case(word.as_bytes()))
    })
}

fn same_words(text: &str, note: &str) -> bool {
    text.split_whitespace().eq(note.split_whitespace())
}
