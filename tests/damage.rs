//! Wrong input through the program: each fault is told in plain words, the rest of the run is kept, nothing panics or hangs.

#![expect(clippy::print_stderr, reason = "a test that checks nothing says so")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufWriter, Cursor, Write},
    path::{Path, PathBuf},
    process::Output,
    time::{Duration, Instant},
};

use assert_cmd::Command;
use flate2::{Compression, write::GzEncoder};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

/// The sound report beside every damaged one.
const SOUND: &str = "unhcr-western-balkans/2024-07";

type Row = BTreeMap<String, String>;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn specimen(name: &str) -> Vec<u8> {
    fs::read(fixtures().join(name)).unwrap()
}

fn sound_figures() -> usize {
    let gold = specimen("unhcr-western-balkans/gold/2024-07.csv");
    csv::Reader::from_reader(gold.as_slice()).records().count()
}

/// A folder of files, and a sound report among them.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::write(folder.path().join("sound.txt"), specimen(&format!("{SOUND}.txt"))).unwrap();
    folder
}

fn crosstally(arguments: &[&str]) -> Output {
    Command::cargo_bin("crosstally")
        .unwrap()
        .args(arguments)
        .env_remove("COLUMNS")
        .timeout(Duration::from_mins(1))
        .output()
        .unwrap()
}

