//! The words of claims, from their language file, as phrases that are looked up at a place of a sentence.

use std::{collections::BTreeMap, sync::OnceLock};

use serde::Deserialize;

use super::super::annotated::{class, head};
use crate::schema::Direction;

/// Phrases with what each means, found by their first word.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    by_first: BTreeMap<String, Vec<(Vec<String>, T)>>,
    /// A bit for the class of each first word: most words are denied by it.
    classes: u64,
}

impl<T: Copy> Phrases<T> {
    fn new<'a>(phrases: impl IntoIterator<Item = (&'a String, T)>) -> Self {
        let mut by_first: BTreeMap<String, Vec<(Vec<String>, T)>> = BTreeMap::new();
        for (phrase, meaning) in phrases {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            by_first.entry(words[0].clone()).or_default().push((words, meaning));
        }
        for candidates in by_first.values_mut() {
            // The longest that stands at a place is meant.
            candidates.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        }
        let classes = by_first.keys().fold(0, |all, word| all | 1 << class(head(word)));
        Self { by_first, classes }
    }

    /// The longest phrase that starts at the word `at`: what it means, and the word after it.
    pub(super) fn at<'w>(&self, at: usize, word: impl Fn(usize) -> &'w str) -> Option<(T, usize)> {
        let first = word(at);
        if self.classes & (1 << class(head(first))) == 0 {
            return None;
        }
        let candidates = self.by_first.get(first)?;
        candidates.iter().find_map(|(words, meaning)| {
            let stands = words.iter().enumerate().skip(1).all(|(offset, expected)| word(at + offset) == expected);
            stands.then_some((*meaning, at + words.len()))
        })
    }
}

/// What a qualifier before a fraction or multiple does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Over,
    Under,
    Nearly,
    About,
}

/// What kind of thing a count counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Unit {
    People,
    Families,
    Places,
    Time,
    Length,
    Money,
    Things,
    Cases,
}

/// A fraction in words, in tenths of a percent: what it is used for, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fraction {
    pub(super) loose: (u32, u32),
    pub(super) exact: u32,
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) compares: Phrases<()>,
    pub(super) compares_multiple: Phrases<()>,
    pub(super) from: Phrases<()>,
    pub(super) to: Phrases<()>,
    pub(super) clauses: Phrases<()>,
    pub(super) reasons: Phrases<()>,
    pub(super) summed: Phrases<()>,
    pub(super) links: Phrases<()>,
    pub(super) backward: Phrases<()>,
    pub(super) fillers: Phrases<()>,
    pub(super) other_subjects: Phrases<()>,
    pub(super) directions: Phrases<Direction>,
    pub(super) comparatives: Phrases<()>,
    pub(super) differences: Phrases<Direction>,
    pub(super) than: Phrases<()>,
    pub(super) nouns_of_change: Phrases<()>,
    pub(super) by: Phrases<()>,
    pub(super) apposed: Phrases<()>,
    pub(super) multiples: Phrases<(u32, u32)>,
    pub(super) fractions: Phrases<Fraction>,
    pub(super) qualifiers: Phrases<Side>,
    pub(super) bounds: Vec<String>,
    nearly: Vec<String>,
    pub(super) of: Phrases<()>,
    pub(super) of_whom: Phrases<()>,
    pub(super) including: Phrases<()>,
    pub(super) or: Phrases<()>,
    pub(super) rates: Phrases<()>,
    pub(super) before_whole: Phrases<()>,
    pub(super) between_label: Phrases<()>,
    pub(super) in_total: Phrases<()>,
    pub(super) sums_up: Phrases<()>,
    pub(super) total_of: Phrases<()>,
    pub(super) open: Phrases<()>,
    pub(super) composition: Phrases<()>,
    pub(super) makes_up: Phrases<()>,
    pub(super) overlapping: Phrases<()>,
    pub(super) others: Phrases<()>,
    pub(super) complete: Vec<Vec<String>>,
    pub(super) units: Phrases<Unit>,
}

impl Words {
    /// English, embedded.
    pub(super) fn english() -> &'static Self {
        static ENGLISH: OnceLock<Words> = OnceLock::new();
        ENGLISH.get_or_init(|| {
            let file: File = toml::from_str(include_str!("en.toml")).expect("the embedded word list is read by a test");
            file.words()
        })
    }
}

