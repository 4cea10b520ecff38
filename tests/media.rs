//! One edition states the same in text, HTML and PDF, and a figure altered in one of the three is told.

mod common;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use common::{difference, row};
use crosstally::{
    Options,
    archive::Silent,
    schema::{Dataset, Observation, Provenance},
};

const FAMILIES: [&str; 2] = ["iom-dtm-western-balkans", "unhcr-western-balkans"];
const MEDIA: [&str; 3] = ["txt", "html", "pdf"];
/// Figures altered in each text and HTML copy.
const TRIES: u64 = 3;

/// The clean editions, as paths without extension.
fn editions() -> Vec<PathBuf> {
    let mut found = BTreeSet::new();
    for family in FAMILIES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(family);
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| MEDIA.iter().any(|medium| extension == *medium)) {
                found.insert(path.with_extension(""));
            }
        }
    }
    assert!(found.len() >= 10, "the specimens are there");
    found.into_iter().collect()
}

fn read(path: &Path) -> Dataset {
    crosstally::ingest(&[path.to_owned()], &Options::default(), &Silent).expect("the path is there")
}

fn observations(path: &Path) -> Vec<Observation> {
    let mut dataset = read(path);
    assert_eq!(dataset.extractions.len(), 1, "{}", path.display());
    dataset.extractions.remove(0).observations
}

#[test]
fn text_html_and_pdf_of_one_edition_state_the_same() {
    let mut differences = Vec::new();
    for edition in editions() {
        let rows = |medium: &str| {
            let figures = observations(&edition.with_extension(medium));
            figures.iter().map(row).collect::<Vec<_>>()
        };
        let text = rows("txt");
        assert!(!text.is_empty(), "{} gives no figure", edition.display());
        for medium in ["html", "pdf"] {
            let rows = difference(&text, &rows(medium));
            if !rows.is_empty() {
                differences.push(format!("{}: text (-) against {medium} (+)\n  {}", edition.display(), rows.join("\n  ")));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Numbers that look random and are the same each run (`SplitMix64`, Steele and others 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).expect("below the bound")
    }
}

/// Places of the digits of a figure that can be read in the file itself.
fn digits(observation: &Observation, bytes: &[u8]) -> Vec<usize> {
    let Provenance::Bytes { start, end, .. } = observation.place else {
        panic!("text and HTML stand in bytes")
    };
    let (start, end) = (usize::try_from(start).expect("small"), usize::try_from(end).expect("small"));
    (start..end).filter(|at| bytes[*at].is_ascii_digit()).collect()
}

/// A figure of the copy altered in one digit, in place, so that its value differs.
fn alter(bytes: &[u8], figures: &[Observation], random: &mut Random) -> (Vec<u8>, String) {
    loop {
        let figure = &figures[random.below(figures.len())];
        let digits = digits(figure, bytes);
        if digits.is_empty() {
            continue; // a number in words
        }
        let first = random.below(digits.len());
        let at = digits[first];
        let mut altered = bytes.to_vec();
        // Never 0, which would make another kind of number at the front.
        altered[at] = if bytes[at] == b'9' { b'1' } else { bytes[at] + 1 };
        let told = format!("{} at byte {at}: {} becomes {}", figure.quote, bytes[at] as char, altered[at] as char);
        return (altered, told);
    }
}

#[test]
fn three_copies_that_agree_raise_no_disagreement_and_one_altered_figure_does() {
    let mut silent = Vec::new();
    for (number, edition) in editions().iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        for medium in MEDIA {
            let name = edition.with_extension(medium);
            fs::copy(&name, folder.path().join(name.file_name().expect("a name"))).expect("a copy");
        }
        assert!(!disagrees(folder.path()), "{}: the copies agree", edition.display());
        for medium in ["txt", "html"] {
            let name = edition.with_extension(medium);
            let copy = folder.path().join(name.file_name().expect("a name"));
            let bytes = fs::read(&name).expect("a specimen");
            let figures = observations(&name);
            for seed in 0..TRIES {
                let (altered, told) = alter(&bytes, &figures, &mut Random(seed * 1000 + number as u64));
                fs::write(&copy, &altered).expect("a copy");
                if !disagrees(folder.path()) {
                    silent.push(format!("{} with {told}", name.display()));
                }
            }
            fs::write(&copy, &bytes).expect("a copy");
        }
    }
    assert!(silent.is_empty(), "no snapshots-disagree for\n  {}", silent.join("\n  "));
}

/// "Some 2,100" in the PDF and "some 2,110" in the text are two figures, though the interval of the one holds the other.
#[test]
fn a_rounded_figure_altered_in_its_zeros_is_a_disagreement_too() {
    let edition = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unhcr-western-balkans/2025-03");
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(edition.with_extension("pdf"), folder.path().join("2025-03.pdf")).expect("a copy");
    let text = fs::read_to_string(edition.with_extension("txt")).expect("a specimen");
    assert_eq!(text.matches("2,100").count(), 1);
    fs::write(folder.path().join("2025-03.txt"), text.replace("2,100", "2,110")).expect("a copy");
    assert!(
        disagrees(folder.path()),
        "2,100 in the PDF and 2,110 in the text raise no snapshots-disagree"
    );
}

fn disagrees(folder: &Path) -> bool {
    read(folder).findings.iter().any(|finding| finding.code == "snapshots-disagree")
}
