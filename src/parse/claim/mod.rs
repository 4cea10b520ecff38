//! A document to the claims of its sentences and tables that can be computed again from the page alone, and to figures no careful writer prints.
//!
//! No profile is needed: what is claimed of printed figures holds or fails whatever they measure. Where it is in doubt which figure is
//! meant, several are kept, or the sentence is left alone. Claims in the manner of statcheck (Nuijten et al., *The prevalence of
//! statistical reporting errors in psychology*, 2016), which recomputes the tests that articles print.

mod beside;
mod build;
mod chart;
mod comparison;
mod convention;
mod difference;
mod earlier;
mod fraction;
mod list;
mod moved;
mod pair;
mod rate;
mod repeat;
mod saying;
mod sentence;
mod share;
mod sum;
mod table;
mod tile;
mod words;

use std::{borrow::Cow, ops::Range};

use super::{
    annotated::{Annotated, Writing},
    change,
    number::{NotFigure, NotFigureKind, Number, NumberConvention, SpaceGroups},
    outline::{self, Content, Node, Outline},
    provenance,
};
use crate::{
    layout::{Document, Text},
    schema::{Claim, Fact, Mention},
};
use convention::Evidence;
use sentence::{Recognised, Sentence};
use words::Words;

/// A sentence with more words and figures is a table that lost its lines.
const LONGEST_SENTENCE: usize = 300;
/// A cell with fewer words holds a label or a figure, no sentence.
const WORDS_OF_CELL: usize = 8;

/// What the sentences of a document say.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) claims: Vec<Claim>,
    /// Faulty figures, dates and placeholders, and labels that their marks contradict.
    pub(super) facts: Vec<Fact>,
}

/// Whether it is known how the family of a document writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Known,
    Unknown,
}

/// Reads all running words of a document, which are recognised already; `writing` is how, without a context for its dates.
pub(super) fn read(document: &Document, path: &str, outline: &Outline<'_>, writing: Writing<'_>, family: Family) -> Said {
    let evidence = Evidence::of(document);
    let mut said = Said::default();
    // Words of another language claim nothing that can be read here; figures of a table do.
    let foreign = family == Family::Unknown && evidence.is_foreign();
    let continental = NumberConvention::continental();
    let writing = if foreign {
        Writing {
            convention: &continental,
            ..writing
        }
    } else {
        writing
    };
    let mut reader = Reader {
        document,
        path,
        writing,
        evidence,
        said: &mut said,
    };
    let joined = NumberConvention {
        spaces: SpaceGroups::Joined,
        ..reader.writing.convention.clone()
    };
    let spaced = (family == Family::Unknown && !foreign && !evidence.groups_thousands() && groups_with_spaces(outline)).then(|| {
        let convention = &joined;
        Outline::new(document, Writing { convention, ..writing })
    });
    if spaced.is_some() {
        reader.writing.convention = &joined;
    }
    let outline = spaced.as_ref().unwrap_or(outline);
    for node in &outline.nodes {
        if let (Content::Table { table, cells, .. }, Family::Unknown) = (&node.content, family) {
            reader.table(table, &table::written(cells, reader.writing, foreign));
        }
        if let (Content::Chart { chart, .. }, Family::Unknown) = (&node.content, family) {
            reader.chart(chart);
        }
        if foreign {
            continue;
        }
        match &node.content {
            Content::Block { words, sentences, .. } => {
                if may_speak(words.string()) {
                    reader.portion(words, sentences, Prose::Running);
                }
            }
            Content::Table { table, caption, cells } => {
                for (text, words) in table
                    .caption
                    .iter()
                    .zip(caption)
                    .chain(cells.iter().map(|(cell, words)| (&cell.text, words)))
                {
                    let count = text.string.split_whitespace().take(WORDS_OF_CELL).count();
                    reader.text(text, words, if count < WORDS_OF_CELL { Prose::Label } else { Prose::Running });
                }
            }
            Content::Chart { chart, title } => {
                for (text, words) in chart.title.iter().zip(title) {
                    reader.text(text, words, Prose::Running);
                }
            }
        }
    }
    if family == Family::Unknown && !foreign {
        let repeated = repeat::claims(outline, &said.claims, &|words, range| super::mention(document, path, words, range));
        said.claims.extend(repeated);
        said.claims
            .extend(tile::claims(outline, &|words, range| super::mention(document, path, words, range)));
    }
    said
}

/// Figures with a plain space between groups of three that show how a document writes them all.
const SPACED_FIGURES: usize = 2;

/// Whether some figures of a document can only be read with plain spaces between groups of three: then all are written so.
fn groups_with_spaces(outline: &Outline<'_>) -> bool {
    let of = |node: &Node<'_>| match &node.content {
        Content::Block { words, .. } => table::spaced_figures(words),
        Content::Table { cells, .. } => cells.iter().map(|(_, words)| table::spaced_figures(words)).sum(),
        Content::Chart { .. } => 0,
    };
    outline.nodes.iter().map(of).sum::<usize>() >= SPACED_FIGURES
}

