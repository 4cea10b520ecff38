//! Text whose UTF-8 was once read as Windows-1252 and saved again (`â€“` for a dash): undone, with the way back to the file kept.

use encoding_rs::WINDOWS_1252;

use super::map::Map;
use crate::layout::Source;

/// The text as it was meant and in how many places it was not, if that is what happened to nearly all of its characters beyond ASCII.
///
/// Footnote marks, dashes in periods and bullets are lost otherwise. A single `Ã©` may be meant; two in a text with little else are not.
pub(super) fn undone(source: &Source) -> Option<(Source, usize)> {
    if source.text.is_ascii() {
        return None;
    }
    let (mut places, mut covered, mut beyond) = (0_usize, 0_usize, 0_usize);
    let mut from = 0;
    while let Some(ascii) = source.text.as_bytes()[from..].iter().position(|byte| !byte.is_ascii()) {
        from += ascii;
        let Some(character) = source.text[from..].chars().next() else { break };
        if let Some((_, length, count)) = sequence(&source.text[from..]) {
            places += 1;
            covered += count;
            beyond += count;
            from += length;
        } else {
            beyond += 1;
            from += character.len_utf8();
        }
    }
    if places < 2 || covered * 4 < beyond * 3 {
        return None;
    }
    let mut map = Map::new(source.text.len());
    let mut from = 0;
    while let Some(character) = source.text[from..].chars().next() {
        let (meant, length) = match sequence(&source.text[from..]) {
            Some((meant, length, _)) => (meant, length),
            None => (character, character.len_utf8()),
        };
        let (start, end) = (source.to_file(from), source.to_file(from + length));
        map.push(meant, usize::try_from(start).ok()?, usize::try_from(end - start).ok()?);
        from += length;
    }
    let end = usize::try_from(source.to_file(source.text.len())).ok()?;
    Some((map.finish(end), places))
}

/// The character meant at the start of the text, with the bytes and characters that stand for it.
fn sequence(text: &str) -> Option<(char, usize, usize)> {
    let mut bytes = [0_u8; 4];
    let mut length = 0;
    let mut wanted = 0;
    for (index, character) in text.chars().take(4).enumerate() {
        let byte = byte(character)?;
        if index == 0 {
            wanted = match byte {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => return None,
            };
        }
        bytes[index] = byte;
        length += character.len_utf8();
        if index + 1 == wanted {
            let meant = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
            return (!meant.is_control()).then_some((meant, length, wanted));
        }
    }
    None
}

/// The byte that a reader of Windows-1252 or Latin-1 saw as this character.
fn byte(character: char) -> Option<u8> {
    match u32::from(character) {
        code @ 0x80..=0xff => u8::try_from(code).ok(),
        0x152..=0x2122 => {
            let mut utf8 = [0; 4];
            let (bytes, _, lost) = WINDOWS_1252.encode(character.encode_utf8(&mut utf8));
            (!lost).then(|| bytes[0])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let undone = undone(&Source::verbatim(text.to_owned(), 0));
        assert_eq!(undone.as_ref().map(|(source, _)| source.text.as_str()), expected, "{text}");
        if let Some((source, _)) = undone {
            let at = source.text.find("7,900").expect("each case holds a figure");
            let start = usize::try_from(source.to_file(at)).expect("small");
            assert_eq!(&text[start..start + 5], "7,900");
            assert_eq!(source.to_file(source.text.len()), text.len() as u64);
        }
    }

    #[test]
    fn what_was_saved_twice_is_undone() {
        check("January â€“ July: 7,900Â¹ personsâ€™", Some("January – July: 7,900¹ persons’"));
        check("January â\u{80}\u{93} July: 7,900 in CÃ´te", Some("January – July: 7,900 in Côte"));
    }

    #[test]
    fn what_is_meant_stays() {
        check("Côte d’Ivoire – 7,900 à l’été", None);
        check("CAFÉ» 7,900 Ã©tait écrit où", None);
        check("7,900", None);
    }
}
