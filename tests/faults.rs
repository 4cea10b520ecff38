//! Every planted fault is found, on its document and with its severity; clean editions raise nothing but what was published so.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use crosstally::{
    Options,
    archive::Silent,
    schema::{Dataset, Finding, Severity},
};

/// Contradictions that were published: code and specimen, in whichever media.
///
/// IOM's row of asylum applications of 2024 adds to 957 and prints 1,017. UNHCR's July 2025 says 10% less than a year before,
/// which no figure printed a year before bears out.
const PUBLISHED: [(&str, &str); 3] = [
    ("total-differs", "iom-dtm-western-balkans/2024-12"),
    ("change-differs", "unhcr-western-balkans/2025-07"),
    // A route opens in 2018, and few travel in January 2020.
    ("outlier", "unhcr-western-balkans/2020-01"),
];

/// Findings that follow from a planted fault and that `faults.csv` does not list: folder of the fault, code. Each with its reason.
const BY_PRODUCTS: [(&str, &str); 1] = [
    // The total of earlier years is 2,926 in the editions before and after.
    ("iom-dtm-western-balkans/faults/total-differs-column", "restated"),
];

/// Notes that may stand between any two specimens, which are not of every month, and word one thing in several ways on purpose.
const BETWEEN_ANY: [&str; 2] = ["edition-gap", "wording-drifts"];

struct Fault {
    code: String,
    severity: String,
    printed: String,
    allowed: Vec<String>,
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn dataset() -> &'static Dataset {
    static DATASET: OnceLock<Dataset> = OnceLock::new();
    DATASET.get_or_init(|| crosstally::ingest(&[fixtures()], &Options::default(), &Silent).expect("the specimens are ingested"))
}

