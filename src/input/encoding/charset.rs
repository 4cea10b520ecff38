//! Which charset bytes are in: what they look like, and what they say of themselves.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::input::media_type::find;

/// Whether all that another charset reads otherwise is punctuation, a space or a raised digit in Windows-1252.
///
/// `arrivals¹` and `arrivalsš` are the same bytes in Windows-1252 and ISO-8859-2, and a guess by letters takes the letter.
/// Signs do not stand before a letter, as letters do all the time.
pub(super) fn reads_as_western(bytes: &[u8], guess: &'static Encoding) -> bool {
    let high: Vec<u8> = (0x80..=0xff).collect();
    let western: Vec<char> = WINDOWS_1252.decode_without_bom_handling(&high).0.chars().collect();
    let guessed: Vec<char> = if guess.is_single_byte() {
        guess.decode_without_bom_handling(&high).0.chars().collect()
    } else {
        Vec::new()
    };
    let is_joint = |sign: char| {
        matches!(
            sign,
            '\u{a0}'
                | '–'
                | '—'
                | '‘'
                | '’'
                | '‚'
                | '“'
                | '”'
                | '„'
                | '‹'
                | '›'
                | '«'
                | '»'
                | '…'
                | '•'
                | '·'
                | '€'
                | '£'
                | '¿'
                | '¡'
        )
    };
    let is_mark = |sign: char| {
        matches!(
            sign,
            '¹' | '²' | '³' | '†' | '‡' | '°' | '±' | '×' | '½' | '¼' | '¾' | '§' | '®' | '©' | '™' | '‰'
        )
    };
    bytes.iter().enumerate().all(|(at, byte)| {
        let Some(index) = byte.checked_sub(0x80).map(usize::from) else {
            return true;
        };
        let sign = western[index];
        let before_letter = bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next >= 0xc0);
        guessed.get(index) == Some(&sign) || is_joint(sign) || is_mark(sign) && !before_letter
    })
}

/// UTF-16 without a byte order mark: its ASCII characters leave a zero in every other byte.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return Some(encoding);
    }
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let pairs = sample.len() / 2;
    if pairs < 2 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    let (mut first, mut second) = (0, 0);
    for pair in sample.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    // Even in Greek or Arabic every tenth character is a space, a digit or a line break.
    let (encoding, mostly, rarely) = if second > first {
        (UTF_16LE, second, first)
    } else {
        (UTF_16BE, first, second)
    };
    (mostly * 10 >= pairs && rarely * 8 <= mostly).then_some(encoding)
}

pub(super) enum Utf8 {
    /// Nothing but ASCII.
    Ascii,
    /// Valid.
    Whole,
    /// Valid but for a few places, as a cut in the middle of a character leaves.
    Nearly,
    /// Something else.
    No,
}

pub(super) fn utf8(bytes: &[u8]) -> Utf8 {
    if bytes.is_ascii() {
        return Utf8::Ascii;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Utf8::Whole;
    }
    let (mut faults, mut inside, mut wide) = (0_usize, 0_usize, 0_usize);
    let mut rest = bytes.len();
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        rest -= chunk.valid().len() + chunk.invalid().len();
        if !chunk.invalid().is_empty() {
            faults += 1;
            // A cut at the very end is no sign of another charset, if the lead byte is one of UTF-8.
            let cut = rest == 0 && chunk.invalid().first().is_some_and(|lead| (0xc2..=0xf4).contains(lead)) && chunk.invalid().len() > 1;
            inside += usize::from(!cut);
        }
    }
    match (faults, inside) {
        (0, _) => Utf8::Whole,
        (_, inside) if inside * 10 <= wide => Utf8::Nearly,
        _ => Utf8::No,
    }
}

/// The charset that an HTML or XHTML file names, as browsers look for it.
pub(super) fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    let xml = lower
        .trim_ascii_start()
        .starts_with(b"<?xml")
        .then(|| find(&lower, b"?>"))
        .flatten()
        .and_then(|end| value_after(&lower[..end], b"encoding"));
    let mut from = 0;
    let mut meta = None;
    while let Some(at) = find(&lower[from..], b"<meta") {
        let start = from + at;
        let end = find(&lower[start..], b">").map_or(lower.len(), |length| start + length);
        if let Some(label) = value_after(&lower[start..end], b"charset") {
            meta = Encoding::for_label(label);
            if meta.is_some() {
                break;
            }
        }
        from = end;
    }
    let encoding = meta.or_else(|| xml.and_then(Encoding::for_label))?;
    // As browsers do: bytes in which `<meta` could be found are not UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The value in `name = "value"`, quoted or not.
fn value_after<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = tag[find(tag, name)? + name.len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\'' | b';' | b'>' | b'/') || byte.is_ascii_whitespace());
    let value = &rest[..end.unwrap_or(rest.len())];
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{ISO_8859_2, WINDOWS_1250, WINDOWS_1251};

    use super::*;
    use crate::input::encoding::{Declaration, decode};

    #[test]
    fn raised_digits_and_fixed_spaces_are_no_letters_of_another_charset() {
        let page = "New arrivals¹: January-October 2023\nas of 31\u{a0}October: 7,085\n\n¹ 'New arrivals' as of 24\u{a0}February 2022";
        let bytes = WINDOWS_1252.encode(page).0;
        assert!(reads_as_western(&bytes, ISO_8859_2));
        let decoded = decode(&bytes, Declaration::None);
        assert_eq!(decoded.source.text, page);
        assert!(decoded.repairs.is_empty());
        assert!(!reads_as_western(&ISO_8859_2.encode("košulja, žena").0, ISO_8859_2));
    }

    #[test]
    fn declarations_stand_in_meta_elements_and_xml() {
        let check = |head: &str, expected: Option<&'static Encoding>| assert_eq!(declared(head.as_bytes()), expected, "{head}");
        check("<meta charset=utf-8>", Some(UTF_8));
        check(
            "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=ISO-8859-1'>",
            Some(WINDOWS_1252),
        );
        check("<meta name=x><meta charset='windows-1250'>", Some(WINDOWS_1250));
        check("<?xml version=\"1.0\" encoding=\"windows-1251\"?><html>", Some(WINDOWS_1251));
        check("<meta charset=utf-16>", Some(UTF_8));
        check("<p>charset=utf-8</p>", None);
    }
}
