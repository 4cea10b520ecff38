//! A text to its numbers, as the English and as the others write them.
#![no_main]

#[path = "../readers/number.rs"]
mod reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::run(bytes));
