//! A compiled phrase against a text: backtracking over its words, in a bounded number of steps.

use super::{super::annotated::Annotated, Capture, Node};

/// Words that a `...` may skip.
const GAP_TOKENS: usize = 20;
/// Punctuation marks that may stand between two matched words.
const PUNCTUATION_RUN: usize = 4;
/// Steps one phrase may take from one starting word, so that no text can drive it to its worst.
pub(super) const STEPS: u32 = 20_000;

/// One try at a text.
pub(super) struct Matcher<'a> {
    /// The text.
    pub(super) text: &'a Annotated,
    /// The token after the last that may be matched.
    pub(super) end: usize,
    /// Steps left.
    pub(super) steps: u32,
    /// Whether nothing but punctuation may be left over.
    pub(super) whole: bool,
}

impl Matcher<'_> {
    /// Matches what is left of a stack of sequences (innermost last), and gives the token after the match.
    pub(super) fn run(&mut self, stack: &[&[Node]], token: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        self.steps = self.steps.checked_sub(1)?;
        let Some((top, below)) = stack.split_last() else {
            if self.whole {
                let rest = self.text.tokens.get(token..self.end).unwrap_or(&[]);
                return rest.iter().all(super::super::annotated::Token::is_punctuation).then_some(token);
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
