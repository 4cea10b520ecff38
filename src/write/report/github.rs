//! Findings as workflow commands of GitHub Actions: each shows up beside its line in the pull request.

use std::io::{self, Write};

use super::{Report, decision};
use crate::{
    schema::{Finding, Provenance, Severity, WaivedFinding},
    write::terminal::printable_text,
};

/// Writes a command for each finding.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        write_finding(finding, report, out)?;
    }
    // One line for all of them: a mark beside each line would ask again for what was decided.
    if !report.waived.is_empty() {
        let waived: Vec<String> = report.waived.iter().map(said).collect();
        writeln!(
            out,
            "::notice title={}::{}",
            property(&format!("{} waived", report.waived.len())),
            data(&waived.join("\n"))
        )?;
    }
    Ok(())
}

fn said(waived: &WaivedFinding) -> String {
    let document = waived.finding.main_document().unwrap_or_default();
    format!("{document}: {}: {}: {}", waived.finding.code, waived.finding.message, decision(waived))
}

fn write_finding(finding: &Finding, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    let mut message = finding.message.clone();
    if let Some(document) = finding.main_document() {
        properties.push(format!("file={}", property(&report.locate.locate(document))));
    }
    match finding.mentions.first().map(|mention| mention.place) {
        Some(Provenance::Bytes { line, column, .. }) => {
            properties.push(format!("line={line}"));
            properties.push(format!("col={column}"));
        }
        Some(place @ Provenance::Box { .. }) => message = format!("{place}: {message}"),
        None => {}
    }
    properties.push(format!("title={}", property(finding.code)));
    for (label, text) in [("expected", &finding.expected), ("help", &finding.help)] {
        if !text.is_empty() {
            message = format!("{message}\n{label}: {text}");
        }
    }
    writeln!(out, "::{command} {}::{}", properties.join(","), data(&message))
}

/// Text as a command may hold it: line ends are written as GitHub's toolkit writes them.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(printable_text).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
