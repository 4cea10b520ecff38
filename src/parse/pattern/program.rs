//! A phrase's nodes to a program of a few kinds of steps, which is run without making anything anew, and to what has to stand in a
//! text for the phrase to stand there.

use std::ops::Range;

use super::{
    super::annotated::{Annotated, Sign, Signs, class, head},
    Node, Slot,
    matching::PUNCTUATION_RUN,
};

/// One step of a program.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// A word.
    Word(Word),
    /// What a slot catches.
    Slot(Slot),
    /// Goes on with the next step, and with another one where that comes to nothing.
    Else(usize),
    /// Goes on with another step.
    Jump(usize),
    /// Up to so many words of any kind.
    Gap,
    /// The phrase is matched.
    Done,
}

/// A word of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    folded: String,
    prefix: bool,
    head: u64,
    /// The bytes of a word's head that are compared.
    mask: u64,
}

/// A phrase as it is run.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// For each step, what may come first from there on.
    firsts: Vec<First>,
    /// Kinds of slots that have to be filled.
    slots: u8,
    /// Of each of these, one has to hold; the shortest first.
    needs: Vec<Need>,
}

/// What may come first.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct First {
    /// A bit for each class of words.
    words: u64,
    /// A bit for each kind of slot.
    slots: u8,
    /// Anything may, or nothing.
    open: bool,
}

/// Words and kinds of slots of which one has to stand in the text.
#[derive(Debug, Clone, PartialEq, Default)]
struct Need {
    signs: Vec<Sign>,
    slots: u8,
    /// Letters of its shortest word: long words are rarer.
    letters: usize,
}

impl Word {
    fn new(folded: &str, prefix: bool) -> Self {
        let mask = if prefix && folded.len() < 8 {
            !(u64::MAX >> (8 * folded.len()))
        } else {
            u64::MAX
        };
        Self {
            folded: folded.to_owned(),
            prefix,
            head: head(folded),
            mask,
        }
    }

    /// Whether it is, or begins, a folded word with that head.
    pub(super) fn is(&self, folded: &str, head: u64) -> bool {
        if head & self.mask != self.head {
            return false;
        }
        match (self.prefix, self.folded.len() <= 8) {
            (true, true) => true,
            (true, false) => folded.starts_with(&self.folded),
            (false, true) => folded.len() == self.folded.len(),
            (false, false) => folded == self.folded,
        }
    }
}

impl Program {
    /// The program of a sequence of nodes.
    pub(super) fn new(nodes: &[Node]) -> Self {
        let mut program = Self::default();
        program.sequence(nodes);
        program.steps.push(Step::Done);
        program.find_firsts();
        let (slots, needs): (Vec<Need>, Vec<Need>) = needs(nodes).into_iter().partition(|need| need.signs.is_empty());
        // Where either of two kinds would do, neither is asked for.
        program.slots = slots
            .iter()
            .filter(|need| need.slots.is_power_of_two())
            .fold(0, |all, need| all | need.slots);
        program.needs = needs;
        program.needs.sort_by_key(|need| (need.signs.len(), std::cmp::Reverse(need.letters)));
        program
    }

    /// Whether all slots may be filled, where something fills these kinds.
    pub(super) fn may_be_filled(&self, slots: u8) -> bool {
        slots & self.slots == self.slots
    }

    /// Whether the phrase may stand among words of these signs.
    pub(super) fn may_stand(&self, signs: &Signs) -> bool {
        self.needs
            .iter()
            .all(|need| need.slots & signs.slots() != 0 || need.signs.iter().any(|sign| signs.may_hold(*sign)))
    }

    /// Which of up to 64 texts the phrase may stand in, a bit for each.
    ///
    /// `slots` tells which of them hold something for any of these kinds of slots, `sign` which of them may hold a sign.
    pub(super) fn may_stand_in(&self, slots: impl Fn(u8) -> u64, sign: impl Fn(Sign) -> u64) -> u64 {
        let kinds = (0..u8::BITS).map(|bit| 1 << bit).filter(|kind| self.slots & kind != 0);
        let mut texts = kinds.fold(u64::MAX, |texts, kind| texts & slots(kind));
        for need in &self.needs {
            if texts == 0 {
                break;
            }
            texts &= need.signs.iter().fold(slots(need.slots), |any, one| any | sign(*one));
        }
        texts
    }

