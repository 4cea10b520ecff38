//! Findings with the figures marked in their sentences, most severe first, by code.

use std::io::{self, Write};

use super::escape::escaped;
use crate::{
    schema::{Dataset, Finding, Mention, Severity},
    write::report::counted,
};

/// More findings of one code than this are counted only; `findings.csv` has them all.
const FINDINGS_SHOWN: usize = 200;
/// More places of one finding than this are counted only.
const PLACES_SHOWN: usize = 12;
/// Characters shown on each side of a figure.
const SURROUNDINGS: usize = 400;

/// Writes a section for each severity.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    for (severity, title) in [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Note, "Notes")] {
        let mut findings: Vec<&Finding> = dataset.findings.iter().filter(|finding| finding.severity == severity).collect();
        if findings.is_empty() {
            continue;
        }
        findings.sort_by_key(|finding| finding.code);
        let name = severity.as_str();
        writeln!(out, "<h2 id=\"{name}s\">{title}</h2>")?;
        for of_code in findings.chunk_by(|one, other| one.code == other.code) {
            write_code(of_code, severity, out)?;
        }
    }
    Ok(())
}

fn write_code(findings: &[&Finding], severity: Severity, out: &mut dyn Write) -> io::Result<()> {
    // Notes are good to know, not to wade through.
    let open = if severity == Severity::Note { "" } else { " open" };
    let code = escaped(findings.first().map_or("", |finding| finding.code));
    writeln!(
        out,
        "<details{open}>\n<summary><code class=\"{}\">{code}</code>, {}</summary>",
        severity.as_str(),
        counted(findings.len(), "finding")
    )?;
    for finding in findings.iter().take(FINDINGS_SHOWN) {
        write_finding(finding, out)?;
    }
    if findings.len() > FINDINGS_SHOWN {
        writeln!(out, "<p class=\"faint\">and {} more</p>", findings.len() - FINDINGS_SHOWN)?;
    }
    writeln!(out, "</details>")
}

fn write_finding(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<article>\n<p><strong>{}</strong></p>", escaped(&finding.message))?;
    if finding.mentions.is_empty() {
        writeln!(out, "<p class=\"place\">{}</p>", escaped(&finding.documents.join(", ")))?;
    }
    for mention in finding.mentions.iter().take(PLACES_SHOWN) {
        writeln!(
            out,
            "<p class=\"place\">{}, {}</p>",
            escaped(&mention.document),
            escaped(&mention.place.to_string())
        )?;
        writeln!(out, "<blockquote>{}</blockquote>", marked(mention))?;
    }
    if finding.mentions.len() > PLACES_SHOWN {
        writeln!(
            out,
            "<p class=\"faint\">and {}</p>",
            counted(finding.mentions.len() - PLACES_SHOWN, "more place")
        )?;
    }
    for (label, text) in [("Expected", &finding.expected), ("What to do", &finding.help)] {
        if !text.is_empty() {
            writeln!(out, "<p>{label}: {}</p>", escaped(text))?;
        }
    }
    writeln!(
        out,
        "<p class=\"faint\">fingerprint <code>{}</code></p>\n</article>",
        escaped(&finding.fingerprint)
    )
}

/// The mention's sentence with its words marked.
fn marked(mention: &Mention) -> String {
    let Some((before, after)) = mention.around() else {
        return escaped(&mention.context.chars().take(2 * SURROUNDINGS).collect::<String>());
    };
    let cut = before
        .char_indices()
        .rev()
        .nth(SURROUNDINGS)
        .map_or(0, |(at, character)| at + character.len_utf8());
    let end = after.char_indices().nth(SURROUNDINGS).map_or(after.len(), |(at, _)| at);
    format!(
        "{}{}<mark>{}</mark>{}{}",
        if cut > 0 { "…" } else { "" },
        escaped(&before[cut..]),
        escaped(&mention.quote),
        escaped(&after[..end]),
        if end < after.len() { "…" } else { "" },
    )
}
