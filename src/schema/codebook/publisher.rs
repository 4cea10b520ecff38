//! The table of publishers to names by which reports call them.

use serde::Deserialize;

/// A name of a publisher.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PublisherName {
    /// `UNHCR`, as in the published files.
    pub code: String,
    /// A name in use.
    pub name: String,
}

/// The rows of `publishers.csv`.
pub(super) fn publishers(table: &str) -> Vec<PublisherName> {
    let rows = csv::Reader::from_reader(table.as_bytes()).into_deserialize();
    rows.collect::<Result<_, _>>()
        .expect("the embedded table of publishers is read by a test")
}
