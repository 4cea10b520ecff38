//! Snapshots that break their reader: each costs itself alone, its cause is told, and nothing of it stays behind. The deaths are real.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    thread::{self, sleep},
    time::{Duration, Instant},
};

use crosstally::{
    Error, Options,
    archive::Silent,
    isolation::Isolation,
    schema::{Extraction, Fact, Status, Want},
};
use flate2::{Compression, write::ZlibEncoder};
use tempfile::TempDir;

/// How long something is waited for that has to happen soon.
const SOON: Duration = Duration::from_mins(1);

fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin!("crosstally").to_path_buf()
}

/// A PDF of these objects, from number 1; the first is its catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        writeln!(bytes, "{number} 0 obj").unwrap();
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    writeln!(bytes, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1).unwrap();
    for place in places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    writeln!(bytes, "trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{table}\n%%EOF").unwrap();
    bytes
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    [
        format!("<<{entries}/Length {}>>stream\n", content.len()).as_bytes(),
        content,
        b"\nendstream",
    ]
    .concat()
}

/// A PDF of one page: its resources, and its content as object 4; further objects follow.
fn page(resources: &str, content: Vec<u8>, further: impl IntoIterator<Item = Vec<u8>>) -> Vec<u8> {
    let catalog = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
    let pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec();
    let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<{resources}>>/Contents 4 0 R>>");
    let objects = [catalog, pages, page.into_bytes(), content];
    pdf(&objects.into_iter().chain(further).collect::<Vec<_>>())
}

/// A page whose forms each draw the next ten times, twelve deep: it is right, short, and takes years.
fn endless() -> Vec<u8> {
    let content = stream("", b"/F Do");
    let forms = (5..17).map(|number| {
        let entries = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</F {} 0 R>>>>",
            number + 1
        );
        stream(&entries, "/F Do ".repeat(10).as_bytes())
    });
    let last = stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", b"q Q");
    // The largest is read first.
    let padding = stream("", " ".repeat(300_000).as_bytes());
    page("/XObject<</F 5 0 R>>", content, forms.chain([last, padding]))
}

/// A page whose content unpacks to so many bytes.
fn large(unpacked: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&b"q Q ".repeat(unpacked / 4)).unwrap();
    let content = stream("/Filter/FlateDecode", &encoder.finish().unwrap());
    let padding = stream("", " ".repeat(300_000).as_bytes());
    page("", content, [padding])
}

/// A page painted in a colour that is defined by another one, and so on, fifty thousand deep.
fn deep() -> Vec<u8> {
    let colours = (5..50_005).map(|number| format!("[/Indexed {} 0 R 1 <000000ffffff>]", number + 1).into_bytes());
    let content = stream("", b"/C cs 1 sc 0 0 10 10 re f");
    page("/ColorSpace<</C 5 0 R>>", content, colours.chain([b"/DeviceRGB".to_vec()]))
}

/// A folder with a bad snapshot among good ones.
fn folder_with(bad: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for (specimen, name) in [
        ("unhcr-western-balkans/2024-07.txt", "a.txt"),
        ("iom-dtm-western-balkans/2024-12.pdf", "b.pdf"),
        ("unhcr-western-balkans/2024-10.html", "d.html"),
    ] {
        fs::copy(fixtures.join(specimen), folder.path().join(name)).unwrap();
    }
    fs::write(folder.path().join("c-bad.pdf"), bad).unwrap();
    folder
}

