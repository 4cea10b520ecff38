//! The reports of `check` as others read them: by the schema of the format, or by a parser that is not ours, whatever a snapshot prints.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use crosstally::{
    schema::{Finding, Mention, Provenance, Severity, Skipped, WaivedFinding},
    write::{
        report::{AsNamed, Closing, Report, ReportFormat, Rule, step_summary},
        schema,
        terminal::Terminal,
    },
};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

/// What a snapshot may print to trick whoever reads the report.
const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script> <img src=x onerror=alert(2)> <!-- ]]> &amp; &lt;",
    "a | b \\| c \\\\| d",
    "# heading\n\n---\n- list\n\n```\nfence",
    "[look](https://example.org) ![look](https://example.org/x.png) <https://example.org> [a]: https://example.org",
    "https://example.org www.example.org ftp://example.org someone@example.org @someone #1",
    "`code` **strong** _em_ ~~gone~~ $x$ {0} {{1}} \\",
    "::error file=x,line=1::boo ##[error]boo ::stop-commands::x %0A %25 %3A\r\n::warning::x",
    "\u{0}\u{8}\u{b}\u{1b}[31m\u{85}\u{7f}\u{fffe}\u{ffff}\u{202e}\u{2028}",
    "Č 日本 \u{1f600} e\u{301}",
];

fn hostile(index: usize, severity: Severity) -> Finding {
    let text = HOSTILE[index % HOSTILE.len()];
    let document = format!("a {index}, b: 100%/č#?\"'<&>.txt");
    let place = if index.is_multiple_of(2) {
        Provenance::Bytes {
            start: 7,
            end: 7 + text.len() as u64,
            line: 3,
            column: 4,
        }
    } else {
        Provenance::Box {
            page: 2,
            bbox: [72.04, 96.1, 98.4, 108.0],
        }
    };
    let mention = Mention {
        document: document.clone(),
        place,
        quote: text.into(),
        context: text.into(),
        offset: 0,
    };
    Finding {
        code: if index.is_multiple_of(2) { "total-differs" } else { "restated" },
        severity,
        level: 1,
        documents: vec![document],
        message: format!("It says {text}"),
        printed: text.into(),
        expected: text.into(),
        mentions: vec![mention.clone(), mention],
        observations: vec!["a1".into()],
        help: format!("ask whether {text} is meant"),
        method: index.is_multiple_of(2).then_some("claim"),
        fingerprint: format!("{index:016x}"),
        reckoned: Vec::new(),
    }
}

/// Runs a test on a report with findings of each severity, some waived, some known.
fn with_report<Result>(findings: usize, test: impl FnOnce(&Report) -> Result) -> Result {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let mut all: Vec<Finding> = (0..findings).map(|index| hostile(index, severities[index % 3])).collect();
    all.sort_by_key(|finding| finding.severity);
    let known = [hostile(100, Severity::Error)];
    let waived = [WaivedFinding {
        finding: hostile(101, Severity::Warning),
        reason: format!("known: {}", HOSTILE[6]),
        owner: HOSTILE[0].into(),
        until: "2027-06-30".into(),
    }];
    let skipped = [Skipped {
        what: HOSTILE[1].into(),
        why: HOSTILE[7].into(),
        documents: vec!["a.txt".into()],
    }];
    let documents: Vec<String> = all.iter().chain(&known).map(|finding| finding.documents[0].clone()).collect();
    let baseline = BTreeSet::from([known[0].fingerprint.clone()]);
    let rules: Vec<Rule> = crosstally::validate::codes()
        .iter()
        .map(|check| Rule {
            code: check.code,
            severity: check.severity,
            level: check.level,
            page: check.explanation(),
        })
        .collect();
    test(&Report {
        findings: &all,
        documents: &documents,
        threshold: Severity::Error,
        waived: &waived,
        skipped: &skipped,
        known: &known,
        baseline: Some(&baseline),
        rules: &rules,
        closing: Closing::Told,
        locate: &AsNamed,
    })
}

