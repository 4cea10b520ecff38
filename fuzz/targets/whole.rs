//! A snapshot the whole way to CSV files: the first byte chooses the name, the rest are its bytes.
#![no_main]

#[path = "../readers/whole.rs"]
mod reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::run(bytes));
