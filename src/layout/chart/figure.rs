//! The number that a chart's label prints, as far as calibration needs it: nothing of it is published.

/// A number with the size of its last printed place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    /// The number.
    pub(super) value: f64,
    /// One unit of its last place: 0.1 for `3.4%`.
    pub(super) step: f64,
}

/// What one point or comma with three digits behind it does: `1.250`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// It groups thousands, as in the reports of the agencies.
    Groups,
    /// It opens decimals, as along an axis from `0.000` to `1.250`.
    OpensDecimals,
}

/// Words and letters behind a number that multiply it, longer ones first.
const FACTORS: [(&str, f64); 20] = [
    ("thousand", 1e3),
    ("trillion", 1e12),
    ("million", 1e6),
    ("billion", 1e9),
    ("mio.", 1e6),
    ("tsd.", 1e3),
    ("mio", 1e6),
    ("mln", 1e6),
    ("tsd", 1e3),
    ("mrd", 1e9),
    ("bn", 1e9),
    ("mn", 1e6),
    ("tn", 1e12),
    ("k", 1e3),
    ("K", 1e3),
    ("M", 1e6),
    ("m", 1e6),
    ("B", 1e9),
    ("b", 1e9),
    ("G", 1e9),
];

/// Letters of the longest of them.
const MOST_LETTERS: usize = 8;

/// Reads a label: `5,303`, `36 %`, `1.2k`, `-47`, `2e+05`, `5,303 (42%)`. Words and dates give none.
pub(super) fn figure(label: &str) -> Option<Figure> {
    figure_with(label, Separator::Groups)
}

/// Reads a label whose lone separators are known.
pub(super) fn figure_with(label: &str, separator: Separator) -> Option<Figure> {
    // Most labels are words.
    if !label.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let label = label.trim();
    let head = label.split(['(', '[']).next()?.trim();
    let head = if head.is_empty() {
        label.trim_matches(['(', ')', '[', ']'])
    } else {
        head
    };
    // No factor has more letters.
    if head.bytes().filter(u8::is_ascii_alphabetic).take(MOST_LETTERS + 1).count() > MOST_LETTERS {
        return None;
    }
    let (negative, digits) = match head.strip_prefix(['-', '−', '–', '+']) {
        Some(rest) => (!head.starts_with('+'), rest.trim_start()),
        None => (false, head),
    };
    let digits = digits.trim_start_matches(['~', '≈', '<', '>', '$', '€', '£']).trim_start();
    let body = digits.trim_end_matches(|character: char| "%‰*†‡".contains(character) || character.is_whitespace());
    let (body, factor) = scientific(body).or_else(|| multiplied(body)).unwrap_or((body, 1.0));
    let plain = plain(body, separator)?;
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let value: f64 = plain.parse().ok()?;
    let step = 10_f64.powi(-i32::try_from(decimals).ok()?);
    Some(Figure {
        value: if negative { -value } else { value } * factor,
        step: step * factor,
    })
}

/// `2e+05` as its digits and their power of ten.
fn scientific(body: &str) -> Option<(&str, f64)> {
    let (digits, power) = body.split_once(['e', 'E'])?;
    let bare = power.trim_start_matches(['+', '-', '−']);
    let is_power = (1..=2).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit()) && power.chars().count() <= bare.len() + 1;
    let size: i32 = bare.parse().ok()?;
    let down = power.starts_with(['-', '−']);
    (is_power && digits.ends_with(|character: char| character.is_ascii_digit())).then(|| (digits, 10_f64.powi(if down { -size } else { size })))
}

/// `1.2k` as its digits and what they are multiplied by.
fn multiplied(body: &str) -> Option<(&str, f64)> {
    if body.ends_with(|character: char| character.is_ascii_digit()) {
        return None;
    }
    FACTORS.iter().find_map(|(word, factor)| {
        let at = body.len().checked_sub(word.len()).filter(|at| body.is_char_boundary(*at))?;
        let (digits, end) = body.split_at(at);
        let same = if word.len() > 1 { end.eq_ignore_ascii_case(word) } else { end == *word };
        let digits = Some(digits.trim_end()).filter(|_| same)?;
        digits
            .ends_with(|character: char| character.is_ascii_digit())
            .then_some((digits, *factor))
    })
}

