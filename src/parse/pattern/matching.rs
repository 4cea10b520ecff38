//! A compiled phrase against a text: backtracking over its words, in a bounded number of steps.

use std::collections::HashSet;

use super::{
    super::annotated::{Annotated, Token},
    Capture,
    program::{Program, Step},
};

/// Words that a `...` may skip.
const GAP_TOKENS: usize = 20;
/// Punctuation marks that may stand between two matched words.
pub(super) const PUNCTUATION_RUN: usize = 4;
/// Steps one phrase may take from one starting word, so that no text can drive it to its worst.
const STEPS: u32 = 20_000;
/// Steps after which it is noted what came to nothing, so that it is not tried twice.
const STEPS_UNNOTED: u32 = 400;

/// One try at a text.
pub(super) struct Matcher<'a> {
    program: &'a Program,
    text: &'a Annotated,
    /// The token after the last that may be matched.
    end: usize,
    extent: Extent,
    /// Steps left.
    steps: u32,
    /// Step and token from which nothing was found.
    failed: HashSet<(usize, usize)>,
}

/// How much of the range has to be matched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Extent {
    /// Any part.
    Part,
    /// Nothing but punctuation may be left over.
    Whole,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(program: &'a Program, text: &'a Annotated, end: usize, extent: Extent) -> Self {
        Self {
            program,
            text,
            end,
            extent,
            steps: STEPS,
            failed: HashSet::new(),
        }
    }

    /// Matches from a token on, and gives the token after the match.
    pub(super) fn run(&mut self, token: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        self.go(0, token, captures)
    }

    fn go(&mut self, mut step: usize, mut token: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        let program = self.program;
        loop {
            self.steps = self.steps.checked_sub(1)?;
            match &program.steps[step] {
                Step::Word(word) => {
                    token = self.skip_punctuation(token)?;
                    let found = &self.text.tokens[token];
                    if !word.is(&found.folded, found.head()) {
                        return None;
                    }
                    (step, token) = (step + 1, token + 1);
                }
                Step::Jump(to) => step = *to,
                Step::Else(other) => {
                    if let Some(end) = self.branch(step + 1, token, captures) {
                        return Some(end);
                    }
                    step = *other;
                }
                Step::Slot(slot) => return self.slot(*slot, step + 1, token, captures),
                Step::Gap => return self.gap(step + 1, token, captures),
                Step::Done => return self.may_end(token).then_some(token),
            }
        }
    }

    /// Tries to go on with a step; what it caught is dropped where it comes to nothing.
    fn branch(&mut self, step: usize, token: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        if !self.program.may_match(step, self.text, token, self.end) || self.failed.contains(&(step, token)) {
            return None;
        }
        let kept = captures.len();
        let found = self.go(step, token, captures);
        if found.is_none() {
            captures.truncate(kept);
            // What is caught before a step has no bearing on what follows it.
            if self.steps < STEPS - STEPS_UNNOTED {
                self.failed.insert((step, token));
            }
        }
        found
    }

    fn slot(&mut self, slot: super::Slot, next: usize, token: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        let text = self.text;
        for at in token..=token + PUNCTUATION_RUN {
            if at >= self.end {
                return None;
            }
            for capture in text.slots_at(at, slot) {
                let behind = text.token_at(capture.range.end).max(at + 1);
                if behind > self.end {
                    continue;
                }
                captures.push(capture);
                if let Some(end) = self.branch(next, behind, captures) {
                    return Some(end);
                }
                captures.pop();
            }
            if !text.tokens[at].is_punctuation() {
                return None;
            }
        }
        None
    }

    fn gap(&mut self, next: usize, token: usize, captures: &mut Vec<Capture>) -> Option<usize> {
        let mut words = 0;
        for at in token..=self.end {
            if let Some(end) = self.branch(next, at, captures) {
                return Some(end);
            }
            if at == self.end {
                return None;
            }
            words += usize::from(!self.text.tokens[at].is_punctuation());
            if words > GAP_TOKENS {
                return None;
            }
        }
        None
    }

    fn may_end(&self, token: usize) -> bool {
        let rest = || self.text.tokens.get(token..self.end).unwrap_or(&[]);
        self.extent == Extent::Part || rest().iter().all(Token::is_punctuation)
    }

    fn skip_punctuation(&self, token: usize) -> Option<usize> {
        let last = self.end.min(token + PUNCTUATION_RUN + 1);
        (token..last).find(|at| !self.text.tokens[*at].is_punctuation())
    }
}
