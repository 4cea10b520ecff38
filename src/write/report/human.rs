//! Findings for people: one line to grep, the figure underlined in its sentence, the other places, what was expected and what to do.

use std::io::{self, Write};

use super::{Closing, Report, counted, decision, location};
use crate::{
    schema::{Finding, Mention, Severity, WaivedFinding},
    write::terminal::{Ink, Terminal, clipped, clipped_start, columns, printable_text},
};

/// More places than this only tire; `--format json` has them all.
const PLACES_SHOWN: usize = 6;

/// Columns of an excerpt where lines have no end: a line and a half of prose around the figure.
const EXCERPT_AT_MOST: usize = 160;

/// Writes a block for each finding, and a line that sums them up.
pub(super) fn write(report: &Report, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        write_finding(finding, report, terminal, out)?;
        writeln!(out)?;
    }
    for waived in report.waived {
        write_waived(waived, report, terminal, out)?;
    }
    if !report.waived.is_empty() {
        writeln!(out)?;
    }
    if report.closing == Closing::Left {
        return Ok(());
    }
    writeln!(out, "{}", terminal.paint(Ink::Strong, &report.totals()))?;
    if !report.skipped.is_empty() {
        let comparisons = counted(report.skipped.len(), "comparison");
        writeln!(out, "{comparisons} left alone on purpose; `--format json` tells which and why")?;
    }
    if let Some(finding) = report.findings.first() {
        writeln!(out, "`crosstally explain {}` tells more about the first", finding.code)?;
    }
    Ok(())
}

fn write_waived(waived: &WaivedFinding, report: &Report, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let finding = &waived.finding;
    let label = terminal.paint(Ink::Faint, &format!("waived[{}]", finding.code));
    writeln!(out, "{}{label}: {}", place(finding, report), printable_text(&finding.message))?;
    writeln!(
        out,
        "  = {}: {}",
        terminal.paint(Ink::Strong, "reason"),
        printable_text(&decision(waived))
    )
}

/// Where to look first, with a colon behind it.
fn place(finding: &Finding, report: &Report) -> String {
    match (finding.mentions.first(), finding.main_document()) {
        (Some(mention), _) => mention_location(mention, report) + ": ",
        (None, Some(document)) => printable_text(&report.locate.locate(document)) + ": ",
        (None, None) => String::new(),
    }
}

fn write_finding(finding: &Finding, report: &Report, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let (first, others) = match finding.mentions.split_first() {
        Some((first, others)) => (Some(first), others),
        None => (None, [].as_slice()),
    };
    let ink = ink(finding.severity);
    let place = place(finding, report);
    let code = terminal.paint(ink, &format!("{}[{}]", finding.severity.as_str(), finding.code));
    let message = terminal.paint(Ink::Strong, &printable_text(&finding.message));
    writeln!(out, "{place}{code}: {message}")?;
    if let Some(mention) = first {
        excerpt(mention, '^', ink, terminal, out)?;
    }
    for mention in others.iter().take(PLACES_SHOWN - 1) {
        writeln!(out, "  {} {}", terminal.paint(Ink::Faint, "-->"), mention_location(mention, report))?;
        excerpt(mention, '-', Ink::Note, terminal, out)?;
    }
    if others.len() >= PLACES_SHOWN {
        writeln!(
            out,
            "  {} {} more",
            terminal.paint(Ink::Faint, "-->"),
            counted(others.len() + 1 - PLACES_SHOWN, "place")
        )?;
    }
    for (label, text) in [("expected", &finding.expected), ("help", &finding.help)] {
        if !text.is_empty() {
            writeln!(out, "  = {}: {}", terminal.paint(Ink::Strong, label), printable_text(text))?;
        }
    }
    Ok(())
}

fn mention_location(mention: &Mention, report: &Report) -> String {
    location(&printable_text(&report.locate.locate(&mention.document)), mention.place)
}

fn ink(severity: Severity) -> Ink {
    match severity {
        Severity::Error => Ink::Error,
        Severity::Warning => Ink::Warning,
        Severity::Note => Ink::Note,
    }
}

/// The mention's sentence with its words underlined, cut on both sides to the width of the terminal.
fn excerpt(mention: &Mention, underline: char, ink: Ink, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let bar = terminal.paint(Ink::Faint, "|");
    let width = terminal.width.saturating_sub(4).clamp(20, EXCERPT_AT_MOST);
    let Some((before, after)) = mention.around() else {
        return if mention.context.is_empty() {
            Ok(())
        } else {
            writeln!(out, "  {bar} {}", clipped(&mention.context, width))
        };
    };
    let quote = clipped(&mention.quote, width);
    let room = width - columns(&quote);
    // Each side may use what the other leaves.
    let after_wanted = columns(&clipped(after, room));
    let before = clipped_start(before, (room / 2).max(room - after_wanted));
    let after = clipped(after, room - columns(&before));
    writeln!(out, "  {bar} {before}{quote}{after}")?;
    let line = underline.to_string().repeat(columns(&quote).max(1));
    writeln!(out, "  {bar} {}{}", " ".repeat(columns(&before)), terminal.paint(ink, &line))
}
