//! How long PDFs named on the command line take to read, words, tables and charts and all, beside the engine that draws them to nobody.
//!
//! `benches/pdf.sh` runs it and sets other readers beside it. One line a file: milliseconds of the reader, of the engine, pages.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![allow(missing_docs, reason = "nobody uses a bench")]

#[path = "shared/allocator.rs"]
mod allocator;
#[path = "shared/nobody.rs"]
mod nobody;

use std::{
    fs,
    hint::black_box,
    time::{Duration, Instant},
};

use crosstally::input::{self, Limits};

/// Rounds of each, of which the best counts: what else the machine did only ever adds.
const ROUNDS: usize = 5;

fn main() {
    for path in std::env::args().skip(1).filter(|argument| !argument.starts_with("--")) {
        let Ok(bytes) = fs::read(&path) else { continue };
        let pages = draw(&bytes);
        if pages == 0 || input::read(&bytes, "report.pdf", &Limits::default()).is_err() {
            continue;
        }
        let (mut reader, mut engine) = (Duration::MAX, Duration::MAX);
        for _ in 0..ROUNDS {
            engine = engine.min(took(|| draw(&bytes)));
            reader = reader.min(took(|| input::read(&bytes, "report.pdf", &Limits::default()).is_ok()));
        }
        println!("{:.3}\t{:.3}\t{pages}\t{path}", milliseconds(reader), milliseconds(engine));
    }
}

fn took<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The pages drawn to nobody; how many there are.
fn draw(bytes: &[u8]) -> usize {
    nobody::draw(bytes.to_vec()).unwrap_or(0)
}
