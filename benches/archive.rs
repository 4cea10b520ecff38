//! How a whole archive fares: specimens multiplied with other figures and years, read, checked and written by the program, beside its floors.
//!
//!     cargo bench --bench archive
//!     TEXT=2000 HTML=500 PDF=200 cargo bench --bench archive
//!
//! Without these variables the archive has 100,000 texts, 20,000 pages and 10,000 PDFs; it stands in the folder of temporary files and is
//! removed at the end. Counts of persons are multiplied and years moved, so that sums and shares hold and editions follow each other; beyond that an
//! edition comes again with the same figures and other bytes. Of PDFs only a trailing comment differs.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![allow(missing_docs, reason = "nobody uses a bench")]

#[path = "shared/allocator.rs"]
mod allocator;
#[path = "shared/nobody.rs"]
mod nobody;

use std::{
    env, fs,
    hint::black_box,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use regex::{Captures, Regex};

const FAMILIES: [&str; 2] = ["iom-dtm-western-balkans", "unhcr-western-balkans"];
/// How often the specimens are moved to other years, and how far each time: further than from the first to the last of them.
const MOVES: usize = 15;
const YEARS: usize = 4;
/// Specimens of an older layout, which a later year would not be read by.
const OLDER: &str = "2020";
/// Snapshots in one folder.
const IN_A_FOLDER: usize = 1_000;
/// Of a medium, as many are read by the peers: what they take grows with the bytes alone.
const FOR_PEERS: usize = 500;

/// The clean specimens of a medium, by name.
fn specimens(medium: &str) -> Vec<(String, Vec<u8>)> {
    let of_family =
        |family: &&str| fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(family)).expect("the specimens are there");
    let mut paths: Vec<PathBuf> = FAMILIES.iter().flat_map(of_family).map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == medium));
    paths.retain(|path| path.file_stem().is_some_and(|name| !name.to_string_lossy().starts_with(OLDER)));
    paths.sort();
    let named = |path: &PathBuf| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (named(path), fs::read(path).expect("a specimen"))).collect()
}

/// Copies of specimens, no two of the same bytes.
struct Copies {
    /// Whole numbers with what stands around them; those that are no counts are told by it.
    numbers: Regex,
}

impl Copies {
    fn new() -> Self {
        let pattern = r"(?P<before>[A-Za-z]+ |.)?\b(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<after>\s*%| per ?cent| percentage| [A-Z][a-z]+|[-./:A-Za-z]?)";
        Self {
            numbers: Regex::new(pattern).expect("a pattern"),
        }
    }

    fn copy(&self, bytes: &[u8], medium: &str, number: usize) -> Vec<u8> {
        if medium == "pdf" {
            return [bytes, format!("\n%{number}\n").as_bytes()].concat();
        }
        let text = String::from_utf8_lossy(bytes);
        if medium == "txt" {
            // An edition that was saved once more: the same figures, and other bytes.
            return format!("{}\n{}\n", self.moved(&text, number), " ".repeat(number / MOVES)).into_bytes();
        }
        // Figures of a page stand between its tags; what stands in them draws it.
        let parts = text.split_inclusive('>').map(|part| match part.split_once('<') {
            Some((words, tag)) => format!("{}<{tag}", self.moved(words, number)),
            None => part.to_owned(),
        });
        format!("{}<!--{number}-->", parts.collect::<String>()).into_bytes()
    }

    fn moved(&self, text: &str, number: usize) -> String {
        let (years, times) = (YEARS * (number % MOVES), 1 + number % MOVES);
        let moved = |found: &Captures<'_>| {
            let part = |name| found.name(name).map_or("", |part| part.as_str());
            let (before, printed, after) = (part("before"), part("number"), part("after"));
            let glued = before.chars().count() == 1 && !before.starts_with([' ', '\t', '(', '|', '*']);
            let kept = glued || is_of_day(before) || is_of_day(after) || !(after.is_empty() || after == "." || after.starts_with(' '));
            let other = match printed.replace(',', "").parse::<usize>() {
                Ok(year) if printed.len() == 4 && (1990..2030).contains(&year) => (year + years).to_string(),
                Ok(count) if !kept => grouped(count * times),
                _ => printed.to_owned(),
            };
            format!("{before}{other}{after}")
        };
        self.numbers.replace_all(text, moved).into_owned()
    }
}

/// Whether a word beside a number makes it a day or a share.
fn is_of_day(beside: &str) -> bool {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let word = beside.trim_start();
    word.starts_with("per") || word.starts_with('%') || MONTHS.iter().any(|month| word.starts_with(month))
}

fn grouped(value: usize) -> String {
    let digits = value.to_string();
    let mut printed = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            printed.push(',');
        }
        printed.push(digit);
    }
    printed
}

fn write(folder: &Path, copies: &Copies, medium: &str, count: usize) -> u64 {
    let specimens = specimens(medium);
    let mut bytes = 0;
    for number in 0..count {
        let (name, specimen) = &specimens[number % specimens.len()];
        let copy = copies.copy(specimen, medium, number / specimens.len());
        let folder = folder.join(format!("{:04}", number / IN_A_FOLDER));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{:03}-{name}.{medium}", number % IN_A_FOLDER)), &copy).expect("a copy");
        bytes += copy.len() as u64;
    }
    bytes
}

/// What one run of the program took.
struct Run {
    seconds: f64,
    /// Most memory it had at a time, in megabytes.
    megabytes: f64,
}

fn ingest(input: &Path, output: &Path, jobs: usize) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crosstally"));
    command
        .args(["ingest", "--quiet", "--format", "csv,jsonl", "--jobs"])
        .arg(jobs.to_string());
    command.arg("--output").arg(output).arg(input);
    run(command)
}

