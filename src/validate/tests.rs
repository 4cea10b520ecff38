//! What holds for all checks together.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::testing::{Tell, found, printed, published, snapshot};
use super::*;
use crate::schema::{Observation, Period, Relation, Sex, Statistic};

/// Writes the file where it is not as expected, and fails then, so that a second run is green; under `CI` it is only compared.
fn ensure_file_contents(path: &Path, expected: &str) {
    let found = fs::read_to_string(path).unwrap_or_default();
    if found == expected {
        return;
    }
    if std::env::var_os("CI").is_none() {
        fs::write(path, expected).unwrap();
    }
    panic!("{} was not up to date", path.display());
}

#[test]
fn the_list_of_checks_is_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/validate/checks");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    let visibility = |name: &str| {
        if name.starts_with("waiver_") || name == "sources_differ" {
            "pub(super) "
        } else {
            ""
        }
    };
    let modules: Vec<String> = names.iter().map(|name| format!("{}mod {name};", visibility(name))).collect();
    let entries: Vec<String> = names.iter().map(|name| format!("    &{name}::CHECK,")).collect();
    let expected = format!(
        "//! The checks, one file each. This list is written by a test, and only compared where `CI` is set.\n\n{}\n\nuse super::check::Check;\n\n/// All checks, by code.\npub(super) static ALL: &[&Check] = &[\n{}\n];\n",
        modules.join("\n"),
        entries.join("\n")
    );
    ensure_file_contents(&folder.join("mod.rs"), &expected);
    assert_eq!(names.len(), codes().len());
}

#[test]
fn every_code_has_its_check() {
    let expected = "change-differs cumulative-falls duplicate-edition edition-gap label-differs-from-mark malformed-figure missing-figure \
         no-text-layer nothing-read order-broken outlier part-exceeds-whole passed-over period-conflict ratio-differs readers-disagree repaired \
         repeat-differs restated \
         shares-differ sign-contradicts-arrow snapshots-disagree sources-differ total-differs unclaimed-number unknown-family unknown-place \
         unread-section unreadable waiver-expired waiver-unmatched \
         wording-drifts";
    let codes: Vec<&str> = codes().iter().map(|check| check.code).collect();
    assert_eq!(codes.join(" "), expected);
}

#[test]
fn every_page_says_what_why_for_example_and_what_to_do() {
    for check in codes() {
        let page = explain(check.code).unwrap();
        assert!(page.starts_with(&format!("# {}: ", check.code)), "{page}");
        for part in ["**Why it matters.**", "**Example.**", "**What to do.**"] {
            assert!(page.contains(part), "{} lacks {part}", check.code);
        }
        assert!(!page.contains("//!") && page.len() > 200);
        let file = check.code.replace('-', "_");
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/validate/checks/{file}.rs"))).unwrap();
        assert_eq!(source, check.source, "{} includes another file", check.code);
    }
    assert_eq!(explain("total-difers"), None);
}

#[test]
fn findings_are_sorted_and_have_names_of_their_own() {
    let one = || snapshot(vec![printed("343"), printed("334"), printed("60%"), printed("61%")], Vec::new());
    let mut other = one();
    other.document.path = "another.txt".into();
    let findings = findings(&[one(), other, one()], &Waivers::default());
    let weights: Vec<(&str, &str)> = findings.iter().map(|finding| (finding.severity.as_str(), finding.code)).collect();
    assert_eq!(weights.first(), Some(&("error", "repeat-differs")));
    assert_eq!(weights.last(), Some(&("note", "repeat-differs")));
    let names: BTreeSet<&str> = findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    assert_eq!(names.len(), findings.len());
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let figures = || vec![printed("343"), printed("334")];
    let before = found("repeat-differs", &[snapshot(figures(), Vec::new())]);
    let mut moved = vec![printed("3,300").area("SRB")];
    moved.extend(figures());
    let after = found("repeat-differs", &[snapshot(moved, Vec::new())]);
    assert_ne!(before[0].mentions[0].place, after[0].mentions[0].place);
    assert_eq!(before[0].fingerprint, after[0].fingerprint);
}

