//! Words to lines: what stands on one base line with no more than a word's gap between.

use std::collections::BTreeMap;

use super::chart::Colour;
use super::words::{Joint, Token, is_right_to_left, join, join_group};
use super::{BBox, Text};

/// A gap wider than this, in the size of the font, parts two lines: columns, cells, labels of a chart.
const LINE_GAP: f64 = 0.85;
/// The same between two figures, which stand close in narrow tables and under narrow bars.
const FIGURE_GAP: f64 = 0.45;
/// The same between labels drawn one by one by a producer that draws blanks between words.
const LABEL_GAP: f64 = 0.42;
/// The same where a ruling or the edge of a fill runs through the gap.
const RULED_GAP: f64 = 0.3;
/// How far a mark stands above the base line of its word, in the size of the word's font, if it is about as large as the word.
const RAISED: std::ops::Range<f64> = 0.17..0.62;
/// Comparisons that finding the hosts of raised marks may cost.
const MOST_COMPARISONS: usize = 4_000_000;

/// Words that follow one another on one base line.
#[derive(Debug, Clone)]
pub struct Line {
    /// What stands on it, in reading order.
    pub parts: Vec<Part>,
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

/// An upright edge that no line of text crosses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Barrier {
    /// Where it stands.
    pub x: f64,
    /// Its upper end.
    pub top: f64,
    /// Its lower end.
    pub bottom: f64,
}

impl Line {
    /// A line of some parts; none of nothing.
    pub fn of(parts: Vec<Part>) -> Option<Self> {
        let words: Vec<&Token> = parts.iter().map(Part::token).collect();
        let main = words.iter().copied().max_by(|one, other| {
            let weight = |token: &Token| (!matches_mark(&parts, token), token.string.chars().count());
            weight(one).cmp(&weight(other)).then(other.start.total_cmp(&one.start))
        })?;
        let (turn, baseline, size) = (main.turn, main.baseline, main.size);
        let plain: Vec<&Token> = parts.iter().filter(|part| matches!(part, Part::Word(_))).map(Part::token).collect();
        let bold = plain.iter().filter(|token| token.bold).count();
        let colour = plain.first().and_then(|token| token.colour);
        let weight = match bold {
            0 => Weight::Regular,
            all if all == plain.len() => Weight::Bold,
            _ => Weight::Mixed,
        };
        let bbox = words.iter().skip(1).fold(words[0].bbox, |bbox, token| bbox.union(token.bbox));
        let start = words.iter().map(|token| token.start).fold(f64::INFINITY, f64::min);
        let end = words.iter().map(|token| token.end).fold(f64::NEG_INFINITY, f64::max);
        Some(Self {
            bbox,
            turn,
            start,
            end,
            baseline,
            size,
            weight,
            colour: colour.filter(|colour| plain.iter().all(|token| token.colour == Some(*colour))),
            head: Head::Plain,
            parts,
        })
    }

    /// Its words, without raised marks.
    pub fn words(&self) -> impl Iterator<Item = &Token> {
        self.parts.iter().filter_map(|part| match part {
            Part::Word(token) => Some(token),
            Part::Mark(_) => None,
        })
    }

    /// Its words parted by single spaces, marks left out.
    pub fn string(&self) -> String {
        let words: Vec<&str> = self.words().map(|token| token.string.as_str()).collect();
        words.join(" ")
    }

