//! How fast snapshots become figures on one core, beside what the same bytes cost without reading them, and what a second core gains.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![allow(missing_docs, reason = "nobody uses a bench")]

#[path = "shared/allocator.rs"]
mod allocator;
#[path = "shared/nobody.rs"]
mod nobody;

use std::{
    fs,
    hint::black_box,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use criterion::Criterion;
use crosstally::{
    Options,
    archive::{Silent, Workers},
    input::{self, Limits},
    parse::{self, Profiles},
    schema::DocumentRecord,
};
use regex::Regex;

const FAMILIES: [&str; 2] = ["iom-dtm-western-balkans", "unhcr-western-balkans"];
/// Times that every clean specimen stands in the folder by which workers are compared.
const COPIES: usize = 6;

struct Snapshot {
    name: String,
    bytes: Vec<u8>,
}

/// What one round of something took at best: what else the machine did only ever adds.
struct Best(Duration);

impl Best {
    fn measure(criterion: &mut Criterion, name: &str, mut round: impl FnMut()) -> Self {
        let mut best = Duration::MAX;
        criterion.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| {
                let mut sum = Duration::ZERO;
                for _ in 0..rounds {
                    let start = Instant::now();
                    round();
                    let elapsed = start.elapsed();
                    best = best.min(elapsed);
                    sum += elapsed;
                }
                sum
            });
        });
        Self(best)
    }

    fn per_second(&self, amount: f64) -> f64 {
        amount / self.0.as_secs_f64()
    }

    fn times(&self, other: &Self) -> f64 {
        self.0.as_secs_f64() / other.0.as_secs_f64()
    }
}

/// The clean specimens of a medium.
fn specimens(medium: &str) -> Vec<Snapshot> {
    let mut paths: Vec<PathBuf> = FAMILIES
        .iter()
        .flat_map(|family| fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(family)).expect("the specimens are there"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == medium))
        .collect();
    paths.sort();
    let snapshot = |path: &PathBuf| Snapshot {
        name: path.file_name().expect("a file").to_string_lossy().into_owned(),
        bytes: fs::read(path).expect("a specimen"),
    };
    paths.iter().map(snapshot).collect()
}

/// Bytes to figures, as `ingest` does for each snapshot.
fn figures(snapshot: &Snapshot, profiles: &Profiles) -> usize {
    let document = input::read(&snapshot.bytes, &snapshot.name, &Limits::default()).expect("a sound specimen");
    parse::extract(&document, DocumentRecord::default(), profiles).observations.len()
}

/// The numbers of a text by one plain pattern.
fn scan(pattern: &Regex, snapshot: &Snapshot) -> usize {
    pattern.find_iter(&String::from_utf8_lossy(&snapshot.bytes)).count()
}

/// The tree of a page and nothing else.
fn tree(snapshot: &Snapshot) -> usize {
    let text = &String::from_utf8_lossy(&snapshot.bytes);
    scraper::Html::parse_document(text).tree.values().count()
}

/// The pages drawn to nobody.
fn draw(snapshot: &Snapshot) -> usize {
    nobody::draw(snapshot.bytes.clone()).expect("a sound specimen")
}

/// One medium beside its peer: a line of the table.
fn medium(criterion: &mut Criterion, medium: &str, peer: &str, mut other: impl FnMut(&Snapshot) -> usize) -> String {
    let profiles = Profiles::embedded().expect("the embedded profiles are sound");
    let snapshots = specimens(medium);
    let found: usize = snapshots.iter().map(|snapshot| figures(snapshot, &profiles)).sum();
    assert!(found > 100, "{found} figures in {medium}");
    let ours = Best::measure(criterion, &format!("{medium}/figures"), || {
        for snapshot in &snapshots {
            black_box(figures(snapshot, &profiles));
        }
    });
    let theirs = Best::measure(criterion, &format!("{medium}/{peer}"), || {
        for snapshot in &snapshots {
            black_box(other(snapshot));
        }
    });
    let megabytes = snapshots.iter().map(|snapshot| snapshot.bytes.len()).sum::<usize>() as f64 / 1e6;
    let pages = if medium == "pdf" {
        snapshots.iter().map(draw).sum()
    } else {
        snapshots.len()
    };
    format!(
        "{medium:<6}{:>12.0}{:>10.0}{:>10.2}{:>11.0}{:>9.1}x  {peer}",
        ours.per_second(snapshots.len() as f64),
        ours.per_second(pages as f64),
        ours.per_second(megabytes),
        ours.per_second(found as f64),
        ours.times(&theirs),
    )
}

/// Many snapshots, no two of the same bytes, with one and with two workers.
fn workers(criterion: &mut Criterion) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    for (medium, remark) in [("txt", "\n"), ("html", "<!-- -->"), ("pdf", "%\n")] {
        for (number, snapshot) in specimens(medium).into_iter().enumerate() {
            for copy in 0..COPIES {
                let bytes = [snapshot.bytes.as_slice(), remark.repeat(copy).as_bytes()].concat();
                fs::write(folder.path().join(format!("{number}-{copy}-{}", snapshot.name)), bytes).expect("a copy");
            }
        }
    }
    let paths = [folder.path().to_owned()];
    let mut with = |jobs: usize| {
        let options = Options {
            workers: Workers::Jobs(NonZeroUsize::new(jobs).expect("not zero")),
            ..Options::default()
        };
        Best::measure(criterion, &format!("ingest/{jobs} workers"), || {
            black_box(crosstally::ingest(&paths, &options, &Silent).expect("the folder is there"));
        })
    };
    let (one, two) = (with(1), with(2));
    let snapshots = fs::read_dir(folder.path()).expect("a folder").count();
    format!(
        "ingest of {snapshots} snapshots, checks and all: {:.0} a second with one worker, {:.0} with two ({:.2}x)",
        one.per_second(snapshots as f64),
        two.per_second(snapshots as f64),
        one.times(&two)
    )
}

fn main() {
    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5))
        .configure_from_args();
    let pattern = Regex::new(r"[0-9][0-9.,]*").expect("a pattern");
    let lines = [
        medium(&mut criterion, "txt", "regex scan for numbers", |snapshot| scan(&pattern, snapshot)),
        medium(&mut criterion, "html", "html5ever tree alone", tree),
        medium(&mut criterion, "pdf", "hayro, pages drawn to nobody", draw),
        workers(&mut criterion),
    ];
    criterion.final_summary();
    println!(
        "\n{:<6}{:>12}{:>10}{:>10}{:>11}{:>10}  peer (all on one core)",
        "", "snapshots/s", "pages/s", "MB/s", "figures/s", "time"
    );
    for line in lines {
        println!("{line}");
    }
}
