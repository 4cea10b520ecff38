//! All cores over all snapshots: a collection and a way to read one snapshot in, extractions in the order of their paths out.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::{Collection, Ledger, Snapshot, Watch, snapshot};
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

/// How a snapshot is read.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// Gets the snapshot's row for the ledger, with path, size and hash, and its bytes.
    pub read: &'a (dyn Fn(DocumentRecord, &[u8]) -> Extraction + Sync),
    /// What is told of a snapshot of so many bytes, where that is more than is read.
    pub too_long: &'a (dyn Fn(u64) -> Option<Fact> + Sync),
    /// Whether the bytes are a page that this program wrote about reports.
    pub is_own: fn(&[u8]) -> bool,
}

/// A snapshot that is dealt with.
#[derive(Debug)]
pub struct Done {
    /// Its path.
    pub path: String,
    /// BLAKE3 of its bytes, in hexadecimal; empty where they could not be had.
    pub hash: String,
    /// How the reading ended.
    pub status: Status,
    /// Whether it is a page that this program wrote about reports.
    pub is_own: bool,
    /// How long the reading took, if it was read at all.
    pub milliseconds: Option<u64>,
    /// What came of it; none where the ledger holds it.
    pub extraction: Option<Box<Extraction>>,
    /// Whether it was read in this run.
    pub is_new: bool,
}

/// Reads every snapshot that the ledger does not hold, the largest first so that none is left over at the end; what was done in the order of their paths.
///
/// Of snapshots with the same bytes only the first by path is read. A reader that panics leaves an unreadable snapshot, not a broken run. The result does not
/// depend on the number of workers, nor on what the ledger holds.
pub fn run(collection: &Collection, workers: Workers, watch: &dyn Watch, ledger: &Ledger, reader: Reader<'_>) -> Result<Vec<Done>, Error> {
    let pool = pool(workers)?;
    let snapshots = &collection.snapshots;
    watch.begin(snapshots.len());
    let mut hashes: Vec<Option<String>> = snapshots.iter().map(|snapshot| ledger.hash(snapshot).map(str::to_owned)).collect();
    let duplicates = pool.install(|| duplicates(snapshots, &mut hashes));
    let mut order: Vec<usize> = (0..snapshots.len()).collect();
    order.sort_by_key(|index| (std::cmp::Reverse(snapshots[*index].size), *index));
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Done)>> = Mutex::new(Vec::with_capacity(snapshots.len()));
    pool.broadcast(|_| {
        while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let snapshot = &snapshots[*index];
            let mut one = match duplicates.get(index) {
                Some(duplicate) => duplicate_of(snapshot, &snapshots[duplicate.of].path, &duplicate.hash),
                None => one(snapshot, hashes[*index].as_deref(), ledger, reader),
            };
            match &one.extraction {
                Some(extraction) => watch.done(extraction),
                None => watch.unchanged(),
            }
            one.leave_to(ledger);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((*index, one));
        }
    });
    watch.end();
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    let mut done: Vec<Done> = done.into_iter().map(|(_, done)| done).collect();
    reread_copies(&mut done, snapshots, &duplicates, ledger, reader);
    // Only now is it known which copies stay unread; their hashes are kept, so that they need not be read to be known again.
    for index in duplicates.into_keys().filter(|index| done[*index].status == Status::Duplicate) {
        ledger.keep(&snapshots[index], &done[index]);
    }
    ledger.write();
    Ok(done)
}

/// So many workers, for whatever can be shared among them.
pub fn pool(workers: Workers) -> Result<ThreadPool, Error> {
    let jobs = match workers {
        Workers::Cores => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
        Workers::Jobs(jobs) => jobs.get(),
    };
    let builder = ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK);
    builder
        .thread_name(|index| format!("reader {index}"))
        .build()
        .map_err(|source| Error::Workers { jobs, source })
}

