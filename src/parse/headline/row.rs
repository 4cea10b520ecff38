//! Rows of figures and rows of their captions, as tiles read row by row give them: which figure is whose.

use super::{Parser, TextPlace, WORDS_BESIDE, text_at, words_in};

/// Words of the longest block that may be the caption of a figure in a row.
const WORDS_OF_LABEL: usize = 14;
/// A row has no more figures than this.
const MOST_IN_ROW: usize = 24;

/// Where the figure of a caption stands, if several figures follow one another, and as many captions.
pub(super) enum InRow {
    /// No such row is beside the caption.
    NoRow,
    /// In this block.
    At(usize),
    /// Which of the figures is the caption's cannot be told.
    Unclear,
}

/// The figure of the caption in a block, where figures and captions stand in rows of their own.
pub(super) fn figure_in_row(parser: &Parser<'_>, place: TextPlace) -> InRow {
    let own = place.node;
    if place.part != 0 || !is_label(parser, own) {
        return InRow::NoRow;
    }
    let (before, after) = (run(parser, own, Way::Back, is_label), run(parser, own, Way::On, is_label));
    let (first, end) = (own - before, own + after + 1);
    let above = run(parser, first, Way::Back, is_figure_alone);
    let below = run(parser, end - 1, Way::On, is_figure_alone);
    // The captions of a row of figures are those next to it.
    let of_above = || match before {
        at if at < above && above <= end - first => InRow::At(first - above + at),
        0 => InRow::Unclear,
        _ => InRow::NoRow,
    };
    let of_below = || match after {
        back if back < below && below <= end - first => InRow::At(end + below - 1 - back),
        0 => InRow::Unclear,
        _ => InRow::NoRow,
    };
    match (above, below) {
        (0..2, 0..2) => InRow::NoRow,
        (_, 0) => of_above(),
        (0, _) => of_below(),
        // Of rows that alternate, the first and the last tell which of them are the captions.
        _ if run(parser, first - above, Way::Back, is_label) < above => of_above(),
        _ if run(parser, end - 1 + below, Way::On, is_label) < below => of_below(),
        _ if before == 0 || after == 0 => InRow::Unclear,
        _ => InRow::NoRow,
    }
}

#[derive(Clone, Copy)]
enum Way {
    Back,
    On,
}

/// How many blocks next to one are alike, as far as a row may reach.
fn run(parser: &Parser<'_>, node: usize, way: Way, is_alike: fn(&Parser<'_>, usize) -> bool) -> usize {
    match way {
        Way::Back => (0..node).rev().take(MOST_IN_ROW).take_while(|node| is_alike(parser, *node)).count(),
        Way::On => (node + 1..).take(MOST_IN_ROW).take_while(|node| is_alike(parser, *node)).count(),
    }
}

/// Whether a block holds one figure, no year, and hardly a word beside it.
fn is_figure_alone(parser: &Parser<'_>, node: usize) -> bool {
    let Some(words) = text_at(parser, TextPlace { node, part: 0 }) else {
        return false;
    };
    let [number] = words.numbers.as_slice() else { return false };
    let beside = words_in(words, &(0..number.range.start)) + words_in(words, &(number.range.end..words.string().len()));
    beside <= WORDS_BESIDE && !number.year_like
}

/// Whether a block is a few words without a figure, as a caption is.
fn is_label(parser: &Parser<'_>, node: usize) -> bool {
    let Some(words) = text_at(parser, TextPlace { node, part: 0 }) else {
        return false;
    };
    let length = words_in(words, &(0..words.string().len()));
    (1..=WORDS_OF_LABEL).contains(&length) && words.numbers.iter().all(|number| number.year_like)
}
