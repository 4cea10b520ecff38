//! What `ingest` and `check` share: options of the reading, waivers found beside what is read, and paths that the user can open.

use std::{
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use crosstally::{
    Options, Timings,
    archive::{Bar, Workers},
    schema::Dataset,
    validate::Waivers,
    write::report::Locate,
};
use jiff::{Timestamp, civil::Date, tz::Offset};

use super::error::{Error, Result};
use crate::arguments::Reading;

/// The name under which waivers are looked for.
const WAIVERS: &str = "crosstally.toml";

/// Reads and checks what the arguments name.
pub(crate) fn dataset(reading: &Reading, timings: Timings) -> Result<Dataset> {
    let options = Options {
        workers: reading.jobs.map_or(Workers::Cores, |jobs| Workers::Jobs(NonZeroUsize::from(jobs))),
        profiles: reading.profiles.clone(),
        cross_read: reading.cross_read,
        timings,
        waivers: waivers(reading)?,
    };
    Ok(crosstally::ingest(&reading.paths, &options, &Bar::default())?)
}

fn waivers(reading: &Reading) -> Result<Waivers> {
    let Some(file) = (match &reading.waivers {
        Some(file) => Some(file.clone()),
        None => waivers_beside(&reading.paths)?,
    }) else {
        return Ok(Waivers::default());
    };
    let text = fs::read_to_string(&file).map_err(Error::read(&file))?;
    Ok(Waivers::from_toml(&text, &file.display().to_string(), today())?)
}

/// `crosstally.toml` in a folder that is read, else beside it; beside a file that is read.
fn waivers_beside(paths: &[PathBuf]) -> Result<Option<PathBuf>> {
    let mut found: Option<PathBuf> = None;
    for path in paths {
        let inside = path.join(WAIVERS);
        let beside = path.parent().map(|parent| parent.join(WAIVERS));
        let Some(file) = [Some(inside), beside].into_iter().flatten().find(|file| file.is_file()) else {
            continue;
        };
        match &found {
            Some(first) if !is_same(first, &file) => {
                return Err(Error::Usage(format!(
                    "two files of waivers, {} and {}: name one with --waivers",
                    first.display(),
                    file.display()
                )));
            }
            Some(_) => {}
            None => found = Some(file),
        }
    }
    Ok(found)
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// The day by which waivers hold or not, in UTC.
fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let now = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    Offset::UTC.to_datetime(now.unwrap_or(Timestamp::UNIX_EPOCH)).date()
}

/// The PATHs as given, by which documents can be opened.
#[derive(Debug)]
pub(crate) struct Paths<'a>(pub(crate) &'a [PathBuf]);

impl Locate for Paths<'_> {
    /// The one existing file that the document's path may mean; the bare path where there is none or several.
    fn locate(&self, document: &str) -> String {
        let mut files = self.0.iter().filter_map(|path| {
            let below = path.join(document);
            if below.is_file() {
                Some(below)
            } else {
                (path.is_file() && path.ends_with(document)).then(|| path.clone())
            }
        });
        match (files.next(), files.next()) {
            (Some(file), None) => file.strip_prefix(".").unwrap_or(&file).display().to_string(),
            _ => document.to_owned(),
        }
    }
}
