//! The numbers that another PDF library sees on each page, to hold against the first reader's.
//!
//! The library shares no code with the engine. It panics on some files, does not apply rotation and crop boxes, and knows nothing of
//! hidden text: where it cannot judge, it is not asked, or only asked whether it sees the numbers that the first reader sees.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use std::time::{Duration, Instant};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Rotation;
use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

use super::guard;
use crate::input::Limits;
use crate::layout::lines::lines;
use crate::layout::words::words;
use crate::layout::{BBox, Characters, Document, Glyph, Page};
use crate::schema::Fact;

/// The width of a digit, in the size of the font, where the second reader finds none.
const MISSING_WIDTH: f64 = 0.55;

/// Characters of one page that are looked at.
const MOST_GLYPHS: usize = 500_000;

/// Numbers seen by one reader alone, page by page; empty where the readers agree or the second cannot judge.
pub(crate) fn disagreements(bytes: &[u8], document: &Document, limits: &Limits) -> Vec<Fact> {
    let second = seen_by_page(bytes, limits);
    let mut facts = Vec::new();
    for (page, second) in document.pages.iter().zip(second) {
        let Some(second) = second else { continue };
        let (mut first, mut only_second) = difference(numbers_of(page), second.numbers);
        if second.widths == Widths::Missing {
            without_pieces(&mut first, &mut only_second);
        }
        without_groups(&mut first, &mut only_second);
        without_groups(&mut only_second, &mut first);
        let mut second = only_second;
        if page.hidden_words > 0 {
            // What nobody sees the second reader sees too.
            second.clear();
        }
        if page.unmapped_glyphs > 0 {
            first.clear();
        }
        if !first.is_empty() || !second.is_empty() {
            facts.push(Fact::ReadersDisagree {
                page: page.number,
                first,
                second,
            });
        }
    }
    facts
}

/// What the second reader sees on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    /// Numbers as digits alone.
    numbers: Vec<String>,
    /// Whether it knows how wide all characters are.
    widths: Widths,
}

/// Whether the widths of all characters were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Widths {
    /// They were.
    #[default]
    Found,
    /// Some were guessed: a number may have come in pieces.
    Missing,
}

/// What the second reader sees on each page; none for pages it cannot judge.
fn seen_by_page(bytes: &[u8], limits: &Limits) -> Vec<Option<Seen>> {
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let judged = pages_to_judge(bytes);
    let Ok(Ok(document)) = guard::guarded(|| pdf_extract::Document::load_mem(bytes)) else {
        return vec![None; judged.len()];
    };
    if document.is_encrypted() {
        return vec![None; judged.len()];
    }
    (1..)
        .zip(judged)
        .map(|(number, judge)| {
            if !judge || Instant::now() > deadline {
                return None;
            }
            let mut collector = Collector {
                deadline,
                most: usize::try_from(limits.glyphs).unwrap_or(usize::MAX).min(MOST_GLYPHS),
                ..Collector::default()
            };
            let seen = guard::guarded(|| {
                let read = pdf_extract::output_doc_page(&document, &mut collector, number);
                read.is_ok().then(|| Seen {
                    numbers: numbers(std::mem::take(&mut collector.glyphs)),
                    widths: collector.widths,
                })
            });
            seen.unwrap_or_default()
        })
        .collect()
}

/// The numbers of a page as the first reader read it, as digits alone.
fn numbers_of(page: &Page) -> Vec<String> {
    page.words.iter().flat_map(|word| digits(&word.text)).collect()
}

/// Which pages the second reader sees as they are shown: upright, with nothing cropped.
fn pages_to_judge(bytes: &[u8]) -> Vec<bool> {
    let read = guard::guarded(|| {
        let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return Vec::new() };
        let upright = pdf.pages().iter().map(|page| {
            let (media, crop) = (page.media_box(), page.crop_box());
            let same = [(media.x0, crop.x0), (media.y0, crop.y0), (media.x1, crop.x1), (media.y1, crop.y1)]
                .iter()
                .all(|(one, other)| (one - other).abs() < 0.5);
            matches!(page.rotation(), Rotation::None) && same
        });
        upright.collect()
    });
    read.unwrap_or_default()
}

fn numbers(glyphs: Vec<Glyph>) -> Vec<String> {
    lines(words(&Rc::new(glyphs)), &[])
        .iter()
        .flat_map(|line| line.parts.iter().flat_map(|part| digits(&part.token().string)))
        .collect()
}

/// The numbers in a word, as digits alone: what both readers must see alike, however they part groups of thousands.
fn digits(word: &str) -> impl Iterator<Item = String> + '_ {
    let within = |character: char| character.is_ascii_digit() || matches!(character, ',' | '.' | '\'' | '’' | '\u{2009}' | '\u{202f}');
    word.split(move |character| !within(character))
        .map(|number| number.chars().filter(char::is_ascii_digit).collect::<String>())
        .filter(|digits| !digits.is_empty())
}

