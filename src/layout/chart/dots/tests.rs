//! Dots and lollipops drawn by hand, and what is read off them.

use super::super::Ends;
use super::super::bars::tests::{BLUE, Canvas, NAMES, YELLOW, check};

/// A round dot of 6 units.
fn dot(canvas: Canvas, (x, y): (f64, f64), colour: [u8; 3]) -> Canvas {
    let around = (0..12).map(|step| {
        let (sine, cosine) = (f64::from(step) * std::f64::consts::TAU / 12.0).sin_cos();
        (x + 3.0 * cosine, y + 3.0 * sine)
    });
    canvas.path(&around.collect::<Vec<_>>(), Ends::Closed, Some(colour), None)
}

/// Names at the left of rows 20 apart, the first at y = 100, and an axis from 0 at x = 100 to 300 at x = 250 under them.
fn rows() -> Canvas {
    let mut canvas = Canvas::default().line((100.0, 90.0), (100.0, 170.0));
    for (row, name) in NAMES.iter().enumerate() {
        canvas = canvas.word(name, 94.0 - 2.0 * name.len() as f64, 100.0 + 20.0 * row as f64);
    }
    for (step, number) in ["0", "100", "200", "300"].iter().enumerate() {
        let x = 100.0 + 50.0 * step as f64;
        canvas = canvas.word(number, x, 182.0).line((x, 170.0), (x, 174.0));
    }
    canvas
}

fn place(row: usize, value: f64) -> (f64, f64) {
    (100.0 + value / 2.0, 100.0 + 20.0 * row as f64)
}

#[test]
fn dots_level_with_a_name_are_read_off_the_axis() {
    let mut canvas = rows();
    for (row, value) in [40.0, 250.0, 120.0, 200.0].into_iter().enumerate() {
        canvas = dot(canvas, place(row, value), BLUE);
    }
    check(&canvas, &["line: North ~40, East ~250, South ~120, West ~200"]);
}

#[test]
fn dots_may_lie_a_little_beyond_the_last_number() {
    let mut canvas = rows();
    for (row, value) in [40.0, 330.0, 120.0, 200.0].into_iter().enumerate() {
        canvas = dot(canvas, place(row, value), BLUE);
    }
    check(&canvas, &["line: North ~40, East ~330, South ~120, West ~200"]);
    let mut canvas = rows();
    for (row, value) in [40.0, 530.0, 120.0, 200.0].into_iter().enumerate() {
        canvas = dot(canvas, place(row, value), BLUE);
    }
    check(&canvas, &[]);
}

#[test]
fn dots_of_two_colours_on_one_line_are_two_series() {
    let mut canvas = rows();
    for (row, (one, other)) in [(40.0, 60.0), (250.0, 180.0), (120.0, 90.0), (200.0, 210.0)].into_iter().enumerate() {
        canvas = dot(canvas, place(row, one), BLUE);
        canvas = dot(canvas, place(row, other), YELLOW);
    }
    let mut canvas = canvas.word("Women", 300.0, 60.0).word("Men", 300.0, 75.0);
    canvas = dot(canvas, (282.0, 60.0), BLUE);
    canvas = dot(canvas, (286.0, 75.0), YELLOW);
    check(
        &canvas,
        &["line: Women/North ~40, Women/East ~250, Women/South ~120, Women/West ~200, \
           Men/North ~60, Men/East ~180, Men/South ~90, Men/West ~210"],
    );
}

#[test]
fn dots_without_names_or_without_an_axis_are_no_chart() {
    let mut bare = Canvas::default();
    let mut listed = Canvas::default();
    for (row, value) in [40.0, 250.0, 120.0, 200.0].into_iter().enumerate() {
        bare = dot(bare, place(row, value), BLUE);
        listed = dot(listed, (100.0, 100.0 + 20.0 * row as f64), BLUE).word(NAMES[row], 120.0, 100.0 + 20.0 * row as f64);
    }
    check(&bare, &[]);
    check(&listed, &[]);
}

#[test]
fn a_line_that_leads_to_a_dot_is_a_bar() {
    let mut canvas = Canvas::default().names(&NAMES, 210.0).axis(&["0", "100", "200", "300"], 200.0, 30.0);
    canvas = canvas.line((90.0, 200.0), (300.0, 200.0));
    for (index, height) in [20.0, 55.0, 80.0, 33.3].into_iter().enumerate() {
        let x = 115.0 + 50.0 * index as f64;
        canvas = canvas.line((x, 200.0), (x, 200.0 - height));
        canvas = dot(canvas, (x, 200.0 - height), BLUE);
    }
    check(&canvas, &["bar: North ~66.7, East ~183.3, South ~266.7, West ~111"]);
}

#[test]
fn a_line_between_two_dots_starts_on_no_axis() {
    let mut canvas = rows();
    for (row, (one, other)) in [(40.0, 60.0), (40.0, 180.0), (40.0, 90.0), (40.0, 210.0)].into_iter().enumerate() {
        let (from, to) = (place(row, one), place(row, other));
        canvas = canvas.line(from, to);
        canvas = dot(canvas, from, BLUE);
        canvas = dot(canvas, to, BLUE);
    }
    check(&canvas, &[]);
}
