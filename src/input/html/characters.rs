//! Characters as the tokenizer gives them, set beside the bytes they were written with.

use html5ever::data::NAMED_ENTITIES;
use html5ever::tendril::StrTendril;

/// Some characters of the page and the bytes of the source they come from.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// What the bytes stand for, where they do not stand for themselves.
    pub(super) stands_for: Option<StrTendril>,
}

impl Segment {
    /// The characters.
    pub(super) fn characters<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.stands_for {
            Some(characters) => characters,
            None => &source[self.start..self.end],
        }
    }
}

/// Whether `&amp;` means `&`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entities {
    /// Yes, as in running text.
    Decoded,
    /// No, as in scripts.
    Verbatim,
}

/// The bytes that `text` was written with, from byte `cursor` of the source on, and the byte after them.
///
/// `fed` is the end of what the tokenizer has seen. If the source cannot be matched, all of it up to there stands for the text.
pub(super) fn segments(source: &str, cursor: usize, fed: usize, text: &str, entities: Entities) -> (Vec<Segment>, usize) {
    let verbatim = |start: usize, end: usize| Segment {
        start,
        end,
        stands_for: None,
    };
    if source[cursor..].starts_with(text) && (entities == Entities::Verbatim || !text.contains('&')) {
        return (vec![verbatim(cursor, cursor + text.len())], cursor + text.len());
    }
    let mut found: Vec<Segment> = Vec::new();
    let (mut at, mut read) = (cursor, 0);
    let bytes = source.as_bytes();
    while read < text.len() {
        let rest = &source[at..];
        let replaced = match bytes.get(at) {
            Some(b'&') if entities == Entities::Decoded => entity(rest, &text[read..]),
            Some(b'\r') if text.as_bytes()[read] == b'\n' => Some((if rest.starts_with("\r\n") { 2 } else { 1 }, 1)),
            _ => None,
        };
        if let Some((source_length, text_length)) = replaced {
            found.push(Segment {
                start: at,
                end: at + source_length,
                stands_for: Some(StrTendril::from(&text[read..read + text_length])),
            });
            (at, read) = (at + source_length, read + text_length);
        } else if bytes.get(at) == Some(&text.as_bytes()[read]) {
            let same = text.as_bytes()[read + 1..].iter().zip(&bytes[at + 1..]);
            let length = 1 + same.take_while(|(one, other)| one == other && !matches!(one, b'&' | b'\r')).count();
            // Equal bytes may end inside a character only where the next one differs; step back to its start.
            let length = (1..=length).rev().find(|length| text.is_char_boundary(read + length)).unwrap_or(length);
            if !text.is_char_boundary(read + length) || !source.is_char_boundary(at + length) {
                break;
            }
            match found.last_mut() {
                Some(last) if last.stands_for.is_none() && last.end == at => last.end = at + length,
                _ => found.push(verbatim(at, at + length)),
            }
            (at, read) = (at + length, read + length);
        } else if rest.starts_with("<![CDATA[") {
            at += "<![CDATA[".len();
        } else if rest.starts_with("]]>") {
            at += "]]>".len();
        } else {
            break;
        }
    }
    if read < text.len() {
        let end = fed.max(at);
        found.push(Segment {
            start: at,
            end,
            stands_for: Some(StrTendril::from(&text[read..])),
        });
        at = end;
    }
    (found, at)
}

/// The lengths of an entity at the start of `source` and of the characters of `text` it stands for.
fn entity(source: &str, text: &str) -> Option<(usize, usize)> {
    let name = &source[1..];
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.starts_with(['x', 'X']);
        let digits = if hexadecimal { &number[1..] } else { number };
        let count = digits
            .bytes()
            .take_while(|byte| if hexadecimal { byte.is_ascii_hexdigit() } else { byte.is_ascii_digit() })
            .count();
        if count == 0 {
            return None;
        }
        let semicolon = usize::from(digits[count..].starts_with(';'));
        let length = 2 + usize::from(hexadecimal) + count + semicolon;
        return text.chars().next().map(|character| (length, character.len_utf8()));
    }
    let mut longest = None;
    for length in 1..=name.len().min(40) {
        let Some((first, second)) = name.get(..length).and_then(|prefix| NAMED_ENTITIES.get(prefix)) else {
            break;
        };
        if *first != 0 {
            longest = Some((length, *first, *second));
        }
    }
    let (length, first, second) = longest?;
    let characters = [first, second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32);
    let expected: String = characters.collect();
    text.starts_with(&expected).then_some((1 + length, expected.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes segments as `source=text`, or `source` alone where they are the same.
    fn check(source: &str, text: &str, expected: &[&str]) {
        let (found, end) = segments(source, 0, source.len(), text, Entities::Decoded);
        let written: Vec<String> = found
            .iter()
            .map(|segment| match &segment.stands_for {
                Some(characters) => format!("{}={characters}", &source[segment.start..segment.end]),
                None => source[segment.start..segment.end].to_owned(),
            })
            .collect();
        assert_eq!(written, expected);
        assert_eq!(end, source.len());
    }

    #[test]
    fn an_entity_stands_whole_for_its_character() {
        check("R&amp;R 7,900", "R&R 7,900", &["R", "&amp;=&", "R 7,900"]);
        check("&#8722;33%", "\u{2212}33%", &["&#8722;=\u{2212}", "33%"]);
        check("7&#x202F;900", "7\u{202f}900", &["7", "&#x202F;=\u{202f}", "900"]);
        check("&NotEqualTilde;", "\u{2242}\u{338}", &["&NotEqualTilde;=\u{2242}\u{338}"]);
    }

    #[test]
    fn an_entity_without_semicolon_ends_where_browsers_end_it() {
        check("&copy2024", "©2024", &["&copy=©", "2024"]);
        check("&notit;", "¬it;", &["&not=¬", "it;"]);
        check("a & b &c", "a & b &c", &["a & b &c"]);
    }

    #[test]
    fn windows_line_ends_become_one() {
        check("one\r\ntwo\rthree", "one\ntwo\nthree", &["one", "\r\n=\n", "two", "\r=\n", "three"]);
    }

    #[test]
    fn text_that_cannot_be_matched_stands_for_all_that_was_read() {
        check("abc", "xyz", &["abc=xyz"]);
    }
}
