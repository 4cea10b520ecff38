//! The words of a document's texts to the texts that a phrase may stand in: most phrases stand in few, and the others need no look.
//!
//! Signatures of 64 texts at a time, sliced by bit, as in `BitFunnel` (B. Goodwin et al., "`BitFunnel`: Revisiting signatures for search",
//! 2017): the texts that may hold a word are one row of bits, and a phrase's words are rows to be combined.

use super::super::{
    annotated::{Annotated, Sign, hashes},
    pattern::Phrase,
};

/// Rows of a group; a power of two.
const ROWS: usize = 1024;
/// Texts of a group.
const TEXTS: usize = u64::BITS as usize;

/// What tells which texts a phrase may stand in.
#[derive(Debug, Default)]
pub(super) struct Index {
    groups: Vec<Group>,
    /// Texts in all.
    texts: usize,
}

#[derive(Debug)]
struct Group {
    /// By hash of a word or beginning, a bit for each text that may hold it.
    rows: Vec<u64>,
    /// By kind of slot, a bit for each text that holds something for it.
    slots: [u64; u8::BITS as usize],
}

/// The texts that a phrase may stand in, by number.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Standing(Vec<u64>);

impl Index {
    /// Adds the next text.
    pub(super) fn add(&mut self, text: &Annotated) {
        if self.texts.is_multiple_of(TEXTS) {
            self.groups.push(Group {
                rows: vec![0; ROWS],
                slots: [0; u8::BITS as usize],
            });
        }
        let bit = 1 << (self.texts % TEXTS);
        self.texts += 1;
        let Some(group) = self.groups.last_mut() else { return };
        for hash in hashes(&text.tokens) {
            group.rows[row(hash)] |= bit;
        }
        group.note_slots(text, bit);
    }

    /// Notes anew what the texts hold for slots, where their dates are told by another context.
    pub(super) fn renew_slots<'a>(&mut self, texts: impl Iterator<Item = &'a Annotated>) {
        for group in &mut self.groups {
            group.slots = Default::default();
        }
        for (number, text) in texts.enumerate() {
            if let Some(group) = self.groups.get_mut(number / TEXTS) {
                group.note_slots(text, 1 << (number % TEXTS));
            }
        }
    }

    /// The texts that a phrase may stand in.
    pub(super) fn standing(&self, phrase: &Phrase) -> Standing {
        let in_group = |group: &Group| phrase.may_stand_in(|kinds| group.with_slots(kinds), |sign| group.with_sign(sign));
        Standing(self.groups.iter().map(in_group).collect())
    }
}

impl Group {
    fn note_slots(&mut self, text: &Annotated, bit: u64) {
        let kinds = text.slots();
        for (kind, texts) in self.slots.iter_mut().enumerate() {
            if kinds & (1 << kind) != 0 {
                *texts |= bit;
            }
        }
    }

    /// The texts that hold something for any of these kinds of slots.
    fn with_slots(&self, kinds: u8) -> u64 {
        let some = self.slots.iter().enumerate().filter(|(kind, _)| kinds & (1 << kind) != 0);
        some.fold(0, |all, (_, texts)| all | texts)
    }

    fn with_sign(&self, sign: Sign) -> u64 {
        sign.hash().map_or(u64::MAX, |hash| self.rows[row(hash)])
    }
}

impl Standing {
    /// Whether the phrase may stand in the text of that number.
    pub(in super::super) fn holds(&self, text: usize) -> bool {
        self.0.get(text / TEXTS).is_some_and(|texts| texts & (1 << (text % TEXTS)) != 0)
    }

    /// Takes in the texts of another phrase.
    pub(in super::super) fn add(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        for (own, others) in self.0.iter_mut().zip(&other.0) {
            *own |= others;
        }
    }
}

fn row(hash: u32) -> usize {
    (hash ^ (hash >> 15)) as usize & (ROWS - 1)
}

#[cfg(test)]
mod tests {
    use super::{super::super::annotated::testing::annotated, *};

    #[test]
    fn a_text_that_a_phrase_stands_in_is_never_passed_over() {
        let texts: Vec<String> = (0..200)
            .map(|number| format!("Some 7,900 refugees were in Serbia in month{number}"))
            .collect();
        let words: Vec<Annotated> = texts.iter().map(|text| annotated(text)).collect();
        let mut index = Index::default();
        for text in &words {
            index.add(text);
        }
        for number in [0, 63, 64, 130, 198] {
            let phrase = Phrase::compile(&format!("{{count}} refugees ... (month{number}|other)")).expect("sound");
            let standing = index.standing(&phrase);
            assert!(standing.holds(number), "{number}");
            let granted = (0..words.len()).filter(|text| standing.holds(*text)).count();
            assert!(granted < 60, "{granted}");
            let found: Vec<usize> = (0..words.len()).filter(|text| phrase.is_in(&words[*text])).collect();
            assert_eq!(found, [number]);
        }
        assert!(!index.standing(&Phrase::compile("applications for asylum").expect("sound")).holds(3));
        assert!(!index.standing(&Phrase::compile("refugees").expect("sound")).holds(200));
    }

    #[test]
    fn slots_are_told_anew() {
        let dated = [annotated("present as of end-July 2024")];
        let mut index = Index::default();
        index.add(&annotated("present as of end"));
        let phrase = Phrase::compile("present {period}").expect("sound");
        assert!(!index.standing(&phrase).holds(0));
        index.renew_slots(dated.iter());
        assert!(index.standing(&phrase).holds(0));
    }
}