impl Words {
    /// Whether an approximator means just under, not anywhere under.
    pub(super) fn is_nearly(&self, approximator: &str) -> bool {
        self.nearly.iter().any(|word| word == approximator)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    compares: Vec<String>,
    compares_multiple: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    clauses: Vec<String>,
    reasons: Vec<String>,
    summed: Vec<String>,
    links: Vec<String>,
    backward: Vec<String>,
    fillers: Vec<String>,
    other_subjects: Vec<String>,
    directions: Directions,
    differences: Differences,
    multiples: BTreeMap<String, (u32, u32)>,
    fractions: BTreeMap<String, (u32, u32)>,
    exact_fractions: BTreeMap<String, u32>,
    qualifiers: Qualifiers,
    shares: Shares,
    sums: Sums,
    lists: Lists,
    units: BTreeMap<Unit, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Directions {
    up: Vec<String>,
    down: Vec<String>,
    comparatives: Vec<String>,
    apposed: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    more: Vec<String>,
    fewer: Vec<String>,
    than: Vec<String>,
    nouns: Vec<String>,
    by: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Qualifiers {
    over: Vec<String>,
    under: Vec<String>,
    nearly: Vec<String>,
    about: Vec<String>,
    bounds: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shares {
    of: Vec<String>,
    of_whom: Vec<String>,
    including: Vec<String>,
    or: Vec<String>,
    rates: Vec<String>,
    before_whole: Vec<String>,
    between_label: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sums {
    in_total: Vec<String>,
    summing: Vec<String>,
    total_of: Vec<String>,
    open: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    composition: Vec<String>,
    makes_up: Vec<String>,
    overlapping: Vec<String>,
    others: Vec<String>,
    complete: Vec<Vec<String>>,
}

impl File {
    fn words(self) -> Words {
        fn plain(phrases: &[String]) -> Phrases<()> {
            Phrases::new(phrases.iter().map(|phrase| (phrase, ())))
        }
        fn meaning<T: Copy>(phrases: &[String], meaning: T) -> impl Iterator<Item = (&String, T)> {
            phrases.iter().map(move |phrase| (phrase, meaning))
        }
        let fractions = self.fractions.iter().filter_map(|(phrase, loose)| {
            let exact = *self.exact_fractions.get(phrase)?;
            Some((phrase, Fraction { loose: *loose, exact }))
        });
        let qualifiers = meaning(&self.qualifiers.over, Side::Over)
            .chain(meaning(&self.qualifiers.under, Side::Under))
            .chain(meaning(&self.qualifiers.nearly, Side::Nearly))
            .chain(meaning(&self.qualifiers.about, Side::About));
        let directions = meaning(&self.directions.up, Direction::Up).chain(meaning(&self.directions.down, Direction::Down));
        let differences = meaning(&self.differences.more, Direction::Up).chain(meaning(&self.differences.fewer, Direction::Down));
        Words {
            differences: Phrases::new(differences),
            than: plain(&self.differences.than),
            nouns_of_change: plain(&self.differences.nouns),
            by: plain(&self.differences.by),
            compares: plain(&self.compares),
            compares_multiple: plain(&self.compares_multiple),
            from: plain(&self.from),
            to: plain(&self.to),
            clauses: plain(&self.clauses),
            reasons: plain(&self.reasons),
            summed: plain(&self.summed),
            links: plain(&self.links),
            backward: plain(&self.backward),
            fillers: plain(&self.fillers),
            other_subjects: plain(&self.other_subjects),
            directions: Phrases::new(directions),
            comparatives: plain(&self.directions.comparatives),
            apposed: plain(&self.directions.apposed),
            multiples: Phrases::new(self.multiples.iter().map(|(phrase, ratio)| (phrase, *ratio))),
            fractions: Phrases::new(fractions),
            qualifiers: Phrases::new(qualifiers),
            bounds: self.qualifiers.bounds,
            nearly: self.qualifiers.nearly,
            of: plain(&self.shares.of),
            of_whom: plain(&self.shares.of_whom),
            including: plain(&self.shares.including),
            or: plain(&self.shares.or),
            rates: plain(&self.shares.rates),
            before_whole: plain(&self.shares.before_whole),
            between_label: plain(&self.shares.between_label),
            in_total: plain(&self.sums.in_total),
            sums_up: plain(&self.sums.summing),
            total_of: plain(&self.sums.total_of),
            open: plain(&self.sums.open),
            composition: plain(&self.lists.composition),
            makes_up: plain(&self.lists.makes_up),
            overlapping: plain(&self.lists.overlapping),
            others: plain(&self.lists.others),
            complete: self.lists.complete,
            units: Phrases::new(self.units.iter().flat_map(|(unit, words)| meaning(words, *unit))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_at_a_place_is_found() {
        let sentence = ["as", "compared", "to", "200"];
        let word = |at: usize| sentence.get(at).copied().unwrap_or_default();
        assert_eq!(Words::english().compares.at(0, word), Some(((), 3)));
        assert_eq!(Words::english().compares.at(1, word), Some(((), 3)));
        assert_eq!(Words::english().compares.at(2, word), None);
    }

    #[test]
    fn every_fraction_has_its_exact_value() {
        let half = ["half"];
        let word = |at: usize| half.get(at).copied().unwrap_or_default();
        let exact = Words::english().fractions.at(0, word).map(|(fraction, _)| fraction.exact);
        assert_eq!(exact, Some(500));
        let file: File = toml::from_str(include_str!("en.toml")).expect("the word list");
        assert!(file.fractions.keys().eq(file.exact_fractions.keys()));
    }
}