/// Digits with a decimal point, grouping taken out; none where it is no number.
fn plain(body: &str, separator: Separator) -> Option<String> {
    if body.is_empty() || body.len() > 24 {
        return None;
    }
    let is_separator = |character: char| matches!(character, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let mut digits = String::with_capacity(body.len());
    // Digits in each group; there are fewer groups than bytes.
    let (mut groups, mut separators) = ([0_usize; 25], [' '; 24]);
    let mut count = 0;
    for character in body.chars() {
        if character.is_ascii_digit() {
            digits.push(character);
            groups[count] += 1;
        } else if is_separator(character) {
            separators[count] = character;
            count += 1;
        } else {
            return None;
        }
    }
    let (groups, separators) = (&groups[..=count], &separators[..count]);
    if groups.contains(&0) {
        return None;
    }
    let Some(last) = separators.last().copied() else {
        return Some(digits);
    };
    let thousands = |groups: &[usize]| (1..=3).contains(&groups[0]) && groups[1..].iter().all(|group| *group == 3);
    let alike = separators.iter().all(|separator| *separator == separators[0]);
    let opens = separator == Separator::OpensDecimals && separators.len() == 1 && matches!(last, ',' | '.');
    let nought = groups[0] == 1 && digits.starts_with('0');
    if alike && thousands(groups) && !nought && !opens {
        return Some(digits);
    }
    let whole = &groups[..count];
    let whole_alike = separators[..count - 1]
        .iter()
        .all(|separator| *separator == separators[0] && *separator != last);
    if matches!(last, ',' | '.') && whole_alike && (whole.len() == 1 || thousands(whole)) {
        digits.insert(digits.len() - groups[count], '.');
        return Some(digits);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, expected: Option<(f64, f64)>) {
        assert_eq!(figure(label).map(|figure| (figure.value, figure.step)), expected, "{label}");
    }

    #[test]
    fn labels_are_read_as_printed() {
        check("5,303", Some((5303.0, 1.0)));
        check("36 %", Some((36.0, 1.0)));
        check("3.4%", Some((3.4, 0.1)));
        check("3,4%", Some((3.4, 0.1)));
        check("79\u{2009}394", Some((79394.0, 1.0)));
        check("1.420", Some((1420.0, 1.0)));
        check("0.125", Some((0.125, 0.001)));
        check("-47", Some((-47.0, 1.0)));
        check("1.2k", Some((1200.0, 100.0)));
        check("5,303 (42%)", Some((5303.0, 1.0)));
        check("1,234,567.5", Some((1_234_567.5, 0.1)));
    }

    #[test]
    fn words_and_powers_multiply() {
        check("3bn", Some((3e9, 1e9)));
        check("2.5 million", Some((2_500_000.0, 100_000.0)));
        check("4 Mio.", Some((4e6, 1e6)));
        check("2e+05", Some((200_000.0, 100_000.0)));
        check("1.5e6", Some((1_500_000.0, 100_000.0)));
        check("−20%", Some((-20.0, 1.0)));
        check("$5", Some((5.0, 1.0)));
        check("-$5k", Some((-5000.0, 1000.0)));
    }

    #[test]
    fn a_lone_separator_may_open_decimals() {
        let decimal = |label| figure_with(label, Separator::OpensDecimals).map(|figure| figure.value);
        assert_eq!(decimal("1.250"), Some(1.25));
        assert_eq!(decimal("1,250"), Some(1.25));
        assert_eq!(decimal("1\u{2009}250"), Some(1250.0));
        assert_eq!(figure("1.250").map(|figure| figure.value), Some(1250.0));
    }

    #[test]
    fn words_dates_and_faulty_grouping_are_no_figures() {
        check("Jan", None);
        check("25,4433,1", None);
        check("31-01-2020", None);
        check("", None);
        check("%", None);
        check("12 Jan", None);
        check("e5", None);
        check("1e", None);
        check("1e+005", None);
        check("km", None);
        check("thousand", None);
    }
}
