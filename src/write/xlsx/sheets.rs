//! Names wanted for sheets to names that Excel takes: 31 characters at most, none of the reserved ones, no two alike.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

const MOST_CHARACTERS: usize = 31;

/// The sheets made so far: their names, and the names wanted.
#[derive(Debug, Default)]
pub(super) struct Sheets(Vec<(String, String)>);

impl Sheets {
    /// A new sheet at the end, named as like the name as may be.
    pub(super) fn add<'book>(&mut self, workbook: &'book mut Workbook, name: &str) -> Result<&'book mut Worksheet, XlsxError> {
        let free = self.free(name);
        self.0.push((free.clone(), name.to_owned()));
        workbook.add_worksheet().set_name(free)
    }

    /// The names, each with the one wanted, in the order of the sheets.
    pub(super) fn names(&self) -> &[(String, String)] {
        &self.0
    }

    fn free(&self, name: &str) -> String {
        let plain: String = name
            .chars()
            .map(|character| if "[]:*?/\\'".contains(character) { '-' } else { character })
            .collect();
        let cut = |length: usize| plain.chars().take(length).collect::<String>();
        let is_free = |name: &String| self.0.iter().all(|(other, _)| other.to_lowercase() != name.to_lowercase());
        let whole = Some(cut(MOST_CHARACTERS)).filter(is_free);
        let numbered = (2..).map(|number| {
            let ending = format!(" ({number})");
            cut(MOST_CHARACTERS - ending.len()) + &ending
        });
        whole
            .or_else(|| numbered.into_iter().find(is_free))
            .expect("there is always a next number")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_cleaned_and_told_apart() {
        let mut sheets = Sheets::default();
        let mut check = |name: &str, expected: &str| {
            assert_eq!(sheets.free(name), expected);
            sheets.0.push((expected.to_owned(), name.to_owned()));
        };
        check("mixed_movements", "mixed_movements");
        check("Mixed_Movements", "Mixed_Movements (2)");
        check("non_voluntary_returns_by_authorities", "non_voluntary_returns_by_author");
        check("non_voluntary_returns_by_authors", "non_voluntary_returns_by_au (2)");
        check("a/b [c]: 'd'?", "a-b -c-- -d--");
    }
}