    /// Its characters with their places.
    pub fn text(&self, page: u32) -> Text {
        let mut text = Text::default();
        self.push_to(&mut text, page);
        text
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
                        let region = super::Region::Box { page, bbox: token.bbox };
                        text.push_mark(label, region);
                    }
                }
            }
        }
    }

    /// Adds the words of a line that stands to the right of it.
    pub fn extend(&mut self, other: Self) {
        let mut parts = std::mem::take(&mut self.parts);
        parts.extend(other.parts);
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

fn matches_mark(parts: &[Part], token: &Token) -> bool {
    parts.iter().any(|part| matches!(part, Part::Mark(mark) if std::ptr::eq(mark, token)))
}

/// The labels in a raised mark: `5,6` has two.
pub fn labels(mark: &str) -> Vec<String> {
    mark.split([',', ';', ' '])
        .map(|label| label.trim_matches(|character| "()[]".contains(character)).to_owned())
        .filter(|label| !label.is_empty())
        .collect()
}

/// Lines of words, in no order but that of their base lines; upright edges part them.
pub fn lines(words: Vec<Token>, barriers: &[Barrier]) -> Vec<Line> {
    let mut turns: BTreeMap<i16, Vec<Token>> = BTreeMap::new();
    for word in words {
        turns.entry(word.turn).or_default().push(word);
    }
    let mut budget = MOST_COMPARISONS;
    turns
        .into_values()
        .flat_map(|words| lines_of_turn(words, barriers, &mut budget))
        .collect()
}

fn lines_of_turn(mut words: Vec<Token>, barriers: &[Barrier], budget: &mut usize) -> Vec<Line> {
    words.sort_by(|one, other| one.baseline.total_cmp(&other.baseline).then(one.start.total_cmp(&other.start)));
    let (words, marks) = host_marks(words, budget);
    let mut lines = Vec::new();
    let mut row: Vec<usize> = Vec::new();
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if let Some(first) = row.first() {
            let first: &Token = &words[*first];
            if word.baseline - first.baseline > 0.25 * word.size.min(first.size) {
                rows.push(std::mem::take(&mut row));
            }
        }
        row.push(index);
    }
    rows.push(row);
    let mut words: Vec<Option<Token>> = words.into_iter().map(Some).collect();
    let mut marks = marks;
    for row in rows {
        let mut tokens: Vec<(Token, Vec<Token>, Vec<Token>)> = row
            .into_iter()
            .filter_map(|index| {
                let token = words[index].take()?;
                let hung = marks.remove(&index).unwrap_or_default();
                Some((token, hung.leading, hung.trailing))
            })
            .collect();
        tokens.sort_by(|one, other| one.0.start.total_cmp(&other.0.start).then(one.0.first_run.cmp(&other.0.first_run)));
        lines.extend(split_row(tokens, barriers));
    }
    lines
}

/// Marks that hang on a word.
#[derive(Default)]
struct Hung {
    leading: Vec<Token>,
    trailing: Vec<Token>,
}

/// Takes raised marks out of the words and hangs them on the word they follow, or, at the head of a note, precede.
fn host_marks(words: Vec<Token>, budget: &mut usize) -> (Vec<Token>, BTreeMap<usize, Hung>) {
    let mut hosts: Vec<Option<(usize, Side)>> = vec![None; words.len()];
    for (index, mark) in words.iter().enumerate() {
        if is_mark(&mark.string) || is_ordinal(&mark.string) {
            hosts[index] = host_of(&words, index, budget);
        }
    }
    follow_marks(&words, &mut hosts);
    let mut moved = vec![usize::MAX; words.len()];
    let mut kept = Vec::with_capacity(words.len());
    let mut taken = Vec::new();
    for (index, word) in words.into_iter().enumerate() {
        // A host that itself is a mark on another word is no host.
        match hosts[index] {
            Some((host, side)) if hosts[host].is_none() => taken.push((host, side, word)),
            _ => {
                moved[index] = kept.len();
                kept.push(word);
            }
        }
    }
    let mut hung: BTreeMap<usize, Hung> = BTreeMap::new();
    for (host, side, mark) in taken {
        let host = moved[host];
        let place = hung.entry(host).or_default();
        match side {
            Side::Leading => place.leading.push(mark),
            Side::Trailing => place.trailing.push(mark),
        }
    }
    for marks in hung.values_mut() {
        marks.leading.sort_by(|one, other| one.start.total_cmp(&other.start));
        marks.trailing.sort_by(|one, other| one.start.total_cmp(&other.start));
    }
    (kept, hung)
}

