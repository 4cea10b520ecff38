//! Two tables to the relations between neighbouring cells that they share: the measure of the ICDAR 2013 table competition.
//!
//! M. Göbel, T. Hassan, E. Oro, G. Orsi: "A methodology for evaluating algorithms for table understanding in PDF documents", 2012.
//! Where the paper is silent, as the competition's own tool counts: github.com/tamirhassan/dataset-tools, `MeasureRecognitionPerformance -strignore`.
//! Each cell that is not blank has one relation with the next such cell to its right and one with the next below. Two relations are the
//! same if both texts, the direction and the number of blanks between are. Texts are compared without white space, in capitals, and with
//! each character that is no Latin letter or digit as `_`.

use std::{collections::BTreeMap, ops::Range};

/// A cell with the rows and columns it covers.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
    pub(super) text: String,
}

/// Two cells that follow one another: their texts, whether below one another, and the blanks between.
pub(super) type Relation = (String, String, Direction, usize);

/// Where the second cell of a relation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Right,
    Below,
}

/// How many relations there are, how many were found, and how many of these are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) truth: usize,
    pub(super) found: usize,
    pub(super) right: usize,
}

impl Score {
    pub(super) fn recall(self) -> f64 {
        share(self.right, self.truth)
    }

    pub(super) fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            truth: self.truth + other.truth,
            found: self.found + other.found,
            right: self.right + other.right,
        }
    }
}

/// The harmonic mean of recall and precision.
pub(super) fn f1(recall: f64, precision: f64) -> f64 {
    if recall + precision > 0.0 {
        2.0 * recall * precision / (recall + precision)
    } else {
        0.0
    }
}

/// Sets the tables of a document against the true ones; each is a page with the cells on it.
///
/// A true table is set against the one on its page with most relations right, which then is taken; found tables left over count as wrong.
pub(super) fn score(truth: &[(u32, Vec<Cell>)], found: &[(u32, Vec<Cell>)]) -> Score {
    let mut left: Vec<(u32, Vec<Relation>)> = found.iter().map(|(page, cells)| (*page, relations(cells))).collect();
    let mut score = Score {
        found: left.iter().map(|(_, relations)| relations.len()).sum(),
        ..Score::default()
    };
    for (page, cells) in truth {
        let relations = relations(cells);
        score.truth += relations.len();
        let mut best: Option<(usize, usize)> = None;
        for (index, (on, candidates)) in left.iter().enumerate() {
            let right = in_both(&relations, candidates);
            if on == page && best.is_none_or(|(_, most)| right > most) {
                best = Some((index, right));
            }
        }
        if let Some((index, right)) = best {
            left.remove(index);
            score.right += right;
        }
    }
    score
}

/// The relations of a table.
pub(super) fn relations(cells: &[Cell]) -> Vec<Relation> {
    let texts: Vec<String> = cells.iter().map(|cell| normalised(&cell.text)).collect();
    let rows = cells.iter().map(|cell| cell.rows.end).max().unwrap_or(0);
    let columns = cells.iter().map(|cell| cell.columns.end).max().unwrap_or(0);
    let mut grid: Vec<Vec<Option<usize>>> = vec![vec![None; columns]; rows];
    for (index, cell) in cells.iter().enumerate().filter(|(index, _)| !texts[*index].is_empty()) {
        for row in cell.rows.clone() {
            grid[row][cell.columns.clone()].fill(Some(index));
        }
    }
    // A pair of spanning cells meets along several rows or columns, and counts once.
    let mut pairs: BTreeMap<(Direction, usize, usize), usize> = BTreeMap::new();
    for row in &grid {
        for (one, other, blanks) in neighbours(row.iter().copied()) {
            pairs.entry((Direction::Right, one, other)).or_insert(blanks);
        }
    }
    for column in 0..columns {
        for (one, other, blanks) in neighbours(grid.iter().map(|row| row[column])) {
            pairs.entry((Direction::Below, one, other)).or_insert(blanks);
        }
    }
    pairs
        .into_iter()
        .map(|((direction, one, other), blanks)| (texts[one].clone(), texts[other].clone(), direction, blanks))
        .collect()
}

/// Cells that follow one another, with the number of blanks between.
fn neighbours(places: impl Iterator<Item = Option<usize>>) -> Vec<(usize, usize, usize)> {
    let mut neighbours = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for (place, cell) in places.enumerate().filter_map(|(place, cell)| cell.map(|cell| (place, cell))) {
        if let Some((before, at)) = last.filter(|(before, _)| *before != cell) {
            neighbours.push((before, cell, place - at - 1));
        }
        last = Some((cell, place));
    }
    neighbours
}

/// How many relations two tables share, each counted as often as both have it.
pub(super) fn in_both(one: &[Relation], other: &[Relation]) -> usize {
    let mut counts: BTreeMap<&Relation, usize> = BTreeMap::new();
    for relation in one {
        *counts.entry(relation).or_default() += 1;
    }
    other
        .iter()
        .filter(|relation| match counts.get_mut(relation) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .count()
}

fn normalised(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect()
}

fn share(part: usize, whole: usize) -> f64 {
    // Nothing to find was found, and nothing found is not wrong.
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
