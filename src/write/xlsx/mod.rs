//! `crosstally.xlsx`: a workbook that can be sent on: how to read it, a sheet for each indicator, the tables, and what the codes mean.
//!
//! Numbers are numbers and days are days; every text is written as text, so that none is taken for a formula, and cut where it is longer than a cell may
//! be. Excel keeps 15 digits of a number, as many as a printed figure has at most. The workbook says that it was made on a fixed day: the same input
//! gives the same bytes.

mod cell;
mod codebook;
mod indicator;
mod readme;
mod relative;
mod sheets;
mod styles;
mod table;

use std::{collections::HashMap, io};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{Folder, WriteError, document::Documents, tables::Tables};
use crate::schema::{Dataset, Finding, Observation, Severity, codebook::codebook};
use sheets::Sheets;
use styles::Styles;

/// What the sheets share.
struct Book<'a> {
    tables: &'a Tables<'a>,
    dataset: &'a Dataset,
    styles: Styles,
    /// Errors and warnings that a printed figure stands in, most severe first, by its id.
    findings: HashMap<&'a str, Vec<&'a Finding>>,
    /// Cell of the table of observations that holds the value of each id: `'observations'!Q12`.
    cells: HashMap<&'a str, String>,
}

/// Writes the workbook.
pub(super) fn write(tables: &Tables, folder: &mut Folder) -> Result<(), WriteError> {
    folder.write_at("crosstally.xlsx", |path| {
        let dataset = tables.results.dataset()?;
        let mut workbook = workbook(tables, &dataset).map_err(io::Error::other)?;
        workbook.save(path).map_err(io::Error::other)
    })
}

fn workbook(tables: &Tables, dataset: &Dataset) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title("Figures of published reports")
            .set_creation_datetime(&made),
    );
    let book = Book {
        tables,
        dataset,
        styles: Styles::new(),
        findings: findings(dataset),
        cells: table::cells(dataset),
    };
    let mut sheets = Sheets::default();
    readme::write(&book, sheets.add(&mut workbook, "readme")?)?;
    for entry in codebook().indicators() {
        indicator::write(&book, entry, &mut workbook, &mut sheets)?;
    }
    table::observations(&book, &mut workbook, &mut sheets)?;
    table::write::<Finding>(&book, &mut workbook, &mut sheets)?;
    table::write::<Documents>(&book, &mut workbook, &mut sheets)?;
    codebook::indicators(&book, sheets.add(&mut workbook, "codebook")?)?;
    codebook::places(&book, sheets.add(&mut workbook, "places")?)?;
    readme::contents(&book, &mut workbook, &sheets)?;
    Ok(workbook)
}

fn findings(dataset: &Dataset) -> HashMap<&str, Vec<&Finding>> {
    let mut findings: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in dataset.findings.iter().filter(|finding| finding.severity != Severity::Note) {
        for observation in &finding.observations {
            findings.entry(observation).or_default().push(finding);
        }
    }
    findings
}

impl<'a> Book<'a> {
    /// All printed mentions, by document and place.
    fn observations(&self) -> impl Iterator<Item = &'a Observation> {
        self.dataset.extractions.iter().flat_map(|extraction| &extraction.observations)
    }

    /// The errors and warnings that any of the figures stands in, each once.
    fn findings_of(&self, mentions: impl IntoIterator<Item = &'a Observation>) -> Vec<&'a Finding> {
        let mut found: Vec<&Finding> = Vec::new();
        for finding in mentions
            .into_iter()
            .filter_map(|mention| self.findings.get(mention.id.as_str()))
            .flatten()
        {
            if found.iter().all(|other| other.fingerprint != finding.fingerprint) {
                found.push(finding);
            }
        }
        found.sort_by_key(|finding| finding.severity);
        found
    }
}