/// What each list holds that the other does not, counting repeats.
fn difference(first: Vec<String>, second: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut balance: BTreeMap<String, i64> = BTreeMap::new();
    for number in first {
        *balance.entry(number).or_default() += 1;
    }
    for number in second {
        *balance.entry(number).or_default() -= 1;
    }
    let (mut only_first, mut only_second) = (Vec::new(), Vec::new());
    for (number, count) in balance {
        let side = if count > 0 { &mut only_first } else { &mut only_second };
        side.extend(std::iter::repeat_n(number, usize::try_from(count.abs()).unwrap_or(0)));
    }
    (only_first, only_second)
}

/// Takes out numbers of the first list that the second holds in pieces, and those pieces.
fn without_pieces(whole: &mut Vec<String>, pieces: &mut Vec<String>) {
    /// Pieces that make a number, by index; none where there are none.
    fn made_of(number: &str, pieces: &[String], used: &mut Vec<usize>, depth: usize) -> bool {
        if number.is_empty() {
            return true;
        }
        (depth > 0)
            && (0..pieces.len()).any(|index| {
                let fits = !used.contains(&index) && number.starts_with(&pieces[index]);
                if !fits {
                    return false;
                }
                used.push(index);
                let made = made_of(&number[pieces[index].len()..], pieces, used, depth - 1);
                if !made {
                    used.pop();
                }
                made
            })
    }
    if whole.len() > 60 || pieces.len() > 60 {
        return;
    }
    whole.retain(|number| {
        let mut used = Vec::new();
        let made = made_of(number, pieces, &mut used, 4);
        if made {
            used.sort_unstable();
            for index in used.into_iter().rev() {
                pieces.remove(index);
            }
        }
        !made
    });
}

/// Takes out numbers of one list that the other holds as groups of thousands, and those groups: whether `40 597` is one number
/// is a question of how wide the space is, not of what is printed.
fn without_groups(whole: &mut Vec<String>, groups: &mut Vec<String>) {
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for group in groups.iter() {
        *left.entry(group.clone()).or_default() += 1;
    }
    whole.retain(|number| {
        if !(4..=12).contains(&number.len()) {
            return true;
        }
        let head = (number.len() - 1) % 3 + 1;
        let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
        *parts.entry(&number[..head]).or_default() += 1;
        for start in (head..number.len()).step_by(3) {
            *parts.entry(&number[start..start + 3]).or_default() += 1;
        }
        let all_there = parts.iter().all(|(part, count)| left.get(*part).is_some_and(|there| there >= count));
        if all_there {
            for (part, count) in parts {
                if let Some(there) = left.get_mut(part) {
                    *there -= count;
                }
            }
        }
        !all_there
    });
    groups.retain(|group| {
        let kept = left.get(group).is_some_and(|there| *there > 0);
        if kept && let Some(there) = left.get_mut(group) {
            *there -= 1;
        }
        kept
    });
}

/// Takes characters with their places.
struct Collector {
    glyphs: Vec<Glyph>,
    seen: HashSet<(String, i32, i32, i32)>,
    page: BBox,
    /// Where the library's pen stands, and how far it is behind for widths it did not find.
    pen: (f64, f64),
    lost: (f64, f64),
    widths: Widths,
    deadline: Instant,
    most: usize,
}

impl Default for Collector {
    fn default() -> Self {
        Self {
            glyphs: Vec::new(),
            seen: HashSet::new(),
            page: BBox::default(),
            pen: (f64::NEG_INFINITY, 0.0),
            lost: (0.0, 0.0),
            widths: Widths::Found,
            deadline: Instant::now(),
            most: 0,
        }
    }
}

