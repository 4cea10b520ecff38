//! Bytes to characters: a file in any charset in, its text with the way back to each byte out.

mod charset;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use self::charset::{Utf8, declared, reads_as_western, utf8};
use super::map::Map;
use super::media_type::count;
use super::mojibake;
use crate::layout::Source;

pub(crate) use self::charset::utf16;

/// Whether the content may name its own charset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declaration {
    /// As HTML does, in a `meta` element or an XML declaration.
    Html,
    /// Not at all.
    None,
}

/// A decoded file.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// Its text.
    pub(crate) source: Source,
    /// What had to be guessed or replaced.
    pub(crate) repairs: Vec<String>,
}

/// Characters by which it is judged whether a text is noise.
const NOISE_WITHIN: usize = 64 * 1024;

/// How many bytes browsers look for a declaration in; saved pages carry longer comments in front, hence more.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a file: by its byte order mark, as UTF-8 or UTF-16 where the bytes are just that, as declared, or as guessed.
pub(crate) fn decode(bytes: &[u8], declaration: Declaration) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(bytes, mark, encoding, Vec::new());
    }
    if let Some(encoding) = utf16(bytes) {
        return decode_as(bytes, 0, encoding, Vec::new());
    }
    let declared = match declaration {
        Declaration::Html => declared(&bytes[..bytes.len().min(DECLARED_WITHIN)]),
        Declaration::None => None,
    };
    match (utf8(bytes), declared) {
        (Utf8::Ascii, Some(encoding)) if !encoding.is_ascii_compatible() => decode_as(bytes, 0, encoding, Vec::new()),
        (Utf8::Whole, Some(encoding)) if encoding != UTF_8 => {
            let repair = format!("declared as {}, but written in UTF-8", encoding.name());
            decode_as(bytes, 0, UTF_8, vec![repair])
        }
        (Utf8::Ascii | Utf8::Whole | Utf8::Nearly, _) => decode_as(bytes, 0, UTF_8, Vec::new()),
        (Utf8::No, Some(encoding)) if encoding != UTF_8 => decode_as(bytes, 0, encoding, Vec::new()),
        (Utf8::No, _) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            let guess = detector.guess(None, Utf8Detection::Deny);
            let encoding = if reads_as_western(bytes, guess) { WINDOWS_1252 } else { guess };
            decode_as(bytes, 0, encoding, Vec::new())
        }
    }
}

/// Whether a decoded text is noise: more than one character in twenty is a control character or a replacement.
pub(crate) fn is_noise(text: &str) -> bool {
    let head = if text.len() <= NOISE_WITHIN {
        text
    } else {
        &text[..text.char_indices().nth(NOISE_WITHIN).map_or(text.len(), |(at, _)| at)]
    };
    let is_control = |byte: u8| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1f | 0x7f);
    let odd = count(head.as_bytes(), is_control) + head.matches('\u{fffd}').count();
    // All bytes of a character but its first begin with the bits 10.
    let all = count(head.as_bytes(), |byte| byte & 0xc0 != 0x80);
    odd * 20 > all
}

fn decode_as(bytes: &[u8], skip: usize, encoding: &'static Encoding, mut repairs: Vec<String>) -> Decoded {
    let body = &bytes[skip..];
    let source = if encoding == UTF_8 {
        decode_utf8(body, skip)
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        decode_utf16(body, skip, encoding)
    } else if encoding.is_single_byte() {
        decode_single_byte(body, skip, encoding)
    } else {
        decode_stepwise(body, skip, encoding)
    };
    let lost = source.text.matches('\u{fffd}').count();
    if lost > 0 {
        repairs.push(format!("{lost} characters could not be decoded as {}", encoding.name()));
    }
    match mojibake::undone(&source) {
        Some((source, places)) => {
            repairs.push(format!("UTF-8 that was read as Windows-1252 and saved again; undone in {places} places"));
            Decoded { source, repairs }
        }
        None => Decoded { source, repairs },
    }
}

fn decode_utf8(body: &[u8], skip: usize) -> Source {
    if let Ok(text) = std::str::from_utf8(body) {
        return Source::verbatim(text.to_owned(), skip as u64);
    }
    let mut map = Map::new(body.len());
    let mut at = skip;
    for chunk in body.utf8_chunks() {
        if !chunk.valid().is_empty() {
            map.turn(at, 0);
            map.text.push_str(chunk.valid());
            at += chunk.valid().len();
        }
        if !chunk.invalid().is_empty() {
            map.turn(at, u8::try_from(chunk.invalid().len()).unwrap_or(u8::MAX));
            map.text.push('\u{fffd}');
            at += chunk.invalid().len();
        }
    }
    map.finish(at)
}

