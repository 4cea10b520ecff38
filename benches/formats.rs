//! What each format adds to an ingest of 2,000 snapshots: time to write it, beside CSV, and its size.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![allow(missing_docs, reason = "nobody uses a bench")]

use std::{
    collections::BTreeMap,
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crosstally::{
    Options,
    archive::Silent,
    schema::{Dataset, view::NoViews},
    write::{self, Folder, Format},
};
use regex::{Captures, Regex};

const SNAPSHOTS: usize = 2_000;
/// Years that editions are made for: those in which every family has the layout it has today, as far as its specimens' years can be told.
const YEARS: RangeInclusive<i32> = 2024..=2099;
/// Times that each format is written; the best counts, since what else the machine did only ever adds.
const ROUNDS: usize = 3;

/// A specimen's text with its year, by family and month, of a medium: faulty ones only for months without a sound one.
fn specimens(medium: &str) -> BTreeMap<(String, String), (i32, String)> {
    let mut folders: Vec<PathBuf> = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    let mut texts: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the specimens are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == medium) {
                texts.push(path);
            }
        }
    }
    texts.sort_by_key(|path| (path.components().count(), path.clone()));
    let mut specimens = BTreeMap::new();
    for path in texts {
        let stem = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let Some((year, month)) = stem.split_once('-') else { continue };
        let (Ok(year), Ok(_)) = (year.parse(), month.parse::<u8>()) else {
            continue;
        };
        let family = path.components().rev().find_map(|part| {
            let part = part.as_os_str().to_string_lossy().into_owned();
            part.ends_with("western-balkans").then_some(part)
        });
        let Ok(text) = fs::read_to_string(&path) else { continue };
        specimens.entry((family.expect("a family"), month.to_owned())).or_insert((year, text));
    }
    specimens
}

/// Writes the specimens of every month for as many years as it takes, as text and then as pages.
fn archive(folder: &Path) -> usize {
    let years = Regex::new(r"\b20[0-9]{2}\b").expect("a pattern");
    let mut written = 0;
    for medium in ["txt", "html"] {
        let specimens = specimens(medium);
        for target in YEARS {
            for ((family, month), (year, text)) in &specimens {
                if written == SNAPSHOTS {
                    return written;
                }
                let moved = years.replace_all(text, |found: &Captures| {
                    let printed: i32 = found[0].parse().expect("digits");
                    (printed + target - year).to_string()
                });
                fs::create_dir_all(folder.join(family)).expect("a folder");
                let name = format!("{target}-{month}.{medium}");
                fs::write(folder.join(family).join(name), moved.as_bytes()).expect("an edition");
                written += 1;
            }
        }
    }
    written
}

/// The best time to write a format, and what it takes on disk.
fn measure(dataset: &Dataset, format: Format) -> (Duration, u64) {
    let mut best = Duration::MAX;
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir().expect("a folder");
        let start = Instant::now();
        let files = write::all(dataset, &NoViews, Folder::open(folder.path()).expect("a folder"), &[format])
            .expect("a format can be written")
            .files;
        best = best.min(start.elapsed());
        bytes = files.iter().map(|file| fs::metadata(file).expect("a file").len()).sum();
    }
    (best, bytes)
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let snapshots = archive(folder.path());
    let start = Instant::now();
    let dataset = crosstally::ingest(&[folder.path().to_owned()], &Options::default(), &Silent).expect("the folder is there");
    let reading = start.elapsed();
    let figures: usize = dataset.extractions.iter().map(|extraction| extraction.observations.len()).sum();
    println!(
        "{snapshots} snapshots, {figures} figures, {} findings: read and checked in {:.1} s on all cores\n",
        dataset.findings.len(),
        reading.as_secs_f64()
    );
    println!("{:<10}{:>9}{:>12}{:>14}{:>9}", "format", "seconds", "beside csv", "of the reading", "MB");
    let (csv, _) = measure(&dataset, Format::ALL[0]);
    for format in Format::ALL {
        let (time, bytes) = measure(&dataset, *format);
        println!(
            "{:<10}{:>9.2}{:>11.1}x{:>13.1}%{:>9.1}",
            format.as_str(),
            time.as_secs_f64(),
            time.as_secs_f64() / csv.as_secs_f64(),
            100.0 * time.as_secs_f64() / reading.as_secs_f64(),
            bytes as f64 / 1e6
        );
    }
}
