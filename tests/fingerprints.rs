//! Fingerprints stay when a report is saved anew with other lines, so that waivers and baselines go on holding.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crosstally::{Options, archive::Silent};

/// Reports with findings of several codes: of figures, of words, and between lines.
const REPORTS: [&str; 4] = [
    "iom-dtm-western-balkans/2024-12.txt",
    "unhcr-western-balkans/faults/repeat-differs/2024-03.txt",
    "unhcr-western-balkans/faults/shares-differ-list/2023-05.txt",
    "unhcr-western-balkans/faults/unclaimed-number/2023-03.txt",
];

fn fingerprints(text: &str) -> BTreeSet<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("report.txt"), text).expect("it is written");
    let dataset = crosstally::ingest(&[PathBuf::from(folder.path())], &Options::default(), &Silent).expect("the report is ingested");
    dataset
        .findings
        .into_iter()
        .map(|finding| (finding.code.to_owned(), finding.fingerprint))
        .collect()
}

#[track_caller]
fn check(altered: impl Fn(&str) -> String) {
    for report in REPORTS {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(report)).expect("a specimen");
        let before = fingerprints(&text);
        assert!(!before.is_empty(), "{report} has findings");
        assert_ne!(altered(&text), text, "{report} is altered");
        assert_eq!(fingerprints(&altered(&text)), before, "{report}");
    }
}

#[test]
fn lines_above_change_no_fingerprint() {
    check(|text| text.replacen("\n\n", "\n\nA word of thanks to all who sent their figures in time.\n\n", 1));
}

#[test]
fn other_line_ends_change_no_fingerprint() {
    check(|text| text.replace('\n', "\r\n"));
}

/// Running words broken wherever a line gets long; tables and headings stay.
fn wrapped(text: &str) -> String {
    let wrap = |line: &str| {
        if line.contains(['\t', '|']) || line.len() < 60 {
            return line.to_owned();
        }
        let mut lines = vec![String::new()];
        for word in line.split(' ') {
            match lines.last_mut() {
                Some(last) if last.is_empty() => last.push_str(word),
                Some(last) if last.len() + word.len() < 48 => *last = format!("{last} {word}"),
                _ => lines.push(word.to_owned()),
            }
        }
        lines.join("\n")
    };
    text.lines().map(wrap).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_paragraph_wrapped_anew_changes_no_fingerprint() {
    check(wrapped);
}

#[test]
fn another_figure_is_another_finding() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(REPORTS[1])).expect("a specimen");
    assert_ne!(fingerprints(&text), fingerprints(&text.replacen("218", "228", 1)));
}