fn printed(format: ReportFormat, findings: usize) -> String {
    with_report(findings, |report| {
        let mut out = Vec::new();
        format.write(report, Terminal::PLAIN, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    })
}

/// The schema that the SARIF library was made of, as it lies in the library's package.
fn schema_of_sarif() -> Value {
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    // Packages of other platforms than this were never fetched.
    let version = said("rustc", &["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let options = ["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host];
    let metadata: Value = serde_json::from_str(&said(env!("CARGO"), &options)).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let library = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = Path::new(library["manifest_path"].as_str().unwrap());
    let schema = manifest.parent().unwrap().join("src/schema.json");
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    // The one expression that is none: it closes a bracket that it never opened. Runs name no language here.
    for object in ["run", "toolComponent"] {
        let language = schema["definitions"][object]["properties"]["language"].as_object_mut().unwrap();
        assert_eq!(language.remove("pattern").unwrap(), "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
    }
    schema
}

#[track_caller]
fn check_schema(schema: &Value, json: &Value) {
    let validator = jsonschema::options().should_validate_formats(true).build(schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(json)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn sarif_is_valid_by_the_schema_of_the_standard() {
    let schema = schema_of_sarif();
    let log: Value = serde_json::from_str(&printed(ReportFormat::Sarif, 40)).unwrap();
    check_schema(&schema, &log);
    // The schema is one that refuses.
    let mut wrong = log.clone();
    wrong["runs"][0]["results"][0]["level"] = "severe".into();
    wrong["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b".into();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    assert_eq!(validator.iter_errors(&wrong).count(), 2);
}

#[test]
fn sarif_tells_a_reader_of_others_level_place_state_and_rule() {
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&printed(ReportFormat::Sarif, 9)).unwrap();
    let run = &log.runs[0];
    let results = run.results.as_ref().unwrap();
    assert_eq!(results.len(), 11);
    let states: Vec<Value> = results
        .iter()
        .map(|result| serde_json::to_value(&result.baseline_state).unwrap())
        .collect();
    assert_eq!(states.iter().filter(|state| *state == "unchanged").count(), 1, "{states:?}");
    let suppressed: Vec<usize> = results.iter().map(|result| result.suppressions.as_ref().unwrap().len()).collect();
    assert_eq!(suppressed, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    let rules = run.tool.driver.rules.as_ref().unwrap();
    assert_eq!(rules.len(), crosstally::validate::codes().len());
    for result in results {
        let rule = &rules[usize::try_from(result.rule_index.unwrap()).unwrap()];
        assert_eq!(Some(&rule.id), result.rule_id.as_ref());
        assert!(rule.help.as_ref().unwrap().text.len() > 50 && rule.default_configuration.is_some());
        let place = result.locations.as_ref().unwrap()[0].physical_location.as_ref().unwrap();
        let file = place.artifact_location.as_ref().unwrap();
        assert_eq!(file.uri_base_id.as_deref(), Some("%SRCROOT%"));
        let uri = file.uri.as_deref().unwrap();
        assert!(
            uri.starts_with("a%20") && uri.ends_with("%2C%20b%3A%20100%25/%C4%8D%23%3F%22%27%3C%26%3E.txt"),
            "{uri}"
        );
        let region = place
            .region
            .as_ref()
            .map(|region| (region.start_line, region.start_column, region.byte_offset));
        let expected = (result.rule_id.as_deref() == Some("total-differs")).then_some((Some(3), Some(4), Some(7)));
        assert_eq!(region, expected);
        assert!(result.partial_fingerprints.as_ref().unwrap().contains_key("primaryLocationLineHash"));
        assert!(result.level.is_some());
    }
    let invocation = &run.invocations.as_ref().unwrap()[0];
    assert_eq!((invocation.execution_successful, invocation.exit_code), (true, Some(1)));
}

#[test]
fn sarif_leaves_out_what_code_scanning_would_refuse_the_file_for_and_says_so() {
    let log: Value = serde_json::from_str(&printed(ReportFormat::Sarif, 25_010)).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 25_000);
    let told = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(
        told.as_str().unwrap().starts_with("12 findings, the least severe, are left out"),
        "{told}"
    );
}

#[test]
fn junit_is_read_by_a_reader_of_others() {
    let suites = junit_parser::from_reader(printed(ReportFormat::Junit, 27).as_bytes()).unwrap();
    let suite = &suites.suites[0];
    assert_eq!((suites.tests, suites.failures), (48, 9));
    assert_eq!((suite.tests, suite.failures, suite.errors, suite.skipped), (48, 9, 0, 2));
    assert_eq!(suite.cases.len(), 48);
    let failing: Vec<_> = suite.cases.iter().filter(|case| case.status.is_failure()).collect();
    assert_eq!(failing.len(), 9);
    let message = &failing[0].status.failure_as_ref().message;
    assert_eq!(
        message,
        "It says <script>alert(1)</script> <img src=x onerror=alert(2)> <!-- ]]> &amp; &lt;"
    );
    assert!(failing[0].classname.as_ref().unwrap().contains("100%/č#?\"'<&>.txt"));
    assert_eq!(suite.cases.iter().filter(|case| case.status.is_skipped()).count(), 2);
}

#[test]
fn json_is_valid_by_the_schema_that_is_printed() {
    let report: Value = serde_json::from_str(&printed(ReportFormat::Json, 27)).unwrap();
    check_schema(&schema::check(), &report);
    for finding in report["findings"].as_array().unwrap() {
        check_schema(&schema::findings(), finding);
    }
    assert_eq!(report["findings"][0]["printed"], HOSTILE[0]);
    assert_eq!((&report["waived"], &report["known"]), (&1.into(), &1.into()));
}

/// A workflow command as GitHub's runner takes it apart, by the rules of its toolkit: name, properties, data.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let data = |text: &str| text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.split(',').filter_map(|property| property.split_once('='));
    let properties = properties.map(|(name, value)| (name.to_owned(), data(&value.replace("%3A", ":").replace("%2C", ","))));
    (name.to_owned(), properties.collect(), data(message))
}

#[test]
fn github_takes_each_annotation_as_it_was_meant() {
    let printed = printed(ReportFormat::Github, 9);
    assert_eq!(printed.lines().count(), 10);
    let commands: Vec<_> = printed.lines().map(command).collect();
    let names: Vec<&str> = commands.iter().map(|(name, _, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "error", "error", "error", "warning", "warning", "warning", "notice", "notice", "notice", "notice"
        ]
    );
    let (_, properties, message) = &commands[0];
    let expected = [
        ("file", "a 0, b: 100%/č#?\"'<&>.txt"),
        ("line", "3"),
        ("col", "4"),
        ("title", "total-differs"),
    ];
    assert_eq!(*properties, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(message.starts_with("It says <script>alert(1)</script>"), "{message}");
    let tricky = commands.iter().find(|(_, _, message)| message.contains("::stop-commands")).unwrap();
    assert!(
        tricky
            .2
            .contains("It says ::error file=x,line=1::boo ##[error]boo ::stop-commands::x %0A %25 %3A"),
        "{}",
        tricky.2
    );
}

#[test]
fn github_is_told_no_more_than_it_keeps_and_the_log_lists_the_rest() {
    let printed = printed(ReportFormat::Github, 90);
    let lines: Vec<&str> = printed.lines().collect();
    for name in ["error", "warning", "notice"] {
        let of_name: Vec<&&str> = lines.iter().filter(|line| line.starts_with(&format!("::{name} "))).collect();
        assert_eq!(of_name.len(), 10, "{name}");
        let word = if name == "notice" { "note" } else { name };
        // The tenth notice tells what is waived.
        let (at, more) = if name == "notice" { (8, 22) } else { (9, 21) };
        assert_eq!(command(of_name[at]).2, format!("{more} more {word}s: the log of this step lists all"));
    }
    let rest: Vec<&&str> = lines
        .iter()
        .skip_while(|line| !line.starts_with("::group::"))
        .skip(1)
        .take_while(|line| **line != "::endgroup::")
        .collect();
    assert_eq!(rest.len(), 64);
    assert!(
        rest.iter()
            .all(|line| ["error[", "warning[", "note["].iter().any(|word| line.starts_with(word)) && !line.contains("##["))
    );
}

/// The cells of the only table, by row; fails on anything that is not plain text, code or strong.
fn cells(markdown: &str) -> Vec<Vec<String>> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS | Options::ENABLE_MATH;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut tables = 0;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Table(_)) => tables += 1,
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => rows.last_mut().unwrap().push(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(&text);
                }
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Strong) | Event::End(_) => {}
            event => panic!("{event:?} in\n{markdown}"),
        }
    }
    assert!(tables <= 1, "{markdown}");
    rows
}

