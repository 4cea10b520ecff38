//! Charts that share what is printed once, lines over bars, areas and discs drawn by hand, and what is read off them.

use super::Ends;
use super::bars::tests::{BLUE, Canvas, NAMES, YELLOW, check};

/// Bars under a line, an axis from 0 to 200 on the left and one from 0 to 80 on the right, 30 units a step.
fn with_two_axes(line: &[(f64, f64)]) -> Canvas {
    let mut canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200"], 200.0, 30.0);
    for (index, number) in ["0%", "40%", "80%"].iter().enumerate() {
        let y = 200.0 - 30.0 * index as f64;
        canvas = canvas.word(number, 312.0, y + 0.8).line((290.0, y), (294.0, y));
    }
    canvas.path(line, Ends::Open, None, Some(YELLOW))
}

#[test]
fn bars_under_a_line_are_read_off_the_first_of_two_axes_and_the_line_off_the_other() {
    let canvas = with_two_axes(&[(115.0, 185.0), (165.0, 170.0), (215.0, 155.0), (265.0, 170.0)]);
    check(
        &canvas,
        &[
            "bar: North ~100, East ~200, South ~50, West ~150",
            "line: North ~20, East ~40, South ~60, West ~40",
        ],
    );
}

#[test]
fn bars_between_two_axes_are_unread_where_nothing_tells_which_is_theirs() {
    check(
        &with_two_axes(&[]).line((90.0, 200.0), (290.0, 200.0)),
        &["bar: North ?, East ?, South ?, West ?"],
    );
}

#[test]
fn panels_side_by_side_are_read_off_the_numbers_beside_the_first() {
    let panels = |second: f64| {
        let mut canvas = Canvas::default()
            .columns(&[30.0, 60.0, 15.0, 45.0])
            .names(&NAMES, 210.0)
            .axis(&["0", "100", "200"], 200.0, 30.0);
        for (index, height) in [15.0, 45.0, 30.0, 60.0].into_iter().enumerate() {
            let x = 320.0 + 50.0 * index as f64;
            canvas = canvas.rect(x, 200.0 - height, x + 30.0, 200.0, BLUE).word(NAMES[index], x + 15.0, 210.0);
        }
        for (y, other) in [(200.0, 200.0), (170.0, 200.0 - second), (140.0, 200.0 - 2.0 * second)] {
            canvas = canvas.line((90.0, y), (290.0, y)).line((310.0, other), (510.0, other));
        }
        canvas
    };
    check(
        &panels(30.0),
        &[
            "bar: North ~100, East ~200, South ~50, West ~150",
            "bar: North ~50, East ~150, South ~100, West ~200",
        ],
    );
    check(
        &panels(25.0),
        &[
            "bar: North ~100, East ~200, South ~50, West ~150",
            "bar: North ?, East ?, South ?, West ?",
        ],
    );
}

#[test]
fn the_frames_of_panels_are_no_bars() {
    let mut canvas = Canvas::default().axis(&["0", "100", "200"], 200.0, 30.0);
    for (index, name) in NAMES[..3].iter().enumerate() {
        let x = 100.0 + 70.0 * index as f64;
        canvas = canvas.edge(x, 140.0, x + 60.0, 200.0).word(name, x + 30.0, 210.0);
    }
    check(&canvas, &[]);
}

#[test]
fn years_right_under_the_foot_of_an_area_are_its_names() {
    let mut canvas = Canvas::default().axis(&["0", "100", "200"], 200.0, 30.0);
    for (index, year) in ["2021", "2022", "2023", "2024"].iter().enumerate() {
        canvas = canvas.word(year, 100.0 + 50.0 * index as f64, 207.0);
    }
    let area = [
        (100.0, 200.0),
        (100.0, 170.0),
        (150.0, 155.0),
        (200.0, 140.0),
        (250.0, 170.0),
        (250.0, 200.0),
    ];
    check(
        &canvas.path(&area, Ends::Closed, Some(BLUE), None),
        &["area: 2021 ~100, 2022 ~150, 2023 ~200, 2024 ~100"],
    );
}

#[test]
fn an_area_may_be_closed_by_a_point_of_nothing_before_its_first_value() {
    let canvas = Canvas::default().axis(&["0", "100", "200"], 200.0, 30.0);
    let canvas = NAMES
        .iter()
        .enumerate()
        .fold(canvas, |canvas, (index, name)| canvas.word(name, 100.0 + 50.0 * index as f64, 210.0));
    let area = [
        (99.5, 200.0),
        (100.0, 170.0),
        (150.0, 155.0),
        (200.0, 140.0),
        (250.0, 170.0),
        (250.5, 200.0),
        (250.0, 200.0),
        (100.0, 200.0),
    ];
    check(
        &canvas.path(&area, Ends::Closed, Some(BLUE), None),
        &["area: North ~100, East ~150, South ~200, West ~100"],
    );
}

