//! A text to the countries, territories and nationalities it names.

use std::{
    cmp::Reverse,
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
    sync::OnceLock,
};

use super::{
    annotated::{Token, head, tokens},
    language::Language,
};
use crate::schema::codebook::{NameEntry, NameKind, Normalised, PlaceKind, codebook, normalised};

/// Longest note after a name, `(UNSC resolution 1244-administered territory)`, in bytes of the normalised text.
const LONGEST_NOTE: usize = 90;

/// A place or nationality named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceMention {
    /// Bytes of the text, notes of status included: `Kosovo (S/RES/1244 (1999))`.
    pub range: Range<usize>,
    /// Code of the codebook.
    pub code: &'static str,
    /// It names people, or says of what nationality: `Afghans`, `Turkish`.
    pub demonym: bool,
}

/// All names of the codebook by how the word begins that they begin with, see [`head`]: a name stands between the edges of words.
type Names = HashMap<u64, Vec<Name>, BuildHasherDefault<HeadHasher>>;

/// A name in the form in which names are compared.
struct Name {
    form: String,
    entry: &'static NameEntry,
}

/// Spreads heads of words. The names are the codebook's: nobody chooses them so that they collide.
#[derive(Default)]
struct HeadHasher(u64);

impl Hasher for HeadHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, head: u64) {
        // Fibonacci hashing: Knuth, The Art of Computer Programming, volume 3, section 6.4.
        self.0 = (self.0 ^ head ^ (head >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(26);
    }
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names = Names::default();
        for entry in codebook().names() {
            let form = normalised(&entry.name);
            names.entry(head(first_word(&form))).or_default().push(Name { form, entry });
        }
        names
    })
}

/// The letters and digits that a text begins with.
fn first_word(text: &str) -> &str {
    let is_part = |character: char| character.is_ascii_alphanumeric() || !character.is_ascii() && character.is_alphanumeric();
    &text[..text.find(|character| !is_part(character)).unwrap_or(text.len())]
}

/// Every name at the start of a word of a normalised text, whole or not.
fn candidates(form: &str) -> Vec<Candidate> {
    let names = names();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(character) = form[at..].chars().next() {
        let word = first_word(&form[at..]);
        if word.is_empty() {
            at += character.len_utf8();
            continue;
        }
        if let Some(names) = names.get(&head(word)) {
            let standing = names.iter().filter(|name| form[at..].starts_with(&name.form));
            found.extend(standing.map(|name| Candidate {
                start: at,
                end: at + name.form.len(),
                entry: name.entry,
            }));
        }
        at += word.len();
    }
    found
}

/// A name found, in bytes of the normalised text.
struct Candidate {
    start: usize,
    end: usize,
    entry: &'static NameEntry,
}

/// How capital letters are used in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capitals {
    Mixed,
    All,
    None,
}

impl Capitals {
    fn of(text: &str) -> Self {
        let (mut upper, mut lower) = (false, false);
        for character in text.chars() {
            upper |= character.is_uppercase();
            lower |= character.is_lowercase();
            if upper && lower {
                return Self::Mixed;
            }
        }
        if upper { Self::All } else { Self::None }
    }
}

/// All places and nationalities of a text, in order, the longest name at each place.
///
/// Names that may mean several places (`Congolese`) and names inside others (`Gulf of Guinea`) give nothing.
pub fn places(text: &str, language: &Language) -> Vec<PlaceMention> {
    places_among(text, &tokens(text), language)
}

/// As [`places`], of a text whose words are known.
pub(super) fn places_among(text: &str, words: &[Token], language: &Language) -> Vec<PlaceMention> {
    // Of plain letters the words are those that names are compared by; most texts hold none that a name begins with.
    let plain = text.is_ascii() && !text.contains('&');
    let names = names();
    if plain && !words.iter().any(|word| !word.is_punctuation() && names.contains_key(&word.head())) {
        return Vec::new();
    }
    let form = Normalised::of(text);
    let mut candidates = candidates(&form.text);
    if candidates.is_empty() {
        return Vec::new();
    }
    let capitals = Capitals::of(text);
    candidates.retain(|candidate| is_whole(&form.text, candidate) && is_written_as_name(text, &form, candidate, capitals, language));
    candidates.sort_by_key(|candidate| (candidate.start, Reverse(candidate.end)));
    let mut mentions = Vec::new();
    let mut free = 0;
    for candidate in candidates {
        if candidate.start < free {
            continue;
        }
        let end = after_note(&form.text, &candidate);
        free = end;
        if let Some(place) = codebook().place(&candidate.entry.code)
            && let (Some(start), Some(end)) = (form.start(candidate.start), form.end(end, text))
        {
            mentions.push(PlaceMention {
                range: start..end,
                code: &place.code,
                demonym: candidate.entry.kind.is_demonym(),
            });
        }
    }
    mentions
}

