//! A run's result on one screen: what was read of each family, what was not, the findings that matter most, and where the files are.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{
    report::{Tally, counted},
    tables::Tables,
    terminal::{Ink, Terminal, clipped, printable_text, wrapped},
};
use crate::schema::{DocumentRecord, Finding, Results, Severity, Status};

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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// What is printed of a run, apart from the names of its files: small enough to be kept beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    families: BTreeMap<String, BTreeMap<String, Row>>,
    unread: Vec<OfCode>,
    errors: Vec<OfCode>,
    warnings: Vec<OfCode>,
    skipped: Vec<Left>,
    totals: Totals,
}

/// Findings of one code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct OfCode {
    code: String,
    severity: Severity,
    /// Place and message of those that are shown.
    shown: Vec<(String, String)>,
    more: usize,
}

/// A comparison left alone: what and why, and how many snapshots are concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Left {
    what: String,
    why: String,
    snapshots: usize,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Totals {
    snapshots: usize,
    figures: usize,
    duplicates: usize,
    findings: Tally,
    waived: usize,
    left_out: usize,
}

/// Prints the summary of a run that wrote its files to `folder`.
pub fn write(results: &dyn Results, folder: &Path, files: &[impl AsRef<Path>], terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    Summary::of(&Tables::of(results)?)?.write(folder, files, terminal, out)
}

impl Summary {
    /// Counts and picks what is printed.
    pub fn of(tables: &Tables<'_>) -> io::Result<Self> {
        let (mut unread, mut errors, mut warnings) = (Picked::default(), Picked::default(), Picked::default());
        let mut families = Families::of(tables);
        let mut findings = Tally::default();
        tables.results.each_finding(&mut |finding| {
            findings.add(finding.severity);
            families.add(finding);
            match finding.severity {
                _ if UNREAD_CODES.contains(&finding.code) => unread.add(finding, UNREAD_SHOWN),
                Severity::Error => errors.add(finding, ERRORS_SHOWN),
                Severity::Warning => warnings.add(finding, WARNINGS_SHOWN),
                Severity::Note => {}
            }
            Ok(())
        })?;
        let left = tables.results.skipped().iter().map(|skipped| Left {
            what: skipped.what.clone(),
            why: skipped.why.clone(),
            snapshots: skipped.documents.len(),
        });
        Ok(Self {
            families: families.finish(),
            unread: unread.finish(UNREAD_SHOWN),
            errors: errors.finish(ERRORS_SHOWN),
            warnings: warnings.finish(WARNINGS_SHOWN),
            skipped: left.collect(),
            totals: totals(tables, findings),
        })
    }

    /// The summary as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("every field has a packed form, and memory grows")
    }

    /// The summary that [`Self::to_bytes`] was called on; none where the bytes hold none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// Prints it, for a run that wrote its files to `folder`.
    pub fn write(&self, folder: &Path, files: &[impl AsRef<Path>], terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
        write_families(&self.families, terminal, out)?;
        let all = files.iter().map(AsRef::as_ref).find(|file| file.ends_with("findings.csv"));
        let list = all.map_or_else(|| "the findings".to_owned(), |file| file.display().to_string());
        for (title, findings) in [("Not read", &self.unread), ("Errors", &self.errors), ("Warnings", &self.warnings)] {
            write_findings(title, findings, &list, terminal, out)?;
        }
        write_skipped(&self.skipped, terminal, out)?;
        write_totals(&self.totals, terminal, out)?;
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
}