fn ingest(folder: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.arg("ingest").arg(folder).args(["--quiet", "--format", "csv", "--output"]);
    command
        .arg(folder.join(".output"))
        .args(options)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Every snapshot's status, and the message of what could not be read.
fn outcome(folder: &Path, run: &Output) -> (BTreeMap<String, String>, String) {
    // Nothing of what a process says before it dies is for the user's terminal.
    assert_eq!(String::from_utf8_lossy(&run.stderr), "");
    assert!(run.status.success(), "{}", run.status);
    let column = |row: &csv::StringRecord, headers: &csv::StringRecord, name: &str| {
        let index = headers.iter().position(|header| header == name).unwrap();
        row[index].to_owned()
    };
    let mut documents = csv::Reader::from_path(folder.join(".output/documents.csv")).unwrap();
    let headers = documents.headers().unwrap().clone();
    let statuses = documents
        .records()
        .map(Result::unwrap)
        .map(|row| (column(&row, &headers, "document"), column(&row, &headers, "status")))
        .collect();
    let mut findings = csv::Reader::from_path(folder.join(".output/findings.csv")).unwrap();
    let headers = findings.headers().unwrap().clone();
    let messages: Vec<String> = findings
        .records()
        .map(Result::unwrap)
        .filter(|row| column(row, &headers, "code") == "unreadable")
        .map(|row| column(&row, &headers, "message"))
        .collect();
    (statuses, messages.join("\n"))
}

/// The bad snapshot is told with its cause, and its neighbours are read.
#[track_caller]
fn check(folder: &Path, run: &Output, cause: &str) {
    let (statuses, message) = outcome(folder, run);
    let status = |name: &str| statuses[name].as_str();
    assert!(message.contains(cause), "{message}");
    assert_eq!(
        [status("a.txt"), status("b.pdf"), status("c-bad.pdf"), status("d.html")],
        ["read", "read", "unreadable", "read"]
    );
}

/// Processes that a process started and that are not dead.
fn children(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| {
        let number: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let status = fs::read_to_string(format!("/proc/{number}/status")).ok()?;
        let value = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let is_alive = value("State:")?.starts_with(['R', 'S', 'D', 'T', 't']);
        (value("PPid:")? == parent.to_string() && is_alive).then_some(number)
    });
    processes.collect()
}

fn until<T>(what: &str, mut happened: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(result) = happened() {
            return result;
        }
        assert!(start.elapsed() < SOON, "{what} did not happen");
        sleep(Duration::from_millis(20));
    }
}

/// How a run ends; one that does not end soon is ended.
fn end(run: Child) -> Output {
    let process = run.id();
    let (sender, receiver) = mpsc::channel();
    let waiting = thread::spawn(move || sender.send(run.wait_with_output().unwrap()));
    let ended = receiver.recv_timeout(SOON);
    if ended.is_err() {
        signal(process, "-KILL");
    }
    waiting.join().unwrap().unwrap();
    ended.expect("the run does not end")
}

fn signal(process: u32, signal: &str) {
    let status = Command::new("kill").args([signal, &process.to_string()]).status().unwrap();
    assert!(status.success(), "kill {signal} {process}");
}

/// The process that reads the bad snapshot, once it does: it takes the time of the processor.
fn busy_child(parent: &Child) -> u32 {
    until("a process reads", || {
        children(parent.id()).into_iter().find(|child| {
            let stat = fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
            let after_name = stat.rsplit(')').next().unwrap_or_default();
            // Field 14 of proc(5), the 12th after the name: user time in hundredths of a second.
            let used: u64 = after_name.split_whitespace().nth(11).and_then(|used| used.parse().ok()).unwrap_or(0);
            used > 20
        })
    })
}

#[test]
fn a_snapshot_that_never_ends_is_stopped_and_the_rest_is_read() {
    let folder = folder_with(&endless());
    let run = end(ingest(folder.path(), &["--time-limit", "2", "--jobs", "2"]).spawn().unwrap());
    check(folder.path(), &run, "the reader took more than 2 seconds and was stopped");
}

#[test]
fn a_snapshot_that_is_nested_too_deep_is_told_and_the_rest_is_read() {
    let folder = folder_with(&deep());
    let run = ingest(folder.path(), &["--jobs", "2"]).output().unwrap();
    check(folder.path(), &run, "the reader ran out of stack: things are nested too deep in it");
}

#[test]
fn a_snapshot_that_eats_memory_is_stopped_and_the_rest_is_read() {
    let folder = folder_with(&large(250 << 20));
    for jobs in ["1", "2"] {
        let run = ingest(folder.path(), &["--memory-limit", "256MiB", "--jobs", jobs]).output().unwrap();
        check(folder.path(), &run, "the reader ran out of memory (limit 256 MiB)");
    }
}

#[test]
fn a_reader_that_is_killed_from_outside_costs_its_snapshot() {
    let folder = folder_with(&endless());
    let run = ingest(folder.path(), &["--jobs", "1"]).spawn().unwrap();
    signal(busy_child(&run), "-KILL");
    check(
        folder.path(),
        &run.wait_with_output().unwrap(),
        "the reader was killed (signal 9), by somebody or for want of memory",
    );
    let run = ingest(folder.path(), &["--jobs", "1"]).spawn().unwrap();
    signal(busy_child(&run), "-ABRT");
    check(folder.path(), &run.wait_with_output().unwrap(), "the reader was ended by signal 6");
}

#[test]
fn a_reader_that_stands_still_is_replaced() {
    let folder = folder_with(&endless());
    let run = ingest(folder.path(), &["--jobs", "1", "--time-limit", "3"]).spawn().unwrap();
    signal(busy_child(&run), "-STOP");
    check(folder.path(), &end(run), "the reader took more than 3 seconds and was stopped");
}