#[test]
fn the_step_summary_is_a_table_in_which_nothing_of_a_snapshot_is_markup() {
    let summary = with_report(9, |report| step_summary(report, 1 << 20));
    let rows = cells(&summary);
    assert_eq!(rows.len(), 10);
    assert!(rows.iter().all(|row| row.len() == 4), "{rows:?}");
    assert_eq!(rows[0], ["severity", "code", "where", "what"]);
    assert_eq!(rows[1][..3], ["error", "total-differs", "a 0, b: 100%/č#?\"'<&>.txt:3:4"]);
    assert!(
        rows[1][3].starts_with("It says <script>alert(1)</script> <img src=x onerror=alert(2)> <!-- ]]> &amp; &lt;; expected: "),
        "{}",
        rows[1][3]
    );
    assert!(
        rows.iter().any(|row| row[3].starts_with("It says a | b \\| c \\\\| d; expected")),
        "{rows:?}"
    );
    assert!(!summary.contains("www.") && !summary.contains("https:"), "{summary}");
}

#[test]
fn the_step_summary_keeps_to_its_room_and_tells_what_it_leaves_out() {
    let whole = with_report(600, |report| step_summary(report, 1 << 20));
    assert_eq!(cells(&whole).len(), 501);
    assert!(whole.ends_with("\n100 more, none more severe than these, in the log.\n\n"));
    for room in [0, 10, 300, 1_000, 5_000, 100_000] {
        let part = with_report(600, |report| step_summary(report, room));
        assert!(part.len() <= room);
        assert!(part.is_empty() || part.contains(" more, none more severe than these"), "{part}");
        assert!(cells(&part).iter().all(|row| row.len() == 4));
    }
}
