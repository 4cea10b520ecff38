//! The rules of the house, held by a test: who may use whom, how files open, what every family and check brings along.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each room of `src/` and the rooms it may use.
const MAY_USE: [(&str, &[&str]); 8] = [
    ("layout", &[]),
    ("spool", &[]),
    ("schema", &["spool"]),
    ("input", &["layout", "schema"]),
    ("parse", &["layout", "schema"]),
    ("validate", &["schema", "spool"]),
    ("write", &["schema", "spool"]),
    ("archive", &["schema"]),
];
/// Crates that only these places may know.
const ONE_PLACE: [(&str, &[&str]); 9] = [
    ("hayro", &["src/input/pdf"]),
    ("hayro_interpret", &["src/input/pdf"]),
    ("hayro_syntax", &["src/input/pdf"]),
    ("pdf_extract", &["src/input/pdf"]),
    ("scraper", &["src/input/html"]),
    ("html5ever", &["src/input/html"]),
    // A format, and the ledger.
    ("rusqlite", &["src/write/sqlite", "src/archive/ledger"]),
    ("rust_xlsxwriter", &["src/write/xlsx"]),
    ("anyhow", &["src/main.rs"]),
];
/// A file past this size holds two things.
const LARGEST: u64 = 30 * 1024;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn below_root(path: &Path) -> String {
    path.strip_prefix(root()).expect("inside").to_string_lossy().replace('\\', "/")
}

#[test]
fn rooms_use_only_the_rooms_they_may() {
    let mut faults = Vec::new();
    for (room, allowed) in MAY_USE {
        for file in files(&root().join("src").join(room), "rs") {
            let text = fs::read_to_string(&file).expect("a text");
            for (other, _) in MAY_USE {
                let named = text.contains(&format!("crate::{other}"))
                    || text.contains(&format!("crate::{{{other}"))
                    || text.contains(&format!("\n    {other}::{{"));
                let is_test = file.file_name().is_some_and(|name| name == "tests.rs");
                if other != room && !allowed.contains(&other) && named && !is_test {
                    faults.push(format!("{} uses {other}", below_root(&file)));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_library_is_known_in_one_place_only() {
    let mut faults = Vec::new();
    for file in files(&root().join("src"), "rs") {
        let text = fs::read_to_string(&file).expect("a text");
        for (library, places) in ONE_PLACE {
            let used = text
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("{library}::")));
            if used && !places.iter().any(|place| below_root(&file).starts_with(place)) {
                faults.push(format!("{} uses {library}, which is for {}", below_root(&file), places.join(", ")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_source_file_opens_with_a_sentence_and_holds_one_thing() {
    let mut faults = Vec::new();
    for file in files(&root().join("src"), "rs") {
        let text = fs::read_to_string(&file).expect("a text");
        if !text.starts_with("//! ") {
            faults.push(format!("{} does not open with `//!`", below_root(&file)));
        }
        if fs::metadata(&file).expect("a file").len() > LARGEST {
            faults.push(format!("{} is past {LARGEST} bytes", below_root(&file)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_family_brings_a_profile_a_page_specimens_and_expected_figures() {
    for family in fs::read_dir(root().join("src/profiles")).expect("a folder") {
        let folder = family.expect("an entry").path();
        if !folder.is_dir() {
            continue;
        }
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(folder.join("profile.toml").exists(), "{name} has no profile.toml");
        assert!(folder.join("README.md").exists(), "{name} has no README.md");
        assert!(files(&folder, "rs").is_empty(), "{name}: a profile is data, not Rust");
        for medium in ["txt", "html", "pdf"] {
            assert!(
                !files(&root().join("fixtures").join(&name), medium).is_empty(),
                "{name} has no {medium} specimen"
            );
        }
        let observations = fs::read_to_string(root().join("output/observations.csv")).expect("the committed output");
        assert!(
            observations.contains(&format!(",{name},")),
            "{name} has no figure in output/observations.csv"
        );
    }
}
