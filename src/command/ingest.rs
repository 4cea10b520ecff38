//! `ingest`: snapshots in, tables of figures and findings out.

use std::{io::Write, process::ExitCode};

use crosstally::{
    Timings,
    write::{self, Claim, Folder, Format, Header, summary, terminal::Terminal},
};

use super::{
    error::Result,
    reading::{Today, dataset_with_pages},
};
use crate::arguments::{IngestArguments, Loudness};

/// Reads, writes the files, and prints what came of it.
pub(crate) fn run(arguments: &IngestArguments, terminal: Terminal, loudness: Loudness, out: &mut dyn Write) -> Result<ExitCode> {
    // Before the reading: nobody waits for an hour to hear that the disk is read-only.
    let folder = Folder::open(&arguments.output)?;
    let _claim = Claim::on(&arguments.output)?;
    let timings = if arguments.timings { Timings::Kept } else { Timings::Dropped };
    let (dataset, pages) = dataset_with_pages(&arguments.reading, timings, arguments.pictures, Today::IfGiven, loudness)?;
    let files = write::all(&dataset, &pages, folder, &formats(arguments))?;
    if loudness == Loudness::Told {
        summary::write(&dataset, &arguments.output, &files, terminal, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn formats(arguments: &IngestArguments) -> Vec<Format> {
    let tagged = |format: &Format| match format {
        Format::Csv(_) if arguments.hxl => Format::Csv(Header::Hxl),
        format => *format,
    };
    arguments.format.iter().map(tagged).collect()
}
