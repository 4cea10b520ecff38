//! Words that tell how figures hang together: which way a change goes, what is compared, what a list leaves out. Data, by language.

use std::{collections::BTreeSet, sync::OnceLock};

use serde::Deserialize;

use crate::schema::{Direction, Sex};

/// The words of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cues {
    up: BTreeSet<String>,
    down: BTreeSet<String>,
    up_before: BTreeSet<String>,
    down_before: BTreeSet<String>,
    breaks_change: BTreeSet<String>,
    links_change: BTreeSet<String>,
    no_change: BTreeSet<String>,
    restates: BTreeSet<String>,
    share_of: BTreeSet<String>,
    sums_up: BTreeSet<String>,
    whole_area: BTreeSet<String>,
    each: BTreeSet<String>,
    compares: BTreeSet<String>,
    compares_beside: BTreeSet<String>,
    locates: BTreeSet<String>,
    abbreviations: BTreeSet<String>,
    partial: BTreeSet<String>,
    ranking: BTreeSet<String>,
    respectively: BTreeSet<String>,
    joins: BTreeSet<String>,
    parts: BTreeSet<String>,
    total: BTreeSet<String>,
    male: BTreeSet<String>,
    female: BTreeSet<String>,
    nil: BTreeSet<String>,
    column_of_changes: BTreeSet<String>,
}

impl Cues {
    /// English.
    pub fn english() -> &'static Self {
        static ENGLISH: OnceLock<Cues> = OnceLock::new();
        ENGLISH.get_or_init(|| toml::from_str(include_str!("cue/en.toml")).expect("the embedded word list is tested"))
    }

    /// Which way a word behind a percentage points.
    pub fn behind(&self, word: &str) -> Option<Direction> {
        way(&self.up, &self.down, word)
    }

    /// Which way a word before a percentage points.
    pub fn before(&self, word: &str) -> Option<Direction> {
        way(&self.up_before, &self.down_before, word)
    }

    /// Whether a word behind a percentage tells that it is no change.
    pub fn breaks_change(&self, word: &str) -> bool {
        self.breaks_change.contains(word)
    }

    /// Whether a word that points up or down does not, behind another: "made up 79%".
    pub fn is_no_change(&self, before: &str, word: &str) -> bool {
        self.no_change.iter().any(|phrase| phrase.split_once(' ') == Some((before, word)))
    }

    /// Whether a word ties a percentage to a verb of change further before.
    pub fn links_change(&self, word: &str) -> bool {
        self.links_change.contains(word)
    }

    /// Whether a word links a count with the percentage that says the same.
    pub fn restates(&self, word: &str) -> bool {
        self.restates.contains(word)
    }

    /// Whether a word behind a percentage makes it a share of what follows.
    pub fn is_share_of(&self, word: &str) -> bool {
        self.share_of.contains(word)
    }

    /// Whether a word may stand before the noun that sums a change up: "representing an overall".
    pub fn sums_up(&self, word: &str) -> bool {
        self.sums_up.contains(word)
    }

    /// Whether a word means the whole area that the report describes: "the region".
    pub fn names_whole_area(&self, word: &str) -> bool {
        self.whole_area.contains(word)
    }

    /// Whether a word before a figure says it of each of the places before it: "both with nine per cent".
    pub fn tells_each(&self, word: &str) -> bool {
        self.each.contains(word)
    }

    /// Whether a comparison follows the word.
    pub fn compares(&self, word: &str) -> bool {
        self.compares.contains(word)
    }

    /// Whether a comparison follows the word where a change stands right before it.
    pub fn compares_beside(&self, word: &str) -> bool {
        self.compares_beside.contains(word)
    }

    /// Whether a place right behind the word is where something happens.
    pub fn locates(&self, word: &str) -> bool {
        self.locates.contains(word)
    }

    /// Whether a full stop after the word ends no sentence.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(&word.to_lowercase())
    }

    /// Whether a list with this word names only some of its kind.
    pub fn tells_partial(&self, word: &str) -> bool {
        self.partial.contains(word)
    }

    /// Whether a list with this word is in order of size.
    pub fn tells_ranking(&self, word: &str) -> bool {
        self.ranking.contains(word)
    }

    /// "respectively"
    pub fn pairs_in_order(&self, word: &str) -> bool {
        self.respectively.contains(word)
    }

    /// Whether a word or mark only joins the entries of a list.
    pub fn joins(&self, word: &str) -> bool {
        matches!(word, "," | "&" | "/" | "*") || self.joins.contains(word)
    }

    /// Whether a word or mark parts one entry of a list from the next.
    pub fn parts(&self, word: &str) -> bool {
        matches!(word, "," | ";" | ")" | "&" | "/" | "|" | "•" | "·") || self.parts.contains(word)
    }

    /// Whether a label's word means all together.
    pub fn is_total(&self, word: &str) -> bool {
        self.total.contains(word)
    }

    /// The sex a label's word names.
    pub fn sex(&self, word: &str) -> Option<Sex> {
        match (self.male.contains(word), self.female.contains(word)) {
            (true, _) => Some(Sex::Male),
            (_, true) => Some(Sex::Female),
            _ => None,
        }
    }

    /// Whether a word of a label tells that what it heads are changes.
    pub fn heads_changes(&self, word: &str) -> bool {
        self.column_of_changes.contains(word)
    }

    /// Whether a whole cell says nil or not available.
    pub fn is_nil(&self, cell: &str) -> bool {
        cell.is_empty() || self.nil.contains(&cell.to_lowercase())
    }
}

fn way(up: &BTreeSet<String>, down: &BTreeSet<String>, word: &str) -> Option<Direction> {
    match (up.contains(word), down.contains(word)) {
        (true, _) => Some(Direction::Up),
        (_, true) => Some(Direction::Down),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_can_be_read() {
        assert_eq!(Cues::english().behind("less"), Some(Direction::Down));
        assert_eq!(Cues::english().before("rose"), Some(Direction::Up));
        assert_eq!(Cues::english().behind("present"), None);
    }
}