/// Reads copies of what could not be read: the same bytes under a name that does not lie may be a report after all.
fn reread_copies(done: &mut [Done], snapshots: &[Snapshot], duplicates: &BTreeMap<usize, Duplicate>, ledger: &Ledger, reader: Reader<'_>) {
    let mut readable: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, duplicate) in duplicates {
        if done[duplicate.of].status != Status::Unreadable {
            continue;
        }
        done[*index] = match readable.get(&duplicate.of) {
            Some(other) => duplicate_of(&snapshots[*index], &snapshots[*other].path, &duplicate.hash),
            None => one(&snapshots[*index], Some(&duplicate.hash), ledger, reader),
        };
        done[*index].leave_to(ledger);
        if done[*index].status != Status::Unreadable {
            readable.entry(duplicate.of).or_insert(*index);
        }
    }
}

/// A snapshot with the bytes of an earlier one.
struct Duplicate {
    of: usize,
    hash: String,
}

/// Snapshots with the bytes of an earlier one, by index. Only snapshots of one size are read for it, unless their hash is known; empty ones have nothing in
/// common.
fn duplicates(snapshots: &[Snapshot], hashes: &mut [Option<String>]) -> BTreeMap<usize, Duplicate> {
    let mut by_size: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, snapshot) in snapshots.iter().enumerate().filter(|(_, snapshot)| snapshot.size > 0) {
        by_size.entry(snapshot.size).or_default().push(index);
    }
    let mut alike: Vec<usize> = by_size.into_values().filter(|indices| indices.len() > 1).flatten().collect();
    alike.sort_unstable();
    let found: Vec<(usize, String)> = alike
        .par_iter()
        .filter(|index| hashes[**index].is_none())
        .filter_map(|index| Some((*index, snapshots[*index].hash().ok()?)))
        .collect();
    for (index, hash) in found {
        hashes[index] = Some(hash);
    }
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut duplicates = BTreeMap::new();
    for index in alike {
        let Some(hash) = &hashes[index] else { continue };
        match first.get(hash.as_str()) {
            Some(of) => {
                let hash = hash.clone();
                duplicates.insert(index, Duplicate { of: *of, hash });
            }
            None => {
                first.insert(hash, index);
            }
        }
    }
    duplicates
}

/// Deals with a snapshot, whose hash may be known.
pub(super) fn one(snapshot: &Snapshot, known_hash: Option<&str>, ledger: &Ledger, reader: Reader<'_>) -> Done {
    if let Some(held) = known_hash.and_then(|hash| ledger.held(snapshot, hash)) {
        return held;
    }
    let mut record = DocumentRecord {
        path: snapshot.path.clone(),
        size: snapshot.size,
        ..DocumentRecord::default()
    };
    if let Some(fact) = snapshot.is_seen_in_pieces().then(|| (reader.too_long)(snapshot.size)).flatten() {
        let done = match snapshot.hash() {
            Ok(hash) => Extraction::unreadable(DocumentRecord { hash, ..record }, fact),
            Err(error) => unreadable(record, error.to_string()),
        };
        return Done::of(done);
    }
    let done = match catch_unwind(AssertUnwindSafe(|| snapshot.read_bytes())) {
        Ok(Ok(bytes)) => {
            record.size = bytes.len() as u64;
            record.hash = snapshot::hash(&bytes);
            if let Some(held) = ledger.held(snapshot, &record.hash) {
                return held;
            }
            let start = Instant::now();
            let is_own = (reader.is_own)(&bytes);
            let extraction = guarded(record, &bytes, reader.read);
            let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
            Done {
                is_own,
                milliseconds: Some(milliseconds),
                ..Done::of(extraction)
            }
        }
        Ok(Err(error)) => Done::of(unreadable(record, error.to_string())),
        Err(_) => Done::of(unreadable(record, "the archive's reader failed".to_owned())),
    };
    ledger.keep(snapshot, &done);
    done
}

