//! The words of a text to a filter that tells in a few steps that a phrase cannot stand in it.
//!
//! A Bloom filter (B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970) of the words and of their
//! beginnings: what it denies is not there, what it grants has still to be looked for.

use super::word::Token;

/// Beginnings of words that are kept, in bytes.
const SHORTEST: usize = 2;
const LONGEST: usize = 4;
/// Bits for each word: four of them are set.
const BITS_A_WORD: usize = 32;

/// The words of a text, and what its slots may catch.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Signs {
    /// The first of the filter's words of bits; a cell's has no more.
    first: u64,
    more: Vec<u64>,
    slots: u8,
}

/// A word or a word's beginning that is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Sign(Option<u32>);

impl Signs {
    /// The signs of some words; `slots` has a bit for each kind of slot that something among them fills.
    pub(super) fn of(tokens: &[Token], slots: u8) -> Self {
        let words = tokens.iter().filter(|token| !token.is_punctuation()).count();
        let words_of_bits = (words * BITS_A_WORD / 64).next_power_of_two();
        let mut signs = Self {
            first: 0,
            more: vec![0; words_of_bits - 1],
            slots,
        };
        hashes(tokens).for_each(|hash| signs.set(hash));
        signs
    }

    /// Whether the sign may stand among the words.
    pub(in super::super) fn may_hold(&self, sign: Sign) -> bool {
        sign.0.is_none_or(|hash| {
            let (index, bit) = self.position(hash);
            let word = index.checked_sub(1).map_or(self.first, |index| self.more[index]);
            word & bit != 0
        })
    }

    /// The kinds of slot that something fills.
    pub(in super::super) fn slots(&self) -> u8 {
        self.slots
    }

    fn set(&mut self, hash: u32) {
        let (index, bit) = self.position(hash);
        match index.checked_sub(1) {
            None => self.first |= bit,
            Some(index) => self.more[index] |= bit,
        }
    }

    fn position(&self, hash: u32) -> (usize, u64) {
        let mixed = hash ^ (hash >> 15);
        // There are a power of two of them, one more than `more` has.
        ((mixed >> 6) as usize & self.more.len(), 1 << (mixed & 63))
    }
}

impl Sign {
    /// What it is the hash of, where it tells anything.
    pub(in super::super) fn hash(self) -> Option<u32> {
        self.0
    }

    /// The sign of a folded word.
    pub(in super::super) fn of_word(folded: &str) -> Self {
        let mut hash = Hash::new();
        folded.bytes().for_each(|byte| hash.take(u32::from(byte)));
        Self(Some(hash.ended()))
    }

    /// The sign of how a folded word begins; too short a beginning tells nothing.
    pub(in super::super) fn of_beginning(folded: &str) -> Self {
        if folded.len() < SHORTEST {
            return Self(None);
        }
        let mut hash = Hash::new();
        folded.bytes().take(LONGEST).for_each(|byte| hash.take(u32::from(byte)));
        Self(Some(hash.0))
    }
}

/// The hashes of some words and of their beginnings.
pub(in super::super) fn hashes(tokens: &[Token]) -> impl Iterator<Item = u32> {
    tokens.iter().filter(|token| !token.is_punctuation()).flat_map(|token| {
        let bytes = token.folded.as_bytes();
        let mut hash = Hash::new();
        let mut beginnings = [None; LONGEST + 1 - SHORTEST];
        for (length, byte) in (1..).zip(bytes) {
            hash.take(u32::from(*byte));
            if let Some(beginning) = usize::checked_sub(length, SHORTEST).and_then(|index| beginnings.get_mut(index)) {
                *beginning = Some(hash.0);
            }
        }
        beginnings.into_iter().flatten().chain([hash.ended()])
    })
}

/// FNV-1a, which gives the hash of every beginning on its way to that of the whole.
struct Hash(u32);

impl Hash {
    fn new() -> Self {
        Self(0x811c_9dc5)
    }

    fn take(&mut self, value: u32) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0100_0193);
    }

    /// Of a whole word, which differs from that of a beginning.
    fn ended(mut self) -> u32 {
        self.take(0x100);
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::word::{fold_word, tokens},
        *,
    };

    #[test]
    fn a_word_that_stands_there_and_its_beginnings_are_never_denied() {
        let text = "Some 7,900 refugees, asylum-seekers and Côte d’Ivoire’s migrants were estimated to have transited";
        let signs = Signs::of(&tokens(text), 0);
        for word in text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let folded = fold_word(word);
            assert!(signs.may_hold(Sign::of_word(&folded)), "{word}");
            for (end, _) in folded.char_indices() {
                assert!(signs.may_hold(Sign::of_beginning(&folded[..end])), "{word} up to {end}");
            }
        }
    }

    #[test]
    fn most_words_that_do_not_stand_there_are_denied() {
        let signs = Signs::of(&tokens("refugees and migrants present in the region at the end of the month"), 0);
        let strange = "applications asylum intentions nationalities reception occupancy returns grants permits voluntary";
        let granted = strange.split(' ').filter(|word| signs.may_hold(Sign::of_word(word))).count();
        assert!(granted <= 2, "{granted}");
        assert!(!Signs::of(&[], 0).may_hold(Sign::of_word("refugees")));
    }
}