/// Planted faults by document. A fault between editions is one of each.
fn faults() -> BTreeMap<String, Vec<Fault>> {
    let mut reader = csv::Reader::from_path(fixtures().join("faults.csv")).expect("the list of faults is there");
    let expected = ["path", "code", "severity", "printed", "expected", "allowed", "altered"];
    assert_eq!(reader.headers().expect("a header").iter().collect::<Vec<_>>(), expected);
    let parts = |field: &str| {
        let parts = field.split(';').filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut faults: BTreeMap<String, Vec<Fault>> = BTreeMap::new();
    for record in reader.records() {
        let record = record.expect("a row");
        for path in parts(&record[0]) {
            faults.entry(path).or_default().push(Fault {
                code: record[1].to_owned(),
                severity: record[2].to_owned(),
                printed: record[3].to_owned(),
                allowed: parts(&record[5]),
            });
        }
    }
    faults
}

/// All that a finding says about what is printed.
fn said(finding: &Finding) -> String {
    let quotes = finding.mentions.iter().map(|mention| mention.quote.as_str());
    [finding.printed.as_str(), finding.message.as_str()]
        .into_iter()
        .chain(quotes)
        .collect::<Vec<_>>()
        .join(" | ")
}

/// The words of a printed fault that a finding must name: its numbers, or all of it where there is none.
fn telling(printed: &str) -> Vec<&str> {
    let digits = |character: char| character.is_ascii_digit() || character == ',';
    let numbers: Vec<&str> = printed.split(|character| !digits(character)).filter(|part| !part.is_empty()).collect();
    if numbers.is_empty() && !printed.is_empty() {
        vec![printed]
    } else {
        numbers
    }
}

fn told(finding: &Finding) -> String {
    format!(
        "{} {} on {}: {}",
        finding.severity.as_str(),
        finding.code,
        finding.documents.join(", "),
        finding.message
    )
}

fn is_published(finding: &Finding) -> bool {
    let document = finding.main_document().unwrap_or_default();
    PUBLISHED
        .iter()
        .any(|(code, specimen)| finding.code == *code && Path::new(document).with_extension("") == Path::new(specimen))
}

#[track_caller]
fn nothing(faults: &[String], what: &str) {
    assert!(faults.is_empty(), "{what}:\n  {}", faults.join("\n  "));
}

#[test]
fn every_planted_fault_is_found_where_it_was_planted() {
    let mut missing = Vec::new();
    for (path, faults) in faults() {
        for fault in faults {
            let found: Vec<&Finding> = dataset()
                .findings
                .iter()
                .filter(|finding| finding.code == fault.code && finding.documents.contains(&path))
                .collect();
            let right = |finding: &&&Finding| {
                let said = said(finding);
                finding.severity.as_str() == fault.severity && telling(&fault.printed).iter().all(|word| said.contains(word))
            };
            if found.iter().find(right).is_none() {
                let instead: Vec<String> = found.iter().map(|finding| format!("\n    instead {}", told(finding))).collect();
                missing.push(format!(
                    "{} {} “{}” on {path}{}",
                    fault.severity,
                    fault.code,
                    fault.printed,
                    instead.concat()
                ));
            }
        }
    }
    nothing(&missing, "planted, not found");
}

#[test]
fn clean_editions_raise_nothing_but_what_was_published_so() {
    let faults = faults();
    let raised: Vec<String> = dataset()
        .findings
        .iter()
        .filter(|finding| finding.documents.iter().all(|document| !faults.contains_key(document)))
        .filter(|finding| !BETWEEN_ANY.contains(&finding.code) && !is_published(finding))
        .map(told)
        .collect();
    nothing(&raised, "raised on clean editions");
}

#[test]
fn the_published_contradictions_are_found_in_every_medium() {
    let documents = |code: &str| -> BTreeSet<&str> {
        let findings = dataset().findings.iter().filter(|finding| finding.code == code && is_published(finding));
        findings.flat_map(|finding| finding.documents.iter().map(String::as_str)).collect()
    };
    let totals = documents("total-differs");
    for medium in ["txt", "html", "pdf"] {
        let path = format!("iom-dtm-western-balkans/2024-12.{medium}");
        assert!(totals.contains(path.as_str()), "{path}: {totals:?}");
    }
    let changes = documents("change-differs");
    assert!(
        changes.iter().any(|document| document.starts_with("unhcr-western-balkans/2025-07.")),
        "{changes:?}"
    );
}

#[test]
fn a_figure_under_the_name_of_another_publisher_is_told_as_a_quotation() {
    let quotations = dataset()
        .findings
        .iter()
        .filter(|finding| finding.message.starts_with("IOM quotes UNHCR for asylum applications"));
    let documents: BTreeSet<&str> = quotations.filter_map(|finding| finding.main_document()).collect();
    let expected = [
        "iom-dtm-western-balkans/faults/repeat-differs/2025-03.html",
        "iom-dtm-western-balkans/faults/sources-differ/iom/2024-09.html",
    ];
    assert_eq!(documents, BTreeSet::from(expected));
}

#[test]
fn beside_a_planted_fault_stands_only_what_follows_from_it() {
    let faults = faults();
    let follows = |document: &str, finding: &Finding| {
        let listed = |fault: &Fault| fault.code == finding.code || fault.allowed.iter().any(|code| code == finding.code);
        faults.get(document).is_some_and(|faults| faults.iter().any(listed))
            || BY_PRODUCTS
                .iter()
                .any(|(folder, code)| *code == finding.code && Path::new(document).starts_with(folder))
    };
    let raised: Vec<String> = dataset()
        .findings
        .iter()
        .filter(|finding| finding.documents.iter().any(|document| faults.contains_key(document)))
        .filter(|finding| !BETWEEN_ANY.contains(&finding.code) && !is_published(finding))
        .filter(|finding| !finding.documents.iter().any(|document| follows(document, finding)))
        .map(told)
        .collect();
    nothing(&raised, "raised beside planted faults");
}

#[test]
fn every_by_product_listed_here_does_occur() {
    let occurs = |folder: &str, code: &str| {
        let below = |document: &String| Path::new(document).starts_with(folder);
        dataset()
            .findings
            .iter()
            .any(|finding| finding.code == code && finding.documents.iter().any(below))
    };
    let idle: Vec<String> = BY_PRODUCTS
        .iter()
        .filter(|(folder, code)| !occurs(folder, code))
        .map(|(folder, code)| format!("{code} in {folder}"))
        .collect();
    nothing(&idle, "listed, not found");
}

#[test]
fn every_specimen_is_planted_or_clean_and_read() {
    let faults = faults();
    let mut unknown: Vec<String> = Vec::new();
    for extraction in &dataset().extractions {
        let path = &extraction.document.path;
        let is_planted = path.contains("/faults/");
        if is_planted != faults.contains_key(path) {
            unknown.push(format!("{path} is not as faults.csv says"));
        }
        if !is_planted && extraction.observations.is_empty() {
            unknown.push(format!("{path} gives no figure"));
        }
    }
    let documents: BTreeSet<&str> = dataset().extractions.iter().map(|extraction| extraction.document.path.as_str()).collect();
    unknown.extend(faults.keys().filter(|path| !documents.contains(path.as_str())).cloned());
    nothing(&unknown, "specimens and faults.csv differ");
    assert!(dataset().findings.iter().any(|finding| finding.severity == Severity::Error));
}
