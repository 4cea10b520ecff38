//! A second run into a folder: only what is new, changed or failed is read again, the result is that of a fresh run, and whatever befalls the ledger costs
//! time only.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{
    collections::BTreeMap,
    fs::{self, File, FileTimes},
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use rusqlite::Connection;
use tempfile::TempDir;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// An archive, and the folder that it is read into.
struct Place {
    _folder: TempDir,
    archive: PathBuf,
    output: PathBuf,
    elsewhere: PathBuf,
}

/// Four specimens, of which one has a copy.
fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let place = Place {
        archive: folder.path().join("archive"),
        output: folder.path().join("output"),
        elsewhere: folder.path().join("elsewhere"),
        _folder: folder,
    };
    fs::create_dir(&place.archive).unwrap();
    for (name, specimen) in [
        ("iom-2024-12.txt", "iom-dtm-western-balkans/2024-12.txt"),
        ("unhcr-2024-07.html", "unhcr-western-balkans/2024-07.html"),
        ("unhcr-2024-07.txt", "unhcr-western-balkans/2024-07.txt"),
        ("copy.txt", "unhcr-western-balkans/2024-07.txt"),
    ] {
        fs::copy(fixture(specimen), place.archive.join(name)).unwrap();
    }
    place
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Every file below a folder but the ledger, by path.
fn files(folder: &Path) -> Files {
    let is_result = |entry: &walkdir::DirEntry| entry.file_name() != ".crosstally";
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_entry(is_result)
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

fn ingest(archive: &Path, output: &Path, options: &[&str]) -> Output {
    let run = Command::new(assert_cmd::cargo::cargo_bin!("crosstally"))
        .arg("ingest")
        .arg(archive)
        .args(["--jobs", "2", "--output"])
        .arg(output)
        .args(options)
        // No name of a folder breaks a line.
        .env("COLUMNS", "5000")
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    run
}

fn said(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

impl Place {
    fn run(&self, options: &[&str]) -> Output {
        ingest(&self.archive, &self.output, options)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.archive.join(name)
    }

    fn ledger(&self) -> PathBuf {
        self.output.join(".crosstally/ledger.sqlite")
    }

    /// Runs, and holds what is said of the ledger, what is written and what is printed against a run that knows of no earlier one.
    #[track_caller]
    fn check(&self, options: &[&str], expected: &str) {
        let run = self.run(options);
        assert!(said(&run).contains(expected), "not `{expected}` but: {}", said(&run));
        let _ = fs::remove_dir_all(&self.elsewhere);
        let fresh = ingest(&self.archive, &self.elsewhere, options);
        let (found, expected) = (files(&self.output), files(&self.elsewhere));
        let differing: Vec<&PathBuf> = expected
            .iter()
            .filter(|(path, bytes)| found.get(*path) != Some(*bytes))
            .map(|(path, _)| path)
            .collect();
        assert!(differing.is_empty(), "{differing:?} are not as after a fresh run");
        // Files of formats that are not asked for this time stay; those of the report go with their snapshots.
        let reports = |files: &Files| files.keys().filter(|path| path.starts_with("report")).cloned().collect::<Vec<_>>();
        if !reports(&expected).is_empty() {
            assert_eq!(reports(&found), reports(&expected));
        }
        let printed = |run: &Output, folder: &Path| String::from_utf8_lossy(&run.stdout).replace(&folder.display().to_string(), "OUTPUT");
        assert_eq!(printed(&run, &self.output), printed(&fresh, &self.elsewhere));
    }
}

const NOTHING_CHANGED: &str = "nothing changed since the last run";
const CSV: [&str; 2] = ["--format", "csv"];

#[test]
fn a_first_run_speaks_of_no_ledger() {
    assert_eq!(said(&place().run(&CSV)), "");
}

#[test]
fn an_unchanged_archive_is_not_read_again_and_its_files_are_left_alone() {
    let place = place();
    place.run(&[]);
    let written = |name: &str| fs::metadata(place.output.join(name)).unwrap().modified().unwrap();
    let before = (written("observations.csv"), written("report/index.html"));
    place.check(
        &[],
        "nothing changed since the last run: the files are as it left them (3 unchanged, 0 read again)",
    );
    assert_eq!((written("observations.csv"), written("report/index.html")), before);
}

#[test]
fn every_format_is_that_of_a_fresh_run_after_one_snapshot_came_in_and_one_changed() {
    let place = place();
    let all = ["--format", "csv,jsonl,parquet,xlsx,sqlite,sdmx-csv,html"];
    place.run(&all);
    fs::copy(fixture("iom-dtm-western-balkans/2024-11.txt"), place.path("another.txt")).unwrap();
    let text = fs::read_to_string(place.path("iom-2024-12.txt")).unwrap();
    fs::write(place.path("iom-2024-12.txt"), text + "\nSome 4,321 persons arrived.\n").unwrap();
    place.check(&all, "2 unchanged since an earlier run, 2 read");
    place.check(&all, NOTHING_CHANGED);
}

#[test]
fn other_bytes_of_the_same_size_and_time_are_read() {
    let place = place();
    let path = place.path("unhcr-2024-07.html");
    let bytes = fs::read_to_string(&path).unwrap();
    place.run(&CSV);
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    assert!(bytes.contains("7,900"));
    fs::write(&path, bytes.replace("7,900", "9,700")).unwrap();
    File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_times(FileTimes::new().set_modified(time))
        .unwrap();
    place.check(&CSV, "2 unchanged since an earlier run");
    assert!(fs::read_to_string(place.output.join("observations.csv")).unwrap().contains("9,700"));
}

#[test]
fn a_snapshot_that_was_only_touched_is_not_read() {
    let place = place();
    place.run(&CSV);
    let bytes = fs::read(place.path("iom-2024-12.txt")).unwrap();
    fs::write(place.path("iom-2024-12.txt"), bytes).unwrap();
    place.check(&CSV, NOTHING_CHANGED);
}

#[test]
fn deleted_snapshots_leave_the_outputs_and_the_ledger() {
    let place = place();
    place.run(&CSV);
    fs::remove_file(place.path("iom-2024-12.txt")).unwrap();
    // The first of two copies: the other is read in its place.
    fs::remove_file(place.path("copy.txt")).unwrap();
    place.check(&CSV, "1 unchanged since an earlier run, 1 read");
    let ledger = Connection::open(place.ledger()).unwrap();
    let paths: String = ledger
        .query_row(
            "SELECT group_concat(path, ' ') FROM (SELECT path FROM snapshot ORDER BY path)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(paths, "unhcr-2024-07.html unhcr-2024-07.txt");
    let kept: i64 = ledger.query_row("SELECT count(*) FROM extraction", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 2);
}

#[test]
fn what_failed_is_tried_again() {
    let place = place();
    fs::write(place.path("broken.pdf"), "%PDF-1.7 and no more").unwrap();
    place.run(&CSV);
    place.check(&CSV, "(3 unchanged, 1 read again)");
}

#[test]
fn copies_of_what_failed_and_pages_of_earlier_runs_are_dealt_with_as_at_first() {
    let place = place();
    // Under the first name it is no report; under the others it is, once.
    for name in ["a.pdf", "b.txt", "c.txt"] {
        fs::copy(fixture("unhcr-western-balkans/2024-10.txt"), place.path(name)).unwrap();
    }
    place.run(&[]);
    fs::copy(place.output.join("report/index.html"), place.path("overview.html")).unwrap();
    fs::copy(place.output.join("report/index.html"), place.path("overview too.html")).unwrap();
    place.check(&[], "unchanged since an earlier run");
    place.check(&[], NOTHING_CHANGED);
    fs::copy(fixture("unhcr-western-balkans/2024-02.txt"), place.path("z.txt")).unwrap();
    place.check(&[], "unchanged since an earlier run");
}

#[test]
fn members_of_archives_are_known_again() {
    let place = place();
    let zip = |names: &[&str]| {
        let mut writer = zip::ZipWriter::new(File::create(place.path("reports.zip")).unwrap());
        for name in names {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer
                .write_all(&fs::read(fixture(&format!("unhcr-western-balkans/{name}"))).unwrap())
                .unwrap();
        }
        writer.finish().unwrap();
    };
    zip(&["2024-02.txt", "2024-10.txt"]);
    place.run(&CSV);
    place.check(&CSV, "(5 unchanged, 0 read again)");
    zip(&["2024-02.html", "2024-10.txt", "2024-02.txt"]);
    place.check(&CSV, "5 unchanged since an earlier run, 1 read");
}

#[test]
fn fresh_reads_all_anew() {
    let place = place();
    place.run(&CSV);
    let run = place.run(&["--format", "csv", "--fresh"]);
    assert_eq!(said(&run), "");
    place.check(&CSV, NOTHING_CHANGED);
}

#[test]
fn quiet_says_nothing_of_the_ledger() {
    let place = place();
    place.run(&CSV);
    let run = place.run(&["--format", "csv", "--quiet"]);
    assert_eq!((said(&run).as_str(), run.stdout.as_slice()), ("", &b""[..]));
    fs::write(place.ledger(), "no database").unwrap();
    assert_eq!(said(&place.run(&["--format", "csv", "--quiet"])), "");
}

#[test]
fn other_profiles_and_other_readers_read_all_anew() {
    let place = place();
    let profiles = tempfile::tempdir().unwrap();
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/profiles/unhcr-western-balkans/profile.toml");
    let own = profiles.path().join("own.toml");
    fs::copy(&built_in, &own).unwrap();
    let options = ["--format", "csv", "--profiles", profiles.path().to_str().unwrap()];
    place.run(&CSV);
    let nothing_known = |options: &[&str]| {
        let run = place.run(options);
        assert_eq!(said(&run), "", "{options:?}");
        place.check(options, NOTHING_CHANGED);
    };
    nothing_known(&options);
    let text = fs::read_to_string(&own).unwrap();
    fs::write(&own, text + "\n# another word\n").unwrap();
    nothing_known(&options);
    nothing_known(&["--format", "csv", "--cross-read"]);
    nothing_known(&CSV);
}

#[test]
fn other_formats_waivers_and_pictures_write_anew_what_need_not_be_read() {
    let place = place();
    place.run(&CSV);
    place.check(&["--format", "csv,jsonl"], "3 unchanged since an earlier run");
    place.check(&["--format", "csv,jsonl", "--hxl"], "3 unchanged since an earlier run");
    place.check(&["--format", "csv,html", "--pictures", "none"], "3 unchanged since an earlier run");
    let waiver = "[[waiver]]\ncode = \"total-differs\"\ndocument = \"iom-*\"\nreason = \"known\"\nowner = \"ana\"\nuntil = 2027-06-30\n";
    fs::write(place.path("crosstally.toml"), waiver).unwrap();
    place.check(&CSV, "3 unchanged since an earlier run");
    place.check(&CSV, NOTHING_CHANGED);
    place.check(&["--format", "csv", "--today", "3000-01-01"], "3 unchanged since an earlier run");
}

#[test]
fn a_file_that_was_edited_or_removed_is_written_again() {
    let place = place();
    place.run(&[]);
    fs::remove_file(place.output.join("report/index.html")).unwrap();
    place.check(&[], "3 unchanged since an earlier run");
    let path = place.output.join("observations.csv");
    let text = fs::read_to_string(&path).unwrap();
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, text.replace("7,900", "9,700")).unwrap();
    File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_times(FileTimes::new().set_modified(time))
        .unwrap();
    place.check(&[], "3 unchanged since an earlier run");
    fs::remove_dir_all(place.output.join("report/data")).unwrap();
    place.check(&[], "3 unchanged since an earlier run");
    place.check(&[], NOTHING_CHANGED);
}

#[test]
fn a_folder_that_was_moved_keeps_its_ledger() {
    let place = place();
    place.run(&CSV);
    let moved = place.output.with_file_name("moved");
    fs::rename(&place.output, &moved).unwrap();
    let run = ingest(&place.archive, &moved, &CSV);
    assert!(said(&run).contains(NOTHING_CHANGED), "{}", said(&run));
    assert!(String::from_utf8_lossy(&run.stdout).contains(&moved.display().to_string()));
}

#[test]
fn timings_are_those_of_the_reading() {
    let place = place();
    let options = ["--format", "csv", "--timings"];
    place.run(&options);
    let milliseconds = || {
        let text = fs::read_to_string(place.output.join("documents.csv")).unwrap();
        let mut rows: Vec<String> = text.lines().map(|line| line.rsplit(',').next().unwrap().to_owned()).collect();
        rows.drain(..1);
        rows
    };
    let first = milliseconds();
    fs::remove_file(place.output.join("findings.csv")).unwrap();
    place.run(&options);
    assert_eq!(milliseconds(), first);
    assert!(first.iter().filter(|cell| !cell.is_empty()).count() >= 3, "{first:?}");
}

/// Does something to the ledger at a path.
type Spoil<'a> = &'a dyn Fn(&Path);

#[test]
fn a_ledger_that_cannot_be_used_is_told_and_made_anew() {
    let place = place();
    place.run(&CSV);
    let sound = fs::read(place.ledger()).unwrap();
    let cases: [(&str, Spoil); 6] = [
        ("garbage", &|path| {
            fs::write(path, "no database at all, but longer than the head of one would be ".repeat(20)).unwrap();
        }),
        ("cut off", &|path| fs::write(path, &sound[..sound.len() / 3]).unwrap()),
        ("holes", &|path| {
            let mut bytes = sound.clone();
            bytes[4096..12288].fill(0);
            fs::write(path, bytes).unwrap();
        }),
        ("of another version", &|path| {
            Connection::open(path).unwrap().pragma_update(None, "user_version", 77).unwrap();
        }),
        ("of another program", &|path| {
            fs::remove_file(path).unwrap();
            Connection::open(path)
                .unwrap()
                .execute_batch("CREATE TABLE snapshot (path TEXT)")
                .unwrap();
        }),
        ("without a column", &|path| {
            Connection::open(path)
                .unwrap()
                .execute_batch("ALTER TABLE snapshot DROP COLUMN seal")
                .unwrap();
        }),
    ];
    for (what, spoil) in cases {
        spoil(&place.ledger());
        place.check(&CSV, "read anew");
        let run = place.run(&CSV);
        assert!(said(&run).contains(NOTHING_CHANGED), "after {what}: {}", said(&run));
    }
}

#[test]
fn an_empty_ledger_is_no_fault() {
    let place = place();
    place.run(&CSV);
    fs::write(place.ledger(), "").unwrap();
    let run = place.run(&CSV);
    assert_eq!(said(&run), "");
    place.check(&CSV, NOTHING_CHANGED);
}

#[test]
fn where_no_ledger_can_be_kept_the_run_says_so_and_goes_on() {
    let place = place();
    fs::create_dir_all(&place.output).unwrap();
    fs::write(place.output.join(".crosstally"), "a file in its place").unwrap();
    place.check(&CSV, "no ledger can be kept in");
    fs::remove_file(place.output.join(".crosstally")).unwrap();
    fs::create_dir_all(place.ledger().join("in its place")).unwrap();
    place.check(&CSV, "no ledger can be kept in");
}

#[test]
fn a_ledger_that_another_program_has_open_is_left_alone() {
    let place = place();
    place.run(&CSV);
    let other = Connection::open(place.ledger()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    fs::copy(fixture("iom-dtm-western-balkans/2024-11.txt"), place.path("another.txt")).unwrap();
    place.check(&CSV, "another program has it open");
    drop(other);
    place.check(&CSV, "3 unchanged since an earlier run, 1 read");
}

#[test]
fn a_figure_that_was_changed_within_the_ledger_is_not_believed() {
    let place = place();
    place.run(&CSV);
    let ledger = Connection::open(place.ledger()).unwrap();
    let swap = "UPDATE extraction SET packed = (SELECT packed FROM extraction ORDER BY id DESC LIMIT 1) WHERE id = (SELECT min(id) FROM extraction)";
    assert_eq!(ledger.execute(swap, []).unwrap(), 1);
    drop(ledger);
    fs::remove_file(place.output.join("findings.csv")).unwrap();
    place.check(&CSV, "is damaged: 1 of its snapshots are read anew");
    let ledger = Connection::open(place.ledger()).unwrap();
    assert!(ledger.execute("UPDATE snapshot SET hash = 'ff' || substr(hash, 3)", []).unwrap() > 0);
    drop(ledger);
    place.check(&CSV, "of its snapshots are read anew");
}

/// Bytes of the ledger flipped in the suite; `CROSSTALLY_FLIPS` asks for more.
const FLIPS: usize = 6;

#[test]
fn flipped_bytes_anywhere_in_the_ledger_change_no_figure() {
    let place = place();
    place.run(&CSV);
    let expected = files(&place.output);
    let sound = fs::read(place.ledger()).unwrap();
    let flips = std::env::var("CROSSTALLY_FLIPS")
        .ok()
        .and_then(|flips| flips.parse().ok())
        .unwrap_or(FLIPS);
    for flip in 0..flips {
        let mut bytes = sound.clone();
        for at in 0..20 {
            // Spread over the file by the golden ratio.
            let at = ((flip * 20 + at + 1) * 2_654_435_761) % bytes.len();
            bytes[at] ^= 1 << (at % 8);
        }
        fs::write(place.ledger(), bytes).unwrap();
        fs::remove_file(place.output.join("findings.csv")).unwrap();
        place.run(&CSV);
        assert!(files(&place.output) == expected, "after flip {flip}");
    }
}

#[test]
fn version_control_passes_the_ledger_by() {
    let place = place();
    place.run(&CSV);
    assert_eq!(fs::read_to_string(place.output.join(".crosstally/.gitignore")).unwrap(), "*\n");
}
