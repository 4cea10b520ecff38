//! Tables of the European half of the ICDAR 2013 table competition, read and set against the truth by its own measure.
//!
//! `cargo test --test tables -- --nocapture` prints a line a document. Competition and truth: M. Göbel, T. Hassan, E. Oro, G. Orsi:
//! "ICDAR 2013 Table Competition", ICDAR 2013. As there, recall and precision are those of each document, averaged over the documents; the
//! total counts each relation alike, so that large tables weigh more.
#![expect(clippy::print_stderr, reason = "the scores are what this test is run for")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod common;
#[path = "tables/measure.rs"]
mod measure;
#[path = "tables/truth.rs"]
mod truth;

use std::{fs, path::Path};

use crosstally::{
    input::{self, Limits},
    layout::{Document, Item, Page, Table},
};
use measure::{Cell, Score, f1, score};
use truth::TrueTable;

/// What is reached, and a little less: a change that reads the tables worse is seen.
const LEAST_F1: f64 = 0.99;

/// How far beyond its region the middle of a cell may stand, in points: regions are rounded.
const SLACK: f64 = 2.0;

/// Scores of one document: where tables were to be found, and where it was told where they stand.
#[derive(Clone, Copy, Default)]
struct Scores {
    found: Score,
    given: Score,
}

#[test]
fn tables_are_read_as_the_competition_knows_them() {
    let Some(folder) = common::shared("corpora/icdar2013-eu") else { return };
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "pdf"))
        .collect();
    names.sort();
    assert_eq!(names.len(), 27, "the documents of the European half");
    let scores: Vec<Scores> = names.iter().map(|name| of_document(&folder, name)).collect();
    let found = summary("regions found", &scores.iter().map(|scores| scores.found).collect::<Vec<_>>());
    let given = summary("regions given", &scores.iter().map(|scores| scores.given).collect::<Vec<_>>());
    assert!(found >= LEAST_F1, "F1 of tables found is {found:.4}");
    assert!(given >= LEAST_F1, "F1 of tables whose regions are given is {given:.4}");
}

/// Where two truths are held to be right, the one that is nearer counts.
fn of_document(folder: &Path, name: &str) -> Scores {
    let bytes = fs::read(folder.join(name)).unwrap();
    let document = input::read(&bytes, name, &Limits::default()).unwrap();
    let stem = name.trim_end_matches(".pdf");
    let best = [stem.to_owned(), stem.replace('a', "b")]
        .into_iter()
        .filter_map(|stem| fs::read_to_string(folder.join(format!("{stem}-str.xml"))).ok())
        .map(|xml| against(&truth::tables(&xml), &document))
        .max_by(|one, other| f1_of(one.found).total_cmp(&f1_of(other.found)))
        .expect("a truth beside the document");
    eprintln!("{stem:8} regions found: {}   regions given: {}", line(best.found), line(best.given));
    best
}

fn against(truth: &[TrueTable], document: &Document) -> Scores {
    let true_tables: Vec<(u32, Vec<Cell>)> = truth.iter().map(|table| (table.page, table.cells.clone())).collect();
    let found: Vec<(u32, Vec<Cell>)> = document
        .pages
        .iter()
        .flat_map(|page| tables(page).map(|table| (page.number, cells(table, |_| true))))
        .collect();
    let given = truth
        .iter()
        .map(|table| score(&[(table.page, table.cells.clone())], &within(table, document)))
        .fold(Score::default(), Score::plus);
    Scores {
        found: score(&true_tables, &found),
        given,
    }
}

/// What was read in the regions of a true table: of the table with most words there, the cells that stand in them.
fn within(table: &TrueTable, document: &Document) -> Vec<(u32, Vec<Cell>)> {
    let regions = table.regions.iter().filter_map(|(number, region)| {
        let page = document.pages.iter().find(|page| page.number == *number)?;
        // The truth of a page that is shown turned counts from the foot of the page before it was turned.
        let turned = region[3] > page.height;
        let foot = if turned { page.width } else { page.height };
        let read = tables(page).map(|table| cells(table, |cell| holds(*region, foot, cell)));
        read.max_by_key(|cells| cells.iter().filter(|cell| !cell.text.is_empty()).count())
            .map(|cells| (*number, cells))
    });
    regions.filter(|(_, cells)| !cells.is_empty()).collect()
}

/// Whether the middle of a cell's words stands in a region given from the foot of the page.
fn holds([left, bottom, right, top]: [f64; 4], foot: f64, cell: &crosstally::layout::Cell) -> bool {
    let bbox = cell.text.whole().unwrap_or(cell.region).bbox().unwrap_or_default();
    let (across, up) = (f64::midpoint(bbox.x0, bbox.x1), foot - f64::midpoint(bbox.top, bbox.bottom));
    (left - SLACK..right + SLACK).contains(&across) && (bottom - SLACK..top + SLACK).contains(&up)
}

