//! The document laid out for parsing: every block, table and chart in reading order, annotated, with its sentences and the headings above it.

mod index;

use std::ops::Range;

use super::{
    annotated::{Annotated, Writing},
    cue::Cues,
    pattern::Phrase,
};
use crate::layout::{Block, BlockKind, Cell, Chart, Document, Item, Region, Table, Text};
use index::Index;
pub(super) use index::Standing;

/// A document in reading order.
#[derive(Debug)]
pub struct Outline<'a> {
    /// What stands on the pages, in order.
    pub nodes: Vec<Node<'a>>,
    /// The title outside the pages.
    pub title: Option<Annotated>,
    /// Which texts a phrase may stand in.
    index: Index,
    /// For each node, the number of its first text.
    first_texts: Vec<usize>,
}

/// A block, table or chart.
#[derive(Debug)]
pub struct Node<'a> {
    /// Page, from 1.
    pub page: u32,
    /// What it is.
    pub content: Content<'a>,
}

/// What a node holds.
#[derive(Debug)]
pub enum Content<'a> {
    /// Running words.
    Block {
        /// The block.
        block: &'a Block,
        /// Its words.
        words: Annotated,
        /// Its sentences, as bytes of `words`.
        sentences: Vec<Range<usize>>,
    },
    /// A table.
    Table {
        /// The table.
        table: &'a Table,
        /// Its caption.
        caption: Option<Annotated>,
        /// Its cells, in the order of the table's.
        cells: Vec<(&'a Cell, Annotated)>,
    },
    /// A chart.
    Chart {
        /// The chart.
        chart: &'a Chart,
        /// Its title.
        title: Option<Annotated>,
    },
}

impl<'a> Outline<'a> {
    /// Lays a document out.
    pub fn new(document: &'a Document, writing: Writing<'_>) -> Self {
        // A cell or title longer than a paragraph holds no figure that a rule could read.
        let annotate = |text: &Text| Annotated::new(first_portion(text), writing);
        let mut nodes = Vec::new();
        for page in &document.pages {
            for item in &page.items {
                let content = match item {
                    Item::Block(block) => {
                        for text in portions(&block.text) {
                            let mut words = Annotated::new(text, writing);
                            let sentences = sentences(&words, writing);
                            words.prepare(&sentences);
                            let content = Content::Block { block, words, sentences };
                            nodes.push(Node { page: page.number, content });
                        }
                        continue;
                    }
                    Item::Table(table) => Content::Table {
                        table,
                        caption: table.caption.as_ref().map(annotate),
                        cells: table.cells.iter().map(|cell| (cell, annotate(&cell.text))).collect(),
                    },
                    Item::Chart(chart) => Content::Chart {
                        chart,
                        title: chart.title.as_ref().map(annotate),
                    },
                };
                nodes.push(Node { page: page.number, content });
            }
        }
        let mut outline = Self {
            nodes,
            title: document.title.as_ref().map(annotate),
            index: Index::default(),
            first_texts: Vec::new(),
        };
        outline.find_words();
        outline
    }

    /// Numbers all texts, and notes which words stand in which.
    fn find_words(&mut self) {
        let mut number = 0;
        if let Some(title) = &self.title {
            self.index.add(title);
            number += 1;
        }
        for node in &self.nodes {
            self.first_texts.push(number);
            for text in node.texts() {
                self.index.add(text);
                number += 1;
            }
        }
    }

    /// The texts that a phrase may stand in; in all others it does not.
    pub(super) fn standing(&self, phrase: &Phrase) -> Standing {
        self.index.standing(phrase)
    }

    /// Whether a phrase stands in any text.
    pub(super) fn holds(&self, phrase: &Phrase) -> bool {
        let standing = self.standing(phrase);
        let mut texts = self.texts().enumerate().filter(|(number, _)| standing.holds(*number));
        texts.any(|(_, (_, text))| phrase.is_in(text))
    }

    /// The number of a node's text: the first is a block's or caption's words, or else the first cell's.
    pub(super) fn number_of(&self, node: usize, text: usize) -> usize {
        self.first_texts.get(node).map_or(usize::MAX, |first| first + text)
    }

    /// Tells dates by another context.
    pub fn date(&mut self, writing: Writing<'_>) {
        for node in &mut self.nodes {
            let (one, many): (Option<&mut Annotated>, &mut [(&Cell, Annotated)]) = match &mut node.content {
                Content::Block { words, .. } => (Some(words), &mut []),
                Content::Table { caption, cells, .. } => (caption.as_mut(), cells),
                Content::Chart { title, .. } => (title.as_mut(), &mut []),
            };
            for words in one.into_iter().chain(many.iter_mut().map(|(_, words)| words)) {
                words.date(writing);
            }
        }
        if let Some(title) = &mut self.title {
            title.date(writing);
        }
        let mut index = std::mem::take(&mut self.index);
        index.renew_slots(self.texts().map(|(_, text)| text));
        self.index = index;
    }

