//! The command line as the user writes it: commands, flags, and their help.

use std::{num::NonZeroU16, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use crosstally::{
    PageChoice, Pictures,
    input::Limits,
    schema::Severity,
    write::{
        Format,
        report::{ReportFormat, UnknownReportFormat},
    },
};

/// Pulls every figure out of published displacement dashboards (text, HTML, PDF), with the place each came from, and flags what does not add up.
#[derive(Debug, Parser)]
#[command(name = "crosstally", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) printing: Printing,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How any command prints.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_display_order = 900)]
pub(crate) struct Printing {
    /// Print nothing beside what was asked for: no progress, no closing lines, no summary
    #[arg(long, short, global = true)]
    quiet: bool,
    /// When to print in colour; auto heeds `NO_COLOR` and `CLICOLOR_FORCE`
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    pub(crate) color: When,
}

impl Printing {
    /// How much is said beside what was asked for.
    pub(crate) fn loudness(self) -> Loudness {
        if self.quiet { Loudness::Quiet } else { Loudness::Told }
    }
}

/// How much is said beside what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loudness {
    /// How far a run is, and what came of it.
    Told,
    /// Nothing.
    Quiet,
}

/// When to print in colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

const EXIT_CODES: &str = "Exit codes: 0 nothing at or above the threshold; 1 findings at or above it (check); \
2 wrong usage, faulty profile, or output that cannot be written.";

/// A command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports and write their figures and findings as tables
    Ingest(IngestArguments),
    /// Read reports and print what a reader should look at
    Check(CheckArguments),
    /// Print a report as it is read: text, tables and charts with their places
    Show(ShowArguments),
    /// Explain a finding code, an indicator, or a place
    Explain(ExplainArguments),
    /// Print every value ever printed for a series, by edition
    History(HistoryArguments),
    /// List the families that are known, try profiles on reports, or draft a new one
    Profile(ProfileArguments),
    /// Print the JSON Schema of what is written
    Schema(SchemaArguments),
    /// Print the completions of a shell, to be put where it looks for them
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page of the program, or of one command
    #[command(after_help = MANUAL)]
    Manual(ManualArguments),
    /// Read snapshots for a run that starts this
    #[command(hide = true)]
    Worker {
        /// Folder of profiles that are used beside the built-in ones
        #[arg(long, value_name = "DIR")]
        profiles: Option<PathBuf>,
    },
}

const COMPLETIONS: &str = "  crosstally completions bash > ~/.local/share/bash-completion/completions/crosstally
  crosstally completions zsh > \"${fpath[1]}/_crosstally\"
  crosstally completions fish > ~/.config/fish/completions/crosstally.fish
  crosstally completions powershell >> $PROFILE
  crosstally completions elvish >> ~/.config/elvish/rc.elv";

const MANUAL: &str = "  crosstally manual | man -l -                          read it
  crosstally manual --to ~/.local/share/man/man1        install it, a page a command: `man crosstally-check`";

/// Arguments of `manual`.
#[derive(Debug, Args)]
pub(crate) struct ManualArguments {
    /// The command whose page it is [default: the program's own]
    #[arg(value_name = "COMMAND", conflicts_with = "to")]
    pub(crate) command: Option<String>,
    /// Write all pages into a folder instead
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,
}

/// What is read, and how.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Files, folders (read with all below them, hidden files skipped), globs, or archives (.zip, .tar.gz, .warc.gz)
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How many snapshots are read at a time [default: one a core]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<NonZeroU16>,
    /// Folder of profiles that are used beside the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(crate) profiles: Option<PathBuf>,
    /// Findings to live with [default: crosstally.toml in or beside the PATH]
    #[arg(long, value_name = "FILE")]
    pub(crate) waivers: Option<PathBuf>,
    /// Day that waivers are held against [default: `SOURCE_DATE_EPOCH`, else today for check; for ingest all hold]
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<jiff::civil::Date>,
    /// Read each PDF with a second, independent reader too, and report where the two see other numbers: recommended for a family that is new
    #[arg(long)]
    pub(crate) cross_read: bool,
    #[command(flatten)]
    pub(crate) bounds: Bounds,
}

