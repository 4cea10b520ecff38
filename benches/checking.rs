//! How fast figures are checked on one core, and that the time grows with their number and no faster.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]
#![allow(missing_docs, reason = "nobody uses a bench")]

#[path = "shared/allocator.rs"]
mod allocator;
#[path = "../tests/scorecard/invented.rs"]
mod invented;
#[allow(dead_code, reason = "the scorecard uses the rest")]
#[path = "../tests/scorecard/random.rs"]
mod random;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::Criterion;
use crosstally::{
    schema::Extraction,
    validate::{self, Waivers},
};
use random::Random;

/// Editions checked together.
const EDITIONS: [usize; 3] = [100, 500, 1_000];

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut random = Random::seeded(1976);
    let archive = invented::archive(&mut random, "invented", 1941..=2024, 12);
    let mut table = Vec::new();
    for editions in EDITIONS {
        let archive: &[Extraction] = &archive[..editions];
        let observations: usize = archive.iter().map(|extraction| extraction.observations.len()).sum();
        let mut best = Duration::MAX;
        criterion.bench_function(&format!("{editions} editions"), |bencher| {
            bencher.iter_custom(|rounds| {
                let mut sum = Duration::ZERO;
                for _ in 0..rounds {
                    let start = Instant::now();
                    black_box(validate::findings(black_box(archive), &Waivers::default()));
                    let elapsed = start.elapsed();
                    best = best.min(elapsed);
                    sum += elapsed;
                }
                sum
            });
        });
        table.push((editions, observations, best));
    }
    println!("\n| editions | observations | seconds | microseconds an observation |\n|---|---|---|---|");
    for (editions, observations, best) in table.into_iter().filter(|(_, _, best)| *best < Duration::MAX) {
        let each = best.as_secs_f64() * 1e6 / observations as f64;
        println!("| {editions} | {observations} | {:.2} | {each:.1} |", best.as_secs_f64());
    }
    criterion.final_summary();
}
