//! The phrase language of profiles: a phrase is compiled once and matched against the words of an [`Annotated`] text.
//!
//! | written | matches |
//! |---|---|
//! | `were estimated` | these words, whatever their case, accents, punctuation and line breaks between them |
//! | `transit*` | a word that begins so |
//! | `[as part of]`, `[in\|during]` | these words, one of them, or nothing |
//! | `(persons\|people)` | one of them |
//! | `...` | up to twenty words of any kind, as few as will do |
//! | `{count}` | a typed slot, see [`Slot`] |
//! | `{count} / registrations on arrival` | in headlines: a figure and its caption, in either order |

use std::ops::Range;

mod compile;
mod matching;
mod program;
#[cfg(test)]
mod tests;

use compile::Reader;
use matching::{Extent, Matcher};
use program::Program;

use super::{
    annotated::{Annotated, Sign, Signs},
    number::NumberKind,
};

/// What stands in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// `{count}`: a number that is no percentage, with its approximator.
    Count,
    /// `{share}`: a percentage of a whole.
    Share,
    /// `{ratio}`: a percentage that one count is of another.
    Ratio,
    /// `{change}`: a relative change with its direction, in any of the ways the language has.
    Change,
    /// `{points}`: a change of a share in percentage points, with its sign or arrow.
    Points,
    /// `{period}`: days, months, years.
    Period,
    /// `{area}`: a place.
    Area,
    /// `{origin}`: a nationality or country of origin.
    Origin,
}

impl Slot {
    const ALL: [(&'static str, Self); 8] = [
        ("count", Self::Count),
        ("share", Self::Share),
        ("ratio", Self::Ratio),
        ("change", Self::Change),
        ("points", Self::Points),
        ("period", Self::Period),
        ("area", Self::Area),
        ("origin", Self::Origin),
    ];

    /// A bit that stands for it; what fills an `{area}` fills an `{origin}`.
    pub(super) fn bit(self) -> u8 {
        match self {
            Self::Count => 1,
            Self::Share => 1 << 1,
            Self::Ratio => 1 << 2,
            Self::Change => 1 << 3,
            Self::Points => 1 << 4,
            Self::Period => 1 << 5,
            Self::Area | Self::Origin => 1 << 6,
        }
    }

    /// Whether a figure stands in it.
    pub fn is_figure(self) -> bool {
        !matches!(self, Self::Period | Self::Area | Self::Origin)
    }
}

/// A compiled phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    nodes: Vec<Node>,
    program: Program,
    /// The caption, where the phrase was written `{figure} / caption`.
    caption: Option<Box<Self>>,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Word { folded: String, prefix: bool },
    Slot(Slot),
    Optional(Vec<Node>),
    Alternatives(Vec<Vec<Node>>),
    Gap,
}

/// A faulty phrase: where in it, in bytes, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseError {
    /// Byte of the phrase.
    pub at: usize,
    /// What is wrong, in lower case, without full stop.
    pub message: String,
}

/// Something a slot caught.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    /// Which slot.
    pub slot: Slot,
    /// Bytes of the text, approximators and signs included.
    pub range: Range<usize>,
    /// Index among the annotations of the slot's kind.
    pub index: usize,
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Match {
    /// Bytes of the text from the first matched word to the last.
    pub range: Range<usize>,
    /// What the slots caught, in order.
    pub captures: Vec<Capture>,
}

impl Match {
    /// The first capture of a slot.
    pub fn capture(&self, slot: Slot) -> Option<&Capture> {
        self.captures.iter().find(|capture| capture.slot == slot)
    }
}

impl Phrase {
    /// Compiles a phrase.
    pub fn compile(written: &str) -> Result<Self, PhraseError> {
        let mut reader = Reader::new(written);
        let nodes = reader.sequence(&[], true)?;
        let rest = &written[reader.at..];
        let caption = if rest.starts_with('/') {
            reader.at += 1;
            let caption = reader.sequence(&[], false)?;
            if !matches!(nodes.as_slice(), [Node::Slot(slot)] if slot.is_figure()) {
                return Err(PhraseError {
                    at: 0,
                    message: "before ` / ` stands one figure, as in `{count} / caption`".into(),
                });
            }
            Some(caption)
        } else {
            None
        };
        if reader.at < written.len() {
            return Err(reader.error(format!("unexpected `{}`", &written[reader.at..=reader.at])));
        }
        if nodes.is_empty() || caption.as_ref().is_some_and(Vec::is_empty) {
            return Err(PhraseError {
                at: 0,
                message: "the phrase is empty".into(),
            });
        }
        Ok(Self {
            caption: caption.map(|caption| Box::new(Self::new(caption))),
            ..Self::new(nodes)
        })
    }

    fn new(nodes: Vec<Node>) -> Self {
        Self {
            program: Program::new(&nodes),
            nodes,
            caption: None,
        }
    }

    /// For `{figure} / caption`: the figure's slot and the caption as a phrase of its own.
    pub fn figure_and_caption(&self) -> Option<(Slot, &Self)> {
        let caption = self.caption.as_deref()?;
        match self.nodes.as_slice() {
            [Node::Slot(slot)] => Some((*slot, caption)),
            _ => None,
        }
    }

    /// Slots the phrase can catch.
    pub fn slots(&self) -> Vec<Slot> {
        let mut found = Vec::new();
        collect_slots(&self.nodes, &mut found);
        if let Some(caption) = &self.caption {
            collect_slots(&caption.nodes, &mut found);
        }
        found
    }

