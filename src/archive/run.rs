//! All cores over all snapshots: a collection and a way to read one snapshot in, extractions in the order of their paths out.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{Collection, Snapshot, Watch};
use crate::Error;
use crate::schema::{DocumentRecord, Extraction, Fact, Status};

/// Stack of a worker: readers of nested forms and elements go deep.
pub(crate) const STACK: usize = 16 << 20;

/// How many snapshots are read at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Workers {
    /// As many as there are cores.
    #[default]
    Cores,
    /// So many.
    Jobs(NonZeroUsize),
}

/// Reads every snapshot, the largest first so that none is left over at the end, and gives the extractions in the order of their paths.
///
/// `read` gets the snapshot's row for the ledger, with path, size and hash, and its bytes. Of snapshots with the same bytes only the first by path
/// is read. A reader that panics leaves an unreadable snapshot, not a broken run. The result does not depend on the number of workers.
pub fn run<Read>(collection: &Collection, workers: Workers, watch: &dyn Watch, read: Read) -> Result<Vec<Extraction>, Error>
where
    Read: Fn(DocumentRecord, &[u8]) -> Extraction + Sync,
{
    let jobs = match workers {
        Workers::Cores => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
        Workers::Jobs(jobs) => jobs.get(),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .thread_name(|index| format!("reader {index}"))
        .build()
        .map_err(|source| Error::Workers { jobs, source })?;
    let snapshots = &collection.snapshots;
    watch.begin(snapshots.len());
    let duplicates = pool.install(|| duplicates(snapshots));
    let mut order: Vec<usize> = (0..snapshots.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(snapshots[*index].size), *index));
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Extraction)>> = Mutex::new(Vec::with_capacity(snapshots.len()));
    pool.broadcast(|_| {
        while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let snapshot = &snapshots[*index];
            let extraction = match duplicates.get(index) {
                Some(duplicate) => duplicate_extraction(snapshot, &snapshots[duplicate.of].path, &duplicate.hash),
                None => one(snapshot, &read),
            };
            watch.done(&extraction);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((*index, extraction));
        }
    });
    watch.end();
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    reread_copies(&mut done, snapshots, &duplicates, &read);
    let mut extractions: Vec<Extraction> = done.into_iter().map(|(_, extraction)| extraction).collect();
    extractions.extend(collection.troubles.iter().map(super::Trouble::to_extraction));
    extractions.sort_by(|one, other| one.document.path.cmp(&other.document.path));
    Ok(extractions)
}

/// Reads copies of what could not be read: the same bytes under a name that does not lie may be a report after all.
fn reread_copies<Read>(done: &mut [(usize, Extraction)], snapshots: &[Snapshot], duplicates: &BTreeMap<usize, Duplicate>, read: &Read)
where
    Read: Fn(DocumentRecord, &[u8]) -> Extraction,
{
    let mut readable: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, duplicate) in duplicates {
        if done[duplicate.of].1.document.status != Status::Unreadable {
            continue;
        }
        done[*index].1 = match readable.get(&duplicate.of) {
            Some(other) => duplicate_extraction(&snapshots[*index], &snapshots[*other].path, &duplicate.hash),
            None => one(&snapshots[*index], read),
        };
        if done[*index].1.document.status != Status::Unreadable {
            readable.entry(duplicate.of).or_insert(*index);
        }
    }
}

/// A snapshot whose bytes were seen before.
struct Duplicate {
    of: usize,
    hash: String,
}

/// Snapshots with the bytes of an earlier one, by index. Only snapshots of one size are read for it; empty ones have nothing in common.
fn duplicates(snapshots: &[Snapshot]) -> BTreeMap<usize, Duplicate> {
    let mut by_size: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, snapshot) in snapshots.iter().enumerate().filter(|(_, snapshot)| snapshot.size > 0) {
        by_size.entry(snapshot.size).or_default().push(index);
    }
    let alike: Vec<usize> = by_size.into_values().filter(|indices| indices.len() > 1).flatten().collect();
    let mut hashes: Vec<(usize, String)> = alike
        .par_iter()
        .filter_map(|index| Some((*index, hash(&snapshots[*index].read_bytes().ok()?))))
        .collect();
    hashes.sort();
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut duplicates = BTreeMap::new();
    for (index, hash) in hashes {
        match first.get(&hash) {
            Some(of) => {
                duplicates.insert(index, Duplicate { of: *of, hash });
            }
            None => {
                first.insert(hash, index);
            }
        }
    }
    duplicates
}

fn one<Read>(snapshot: &Snapshot, read: &Read) -> Extraction
where
    Read: Fn(DocumentRecord, &[u8]) -> Extraction,
{
    let mut record = DocumentRecord {
        path: snapshot.path.clone(),
        size: snapshot.size,
        ..DocumentRecord::default()
    };
    let bytes = match catch_unwind(AssertUnwindSafe(|| snapshot.read_bytes())) {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return unreadable(record, error.to_string()),
        Err(_) => return unreadable(record, "the archive's reader failed".to_owned()),
    };
    record.size = bytes.len() as u64;
    record.hash = hash(&bytes);
    guarded(record, &bytes, read)
}

/// Reads bytes; a reader that panics leaves an unreadable snapshot.
pub(crate) fn guarded(record: DocumentRecord, bytes: &[u8], read: impl Fn(DocumentRecord, &[u8]) -> Extraction) -> Extraction {
    let known = record.clone();
    match catch_unwind(AssertUnwindSafe(|| read(record, bytes))) {
        Ok(extraction) => extraction,
        Err(panic) => {
            let words = panic
                .downcast_ref::<&str>()
                .copied()
                .map(str::to_owned)
                .or_else(|| panic.downcast_ref::<String>().cloned());
            unreadable(known, format!("the reader failed: {}", words.as_deref().unwrap_or("no reason given")))
        }
    }
}

/// A snapshot of which nothing could be read.
pub(crate) fn unreadable(mut record: DocumentRecord, cause: String) -> Extraction {
    record.status = Status::Unreadable;
    Extraction {
        document: record,
        facts: vec![Fact::Unreadable { cause }],
        ..Extraction::default()
    }
}

fn duplicate_extraction(snapshot: &Snapshot, of: &str, hash: &str) -> Extraction {
    Extraction {
        document: DocumentRecord {
            path: snapshot.path.clone(),
            size: snapshot.size,
            hash: hash.to_owned(),
            status: Status::Duplicate,
            duplicate_of: of.to_owned(),
            ..DocumentRecord::default()
        },
        ..Extraction::default()
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