#[test]
fn no_reader_outlives_a_run_that_is_killed() {
    let folder = folder_with(&endless());
    let mut run = ingest(folder.path(), &["--jobs", "2"]).spawn().unwrap();
    let reader = busy_child(&run);
    let readers = children(run.id());
    assert!(readers.contains(&reader));
    run.kill().unwrap();
    run.wait().unwrap();
    until("the end of all readers", || readers.iter().all(|reader| !is_alive(*reader)).then_some(()));
}

/// Orphans are handed on to another parent: they are known by their number alone.
fn is_alive(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:") && !line.contains(['Z', 'X']))
}

#[test]
fn no_process_is_started_for_small_texts() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let options = |program: &str| Options {
        isolation: Isolation::Process {
            program: program.into(),
            memory: Isolation::MEMORY,
        },
        ..Options::default()
    };
    let read = |file: &str| crosstally::ingest(&[fixtures.join(file)], &options("/no/such/program"), &Silent);
    assert!(read("unhcr-western-balkans/2024-07.txt").is_ok());
    assert!(read("unhcr-western-balkans/2024-10.html").is_ok());
    match read("iom-dtm-western-balkans/2024-12.pdf") {
        Err(Error::Process { program, .. }) => assert_eq!(program, Path::new("/no/such/program")),
        other => panic!("{other:?}"),
    }
}

