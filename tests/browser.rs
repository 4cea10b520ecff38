//! The review report opened in headless Chromium, as its readers see it: what the scripts of `tests/browser/` assert.
//!
//! Needs Node, npm and Chromium; the npm packages are pinned and set up once below `target/`. Where one is absent the tests say so loudly and check
//! nothing, unless `CROSSTALLY_REQUIRE_TOOLS=1` makes that a failure. `CROSSTALLY_CHROMIUM` names another browser.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use common::tools::absent;
use crosstally::{
    schema::{
        Attached, Dataset, DocumentRecord, Extraction, Finding, Interval, Method, Observation, Period, Promise, PromiseState, Provenance, Qualifier,
        Severity, Statistic, view::NoViews,
    },
    write::{self, Folder, Format},
};
use tempfile::TempDir;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Specimens that every medium and most views have something of.
const SPECIMENS: [&str; 16] = [
    "iom-dtm-western-balkans/2024-11.html",
    "iom-dtm-western-balkans/2024-12.html",
    "iom-dtm-western-balkans/2024-12.pdf",
    "iom-dtm-western-balkans/2024-12.txt",
    "iom-dtm-western-balkans/2025-01.pdf",
    "iom-dtm-western-balkans/faults/malformed-figure/2024-07.html",
    "iom-dtm-western-balkans/faults/total-differs-column/2024-08.html",
    "iom-dtm-western-balkans/faults/unread-section/2024-06.txt",
    "iom-dtm-western-balkans/faults/missing-figure/2025-06.html",
    "unhcr-western-balkans/2020-01.html",
    "unhcr-western-balkans/2023-11.txt",
    "unhcr-western-balkans/2024-07.txt",
    "unhcr-western-balkans/2025-07.pdf",
    "unhcr-western-balkans/faults/no-text-layer/2025-10.pdf",
    "unhcr-western-balkans/faults/unreadable/cut-off.pdf",
    "unhcr-western-balkans/faults/unknown-family/harbour-watch-2024-06.txt",
];

/// What the tests need, or why it cannot be had.
struct Tools {
    scripts: PathBuf,
    chromium: PathBuf,
}

/// Runs one file of tests.
#[track_caller]
fn run(file: &str) {
    static TOOLS: OnceLock<Result<Tools, String>> = OnceLock::new();
    let tools = match TOOLS.get_or_init(set_up) {
        Ok(tools) => tools,
        Err(why) => return absent(why).unwrap_or_default(),
    };
    let output = Command::new("node")
        .args(["--test", "--test-reporter", "spec"])
        .arg(file)
        .current_dir(&tools.scripts)
        .env("CROSSTALLY_CHROMIUM", &tools.chromium)
        .env("CROSSTALLY_SPECIMENS", specimens())
        .env("CROSSTALLY_HOSTILE", hostile())
        .env("CROSSTALLY_ARCHIVE", archive())
        .output()
        .expect("node was found");
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    assert!(told.contains("pass ") && !told.contains("pass 0"), "no test was run: {told}");
}

/// Copies the scripts below `target/`, where their packages are installed.
fn set_up() -> Result<Tools, String> {
    let chromium = match std::env::var_os("CROSSTALLY_CHROMIUM") {
        Some(path) => PathBuf::from(path),
        None => BROWSERS
            .iter()
            .find_map(|name| found(name))
            .ok_or("no Chromium, the package chromium of Debian")?,
    };
    let scripts = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&scripts).map_err(|error| error.to_string())?;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser"))
        .unwrap()
        .flatten()
    {
        if entry.path().is_file() {
            fs::copy(entry.path(), scripts.join(entry.file_name())).map_err(|error| error.to_string())?;
        }
    }
    // Another list of packages is another installation.
    let pinned = fs::read_to_string(scripts.join("package-lock.json")).unwrap();
    let installed = scripts.join("node_modules/installed.json");
    if fs::read_to_string(&installed).is_ok_and(|held| held == pinned) {
        return Ok(Tools { scripts, chromium });
    }
    let install = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .current_dir(&scripts)
        .output()
        .map_err(|error| format!("npm: {error}"))?;
    if !install.status.success() {
        return Err(format!("npm ci: {}", String::from_utf8_lossy(&install.stderr)));
    }
    fs::write(installed, pinned).map_err(|error| error.to_string())?;
    Ok(Tools { scripts, chromium })
}