fn run(mut command: Command) -> Run {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut megabytes = 0.0;
    loop {
        // The high-water mark goes with the process: it is read until then.
        let words = fs::read_to_string(&status).unwrap_or_default();
        let peak = words
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        megabytes = peak.map_or(megabytes, |kilobytes| kilobytes / 1e3);
        if child.try_wait().expect("the program is a child").is_some() {
            break;
        }
        thread::sleep(Duration::from_millis(1));
    }
    Run {
        seconds: start.elapsed().as_secs_f64(),
        megabytes,
    }
}

fn regex_scan(pattern: &Regex, path: &Path) -> usize {
    let bytes = fs::read(path).expect("a copy");
    pattern.find_iter(&String::from_utf8_lossy(&bytes)).count()
}

fn html_tree(path: &Path) -> usize {
    let bytes = fs::read(path).expect("a copy");
    scraper::Html::parse_document(&String::from_utf8_lossy(&bytes)).tree.values().count()
}

/// The pages drawn to nobody.
fn draw(path: &Path) -> usize {
    nobody::draw(fs::read(path).expect("a copy")).expect("a sound specimen")
}

/// Seconds a snapshot that a peer takes.
fn peer(paths: &[PathBuf], mut read: impl FnMut(&Path) -> usize) -> f64 {
    let mut round = || {
        let start = Instant::now();
        for path in paths {
            black_box(read(path));
        }
        start.elapsed().as_secs_f64()
    };
    (0..3).map(|_| round()).fold(f64::MAX, f64::min) / paths.len() as f64
}

/// The same for a program that has to start for each file, less what it takes to start; none where it is not installed.
fn program(paths: &[PathBuf], name: &str, before: &[&str], after: &[&str]) -> Option<f64> {
    let read = |path: &Path| {
        let mut command = Command::new(name);
        command.args(before).arg(path).args(after).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok()
    };
    let some = &paths[..paths.len().min(60)];
    if !read(&some[0]) {
        return None;
    }
    let start = peer(some, |_| usize::from(read(Path::new("/dev/null"))));
    Some((peer(some, |path| usize::from(read(path))) - start).max(0.0))
}

fn first(folder: &Path, medium: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder.join("0000"))
        .expect("the archive is written")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == medium))
        .collect();
    paths.sort();
    paths.truncate(FOR_PEERS);
    paths
}

fn medium(root: &Path, medium: &str, count: usize) {
    let folder = root.join(medium);
    let megabytes = write(&folder, &Copies::new(), medium, count) as f64 / 1e6;
    let output = root.join(format!("{medium}-output"));
    let one = ingest(&folder, &output, 1);
    let second = ingest(&folder, &output, 1);
    let new = folder.join(format!("new.{medium}"));
    fs::write(&new, Copies::new().copy(&specimens(medium)[0].1, medium, 1 + count)).expect("a copy");
    let third = ingest(&folder, &output, 1);
    fs::remove_file(&new).expect("the new one");
    let two = ingest(&folder, &root.join(format!("{medium}-output-of-two")), 2);
    let each = one.seconds / count as f64;
    println!("\n{count} {medium}, {megabytes:.0} MB: read, checked and written");
    println!(
        "  one core          {:>9.2} s, {:.3} ms each, {:.2} MB/s",
        one.seconds,
        1e3 * each,
        megabytes / one.seconds
    );
    println!(
        "  two cores         {:>9.2} s, {:.2} times as fast",
        two.seconds,
        one.seconds / two.seconds
    );
    println!(
        "  once more         {:>9.2} s, {:.1} times as fast",
        second.seconds,
        one.seconds / second.seconds
    );
    println!("  with one new      {:>9.2} s", third.seconds);
    println!(
        "  memory at most    {:>9.0} MB, {:.2} MB each thousand",
        one.megabytes,
        1e3 * one.megabytes / count as f64
    );
    let paths = first(&folder, medium);
    let beside = |name: &str, seconds: f64| {
        let times = each / seconds;
        println!("  {name:<18}{:>9.3} ms each: the whole way takes {times:.1} times that", 1e3 * seconds);
    };
    match medium {
        "txt" => {
            let pattern = Regex::new(r"[0-9][0-9.,]*").expect("a pattern");
            beside("regex scan", peer(&paths, |path| regex_scan(&pattern, path)));
        }
        "html" => beside("html5ever's tree", peer(&paths, html_tree)),
        _ => {
            beside("hayro to nobody", peer(&paths[..paths.len().min(60)], draw));
            let programs: [(&str, &[&str], &[&str]); 2] = [
                ("pdftotext", &["-bbox-layout"], &["/dev/null"]),
                ("mutool", &["draw", "-q", "-F", "stext", "-o", "/dev/null"], &[]),
            ];
            for (name, before, after) in programs {
                match program(&paths, name, before, after) {
                    Some(seconds) => beside(name, seconds),
                    None => println!("  {name} is not installed"),
                }
            }
        }
    }
}

/// The program on one small snapshot, start and end and all.
fn start(root: &Path) {
    let file = root.join("start.txt");
    fs::write(&file, &specimens("txt")[0].1).expect("a specimen");
    let rounds = (0..10).map(|_| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crosstally"));
        command.arg("check").arg(&file);
        run(command).seconds
    });
    println!(
        "\none small snapshot, from start to findings: {:.1} ms",
        1e3 * rounds.fold(f64::MAX, f64::min)
    );
}

fn main() {
    let root = tempfile::tempdir().expect("a folder");
    start(root.path());
    for (name, of, usual) in [("TEXT", "txt", 100_000), ("HTML", "html", 20_000), ("PDF", "pdf", 10_000)] {
        let count = env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(usual);
        if count > 0 {
            medium(root.path(), of, count);
        }
    }
}
