//! Every specimen cut off and with flipped bytes: a reader never fails, and gives figures or says what is wrong.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crosstally::{Options, archive::Silent};

/// Places at which each specimen is cut off.
const CUTS: usize = 10;
/// Bytes flipped in each copy, and such copies of each specimen.
const FLIPS: usize = 20;
const FLIPPED_COPIES: u64 = 2;
/// All copies of one specimen are read in this time, on a slow machine without optimization.
const PATIENCE: Duration = Duration::from_mins(1);

fn specimens(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            specimens(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| ["txt", "html", "pdf"].iter().any(|medium| extension == *medium))
        {
            found.push(path);
        }
    }
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

/// Copies of a specimen that are not as they were, by what was done.
fn mangled(bytes: &[u8], seed: u64) -> Vec<(String, Vec<u8>)> {
    let mut copies = Vec::new();
    for cut in 0..CUTS {
        // A little off the even places, so that cuts fall within characters, tags and objects.
        let at = (bytes.len() * cut / CUTS + cut).min(bytes.len());
        copies.push((format!("cut-at-{at}"), bytes[..at].to_vec()));
    }
    for copy in 0..FLIPPED_COPIES {
        let mut random = Random(seed * FLIPPED_COPIES + copy);
        let mut flipped = bytes.to_vec();
        for _ in 0..FLIPS.min(bytes.len()) {
            let at = random.below(bytes.len());
            flipped[at] ^= u8::try_from(1 + random.below(255)).expect("a byte");
        }
        copies.push((format!("flipped-{copy}"), flipped));
    }
    copies
}

/// What is wrong with the reading of a specimen's mangled copies.
fn faults(specimen: &Path, seed: u64) -> Vec<String> {
    let bytes = fs::read(specimen).expect("a specimen");
    let folder = tempfile::tempdir().expect("a folder");
    let medium = specimen.extension().expect("a medium").to_string_lossy();
    for (name, bytes) in mangled(&bytes, seed) {
        fs::write(folder.path().join(format!("{name}.{medium}")), bytes).expect("a copy");
    }
    let start = Instant::now();
    let dataset = crosstally::ingest(&[folder.path().to_owned()], &Options::default(), &Silent).expect("a folder is ingested, whatever is in it");
    let mut faults = Vec::new();
    if start.elapsed() > PATIENCE {
        faults.push(format!("{} took {:?}", specimen.display(), start.elapsed()));
    }
    let told: BTreeSet<&String> = dataset.findings.iter().flat_map(|finding| &finding.documents).collect();
    for extraction in &dataset.extractions {
        let path = &extraction.document.path;
        if extraction.observations.is_empty() && extraction.document.duplicate_of.is_empty() && !told.contains(path) {
            faults.push(format!("{} {path}: no figure and no finding", specimen.display()));
        }
    }
    let failed = dataset.findings.iter().filter(|finding| finding.message.contains("reader failed"));
    faults.extend(failed.map(|finding| format!("{}: {}", specimen.display(), finding.message)));
    faults
}

#[test]
fn mangled_specimens_give_figures_or_findings() {
    let mut paths = Vec::new();
    specimens(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut paths);
    paths.sort();
    assert!(paths.len() > 100, "the specimens are there");
    let faults: Vec<String> = paths.iter().zip(0..).flat_map(|(path, seed)| faults(path, seed)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
