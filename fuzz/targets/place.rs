//! A text to the places and nationalities it names.
#![no_main]

#[path = "../readers/place.rs"]
mod reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::run(bytes));
