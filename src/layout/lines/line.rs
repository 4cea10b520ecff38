//! A line of text: the words and raised marks on it, its place and its looks.

use std::rc::Rc;

use crate::layout::chart::Colour;
use crate::layout::words::Token;
use crate::layout::{BBox, Region, Text};

/// Words that follow one another on one base line.
#[derive(Debug, Clone)]
pub struct Line {
    /// What stands on it, in reading order; shared, as lines are tried in many a table before they stand in one.
    pub parts: Rc<Vec<Part>>,
    /// Its box.
    pub bbox: BBox,
    /// Direction in degrees clockwise.
    pub turn: i16,
    /// Where it starts, along the line.
    pub start: f64,
    /// Where it ends, along the line.
    pub end: f64,
    /// Where its base line runs, across the line.
    pub baseline: f64,
    /// Size of most of its letters.
    pub size: f64,
    /// How much of it is bold.
    pub weight: Weight,
    /// Its colour, if it has one throughout.
    pub colour: Option<Colour>,
    /// What opens it that is no character.
    pub head: Head,
    /// Its text, where it was made for a label.
    kept: Option<Rc<Text>>,
}

/// What is drawn before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// Nothing.
    Plain,
    /// The disc of a list entry.
    Disc,
}

/// What stands on a line.
#[derive(Debug, Clone)]
pub enum Part {
    /// A word.
    Word(Token),
    /// A raised footnote mark on the word before it, or at the head of a note.
    Mark(Token),
}

/// How much of a line is bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Nothing.
    Regular,
    /// Some words.
    Mixed,
    /// All.
    Bold,
}

impl Line {
    /// A line of some parts; none of nothing.
    pub fn of(parts: Vec<Part>) -> Option<Self> {
        let first = parts.first()?.token();
        let weight = |part: &Part| (matches!(part, Part::Word(_)), part.token().glyphs.len());
        let mut main = (weight(&parts[0]), first);
        let (mut bbox, mut start, mut end) = (first.bbox, first.start, first.end);
        for part in &parts[1..] {
            let (weight, token) = (weight(part), part.token());
            if weight > main.0 || weight == main.0 && token.start < main.1.start {
                main = (weight, token);
            }
            bbox = bbox.union(token.bbox);
            start = start.min(token.start);
            end = end.max(token.end);
        }
        let main = main.1;
        let (turn, baseline, size) = (main.turn, main.baseline, main.size);
        let plain = parts.iter().filter(|part| matches!(part, Part::Word(_))).map(Part::token);
        let bold = plain.clone().filter(|token| token.bold).count();
        let colour = plain.clone().next().and_then(|token| token.colour);
        let colour = colour.filter(|colour| plain.clone().all(|token| token.colour == Some(*colour)));
        let weight = match bold {
            0 => Weight::Regular,
            all if all == plain.count() => Weight::Bold,
            _ => Weight::Mixed,
        };
        Some(Self {
            bbox,
            turn,
            start,
            end,
            baseline,
            size,
            weight,
            colour,
            head: Head::Plain,
            kept: None,
            parts: Rc::new(parts),
        })
    }

    /// Takes what stands on it out of it.
    pub(super) fn take_parts(&mut self) -> Vec<Part> {
        self.kept = None;
        Rc::unwrap_or_clone(std::mem::take(&mut self.parts))
    }

    /// Its words, without raised marks.
    pub fn words(&self) -> impl Iterator<Item = &Token> {
        self.parts.iter().filter_map(|part| match part {
            Part::Word(token) => Some(token),
            Part::Mark(_) => None,
        })
    }

    /// Whether it is one figure and nothing else.
    pub fn is_number(&self) -> bool {
        let mut words = self.words();
        words.next().is_some_and(Token::is_number) && words.next().is_none()
    }

    /// Its words parted by single spaces, marks left out.
    pub fn string(&self) -> String {
        let mut string = String::with_capacity(self.words().map(|token| token.string.len() + 1).sum());
        for (index, token) in self.words().enumerate() {
            if index > 0 {
                string.push(' ');
            }
            string.push_str(&token.string);
        }
        string
    }

    /// Its characters with their places.
    pub fn text(&self, page: u32) -> Text {
        if let Some(kept) = &self.kept {
            return Text::clone(kept);
        }
        let mut text = Text::with_room(self.room());
        self.push_to(&mut text, page);
        text
    }

    /// The same, shared where they were kept.
    pub(in crate::layout) fn shared_text(&self, page: u32) -> Rc<Text> {
        self.kept.clone().unwrap_or_else(|| Rc::new(self.text(page)))
    }

    /// Whether its characters were kept.
    pub(in crate::layout) fn is_kept(&self) -> bool {
        self.kept.is_some()
    }

    /// How many characters it has, as a rule.
    pub(in crate::layout) fn room(&self) -> usize {
        self.parts.iter().map(|part| part.token().glyphs.len() + 1).sum()
    }

    /// Keeps its characters, as [`Line::text`] found them.
    pub(in crate::layout) fn keep(&mut self, text: Text) {
        self.kept = Some(Rc::new(text));
    }

    /// Appends the line, after a space.
    pub fn push_to(&self, text: &mut Text, page: u32) {
        for (index, part) in self.parts.iter().enumerate() {
            match part {
                Part::Word(token) => {
                    if text.string.ends_with('\u{ad}') {
                        *text = text.slice(0..text.string.len() - '\u{ad}'.len_utf8());
                    }
                    text.push_space();
                    token.push_to(text, page);
                }
                Part::Mark(token) => {
                    let next = self.parts[index + 1..]
                        .iter()
                        .find(|part| matches!(part, Part::Word(_)))
                        .map(|part| part.token().start - token.end);
                    let last = self.parts[..index]
                        .iter()
                        .rfind(|part| matches!(part, Part::Word(_)))
                        .map(|part| token.start - part.token().end);
                    if let (Some(next), Some(last)) = (next, last)
                        && (next < 0.5 * last || matches!(self.parts[0], Part::Mark(_)) && last > 0.15 * self.size && next < 1.5 * last)
                    {
                        text.push_space();
                    }
                    for label in labels(&token.string) {
                        let region = Region::Box { page, bbox: token.bbox };
                        text.push_mark(label, region);
                    }
                }
            }
        }
    }

    /// Adds the words of a line that stands to the right of it.
    pub fn extend(&mut self, other: Self) {
        let mut parts = self.take_parts();
        parts.extend(Rc::unwrap_or_clone(other.parts));
        if let Some(line) = Self::of(parts) {
            *self = Self { head: self.head, ..line };
        }
    }
}

impl Part {
    /// Its word.
    pub fn token(&self) -> &Token {
        match self {
            Self::Word(token) | Self::Mark(token) => token,
        }
    }
}

/// The labels in a raised mark: `5,6` has two.
pub fn labels(mark: &str) -> Vec<String> {
    mark.split([',', ';', ' '])
        .map(|label| label.trim_matches(['(', ')', '[', ']']).to_owned())
        .filter(|label| !label.is_empty())
        .collect()
}
