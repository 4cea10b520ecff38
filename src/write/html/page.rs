//! The page itself: its frame, style, scripts and overview, in one file that a browser runs nothing else in.

use std::io::{self, Write};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{contents::Contents, escape::escaped, json, overview};
use crate::write::report::{Tally, counted};

/// How the page names its maker, in its first lines.
const GENERATOR: &str = "<meta name=\"generator\" content=\"crosstally ";

const STYLES: &[&str] = &[
    include_str!("style/base.css"),
    include_str!("style/overview.css"),
    include_str!("style/series.css"),
    include_str!("style/document.css"),
    include_str!("style/print.css"),
];

const SCRIPTS: &[&str] = &[
    include_str!("script/element.js"),
    include_str!("script/data.js"),
    include_str!("script/words.js"),
    include_str!("script/address.js"),
    include_str!("script/filter.js"),
    include_str!("script/finding.js"),
    include_str!("script/coverage.js"),
    include_str!("script/overview.js"),
    include_str!("script/findings.js"),
    include_str!("script/scale.js"),
    include_str!("script/lines.js"),
    include_str!("script/bars.js"),
    include_str!("script/series.js"),
    include_str!("script/snapshot.js"),
    include_str!("script/document.js"),
    include_str!("script/start.js"),
];

/// Whether the bytes are a page that an earlier run wrote.
pub(super) fn is_own(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(2048)];
    start.starts_with(b"<!DOCTYPE html>") && start.windows(GENERATOR.len()).any(|window| window == GENERATOR.as_bytes())
}

/// Writes the page; `series` are the overview's entries of all series.
pub(super) fn write(contents: &Contents<'_>, series: Vec<Value>, out: &mut dyn Write) -> io::Result<()> {
    let style = STYLES.concat();
    let script = format!("\"use strict\";\n{}", SCRIPTS.concat());
    // Nothing but these two, the files of data and the drawn pages: what a report might smuggle in is not run and not loaded.
    let policy = format!(
        "default-src 'none'; script-src 'self' '{}'; style-src '{}'; img-src 'self'; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(&style)
    );
    let dataset = contents.dataset;
    let figures: usize = dataset.extractions.iter().map(|extraction| extraction.observations.len()).sum();
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{GENERATOR}{}\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Figures and findings</title>\n<style>{style}</style>\n</head>\n<body>\n{}\
         <noscript><p>{}, {}; {}. The rest of this page is shown by its scripts; <code>findings.csv</code> and \
         <code>observations.csv</code> beside it hold the same.</p></noscript>\n\
         <script type=\"application/json\" id=\"overview\">",
        env!("CARGO_PKG_VERSION"),
        include_str!("frame.html"),
        counted(dataset.extractions.len(), "snapshot"),
        counted(figures, "figure"),
        escaped(&Tally::of(&dataset.findings).to_string()),
    )?;
    json::object(&overview::fields(contents, series), out)?;
    write!(out, "</script>\n<script>{script}</script>\n</body>\n</html>\n")
}

/// The name of a script or style that a policy allows: <https://www.w3.org/TR/CSP3/#match-element-to-source-list>.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_named_as_browsers_name_it() {
        // The example of the Content Security Policy standard.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn no_script_or_style_ends_its_own_element() {
        for text in STYLES.iter().chain(SCRIPTS) {
            assert!(!text.contains("</") && !text.contains("<!--") && text.is_ascii());
        }
    }
}
