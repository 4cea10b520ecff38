//! How far findings are to be trusted: faults of sixteen kinds are planted in clean archives, and the checks are scored on them.
//!
//! `cargo test --release --test scorecard -- --nocapture` prints the table; `FAULTS=500` plants that many of each kind.

#![expect(clippy::print_stdout, reason = "the scorecard is printed for people")]

mod invented;
mod oracle;
mod plant;
mod random;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crosstally::{
    Options,
    archive::Silent,
    schema::{Direction, Extraction, Finding, Severity},
    validate::{self, Waivers},
};
use plant::{KINDS, Kind, Planted, plant};
use random::Random;
use rust_decimal::Decimal;

/// Faults of each kind in the suite; the table in the README comes of more.
const FAULTS: usize = 12;
const SEED: u64 = 1976;

/// Specimens that contradict themselves as published.
const PUBLISHED: [&str; 2] = ["iom-dtm-western-balkans/2024-12", "unhcr-western-balkans/2025-07"];

#[derive(Default)]
struct Score {
    planted: usize,
    provable: usize,
    found: usize,
    told: usize,
    named: usize,
    /// Findings raised, and those that have nothing to do with the fault.
    raised: usize,
    wrong: usize,
    missed: Vec<String>,
}

/// The clean specimens of each family and medium, and invented archives.
fn archives() -> Vec<Vec<Extraction>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = ["iom-dtm-western-balkans", "unhcr-western-balkans"].map(|family| fixtures.join(family));
    let clean = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("specimens").map(|entry| entry.expect("an entry").path()));
    let is_clean = |path: &std::path::PathBuf| {
        let medium = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let name = path.with_extension("");
        ["txt", "html", "pdf"].contains(&medium) && !PUBLISHED.iter().any(|published| name.ends_with(published))
    };
    let mut clean: Vec<_> = clean.filter(is_clean).collect();
    clean.sort();
    let dataset = crosstally::ingest(&clean, &Options::default(), &Silent).expect("the specimens are ingested");
    let mut by_medium: BTreeMap<(String, String), Vec<Extraction>> = BTreeMap::new();
    for extraction in dataset.extractions {
        let key = (extraction.document.family.clone(), extraction.document.media_type.clone());
        by_medium.entry(key).or_default().push(extraction);
    }
    let mut archives: Vec<Vec<Extraction>> = by_medium.into_values().collect();
    for editions in &mut archives {
        editions.sort_by(|one, other| one.document.edition.cmp(&other.document.edition));
    }
    let mut random = Random::seeded(SEED);
    archives.extend((0..4).map(|number| invented::archive(&mut random, &format!("invented-{number}"), 2024..=2024, 4)));
    archives
}

fn serious(archive: &[Extraction]) -> Vec<Finding> {
    validate::findings(archive, &Waivers::default())
}

/// Plants faults of one kind and scores what is found.
fn score(random: &mut Random, archives: &[Vec<Extraction>], known: &[BTreeSet<String>], kind: Kind, faults: usize) -> Score {
    let mut score = Score::default();
    for _ in 0..faults * 60 {
        if score.planted == faults {
            break;
        }
        let number = random.below(archives.len());
        let Some(planted) = plant(random, &archives[number], kind) else {
            continue;
        };
        judge(&mut score, &planted, &known[number], kind);
    }
    score
}

