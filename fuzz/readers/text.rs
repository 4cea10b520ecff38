//! Bytes as a plain text to a document, and to what a person is shown of it.

use crosstally::input::{self, Limits, Pictures};

/// Reads the bytes.
pub(crate) fn run(bytes: &[u8]) {
    let limits = Limits::default();
    let _ = input::read(bytes, "report.txt", &limits);
    let _ = input::view(bytes, "report.txt", &limits, Pictures::LeftOut);
}
