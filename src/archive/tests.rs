//! From paths on disk to the ledger: what is found, under which name, and what is told of the rest.

use std::fs;
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use super::{Collection, Holdings, Ledger, Limits, Reader, Silent, TroubleKind, Workers, pool, run, snapshots};
use crate::Error;
use crate::schema::{DocumentRecord, Extraction, Fact, Status};

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn collect(path: &Path) -> Collection {
    snapshots(&[path.to_owned()], &Limits::default()).unwrap()
}

fn names(collection: &Collection) -> Vec<&str> {
    collection.snapshots.iter().map(|snapshot| snapshot.path.as_str()).collect()
}

fn told(collection: &Collection) -> Vec<(&str, TroubleKind, &str)> {
    collection
        .troubles
        .iter()
        .map(|trouble| (trouble.path.as_str(), trouble.kind, trouble.cause.as_str()))
        .collect()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        // Written past the library's own guard against such names.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The reading of tests: how many bytes there were, as a fact.
fn count(document: DocumentRecord, bytes: &[u8]) -> Extraction {
    Extraction {
        facts: vec![Fact::Repaired {
            cause: format!("{} bytes", bytes.len()),
        }],
        document,
        ..Extraction::default()
    }
}

/// A run without a ledger.
fn whole_run(collection: &Collection, workers: Workers, read: &(dyn Fn(DocumentRecord, &[u8]) -> Extraction + Sync)) -> Vec<Extraction> {
    let (ledger, is_own) = (Ledger::default(), |_: &[u8]| false);
    let reader = Reader {
        read,
        too_long: &|_| None,
        is_own,
    };
    let done = run(collection, workers, &Silent, &ledger, reader).unwrap();
    Holdings::of(collection, done, &ledger, pool(workers).unwrap(), Box::new(read)).into_vec()
}

fn ledger(collection: &Collection, jobs: usize) -> Vec<String> {
    let workers = Workers::Jobs(NonZeroUsize::new(jobs).unwrap());
    let extractions = whole_run(collection, workers, &count);
    extractions
        .iter()
        .map(|extraction| format!("{:?} {:?}", extraction.document, extraction.facts))
        .collect()
}

#[test]
fn a_folder_gives_its_reports_in_order_without_what_lies_beside_them() {
    let folder = folder(&[
        ("2024/july.txt", b"x"),
        ("2024/july.csv", b"x"),
        ("2023/november.html", b"x"),
        ("README.md", b"x"),
        (".hidden/june.txt", b"x"),
        ("a.pdf", b""),
        ("page", b"<!doctype html>"),
    ]);
    let collection = collect(folder.path());
    assert_eq!(names(&collection), ["2023/november.html", "2024/july.txt", "a.pdf", "page"]);
    assert_eq!(collection.skipped, 2);
    assert_eq!(told(&collection), []);
}

#[test]
fn a_file_given_by_name_is_always_taken_and_taken_once() {
    let folder = folder(&[("data.csv", b"x"), ("july.txt", b"x")]);
    let paths = [folder.path().join("data.csv"), folder.path().to_owned(), folder.path().join("july.txt")];
    assert_eq!(names(&snapshots(&paths, &Limits::default()).unwrap()), ["data.csv", "july.txt"]);
}

#[test]
fn what_an_ignore_file_names_is_left_out_and_counted_unless_given_by_name() {
    let folder = folder(&[
        (".crosstallyignore", b"# trials\ntrials/\n*.html\n"),
        ("july.txt", b"x"),
        ("july.html", b"x"),
        ("trials/a.txt", b"x"),
        ("trials/b.csv", b"x"),
        ("trials/deep/c.pdf", b"x"),
        ("2023/.crosstallyignore", b"/june.txt"),
        ("2023/june.txt", b"x"),
        ("2023/may/june.txt", b"x"),
    ]);
    let collection = collect(folder.path());
    assert_eq!(names(&collection), ["2023/may/june.txt", "july.txt"]);
    assert_eq!((collection.left_out, told(&collection)), (4, vec![]));
    assert_eq!(names(&collect(&folder.path().join("trials/a.txt"))), ["a.txt"]);
    assert_eq!(names(&collect(&folder.path().join("trials"))), ["a.txt", "deep/c.pdf"]);
}

#[test]
fn a_faulty_ignore_file_is_told() {
    let folder = folder(&[
        ("2023/.crosstallyignore", b"[z-a]\n*.html"),
        ("2023/june.txt", b"x"),
        ("2023/june.html", b"x"),
    ]);
    let collection = collect(folder.path());
    assert_eq!(names(&collection), ["2023/june.txt"]);
    let told = told(&collection);
    assert_eq!((told[0].0, told[0].1), ("2023/.crosstallyignore", TroubleKind::Unreadable));
    assert!(told[0].2.starts_with("line 1: "), "{}", told[0].2);
}

#[test]
fn files_of_one_name_are_told_apart_by_their_folders() {
    let folder = folder(&[("unhcr/july.txt", b"x"), ("iom/july.txt", b"y")]);
    let paths = [folder.path().join("unhcr"), folder.path().join("iom")];
    assert_eq!(names(&snapshots(&paths, &Limits::default()).unwrap()), ["iom/july.txt", "july.txt"]);
}

#[test]
fn patterns_mean_the_same_everywhere() {
    let folder = folder(&[
        ("2024/july.txt", b"x"),
        ("2024/deep/june.txt", b"x"),
        ("2023/july.txt", b"x"),
        ("2023/july.pdf", b"x"),
    ]);
    let check = |pattern: &str, expected: &[&str]| {
        let collection = collect(&folder.path().join(pattern));
        assert_eq!(names(&collection), expected, "{pattern}");
    };
    check("*/july.txt", &["2023/july.txt", "2024/july.txt"]);
    check("**/*.txt", &["2023/july.txt", "2024/deep/june.txt", "2024/july.txt"]);
    check("2024*", &["2024/deep/june.txt", "2024/july.txt"]);
    check("2023/july.{txt,pdf}", &["july.pdf", "july.txt"]);
}

#[test]
fn paths_that_name_nothing_are_wrong_usage() {
    let folder = folder(&[("july.txt", b"x")]);
    let check = |path: &str| snapshots(&[folder.path().join(path)], &Limits::default()).unwrap_err();
    assert!(matches!(check("june.txt"), Error::PathNotFound { .. }));
    assert!(matches!(check("*.pdf"), Error::NothingMatches { .. }));
    assert!(matches!(check("june/*.txt"), Error::PathNotFound { .. }));
    assert!(matches!(check("[z-a]*.txt"), Error::BadPattern { .. }));
}

#[cfg(unix)]
#[test]
fn loops_dead_links_and_pipes_are_told_and_do_not_stop_the_walk() {
    let folder = folder(&[("2024/july.txt", b"x")]);
    std::os::unix::fs::symlink("..", folder.path().join("2024/again")).unwrap();
    std::os::unix::fs::symlink("gone.txt", folder.path().join("dead.txt")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("endless.txt")).unwrap();
    let collection = collect(folder.path());
    assert_eq!(names(&collection), ["2024/july.txt"]);
    let told = told(&collection);
    assert_eq!(told[0].0, "2024/again");
    assert!(told[0].2.starts_with("the link leads back to"), "{}", told[0].2);
    assert_eq!((told[1].0, told[1].1), ("dead.txt", TroubleKind::Unreadable));
    assert_eq!(told[2], ("endless.txt", TroubleKind::PassedOver, "not a regular file"));
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stdout, reason = "says that half of it was not checked")]
fn a_locked_folder_is_told_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[("locked/july.txt", b"x"), ("open/july.txt", b"x")]);
    let locked = folder.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).unwrap();
    let collection = collect(folder.path());
    let open_to_us = fs::read_dir(&locked).is_ok();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    if open_to_us {
        println!("run by one whom no lock holds: the locked folder was not checked");
        return;
    }
    assert_eq!(names(&collection), ["open/july.txt"]);
    assert_eq!((told(&collection)[0].0, told(&collection)[0].1), ("locked", TroubleKind::Unreadable));
}

