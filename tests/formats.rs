//! What `ingest` writes, opened with the programs of those who use it.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod common;

use std::{fs, path::Path, sync::OnceLock};

use assert_cmd::Command;
use common::{
    dataset::{Shown, dataset},
    tools::{python, sqlite3},
};
use crosstally::write::{self, Folder, Format, Header};
use tempfile::TempDir;

const TABLES: [&str; 5] = ["coverage", "documents", "findings", "observations", "vintages"];

/// The small dataset in every format.
fn small() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        write::all(&dataset(), &Shown, Folder::open(folder.path()).unwrap(), Format::ALL).unwrap();
        folder
    });
    folder.path()
}

/// The specimens, read by the program, in every format.
fn specimens() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let formats: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
        let mut command = Command::cargo_bin("crosstally").unwrap();
        command.arg("ingest").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"));
        command
            .args(["--format", &formats.join(",")])
            // Drawing takes most of the time, and nothing here looks at pages.
            .args(["--pictures", "none"])
            .arg("--output")
            .arg(folder.path())
            .assert()
            .success();
        folder
    });
    folder.path()
}

/// The small dataset with rows of tags.
fn tagged() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write::all(&dataset(), &Shown, Folder::open(folder.path()).unwrap(), &[Format::Csv(Header::Hxl)]).unwrap();
    folder
}

/// Compares what a script prints with the text expected.
#[track_caller]
fn check(script: &str, arguments: &[&Path], expected: &str) {
    if let Some(actual) = python(script, arguments) {
        assert!(actual.trim() == expected.trim(), "{script} prints\n{actual}\nnot\n{expected}");
    }
}

/// Compares what a script prints with a file of expected text; `UPDATE_EXPECTED=1` writes it, to be read before it is committed.
#[track_caller]
fn check_file(script: &str, arguments: &[&Path], file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python").join(file);
    let Some(actual) = python(script, arguments) else { return };
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(actual == expected, "{script} prints\n{actual}\nnot\n{expected}");
}

const VALID: &str = "
observations: valid, rows
findings: valid, rows
documents: valid, rows
coverage: valid, rows
vintages: valid, rows";

#[test]
fn frictionless_finds_the_data_package_valid() {
    check("data_package.py", &[small()], VALID);
    check("data_package.py", &[specimens()], VALID);
}

#[test]
fn frictionless_finds_the_data_package_valid_with_rows_of_tags() {
    check("data_package.py", &[tagged().path()], VALID);
}

#[test]
fn frictionless_sees_what_breaks_the_data_package() {
    let folder = tagged();
    let file = folder.path().join("observations.csv");
    let rows = fs::read_to_string(&file)
        .unwrap()
        .replace("2024-07-31", "31 July")
        .replace(",about,", ",roughly,");
    fs::write(&file, rows).unwrap();
    let printed = python("data_package.py", &[folder.path()]);
    assert!(printed.is_none_or(|printed| printed.contains("31 July") && printed.contains("roughly")));
}

#[test]
fn every_json_line_is_valid_by_the_schema_that_the_program_prints() {
    let schemas = tempfile::tempdir().unwrap();
    for table in TABLES {
        let run = Command::cargo_bin("crosstally").unwrap().args(["schema", table]).output().unwrap();
        fs::write(schemas.path().join(format!("{table}.json")), run.stdout).unwrap();
    }
    let expected = TABLES.map(|table| format!("{table}: lines, valid")).join("\n");
    check("json_lines.py", &[small(), schemas.path()], &expected);
    check("json_lines.py", &[specimens(), schemas.path()], &expected);

    let broken = tempfile::tempdir().unwrap();
    for table in TABLES {
        let lines = fs::read_to_string(small().join(format!("{table}.jsonl"))).unwrap();
        let lines = lines.replace("\"about\"", "\"roughly\"").replace("2024-07-31", "2024-07-32");
        fs::write(broken.path().join(format!("{table}.jsonl")), lines).unwrap();
    }
    let printed = python("json_lines.py", &[broken.path(), schemas.path()]);
    assert!(printed.is_none_or(|printed| printed.contains("roughly") && printed.contains("2024-07-32")));
}

#[test]
fn libhxl_reads_every_file_by_its_tags() {
    check_file("hxl_tags.py", &[tagged().path()], "hxl_tags.txt");
}