fn decode_utf16(body: &[u8], skip: usize, encoding: &'static Encoding) -> Source {
    let units = body.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if encoding == UTF_16LE {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    });
    let mut map = Map::new(body.len());
    let mut at = skip;
    for character in char::decode_utf16(units) {
        let character = character.unwrap_or('\u{fffd}');
        let width = 2 * character.len_utf16();
        map.push(character, at, width);
        at += width;
    }
    if !body.len().is_multiple_of(2) {
        map.push('\u{fffd}', at, 1);
        at += 1;
    }
    map.finish(at)
}

fn decode_single_byte(body: &[u8], skip: usize, encoding: &'static Encoding) -> Source {
    let (text, _) = encoding.decode_without_bom_handling(body);
    let mut map = Map::new(body.len());
    for (at, character) in text.chars().enumerate() {
        map.push(character, skip + at, 1);
    }
    map.finish(skip + body.len())
}

/// Charsets whose characters take one to four bytes: one byte goes in at a time, and what comes out stands for the bytes since the last.
fn decode_stepwise(body: &[u8], skip: usize, encoding: &'static Encoding) -> Source {
    let mut map = Map::new(body.len());
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0_u8; 64];
    let mut pending = skip;
    for (at, byte) in body.iter().enumerate() {
        let at = skip + at;
        let last = at + 1 == skip + body.len();
        let mut written = String::new();
        let mut read = 0;
        loop {
            let (result, taken, put) = decoder.decode_to_utf8_without_replacement(&std::slice::from_ref(byte)[read..], &mut buffer, last);
            written.push_str(std::str::from_utf8(&buffer[..put]).unwrap_or_default());
            read += taken;
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => written.push('\u{fffd}'),
            }
        }
        let count = written.chars().count();
        for (index, character) in written.chars().enumerate() {
            // An ASCII character at the end is this very byte; shift sequences and broken starts lie before it.
            let own = index + 1 == count && character.is_ascii() && character as u32 == u32::from(*byte);
            let (start, width) = if own {
                (at, 1)
            } else if index == 0 {
                (
                    pending,
                    at + 1 - pending - usize::from(count > 1 && written.ends_with(|end: char| end.is_ascii())),
                )
            } else {
                (at + 1, 0)
            };
            map.push(character, start, width);
        }
        if count > 0 {
            pending = at + 1;
        }
    }
    map.finish(skip + body.len())
}

#[cfg(test)]
mod tests {
    use encoding_rs::{
        BIG5, EUC_JP, EUC_KR, GB18030, GBK, ISO_2022_JP, ISO_8859_2, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1253, WINDOWS_1256,
    };

    use super::*;

    /// Every run of ASCII letters and digits in the decoded text stands in the file where the map says.
    fn check(bytes: &[u8], declaration: Declaration, expected: &str, width: usize) {
        let decoded = decode(bytes, declaration);
        assert_eq!(decoded.source.text, expected);
        check_map(bytes, &decoded.source, width);
    }

    fn check_map(bytes: &[u8], source: &Source, width: usize) {
        let mut words = 0;
        let mut from = 0;
        for part in source.text.split_inclusive(|character: char| !character.is_ascii_alphanumeric()) {
            let word = part.trim_end_matches(|character: char| !character.is_ascii_alphanumeric());
            let (start, end) = (source.to_file(from) as usize, source.to_file(from + word.len()) as usize);
            if !word.is_empty() {
                let there: Vec<u8> = bytes[start..start + word.len() * width]
                    .iter()
                    .copied()
                    .filter(|byte| *byte != 0)
                    .collect();
                assert_eq!(String::from_utf8_lossy(&there), word, "at {start}");
                assert!(end >= start + word.len() * width, "{word} ends at {end}");
                words += 1;
            }
            from += part.len();
        }
        assert!(words > 0);
        assert_eq!(source.to_file(source.text.len()), bytes.len() as u64);
    }

    fn utf16_bytes(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    const REPORT: &str = "Šid: 7,900 persons – “pushbacks” 😀 47% and 12 more\nKosovo⁴ 268";

    #[test]
    fn utf8_with_and_without_a_byte_order_mark() {
        check(REPORT.as_bytes(), Declaration::None, REPORT, 1);
        check(format!("\u{feff}{REPORT}").as_bytes(), Declaration::None, REPORT, 1);
    }

    #[test]
    fn utf16_in_both_orders_with_and_without_a_mark() {
        for to_bytes in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            check(&utf16_bytes(REPORT, to_bytes), Declaration::None, REPORT, 2);
            check(&utf16_bytes(&format!("\u{feff}{REPORT}"), to_bytes), Declaration::None, REPORT, 2);
            let greek = "Συνολικά 7.900 πρόσφυγες και μετανάστες, 47% λιγότεροι";
            check(&utf16_bytes(greek, to_bytes), Declaration::None, greek, 2);
        }
    }

