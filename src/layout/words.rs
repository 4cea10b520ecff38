//! Glyphs to words: what is drawn close enough to be read as one.

use std::ops::Range;
use std::rc::Rc;

use smol_str::{SmolStr, SmolStrBuilder};

use super::chart::Colour;
use super::direction::{in_reading_order, is_combining, stands_on};
use super::glyph::{Characters, Glyph};
use super::region::{greater, lesser};
use super::stretch::Stretch;
use super::{BBox, Region, Text, Word};

/// A gap wider than this, in the size of the font, parts two words.
const WORD_GAP: f64 = 0.13;
/// A glyph may start this far before the end of the last one: kerning, italics.
const OVERLAP: f64 = -0.45;
/// Digits this far apart in one run are groups of thousands, set apart by a thin space that is no character.
const THIN_SPACE: f64 = 0.075;
/// How far a base line may stray within a word.
const WOBBLE: f64 = 0.12;
/// Letters of a word that is short.
const SHORT: usize = 23;

/// A word: glyphs in reading order without white space.
#[derive(Debug, Clone)]
pub struct Token {
    /// Its glyphs, in reading order.
    pub glyphs: Stretch,
    /// Its characters.
    pub string: SmolStr,
    /// Its box.
    pub bbox: BBox,
    /// Direction in degrees clockwise.
    pub turn: i16,
    /// Where it starts along its line.
    pub start: f64,
    /// Where it ends along its line.
    pub end: f64,
    /// Where its base line runs, across the line.
    pub baseline: f64,
    /// Size of its font.
    pub size: f64,
    /// Printed bold, for the most part.
    pub bold: bool,
    /// Colour of its first glyph.
    pub colour: Option<Colour>,
    /// Number of the drawing operation of its first glyph.
    pub first_run: u32,
    /// Number of the drawing operation of its last glyph.
    pub last_run: u32,
    /// What stands before it in the order drawn.
    pub before: Joint,
    /// What stands after it in the order drawn.
    pub after: Joint,
}

/// What parts a word from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// A blank was drawn.
    Blank,
    /// Only room.
    Room,
}

impl Token {
    fn of(glyphs: Stretch, before: Joint, after: Joint) -> Option<Self> {
        let first = glyphs.first()?;
        let turn = first.turn;
        let (size, colour, first_run) = (first.size, first.colour, first.run);
        let frame = Frame::of(turn);
        let (mut start, mut end) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut bbox = first.bbox;
        let mut bold = 0;
        let baseline = frame.across(first.origin);
        for glyph in &*glyphs {
            let (from, to) = (frame.along(glyph.origin), frame.along(glyph.end));
            start = lesser(start, lesser(from, to));
            end = greater(end, greater(from, to));
            bbox = bbox.union(glyph.bbox);
            bold += usize::from(glyph.bold);
        }
        let last_run = glyphs.last().map_or(first_run, |glyph| glyph.run);
        Some(Self {
            bold: bold * 2 > glyphs.len(),
            string: string_of(&glyphs),
            glyphs,
            bbox,
            turn,
            start,
            end,
            baseline,
            size,
            colour,
            first_run,
            last_run,
            before,
            after,
        })
    }

    /// The same word, of whose glyphs nothing can be told.
    pub(super) fn unread(self) -> Self {
        self.reordered(|glyphs| glyphs.iter_mut().for_each(|glyph| glyph.characters = Characters::Unknown))
    }

    /// Whether it starts and ends in a digit, sign or percent: a figure.
    pub fn is_number(&self) -> bool {
        is_number(&self.string)
    }

    /// The same glyphs in another order.
    pub(super) fn reordered(mut self, order: impl FnOnce(&mut Vec<Glyph>)) -> Self {
        let mut glyphs = self.glyphs.to_vec();
        order(&mut glyphs);
        self.string = string_of(&glyphs);
        self.glyphs = glyphs.into();
        self
    }

    /// The word as published.
    pub fn to_word(&self) -> Word {
        Word {
            text: if !self.string.is_ascii() && self.string.contains('\u{ad}') {
                self.string.replace('\u{ad}', "")
            } else {
                String::from(self.string.as_str())
            },
            bbox: self.bbox,
            size: self.size,
            bold: self.bold,
        }
    }

    /// Whether it is of plain letters, one a glyph, as nearly all words are.
    pub(super) fn is_plain(&self) -> bool {
        self.string.len() == self.glyphs.len() && self.string.is_ascii()
    }

