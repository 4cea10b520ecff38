//! `ingest`: snapshots in, tables of figures and findings out.

use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use crosstally::{
    Ingestion, Timings,
    archive::{LastRun, Memory, Place},
    schema::view::{NoViews, Views},
    spool::Shelf,
    write::{self, Claim, Folder, Format, Header, Written, summary::Summary, terminal::Terminal},
};

use super::{
    error::Result,
    reading::{Today, options, watch},
};
use crate::arguments::{IngestArguments, Loudness};

/// Reads, writes the files, and prints what came of it. Where nothing changed since the last run, its files are left as they are.
pub(crate) fn run(arguments: &IngestArguments, terminal: Terminal, loudness: Loudness, out: &mut dyn Write) -> Result<ExitCode> {
    // Before the reading: nobody waits for an hour to hear that the disk is read-only.
    let folder = Folder::open(&arguments.output)?;
    let _claim = Claim::on(&arguments.output)?;
    let timings = if arguments.timings { Timings::Kept } else { Timings::Dropped };
    let options = options(&arguments.reading, timings, arguments.pictures, Today::IfGiven)?;
    let place = Place {
        folder: arguments.output.clone(),
        memory: if arguments.fresh { Memory::Fresh } else { Memory::Kept },
    };
    let mut ingestion = Ingestion::of(&arguments.reading.paths, &options, Some(&place), &*watch(loudness))?;
    let formats = formats(arguments);
    let digest = format!("{} {formats:?}", ingestion.digest());
    let (unchanged, read) = (ingestion.unchanged(), ingestion.read());
    let (summary, files) = if let Some((summary, last)) = last_run(&ingestion, &digest) {
        tell(
            loudness,
            &format!("nothing changed since the last run: the files are as it left them ({unchanged} unchanged, {read} read again)"),
        );
        (summary, last.files)
    } else {
        if unchanged > 0 {
            tell(loudness, &format!("{unchanged} unchanged since an earlier run, {read} read"));
        }
        let written = written(&mut ingestion, folder, &formats, &arguments.output)?;
        ingestion
            .ledger()
            .keep_run(&digest, &written.files, &written.parts, written.summary.to_bytes());
        (written.summary, written.files)
    };
    for trouble in ingestion.ledger().troubles() {
        tell(loudness, &trouble);
    }
    if loudness == Loudness::Told {
        summary.write(&arguments.output, &files, terminal, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The last run, if this one would write what it wrote.
fn last_run(ingestion: &Ingestion<'_>, digest: &str) -> Option<(Summary, LastRun)> {
    let last = ingestion.ledger().last_run(digest)?;
    Some((Summary::from_bytes(&last.told)?, last))
}

fn written(ingestion: &mut Ingestion<'_>, folder: Folder, formats: &[Format], output: &Path) -> Result<Written> {
    // Beside the outputs: where they have room, what is sorted for them has it too.
    let harvest = ingestion.harvest(Shelf::folder(output))?;
    let pages = formats.contains(&Format::Html).then(|| harvest.pages()).transpose()?;
    let views = pages.as_ref().map_or(&NoViews as &dyn Views, |pages| pages);
    Ok(harvest.on_all_workers(|| write::all(&harvest, views, folder, formats))?)
}

/// Says how the ledger was used, on standard error: what is printed of the result is the same with or without one.
fn tell(loudness: Loudness, words: &str) {
    if loudness == Loudness::Told {
        // Nothing can be told to a user whose standard error is gone.
        let _ = writeln!(io::stderr(), "crosstally: {words}");
    }
}

fn formats(arguments: &IngestArguments) -> Vec<Format> {
    let tagged = |format: &Format| match format {
        Format::Csv(_) if arguments.hxl => Format::Csv(Header::Hxl),
        format => *format,
    };
    let mut formats: Vec<Format> = arguments.format.iter().map(tagged).collect();
    formats.sort_unstable();
    formats.dedup();
    formats
}