    #[test]
    fn long_utf16_keeps_its_map() {
        let long = "some 7,900 refugees – 😀 ".repeat(500);
        check(&utf16_bytes(&long, u16::to_le_bytes), Declaration::None, &long, 2);
    }

    #[test]
    fn legacy_charsets_are_guessed_without_a_declaration() {
        check(
            b"Some 7,900 persons \x96 \x93transit\x94 in C\xf4te d\x92Ivoire, 47%",
            Declaration::None,
            "Some 7,900 persons – “transit” in Côte d’Ivoire, 47%",
            1,
        );
        let russian = "За январь прибыло 7,900 беженцев, 47% меньше, чем год назад";
        check(&WINDOWS_1251.encode(russian).0, Declaration::None, russian, 1);
        let bosnian = "U Bosni i Hercegovini još 7,900 osoba, većinom mlađih muškaraca; Šid, Bihać, Kladuša i Goražde";
        check(&ISO_8859_2.encode(bosnian).0, Declaration::None, bosnian, 1);
        check(&WINDOWS_1250.encode(bosnian).0, Declaration::None, bosnian, 1);
    }

    #[test]
    fn every_declared_charset_keeps_its_map() {
        let cases: &[(&'static Encoding, &str)] = &[
            (WINDOWS_1252, "Côte d’Ivoire – 7,900"),
            (ISO_8859_2, "Šid, Bihać, Kladuša 7,900"),
            (WINDOWS_1250, "Šid, Bihać – Kladuša 7,900"),
            (WINDOWS_1251, "Западни Балкан 7,900"),
            (WINDOWS_1253, "Ελλάδα 7,900"),
            (WINDOWS_1256, "البلقان 7,900"),
            (GBK, "西巴尔干 7,900 人"),
            (GB18030, "西巴尔干 7,900 人 😀 12"),
            (BIG5, "西巴爾幹 7,900 人"),
            (SHIFT_JIS, "西バルカン 7,900 人ｱ 12"),
            (EUC_JP, "西バルカン 7,900 人"),
            (EUC_KR, "서부 발칸 7,900 명"),
            (ISO_2022_JP, "西バルカン 7,900 人 12"),
        ];
        for (encoding, words) in cases {
            let page = format!("<html><head><meta charset=\"{}\"></head><p>{words}</p> end", encoding.name());
            let (bytes, _, lost) = encoding.encode(&page);
            assert!(!lost, "{}", encoding.name());
            check(&bytes, Declaration::Html, &page, 1);
        }
    }

    #[test]
    fn a_page_saved_again_in_utf8_is_read_as_utf8() {
        let page = "<meta charset=iso-8859-1>Côte d’Ivoire 7,900";
        let decoded = decode(page.as_bytes(), Declaration::Html);
        assert_eq!(decoded.source.text, page);
        assert_eq!(decoded.repairs, ["declared as windows-1252, but written in UTF-8"]);
    }

    #[test]
    fn a_broken_character_costs_only_itself() {
        let mut bytes = "Šid and Bihać and Kladuša, čšž ćđ: 7,900".repeat(2).into_bytes();
        bytes.truncate(bytes.len() - 1);
        bytes.insert(5, 0xff);
        let decoded = decode(&bytes, Declaration::None);
        assert!(decoded.source.text.starts_with("Šid \u{fffd}and Bihać"));
        check_map(&bytes, &decoded.source, 1);
        assert_eq!(decoded.repairs, ["1 characters could not be decoded as UTF-8"]);
    }

    #[test]
    fn a_file_cut_in_the_middle_of_a_character_is_still_utf8() {
        let bytes = "some 7,900 “persons".as_bytes();
        let cut = [bytes, b"\xe2\x80"].concat();
        assert!(decode(&cut, Declaration::None).source.text.ends_with("“persons\u{fffd}"));
    }

    #[test]
    fn broken_legacy_text_keeps_its_map() {
        let (bytes, _, _) = SHIFT_JIS.encode("<meta charset=shift_jis>西 7,900 人");
        let mut bytes = bytes.into_owned();
        bytes.extend(b" \x82 268 \xff 12");
        let decoded = decode(&bytes, Declaration::Html);
        check_map(&bytes, &decoded.source, 1);
    }
}
