//! Bytes as an HTML page to a document, and to what a person is shown of it.
#![no_main]

use crosstally::input::{self, Limits, Pictures};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let _ = input::read(bytes, "report.html", &limits);
    let _ = input::view(bytes, "report.html", &limits, Pictures::LeftOut);
});