/// What becomes of a PDF that is handed to a program which is none to hand it to.
fn read_by(program: &str) -> Extraction {
    let options = Options {
        isolation: Isolation::Process {
            program: program.into(),
            memory: Isolation::MEMORY,
        },
        ..Options::default()
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/iom-dtm-western-balkans/2024-12.pdf");
    let dataset = crosstally::ingest(&[file], &options, &Silent).unwrap();
    dataset.extractions.into_iter().next().unwrap()
}

#[test]
fn an_answer_that_is_none_makes_the_snapshot_unreadable() {
    let cause = |cause: &str| {
        let (cause, want) = (cause.to_owned(), Want::Life);
        vec![Fact::GivenUp { cause, want }]
    };
    let silent = read_by("true");
    assert_eq!(silent.document.status, Status::Unreadable);
    assert_eq!(silent.facts, cause("the reader ended without an answer (exit code 0)"));
    assert_eq!(read_by("false").facts, cause("the reader ended without an answer (exit code 1)"));
    assert_eq!(read_by("echo").facts, cause("the reader ended without an answer (exit code 0)"));
}

#[test]
fn pages_are_drawn_alike_in_both_ways() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unhcr-western-balkans/2020-01.pdf");
    let report = |isolation: &str| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(program());
        command
            .arg("ingest")
            .arg(&file)
            .args(["--quiet", "--cross-read", "--isolation", isolation, "--output"]);
        assert!(command.arg(folder.path()).status().unwrap().success());
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(folder.path()).into_iter().map(Result::unwrap) {
            let name = entry.path().strip_prefix(folder.path()).unwrap().to_owned();
            // The ledger tells how long each reading took.
            if entry.file_type().is_file() && !name.starts_with(".crosstally") {
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
        files
    };
    let (process, none) = (report("process"), report("none"));
    assert!(
        process.keys().any(|name| name.extension().is_some_and(|ending| ending == "png")),
        "{:?}",
        process.keys()
    );
    assert!(process == none, "{:?}", process.keys());
}

/// The program on one file, and what it says.
fn look(file: &Path, command: &[&str], options: &[&str]) -> Output {
    let mut command_line = Command::new(program());
    command_line.args(command).arg(file).args(options);
    end(command_line.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

/// A command that looks at the bad file ends with its cause, what to do about it, and nothing else.
#[track_caller]
fn check_look(bad: &[u8], command: &[&str], options: &[&str], expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.pdf");
    fs::write(&file, bad).unwrap();
    let pictures = folder.path().join("pictures");
    let options: Vec<&str> = options
        .iter()
        .map(|option| if *option == "DIR" { pictures.to_str().unwrap() } else { option })
        .collect();
    let run = look(&file, command, &options);
    let expected = format!("crosstally: cannot read {}: {expected}\n", file.display());
    assert_eq!(String::from_utf8_lossy(&run.stderr), expected);
    assert_eq!(String::from_utf8_lossy(&run.stdout), "");
    assert_eq!(run.status.code(), Some(2));
    assert!(!pictures.exists());
}

#[test]
fn a_file_that_never_ends_is_not_looked_at_for_ever() {
    let expected = "the reader took more than 1 second and was stopped; `--time-limit` gives it longer";
    check_look(&endless(), &["show"], &["--time-limit", "1"], expected);
    check_look(&endless(), &["--quiet", "show"], &["--picture", "DIR", "--time-limit", "1"], expected);
    check_look(&endless(), &["profile", "new"], &["--time-limit", "1"], expected);
}

#[test]
fn a_file_that_is_nested_too_deep_is_not_looked_at() {
    let expected = "the reader ran out of stack: things are nested too deep in it; fetch the file again from its publisher";
    check_look(&deep(), &["show"], &["--json"], expected);
    check_look(&deep(), &["show"], &["--picture", "DIR"], expected);
}

#[test]
fn a_file_that_eats_memory_is_not_looked_at() {
    let expected = "the reader ran out of memory (limit 256 MiB); `--memory-limit` gives it more";
    check_look(&large(250 << 20), &["show"], &["--claims", "--memory-limit", "256MiB"], expected);
    check_look(&large(250 << 20), &["show"], &["--stage", "words", "--memory-limit", "256MiB"], expected);
}

#[test]
fn a_file_is_looked_at_alike_in_both_ways() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let check = |file: &str, command: &[&str], options: &[&str]| {
        let file = fixtures.join(file);
        let said = |isolation: &str| look(&file, command, &[options, &["--isolation", isolation]].concat());
        let process = said("process");
        assert!(!process.stdout.is_empty() || !process.stderr.is_empty());
        assert_eq!(process, said("none"), "{command:?} {options:?}");
    };
    let report = "unhcr-western-balkans/2024-07.pdf";
    check(report, &["show"], &[]);
    check(report, &["show"], &["--json", "--color", "always"]);
    check(report, &["--color", "always", "show"], &["--claims"]);
    check(report, &["show"], &["--stage", "edges"]);
    check(report, &["profile", "new"], &[]);
    check("no-such.pdf", &["show"], &[]);
    let folder = tempfile::tempdir().unwrap();
    let pictures = folder.path().to_str().unwrap();
    check(report, &["show"], &["--picture", pictures, "--pages", "2"]);
    check(report, &["show"], &["--picture", pictures, "--pages", "99"]);
    assert_eq!(fs::read_dir(pictures).unwrap().count(), 1);
}

#[test]
fn no_process_is_started_to_look_at_a_small_text() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unhcr-western-balkans");
    // No process lives with so little.
    let code = |file: &str| look(&fixtures.join(file), &["show"], &["--memory-limit", "1KiB"]).status.code();
    assert_eq!(code("2024-07.txt"), Some(0));
    assert_eq!(code("2024-10.html"), Some(0));
    assert_eq!(code("2024-07.pdf"), Some(2));
}

#[test]
fn what_comes_through_a_pipe_is_looked_at() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unhcr-western-balkans");
    let shown = |file: &str| {
        let input = fs::File::open(fixtures.join(file)).unwrap();
        let mut cat = Command::new("cat").stdin(input).stdout(Stdio::piped()).spawn().unwrap();
        let piped = cat.stdout.take().unwrap();
        let run = Command::new(program()).args(["show", "/dev/stdin"]).stdin(piped).output().unwrap();
        cat.wait().unwrap();
        String::from_utf8_lossy(&run.stdout).into_owned()
    };
    assert!(shown("2024-07.txt").starts_with("stdin, text/plain, 1 page\n"));
    assert!(shown("2024-07.pdf").starts_with("stdin, application/pdf, "));
}

#[test]
fn no_process_looks_on_once_the_one_that_waits_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.pdf");
    fs::write(&file, endless()).unwrap();
    let mut show = Command::new(program()).arg("show").arg(file).spawn().unwrap();
    let reader = busy_child(&show);
    show.kill().unwrap();
    show.wait().unwrap();
    until("the end of the reader", || (!is_alive(reader)).then_some(()));
}

#[test]
fn limits_are_written_with_their_units() {
    let refuses = |flag: &str, value: &str, expected: &str| {
        let run = Command::new(program()).args(["check", ".", flag, value]).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{flag} {value}");
        let message = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(message.contains(expected), "{message}");
    };
    refuses("--memory-limit", "2", "it takes a whole number with its unit, such as 512MiB or 2GiB");
    refuses("--memory-limit", "0GiB", "it takes a whole number");
    refuses("--memory-limit", "99999999999GiB", "it takes a whole number");
    refuses("--time-limit", "0", "0 is not in 1..=86400");
    refuses("--isolation", "container", "[possible values: process, none]");
}