#[test]
fn archives_in_folders_are_opened_and_given_ones_are_the_folder() {
    let zip = zipped(&[
        ("inner/july.pdf", b"%PDF-1.7"),
        ("inner/july.csv", b"x"),
        ("__MACOSX/._july.pdf", b"x"),
        ("LICENSE", b"x"),
    ]);
    let folder = folder(&[
        ("sub/all.zip", zip.as_slice()),
        (
            "2023.tar.gz",
            &gzipped(&tarred(&[("november.txt", b"some 30,200"), ("b/june.html", b"<p>")])),
        ),
        ("2022.tar", &tarred(&[("a/may.txt", b"some 12")])),
        ("april.txt.gz", &gzipped(b"some 9")),
    ]);
    let within = collect(folder.path());
    assert_eq!(
        names(&within),
        [
            "2022.tar/a/may.txt",
            "2023.tar.gz/b/june.html",
            "2023.tar.gz/november.txt",
            "april.txt.gz/april.txt",
            "sub/all.zip/inner/july.pdf"
        ]
    );
    assert_eq!(within.skipped, 2);
    let bytes: Vec<Vec<u8>> = within.snapshots.iter().map(|snapshot| snapshot.read_bytes().unwrap()).collect();
    assert_eq!(bytes, [&b"some 12"[..], b"<p>", b"some 30,200", b"some 9", b"%PDF-1.7"]);
    assert_eq!(names(&collect(&folder.path().join("sub/all.zip"))), ["inner/july.pdf"]);
}

