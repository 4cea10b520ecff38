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
    let mut budget = MOST_COMPARISONS;
    // Most pages are printed one way.
    if words.windows(2).all(|pair| pair[0].turn == pair[1].turn) {
        return lines_of_turn(words, barriers, &mut budget);
    }
    let mut turns: BTreeMap<i16, Vec<Token>> = BTreeMap::new();
    for word in words {
        turns.entry(word.turn).or_default().push(word);
    }
    turns
        .into_values()
        .flat_map(|words| lines_of_turn(words, barriers, &mut budget))
        .collect()
}

fn lines_of_turn(mut words: Vec<Token>, barriers: &[Barrier], budget: &mut usize) -> Vec<Line> {
    words.sort_by(|one, other| one.baseline.total_cmp(&other.baseline).then(one.start.total_cmp(&other.start)));
    let (words, marks) = host_marks(words, budget);
    let mut lines = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut start = 0;
    for (index, word) in words.iter().enumerate() {
        let first: &Token = &words[start];
        if word.baseline - first.baseline > 0.25 * word.size.min(first.size) {
            ends.push(index);
            start = index;
        }
    }
    ends.push(words.len());
    let mut words = words.into_iter().enumerate();
    let mut marks = marks;
    let mut start = 0;
    for end in ends {
        let row = words.by_ref().take(end - start).map(|(index, token)| {
            let hung = marks.remove(&index).unwrap_or_default();
            (token, hung.leading, hung.trailing)
        });
        let mut tokens: Vec<Marked> = row.collect();
        start = end;
        tokens.sort_by(|one, other| one.0.start.total_cmp(&other.0.start).then(one.0.first_run.cmp(&other.0.first_run)));
        lines.extend(split_row(tokens, barriers));
    }
    lines
}
