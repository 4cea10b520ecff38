//! Decoded text to runs of characters as they are shown, each with its bytes of the file.

use std::ops::Range;

use crate::layout::Source;
use crate::schema::view::{Spread, ViewText};

/// Some bytes of the decoded text, parted where the way to the file turns.
pub(super) fn characters(source: &Source, range: Range<usize>) -> Vec<ViewText> {
    let mut runs = Vec::new();
    let mut start = range.start;
    while start < range.end {
        let after = source.turns.partition_point(|turn| turn.0 <= start);
        let end = source.turns.get(after).map_or(range.end, |turn| turn.0.min(range.end));
        let width = after.checked_sub(1).map_or(0, |index| source.turns[index].2);
        let text = source.text[start..end].to_owned();
        let first = source.to_file(start);
        let (spread, length) = if width == 0 {
            (Spread::Even, text.len() as u64)
        } else {
            (Spread::Wide(width), text.chars().count() as u64 * u64::from(width))
        };
        runs.push(ViewText {
            text,
            start: first,
            end: first + length,
            spread,
        });
        start = end;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_parted_where_the_way_to_the_file_turns() {
        // A byte order mark of three bytes, then one character of the file in one byte that decoded to two.
        let source = Source::decoded("aé7,900".to_owned(), vec![(0, 3, 0), (1, 4, 1), (3, 5, 0)]);
        let runs: Vec<String> = characters(&source, 0..8)
            .iter()
            .map(|run| format!("{} {}-{} {:?}", run.text, run.start, run.end, run.spread))
            .collect();
        assert_eq!(runs, ["a 3-4 Even", "é 4-5 Wide(1)", "7,900 5-10 Even"]);
        assert_eq!(characters(&source, 4..8)[0].start, 6);
        assert!(characters(&source, 2..2).is_empty());
    }
}
