//! Expected figures and where the shared reports lie.
#![expect(clippy::print_stderr, reason = "a test that checks nothing says so")]
#![allow(unreachable_pub, dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

pub mod dataset;
pub mod tools;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crosstally::{
    input::{self, Limits},
    parse::{self, Profiles},
    schema::{DocumentRecord, Extraction, Observation},
};

/// The columns of an expected figure, in order.
pub const COLUMNS: [&str; 14] = [
    "indicator",
    "statistic",
    "area",
    "origin",
    "sex",
    "group",
    "period_start",
    "period_end",
    "base_start",
    "base_end",
    "value",
    "unit",
    "qualifier",
    "quote",
];

/// A folder of the shared reports; none, said loudly, where they are absent.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("CROSSTALLY_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join(folder);
    if path.exists() {
        return Some(path);
    }
    eprintln!(
        "SKIPPED: {} is absent; set CROSSTALLY_SHARED to the folder of shared reports",
        path.display()
    );
    None
}

/// Reads one snapshot the whole way to its extraction.
pub fn extract(path: &Path, profiles: &Profiles) -> Extraction {
    let bytes = fs::read(path).expect("the snapshot is there");
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    let record = DocumentRecord {
        path: name.clone(),
        hash: blake3::hash(&bytes).to_hex().to_string(),
        ..DocumentRecord::default()
    };
    let document = input::read(&bytes, &name, &Limits::default()).expect("the snapshot can be read");
    parse::extract(&document, record, profiles)
}

/// An observation in the columns of an expected figure. Spaces of all kinds in quotes are plain spaces.
pub fn row(observation: &Observation) -> String {
    let sex = observation.sex.map_or("", |sex| sex.as_str());
    let base = observation
        .base
        .map_or((String::new(), String::new()), |base| (base.start.to_string(), base.end.to_string()));
    let fields = [
        observation.indicator.clone(),
        observation.statistic.as_str().to_owned(),
        observation.area.clone(),
        observation.origin.clone(),
        sex.to_owned(),
        observation.group.clone(),
        observation.period.start.to_string(),
        observation.period.end.to_string(),
        base.0,
        base.1,
        observation.value.normalize().to_string(),
        observation.unit.clone(),
        observation.qualifier.as_str().to_owned(),
        observation.quote.clone(),
    ];
    plain(&fields.join(","))
}

/// The expected figures of a CSV file.
pub fn expected(path: &Path) -> Vec<String> {
    let mut reader = csv::Reader::from_path(path).expect("the expected figures are there");
    assert_eq!(
        reader.headers().expect("a header").iter().collect::<Vec<_>>(),
        COLUMNS,
        "{}",
        path.display()
    );
    let value = COLUMNS.iter().position(|column| *column == "value").expect("a column");
    let row = |record: csv::StringRecord| {
        let fields = record
            .iter()
            .enumerate()
            .map(|(index, field)| match field.parse::<rust_decimal::Decimal>() {
                Ok(number) if index == value => number.normalize().to_string(),
                _ => field.to_owned(),
            });
        plain(&fields.collect::<Vec<_>>().join(","))
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'], " ")
        .replace(['\u{2212}', '\u{2011}'], "-")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is missing (`-`) and what is too much (`+`), each row as often as it is.
pub fn difference(expected: &[String], found: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for row in expected {
        *counts.entry(row).or_default() -= 1;
    }
    for row in found {
        *counts.entry(row).or_default() += 1;
    }
    let rows = counts
        .into_iter()
        .flat_map(|(row, count)| std::iter::repeat_n(format!("{} {row}", if count < 0 { '-' } else { '+' }), count.unsigned_abs() as usize));
    rows.collect()
}
