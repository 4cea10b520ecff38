//! What is written: the expected text of every file for a small dataset, and nothing half-written where a file cannot be.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod common;

use std::{collections::BTreeMap, fs, path::Path};

use common::dataset::{Shown, dataset};
use crosstally::{
    schema::{Dataset, Mention},
    write::{self, Folder, Format},
};

fn written(dataset: &Dataset, file: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    write::all(dataset, &Shown, Folder::open(folder.path()).unwrap(), Format::ALL).unwrap();
    fs::read_to_string(folder.path().join(file)).unwrap()
}

/// Compares with a file of expected text; `UPDATE_EXPECTED=1` writes it, to be read before it is committed.
#[track_caller]
fn check(file: &str) {
    check_text(file, &written(&dataset(), file));
}

#[track_caller]
fn check_text(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/output").join(file.replace('/', "-"));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(actual == expected, "{file} is\n{actual}\nnot\n{expected}");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn observations_are_a_row_a_mention_with_every_character_as_printed() {
    check("observations.csv");
}

#[test]
fn json_lines_have_the_same_names_with_numbers_and_nulls() {
    check("observations.jsonl");
}

#[test]
fn every_json_line_is_json() {
    for line in written(&dataset(), "observations.jsonl").lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(row["value"].is_number() && row["footnotes"].is_array());
    }
}

#[test]
fn a_finding_names_the_document_of_each_place_where_there_are_several() {
    check("findings.csv");
}

#[test]
fn every_snapshot_has_a_row_with_its_findings_by_severity() {
    check("documents.csv");
}

#[test]
fn milliseconds_are_written_only_where_they_were_asked_for() {
    let timed = Dataset {
        milliseconds: BTreeMap::from([("2024/july.txt".to_owned(), 12)]),
        ..dataset()
    };
    let documents = written(&timed, "documents.csv");
    assert!(documents.lines().any(|line| line.starts_with("2024/july.txt,") && line.ends_with(",12")));
}

#[test]
fn coverage_keeps_the_order_of_the_profile_over_layouts() {
    check("coverage.csv");
}

#[test]
fn vintages_list_every_value_of_a_figure_by_edition() {
    check("vintages.csv");
}

/// The page without its style and scripts, which are read where they are written.
fn frame(page: &str) -> String {
    let mut frame = String::new();
    let mut rest = page;
    for (open, close) in [("content=\"default-src", "\">"), ("<style>", "</style>"), ("<script>", "</script>")] {
        let (before, held) = rest.split_once(open).unwrap();
        frame.push_str(before);
        frame.push_str(open);
        frame.push('…');
        rest = &held[held.find(close).unwrap()..];
    }
    frame + rest
}

#[test]
fn people_open_a_page_that_holds_the_overview() {
    check_text("report/index.html", &frame(&written(&dataset(), "report/index.html")));
}

#[test]
fn the_page_loads_editions_findings_and_series_from_beside_it() {
    for file in [
        "unhcr-western-balkans-2024-07",
        "unhcr-western-balkans-2024-08",
        "findings",
        "findings-1",
        "series-1",
        "series-2",
    ] {
        check(&format!("report/data/{file}.js"));
    }
    assert_eq!(written(&dataset(), "report/pages/ff00000000000000-1.png"), "PNG");
}

#[test]
fn files_that_an_earlier_report_left_are_removed_and_those_of_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let (data, pages) = (folder.path().join("report/data"), folder.path().join("report/pages"));
    fs::create_dir_all(&data).unwrap();
    fs::create_dir_all(&pages).unwrap();
    fs::write(data.join("gone-2019-01.js"), "crosstally(\"gone-2019-01\",{});").unwrap();
    fs::write(data.join("mine.js"), "alert(1)").unwrap();
    fs::write(pages.join("0123456789abcdef-2.png"), "").unwrap();
    fs::write(pages.join("mine.png"), "").unwrap();
    write::all(&dataset(), &Shown, Folder::open(folder.path()).unwrap(), &[Format::Html]).unwrap();
    let left = |folder: &Path| {
        names(folder)
            .into_iter()
            .filter(|name| name.contains("gone") || name.contains("mine") || name.contains("0123"))
            .collect::<Vec<_>>()
    };
    assert_eq!(left(&data), ["mine.js"]);
    assert_eq!(left(&pages), ["mine.png"]);
}

#[test]
fn no_report_can_add_markup_to_the_page() {
    let mut dataset = dataset();
    dataset.extractions[2].document.path = "<script>alert('x')</script>".into();
    dataset.findings[0].message = "<img src=x onerror=\"alert(1)\"> & \u{202e}".into();
    dataset.findings[0].mentions[1].quote = "</mark><b>".into();
    dataset.findings[0].mentions[1].context = "</mark><b>".into();
    dataset.findings[0].mentions[1].offset = 0;
    let page = frame(&written(&dataset, "report/index.html"));
    assert_eq!(page.matches("<script").count(), 2, "{page}");
    assert!(!page.contains("<img") && page.contains("\\u003cscript"), "{page}");
    for file in ["findings-1", "series-1", "unhcr-western-balkans-2024-07", "unhcr-western-balkans-2024-08"] {
        let data = written(&dataset, &format!("report/data/{file}.js"));
        assert!(!data.contains(['<', '>', '&', '\u{202e}', '\u{2028}']), "{data}");
    }
}

#[test]
fn an_empty_dataset_gives_headers_and_nothing_else() {
    for file in ["observations.csv", "findings.csv", "documents.csv", "coverage.csv", "vintages.csv"] {
        assert_eq!(written(&Dataset::default(), file).lines().count(), 1, "{file}");
    }
    assert_eq!(written(&Dataset::default(), "observations.jsonl"), "");
}

#[test]
fn only_the_formats_asked_for_are_written_and_other_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("observations.csv"), "of an earlier run").unwrap();
    let files = write::all(&dataset(), &Shown, Folder::open(folder.path()).unwrap(), &[Format::Jsonl, Format::Jsonl])
        .unwrap()
        .files;
    let tables = ["observations", "findings", "documents", "coverage", "vintages"];
    assert_eq!(files, tables.map(|table| folder.path().join(format!("{table}.jsonl"))));
    let mut expected = vec!["coverage.jsonl", "documents.jsonl", "findings.jsonl"];
    expected.extend(["observations.csv", "observations.jsonl", "vintages.jsonl"]);
    assert_eq!(names(folder.path()), expected);
    assert_eq!(fs::read_to_string(folder.path().join("observations.csv")).unwrap(), "of an earlier run");
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_earlier_run_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("observations.csv"), "of an earlier run").unwrap();
    fs::create_dir(folder.path().join("vintages.csv")).unwrap();
    let fault = write::all(&dataset(), &Shown, Folder::open(folder.path()).unwrap(), Format::ALL).unwrap_err();
    assert_eq!(fault.path, folder.path().join("vintages.csv"));
    assert_eq!(names(folder.path()), ["observations.csv", "vintages.csv"]);
    assert_eq!(fs::read_to_string(folder.path().join("observations.csv")).unwrap(), "of an earlier run");
}

#[test]
fn an_output_folder_that_cannot_be_made_is_known_before_reading() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert_eq!(Folder::open(&file).unwrap_err().path, file);
    assert_eq!(Folder::open(&file.join("below")).unwrap_err().path, file.join("below"));
}

/// A mention of a finding is enough to find the place again.
#[test]
fn a_mention_points_at_its_words() {
    let Mention { context, offset, quote, .. } = dataset().extractions[2].observations[0].mention();
    assert_eq!(&context[offset..offset + quote.len()], quote);
}
