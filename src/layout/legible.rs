//! Whether the words of a page are words of some language, or what a font with a wrong map makes of them.
//!
//! A font whose map to characters is shifted or scrambled gives letters all the same, and figures that are other figures. Languages that
//! are written in Latin letters have vowels in every word, few accents among their letters, and capitals at the start of words.

use super::words::Token;

/// Letters that a page must show before it is judged.
const FEWEST_LETTERS: usize = 120;
/// Shares of vowels among the letters of a page: English has 0.40, Polish 0.38, Portuguese 0.48, lists of acronyms down to 0.27.
const VOWELS: std::ops::RangeInclusive<f64> = 0.2..=0.75;
/// With fewer vowels than this, words are looked at one by one.
const FEW_VOWELS: f64 = 0.33;
/// Share of words of four letters and more that have no vowel.
const MOST_WITHOUT_VOWEL: f64 = 0.15;
/// Share of letters with accents: Vietnamese has 0.3.
const MOST_ACCENTS: f64 = 0.5;
/// Share of words with a capital behind a small letter, or a sign that stands in no word.
const MOST_BROKEN: f64 = 0.4;

const MARKED_VOWELS: &str = "àáâãäåæèéêëìíîïòóôõöøùúûüýÿœāăąēĕėęěĩīĭįıōŏőũūŭůűų";

