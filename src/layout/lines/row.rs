//! The words of one base line to its lines: where a gap parts two, and what is joined within one.

use std::rc::Rc;

use super::raised::{is_lowered, is_mark, is_ordinal};
use super::{Barrier, Line, Part};
use crate::layout::direction::{from_the_right, is_right_to_left};
use crate::layout::words::{Joint, Token, join, join_group};

/// A gap wider than this, in the size of the font, parts two lines: columns, cells, labels of a chart.
const LINE_GAP: f64 = 0.85;
/// The same between two figures, which stand close in narrow tables and under narrow bars.
const FIGURE_GAP: f64 = 0.45;
/// The same between labels drawn one by one by a producer that draws blanks between words.
const LABEL_GAP: f64 = 0.42;
/// The same where a ruling or the edge of a fill runs through the gap.
const RULED_GAP: f64 = 0.3;

/// Letters drawn far apart that make a word.
const FEWEST_SPACED: usize = 4;
/// The same where a blank stands behind each, as one might stand between signs that are no word.
const FEWEST_BLANKED: usize = 6;

/// A word with the marks before and after it.
pub(super) type Marked = (Token, Vec<Token>, Vec<Token>);

pub(super) fn split_row(mut tokens: Vec<Marked>, barriers: &[Barrier]) -> Vec<Line> {
    tokens.dedup_by(|(token, leading, trailing), (last, _, after)| {
        let joins = after.is_empty() && leading.is_empty() && join(last, token);
        if joins {
            *after = std::mem::take(trailing);
        }
        joins
    });
    let joined = join_spaced_letters(tokens);
    let parts_here: Vec<bool> = joined
        .iter()
        .zip(joined.iter().skip(1))
        .map(|((before, _, trailing), (token, leading, _))| {
            let end = trailing.last().map_or(before.end, |mark| mark.end.max(before.end));
            let start = leading.first().map_or(token.start, |mark| mark.start.min(token.start));
            parts_lines(end, before, start, token, barriers)
        })
        .collect();
    let mut lines = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for (index, (mut token, leading, trailing)) in joined.into_iter().enumerate() {
        if index > 0 && parts_here[index - 1] {
            lines.extend(Line::of(std::mem::take(&mut parts)));
        }
        if parts.is_empty() {
            let more = parts_here[index.min(parts_here.len())..].iter().take_while(|parted| !**parted).count();
            parts.reserve_exact(more + 1);
        }
        if leading.is_empty() && trailing.is_empty() {
            parts.push(Part::Word(token));
            continue;
        }
        parts.extend(leading.into_iter().map(Part::Mark));
        let (attached, marks): (Vec<Token>, Vec<Token>) = trailing.into_iter().partition(|mark| is_part_of(&token, mark));
        let said: String = attached.iter().map(|mark| mark.string.as_str()).collect();
        if !said.is_empty() {
            token.string = [token.string.as_str(), &said].concat().into();
        }
        for mark in attached {
            token.bbox = token.bbox.union(mark.bbox);
            token.end = token.end.max(mark.end);
            token.glyphs.extend(&mark.glyphs);
        }
        parts.push(Part::Word(token));
        parts.extend(marks.into_iter().map(Part::Mark));
    }
    lines.extend(Line::of(parts));
    for line in &mut lines {
        put_right_to_left(line);
        join_thousands(line);
    }
    lines
}

/// Whether a small word that hangs on another is a part of it, not a mark: `21st`, `CO₂`.
fn is_part_of(word: &Token, mark: &Token) -> bool {
    is_lowered(word, mark) || is_ordinal(&mark.string) && !is_mark(&mark.string)
}