fn found(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The report that the program writes about some files, made once.
fn ingested(held: &'static OnceLock<TempDir>, fill: impl FnOnce(&Path)) -> &'static Path {
    let folder = held.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("archive");
        fs::create_dir(&archive).unwrap();
        fill(&archive);
        let mut command = assert_cmd::Command::cargo_bin("crosstally").unwrap();
        command
            .arg("ingest")
            .arg(&archive)
            .arg("--output")
            .arg(folder.path())
            .args(["--format", "html"])
            .assert()
            .success();
        folder
    });
    folder.path()
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn specimens() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    ingested(&FOLDER, |archive| {
        for path in SPECIMENS {
            fs::copy(fixture(path), archive.join(path.rsplit('/').next().unwrap())).unwrap();
        }
        let waiver = "[[waiver]]\ncode = \"missing-figure\"\ndocument = \"2025-06.html\"\nreason = \"printed in the annex\"\nowner = \"statistics\"\nuntil = 2099-12-31\n";
        fs::write(archive.join("crosstally.toml"), waiver).unwrap();
    })
}

/// What a snapshot may try: to end the script or element it is put in, to run, to load, to lead elsewhere.
const TRICKS: &str = r#"</script><script>window.ran=1</script>
<img src=x onerror="window.ran=1"><img src="http://attack.invalid/a.png">
<svg onload="window.ran=1"><script>window.ran=1</script><image href="http://attack.invalid/b.png"/><a href="javascript:window.ran=1"><text x="1" y="9">9</text></a><animate onbegin="window.ran=1" attributeName="x" dur="1s"/></svg>
<a href="javascript:window.ran=1">javascript:window.ran=1</a> <a href="http://attack.invalid/">away</a>
<style>@import url(http://attack.invalid/c.css); body { background: url(http://attack.invalid/d.png) }</style>
<link rel="stylesheet" href="http://attack.invalid/e.css"><base href="http://attack.invalid/"><meta http-equiv="refresh" content="0;url=http://attack.invalid/">
<iframe src="http://attack.invalid/f"></iframe><object data="http://attack.invalid/g"></object><embed src="http://attack.invalid/h">
<form action="http://attack.invalid/i"><button autofocus onfocus="window.ran=1">send</button></form>
<video src="http://attack.invalid/j" onerror="window.ran=1"></video><details open ontoggle="window.ran=1"><summary>s</summary></details>
<p style="background: url(http://attack.invalid/k); position: fixed; inset: 0">--> ]]> */ ${window.ran=1} {{ran}} "onmouseover=window.ran=1 x="
"#;

/// Snapshots with tricks in text, cells, quotes and names, beside the figures of a report.
fn hostile() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    ingested(&FOLDER, |archive| {
        let page = fs::read_to_string(fixture("iom-dtm-western-balkans/2024-12.html")).unwrap();
        let (before, after) = page.split_once("<body").unwrap();
        let (attributes, after) = after.split_once('>').unwrap();
        let cells = after.replace("<td", "<td onclick=\"window.ran=1\" style=\"background:url(http://attack.invalid/l)\"");
        let cells = cells.replace(
            "</table>",
            "<tr><td><img src=x onerror=window.ran=1></td><td>1,234 <script>window.ran=1</script></td></tr></table>",
        );
        let tricks = format!("{before}<body onload=\"window.ran=1\"{attributes}>{cells}{TRICKS}");
        fs::write(archive.join("tricks.html"), tricks).unwrap();
        let text = fs::read_to_string(fixture("unhcr-western-balkans/2024-07.txt")).unwrap();
        let said = text.replace(
            "refugees and migrants",
            "refugees</script><img src=x onerror=window.ran=1>\u{2028} and migrants",
        );
        fs::write(archive.join("tricks.txt"), format!("{said}\n\n{TRICKS}")).unwrap();
        let name = "<img src=x onerror=ran=1>'\"&amp;.txt";
        if fs::write(archive.join(name), format!("{TRICKS}\nsome 7,900 of no known family")).is_err() {
            // Some disks refuse such a name.
            fs::write(archive.join("' onerror=ran=1.txt"), TRICKS).unwrap();
        }
        fs::write(archive.join("unknown.html"), TRICKS).unwrap();
        fs::copy(fixture("unhcr-western-balkans/2024-10.pdf"), archive.join("[x](javascript:ran=1).pdf")).unwrap();
    })
}