    /// Appends the word glyph by glyph, raised digits as marks.
    pub fn push_to(&self, text: &mut Text, page: u32) {
        if self.is_plain() {
            let places = self.glyphs.iter().map(|glyph| (Region::Box { page, bbox: glyph.bbox }, glyph.bold));
            text.push_plain(&self.string, places);
            return;
        }
        let mut marks = Marks::default();
        let is_plain = |glyph: &Glyph| raised(&glyph.characters).is_none();
        let (first_plain, last_plain) = (self.glyphs.iter().position(is_plain), self.glyphs.iter().rposition(is_plain));
        let is_unit = matches!(
            self.string.trim_matches(|character: char| !character.is_alphanumeric()),
            "m²" | "km²" | "cm²" | "m³"
        );
        for (index, glyph) in self.glyphs.iter().enumerate() {
            let region = Region::Box { page, bbox: glyph.bbox };
            let at_edge = last_plain.is_none_or(|last| index > last) || first_plain.is_some_and(|first| index < first);
            if let Some(digit) = raised(&glyph.characters).filter(|_| at_edge && !is_unit) {
                marks.add(digit, region, text);
                continue;
            }
            marks.end(text);
            if glyph.characters == Characters::One('\u{ad}') && index + 1 < self.glyphs.len() {
                // A place where the word might have been broken, and was not.
                continue;
            }
            text.push(glyph.characters.as_str(&mut [0; 4]), region, glyph.bold);
        }
        marks.end(text);
    }
}

/// What glyphs say.
fn string_of(glyphs: &[Glyph]) -> SmolStr {
    // Nearly all words are short and of plain letters.
    let mut letters = [0; SHORT];
    let plain = |glyph: &Glyph| glyph.characters.one().filter(char::is_ascii);
    if let Some(room) = letters.get_mut(..glyphs.len()) {
        let mut count = 0;
        for (letter, character) in room.iter_mut().zip(glyphs.iter().map_while(plain)) {
            *letter = character as u8;
            count += 1;
        }
        if count == glyphs.len()
            && let Ok(string) = std::str::from_utf8(room)
        {
            return SmolStr::new(string);
        }
    }
    let mut string = SmolStrBuilder::with_capacity(glyphs.len());
    for glyph in glyphs {
        string.push_str(glyph.characters.as_str(&mut [0; 4]));
    }
    string.finish()
}

/// Raised digits that wait to become a mark.
#[derive(Default)]
struct Marks {
    label: String,
    region: Option<Region>,
}

impl Marks {
    fn add(&mut self, digit: char, region: Region, text: &mut Text) {
        if digit == ',' {
            self.end(text);
            return;
        }
        self.label.push(digit);
        self.region = Some(self.region.map_or(region, |whole| whole.union(region)));
    }

    fn end(&mut self, text: &mut Text) {
        if let Some(region) = self.region.take() {
            text.push_mark(std::mem::take(&mut self.label), region);
        }
    }
}

/// The digit that a raised character stands for; `,` for a raised comma.
fn raised(characters: &Characters) -> Option<char> {
    match characters.one()? {
        '\u{b9}' => Some('1'),
        '\u{b2}' => Some('2'),
        '\u{b3}' => Some('3'),
        digit @ '\u{2074}'..='\u{2079}' => char::from_digit(u32::from(digit) - 0x2070, 10),
        '\u{2070}' => Some('0'),
        '\u{2d2}' | '\u{2e2e}' | '\u{1d6}' => Some(','),
        _ => None,
    }
}

/// Whether a string reads as a figure: digits with separators, a sign, a percent sign or brackets around them.
pub fn is_number(string: &str) -> bool {
    if string.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    let is_around = |character| {
        matches!(
            character,
            '(' | ')' | '[' | ']' | '%' | '‰' | '+' | '-' | '–' | '−' | '±' | '*' | '~' | '<' | '>' | '≈' | '.' | ',' | ':' | ';'
        )
    };
    let inner = string.trim_matches(is_around);
    !inner.is_empty()
        && inner.starts_with(|character: char| character.is_numeric())
        && inner
            .chars()
            .all(|character| character.is_numeric() || matches!(character, '.' | ',' | '\'' | '’' | '\u{2009}' | '\u{202f}' | '\u{a0}' | '%'))
}

/// Whether a string holds digits and no letters: `360(28,3%)`, `12/34`, `-47`.
pub fn is_figure(string: &str) -> bool {
    string.chars().any(|character| character.is_ascii_digit()) && !string.chars().any(char::is_alphabetic)
}

/// Turned coordinates: along a line and across it.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    cos: f64,
    sin: f64,
}

