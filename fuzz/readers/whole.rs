//! A snapshot the whole way to CSV files: the first byte chooses the name, the rest are its bytes.

use std::sync::LazyLock;

use crosstally::{
    input::{self, Limits},
    parse::{self, Profiles},
    schema::{Dataset, DocumentRecord, Extraction, Fact, Provenance, Status, view::NoViews},
    spool::Shelf,
    validate::{self, Waivers},
    write::{self, Folder, Format, Header},
};
use tempfile::TempDir;

static PROFILES: LazyLock<Profiles> = LazyLock::new(|| Profiles::embedded().expect("built in"));
static OUTPUT: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));

/// Reads the bytes.
pub(crate) fn run(input: &[u8]) {
    let Some((choice, bytes)) = input.split_first() else { return };
    let name = ["report.txt", "report.html", "report.pdf", "report"][usize::from(choice % 4)];
    let extraction = extract(name, bytes);
    let holds_something = !extraction.observations.is_empty() || !extraction.facts.is_empty();
    for observation in &extraction.observations {
        match observation.place {
            Provenance::Bytes { start, end, .. } => assert!(start < end && end <= bytes.len() as u64, "{observation:?}"),
            Provenance::Box { bbox, .. } => assert!(bbox.iter().all(|edge| edge.is_finite()), "{observation:?}"),
        }
        assert!(observation.interval.low <= observation.interval.high, "{observation:?}");
    }
    let extractions = vec![extraction];
    let judgement = validate::judge(&extractions, &Waivers::default(), &Shelf::Memory).expect("memory meets no fault");
    let findings = judgement.findings.to_vec().expect("memory meets no fault");
    // A snapshot of a known family in which nothing is found is told by a check.
    assert!(holds_something || !findings.is_empty(), "neither a figure nor a word about it");
    let dataset = Dataset {
        extractions,
        findings,
        ..Dataset::default()
    };
    let folder = Folder::open(OUTPUT.path()).expect("a folder");
    write::all(&dataset, &NoViews, folder, &[Format::Csv(Header::Names)]).expect("files are written");
}

/// What the program makes of one snapshot.
fn extract(name: &str, bytes: &[u8]) -> Extraction {
    let mut record = DocumentRecord {
        path: name.to_owned(),
        size: bytes.len() as u64,
        ..DocumentRecord::default()
    };
    match input::read(bytes, name, &Limits::default()) {
        Ok(document) => parse::extract(&document, record, &PROFILES),
        Err(error) => {
            record.status = Status::Unreadable;
            let cause = error.to_string();
            Extraction {
                document: record,
                facts: vec![Fact::Unreadable { cause }],
                ..Extraction::default()
            }
        }
    }
}
