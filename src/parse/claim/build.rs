//! Figures of a sentence to the sayings that claims are made of.

use crate::schema::{ClaimFigure, Interval, Saying, Within};

use super::sentence::Sentence;

/// A printed figure as a saying.
pub(super) fn saying_of_figure(sentence: &Sentence<'_>, at: usize, readings: impl Fn(&ClaimFigure) -> Vec<Interval>) -> Option<Saying> {
    let figure = sentence.figure(at)?;
    let readings = readings(&figure);
    // A figure that may be something else claims nothing.
    (!figure.doubtful).then_some(Saying {
        mention: figure.mention,
        readings,
        cut: figure.cut,
        within: Within::Sentence,
    })
}

/// What a share is printed for.
pub(super) fn share_reading(figure: &ClaimFigure) -> Vec<Interval> {
    vec![figure.interval]
}

/// Words as a saying.
pub(super) fn saying_of_words(
    sentence: &Sentence<'_>,
    first: usize,
    end: usize,
    readings: Vec<Interval>,
    cut: rust_decimal::Decimal,
) -> Option<Saying> {
    Some(Saying {
        mention: sentence.mention(sentence.bytes(first, end))?,
        readings,
        cut,
        within: Within::Sentence,
    })
}
