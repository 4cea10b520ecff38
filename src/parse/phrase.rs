//! Fixed phrases of a language against the tokens of a text: the longest that stands at a place.

use super::{
    language::{Language, WordId},
    token::{TokenKind, Tokens, is_hyphen},
};

const YEAR: char = '\u{1}';
const COUNT: char = '\u{2}';

/// A piece of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Word(WordId),
    Mark(char),
    /// White space or a hyphen.
    Gap,
    /// Four digits.
    Year,
    /// A number of one or two digits, or a word for one.
    Count,
}

/// Phrases with one first piece, the longest first, and what they mean.
type Alike<T> = Vec<Known<T>>;

#[derive(Debug)]
struct Known<T> {
    elements: Vec<Element>,
    value: T,
    /// The word that is its third piece, 0 where none is: most phrases of a first word are told apart by it.
    third: WordId,
}

/// Phrases that mean something, found by their first piece.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// By the language's number of the word they begin with.
    words: Vec<Alike<T>>,
    /// By the mark they begin with.
    marks: Vec<(char, Alike<T>)>,
    /// Those that begin with a year.
    years: Alike<T>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            words: Vec::new(),
            marks: Vec::new(),
            years: Vec::new(),
        }
    }
}

/// A phrase found: what it means, the token after it, and the token its slot took.
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) end: usize,
    pub(super) slot: Option<usize>,
}

impl<T: Copy> Phrases<T> {
    pub(super) fn add(&mut self, elements: Vec<Element>, value: T) {
        let list = match elements.first() {
            Some(Element::Word(word)) => {
                let word = *word as usize;
                if self.words.len() <= word {
                    self.words.resize_with(word + 1, Vec::new);
                }
                &mut self.words[word]
            }
            Some(Element::Mark(mark)) => {
                let known = self.marks.iter().position(|(other, _)| other == mark).unwrap_or(self.marks.len());
                if known == self.marks.len() {
                    self.marks.push((*mark, Vec::new()));
                }
                &mut self.marks[known].1
            }
            Some(Element::Year) => &mut self.years,
            // Nothing is looked up by white space or by a count.
            Some(Element::Gap | Element::Count) | None => return,
        };
        let at = list.partition_point(|other| other.elements.len() >= elements.len());
        let third = match elements.get(2) {
            Some(Element::Word(word)) => *word,
            _ => 0,
        };
        list.insert(at, Known { elements, value, third });
    }

    /// The longest phrase that starts at the token.
    pub(super) fn at(&self, tokens: &Tokens<'_>, start: usize, language: &Language) -> Option<Found<T>> {
        let candidates = match tokens.kind(start)? {
            TokenKind::Word(0) | TokenKind::Space | TokenKind::Line | TokenKind::Cell => return None,
            TokenKind::Word(word) => self.words.get(word as usize)?,
            TokenKind::Mark(mark) => {
                let mark = plain(mark);
                &self.marks.iter().find(|(other, _)| *other == mark)?.1
            }
            TokenKind::Digits => &self.years,
        };
        let third = match tokens.kind(start + 2) {
            Some(TokenKind::Word(word)) => word,
            _ => 0,
        };
        let candidates = candidates.iter().filter(|known| known.third == 0 || known.third == third);
        candidates.into_iter().find_map(|known| {
            let (end, slot) = follow(&known.elements, tokens, start, language)?;
            Some(Found {
                value: known.value,
                end,
                slot,
            })
        })
    }
}

fn follow(elements: &[Element], tokens: &Tokens<'_>, start: usize, language: &Language) -> Option<(usize, Option<usize>)> {
    let mut slot = None;
    for (at, element) in (start..).zip(elements) {
        let kind = tokens.kind(at)?;
        let fits = match *element {
            Element::Word(word) => kind == TokenKind::Word(word),
            Element::Mark(mark) => matches!(kind, TokenKind::Mark(other) if plain(other) == mark),
            Element::Gap => matches!(kind, TokenKind::Space | TokenKind::Line) || matches!(kind, TokenKind::Mark(mark) if is_hyphen(mark)),
            Element::Year => {
                slot = Some(at);
                tokens.token_text(at).len() == 4 && kind == TokenKind::Digits
            }
            Element::Count => {
                slot = Some(at);
                match kind {
                    TokenKind::Digits => tokens.token_text(at).len() <= 2,
                    TokenKind::Word(word) => language.lexeme(word).number.is_some(),
                    _ => false,
                }
            }
        };
        if !fits {
            return None;
        }
    }
    Some((start + elements.len(), slot))
}

/// All apostrophes are one.
fn plain(mark: char) -> char {
    if matches!(mark, '’' | '‘' | 'ʼ' | '`' | '´') { '\'' } else { mark }
}

impl Language {
    /// The pieces of a phrase of the language file.
    pub(super) fn elements(&mut self, phrase: &str) -> Vec<Element> {
        let phrase = phrase.replace("{year}", "\u{1}").replace("{count}", "\u{2}");
        let mut elements = Vec::new();
        let mut word = String::new();
        for character in phrase.chars().chain([' ']) {
            if character.is_alphabetic() {
                word.push(character);
                continue;
            }
            if !word.is_empty() {
                elements.push(Element::Word(self.learn(&word)));
                word.clear();
            }
            elements.push(match character {
                YEAR => Element::Year,
                COUNT => Element::Count,
                ' ' | '-' => Element::Gap,
                mark => Element::Mark(plain(mark)),
            });
        }
        elements.pop();
        elements
    }
}