#[test]
fn members_that_lead_out_of_their_archive_are_passed_over() {
    let zip = zipped(&[("../july.txt", b"x"), ("/etc/june.txt", b"x"), ("may.txt", b"x")]);
    let tar = gzipped(&tarred(&[("../july.txt", b"x"), ("may.txt", b"x")]));
    for (name, bytes) in [("a.zip", zip), ("a.tgz", tar)] {
        let folder = folder(&[(name, bytes.as_slice())]);
        let collection = collect(folder.path());
        assert_eq!(names(&collection), [format!("{name}/may.txt")]);
        assert!(
            told(&collection)
                .iter()
                .all(|(_, kind, cause)| *kind == TroubleKind::PassedOver && cause.starts_with("the name leads out"))
        );
        assert!(!told(&collection).is_empty());
    }
}

#[test]
fn links_and_nested_archives_in_archives_are_passed_over() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    builder.append_link(&mut header, "link.txt", "/etc/passwd").unwrap();
    let inner = zipped(&[("july.txt", b"x")]);
    let mut header = tar::Header::new_gnu();
    header.set_size(inner.len() as u64);
    builder.append_data(&mut header, "inner.zip", inner.as_slice()).unwrap();
    let folder = folder(&[("a.tar", &builder.into_inner().unwrap())]);
    let collection = collect(folder.path());
    assert_eq!(names(&collection), [""; 0]);
    let causes: Vec<&str> = told(&collection).iter().map(|told| told.2).collect();
    assert_eq!(
        causes,
        ["an archive within an archive; not opened", "a link or device in an archive; not followed"]
    );
}

#[test]
fn damaged_archives_are_told() {
    let zip = zipped(&[("july.txt", b"some 7,900 people")]);
    let tar = gzipped(&tarred(&[("july.txt", &b"some 7,900 people".repeat(1000))]));
    let folder = folder(&[
        ("cut.zip", &zip[..zip.len() / 2]),
        ("cut.tar.gz", &tar[..tar.len() / 2]),
        ("none.zip", b"not an archive"),
        ("empty.zip", b""),
        ("july.txt", b"x"),
    ]);
    let collection = collect(folder.path());
    assert_eq!(names(&collection), ["july.txt"]);
    let paths: Vec<&str> = told(&collection).iter().map(|told| told.0).collect();
    assert_eq!(paths, ["cut.tar.gz", "cut.zip", "empty.zip", "none.zip"]);
    assert!(told(&collection).iter().all(|told| told.1 == TroubleKind::Unreadable));
}

