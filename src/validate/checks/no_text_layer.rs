//! # no-text-layer: pages show text that is not there as text
//!
//! Pages show text, but the file holds none, or none that maps to characters: they were scanned, or the text was turned into
//! outlines when the report was exported.
//!
//! **Why it matters.** Every figure on these pages is missing from the data.
//!
//! **Example.** Page 2 of a report is the picture of a page.
//!
//! **What to do.** Ask the publisher for the original file, or run a text recognition over it and check the figures by eye.

use crate::schema::{Extraction, Fact, Finding, Severity};
use crate::validate::check::{Check, Scope};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "no-text-layer",
    severity: Severity::Error,
    level: 0,
    source: include_str!("no_text_layer.rs"),
    runs: &[Scope::Snapshot(run)],
};

/// Pages named in a message; a longer list is cut short.
const PAGES_NAMED: usize = 10;

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    for fact in &extraction.facts {
        let Fact::NoTextLayer { pages } = fact else { continue };
        let pages: Vec<String> = pages.iter().map(u32::to_string).collect();
        let named = wording::list_up_to(PAGES_NAMED, &pages);
        let message = match pages.len() {
            0 => format!("`{}` shows text that no character can be read of", extraction.document.path),
            1 => format!(
                "Page {named} of `{}` shows text that no character can be read of",
                extraction.document.path
            ),
            _ => format!(
                "Pages {named} of `{}` show text that no character can be read of",
                extraction.document.path
            ),
        };
        let draft = CHECK.draft(message).within(&extraction.document).identity(pages.join(" "));
        findings.push(
            draft
                .help("ask the publisher for the original file, or run a text recognition over it")
                .finish(),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Fact;
    use crate::validate::testing::{check, noticed};

    #[test]
    fn the_pages_are_named() {
        check(
            "no-text-layer",
            &[noticed(vec![Fact::NoTextLayer { pages: vec![2] }])],
            &["error: Page 2 of `2024-07.txt` shows text that no character can be read of"],
        );
        check(
            "no-text-layer",
            &[noticed(vec![Fact::NoTextLayer { pages: vec![1, 2, 3] }])],
            &["error: Pages 1, 2 and 3 of `2024-07.txt` show text that no character can be read of"],
        );
        check("no-text-layer", &[noticed(Vec::new())], &[]);
    }
}
