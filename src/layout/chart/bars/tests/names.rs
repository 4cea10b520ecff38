//! Names, titles and legends around bars.

use super::*;

#[test]
fn a_short_bar_of_the_chart_above_is_no_patch_of_a_legend() {
    let mut canvas = Canvas::default();
    let bars = [
        (20.0, 120.0, "North", "600"),
        (40.0, 70.0, "East", "350"),
        (60.0, 20.0, "South", "100"),
        (180.0, 90.0, "May", "450"),
        (200.0, 110.0, "June", "550"),
        (220.0, 60.0, "July", "300"),
        (240.0, 85.0, "August", "425"),
    ];
    for (y, length, name, number) in bars {
        canvas = canvas.rect(100.0, y, 100.0 + length, y + 12.0, BLUE);
        canvas = canvas.word(name, 70.0, y + 6.0).word(number, 110.0 + length, y + 6.0);
    }
    check(
        &canvas,
        &["bar: May 450, June 550, July 300, August 425", "bar: North 600, East 350, South 100"],
    );
}

#[test]
fn the_title_of_an_axis_is_neither_a_tick_nor_a_name() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200", "300"], 200.0, 30.0)
        .words("Persons (1000)", (50.0, 150.0), -90.0)
        .word("Part of the country", 190.0, 224.0);
    check(&canvas, &["bar: North ~100, East ~200, South ~50, West ~150"]);
    let found = canvas.found();
    assert_eq!(found.charts[0].axis.as_ref().map(|axis| axis.string.as_str()), Some("Persons (1000)"));
}

#[test]
fn years_beside_bars_are_no_axis() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .axis(&["2019", "2020", "2021", "2022"], 200.0, 30.0);
    check(&canvas, &[]);
}

#[test]
fn slanted_names_end_at_their_bars() {
    let mut canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .axis(&["0", "100", "200"], 200.0, 30.0);
    for (index, name) in NAMES.iter().enumerate() {
        canvas = canvas.word(name, 103.0 + 50.0 * index as f64, 215.0);
        let label = canvas.labels.last_mut().expect("one was just added");
        label.angle = -45.0;
        label.bbox = corners(label.bbox.x1 - 26.0, 203.0, label.bbox.x1, 229.0);
    }
    check(&canvas, &["bar: North ~100, East ~200, South ~50, West ~150"]);
}

#[test]
fn the_second_line_of_the_middle_name_is_no_title_of_the_axis() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0])
        .names(&["Camps", "Reception", "Families"], 210.0)
        .word("centre", 165.0, 218.0)
        .axis(&["0", "100", "200"], 200.0, 30.0);
    check(&canvas, &["bar: Camps ~100, Reception centre ~200, Families ~50"]);
}

#[test]
fn words_under_a_chart_are_not_cut_up_into_names() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200"], 200.0, 30.0);
    let canvas = canvas.word("Partners of the working group kept two mobile teams on the road", 190.0, 224.0);
    check(&canvas, &["bar: North ~100, East ~200, South ~50, West ~150"]);
    let apart = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200"], 200.0, 30.0);
    let apart = apart.word("some people come back and others stay put", 190.0, 221.0);
    check(&apart, &["bar: North ~100, East ~200, South ~50, West ~150"]);
}

#[test]
fn names_may_stand_at_the_foot_of_a_drawing_that_goes_on_below_the_bars() {
    let mut canvas = Canvas::default()
        .columns(&[40.0, -20.0, 80.0, -10.0])
        .names(&NAMES, 252.0)
        .line((90.0, 200.0), (300.0, 200.0));
    for (index, (number, y)) in [("320", 154.0), ("\u{2212}160", 226.0), ("640", 114.0), ("\u{2212}80", 216.0)]
        .into_iter()
        .enumerate()
    {
        canvas = canvas.word(number, 115.0 + 50.0 * index as f64, y);
    }
    check(&canvas, &["bar: North 320, East \u{2212}160, South 640, West \u{2212}80"]);
}

