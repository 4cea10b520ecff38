//! Whether some words are one figure and nothing else, as it stands out in a tile: `3,100`, `- 33%`, `↓ 8 per cent`, `1.2 million`.

/// Words before a figure that only say how exact it is.
const QUALIFIERS: [&str; 22] = [
    "some",
    "about",
    "approximately",
    "approx.",
    "approx",
    "around",
    "nearly",
    "almost",
    "over",
    "more than",
    "less than",
    "under",
    "at least",
    "up to",
    "circa",
    "ca.",
    "c.",
    "total:",
    "~",
    "≈",
    "≥",
    "≤",
];

/// Words after a figure that say its unit.
const UNITS: [&str; 19] = [
    "percentage points",
    "percentage point",
    "per cent",
    "percent",
    "million",
    "thousand",
    "billion",
    "pp",
    "p.p.",
    "mln",
    "mio",
    "mn",
    "bn",
    "k",
    "m",
    "%",
    "‰",
    "+",
    "pts",
];

/// Whether the words are one figure.
pub(super) fn is_figure(words: &str) -> bool {
    if words.len() > 60 || !words.contains(|character: char| character.is_ascii_digit()) {
        return false;
    }
    let lower = words.to_lowercase();
    let mut rest = bare(&lower);
    if let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        rest = bare(inside);
    }
    while let Some(after) = QUALIFIERS.iter().find_map(|word| {
        let after = rest.strip_prefix(word)?;
        let whole = !word.ends_with(char::is_alphanumeric) || after.starts_with(|next: char| !next.is_alphanumeric());
        whole.then_some(after)
    }) {
        rest = bare(after);
    }
    let unsigned = bare(rest.trim_start_matches(['+', '-', '−', '–', '±', '<', '>']));
    let signed = unsigned.len() < rest.len();
    let unsigned = bare(
        unsigned
            .strip_prefix("us")
            .filter(|rest| rest.starts_with('$'))
            .unwrap_or(unsigned)
            .trim_start_matches(['$', '€', '£']),
    );
    let Some(length) = number(unsigned) else { return false };
    let digits = &unsigned[..length];
    let mut tail = bare(&unsigned[length..]);
    let mut units = 0;
    while let Some(after) = UNITS.iter().find_map(|unit| tail.strip_prefix(unit)) {
        if units == 2 || after.starts_with(char::is_alphabetic) {
            return false;
        }
        units += 1;
        tail = bare(after);
    }
    tail.is_empty() && (signed || units > 0 || !is_year(digits))
}

/// The words without the arrows and white space around them.
fn bare(words: &str) -> &str {
    words.trim_matches(|character: char| character.is_whitespace() || is_arrow(character))
}

fn is_arrow(character: char) -> bool {
    matches!(character, '←'..='⇿' | '▲'..='◃' | '⬆' | '⬇' | '⬈'..='⬋' | '⤴' | '⤵' | '\u{fe0e}' | '\u{fe0f}' | '🔺' | '🔻')
}

/// The length of a printed number at the start, with its groups and decimals.
fn number(words: &str) -> Option<usize> {
    let digits = |from: usize| words[from..].bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(0);
    if first == 0 {
        return None;
    }
    let mut length = first;
    let mut groups: Vec<(char, usize)> = Vec::new();
    while let Some(joint) = words[length..].chars().next() {
        let size = digits(length + joint.len_utf8());
        let is_space = matches!(joint, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2008}' | '\u{2007}' | '\u{200a}');
        if size == 0 || !(is_space && size == 3 && first <= 3 || matches!(joint, ',' | '.' | '\'' | '’')) {
            break;
        }
        groups.push((joint, size));
        length += joint.len_utf8() + size;
    }
    // `31.12.2024` and `1.2.3` are no figures: all groups but the last must hold three digits.
    let last = groups.len().saturating_sub(1);
    let regular = groups[..last].iter().all(|group| group.1 == 3);
    regular.then_some(length)
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.parse::<u16>().is_ok_and(|year| (1950..2050).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: bool) {
        assert_eq!(is_figure(words), expected, "{words}");
    }

    #[test]
    fn sums_of_money_are_figures() {
        check("$ 310M", true);
        check("US$ 1.2 million", true);
        check("€ 45", true);
        check("us 45", false);
        check("$", false);
    }

    #[test]
    fn figures_stand_alone_with_sign_unit_and_arrow() {
        for words in [
            "3,100",
            "- 33%",
            "−33 %",
            "↓ -8%",
            "+14% ▲",
            "12.5",
            "7 900",
            "7\u{202f}900",
            "22'070",
            "1.2 million",
            "seven".replace("seven", "7 per cent").as_str(),
            "(36%)",
            "some 7,900",
            "more than 6,300",
            "~500",
            "5",
            "3.3k",
            "-1.5 pp",
            "10,000+",
        ] {
            check(words, true);
        }
    }

    #[test]
    fn words_dates_and_years_are_none() {
        for words in [
            "",
            "-",
            "2024",
            "31.12.2024",
            "31/12/2024",
            "3,100 arrivals",
            "Table 1",
            "1.",
            "12 34",
            "5 of 6",
            "n/a",
            "15 months",
            "overall 5",
            "%",
        ] {
            check(words, false);
        }
    }
}
