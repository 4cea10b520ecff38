//! Charts of a specimen whose printed numbers are taken out: every mark becomes the same figure, read off its axis, with its error.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::{fs, path::Path};

use crosstally::{
    input::{self, Limits},
    parse::{self, Profiles},
    schema::{DocumentRecord, Extraction, Fact, Method, Observation},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// How the specimen prints the number at a bar, and along an axis.
const AT_A_BAR: &str = "text-anchor=\"middle\" font-size=\"7.5\"";
const ALONG_AN_AXIS: &str = "fill=\"#777\"";

fn specimen(ending: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unhcr-western-balkans").join(ending)
}

/// The page without the drawn words that are printed in one of some ways.
fn without(page: &str, printed: &[&str]) -> String {
    let mut rest = page;
    let mut kept = String::new();
    while let Some(start) = rest.find("<text ") {
        let end = start + rest[start..].find("</text>").unwrap() + "</text>".len();
        let open = &rest[start..start + rest[start..].find('>').unwrap()];
        kept.push_str(&rest[..start]);
        if !printed.iter().any(|way| open.contains(way)) {
            kept.push_str(&rest[start..end]);
        }
        rest = &rest[end..];
    }
    kept + rest
}

fn read(page: &str) -> Extraction {
    let document = input::read(page.as_bytes(), "2024-10.html", &Limits::default()).unwrap();
    let record = DocumentRecord {
        path: "2024-10.html".into(),
        hash: blake3::hash(page.as_bytes()).to_hex().to_string(),
        ..DocumentRecord::default()
    };
    parse::extract(&document, record, &Profiles::embedded().unwrap())
}

/// What a figure measures, for whom and when, without its value.
fn key(observation: &Observation) -> String {
    let fields: Vec<String> = common::row(observation).split(',').map(str::to_owned).collect();
    fields[..10].join(",")
}

fn read_by(extraction: &Extraction, method: Method) -> Vec<&Observation> {
    extraction.observations.iter().filter(|figure| figure.method == method).collect()
}

#[test]
fn every_bar_without_a_number_is_the_figure_that_was_printed_at_it() {
    let page = fs::read_to_string(specimen("2024-10.html")).unwrap();
    let printed = read(&page);
    let drawn = read(&without(&page, &[AT_A_BAR]));
    let measured = read_by(&drawn, Method::ChartGeometry);
    let of_bars = |figure: &&Observation| figure.rule.ends_with("/new-arrivals-comparison") || figure.rule.ends_with("/present-by-month");
    let bars: Vec<&Observation> = read_by(&printed, Method::ChartLabel).into_iter().filter(of_bars).collect();
    assert_eq!(bars.len(), 22);
    assert_eq!(measured.len(), bars.len(), "each bar once, and nothing else");
    for (bar, figure) in bars.iter().zip(&measured) {
        let place = common::row(figure);
        assert_eq!(key(bar), key(figure));
        assert_eq!(bar.unit, figure.unit);
        assert!(figure.quote.is_empty(), "nothing is printed at {place}");
        assert!(figure.interval.low < figure.value && figure.value < figure.interval.high, "{place}");
        assert!(
            figure.interval.low <= bar.value && bar.value <= figure.interval.high,
            "{} is not {place}",
            bar.value
        );
        // Half a percent of an axis that ends at 17,036.
        assert!((figure.value - bar.value).abs() < Decimal::from(86), "{} is not {place}", bar.value);
        assert!((figure.interval.high - figure.interval.low).to_f64().unwrap() < 500.0, "{place}");
    }
}

#[test]
fn bars_that_nothing_measures_are_told_with_their_place_and_not_guessed() {
    let page = fs::read_to_string(specimen("2024-10.html")).unwrap();
    let extraction = read(&without(&page, &[AT_A_BAR, ALONG_AN_AXIS]));
    assert!(read_by(&extraction, Method::ChartGeometry).is_empty());
    let told: Vec<(usize, usize)> = extraction
        .facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::UnreadMarks { unread, marks, .. } => Some((*unread, *marks)),
            _ => None,
        })
        .collect();
    assert_eq!(told, [(12, 12), (10, 10)]);
    let sections = extraction.facts.iter().filter(|fact| matches!(fact, Fact::UnreadSection { .. })).count();
    assert_eq!(sections, 2, "the sections are told once each");
}