fn judge(score: &mut Score, planted: &Planted, known: &BTreeSet<String>, kind: Kind) {
    score.planted += 1;
    let extraction = &planted.archive[planted.edition];
    let ruling = oracle::rule(extraction, planted.figure);
    let figure = &extraction.observations[planted.figure];
    // What says up and down at once contradicts itself, whatever the counts.
    let says = |way| figure.directions.contains(&way);
    let (is_up, is_down) = (figure.interval.low > Decimal::ZERO, figure.interval.high < Decimal::ZERO);
    let says_both = says(Direction::Up) && (is_down || says(Direction::Down)) || says(Direction::Down) && is_up;
    let provable = ruling.provable || planted.proven_between || says_both;
    let raised: Vec<Finding> = serious(&planted.archive)
        .into_iter()
        .filter(|finding| !known.contains(&finding.fingerprint))
        .collect();
    let of_figure = |finding: &&Finding| finding.observations.contains(&figure.id);
    let component: BTreeSet<&str> = ruling
        .component
        .iter()
        .map(|figure| extraction.observations[*figure].id.as_str())
        .collect();
    let has_to_do = |finding: &&Finding| finding.observations.iter().any(|id| component.contains(id.as_str()));
    let weighty: Vec<&Finding> = raised.iter().filter(|finding| finding.severity != Severity::Note).collect();
    score.raised += weighty.len();
    score.wrong += weighty.iter().filter(|finding| !has_to_do(finding)).count();
    if !provable {
        return;
    }
    score.provable += 1;
    if raised.iter().find(of_figure).is_some() {
        score.found += 1;
    } else {
        score.missed.push(format!(
            "{} {}: {:?} {} at {}, printed {}",
            extraction.document.path, extraction.document.media_type, kind, figure.indicator, figure.context, figure.value
        ));
    }
    // A part that is gone cannot be named.
    if ruling.told && kind != Kind::DroppedPart {
        score.told += 1;
        let within: Vec<&Finding> = raised.iter().filter(|finding| finding.level < 2).collect();
        let named = |finding: &&Finding| finding.observations.first() == Some(&figure.id) && finding.printed == figure.value.normalize().to_string();
        score.named += usize::from(within.into_iter().any(|finding| named(&finding)));
    }
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        "–".to_owned()
    } else {
        format!("{:.2}", part as f64 / whole as f64)
    }
}

#[test]
fn what_is_provable_is_found_and_nothing_else() {
    let faults = std::env::var("FAULTS").ok().and_then(|faults| faults.parse().ok()).unwrap_or(FAULTS);
    let archives = archives();
    let clean: Vec<Vec<Finding>> = archives.iter().map(|archive| serious(archive)).collect();
    let false_alarms: Vec<&str> = clean
        .iter()
        .flatten()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| finding.message.as_str())
        .collect();
    let known: Vec<BTreeSet<String>> = clean
        .iter()
        .map(|findings| findings.iter().map(|finding| finding.fingerprint.clone()).collect())
        .collect();
    let mut random = Random::seeded(SEED);
    let mut all = Score::default();
    println!("| fault | planted | provable | found | recall | culprit can be told | named |\n|---|---|---|---|---|---|---|");
    for (kind, name) in KINDS {
        let score = score(&mut random, &archives, &known, kind, faults);
        println!(
            "| {name} | {} | {} | {} | {} | {} | {} |",
            score.planted,
            score.provable,
            score.found,
            percent(score.found, score.provable),
            score.told,
            percent(score.named, score.told)
        );
        assert!(score.planted > 0, "{name} could not be planted");
        all.planted += score.planted;
        all.provable += score.provable;
        all.found += score.found;
        all.told += score.told;
        all.named += score.named;
        all.raised += score.raised;
        all.wrong += score.wrong;
        all.missed.extend(score.missed);
    }
    println!(
        "| all | {} | {} | {} | {} | {} | {} |\n\nPrecision: {} of {} errors and warnings have to do with the fault; {} raised on the clean archives.",
        all.planted,
        all.provable,
        all.found,
        percent(all.found, all.provable),
        all.told,
        percent(all.named, all.told),
        all.raised - all.wrong,
        all.raised,
        false_alarms.len()
    );
    assert_eq!(false_alarms, Vec::<&str>::new(), "raised on clean archives");
    assert_eq!(all.missed, Vec::<String>::new(), "provable, not found");
    assert_eq!(all.wrong, 0, "raised beside the fault");
    assert!(
        all.named * 100 >= all.told * 80,
        "the culprit is named {} times of {}",
        all.named,
        all.told
    );
}
