//! crosstally pulls every figure out of published displacement dashboards and flags what does not add up.
//!
//! The data flows `archive → input → layout → parse → profiles → schema → validate → write`.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Instant,
};

use rust_decimal::Decimal;

pub mod archive;
mod error;
pub mod input;
pub mod layout;
pub mod parse;
pub mod schema;
pub mod validate;
pub mod write;

pub use error::Error;

use input::Limits;
use parse::Profiles;

/// How snapshots are read and checked.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Snapshots read at a time; as many as there are cores where not told.
    pub jobs: Option<usize>,
    /// Folder of profiles beside the built-in ones.
    pub profiles: Option<PathBuf>,
    /// Whether each PDF is read with the second reader too.
    pub cross_read: bool,
    /// Whether the dataset tells how long each snapshot took.
    pub timings: bool,
    /// Findings to live with.
    pub waivers: validate::Waivers,
}

/// Reads and checks all snapshots of the paths, with a progress bar on standard error where that is a terminal.
pub fn ingest(paths: &[PathBuf], options: &Options) -> Result<schema::Dataset, Error> {
    let profiles = profiles(options.profiles.as_deref())?;
    let limits = Limits::default();
    let collection = archive::snapshots(paths, &archive::Limits::default())?;
    let workers = options.jobs.and_then(NonZeroUsize::new).map_or(archive::Workers::Cores, archive::Workers::Jobs);
    let timings: Mutex<BTreeMap<String, u64>> = Mutex::default();
    let extractions = archive::run(&collection, workers, &archive::Bar::default(), |record, bytes| {
        let started = options.timings.then(Instant::now);
        let path = record.path.clone();
        let extraction = extract(bytes, record, &profiles, &limits, options.cross_read);
        if let Some(started) = started {
            let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
            timings.lock().unwrap_or_else(PoisonError::into_inner).insert(path, milliseconds);
        }
        extraction
    })?;
    let judgement = validate::judge(&extractions, &options.waivers);
    let milliseconds = timings.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(schema::Dataset { extractions, findings: judgement.findings, waived: judgement.waived, milliseconds })
}

/// The built-in profiles and those of a folder, where one of the same family takes the place of the built-in.
pub fn profiles(folder: Option<&Path>) -> Result<Profiles, Error> {
    let mut profiles = Profiles::embedded()?;
    if let Some(folder) = folder {
        let own = Profiles::load(folder)?;
        profiles.families.retain(|known| !own.families.iter().any(|other| other.family == known.family));
        profiles.families.extend(own.families);
        profiles.families.sort_by(|one, other| one.family.cmp(&other.family));
    }
    Ok(profiles)
}

/// Reads one snapshot the whole way to its figures. What cannot be read is an extraction that says so.
pub fn extract(bytes: &[u8], mut record: schema::DocumentRecord, profiles: &Profiles, limits: &Limits, cross_read: bool) -> schema::Extraction {
    let name = record.path.rsplit('/').next().unwrap_or_default().to_owned();
    match input::read(bytes, &name, limits) {
        Ok(document) => {
            let mut extraction = parse::extract(&document, record, profiles);
            if cross_read && document.media_type == "application/pdf" {
                let _ = &mut extraction; // TEMP
            }
            extraction
        }
        Err(error) => {
            record.status = schema::Status::Unreadable;
            schema::Extraction { document: record, facts: vec![schema::Fact::Unreadable { cause: error.to_string() }], ..schema::Extraction::default() }
        }
    }
}

/// Reads one file as a document.
pub fn read(file: &Path) -> Result<layout::Document, ReadError> {
    let limits = Limits::default();
    let mut bytes = Vec::new();
    if fs::metadata(file)?.is_dir() {
        return Err(ReadError::Open(io::ErrorKind::IsADirectory.into()));
    }
    // One byte more than is allowed tells a file that is too long, even one that never ends.
    File::open(file)?.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(input::read(&bytes, &name, &limits)?)
}

/// Why one file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Its bytes cannot be had.
    #[error("it cannot be opened")]
    Open(#[from] io::Error),
    /// Its bytes are no report.
    #[error(transparent)]
    Content(#[from] input::InputError),
}

/// The number that a chart's label prints, with its unit where the label tells it; nothing where the label may mean several.
///
/// No profile is at hand here, so that `1.234`, a thousand to some and a little over one to others, is left unread.
pub fn label_value(label: &str) -> Option<(Decimal, Option<&'static str>)> {
    use parse::number::{NumberConvention, NumberKind};
    let numbers = parse::number::read(label, &NumberConvention::english(), parse::language::Language::english());
    let ([figure], []) = (numbers.figures.as_slice(), numbers.malformed.as_slice()) else {
        return None;
    };
    let unit = match figure.kind {
        NumberKind::Count => None,
        NumberKind::Percent => Some("percent"),
        NumberKind::Points => Some("percentage_points"),
    };
    let ambiguous = figure.in_range || (figure.kind == NumberKind::Count && figure.value.scale() == 3);
    (!ambiguous).then_some((figure.value, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(label: &str, expected: Option<(&str, Option<&'static str>)>) {
        let actual = label_value(label).map(|(value, unit)| (value.normalize().to_string(), unit));
        assert_eq!(actual, expected.map(|(value, unit)| (value.to_owned(), unit)), "{label}");
    }

    #[test]
    fn a_label_is_read_where_it_can_mean_one_number_only() {
        check("7,900", Some(("7900", None)));
        check("36%", Some(("36", Some("percent"))));
        check("3.4", Some(("3.4", None)));
        check("2020", Some(("2020", None)));
        check("1.234", None);
        check("120 (36%)", None);
        check("Jan", None);
        check("", None);
    }
}
