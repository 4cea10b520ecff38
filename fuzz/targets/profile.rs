//! Text as a profile; one that is accepted then reads a report.
#![no_main]

use std::sync::LazyLock;

use crosstally::{
    input::{self, Limits},
    layout::Document,
    parse::{self, Profiles, profile::Profile},
    schema::DocumentRecord,
};
use libfuzzer_sys::fuzz_target;

static REPORT: LazyLock<Document> = LazyLock::new(|| {
    let report = include_bytes!("../../fixtures/unhcr-western-balkans/2024-07.txt");
    input::read(report, "report.txt", &Limits::default()).expect("a specimen")
});

fuzz_target!(|text: &str| {
    match Profile::read(text, "fuzz.toml") {
        Ok(profile) => {
            let families = vec![profile];
            let record = DocumentRecord::default();
            let _ = parse::extract(&REPORT, record, &Profiles { families });
        }
        Err(error) => assert!(error.line <= text.lines().count() + 1, "{error}"),
    }
});
