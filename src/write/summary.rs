//! A run's result on one screen: what was read of each family, what was not, the findings that matter most, and where the files are.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
    path::Path,
};

use super::{
    report::{Tally, counted},
    terminal::{Ink, Terminal, clipped, printable_text, wrapped},
};
use crate::schema::{Dataset, DocumentRecord, Finding, PromiseState, Severity, Status};

/// A family with more editions than this is summed up by year.
const EDITIONS_SHOWN: usize = 24;
/// Snapshots that could not be read, errors and warnings: as many as a person looks through, and some of each code.
const UNREAD_SHOWN: usize = 20;
const ERRORS_SHOWN: usize = 20;
const WARNINGS_SHOWN: usize = 10;
const SKIPPED_SHOWN: usize = 10;

/// Codes of findings that say why nothing came of a snapshot.
const UNREAD_CODES: [&str; 4] = ["unreadable", "unknown-family", "no-text-layer", "nothing-read"];

/// What was read of an edition, or of a year's editions.
#[derive(Debug, Clone, Default)]
struct Row {
    text: usize,
    html: usize,
    pdf: usize,
    figures: usize,
    read: usize,
    missing: usize,
    lost: usize,
    findings: Tally,
}

/// Prints the summary of a run that wrote its files to `folder`.
pub fn write(dataset: &Dataset, folder: &Path, files: &[impl AsRef<Path>], terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    write_families(dataset, terminal, out)?;
    let all = files.iter().map(AsRef::as_ref).find(|file| file.ends_with("findings.csv"));
    let list = all.map_or_else(|| "the findings".to_owned(), |file| file.display().to_string());
    let is_unread = |finding: &&Finding| UNREAD_CODES.contains(&finding.code);
    let (unread, read): (Vec<&Finding>, Vec<&Finding>) = dataset.findings.iter().partition(is_unread);
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) = read.into_iter().partition(|finding| finding.severity == Severity::Error);
    let warnings: Vec<&Finding> = others.into_iter().filter(|finding| finding.severity == Severity::Warning).collect();
    for (title, findings, shown) in [
        ("Not read", unread, UNREAD_SHOWN),
        ("Errors", errors, ERRORS_SHOWN),
        ("Warnings", warnings, WARNINGS_SHOWN),
    ] {
        write_findings(title, findings, shown, &list, terminal, out)?;
    }
    write_skipped(dataset, terminal, out)?;
    write_totals(dataset, terminal, out)?;
    let names: Vec<String> = files
        .iter()
        .map(|file| file.as_ref().strip_prefix(folder).unwrap_or(file.as_ref()).display().to_string())
        .collect();
    let written = format!("in {}: {}", folder.display(), names.join(", "));
    for line in wrapped(&written, terminal.width) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn write_families(dataset: &Dataset, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    for (family, editions) in families(dataset) {
        writeln!(out, "{}", terminal.paint(Ink::Strong, &printable_text(family)))?;
        let header = format!(
            "  {:<9}{:>5}{:>5}{:>5}{:>9}{:>7}{:>8}{:>6}{:>8}{:>9}{:>7}",
            "edition", "text", "html", "pdf", "figures", "read", "missing", "lost", "errors", "warnings", "notes"
        );
        writeln!(out, "{}", terminal.paint(Ink::Faint, &header))?;
        for (edition, row) in editions {
            let edition = if edition.is_empty() { "?".to_owned() } else { clipped(&edition, 8) };
            writeln!(
                out,
                "  {edition:<9}{:>5}{:>5}{:>5}{:>9}{:>7}{:>8}{:>6}{:>8}{:>9}{:>7}",
                row.text,
                row.html,
                row.pdf,
                row.figures,
                row.read,
                row.missing,
                row.lost,
                row.findings.errors,
                row.findings.warnings,
                row.findings.notes
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Rows by family and edition; by family and year where the editions would not fit on a screen.
fn families(dataset: &Dataset) -> BTreeMap<&str, BTreeMap<String, Row>> {
    let mut families: BTreeMap<&str, BTreeMap<String, Row>> = BTreeMap::new();
    for extraction in dataset.extractions.iter().filter(|extraction| is_counted(&extraction.document)) {
        let document = &extraction.document;
        let row = families.entry(&document.family).or_default().entry(document.edition.clone()).or_default();
        match document.media_type.as_str() {
            "text/html" => row.html += 1,
            "application/pdf" => row.pdf += 1,
            _ => row.text += 1,
        }
        row.figures += extraction.observations.len();
        for promise in &extraction.promises {
            match promise.state {
                PromiseState::Read => row.read += 1,
                PromiseState::Missing => row.missing += 1,
                PromiseState::Lost => row.lost += 1,
            }
        }
    }
    let documents: HashMap<&str, &DocumentRecord> = dataset
        .extractions
        .iter()
        .map(|extraction| (extraction.document.path.as_str(), &extraction.document))
        .collect();
    for finding in &dataset.findings {
        let mut editions: Vec<(&str, &str)> = finding
            .documents
            .iter()
            .filter_map(|path| documents.get(path.as_str()))
            .filter(|document| is_counted(document))
            .map(|document| (document.family.as_str(), document.edition.as_str()))
            .collect();
        editions.sort_unstable();
        editions.dedup();
        for (family, edition) in editions {
            if let Some(row) = families.get_mut(family).and_then(|editions| editions.get_mut(edition)) {
                row.findings.add(finding.severity);
            }
        }
    }
    for editions in families.values_mut().filter(|editions| editions.len() > EDITIONS_SHOWN) {
        *editions = by_year(std::mem::take(editions));
    }
    families
}

fn is_counted(document: &DocumentRecord) -> bool {
    document.status == Status::Read && !document.family.is_empty()
}

fn by_year(editions: BTreeMap<String, Row>) -> BTreeMap<String, Row> {
    let mut years: BTreeMap<String, Row> = BTreeMap::new();
    for (edition, row) in editions {
        let year = edition.split('-').next().unwrap_or_default().to_owned();
        let sum = years.entry(year).or_default();
        sum.text += row.text;
        sum.html += row.html;
        sum.pdf += row.pdf;
        sum.figures += row.figures;
        sum.read += row.read;
        sum.missing += row.missing;
        sum.lost += row.lost;
        sum.findings.errors += row.findings.errors;
        sum.findings.warnings += row.findings.warnings;
        sum.findings.notes += row.findings.notes;
    }
    years
}

/// Writes `shown` findings at most, each code with its share of them, so that a frequent one does not hide the rest.
fn write_findings(title: &str, mut findings: Vec<&Finding>, shown: usize, list: &str, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    // Stable: within a code, findings stay in the order of the dataset.
    findings.sort_by_key(|finding| (finding.severity, finding.code));
    let codes = findings.chunk_by(|one, other| one.code == other.code).count();
    let share = (shown / codes).max(1);
    writeln!(out, "{}", terminal.paint(Ink::Strong, title))?;
    for of_code in findings.chunk_by(|one, other| one.code == other.code) {
        for finding in of_code.iter().take(share) {
            write_finding(finding, terminal, out)?;
        }
        if of_code.len() > share {
            writeln!(out, "  {} and {} more in {list}", of_code[0].code, of_code.len() - share)?;
        }
    }
    writeln!(out)
}

fn write_finding(finding: &Finding, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let ink = match finding.severity {
        Severity::Error => Ink::Error,
        Severity::Warning => Ink::Warning,
        Severity::Note => Ink::Note,
    };
    let place = match (finding.documents.first(), finding.mentions.first()) {
        (_, Some(mention)) => format!("{}, {}", mention.document, mention.place),
        (Some(document), None) => document.clone(),
        (None, None) => String::new(),
    };
    writeln!(out, "  {} {}", terminal.paint(ink, finding.code), printable_text(&place))?;
    for line in wrapped(&finding.message, terminal.width.saturating_sub(6)) {
        writeln!(out, "      {line}")?;
    }
    Ok(())
}

/// Comparisons that a reader may look for in vain, with the reason.
fn write_skipped(dataset: &Dataset, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    if dataset.skipped.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", terminal.paint(Ink::Strong, "Left alone on purpose"))?;
    for skipped in dataset.skipped.iter().take(SKIPPED_SHOWN) {
        let documents = counted(skipped.documents.len(), "snapshot");
        for line in wrapped(
            &printable_text(&format!("{} ({documents}): {}", skipped.what, skipped.why)),
            terminal.width.saturating_sub(2),
        ) {
            writeln!(out, "  {line}")?;
        }
    }
    if dataset.skipped.len() > SKIPPED_SHOWN {
        writeln!(out, "  and {} more", dataset.skipped.len() - SKIPPED_SHOWN)?;
    }
    writeln!(out)
}

fn write_totals(dataset: &Dataset, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let figures: usize = dataset.extractions.iter().map(|extraction| extraction.observations.len()).sum();
    let duplicates = dataset
        .extractions
        .iter()
        .filter(|extraction| extraction.document.status == Status::Duplicate)
        .count();
    let mut totals = format!("{}, {}", counted(dataset.extractions.len(), "snapshot"), counted(figures, "figure"));
    if duplicates > 0 {
        totals += &format!(", {}", counted(duplicates, "duplicate"));
    }
    totals += &format!("; {}", Tally::of(&dataset.findings));
    if !dataset.waived.is_empty() {
        totals += &format!(", {} waived", dataset.waived.len());
    }
    if dataset.left_out > 0 {
        totals += &format!("; {} left out by .crosstallyignore", counted(dataset.left_out, "file"));
    }
    writeln!(out, "{}", terminal.paint(Ink::Strong, &totals))
}
