//! crosstally pulls every figure out of published displacement dashboards and flags what does not add up.
//!
//! The data flows `archive → input → layout → parse → profiles → schema → validate → write`.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

pub mod archive;
mod error;
mod harvest;
mod ingestion;
pub mod input;
pub mod isolation;
pub mod layout;
mod overlay;
mod pages;
pub mod parse;
pub mod schema;
pub mod spool;
pub mod validate;
pub mod write;

pub use error::Error;
pub use harvest::Harvest;
pub use ingestion::Ingestion;
pub use input::sheet::NotDrawn;
pub use overlay::{DrawError, DrawOptions, Drawing, PageChoice, PagePicture, TableStage};
pub use pages::{Pages, Pictures, UnknownPictures};

use archive::{Watch, Workers};
use input::{InputError, Limits};
use isolation::Isolation;
use parse::{
    Profiles,
    language::Language,
    number::{self, NumberConvention, NumberKind},
};
use schema::{Dataset, DocumentRecord, Extraction, Fact, Want};
use validate::Waivers;

/// How snapshots are read and checked.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Snapshots read at a time.
    pub workers: Workers,
    /// Folder of profiles beside the built-in ones; a family of the same name replaces the built-in.
    pub profiles: Option<PathBuf>,
    /// Whether each PDF is read with the second reader too.
    pub readers: Readers,
    /// Whether the dataset tells how long each snapshot took.
    pub timings: Timings,
    /// Findings to live with.
    pub waivers: Waivers,
    /// Of which PDFs the pages are drawn, once they are shown.
    pub pictures: Pictures,
    /// How far a reader goes before it gives up on a snapshot.
    pub limits: Limits,
    /// Where snapshots are read that may break a reader.
    pub isolation: Isolation,
}

/// By how many readers each PDF is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Readers {
    /// By the one that figures come from.
    #[default]
    One,
    /// By a second, independent one too, whose numbers must be the same.
    Both,
}

/// Whether the dataset tells how long each snapshot took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Timings {
    /// It does not: outputs are the same bytes every run.
    #[default]
    Dropped,
    /// It does.
    Kept,
}

/// Reads and checks all snapshots of the paths.
///
/// The result depends on their content and on the options only, not on the number of workers.
pub fn ingest(paths: &[PathBuf], options: &Options, watch: &dyn Watch) -> Result<Dataset, Error> {
    Ok(ingest_with_pages(paths, options, watch)?.0)
}

/// As [`ingest`], with the way back to what was read, for formats that show it.
pub fn ingest_with_pages(paths: &[PathBuf], options: &Options, watch: &dyn Watch) -> Result<(Dataset, Pages), Error> {
    Ingestion::of(paths, options, None, watch)?.finish()
}

/// The built-in profiles and those of a folder; a family of the same name replaces the built-in.
pub fn profiles(folder: Option<&Path>) -> Result<Profiles, Error> {
    let mut profiles = Profiles::embedded()?;
    if let Some(folder) = folder {
        let own = Profiles::load(folder)?;
        profiles
            .families
            .retain(|built_in| own.families.iter().all(|family| family.family != built_in.family));
        profiles.families.extend(own.families);
        profiles.families.sort_by(|one, other| one.family.cmp(&other.family));
    }
    Ok(profiles)
}

/// One snapshot the whole way; what cannot be read is a fact of it.
fn extract(record: DocumentRecord, bytes: &[u8], limits: &Limits, profiles: &Profiles, readers: Readers) -> Extraction {
    match input::read(bytes, name(&record.path), limits) {
        Ok(document) => {
            let mut extraction = parse::extract(&document, record, profiles);
            if readers == Readers::Both {
                extraction.facts.extend(input::disagreements(bytes, &document, limits));
            }
            extraction
        }
        Err(error) => Extraction::unreadable(record, fact(&error)),
    }
}

/// What the checks are told of a snapshot of so many bytes, where that is more than is read.
fn too_long(bytes: u64, limits: &Limits) -> Option<Fact> {
    input::too_long(bytes, limits).map(|error| fact(&error))
}

/// What the checks are told of a snapshot that cannot be read.
fn fact(error: &InputError) -> Fact {
    let cause = error.to_string();
    match error {
        InputError::OverTime { .. } => Fact::GivenUp { cause, want: Want::Time },
        InputError::OverLimit { .. } => Fact::GivenUp { cause, want: Want::Less },
        _ => Fact::Unreadable { cause },
    }
}

/// The name of a document's file.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Reads one file as a document.
pub fn read(file: &Path, limits: &Limits) -> Result<layout::Document, ReadError> {
    Ok(read_bytes(file, limits)?.1)
}