/// Hangs a mark that follows another (`11, 12` drawn as two words) on the same word.
fn follow_marks(words: &[Token], hosts: &mut [Option<(usize, Side)>]) {
    for index in 0..words.len() {
        let Some((host, Side::Trailing)) = hosts[index] else { continue };
        let mut last = index;
        // Marks of one base line follow one another in the sorted words.
        for next in index + 1..words.len().min(index + 200) {
            let (one, other) = (&words[last], &words[next]);
            if other.baseline - one.baseline > 0.15 * one.size {
                break;
            }
            let gap = (other.start - one.end) / one.size;
            let alike = (one.size / other.size - 1.0).abs() < 0.1;
            if hosts[next].is_none() && alike && (-0.1..0.7).contains(&gap) && is_mark(&other.string) && one.string.ends_with([',', ';']) {
                hosts[next] = Some((host, Side::Trailing));
                last = next;
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Leading,
    Trailing,
}

/// The word that a small raised word hangs on.
fn host_of(words: &[Token], index: usize, budget: &mut usize) -> Option<(usize, Side)> {
    let mark = &words[index];
    let first = words.partition_point(|word| word.baseline < mark.baseline + 0.12 * mark.size);
    let mut best: Option<(f64, usize, Side)> = None;
    for (offset, word) in words[first..].iter().enumerate() {
        *budget = budget.saturating_sub(1);
        if *budget == 0 || word.baseline > mark.baseline + 2.2 * mark.size {
            break;
        }
        let raise = (word.baseline - mark.baseline) / word.size;
        let behind = (mark.start - word.end) / word.size;
        let ahead = (word.start - mark.end) / word.size;
        let small = mark.size <= 0.83 * word.size && (0.1..0.75).contains(&raise);
        // Some producers raise a mark but hardly make it smaller; figures at half a line's height beside words then need more proof.
        let raised = mark.size <= 1.02 * word.size && RAISED.contains(&raise) && behind < reach_of_mark(word) && is_mark(&mark.string);
        if !small && !raised || mark.size < 0.3 * word.size {
            continue;
        }
        let found = if (-0.2..0.35).contains(&behind) {
            Some((behind.abs(), Side::Trailing))
        } else if (-0.1..0.6).contains(&ahead) && is_mark(&mark.string) {
            // A word with room before it and its mark hangs on what follows.
            Some((0.1 + ahead.abs(), Side::Leading))
        } else {
            None
        };
        if let Some((distance, side)) = found
            && best.is_none_or(|best| distance < best.0)
        {
            best = Some((distance, first + offset, side));
        }
    }
    best.map(|(_, host, side)| (host, side))
}

/// How far behind a word a mark about as large may stand, in the size of the font: close at a figure, which may have another beside it.
fn reach_of_mark(word: &Token) -> f64 {
    let year = word.string.len() == 4 && (word.string.starts_with("19") || word.string.starts_with("20"));
    if year {
        0.35
    } else if word.is_number() {
        0.06
    } else {
        0.42
    }
}

/// Whether a small raised word reads as footnote marks: `3`, `1,2`, `**`, `a`, `(4)`.
fn is_mark(string: &str) -> bool {
    let inner = string.trim_matches(|character| "()[]".contains(character));
    let parts: Vec<&str> = inner.split([',', ';']).collect();
    !inner.is_empty()
        && inner.len() <= 12
        && parts.iter().enumerate().all(|(index, part)| {
            let last_empty = part.is_empty() && index + 1 == parts.len() && parts.len() > 1;
            let digits = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            let stars = !part.is_empty() && part.chars().all(|character| matches!(character, '*' | '†' | '‡' | '§' | '#'));
            let letter = part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_lowercase());
            last_empty || digits || stars || letter
        })
}

fn is_ordinal(string: &str) -> bool {
    matches!(string, "st" | "nd" | "rd" | "th" | "er" | "re" | "e" | "ème" | "ère" | "º" | "ª" | "o")
}

/// A word with the marks before and after it.
type Marked = (Token, Vec<Token>, Vec<Token>);

fn split_row(tokens: Vec<Marked>, barriers: &[Barrier]) -> Vec<Line> {
    let mut joined: Vec<Marked> = Vec::new();
    for (token, leading, trailing) in tokens {
        match joined.last_mut() {
            Some((last, _, after)) if after.is_empty() && leading.is_empty() => {
                if let Some(token) = join(last, token) {
                    joined.push((token, leading, trailing));
                } else {
                    *after = trailing;
                }
            }
            _ => joined.push((token, leading, trailing)),
        }
    }
    let joined = join_spaced_letters(&joined);
    let mut lines = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    let mut last: Option<(f64, Token)> = None;
    for (token, leading, trailing) in joined {
        let start = leading.first().map_or(token.start, |mark| mark.start.min(token.start));
        if let Some((end, before)) = &last
            && parts_lines(*end, before, start, &token, barriers)
        {
            lines.extend(Line::of(std::mem::take(&mut parts)));
        }
        let end = trailing.last().map_or(token.end, |mark| mark.end.max(token.end));
        last = Some((end, token.clone()));
        parts.extend(leading.into_iter().map(Part::Mark));
        let ordinal = trailing.first().is_some_and(|mark| is_ordinal(&mark.string) && !is_mark(&mark.string));
        if ordinal {
            let mut token = token;
            for mark in trailing {
                token.string.push_str(&mark.string);
                token.bbox = token.bbox.union(mark.bbox);
                token.end = token.end.max(mark.end);
                token.glyphs.extend(mark.glyphs);
            }
            parts.push(Part::Word(token));
        } else {
            parts.push(Part::Word(token));
            parts.extend(trailing.into_iter().map(Part::Mark));
        }
    }
    lines.extend(Line::of(parts));
    for line in &mut lines {
        put_right_to_left(line);
        join_thousands(line);
    }
    lines
}

/// Makes one figure of a line that is nothing but groups of digits drawn in one go: `3 198`.
fn join_thousands(line: &mut Line) {
    let tokens: Vec<&Token> = line.words().collect();
    let grouped = tokens.len() > 1
        && tokens.len() == line.parts.len()
        && tokens.windows(2).enumerate().all(|(index, pair)| {
            let head = &pair[0].string;
            let digits = head.bytes().all(|byte| byte.is_ascii_digit()) && !head.starts_with('0');
            let length = if index == 0 { (1..=3).contains(&head.len()) } else { head.len() == 3 };
            digits && length && pair[0].last_run == pair[1].first_run && is_group(&pair[1].string)
        });
    if !grouped {
        return;
    }
    let mut parts = std::mem::take(&mut line.parts).into_iter();
    let Some(Part::Word(mut figure)) = parts.next() else { return };
    for part in parts {
        if let Part::Word(token) = part {
            join_group(&mut figure, token);
        }
    }
    if let Some(joined) = Line::of(vec![Part::Word(figure)]) {
        *line = joined;
    }
}

/// Whether a word is three digits, with a percent sign or not.
fn is_group(string: &str) -> bool {
    let digits = string.trim_end_matches('%');
    digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two neighbours on one base line belong to two lines.
fn parts_lines(end: f64, before: &Token, start: f64, token: &Token, barriers: &[Barrier]) -> bool {
    let size = before.size.max(token.size);
    let gap = (start - end) / size;
    let small = before.size.min(token.size);
    let figures = before.is_number() && token.is_number();
    if gap > LINE_GAP || figures && (start - end) / small > FIGURE_GAP {
        return true;
    }
    // Neighbouring labels drawn one by one, without a blank between, are two figures however close they stand.
    if figures && before.last_run != token.first_run && before.after == Joint::Room && token.before == Joint::Room && (start - end) / small > 0.04 {
        return true;
    }
    // Where blanks are drawn, words drawn apart with more than a blank between are labels of their own.
    let apart = before.last_run != token.first_run && before.after == Joint::Room && token.before == Joint::Room;
    let several = before.before == Joint::Blank || token.after == Joint::Blank && before.string.chars().filter(|one| one.is_alphabetic()).count() > 2;
    let both = before.before == Joint::Blank && token.after == Joint::Blank;
    if apart && several && gap > if both { 0.6 * LABEL_GAP } else { LABEL_GAP } {
        return true;
    }
    // A figure that stands out from the words beside it is a headline.
    if size > 1.3 * small && (before.is_number() || token.is_number()) && gap > 0.1 {
        return true;
    }
    if token.turn != 0 || gap < RULED_GAP {
        return false;
    }
    let middle = f64::midpoint(token.bbox.top, token.bbox.bottom);
    let first = barriers.partition_point(|barrier| barrier.x < end - 0.5);
    barriers[first..]
        .iter()
        .take_while(|barrier| barrier.x <= start + 0.5)
        .take(200)
        .any(|barrier| barrier.top <= middle && middle <= barrier.bottom)
}

/// Joins letters that were drawn one by one and far apart on purpose: `T O T A L`.
fn join_spaced_letters(tokens: &[Marked]) -> Vec<Marked> {
    let is_letter = |token: &Token| token.glyphs.len() == 1 && token.string.chars().all(char::is_alphabetic);
    let mut joined: Vec<Marked> = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let mut length = 1;
        if is_letter(&tokens[index].0) {
            let mut gap: Option<f64> = None;
            while index + length < tokens.len() {
                let (one, other) = (&tokens[index + length - 1].0, &tokens[index + length].0);
                let next = (other.start - one.end) / one.size;
                let even = gap.is_none_or(|gap: f64| (next - gap).abs() < 0.08);
                if !is_letter(other) || one.after == Joint::Blank || !(0.0..0.6).contains(&next) || !even {
                    break;
                }
                gap = gap.or(Some(next));
                length += 1;
            }
        }
        if length >= 4 {
            let (mut first, leading, _) = tokens[index].clone();
            for (token, _, _) in &tokens[index + 1..index + length] {
                first.string.push_str(&token.string);
                first.glyphs.extend(token.glyphs.iter().cloned());
                first.bbox = first.bbox.union(token.bbox);
                first.end = token.end;
                first.last_run = token.last_run;
                first.after = token.after;
            }
            joined.push((first, leading, tokens[index + length - 1].2.clone()));
        } else {
            length = 1;
            joined.push(tokens[index].clone());
        }
        index += length;
    }
    joined
}

/// Puts runs of right-to-left words in reading order where they are most of a line.
fn put_right_to_left(line: &mut Line) {
    let is_turned = |part: &Part| part.token().string.chars().any(is_right_to_left);
    let turned = line.parts.iter().filter(|part| is_turned(part)).count();
    if turned == 0 || turned * 2 < line.parts.len() {
        return;
    }
    // Runs from left to right (names, figures with their words) keep their order within.
    line.parts.reverse();
    let mut start = 0;
    while start < line.parts.len() {
        let length = line.parts[start..].iter().take_while(|part| !is_turned(part)).count();
        line.parts[start..start + length].reverse();
        start += length.max(1);
    }
}
