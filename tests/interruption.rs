//! Runs that are killed, run out of disk, lose their folder or meet another one: outputs are whole or not there, and the next run puts all right.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// Kills in the suite; `CROSSTALLY_KILLS` asks for more.
const KILLS: u32 = 12;

fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin!("crosstally").to_path_buf()
}

/// An archive of a few specimens, and as it was before one more came in.
fn archives() -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let specimens = [
        "unhcr-western-balkans/2024-07.txt",
        "unhcr-western-balkans/2024-10.html",
        "iom-dtm-western-balkans/2024-12.pdf",
    ];
    let (before, after) = (folder.path().join("before"), folder.path().join("after"));
    for (archive, specimens) in [(&before, &specimens[..1]), (&after, &specimens[..])] {
        fs::create_dir(archive).unwrap();
        for specimen in specimens {
            fs::copy(fixtures.join(specimen), archive.join(specimen.replace('/', "-"))).unwrap();
        }
    }
    (folder, before, after)
}

fn command(archive: &Path, output: &Path) -> Command {
    let mut command = Command::new(program());
    command
        .arg("ingest")
        .arg(archive)
        .arg("--output")
        .arg(output)
        .args(["--jobs", "2", "--quiet"]);
    command
}

fn ingest(archive: &Path, output: &Path) -> Output {
    command(archive, output).output().unwrap()
}

fn start(archive: &Path, output: &Path) -> Child {
    command(archive, output).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Every file below a folder, by path.
fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(folder).unwrap().to_owned();
            found.insert(below, fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// What an undisturbed run writes.
fn undisturbed(archive: &Path) -> Files {
    let output = tempfile::tempdir().unwrap();
    let run = ingest(archive, output.path());
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    files(output.path())
}

fn is_draft(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "part")
}

/// Holds what stands in the folder against what one of two undisturbed runs writes, file by file.
#[track_caller]
fn check_whole(output: &Path, runs: [&Files; 2], when: &str) {
    for (path, bytes) in files(output).into_iter().filter(|(path, _)| !is_draft(path)) {
        let whole = runs.iter().any(|files| files.get(&path) == Some(&bytes));
        assert!(whole, "{} is neither the old nor the new file, killed {when}", path.display());
    }
}

#[track_caller]
fn check_put_right(archive: &Path, output: &Path, expected: &Files, when: &str) {
    let run = ingest(archive, output);
    assert!(run.status.success(), "{when}: {}", String::from_utf8_lossy(&run.stderr));
    let found = files(output);
    assert!(found == *expected, "after a run killed {when}: {:?}", found.keys().collect::<Vec<_>>());
}

#[test]
fn a_run_killed_at_any_moment_leaves_whole_files_and_the_next_run_ends_as_an_undisturbed_one() {
    let (folder, before, after) = archives();
    let start_of_clock = Instant::now();
    let (old, new) = (undisturbed(&before), undisturbed(&after));
    let whole = start_of_clock.elapsed() / 2;
    let kills = std::env::var("CROSSTALLY_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(KILLS);
    let mut drafts = 0;
    for kill in 0..kills {
        let output = folder.path().join(format!("output-{kill}"));
        // Every other run finds files there already.
        if kill % 4 < 2 {
            assert!(ingest(&before, &output).status.success());
        }
        let mut run = start(&after, &output);
        let when = if kill % 2 == 0 {
            let pause = whole * kill / kills;
            sleep(pause);
            format!("after {pause:?}")
        } else {
            // While it writes: short after the first draft appears.
            while run.try_wait().unwrap().is_none() && !is_writing(&output) {
                sleep(Duration::from_micros(200));
            }
            let pause = Duration::from_micros(u64::from(kill / 2 % 40) * 250);
            sleep(pause);
            format!("{pause:?} after the first draft")
        };
        run.kill().unwrap();
        run.wait().unwrap();
        if output.is_dir() {
            drafts += usize::from(files(&output).keys().any(|path| is_draft(path)));
            check_whole(&output, [&old, &new], &when);
        }
        check_put_right(&after, &output, &new, &when);
        fs::remove_dir_all(&output).unwrap();
    }
    assert!(drafts > 0, "no run was killed while it wrote");
}

/// Whether a draft of an output stands there; that of the probe comes before the reading.
fn is_writing(output: &Path) -> bool {
    let Ok(entries) = fs::read_dir(output) else { return false };
    let mut paths = entries.flatten().map(|entry| entry.path());
    let is_probe = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".probe."));
    paths.any(|path| is_draft(&path) && !is_probe(&path))
}

#[test]
fn a_run_that_loses_its_folder_ends_and_the_next_one_puts_all_right() {
    let (folder, _, after) = archives();
    let new = undisturbed(&after);
    let output = folder.path().join("output");
    for writing in [false, true] {
        let mut run = start(&after, &output);
        while run.try_wait().unwrap().is_none() && !(output.is_dir() && (!writing || is_writing(&output))) {
            sleep(Duration::from_micros(200));
        }
        // A file may come in while the folder is emptied.
        while fs::remove_dir_all(&output).is_err() && output.exists() {}
        let code = run.wait().unwrap().code();
        assert!(matches!(code, Some(0 | 2)), "{code:?}");
        if output.is_dir() {
            check_whole(&output, [&new, &new], "by nobody, its folder removed");
        }
        check_put_right(&after, &output, &new, "by nobody, its folder removed");
    }
}

/// A disk on which no file grows past some kilobytes, which fails a write as a full one does.
#[cfg(unix)]
#[test]
fn a_full_disk_ends_the_run_with_the_old_files_in_place() {
    let (folder, before, after) = archives();
    let output = folder.path().join("output");
    assert!(ingest(&before, &output).status.success());
    let old = files(&output);
    let run = Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""])
        .arg(program())
        .args(command(&after, &output).get_args())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write") && said.contains("too large"), "{said}");
    assert!(files(&output) == old, "{:?}", files(&output).keys());
}

#[cfg(unix)]
#[test]
fn a_second_run_into_one_folder_says_so_and_stops() {
    let (folder, before, _) = archives();
    let output = folder.path().join("output");
    assert!(ingest(&before, &output).status.success());
    let old = files(&output);
    // As a run holds it.
    let held = File::open(&output).unwrap();
    held.try_lock().unwrap();
    let run = ingest(&before, &output);
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("another run is writing into it"), "{said}");
    assert!(files(&output) == old);
    drop(held);
    assert!(ingest(&before, &output).status.success());
}