impl OutputDev for Collector {
    fn begin_page(&mut self, _: u32, media_box: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.page = BBox {
            x0: media_box.llx,
            top: media_box.ury,
            x1: media_box.urx,
            bottom: media_box.lly,
        };
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(&mut self, matrix: &Transform, width: f64, _: f64, font_size: f64, characters: &str) -> Result<(), OutputError> {
        if self.glyphs.len() >= self.most || self.glyphs.len().is_multiple_of(256) && Instant::now() > self.deadline {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        let along = (matrix.m11 * font_size, -matrix.m12 * font_size);
        let size = (matrix.m21 * font_size).hypot(matrix.m22 * font_size);
        let origin = (matrix.m31 - self.page.x0, self.page.top - matrix.m32);
        let numbers = [along.0, along.1, size, origin.0, origin.1, width];
        if numbers.iter().any(|number| !number.is_finite() || number.abs() > 1e6) || size <= 0.0 {
            return Ok(());
        }
        // A font that keeps its widths to itself leaves the pen where it was: the characters are set beside one another here.
        let pen = (origin.0 + along.0 * width, origin.1 + along.1 * width);
        let on = (origin.0 - self.pen.0).hypot(origin.1 - self.pen.1) < 0.35 * size;
        let origin = if on { (origin.0 + self.lost.0, origin.1 + self.lost.1) } else { origin };
        if !on {
            self.lost = (0.0, 0.0);
        }
        self.pen = pen;
        let guess = if width > 0.05 || characters.trim().is_empty() {
            0.0
        } else {
            MISSING_WIDTH
        };
        if guess > 0.0 {
            self.widths = Widths::Missing;
        }
        self.lost = (self.lost.0 + along.0 * guess, self.lost.1 + along.1 * guess);
        let inside =
            origin.0 > -1.0 && origin.1 > -1.0 && origin.0 < self.page.x1 - self.page.x0 && origin.1 < self.page.top - self.page.bottom + 1.0;
        let step = 0.12 * size;
        let spot = (
            characters.to_owned(),
            (size * 8.0).round() as i32,
            (origin.0 / step).round() as i32,
            (origin.1 / step).round() as i32,
        );
        if !inside || !self.seen.insert(spot) {
            return Ok(());
        }
        let width = width.max(guess);
        let end = (origin.0 + along.0 * width, origin.1 + along.1 * width);
        if let Some(last) = self.glyphs.last_mut() {
            // Widths that a font keeps to itself are taken for nothing, half an em or a whole one: the next character tells better.
            let (dx, dy) = (origin.0 - last.origin.0, origin.1 - last.origin.1);
            let wide = (last.end.0 - last.origin.0).hypot(last.end.1 - last.origin.1);
            let length = along.0.hypot(along.1).max(1e-9);
            let (step, aside) = ((dx * along.0 + dy * along.1) / length, (dy * along.0 - dx * along.1) / length);
            let digit = |characters: &Characters| {
                characters
                    .one()
                    .is_some_and(|character| character.is_ascii_digit() || matches!(character, ',' | '.'))
            };
            let figure = digit(&last.characters) && digit(&Characters::of_string(characters)) && step < 0.74 * size;
            if figure && aside.abs() < 0.05 * size && (-size..0.4 * size).contains(&step) {
                // Digits do not overlap: the library misses a width here.
                self.widths = Widths::Missing;
            }
            if aside.abs() < 0.05 * size && step > 0.15 * size && (step < wide || figure) {
                last.end = origin;
            }
        }
        self.glyphs.push(Glyph {
            characters: Characters::of_string(characters),
            origin,
            end,
            size,
            bbox: BBox {
                x0: origin.0.min(end.0),
                top: origin.1.min(end.1) - 0.79 * size,
                x1: origin.0.max(end.0),
                bottom: origin.1.max(end.1) + 0.21 * size,
            },
            turn: along.1.atan2(along.0).to_degrees().round() as i16,
            bold: false,
            colour: None,
            run: 0,
        });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        // Words in this sense are pieces of a line between two adjustments: they part nothing.
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(first: &[&str], second: &[&str], only_first: &[&str], only_second: &[&str]) {
        let owned = |list: &[&str]| list.iter().map(|&number| number.to_owned()).collect::<Vec<_>>();
        assert_eq!(difference(owned(first), owned(second)), (owned(only_first), owned(only_second)));
    }

    #[test]
    fn numbers_are_compared_with_their_repeats_and_without_their_order() {
        check(&["3100", "33"], &["33", "3100"], &[], &[]);
        check(&["3100", "33", "33"], &["33", "310"], &["3100", "33"], &["310"]);
    }

    #[test]
    fn a_number_in_pieces_is_found_again() {
        let (mut whole, mut pieces) = (
            vec!["311".to_owned(), "47".to_owned()],
            vec!["1".to_owned(), "31".to_owned(), "9".to_owned()],
        );
        without_pieces(&mut whole, &mut pieces);
        assert_eq!((whole, pieces), (vec!["47".to_owned()], vec!["9".to_owned()]));
    }

    #[test]
    fn groups_of_thousands_are_one_number_however_they_are_parted() {
        let owned = |list: &[&str]| list.iter().map(|&number| number.to_owned()).collect::<Vec<_>>();
        let (mut whole, mut groups) = (
            owned(&["40597", "9129146", "20202174"]),
            owned(&["129", "146", "2020", "2174", "40", "597", "9"]),
        );
        without_groups(&mut whole, &mut groups);
        assert_eq!((whole, groups), (owned(&["20202174"]), owned(&["2020", "2174"])));
    }

    #[test]
    fn a_word_is_compared_by_its_digits() {
        let numbers = |word: &str| digits(word).collect::<Vec<_>>();
        assert_eq!(numbers("5,303"), numbers("5\u{2009}303"));
        assert_eq!(numbers("31-01-2020"), ["31", "01", "2020"]);
        assert!(numbers("Albania").is_empty());
    }
}