fn write_families(families: &BTreeMap<String, BTreeMap<String, Row>>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    for (family, editions) in families {
        writeln!(out, "{}", terminal.paint(Ink::Strong, &printable_text(family)))?;
        let header = format!(
            "  {:<9}{:>5}{:>5}{:>5}{:>9}{:>7}{:>8}{:>6}{:>8}{:>9}{:>7}",
            "edition", "text", "html", "pdf", "figures", "read", "missing", "lost", "errors", "warnings", "notes"
        );
        writeln!(out, "{}", terminal.paint(Ink::Faint, &header))?;
        for (edition, row) in editions {
            let edition = if edition.is_empty() { "?".to_owned() } else { clipped(edition, 8) };
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

/// Rows by family and edition.
struct Families<'a> {
    rows: BTreeMap<String, BTreeMap<String, Row>>,
    /// The documents that are counted, by path.
    documents: HashMap<&'a str, &'a DocumentRecord>,
}

impl<'a> Families<'a> {
    fn of(tables: &'a Tables<'_>) -> Self {
        let mut rows: BTreeMap<String, BTreeMap<String, Row>> = BTreeMap::new();
        let counted = || tables.documents.iter().filter(|document| is_counted(&document.record));
        for document in counted() {
            let record = &document.record;
            let row = rows.entry(record.family.clone()).or_default().entry(record.edition.clone()).or_default();
            match record.media_type.as_str() {
                "text/html" => row.html += 1,
                "application/pdf" => row.pdf += 1,
                _ => row.text += 1,
            }
            let [read, missing, lost] = document.promises;
            row.figures += document.observations;
            row.read += read;
            row.missing += missing;
            row.lost += lost;
        }
        Self {
            rows,
            documents: counted().map(|document| (document.record.path.as_str(), &document.record)).collect(),
        }
    }

    /// Counts a finding once for each edition that it is about.
    fn add(&mut self, finding: &Finding) {
        let documents = finding.documents.iter().filter_map(|path| self.documents.get(path.as_str()));
        let mut editions: Vec<(&str, &str)> = documents.map(|document| (document.family.as_str(), document.edition.as_str())).collect();
        editions.sort_unstable();
        editions.dedup();
        for (family, edition) in editions {
            if let Some(row) = self.rows.get_mut(family).and_then(|editions| editions.get_mut(edition)) {
                row.findings.add(finding.severity);
            }
        }
    }

    /// By family and year where the editions would not fit on a screen.
    fn finish(mut self) -> BTreeMap<String, BTreeMap<String, Row>> {
        for editions in self.rows.values_mut().filter(|editions| editions.len() > EDITIONS_SHOWN) {
            *editions = by_year(std::mem::take(editions));
        }
        self.rows
    }
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

/// Findings by severity and code: the first of each, and how many there are.
#[derive(Default)]
struct Picked(BTreeMap<(Severity, &'static str), OfCode>);

impl Picked {
    /// Takes a finding, of which `shown` are shown at most.
    fn add(&mut self, finding: &Finding, shown: usize) {
        let of_code = self.0.entry((finding.severity, finding.code)).or_insert_with(|| OfCode {
            code: finding.code.to_owned(),
            severity: finding.severity,
            shown: Vec::new(),
            more: 0,
        });
        if of_code.shown.len() < shown {
            of_code.shown.push((place(finding), finding.message.clone()));
        } else {
            of_code.more += 1;
        }
    }

    /// Each code has its share of what is shown, so that a frequent one does not hide the rest.
    fn finish(self, shown: usize) -> Vec<OfCode> {
        let mut codes: Vec<OfCode> = Vec::new();
        for of_code in self.0.into_values() {
            match codes.last_mut().filter(|last| last.code == of_code.code) {
                Some(last) => {
                    last.shown.extend(of_code.shown);
                    last.more += of_code.more;
                }
                None => codes.push(of_code),
            }
        }
        let share = (shown / codes.len().max(1)).max(1);
        for of_code in &mut codes {
            of_code.more += of_code.shown.len().saturating_sub(share);
            of_code.shown.truncate(share);
        }
        codes
    }
}

fn place(finding: &Finding) -> String {
    match (finding.documents.first(), finding.mentions.first()) {
        (_, Some(mention)) => format!("{}, {}", mention.document, mention.place),
        (Some(document), None) => document.clone(),
        (None, None) => String::new(),
    }
}

fn write_findings(title: &str, findings: &[OfCode], list: &str, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", terminal.paint(Ink::Strong, title))?;
    for OfCode { code, severity, shown, more } in findings {
        let ink = match severity {
            Severity::Error => Ink::Error,
            Severity::Warning => Ink::Warning,
            Severity::Note => Ink::Note,
        };
        for (place, message) in shown {
            writeln!(out, "  {} {}", terminal.paint(ink, code), printable_text(place))?;
            for line in wrapped(message, terminal.width.saturating_sub(6)) {
                writeln!(out, "      {line}")?;
            }
        }
        if *more > 0 {
            writeln!(out, "  {code} and {more} more in {list}")?;
        }
    }
    writeln!(out)
}

/// Comparisons that a reader may look for in vain, with the reason.
fn write_skipped(skipped: &[Left], terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    if skipped.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", terminal.paint(Ink::Strong, "Left alone on purpose"))?;
    for Left { what, why, snapshots } in skipped.iter().take(SKIPPED_SHOWN) {
        let documents = counted(*snapshots, "snapshot");
        for line in wrapped(&printable_text(&format!("{what} ({documents}): {why}")), terminal.width.saturating_sub(2)) {
            writeln!(out, "  {line}")?;
        }
    }
    if skipped.len() > SKIPPED_SHOWN {
        writeln!(out, "  and {} more", skipped.len() - SKIPPED_SHOWN)?;
    }
    writeln!(out)
}

fn totals(tables: &Tables<'_>, findings: Tally) -> Totals {
    let documents = &tables.documents;
    Totals {
        snapshots: documents.len(),
        figures: documents.iter().map(|document| document.observations).sum(),
        duplicates: documents.iter().filter(|document| document.record.status == Status::Duplicate).count(),
        findings,
        waived: tables.results.waived().len(),
        left_out: tables.results.left_out(),
    }
}

fn write_totals(totals: &Totals, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let mut words = format!("{}, {}", counted(totals.snapshots, "snapshot"), counted(totals.figures, "figure"));
    if totals.duplicates > 0 {
        words += &format!(", {}", counted(totals.duplicates, "duplicate"));
    }
    words += &format!("; {}", totals.findings);
    if totals.waived > 0 {
        words += &format!(", {} waived", totals.waived);
    }
    if totals.left_out > 0 {
        words += &format!("; {} left out by .crosstallyignore", counted(totals.left_out, "file"));
    }
    writeln!(out, "{}", terminal.paint(Ink::Strong, &words))
}
