//! Every specimen cut off, with flipped bytes, and put together wrong: a reader never fails, and gives figures or says what is wrong.
//!
//! `CROSSTALLY_DAMAGED=40 cargo test --release --test mangled -- --nocapture` reads forty copies of each kind in place of one,
//! and prints how they ended.
#![expect(clippy::print_stderr, reason = "what was measured is told where it was asked for")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crosstally::{Options, Timings, archive::Silent, schema::Dataset};

/// Places at which each specimen is cut off.
const CUTS: usize = 7;
/// Bytes flipped in each copy, and such copies of each specimen.
const FLIPS: usize = 20;
const FLIPPED_COPIES: u64 = 2;
/// All copies of one specimen are read in this time, on a slow machine without optimization.
const PATIENCE: Duration = Duration::from_mins(1);
/// The stretches of a file that are moved, lost or doubled.
const STRETCHES: usize = 8;

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
        // Of nothing, an empty file, there is the first place only.
        usize::try_from((mixed ^ (mixed >> 31)) % bound.max(1) as u64).expect("below the bound")
    }
}

/// Copies of a specimen that are not as they were, by what was done; `other` is what is spliced in.
fn mangled(bytes: &[u8], other: &[u8], seed: u64, copies: u64) -> Vec<(String, Vec<u8>)> {
    let mut mangled = Vec::new();
    for cut in 0..CUTS {
        // A little off the even places, so that cuts fall within characters, tags and objects.
        let at = (bytes.len() * cut / CUTS + cut).min(bytes.len());
        mangled.push((format!("cut-at-{at}"), bytes[..at].to_vec()));
    }
    let mut random = Random(seed);
    for copy in 0..FLIPPED_COPIES * copies {
        let mut flipped = bytes.to_vec();
        for _ in 0..FLIPS.min(bytes.len()) {
            let at = random.below(bytes.len());
            flipped[at] ^= u8::try_from(1 + random.below(255)).expect("a byte");
        }
        mangled.push((format!("flipped-{copy}"), flipped));
    }
    for copy in 0..copies {
        mangled.push((format!("spliced-{copy}"), spliced(bytes, other, &mut random)));
        mangled.push((format!("swapped-{copy}"), swapped(bytes, &mut random)));
        mangled.push((format!("doubled-{copy}"), doubled(bytes, &mut random)));
    }
    mangled
}

/// The beginning of one file and the end of another.
fn spliced(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let (until, from) = (random.below(bytes.len()), random.below(other.len()));
    [&bytes[..until], &other[from..]].concat()
}

/// Two stretches that changed places.
fn swapped(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let length = bytes.len() / STRETCHES;
    let (one, two) = (random.below(STRETCHES), random.below(STRETCHES));
    let mut swapped = bytes.to_vec();
    for at in 0..length {
        swapped.swap(one * length + at, two * length + at);
    }
    swapped
}

/// A stretch that stands there twice, and another that is lost.
fn doubled(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let length = (bytes.len() / STRETCHES).max(1);
    let (twice, lost) = (random.below(STRETCHES), random.below(STRETCHES));
    let stretches = bytes.chunks(length).enumerate().filter(|(index, _)| *index != lost);
    let stretches = stretches.flat_map(|(index, stretch)| std::iter::repeat_n(stretch, if index == twice { 2 } else { 1 }));
    stretches.collect::<Vec<_>>().concat()
}

/// How the copies of all specimens ended.
#[derive(Default)]
struct Endings {
    /// Copies by their worst finding, or `figures`.
    counts: BTreeMap<String, usize>,
    slowest: (u64, String),
    faults: Vec<String>,
}

impl Endings {
    /// Takes in what was read of one specimen's copies.
    fn add(&mut self, specimen: &Path, dataset: &Dataset) {
        let specimen = specimen.display();
        let told: BTreeSet<&String> = dataset.findings.iter().flat_map(|finding| &finding.documents).collect();
        for extraction in &dataset.extractions {
            let path = &extraction.document.path;
            let is_copy = !extraction.document.duplicate_of.is_empty();
            if extraction.observations.is_empty() && !is_copy && !told.contains(path) {
                self.faults.push(format!("{specimen} {path}: no figure and no finding"));
            }
            // Findings come with the worst first.
            let worst = dataset.findings.iter().find(|finding| finding.documents.contains(path));
            let ending = match worst {
                _ if is_copy => "the same bytes as another",
                _ if !extraction.observations.is_empty() => "figures",
                Some(finding) => finding.code,
                None => "nothing",
            };
            *self.counts.entry(ending.to_owned()).or_default() += 1;
        }
        for (path, milliseconds) in &dataset.milliseconds {
            if *milliseconds > self.slowest.0 {
                self.slowest = (*milliseconds, format!("{specimen} {path}"));
            }
        }
        let failed = dataset.findings.iter().filter(|finding| finding.message.contains("reader failed"));
        self.faults.extend(failed.map(|finding| format!("{specimen}: {}", finding.message)));
    }
}

/// Reads the mangled copies of a specimen.
fn read(specimen: &Path, other: &Path, seed: u64, copies: u64, endings: &mut Endings) {
    let [bytes, other] = [specimen, other].map(|path| fs::read(path).expect("a specimen"));
    let folder = tempfile::tempdir().expect("a folder");
    let medium = specimen.extension().expect("a medium").to_string_lossy();
    for (name, bytes) in mangled(&bytes, &other, seed, copies) {
        fs::write(folder.path().join(format!("{name}.{medium}")), bytes).expect("a copy");
    }
    let options = Options {
        timings: Timings::Kept,
        ..Options::default()
    };
    let start = Instant::now();
    let dataset = crosstally::ingest(&[folder.path().to_owned()], &options, &Silent).expect("a folder is ingested, whatever is in it");
    if start.elapsed() > PATIENCE * u32::try_from(copies).expect("not so many") {
        endings.faults.push(format!("{} took {:?}", specimen.display(), start.elapsed()));
    }
    endings.add(specimen, &dataset);
}

#[test]
fn mangled_specimens_give_figures_or_findings() {
    let copies = std::env::var("CROSSTALLY_DAMAGED").ok();
    let asked: u64 = copies.as_deref().map_or(1, |copies| copies.parse().expect("a number of copies"));
    let mut paths = Vec::new();
    specimens(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut paths);
    paths.sort();
    assert!(paths.len() > 100, "the specimens are there");
    let mut endings = Endings::default();
    for (at, path) in paths.iter().enumerate() {
        let other = &paths[(at * 7 + 3) % paths.len()];
        read(path, other, at as u64, asked, &mut endings);
    }
    let Endings { counts, slowest, faults } = endings;
    if copies.is_some() {
        let total: usize = counts.values().sum();
        eprintln!("{total} damaged files: {counts:?}; slowest {} ms ({})", slowest.0, slowest.1);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
