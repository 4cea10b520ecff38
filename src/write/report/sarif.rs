//! Findings as SARIF 2.1.0, the format of code scanning: places in text and HTML are regions, places in PDF are said in words.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use serde_json::{Value, json};

use super::{Report, decision};
use crate::schema::{Finding, Mention, Provenance, WaivedFinding};

/// Writes the log of one run.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let waived = report.waived.iter().map(|waived| &waived.finding);
    let codes: BTreeSet<&str> = report.findings.iter().chain(waived).map(|finding| finding.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code })).collect();
    let mut results: Vec<Value> = report.findings.iter().map(|finding| result(finding, report)).collect();
    results.extend(report.waived.iter().map(|waived| suppressed(waived, report)));
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn result(finding: &Finding, report: &Report) -> Value {
    let mut text = finding.message.clone();
    if !finding.help.is_empty() {
        text = format!("{text}; {}", finding.help);
    }
    let mut locations = finding.mentions.iter().map(|mention| location(mention, report));
    let first = locations
        .next()
        .or_else(|| finding.documents.first().map(|document| file(document, report)));
    let mut result = json!({
        "ruleId": finding.code,
        "level": finding.severity.as_str(),
        "message": { "text": text },
        "locations": first.into_iter().collect::<Vec<_>>(),
        "partialFingerprints": { "crosstally/v1": finding.fingerprint },
    });
    if let Some(method) = finding.method {
        result["properties"] = json!({ "method": method });
    }
    let related: Vec<Value> = locations.collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

/// A finding that a waiver covers: still a result, but nobody has to act on it.
fn suppressed(waived: &WaivedFinding, report: &Report) -> Value {
    let mut result = result(&waived.finding, report);
    result["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": decision(waived) }]);
    result
}

fn location(mention: &Mention, report: &Report) -> Value {
    let mut location = file(&mention.document, report);
    match mention.place {
        Provenance::Bytes { start, end, line, column } => {
            location["physicalLocation"]["region"] = json!({
                "startLine": line,
                "startColumn": column,
                "byteOffset": start,
                "byteLength": end.saturating_sub(start),
                "snippet": { "text": mention.quote },
            });
            location["message"] = json!({ "text": mention.quote });
        }
        place @ Provenance::Box { .. } => location["message"] = json!({ "text": format!("{place}: {}", mention.quote) }),
    }
    location
}

fn file(document: &str, report: &Report) -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&report.locate.locate(document)) } } })
}

/// A path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
