//! Bytes as a plain text to a document, and to what a person is shown of it.
#![no_main]

#[path = "../readers/text.rs"]
mod reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::run(bytes));
