//! Bytes as a PDF to a document; the engine's own panics are caught as in the program, those of crosstally are found.
#![no_main]

#[path = "../readers/pdf.rs"]
mod reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::run(bytes));
