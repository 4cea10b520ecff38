//! The snapshots of a run once more, for people to look at: paths in, drawn pages and inert text out.

use std::{
    collections::{BTreeSet, HashMap},
    fmt, io,
    num::NonZeroUsize,
    panic::{AssertUnwindSafe, catch_unwind},
    str::FromStr,
    sync::Arc,
};

use crate::{
    Options,
    archive::{Collection, Snapshot, Workers, Written},
    input::{self, Limits},
    isolation::Pool,
    schema::{
        Results, Severity, Status,
        view::{View, Views},
    },
};

/// Of which PDFs the pages are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pictures {
    /// Of all.
    #[default]
    All,
    /// Of those with an error or a warning.
    Flagged,
    /// Of none.
    None,
}

impl Pictures {
    /// All choices, in the order they are offered.
    pub const ALL: &[Self] = &[Self::All, Self::Flagged, Self::None];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Flagged => "flagged",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Pictures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A choice of pictures that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it takes one of: {}", Pictures::ALL.iter().map(|pictures| pictures.as_str()).collect::<Vec<_>>().join(", "))]
pub struct UnknownPictures;

impl FromStr for Pictures {
    type Err = UnknownPictures;

    fn from_str(name: &str) -> Result<Self, UnknownPictures> {
        Self::ALL
            .iter()
            .copied()
            .find(|pictures| pictures.as_str() == name)
            .ok_or(UnknownPictures)
    }
}

/// The snapshots of a run, read anew when they are to be shown.
///
/// Nothing of them is kept in memory: an archive of any size can be shown, one snapshot after the other.
#[derive(Debug)]
pub struct Pages {
    snapshots: HashMap<String, Snapshot>,
    hashes: HashMap<String, String>,
    /// Documents whose pages are drawn; all where there is no list.
    drawn: Option<BTreeSet<String>>,
    workers: usize,
    limits: Limits,
    isolated: Option<Arc<Pool>>,
    bar: Written,
}

impl Pages {
    /// The snapshots behind a run's result.
    pub(crate) fn of(collection: &Collection, results: &dyn Results, options: &Options, isolated: Option<Arc<Pool>>) -> io::Result<Self> {
        let snapshots = collection.snapshots.iter().map(|snapshot| (snapshot.path.clone(), snapshot.clone()));
        let mut hashes = HashMap::new();
        results.extractions().each(&mut |extraction| {
            let document = &extraction.document;
            if !matches!(document.status, Status::Duplicate | Status::Unreadable) {
                hashes.insert(document.path.clone(), document.hash.clone());
            }
            Ok(())
        })?;
        let drawn = match options.pictures {
            Pictures::All => None,
            Pictures::Flagged => Some(flagged(results)?),
            Pictures::None => Some(BTreeSet::new()),
        };
        Ok(Self {
            snapshots: snapshots.collect(),
            hashes,
            drawn,
            workers: match options.workers {
                Workers::Cores => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
                Workers::Jobs(jobs) => jobs.get(),
            },
            limits: options.limits,
            isolated,
            bar: Written::default(),
        })
    }
}

/// Documents with an error or a warning.
fn flagged(results: &dyn Results) -> io::Result<BTreeSet<String>> {
    let mut flagged = BTreeSet::new();
    results.each_finding(&mut |finding| {
        if finding.severity < Severity::Note {
            flagged.extend(finding.documents.iter().cloned());
        }
        Ok(())
    })?;
    Ok(flagged)
}

impl Views for Pages {
    fn view(&self, document: &str) -> Result<View, String> {
        let (Some(snapshot), Some(hash)) = (self.snapshots.get(document), self.hashes.get(document)) else {
            return Err("it could not be read".to_owned());
        };
        let pictures = match &self.drawn {
            Some(drawn) if !drawn.contains(document) => input::Pictures::LeftOut,
            _ => input::Pictures::Drawn,
        };
        let name = crate::name(document);
        let bytes = guarded(|| snapshot.read_bytes().map_err(|error| error.to_string()))?;
        if blake3::hash(&bytes).to_hex().as_str() != hash {
            return Err("it was changed while it was read".to_owned());
        }
        match &self.isolated {
            Some(pool) if input::is_pdf(&bytes, name) => pool.view(name, &bytes, pictures),
            _ => view(&bytes, name, &self.limits, pictures),
        }
    }

    fn workers(&self) -> usize {
        self.workers
    }

    fn shown(&self, snapshots: usize, of: usize) {
        self.bar.to(snapshots, of);
    }
}

/// Shows a snapshot, or says why it cannot be shown.
pub(crate) fn view(bytes: &[u8], name: &str, limits: &Limits, pictures: input::Pictures) -> Result<View, String> {
    guarded(|| input::view(bytes, name, limits, pictures).map_err(|error| error.to_string()))
}

fn guarded<T>(show: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(show)).unwrap_or_else(|_| Err("it breaks the reader".to_owned()))
}
