//! PDFs made to break readers, a few of each kind: each ends in figures or in a named finding, and none costs another snapshot.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod build;
mod contents;
mod killers;
mod structures;

use std::{collections::BTreeSet, fs, path::Path, process::Command};

/// Reads the files in one run beside a sound one, and looks for a word about each.
#[track_caller]
fn check(files: &[(String, Vec<u8>)]) {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    for (name, bytes) in files {
        fs::write(archive.join(format!("{name}.pdf")), bytes).unwrap();
    }
    let sound = include_bytes!("../../fixtures/unhcr-western-balkans/2024-07.pdf");
    fs::write(archive.join("sound.pdf"), sound).unwrap();
    let run = Command::new(assert_cmd::cargo::cargo_bin!("crosstally"))
        .args(["ingest", "archive", "--output", "output", "--format", "csv", "--time-limit", "8"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{:?}: {said}", run.status);
    assert!(!said.contains("panicked"), "{said}");
    let output = folder.path().join("output");
    let (observed, told) = (
        documents(&output, "observations", "document"),
        documents(&output, "findings", "documents"),
    );
    let listed = documents(&output, "documents", "document");
    assert!(observed.contains("sound.pdf"));
    let names = files.iter().map(|(name, _)| format!("{name}.pdf"));
    let untold: Vec<String> = names
        .filter(|name| !listed.contains(name) || !observed.contains(name) && !told.contains(name))
        .collect();
    assert!(untold.is_empty(), "no word about {}", untold.join(", "));
    let findings = fs::read_to_string(output.join("findings.csv")).unwrap();
    let failed: Vec<&str> = findings.lines().filter(|line| line.contains("reader failed")).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The documents that a table has rows of.
fn documents(output: &Path, table: &str, column: &str) -> BTreeSet<String> {
    let mut reader = csv::Reader::from_path(output.join(format!("{table}.csv"))).unwrap();
    let column = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    let cells = reader.records().map(|row| row.unwrap()[column].to_owned());
    cells.flat_map(|cell| cell.split(';').map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn trees_tables_and_objects_that_lead_in_circles_or_nowhere() {
    check(&structures::all());
}

#[test]
fn contents_that_call_themselves_nest_without_end_or_reckon_with_no_numbers() {
    check(&contents::all());
}

#[test]
fn pages_that_kill_their_reader() {
    check(&killers::all());
}
