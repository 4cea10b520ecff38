//! Findings for programs: one JSON object, each finding with every column of `findings.csv`, its help and its mentions.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::{
    schema::{Finding, Mention, Provenance},
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

/// Writes the object, a finding a line so that two reports can be set side by side.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let Report { waived, known, .. } = report;
    let documents = report.documents.len();
    write!(
        out,
        r#"{{"tool":{{"name":"{}","version":"{}"}},"documents":{documents},"waived":{waived},"known":{known},"findings":["#,
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
    )?;
    for (index, finding) in report.findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        out.write_all(json_finding(finding)?.as_bytes())?;
    }
    writeln!(out, "\n]}}")
}

fn json_finding(finding: &Finding) -> io::Result<String> {
    let mut line = String::from("{");
    for column in finding::COLUMNS {
        push_json_string(column.name, &mut line);
        line.push(':');
        (column.value)(finding).push_json(column.presence, &mut line);
        line.push(',');
    }
    let mentions: Vec<JsonMention> = finding.mentions.iter().map(json_mention).collect();
    line.push_str(r#""help":"#);
    push_json_string(&finding.help, &mut line);
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
