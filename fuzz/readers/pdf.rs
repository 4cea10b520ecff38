//! Bytes as a PDF to a document; the engine's own panics are caught as in the program, those of crosstally are found.

use crosstally::input::{self, Limits};

/// Reads the bytes.
pub(crate) fn run(bytes: &[u8]) {
    let limits = Limits::default();
    if let Ok(document) = input::read(bytes, "report.pdf", &limits) {
        assert!(document.pages.iter().all(|page| page.width.is_finite() && page.height.is_finite()));
    }
}
