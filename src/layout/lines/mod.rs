//! Words to lines: what stands on one base line with no more than a word's gap between.

mod line;
mod raised;
mod row;

use std::collections::BTreeMap;

use self::raised::host_marks;
use self::row::{Marked, split_row};
use super::words::Token;

pub use self::line::{Head, Line, Part, Weight, labels};

/// Comparisons that finding the hosts of raised marks may cost.
const MOST_COMPARISONS: usize = 4_000_000;

/// An upright edge that no line of text crosses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Barrier {
    /// Where it stands.
    pub x: f64,
    /// Its upper end.
    pub top: f64,
    /// Its lower end.
    pub bottom: f64,
}

/// Lines of words, in no order but that of their base lines; upright edges part them.
pub fn lines(words: Vec<Token>, barriers: &[Barrier]) -> Vec<Line> {
    let mut turns: BTreeMap<i16, Vec<Token>> = BTreeMap::new();
    for word in words {
        turns.entry(word.turn).or_default().push(word);
    }
    let mut budget = MOST_COMPARISONS;
    turns
        .into_values()
        .flat_map(|words| lines_of_turn(words, barriers, &mut budget))
        .collect()
}

fn lines_of_turn(mut words: Vec<Token>, barriers: &[Barrier], budget: &mut usize) -> Vec<Line> {
    words.sort_by(|one, other| one.baseline.total_cmp(&other.baseline).then(one.start.total_cmp(&other.start)));
    let (words, marks) = host_marks(words, budget);
    let mut lines = Vec::new();
    let mut row: Vec<usize> = Vec::new();
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if let Some(first) = row.first() {
            let first: &Token = &words[*first];
            if word.baseline - first.baseline > 0.25 * word.size.min(first.size) {
                rows.push(std::mem::take(&mut row));
            }
        }
        row.push(index);
    }
    rows.push(row);
    let mut words: Vec<Option<Token>> = words.into_iter().map(Some).collect();
    let mut marks = marks;
    for row in rows {
        let mut tokens: Vec<Marked> = row
            .into_iter()
            .filter_map(|index| {
                let token = words[index].take()?;
                let hung = marks.remove(&index).unwrap_or_default();
                Some((token, hung.leading, hung.trailing))
            })
            .collect();
        tokens.sort_by(|one, other| one.0.start.total_cmp(&other.0.start).then(one.0.first_run.cmp(&other.0.first_run)));
        lines.extend(split_row(tokens, barriers));
    }
    lines
}