    /// The first token from which a phrase that begins with a word may match; the last where none does.
    pub(super) fn first_start(&self, text: &Annotated, tokens: Range<usize>) -> usize {
        let first = self.firsts[0];
        let end = tokens.end;
        let may_start = |at: &usize| {
            let token = &text.tokens[*at];
            !token.is_punctuation() && (first.open || first.words & token.class() != 0 || first.slots & text.kinds_at(*at) != 0)
        };
        tokens.into_iter().find(may_start).unwrap_or(end)
    }

    /// Whether a step may match at a token.
    pub(super) fn may_match(&self, step: usize, text: &Annotated, token: usize, end: usize) -> bool {
        let first = self.firsts[step];
        if first.open {
            return true;
        }
        for at in token..end.min(token + PUNCTUATION_RUN + 1) {
            if first.slots & text.kinds_at(at) != 0 {
                return true;
            }
            let token = &text.tokens[at];
            if !token.is_punctuation() {
                return first.words & token.class() != 0;
            }
        }
        false
    }

    fn sequence(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Word { folded, prefix } => self.steps.push(Step::Word(Word::new(folded, *prefix))),
                Node::Slot(slot) => self.steps.push(Step::Slot(*slot)),
                Node::Gap => self.steps.push(Step::Gap),
                Node::Optional(inner) => {
                    let choice = self.steps.len();
                    self.steps.push(Step::Else(0));
                    self.sequence(inner);
                    self.steps[choice] = Step::Else(self.steps.len());
                }
                Node::Alternatives(branches) => self.branches(branches),
            }
        }
    }

    fn branches(&mut self, branches: &[Vec<Node>]) {
        let Some((last, others)) = branches.split_last() else { return };
        let mut jumps = Vec::new();
        for branch in others {
            let choice = self.steps.len();
            self.steps.push(Step::Else(0));
            self.sequence(branch);
            jumps.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            self.steps[choice] = Step::Else(self.steps.len());
        }
        self.sequence(last);
        let end = self.steps.len();
        for jump in jumps {
            self.steps[jump] = Step::Jump(end);
        }
    }

    /// From the last step to the first: no step leads back.
    fn find_firsts(&mut self) {
        self.firsts = vec![First::default(); self.steps.len()];
        for step in (0..self.steps.len()).rev() {
            self.firsts[step] = match &self.steps[step] {
                Step::Word(word) => First {
                    words: if word.folded.len() < 2 && word.prefix {
                        u64::MAX
                    } else {
                        1 << class(word.head)
                    },
                    ..First::default()
                },
                Step::Slot(slot) => First {
                    slots: slot.bit(),
                    ..First::default()
                },
                Step::Else(other) => {
                    let (one, other) = (self.firsts[step + 1], self.firsts[*other]);
                    First {
                        words: one.words | other.words,
                        slots: one.slots | other.slots,
                        open: one.open || other.open,
                    }
                }
                Step::Jump(to) => self.firsts[*to],
                Step::Gap | Step::Done => First {
                    open: true,
                    ..First::default()
                },
            };
        }
    }
}

/// What has to stand in a text for a sequence to stand there.
fn needs(nodes: &[Node]) -> Vec<Need> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::Word { folded, prefix } => found.push(Need {
                signs: vec![if *prefix { Sign::of_beginning(folded) } else { Sign::of_word(folded) }],
                slots: 0,
                letters: folded.len(),
            }),
            Node::Slot(slot) => found.push(Need {
                slots: slot.bit(),
                letters: usize::MAX,
                ..Need::default()
            }),
            Node::Optional(_) | Node::Gap => {}
            Node::Alternatives(branches) => found.extend(need_of_any(branches)),
        }
    }
    found
}

/// Of each branch its rarest need; none where a branch needs nothing.
fn need_of_any(branches: &[Vec<Node>]) -> Option<Need> {
    let mut any = Need {
        letters: usize::MAX,
        ..Need::default()
    };
    for branch in branches {
        let rarest = needs(branch)
            .into_iter()
            .min_by_key(|need| (need.signs.len(), std::cmp::Reverse(need.letters)))?;
        any.signs.extend(rarest.signs);
        any.slots |= rarest.slots;
        any.letters = any.letters.min(rarest.letters);
    }
    Some(any)
}
