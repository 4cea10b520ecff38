//! A text to the days and periods it names, with and without an edition to lean on.
#![no_main]

#[path = "../readers/period.rs"]
mod reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::run(bytes));
