//! A table's columns, each described once: name, meaning, kind and value; the header, the keys and the schema of every format are made of it.

use std::{borrow::Cow, ops::Deref};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::tables::Table;

/// A column of a published table.
#[derive(Debug, Clone, Copy)]
pub struct Column<T: Table> {
    /// Name in the CSV header, and key in JSON.
    pub name: &'static str,
    /// What stands in it, one sentence without full stop.
    pub meaning: &'static str,
    /// Its tag of the Humanitarian Exchange Language, <https://hxlstandard.org>.
    pub hxl: &'static str,
    /// What kind of value stands in it.
    pub kind: Kind,
    /// Whether a row may leave it empty.
    pub presence: Presence,
    /// Takes the value out of a row.
    pub value: for<'a> fn(Cells<'a, T>) -> Value<'a>,
}

impl<T: Table> Column<T> {
    /// The value of a row.
    pub fn of<'a>(&self, row: T::Row<'a>) -> Value<'a> {
        (self.value)(Cells(row))
    }
}

/// A row, as columns take their values out of it.
#[derive(Debug)]
pub struct Cells<'a, T: Table>(T::Row<'a>);

impl<T: Table> Copy for Cells<'_, T> {}

impl<T: Table> Clone for Cells<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<'a, T: Table> Deref for Cells<'a, T> {
    type Target = T::Row<'a>;

    fn deref(&self) -> &T::Row<'a> {
        &self.0
    }
}

/// What kind of value a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any characters.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A decimal number.
    Number,
    /// A whole number, not negative.
    Integer,
    /// A day, `2024-07-31`.
    Date,
    /// Several texts: `;` separated in CSV, an array in JSON.
    List,
}

/// Whether a row may leave a column empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Every row has it.
    Always,
    /// Empty in CSV and `null` in JSON where there is none.
    Maybe,
}

/// A value of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Characters; none is the same as no value.
    Text(Cow<'a, str>),
    /// A decimal number.
    Number(Decimal),
    /// A whole number.
    Integer(u64),
    /// A day.
    Date(Date),
    /// Several texts.
    List(Vec<Cow<'a, str>>),
    /// No value.
    Nothing,
}

impl<'a> Value<'a> {
    /// Characters of the row itself.
    pub fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Characters made for the purpose.
    pub fn made(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }

    /// A day, if there is one.
    pub fn date_if(day: Option<Date>) -> Self {
        day.map_or(Self::Nothing, Self::Date)
    }

    /// A whole number of things.
    pub fn count(number: usize) -> Self {
        Self::Integer(number as u64)
    }

    /// Several texts of the row itself.
    pub fn list(texts: impl IntoIterator<Item = &'a String>) -> Self {
        Self::List(texts.into_iter().map(|text| Cow::Borrowed(text.as_str())).collect())
    }

    /// The value, apart from the row.
    pub(super) fn into_owned(self) -> Value<'static> {
        match self {
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Number(number) => Value::Number(number),
            Self::Integer(number) => Value::Integer(number),
            Self::Date(day) => Value::Date(day),
            Self::List(texts) => Value::List(texts.into_iter().map(|text| Cow::Owned(text.into_owned())).collect()),
            Self::Nothing => Value::Nothing,
        }
    }

    /// The value as a CSV cell.
    pub(super) fn to_cell(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(plain(*number)),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Date(day) => Cow::Owned(day.to_string()),
            Self::Nothing => Cow::Borrowed(""),
            Self::List(texts) => Cow::Owned(texts.join(";")),
        }
    }

    /// Appends the value as JSON; numbers keep every printed digit.
    pub(super) fn push_json(&self, presence: Presence, line: &mut String) {
        match self {
            Self::Text(text) if text.is_empty() && presence == Presence::Maybe => line.push_str("null"),
            Self::Text(text) => push_json_string(text, line),
            Self::Number(number) => line.push_str(&plain(*number)),
            Self::Integer(number) => line.push_str(&number.to_string()),
            Self::Date(day) => push_json_string(&day.to_string(), line),
            Self::Nothing => line.push_str("null"),
            Self::List(texts) => {
                line.push('[');
                for (index, text) in texts.iter().enumerate() {
                    if index > 0 {
                        line.push(',');
                    }
                    push_json_string(text, line);
                }
                line.push(']');
            }
        }
    }
}

/// A number as published: no grouping, no exponent, no zeros at the end.
pub fn plain(number: Decimal) -> String {
    let number = number.normalize();
    if number.is_zero() { "0".to_owned() } else { number.to_string() }
}

/// Appends a JSON string.
pub(super) fn push_json_string(text: &str, line: &mut String) {
    if text.bytes().any(|byte| matches!(byte, ..b' ' | b'"' | b'\\')) {
        line.push_str(&serde_json::to_string(text).expect("any text is a JSON string"));
    } else {
        line.push('"');
        line.push_str(text);
        line.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(number: &str, expected: &str) {
        assert_eq!(plain(number.parse().unwrap()), expected);
    }

    #[test]
    fn a_number_is_written_without_grouping_exponent_or_zeros_at_the_end() {
        check("7900", "7900");
        check("-47.0", "-47");
        check("12.50", "12.5");
        check("0.000", "0");
        check("-0.0", "0");
        check("100", "100");
        check("0.0000000001", "0.0000000001");
        check("79228162514264337593543950335", "79228162514264337593543950335");
    }

    #[test]
    fn characters_that_json_reserves_are_escaped() {
        let mut line = String::new();
        Value::List(vec!["a\"b".into(), "line\nbreak \u{1b}".into()]).push_json(Presence::Always, &mut line);
        assert_eq!(line, r#"["a\"b","line\nbreak \u001b"]"#);
    }
}
