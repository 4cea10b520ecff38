//! The program as a user runs it: help, usage errors, exit codes, and what goes to which stream.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use assert_cmd::Command;
use tempfile::TempDir;

fn crosstally(arguments: &[&str]) -> Output {
    Command::cargo_bin("crosstally")
        .unwrap()
        .args(arguments)
        .env_remove("COLUMNS")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Runs in an empty folder, and compares the exit code and a part of what is said on standard error.
#[track_caller]
fn check_error(arguments: &[&str], code: i32, said: &str) {
    let output = crosstally(arguments);
    let error = text(&output.stderr);
    assert!(output.status.code() == Some(code) && error.contains(said), "{:?}: {error}", output.status);
    assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
}

/// Compares with a file of expected text; `UPDATE_EXPECTED=1` writes it, to be read before it is committed.
#[track_caller]
fn check_text(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli").join(file);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(actual == expected, "{file} is\n{actual}\nnot\n{expected}");
}

#[track_caller]
fn check_output(file: &str, arguments: &[&str]) {
    let output = crosstally(arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    check_text(file, text(&output.stdout));
}

/// A folder with one file.
fn folder_with(name: &str, content: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    (folder, file)
}

fn observations() -> (TempDir, PathBuf) {
    folder_with("observations.csv", include_str!("output/observations.csv"))
}

#[test]
fn help_says_what_each_command_does() {
    let help: Vec<String> = ["", "ingest", "check", "show", "explain", "history", "schema"]
        .iter()
        .map(|command| {
            let arguments: Vec<&str> = [*command, "--help"].into_iter().filter(|argument| !argument.is_empty()).collect();
            text(&crosstally(&arguments).stdout).to_owned()
        })
        .collect();
    check_text("help.txt", &help.join("\n\n"));
}

#[test]
fn wrong_usage_ends_with_2() {
    check_error(&["tally"], 2, "unrecognized subcommand");
    check_error(&["ingest"], 2, "<PATH>...");
    check_error(&["ingest", "reports", "--jobs", "0"], 2, "0 is not in 1..=1024");
    check_error(&["ingest", "reports", "--jobs", "many"], 2, "invalid value 'many'");
    check_error(&["ingest", "reports", "--format", "csv,docx"], 2, "unknown format, there is: csv, jsonl");
    check_error(
        &["check", "reports", "--format", "docx"],
        2,
        "unknown format, there is: human, json, sarif, junit, github",
    );
    check_error(&["check", "reports", "--fail-on", "never"], 2, "[possible values: error, warning, note]");
    check_error(&["schema", "places"], 2, "[possible values: observations, findings]");
}

#[test]
fn an_output_that_cannot_be_written_is_named_before_anything_is_read() {
    let (_folder, file) = folder_with("file", "");
    check_error(
        &["ingest", "no such reports", "--output", file.to_str().unwrap()],
        2,
        &format!("cannot write {}", file.display()),
    );
}

#[test]
fn a_baseline_or_waivers_that_cannot_be_read_are_named() {
    check_error(&["check", "reports", "--baseline", "no such file"], 2, "cannot read no such file");
    check_error(&["check", "reports", "--waivers", "no such file"], 2, "cannot read no such file");
    let (_folder, file) = folder_with("baseline.json", "findings");
    check_error(
        &["check", "reports", "--baseline", file.to_str().unwrap()],
        2,
        "baseline.json is no baseline",
    );
}

const REPORT: &str = "# New arrivals\n\nBetween January and July, some **7,900** persons¹ arrived.\n\n| | M | F |\n|---|---|---|\n| Serbia | 10 | 1,017 |\n\n\
                      ¹ Estimated \u{1b}[31mby\u{1b}[0m UNHCR.\n";

#[test]
fn a_report_is_shown_as_it_is_read() {
    let (_folder, file) = folder_with("report.txt", REPORT);
    check_output("show.txt", &["show", file.to_str().unwrap()]);
}

#[test]
fn a_report_is_shown_as_json_with_bytes_of_the_file() {
    let (_folder, file) = folder_with("report.txt", &format!("\u{feff}{REPORT}"));
    let output = crosstally(&["show", "--json", file.to_str().unwrap()]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&document["document"], &document["media_type"]),
        (&"report.txt".into(), &"text/plain".into())
    );
    let page = &document["pages"][0];
    let bytes = fs::read(&file).unwrap();
    let printed = |place: &serde_json::Value| {
        let [start, end] = [0, 1].map(|index| usize::try_from(place["bytes"][index].as_u64().unwrap()).unwrap());
        text(&bytes[start..end]).to_owned()
    };
    assert_eq!(page["blocks"][0]["kind"], "heading");
    assert!(printed(&page["blocks"][0]).contains("New arrivals"));
    let cells = page["tables"][0]["cells"].as_array().unwrap();
    let cell = cells.iter().find(|cell| cell["text"] == "1,017").unwrap();
    assert_eq!(
        (cell["row"].as_u64(), cell["column"].as_u64(), printed(cell).trim()),
        (Some(1), Some(2), "1,017")
    );
}

#[test]
fn a_file_that_is_no_report_is_named_with_the_cause() {
    check_error(&["show", "no such file"], 2, "cannot read no such file: ");
    let (folder, file) = folder_with("empty.pdf", "");
    check_error(&["show", file.to_str().unwrap()], 2, "empty.pdf: the file is empty");
    check_error(&["show", folder.path().to_str().unwrap()], 2, "is a directory");
}

#[test]
fn the_history_of_an_indicator_lists_each_value_by_edition() {
    let (folder, _file) = observations();
    check_output(
        "history.txt",
        &["history", "mixed_movements", "--output", folder.path().to_str().unwrap()],
    );
}

#[test]
fn words_narrow_a_series_in_any_order() {
    let (folder, _file) = observations();
    let lines = |series: &str| {
        let output = crosstally(&["history", series, "--json", "--output", folder.path().to_str().unwrap()]);
        text(&output.stdout).lines().count()
    };
    assert_eq!(lines("mixed_movements"), 3);
    assert_eq!(lines("mixed_movements/count"), 2);
    assert_eq!(lines("mixed_movements:WBALK:SYR"), 1);
    assert_eq!(lines("mixed_movements/UASC/change/M"), 1);
    assert_eq!(lines("mixed_movements/origin=SYR"), 1);
    assert_eq!(lines("mixed_movements/edition=2024-08"), 1);
    assert_eq!(lines("mixed_movements/origin="), 2);
}

#[test]
fn a_series_that_is_not_there_is_told_with_what_is() {
    let (folder, _file) = observations();
    let output = folder.path().to_str().unwrap();
    check_error(&["history", "new_arrivals", "--output", output], 2, "there is mixed_movements");
    check_error(
        &["history", "mixed_movements/SRB", "--output", output],
        2,
        "`SRB` narrows nothing here; there is M, SYR, UASC, WBALK, change, count",
    );
    check_error(&["history", "mixed_movements/colour=red", "--output", output], 2, "`colour` is no column");
    check_error(
        &["history", "mixed_movements/count/SYR", "--output", output],
        2,
        "holds no figure of mixed_movements/count/SYR",
    );
    check_error(&["history", "mixed_movements", "--output", "nowhere"], 2, "`crosstally ingest` writes it");
}

#[test]
fn the_schema_is_json_schema() {
    for table in ["observations", "findings"] {
        let schema: serde_json::Value = serde_json::from_slice(&crosstally(&["schema", table]).stdout).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(schema["properties"].as_object().unwrap().len() > 10);
    }
}

#[test]
fn a_reader_that_closes_early_is_no_fault() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("crosstally"))
        .args(["schema", "observations"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut error = String::new();
    child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(error, "");
}