#[test]
fn bombs_are_told_before_they_fill_the_memory() {
    let zeros = vec![b' '; 40 << 20];
    let folder = folder(&[
        ("a.zip", &zipped(&[("july.txt", &zeros)])),
        ("b.txt.gz", &gzipped(&zeros)),
        ("c.tar.gz", &gzipped(&tarred(&[("july.txt", &zeros)]))),
    ]);
    let collection = collect(folder.path());
    assert_eq!(names(&collection), [""; 0]);
    assert_eq!(
        told(&collection).iter().map(|told| told.0).collect::<Vec<_>>(),
        ["a.zip/july.txt", "b.txt.gz", "c.tar.gz"]
    );
}

#[test]
fn limits_of_archives_hold() {
    let limits = Limits {
        members: 2,
        snapshot_bytes: 4,
        ..Limits::default()
    };
    let check = |name: &str, bytes: &[u8], expected: &[&str]| {
        let folder = folder(&[(name, bytes)]);
        let collection = snapshots(&[folder.path().to_owned()], &limits).unwrap();
        let told: Vec<&str> = told(&collection).iter().map(|told| told.2).collect();
        assert_eq!(told, expected, "{name}");
    };
    let three: [(&str, &[u8]); 3] = [("a.txt", b"x"), ("b.txt", b"x"), ("c.txt", b"x")];
    check("a.zip", &zipped(&three), &["over a limit: the archive has 3 members, more than 2"]);
    check(
        "a.tar",
        &tarred(&three),
        &["over a limit: the archive has more than 2 members; the rest is not read"],
    );
    check(
        "b.tar",
        &tarred(&[("a.txt", b"12345")]),
        &["over a limit: the member has 5 bytes, more than 4"],
    );
    let folder = folder(&[("a.zip", zipped(&[("a.txt", b"12345")]).as_slice())]);
    let collection = snapshots(&[folder.path().to_owned()], &limits).unwrap();
    assert_eq!(
        collection.snapshots[0].read_bytes().unwrap_err().to_string(),
        "over a limit: it unpacks to more than 4 bytes"
    );
}

#[test]
fn web_archives_give_the_pages_that_servers_answered_with() {
    let record = |kind: &str, uri: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let records = [
        "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nsome\r\n\r\n".to_owned(),
        record(
            "response",
            "https://example.org/en/336?x=1",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>7,900</p>",
        ),
        record(
            "response",
            "https://example.org/gone.html",
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no</p>",
        ),
        record(
            "response",
            "https://example.org/a.css",
            "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\np {}",
        ),
        record("request", "https://example.org/en/336", "GET / HTTP/1.1\r\n\r\n"),
        record(
            "response",
            "https://example.org/r.pdf",
            "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n%PDF-\r\n0\r\n\r\n",
        ),
    ];
    let each: Vec<u8> = records.iter().flat_map(|record| gzipped(record.as_bytes())).collect();
    let folder = folder(&[("site.warc.gz", &each), ("site.warc", records.concat().as_bytes())]);
    for name in ["site.warc.gz", "site.warc"] {
        let collection = collect(&folder.path().join(name));
        assert_eq!(names(&collection), ["example.org/en/336?x=1", "example.org/r.pdf"]);
        assert_eq!(collection.snapshots[0].read_bytes().unwrap(), b"<p>7,900</p>");
        assert_eq!(collection.snapshots[1].read_bytes().unwrap(), b"%PDF-");
        assert_eq!(told(&collection), []);
    }
}

