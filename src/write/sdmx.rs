//! `observations.sdmx.csv`: SDMX-CSV 2.0, one value per series and period, for statistical offices.
//!
//! The rules are those of <https://github.com/sdmx-twg/sdmx-csv/blob/master/data-message/docs/sdmx-csv-field-guide.md>: `STRUCTURE`, `STRUCTURE_ID`,
//! `ACTION`, the dimensions, the measure, the attributes. A key of dimensions has one observation there, so that of all that is printed for a series and
//! period only the newest edition's value is written: where that edition prints several, the most precise, then the one printed most often, then the
//! first; `MENTIONS` tells how often it is printed, `VINTAGE` how many editions have printed the figure so far. The other mentions stand in
//! `observations.csv`. What a figure does not tell apart is `_T`, the total; what does not apply is `_Z`. `OBS_STATUS` is of the code list of SDMX: `U`
//! (low reliability) where the value stands in an error, `E` (estimated) where it is printed with an approximator, else `A`.

use std::{
    collections::HashSet,
    io::{self, Write},
};

use super::{
    Folder, WriteError,
    column::plain,
    tables::{Table, Tables},
    vintage::{Vintage, latest, rows as rows_of},
};
use crate::schema::{Finding, Period, Qualifier, Severity};

/// The dataflow: agency, name and version.
const STRUCTURE_ID: &str = "CROSSTALLY:FIGURES(1.0)";
const HEADER: [&str; 25] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    // The dimensions.
    "PUBLISHER",
    "INDICATOR",
    "STATISTIC",
    "REF_AREA",
    "ORIGIN",
    "SEX",
    "POPULATION_GROUP",
    "BASE_PERIOD",
    "UNIT_MEASURE",
    "TIME_PERIOD",
    // The measure.
    "OBS_VALUE",
    // The attributes.
    "OBS_STATUS",
    "QUALIFIER",
    "LOWER_BOUND",
    "UPPER_BOUND",
    "FAMILY",
    "EDITION",
    "VINTAGE",
    "MENTIONS",
    "OBSERVATION_ID",
    "DOCUMENT",
    "PLACE",
];

/// Writes the file.
pub(super) fn write(tables: &Tables, folder: &mut Folder) -> Result<(), WriteError> {
    folder.write("observations.sdmx.csv", |out| rows(tables, out))
}

fn rows(tables: &Tables, out: &mut dyn Write) -> io::Result<()> {
    let mut contradicted: HashSet<String> = HashSet::new();
    Finding::each(tables, &mut |finding| {
        if finding.severity == Severity::Error {
            contradicted.extend(finding.observations.iter().cloned());
        }
        Ok(())
    })?;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    tables.each_figure(&mut |mentions| {
        for value in latest(rows_of(mentions)) {
            writer.write_record(row(value, &contradicted))?;
        }
        Ok(())
    })?;
    writer.flush()
}

fn row(value: Vintage<'_>, contradicted: &HashSet<String>) -> [String; 25] {
    let first = value.first;
    let or = |text: &str, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text.to_owned() };
    let stands_in_error = value.mentions.iter().any(|mention| contradicted.contains(&mention.id));
    let status = match first.qualifier {
        _ if stands_in_error => "U",
        Qualifier::Exact => "A",
        Qualifier::About | Qualifier::Over | Qualifier::Under => "E",
    };
    [
        "dataflow".to_owned(),
        STRUCTURE_ID.to_owned(),
        "I".to_owned(),
        first.publisher.clone(),
        first.indicator.clone(),
        first.statistic.as_str().to_owned(),
        first.area.clone(),
        or(&first.origin, "_T"),
        first.sex.map_or("_T", |sex| sex.as_str()).to_owned(),
        or(&first.group, "_T"),
        first.base.map_or_else(|| "_Z".to_owned(), time_period),
        first.unit.clone(),
        time_period(first.period),
        plain(first.value),
        status.to_owned(),
        first.qualifier.as_str().to_owned(),
        plain(first.interval.low),
        plain(first.interval.high),
        first.family.clone(),
        first.edition.clone(),
        value.number.to_string(),
        value.mentions.len().to_string(),
        first.id.clone(),
        first.document.clone(),
        first.place.to_string(),
    ]
}

/// Days as SDMX says them: a day, a month, a year, or a start with a duration.
fn time_period(Period { start, end }: Period) -> String {
    let months = i32::from(end.year() - start.year()) * 12 + i32::from(end.month() - start.month()) + 1;
    let whole = start.day() == 1 && end == end.last_of_month();
    if start == end {
        start.to_string()
    } else if whole && months == 1 {
        start.strftime("%Y-%m").to_string()
    } else if whole && months == 12 && start.month() == 1 {
        start.strftime("%Y").to_string()
    } else if whole && months % 12 == 0 {
        format!("{start}/P{}Y", months / 12)
    } else if whole {
        format!("{start}/P{months}M")
    } else {
        let days = start.until(end).map_or(0, |span| span.get_days()) + 1;
        format!("{start}/P{days}D")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &str, end: &str, expected: &str) {
        let period = Period::new(start.parse().unwrap(), end.parse().unwrap()).unwrap();
        assert_eq!(time_period(period), expected);
    }

    #[test]
    fn a_period_is_said_as_sdmx_says_it() {
        check("2024-07-31", "2024-07-31", "2024-07-31");
        check("2024-02-01", "2024-02-29", "2024-02");
        check("2024-01-01", "2024-12-31", "2024");
        check("2024-01-01", "2024-07-31", "2024-01-01/P7M");
        check("2016-01-01", "2023-12-31", "2016-01-01/P8Y");
        check("2023-07-01", "2024-06-30", "2023-07-01/P1Y");
        check("2024-02-15", "2024-03-14", "2024-02-15/P29D");
    }
}