impl Frame {
    /// The frame of lines that run in a direction.
    pub fn of(turn: i16) -> Self {
        let (sin, cos) = match turn {
            0 => (0.0, 1.0),
            90 => (1.0, 0.0),
            -90 => (-1.0, 0.0),
            180 | -180 => (0.0, -1.0),
            _ => f64::from(turn).to_radians().sin_cos(),
        };
        Self { cos, sin }
    }

    /// How far along the line.
    pub fn along(self, place: (f64, f64)) -> f64 {
        place.0 * self.cos + place.1 * self.sin
    }

    /// How far across, growing downwards.
    pub fn across(self, place: (f64, f64)) -> f64 {
        place.1 * self.cos - place.0 * self.sin
    }
}

/// Words of the glyphs, in the order drawn.
pub fn words(glyphs: &Rc<Vec<Glyph>>) -> Vec<Token> {
    let spans = spans(glyphs);
    let mut words = Vec::with_capacity(spans.len());
    words.extend(spans.into_iter().filter_map(|span| {
        let word = in_reading_order(Stretch::of(glyphs, span.glyphs));
        Token::of(word, span.before, span.after)
    }));
    words
}

/// Glyphs that follow one another and make a word.
struct Span {
    glyphs: Range<usize>,
    before: Joint,
    after: Joint,
}

/// Which glyphs make a word each.
fn spans(glyphs: &[Glyph]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut start = 0;
    let mut before = Joint::Room;
    // The last glyph of the word that is no mark on another.
    let mut base: Option<&Glyph> = None;
    let mut gaps = Vec::new();
    let (mut spacing, mut run_end) = (0.0, 0);
    for (index, glyph) in glyphs.iter().enumerate() {
        if index == run_end {
            run_end += glyphs[index..].iter().take_while(|other| other.run == glyph.run).count();
            spacing = letter_spacing(&glyphs[index..run_end], &mut gaps);
        }
        let current = &glyphs[start..index];
        if glyph.characters.is_blank() {
            let groups = matches!(glyph.characters.one(), Some('\u{2009}' | '\u{202f}' | '\u{2007}' | '\u{2008}' | '\u{a0}'));
            if groups && (1..=3).contains(&current.iter().rev().take_while(|glyph| is_digit(glyph)).count()) {
                // Kept for now; a digit must follow.
                base = Some(glyph);
                continue;
            }
            finish(&mut spans, glyphs, start..index, &mut before, Joint::Blank);
            start = index + 1;
            base = None;
            continue;
        }
        let combining = is_combining(glyph);
        if combining && current.last().is_some_and(|last| stands_on(last, glyph)) {
            continue;
        }
        if let Some(last) = base.or(current.last()) {
            let continues = if last.characters.is_blank() {
                is_digit(glyph) && near(last, glyph, spacing + 0.2)
            } else {
                near(last, glyph, spacing)
            };
            if !continues {
                finish(&mut spans, glyphs, start..index, &mut before, Joint::Room);
                start = index;
                base = None;
            }
        }
        if !combining {
            base = Some(glyph);
        }
    }
    finish(&mut spans, glyphs, start..glyphs.len(), &mut before, Joint::Room);
    spans
}

fn finish(spans: &mut Vec<Span>, glyphs: &[Glyph], mut word: Range<usize>, before: &mut Joint, after: Joint) {
    let mut after = after;
    while !word.is_empty() && glyphs[word.end - 1].characters.is_blank() {
        word.end -= 1;
        after = Joint::Blank;
    }
    if after == Joint::Blank
        && word.is_empty()
        && let Some(last) = spans.last_mut()
    {
        last.after = Joint::Blank;
    }
    if !word.is_empty() {
        spans.push(Span {
            glyphs: word,
            before: *before,
            after,
        });
    }
    *before = after;
}

fn is_digit(glyph: &Glyph) -> bool {
    glyph.characters.one().is_some_and(|character| character.is_ascii_digit())
}

/// Whether a glyph carries on the word that ends in `last`.
fn near(last: &Glyph, glyph: &Glyph, spacing: f64) -> bool {
    if (last.turn - glyph.turn).abs() > 1 {
        return false;
    }
    let frame = Frame::of(last.turn);
    let size = greater(last.size, glyph.size);
    let alike = last.size.to_bits() == glyph.size.to_bits() && size > 0.0 || (0.8..1.25).contains(&(last.size / glyph.size));
    let shift = (frame.across(glyph.origin) - frame.across(last.origin)).abs() / size;
    if shift > WOBBLE || !alike {
        return false;
    }
    let gap = (frame.along(glyph.origin) - frame.along(last.end)) / size - spacing;
    if is_digit(last) && is_digit(glyph) {
        // Neighbouring labels of narrow bars must not become one number.
        let limit = if last.run == glyph.run { THIN_SPACE } else { 0.05 };
        return (OVERLAP / 3.0..=limit).contains(&gap);
    }
    (OVERLAP..=WORD_GAP).contains(&gap)
}