/// The code of the place or nationality that a whole cell or label names: `Kosovo*:`, `the Gambia`, `Afghan nationals`, `other`.
pub fn place(text: &str, language: &Language) -> Option<&'static str> {
    let trimmed = text
        .trim()
        .trim_matches(|character: char| matches!(character, ':' | ';' | '.' | '•' | '–' | '-'))
        .trim();
    // No name in the codebook is as long as a paragraph.
    if trimmed.is_empty() || trimmed.len() > 200 {
        return None;
    }
    whole(trimmed).or_else(|| {
        let mut words: Vec<&str> = trimmed.split_whitespace().collect();
        let is_one_of = |word: &str, list: &[String]| list.iter().any(|other| other.eq_ignore_ascii_case(word.trim_end_matches(':')));
        while words.len() > 1 && is_one_of(words[0], &language.places.before) {
            words.remove(0);
        }
        while words.len() > 1 && words.last().is_some_and(|word| is_one_of(word, &language.places.after)) {
            words.pop();
        }
        whole(&words.join(" "))
    })
}

/// Whether a text that stands where a place belongs looks like the name of one, known or not.
///
/// One to five capitalised words of letters, none of them a usual word of a report's tables.
pub fn looks_like_place(text: &str, language: &Language) -> bool {
    let trimmed = text.trim().trim_end_matches([':', '*']).trim_end();
    let words: Vec<&str> = trimmed.split_whitespace().collect();
    if words.is_empty() || words.len() > 5 || trimmed.len() > 60 {
        return false;
    }
    let is_one_of = |word: &str, list: &[String]| list.iter().any(|other| other.eq_ignore_ascii_case(word));
    let mut names = 0;
    for (position, word) in words.iter().enumerate() {
        let bare = word.trim_matches(['(', ')', ',', '\'', '’', '.', '"']);
        let letters = bare
            .chars()
            .all(|character| character.is_alphabetic() || matches!(character, '-' | '\'' | '’' | '.' | '‑'));
        if bare.is_empty() || !letters || is_one_of(bare, &language.places.no_places) {
            return false;
        }
        if position > 0 && is_one_of(bare, &language.places.joining) {
            continue;
        }
        if !bare.chars().next().is_some_and(char::is_uppercase) || bare.chars().count() < 3 {
            return false;
        }
        names += 1;
    }
    names > 0
}

/// The place whose name, notes aside, is the whole text.
fn whole(text: &str) -> Option<&'static str> {
    let form = normalised(text);
    let bare = form.trim_end_matches(['*', '.', ':', ' ']);
    let entry = codebook().named(bare).or_else(|| {
        // A note of status or an article in brackets, `Kosovo (UNSCR 1244)`, `Gambia (the)`.
        let open = bare.find('(')?;
        let entry = codebook().named(bare[..open].trim_end_matches('*'))?;
        let candidate = Candidate { start: 0, end: open, entry };
        (after_note(bare, &candidate) == bare.len()).then_some(entry)
    })?;
    codebook().place(&entry.code).map(|place| place.code.as_str())
}

/// Whether a name stands between the edges of words and is not cut short.
fn is_whole(form: &str, candidate: &Candidate) -> bool {
    let before = form[..candidate.start].chars().next_back();
    let after = form[candidate.end..].chars().next();
    let part_of_word = |character: Option<char>| character.is_some_and(|character| character.is_alphanumeric() || character == '_');
    let part_before = part_of_word(before) || matches!(before, Some('@' | '#'));
    if part_before || part_of_word(after) {
        return false;
    }
    // `Congo, Democratic Republic of the` goes on with another name in a list of `Congo, Democratic Republic of the Congo`.
    let name = &form[candidate.start..candidate.end];
    let open = name.ends_with(" of") || name.ends_with(" the");
    !(open
        && form[candidate.end..]
            .strip_prefix(' ')
            .is_some_and(|rest| part_of_word(rest.chars().next())))
}

