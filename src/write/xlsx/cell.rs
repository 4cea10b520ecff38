//! Values to cells: numbers, days, texts that fit, notes, and links to places in reports.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Note, Url};

use crate::schema::{Finding, Observation, Provenance};

/// UTF-16 units that a cell holds.
const MOST_OF_A_CELL: usize = 32_767;
/// Characters of a note; it covers what lies beneath.
const MOST_OF_A_NOTE: usize = 900;
/// Characters of a link that Excel follows.
const MOST_OF_A_LINK: usize = 2_000;
const CUT: &str = " … (cut here, the CSV file has it all)";

/// The text, cut where a cell cannot hold it; the two characters that XML knows not are shown as such.
pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    let is_sound = !text.contains(['\u{fffe}', '\u{ffff}']);
    // No character takes more UTF-16 units than bytes.
    if is_sound && (text.len() <= MOST_OF_A_CELL || text.encode_utf16().count() <= MOST_OF_A_CELL) {
        return Cow::Borrowed(text);
    }
    let mut left = MOST_OF_A_CELL - CUT.encode_utf16().count();
    let mut cut = String::new();
    for character in text.chars() {
        let Some(rest) = left.checked_sub(character.len_utf16()) else {
            return Cow::Owned(cut + CUT);
        };
        left = rest;
        cut.push(if matches!(character, '\u{fffe}' | '\u{ffff}') {
            '\u{fffd}'
        } else {
            character
        });
    }
    Cow::Owned(cut)
}

/// The number as Excel keeps it: the double nearest to its digits.
pub(super) fn number(number: Decimal) -> f64 {
    number.normalize().to_string().parse().unwrap_or(f64::NAN)
}

/// The day, if Excel's calendar has it.
pub(super) fn day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}

/// A note that names findings, and values printed besides.
pub(super) fn note(findings: &[&Finding], besides: &[String]) -> Option<Note> {
    let mut lines: Vec<String> = findings
        .iter()
        .map(|finding| format!("{} ({}): {}", finding.code, finding.severity.as_str(), finding.message))
        .collect();
    if !besides.is_empty() {
        lines.push(format!("Also printed: {}", besides.join("; ")));
    }
    if lines.is_empty() {
        return None;
    }
    let text: String = lines
        .join("\n\n")
        .chars()
        .map(|character| if is_sound(character) { character } else { '\u{fffd}' })
        .collect();
    let cut = text.char_indices().nth(MOST_OF_A_NOTE).map(|(at, _)| format!("{}…", &text[..at]));
    let text = cut.unwrap_or(text);
    let height = 40 + 17 * (text.chars().count() / 45 + text.lines().count()) as u32;
    Some(
        Note::new(text)
            .add_author_prefix(false)
            .set_author("crosstally")
            .set_width(320)
            .set_height(height),
    )
}

fn is_sound(character: char) -> bool {
    character == '\n' || !(character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}'))
}

/// The path of the figure's report with the page it stands on, below the folder that was ingested; none where Excel would not follow it.
pub(super) fn source(observation: &Observation) -> Option<String> {
    let mut link: String = observation.document.bytes().map(escaped).collect();
    if let Provenance::Box { page, .. } = observation.place {
        link += &format!("#page={page}");
    }
    (link.len() <= MOST_OF_A_LINK).then_some(link)
}

/// A link to a file beside the workbook.
pub(super) fn file(link: &str) -> Url {
    Url::new(format!("file:///{link}"))
}

/// A byte of a path as links have it, <https://www.rfc-editor.org/rfc/rfc3986#section-2.1>.
fn escaped(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_a_cell_is_cut_and_says_so() {
        assert_eq!(fitting("=1+1"), "=1+1");
        let long = "é".repeat(MOST_OF_A_CELL);
        assert_eq!(fitting(&long), long);
        let longer = fitting(&"\u{1f600}".repeat(MOST_OF_A_CELL)).into_owned();
        assert!(longer.ends_with(CUT) && longer.encode_utf16().count() <= MOST_OF_A_CELL);
        assert_eq!(fitting("a\u{ffff}b"), "a\u{fffd}b");
    }

    #[test]
    fn a_day_is_one_of_excel_s_calendar_or_none() {
        let is_day = |text: &str| day(text.parse().unwrap()).is_some();
        assert!(is_day("2024-02-29") && is_day("1900-01-01"));
        assert!(!is_day("1899-12-31"));
    }
}
