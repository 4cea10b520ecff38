//! The inputs that fuzzing kept, each through the reader it was found for: what once reached new code, or broke it, is read on every machine.
//!
//! `fuzz/run.sh` starts from these inputs and adds those it finds; the readers are the very files that it builds.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

#[path = "../fuzz/readers/html.rs"]
mod html;
#[path = "../fuzz/readers/number.rs"]
mod number;
#[path = "../fuzz/readers/pdf.rs"]
mod pdf;
#[path = "../fuzz/readers/period.rs"]
mod period;
#[path = "../fuzz/readers/place.rs"]
mod place;
#[path = "../fuzz/readers/profile.rs"]
mod profile;
#[path = "../fuzz/readers/text.rs"]
mod text;
#[path = "../fuzz/readers/whole.rs"]
mod whole;

/// Gives a reader all its inputs, and names those that break it.
#[track_caller]
fn check(name: &str, reader: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut inputs = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        inputs.push(entry.unwrap().path());
    }
    inputs.sort();
    assert!(inputs.len() >= 5, "{} inputs in {}", inputs.len(), folder.display());
    let breaks = |input: &&std::path::PathBuf| {
        let bytes = fs::read(input).unwrap();
        catch_unwind(AssertUnwindSafe(|| reader(&bytes))).is_err()
    };
    let breaking: Vec<String> = inputs.iter().filter(breaks).map(|input| input.display().to_string()).collect();
    assert!(breaking.is_empty(), "{} breaks on {}", name, breaking.join(", "));
}

#[test]
fn texts() {
    check("text", text::run);
}

#[test]
fn pages() {
    check("html", html::run);
}

#[test]
fn pdfs() {
    check("pdf", pdf::run);
}

#[test]
fn profiles() {
    check("profile", profile::run);
}

#[test]
fn numbers() {
    check("number", number::run);
}

#[test]
fn periods() {
    check("period", period::run);
}

#[test]
fn places() {
    check("place", place::run);
}

#[test]
fn the_whole_way() {
    check("whole", whole::run);
}
