//! A run's result to the rows of the published tables, sorted and counted once for all formats.

use std::collections::HashMap;

use super::{
    column::Column,
    coverage::Coverage,
    document::{DocumentRow, Documents},
    figures, finding, observation,
    report::Tally,
    vintage::{Vintage, Vintages},
};
use crate::schema::{Dataset, Finding, Observation};

/// A published table.
pub trait Table: Sized + 'static {
    /// Name of its files, without the ending.
    const NAME: &'static str;
    /// What a row is, one sentence without full stop.
    const MEANING: &'static str;
    /// Its columns, in the order published.
    const COLUMNS: &'static [Column<Self>];
    /// The columns whose values name a row.
    const KEY: &'static [&'static str];
    /// What a row is made of.
    type Row<'a>: Copy;

    /// All rows, in the order published.
    fn rows<'a>(tables: &'a Tables<'a>) -> impl Iterator<Item = Self::Row<'a>>;
}

/// What the tables are made of.
#[derive(Debug)]
pub struct Tables<'a> {
    /// The run's result.
    pub(super) dataset: &'a Dataset,
    /// The promises of every edition.
    pub(super) coverage: Coverage<'a>,
    /// Mentions of each figure side by side.
    figures: Vec<&'a Observation>,
    tallies: HashMap<&'a str, Tally>,
}

impl<'a> Tables<'a> {
    /// Sorts and counts what the tables share.
    pub fn of(dataset: &'a Dataset) -> Self {
        let mut tallies: HashMap<&str, Tally> = HashMap::new();
        for finding in &dataset.findings {
            for document in &finding.documents {
                tallies.entry(document).or_default().add(finding.severity);
            }
        }
        Self {
            dataset,
            coverage: Coverage::of(dataset),
            figures: figures::sorted(dataset),
            tallies,
        }
    }

    /// All printed mentions, by document and place.
    pub(super) fn observations(&self) -> impl Iterator<Item = &'a Observation> {
        self.dataset.extractions.iter().flat_map(|extraction| &extraction.observations)
    }
}

impl Table for Observation {
    const NAME: &'static str = "observations";
    const MEANING: &'static str = "One printed figure";
    const COLUMNS: &'static [Column<Self>] = observation::COLUMNS;
    const KEY: &'static [&'static str] = &["id"];
    type Row<'a> = &'a Self;

    fn rows<'a>(tables: &'a Tables<'a>) -> impl Iterator<Item = &'a Self> {
        tables.observations()
    }
}

impl Table for Finding {
    const NAME: &'static str = "findings";
    const MEANING: &'static str = "Something a reader should look at";
    const COLUMNS: &'static [Column<Self>] = finding::COLUMNS;
    const KEY: &'static [&'static str] = &["fingerprint"];
    type Row<'a> = &'a Self;

    fn rows<'a>(tables: &'a Tables<'a>) -> impl Iterator<Item = &'a Self> {
        tables.dataset.findings.iter()
    }
}

impl Table for Documents {
    const NAME: &'static str = "documents";
    const MEANING: &'static str = "One snapshot, read or not";
    const COLUMNS: &'static [Column<Self>] = super::document::COLUMNS;
    const KEY: &'static [&'static str] = &["document"];
    type Row<'a> = DocumentRow<'a>;

    fn rows<'a>(tables: &'a Tables<'a>) -> impl Iterator<Item = DocumentRow<'a>> {
        tables.dataset.extractions.iter().map(|extraction| DocumentRow {
            document: &extraction.document,
            observations: extraction.observations.len(),
            tally: tables.tallies.get(extraction.document.path.as_str()).copied().unwrap_or_default(),
            milliseconds: tables.dataset.milliseconds.get(&extraction.document.path).copied(),
        })
    }
}

impl Table for Vintages {
    const NAME: &'static str = "vintages";
    const MEANING: &'static str = "A value that an edition prints for a series and period, however often and in whatever media it prints it";
    const COLUMNS: &'static [Column<Self>] = super::vintage::COLUMNS;
    const KEY: &'static [&'static str] = super::vintage::KEY;
    type Row<'a> = Vintage<'a>;

    fn rows<'a>(tables: &'a Tables<'a>) -> impl Iterator<Item = Vintage<'a>> {
        super::vintage::rows(&tables.figures)
    }
}
