//! Pictures drawn on a page: charts among them are told, photographs, logos and grounds are not.

use super::*;

/// A picture of 40 by 30 dots in this box, y from the bottom.
fn picture(x: f64, y: f64, width: f64, height: f64, dot: impl Fn(usize, usize) -> [u8; 3]) -> String {
    let mut dots = String::new();
    for row in 0..30 {
        for column in 0..40 {
            for part in dot(column, row) {
                dots.push_str(&format!("{part:02x}"));
            }
        }
    }
    format!("q {width} 0 0 {height} {x} {y} cm BI /W 40 /H 30 /CS /RGB /BPC 8 /F /AHx ID {dots}> EI Q\n")
}

/// Blue bars on white.
fn bars(column: usize, row: usize) -> [u8; 3] {
    if column % 8 < 5 && row > 29 - column / 2 {
        [0, 90, 180]
    } else {
        [255; 3]
    }
}

/// No dot like its neighbour.
fn photograph(column: usize, row: usize) -> [u8; 3] {
    let mixed = (column * 7919 + row * 104_729 + column * row * 31) as u32;
    [0, 8, 16].map(|shift| (mixed.wrapping_mul(2_654_435_761) >> shift) as u8)
}

#[track_caller]
fn check(content: &str, expected: usize) {
    let bytes = pdf(content);
    let document = read(&bytes, &Limits::default()).expect("a page drawn for the test");
    assert!(!document.pages[0].pictures.is_empty(), "a picture is drawn");
    assert_eq!(pictures_with_figures(&bytes, &Limits::default(), &document).len(), expected);
}

#[test]
fn a_chart_drawn_as_a_picture_is_told() {
    check(
        &(text(50.0, 320.0, 12.0, "Arrivals by month") + &picture(50.0, 100.0, 250.0, 180.0, bars)),
        1,
    );
}

#[test]
fn a_photograph_is_not() {
    check(
        &(text(50.0, 320.0, 12.0, "At the border") + &picture(50.0, 100.0, 250.0, 180.0, photograph)),
        0,
    );
}

#[test]
fn a_logo_is_not_be_it_small_or_in_the_margin() {
    check(&(text(50.0, 300.0, 12.0, "Report") + &picture(50.0, 150.0, 50.0, 40.0, bars)), 0);
    check(&(text(50.0, 300.0, 12.0, "Report") + &picture(50.0, 360.0, 200.0, 38.0, bars)), 0);
}

#[test]
fn the_ground_under_sentences_is_not_and_a_scan_of_the_whole_page_is() {
    let sentences: String = (0..4)
        .map(|line| text(60.0, 250.0 - 14.0 * f64::from(line), 11.0, "words of a sentence that goes on for a while"))
        .collect();
    check(&(picture(50.0, 100.0, 250.0, 180.0, bars) + &sentences), 0);
    check(&picture(0.0, 0.0, 400.0, 400.0, bars), 1);
}