/// As [`read`], with the pictures in it that look as if they held figures, which nobody reads.
pub fn read_with_pictures(file: &Path, limits: &Limits) -> Result<(layout::Document, Vec<layout::Region>), ReadError> {
    let (bytes, document) = read_bytes(file, limits)?;
    let pictures = input::pictures_with_figures(&bytes, &document, limits);
    Ok((document, pictures))
}

fn read_bytes(file: &Path, limits: &Limits) -> Result<(Vec<u8>, layout::Document), ReadError> {
    let bytes = bytes_of(file, limits)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let document = input::read(&bytes, &name, limits)?;
    Ok((bytes, document))
}

/// The stages by which the tables of each page of a PDF are found; none for other media.
pub fn stages(file: &Path, limits: &Limits) -> Result<Option<Vec<layout::table::Stages>>, ReadError> {
    let bytes = bytes_of(file, limits)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(input::stages(&bytes, &name, limits)?)
}

/// Whether reading a file may take more stack, memory or time than there is.
pub fn may_do_harm(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match fs::metadata(file) {
        Ok(metadata) if metadata.is_file() => {
            let mut start = Vec::new();
            let looked = File::open(file).and_then(|file| file.take(input::HARMLESS as u64 + 1).read_to_end(&mut start));
            looked.is_ok() && input::may_do_harm(&start, &name)
        }
        // What can be read only once is not looked into.
        Ok(metadata) => !metadata.is_dir(),
        // The reader says why it cannot be opened.
        Err(_) => false,
    }
}

/// The bytes of one file.
fn bytes_of(file: &Path, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    if fs::metadata(file)?.is_dir() {
        return Err(ReadError::Open(io::ErrorKind::IsADirectory.into()));
    }
    // One byte more than is allowed tells a file that is too long, even one that never ends.
    File::open(file)?.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What the sentences of a document claim of figures printed beside, as they are read without a profile.
pub fn claims(document: &layout::Document, name: &str) -> Vec<schema::Claim> {
    parse::claims(document, name)
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
    let numbers = number::read(label, &NumberConvention::english(), Language::english());
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

/// The number that a label prints whose separators may mean two things, where one of them is what its mark says.
///
/// `1.130` at a mark of 1,128 is a thousand and some; at a mark of 1.1 it is left unread.
pub fn label_value_at(label: &str, mark: f64, error: f64) -> Option<(Decimal, Option<&'static str>)> {
    let close = |value: f64| (value - mark).abs() <= (2.0 * error).max(0.03 * mark.abs());
    let mut meant = [NumberConvention::english(), NumberConvention::continental()]
        .iter()
        .filter_map(|convention| {
            let numbers = number::read(label, convention, Language::english());
            let ([figure], []) = (numbers.figures.as_slice(), numbers.malformed.as_slice()) else {
                return None;
            };
            let unit = (figure.kind == NumberKind::Percent).then_some("percent");
            (!figure.in_range && close(figure.value.to_f64()?)).then_some((figure.value, unit))
        })
        .collect::<Vec<_>>();
    meant.dedup();
    match meant.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
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
    fn what_a_reader_wanted_is_told() {
        let wants = |bytes: &[u8], limits: Limits| {
            let profiles = Profiles { families: Vec::new() };
            extract(DocumentRecord::default(), bytes, &limits, &profiles, Readers::One).facts
        };
        let page = "<!doctype html><p>some 7,900</p>".repeat(10_000);
        let late = Limits {
            seconds: 0,
            ..Limits::default()
        };
        let cause = "over a limit: reading it takes more than 0 seconds".to_owned();
        assert_eq!(wants(page.as_bytes(), late), [Fact::GivenUp { cause, want: Want::Time }]);
        let short = Limits {
            text_bytes: 5,
            ..Limits::default()
        };
        let cause = "over a limit: the text has 10 bytes, more than 5".to_owned();
        assert_eq!(wants(b"some 7,900", short), [Fact::GivenUp { cause, want: Want::Less }]);
        let cause = "the file is empty".to_owned();
        assert_eq!(wants(b"", Limits::default()), [Fact::Unreadable { cause }]);
    }

    #[test]
    fn a_mark_tells_which_of_two_numbers_a_label_means() {
        let at = |label, mark: f64| label_value_at(label, mark, 0.01 * mark).map(|(value, _)| value.normalize().to_string());
        assert_eq!(at("1.130", 1128.0).as_deref(), Some("1130"));
        assert_eq!(at("1.130", 1.128), None);
        assert_eq!(at("1.130", 11.3), None);
        assert_eq!(at("Jan", 11.3), None);
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
