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

use super::{
    annotated::{Annotated, fold_word, tokens},
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

    /// Whether a figure stands in it.
    pub fn is_figure(self) -> bool {
        !matches!(self, Self::Period | Self::Area | Self::Origin)
    }
}

/// A compiled phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    nodes: Vec<Node>,
    /// The caption, where the phrase was written `{figure} / caption`.
    caption: Option<Vec<Node>>,
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

/// Words that a `...` may skip.
const GAP_TOKENS: usize = 20;
/// Punctuation marks that may stand between two matched words.
const PUNCTUATION_RUN: usize = 4;
/// Steps one phrase may take from one starting word, so that no text can drive it to its worst.
const STEPS: u32 = 20_000;

impl Phrase {
    /// Compiles a phrase.
    pub fn compile(written: &str) -> Result<Self, PhraseError> {
        let mut reader = Reader { written, at: 0, depth: 0 };
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
        Ok(Self { nodes, caption })
    }

    /// For `{figure} / caption`: the figure's slot and the caption as a phrase of its own.
    pub fn figure_and_caption(&self) -> Option<(Slot, Self)> {
        let caption = self.caption.as_ref()?;
        match self.nodes.as_slice() {
            [Node::Slot(slot)] => Some((
                *slot,
                Self {
                    nodes: caption.clone(),
                    caption: None,
                },
            )),
            _ => None,
        }
    }