/// The figures of a seed by hand, as the extraction that a faultless reading gives; none where the seeds are not beside the checkout.
#[expect(clippy::print_stderr, reason = "a test that has nothing to run on says so")]
fn gold(name: &str) -> Option<Extraction> {
    let shared = std::env::var_os("CROSSTALLY_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), Into::into);
    let path = shared.join("gold").join(format!("{name}.csv"));
    if !path.exists() {
        eprintln!("skipped: {} is not there; set CROSSTALLY_SHARED", path.display());
        return None;
    }
    let (family, edition) = name.split_at(name.len() - "-2024-07".len());
    Some(gold_extraction(&path, family, &edition[1..]))
}

fn gold_extraction(path: &Path, family: &str, edition: &str) -> Extraction {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let figures: Vec<Observation> = rows.iter().map(|row| gold_figure(family, row)).collect();
    let relations = gold_relations(&figures);
    let mut extraction = published(&format!("{family}-{edition}.txt"), "text/plain", edition, figures, relations);
    extraction.document.family = family.into();
    extraction
}

fn gold_figure(family: &str, row: &csv::StringRecord) -> Observation {
    let value = match (&row[1], &row[12]) {
        ("count", "about") => format!("some {}", &row[10]),
        ("count", "over") => format!("more than {}", &row[10]),
        ("count", "under") => format!("less than {}", &row[10]),
        ("count", _) => row[10].to_owned(),
        ("share_change", _) => format!("{} points", &row[10]),
        _ => format!("{}%", &row[10]),
    };
    let days = |start: &str, end: &str| Some(Period::new(start.parse().ok()?, end.parse().ok()?).unwrap());
    let mut figure = printed(&value)
        .of(&row[0])
        .area(&row[2])
        .origin(&row[3])
        .group(&row[5])
        .over(days(&row[6], &row[7]));
    figure.sex = match &row[4] {
        "M" => Some(Sex::Male),
        "F" => Some(Sex::Female),
        _ => None,
    };
    figure.base = days(&row[8], &row[9]);
    figure.statistic = match &row[1] {
        "count" => Statistic::Count,
        "share" => Statistic::Share,
        "change" => Statistic::Change,
        "share_change" => Statistic::ShareChange,
        _ => Statistic::Ratio,
    };
    figure.unit = row[11].into();
    figure.quote = row[13].into();
    figure.publisher = if family.starts_with("iom") { "IOM" } else { "UNHCR" }.into();
    figure.family = family.into();
    figure
}

/// What profiles declare: totals behind the areas of a table's row, shares of all areas or of both sexes, the ratio.
fn gold_relations(figures: &[Observation]) -> Vec<Relation> {
    let mut relations = Vec::new();
    let mut row: Vec<usize> = Vec::new();
    for (index, figure) in figures.iter().enumerate() {
        let is_of_row = |other: &usize| (&figures[*other].indicator, figures[*other].period) == (&figure.indicator, figure.period);
        row.retain(|other| figure.statistic == Statistic::Count && is_of_row(other));
        if figure.statistic == Statistic::Count && figure.area != "WBALK" {
            row.push(index);
        } else if !row.is_empty() {
            relations.push(Relation::Sum {
                total: index,
                unknown: usize::from(row.len() == 1),
                parts: std::mem::take(&mut row),
            });
        }
    }
    let find = |wanted: &dyn Fn(&Observation) -> bool| {
        figures
            .iter()
            .enumerate()
            .filter(|(_, figure)| wanted(figure))
            .map(|(index, _)| index)
            .collect()
    };
    let shares = [
        find(&|figure| figure.statistic == Statistic::Share && figure.indicator == "persons_present"),
        find(&|figure| figure.statistic == Statistic::Share && figure.sex.is_some()),
    ];
    relations.extend(shares.into_iter().map(|parts| Relation::Shares { parts, partial: false }));
    let of = |indicator: &str| figures.iter().position(|figure| figure.indicator == indicator);
    if let (Some(ratio), Some(numerator), Some(denominator)) = (of("applications_per_intention"), of("asylum_applications"), of("asylum_intentions"))
    {
        relations.push(Relation::Ratio {
            ratio,
            numerator,
            denominator,
        });
    }
    relations
}

#[test]
fn the_real_reports_have_these_faults_and_no_others() {
    let names = [
        "iom-dtm-western-balkans-2024-12",
        "unhcr-western-balkans-2020-01",
        "unhcr-western-balkans-2023-11",
        "unhcr-western-balkans-2024-07",
        "unhcr-western-balkans-2025-07",
    ];
    let Some(extractions) = names.into_iter().map(gold).collect::<Option<Vec<Extraction>>>() else {
        return;
    };
    let findings = findings(&extractions, &Waivers::default());
    let told: Vec<String> = findings
        .iter()
        .map(|finding| format!("{}[{}] {}", finding.severity.as_str(), finding.code, finding.message))
        .collect();
    assert_eq!(
        told,
        [
            "error[nothing-read] Not one figure of `unhcr-western-balkans-2020-01.txt` could be read, though it is known as unhcr-western-balkans",
            "error[total-differs] Asylum applications in the Western Balkans, 2024: the parts add to 957, but the printed total is 1,017: one part is short by 60, or the total is 957; the total 1,017 is printed twice, so a part is likelier; 17 for 77, 216 for 276 or 113 for 173 would be one wrong digit",
            "warning[change-differs] Change of persons in mixed movements in the Western Balkans, January to July 2025: 6,354 against some 7,900 (2024-07 edition) is −20% (−20.1% to −19.1%), but −10% is printed, which would need a base of 7,060 (7,021 to 7,099)",
            "note[edition-gap] No edition of unhcr-western-balkans for February 2020 to October 2023 (45 missing), between 2020-01 and 2023-11",
            "note[edition-gap] No edition of unhcr-western-balkans for December 2023 to June 2024 (7 missing), between 2023-11 and 2024-07",
            "note[edition-gap] No edition of unhcr-western-balkans for August 2024 to June 2025 (11 missing), between 2024-07 and 2025-07",
        ]
    );
}

#[test]
fn the_specimens_have_the_published_faults_and_no_others() {
    let mut extractions = Vec::new();
    for family in ["iom-dtm-western-balkans", "unhcr-western-balkans"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(family).join("gold");
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let edition = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let mut extraction = gold_extraction(&path, family, &edition);
            // What is said of each sum and share in a profile is not known here; what goes without saying is enough.
            extraction.relations.clear();
            extractions.push(extraction);
        }
    }
    assert!(extractions.len() > 10);
    let findings = findings(&extractions, &Waivers::default());
    let told = findings.iter().filter(|finding| finding.code != "edition-gap");
    let told: Vec<String> = told
        .map(|finding| format!("{} {}: {}", finding.code, finding.documents.join(";"), finding.message))
        .collect();
    let expected = [
        "total-differs iom-dtm-western-balkans-2024-12.txt: Asylum applications in the Western Balkans, 2024: the parts add to 957",
        "change-differs unhcr-western-balkans-2025-07.txt;unhcr-western-balkans-2024-07.txt: Change of persons in mixed movements",
        // Published so, and so it was: a route opens in 2018, and few travel in January 2020.
        "outlier unhcr-western-balkans-2020-01.txt: New arrivals in Bosnia and Herzegovina, January 2020 is 735",
        "outlier unhcr-western-balkans-2020-01.txt: New arrivals in Montenegro, January 2020 is 136",
        "outlier unhcr-western-balkans-2020-01.txt: New arrivals in Bosnia and Herzegovina, January 2018 is 1,343",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told}");
    }
}

