//! Lines that open with a raised mark: notes at the foot, and figures and headings that refer to a note.

use super::*;

/// Sentences that make up the text of the page, in ten points.
fn body() -> String {
    text(50.0, 360.0, 10.0, "Some persons were counted at the border in the month before, and more")
        + &text(50.0, 348.0, 10.0, "were counted by the offices in the cities, as the offices tell us.")
}

/// A line that a raised mark opens.
fn marked(y: f64, size: f64, mark: &str, words: &str) -> String {
    text(50.0, y + 0.4 * size, 0.6 * size, mark) + &text(50.0 + 0.4 * size, y, size, words)
}

fn bold(content: &str) -> String {
    content.replace("/F1", "/F2")
}

#[track_caller]
fn check(content: &str, expected: &[(BlockKind, &str)]) {
    let page = page(&(body() + content));
    assert_eq!(blocks(&page)[1..], *expected);
}

#[test]
fn a_bold_figure_with_its_caption_refers_to_a_note_and_is_none() {
    check(
        &(bold(&marked(300.0, 10.0, "1", "Number of persons counted: 138")) + &bold(&marked(270.0, 10.0, "2", "Number of persons asked: 565*"))),
        &[
            (BlockKind::Heading, "Number of persons counted: 138"),
            (BlockKind::Heading, "Number of persons asked: 565*"),
        ],
    );
}

#[test]
fn a_raised_character_opens_a_line_as_a_raised_figure_does() {
    check(
        &bold(&text(50.0, 300.0, 10.0, "\\271Number of persons counted: 138")),
        &[(BlockKind::Heading, "Number of persons counted: 138")],
    );
    check(
        &text(50.0, 60.0, 8.0, "\\271Counted on arrival, not at the border"),
        &[(BlockKind::Note, "Counted on arrival, not at the border")],
    );
}

#[test]
fn a_figure_with_its_caption_as_large_as_the_text_is_no_note_unless_a_mark_above_asks_for_one() {
    let figure = marked(300.0, 10.0, "1", "Persons counted in camps: 138");
    check(&figure, &[(BlockKind::Paragraph, "Persons counted in camps: 138")]);
    let asked = text(50.0, 330.0, 10.0, "Others counted") + &text(119.0, 334.0, 6.0, "1");
    check(
        &(asked + &figure),
        &[
            (BlockKind::Paragraph, "Others counted"),
            (BlockKind::Note, "Persons counted in camps: 138"),
        ],
    );
}

#[test]
fn a_heading_that_refers_to_a_note_is_a_heading_and_its_note_at_the_foot_a_note() {
    let heading = bold(&marked(320.0, 13.0, "1", "New arrivals"));
    let note = marked(50.0, 7.0, "1", "Persons counted on arrival since 2016: 138");
    check(
        &(heading + &note),
        &[
            (BlockKind::Heading, "New arrivals"),
            (BlockKind::Note, "Persons counted on arrival since 2016: 138"),
        ],
    );
}

#[test]
fn notes_in_small_type_or_in_the_type_of_the_text_are_notes_be_they_bold_or_ending_in_a_figure() {
    check(
        &bold(&marked(60.0, 8.0, "1", "Persons counted on arrival: 138")),
        &[(BlockKind::Note, "Persons counted on arrival: 138")],
    );
    check(
        &marked(60.0, 10.0, "1", "Persons counted on arrival, not at the border"),
        &[(BlockKind::Note, "Persons counted on arrival, not at the border")],
    );
    let asked = text(50.0, 330.0, 10.0, "Others counted") + &text(119.0, 334.0, 6.0, "1");
    check(
        &(asked + &bold(&marked(60.0, 10.0, "1", "Not at the border"))),
        &[(BlockKind::Paragraph, "Others counted"), (BlockKind::Note, "Not at the border")],
    );
}