    /// The first match that starts within the byte range, and lies in it.
    pub fn find(&self, text: &Annotated, within: Range<usize>) -> Option<Match> {
        self.find_all(text, within, 1).pop()
    }

    /// Whether the phrase stands anywhere in the text.
    pub fn is_in(&self, text: &Annotated) -> bool {
        self.find(text, 0..text.text.string.len()).is_some()
    }

    /// Matches in order, without overlap, at most `most`.
    pub fn find_all(&self, text: &Annotated, within: Range<usize>, most: usize) -> Vec<Match> {
        let mut matches = Vec::new();
        let signs = text.signs(&within);
        if !self.program.may_be_filled(signs.map_or(text.slots(), Signs::slots)) || signs.is_some_and(|signs| !self.program.may_stand(signs)) {
            return matches;
        }
        let mut token = text.token_at(within.start);
        let end = text.token_at(within.end);
        while matches.len() < most {
            token = self.next_start(text, token..end);
            if token >= end {
                break;
            }
            match self.match_at(text, token, end) {
                Some((found, next)) => {
                    matches.push(found);
                    token = next.max(token + 1);
                }
                None => token += 1,
            }
        }
        matches
    }

    /// The match that begins with the first word of the range, if there is one.
    pub fn at_start(&self, text: &Annotated, within: Range<usize>) -> Option<Match> {
        let (mut token, end) = (text.token_at(within.start), text.token_at(within.end));
        while token < end && text.tokens[token].is_punctuation() && !text.slot_starts(token) {
            token += 1;
        }
        self.match_at(text, token, end).map(|(found, _)| found)
    }

    /// The match that takes in every word of the range.
    pub fn whole(&self, text: &Annotated, within: Range<usize>) -> Option<Match> {
        let (mut token, end) = (text.token_at(within.start), text.token_at(within.end));
        while token < end && text.tokens[token].is_punctuation() && !text.slot_starts(token) {
            token += 1;
        }
        let mut matcher = Matcher::new(&self.program, text, end, Extent::Whole);
        let mut captures = Vec::new();
        let next = matcher.run(token, &mut captures)?;
        Some(finish(text, token, next, captures))
    }

    /// Which of up to 64 texts the phrase may stand in, a bit for each.
    ///
    /// `slots` tells which of them hold something for any of these kinds of slots, `sign` which of them may hold a sign.
    pub(super) fn may_stand_in(&self, slots: impl Fn(u8) -> u64, sign: impl Fn(Sign) -> u64) -> u64 {
        self.program.may_stand_in(slots, sign)
    }

    /// The first token that the phrase may start with, or the end: most are passed over by one look at each.
    fn next_start(&self, text: &Annotated, tokens: Range<usize>) -> usize {
        match self.nodes.first() {
            Some(Node::Slot(_)) => {
                let end = tokens.end;
                tokens.into_iter().find(|at| text.slot_starts(*at)).unwrap_or(end)
            }
            _ => self.program.first_start(text, tokens),
        }
    }

    /// Whether the phrase may start with a token: a word with itself, a slot with anything that any slot may catch.
    fn may_start(&self, text: &Annotated, token: usize) -> bool {
        match self.nodes.first() {
            Some(Node::Slot(_)) => text.slot_starts(token),
            _ => !text.tokens[token].is_punctuation(),
        }
    }

    fn match_at(&self, text: &Annotated, token: usize, end: usize) -> Option<(Match, usize)> {
        if token >= end || !self.may_start(text, token) || !self.program.may_match(0, text, token, end) {
            return None;
        }
        let mut matcher = Matcher::new(&self.program, text, end, Extent::Part);
        let mut captures = Vec::new();
        let next = matcher.run(token, &mut captures)?;
        (next > token).then(|| (finish(text, token, next, captures), next))
    }
}

fn finish(text: &Annotated, token: usize, next: usize, captures: Vec<Capture>) -> Match {
    let start = captures
        .first()
        .map_or(usize::MAX, |capture| capture.range.start)
        .min(text.tokens[token].range.start);
    let end = text.tokens[..next].last().map_or(start, |last| last.range.end);
    Match {
        range: start..end.max(start),
        captures,
    }
}

fn collect_slots(nodes: &[Node], found: &mut Vec<Slot>) {
    for node in nodes {
        match node {
            Node::Slot(slot) => found.push(*slot),
            Node::Optional(inner) => collect_slots(inner, found),
            Node::Alternatives(branches) => branches.iter().for_each(|branch| collect_slots(branch, found)),
            Node::Word { .. } | Node::Gap => {}
        }
    }
}

/// Whether a number's kind fits a slot.
pub(super) fn fits(slot: Slot, kind: NumberKind) -> bool {
    match slot {
        Slot::Count => kind == NumberKind::Count,
        Slot::Share | Slot::Ratio => kind == NumberKind::Percent,
        Slot::Points => matches!(kind, NumberKind::Percent | NumberKind::Points),
        _ => false,
    }
}
impl Phrase {
    /// All plain words of the phrase, folded.
    pub fn words(&self) -> Vec<String> {
        let mut found = Vec::new();
        collect_words(&self.nodes, &mut found);
        if let Some(caption) = &self.caption {
            collect_words(&caption.nodes, &mut found);
        }
        found
    }
}

fn collect_words(nodes: &[Node], found: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::Word { folded, .. } => found.push(folded.clone()),
            Node::Optional(inner) => collect_words(inner, found),
            Node::Alternatives(branches) => branches.iter().for_each(|branch| collect_words(branch, found)),
            Node::Slot(_) | Node::Gap => {}
        }
    }
}
