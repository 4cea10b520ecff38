//! Character references that Markdown keeps from HTML: `&amp;` in, `&` and its length out.

/// Names that reports carry; the full list is HTML's, and so is its reader.
const NAMES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("thinsp", '\u{2009}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("minus", '−'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("euro", '€'),
    ("pound", '£'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("larr", '←'),
    ("rarr", '→'),
    ("asymp", '≈'),
    ("le", '≤'),
    ("ge", '≥'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("ccedil", 'ç'),
    ("ocirc", 'ô'),
    ("uuml", 'ü'),
    ("ouml", 'ö'),
    ("auml", 'ä'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("aacute", 'á'),
    ("uacute", 'ú'),
    ("ntilde", 'ñ'),
    ("scaron", 'š'),
    ("Scaron", 'Š'),
];

/// Longest reference: `&#1114111;`.
const LONGEST: usize = 10;

/// The character at the start of `rest`, which starts with `&`, and how many bytes its reference takes.
pub(super) fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let name = rest.get(1..end)?;
    let character = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|character| *character != '\0')?
    } else {
        NAMES.iter().find(|(known, _)| *known == name)?.1
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::entity;

    #[test]
    fn names_and_numbers_are_resolved_and_all_else_stays() {
        assert_eq!(entity("&amp; more"), Some(('&', 5)));
        assert_eq!(entity("&#8217;s"), Some(('’', 7)));
        assert_eq!(entity("&#x2013;"), Some(('–', 8)));
        assert_eq!(entity("& Montenegro; more"), None);
        assert_eq!(entity("&#xD800;"), None);
        assert_eq!(entity("&unknown;"), None);
    }
}
