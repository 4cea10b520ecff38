//! Whether a document is longer than any report: its words and numbers are counted before anything is made of them.
//!
//! Each word and number that is read costs a few hundred bytes, so that a file of `1,1,1` would take a hundred times its size.

use super::{InputError, Limits};
use crate::layout::{Document, Item, Text};

/// Refuses a text with more words than are read.
pub(super) fn of_text(text: &str, limits: &Limits) -> Result<(), InputError> {
    // Between two words stands at least one other character: what is shorter cannot have as many.
    if text.len() as u64 / 2 < limits.words {
        return Ok(());
    }
    within(words(text), limits)
}

/// Refuses a page with more words than are read, whatever else its source holds.
pub(super) fn of_page(document: &Document, limits: &Limits) -> Result<(), InputError> {
    let items = document.pages.iter().flat_map(|page| &page.items);
    within(items.flat_map(texts).map(|text| words(&text.string)).sum(), limits)
}

fn texts(item: &Item) -> Vec<&Text> {
    match item {
        Item::Block(block) => vec![&block.text],
        Item::Table(table) => table.cells.iter().map(|cell| &cell.text).collect(),
        Item::Chart(chart) => chart.title.iter().collect(),
    }
}

fn within(count: u64, limits: &Limits) -> Result<(), InputError> {
    if count > limits.words {
        return Err(InputError::OverLimit {
            cause: format!("the text has {count} words and numbers, more than {}", limits.words),
        });
    }
    Ok(())
}

/// How many runs of letters and figures there are: `1,1` is two.
fn words(text: &str) -> u64 {
    let mut count = 0;
    let mut inside = false;
    for character in text.chars() {
        let is_word = character.is_ascii_alphanumeric() || !character.is_ascii() && character.is_alphanumeric();
        count += u64::from(is_word && !inside);
        inside = is_word;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::read;

    #[test]
    fn words_and_numbers_are_runs_of_letters_and_figures() {
        for (text, expected) in [
            ("", 0),
            ("7,900", 2),
            ("Some 7900 persons.", 3),
            ("1,1,1,", 3),
            ("Šid–Београд", 2),
            ("…", 0),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_longer_than_any_report_is_refused_with_its_length() {
        let limits = Limits {
            words: 4,
            ..Limits::default()
        };
        let check = |text: &str, name: &str, expected: Option<&str>| {
            let error = read(text.as_bytes(), name, &limits).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), expected, "{text}");
        };
        let told = Some("over a limit: the text has 5 words and numbers, more than 4");
        check("one 2 three 4", "report.txt", None);
        check("one 2 three 4 five", "report.txt", told);
        // Attributes are no words of a page.
        check("<p class='some words of style'>one 2 three 4", "report.html", None);
        check("<p>one 2 <table><tr><td>three<td>4<td>five</table>", "report.html", told);
    }
}
