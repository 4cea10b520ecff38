//! `profile`: the families that are known, what a profile reads of given reports, and a draft for a new one.

mod draft;

use std::{io::Write, path::Path, process::ExitCode};

use crosstally::{
    Timings,
    parse::profile::Profile,
    schema::{Extraction, Fact, PromiseState, Status},
    write::{
        report::counted,
        terminal::{Ink, Terminal, wrapped},
    },
};

use super::{
    apart,
    error::{Error, Result},
    reading::{Today, dataset, limits},
};
use crate::arguments::{Loudness, ProfileArguments, ProfileCommand};

/// Runs the command asked for.
pub(crate) fn run(arguments: &ProfileArguments, terminal: Terminal, loudness: Loudness, out: &mut (dyn Write + Send)) -> Result<ExitCode> {
    match &arguments.command {
        ProfileCommand::List { profiles } => list(profiles.as_deref(), terminal, out),
        ProfileCommand::Test(reading) => {
            let dataset = dataset(reading, Timings::Dropped, Today::IfGiven, loudness)?;
            let mut passed = true;
            for extraction in &dataset.extractions {
                passed &= is_whole(extraction);
                write_extraction(extraction, terminal, out)?;
            }
            Ok(ExitCode::from(u8::from(!passed)))
        }
        ProfileCommand::New { file, family, bounds } => apart::run(file, bounds, &["profile", "new"], &mut |_| {}, || {
            let document = crosstally::read(file, &limits(&bounds.bounds)).map_err(Error::read(file))?;
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            out.write_all(draft::profile(&document, family.as_deref().unwrap_or(&stem)).as_bytes())?;
            Ok(ExitCode::SUCCESS)
        }),
    }
}

fn list(folder: Option<&Path>, terminal: Terminal, out: &mut dyn Write) -> Result<ExitCode> {
    for family in &crosstally::profiles(folder)?.families {
        writeln!(out, "{}", terminal.paint(Ink::Strong, &family.family))?;
        writeln!(out, "  {}", family.title)?;
        writeln!(out, "  {}, {}, {}", family.publisher, family.area, counted(family.rules.len(), "rule"))?;
        write_layouts(family, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write_layouts(family: &Profile, out: &mut dyn Write) -> Result<()> {
    for layout in &family.layouts {
        let to = if layout.to.is_empty() { "now" } else { &layout.to };
        let (required, promised) = (layout.requires.len(), layout.promises.len());
        let figures = format!("{required} required in every edition, {promised} in charts and tiles");
        writeln!(out, "  layout {}: {} to {to}, {figures}", layout.id, layout.from)?;
    }
    Ok(())
}

/// Whether a profile knows the report and misses nothing that it requires.
fn is_whole(extraction: &Extraction) -> bool {
    let misses = extraction.promises.iter().any(|promise| promise.state == PromiseState::Missing);
    match extraction.document.status {
        Status::Read => !misses && !extraction.observations.is_empty(),
        Status::Duplicate => true,
        Status::Unreadable | Status::UnknownFamily => false,
    }
}

fn write_extraction(extraction: &Extraction, terminal: Terminal, out: &mut dyn Write) -> Result<()> {
    let document = &extraction.document;
    let told = match document.status {
        Status::Read => {
            let figures = counted(extraction.observations.len(), "figure");
            format!("{} {}, layout {}, {figures}", document.family, document.edition, document.layout)
        }
        status => status.as_str().to_owned(),
    };
    writeln!(out, "{}: {told}", terminal.paint(Ink::Strong, &document.path))?;
    for state in [PromiseState::Read, PromiseState::Lost, PromiseState::Missing] {
        let of_state = extraction.promises.iter().filter(|promise| promise.state == state);
        let rules: Vec<&str> = of_state.map(|promise| promise.rule.rsplit('/').next().unwrap_or_default()).collect();
        write_names(state.as_str(), &rules, terminal, out)?;
    }
    let unclaimed = extraction.facts.iter().filter_map(|fact| match fact {
        Fact::Unclaimed { mention } => Some(format!("{} ({})", mention.quote, mention.place)),
        _ => None,
    });
    let unclaimed: Vec<String> = unclaimed.collect();
    write_names("unclaimed", &unclaimed.iter().map(String::as_str).collect::<Vec<_>>(), terminal, out)
}

fn write_names(label: &str, names: &[&str], terminal: Terminal, out: &mut dyn Write) -> Result<()> {
    for (index, line) in wrapped(&names.join(", "), terminal.width.saturating_sub(13)).iter().enumerate() {
        let label = if index == 0 { label } else { "" };
        writeln!(out, "  {label:<10} {line}")?;
    }
    Ok(())
}
