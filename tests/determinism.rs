//! The same snapshots give the same bytes: whatever the jobs, the order of the PATHs and of the files, their place in the machine, the time zone, the
//! language, and the environment. `ledger.rs` holds the same of what earlier runs left.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use assert_cmd::Command;

const FAMILIES: [&str; 2] = ["iom-dtm-western-balkans", "unhcr-western-balkans"];

/// Every file written, by its path below the output folder.
type Files = BTreeMap<String, Vec<u8>>;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn files(folder: &Path, below: &Path, found: &mut Files) {
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with(".crosstally") {
            // The ledger is no result.
        } else if path.is_dir() {
            files(folder, &path, found);
        } else {
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            found.insert(name, fs::read(path).unwrap());
        }
    }
}

/// What `ingest` writes, and prints without the name of its output folder.
fn written(paths: &[PathBuf], options: &[&str], prepare: impl Fn(&mut Command)) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("crosstally").unwrap();
    command.arg("ingest").args(paths).args(options);
    // Drawing takes most of the time, and `cli.rs` compares the pictures of some.
    command.args(["--pictures", "none"]).arg("--output").arg(folder.path());
    // Wide enough that the name of the folder breaks no line.
    command.env("COLUMNS", "200");
    prepare(&mut command);
    let run = command.output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut found = Files::new();
    files(folder.path(), folder.path(), &mut found);
    assert!(found.len() >= 7, "{:?}", found.keys());
    let printed = String::from_utf8(run.stdout)
        .unwrap()
        .replace(&folder.path().display().to_string(), "OUTPUT");
    found.insert("what is printed".to_owned(), printed.into_bytes());
    found
}

/// The whole of the specimens, read by one worker.
fn expected() -> &'static Files {
    static EXPECTED: OnceLock<Files> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let files = written(&[fixtures()], &["--jobs", "1"], |_| ());
        let observations = String::from_utf8_lossy(&files["observations.csv"]).lines().count();
        assert!(observations > 5000, "{observations} lines of figures");
        files
    })
}

#[track_caller]
fn check(found: &Files, expected: &Files, what: &str) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{what}");
    for (name, bytes) in expected {
        let found = &found[name];
        if found != bytes {
            let (found, expected) = (String::from_utf8_lossy(found), String::from_utf8_lossy(bytes));
            let other = found.lines().zip(expected.lines()).find(|(one, other)| one != other);
            panic!("{what}: {name} differs, first in {other:#?}");
        }
    }
}

/// The whole of the specimens, read again in a way that differs from the first in everything told.
///
/// Ways are tried together, since each run takes its time: where the bytes differ, the ways of that run are to be tried one by one.
#[track_caller]
fn check_otherwise(path: &str, from: &Path, options: &[&str], zone: &str, language: &str) {
    let found = written(&[PathBuf::from(path)], options, |command| {
        command.current_dir(from).env("TZ", zone).env("LANG", language).env("LC_ALL", language);
    });
    let what = format!("{path} from {}, {options:?}, {zone}, {language}", from.display());
    check(&found, expected(), &what);
}

#[test]
fn a_job_a_core_elsewhere_on_an_island_in_turkish_writes_the_same_bytes() {
    let elsewhere = tempfile::tempdir().unwrap();
    let whole = fixtures().display().to_string();
    check_otherwise(&whole, elsewhere.path(), &[], "Pacific/Kiritimati", "tr_TR.UTF-8");
}

#[test]
fn threads_from_the_folder_above_in_half_hours_write_the_same_bytes() {
    let above = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = ["--isolation", "none", "--jobs", "3"];
    check_otherwise("fixtures", above, &options, "America/St_Johns", "C");
}

#[test]
fn eight_jobs_from_the_folder_itself_in_no_zone_write_the_same_bytes() {
    check_otherwise(".", &fixtures(), &["--jobs", "8"], "Nowhere/Nothing", "de_DE.ISO-8859-1");
}

#[test]
fn the_order_of_the_paths_does_not_matter() {
    let mut paths: Vec<PathBuf> = fs::read_dir(fixtures().join(FAMILIES[0]))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths.push(fixtures().join(FAMILIES[1]));
    let forwards = written(&paths, &[], |_| ());
    paths.reverse();
    paths[1..].rotate_left(2);
    check(
        &written(&paths, &[], |_| ()),
        &forwards,
        "the folder first, and the files in another order",
    );
}

/// The text and HTML specimens of the families, copied to a folder in an order of one's own.
fn copied(folder: &Path, order: impl Fn(&mut Vec<(PathBuf, PathBuf)>)) {
    let mut copies = Vec::new();
    for family in FAMILIES {
        fs::create_dir_all(folder.join(family)).unwrap();
        for entry in fs::read_dir(fixtures().join(family)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "txt" || ending == "html") {
                copies.push((path.clone(), folder.join(family).join(path.file_name().unwrap())));
            }
        }
    }
    copies.sort();
    order(&mut copies);
    assert!(copies.len() > 10, "{copies:?}");
    for (from, to) in copies {
        fs::copy(from, to).unwrap();
    }
}

const ALL_FORMATS: [&str; 2] = ["--format", "csv,jsonl,parquet,xlsx,sqlite,sdmx-csv,html"];

#[test]
fn where_an_archive_lies_and_in_which_order_its_files_came_does_not_matter() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let deep = there.path().join("a folder/of another machine");
    fs::create_dir_all(&deep).unwrap();
    copied(here.path(), |_| ());
    copied(&deep, |copies| {
        copies.reverse();
        copies.rotate_left(3);
    });
    let one = written(&[here.path().to_owned()], &ALL_FORMATS, |_| ());
    let other = written(std::slice::from_ref(&deep), &ALL_FORMATS, |_| ());
    check(&other, &one, "another folder, filled in another order");
    let relative = written(&[PathBuf::from("of another machine")], &ALL_FORMATS, |command| {
        command.current_dir(deep.parent().unwrap());
    });
    check(&relative, &one, "a path from the working directory");
}

#[test]
fn the_environment_does_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    copied(folder.path(), |_| ());
    let paths = [folder.path().to_owned()];
    let usual = written(&paths, &ALL_FORMATS, |_| ());
    let bare = written(&paths, &ALL_FORMATS, |command| {
        command.env_clear().env("COLUMNS", "200");
    });
    check(&bare, &usual, "no environment");
    let other = written(&paths, &ALL_FORMATS, |command| {
        let variables = [
            ("HOME", "/nonexistent"),
            ("USER", "somebody"),
            ("HOSTNAME", "elsewhere"),
            ("TERM", "dumb"),
            ("RUST_LOG", "trace"),
            ("RUST_BACKTRACE", "1"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("TZ", "Asia/Kathmandu"),
            ("RAYON_NUM_THREADS", "3"),
        ];
        command.envs(variables);
    });
    check(&other, &usual, "another user on another machine");
}