/// Makes one figure of a line that is nothing but groups of digits drawn in one go: `3 198`.
fn join_thousands(line: &mut Line) {
    if line.parts.len() < 2 {
        return;
    }
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
    let mut parts = line.take_parts().into_iter();
    let Some(Part::Word(mut figure)) = parts.next() else { return };
    for part in parts {
        if let Part::Word(token) = part {
            join_group(&mut figure, &token);
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
    let several =
        || before.before == Joint::Blank || token.after == Joint::Blank && before.string.chars().filter(|one| one.is_alphabetic()).count() > 2;
    // `January 2024` and `February 2024` may stand hardly further apart than words do.
    let dated = || {
        before.before == Joint::Blank
            && token.after == Joint::Blank
            && before.is_number()
            && token
                .string
                .starts_with(|character: char| character.is_alphabetic() && !character.is_lowercase())
    };
    if apart && several() && gap > if dated() { 0.6 * LABEL_GAP } else { LABEL_GAP } {
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
fn join_spaced_letters(tokens: Vec<Marked>) -> Vec<Marked> {
    let is_letter = |token: &Token| token.glyphs.len() == 1 && token.string.chars().all(char::is_alphabetic);
    let letters = tokens.iter().filter(|(token, _, _)| is_letter(token)).count();
    if letters < FEWEST_SPACED {
        return tokens;
    }
    if let Some(least) = even_blanks(&tokens, letters) {
        return join_letters_between_blanks(tokens, least);
    }
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
        if length >= FEWEST_SPACED {
            let (mut first, leading, _) = tokens[index].clone();
            append(&mut first, tokens[index + 1..index + length].iter().map(|(token, _, _)| token));
            joined.push((first, leading, tokens[index + length - 1].2.clone()));
        } else {
            length = 1;
            joined.push(tokens[index].clone());
        }
        index += length;
    }
    joined
}

/// The room between letters of a line that is set with a blank behind each: `K E Y  F I G U R E S`; none in another line.
fn even_blanks(tokens: &[Marked], letters: usize) -> Option<f64> {
    let alone = tokens
        .iter()
        .all(|(token, leading, trailing)| token.glyphs.len() == 1 && leading.is_empty() && trailing.is_empty());
    if !alone || letters < FEWEST_BLANKED || letters * 2 < tokens.len() {
        return None;
    }
    let gaps = tokens.windows(2).map(|pair| (pair[1].0.start - pair[0].0.end) / pair[0].0.size);
    let least = gaps.clone().fold(f64::INFINITY, f64::min);
    let close = gaps.filter(|gap| *gap < 1.45 * least).count();
    ((0.15..0.6).contains(&least) && close * 3 >= tokens.len() * 2).then_some(least)
}

fn join_letters_between_blanks(tokens: Vec<Marked>, room: f64) -> Vec<Marked> {
    let mut joined: Vec<Marked> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some((mut word, leading, trailing)) = tokens.next() {
        let mut letters: Vec<Token> = Vec::new();
        let mut end = word.end;
        while let Some((letter, _, _)) = tokens.next_if(|(next, _, _)| (next.start - end) / word.size < 1.45 * room) {
            end = letter.end;
            letters.push(letter);
        }
        append(&mut word, letters.iter());
        joined.push((word, leading, trailing));
    }
    joined
}

/// Puts letters at the end of a word.
fn append<'a>(word: &mut Token, letters: impl Iterator<Item = &'a Token>) {
    let mut string = String::from(word.string.as_str());
    for letter in letters {
        string.push_str(&letter.string);
        word.bbox = word.bbox.union(letter.bbox);
        word.end = letter.end;
        word.last_run = letter.last_run;
        word.after = letter.after;
        word.glyphs.extend(&letter.glyphs);
    }
    word.string = string.into();
}

/// Puts runs of right-to-left words in reading order where they are most of a line.
fn put_right_to_left(line: &mut Line) {
    let is_turned = |part: &Part| part.token().string.chars().any(is_right_to_left);
    let is_latin = |part: &Part| {
        part.token()
            .string
            .chars()
            .any(|character| character.is_alphabetic() && !is_right_to_left(character))
    };
    let turned = line.parts.iter().filter(|part| is_turned(part)).count();
    if turned == 0 || turned < line.parts.iter().filter(|part| is_latin(part)).count() {
        return;
    }
    let mut parts = line.take_parts();
    parts.reverse();
    // Words from left to right keep their order among themselves; figures alone follow one another from the right.
    let is_latin = |part: &Part| {
        part.token()
            .string
            .chars()
            .any(|character| character.is_alphabetic() && !is_right_to_left(character))
    };
    let mut start = 0;
    while start < parts.len() {
        let run = parts[start..].iter().take_while(|part| !is_turned(part)).count();
        if parts[start..start + run].iter().any(is_latin) {
            parts[start..start + run].reverse();
        }
        start += run.max(1);
    }
    let turned = parts.into_iter().map(|part| {
        let within = !is_turned(&part) && !is_latin(&part);
        match part {
            Part::Word(token) if within => Part::Word(token.reordered(from_the_right)),
            part => part,
        }
    });
    line.parts = Rc::new(turned.collect());
}