/// The report of 3,000 editions, of which each has some figures and one finding.
fn archive() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = Dataset::default();
        for number in 0..3_000_i16 {
            let (year, month) = (1775 + number / 12, (number % 12 + 1) as i8);
            let edition = format!("{year}-{month:02}");
            let path = format!("{edition}.txt");
            let document = DocumentRecord {
                path: path.clone(),
                media_type: "text/plain".into(),
                size: 3_000,
                hash: format!("{number:064x}"),
                publisher: "UNHCR".into(),
                family: "synthetic".into(),
                layout: "first".into(),
                edition: edition.clone(),
                pages: 1,
                ..DocumentRecord::default()
            };
            let observations: Vec<Observation> = ["ALB", "BIH", "MKD", "MNE", "SRB", "XKX"]
                .iter()
                .zip(i64::from(number)..)
                .map(|(area, value)| observation(&path, &edition, area, Period::month(year, month).unwrap(), value))
                .collect();
            let mention = observations[0].mention();
            dataset.findings.push(Finding {
                code: "restated",
                severity: Severity::Warning,
                level: 2,
                documents: vec![path],
                message: format!("the {edition} edition prints another value"),
                printed: "1".into(),
                expected: "2".into(),
                mentions: vec![mention],
                observations: vec![observations[0].id.clone()],
                help: "ask the publisher".into(),
                method: None,
                fingerprint: format!("{number:016x}"),
                reckoned: Vec::new(),
            });
            let promises = (0..20).map(|rule| Promise {
                rule: format!("synthetic/figure-{rule}"),
                state: if (i32::from(number) + rule) % 50 == 0 {
                    PromiseState::Missing
                } else {
                    PromiseState::Read
                },
            });
            dataset.extractions.push(Extraction {
                document,
                observations,
                promises: promises.collect(),
                ..Extraction::default()
            });
        }
        write::all(&dataset, &NoViews, Folder::open(folder.path()).unwrap(), &[Format::Html]).unwrap();
        folder
    });
    folder.path()
}

fn observation(document: &str, edition: &str, area: &str, period: Period, value: i64) -> Observation {
    Observation {
        id: format!("{edition}{area}"),
        document: document.into(),
        publisher: "UNHCR".into(),
        family: "synthetic".into(),
        layout: "first".into(),
        edition: edition.into(),
        indicator: "new_arrivals".into(),
        statistic: Statistic::Count,
        area: area.into(),
        origin: String::new(),
        sex: None,
        group: String::new(),
        period,
        base: None,
        value: value.into(),
        unit: "persons".into(),
        qualifier: Qualifier::Exact,
        interval: Interval::point(value.into()),
        place: Provenance::Bytes {
            start: 10,
            end: 14,
            line: 1,
            column: 11,
        },
        quote: value.to_string(),
        context: format!("{area} {value}"),
        offset: 4,
        method: Method::Table,
        rule: "synthetic/figure-0".into(),
        footnotes: Vec::new(),
        directions: Vec::new(),
        attached: Attached::default(),
    }
}

#[test]
fn the_overview_leads_to_what_does_not_add_up() {
    run("overview.test.mjs");
}

#[test]
fn every_figure_is_boxed_where_it_stands() {
    run("document.test.mjs");
}

#[test]
fn series_are_drawn_with_what_is_not_sure() {
    run("series.test.mjs");
}

#[test]
fn all_can_be_done_by_keyboard() {
    run("keyboard.test.mjs");
}

#[test]
fn axe_finds_nothing_wrong() {
    run("access.test.mjs");
}

#[test]
fn it_fits_every_screen_and_paper() {
    run("layout.test.mjs");
}

#[test]
fn nothing_from_a_snapshot_can_run() {
    run("hostile.test.mjs");
}

#[test]
fn thousands_of_editions_are_loaded_as_they_are_looked_at() {
    run("archive.test.mjs");
}