/// Reads bytes; a reader that panics leaves an unreadable snapshot.
pub(crate) fn guarded(record: DocumentRecord, bytes: &[u8], read: impl Fn(DocumentRecord, &[u8]) -> Extraction) -> Extraction {
    let known = record.clone();
    catch_unwind(AssertUnwindSafe(|| read(record, bytes))).unwrap_or_else(|panic| {
        let words = panic
            .downcast_ref::<&str>()
            .copied()
            .map(str::to_owned)
            .or_else(|| panic.downcast_ref::<String>().cloned());
        unreadable(known, format!("the reader failed: {}", words.as_deref().unwrap_or("no reason given")))
    })
}

impl Done {
    fn of(extraction: Extraction) -> Self {
        Self {
            path: extraction.document.path.clone(),
            hash: extraction.document.hash.clone(),
            status: extraction.document.status,
            is_own: false,
            milliseconds: None,
            extraction: Some(Box::new(extraction)),
            is_new: true,
        }
    }

    /// Forgets what the ledger keeps.
    fn leave_to(&mut self, ledger: &Ledger) {
        if ledger.keeps(self) {
            self.extraction = None;
        }
    }
}

/// A snapshot of which nothing could be read.
fn unreadable(record: DocumentRecord, cause: String) -> Extraction {
    Extraction::unreadable(record, Fact::Unreadable { cause })
}

fn duplicate_of(snapshot: &Snapshot, of: &str, hash: &str) -> Done {
    Done::of(Extraction {
        document: DocumentRecord {
            path: snapshot.path.clone(),
            size: snapshot.size,
            hash: hash.to_owned(),
            status: Status::Duplicate,
            duplicate_of: of.to_owned(),
            ..DocumentRecord::default()
        },
        ..Extraction::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Holdings, Limits, Silent, pool, snapshots};

    #[test]
    fn what_is_too_long_is_told_by_its_size_and_never_held() {
        let folder = tempfile::tempdir().expect("a folder");
        let (long, short) = ("some 7,900 people arrived", "some 790");
        for (name, content) in [("copy.txt", long), ("long.txt", long), ("short.txt", short)] {
            std::fs::write(folder.path().join(name), content).expect("a snapshot");
        }
        let mut tar = tar::Builder::new(std::fs::File::create(folder.path().join("old.tar")).expect("an archive"));
        let mut header = tar::Header::new_ustar();
        header.set_size(long.len() as u64 + 1);
        tar.append_data(&mut header, "member.txt", format!("{long}!").as_bytes())
            .expect("a member");
        tar.finish().expect("an archive");

        let collection = snapshots(&[folder.path().to_owned()], &Limits::default()).expect("snapshots");
        let read = |document: DocumentRecord, bytes: &[u8]| {
            assert!(bytes.len() <= 20, "{} is read", document.path);
            Extraction {
                document,
                ..Extraction::default()
            }
        };
        let too_long = |bytes: u64| {
            (bytes > 20).then(|| Fact::Unreadable {
                cause: format!("{bytes} bytes"),
            })
        };
        let reader = Reader {
            read: &read,
            too_long: &too_long,
            is_own: |_| false,
        };
        let ledger = Ledger::default();
        let done = run(&collection, Workers::Cores, &Silent, &ledger, reader).expect("workers");
        let holdings = Holdings::of(&collection, done, &ledger, pool(Workers::Cores).expect("workers"), Box::new(read));
        let told: Vec<String> = holdings
            .into_vec()
            .iter()
            .map(|extraction| {
                let document = &extraction.document;
                let of = [long, &format!("{long}!"), short].map(|text| blake3::hash(text.as_bytes()).to_hex().to_string());
                let content = of.iter().position(|hash| *hash == document.hash);
                format!("{} {:?} {content:?} {:?}", document.path, document.status, extraction.facts)
            })
            .collect();
        assert_eq!(
            told,
            [
                r#"copy.txt Unreadable Some(0) [Unreadable { cause: "25 bytes" }]"#,
                r#"long.txt Unreadable Some(0) [Unreadable { cause: "25 bytes" }]"#,
                r#"old.tar/member.txt Unreadable Some(1) [Unreadable { cause: "26 bytes" }]"#,
                "short.txt Read Some(2) []",
            ]
        );
    }
}