/// Whether a text may hold a figure or a placeholder. Most hold none: they cost one look.
fn may_speak(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || may_hold_placeholder(text)
}

/// Whether a text may hold sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prose {
    Running,
    Label,
}

struct Reader<'a> {
    document: &'a Document,
    path: &'a str,
    writing: Writing<'a>,
    evidence: Evidence,
    said: &'a mut Said,
}

impl Reader<'_> {
    /// A text of which the first portion is recognised.
    fn text(&mut self, text: &Text, first: &Annotated, prose: Prose) {
        if !may_speak(&text.string) {
            return;
        }
        let writing = self.writing;
        self.portion(first, &outline::sentences(first, writing), prose);
        if first.string().len() < text.string.len() {
            for portion in outline::portions(text).into_iter().skip(1) {
                let words = Annotated::new(portion, writing);
                self.portion(&words, &outline::sentences(&words, writing), prose);
            }
        }
    }

    fn portion(&mut self, words: &Annotated, sentences: &[Range<usize>], prose: Prose) {
        let string = words.string();
        let Annotated {
            tokens,
            not_figures,
            malformed,
            periods,
            ..
        } = words;
        let mention = |range: Range<usize>, context: Range<usize>| {
            Some(Mention {
                document: self.path.to_owned(),
                place: provenance(self.document, words.region(range.clone())?),
                quote: string[range.clone()].to_owned(),
                context: string[context.clone()].to_owned(),
                offset: range.start.checked_sub(context.start)?,
            })
        };
        for fault in malformed.iter().filter(|fault| self.evidence.proves(&string[fault.range.clone()])) {
            let around = sentences
                .iter()
                .find(|sentence| sentence.start <= fault.range.start && fault.range.end <= sentence.end);
            let context = around.cloned().unwrap_or(0..string.len());
            self.said
                .facts
                .extend(mention(fault.range.clone(), context).map(|mention| Fact::Malformed {
                    mention,
                    why: fault.why.to_owned(),
                }));
        }
        if prose == Prose::Label || words.numbers.is_empty() {
            return;
        }
        let counts_more = |number: &Number| {
            let word_after = tokens.get(tokens.partition_point(|token| token.range.start < number.range.end));
            number.word && word_after.is_some_and(|token| is_multiplied(&token.folded))
        };
        let (mut numbers, mut changes) = (Cow::Borrowed(&words.numbers), Cow::Borrowed(&words.changes));
        if numbers.iter().any(counts_more) {
            numbers.to_mut().retain(|number| !counts_more(number));
            changes = Cow::Owned(change::changes(string, tokens, &numbers, self.writing.cues));
        }
        let said_otherwise = |found: &NotFigure| {
            let folds = found.kind == NotFigureKind::Name && string[found.range.end..].trim_start_matches(['-', '‑']).starts_with("fold");
            folds || matches!(found.kind, NotFigureKind::Multiple | NotFigureKind::Fraction)
        };
        let mut opaque: Vec<Range<usize>> = periods.iter().map(|mention| mention.core.clone()).collect();
        opaque.extend(not_figures.iter().filter(|found| !said_otherwise(found)).map(|found| found.range.clone()));
        opaque.sort_by_key(|range| (range.start, range.end));
        let faults: Vec<Range<usize>> = malformed.iter().map(|fault| fault.range.clone()).collect();
        let recognised = Recognised {
            text: string,
            tokens,
            numbers: &numbers,
            changes: &changes,
            opaque: &opaque,
            malformed: &faults,
            grouped: self.evidence.groups_thousands(),
            mention: &mention,
        };
        let mut before: Option<Sentence<'_>> = None;
        for range in sentences {
            let sentence = Sentence::new(&recognised, Words::english(), range.clone());
            self.said.claims.extend(claims(&sentence, before.as_ref()));
            before = Some(sentence);
        }
    }
}

fn claims(sentence: &Sentence<'_>, before: Option<&Sentence<'_>>) -> Vec<Claim> {
    let figures = (0..sentence.items.len()).filter(|at| sentence.is_figure(*at)).count();
    if figures == 0 || sentence.items.len() > LONGEST_SENTENCE {
        return Vec::new();
    }
    let mut claims = comparison::claims(sentence, before);
    claims.extend(share::claims(sentence, before));
    claims.extend(rate::claims(sentence));
    claims.extend(sum::claims(sentence));
    claims.extend(list::claims(sentence));
    claims.extend(fraction::claims(sentence));
    claims
}

/// Whether a word makes the number before it a fraction or a multiple.
fn is_multiplied(word: &str) -> bool {
    matches!(
        word,
        "third" | "thirds" | "quarter" | "quarters" | "fifth" | "fifths" | "tenth" | "tenths" | "times" | "fold"
    )
}

/// Whether letters may stand for figures that were never filled in.
fn may_hold_placeholder(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).any(|two| {
        matches!(
            two,
            b"XX" | b"xx" | b"X," | b"x," | b"X." | b"#R" | b"#D" | b"#N" | b"#V" | b"Na" | b"TB" | b"tb"
        )
    }) || bytes.contains(&b'[')
        || bytes.contains(&b'{')
}
