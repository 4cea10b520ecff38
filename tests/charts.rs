//! Charts of many producers are read with the values that were drawn: `fixtures/charts/truth.csv` against `show --json`.
//!
//! `cargo test --test charts -- --nocapture` prints the table by producer and kind, and every mark that is missed, wrong or invented.
#![expect(clippy::print_stderr, reason = "the table is for people")]

use std::{
    collections::BTreeMap,
    fmt::Write,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// Labelled marks whose value, category and series are right, of a thousand.
const LABELLED_OF_A_THOUSAND: usize = 997;
/// Marks without a label that are read within half a percent of the axis range, with the right names, of a thousand.
const UNLABELLED_OF_A_THOUSAND: usize = 998;
/// Marks with a wrong value or a wrong name.
const WRONG_AT_MOST: usize = 2;
/// Values read where nothing is drawn, or where nothing can be read.
const INVENTED_AT_MOST: usize = 0;
/// Charts whose heading is the one drawn over them, of a thousand that were found.
const TITLED_OF_A_THOUSAND: usize = 980;
/// How far a reading may be off, as a share of the axis range.
const TOLERANCE: f64 = 0.005;

/// A mark as it was drawn.
#[derive(Debug, Clone)]
struct Mark {
    chart: (String, u64, u64),
    kind: String,
    /// What is printed over the chart.
    title: String,
    series: String,
    /// Empty where no name is printed at it.
    category: String,
    value: f64,
    unit: String,
    labelled: bool,
    axis: Option<Axis>,
    readable: bool,
}

#[derive(Debug, Clone, Copy)]
enum Axis {
    Straight(f64, f64),
    Logarithmic(f64, f64),
}

/// A mark as it was read.
#[derive(Debug, Clone)]
struct Reading {
    series: String,
    category: String,
    value: f64,
    unit: String,
    by_label: bool,
}

/// What became of marks.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    labelled: [usize; 2],
    unlabelled: [usize; 2],
    titled: [usize; 2],
    missed: usize,
    wrong: usize,
    invented: usize,
}

