//! Runs that are killed, run out of disk, lose their folder or meet another one: outputs are whole or not there, and the next run puts all right.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]
#![expect(clippy::print_stdout, reason = "a run that fails can be repeated by its seed")]

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// Kills in the suite; `CROSSTALLY_KILLS` asks for more, `CROSSTALLY_SEED` for others.
const KILLS: u64 = 12;

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

/// Every file below a folder but the ledger, by path.
fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let is_result = |entry: &walkdir::DirEntry| entry.file_name() != ".crosstally";
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_entry(is_result) {
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

/// Numbers that look drawn by lot, the same for the same seed (Marsaglia, Xorshift RNGs, 2003).
struct Lots(u64);

impl Lots {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end.max(1)
    }

    fn pause(&mut self, longest: Duration) -> Duration {
        Duration::from_micros(self.below(u64::try_from(longest.as_micros()).unwrap()))
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Starts a run and kills it at a moment drawn by lot; when that was.
fn killed(archive: &Path, output: &Path, whole: Duration, lots: &mut Lots) -> String {
    let mut run = start(archive, output);
    let (awaited, pause, when): (&dyn Fn() -> bool, _, _) = match lots.below(3) {
        0 => (&|| is_writing(output), lots.pause(Duration::from_millis(10)), "the first draft"),
        1 => (
            &|| output.join(".crosstally/ledger.sqlite").is_file(),
            lots.pause(whole / 2),
            "the ledger was opened",
        ),
        _ => (&|| true, lots.pause(whole), "it began"),
    };
    while run.try_wait().unwrap().is_none() && !awaited() {
        sleep(Duration::from_micros(200));
    }
    sleep(pause);
    run.kill().unwrap();
    run.wait().unwrap();
    format!("{pause:?} after {when}")
}

#[test]
fn a_run_killed_at_any_moment_leaves_whole_files_and_the_next_run_ends_as_an_undisturbed_one() {
    let (folder, before, after) = archives();
    let start_of_clock = Instant::now();
    let (old, new) = (undisturbed(&before), undisturbed(&after));
    let whole = start_of_clock.elapsed() / 2;
    let kills = number("CROSSTALLY_KILLS").unwrap_or(KILLS);
    let seed = number("CROSSTALLY_SEED").unwrap_or(20_241_231);
    println!("CROSSTALLY_KILLS={kills} CROSSTALLY_SEED={seed}");
    let mut lots = Lots(seed.max(1));
    let (mut killed_so_far, mut drafts) = (0, 0);
    while killed_so_far < kills {
        let output = folder.path().join(format!("output-{killed_so_far}"));
        // Every other run finds files and a ledger there already.
        if lots.below(2) == 0 {
            assert!(ingest(&before, &output).status.success());
        }
        let mut when = String::new();
        for _ in 0..=lots.below(3) {
            when = format!("{when} {}", killed(&after, &output, whole, &mut lots));
            killed_so_far += 1;
            if output.is_dir() {
                drafts += usize::from(files(&output).keys().any(|path| is_draft(path)));
                check_whole(&output, [&old, &new], &when);
            }
        }
        check_put_right(&after, &output, &new, &when);
        // What that run kept for the next one is sound, too.
        check_put_right(&before, &output, &old, &when);
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
fn what_a_killed_run_has_read_is_not_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let (output, expected) = (folder.path().join("output"), folder.path().join("expected"));
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let ingest = |output: &Path| {
        let mut command = Command::new(program());
        command.arg("ingest").arg(&fixtures).arg("--output").arg(output).args(["--format", "csv"]);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command
    };
    let mut run = ingest(&output).spawn().unwrap();
    // Empty tables take less.
    while fs::metadata(output.join(".crosstally/ledger.sqlite")).map_or(0, |metadata| metadata.len()) < 64 << 10 {
        assert_eq!(run.try_wait().unwrap(), None, "the run ended before it was killed");
        sleep(Duration::from_millis(1));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(!output.join("observations.csv").exists());
    let next = ingest(&output).output().unwrap();
    let said = String::from_utf8_lossy(&next.stderr);
    let unchanged = said
        .split_once(" unchanged since an earlier run")
        .and_then(|(words, _)| words.rsplit(' ').next()?.parse::<usize>().ok());
    assert!(unchanged.is_some_and(|unchanged| unchanged > 0), "{said}");
    assert!(ingest(&expected).output().unwrap().status.success());
    assert!(files(&output) == files(&expected));
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