/// Whether somebody could read the words of a page, as far as they are written in Latin letters.
pub(super) fn is_legible(words: &[Token]) -> bool {
    let mut count = Count::default();
    for word in words {
        count.add(&word.string);
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    count.letters < FEWEST_LETTERS
        || count.letters < count.others
        || VOWELS.contains(&share(count.vowels, count.letters))
            && (share(count.vowels, count.letters) > FEW_VOWELS || share(count.without_vowel, count.long) <= MOST_WITHOUT_VOWEL)
            && share(count.accents, count.letters) <= MOST_ACCENTS
            && share(count.broken, count.words) <= MOST_BROKEN
}

/// Whether a sign stands in no word.
fn is_never_within(character: char) -> bool {
    matches!(character, '[' | ']' | '\\' | '^' | '{' | '|' | '}' | '~' | '<' | '>' | '`')
}

/// A letter, by one bit of what is known of a plain character.
const LETTER: u8 = 1;
/// A vowel.
const VOWEL: u8 = 1 << 1;
/// A small letter.
const SMALL: u8 = 1 << 2;
/// A capital: one bit above the small letters.
const CAPITAL: u8 = SMALL << 1;
/// A sign that stands in no word: four bits above the letters.
const NEVER_WITHIN: u8 = LETTER << 4;

/// What each plain character is.
const KINDS: [u8; 128] = {
    let mut kinds = [0; 128];
    let mut code = 0;
    while code < 128 {
        let character = code as u8;
        kinds[code] = match character {
            b'a'..=b'z' => LETTER | SMALL,
            b'A'..=b'Z' => LETTER | CAPITAL,
            b'[' | b']' | b'\\' | b'^' | b'{' | b'|' | b'}' | b'~' | b'<' | b'>' | b'`' => NEVER_WITHIN,
            _ => 0,
        };
        if matches!(character.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y') {
            kinds[code] |= VOWEL;
        }
        code += 1;
    }
    kinds
};

/// What the words of a page are made of.
#[derive(Default)]
struct Count {
    words: usize,
    broken: usize,
    /// Words of four letters and more.
    long: usize,
    without_vowel: usize,
    letters: usize,
    vowels: usize,
    accents: usize,
    /// Letters of other scripts.
    others: usize,
}

impl Count {
    /// Counts a word; abbreviations of one or two letters tell nothing.
    fn add(&mut self, word: &str) {
        if word.is_ascii() {
            self.add_plain(word.as_bytes());
            return;
        }
        let letters = word.chars().filter(|character| character.is_alphabetic()).count();
        if letters < 3 {
            return;
        }
        self.words += 1;
        let mut last = ' ';
        let mut broken = false;
        let vowels = self.vowels;
        for character in word.chars() {
            let is_latin = character.is_ascii_alphabetic() || matches!(character, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
            broken |= last.is_lowercase() && character.is_uppercase() || is_never_within(character) && last.is_alphabetic();
            last = character;
            if !is_latin {
                self.others += usize::from(character.is_alphabetic());
                continue;
            }
            let small = if character.is_ascii() {
                character.to_ascii_lowercase()
            } else {
                character.to_lowercase().next().unwrap_or(character)
            };
            self.letters += 1;
            self.accents += usize::from(!character.is_ascii());
            let is_vowel = matches!(small, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
                || !small.is_ascii() && (MARKED_VOWELS.contains(small) || matches!(small, '\u{1ea0}'..='\u{1eff}'));
            self.vowels += usize::from(is_vowel);
        }
        self.broken += usize::from(broken);
        if letters > 3 {
            self.long += 1;
            self.without_vowel += usize::from(self.vowels == vowels);
        }
    }

    /// The same for a word of plain letters, as most are.
    fn add_plain(&mut self, word: &[u8]) {
        let (mut letters, mut vowels) = (0_u32, 0_u32);
        let mut last = 0;
        let mut broken = 0;
        for letter in word {
            let kind = KINDS[usize::from(letter & 0x7f)];
            letters += u32::from(kind & LETTER);
            vowels += u32::from(kind & VOWEL) >> 1;
            // Behind a small letter, or behind any.
            broken |= last & SMALL & kind >> 1 | (last & LETTER) << 4 & kind;
            last = kind;
        }
        if letters < 3 {
            return;
        }
        self.words += 1;
        self.letters += letters as usize;
        self.vowels += vowels as usize;
        self.broken += usize::from(broken != 0);
        if letters > 3 {
            self.long += 1;
            self.without_vowel += usize::from(vowels == 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::layout::{BBox, Characters, Glyph, words::words};

    fn check(text: &str, expected: bool) {
        let glyphs = text.chars().enumerate().map(|(index, character)| {
            let (x, end) = (5.0 * index as f64, 5.0 * index as f64 + 5.0);
            Glyph {
                characters: Characters::One(character),
                origin: (x, 100.0),
                end: (end, 100.0),
                size: 10.0,
                bbox: BBox {
                    x0: x,
                    top: 92.0,
                    x1: end,
                    bottom: 102.0,
                },
                turn: 0,
                bold: false,
                colour: None,
                run: 1,
            }
        });
        assert_eq!(is_legible(&words(&Rc::new(glyphs.collect()))), expected, "{text}");
    }

    const ENGLISH: &str = "The number of persons who arrived in the region fell again in the month, and most of them left within days. \
                           Those who stayed were hosted in centres near the border, where food and shelter were given to all.";

    /// Each letter and figure some places further on in the table of characters, as fonts with shifted codes give them.
    fn shifted(text: &str, by: i32) -> String {
        let shift = |character: char| match character {
            ' ' => ' ',
            _ => char::from_u32((character as i32 + by) as u32).expect("a character"),
        };
        text.chars().map(shift).collect()
    }

    #[test]
    fn pages_in_any_language_are_legible() {
        check(ENGLISH, true);
        check(
            "Le nombre de personnes déplacées a encore baissé au cours du mois, et la plupart d’entre elles sont reparties. \
             Celles qui sont restées étaient hébergées dans des centres près de la frontière, où vivres et abris sont donnés.",
            true,
        );
        check(
            "O número de pessoas deslocadas voltou a descer durante o mês, e a maioria não ficou mais do que alguns dias. \
             As que ficaram foram alojadas em centros perto da fronteira, com alimentação e abrigo para todos.",
            true,
        );
        check(
            "Broj osoba koje su stigle u regiju opet je opao, a većina ih je otišla u roku od nekoliko dana. Preostali su smješteni \
             u centrima uz granicu, gdje su svima osigurani hrana i smještaj, čvrst krov i prva pomoć.",
            true,
        );
        check(
            "Số người đến khu vực đã giảm trong tháng này, và phần lớn họ rời đi trong vài ngày. Những người ở lại được đón tiếp \
             tại các trung tâm gần biên giới, nơi mọi người đều được cấp lương thực và chỗ ở.",
            true,
        );
        check(
            "UNHCR IOM UNICEF WFP OCHA IFRC MSF DRC NRC IRC UNFPA UNDP FAO WHO MKD SRB BIH MNE ALB KOS GRC ITA TUR AFG SYR IRQ IRN PAK BGD NPL CUB BDI COD",
            true,
        );
        check(
            "وصل الأشخاص إلى المنطقة خلال الشهر وغادر معظمهم في غضون أيام واستقر من بقي منهم في مراكز قرب الحدود",
            true,
        );
        check("12 1,234 47% 2024", true);
    }

    #[test]
    fn pages_in_scrambled_letters_are_not() {
        check(&shifted(ENGLISH, -29), false);
        check(&shifted(ENGLISH, -1), false);
        check(&shifted(ENGLISH, 3), false);
        check("ÇáÓáÇã ÚáíßÜã æÑÍãÉ Çááå æÈÑßÇÊå ".repeat(6).as_str(), false);
    }
}
