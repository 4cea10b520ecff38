//! The ledger of an output folder: what was read of which bytes, so that the next run reads only what is new, changed or failed.
//!
//! A snapshot is known by the hash of its bytes. To spare reading them all, a file that the system describes as it did before (its number, size and
//! times) is taken for unchanged, unless it was written so short before it was last looked at that a change might not show. What is known holds only for
//! the very program, profiles and options that it was read with. The ledger is no result: whatever is wrong with it costs time, never a figure. Each row is
//! sealed with a hash, and one that does not match is read anew.

mod packing;
mod store;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::run::Done;
use super::{Snapshot, Stamp};
use crate::schema::{Extraction, Status};
use packing::{packed, unpacked};
use store::{Fault, Row, RunRow, Store};

/// The folder within the output folder. Hidden, so that it is no part of an archive that the output folder lies in.
const FOLDER: &str = ".crosstally";
const FILE: &str = "ledger.sqlite";
/// What is read goes to the disk when so many snapshots or bytes wait for it, or for so long: a killed run loses no more.
const ROWS_WAITING: usize = 512;
const BYTES_WAITING: usize = 4 << 20;
const LONGEST_WAIT: Duration = Duration::from_millis(500);

/// Where a ledger is kept, and whether what it holds is used.
#[derive(Debug, Clone)]
pub struct Place {
    /// The output folder.
    pub folder: PathBuf,
    /// Whether an earlier run's ledger is used.
    pub memory: Memory,
}

/// Whether an earlier run's ledger is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// It is.
    Kept,
    /// It is thrown away.
    Fresh,
}

/// How snapshots are read: what changes what comes of the same bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// Name and version of the tool.
    pub tool: String,
    /// The very program, which may differ between two builds of one version.
    pub program: String,
    /// Hash of the profiles beside those that are part of the program.
    pub profiles: String,
    /// Options and limits of the reading.
    pub options: String,
}

impl Way {
    /// A name for it.
    pub fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [&self.tool, &self.program, &self.profiles, &self.options] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

/// A run whose files stand as it left them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRun {
    /// Files that people open, as they were told.
    pub files: Vec<PathBuf>,
    /// What was kept to be told again.
    pub told: Vec<u8>,
}

/// What is known of a snapshot.
#[derive(Debug)]
struct Known {
    row: Row,
    outcome: Outcome,
}

/// How a reading ended, for the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Read,
    UnknownFamily,
    /// A page that this program wrote.
    OwnReport,
    /// To be tried again.
    Unreadable,
    /// Its bytes were read under another path.
    Duplicate,
}

/// The ledger of a run. Without a place it knows nothing and keeps nothing.
#[derive(Debug, Default)]
pub struct Ledger {
    way: String,
    known: HashMap<String, Known>,
    desk: Mutex<Desk>,
    folder: PathBuf,
}

/// What is written to.
#[derive(Debug, Default)]
struct Desk {
    store: Option<Store>,
    waiting: Vec<(Row, Option<Vec<u8>>)>,
    bytes: usize,
    restamped: Vec<Row>,
    last: Option<Instant>,
    troubles: Vec<String>,
}

impl Ledger {
    /// The ledger at a place. Never fails: without it, all is read anew, and the user is told.
    pub fn open(place: &Place, way: &Way) -> Self {
        let mut ledger = Self {
            way: way.digest(),
            folder: place.folder.clone(),
            ..Self::default()
        };
        let file = place.folder.join(FOLDER).join(FILE);
        let (store, trouble) = opened(&file, place.memory);
        let desk = ledger.desk.get_mut().unwrap_or_else(PoisonError::into_inner);
        desk.troubles.extend(trouble);
        let Some(store) = store else { return ledger };
        let read = store.begin(way).and_then(|()| store.rows());
        match read {
            Ok((rows, broken)) => {
                ledger.known = rows.into_iter().filter_map(|row| Some((row.path.clone(), Known::of(row)?))).collect();
                if broken > 0 {
                    desk.troubles
                        .push(format!("{} is damaged: {broken} of its snapshots are read anew", file.display()));
                }
                desk.store = Some(store);
            }
            Err(error) => {
                drop(store);
                desk.troubles
                    .push(format!("{} is damaged ({error}): all snapshots are read anew", file.display()));
                desk.store = Store::remove(&file).ok().and_then(|()| Store::open(&file).ok());
                if desk.store.as_ref().is_some_and(|store| store.begin(way).is_err()) {
                    desk.store = None;
                }
            }
        }
        desk.last = Some(Instant::now());
        ledger
    }

    /// What went wrong with the ledger, to be told; the run goes on without it.
    pub fn troubles(&self) -> Vec<String> {
        self.desk().troubles.clone()
    }

    /// The hash of a snapshot's bytes, where the system says that they are the same as before.
    pub(super) fn hash(&self, snapshot: &Snapshot) -> Option<&str> {
        let known = self.known.get(&snapshot.path)?;
        let stamp = snapshot.stamp.as_ref()?;
        (known.row.stamp == stamp.to_string()).then_some(known.row.hash.as_str())
    }

