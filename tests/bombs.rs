//! Files made to eat memory or time: each ends in a named finding, within memory that any machine has, and costs no other snapshot.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::Command,
    thread,
};

use flate2::{Compression, write::ZlibEncoder};

/// Address space that the program may take; without a bomb it takes a fifth of it.
const MEMORY: u64 = 3 << 29;

/// Reads the file beside a sound one, and looks for the finding and for the figures of the other.
#[track_caller]
fn check(name: &str, make: impl FnOnce(&Path), code: &str, said: &str) {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unhcr-western-balkans/2024-07.txt");
    fs::copy(sound, archive.join("sound.txt")).unwrap();
    make(&archive.join(name));
    let output = Command::new("sh")
        .args(["-c", &format!("ulimit -v {} && exec \"$0\" \"$@\"", MEMORY / 1024)])
        .arg(assert_cmd::cargo::cargo_bin!("crosstally"))
        .args(["ingest", "archive", "--output", "output", "--format", "csv", "--jobs", "2"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = |file: &str| fs::read_to_string(folder.path().join("output").join(file)).unwrap();
    let findings = written("findings.csv");
    let told = |line: &&str| line.starts_with(code) && line.contains(name) && line.contains(said);
    assert!(findings.lines().any(|line| told(&line)), "{findings}");
    assert!(written("observations.csv").matches(",sound.txt,").count() > 10);
}

/// The bytes over and over again, packed.
fn packed(bytes: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..times {
        encoder.write_all(bytes).unwrap();
    }
    encoder.finish().unwrap()
}

/// A PDF of one page with this content.
fn pdf(filter: &str, content: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
          3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>\nendobj\n"
        .to_vec();
    write!(file, "4 0 obj\n<<{filter}/Length {}>>\nstream\n", content.len()).unwrap();
    file.extend(content);
    file.extend(b"\nendstream\nendobj\ntrailer\n<</Size 5/Root 1 0 R>>\nstartxref\n0\n%%EOF\n");
    file
}

static MEGABYTE: [u8; 1 << 20] = [b' '; 1 << 20];

#[test]
fn a_gigabyte_packed_into_a_stream_of_a_pdf() {
    let bomb = packed(&MEGABYTE, 1024);
    let make = |path: &Path| fs::write(path, pdf("/Filter/FlateDecode", &bomb)).unwrap();
    check("bomb.pdf", make, "unreadable", "over a limit: a stream of");
}

#[test]
fn four_gigabytes_packed_twice() {
    let bomb = packed(&packed(&MEGABYTE, 4096), 1);
    assert!(bomb.len() < 20_000);
    let make = |path: &Path| fs::write(path, pdf("/Filter[/FlateDecode/FlateDecode]", &bomb)).unwrap();
    check("bomb.pdf", make, "unreadable", "over a limit: a stream of");
}

#[test]
fn a_million_elements_one_in_another() {
    let page = format!("<!DOCTYPE html><html><body>{}7,900</body></html>", "<div>".repeat(1_000_000));
    let make = |path: &Path| fs::write(path, page).unwrap();
    check("deep.html", make, "repaired", "elements nested deeper than 512");
}

#[test]
fn a_line_of_a_gigabyte() {
    let make = |path: &Path| File::create(path).unwrap().set_len(1 << 30).unwrap();
    check("line.txt", make, "unreadable", "over a limit");
}

/// A text of thirty megabytes that says the same over and over again.
#[track_caller]
fn check_endless(words: &str) {
    let text = words.repeat((30 << 20) / words.len());
    let make = |path: &Path| fs::write(path, text).unwrap();
    check("endless.txt", make, "unreadable", "words and numbers, more than 1000000");
}

#[test]
fn thirty_megabytes_of_ones() {
    check_endless("1,");
}

#[test]
fn thirty_megabytes_of_words_without_a_sentence() {
    check_endless("and of the and of the ");
}

/// What patterns of readers and families begin again at, over and over: each is where a longer number, period, place, list or sentence may begin.
const BEGINNINGS: [&str; 20] = [
    "1",
    ".",
    " ",
    "1,",
    "1.000.",
    "1\u{a0}",
    "1-",
    "(",
    "((1)",
    "[1]",
    "|1",
    "% ",
    "1 per cent per cent ",
    "January ",
    "from 1 January to ",
    "1 January 2024 and ",
    "Bosnia and Herzegovina and ",
    "Serbia (1%), ",
    "of which 1 ",
    "an increase of 1% compared to 1 in ",
];

/// Seconds of the processor for each: an unoptimized build takes three at most, and work that grows by the square takes minutes.
const SECONDS: u64 = 20;

/// A text of a known family, whose own patterns are tried too, that goes on with the same words.
#[track_caller]
fn check_beginning(beginning: &str) {
    let folder = tempfile::tempdir().unwrap();
    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unhcr-western-balkans/2024-07.txt");
    let sound = fs::read_to_string(sound).unwrap();
    let text = format!("{sound}\n\n{}", beginning.repeat(60_000 / beginning.len()));
    fs::write(folder.path().join("2024-07.txt"), text).unwrap();
    let output = Command::new("sh")
        .args(["-c", &format!("ulimit -t {SECONDS} && exec \"$0\" \"$@\"")])
        .arg(assert_cmd::cargo::cargo_bin!("crosstally"))
        .args(["check", "--isolation", "none", "--format", "json"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{beginning:?}: {}", output.status);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!said.contains("\"unreadable\""), "{beginning:?}: {said}");
}

#[test]
fn what_patterns_begin_again_at_is_read_once() {
    thread::scope(|scope| {
        for some in BEGINNINGS.chunks(5) {
            scope.spawn(|| some.iter().for_each(|beginning| check_beginning(beginning)));
        }
    });
}
