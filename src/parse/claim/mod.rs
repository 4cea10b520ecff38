//! A document to the claims of its sentences that can be computed again from the page alone, and to figures no careful writer prints.
//!
//! No profile is needed: what is claimed of printed figures holds or fails whatever they measure. Where it is in doubt which figure is
//! meant, several are kept, or the sentence is left alone. Claims in the manner of statcheck (Nuijten et al., *The prevalence of
//! statistical reporting errors in psychology*, 2016), which recomputes the tests that articles print.

mod beside;
mod build;
mod comparison;
mod convention;
mod fraction;
mod list;
mod pair;
mod saying;
mod sentence;
mod share;
mod sum;
mod words;

use std::ops::Range;

use super::{
    annotated, change,
    cue::Cues,
    language::Language,
    number::{self, NotFigure, NotFigureKind, NumberConvention, Numbers},
    outline, period, provenance,
};
use crate::{
    layout::{Document, Item, Text},
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
    /// Faulty figures, dates and placeholders.
    pub(super) malformed: Vec<Fact>,
}

/// Reads all running words of a document; `convention` is how its family writes numbers, where that is known.
pub(super) fn read(document: &Document, path: &str, convention: Option<&NumberConvention>) -> Said {
    let evidence = Evidence::of(document);
    let mut said = Said::default();
    // Words of another language claim nothing that can be read here.
    if convention.is_none() && evidence.is_foreign() {
        return said;
    }
    let english = NumberConvention::english();
    let mut reader = Reader {
        document,
        path,
        convention: convention.unwrap_or(&english),
        evidence,
        said: &mut said,
    };
    for item in document.pages.iter().flat_map(|page| &page.items) {
        match item {
            Item::Block(block) => reader.text(&block.text, Prose::Running),
            Item::Table(table) => {
                for text in table.caption.iter().chain(table.cells.iter().map(|cell| &cell.text)) {
                    let words = text.string.split_whitespace().take(WORDS_OF_CELL).count();
                    reader.text(text, if words < WORDS_OF_CELL { Prose::Label } else { Prose::Running });
                }
            }
            Item::Chart(chart) => chart.title.iter().for_each(|title| reader.text(title, Prose::Running)),
        }
    }
    said
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
    convention: &'a NumberConvention,
    evidence: Evidence,
    said: &'a mut Said,
}

impl Reader<'_> {
    fn text(&mut self, text: &Text, prose: Prose) {
        // Most texts hold no figure: they cost one look.
        let string = &text.string;
        if !string.bytes().any(|byte| byte.is_ascii_digit()) && !may_hold_placeholder(string) {
            return;
        }
        for portion in outline::portions(text) {
            self.portion(&portion, prose);
        }
    }

    fn portion(&mut self, text: &Text, prose: Prose) {
        let string = text.string.as_str();
        let (language, cues) = (Language::english(), Cues::english());
        let Numbers {
            figures: mut numbers,
            not_figures,
            malformed,
        } = number::read(string, self.convention, language);
        let sentences = outline::sentence_ranges(string, cues);
        let mention = |range: Range<usize>, context: Range<usize>| {
            Some(Mention {
                document: self.path.to_owned(),
                place: provenance(self.document, text.region(range.clone())?),
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
                .malformed
                .extend(mention(fault.range.clone(), context).map(|mention| Fact::Malformed {
                    mention,
                    why: fault.why.to_owned(),
                }));
        }
        if prose == Prose::Label || numbers.is_empty() {
            return;
        }
        let tokens = annotated::tokens(string);
        let periods = period::periods(string, period::PeriodContext::default(), language);
        numbers.retain(|number| {
            let word_after = tokens.get(tokens.partition_point(|token| token.range.start < number.range.end));
            let counts_more = number.word && word_after.is_some_and(|token| is_multiplied(&token.folded));
            !number.in_range && !counts_more && !periods.iter().any(|mention| annotated::overlaps(&mention.range, &number.range))
        });
        let changes = change::changes(string, &tokens, &numbers, cues);
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
            tokens: &tokens,
            numbers: &numbers,
            changes: &changes,
            opaque: &opaque,
            malformed: &faults,
            grouped: self.evidence.groups_thousands(),
            mention: &mention,
        };
        let mut before: Option<Sentence<'_>> = None;
        for range in sentences {
            let sentence = Sentence::new(&recognised, Words::english(), range);
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
