//! Bytes as an HTML page to a document, and to what a person is shown of it.
#![no_main]

#[path = "../readers/html.rs"]
mod reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::run(bytes));