/// Whether capital letters make it a name rather than an ordinary word.
fn is_written_as_name(text: &str, form: &Normalised, candidate: &Candidate, capitals: Capitals, language: &Language) -> bool {
    let (Some(start), Some(end)) = (form.start(candidate.start), form.end(candidate.end, text)) else {
        return false;
    };
    let (entry, printed) = (candidate.entry, &text[start..end]);
    let alone = start == 0 && end == text.len();
    match entry.kind {
        NameKind::Abbreviation => printed == entry.name || printed == entry.name.to_uppercase(),
        NameKind::AbbreviationWord => (printed == entry.name || printed == entry.name.to_uppercase()) && (alone || capitals == Capitals::Mixed),
        _ if codebook().place(&entry.code).is_some_and(|place| place.kind == PlaceKind::Special) => {
            // `other countries` or `unknown` are ordinary words unless a figure or a cell's edge follows.
            let opens_cell = matches!(form.text[..candidate.start].chars().next_back(), None | Some('\t'));
            let next = form.text[candidate.end..].trim_start_matches('*').trim_start().chars().next();
            entry.code == "XXA" || matches!(next, Some('(' | ':' | '0'..='9')) || (opens_cell && matches!(next, None | Some('\t')))
        }
        _ => match capitals {
            Capitals::None => !language
                .places
                .ordinary_words
                .contains(&form.text[candidate.start..candidate.end].to_owned()),
            Capitals::All | Capitals::Mixed => {
                let several = printed.contains(|character: char| !character.is_alphanumeric());
                printed.chars().next().is_some_and(char::is_uppercase) || (several && printed.contains(char::is_uppercase))
            }
        },
    }
}

/// Past what belongs to the name: an article in brackets, and for places with a note of status that note and its marks.
fn after_note(form: &str, candidate: &Candidate) -> usize {
    let mut end = candidate.end;
    if form[end..].starts_with("(the)") {
        end += "(the)".len();
    }
    let note = codebook().place(&candidate.entry.code).map_or("", |place| place.note.as_str());
    if candidate.entry.kind.is_demonym() || !note.starts_with("S/RES/") {
        return end;
    }
    let number: String = note.trim_start_matches("S/RES/").chars().take_while(char::is_ascii_digit).collect();
    let skip_marks = |at: usize| at + form[at..].len() - form[at..].trim_start_matches('*').len();
    end = skip_marks(end);
    if let Some(close) = closing_bracket(&form[end..])
        && form[end..end + close].contains(number.as_str())
    {
        end = skip_marks(end + close);
    }
    end
}