fn told(output: &Output) -> String {
    format!(
        "{:?}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// What an ingest wrote.
struct Written {
    documents: Vec<Row>,
    observations: Vec<Row>,
    findings: Vec<Row>,
    printed: String,
}

/// Ingests, which ends well whatever the snapshots are.
#[track_caller]
fn ingest(path: &Path, options: &[&str]) -> Written {
    let output = tempfile::tempdir().unwrap();
    let mut arguments = vec!["ingest", path.to_str().unwrap(), "--output", output.path().to_str().unwrap()];
    arguments.extend(options);
    let run = crosstally(&arguments);
    assert!(run.status.success(), "{}", told(&run));
    let rows = |file: &str| {
        let mut reader = csv::Reader::from_path(output.path().join(file)).unwrap();
        reader.deserialize().collect::<Result<Vec<Row>, _>>().unwrap()
    };
    Written {
        documents: rows("documents.csv"),
        observations: rows("observations.csv"),
        findings: rows("findings.csv"),
        printed: String::from_utf8(run.stdout).unwrap(),
    }
}

impl Written {
    fn observations_of(&self, document: &str) -> Vec<&Row> {
        self.observations.iter().filter(|row| row["document"] == document).collect()
    }

    fn findings_of(&self, document: &str) -> Vec<&Row> {
        self.findings
            .iter()
            .filter(|row| row["documents"].split(';').any(|path| path == document))
            .collect()
    }

    #[track_caller]
    fn check_sound(&self) {
        assert_eq!(self.observations_of("sound.txt").len(), sound_figures(), "{}", self.printed);
    }

    #[track_caller]
    fn check_told(&self, document: &str, code: &str, said: &str) {
        let findings = self.findings_of(document);
        assert!(
            findings.iter().any(|row| row["code"] == code && row["message"].contains(said)),
            "no {code} with “{said}” on {document}: {findings:#?}"
        );
        assert!(!findings.iter().any(|row| row["message"].contains("the reader failed")), "{findings:#?}");
    }
}

/// A damaged file beside a sound one: `ingest` keeps the sound one and ends well, `check` ends with 1.
#[track_caller]
fn check(name: &str, bytes: &[u8], code: &str, said: &str) -> Written {
    let folder = folder(&[(name, bytes)]);
    let written = ingest(folder.path(), &[]);
    written.check_sound();
    written.check_told(name, code, said);
    assert!(written.documents.iter().any(|row| row["document"] == name));
    let severity = written.findings_of(name).iter().any(|row| row["severity"] == "error");
    let checked = crosstally(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(checked.status.code(), Some(i32::from(severity)), "{}", told(&checked));
    written
}

/// The same, for a file of which nothing can be read.
#[track_caller]
fn check_unreadable(name: &str, bytes: &[u8], said: &str) {
    let written = check(name, bytes, "unreadable", said);
    assert!(
        written.printed.contains("Not read") && written.printed.contains(&format!("unreadable {name}")),
        "{}",
        written.printed
    );
    assert!(written.findings_of(name).iter().all(|row| row["severity"] == "error"));
    assert!(written.observations_of(name).is_empty());
}

#[test]
fn empty_files_and_pictures_by_another_name_are_unreadable() {
    check_unreadable("empty.txt", b"", "the file is empty");
    check_unreadable("blank.html", b" \n\t\n", "the file is empty");
    let picture = specimen("unhcr-western-balkans/faults/unreadable/picture-by-another-name.pdf");
    check_unreadable("report.pdf", &picture, "the name says a PDF, the content is a PNG picture");
    check_unreadable("report.txt", &picture, "the content is a PNG picture");
}

#[test]
fn binary_noise_is_unreadable_under_every_name() {
    let noise: Vec<u8> = (0..40_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    check_unreadable("noise.txt", &noise, "data that is no text");
    check_unreadable("noise.html", &noise, "data that is no text");
    check_unreadable("noise.pdf", &noise, "data that is no text");
    // In a folder, a file whose name and content say nothing is passed over; one given by name is not.
    let folder = folder(&[("noise", &noise)]);
    ingest(folder.path(), &[]).check_sound();
    ingest(&folder.path().join("noise"), &[]).check_told("noise", "unreadable", "data that is no text");
}

#[test]
fn an_encrypted_pdf_is_unreadable() {
    let locked = specimen("unhcr-western-balkans/faults/unreadable/locked.pdf");
    check_unreadable("locked.pdf", &locked, "the file is encrypted");
}

#[test]
fn a_pdf_cut_off_at_any_length_is_told_as_damaged() {
    let whole = specimen(&format!("{SOUND}.pdf"));
    for eighths in 1..8 {
        let cut = &whole[..whole.len() * eighths / 8];
        let written = check("cut.pdf", cut, "unreadable", "cut.pdf");
        let severe = written.findings_of("cut.pdf").iter().any(|row| row["severity"] == "error");
        assert!(severe, "{eighths} eighths of a PDF are no report: {:#?}", written.findings_of("cut.pdf"));
    }
    check_unreadable("cut.pdf", &whole[..12], "damaged");
}

#[test]
fn html_cut_in_the_middle_gives_the_figures_before_the_cut_and_tells_what_is_lost() {
    let whole = specimen(&format!("{SOUND}.html"));
    let cut = whole.len() / 2;
    let folder = folder(&[("cut.html", &whole[..cut]), ("other/whole.html", &whole)]);
    let written = ingest(folder.path(), &[]);
    written.check_sound();
    let end = |row: &Row| row["place"].split('-').next_back().unwrap().parse::<usize>().unwrap();
    let before = |document: &str| -> Vec<String> {
        // The last element may be broken by the cut; what ended well before it stands as it was.
        let rows = written.observations_of(document).into_iter().filter(|row| end(row) + 200 < cut);
        rows.map(|row| [&row["indicator"], &row["value"], &row["place"]].map(String::as_str).join(" "))
            .collect()
    };
    assert_eq!(before("cut.html"), before("other/whole.html"));
    assert!(!before("cut.html").is_empty() && before("cut.html").len() < written.observations_of("other/whole.html").len());
    let codes: Vec<&str> = written.findings_of("cut.html").iter().map(|row| row["code"].as_str()).collect();
    assert!(codes.contains(&"missing-figure") || codes.contains(&"unread-section"), "{codes:?}");
}

/// All that an observation says, without where it stands.
fn said(row: &Row) -> Vec<&str> {
    let columns = [
        "indicator",
        "statistic",
        "area",
        "origin",
        "sex",
        "group",
        "period_start",
        "period_end",
        "base_start",
        "base_end",
        "value",
        "unit",
        "qualifier",
        "quote",
    ];
    columns.map(|column| row[column].as_str()).to_vec()
}

#[test]
fn utf_16_gives_the_same_figures_at_the_bytes_of_the_file() {
    for medium in ["txt", "html"] {
        let plain = specimen(&format!("{SOUND}.{medium}"));
        let text = format!("\u{feff}{}", String::from_utf8(plain.clone()).unwrap());
        let wide: [Vec<u8>; 2] =
            [u16::to_le_bytes, u16::to_be_bytes].map(|to_bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to_bytes).collect());
        let decode = [u16::from_le_bytes, u16::from_be_bytes];
        let names = [format!("a/little.{medium}"), format!("b/big.{medium}"), format!("c/narrow.{medium}")];
        let folder = folder(&[(&names[0], &wide[0]), (&names[1], &wide[1]), (&names[2], &plain)]);
        let written = ingest(folder.path(), &[]);
        let narrow = written.observations_of(&names[2]);
        assert_eq!(narrow.len(), sound_figures());
        for (index, bytes) in wide.iter().enumerate() {
            let found = written.observations_of(&names[index]);
            assert_eq!(
                found.iter().map(|row| said(row)).collect::<Vec<_>>(),
                narrow.iter().map(|row| said(row)).collect::<Vec<_>>(),
                "{}",
                names[index]
            );
            for (row, plain_row) in found.iter().zip(&narrow) {
                let span = |row: &Row| {
                    let (start, end) = row["place"].strip_prefix("bytes ").unwrap().split_once('-').unwrap();
                    start.parse::<usize>().unwrap()..end.parse::<usize>().unwrap()
                };
                let units: Vec<u16> = bytes[span(row)].chunks_exact(2).map(|pair| decode[index]([pair[0], pair[1]])).collect();
                let expected = std::str::from_utf8(&plain[span(plain_row)]).unwrap();
                assert_eq!(String::from_utf16(&units).unwrap(), expected, "{}", row["place"]);
            }
        }
    }
}

/// The program under a cap on its memory, in bytes.
#[cfg(target_os = "linux")]
fn crosstally_within(bytes: u64, arguments: &[&str]) -> Output {
    Command::new("sh")
        .args(["-c", &format!("ulimit -v {} && exec \"$0\" \"$@\"", bytes / 1024)])
        .arg(assert_cmd::cargo::cargo_bin!("crosstally"))
        .args(arguments)
        .timeout(Duration::from_mins(2))
        .output()
        .unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_of_two_hundred_megabytes_is_refused_soon_and_in_little_memory() {
    let folder = folder(&[]);
    let mut file = BufWriter::new(File::create(folder.path().join("line.txt")).unwrap());
    let words = b"Some 7,900 persons transited the Western Balkans between January and July 2024. ".repeat(1000);
    for _ in 0..=(200 << 20) / words.len() {
        file.write_all(&words).unwrap();
    }
    drop(file);
    let output = tempfile::tempdir().unwrap();
    let (path, out) = (folder.path().to_str().unwrap(), output.path().to_str().unwrap());
    let start = Instant::now();
    let run = crosstally_within(1 << 30, &["ingest", path, "--output", out, "--jobs", "2"]);
    assert!(run.status.success(), "{}", told(&run));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    let findings = fs::read_to_string(output.path().join("findings.csv")).unwrap();
    assert!(
        findings.contains("line.txt") && findings.contains("unreadable") && findings.contains("over a limit"),
        "{findings}"
    );
    let observations = fs::read_to_string(output.path().join("observations.csv")).unwrap();
    assert_eq!(observations.matches(",sound.txt,").count(), sound_figures());
}

#[test]
fn a_report_that_no_profile_knows_is_told_and_kept_in_the_ledger() {
    let other = specimen("unhcr-western-balkans/faults/unknown-family/harbour-watch-2024-06.txt");
    let written = check("harbour.txt", &other, "unknown-family", "No profile knows `harbour.txt`");
    assert!(
        written
            .documents
            .iter()
            .any(|row| row["document"] == "harbour.txt" && row["status"] == "unknown-family")
    );
}

#[test]
fn two_profiles_that_claim_one_report_are_both_named() {
    let profile = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/profiles/unhcr-western-balkans/profile.toml")).unwrap();
    let profiles = tempfile::tempdir().unwrap();
    fs::write(
        profiles.path().join("twin.toml"),
        profile.replace("family = \"unhcr-western-balkans\"", "family = \"unhcr-twin\""),
    )
    .unwrap();
    let folder = folder(&[("iom.txt", &specimen("iom-dtm-western-balkans/2024-12.txt"))]);
    let written = ingest(folder.path(), &["--profiles", profiles.path().to_str().unwrap()]);
    written.check_told("sound.txt", "unknown-family", "unhcr-twin");
    written.check_told("sound.txt", "unknown-family", "unhcr-western-balkans");
    assert!(!written.observations_of("iom.txt").is_empty(), "the other family is read all the same");
}

#[test]
fn a_profile_with_a_faulty_pattern_ends_the_run_at_its_line_and_column() {
    let profile = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/profiles/unhcr-western-balkans/profile.toml")).unwrap();
    let faulty =
        profile
            .replace("family = \"unhcr-western-balkans\"", "family = \"faulty\"")
            .replacen("\"page ... of {count}\"", "\"page ... of {count\"", 1);
    let (line, column) = faulty
        .lines()
        .zip(1..)
        .find_map(|(text, line)| Some((line, 1 + text.find("{count\"")?)))
        .unwrap();
    let profiles = tempfile::tempdir().unwrap();
    fs::write(profiles.path().join("faulty.toml"), faulty).unwrap();
    let folder = folder(&[]);
    let output = folder.path().join("output");
    let run = crosstally(&[
        "ingest",
        folder.path().to_str().unwrap(),
        "--profiles",
        profiles.path().to_str().unwrap(),
        "--output",
        output.to_str().unwrap(),
    ]);
    let error = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{}", told(&run));
    assert!(error.contains(&format!("faulty.toml:{line}:{column}: ")), "{line}:{column}: {error}");
    assert!(!output.join("observations.csv").exists());
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_half_written() {
    let folder = folder(&[("file", b"no folder")]);
    let path = folder.path().join("sound.txt");
    let run = |output: &Path| {
        let run = crosstally(&["ingest", path.to_str().unwrap(), "--output", output.to_str().unwrap()]);
        assert_eq!(run.status.code(), Some(2), "{}", told(&run));
        assert!(String::from_utf8_lossy(&run.stderr).contains("cannot write"), "{}", told(&run));
    };
    run(&folder.path().join("file"));
    run(&folder.path().join("file/below"));
    let output = folder.path().join("output");
    fs::create_dir_all(output.join("documents.csv")).unwrap();
    run(&output);
    let mut left: Vec<_> = fs::read_dir(&output).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.retain(|name| name != ".crosstally");
    assert_eq!(left, ["documents.csv"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_is_told_and_not_followed() {
    let folder = folder(&[("deep/empty.txt", b"")]);
    std::os::unix::fs::symlink("..", folder.path().join("deep/again")).unwrap();
    let written = ingest(folder.path(), &[]);
    written.check_sound();
    assert!(written.findings_of("deep/again").iter().any(|row| row["message"].contains("leads back")));
    assert_eq!(written.documents.len(), 3, "{:#?}", written.documents);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_told_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[("locked/report.txt", b"Some 7,900 persons")]);
    let locked = folder.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&locked).is_ok() {
        eprintln!("SKIPPED: this user may read every folder; run as another than root");
    } else {
        let written = ingest(folder.path(), &[]);
        written.check_sound();
        written.check_told("locked", "unreadable", "ermission denied");
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
}

fn zipped(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tarred(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, bytes.as_slice()).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

#[test]
fn archives_give_the_figures_of_the_files_in_them() {
    let members: Vec<(&str, Vec<u8>)> = ["txt", "html", "pdf"]
        .map(|medium| (medium, specimen(&format!("{SOUND}.{medium}"))))
        .into();
    let names = ["2024/july.txt", "2024/july.html", "2024/july.pdf"];
    let members: Vec<(&str, Vec<u8>)> = names.into_iter().zip(members).map(|(name, (_, bytes))| (name, bytes)).collect();
    let plain = tempfile::tempdir().unwrap();
    fs::create_dir(plain.path().join("2024")).unwrap();
    for (name, bytes) in &members {
        fs::write(plain.path().join(name), bytes).unwrap();
    }
    let expected = ingest(plain.path(), &[]);
    for (name, bytes) in [("reports.zip", zipped(&members)), ("reports.tar.gz", tarred(&members))] {
        let archive = tempfile::tempdir().unwrap();
        fs::write(archive.path().join(name), bytes).unwrap();
        let found = ingest(&archive.path().join(name), &[]);
        assert_eq!(found.observations, expected.observations, "{name}");
        assert_eq!(found.documents, expected.documents, "{name}");
        assert_eq!(found.findings, expected.findings, "{name}");
    }
}

#[test]
fn a_member_that_leads_out_of_its_archive_is_passed_over_and_told() {
    let report = specimen(&format!("{SOUND}.html"));
    let members = [("../escaped.html", report.clone()), ("inside.html", report)];
    let folder = folder(&[("deep/reports.zip", &zipped(&members))]);
    let written = ingest(folder.path(), &[]);
    written.check_sound();
    assert_eq!(written.observations_of("deep/reports.zip/inside.html").len(), sound_figures());
    assert!(
        written.findings.iter().any(|row| row["message"].contains("../escaped.html")),
        "{:#?}",
        written.findings
    );
    assert!(!folder.path().join("escaped.html").exists() && !folder.path().join("deep/escaped.html").exists());
}