/// Where what may break a reader is read, and how much it may take.
#[derive(Debug, Args)]
pub(crate) struct Bounds {
    /// Where PDFs and large snapshots are read: process (one that breaks its reader costs itself alone), none (a broken one may end the run)
    #[arg(long, value_name = "HOW", value_enum, default_value_t = Isolated::Process)]
    pub(crate) isolation: Isolated,
    /// Seconds after which a reader gives up on a snapshot
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().seconds, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) time_limit: u64,
    /// Memory that a process may take to read a snapshot, in KiB, MiB or GiB
    #[arg(long, value_name = "SIZE", default_value = "2GiB", value_parser = size)]
    pub(crate) memory_limit: u64,
}

/// The same for a command that reads one file.
#[derive(Debug, Args)]
pub(crate) struct FileBounds {
    #[command(flatten)]
    pub(crate) bounds: Bounds,
    /// This is the process that another started to read in
    #[arg(long, hide = true)]
    pub(crate) apart: bool,
}

/// Where snapshots are read that may break a reader, on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Isolated {
    Process,
    None,
}

fn size(text: &str) -> Result<u64, String> {
    let fault = || "it takes a whole number with its unit, such as 512MiB or 2GiB".to_owned();
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit: u64 = match unit.trim_start() {
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return Err(fault()),
    };
    let number: u64 = number.parse().map_err(|_| fault())?;
    number.checked_mul(unit).filter(|bytes| *bytes > 0).ok_or_else(fault)
}

/// More threads than this only wait for each other.
const MOST_JOBS: u16 = 1024;

fn jobs(text: &str) -> Result<NonZeroU16, String> {
    let jobs = text.parse().ok().filter(|jobs: &NonZeroU16| jobs.get() <= MOST_JOBS);
    jobs.ok_or_else(|| format!("it takes a number from 1 to {MOST_JOBS}"))
}

/// Arguments of `ingest`.
#[derive(Debug, Args)]
pub(crate) struct IngestArguments {
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Folder that the files are written to
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub(crate) output: PathBuf,
    /// Formats to write, separated by commas: csv, jsonl, parquet, xlsx, sqlite, sdmx-csv, html (report/index.html)
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "csv,jsonl,html")]
    pub(crate) format: Vec<Format>,
    /// Of which PDFs the report holds drawn pages: all, flagged (with an error or a warning), none
    #[arg(long, value_name = "WHICH", default_value_t = Pictures::All)]
    pub(crate) pictures: Pictures,
    /// Write a row of HXL tags below the names in every CSV file
    #[arg(long)]
    pub(crate) hxl: bool,
    /// Fill the milliseconds of documents.csv, which then differs from run to run
    #[arg(long)]
    pub(crate) timings: bool,
    /// Read all snapshots anew, whatever earlier runs knew of them
    #[arg(long)]
    pub(crate) fresh: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// How to print the findings: human, json, sarif, junit, github
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ReportFormat,
    /// Write the findings in another format to a file too; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = copy)]
    pub(crate) also: Vec<(ReportFormat, PathBuf)>,
    /// Leave out the findings of an earlier `check --format json`
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Least severity that makes the exit code 1 (a warning does not, unless asked for)
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = Threshold::Error)]
    pub(crate) fail_on: Threshold,
}

fn copy(text: &str) -> Result<(ReportFormat, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("it takes a format and a file, such as sarif=findings.sarif")?;
    let format = format.parse().map_err(|error: UnknownReportFormat| error.to_string())?;
    match PathBuf::from(file) {
        file if file.file_name().is_some() => Ok((format, file)),
        _ => Err(format!("`{file}` names no file")),
    }
}

/// A severity, on the command line; what is as severe or more makes the check fail.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Threshold {
    Error,
    Warning,
    Note,
}

