//! Paths to snapshots: files, folders, patterns and archives in; each report once, with its name, its bytes and what could not be opened, out.

mod holdings;
mod ignore;
mod kind;
mod ledger;
mod name;
mod packed;
mod progress;
mod run;
mod snapshot;
mod stamp;
mod walk;
mod warc;

use std::path::PathBuf;

use crate::Error;
use crate::schema::{DocumentRecord, Extraction, Fact, Status};

pub use holdings::{Holdings, Read};
pub use ledger::{LastRun, Ledger, Memory, Place, Way};
pub(crate) use progress::Written;
pub use progress::{Bar, Silent, Watch};
pub use run::{Done, Reader, Workers, pool, run};
pub(crate) use run::{STACK, guarded};
pub use snapshot::{ReadError, Snapshot};
pub use stamp::Stamp;

/// How much is taken from disk and out of archives. What passes a limit is told, not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one snapshot, unpacked. As large as the readers take, and one more, so that they can say so themselves.
    pub snapshot_bytes: u64,
    /// Members of one archive.
    pub members: usize,
    /// Bytes of all members of one archive, unpacked.
    pub archive_bytes: u64,
    /// How many bytes one packed byte may unpack to. Deflate reaches a thousand; reports stay below thirty.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            snapshot_bytes: (256 << 20) + 1,
            members: 100_000,
            archive_bytes: 2 << 30,
            ratio: 200,
        }
    }
}

/// What the paths of a run hold.
#[derive(Debug, Default)]
pub struct Collection {
    /// Snapshots, sorted by path; every path is there once.
    pub snapshots: Vec<Snapshot>,
    /// What could not be opened, sorted by path.
    pub troubles: Vec<Trouble>,
    /// Files that are no reports by their extension or name, left out.
    pub skipped: usize,
    /// Files that a `.crosstallyignore` leaves out.
    pub left_out: usize,
}

/// A place from which nothing could be taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    /// Path below the PATH given, `/` separated.
    pub path: String,
    /// How it is told.
    pub kind: TroubleKind,
    /// What is wrong, in lower case, without full stop.
    pub cause: String,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TroubleKind {
    /// Reports may be lost.
    Unreadable,
    /// Something was passed over on purpose: a link out of an archive, a device, an archive within an archive.
    PassedOver,
}

impl Trouble {
    /// The trouble as the ledger lists it, beside the snapshots.
    pub fn to_extraction(&self) -> Extraction {
        let fact = match self.kind {
            TroubleKind::Unreadable => Fact::Unreadable { cause: self.cause.clone() },
            TroubleKind::PassedOver => Fact::PassedOver { cause: self.cause.clone() },
        };
        Extraction {
            document: DocumentRecord {
                path: self.path.clone(),
                status: Status::Unreadable,
                ..DocumentRecord::default()
            },
            facts: vec![fact],
            ..Extraction::default()
        }
    }
}

/// Lists the snapshots under the paths, each a file, a folder, an archive or a pattern.
///
/// A file given by name is always taken. In folders and archives, hidden files are left out, and so are files that are no reports
/// by their extension (`.csv`, `.png`, …) or name (`README.md`, `LICENSE`), or that a `.crosstallyignore` of the folder names; the
/// rest is taken for what its content is. A path
/// that names nothing is wrong usage; whatever else fails becomes a [`Trouble`].
pub fn snapshots(paths: &[PathBuf], limits: &Limits) -> Result<Collection, Error> {
    let mut walk = walk::Walk::new(limits);
    for path in paths {
        walk.path(path)?;
    }
    Ok(walk.finish())
}

#[cfg(test)]
mod tests;