impl Score {
    fn add(&mut self, other: Self) {
        for (one, other) in [
            (&mut self.labelled, other.labelled),
            (&mut self.unlabelled, other.unlabelled),
            (&mut self.titled, other.titled),
        ] {
            one[0] += other[0];
            one[1] += other[1];
        }
        self.missed += other.missed;
        self.wrong += other.wrong;
        self.invented += other.invented;
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/charts")
}

#[test]
fn charts_are_read_as_they_were_drawn() {
    let truth = truth();
    let mut failures = String::new();
    let mut by_producer: BTreeMap<String, Score> = BTreeMap::new();
    let mut by_kind: BTreeMap<String, Score> = BTreeMap::new();
    let mut files: Vec<&str> = truth.iter().map(|mark| mark.chart.0.as_str()).collect();
    files.dedup();
    for file in files {
        let json = shown(file);
        let pages = json["pages"].as_array().expect("pages");
        for page in pages {
            let number = page["number"].as_u64().expect("a number");
            let drawn: Vec<&Mark> = truth.iter().filter(|mark| mark.chart.0 == file && mark.chart.1 == number).collect();
            for (kind, score) in score_page(page, &drawn, &mut failures, &format!("{file}:{number}")) {
                let producer = file.split(['-', '.']).next().unwrap_or_default();
                by_producer.entry(producer.to_owned()).or_default().add(score);
                by_kind.entry(kind).or_default().add(score);
            }
        }
    }
    let mut all = Score::default();
    for score in by_producer.values() {
        all.add(*score);
    }
    let table = table(&[("producer", &by_producer), ("kind", &by_kind)], all);
    eprintln!("{failures}\n{table}");
    let of_a_thousand = |counts: [usize; 2]| counts[0] * 1000 / counts[1].max(1);
    assert!(all.labelled[1] > 300 && all.unlabelled[1] > 300, "the truth is there");
    assert!(
        of_a_thousand(all.labelled) >= LABELLED_OF_A_THOUSAND,
        "labelled marks\n{failures}\n{table}"
    );
    assert!(
        of_a_thousand(all.unlabelled) >= UNLABELLED_OF_A_THOUSAND,
        "marks by their length\n{failures}\n{table}"
    );
    assert!(
        of_a_thousand(all.titled) >= TITLED_OF_A_THOUSAND,
        "headings of charts\n{failures}\n{table}"
    );
    assert!(all.wrong <= WRONG_AT_MOST, "wrong marks\n{failures}\n{table}");
    assert!(all.invented == INVENTED_AT_MOST, "invented marks\n{failures}\n{table}");
}

/// Every mark of `truth.csv`.
fn truth() -> Vec<Mark> {
    let mut reader = csv::Reader::from_path(folder().join("truth.csv")).expect("the truth is there");
    let mark = |record: csv::StringRecord| {
        let number = |place: usize| record[place].parse::<u64>().expect("a number");
        Mark {
            chart: (record[0].to_owned(), number(1), number(2)),
            kind: record[3].to_owned(),
            title: plain(&record[4]),
            series: plain(&record[5]),
            category: if record[6].starts_with('(') { String::new() } else { plain(&record[6]) },
            value: record[7].parse().expect("a value"),
            unit: record[8].to_owned(),
            labelled: &record[9] == "yes",
            axis: axis(&record[10]),
            readable: &record[11] == "yes",
        }
    };
    reader.records().map(|record| mark(record.expect("a row"))).collect()
}

fn axis(range: &str) -> Option<Axis> {
    let (straight, range) = range.strip_prefix("log ").map_or((true, range), |range| (false, range));
    let (low, high) = range.split_once("..")?;
    let (low, high) = (low.parse().expect("a number"), high.parse().expect("a number"));
    Some(if straight {
        Axis::Straight(low, high)
    } else {
        Axis::Logarithmic(low, high)
    })
}

/// What the program shows of a file.
fn shown(file: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_crosstally"))
        .args(["show", "--json"])
        .arg(folder().join(file))
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{file} cannot be shown: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The scores of the charts of a page; values of charts that nobody drew are invented.
fn score_page(page: &Value, drawn: &[&Mark], failures: &mut String, place: &str) -> Vec<(String, Score)> {
    let mut charts: Vec<Vec<Reading>> = page["charts"].as_array().expect("charts").iter().map(readings).collect();
    let mut scores = Vec::new();
    let mut numbers: Vec<u64> = drawn.iter().map(|mark| mark.chart.2).collect();
    numbers.dedup();
    let marks_of = |number: u64| drawn.iter().copied().filter(|mark| mark.chart.2 == number).collect::<Vec<&Mark>>();
    // The read chart that shares most with a drawn one is taken for it.
    let mut pairs: Vec<(usize, u64, usize)> = Vec::new();
    for number in &numbers {
        let marks = marks_of(*number);
        if !matches!(marks[0].kind.as_str(), "tile" | "map") {
            pairs.extend(
                charts
                    .iter()
                    .enumerate()
                    .map(|(index, readings)| (shared(&marks, readings), *number, index)),
            );
        }
    }
    pairs.sort_by_key(|(shared, number, index)| (usize::MAX - shared, *number, *index));
    let mut taken: BTreeMap<u64, usize> = BTreeMap::new();
    for (shared, number, index) in pairs {
        if shared > 0 && !taken.contains_key(&number) && !taken.values().any(|other| *other == index) {
            taken.insert(number, index);
        }
    }
    for number in numbers {
        let marks = marks_of(number);
        let kind = marks[0].kind.clone();
        let readings = match kind.as_str() {
            "tile" | "map" => tiles(page, &marks),
            _ => taken.get(&number).map(|index| std::mem::take(&mut charts[*index])).unwrap_or_default(),
        };
        let place = format!("{place} chart {number} ({kind})");
        let mut score = score_chart(&marks, readings, failures, &place);
        if let Some(index) = taken.get(&number) {
            let title = plain(page["charts"][index]["title"].as_str().unwrap_or_default());
            score.titled = [usize::from(title == marks[0].title), 1];
            if title != marks[0].title {
                let _ = writeln!(failures, "{place}: `{}` stands over it, not `{title}`", marks[0].title);
            }
        }
        scores.push((kind, score));
    }
    for reading in charts.into_iter().flatten() {
        let _ = writeln!(failures, "{place}: invented {reading:?}");
        scores.push((
            "none".to_owned(),
            Score {
                invented: 1,
                ..Score::default()
            },
        ));
    }
    scores
}

fn readings(chart: &Value) -> Vec<Reading> {
    let text = |value: &Value| plain(value.as_str().unwrap_or_default());
    let mut readings = Vec::new();
    for series in chart["series"].as_array().expect("series") {
        for point in series["points"].as_array().expect("points") {
            if let Some(value) = point["value"].as_f64() {
                readings.push(Reading {
                    series: text(&series["name"]),
                    category: text(&point["category"]),
                    value,
                    unit: text(&point["unit"]),
                    by_label: point["method"] == "chart-label",
                });
            }
        }
    }
    readings
}

/// Numbers with their captions, as headlines hold them.
fn tiles(page: &Value, marks: &[&Mark]) -> Vec<Reading> {
    let mut readings = Vec::new();
    for block in page["blocks"].as_array().expect("blocks") {
        if block["kind"] != "headline" {
            continue;
        }
        let lines: Vec<String> = block["text"].as_str().unwrap_or_default().lines().map(plain).collect();
        let number = lines.iter().find_map(|line| {
            let digits: String = line.chars().filter(|character| !matches!(character, ',' | ' ' | '\u{2009}')).collect();
            digits.parse::<f64>().ok()
        });
        let named = marks.iter().find(|mark| lines.contains(&mark.category));
        if let (Some(value), Some(named)) = (number, named) {
            readings.push(Reading {
                series: String::new(),
                category: named.category.clone(),
                value,
                unit: String::new(),
                by_label: true,
            });
        }
    }
    readings
}

/// How many marks a read chart has in common with a drawn one: by its names, or by its values.
fn shared(marks: &[&Mark], readings: &[Reading]) -> usize {
    let same = |mark: &Mark, reading: &Reading| {
        2 * usize::from(is_right(mark, reading)) + usize::from(!mark.category.is_empty() && reading.category == mark.category)
    };
    marks
        .iter()
        .map(|mark| readings.iter().map(|reading| same(mark, reading)).max().unwrap_or(0))
        .sum()
}

fn is_right(mark: &Mark, reading: &Reading) -> bool {
    let off = match mark.axis {
        _ if mark.labelled => {
            return (reading.value - mark.value).abs() < 1e-9 && reading.by_label && (reading.unit == "percent") == (mark.unit == "percent");
        }
        Some(Axis::Straight(low, high)) => (reading.value - mark.value).abs() / (high - low),
        Some(Axis::Logarithmic(low, high)) => (reading.value / mark.value).ln().abs() / (high / low).ln(),
        None => return false,
    };
    off <= TOLERANCE
}

fn score_chart(marks: &[&Mark], mut readings: Vec<Reading>, failures: &mut String, place: &str) -> Score {
    let mut score = Score::default();
    if !marks[0].readable {
        score.invented = readings.len();
        for reading in readings {
            let _ = writeln!(failures, "{place}: invented, must be left unread: {reading:?}");
        }
        return score;
    }
    let mut left = Vec::new();
    // Marks are known by their names first, then those without a printed name by their order.
    for mark in marks {
        let same = |reading: &Reading| reading.series == mark.series && !mark.category.is_empty() && reading.category == mark.category;
        match readings.iter().position(same) {
            Some(found) => judge(mark, &readings.remove(found), &mut score, failures, place),
            None => left.push(*mark),
        }
    }
    let mut missed = Vec::new();
    for mark in left {
        let nameless = |reading: &Reading| mark.category.is_empty() && reading.series == mark.series && is_right(mark, reading);
        match readings.iter().position(nameless) {
            Some(found) => judge(mark, &readings.remove(found), &mut score, failures, place),
            None => missed.push(mark),
        }
    }
    for mark in missed {
        let counts = if mark.labelled { &mut score.labelled } else { &mut score.unlabelled };
        counts[1] += 1;
        let told = format!("{} / {} = {}", mark.series, mark.category, mark.value);
        if let Some(found) = readings.iter().position(|reading| is_right(mark, reading)) {
            let reading = readings.remove(found);
            score.wrong += 1;
            let _ = writeln!(failures, "{place}: {told} has other names: {} / {}", reading.series, reading.category);
        } else {
            score.missed += 1;
            let _ = writeln!(failures, "{place}: {told} is missed");
        }
    }
    for reading in readings {
        score.invented += 1;
        let _ = writeln!(failures, "{place}: invented {reading:?}");
    }
    score
}

fn judge(mark: &Mark, reading: &Reading, score: &mut Score, failures: &mut String, place: &str) {
    let counts = if mark.labelled { &mut score.labelled } else { &mut score.unlabelled };
    counts[1] += 1;
    if is_right(mark, reading) {
        counts[0] += 1;
    } else {
        score.wrong += 1;
        let _ = writeln!(
            failures,
            "{place}: {} / {} = {} {}, read {} {}{}",
            mark.series,
            mark.category,
            mark.value,
            mark.unit,
            reading.value,
            reading.unit,
            if mark.labelled && !reading.by_label { ", not by its label" } else { "" }
        );
    }
}

fn table(parts: &[(&str, &BTreeMap<String, Score>)], all: Score) -> String {
    let mut table = String::new();
    let line = |name: &str, score: Score, table: &mut String| {
        let of = |counts: [usize; 2]| {
            if counts[1] > 0 {
                format!("{}/{}", counts[0], counts[1])
            } else {
                "-".to_owned()
            }
        };
        let _ = writeln!(
            table,
            "{name:<14}{:>11}{:>13}{:>9}{:>9}{:>8}{:>10}",
            of(score.labelled),
            of(score.unlabelled),
            of(score.titled),
            score.missed,
            score.wrong,
            score.invented
        );
    };
    for (head, scores) in parts {
        let _ = writeln!(
            table,
            "{head:<14}{:>11}{:>13}{:>9}{:>9}{:>8}{:>10}",
            "labelled", "unlabelled", "titled", "missed", "wrong", "invented"
        );
        for (name, score) in *scores {
            line(name, *score, &mut table);
        }
    }
    line("all", all, &mut table);
    table
}
