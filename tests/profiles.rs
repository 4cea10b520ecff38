//! Every family reads its specimens and the published reports figure by figure, field by field.

mod common;

use std::{collections::BTreeSet, fs, path::Path};

use common::{difference, expected, extract, row, shared};
use crosstally::parse::Profiles;

fn compare(snapshot: &Path, figures: &Path) -> Vec<String> {
    let profiles = Profiles::embedded().expect("the embedded profiles are sound");
    let found: Vec<String> = extract(snapshot, &profiles).observations.iter().map(row).collect();
    difference(&expected(figures), &found)
}

fn fixtures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn report(differences: &[(String, Vec<String>)]) {
    let text: Vec<String> = differences.iter().filter(|(_, rows)| !rows.is_empty()).map(|(name, rows)| format!("{name}\n  {}", rows.join("\n  "))).collect();
    assert!(text.is_empty(), "{}", text.join("\n"));
}

#[test]
fn every_figure_of_the_published_reports_is_found_and_nothing_else() {
    let (Some(seeds), Some(gold)) = (shared("seeds"), shared("gold")) else { return };
    let mut differences = Vec::new();
    for entry in fs::read_dir(gold).expect("a folder") {
        let figures = entry.expect("an entry").path();
        let name = figures.file_stem().expect("a name").to_string_lossy().into_owned();
        differences.push((name.clone(), compare(&seeds.join(format!("{name}.txt")), &figures)));
    }
    differences.sort();
    report(&differences);
}

#[test]
fn every_figure_of_the_clean_specimens_is_found_in_all_three_media() {
    let mut differences = Vec::new();
    for family in ["iom-dtm-western-balkans", "unhcr-western-balkans"] {
        let folder = fixtures().join(family);
        for entry in fs::read_dir(folder.join("gold")).expect("a folder") {
            let figures = entry.expect("an entry").path();
            let edition = figures.file_stem().expect("a name").to_string_lossy().into_owned();
            for medium in ["txt", "html", "pdf"] {
                differences.push((format!("{family}/{edition}.{medium}"), compare(&folder.join(format!("{edition}.{medium}")), &figures)));
            }
        }
    }
    differences.sort();
    report(&differences);
}

#[test]
fn the_figures_of_the_faulty_specimens_are_read_as_printed() {
    let mut differences = Vec::new();
    for family in ["iom-dtm-western-balkans", "unhcr-western-balkans"] {
        for fault in fs::read_dir(fixtures().join(family).join("faults")).expect("a folder") {
            let folder = fault.expect("an entry").path();
            for snapshot in snapshots(&folder) {
                let figures = snapshot.with_extension("gold.csv");
                if figures.exists() {
                    differences.push((snapshot.strip_prefix(fixtures()).expect("inside").display().to_string(), compare(&snapshot, &figures)));
                }
            }
        }
    }
    differences.sort();
    report(&differences);
}

/// Files of a folder and the folders in it that are snapshots.
fn snapshots(folder: &Path) -> BTreeSet<std::path::PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(snapshots(&path));
        } else if path.extension().is_some_and(|extension| ["txt", "html", "pdf"].iter().any(|medium| extension == *medium)) {
            found.insert(path);
        }
    }
    found
}