#[test]
fn patches_may_be_of_the_full_colour_where_bars_are_seen_through() {
    let through = BLUE.map(|part| 255 - (255 - part) / 4 * 3);
    let legend = |first: [u8; 3], second: [u8; 3]| {
        let mut canvas = Canvas::default();
        for (index, (men, women)) in [(30.0, 20.0), (60.0, 45.0), (15.0, 10.0)].into_iter().enumerate() {
            let x = 100.0 + 70.0 * index as f64;
            canvas = canvas
                .rect(x, 200.0 - men, x + 20.0, 200.0, through)
                .rect(x + 20.0, 200.0 - women, x + 40.0, 200.0, YELLOW.map(|part| 255 - (255 - part) / 4 * 3))
                .word(NAMES[index], x + 20.0, 210.0);
        }
        canvas
            .axis(&["0", "100", "200"], 200.0, 30.0)
            .rect(320.0, 100.0, 327.0, 107.0, first)
            .word("Men", 338.0, 103.5)
            .rect(320.0, 120.0, 327.0, 127.0, second)
            .word("Women", 342.0, 123.5)
    };
    check(
        &legend(BLUE, YELLOW),
        &["bar: Men/North ~100, Men/East ~200, Men/South ~50, Women/North ~66.7, Women/East ~150, Women/South ~33.3"],
    );
    check(
        &legend([0, 90, 0], [120, 0, 90]),
        &["bar: North ~100, East ~200, South ~50, North ~66.7, East ~150, South ~33.3"],
    );
}

#[test]
fn a_number_beside_a_dot_of_the_same_colour_names_no_series() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200"], 200.0, 30.0)
        .rect(330.0, 150.0, 335.0, 155.0, BLUE)
        .word("40%", 344.0, 152.5);
    check(&canvas, &["bar: North ~100, East ~200, South ~50, West ~150"]);
}

#[test]
fn a_legend_of_several_colours_is_not_that_of_bars_of_one() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200"], 200.0, 30.0)
        .rect(330.0, 100.0, 337.0, 107.0, BLUE)
        .word("Women", 352.0, 103.5);
    check(&canvas, &["bar: Women/North ~100, Women/East ~200, Women/South ~50, Women/West ~150"]);
    let canvas = canvas.rect(380.0, 100.0, 387.0, 107.0, YELLOW).word("Men", 398.0, 103.5);
    check(&canvas, &["bar: North ~100, East ~200, South ~50, West ~150"]);
}

#[test]
fn the_halves_of_a_pyramid_share_the_names_between_them() {
    let mut canvas = Canvas::default();
    let ages = [
        ("0 to 4", 40.0, "200", 38.0, "190"),
        ("5 to 17", 62.0, "310", 60.0, "300"),
        ("18 to 59", 90.0, "450", 98.0, "490"),
        ("60 and over", 20.0, "100", 26.0, "130"),
    ];
    for (index, (age, men, printed_men, women, printed_women)) in ages.into_iter().enumerate() {
        let y = 100.0 + 25.0 * index as f64;
        canvas = canvas
            .rect(200.0 - men, y, 200.0, y + 18.0, BLUE)
            .word(printed_men, 190.0 - men, y + 9.0)
            .word(age, 230.0, y + 9.0)
            .rect(260.0, y, 260.0 + women, y + 18.0, YELLOW)
            .word(printed_women, 270.0 + women, y + 9.0);
    }
    check(
        &canvas,
        &[
            "bar: 0 to 4 190, 5 to 17 300, 18 to 59 490, 60 and over 130",
            "bar: 0 to 4 200, 5 to 17 310, 18 to 59 450, 60 and over 100",
        ],
    );
}

#[test]
fn names_under_gaps_are_not_those_of_the_bars_beside() {
    let canvas = Canvas::default()
        .columns(&[30.0, 0.0, 0.0, 45.0])
        .names(&NAMES, 210.0)
        .line((90.0, 200.0), (300.0, 200.0))
        .axis(&["0", "100", "200"], 200.0, 30.0);
    check(&canvas, &["bar: North ~100, West ~150"]);
}
