//! Findings as the Markdown of a step's summary in GitHub Actions: what was found in all, and a table of the findings.

use super::{Report, location};
use crate::{
    schema::{Finding, Severity},
    write::terminal::printable_text,
};

/// More rows than this nobody reads; the log and the other formats have them all.
const ROWS_AT_MOST: usize = 500;
/// Characters of a cell.
const CELL_AT_MOST: usize = 600;
/// Bytes kept free for the line that tells how many rows are left out.
const LAST_LINE: usize = 200;

/// The summary in at most `room` bytes: GitHub shows nothing at all of a larger one than it takes.
pub fn step_summary(report: &Report, room: usize) -> String {
    let verdict = if report.fails() { "fails" } else { "passes" };
    let mut summary = format!("## crosstally: the check {verdict}\n\n{}\n\n", report.totals());
    if report.findings.is_empty() {
        return fitting(summary, room);
    }
    summary.push_str("| severity | code | where | what |\n|---|---|---|---|\n");
    let mut rows = 0;
    for finding in report.findings.iter().take(ROWS_AT_MOST) {
        let row = row(finding, report);
        if summary.len() + row.len() + LAST_LINE > room {
            break;
        }
        summary.push_str(&row);
        rows += 1;
    }
    let left_out = report.findings.len() - rows;
    if left_out > 0 {
        summary.push_str(&format!("\n{left_out} more, none more severe than these, in the log.\n"));
    }
    fitting(summary + "\n", room)
}

/// Nothing rather than a piece that ends anywhere.
fn fitting(summary: String, room: usize) -> String {
    if summary.len() > room { String::new() } else { summary }
}

fn row(finding: &Finding, report: &Report) -> String {
    let severity = match finding.severity {
        Severity::Error => "**error**",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = match (finding.mentions.first(), finding.documents.first()) {
        (Some(mention), _) => location(&report.locate.locate(&mention.document), mention.place),
        (None, Some(document)) => report.locate.locate(document),
        (None, None) => String::new(),
    };
    let mut what = finding.message.clone();
    for (label, text) in [("expected", &finding.expected), ("help", &finding.help)] {
        if !text.is_empty() {
            what = format!("{what}; {label}: {text}");
        }
    }
    format!("| {severity} | `{}` | {} | {} |\n", finding.code, cell(&place), cell(&what))
}

/// Text that shows in a cell as it is: no markup, no HTML, no link, no mention of a user, no end of the cell.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == CELL_AT_MOST {
            cell.push('…');
            break;
        }
        match character {
            // CommonMark shows any ASCII punctuation behind a backslash as it is (2.4). A full stop and a colon are among them
            // for the links that GitHub makes of bare addresses, an `@` for its mentions.
            ',' | ';' | '%' | '(' | ')' | '/' | '\'' | '"' | '?' => cell.push(character),
            '@' => cell.push_str("\\@\u{2060}"),
            _ if character.is_ascii_punctuation() => {
                cell.push('\\');
                cell.push(character);
            }
            _ => cell.push(character),
        }
    }
    printable_text(cell.trim())
}