/// Whatever a snapshot holds, judging it takes seconds in a debug build: nothing grows with the square of its figures.
fn check_time(extraction: Extraction) {
    check_time_of_all(&[extraction]);
}

fn check_time_of_all(extractions: &[Extraction]) {
    let start = std::time::Instant::now();
    let count = findings(extractions, &Waivers::default()).len();
    let seconds = start.elapsed().as_secs();
    assert!(seconds < 30, "{count} findings in {seconds} s");
}

const MANY: usize = 20_000;

#[test]
fn many_editions_and_copies_take_no_longer_than_many_figures() {
    let figures = |value: usize| {
        let change = printed("-10%").since(Period::month(2024, 6));
        vec![printed(&value.to_string()), printed("3").over(Period::month(2024, 6)), change]
    };
    let issue = |index: usize, name: &str| published(&format!("{index}.txt"), "text/plain", name, figures(index), Vec::new());
    let editions: Vec<Extraction> = (0..MANY / 4).map(|index| issue(index, &format!("{index:05}"))).collect();
    check_time_of_all(&editions);
    let copies: Vec<Extraction> = (0..MANY / 4).map(|index| issue(index, "2024-07")).collect();
    check_time_of_all(&copies);
}

#[test]
fn one_figure_printed_very_often_takes_no_longer_than_many_figures() {
    let figures = |value: fn(usize) -> usize| (0..MANY).map(|index| printed(&value(index).to_string())).collect();
    check_time(snapshot(figures(|_| 7), Vec::new()));
    check_time(snapshot(figures(|index| index), Vec::new()));
    let with_children = (0..MANY).map(|index| printed(&index.to_string()).group(if index % 2 == 0 { "UASC" } else { "" }));
    check_time(snapshot(with_children.collect(), Vec::new()));
}

