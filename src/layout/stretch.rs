//! The glyphs of a word: a stretch of those of its page, or a list of its own.

use std::ops::{Deref, Range};
use std::rc::Rc;

use super::glyph::Glyph;

/// Glyphs that follow one another on a page. Words share the list of their page, as most are read in the order drawn.
#[derive(Debug, Clone)]
pub struct Stretch {
    all: Rc<Vec<Glyph>>,
    range: Range<usize>,
}

impl Stretch {
    /// Some of the glyphs of a page.
    pub(super) fn of(all: &Rc<Vec<Glyph>>, range: Range<usize>) -> Self {
        Self { all: Rc::clone(all), range }
    }

    /// Adds the glyphs of another word behind its own.
    pub(super) fn extend(&mut self, other: &Self) {
        if Rc::ptr_eq(&self.all, &other.all) && self.range.end == other.range.start {
            self.range.end = other.range.end;
        } else if let Some(own) = Rc::get_mut(&mut self.all)
            && own.len() == self.range.end
        {
            own.extend_from_slice(other);
            self.range.end = own.len();
        } else {
            *self = [&**self, other].concat().into();
        }
    }
}

impl From<Vec<Glyph>> for Stretch {
    fn from(glyphs: Vec<Glyph>) -> Self {
        Self {
            range: 0..glyphs.len(),
            all: Rc::new(glyphs),
        }
    }
}

impl Deref for Stretch {
    type Target = [Glyph];

    fn deref(&self) -> &[Glyph] {
        &self.all[self.range.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{BBox, Characters};

    fn glyphs(text: &str) -> Vec<Glyph> {
        let glyph = |character| Glyph {
            characters: Characters::One(character),
            origin: (0.0, 0.0),
            end: (0.0, 0.0),
            size: 10.0,
            bbox: BBox::default(),
            turn: 0,
            bold: false,
            colour: None,
            run: 1,
        };
        text.chars().map(glyph).collect()
    }

    fn check(stretch: &Stretch, expected: &str) {
        let text: String = stretch.iter().filter_map(|glyph| glyph.characters.one()).collect();
        assert_eq!(text, expected);
    }

    #[test]
    fn what_follows_on_the_page_is_joined_without_a_list_of_its_own() {
        let page = Rc::new(glyphs("7 900"));
        let mut word = Stretch::of(&page, 0..1);
        word.extend(&Stretch::of(&page, 1..3));
        check(&word, "7 9");
        assert!(Rc::ptr_eq(&word.all, &page));
    }

    #[test]
    fn what_stands_elsewhere_is_joined_and_the_page_stays_as_it_is() {
        let page = Rc::new(glyphs("T O"));
        let mut word = Stretch::of(&page, 0..1);
        word.extend(&Stretch::of(&page, 2..3));
        let before = word.clone();
        word.extend(&glyphs("TA").into());
        word.extend(&Stretch::of(&page, 0..0));
        word.extend(&glyphs("L").into());
        check(&word, "TOTAL");
        check(&before, "TO");
        check(&Stretch::of(&page, 0..3), "T O");
        // The last of the page, held by nobody else, must not grow over what follows it.
        let mut alone = Stretch::of(&Rc::new(glyphs("12")), 0..1);
        alone.extend(&glyphs("3").into());
        check(&alone, "13");
    }
}