    /// All texts with the node they are of, in reading order; the title has none.
    pub fn texts(&self) -> impl Iterator<Item = (Option<usize>, &Annotated)> {
        let title = self.title.iter().map(|title| (None, title));
        title.chain(
            self.nodes
                .iter()
                .enumerate()
                .flat_map(|(index, node)| node.texts().map(move |text| (Some(index), text))),
        )
    }
}

impl Node<'_> {
    /// The texts of the node, in reading order; a chart's labels are left to whoever reads the chart.
    pub fn texts(&self) -> impl Iterator<Item = &Annotated> {
        let (one, many): (Option<&Annotated>, &[(&Cell, Annotated)]) = match &self.content {
            Content::Block { words, .. } => (Some(words), &[]),
            Content::Table { caption, cells, .. } => (caption.as_ref(), cells),
            Content::Chart { title, .. } => (title.as_ref(), &[]),
        };
        one.into_iter().chain(many.iter().map(|(_, words)| words))
    }

    /// The block and its words.
    pub fn block(&self) -> Option<(&Block, &Annotated)> {
        match &self.content {
            Content::Block { block, words, .. } => Some((block, words)),
            _ => None,
        }
    }

    /// Whether it can stand over what follows: a heading, or a short line of its own.
    pub fn may_head(&self) -> bool {
        self.block().is_some_and(|(block, _)| block.kind != BlockKind::Note)
    }

    /// Where it stands.
    pub fn region(&self) -> Region {
        match &self.content {
            Content::Block { block, .. } => block.region,
            Content::Table { table, .. } => table.region,
            Content::Chart { chart, .. } => chart.region,
        }
    }
}

/// No paragraph of a report is longer, in bytes; a longer one is read in portions, so that reading takes time in proportion to its length.
const LONGEST_PARAGRAPH: usize = 12_000;

/// The first portion of a text, which is most often the whole.
fn first_portion(text: &Text) -> Text {
    if text.string.len() <= LONGEST_PARAGRAPH {
        text.clone()
    } else {
        portions(text).swap_remove(0)
    }
}

/// A text in portions that end with a sentence, or at least with a word.
pub(super) fn portions(text: &Text) -> Vec<Text> {
    if text.string.len() <= LONGEST_PARAGRAPH {
        return vec![text.clone()];
    }
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.string.len() {
        let mut end = (start + LONGEST_PARAGRAPH).min(text.string.len());
        while !text.string.is_char_boundary(end) {
            end -= 1;
        }
        if end < text.string.len() {
            let portion = &text.string[start..end];
            let cut = portion
                .rfind(". ")
                .map(|at| at + 1)
                .or_else(|| portion.rfind(char::is_whitespace))
                .filter(|cut| *cut > 0);
            end = cut.map_or(end, |cut| start + cut);
        }
        found.push(text.slice(start..end));
        start = end;
    }
    found
}

/// Splits running words into sentences. Abbreviations, decimals and initials do not end one.
pub fn sentences(words: &Annotated, writing: Writing<'_>) -> Vec<Range<usize>> {
    sentence_ranges(words.string(), writing.cues)
}

/// As [`sentences`], of plain characters.
pub(super) fn sentence_ranges(text: &str, cues: &Cues) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut from = 0;
    // The ellipsis begins with a byte that other characters begin with, too.
    while let Some(ahead) = text.as_bytes()[from..].iter().position(|byte| matches!(byte, b'.' | b'!' | b'?' | 0xe2)) {
        let at = from + ahead;
        let Some(character) = text[at..].chars().next() else { break };
        from = at + character.len_utf8();
        if !matches!(character, '.' | '!' | '?' | '…') {
            continue;
        }
        let rest = &text[at + character.len_utf8()..];
        // Closing quotes and brackets belong to the sentence they close.
        let closing = rest.len() - rest.trim_start_matches(['"', '”', '’', ')', ']', '»']).len();
        let after = &rest[closing..];
        if !after.starts_with(char::is_whitespace) && !after.is_empty() {
            continue;
        }
        let begins = after.trim_start().chars().next();
        let opens = begins.is_none_or(|first| first.is_uppercase() || first.is_ascii_digit() || !first.is_alphanumeric());
        let word = text[start..at].rsplit(|before: char| !before.is_alphanumeric()).next().unwrap_or("");
        // "i.e." and "e.g." are several words of one letter each.
        let dotted = word.len() == 1 && text[start..at - word.len()].ends_with('.');
        let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        if character == '.' && (!opens || initial || dotted || cues.is_abbreviation(word)) {
            continue;
        }
        let end = at + character.len_utf8() + closing;
        push_trimmed(text, start..end, &mut found);
        start = end;
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

fn push_trimmed(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    let end = start + part.trim().len();
    if start < end {
        found.push(start..end);
    }
}
