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
        .env_remove("CLICOLOR_FORCE")
        .env_remove("GITHUB_STEP_SUMMARY")
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
    let help: Vec<String> = [
        "",
        "ingest",
        "check",
        "show",
        "explain",
        "history",
        "profile",
        "schema",
        "completions",
        "manual",
    ]
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
    check_error(&["ingest", "reports", "--jobs", "0"], 2, "it takes a number from 1 to 1024");
    check_error(&["ingest", "reports", "--jobs", "many"], 2, "invalid value 'many'");
    check_error(&["ingest", "reports", "--format", "csv,docx"], 2, "unknown format, there is: csv, jsonl");
    check_error(
        &["check", "reports", "--format", "docx"],
        2,
        "unknown format, there is: human, json, sarif, junit, github",
    );
    check_error(&["check", "reports", "--fail-on", "never"], 2, "[possible values: error, warning, note]");
    check_error(
        &["schema", "places"],
        2,
        "[possible values: observations, findings, documents, coverage, vintages, check]",
    );
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
fn each_stage_of_finding_tables_is_shown_with_its_places() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/iom-dtm-western-balkans/2024-12.pdf");
    let stage = |name: &str| {
        let output = crosstally(&["show", "--json", "--stage", name, file.to_str().unwrap()]);
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let pages = document["pages"].as_array().unwrap();
        pages.iter().flat_map(|page| page[name].as_array().unwrap().clone()).collect::<Vec<_>>()
    };
    let corners = |thing: &serde_json::Value| {
        let corners: Vec<f64> = thing["bbox"].as_array().unwrap().iter().map(|corner| corner.as_f64().unwrap()).collect();
        corners
    };
    assert!(stage("words").iter().any(|word| word["text"] == "Serbia"));
    let near = |one: f64, other: f64| (one - other).abs() < 0.01;
    let edges = stage("edges");
    let (level, upright): (Vec<_>, Vec<_>) = edges.iter().partition(|edge| edge["direction"] == "level");
    let along = |edge: &serde_json::Value| {
        let [x0, top, x1, bottom] = corners(edge)[..] else {
            panic!("four corners")
        };
        (x0, top, x1, bottom)
    };
    assert!(
        level
            .iter()
            .map(|edge| along(edge))
            .all(|(x0, top, x1, bottom)| near(top, bottom) && x0 < x1)
    );
    assert!(
        upright
            .iter()
            .map(|edge| along(edge))
            .all(|(x0, top, x1, bottom)| near(x0, x1) && top < bottom)
    );
    let meeting = stage("intersections");
    assert!(!meeting.is_empty());
    for place in &meeting {
        let (x, y) = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap());
        assert!(
            level.iter().any(|edge| near(along(edge).1, y)) && upright.iter().any(|edge| near(along(edge).0, x)),
            "{place}"
        );
    }
    let tables = stage("tables");
    assert!(!tables.is_empty());
    assert!(stage("cells").len() >= tables.iter().map(|table| table["cells"].as_array().unwrap().len()).sum::<usize>());
    let output = crosstally(&["show", "--stage", "edges", file.to_str().unwrap()]);
    assert!(
        text(&output.stdout).starts_with("2024-12.pdf, edges\n\npage 1, "),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn stages_of_text_are_refused_with_the_reason() {
    let (_folder, file) = folder_with("report.txt", REPORT);
    check_error(
        &["show", "--stage", "cells", file.to_str().unwrap()],
        2,
        "report.txt is no PDF: --stage shows how tables are found on PDF pages",
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
    assert_eq!(lines("mixed_movements/2024-07"), 3);
    assert_eq!(lines("mixed_movements/count/2024"), 2);
    assert_eq!(lines("mixed_movements/count/period=2024-07-31"), 2);
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

/// A folder with a snapshot that cannot be read (an error) and one that no family claims (a warning).
fn archive() -> TempDir {
    let (folder, _file) = folder_with("empty.pdf", "");
    fs::write(folder.path().join("notes.txt"), "Minutes of a meeting on the canteen's opening hours.\n").unwrap();
    folder
}

fn inside(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

#[track_caller]
fn check_code(arguments: &[&str], code: i32, said: &str) {
    let output = crosstally(arguments);
    let printed = text(&output.stdout);
    assert!(
        output.status.code() == Some(code) && printed.contains(said),
        "{:?}: {printed}{}",
        output.status,
        text(&output.stderr)
    );
}

#[test]
fn a_check_fails_at_its_threshold() {
    let folder = archive();
    let (all, text) = (folder.path().to_str().unwrap(), &inside(&folder, "notes.txt"));
    check_code(&["check", all], 1, "1 error, 1 warning, 0 notes in 2 documents");
    check_code(&["check", text], 0, "0 errors, 1 warning, 0 notes in 1 document");
    check_code(&["check", text, "--fail-on", "warning"], 1, "[unknown-family]");
    check_code(&["check", text, "--fail-on", "note"], 1, "[unknown-family]");
    check_code(&["check", all, "--format", "junit"], 1, "failures=\"1\"");
    check_code(&["check", all, "--format", "junit", "--fail-on", "warning"], 1, "failures=\"2\"");
}

#[test]
fn a_finding_names_the_file_as_the_user_can_open_it() {
    let folder = archive();
    let file = inside(&folder, "empty.pdf");
    check_code(&["check", folder.path().to_str().unwrap()], 1, &format!("{file}: error[unreadable]"));
    check_code(&["check", &file], 1, &format!("{file}: error[unreadable]"));
    check_code(
        &["check", &format!("{}/*.pdf", folder.path().display())],
        1,
        "empty.pdf: error[unreadable]",
    );
}

#[test]
fn a_baseline_leaves_out_what_was_known() {
    let folder = archive();
    let path = folder.path().to_str().unwrap();
    let baseline = inside(&folder, "baseline.json");
    fs::write(&baseline, crosstally(&["check", path, "--format", "json"]).stdout).unwrap();
    check_code(
        &["check", path, "--baseline", &baseline],
        0,
        "0 errors, 0 warnings, 0 notes in 2 documents; 2 known from the baseline",
    );
    fs::write(inside(&folder, "new.html"), "").unwrap();
    check_code(
        &["check", path, "--baseline", &baseline],
        1,
        "1 error, 0 warnings, 0 notes in 3 documents; 2 known from the baseline",
    );
}

const WAIVER: &str =
    "[[waiver]]\ncode = \"unreadable\"\ndocument = \"empty.pdf\"\nreason = \"lost at the publisher\"\nowner = \"registry\"\nuntil = 2999-12-31\n";

#[test]
fn waivers_are_found_in_the_folder_or_beside_it() {
    let folder = archive();
    let path = folder.path().to_str().unwrap();
    fs::write(inside(&folder, "crosstally.toml"), WAIVER).unwrap();
    check_code(&["check", path], 0, "0 errors, 1 warning, 0 notes in 2 documents; 1 waived");
    check_code(
        &["check", &inside(&folder, "empty.pdf")],
        0,
        "0 errors, 0 warnings, 0 notes in 1 document; 1 waived",
    );
    fs::create_dir(inside(&folder, "reports")).unwrap();
    fs::rename(inside(&folder, "empty.pdf"), inside(&folder, "reports/empty.pdf")).unwrap();
    check_code(&["check", &inside(&folder, "reports")], 0, "1 waived");
}

#[test]
fn waivers_that_are_over_or_faulty_or_two_are_told() {
    let folder = archive();
    let path = folder.path().to_str().unwrap();
    let file = inside(&folder, "crosstally.toml");
    fs::write(&file, WAIVER.replace("2999", "2001")).unwrap();
    check_code(&["check", path], 1, "error[waiver-expired]");
    fs::write(&file, WAIVER.replace("2999-12-31", "3")).unwrap();
    check_error(&["check", path], 2, "crosstally.toml:6:9: ");
    let (other, _file) = folder_with("crosstally.toml", WAIVER);
    check_error(&["check", path, other.path().to_str().unwrap()], 2, "name one with --waivers");
}

#[test]
fn waivers_end_on_the_day_that_is_given() {
    let folder = archive();
    let path = folder.path().to_str().unwrap();
    fs::write(inside(&folder, "crosstally.toml"), WAIVER).unwrap();
    check_code(&["check", path, "--today", "2999-12-31"], 0, "1 waived");
    check_code(&["check", path, "--today", "3000-01-01"], 1, "error[waiver-expired]");
    let output = inside(&folder, "output");
    check_code(&["ingest", path, "--output", &output, "--today", "3000-01-01"], 0, "waiver-expired");
    fs::write(inside(&folder, "crosstally.toml"), WAIVER.replace("2999", "2001")).unwrap();
    check_code(&["ingest", path, "--output", &output], 0, "1 waived");
}

#[test]
fn waivers_are_found_before_the_signs_of_a_pattern() {
    let folder = archive();
    fs::create_dir(inside(&folder, "reports")).unwrap();
    fs::rename(inside(&folder, "empty.pdf"), inside(&folder, "reports/empty.pdf")).unwrap();
    fs::write(inside(&folder, "crosstally.toml"), WAIVER.replace("\"empty", "\"reports/empty")).unwrap();
    check_code(&["check", &inside(&folder, "reports/**/*.pdf")], 0, "1 waived");
    check_code(&["check", &inside(&folder, "reports")], 0, "1 waived");
    check_code(&["check", folder.path().to_str().unwrap()], 0, "1 waived");
}

#[test]
fn a_waiver_of_another_document_is_not_told_where_one_is_checked() {
    let folder = archive();
    fs::write(inside(&folder, "crosstally.toml"), WAIVER.replace("empty.pdf", "lost.pdf")).unwrap();
    check_code(&["check", &inside(&folder, "empty.pdf")], 1, "1 error, 0 warnings, 0 notes in 1 document");
    check_code(&["check", folder.path().to_str().unwrap()], 1, "warning[waiver-unmatched]");
}

#[test]
fn an_ingest_lists_what_it_could_not_read_and_ends_well() {
    let folder = archive();
    let output = inside(&folder, "output");
    check_code(
        &["ingest", folder.path().to_str().unwrap(), "--output", &output],
        0,
        "Not read\n  unreadable empty.pdf\n",
    );
    let documents = fs::read_to_string(folder.path().join("output/documents.csv")).unwrap();
    assert!(documents.contains("\nempty.pdf,") && documents.contains(",unreadable,"), "{documents}");
}

#[test]
fn a_second_run_does_not_read_what_the_first_wrote() {
    let folder = archive();
    let path = folder.path().to_str().unwrap();
    let output = inside(&folder, "output");
    let first = crosstally(&["ingest", path, "--output", &output]);
    assert!(folder.path().join("output/report/index.html").is_file());
    let second = crosstally(&["ingest", path, "--output", &output]);
    assert_eq!(text(&first.stdout), text(&second.stdout));
    check_code(&["check", path], 1, "in 2 documents");
}

#[test]
fn a_path_that_names_nothing_is_wrong_usage_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let output = inside(&folder, "output");
    check_error(
        &["ingest", &inside(&folder, "nowhere"), "--output", &output],
        2,
        "nowhere: no such file or folder",
    );
    check_error(&["ingest", &inside(&folder, "*.pdf"), "--output", &output], 2, "no file matches");
    assert!(fs::read_dir(&output).unwrap().next().is_none());
}

/// Every file below a folder but the ledger, by path.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with(".crosstally") {
            continue;
        }
        if path.is_dir() {
            files.extend(contents(&path));
        } else {
            files.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn the_files_are_the_same_bytes_for_any_number_of_jobs() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let editions = [
        "iom-dtm-western-balkans/2024-12",
        "unhcr-western-balkans/2024-07",
        "unhcr-western-balkans/2025-07",
    ];
    let specimens: Vec<String> = editions
        .iter()
        .flat_map(|edition| ["txt", "html", "pdf"].map(|medium| fixtures.join(format!("{edition}.{medium}")).display().to_string()))
        .collect();
    let written = |jobs: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut arguments = vec!["ingest", "--jobs", jobs, "--output", folder.path().to_str().unwrap()];
        arguments.extend(specimens.iter().map(String::as_str));
        let output = crosstally(&arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let named = |(path, bytes): (PathBuf, Vec<u8>)| (path.strip_prefix(folder.path()).unwrap().to_owned(), bytes);
        contents(folder.path()).into_iter().map(named).collect::<Vec<_>>()
    };
    let one = written("1");
    let observations = one.iter().find(|(path, _)| path.ends_with("observations.csv")).unwrap();
    assert!(one.len() >= 7 && String::from_utf8_lossy(&observations.1).lines().count() > 100);
    for jobs in ["2", "8"] {
        assert!(written(jobs) == one, "{jobs} jobs write other bytes");
    }
}

#[test]
fn codes_indicators_and_places_are_explained() {
    let pages: Vec<String> = ["total-differs", "persons_present", "MAR", "Kosovo", "western balkans", "Syrians"]
        .iter()
        .map(|word| {
            let output = crosstally(&["explain", word]);
            assert!(output.status.success(), "{word}: {}", text(&output.stderr));
            text(&output.stdout).to_owned()
        })
        .collect();
    let heading = |page: &str| page.lines().filter(|line| line.starts_with("# ")).map(str::to_owned).collect::<Vec<_>>();
    assert!(heading(&pages[0])[0].starts_with("# total-differs"), "{}", pages[0]);
    assert!(heading(&pages[1])[0].starts_with("# persons_present: "), "{}", pages[1]);
    assert_eq!(heading(&pages[2]), ["# MAR: Morocco", "# MTQ: Martinique"]);
    assert!(pages[2].contains("UNHCR's code: MAR (which is Morocco in ISO 3166)"), "{}", pages[2]);
    assert!(pages[3].contains("1244"), "{}", pages[3]);
    assert!(pages[4].contains("XKX Kosovo"), "{}", pages[4]);
    assert!(heading(&pages[5])[0].starts_with("# SYR: "), "{}", pages[5]);
}

#[test]
fn every_finding_code_and_every_indicator_has_a_page() {
    let codes = crosstally::validate::codes().iter().map(|check| check.code);
    let codebook = crosstally::schema::codebook::codebook();
    let indicators = codebook.indicators().iter().map(|indicator| indicator.code.as_str());
    for word in codes.chain(indicators) {
        check_code(&["explain", word], 0, word);
    }
}

#[test]
fn a_word_without_a_page_is_answered_with_the_words_near_it() {
    check_error(&["explain", "total-difers"], 2, "near are total-differs");
    check_error(&["explain", "Serbai"], 2, "near are Serbia");
    check_error(&["explain", "Congolese"], 2, "may mean several places");
    check_error(&["explain", "xyzzy"], 2, "nothing is known of `xyzzy`");
}

const HARBOUR: &str = "# Harbour watch: monthly survey of the port\n\n## Boats that came in, June 2024\n\nSome 1,200 persons came ashore at the port of Italy in June 2024.\n\n\
                       ## Berths and shelters\n\nThe shelters were open all month.\n";

#[test]
fn a_drafted_profile_knows_its_report_and_reads_it_once_completed() {
    let (folder, report) = folder_with("harbour-watch.txt", HARBOUR);
    let report = report.to_str().unwrap();
    let (profiles, file) = folder_with("harbour-watch.toml", "");
    let test = ["profile", "test", report, "--profiles", profiles.path().to_str().unwrap()];
    let draft = crosstally(&["profile", "new", report]);
    assert!(draft.status.success(), "{}", text(&draft.stderr));
    fs::write(&file, &draft.stdout).unwrap();
    check_code(&test, 1, "harbour-watch.txt: harbour-watch 2024-06, layout 2024, 0 figures");

    let (head, rule) = text(&draft.stdout).split_once("\n# printed: 1,200\n").unwrap();
    let rule = rule
        .lines()
        .map(|line| line.trim_start_matches("# "))
        .collect::<Vec<_>>()
        .join("\n")
        .replace("rule = \"\"", "rule = \"ashore\"")
        .replace("label = \"\"", "label = \"persons ashore\"")
        .replace("indicator = \"\"", "indicator = \"new_arrivals\"");
    let complete = head
        .replace("requires = []", "requires = [\"ashore\"]")
        .replace("publisher = \"\"", "publisher = \"Port\"");
    fs::write(&file, format!("{complete}\n{rule}\n")).unwrap();
    check_code(&test, 0, "harbour-watch 2024-06, layout 2024, 1 figure\n  read       ashore\n");
    drop(folder);
}

#[test]
fn families_are_listed_with_their_layouts() {
    check_code(&["profile", "list"], 0, "unhcr-western-balkans\n");
    check_code(&["profile", "list"], 0, "  layout 2020: 2020-01 to 2021-12");
}

#[test]
fn a_faulty_profile_is_named_with_its_line() {
    let (profiles, _file) = folder_with("faulty.toml", "family = \"faulty\"\ncolour = \"red\"\n");
    let profiles = profiles.path().to_str().unwrap();
    check_error(&["profile", "list", "--profiles", profiles], 2, "faulty.toml:2:1: ");
    check_error(
        &["ingest", "reports", "--profiles", profiles, "--output", &format!("{profiles}/output")],
        2,
        "faulty.toml:2:1: ",
    );
    check_error(&["check", "reports", "--profiles", "nowhere"], 2, "nowhere: cannot be read");
}