#[test]
fn huge_and_many_relations_take_no_longer_than_many_figures() {
    let figures = || (0..MANY).map(|index| printed("3").origin(&format!("{index}"))).collect::<Vec<_>>();
    let parts: Vec<usize> = (1..MANY).collect();
    let sum = Relation::Sum {
        total: 0,
        parts: parts.clone(),
        unknown: 0,
    };
    check_time(snapshot(figures(), vec![sum]));
    let sums = (1..MANY).map(|index| Relation::Sum {
        total: index,
        parts: vec![index - 1, 0],
        unknown: 0,
    });
    check_time(snapshot(figures(), sums.collect()));
    let ranking = Relation::Ranking { parts: parts.clone() };
    check_time(snapshot(figures(), vec![ranking, Relation::Shares { parts, partial: true }]));
    let repeats = (0..MANY).map(|second| Relation::Repeat { first: 0, second });
    check_time(snapshot((0..MANY).map(|_| printed("3")).collect(), repeats.collect()));
}

#[test]
fn many_periods_and_facts_take_no_longer_than_many_figures() {
    let start = jiff::civil::date(1900, 1, 1);
    let day = |days: usize| start.saturating_add(jiff::Span::new().days(i64::try_from(days).unwrap()));
    let flow = |first, last| printed("3").of("new_arrivals").over(Period::new(day(first), day(last)));
    check_time(snapshot((0..MANY).map(|index| flow(index, index + 90)).collect(), Vec::new()));
    check_time(snapshot((0..MANY).map(|index| flow(index / 2, MANY - index / 2)).collect(), Vec::new()));
    let mut extraction = snapshot(vec![printed("3")], Vec::new());
    let mention = super::testing::words("412");
    extraction.facts = (0..MANY).map(|_| crate::schema::Fact::Unclaimed { mention: mention.clone() }).collect();
    check_time(extraction);
}

#[test]
fn numbers_past_all_reason_raise_nothing_and_stop_nothing() {
    let huge = || {
        let mut huge = printed("7");
        huge.value = rust_decimal::Decimal::MAX;
        huge.interval = crate::schema::Interval {
            low: rust_decimal::Decimal::MIN,
            high: rust_decimal::Decimal::MAX,
        };
        huge
    };
    let figures = vec![
        huge().area("ALB"),
        huge().area("SRB"),
        huge(),
        huge().group("UASC"),
        printed("-10%").since(Period::month(2024, 6)),
        huge().over(Period::month(2024, 6)),
    ];
    let relations = vec![
        Relation::Sum {
            total: 2,
            parts: vec![0, 1],
            unknown: 0,
        },
        Relation::Shares {
            parts: vec![0, 1, 2],
            partial: false,
        },
        Relation::Ratio {
            ratio: 0,
            numerator: 1,
            denominator: 2,
        },
        Relation::Change {
            change: 4,
            current: 2,
            base: 5,
        },
        Relation::Repeat { first: 0, second: 99 },
        Relation::PartOf { part: 99, whole: 0 },
        Relation::Ranking { parts: vec![0, 99] },
    ];
    assert_eq!(findings(&[snapshot(figures, relations)], &Waivers::default()), []);
}