impl Threshold {
    /// The least severity that makes the check fail.
    pub(crate) fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

/// Arguments of `show`.
#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// The report
    pub(crate) file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Print the claims that its sentences make of figures beside, and whether each may hold
    #[arg(long, conflicts_with = "json")]
    pub(crate) claims: bool,
    /// Draw each page of a PDF with what was read laid over it, as NAME-1.png, NAME-2.png, … in a folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["json", "claims"])]
    pub(crate) picture: Option<PathBuf>,
    /// Draw these pages only: 3, 2-4, or 2- for all from the second on
    #[arg(long, value_name = "PAGES", requires = "picture", value_parser = pages)]
    pub(crate) pages: Option<PageChoice>,
    /// Folder of profiles whose figures are drawn, beside the built-in ones
    #[arg(long, value_name = "DIR", requires = "picture")]
    pub(crate) profiles: Option<PathBuf>,
    /// Print, or with --picture draw, one stage of how the tables of a PDF are found instead, from its words to its tables
    #[arg(long, value_enum, conflicts_with = "claims")]
    pub(crate) stage: Option<Stage>,
    #[command(flatten)]
    pub(crate) bounds: FileBounds,
}

/// A stage of how tables are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    Words,
    Edges,
    Intersections,
    Cells,
    Tables,
}

impl Stage {
    /// The word on the command line, and in the JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Edges => "edges",
            Self::Intersections => "intersections",
            Self::Cells => "cells",
            Self::Tables => "tables",
        }
    }
}

fn pages(text: &str) -> Result<PageChoice, String> {
    let fault = || "it takes a page or two with a dash between, such as 3, 2-4 or 2-".to_owned();
    let number = |text: &str| text.trim().parse().ok().filter(|page: &u32| *page > 0).ok_or_else(fault);
    let choice = match text.split_once('-') {
        None => number(text).map(|page| PageChoice { first: page, last: page })?,
        Some((first, "")) => PageChoice {
            first: number(first)?,
            ..PageChoice::default()
        },
        Some((first, last)) => PageChoice {
            first: number(first)?,
            last: number(last)?,
        },
    };
    if choice.first <= choice.last { Ok(choice) } else { Err(fault()) }
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// A finding code (total-differs), an indicator (`new_arrivals`), or a place (SRB, Serbia, or UNHCR's code)
    #[arg(value_name = "CODE|INDICATOR|PLACE", required = true, num_args = 1..)]
    pub(crate) word: Vec<String>,
}

/// Arguments of `history`.
#[derive(Debug, Args)]
#[command(after_help = SERIES)]
pub(crate) struct HistoryArguments {
    /// The series: INDICATOR[/WORD]…, see below
    pub(crate) series: String,
    /// Folder that an earlier `ingest` wrote
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub(crate) output: PathBuf,
    /// Print JSON Lines, one printed mention each
    #[arg(long)]
    pub(crate) json: bool,
}

const SERIES: &str = "A series is an indicator, then words that narrow it, in any order, separated by `/` or `:`.
A word is a statistic, a sex, a group, an area or an origin that occurs in the data (the area
where it may be either), or the year, month or day in which the figure's days end; COLUMN=VALUE
names the column. What is not narrowed is listed in full.

  mixed_movements                    all of the indicator
  persons_present/SRB                those present in Serbia
  persons_present/WBALK/2024-07      those present in the region at the end of July 2024
  asylum_applications:WBALK          applications in the Western Balkans as a whole
  persons_present/UASC               the children among those present
  registrations_on_arrival/share/ALB/SYR
                                     the share of Syrians on arrival in Albania
  registrations_on_arrival/origin=SYR/publisher=IOM/edition=2024-12
                                     Syrians in one edition";

/// Arguments of `profile`.
#[derive(Debug, Args)]
pub(crate) struct ProfileArguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: ProfileCommand,
}

/// A command of `profile`.
#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    /// List families with their layouts
    List {
        /// Folder of profiles that are listed beside the built-in ones
        #[arg(long, value_name = "DIR")]
        profiles: Option<PathBuf>,
    },
    /// Show what profiles read of reports, and which numbers they leave; exit code 1 where a report is unknown or misses a figure
    Test(Reading),
    /// Print the draft of a profile that recognises a report
    New {
        /// A report of the family
        file: PathBuf,
        /// Name of the family [default: the file's]
        #[arg(long, value_name = "NAME")]
        family: Option<String>,
        #[command(flatten)]
        bounds: FileBounds,
    },
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// Lines of the .jsonl file of this name (those of findings.jsonl are the entries of `check --format json`, too), or all that `check --format json` prints
    #[arg(value_enum)]
    pub(crate) table: SchemaTable,
}

/// A table that has a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SchemaTable {
    Observations,
    Findings,
    Documents,
    Coverage,
    Vintages,
    Check,
}
