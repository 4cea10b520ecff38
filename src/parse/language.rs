//! A language file to what the recognisers look words up in: months, number words, approximators, directions, phrases of time.

use std::sync::OnceLock;

use rust_decimal::Decimal;
use serde::{Deserialize, de::Error as _};

use super::phrase::Phrases;
use crate::schema::{Direction, Qualifier};

const ENGLISH: &str = include_str!("language/en.toml");

/// A word's number in its language; 0 for words the language does not know.
pub(super) type WordId = u32;

/// How a word counts, if it does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NumberWord {
    /// Zero to nineteen.
    Small(u32),
    /// Twenty, thirty, …
    Tens(u32),
    /// Hundred.
    Hundred,
    /// Thousand, million, …
    Scale(Decimal),
}

/// What a single word may be.
#[expect(clippy::struct_excessive_bools, reason = "a word may be any of these at once")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lexeme {
    /// Month it names, from 1.
    pub(super) month: Option<u32>,
    /// The month's name is an ordinary word, too.
    pub(super) ambiguous: bool,
    /// The month's name is cut short, so a dot may follow.
    pub(super) abbreviation: bool,
    pub(super) number: Option<NumberWord>,
    pub(super) short_scale: Option<Decimal>,
    pub(super) ordinal: Option<u32>,
    pub(super) pronoun: bool,
    pub(super) joiner: bool,
    pub(super) ordinal_ending: bool,
    pub(super) share_word: bool,
    pub(super) multiple: bool,
    pub(super) person: bool,
    pub(super) age_unit: bool,
    pub(super) preposition: bool,
    pub(super) day_preposition: bool,
    pub(super) quarter_letter: bool,
    pub(super) half_letter: bool,
    pub(super) quarter: bool,
    pub(super) half: bool,
    pub(super) months: bool,
    pub(super) last: bool,
    pub(super) label: bool,
}

/// An approximator and where it may stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Approximator {
    pub(super) qualifier: Qualifier,
    /// It may stand before a year without making it a count.
    pub(super) before_years: bool,
}

/// The unit of a relative figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PercentWord {
    Percent,
    Points,
}

/// What a word says about the token after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Announcement {
    /// `Table 5`.
    Reference,
    /// `aged 12`.
    Age,
    /// `Tel. 011 …`.
    Phone,
}

/// How a phrase frames the dates after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum FrameWord {
    Between,
    From,
    AsOf,
    Since,
    End,
    Vague,
}

/// What joins two dates of one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Connector {
    To,
    And,
}

/// The names of relative periods in a language file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RelativeWord {
    YearBefore,
    InYear,
    MonthBefore,
    LastYear,
    ThisYear,
    SinceYear,
    Current,
    CurrentMonth,
    EndOfCurrent,
    EndOfCurrentYear,
    LastMonths,
    /// Neither start nor end can be told.
    Unclear,
}

/// Which way a word points; `None` for phrases that only look as if they did.
pub(super) type DirectionWord = Option<Direction>;

/// Words beside and inside the names of places.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceWords {
    pub(super) ordinary_words: Vec<String>,
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    pub(super) joining: Vec<String>,
    pub(super) no_places: Vec<String>,
}

/// A language as the recognisers use it.
#[derive(Debug)]
pub struct Language {
    tag: String,
    words: WordTable,
    lexemes: Vec<Lexeme>,
    pub(super) approximators: Phrases<Approximator>,
    pub(super) approximators_after: Phrases<Qualifier>,
    pub(super) percent: Phrases<PercentWord>,
    pub(super) each: Phrases<()>,
    pub(super) directions: Phrases<DirectionWord>,
    pub(super) announcements: Phrases<Announcement>,
    pub(super) times: Phrases<()>,
    pub(super) out_of: Phrases<()>,
    pub(super) frames: Phrases<FrameWord>,
    pub(super) connectors: Phrases<Connector>,
    pub(super) of: Phrases<()>,
    pub(super) this_year: Phrases<()>,
    pub(super) relative: Phrases<RelativeWord>,
    pub(super) placeholder_letters: Vec<String>,
    pub(super) placeholder_brackets: Vec<String>,
    pub(super) placeholder_errors: Vec<String>,
    /// First bytes of what may stand for a figure.
    placeholder_bytes: Vec<u8>,
    pub(super) places: PlaceWords,
}

/// Words by their letters. Most words of a text are none of them: they are denied by the first slot looked at.
#[derive(Debug)]
struct WordTable {
    /// Numbers of words, 0 where a slot is free; a power of two of them, few of which are taken.
    slots: Vec<WordId>,
    /// In lower case, by number.
    words: Vec<String>,
}