#[test]
fn the_program_reads_its_own_rows_of_tags() {
    let folder = tagged();
    let mut command = Command::cargo_bin("crosstally").unwrap();
    let run = command
        .args(["history", "mixed_movements", "--json", "--output"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(run.stdout).unwrap().lines().count(), 3);
}

#[test]
fn duckdb_reads_dates_decimals_lists_and_notes_of_parquet() {
    check_file("parquet_duckdb.py", &[small()], "parquet_duckdb.txt");
}

#[test]
fn pandas_reads_the_cells_of_the_csv_files_from_parquet() {
    let expected = "
observations: rows, as the CSV, words in dictionaries: True
findings: rows, as the CSV, words in dictionaries: True
documents: rows, as the CSV, words in dictionaries: True
vintages: rows, as the CSV, words in dictionaries: True";
    check("parquet_pandas.py", &[small()], expected);
    check("parquet_pandas.py", &[specimens()], expected);
}

/// Compares what `sqlite3` prints for the small dataset.
#[track_caller]
fn check_sqlite(folder: &Path, statements: &str, expected: &str) {
    if let Some(actual) = sqlite3(&folder.join("crosstally.sqlite"), statements) {
        assert!(actual.trim() == expected.trim(), "{statements} gives\n{actual}\nnot\n{expected}");
    }
}

#[test]
fn sqlite3_finds_the_database_whole_and_every_key_kept() {
    for folder in [small(), specimens()] {
        check_sqlite(folder, "PRAGMA integrity_check; PRAGMA foreign_key_check", "ok");
    }
    let differing = "SELECT count(*) FROM observations AS o JOIN indicators AS i ON i.code = o.indicator JOIN places AS p ON p.code = o.area
        WHERE i.label IS NULL OR p.name IS NULL OR low > value OR value > high";
    check_sqlite(specimens(), differing, "0");
}

#[test]
fn sqlite3_reads_the_newest_edition_s_value_of_each_series_and_period() {
    check_sqlite(
        small(),
        "SELECT statistic, origin, period_end, edition, vintage, value, low, high, mentions, document, quote FROM latest ORDER BY edition DESC",
        "
count||2024-07-31|2024-08|2|8100|8050|8150|1|2024/august.pdf|8,100
change|SYR|2024-07-31|2024-07|1|-33|-33.5|-32.5|1|2024/july.txt|- 33%",
    );
    let series = "publisher, indicator, statistic, area, origin, sex, \"group\", period_start, period_end, base_start, base_end, unit";
    let twice = format!("SELECT count(*) > 1000, count(*) - (SELECT count(*) FROM (SELECT DISTINCT {series} FROM observations)) FROM latest");
    check_sqlite(specimens(), &twice, "1|0");
}

#[test]
fn where_an_edition_contradicts_itself_the_more_precise_value_and_the_one_printed_more_often_is_its_latest() {
    let mut dataset = dataset();
    let august = dataset.extractions[0].observations[0].clone();
    let other = |id: &str, value: &str, low: &str, high: &str| {
        let mut other = august.clone();
        other.id = id.into();
        other.value = value.parse().unwrap();
        other.interval = crosstally::schema::Interval::new(low.parse().unwrap(), high.parse().unwrap());
        other
    };
    let twice = [other("c1", "8234", "8234", "8234"), other("c2", "8234", "8234", "8234")];
    let once = other("c3", "8111", "8111", "8111");
    dataset.extractions[0].observations.extend([once, twice[0].clone(), twice[1].clone()]);
    let folder = tempfile::tempdir().unwrap();
    write::all(&dataset, &Shown, Folder::open(folder.path()).unwrap(), &[Format::Sqlite, Format::Sdmx]).unwrap();
    let latest = "SELECT value, mentions, observation FROM latest WHERE statistic = 'count'";
    check_sqlite(folder.path(), latest, "8234|2|c1");
    let sdmx = fs::read_to_string(folder.path().join("observations.sdmx.csv")).unwrap();
    assert!(
        sdmx.lines()
            .any(|line| line.contains(",8234,E,about,8234,8234,") && line.contains(",2,2,c1,")),
        "{sdmx}"
    );
}

#[test]
fn sqlite3_reads_the_figures_that_stand_in_a_finding() {
    check_sqlite(
        small(),
        "SELECT code, severity, id, value, typeof(value), place, message FROM contradicted ORDER BY id",
        "
restated|warning|a1|7900|integer|bytes 120-125|8,100 is printed for what was 7,900
restated|warning|b1|8100|integer|bytes 120-125|8,100 is printed for what was 7,900",
    );
    check_sqlite(
        specimens(),
        "SELECT count(*) > 50 FROM contradicted; SELECT count(*) FROM contradicted WHERE severity = 'note'",
        "1\n0",
    );
}

#[test]
fn sqlite3_finds_lists_and_numbers_as_they_were() {
    check_sqlite(
        small(),
        "SELECT * FROM observation_footnotes; SELECT number, document, quote FROM finding_places; SELECT * FROM finding_documents;
         SELECT low, typeof(low) FROM observations WHERE id = 'a2'; SELECT state, count(*) FROM coverage GROUP BY state",
        "
a2|1|Serbia and Kosovo
a2|2|estimated
1|2024/august.pdf|8,100
2|2024/july.txt|7,900
0123456789abcdef|1|2024/july.txt
0123456789abcdef|2|2024/august.pdf
-33.5|real
lost|1
missing|1
read|3",
    );
}

#[test]
fn sqlite_refuses_rows_that_the_tables_do_not_allow() {
    for (statement, fault) in [
        ("UPDATE observations SET statistic = 'guess'", "CHECK constraint failed"),
        ("UPDATE observations SET period_end = '31 July 2024'", "CHECK constraint failed"),
        ("UPDATE observations SET value = NULL", "NOT NULL constraint failed"),
        (
            "PRAGMA foreign_keys = ON; UPDATE observations SET area = 'ZZZ'",
            "FOREIGN KEY constraint failed",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(small().join("crosstally.sqlite"), folder.path().join("crosstally.sqlite")).unwrap();
        let Ok(run) = std::process::Command::new("sqlite3")
            .arg(folder.path().join("crosstally.sqlite"))
            .arg(statement)
            .output()
        else {
            common::tools::absent::<()>("sqlite3");
            return;
        };
        let printed = String::from_utf8_lossy(&run.stderr);
        assert!(printed.contains(fault), "{statement}: {printed}");
    }
}

#[test]
fn pysdmx_reads_one_value_a_key() {
    check_file("sdmx.py", &[small()], "sdmx.txt");
    let printed = python("sdmx.py", &[specimens()]);
    let sound = |printed: String| printed.contains("every key once: True") && printed.contains("nothing empty in a key: True");
    assert!(printed.is_none_or(sound));
    let rows = fs::read_to_string(specimens().join("observations.sdmx.csv")).unwrap().lines().count() - 1;
    check_sqlite(specimens(), "SELECT count(*) FROM latest", &rows.to_string());
}

#[test]
fn every_format_gives_the_same_bytes_again() {
    let again = tempfile::tempdir().unwrap();
    write::all(&dataset(), &Shown, Folder::open(again.path()).unwrap(), Format::ALL).unwrap();
    let mut names = 0;
    for entry in fs::read_dir(small()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let name = path.file_name().unwrap();
            assert!(
                fs::read(&path).unwrap() == fs::read(again.path().join(name)).unwrap(),
                "{}",
                name.display()
            );
            names += 1;
        }
    }
    assert!(names > 15, "{names} files");
}

#[test]
fn openpyxl_reads_a_workbook_of_typed_cells_with_colours_notes_and_links() {
    check_file("workbook.py", &[small()], "workbook.txt");
}

#[test]
fn a_workbook_says_what_the_csv_files_say_and_its_links_lead_to_the_same_figures() {
    check(
        "workbook_cells.py",
        &[specimens()],
        "
observations: rows, as the CSV
findings: rows, as the CSV
documents: rows, as the CSV
links from figures: some - to another value: 0
figures with notes: some
formulas: 0",
    );
}

#[test]
fn no_text_of_a_report_becomes_a_formula_or_breaks_the_workbook() {
    let mut dataset = dataset();
    dataset.extractions[0].document.path = "a #1 (50%) \"é\"/=cmd|' /C calc'!A0.pdf".into();
    let observation = &mut dataset.extractions[0].observations[0];
    observation.document = "a #1 (50%) \"é\"/=cmd|' /C calc'!A0.pdf".into();
    observation.quote = "=1+1".into();
    observation.context = format!("@SUM(A1)\u{1}\u{ffff}{}", "ö".repeat(40_000));
    observation.edition = "=HYPERLINK(\"http://example.org\")".into();
    dataset.findings[0].message = format!("+1 \u{1b}[31m\u{0} {}", "x".repeat(40_000));
    let folder = tempfile::tempdir().unwrap();
    write::all(&dataset, &Shown, Folder::open(folder.path()).unwrap(), &[Format::Xlsx]).unwrap();
    if let Some(printed) = python("workbook.py", &[folder.path()]) {
        assert!(!printed.lines().any(|line| line.contains(" f ") || line.ends_with(" f")), "{printed}");
        assert!(
            printed.contains("-> a%20%231%20%2850%25%29%20%22%C3%A9%22/%3Dcmd%7C%27%20/C%20calc%27%21A0.pdf#"),
            "{printed}"
        );
        assert!(printed.contains("note: 'restated (warning): +1"), "{printed}");
    }
}