#[test]
fn a_disc_on_a_card_with_rounded_corners_is_a_disc() {
    let half = |from: i32, to: i32| -> Vec<(f64, f64)> {
        let rim = (from..=to).step_by(5).map(|degrees| {
            let turn = f64::from(degrees).to_radians();
            (200.0 + 50.0 * turn.sin(), 150.0 - 50.0 * turn.cos())
        });
        std::iter::once((200.0, 150.0)).chain(rim).collect()
    };
    let card = [
        (80.0, 82.0),
        (82.0, 80.0),
        (378.0, 80.0),
        (380.0, 82.0),
        (380.0, 238.0),
        (378.0, 240.0),
        (82.0, 240.0),
        (80.0, 238.0),
    ];
    let canvas = Canvas::default()
        .path(&card, Ends::Closed, Some([240; 3]), None)
        .path(&half(0, 270), Ends::Closed, Some(BLUE), None)
        .path(&half(270, 360), Ends::Closed, Some(YELLOW), None)
        .word("Men 75%", 256.0, 198.0)
        .word("Women 25%", 130.0, 105.0);
    check(&canvas, &["pie: Men 75%, Women 25%"]);
}

#[test]
fn a_line_with_gaps_about_its_markers_goes_through_them() {
    let places = [(115.0, 185.0), (165.0, 170.0), (215.0, 155.0), (265.0, 170.0)];
    let drawn = |gap: f64| {
        let mut canvas = Canvas::default().names(&NAMES, 210.0).axis(&["0", "100", "200"], 200.0, 30.0);
        for pair in places.windows(2) {
            let share = gap / 50.0;
            let between = |share: f64| (pair[0].0 + share * 50.0, pair[0].1 + share * (pair[1].1 - pair[0].1));
            canvas = canvas.path(&[between(share), between(1.0 - share)], Ends::Open, None, Some(BLUE));
        }
        places.iter().fold(canvas, |canvas, (x, y)| {
            let ring: Vec<(f64, f64)> = (0..12)
                .map(|step| f64::from(step) * std::f64::consts::TAU / 12.0)
                .map(|turn| (x + 2.5 * turn.sin(), y - 2.5 * turn.cos()))
                .collect();
            canvas.path(&ring, Ends::Closed, None, Some(BLUE))
        })
    };
    check(&drawn(5.0), &["line: North ~50, East ~100, South ~150, West ~100"]);
    // Where little is drawn of the line, its dots stand alone.
    check(&drawn(20.0), &["line: North ~50, East ~100, South ~150, West ~100"]);
}

#[test]
fn names_under_a_line_may_run_over_three_lines() {
    let canvas = Canvas::default()
        .names(&["North", "Upper", "South", "West"], 210.0)
        .word("and", 165.0, 218.0)
        .word("lower", 165.0, 226.0)
        .word("A note on all of them", 190.0, 240.0)
        .line((90.0, 200.0), (290.0, 200.0))
        .axis(&["0", "100", "200"], 200.0, 30.0);
    let line = [(115.0, 185.0), (165.0, 170.0), (215.0, 155.0), (265.0, 170.0)];
    check(
        &canvas.path(&line, Ends::Open, None, Some(BLUE)),
        &["line: North ~50, Upper and lower ~100, South ~150, West ~100"],
    );
}

/// The slices of a disc of radius 40 around (200, 200), each share of the turn moved out by some units.
fn slices(shares: &[(f64, f64, [u8; 3])]) -> Canvas {
    let mut canvas = Canvas::default();
    let mut start = 0.0;
    for (share, out, colour) in shares {
        let turn = share * std::f64::consts::TAU;
        let (sine, cosine) = (start + turn / 2.0).sin_cos();
        let centre = (200.0 + out * sine, 200.0 - out * cosine);
        let edge = (0..=12).map(|step| {
            let (sine, cosine) = (start + turn * f64::from(step) / 12.0).sin_cos();
            (centre.0 + 40.0 * sine, centre.1 - 40.0 * cosine)
        });
        canvas = canvas.path(
            &std::iter::once(centre).chain(edge).collect::<Vec<_>>(),
            Ends::Closed,
            Some(*colour),
            None,
        );
        let (sine, cosine) = (start + turn / 2.0).sin_cos();
        canvas = canvas.word(&format!("{}%", share * 100.0), centre.0 + 24.0 * sine, centre.1 - 24.0 * cosine);
        start += turn;
    }
    canvas
}

#[test]
fn slices_pulled_out_of_a_disc_are_those_of_one() {
    check(
        &slices(&[(0.5, 0.0, BLUE), (0.25, 6.0, YELLOW), (0.25, 0.0, [90, 160, 60])]),
        &["pie: - 50%, - 25%, - 25%"],
    );
    // Far apart they are no disc, and neither are they without the last of them.
    check(&slices(&[(0.5, 0.0, BLUE), (0.25, 40.0, YELLOW), (0.25, 0.0, [90, 160, 60])]), &[]);
    check(&slices(&[(0.5, 4.0, BLUE), (0.25, 4.0, YELLOW)]), &[]);
}