    /// What came of these bytes under this path, if it need not be read again.
    pub(super) fn held(&self, snapshot: &Snapshot, hash: &str) -> Option<Done> {
        let known = self.known.get(&snapshot.path)?;
        if known.row.hash != hash || known.row.way != self.way {
            return None;
        }
        let status = match known.outcome {
            Outcome::Read => Status::Read,
            Outcome::UnknownFamily | Outcome::OwnReport => Status::UnknownFamily,
            Outcome::Unreadable | Outcome::Duplicate => return None,
        };
        self.restamp(snapshot, &known.row);
        Some(Done {
            path: snapshot.path.clone(),
            hash: hash.to_owned(),
            status,
            is_own: known.outcome == Outcome::OwnReport,
            milliseconds: u64::try_from(known.row.milliseconds).ok(),
            extraction: None,
            is_new: false,
        })
    }

    /// Notes that a file looks otherwise than it did, and holds the same bytes.
    fn restamp(&self, snapshot: &Snapshot, row: &Row) {
        let stamp = settled(snapshot);
        if !stamp.is_empty() && stamp != row.stamp {
            self.desk().restamped.push(Row { stamp, ..row.clone() });
        }
    }

    /// Keeps what came of a snapshot.
    pub(super) fn keep(&self, snapshot: &Snapshot, done: &Done) {
        if self.desk().store.is_none() {
            return;
        }
        let outcome = Outcome::of(done);
        let stamp = settled(snapshot);
        if outcome == Outcome::Duplicate && self.known.get(&snapshot.path).is_some_and(|known| known.is_duplicate(&done.hash, &stamp)) {
            return;
        }
        let row = Row {
            path: snapshot.path.clone(),
            stamp,
            hash: done.hash.clone(),
            way: self.way.clone(),
            outcome: outcome.as_str().to_owned(),
            milliseconds: done.milliseconds.and_then(|milliseconds| i64::try_from(milliseconds).ok()).unwrap_or(0),
        };
        let is_kept = matches!(outcome, Outcome::Read | Outcome::UnknownFamily);
        // Packed by the thread that read it, before the lock.
        let packed = done.extraction.as_deref().filter(|_| is_kept).map(packed);
        let mut desk = self.desk();
        desk.bytes += packed.as_ref().map_or(0, Vec::len);
        desk.waiting.push((row, packed));
        let is_due = desk.last.is_none_or(|last| last.elapsed() >= LONGEST_WAIT);
        if desk.waiting.len() >= ROWS_WAITING || desk.bytes >= BYTES_WAITING || is_due {
            desk.write();
        }
    }

    /// Whether what came of a snapshot can be had again from here, so that memory need not hold it.
    pub(super) fn keeps(&self, done: &Done) -> bool {
        matches!(Outcome::of(done), Outcome::Read | Outcome::UnknownFamily) && self.desk().store.is_some()
    }

    /// Writes what waits.
    pub(super) fn write(&self) {
        self.desk().write();
    }

    /// What the ledger holds of the bytes with a hash under a path; none where it is damaged.
    pub(super) fn extraction(&self, path: &str, hash: &str) -> Option<Extraction> {
        let packed = self.desk().store.as_ref()?.packed(path).ok()??;
        let extraction = unpacked(&packed)?;
        let document = &extraction.document;
        (document.path == path && document.hash == hash).then_some(extraction)
    }

    /// Notes that rows were found damaged on the way.
    pub fn tell_damaged(&self, snapshots: usize) {
        let file = self.folder.join(FOLDER).join(FILE);
        self.desk()
            .troubles
            .push(format!("{} is damaged: {snapshots} of its snapshots are read anew", file.display()));
    }

    /// Forgets all snapshots but these.
    pub fn keep_only<'a>(&self, paths: impl IntoIterator<Item = &'a str>) {
        let there: HashSet<&str> = paths.into_iter().collect();
        let gone: Vec<&str> = self.known.keys().map(String::as_str).filter(|path| !there.contains(path)).collect();
        if !gone.is_empty() {
            self.desk().attempt(|store| store.remove_rows(gone.into_iter()));
        }
    }

    /// The last whole run, if it was made of the same and every file stands as it left it.
    pub fn last_run(&self, digest: &str) -> Option<LastRun> {
        let run = self.desk().store.as_ref()?.run().ok()??;
        if run.digest != digest {
            return None;
        }
        let record: RunRecord = postcard::from_bytes(&run.record).ok()?;
        let stands = |(name, stamp): &(String, String)| stamp_of(&self.folder.join(name)).as_ref() == Some(stamp);
        if !record.files.iter().chain(&record.parts).all(stands) {
            return None;
        }
        Some(LastRun {
            files: record.files.iter().map(|(name, _)| self.folder.join(name)).collect(),
            told: record.told,
        })
    }

    /// Keeps a run whose files were just moved to their places: those that people open, those that these load, and what was told of it.
    pub fn keep_run(&self, digest: &str, files: &[PathBuf], parts: &[PathBuf], told: Vec<u8>) {
        let described = |files: &[PathBuf]| -> Option<Vec<(String, String)>> {
            let described = files.iter().map(|file| {
                let name = file.strip_prefix(&self.folder).ok()?.to_str()?.to_owned();
                Some((name, stamp_of(file)?))
            });
            described.collect()
        };
        let (Some(files), Some(parts)) = (described(files), described(parts)) else {
            return;
        };
        let record = postcard::to_stdvec(&RunRecord { files, parts, told }).expect("every field has a packed form, and memory grows");
        let run = RunRow {
            digest: digest.to_owned(),
            record,
        };
        self.desk().attempt(|store| store.put_run(&run));
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        // A thread that panicked under the lock left at worst a row that was to be written.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The last whole run, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct RunRecord {
    /// Name below the output folder, and stamp.
    files: Vec<(String, String)>,
    parts: Vec<(String, String)>,
    told: Vec<u8>,
}

