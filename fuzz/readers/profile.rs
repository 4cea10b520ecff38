//! Text as a profile; one that is accepted then reads a report.

use std::sync::LazyLock;

use crosstally::{
    input::{self, Limits},
    layout::Document,
    parse::{self, Profiles, profile::Profile},
    schema::DocumentRecord,
};

static REPORT: LazyLock<Document> = LazyLock::new(|| {
    let report = include_bytes!("../../fixtures/unhcr-western-balkans/2024-07.txt");
    input::read(report, "report.txt", &Limits::default()).expect("a specimen")
});

/// Reads what characters the bytes begin with.
pub(crate) fn run(bytes: &[u8]) {
    let text = characters(bytes);
    match Profile::read(text, "fuzz.toml") {
        Ok(profile) => {
            let families = vec![profile];
            let record = DocumentRecord::default();
            let _ = parse::extract(&REPORT, record, &Profiles { families });
        }
        Err(error) => assert!(error.line <= text.lines().count() + 1, "{error}"),
    }
}

fn characters(bytes: &[u8]) -> &str {
    let end = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    std::str::from_utf8(&bytes[..end]).unwrap_or_default()
}
