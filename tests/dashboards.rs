//! Daily dashboards in Portuguese, of no known family: every value that is printed on a page is read together with its caption.
//!
//! What a value is called on the page, and which values are not printed at all, was looked up on pages drawn as pictures.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]
#![allow(clippy::print_stdout, reason = "what is lost is shown with `--nocapture`")]

mod common;

use std::{fs, path::Path};

use common::shared;
use crosstally::input::Limits;
use crosstally::layout::{Block, Cell, Chart, ChartKind, Document, Item, Point, PointSeries, Table, Text};

/// The share of printed values that must be read with their captions.
const LEAST: f64 = 0.99;

/// A line of the gold file.
struct Gold {
    file: String,
    indicator: String,
    value: String,
}

fn gold(folder: &Path) -> Vec<Gold> {
    let text = fs::read_to_string(folder.join("gold.tsv")).unwrap();
    let lines = text
        .lines()
        .skip(1)
        .map(|line| line.split('\t').map(str::to_owned).collect::<Vec<String>>());
    lines
        .map(|fields| Gold {
            file: fields[0].clone(),
            indicator: fields[2].clone(),
            value: fields[3].clone(),
        })
        .collect()
}

/// Values of the gold file that nobody finds on the pages: what the first report does not print of regions without cases, and
/// differences from the day before, which the first two leave to the reader.
fn is_not_printed(edition: &str, indicator: &str) -> bool {
    match edition {
        "006" => {
            let regions = ["arsalentejo", "acores", "madeira"];
            ["confirmados_novos", "obitos", "recuperados", "ativos"].contains(&indicator) || regions.iter().any(|region| indicator.ends_with(region))
        }
        "056" => indicator == "confirmados_novos",
        _ => false,
    }
}

/// What a person calls a value, in the words of the page: each of these must stand with it, in one of their spellings.
fn caption(indicator: &str) -> Vec<&'static [&'static str]> {
    match indicator {
        "confirmados" | "confirmados_novos" => vec![&["confirmados"]],
        "obitos" => vec![&["óbitos"]],
        "recuperados" => vec![&["recuperados"]],
        "ativos" => vec![&["ativos"]],
        "internados" => vec![&["internamento", "internados"]],
        "internados_uci" => vec![&["internamento", "internados"], &["uci"]],
        "vigilancia" => vec![&["vigilância"]],
        "confirmados_m" | "obitos_m" => vec![&["homens", "masculino"]],
        "confirmados_f" | "obitos_f" => vec![&["mulheres", "feminino"]],
        _ => panic!("{indicator} has no caption"),
    }
}

/// Digits of the numbers in a text, spaces and points between groups of three taken out.
fn numbers(text: &str) -> Vec<String> {
    let is_space = |character: char| matches!(character, ' ' | '\u{2009}' | '\u{a0}' | '\u{202f}' | '.');
    let characters: Vec<char> = text.chars().collect();
    let mut numbers = Vec::new();
    let mut at = 0;
    let digits_at = |at: usize| characters[at..].iter().take_while(|character| character.is_ascii_digit()).count();
    while at < characters.len() {
        let mut length = digits_at(at);
        if length == 0 {
            at += 1;
            continue;
        }
        let mut number: String = characters[at..at + length].iter().collect();
        at += length;
        while length <= 3 && at + 1 < characters.len() && is_space(characters[at]) && digits_at(at + 1) == 3 {
            number.extend(&characters[at + 1..at + 4]);
            at += 4;
            length = 3;
        }
        numbers.push(number);
    }
    numbers
}

fn holds(text: &str, value: &str) -> bool {
    numbers(text).iter().any(|number| number == value)
}

fn names(caption: &[&[&str]], words: &str) -> bool {
    let words = words.to_lowercase();
    caption.iter().all(|spellings| spellings.iter().any(|spelling| words.contains(spelling)))
}

fn string(text: Option<&Text>) -> String {
    text.map(|text| text.string.clone()).unwrap_or_default()
}

fn items(document: &Document) -> impl Iterator<Item = &Item> {
    document.pages.iter().flat_map(|page| &page.items)
}

/// Whether a block, a cell or a mark holds the value with its caption.
fn is_read(document: &Document, value: &str, caption: &[&[&str]]) -> bool {
    items(document).any(|item| match item {
        Item::Block(Block { text, .. }) => holds(&text.string, value) && names(caption, &text.string),
        Item::Table(table) => table
            .cells
            .iter()
            .any(|cell| holds(&cell.text.string, value) && names(caption, &headers(table, cell))),
        Item::Chart(chart) => points(chart).any(|(series, point)| {
            holds(&string(point.label.as_ref()), value)
                && names(caption, &format!("{} {}", string(series.name.as_ref()), string(point.category.as_ref())))
        }),
    })
}