/// The byte after the bracket that closes the one at the start.
fn closing_bracket(form: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in form.bytes().enumerate().take(LONGEST_NOTE) {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then_some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = places(text, Language::english());
        let shown: Vec<String> = found
            .iter()
            .map(|mention| {
                format!(
                    "{}={}{}",
                    &text[mention.range.clone()],
                    mention.code,
                    if mention.demonym { " people" } else { "" }
                )
            })
            .collect();
        assert_eq!(shown.join("; "), expected, "{text}");
    }

    fn check_whole(text: &str, expected: &str) {
        assert_eq!(place(text, Language::english()).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn names_are_found_in_sentences() {
        check(
            "followed by Bosnia and Herzegovina (26%), Albania, Kosovo & Montenegro (two per cent each) and North Macedonia (one per cent)",
            "Bosnia and Herzegovina=BIH; Albania=ALB; Kosovo=XKX; Montenegro=MNE; North Macedonia=MKD",
        );
        check("Syrian Arab Republic (36%) ↓ -8%", "Syrian Arab Republic=SYR");
        check("present in the Western Balkans as of end", "Western Balkans=WBALK");
        check("Occupied Palestinian Territory (12%)", "Occupied Palestinian Territory=PSE");
        check("Iran (Islamic Republic of) 12%", "Iran (Islamic Republic of)=IRN");
        check("Iran, Islamic Rep. of", "Iran, Islamic Rep. of=IRN");
        check("Syrian Arab Republic (the) 8%", "Syrian Arab Republic (the)=SYR");
        check("MIGRANTS IN NORTH MACEDONIA AND SERBIA", "NORTH MACEDONIA=MKD; SERBIA=SRB");
        check(
            "Côte d’Ivoire, Cote d'Ivoire and Ivory Coast",
            "Côte d’Ivoire=CIV; Cote d'Ivoire=CIV; Ivory Coast=CIV",
        );
        check("Bosnia and\n Herzegovina", "Bosnia and\n Herzegovina=BIH");
        check(
            "Greece-Albania-Montenegro-Bosnia and Herzegovina-Croatia",
            "Greece=GRC; Albania=ALB; Montenegro=MNE; Bosnia and Herzegovina=BIH; Croatia=HRV",
        );
        check("in BiH and the UK", "BiH=BIH; UK=GBR");
        check("Türkiye, Turkey", "Türkiye=TUR; Turkey=TUR");
    }

    #[test]
    fn every_name_begins_with_a_word() {
        for entry in codebook().names() {
            assert!(!first_word(&normalised(&entry.name)).is_empty(), "{}", entry.name);
        }
    }

    #[test]
    fn kosovo_is_swallowed_with_its_notes() {
        check("Kosovo (S/RES/1244 (1999)) 12%", "Kosovo (S/RES/1244 (1999))=XKX");
        check("Kosovo (S/RES/1244 [1999]), Serbia", "Kosovo (S/RES/1244 [1999])=XKX; Serbia=SRB");
        check("Kosovo (UNSCR 1244)", "Kosovo (UNSCR 1244)=XKX");
        check(
            "Kosovo (UNSC resolution 1244-administered territory)",
            "Kosovo (UNSC resolution 1244-administered territory)=XKX",
        );
        check("Kosovo* and Kosovo⁴ 7%", "Kosovo*=XKX; Kosovo⁴=XKX");
        check("Kosovo (12%)", "Kosovo=XKX");
        check("Serbia (and Kosovo: S/RES/1244 (1999))", "Serbia (and Kosovo: S/RES/1244 (1999))=SRBXKX");
        check("Serbia and Kosovo (12% each)", "Serbia=SRB; Kosovo=XKX");
    }

    #[test]
    fn people_are_told_from_places() {
        check(
            "Afghans and Syrians, Turkish and Moroccan nationals",
            "Afghans=AFG people; Syrians=SYR people; Turkish=TUR people; Moroccan=MAR people",
        );
        check("South Sudanese", "South Sudanese=SSD people");
        check("Congolese", "");
    }

    #[test]
    fn like_names_are_told_apart() {
        check("Niger, Nigeria", "Niger=NER; Nigeria=NGA");
        check(
            "Guinea, Guinea-Bissau, Equatorial Guinea, Papua New Guinea",
            "Guinea=GIN; Guinea-Bissau=GNB; Equatorial Guinea=GNQ; Papua New Guinea=PNG",
        );
        check("Sudan and South Sudan", "Sudan=SDN; South Sudan=SSD");
        check("Dominica, Dominican Republic", "Dominica=DMA; Dominican Republic=DOM");
        check(
            "Congo, Democratic Republic of the Congo",
            "Congo=COG; Democratic Republic of the Congo=COD",
        );
        check(
            "Congo, Democratic Republic of the (DRC)",
            "Congo, Democratic Republic of the=COD; DRC=COD",
        );
        check("Western Sahara", "Western Sahara=ESH");
        check(
            "Republic of Korea; Democratic People's Republic of Korea",
            "Republic of Korea=KOR; Democratic People's Republic of Korea=PRK",
        );
        check("Romania and a woman", "Romania=ROU");
    }

    #[test]
    fn ordinary_words_are_no_places() {
        check("roast turkey and chad of ballots, other places", "");
        check("Contact us for other data", "");
        check("the Gulf of Guinea and Lake Chad", "");
        check("CONTACT US", "");
        check("Danish Refugee Council (DRC)", "");
        check("nigerian", "nigerian=NGA people");
        check("guinea", "");
    }

    #[test]
    fn unnamed_origins_have_codes_where_a_figure_follows() {
        check(
            "Afghanistan (22%), stateless persons (3%) and others (12%)",
            "Afghanistan=AFG; stateless persons=XXA; others=_O",
        );
        check("Other nationalities 12%", "Other nationalities=_O");
        check("in other centres", "");
        check("other", "other=_O");
        check("readmissions to other countries and others", "");
    }

    #[test]
    fn a_whole_cell_is_one_place() {
        check_whole("Kosovo ⁴", "XKX");
        check_whole("Kosovo*:", "XKX");
        check_whole("Kosovo (S/RES/1244 [1999])", "XKX");
        check_whole("the Gambia", "GMB");
        check_whole("Afghan nationals", "AFG");
        check_whole("from Syria", "SYR");
        check_whole("other", "_O");
        check_whole("Unknown", "XXX");
        check_whole("stateless", "XXA");
        check_whole("turkey", "TUR");
        check_whole("BIH", "BIH");
        check_whole("Netherlands (the)", "NLD");
        check_whole("Western Balkans", "WBALK");
        check_whole("Congolese", "");
        check_whole("Total", "");
        check_whole("Serbia and Albania", "");
        check_whole("", "");
    }

    #[test]
    fn unknown_names_look_like_places_and_table_words_do_not() {
        let looks = |text| looks_like_place(text, Language::english());
        assert!(looks("Wakanda"));
        assert!(looks("Republic of Zubrowka"));
        assert!(looks("São Ricardo"));
        assert!(!looks("Total"));
        assert!(!looks("Male"));
        assert!(!looks("3,100"));
        assert!(!looks("persons transited"));
        assert!(!looks("New arrivals"));
        assert!(!looks(""));
        assert!(!looks("January"));
    }
}
