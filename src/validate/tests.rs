//! What holds for all checks together.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::testing::{Tell, found, printed, snapshot};
use super::*;

/// Writes the file where it is not as expected, and fails then, so that a second run is green; under `CI` it is only compared.
fn ensure_file_contents(path: &Path, expected: &str) {
    let found = fs::read_to_string(path).unwrap_or_default();
    if found == expected {
        return;
    }
    if std::env::var_os("CI").is_none() {
        fs::write(path, expected).unwrap();
    }
    panic!("{} was not up to date", path.display());
}

#[test]
fn the_list_of_checks_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/validate/checks");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    let visibility = |name: &str| if name.starts_with("waiver_") { "pub(super) " } else { "" };
    let modules: Vec<String> = names.iter().map(|name| format!("{}mod {name};", visibility(name))).collect();
    let entries: Vec<String> = names.iter().map(|name| format!("    &{name}::CHECK,")).collect();
    let expected = format!(
        "//! The checks, one file each. This list is written by a test, and only compared where `CI` is set.\n\n{}\n\nuse super::check::Check;\n\n/// All checks, by code.\npub(super) static ALL: &[&Check] = &[\n{}\n];\n",
        modules.join("\n"),
        entries.join("\n")
    );
    ensure_file_contents(&folder.join("mod.rs"), &expected);
    assert_eq!(names.len(), codes().len());
}

#[test]
fn every_code_of_the_contract_has_its_check() {
    let expected = "change-differs cumulative-falls duplicate-edition edition-gap label-differs-from-mark malformed-figure missing-figure \
         no-text-layer nothing-read order-broken part-exceeds-whole period-conflict ratio-differs readers-disagree repeat-differs restated \
         shares-differ sign-contradicts-arrow snapshots-disagree sources-differ total-differs unclaimed-number unknown-family unknown-place \
         unread-section unreadable waiver-expired waiver-unmatched";
    let codes: Vec<&str> = codes().iter().map(|check| check.code).collect();
    assert_eq!(codes.join(" "), expected);
}

#[test]
fn every_page_says_what_why_for_example_and_what_to_do() {
    for check in codes() {
        let page = explain(check.code).unwrap();
        assert!(page.starts_with(&format!("# {}: ", check.code)), "{page}");
        for part in ["**Why it matters.**", "**Example.**", "**What to do.**"] {
            assert!(page.contains(part), "{} lacks {part}", check.code);
        }
        assert!(!page.contains("//!") && page.len() > 200);
        let file = check.code.replace('-', "_");
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/validate/checks/{file}.rs"))).unwrap();
        assert_eq!(source, check.source, "{} includes another file", check.code);
    }
    assert_eq!(explain("total-difers"), None);
}

#[test]
fn findings_are_sorted_and_have_names_of_their_own() {
    let one = || snapshot(vec![printed("343"), printed("334"), printed("60%"), printed("61%")], Vec::new());
    let mut other = one();
    other.document.path = "another.txt".into();
    let findings = findings(&[one(), other, one()], &Waivers::default());
    let weights: Vec<(&str, &str)> = findings.iter().map(|finding| (finding.severity.as_str(), finding.code)).collect();
    assert_eq!(weights.first(), Some(&("error", "repeat-differs")));
    assert_eq!(weights.last(), Some(&("note", "repeat-differs")));
    let names: BTreeSet<&str> = findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    assert_eq!(names.len(), findings.len());
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let figures = || vec![printed("343"), printed("334")];
    let before = found("repeat-differs", &[snapshot(figures(), Vec::new())]);
    let mut moved = vec![printed("3,300").area("SRB")];
    moved.extend(figures());
    let after = found("repeat-differs", &[snapshot(moved, Vec::new())]);
    assert_ne!(before[0].mentions[0].place, after[0].mentions[0].place);
    assert_eq!(before[0].fingerprint, after[0].fingerprint);
}
