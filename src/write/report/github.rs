//! Findings as workflow commands of GitHub Actions: each shows up beside its line in the pull request.
//!
//! GitHub keeps ten annotations of each kind a step and drops the rest without a word; so what passes ten is told in the last of them and listed in the log.

use std::io::{self, Write};

use super::{Report, counted, decision, location};
use crate::{
    schema::{Finding, Provenance, Severity, WaivedFinding},
    write::terminal::printable_text,
};

/// Annotations of one kind that GitHub keeps of a step.
const ANNOTATIONS_KEPT: usize = 10;

/// Writes a command for each finding that GitHub shows, and a line for each of the others.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut unshown: Vec<&Finding> = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let findings: Vec<&Finding> = report.findings.iter().filter(|finding| finding.severity == severity).collect();
        // What is waived takes a notice, too.
        let kept = match severity {
            Severity::Note if !report.waived.is_empty() => ANNOTATIONS_KEPT - 1,
            _ => ANNOTATIONS_KEPT,
        };
        let shown = if findings.len() > kept { kept - 1 } else { findings.len() };
        for finding in &findings[..shown] {
            write_finding(finding, report, out)?;
        }
        let rest = &findings[shown..];
        if !rest.is_empty() {
            let more = counted(rest.len(), &format!("more {}", severity.as_str()));
            writeln!(out, "::{} title=crosstally::{more}: the log of this step lists all", command(severity))?;
        }
        unshown.extend(rest);
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
    if unshown.is_empty() {
        return Ok(());
    }
    writeln!(out, "::group::{} without an annotation", counted(unshown.len(), "finding"))?;
    for finding in unshown {
        writeln!(out, "{}", line(finding, report))?;
    }
    writeln!(out, "::endgroup::")
}

fn said(waived: &WaivedFinding) -> String {
    let document = waived.finding.main_document().unwrap_or_default();
    format!("{document}: {}: {}: {}", waived.finding.code, waived.finding.message, decision(waived))
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn write_finding(finding: &Finding, report: &Report, out: &mut dyn Write) -> io::Result<()> {
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
    writeln!(out, "::{} {}::{}", command(finding.severity), properties.join(","), data(&message))
}

/// The finding in one line of the log, which begins with a word of ours and so is never a command.
fn line(finding: &Finding, report: &Report) -> String {
    let place = finding.mentions.first().map(|mention| mention.place);
    let place = finding.main_document().map_or_else(String::new, |document| {
        let path = report.locate.locate(document);
        place.map_or_else(|| path.clone(), |place| location(&path, place))
    });
    let line = format!("{}[{}] {place}: {}", finding.severity.as_str(), finding.code, finding.message);
    // The runner still takes commands of its first form, `##[…]`, anywhere in a line.
    printable_text(&line).replace("##[", "## [")
}

/// Text as a command may hold it, escaped as the `escapeData` of GitHub's toolkit does.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(printable_text).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

/// Text as a property of a command may hold it, escaped as `escapeProperty` does.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
