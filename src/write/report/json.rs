//! Findings for programs: one JSON object, each finding with every column of `findings.csv`, its help and its mentions.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::{
    schema::{Finding, Mention, Provenance, Skipped, WaivedFinding},
    write::{column::push_json_string, finding},
};

/// A mention as published.
#[derive(Serialize)]
struct JsonMention<'a> {
    document: &'a str,
    place: JsonPlace,
    quote: &'a str,
    context: &'a str,
}

/// A place as published.
#[derive(Serialize)]
#[serde(untagged)]
enum JsonPlace {
    Bytes { bytes: [u64; 2], line: u32, column: u32 },
    Box { page: u32, bbox: [f64; 4] },
}

/// Who lives with a finding, why, and until when.
#[derive(Serialize)]
struct JsonWaiver<'a> {
    reason: &'a str,
    owner: &'a str,
    until: &'a str,
}

/// A comparison that was left alone.
#[derive(Serialize)]
struct JsonSkipped<'a> {
    what: &'a str,
    why: &'a str,
    documents: &'a [String],
}

/// Writes the object, a finding a line so that two reports can be set side by side.
///
/// A baseline is read from `findings` alone: what is waived comes back when its waiver ends.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (documents, waived, known) = (report.documents.len(), report.waived.len(), report.known.len());
    write!(
        out,
        r#"{{"tool":{{"name":"{}","version":"{}"}},"documents":{documents},"waived":{waived},"known":{known},"findings":"#,
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
    )?;
    write_lines(report.findings.iter().map(json_finding), out)?;
    out.write_all(br#","waived_findings":"#)?;
    write_lines(report.waived.iter().map(json_waived), out)?;
    out.write_all(br#","skipped":"#)?;
    write_lines(report.skipped.iter().map(json_skipped), out)?;
    writeln!(out, "}}")
}

/// An array, an entry a line.
fn write_lines(entries: impl Iterator<Item = io::Result<String>>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, entry) in entries.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        out.write_all(entry?.as_bytes())?;
    }
    out.write_all(b"\n]")
}

/// The finding with what its waiver says.
fn json_waived(waived: &WaivedFinding) -> io::Result<String> {
    let mut line = json_finding(&waived.finding)?;
    let WaivedFinding { reason, owner, until, .. } = waived;
    line.pop();
    line.push_str(r#","waiver":"#);
    line.push_str(&serde_json::to_string(&JsonWaiver { reason, owner, until })?);
    line.push('}');
    Ok(line)
}

fn json_skipped(skipped: &Skipped) -> io::Result<String> {
    let Skipped { what, why, documents } = skipped;
    Ok(serde_json::to_string(&JsonSkipped { what, why, documents })?)
}

/// A finding as an object on one line.
pub(in crate::write) fn json_finding(finding: &Finding) -> io::Result<String> {
    let mut line = String::from("{");
    for column in finding::COLUMNS {
        push_json_string(column.name, &mut line);
        line.push(':');
        column.of(finding).push_json(column.presence, &mut line);
        line.push(',');
    }
    let mentions: Vec<JsonMention> = finding.mentions.iter().map(json_mention).collect();
    line.push_str(r#""help":"#);
    push_json_string(&finding.help, &mut line);
    line.push_str(r#","method":"#);
    match finding.method {
        Some(method) => push_json_string(method, &mut line),
        None => line.push_str("null"),
    }
    line.push_str(r#","mentions":"#);
    line.push_str(&serde_json::to_string(&mentions)?);
    line.push('}');
    Ok(line)
}

fn json_mention(mention: &Mention) -> JsonMention<'_> {
    let tenths = |points: f64| (points * 10.0).round() / 10.0;
    JsonMention {
        document: &mention.document,
        place: match mention.place {
            Provenance::Bytes { start, end, line, column } => JsonPlace::Bytes {
                bytes: [start, end],
                line,
                column,
            },
            Provenance::Box { page, bbox } => JsonPlace::Box {
                page,
                bbox: bbox.map(tenths),
            },
        },
        quote: &mention.quote,
        context: &mention.context,
    }
}
