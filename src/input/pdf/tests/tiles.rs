//! Tiles as dashboards have them: a figure, the change beside it, and the caption under, over or beside it.

use super::*;

/// Bold text.
fn bold(x: f64, y: f64, size: f64, words: &str) -> String {
    text(x, y, size, words).replace("/F1", "/F2")
}

fn ground(colour: &str, x: f64, y: f64, width: f64, height: f64) -> String {
    format!("{colour} rg {x} {y} {width} {height} re f 0 g\n")
}

fn prose() -> String {
    let line = "Words of the report in the size that most of its words have.";
    (0..3)
        .map(|line_number| text(30.0, 60.0 - 12.0 * f64::from(line_number), 9.0, line))
        .collect()
}

#[track_caller]
fn check(content: &str, expected: &[&str]) {
    let page = page(&(content.to_owned() + &prose()));
    let headlines: Vec<&str> = blocks(&page)
        .into_iter()
        .filter(|(kind, _)| *kind == BlockKind::Headline)
        .map(|(_, text)| text)
        .collect();
    assert_eq!(headlines, expected);
}

#[test]
fn a_figure_with_its_change_in_one_box_bears_the_caption_under_the_box() {
    let mut content = String::new();
    for (y, figure, change, caption) in [(320.0, "21 069", "+ 347", "ACTIVE"), (240.0, "1 912", "- 13", "CLOSED")] {
        content += &ground("0.2 0.6 0.6", 30.0, y, 150.0, 34.0);
        content += &bold(45.0, y + 10.0, 18.0, figure);
        content += &text(125.0, y + 10.0, 17.0, change);
        content += &text(80.0, y - 14.0, 10.0, caption);
    }
    check(&content, &["21\u{2009}069\n+ 347\nACTIVE", "1\u{2009}912\n- 13\nCLOSED"]);
}

#[test]
fn white_boxes_on_a_coloured_ground_take_the_words_to_their_left() {
    let mut content = ground("0.89 0.97 0.99", 10.0, 150.0, 380.0, 240.0);
    for (y, words, figure) in [(340.0, "Confirmed cases", "23846"), (290.0, "Deaths", "928")] {
        content += &ground("1 1 1", 230.0, y - 7.0, 60.0, 24.0);
        content += &bold(40.0, y, 14.0, words);
        content += &text(240.0, y, 14.0, figure);
    }
    check(&content, &["23846\nConfirmed cases", "928\nDeaths"]);
}

#[test]
fn a_figure_may_be_told_in_millions_or_money() {
    let mut content = String::new();
    for (x, figure, caption) in [
        (30.0, "2.31 million", "displaced"),
        (170.0, "487k", "households"),
        (300.0, "$ 310M", "required"),
    ] {
        content += &bold(x, 330.0, 18.0, figure);
        content += &text(x, 316.0, 9.0, caption);
    }
    check(&content, &["2.31 million\ndisplaced", "487k\nhouseholds", "$ 310M\nrequired"]);
}

#[test]
fn words_in_brackets_that_end_in_a_year_are_no_figure() {
    let mut content = bold(230.0, 330.0, 18.0, "353178");
    content += &bold(40.0, 336.0, 13.0, "Cases seen by a doctor");
    content += &bold(40.0, 322.0, 11.0, r"\(since January of");
    content += &bold(40.0, 306.0, 11.0, r"2020\)");
    let page = page(&(content + &prose()));
    let found: Vec<&str> = blocks(&page).into_iter().map(|(_, text)| text).collect();
    assert!(found.iter().any(|text| text.contains("(since January of 2020)")), "{found:#?}");
}

#[test]
fn two_boxes_that_meet_are_words_and_their_figure() {
    let mut content = ground("0.9 0.9 0.9", 30.0, 300.0, 110.0, 20.0);
    content += &ground("0.97 0.97 0.97", 140.0, 300.0, 150.0, 20.0);
    content += &text(40.0, 306.0, 9.0, "CASES IN HOSPITAL");
    content += &text(210.0, 306.0, 11.0, "30");
    check(&content, &["30\nCASES IN HOSPITAL"]);
}

#[test]
fn small_figures_in_a_row_over_their_captions_are_tiles() {
    let mut content = String::new();
    for (x, figure, caption) in [(40.0, "48", "confirmed"), (130.0, "10", "probable"), (220.0, "4150", "vaccinated")] {
        content += &text(x + 10.0, 330.0, 9.0, figure);
        content += &text(x, 308.0, 9.0, caption);
    }
    // The captions are set around the middles of the figures.
    let content = content
        .replace("1 0 0 1 40 308", "1 0 0 1 35 308")
        .replace("1 0 0 1 130 308", "1 0 0 1 127 308");
    check(&content, &["48\nconfirmed", "10\nprobable", "4150\nvaccinated"]);
}

#[test]
fn the_head_of_a_pictogram_is_no_bullet() {
    // A circle of four curves and a body under it, as a person, before the figure.
    let circle = "0 0.4 0.7 rg 46 339 m 46 341.2 44.2 343 42 343 c 39.8 343 38 341.2 38 339 c 38 336.8 39.8 335 42 335 c 44.2 335 46 336.8 46 339 c f 38 333 m 46 333 l 49 324 l 42 321 l 35 324 l f 0 g\n";
    let tile = text(52.0, 333.0, 18.0, "12,845") + &text(52.0, 318.0, 9.0, "New arrivals");
    check(&(circle.to_owned() + &tile), &["12,845\nNew arrivals"]);
}

#[test]
fn the_number_of_a_section_is_no_headline() {
    check(
        &(text(30.0, 330.0, 14.0, "5.1.3.") + &text(80.0, 330.0, 14.0, "The programme of the year")),
        &[],
    );
}

#[test]
fn the_ticks_of_an_axis_are_no_headlines() {
    let ticks: String = (0..6)
        .map(|tick| text(40.0, 200.0 + 20.0 * f64::from(tick), 14.0, &format!("{}", 1000 + 500 * tick)))
        .collect();
    check(&ticks, &[]);
}