fn stamp_of(file: &Path) -> Option<String> {
    let metadata = fs::symlink_metadata(file).ok()?;
    Some(Stamp::of(&metadata)?.to_string())
}

/// The stamp of a snapshot's file in words; empty where it would not tell a change.
fn settled(snapshot: &Snapshot) -> String {
    snapshot.stamp.as_ref().and_then(Stamp::settled).unwrap_or_default()
}

impl Desk {
    fn write(&mut self) {
        let (rows, restamped) = (mem::take(&mut self.waiting), mem::take(&mut self.restamped));
        self.bytes = 0;
        if !rows.is_empty() {
            self.attempt(|store| store.put(&rows));
        }
        if !restamped.is_empty() {
            self.attempt(|store| store.restamp(&restamped));
        }
        self.last = Some(Instant::now());
    }

    /// Does something with the database, which is left alone once it failed.
    fn attempt(&mut self, act: impl FnOnce(&mut Store) -> rusqlite::Result<()>) {
        let Some(store) = &mut self.store else { return };
        if let Err(error) = act(store) {
            self.troubles.push(format!(
                "the ledger takes no more ({error}): the next run reads anew what it does not hold"
            ));
            self.store = None;
        }
    }
}

/// The database, made anew where it is not to be used or cannot be; what the user should know of it.
fn opened(file: &Path, memory: Memory) -> (Option<Store>, Option<String>) {
    let made = folder_made(file);
    if let Err(error) = made {
        return (None, Some(format!("no ledger can be kept in {}: {error}", file.display())));
    }
    if memory == Memory::Kept {
        match Store::open(file) {
            Ok(store) => return (Some(store), None),
            Err(Fault::Busy) => {
                let words = format!(
                    "{} cannot be used: another program has it open; all snapshots are read anew",
                    file.display()
                );
                return (None, Some(words));
            }
            Err(fault) => {
                let store = Store::remove(file).map_err(Fault::Io).and_then(|()| Store::open(file));
                let words = match &store {
                    Ok(_) => format!("{} cannot be used: {fault}; all snapshots are read anew", file.display()),
                    Err(second) => format!("no ledger can be kept in {}: {second}", file.display()),
                };
                return (store.ok(), Some(words));
            }
        }
    }
    match Store::remove(file).map_err(Fault::Io).and_then(|()| Store::open(file)) {
        Ok(store) => (Some(store), None),
        Err(fault) => (None, Some(format!("no ledger can be kept in {}: {fault}", file.display()))),
    }
}

/// The ledger's folder, which no version control takes up.
fn folder_made(file: &Path) -> io::Result<()> {
    let folder = file.parent().expect("the ledger lies in a folder");
    fs::create_dir_all(folder)?;
    let ignored = folder.join(".gitignore");
    if ignored.exists() { Ok(()) } else { fs::write(ignored, "*\n") }
}

impl Known {
    fn of(row: Row) -> Option<Self> {
        let outcome = Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == row.outcome)?;
        Some(Self { row, outcome })
    }

    fn is_duplicate(&self, hash: &str, stamp: &str) -> bool {
        self.outcome == Outcome::Duplicate && self.row.hash == hash && self.row.stamp == stamp
    }
}

impl Outcome {
    const ALL: [Self; 5] = [Self::Read, Self::UnknownFamily, Self::OwnReport, Self::Unreadable, Self::Duplicate];

    fn of(done: &Done) -> Self {
        match done.status {
            Status::Duplicate => Self::Duplicate,
            Status::Unreadable => Self::Unreadable,
            _ if done.is_own => Self::OwnReport,
            Status::Read => Self::Read,
            Status::UnknownFamily => Self::UnknownFamily,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::UnknownFamily => "unknown-family",
            Self::OwnReport => "own-report",
            Self::Unreadable => "unreadable",
            Self::Duplicate => "duplicate",
        }
    }
}

#[cfg(test)]
mod tests;
