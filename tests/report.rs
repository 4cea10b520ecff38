//! What `check` and `ingest` print: the expected text for a few findings, with every place, on any terminal.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{fs, path::Path};

use crosstally::{
    schema::{Dataset, DocumentRecord, Extraction, Finding, Mention, Promise, PromiseState, Provenance, Severity, Skipped, Status, WaivedFinding},
    write::{
        report::{AsNamed, Closing, Report, ReportFormat, Rule, step_summary},
        schema, summary,
        terminal::{Colour, Terminal},
    },
};

fn mention(document: &str, place: Provenance, quote: &str, context: &str) -> Mention {
    Mention {
        document: document.into(),
        place,
        quote: quote.into(),
        context: context.into(),
        offset: context.find(quote).unwrap_or(0),
    }
}

fn bytes(start: u64, end: u64, line: u32, column: u32) -> Provenance {
    Provenance::Bytes { start, end, line, column }
}

fn findings() -> Vec<Finding> {
    let page = Provenance::Box {
        page: 2,
        bbox: [72.04, 96.1, 98.4, 108.0],
    };
    let long = "Between January and July, some 7,900 refugees and migrants were estimated to have transited through the Western Balkans as part of mixed \
                movements, 47 per cent less than in the same period last year.";
    vec![
        Finding {
            code: "total-differs",
            severity: Severity::Error,
            level: 1,
            documents: vec!["iom/2024-12.txt".into()],
            message: "1,017 is printed, its parts add to 957: one part is short by 60, or the total is 957".into(),
            printed: "1,017".into(),
            expected: "957".into(),
            mentions: vec![
                mention("iom/2024-12.txt", bytes(2210, 2215, 61, 9), "1,017", "Total\t\t1,017"),
                mention("iom/2024-12.txt", bytes(1900, 1903, 52, 8), "343", "Albania 343"),
            ],
            observations: vec!["a1".into(), "a2".into()],
            help: "set the table beside the report".into(),
            method: None,
            fingerprint: "0123456789abcdef".into(),
            reckoned: Vec::new(),
        },
        Finding {
            code: "unreadable",
            severity: Severity::Error,
            level: 0,
            documents: vec!["empty.pdf".into()],
            message: "the file is <empty> & 100% \u{1}\nuseless".into(),
            printed: String::new(),
            expected: String::new(),
            mentions: Vec::new(),
            observations: Vec::new(),
            help: String::new(),
            method: None,
            fingerprint: "1123456789abcdef".into(),
            reckoned: Vec::new(),
        },
        Finding {
            code: "restated",
            severity: Severity::Warning,
            level: 2,
            documents: vec!["unhcr/2024-08.pdf".into(), "unhcr/2024-07.txt".into()],
            message: "8,100 is printed for what 2024-07 printed as 7,900".into(),
            printed: "8,100".into(),
            expected: "7,850 to 7,950".into(),
            mentions: vec![
                mention("unhcr/2024-08.pdf", page, "8,100", "some 8,100 refugees"),
                mention("unhcr/2024-07.txt", bytes(420, 425, 14, 36), "7,900", long),
            ],
            observations: vec!["b1".into(), "b2".into()],
            help: "ask the publisher which holds".into(),
            method: None,
            fingerprint: "2123456789abcdef".into(),
            reckoned: Vec::new(),
        },
        Finding {
            code: "unclaimed-number",
            severity: Severity::Note,
            level: 0,
            documents: vec!["unhcr/2024-07.txt".into()],
            message: "no rule claims 12".into(),
            printed: "12".into(),
            expected: String::new(),
            mentions: vec![mention("unhcr/2024-07.txt", bytes(3, 5, 1, 4), "12", "")],
            observations: Vec::new(),
            help: String::new(),
            method: Some("claim"),
            fingerprint: "3123456789abcdef".into(),
            reckoned: Vec::new(),
        },
    ]
}

