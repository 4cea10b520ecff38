//! Text as a profile; one that is accepted then reads a report.
#![no_main]

#[path = "../readers/profile.rs"]
mod reader;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader::run(bytes));