    /// Slots the phrase can catch.
    pub fn slots(&self) -> Vec<Slot> {
        let mut found = Vec::new();
        collect_slots(&self.nodes, &mut found);
        if let Some(caption) = &self.caption {
            collect_slots(caption, &mut found);
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
        let mut token = text.token_at(within.start);
        let end = text.token_at(within.end);
        while token < end && matches.len() < most {
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
        while token < end && text.tokens[token].is_punctuation() && text.slot_starts(token).is_none() {
            token += 1;
        }
        self.match_at(text, token, end).map(|(found, _)| found)
    }

    /// The match that takes in every word of the range.
    pub fn whole(&self, text: &Annotated, within: Range<usize>) -> Option<Match> {
        let (mut token, end) = (text.token_at(within.start), text.token_at(within.end));
        while token < end && text.tokens[token].is_punctuation() && text.slot_starts(token).is_none() {
            token += 1;
        }
        let mut matcher = Matcher {
            text,
            end,
            steps: STEPS,
            whole: true,
        };
        let mut captures = Vec::new();
        let next = matcher.run(&[&self.nodes], token, &mut captures)?;
        Some(finish(text, token, next, captures))
    }

    fn match_at(&self, text: &Annotated, token: usize, end: usize) -> Option<(Match, usize)> {
        if token >= end || !may_start(&self.nodes, text, token) {
            return None;
        }
        let mut matcher = Matcher {
            text,
            end,
            steps: STEPS,
            whole: false,
        };
        let mut captures = Vec::new();
        let next = matcher.run(&[&self.nodes], token, &mut captures)?;
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

/// A cheap look at the first word, so that most starting places cost nothing.
fn may_start(nodes: &[Node], text: &Annotated, token: usize) -> bool {
    match nodes.first() {
        Some(Node::Word { folded, prefix }) => {
            let word = &text.tokens[token].folded;
            if *prefix { word.starts_with(folded.as_str()) } else { word == folded }
        }
        Some(Node::Slot(_)) => text.slot_starts(token).is_some(),
        _ => !text.tokens[token].is_punctuation(),
    }
}

struct Matcher<'a> {
    text: &'a Annotated,
    end: usize,
    steps: u32,
    whole: bool,
}

impl Matcher<'_> {
    /// Matches what is left of a stack of sequences (innermost last), and gives the token after the match.
    fn run(&mut self, stack: &[&[Node]], token: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        self.steps = self.steps.checked_sub(1)?;
        let Some((top, below)) = stack.split_last() else {
            if self.whole {
                let rest = self.text.tokens.get(token..self.end).unwrap_or(&[]);
                return rest.iter().all(super::annotated::Token::is_punctuation).then_some(token);
            }
            return Some(token);
        };
        let Some((node, rest)) = top.split_first() else {
            return self.run(below, token, captures);
        };
        let mut after = below.to_vec();
        after.push(rest);
        match node {
            Node::Word { folded, prefix } => {
                let token = self.skip_punctuation(token)?;
                let word = &self.text.tokens[token].folded;
                let same = if *prefix { word.starts_with(folded.as_str()) } else { word == folded };
                if same { self.run(&after, token + 1, captures) } else { None }
            }
            Node::Slot(slot) => {
                let mut at = token;
                for _ in 0..=PUNCTUATION_RUN {
                    if at >= self.end {
                        return None;
                    }
                    for capture in self.text.slots_at(at, *slot) {
                        let next = self.text.token_at(capture.range.end).max(at + 1);
                        if next > self.end {
                            continue;
                        }
                        captures.push(capture);
                        if let Some(end) = self.run(&after, next, captures) {
                            return Some(end);
                        }
                        captures.pop();
                    }
                    if !self.text.tokens[at].is_punctuation() {
                        return None;
                    }
                    at += 1;
                }
                None
            }
            Node::Optional(inner) => {
                let mut longer = after.clone();
                longer.push(inner);
                let kept = captures.len();
                if let Some(end) = self.run(&longer, token, captures) {
                    return Some(end);
                }
                captures.truncate(kept);
                self.run(&after, token, captures)
            }
            Node::Alternatives(branches) => {
                for branch in branches {
                    let mut longer = after.clone();
                    longer.push(branch);
                    let kept = captures.len();
                    if let Some(end) = self.run(&longer, token, captures) {
                        return Some(end);
                    }
                    captures.truncate(kept);
                }
                None
            }
            Node::Gap => {
                let mut at = token;
                let mut words = 0;
                while at <= self.end && words <= GAP_TOKENS {
                    let kept = captures.len();
                    if let Some(end) = self.run(&after, at, captures) {
                        return Some(end);
                    }
                    captures.truncate(kept);
                    if at >= self.end {
                        return None;
                    }
                    words += usize::from(!self.text.tokens[at].is_punctuation());
                    at += 1;
                }
                None
            }
        }
    }

    fn skip_punctuation(&self, mut token: usize) -> Option<usize> {
        for _ in 0..=PUNCTUATION_RUN {
            if token >= self.end {
                return None;
            }
            if !self.text.tokens[token].is_punctuation() {
                return Some(token);
            }
            token += 1;
        }
        None
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

struct Reader<'a> {
    written: &'a str,
    at: usize,
    depth: u32,
}

/// How deep brackets may nest.
const DEPTH: u32 = 12;

impl Reader<'_> {
    fn error(&self, message: impl Into<String>) -> PhraseError {
        PhraseError {
            at: self.at,
            message: message.into(),
        }
    }

    /// Reads nodes up to one of the closing characters, or a `/` at the top.
    fn sequence(&mut self, closing: &[char], top: bool) -> Result<Vec<Node>, PhraseError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.error("brackets nest too deep"));
        }
        let mut nodes = Vec::new();
        while let Some(character) = self.written[self.at..].chars().next() {
            if closing.contains(&character) || (top && character == '/') {
                break;
            }
            match character {
                '{' => nodes.push(self.slot()?),
                '[' => {
                    let branches = self.branches(']', "[")?;
                    nodes.push(Node::Optional(vec![Node::Alternatives(branches)]));
                }
                '(' => {
                    let branches = self.branches(')', "(")?;
                    nodes.push(Node::Alternatives(branches));
                }
                ']' | ')' | '}' | '|' => return Err(self.error(format!("`{character}` without its opening"))),
                _ if self.written[self.at..].starts_with("...") || character == '…' => {
                    self.at += 3;
                    nodes.push(Node::Gap);
                }
                _ if character.is_alphanumeric() => self.words(&mut nodes),
                _ => self.at += character.len_utf8(),
            }
        }
        self.depth -= 1;
        Ok(nodes)
    }

    /// Reads what stands between brackets, parted by `|`.
    fn branches(&mut self, closing: char, opening: &str) -> Result<Vec<Vec<Node>>, PhraseError> {
        let open = self.at;
        let mut branches = Vec::new();
        loop {
            self.at += 1;
            branches.push(self.sequence(&['|', closing], false)?);
            if !self.written[self.at..].starts_with('|') {
                break;
            }
        }
        self.close(closing, open, opening)?;
        Ok(branches)
    }

    fn close(&mut self, character: char, open: usize, opening: &str) -> Result<(), PhraseError> {
        if self.written[self.at..].starts_with(character) {
            self.at += 1;
            return Ok(());
        }
        Err(PhraseError {
            at: open,
            message: format!("`{opening}` is not closed"),
        })
    }

    fn slot(&mut self) -> Result<Node, PhraseError> {
        let rest = &self.written[self.at..];
        let Some(end) = rest.find('}') else {
            return Err(self.error("`{` is not closed"));
        };
        let name = rest[1..end].trim();
        let Some((_, slot)) = Slot::ALL.iter().find(|(known, _)| *known == name) else {
            let known: Vec<_> = Slot::ALL.iter().map(|(known, _)| format!("{{{known}}}")).collect();
            return Err(self.error(format!("unknown slot `{{{name}}}`; there are {}", known.join(", "))));
        };
        self.at += end + 1;
        Ok(Node::Slot(*slot))
    }

    fn words(&mut self, nodes: &mut Vec<Node>) {
        let rest = &self.written[self.at..];
        let end = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
        let (start, word) = (self.at, &rest[..end]);
        self.at += end;
        let prefix = self.written[self.at..].starts_with('*');
        self.at += usize::from(prefix);
        let words: Vec<_> = tokens(word).into_iter().map(|token| token.folded).collect();
        let last = words.len().saturating_sub(1);
        debug_assert!(start < self.at, "a word has letters");
        nodes.extend(words.into_iter().enumerate().map(|(index, folded)| Node::Word {
            folded: fold_word(&folded),
            prefix: prefix && index == last,
        }));
    }
}