#[test]
fn a_cut_web_archive_keeps_what_came_before_the_cut() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>7,900</p>";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.org/a.html\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    let folder = folder(&[("site.warc", format!("{record}WARC/1.0\r\nContent-Length: 99\r\n\r\nshort").as_bytes())]);
    let collection = collect(folder.path());
    assert_eq!(names(&collection), ["site.warc/e.org/a.html"]);
    assert_eq!(
        told(&collection),
        [("site.warc", TroubleKind::Unreadable, "the archive is damaged: it ends within a record")]
    );
}

#[test]
fn the_ledger_is_the_same_whatever_the_number_of_workers() {
    let names: Vec<String> = (0..40).map(|number| format!("{number}.txt")).collect();
    let contents: Vec<Vec<u8>> = (0..40_usize).map(|number| vec![b'x'; number * 7 % 11]).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .zip(&contents)
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let folder = folder(&files);
    let collection = collect(folder.path());
    let alone = ledger(&collection, 1);
    assert_eq!(alone.len(), 40);
    assert!(alone.is_sorted());
    for jobs in [2, 8] {
        assert_eq!(ledger(&collection, jobs), alone);
    }
}

#[test]
fn of_equal_snapshots_the_first_by_path_is_read() {
    let folder = folder(&[
        ("b.txt", b"same"),
        ("a.txt", b"same"),
        ("c.txt", b"else"),
        ("empty.txt", b""),
        ("empty too.txt", b""),
    ]);
    let extractions = whole_run(&collect(folder.path()), Workers::Cores, &count);
    let rows: Vec<(&str, Status, &str)> = extractions
        .iter()
        .map(|extraction| {
            (
                extraction.document.path.as_str(),
                extraction.document.status,
                extraction.document.duplicate_of.as_str(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("a.txt", Status::Read, ""),
            ("b.txt", Status::Duplicate, "a.txt"),
            ("c.txt", Status::Read, ""),
            ("empty too.txt", Status::Read, ""),
            ("empty.txt", Status::Read, "")
        ]
    );
    assert_eq!(extractions[0].document.hash, extractions[1].document.hash);
    assert_eq!(extractions[0].document.hash.len(), 64);
}

#[test]
fn a_reader_that_panics_leaves_one_unreadable_snapshot() {
    let folder = folder(&[("a.txt", b"x"), ("b.txt", b"y")]);
    let read = |document: DocumentRecord, bytes: &[u8]| {
        assert_ne!(bytes, b"x", "no reader for this");
        count(document, bytes)
    };
    let extractions = whole_run(&collect(folder.path()), Workers::Cores, &read);
    assert_eq!(extractions[0].document.status, Status::Unreadable);
    assert!(matches!(&extractions[0].facts[..], [Fact::Unreadable { cause }] if cause.starts_with("the reader failed: ")));
    assert_eq!(extractions[1].document.status, Status::Read);
}

#[test]
fn a_file_that_vanished_is_unreadable() {
    let folder = folder(&[("a.txt", b"x")]);
    let collection = collect(folder.path());
    fs::remove_file(folder.path().join("a.txt")).unwrap();
    let extractions = whole_run(&collection, Workers::Cores, &count);
    assert!(matches!(&extractions[0].facts[..], [Fact::Unreadable { .. }]));
}

#[test]
fn troubles_stand_in_the_ledger_in_their_place() {
    let folder = folder(&[("b.zip", b"no archive"), ("a.txt", b"x"), ("c.txt", b"y")]);
    let extractions = whole_run(&collect(folder.path()), Workers::Cores, &count);
    let paths: Vec<PathBuf> = extractions.iter().map(|extraction| PathBuf::from(&extraction.document.path)).collect();
    assert_eq!(paths, [Path::new("a.txt"), Path::new("b.zip"), Path::new("c.txt")]);
    assert_eq!(
        extractions[1].facts,
        [Fact::Unreadable {
            cause: "not the archive its name says".to_owned()
        }]
    );
}