fn tables(page: &Page) -> impl Iterator<Item = &Table> {
    page.items.iter().filter_map(|item| match item {
        Item::Table(table) => Some(table),
        _ => None,
    })
}

fn cells(table: &Table, taken: impl Fn(&crosstally::layout::Cell) -> bool) -> Vec<Cell> {
    let cells = table.cells.iter().filter(|cell| taken(cell)).map(|cell| Cell {
        rows: cell.row..cell.row + cell.row_span,
        columns: cell.column..cell.column + cell.column_span,
        text: cell.text.string.clone(),
    });
    cells.collect()
}

/// Prints and returns the scores of all documents: averaged over them, and of all their relations.
fn summary(name: &str, scores: &[Score]) -> f64 {
    let mean = |part: fn(Score) -> f64| scores.iter().copied().map(part).sum::<f64>() / scores.len() as f64;
    let (recall, precision) = (mean(Score::recall), mean(Score::precision));
    let average = f1(recall, precision);
    let all = scores.iter().copied().fold(Score::default(), Score::plus);
    eprintln!(
        "{name}: average of documents R {recall:.4} P {precision:.4} F1 {average:.4}; total {}",
        line(all)
    );
    average.min(f1_of(all))
}

fn line(score: Score) -> String {
    format!("R {:.4} P {:.4} F1 {:.4}", score.recall(), score.precision(), f1_of(score))
}

fn f1_of(score: Score) -> f64 {
    f1(score.recall(), score.precision())
}

mod the_measure {
    use super::{Cell, Score, score};

    /// A table of rows parted by `/` and cells parted by `|`; `<` and `^` carry on the cell before and above.
    fn table(drawn: &str) -> Vec<Cell> {
        let rows: Vec<Vec<&str>> = drawn.split('/').map(|row| row.split('|').map(str::trim).collect()).collect();
        let mut cells: Vec<Cell> = Vec::new();
        for (row, texts) in rows.iter().enumerate() {
            for (column, text) in texts.iter().enumerate() {
                let owner = |cell: &&mut Cell| match *text {
                    "<" => cell.rows.contains(&row) && cell.columns.end == column,
                    "^" => cell.rows.end == row && cell.columns.contains(&column),
                    _ => false,
                };
                match cells.iter_mut().find(owner) {
                    Some(cell) if *text == "<" => cell.columns.end += 1,
                    Some(cell) => cell.rows.end += 1,
                    None => cells.push(Cell {
                        rows: row..row + 1,
                        columns: column..column + 1,
                        text: (*text).to_owned(),
                    }),
                }
            }
        }
        cells
    }

    fn check(truth: &str, found: &str, expected: (usize, usize, usize)) {
        let Score { truth, found, right } = score(&[(1, table(truth))], &[(1, table(found))]);
        assert_eq!((truth, found, right), expected);
    }

    #[test]
    fn a_table_of_two_by_two_has_four_relations() {
        check("a | b / c | d", "a | b / c | d", (4, 4, 4));
    }

    #[test]
    fn white_space_case_and_kind_of_sign_do_not_matter() {
        check("Total – all | 1 000 / x | 5%", "total-all | 1000 / X | 5‰", (4, 4, 4));
    }

    #[test]
    fn blanks_are_passed_over_and_counted() {
        check("a |  | b", "a |  | b", (1, 1, 1));
        check("a |  | b", "a | b", (1, 1, 0));
    }

    #[test]
    fn a_spanning_cell_has_one_relation_with_each_neighbour() {
        check("a | < / b | c", "a | < / b | c", (3, 3, 3));
        check("a | b / ^ | ^ / c | <", "a | b / ^ | ^ / c | <", (3, 3, 3));
        check("a | < / b | c", "a | / b | c", (3, 2, 2));
    }

    #[test]
    fn a_relation_found_more_often_than_it_is_counts_as_wrong() {
        check("a | b", "a | b / a | b", (1, 4, 1));
    }

    #[test]
    fn a_table_that_is_not_there_costs_precision_and_one_missed_costs_recall() {
        let tables = [(1, table("a | b")), (2, table("c | d | e"))];
        assert_eq!(
            score(&tables[..1], &tables),
            Score {
                truth: 1,
                found: 3,
                right: 1
            }
        );
        assert_eq!(
            score(&tables, &tables[..1]),
            Score {
                truth: 3,
                found: 1,
                right: 1
            }
        );
    }

    #[test]
    fn a_table_is_looked_for_on_its_own_page() {
        let right = |page| score(&[(1, table("a | b"))], &[(page, table("a | b"))]).right;
        assert_eq!((right(1), right(2)), (1, 0));
    }
}
