//! Findings as SARIF 2.1.0, the format of code scanning: places in text and HTML are regions, places in PDF are said in words and numbers.
//!
//! Waived findings are there as suppressed, known ones as unchanged, as section 3.27 of the standard has it.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use serde_json::{Value, json};

use super::{Report, Rule, decision, sarif_uri::artifact};
use crate::{
    schema::{Finding, Mention, Provenance, Severity},
    write::terminal::printable_text,
};

/// Code scanning refuses a run with more, and sorts by severity what it shows of them.
const RESULTS_AT_MOST: usize = 25_000;
/// Code scanning shows no more places of one result.
const PLACES_AT_MOST: usize = 100;
/// Characters that code scanning takes of a description.
const DESCRIPTION_AT_MOST: usize = 1_000;

/// Writes the log of one run.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules: HashMap<&str, usize> = report.rules.iter().enumerate().map(|(index, rule)| (rule.code, index)).collect();
    let fresh = report.findings.iter().map(|finding| (finding, None));
    let known = report.known.iter().map(|finding| (finding, None));
    let waived = report.waived.iter().map(|waived| (&waived.finding, Some(decision(waived))));
    let all: Vec<(&Finding, Option<String>)> = fresh.chain(known).chain(waived).collect();
    let results: Vec<Value> = all
        .iter()
        .take(RESULTS_AT_MOST)
        .map(|(finding, reason)| result(finding, reason.as_deref(), &rules, report))
        .collect();
    let left_out = all.len() - results.len();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "shortDescription": { "text": "Figures of published reports, and what does not add up among them." },
                "rules": report.rules.iter().map(descriptor).collect::<Vec<_>>(),
            } },
            "invocations": [invocation(report, left_out)],
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "The top folder of the repository, else the folder that crosstally ran in." } } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(rule: &Rule) -> Value {
    let (title, text) = (rule.title(), rule.text());
    let summary = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let subject = match rule.level {
        0 => "one snapshot's form",
        1 => "within one snapshot",
        2 => "between editions",
        _ => "between publishers",
    };
    let mut descriptor = json!({
        "id": rule.code,
        "shortDescription": { "text": sentence(title) },
        "fullDescription": { "text": start(&summary, DESCRIPTION_AT_MOST) },
        "help": { "text": text.replace("**", ""), "markdown": text },
        "defaultConfiguration": { "level": rule.severity.as_str() },
        "properties": { "tags": [subject] },
    });
    // A name that says no more than the code is to be left out (3.49.7).
    if rule.code.contains('-') {
        descriptor["name"] = json!(pascal_case(rule.code));
    }
    descriptor
}

/// `total-differs` as the standard writes names of rules: `TotalDiffers`.
fn pascal_case(code: &str) -> String {
    code.split('-').map(capitalised).collect()
}

fn sentence(title: &str) -> String {
    let title = title.split_once(": ").map_or(title, |(_, words)| words);
    capitalised(title) + "."
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|character| character.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

fn start(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// How the run ended; without times and command line, so that the same findings are the same bytes.
fn invocation(report: &Report, left_out: usize) -> Value {
    let (code, description) = if report.fails() {
        (1, "findings at or above the threshold")
    } else {
        (0, "nothing at or above the threshold")
    };
    let mut invocation = json!({
        "executionSuccessful": true,
        "exitCode": code,
        "exitCodeDescription": format!("{description}, {}", report.threshold.as_str()),
    });
    if left_out > 0 {
        let text = format!("{left_out} findings, the least severe, are left out: a run may hold {RESULTS_AT_MOST}");
        invocation["toolExecutionNotifications"] = json!([{ "level": "warning", "message": { "text": text } }]);
    }
    invocation
}

fn result(finding: &Finding, reason: Option<&str>, rules: &HashMap<&str, usize>, report: &Report) -> Value {
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
        "kind": "fail",
        "level": level(finding.severity),
        "message": { "text": plain(&text) },
        "locations": first.into_iter().collect::<Vec<_>>(),
        // The first is the one that code scanning follows an alert by, the second outlives changes of how it is made.
        "partialFingerprints": { "primaryLocationLineHash": finding.fingerprint, "crosstally/v1": finding.fingerprint },
        "properties": { "printed": finding.printed, "expected": finding.expected, "observations": finding.observations },
    });
    if let Some(method) = finding.method {
        result["properties"]["method"] = json!(method);
    }
    if let Some(index) = rules.get(finding.code) {
        result["ruleIndex"] = json!(index);
    }
    let related: Vec<Value> = locations.take(PLACES_AT_MOST).collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(baseline) = report.baseline {
        let state = if baseline.contains(&finding.fingerprint) { "unchanged" } else { "new" };
        result["baselineState"] = json!(state);
    }
    // All results of a run say whether they are suppressed, or none does (3.27.23).
    if !report.waived.is_empty() {
        let suppressions = reason.map(|reason| json!({ "kind": "external", "status": "accepted", "justification": reason }));
        result["suppressions"] = suppressions.into_iter().collect();
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn location(mention: &Mention, report: &Report) -> Value {
    let mut location = file(&mention.document, report);
    let quote = printable_text(&mention.quote);
    match mention.place {
        Provenance::Bytes { start, end, line, column } => {
            let length = end.saturating_sub(start);
            let region = &mut location["physicalLocation"]["region"];
            *region = json!({
                "startLine": line.max(1),
                "startColumn": column.max(1),
                "byteOffset": start,
                "byteLength": length,
                "snippet": { "text": mention.quote },
            });
            // Where the quote is not what stands in the file, letter by letter, the column it ends in is not known.
            if length == mention.quote.len() as u64 && !mention.quote.contains(['\n', '\r']) {
                let characters = u32::try_from(mention.quote.chars().count()).unwrap_or(u32::MAX);
                region["endLine"] = json!(line.max(1));
                region["endColumn"] = json!(column.max(1).saturating_add(characters));
            }
            location["message"] = json!({ "text": plain(&quote) });
        }
        place @ Provenance::Box { page, bbox } => {
            location["message"] = json!({ "text": plain(&format!("{place}: {quote}")) });
            let tenths = bbox.map(|points| (points * 10.0).round() / 10.0);
            location["properties"] = json!({ "page": page, "bbox": tenths });
        }
    }
    location
}

fn file(document: &str, report: &Report) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(&report.locate.locate(document)) } })
}

/// Text as a message of SARIF may hold it: nothing in it is a placeholder (3.11.5) or a link (3.11.6).
fn plain(text: &str) -> String {
    printable_text(text).replace('{', "{{").replace('}', "}}").replace("](", "] (")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_report_becomes_a_link_or_a_placeholder() {
        assert_eq!(
            plain("[look](https://example.org) {0}\u{1b}\n"),
            "[look] (https://example.org) {{0}}\u{fffd} "
        );
    }

    #[test]
    fn a_code_gives_the_name_of_its_rule() {
        assert_eq!(pascal_case("sign-contradicts-arrow"), "SignContradictsArrow");
        assert_eq!(sentence("total-differs: parts do not add up"), "Parts do not add up.");
    }
}
