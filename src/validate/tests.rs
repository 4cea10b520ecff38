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
    let visibility = |name: &str| if name.starts_with("waiver_") { "pub(super) " } else { "" };
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
fn every_code_of_the_contract_has_its_check() {
    let expected = "change-differs cumulative-falls duplicate-edition edition-gap label-differs-from-mark malformed-figure missing-figure \
         no-text-layer nothing-read order-broken part-exceeds-whole period-conflict ratio-differs readers-disagree repeat-differs restated \
         shares-differ sign-contradicts-arrow snapshots-disagree sources-differ total-differs unclaimed-number unknown-family unknown-place \
         unread-section unreadable waiver-expired waiver-unmatched";
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
fn gold(name: &str) -> Option<Extraction> {
    let shared = std::env::var_os("CROSSTALLY_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), Into::into);
    let path = shared.join("gold").join(format!("{name}.csv"));
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        println!("skipped: {} is not there; set CROSSTALLY_SHARED", path.display());
        return None;
    };
    let (family, edition) = name.split_at(name.len() - "-2024-07".len());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let figures: Vec<Observation> = rows.iter().map(|row| gold_figure(family, row)).collect();
    let relations = gold_relations(&figures);
    let mut extraction = published(&format!("{name}.txt"), "text/plain", &edition[1..], figures, relations);
    extraction.document.family = family.into();
    Some(extraction)
}

fn gold_figure(family: &str, row: &csv::StringRecord) -> Observation {
    let value = match (&row[1], &row[12]) {
        ("count", "about") => format!("some {}", &row[10]),
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
            "error[total-differs] Asylum applications in the Western Balkans, 2024: the parts add to 957, but the printed total is 1,017: one part is short by 60, or the total is 957; the total 1,017 is printed twice, so a part is likelier",
            "warning[change-differs] Change of mixed movements in the Western Balkans, January to July 2025: 6,354 against some 7,900 (2024-07 edition) is −20% (−20.1% to −19.1%), but −10% is printed, which would need a base of 7,060 (7,021 to 7,099)",
            "note[edition-gap] No edition of unhcr-western-balkans for February 2020 to October 2023 (45 missing), between 2020-01 and 2023-11",
            "note[edition-gap] No edition of unhcr-western-balkans for December 2023 to June 2024 (7 missing), between 2023-11 and 2024-07",
            "note[edition-gap] No edition of unhcr-western-balkans for August 2024 to June 2025 (11 missing), between 2024-07 and 2025-07",
        ]
    );
}
