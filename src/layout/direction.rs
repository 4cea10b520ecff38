//! Scripts written from right to left: glyphs as they stand on a line to the order in which they are read.
//!
//! A page only tells where glyphs stand. What Unicode's bidirectional algorithm (UAX #9) did when the page was set is undone: words run
//! from the right, numbers and Latin words within them from the left, and brackets open before what they hold.

use super::glyph::{Characters, Glyph};
use super::stretch::Stretch;
use super::words::Frame;

/// Whether a character belongs to a script written from right to left. Digits of all scripts are written from the left, and a comma or
/// question mark goes with what it stands at.
pub(super) fn is_right_to_left(character: char) -> bool {
    character >= '\u{590}'
        && matches!(character, '\u{590}'..='\u{60b}' | '\u{60d}'..='\u{61a}' | '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Whether a glyph is a mark on the letter before it, as vowels are in Arabic and Hebrew.
pub(super) fn is_combining(glyph: &Glyph) -> bool {
    let Characters::One(character) = glyph.characters else { return false };
    // Few characters come that far.
    character >= '\u{300}'
        && matches!(
            character,
            '\u{300}'..='\u{36f}'
                | '\u{591}'..='\u{5bd}'
                | '\u{5bf}'..='\u{5c7}'
                | '\u{610}'..='\u{61a}'
                | '\u{64b}'..='\u{65f}'
                | '\u{670}'
                | '\u{6d6}'..='\u{6ed}'
        )
}

/// Whether a mark stands over or under a letter, or close by.
pub(super) fn stands_on(letter: &Glyph, mark: &Glyph) -> bool {
    let size = letter.size;
    letter.turn == mark.turn && (mark.origin.0 - letter.origin.0).abs() < 1.2 * size && (mark.origin.1 - letter.origin.1).abs() < 1.2 * size
}

/// The glyphs of a word in reading order: another than drawn if it is written from right to left.
pub(super) fn in_reading_order(word: Stretch) -> Stretch {
    if word
        .iter()
        .all(|glyph| glyph.characters.one().is_some_and(|character| character < '\u{590}'))
    {
        return word;
    }
    let letters = word.iter().filter(|glyph| is_letter(glyph)).count();
    if letters == 0 || letters * 2 <= word.iter().filter(|glyph| !is_combining(glyph)).count() {
        return word;
    }
    let mut glyphs = word.to_vec();
    from_the_right(&mut glyphs);
    glyphs.into()
}

/// Puts the glyphs of a word that stands in a line from right to left in reading order.
pub(super) fn from_the_right(glyphs: &mut Vec<Glyph>) {
    let Some(first) = glyphs.first() else { return };
    let frame = Frame::of(first.turn);
    let letters: Vec<(f64, f64)> = glyphs
        .iter()
        .filter(|glyph| !is_combining(glyph))
        .map(|glyph| (frame.along(glyph.origin), frame.along(glyph.end)))
        .collect();
    let mut placed: Vec<(f64, Glyph)> = std::mem::take(glyphs)
        .into_iter()
        .map(|glyph| {
            let at = frame.along(glyph.origin);
            let under = letters.iter().find(|(start, end)| is_combining(&glyph) && (*start..*end).contains(&at));
            (under.map_or(at, |(start, _)| *start), glyph)
        })
        .collect();
    // The rightmost first, each mark behind its letter.
    placed.sort_by(|one, other| {
        let mark = |glyph: &Glyph| is_combining(glyph);
        other.0.total_cmp(&one.0).then(mark(&one.1).cmp(&mark(&other.1)))
    });
    glyphs.extend(placed.into_iter().map(|(_, glyph)| glyph));
    turn_runs_from_the_left(glyphs);
    let last = glyphs.len() - 1;
    open_brackets(glyphs, last);
}

/// Turns numbers and Latin words back, which stand from left to right within a line from right to left.
fn turn_runs_from_the_left(glyphs: &mut [Glyph]) {
    let mut start = 0;
    while start < glyphs.len() {
        if !is_from_the_left(&glyphs[start]) && !is_sign_of_number(glyphs, start) {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        while end < glyphs.len() {
            let joins = glyphs.get(end + 1).is_some_and(is_from_the_left) && is_within_number(&glyphs[end]);
            if !is_from_the_left(&glyphs[end]) && !joins && !is_percent(&glyphs[end]) {
                break;
            }
            end += 1;
        }
        glyphs[start..end].reverse();
        if is_percent(&glyphs[start]) {
            // Arabic sets the percent sign at the left of the number, behind which it is read.
            glyphs[start..end].rotate_left(1);
        }
        start = end;
    }
}

/// Makes the bracket that opens a word an opening one, and the one that closes it a closing one, whichever way they are drawn.
fn open_brackets(glyphs: &mut [Glyph], last: usize) {
    let set = |glyph: &mut Glyph, pairs: [(char, char); 2]| {
        for (from, to) in pairs {
            if glyph.characters == Characters::One(from) {
                glyph.characters = Characters::One(to);
            }
        }
    };
    let is_open = |glyph: &Glyph| matches!(glyph.characters, Characters::One('(' | ')' | '[' | ']'));
    if last > 0 && is_open(&glyphs[0]) {
        set(&mut glyphs[0], [(')', '('), (']', '[')]);
    }
    for at in (1..=last).rev() {
        let closing = is_open(&glyphs[at]);
        if closing {
            set(&mut glyphs[at], [('(', ')'), ('[', ']')]);
        } else if !matches!(glyphs[at].characters, Characters::One('.' | ',' | '،' | '؛' | ':' | ';')) {
            break;
        }
    }
}

fn is_letter(glyph: &Glyph) -> bool {
    match &glyph.characters {
        Characters::One(character) => is_right_to_left(*character) && !is_combining(glyph),
        Characters::Several(string) => string.chars().any(is_right_to_left),
        Characters::Unknown => false,
    }
}

fn is_from_the_left(glyph: &Glyph) -> bool {
    match &glyph.characters {
        Characters::One(character) => character.is_alphanumeric() && !is_right_to_left(*character),
        Characters::Several(string) => !string.chars().any(is_right_to_left),
        Characters::Unknown => true,
    }
}

fn is_within_number(glyph: &Glyph) -> bool {
    matches!(
        glyph.characters,
        Characters::One('.' | ',' | ':' | '/' | '-' | '\'' | '’' | '٫' | '٬' | '\u{2009}' | '\u{202f}' | '\u{a0}')
    )
}

fn is_percent(glyph: &Glyph) -> bool {
    matches!(glyph.characters, Characters::One('%' | '٪'))
}

/// Whether a percent or plus sign stands right before a number.
fn is_sign_of_number(glyphs: &[Glyph], at: usize) -> bool {
    is_percent(&glyphs[at]) && glyphs.get(at + 1).is_some_and(is_from_the_left)
}
