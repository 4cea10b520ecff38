//! `check`: snapshots in, findings out, and an exit code that a pipeline can act on.

use std::{fs, io::Write, process::ExitCode};

use crosstally::{
    Timings,
    validate::Baseline,
    write::{report::Report, terminal::Terminal},
};

use super::{
    error::{Error, Result},
    reading::{Paths, Today, dataset},
};
use crate::arguments::CheckArguments;

/// Reads, checks, and prints the findings that the baseline does not hold.
pub(crate) fn run(arguments: &CheckArguments, terminal: Terminal, out: &mut dyn Write) -> Result<ExitCode> {
    let baseline = match &arguments.baseline {
        Some(file) => {
            let text = fs::read_to_string(file).map_err(Error::read(file))?;
            let baseline = Baseline::from_json(&text).map_err(|source| Error::Baseline { path: file.clone(), source });
            Some(baseline?)
        }
        None => None,
    };
    let dataset = dataset(&arguments.reading, Timings::Dropped, Today::OfTheClock)?;
    let found = dataset.findings.len();
    let findings = match baseline {
        Some(baseline) => baseline.new_only(dataset.findings),
        None => dataset.findings,
    };
    let documents: Vec<String> = dataset.extractions.into_iter().map(|extraction| extraction.document.path).collect();
    let threshold = arguments.fail_on.severity();
    let report = Report {
        findings: &findings,
        documents: &documents,
        threshold,
        waived: &dataset.waived,
        skipped: &dataset.skipped,
        known: found - findings.len(),
        locate: &Paths(&arguments.reading.paths),
    };
    arguments.format.write(&report, terminal, out)?;
    let fails = findings.iter().any(|finding| finding.severity <= threshold);
    Ok(ExitCode::from(u8::from(fails)))
}