/// The words of a cell's row and column.
fn headers(table: &Table, cell: &Cell) -> String {
    let beside = table.cells.iter().filter(|other| other.row == cell.row || other.column == cell.column);
    beside.map(|cell| cell.text.string.as_str()).collect::<Vec<_>>().join(" ")
}

fn points(chart: &Chart) -> impl Iterator<Item = (&PointSeries, &Point)> {
    chart
        .series
        .iter()
        .flat_map(|series| series.points.iter().map(move |point| (series, point)))
}

/// Whether the map holds a value under the name of its series at the place where its region lies.
///
/// The regions of the mainland are drawn, not named: from north to south they are these. The islands lie to their left.
fn is_on_map(document: &Document, edition: &str, value: &str, series_name: &str, region: &str) -> bool {
    let mainland: &[&str] = match edition {
        "006" => &["arsnorte", "arscentro", "arslvt", "arsalgarve"],
        _ => &["arsnorte", "arscentro", "arslvt", "arsalentejo", "arsalgarve"],
    };
    let islands: &[&str] = if edition == "006" { &[] } else { &["acores", "madeira"] };
    let maps = items(document).filter_map(|item| match item {
        Item::Chart(chart) if chart.kind == ChartKind::Map => Some(chart),
        _ => None,
    });
    maps.flat_map(|map| &map.series).any(|series| {
        if !string(series.name.as_ref()).to_lowercase().contains(series_name) || series.points.len() != mainland.len() + islands.len() {
            return false;
        }
        let place = |point: &Point| point.region.bbox().unwrap();
        let mut points: Vec<&Point> = series.points.iter().collect();
        points.sort_by(|one, other| place(one).x0.total_cmp(&place(other).x0));
        let (island_points, mainland_points) = points.split_at_mut(islands.len());
        let holds_it = |points: &mut [&Point], regions: &[&str]| {
            points.sort_by(|one, other| place(one).top.total_cmp(&place(other).top));
            let point = regions.iter().position(|name| *name == region).map(|index| points[index]);
            point.is_some_and(|point| numbers(&string(point.label.as_ref())) == [value])
        };
        holds_it(island_points, islands) || holds_it(mainland_points, mainland)
    })
}

#[test]
fn every_printed_value_is_read_with_its_caption() {
    let Some(folder) = shared("corpora/portugal-daily-dashboards") else {
        return;
    };
    let (mut printed, mut lost) = (0, Vec::new());
    let mut current: Option<(String, Document)> = None;
    for gold in gold(&folder) {
        let edition = gold.file.rsplit('-').next().unwrap()[..3].to_owned();
        if is_not_printed(&edition, &gold.indicator) {
            continue;
        }
        if current.as_ref().is_none_or(|(file, _)| *file != gold.file) {
            current = Some((gold.file.clone(), crosstally::read(&folder.join(&gold.file), &Limits::default()).unwrap()));
        }
        let (_, document) = current.as_ref().unwrap();
        printed += 1;
        let read = match gold.indicator.split_once('_') {
            Some(("confirmados", region)) if is_region(region) => is_on_map(document, &edition, &gold.value, "confirmados", region),
            Some(("obitos", region)) if is_region(region) => is_on_map(document, &edition, &gold.value, "óbitos", region),
            _ => is_read(document, &gold.value, &caption(&gold.indicator)),
        };
        if !read {
            lost.push(format!("{edition} {} {}", gold.indicator, gold.value));
        }
    }
    println!(
        "{} of {printed} printed values are read with their captions\n{}",
        printed - lost.len(),
        lost.join("\n")
    );
    assert!(
        lost.len() as f64 <= (1.0 - LEAST) * printed as f64,
        "{} of {printed} are lost:\n{}",
        lost.len(),
        lost.join("\n")
    );
}

fn is_region(word: &str) -> bool {
    word.starts_with("ars") || word == "acores" || word == "madeira"
}

#[test]
fn numbers_are_told_apart_by_groups_of_three() {
    assert_eq!(numbers("21 069 | + 347"), ["21069", "347"]);
    assert_eq!(numbers("1 115 749\n+6 358"), ["1115749", "6358"]);
    assert_eq!(numbers("30 1 2024"), ["30", "1", "2024"]);
}
