//! Findings to reports of `check`: one file a format.

mod github;
mod human;
mod json;
mod junit;
mod sarif;
mod sarif_uri;
mod step_summary;

use std::{
    collections::BTreeSet,
    fmt,
    io::{self, Write},
    str::FromStr,
};

use serde::{Deserialize, Serialize};

pub(super) use json::json_finding;
pub use step_summary::step_summary;

use super::terminal::Terminal;
use crate::schema::{Code, Finding, Provenance, Severity, Skipped, WaivedFinding};

/// What a check found.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// Findings to report, most severe first.
    pub findings: &'a [Finding],
    /// Paths of the snapshots that were looked at.
    pub documents: &'a [String],
    /// Least severity that fails the check.
    pub threshold: Severity,
    /// Findings that a waiver covers.
    pub waived: &'a [WaivedFinding],
    /// Figures that were not set against each other on purpose.
    pub skipped: &'a [Skipped],
    /// Findings that the baseline holds.
    pub known: &'a [Finding],
    /// Fingerprints that the baseline holds, where there is one.
    pub baseline: Option<&'a BTreeSet<String>>,
    /// What may be found, by code.
    pub rules: &'a [Rule],
    /// Whether the last lines tell what was found in all.
    pub closing: Closing,
    /// Path of a document as the user can open it.
    pub locate: &'a dyn Locate,
}

/// A kind of finding.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its code, in kebab case.
    pub code: Code,
    /// How bad such findings are, unless one says otherwise.
    pub severity: Severity,
    /// As in [`Finding::level`].
    pub level: u8,
    /// Its page, in Markdown; the first line is its heading.
    pub page: String,
}

impl Rule {
    /// The heading of its page.
    fn title(&self) -> &str {
        self.page.lines().next().unwrap_or_default().trim_start_matches(['#', ' '])
    }

    /// Its page below the heading.
    fn text(&self) -> &str {
        self.page.split_once('\n').map_or("", |(_, text)| text).trim()
    }
}

/// Whether a report for people ends with what was found in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Closing {
    /// It does.
    #[default]
    Told,
    /// Findings are all that is printed.
    Left,
}

impl Report<'_> {
    /// Whether a finding reaches the threshold.
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity <= self.threshold)
    }

    /// `1 error, 2 warnings, 0 notes in 5 documents; 1 waived`.
    fn totals(&self) -> String {
        let mut totals = format!("{} in {}", Tally::of(self.findings), counted(self.documents.len(), "document"));
        if !self.waived.is_empty() {
            totals += &format!("; {} waived", self.waived.len());
        }
        if !self.known.is_empty() {
            totals += &format!("; {} known from the baseline", self.known.len());
        }
        totals
    }
}

/// Tells where a document can be opened.
pub trait Locate: fmt::Debug {
    /// The path to open, for a document's path below the PATH given.
    fn locate(&self, document: &str) -> String;
}

/// Documents stand where their paths say.
#[derive(Debug, Clone, Copy)]
pub struct AsNamed;

impl Locate for AsNamed {
    fn locate(&self, document: &str) -> String {
        document.to_owned()
    }
}

/// A form of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// For people: each figure underlined in its sentence.
    Human,
    /// One JSON object, also the baseline of a later check.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit` XML, for test reports.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
}

impl ReportFormat {
    /// All formats, in the order they are offered.
    pub const ALL: &[Self] = &[Self::Human, Self::Json, Self::Sarif, Self::Junit, Self::Github];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
        }
    }

    /// Writes the report.
    pub fn write(self, report: &Report, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Human => human::write(report, terminal, out),
            Self::Json => json::write(report, out),
            Self::Sarif => sarif::write(report, out),
            Self::Junit => junit::write(report, out),
            Self::Github => github::write(report, out),
        }
    }
}

impl fmt::Display for ReportFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A form of report that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown format, there is: {}", ReportFormat::ALL.iter().map(|format| format.as_str()).collect::<Vec<_>>().join(", "))]
pub struct UnknownReportFormat;

impl FromStr for ReportFormat {
    type Err = UnknownReportFormat;

    fn from_str(name: &str) -> Result<Self, UnknownReportFormat> {
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.as_str() == name)
            .ok_or(UnknownReportFormat)
    }
}

/// Findings by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many notes.
    pub notes: usize,
}

impl Tally {
    /// Counts findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            tally.add(finding.severity);
        }
        tally
    }

    /// Counts one more.
    pub fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { errors, warnings, notes } = *self;
        write!(
            formatter,
            "{}, {}, {}",
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(notes, "note")
        )
    }
}

/// `1 error`, `2 errors`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Who lives with a finding, why, and until when.
fn decision(waived: &WaivedFinding) -> String {
    format!("{} ({}, until {})", waived.reason, waived.owner, waived.until)
}

/// The first mention's place as editors and `grep` know it: `file:line:column`, or `file: page 2, box [x0 top x1 bottom]`.
fn location(path: &str, place: Provenance) -> String {
    match place {
        Provenance::Bytes { line, column, .. } => format!("{path}:{line}:{column}"),
        Provenance::Box {
            page,
            bbox: [x0, top, x1, bottom],
        } => format!("{path}: page {page}, box [{x0:.1} {top:.1} {x1:.1} {bottom:.1}]"),
    }
}
