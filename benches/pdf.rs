//! How long PDFs named on the command line take to read, words, tables and charts and all, beside the engine that draws them to nobody.
//!
//! `benches/pdf.sh` runs it and sets other readers beside it. One line a file: milliseconds of the reader, of the engine, pages.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![allow(missing_docs, reason = "nobody uses a bench")]

use std::{
    fs,
    hint::black_box,
    time::{Duration, Instant},
};

use crosstally::input::{self, Limits};
use hayro_interpret::{
    Context, DummyDevice, InterpreterCache, InterpreterSettings,
    hayro_syntax::Pdf,
    interpret_page,
    kurbo::{Affine, Rect},
};

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
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return 0 };
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(transform, frame, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut DummyDevice);
    }
    pdf.pages().len()
}