fn printed(format: ReportFormat, findings: &[Finding], terminal: Terminal) -> String {
    with_report(findings, |report| {
        let mut out = Vec::new();
        format.write(report, terminal, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    })
}

fn with_report(findings: &[Finding], print: impl FnOnce(&Report) -> String) -> String {
    let documents = [
        "empty.pdf",
        "iom/2024-12.txt",
        "unhcr/2024-07.html",
        "unhcr/2024-07.txt",
        "unhcr/2024-08.pdf",
    ]
    .map(str::to_owned);
    let other = |fingerprint: &str| Finding {
        fingerprint: fingerprint.into(),
        ..findings[0].clone()
    };
    let waived = [WaivedFinding {
        finding: Finding {
            code: "total-differs",
            severity: Severity::Error,
            level: 1,
            documents: vec!["iom/2024-12.txt".into()],
            message: "58 is printed, its parts add to 54".into(),
            printed: "58".into(),
            expected: "54".into(),
            mentions: vec![mention(
                "iom/2024-12.txt",
                Provenance::Bytes {
                    start: 90,
                    end: 92,
                    line: 4,
                    column: 7,
                },
                "58",
                "Total  58",
            )],
            observations: vec!["c1".into()],
            help: "set the table beside the report".into(),
            method: None,
            fingerprint: "4123456789abcdef".into(),
            reckoned: Vec::new(),
        },
        reason: "corrected in print".into(),
        owner: "ana".into(),
        until: "2027-06-30".into(),
    }];
    let skipped = [Skipped {
        what: "new arrivals of places were not added up".into(),
        why: "a person may be counted in each".into(),
        documents: vec!["unhcr/2024-07.html".into(), "unhcr/2024-07.txt".into()],
    }];
    let known = [other("5123456789abcdef"), other("6123456789abcdef")];
    let rules = [Rule {
        code: "total-differs",
        severity: Severity::Error,
        level: 1,
        page:
            "# total-differs: parts do not add to the printed total\n\nA table prints a total\nand its parts.\n\n**Why it matters.** One is wrong.\n"
                .into(),
    }];
    let report = Report {
        findings,
        documents: &documents,
        threshold: Severity::Error,
        waived: &waived,
        skipped: &skipped,
        known: &known,
        baseline: None,
        rules: &rules,
        closing: Closing::Told,
        locate: &AsNamed,
    };
    print(&report)
}

/// Compares with a file of expected text; `UPDATE_EXPECTED=1` writes it, to be read before it is committed.
#[track_caller]
fn check_text(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report").join(file);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(actual == expected, "{file} is\n{actual}\nnot\n{expected}");
}

#[track_caller]
fn check(format: ReportFormat, file: &str) {
    check_text(file, &printed(format, &findings(), Terminal::PLAIN));
}

#[test]
fn people_see_the_figure_underlined_in_its_sentence() {
    check(ReportFormat::Human, "human.txt");
}

#[test]
fn programs_get_every_field() {
    check(ReportFormat::Json, "findings.json");
}

#[test]
fn code_scanning_gets_a_region_for_text_and_words_for_pdf() {
    check(ReportFormat::Sarif, "findings.sarif");
}

#[test]
fn a_test_report_fails_where_the_check_fails() {
    check(ReportFormat::Junit, "junit.xml");
}

#[test]
fn github_marks_the_line() {
    check(ReportFormat::Github, "github.txt");
}

#[test]
fn a_step_is_summed_up_in_a_table() {
    check_text("step-summary.md", &with_report(&findings(), |report| step_summary(report, 10_000)));
    assert!(with_report(&findings(), |report| step_summary(report, 100)).is_empty());
}

#[test]
fn no_line_of_an_excerpt_is_wider_than_the_terminal() {
    let terminal = Terminal {
        width: 60,
        ..Terminal::PLAIN
    };
    let printed = printed(ReportFormat::Human, &findings(), terminal);
    let wide: Vec<&str> = printed
        .lines()
        .filter(|line| line.starts_with("  |") && line.chars().count() > 60)
        .collect();
    assert!(wide.is_empty() && printed.contains("7,900"), "{printed}");
}

#[test]
fn colours_add_nothing_but_escape_sequences() {
    let colours = Terminal {
        colour: Colour::Ansi,
        ..Terminal::PLAIN
    };
    let coloured = printed(ReportFormat::Human, &findings(), colours);
    assert!(coloured.contains("\u{1b}[1;31merror[total-differs]\u{1b}[0m"));
    let mut plain = String::new();
    for (index, part) in coloured.split('\u{1b}').enumerate() {
        plain.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(plain, printed(ReportFormat::Human, &findings(), Terminal::PLAIN));
}

#[test]
fn a_quote_that_is_not_in_its_context_is_not_underlined() {
    let mut findings = findings();
    findings[0].mentions[0].offset = 7000;
    findings[0].mentions[1].offset = 1;
    let printed = printed(ReportFormat::Human, &findings[..1], Terminal::PLAIN);
    assert!(
        printed.contains("  | Total  1,017\n") && printed.contains("  | Albania 343\n"),
        "{printed}"
    );
    assert!(!printed.contains('^'), "{printed}");
}

#[test]
fn every_finding_printed_as_json_has_exactly_the_fields_of_its_schema() {
    let report: serde_json::Value = serde_json::from_str(&printed(ReportFormat::Json, &findings(), Terminal::PLAIN)).unwrap();
    let schema = schema::findings();
    let names = |object: &serde_json::Value| object.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for finding in report["findings"].as_array().unwrap() {
        assert_eq!(names(finding), names(&schema["properties"]));
        for mention in finding["mentions"].as_array().unwrap() {
            assert_eq!(names(mention), names(&schema["properties"]["mentions"]["items"]["properties"]));
        }
    }
}

#[test]
fn the_schema_of_observations_lists_the_columns_as_they_are_written() {
    let header = include_str!("output/observations.csv").lines().next().unwrap();
    let required: Vec<String> = serde_json::from_value(schema::observations()["required"].clone()).unwrap();
    assert_eq!(required.join(","), header);
}

fn dataset() -> Dataset {
    let document = |path: &str, media_type: &str, family: &str, edition: &str, status| DocumentRecord {
        path: path.into(),
        media_type: media_type.into(),
        family: family.into(),
        edition: edition.into(),
        status,
        ..DocumentRecord::default()
    };
    let extraction = |document, states: &[PromiseState]| Extraction {
        document,
        promises: states
            .iter()
            .map(|state| Promise {
                rule: "rule".into(),
                state: *state,
            })
            .collect(),
        ..Extraction::default()
    };
    let (unhcr, iom) = ("unhcr-western-balkans", "iom-dtm-western-balkans");
    Dataset {
        extractions: vec![
            extraction(document("empty.pdf", "", "", "", Status::Unreadable), &[]),
            extraction(
                document("iom/2024-12.txt", "text/plain", iom, "2024-12", Status::Read),
                &[PromiseState::Read, PromiseState::Read],
            ),
            extraction(document("unhcr/2024-07 (1).txt", "text/plain", unhcr, "2024-07", Status::Duplicate), &[]),
            extraction(
                document("unhcr/2024-07.html", "text/html", unhcr, "2024-07", Status::Read),
                &[PromiseState::Read, PromiseState::Lost],
            ),
            extraction(
                document("unhcr/2024-07.txt", "text/plain", unhcr, "2024-07", Status::Read),
                &[PromiseState::Read, PromiseState::Missing],
            ),
            extraction(
                document("unhcr/2024-08.pdf", "application/pdf", unhcr, "2024-08", Status::Read),
                &[PromiseState::Read, PromiseState::Read],
            ),
        ],
        findings: findings(),
        ..Dataset::default()
    }
}

fn summed_up(dataset: &Dataset) -> String {
    let mut out = Vec::new();
    let files = ["output/observations.csv", "output/findings.csv"];
    summary::write(dataset, Path::new("output"), &files, Terminal::PLAIN, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_run_is_summed_up_by_family_and_edition() {
    check_text("summary.txt", &summed_up(&dataset()));
}

#[test]
fn many_editions_are_summed_up_by_year() {
    let mut dataset = dataset();
    let model = dataset.extractions[4].clone();
    dataset.extractions = (2019..2025)
        .flat_map(|year| (1..=12).map(move |month| (year, month)))
        .map(|(year, month)| {
            let mut extraction = model.clone();
            extraction.document.edition = format!("{year}-{month:02}");
            extraction.document.path = extraction.document.edition.clone();
            extraction
        })
        .collect();
    let summary = summed_up(&dataset);
    assert!(summary.contains("  2019        12    0    0        0     12      12     0 "), "{summary}");
    assert!(!summary.contains("2019-01"), "{summary}");
}
