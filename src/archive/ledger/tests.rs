//! What is known again and what is not, below the command line: files that the system describes as before are not even opened.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::*;
use crate::archive::{Collection, Holdings, Limits, Reader, Silent, Workers, pool, run, snapshots};
use crate::schema::{DocumentRecord, Fact};

/// Two files, and a place for a ledger.
fn folder() -> (TempDir, Place) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("archive")).unwrap();
    fs::write(folder.path().join("archive/a.txt"), "Some 7,900 persons").unwrap();
    fs::write(folder.path().join("archive/b.txt"), "Some 8,100 persons").unwrap();
    let place = Place {
        folder: folder.path().join("output"),
        memory: Memory::Kept,
    };
    (folder, place)
}

const MONDAY: usize = 1;
const TUESDAY: usize = 2;
const WEDNESDAY: usize = 3;

/// The files of the archive, as a system describes them that counts in days.
fn collection(folder: &TempDir, day: usize) -> Collection {
    let mut collection = snapshots(&[folder.path().join("archive")], &Limits::default()).unwrap();
    for (snapshot, number) in collection.snapshots.iter_mut().zip(0..) {
        snapshot.stamp = Some(Stamp::told(number, day));
    }
    collection
}

fn way(options: &str) -> Way {
    Way {
        options: options.to_owned(),
        ..Way::default()
    }
}

/// Runs; how many snapshots were read, and the outcomes of all.
fn read(collection: &Collection, place: &Place, way: &Way) -> (usize, Vec<(Status, Vec<Fact>)>) {
    let count = AtomicUsize::new(0);
    let read = |document: DocumentRecord, bytes: &[u8]| {
        count.fetch_add(1, Ordering::Relaxed);
        Extraction {
            facts: vec![Fact::Repaired {
                cause: String::from_utf8_lossy(bytes).into_owned(),
            }],
            document,
            ..Extraction::default()
        }
    };
    let ledger = Ledger::open(place, way);
    let reader = Reader {
        read: &read,
        too_long: &|_| None,
        is_own: |_| false,
    };
    let done = run(collection, Workers::Cores, &Silent, &ledger, reader).unwrap();
    let holdings = Holdings::of(collection, done, &ledger, pool(Workers::Cores).unwrap(), Box::new(&read));
    let extractions = holdings.into_vec();
    assert_eq!(ledger.troubles(), [""; 0]);
    let outcomes = extractions
        .into_iter()
        .map(|extraction| (extraction.document.status, extraction.facts))
        .collect();
    (count.into_inner(), outcomes)
}

#[test]
fn a_file_that_looks_as_before_is_not_opened() {
    let (folder, place) = folder();
    let monday = collection(&folder, MONDAY);
    let (count, before) = read(&monday, &place, &way(""));
    assert_eq!(count, 2);
    fs::remove_file(folder.path().join("archive/a.txt")).unwrap();
    assert_eq!(read(&monday, &place, &way("")), (0, before));
}

#[test]
fn a_file_that_looks_otherwise_is_hashed_and_then_known_by_its_new_looks() {
    let (folder, place) = folder();
    let (_, before) = read(&collection(&folder, MONDAY), &place, &way(""));
    let tuesday = collection(&folder, TUESDAY);
    assert_eq!(read(&tuesday, &place, &way("")), (0, before.clone()));
    fs::remove_file(folder.path().join("archive/a.txt")).unwrap();
    assert_eq!(read(&tuesday, &place, &way("")), (0, before));
    let mut wednesday = tuesday;
    for snapshot in &mut wednesday.snapshots {
        snapshot.stamp = Some(Stamp::told(0, WEDNESDAY));
    }
    let (count, outcomes) = read(&wednesday, &place, &way(""));
    assert_eq!((count, outcomes[0].0, outcomes[1].0), (0, Status::Unreadable, Status::Read));
}

#[test]
fn changed_bytes_are_read_whatever_size_they_have() {
    let (folder, place) = folder();
    read(&collection(&folder, MONDAY), &place, &way(""));
    fs::write(folder.path().join("archive/a.txt"), "Some 9,700 persons").unwrap();
    let (count, outcomes) = read(&collection(&folder, TUESDAY), &place, &way(""));
    assert_eq!(count, 1);
    assert!(format!("{:?}", outcomes[0]).contains("9,700"));
}

#[test]
fn another_way_of_reading_reads_all() {
    let (folder, place) = folder();
    let monday = collection(&folder, MONDAY);
    for (options, expected) in [("one", 2), ("one", 0), ("two", 2), ("two", 0), ("one", 2)] {
        assert_eq!(read(&monday, &place, &way(options)).0, expected, "{options}");
    }
}

#[test]
fn a_run_is_known_while_its_files_stand() {
    let (_folder, place) = folder();
    let file = place.folder.join("observations.csv");
    let ledger = Ledger::open(&place, &way(""));
    fs::write(&file, "id").unwrap();
    ledger.keep_run("digest", std::slice::from_ref(&file), &[], b"told".to_vec());
    let files = vec![PathBuf::from(&file)];
    let told = b"told".to_vec();
    assert_eq!(ledger.last_run("digest"), Some(LastRun { files, told }));
    assert_eq!(ledger.last_run("another"), None);
    fs::write(&file, "id,").unwrap();
    assert_eq!(ledger.last_run("digest"), None);
}
