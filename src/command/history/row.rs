//! A row of `observations.csv`, by column names.

use std::{path::Path, sync::Arc};

use crosstally::write::observation::COLUMNS;
use csv::StringRecord;
use rust_decimal::Decimal;

use crate::command::error::{Error, Result};

/// Columns that make figures of different editions comparable.
const SERIES: [&str; 8] = ["publisher", "indicator", "statistic", "area", "origin", "sex", "group", "unit"];
/// Columns that tell the periods of a series apart.
const FIGURE: [&str; 4] = ["period_start", "period_end", "base_start", "base_end"];
/// Columns that tell printed values of a figure apart.
const PRINTED: [&str; 5] = ["edition", "family", "value", "qualifier", "low"];

/// A printed mention.
#[derive(Debug, Clone)]
pub(super) struct Row {
    header: Arc<StringRecord>,
    record: StringRecord,
}

/// Reads all rows of a file that `ingest` wrote.
pub(super) fn read(file: &Path) -> Result<Vec<Row>> {
    if !file.is_file() {
        return Err(Error::Usage(format!("{} is not there; `crosstally ingest` writes it", file.display())));
    }
    let mut reader = csv::Reader::from_path(file).map_err(Error::read(file))?;
    let header = Arc::new(reader.headers().map_err(Error::read(file))?.clone());
    let missing = COLUMNS.iter().find(|column| !header.iter().any(|name| name == column.name));
    if let Some(column) = missing {
        return Err(Error::Usage(format!("{} has no column {}", file.display(), column.name)));
    }
    reader
        .into_records()
        .filter(|record| !record.as_ref().is_ok_and(is_tags))
        .map(|record| {
            Ok(Row {
                header: Arc::clone(&header),
                record: record.map_err(Error::read(file))?,
            })
        })
        .collect()
}

/// Whether the row is the tags that `--hxl` writes below the header.
fn is_tags(record: &StringRecord) -> bool {
    record.iter().zip(COLUMNS).all(|(cell, column)| cell == column.hxl)
}

impl Row {
    /// The cell of a column.
    pub(super) fn get(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    /// What makes it one series.
    pub(super) fn series(&self) -> [&str; 8] {
        SERIES.map(|column| self.get(column))
    }

    /// What makes it one figure of the series.
    pub(super) fn figure(&self) -> [&str; 4] {
        FIGURE.map(|column| self.get(column))
    }

    /// What makes it one printed value of the figure, editions in order.
    pub(super) fn printed(&self) -> [&str; 5] {
        PRINTED.map(|column| self.get(column))
    }

    /// The series in words.
    pub(super) fn title(&self) -> String {
        let [publisher, indicator, statistic, area, origin, sex, group, unit] = self.series();
        let mut title = format!("{publisher} {indicator}, {statistic}, {area}");
        for (label, code) in [("origin ", origin), ("sex ", sex), ("", group)] {
            if !code.is_empty() {
                title += &format!(", {label}{code}");
            }
        }
        format!("{title}, in {}", unit.replace('_', " "))
    }

    /// The period, and what it is measured against.
    pub(super) fn period(&self) -> String {
        let [start, end, base_start, base_end] = self.figure();
        if base_start.is_empty() {
            span(start, end)
        } else {
            format!("{} against {}", span(start, end), span(base_start, base_end))
        }
    }

    /// The value with its approximator and interval: `some 7900 [7850, 7950]`.
    pub(super) fn value(&self) -> String {
        let (value, low, high) = (self.get("value"), self.get("low"), self.get("high"));
        let qualifier = self.get("qualifier");
        let space = if qualifier.is_empty() { "" } else { " " };
        let interval = if low == high { String::new() } else { format!(" [{low}, {high}]") };
        format!("{qualifier}{space}{value}{interval}")
    }

    /// Whether both printed values may stand for the same true one.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let number = |row: &Self, column| row.get(column).parse::<Decimal>().ok();
        match (number(self, "low"), number(self, "high"), number(other, "low"), number(other, "high")) {
            (Some(low), Some(high), Some(other_low), Some(other_high)) => low <= other_high && other_low <= high,
            _ => true,
        }
    }

    /// How much more than the first printed value, with its sign; empty where it is the same.
    pub(super) fn difference(&self, oldest: &Self) -> String {
        let number = |row: &Self| row.get("value").parse::<Decimal>().ok();
        match number(self).zip(number(oldest)).and_then(|(new, old)| new.checked_sub(old)) {
            Some(difference) if difference > Decimal::ZERO => format!("+{}", difference.normalize()),
            Some(difference) if difference < Decimal::ZERO => difference.normalize().to_string(),
            _ => String::new(),
        }
    }

    /// The row as a JSON object of texts, with the number of its vintage and the difference to the first.
    pub(super) fn json(&self, vintage: usize, oldest: &Self) -> serde_json::Value {
        let cell = |(name, cell): (&str, &str)| (name.to_owned(), serde_json::Value::from(cell));
        let mut object: serde_json::Map<_, _> = self.header.iter().zip(&self.record).map(cell).collect();
        object.insert("vintage".to_owned(), vintage.into());
        object.insert("difference".to_owned(), self.difference(oldest).into());
        object.into()
    }
}

/// Days as a person says them: `2024-07` for the month, `2024` for the year.
fn span(start: &str, end: &str) -> String {
    let Some((start_day, end_day)) = start.parse::<jiff::civil::Date>().ok().zip(end.parse::<jiff::civil::Date>().ok()) else {
        return format!("{start} to {end}");
    };
    let months = start_day.day() == 1 && end_day == end_day.last_of_month();
    let month = |day: &str| day.rsplit_once('-').map_or_else(String::new, |(month, _)| month.to_owned());
    if start == end {
        start.to_owned()
    } else if months && start_day.month() == 1 && end_day.month() == 12 && start_day.year() == end_day.year() {
        start_day.year().to_string()
    } else if months && month(start) == month(end) {
        month(start)
    } else if months {
        format!("{} to {}", month(start), month(end))
    } else {
        format!("{start} to {end}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_months_and_years_are_said_as_such() {
        let check = |start, end, expected: &str| assert_eq!(span(start, end), expected);
        check("2024-07-31", "2024-07-31", "2024-07-31");
        check("2024-07-01", "2024-07-31", "2024-07");
        check("2024-02-01", "2024-02-29", "2024-02");
        check("2024-01-01", "2024-12-31", "2024");
        check("2024-01-01", "2024-07-31", "2024-01 to 2024-07");
        check("2016-01-01", "2023-12-31", "2016-01 to 2023-12");
        check("2024-01-15", "2024-02-14", "2024-01-15 to 2024-02-14");
    }
}
