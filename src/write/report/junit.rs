//! Findings as `JUnit` XML: a test case for each finding, failed where it reaches the threshold and skipped where it is waived or known, and a passed one for each snapshot without such.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use super::{Report, decision, location};
use crate::{schema::Finding, write::terminal::printable};

/// Writes the document.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (failing, others): (Vec<&Finding>, Vec<&Finding>) = report.findings.iter().partition(|finding| finding.severity <= report.threshold);
    let failed: BTreeSet<&String> = failing.iter().flat_map(|finding| &finding.documents).collect();
    let passed: Vec<&String> = report.documents.iter().filter(|document| !failed.contains(document)).collect();
    let waived = report.waived.iter().map(|waived| {
        let text = format!("{}; waived: {}", waived.finding.message, decision(waived));
        (&waived.finding, text)
    });
    let known = report.known.iter().map(|finding| (finding, "known from the baseline".to_owned()));
    let skipped: Vec<(&Finding, String)> = waived.chain(known).collect();
    let tests = failing.len() + others.len() + skipped.len() + passed.len();
    let counts = format!(r#"tests="{tests}" failures="{}" errors="0" skipped="{}""#, failing.len(), skipped.len());

    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    // The outer element has no count of its own for skipped cases in the forms of the format that have a schema.
    let outer = format!(r#"tests="{tests}" failures="{}" errors="0""#, failing.len());
    writeln!(out, r#"<testsuites name="crosstally" {outer}>"#)?;
    writeln!(out, r#"  <testsuite name="crosstally" {counts}>"#)?;
    for finding in failing {
        writeln!(out, "{}", start_of_case(finding, report) + ">")?;
        let (message, kind) = (escaped(&finding.message), escaped(finding.code));
        writeln!(
            out,
            r#"      <failure message="{message}" type="{kind}">{}</failure>"#,
            escaped(&details(finding, report))
        )?;
        writeln!(out, "    </testcase>")?;
    }
    for finding in others {
        writeln!(out, "{}", start_of_case(finding, report) + ">")?;
        let text = format!("{}: {}; {}", finding.severity.as_str(), finding.message, details(finding, report));
        writeln!(out, "      <system-out>{}</system-out>", escaped(&text))?;
        writeln!(out, "    </testcase>")?;
    }
    for (finding, reason) in skipped {
        writeln!(out, "{}", start_of_case(finding, report) + ">")?;
        writeln!(out, r#"      <skipped message="{}"/>"#, escaped(&reason))?;
        writeln!(out, "    </testcase>")?;
    }
    for document in passed {
        let path = escaped(&report.locate.locate(document));
        writeln!(out, r#"    <testcase classname="{path}" name="nothing at or above the threshold"/>"#)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn start_of_case(finding: &Finding, report: &Report) -> String {
    let document = finding
        .main_document()
        .map_or_else(String::new, |document| report.locate.locate(document));
    format!(
        r#"    <testcase classname="{}" name="{} {}""#,
        escaped(&document),
        escaped(finding.code),
        escaped(&finding.fingerprint)
    )
}

/// Where, what was expected and what to do.
fn details(finding: &Finding, report: &Report) -> String {
    let places = finding.mentions.iter().map(|mention| {
        format!(
            "{} \"{}\"",
            location(&report.locate.locate(&mention.document), mention.place),
            mention.quote
        )
    });
    let expected = Some(&finding.expected)
        .filter(|text| !text.is_empty())
        .map(|text| format!("expected {text}"));
    let help = Some(&finding.help).filter(|text| !text.is_empty()).cloned();
    places.chain(expected).chain(help).collect::<Vec<_>>().join("; ")
}

/// Text as XML may hold it: without the characters that XML reserves or forbids.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars().map(printable) {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}
