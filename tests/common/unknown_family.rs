//! A page of a family that nobody knows, and what is found in it.

use crosstally::{
    input::{self, Limits},
    parse::{self, Profiles},
    schema::{DocumentRecord, Finding},
    validate::{self, Waivers},
};

/// Everything found in a page of no known family, whose figures enter no dataset.
pub(crate) fn findings(name: &str, page: &str) -> Vec<Finding> {
    let document = input::read(page.as_bytes(), name, &Limits::default()).expect("a page");
    let record = DocumentRecord {
        path: name.into(),
        ..DocumentRecord::default()
    };
    let extraction = parse::extract(&document, record, &Profiles { families: Vec::new() });
    assert!(extraction.observations.is_empty(), "no figure enters the dataset");
    validate::findings(&[extraction], &Waivers::default())
}

/// Holds what is found against what should be, but for the family being unknown.
#[track_caller]
pub(crate) fn check(name: &str, page: &str, expected: &[&str]) {
    let found: Vec<String> = findings(name, page)
        .iter()
        .filter(|finding| finding.code != "unknown-family")
        .map(|finding| format!("{}[{}]: {}", finding.severity.as_str(), finding.code, finding.message))
        .collect();
    assert_eq!(found, expected, "{page}");
}
