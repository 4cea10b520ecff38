//! The number that a chart's label prints, as far as calibration needs it: nothing of it is published.

/// A number with the size of its last printed place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    /// The number.
    pub(super) value: f64,
    /// One unit of its last place: 0.1 for `3.4%`.
    pub(super) step: f64,
}

/// Reads a label: `5,303`, `36 %`, `1.2k`, `-47`, `5,303 (42%)`. Words and dates give none.
pub(super) fn figure(label: &str) -> Option<Figure> {
    let label = label.trim();
    let head = label.split(['(', '[']).next()?.trim();
    let head = if head.is_empty() {
        label.trim_matches(['(', ')', '[', ']'])
    } else {
        head
    };
    let (negative, digits) = match head.strip_prefix(['-', '−', '–', '+']) {
        Some(rest) => (!head.starts_with('+'), rest.trim_start()),
        None => (false, head.trim_start_matches(['~', '≈', '<', '>', '$', '€', '£'])),
    };
    let body = digits.trim_end_matches(|character: char| "%‰*†‡".contains(character) || character.is_whitespace());
    let (body, factor) = match body.char_indices().next_back()? {
        (at, 'k' | 'K') => (body[..at].trim_end(), 1e3),
        (at, 'm' | 'M') => (body[..at].trim_end(), 1e6),
        _ => (body, 1.0),
    };
    let plain = plain(body)?;
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let value: f64 = plain.parse().ok()?;
    let step = 10_f64.powi(-i32::try_from(decimals).ok()?);
    Some(Figure {
        value: if negative { -value } else { value } * factor,
        step: step * factor,
    })
}

/// Digits with a decimal point, grouping taken out; none where it is no number.
fn plain(body: &str) -> Option<String> {
    if body.is_empty() || body.len() > 24 {
        return None;
    }
    let is_separator = |character: char| matches!(character, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let mut groups: Vec<String> = vec![String::new()];
    let mut separators: Vec<char> = Vec::new();
    for character in body.chars() {
        if character.is_ascii_digit() {
            groups.last_mut()?.push(character);
        } else if is_separator(character) {
            separators.push(character);
            groups.push(String::new());
        } else {
            return None;
        }
    }
    if groups.iter().any(String::is_empty) {
        return None;
    }
    let Some(last) = separators.last().copied() else {
        return groups.pop();
    };
    let thousands = |groups: &[String]| (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    let alike = separators.iter().all(|separator| *separator == separators[0]);
    // One point or comma with three digits after it groups thousands in the reports of the agencies.
    if alike && thousands(&groups) && groups[0] != "0" {
        return Some(groups.concat());
    }
    let whole = &groups[..groups.len() - 1];
    let whole_alike = separators[..separators.len() - 1]
        .iter()
        .all(|separator| *separator == separators[0] && *separator != last);
    if matches!(last, ',' | '.') && whole_alike && (whole.len() == 1 || thousands(whole)) {
        return Some(format!("{}.{}", whole.concat(), groups.last()?));
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
    fn words_dates_and_faulty_grouping_are_no_figures() {
        check("Jan", None);
        check("25,4433,1", None);
        check("31-01-2020", None);
        check("", None);
        check("%", None);
        check("12 Jan", None);
    }
}