/// How far the letters of a run are set apart on purpose, in the size of the font; `gaps` is room for its gaps.
fn letter_spacing(run: &[Glyph], gaps: &mut Vec<f64>) -> f64 {
    if run.len() < 3 {
        return 0.0;
    }
    let frame = Frame::of(run[0].turn);
    let mut least = f64::INFINITY;
    gaps.clear();
    let mut before: Option<&Glyph> = None;
    for glyph in run {
        let glyph = Some(glyph).filter(|glyph| !glyph.characters.is_blank());
        if let (Some(one), Some(other)) = (before, glyph) {
            let gap = (frame.along(other.origin) - frame.along(one.end)) / greater(one.size, 0.1);
            least = lesser(least, gap);
            gaps.push(gap);
        }
        before = glyph;
    }
    let (count, close) = (gaps.len(), gaps.iter().filter(|gap| **gap <= least + 0.06).count());
    if count < 2 || !(0.04..=0.45).contains(&least) || close * 3 < count * 2 {
        return 0.0;
    }
    let digits = run
        .iter()
        .all(|glyph| glyph.characters.is_blank() || glyph.characters.one().is_some_and(char::is_numeric));
    if digits && least > 0.2 { 0.0 } else { least }
}

/// Joins two neighbours of a line: what was drawn in pieces, and groups of thousands with a thin space between.
///
/// Tells whether it did; if not, they are two words.
pub fn join(one: &mut Token, other: &Token) -> bool {
    let size = one.size.max(other.size);
    let gap = (other.start - one.end) / size;
    let blank = one.after == Joint::Blank && one.last_run <= other.first_run && other.before == Joint::Blank;
    let ratio = one.size / other.size;
    let level = (one.baseline - other.baseline).abs() <= WOBBLE * size && (0.8..1.25).contains(&ratio);
    if blank || !level || !(-0.3..0.24).contains(&gap) {
        return false;
    }
    let digits_meet =
        one.string.ends_with(|character: char| character.is_ascii_digit()) && other.string.starts_with(|character: char| character.is_ascii_digit());
    if digits_meet {
        let neighbours = other.first_run.saturating_sub(one.last_run) <= 1;
        if neighbours && gap >= 0.04 && is_group(&one.string, &other.string) {
            join_group(one, other);
            return true;
        }
        if one.last_run == other.first_run && gap < WORD_GAP {
            absorb(one, other);
            return true;
        }
        return false;
    }
    if gap < 0.08 {
        absorb(one, other);
        return true;
    }
    false
}

/// Joins a group of three digits to the number it carries on, with a thin space between.
pub fn join_group(one: &mut Token, other: &Token) {
    let mut space = one.glyphs[one.glyphs.len() - 1].clone();
    space.characters = Characters::One('\u{2009}');
    space.origin = space.end;
    space.end = other.glyphs[0].origin;
    space.bbox.x0 = space.bbox.x1.min(other.bbox.x0);
    space.bbox.x1 = other.bbox.x0.max(space.bbox.x0);
    one.glyphs.extend(&vec![space].into());
    absorb(one, other);
}

/// Whether a number goes on with a group of three digits: `79` and `394`, `1 420` and `124%`.
fn is_group(one: &str, other: &str) -> bool {
    let last = one.rsplit('\u{2009}').next().unwrap_or(one);
    let head = last.trim_start_matches(|character: char| !character.is_ascii_digit());
    let grouped = one.contains('\u{2009}');
    let digits = other.chars().take_while(char::is_ascii_digit).count();
    let rest = other.chars().nth(digits);
    head.chars().all(|character| character.is_ascii_digit())
        && (1..=3).contains(&head.len())
        && (!grouped || head.len() == 3)
        && digits == 3
        && rest.is_none_or(|character| !character.is_alphanumeric())
}

fn absorb(one: &mut Token, other: &Token) {
    // Taken out, not copied: a list of its own grows in place.
    let mut glyphs = std::mem::replace(&mut one.glyphs, other.glyphs.clone());
    glyphs.extend(&other.glyphs);
    if let Some(joined) = Token::of(in_reading_order(glyphs), one.before, other.after) {
        *one = joined;
    }
}
