//! A series as the user writes it, to the columns it narrows: `persons_present/SRB/2024-07`, `registrations_on_arrival/share/origin=SYR`.

use std::collections::BTreeSet;

use super::row::Row;
use crate::command::error::{Error, Result};

/// Columns that a bare word may name, the likeliest first.
const WORDS: [&str; 5] = ["statistic", "sex", "group", "area", "origin"];
/// Columns that may be named besides.
const NAMED: [&str; 5] = ["publisher", "family", "edition", "unit", "method"];

/// The days of a figure, by the year, month or day in which they end: no column, but a word of its own.
const PERIOD: &str = "period";

/// What rows have to say in which columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filter(Vec<(&'static str, String)>);

impl Filter {
    /// Reads a series; what its words mean is seen from the rows.
    pub(super) fn parse(series: &str, rows: &[Row]) -> Result<Self> {
        let mut words = series.split(['/', ':']);
        let indicator = words.next().unwrap_or_default();
        let known: BTreeSet<&str> = rows.iter().map(|row| row.get("indicator")).collect();
        if !known.contains(indicator) {
            let known: Vec<&str> = known.into_iter().collect();
            return Err(Error::Usage(format!(
                "no figure of `{indicator}` was read; there is {}",
                known.join(", ")
            )));
        }
        let rows: Vec<&Row> = rows.iter().filter(|row| row.get("indicator") == indicator).collect();
        let mut filter = Self(vec![("indicator", indicator.to_owned())]);
        for word in words {
            let condition = match word.split_once('=') {
                Some((column, value)) => (column_named(column)?, value.to_owned()),
                None => (filter.column_of(word, &rows)?, word.to_owned()),
            };
            filter.0.push(condition);
        }
        Ok(filter)
    }

    /// Whether the row says all that is asked.
    pub(super) fn takes(&self, row: &Row) -> bool {
        self.0.iter().all(|(column, value)| match *column {
            PERIOD => row.get("period_end").strip_prefix(value.as_str()).is_some_and(ends_there),
            column => row.get(column) == value,
        })
    }

    /// The first column, not narrowed yet, in which the word occurs.
    fn column_of(&self, word: &str, rows: &[&Row]) -> Result<&'static str> {
        if names_days(word) {
            return Ok(PERIOD);
        }
        let free = WORDS.into_iter().filter(|column| self.0.iter().all(|(narrowed, _)| narrowed != column));
        let occurs = |column: &&str| rows.iter().any(|row| row.get(column) == word);
        let mut columns = free.filter(occurs);
        if let (false, Some(column)) = (word.is_empty(), columns.next()) {
            return Ok(column);
        }
        let known: BTreeSet<&str> = WORDS
            .iter()
            .flat_map(|column| rows.iter().map(|row| row.get(column)))
            .filter(|word| !word.is_empty())
            .collect();
        let known: Vec<&str> = known.into_iter().collect();
        Err(Error::Usage(format!("`{word}` narrows nothing here; there is {}", known.join(", "))))
    }
}

/// Whether a word is a year, a month or a day: `2024`, `2024-07`, `2024-07-31`.
fn names_days(word: &str) -> bool {
    let lengths: Vec<usize> = word.split('-').map(str::len).collect();
    word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2])
}

/// Whether a day's rest after a year or month is the rest of it.
fn ends_there(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('-')
}

fn column_named(name: &str) -> Result<&'static str> {
    let Some(column) = WORDS.into_iter().chain(NAMED).chain([PERIOD]).find(|column| *column == name) else {
        return Err(Error::Usage(format!(
            "`{name}` is no column to narrow by; there is {}, {}, {PERIOD}",
            WORDS.join(", "),
            NAMED.join(", ")
        )));
    };
    Ok(column)
}