impl Default for WordTable {
    /// The word that stands for all unknown ones.
    fn default() -> Self {
        Self {
            slots: vec![0; 4096],
            words: vec![String::new()],
        }
    }
}

impl WordTable {
    /// The number of a word in lower case, 0 where it is not known, and the slot it has or would take.
    fn find(&self, letters: &(impl Iterator<Item = u8> + Clone)) -> (WordId, usize) {
        // FNV-1a: the words are those of the language file, which nobody chooses so that they collide.
        let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let hash = letters.clone().fold(0x811c_9dc5, step);
        let mut slot = (hash ^ (hash >> 15)) as usize & (self.slots.len() - 1);
        loop {
            match self.slots[slot] {
                0 => return (0, slot),
                word if self.words[word as usize].bytes().eq(letters.clone()) => return (word, slot),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Adds a word that is not known.
    fn add(&mut self, word: String) -> WordId {
        let number = self.words.len() as WordId;
        self.words.push(word);
        if self.words.len() * 4 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            (1..=number).for_each(|known| self.place(known));
        } else {
            self.place(number);
        }
        number
    }

    fn place(&mut self, word: WordId) {
        let (_, slot) = self.find(&self.words[word as usize].bytes());
        self.slots[slot] = word;
    }
}

impl Language {
    /// English, embedded.
    pub fn english() -> &'static Self {
        static LANGUAGE: OnceLock<Language> = OnceLock::new();
        LANGUAGE.get_or_init(|| Self::from_toml(ENGLISH).expect("the embedded language file is read by a test"))
    }

    /// A language from its file.
    pub fn from_toml(source: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(source)?;
        let mut language = Self::empty(file.tag.clone());
        language.read_months(&file.months)?;
        language.read_numbers(&file.numbers)?;
        language.read_words(&file);
        language.read_phrases(&file);
        language.placeholder_letters = file.placeholders.letters;
        language.placeholder_brackets = file.placeholders.bracketed;
        language.placeholder_errors = file.placeholders.errors;
        let words = language.placeholder_letters.iter().chain(&language.placeholder_errors);
        language.placeholder_bytes = words.filter_map(|word| word.bytes().next()).collect();
        language.placeholder_bytes.sort_unstable();
        language.placeholder_bytes.dedup();
        language.places = file.places;
        Ok(language)
    }

    /// Its IETF tag: `en`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The id of a word; `buffer` is scratch space.
    pub(super) fn word(&self, word: &str, buffer: &mut String) -> WordId {
        // No word of a language file is as long; a run of letters without end is not looked up.
        if word.len() > 64 {
            return 0;
        }
        if word.is_ascii() {
            return self.words.find(&word.bytes().map(|byte| byte.to_ascii_lowercase())).0;
        }
        buffer.clear();
        buffer.extend(word.chars().flat_map(char::to_lowercase));
        self.words.find(&buffer.bytes()).0
    }

    /// Whether a placeholder may begin with what a text begins with.
    pub(super) fn may_begin_placeholder(&self, text: &str) -> bool {
        text.bytes().next().is_some_and(|first| self.placeholder_bytes.contains(&first))
    }

    /// What the word may be.
    pub(super) fn lexeme(&self, word: WordId) -> &Lexeme {
        &self.lexemes[word as usize]
    }

    fn empty(tag: String) -> Self {
        Self {
            tag,
            words: WordTable::default(),
            lexemes: vec![Lexeme::default()],
            approximators: Phrases::default(),
            approximators_after: Phrases::default(),
            percent: Phrases::default(),
            each: Phrases::default(),
            directions: Phrases::default(),
            announcements: Phrases::default(),
            times: Phrases::default(),
            out_of: Phrases::default(),
            frames: Phrases::default(),
            connectors: Phrases::default(),
            of: Phrases::default(),
            this_year: Phrases::default(),
            relative: Phrases::default(),
            placeholder_letters: Vec::new(),
            placeholder_brackets: Vec::new(),
            placeholder_errors: Vec::new(),
            placeholder_bytes: Vec::new(),
            places: PlaceWords::default(),
        }
    }

    /// The id of a word of the language file, made where it is the first to say it.
    pub(super) fn learn(&mut self, word: &str) -> WordId {
        let lowered: String = word.chars().flat_map(char::to_lowercase).collect();
        let (known, _) = self.words.find(&lowered.bytes());
        if known > 0 || lowered.is_empty() {
            return known;
        }
        self.lexemes.push(Lexeme::default());
        self.words.add(lowered)
    }

    fn lexeme_mut(&mut self, word: &str) -> &mut Lexeme {
        let word = self.learn(word);
        &mut self.lexemes[word as usize]
    }

    fn read_months(&mut self, months: &Months) -> Result<(), toml::de::Error> {
        if months.names.len() != 12 {
            return Err(toml::de::Error::custom("`months.names` needs twelve lists, January first"));
        }
        for (month, names) in (1..).zip(&months.names) {
            for (position, name) in names.iter().enumerate() {
                let lexeme = self.lexeme_mut(name);
                lexeme.month = Some(month);
                lexeme.abbreviation = position > 0;
            }
        }
        for name in &months.ambiguous {
            self.lexeme_mut(name).ambiguous = true;
        }
        Ok(())
    }

    fn read_numbers(&mut self, numbers: &Numbers) -> Result<(), toml::de::Error> {
        let small = |first: u32, words: &[String]| -> Vec<(String, NumberWord)> {
            (first..)
                .zip(words)
                .map(|(value, word)| (word.clone(), NumberWord::Small(value)))
                .collect()
        };
        let mut words = small(0, &numbers.zero[..numbers.zero.len().min(1)]);
        words.extend(small(1, &numbers.ones));
        words.extend(small(10, &numbers.teens));
        words.extend((2..).zip(&numbers.tens).map(|(ten, word)| (word.clone(), NumberWord::Tens(ten * 10))));
        words.extend(numbers.hundred.iter().map(|word| (word.clone(), NumberWord::Hundred)));
        for (word, value) in &numbers.scales {
            words.push((word.clone(), NumberWord::Scale(scale(word, value)?)));
        }
        for (word, number) in words {
            self.lexeme_mut(&word).number = Some(number);
        }
        for (word, value) in &numbers.short_scales {
            self.lexeme_mut(word).short_scale = Some(scale(word, value)?);
        }
        for (value, word) in (1..).zip(&numbers.ordinals) {
            self.lexeme_mut(word).ordinal = Some(value);
        }
        Ok(())
    }

    fn read_words(&mut self, file: &File) {
        type Setter = fn(&mut Lexeme);
        let lists: [(&[String], Setter); 16] = [
            (&file.numbers.pronouns, |lexeme| lexeme.pronoun = true),
            (&file.numbers.joiners, |lexeme| lexeme.joiner = true),
            (&file.numbers.ordinal_endings, |lexeme| lexeme.ordinal_ending = true),
            (&file.not_figures.share_words, |lexeme| lexeme.share_word = true),
            (&file.not_figures.multiples, |lexeme| lexeme.multiple = true),
            (&file.not_figures.persons, |lexeme| lexeme.person = true),
            (&file.not_figures.age_units, |lexeme| lexeme.age_unit = true),
            (&file.periods.prepositions, |lexeme| lexeme.preposition = true),
            (&file.periods.day_prepositions, |lexeme| lexeme.day_preposition = true),
            (&file.periods.quarter_letters, |lexeme| lexeme.quarter_letter = true),
            (&file.periods.half_letters, |lexeme| lexeme.half_letter = true),
            (&file.periods.quarter, |lexeme| lexeme.quarter = true),
            (&file.periods.half, |lexeme| lexeme.half = true),
            (&file.periods.months, |lexeme| lexeme.months = true),
            (&file.periods.labels, |lexeme| lexeme.label = true),
            (&file.periods.last, |lexeme| lexeme.last = true),
        ];
        for (words, set) in lists {
            for word in words {
                set(self.lexeme_mut(word));
            }
        }
    }

    fn read_phrases(&mut self, file: &File) {
        let words = &file.approximators;
        for (qualifier, phrases) in [
            (Qualifier::About, &words.about),
            (Qualifier::Over, &words.over),
            (Qualifier::Under, &words.under),
        ] {
            for phrase in phrases {
                let before_years = words.before_years.contains(phrase);
                let elements = self.elements(phrase);
                self.approximators.add(elements, Approximator { qualifier, before_years });
            }
        }
        for (qualifier, phrases) in [
            (Qualifier::About, &words.about_after),
            (Qualifier::Over, &words.over_after),
            (Qualifier::Under, &words.under_after),
        ] {
            for phrase in phrases {
                let elements = self.elements(phrase);
                self.approximators_after.add(elements, qualifier);
            }
        }
        self.percent = self.phrases([
            (PercentWord::Percent, &file.percent.relative),
            (PercentWord::Points, &file.percent.points),
        ]);
        self.each = self.phrases([((), &file.percent.each)]);
        self.directions = self.phrases([
            (Some(Direction::Up), &file.directions.up),
            (Some(Direction::Down), &file.directions.down),
            (Some(Direction::Same), &file.directions.same),
            (None, &file.directions.none),
        ]);
        self.announcements = self.phrases([
            (Announcement::Reference, &file.not_figures.references),
            (Announcement::Age, &file.not_figures.ages),
            (Announcement::Phone, &file.not_figures.phones),
        ]);
        self.times = self.phrases([((), &file.not_figures.times)]);
        self.out_of = self.phrases([((), &file.not_figures.out_of)]);
        self.frames = self.phrases([
            (FrameWord::Between, &file.periods.between),
            (FrameWord::From, &file.periods.from),
            (FrameWord::AsOf, &file.periods.as_of),
            (FrameWord::Since, &file.periods.since),
            (FrameWord::End, &file.periods.end),
            (FrameWord::Vague, &file.periods.vague),
        ]);
        self.connectors = self.phrases([(Connector::To, &file.periods.to), (Connector::And, &file.periods.and)]);
        self.of = self.phrases([((), &file.periods.of)]);
        self.this_year = self.phrases([((), &file.periods.this_year)]);
        for (word, phrases) in &file.periods.relative {
            for phrase in phrases {
                let elements = self.elements(phrase);
                self.relative.add(elements, *word);
            }
        }
    }

    fn phrases<T: Copy, const N: usize>(&mut self, lists: [(T, &Vec<String>); N]) -> Phrases<T> {
        let mut phrases = Phrases::default();
        for (value, list) in lists {
            for phrase in list {
                phrases.add(self.elements(phrase), value);
            }
        }
        phrases
    }
}

fn scale(word: &str, value: &str) -> Result<Decimal, toml::de::Error> {
    value
        .parse()
        .map_err(|_| toml::de::Error::custom(format!("`{word}` needs a number in quotes, not `{value}`")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    tag: String,
    months: Months,
    numbers: Numbers,
    approximators: Approximators,
    percent: Percent,
    directions: Directions,
    not_figures: NotFigures,
    placeholders: Placeholders,
    periods: Periods,
    places: PlaceWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Months {
    names: Vec<Vec<String>>,
    ambiguous: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    zero: Vec<String>,
    ones: Vec<String>,
    teens: Vec<String>,
    tens: Vec<String>,
    hundred: Vec<String>,
    joiners: Vec<String>,
    pronouns: Vec<String>,
    ordinals: Vec<String>,
    ordinal_endings: Vec<String>,
    scales: std::collections::BTreeMap<String, String>,
    short_scales: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approximators {
    about: Vec<String>,
    over: Vec<String>,
    under: Vec<String>,
    before_years: Vec<String>,
    over_after: Vec<String>,
    under_after: Vec<String>,
    about_after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Percent {
    #[serde(rename = "percent")]
    relative: Vec<String>,
    points: Vec<String>,
    each: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Directions {
    up: Vec<String>,
    down: Vec<String>,
    same: Vec<String>,
    none: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotFigures {
    references: Vec<String>,
    times: Vec<String>,
    phones: Vec<String>,
    ages: Vec<String>,
    persons: Vec<String>,
    age_units: Vec<String>,
    share_words: Vec<String>,
    multiples: Vec<String>,
    out_of: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placeholders {
    letters: Vec<String>,
    bracketed: Vec<String>,
    errors: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Periods {
    between: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    and: Vec<String>,
    as_of: Vec<String>,
    since: Vec<String>,
    end: Vec<String>,
    vague: Vec<String>,
    prepositions: Vec<String>,
    day_prepositions: Vec<String>,
    of: Vec<String>,
    quarter_letters: Vec<String>,
    half_letters: Vec<String>,
    quarter: Vec<String>,
    half: Vec<String>,
    months: Vec<String>,
    last: Vec<String>,
    this_year: Vec<String>,
    labels: Vec<String>,
    relative: std::collections::BTreeMap<RelativeWord, Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_language_is_read() {
        let language = Language::from_toml(ENGLISH).unwrap();
        assert_eq!(language.tag(), "en");
        let mut buffer = String::new();
        let december = language.word("DECEMBER", &mut buffer);
        assert_eq!(language.lexeme(december).month, Some(12));
        let seven = language.word("Seven", &mut buffer);
        assert_eq!(language.lexeme(seven).number, Some(NumberWord::Small(7)));
        let unknown = language.word("Beograd", &mut buffer);
        assert_eq!(unknown, 0);
        assert!(language.lexeme(unknown).month.is_none());
    }

    #[test]
    fn a_language_file_with_a_fault_is_refused() {
        assert!(Language::from_toml("tag = 'xx'").is_err());
        assert!(Language::from_toml(&ENGLISH.replace("thousand = \"1000\"", "thousand = \"many\"")).is_err());
        assert!(Language::from_toml(&ENGLISH.replace("[\"May\"], ", "")).is_err());
    }
}
