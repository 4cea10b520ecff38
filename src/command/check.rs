//! `check`: snapshots in, findings out, and an exit code that a pipeline can act on.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crosstally::{
    Timings,
    validate::{self, Baseline},
    write::{
        Folder, WriteError,
        report::{Closing, Report, ReportFormat, Rule, step_summary},
        terminal::Terminal,
    },
};

use super::{
    error::{Error, Result},
    reading::{Paths, Today, dataset},
    workspace::Workspace,
};
use crate::arguments::{CheckArguments, Loudness};

/// Bytes that GitHub takes as the summary of a step.
const SUMMARY_AT_MOST: u64 = 1 << 20;

/// Reads, checks, and prints the findings that the baseline does not hold.
pub(crate) fn run(arguments: &CheckArguments, terminal: Terminal, loudness: Loudness, out: &mut dyn Write) -> Result<ExitCode> {
    let baseline = arguments.baseline.as_deref().map(baseline).transpose()?;
    // Before the reading: nobody waits to hear that a file cannot be written.
    let copies = arguments.also.iter().map(|(format, file)| Ok((*format, copy(file)?)));
    let copies: Vec<(ReportFormat, Copy)> = copies.collect::<Result<_>>()?;
    let dataset = dataset(&arguments.reading, Timings::Dropped, Today::OfTheClock, loudness)?;
    let (known, findings): (Vec<_>, Vec<_>) = dataset
        .findings
        .into_iter()
        .partition(|finding| baseline.as_ref().is_some_and(|baseline| baseline.holds(finding)));
    let documents: Vec<String> = dataset.extractions.into_iter().map(|extraction| extraction.document.path).collect();
    let rules = rules();
    let (here, workspace) = (Paths(&arguments.reading.paths), Workspace::around(Paths(&arguments.reading.paths)));
    let report = Report {
        findings: &findings,
        documents: &documents,
        threshold: arguments.fail_on.severity(),
        waived: &dataset.waived,
        skipped: &dataset.skipped,
        known: &known,
        baseline: baseline.as_ref().map(Baseline::fingerprints),
        rules: &rules,
        closing: if loudness == Loudness::Quiet { Closing::Left } else { Closing::Told },
        locate: &here,
    };
    let in_workspace = Report {
        locate: &workspace,
        ..report
    };
    let seen_by = |format| match format {
        ReportFormat::Sarif | ReportFormat::Github => &in_workspace,
        ReportFormat::Human | ReportFormat::Json | ReportFormat::Junit => &report,
    };
    for (format, copy) in copies {
        copy.folder
            .write(&copy.name, |out| format.write(seen_by(format), Terminal::UNBROKEN, out))?;
        copy.folder.finish()?;
    }
    if let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) {
        append_summary(Path::new(&file), &in_workspace)?;
    }
    arguments.format.write(seen_by(arguments.format), terminal, out)?;
    Ok(ExitCode::from(u8::from(report.fails())))
}

fn baseline(file: &Path) -> Result<Baseline> {
    let text = fs::read_to_string(file).map_err(Error::read(file))?;
    Baseline::from_json(&text).map_err(|source| Error::Baseline {
        path: file.to_owned(),
        source,
    })
}

/// A file that the findings are written to as well.
struct Copy {
    folder: Folder,
    name: String,
}

fn copy(file: &Path) -> Result<Copy> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Copy {
        folder: Folder::open(folder.unwrap_or(Path::new(".")))?,
        name,
    })
}

fn rules() -> Vec<Rule> {
    let rules = validate::codes().iter().map(|check| Rule {
        code: check.code,
        severity: check.severity,
        level: check.level,
        page: check.explanation(),
    });
    rules.collect()
}

/// Adds to what earlier commands of the step wrote there.
fn append_summary(file: &Path, report: &Report) -> Result<()> {
    let fault = |source| WriteError {
        path: PathBuf::from(file),
        source,
    };
    let mut summary = OpenOptions::new().create(true).append(true).open(file).map_err(fault)?;
    let taken = summary.metadata().map_err(fault)?.len();
    let room = usize::try_from(SUMMARY_AT_MOST.saturating_sub(taken)).unwrap_or(0);
    summary.write_all(step_summary(report, room).as_bytes()).map_err(fault)?;
    Ok(())
}
