//! The extractions of a run in the order of their paths, wherever they lie: in memory, in the ledger, or to be read anew where the ledger lost them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::run::{Done, Reader, one};
use super::{Collection, Ledger, Snapshot, Trouble};
use crate::schema::{DocumentRecord, Each, Extraction, Extractions};

/// Extractions taken from the ledger at a time, shared among the workers.
const AT_A_TIME: usize = 64;

/// Reads the bytes of a snapshot.
pub type Read<'a> = Box<dyn Fn(DocumentRecord, &[u8]) -> Extraction + Sync + 'a>;

/// All extractions of a run, and what is told of places that nothing could be taken from.
pub struct Holdings<'a> {
    entries: Vec<Entry<'a>>,
    ledger: &'a Ledger,
    read: Read<'a>,
    pool: ThreadPool,
    /// Snapshots that the ledger should hold and does not.
    damaged: AtomicUsize,
}

enum Entry<'a> {
    Held(Box<Extraction>),
    Kept {
        snapshot: &'a Snapshot,
        /// Of the bytes that were read.
        hash: Box<str>,
        /// What was read anew.
        anew: OnceLock<Box<Extraction>>,
    },
}

impl Entry<'_> {
    fn path(&self) -> &str {
        match self {
            Self::Held(extraction) => &extraction.document.path,
            Self::Kept { snapshot, .. } => &snapshot.path,
        }
    }
}

impl<'a> Holdings<'a> {
    /// What was done with the snapshots of a collection.
    ///
    /// An output folder within an archive holds a page about the reports, not a report: it is left out, and its copies with it.
    pub fn of(collection: &'a Collection, done: Vec<Done>, ledger: &'a Ledger, pool: ThreadPool, read: Read<'a>) -> Self {
        let own: HashSet<String> = done.iter().filter(|done| done.is_own).map(|done| done.path.clone()).collect();
        let entry = |(mut done, snapshot): (Done, &'a Snapshot)| match done.extraction.take() {
            _ if done.is_own => None,
            Some(extraction) if own.contains(&extraction.document.duplicate_of) => None,
            Some(extraction) => Some(Entry::Held(extraction)),
            None => Some(Entry::Kept {
                snapshot,
                hash: done.hash.into_boxed_str(),
                anew: OnceLock::new(),
            }),
        };
        let mut entries: Vec<Entry<'_>> = done.into_iter().zip(&collection.snapshots).filter_map(entry).collect();
        entries.extend(collection.troubles.iter().map(Trouble::to_extraction).map(Box::new).map(Entry::Held));
        entries.sort_by(|one, other| one.path().cmp(other.path()));
        Self {
            entries,
            ledger,
            read,
            pool,
            damaged: AtomicUsize::new(0),
        }
    }

    /// The workers that share what can be shared.
    pub fn pool(&self) -> &ThreadPool {
        &self.pool
    }

    /// How many snapshots had to be read anew since the ledger did not hold what it should.
    pub fn damaged(&self) -> usize {
        self.damaged.load(Ordering::Relaxed)
    }

    /// All of them, in memory.
    pub fn into_vec(self) -> Vec<Extraction> {
        let Self {
            entries,
            ledger,
            read,
            pool,
            damaged,
        } = self;
        let held = |entry: Entry<'_>| match entry {
            Entry::Held(extraction) => *extraction,
            Entry::Kept { snapshot, hash, anew } => match anew.into_inner() {
                Some(extraction) => *extraction,
                None => ledger
                    .extraction(&snapshot.path, &hash)
                    .unwrap_or_else(|| read_anew(snapshot, &read, &damaged)),
            },
        };
        pool.install(|| entries.into_par_iter().map(held).collect())
    }
}

impl Extractions for Holdings<'_> {
    fn count(&self) -> usize {
        self.entries.len()
    }

    fn get(&self, number: usize) -> Cow<'_, Extraction> {
        match &self.entries[number] {
            Entry::Held(extraction) => Cow::Borrowed(extraction),
            Entry::Kept { snapshot, hash, anew } => match anew.get() {
                Some(extraction) => Cow::Borrowed(extraction),
                None => match self.ledger.extraction(&snapshot.path, hash) {
                    Some(extraction) => Cow::Owned(extraction),
                    None => Cow::Borrowed(anew.get_or_init(|| Box::new(read_anew(snapshot, &self.read, &self.damaged)))),
                },
            },
        }
    }

    fn each(&self, see: Each<'_, Extraction>) -> io::Result<()> {
        let mut start = 0;
        while start < self.count() {
            let end = self.count().min(start + AT_A_TIME);
            let some: Vec<Cow<'_, Extraction>> = self
                .pool
                .install(|| (start..end).into_par_iter().map(|number| self.get(number)).collect());
            some.iter().try_for_each(|extraction| see(extraction))?;
            start = end;
        }
        Ok(())
    }
}

/// As if the ledger had never held it.
fn read_anew(snapshot: &Snapshot, read: &Read<'_>, damaged: &AtomicUsize) -> Extraction {
    damaged.fetch_add(1, Ordering::Relaxed);
    let reader = Reader {
        read: &**read,
        // Of such a snapshot the ledger holds nothing that could be damaged.
        too_long: &|_| None,
        is_own: |_| false,
    };
    let done = one(snapshot, None, &Ledger::default(), reader);
    *done.extraction.expect("an empty ledger holds nothing")
}