impl Phrase {
    /// All plain words of the phrase, folded.
    pub fn words(&self) -> Vec<String> {
        let mut found = Vec::new();
        collect_words(&self.nodes, &mut found);
        if let Some(caption) = &self.caption {
            collect_words(caption, &mut found);
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

#[cfg(test)]
mod tests {
    use super::{super::annotated::testing::annotated, *};

    /// What a phrase finds in a text, with its slots; empty where it finds nothing.
    fn check(phrase: &str, text: &str, expected: &str) {
        let phrase = Phrase::compile(phrase).unwrap();
        let words = annotated(text);
        let found = phrase.find(&words, 0..text.len()).map_or(String::new(), |found| {
            let slots: Vec<String> = found
                .captures
                .iter()
                .map(|capture| format!("{:?}={}", capture.slot, &text[capture.range.clone()]))
                .collect();
            format!("{} [{}]", &text[found.range], slots.join(", "))
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn words_match_whatever_their_case_accents_and_line_breaks() {
        check(
            "cote d'ivoire asylum",
            "In C\u{f4}te\u{a0}d\u{2019}Ivoire,\nAsylum",
            "C\u{f4}te\u{a0}d\u{2019}Ivoire,\nAsylum []",
        );
        check("transit*", "They transited", "transited []");
        check("transit", "They transited", "");
    }

    #[test]
    fn a_count_takes_its_approximator_with_it() {
        check(
            "{count} ... transit*",
            "some 7,900 refugees have transited",
            "some 7,900 refugees have transited [Count=some 7,900]",
        );
    }

    #[test]
    fn optional_and_alternative_parts_may_nest() {
        let phrase = "{count} [of [these]] (persons|people|refugees and migrants) were present";
        check(
            phrase,
            "3,300 of these people were present",
            "3,300 of these people were present [Count=3,300]",
        );
        check(
            phrase,
            "3,300 refugees and migrants were present",
            "3,300 refugees and migrants were present [Count=3,300]",
        );
        check(phrase, "3,300 goats were present", "");
    }

    #[test]
    fn a_gap_is_as_short_as_will_do_and_not_without_end() {
        check("new ... (arrivals|entries)", "new sea arrivals and entries", "new sea arrivals []");
        let far = format!("new {} arrivals", "word ".repeat(40));
        check("new ... arrivals", &far, "");
    }

    #[test]
    fn a_period_may_start_behind_its_framing_words() {
        check(
            "present at the {period}",
            "present at the end of July:",
            "present at the end of July [Period=end of July]",
        );
        check("as of {period}", "as of 31 July", "as of 31 July [Period=31 July]");
    }

    #[test]
    fn points_need_a_sign_or_an_arrow() {
        check(
            "{origin} {share} {points}",
            "Egypt (33%) \u{2191} +15%",
            "Egypt (33%) \u{2191} +15% [Origin=Egypt, Share=33%, Points=\u{2191} +15%]",
        );
        check("{origin} {share} {points}", "Egypt (33%) 15%", "");
    }

    #[test]
    fn a_headline_gives_its_caption() {
        let phrase = Phrase::compile("{count} / applications for asylum in {period}").unwrap();
        let (slot, caption) = phrase.figure_and_caption().unwrap();
        assert_eq!(slot, Slot::Count);
        let words = annotated("APPLICATIONS FOR ASYLUM IN 2024");
        assert!(caption.whole(&words, 0..words.string().len()).is_some());
    }

    #[test]
    fn faulty_phrases_say_where_and_why() {
        let fault = |phrase: &str| {
            let error = Phrase::compile(phrase).unwrap_err();
            format!("{}: {}", error.at, error.message)
        };
        assert_eq!(fault("{count"), "0: `{` is not closed");
        assert_eq!(fault("some [of these"), "5: `[` is not closed");
        assert_eq!(fault("some) of"), "4: `)` without its opening");
        assert_eq!(
            fault("{number}"),
            "0: unknown slot `{number}`; there are {count}, {share}, {ratio}, {change}, {points}, {period}, {area}, {origin}"
        );
        assert_eq!(fault("   "), "0: the phrase is empty");
        assert_eq!(fault("words / caption"), "0: before ` / ` stands one figure, as in `{count} / caption`");
    }
}
