//! `show`: a report as it is read, for people or as JSON.

mod claims;
mod grid;
mod human;
mod json;
mod picture;
mod progress;
mod stage;

use std::{io::Write, process::ExitCode};

use crosstally::{
    layout::{Chart, Document, MarkReading, MarkUnit, Point, Region},
    write::terminal::Terminal,
};
use rust_decimal::Decimal;

use self::progress::Progress;
use super::{
    apart,
    error::{Error, Result},
    reading::limits,
};
use crate::arguments::{Loudness, ShowArguments};

/// Prints the document.
pub(crate) fn run(arguments: &ShowArguments, terminal: Terminal, loudness: Loudness, out: &mut (dyn Write + Send)) -> Result<ExitCode> {
    let mut progress = Progress::of(arguments, loudness);
    let sign = &mut |said: &str| progress.sign(said);
    apart::run(&arguments.file, &arguments.bounds, &["show"], sign, || {
        show(arguments, terminal, loudness, out)
    })
}

fn show(arguments: &ShowArguments, terminal: Terminal, loudness: Loudness, out: &mut dyn Write) -> Result<ExitCode> {
    let limits = limits(&arguments.bounds.bounds);
    if let Some(folder) = &arguments.picture {
        return picture::run(arguments, folder, loudness, out);
    }
    if let Some(stage) = arguments.stage {
        stage::run(arguments, stage, &limits, terminal, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = &arguments.file;
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    if arguments.claims {
        let document = crosstally::read(file, &limits).map_err(Error::read(file))?;
        claims::write(&name, &document, terminal, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (document, unread) = crosstally::read_with_pictures(file, &limits).map_err(Error::read(file))?;
    if arguments.json {
        json::write(&name, &document, &unread, out)?;
    } else {
        human::write(&name, &document, &unread, terminal, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What a point of a chart says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Reading {
    /// The number printed at it.
    Label(Decimal),
    /// The length of its mark, where no number is printed.
    Mark(MarkReading),
}

/// What a point says: its label where that is a number, else its mark.
fn reading(chart: &Chart, point: &Point) -> Option<Reading> {
    let value = |point: &Point| crosstally::label_value(&point.label.as_ref()?.string);
    let by_mark = || {
        let (label, mark) = (point.label.as_ref()?, point.mark?);
        // Labels that may all mean two things make a scale that may, too.
        let plain = chart.series.iter().flat_map(|series| &series.points).filter_map(value).count();
        let known = mark.from_axis || plain >= 2;
        known.then(|| crosstally::label_value_at(&label.string, mark.value, mark.error)).flatten()
    };
    match value(point).or_else(by_mark) {
        Some((value, _)) => Some(Reading::Label(value)),
        None => point.mark.map(Reading::Mark),
    }
}

/// The unit that every label of a chart has, or every mark where none is labelled, if there is one such.
fn unit(chart: &Chart) -> Option<&'static str> {
    let points = || chart.series.iter().flat_map(|series| &series.points);
    if points().all(|point| point.label.is_none()) {
        let mut marks = points().filter_map(|point| point.mark).peekable();
        let percent = marks.peek().is_some() && marks.all(|mark| mark.unit == MarkUnit::Percent);
        return percent.then_some("percent");
    }
    let mut units = chart
        .series
        .iter()
        .flat_map(|series| &series.points)
        .filter_map(|point| crosstally::label_value(&point.label.as_ref()?.string))
        .map(|(_, unit)| unit);
    let first = units.next()??;
    units.all(|unit| unit == Some(first)).then_some(first)
}

/// Bytes of the file as published, for text and HTML.
fn bytes(document: &Document, start: usize, end: usize) -> [u64; 2] {
    let to_file = |at: usize| document.source.as_ref().map_or(at as u64, |source| source.to_file(at));
    [to_file(start), to_file(end)]
}

/// A place as a person looks it up.
fn place(document: &Document, region: Region) -> String {
    match region {
        Region::Bytes { start, end } => {
            let [first, last] = bytes(document, start, end);
            let (line, column) = document.source.as_ref().map_or((1, 1), |source| source.line_column(start));
            format!("line {line}, column {column}, bytes {first}-{last}")
        }
        Region::Box { page, bbox } => format!("page {page} [{:.1} {:.1} {:.1} {:.1}]", bbox.x0, bbox.top, bbox.x1, bbox.bottom),
    }
}
