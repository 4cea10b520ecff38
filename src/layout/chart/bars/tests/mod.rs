//! Bar charts drawn by hand, and what is read off them.

mod names;

use super::super::{Ends, FoundCharts, Label, Shape, charts};
use crate::layout::{BBox, Region, Text};

pub(in crate::layout::chart) const BLUE: [u8; 3] = [0, 114, 188];
pub(in crate::layout::chart) const YELLOW: [u8; 3] = [242, 177, 52];

/// A drawing made by hand. `y` grows downwards; letters are half as wide as high.
#[derive(Default)]
pub(in crate::layout::chart) struct Canvas {
    shapes: Vec<Shape>,
    labels: Vec<Label>,
}

fn on_page(bbox: BBox) -> Region {
    Region::Box { page: 1, bbox }
}

fn corners(x0: f64, top: f64, x1: f64, bottom: f64) -> BBox {
    BBox { x0, top, x1, bottom }
}

impl Canvas {
    pub(in crate::layout::chart) fn rect(mut self, x0: f64, top: f64, x1: f64, bottom: f64, fill: [u8; 3]) -> Self {
        let bbox = corners(x0, top, x1, bottom);
        self.shapes.push(Shape::rect(bbox, Some(fill), None, on_page(bbox)));
        self
    }

    pub(in crate::layout::chart) fn line(mut self, from: (f64, f64), to: (f64, f64)) -> Self {
        let bbox = corners(from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1));
        self.shapes
            .extend(Shape::path(vec![from, to], Ends::Open, None, Some([0; 3]), on_page(bbox)));
        self
    }

    pub(in crate::layout::chart) fn words(mut self, words: &str, (x, y): (f64, f64), angle: f64) -> Self {
        let (along, across) = (4.0 * words.chars().count() as f64, 4.0);
        let (half_wide, half_high) = if angle == 0.0 { (along / 2.0, across) } else { (across, along / 2.0) };
        let bbox = corners(x - half_wide, y - half_high, x + half_wide, y + half_high);
        let mut text = Text::default();
        text.push(words, on_page(bbox), false);
        self.labels.push(Label {
            text,
            bbox,
            angle,
            size: 8.0,
            colour: None,
        });
        self
    }

    pub(in crate::layout::chart) fn word(self, words: &str, x: f64, y: f64) -> Self {
        self.words(words, (x, y), 0.0)
    }

    /// Upright bars on the line y = 200, 50 apart, of these heights, with names under them.
    pub(in crate::layout::chart) fn columns(mut self, heights: &[f64]) -> Self {
        for (index, height) in heights.iter().enumerate() {
            let x = 100.0 + 50.0 * index as f64;
            self = self.rect(x, 200.0 - height.max(0.0), x + 30.0, 200.0 + (-height).max(0.0), BLUE);
        }
        self
    }

    pub(in crate::layout::chart) fn names(mut self, names: &[&str], y: f64) -> Self {
        for (index, name) in names.iter().enumerate() {
            self = self.word(name, 115.0 + 50.0 * index as f64, y);
        }
        self
    }

    /// Numbers at the left, from y = 200 upwards, `pitch` apart, with tick marks.
    pub(in crate::layout::chart) fn axis(mut self, numbers: &[&str], first: f64, pitch: f64) -> Self {
        for (index, number) in numbers.iter().enumerate() {
            let y = first - pitch * index as f64;
            self = self.word(number, 70.0, y + 0.8).line((86.0, y), (90.0, y));
        }
        self.line((90.0, 210.0), (90.0, 60.0))
    }

    /// A path through some places.
    pub(in crate::layout::chart) fn path(mut self, places: &[(f64, f64)], ends: Ends, fill: Option<[u8; 3]>, stroke: Option<[u8; 3]>) -> Self {
        let side = |pick: fn(f64, f64) -> f64, of: fn(&(f64, f64)) -> f64| places.iter().map(of).reduce(pick).unwrap_or_default();
        let bbox = corners(
            side(f64::min, |place| place.0),
            side(f64::min, |place| place.1),
            side(f64::max, |place| place.0),
            side(f64::max, |place| place.1),
        );
        self.shapes.extend(Shape::path(places.to_vec(), ends, fill, stroke, on_page(bbox)));
        self
    }

    /// The edge of a box, not filled.
    pub(in crate::layout::chart) fn edge(mut self, x0: f64, top: f64, x1: f64, bottom: f64) -> Self {
        let bbox = corners(x0, top, x1, bottom);
        self.shapes.push(Shape::rect(bbox, None, Some([0; 3]), on_page(bbox)));
        self
    }

    fn found(&self) -> FoundCharts {
        charts(&self.shapes, &self.labels)
    }
}

/// Each chart as its kind and its points: `name` `value` where printed, `~value` where read off the axis, `?` where unread.
pub(in crate::layout::chart) fn check(canvas: &Canvas, expected: &[&str]) {
    let found = canvas.found();
    let mut written = Vec::new();
    for chart in &found.charts {
        let mut points = Vec::new();
        for series in &chart.series {
            for point in &series.points {
                let string = |text: &Option<Text>| text.as_ref().map_or("-".to_owned(), |text| text.string.clone());
                let value = match (&point.label, point.mark) {
                    (Some(label), _) => label.string.clone(),
                    (None, Some(mark)) => format!("~{}", (mark.value * 10.0).round() / 10.0),
                    (None, None) => "?".to_owned(),
                };
                let name = series.name.as_ref().map_or(String::new(), |name| format!("{}/", name.string));
                points.push(format!("{name}{} {value}", string(&point.category)));
            }
        }
        written.push(format!("{}: {}", chart.kind.as_str(), points.join(", ")));
    }
    assert_eq!(written, expected);
}

pub(in crate::layout::chart) const NAMES: [&str; 4] = ["North", "East", "South", "West"];

#[test]
fn bars_without_numbers_are_read_off_their_axis() {
    let canvas = Canvas::default()
        .columns(&[20.0, 55.0, 80.0, 33.3])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200", "300"], 200.0, 30.0);
    check(&canvas, &["bar: North ~66.7, East ~183.3, South ~266.7, West ~111"]);
}

#[test]
fn numbers_without_tick_marks_stand_level_with_what_they_say() {
    let mut canvas = Canvas::default().columns(&[20.0, 55.0, 80.0, 33.3]).names(&NAMES, 210.0);
    for (index, number) in ["0", "100", "200", "300"].iter().enumerate() {
        canvas = canvas.word(number, 70.0, 201.5 - 30.0 * index as f64);
    }
    check(&canvas, &["bar: North ~66.7, East ~183.3, South ~266.7, West ~111"]);
}

#[test]
fn an_axis_in_thousands_millions_and_percent_counts_so() {
    let drawn = |numbers: &[&str]| {
        Canvas::default()
            .columns(&[30.0, 60.0, 15.0, 45.0])
            .names(&NAMES, 210.0)
            .axis(numbers, 200.0, 30.0)
    };
    check(&drawn(&["0", "2k", "4k"]), &["bar: North ~2000, East ~4000, South ~1000, West ~3000"]);
    check(
        &drawn(&["0", "0.5M", "1M"]),
        &["bar: North ~500000, East ~1000000, South ~250000, West ~750000"],
    );
    check(&drawn(&["0,0", "0,5", "1,0"]), &["bar: North ~0.5, East ~1, South ~0.3, West ~0.8"]);
    check(&drawn(&["0%", "10%", "20%"]), &["bar: North ~10, East ~20, South ~5, West ~15"]);
    check(&drawn(&["0.000", "2.000", "4.000"]), &["bar: North ~2, East ~4, South ~1, West ~3"]);
}

#[test]
fn a_power_of_ten_over_an_axis_counts_for_all_its_numbers() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "2", "4"], 200.0, 30.0)
        .word("1e6", 70.0, 124.0);
    check(&canvas, &["bar: North ~2000000, East ~4000000, South ~1000000, West ~3000000"]);
}

#[test]
fn bars_that_grow_both_ways_have_signs() {
    let canvas =
        Canvas::default()
            .columns(&[30.0, -15.0, 60.0, -45.0])
            .names(&NAMES, 260.0)
            .axis(&["\u{2212}40", "\u{2212}20", "0", "20", "40"], 260.0, 30.0);
    check(&canvas, &["bar: North ~20, East ~-10, South ~40, West ~-30"]);
}

#[test]
fn an_axis_may_start_off_zero() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["50", "60", "70", "80"], 200.0, 30.0);
    check(&canvas, &["bar: North ~60, East ~70, South ~55, West ~65"]);
}

#[test]
fn a_logarithmic_axis_grows_by_powers() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["1", "10", "100", "1000"], 200.0, 30.0);
    check(&canvas, &["bar: North ~10, East ~100, South ~3.2, West ~31.6"]);
}

#[test]
fn parts_of_a_stack_are_as_large_as_they_are_long() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0])
        .rect(100.0, 155.0, 130.0, 170.0, YELLOW)
        .rect(150.0, 110.0, 180.0, 140.0, YELLOW)
        .rect(200.0, 170.0, 230.0, 185.0, YELLOW)
        .names(&NAMES[..3], 210.0)
        .axis(&["0", "100", "200", "300"], 200.0, 30.0)
        .rect(260.0, 100.0, 267.0, 107.0, BLUE)
        .word("Men", 278.0, 103.5)
        .rect(260.0, 120.0, 267.0, 127.0, YELLOW)
        .word("Women", 282.0, 123.5);
    check(
        &canvas,
        &["stacked-bar: Men/North ~100, Men/East ~200, Men/South ~50, Women/North ~50, Women/East ~100, Women/South ~50"],
    );
}

#[test]
fn some_bars_may_be_labelled_and_others_not() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200"], 200.0, 30.0)
        .word("203", 165.0, 134.0);
    check(&canvas, &["bar: North ~100, East 203, South ~50, West ~150"]);
}

#[test]
fn a_printed_nought_has_no_bar() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0])
        .rect(250.0, 155.0, 280.0, 200.0, BLUE)
        .names(&NAMES, 210.0)
        .line((90.0, 200.0), (300.0, 200.0))
        .word("100", 115.0, 164.0)
        .word("200", 165.0, 134.0)
        .word("0", 215.0, 194.0)
        .word("150", 265.0, 149.0);
    check(&canvas, &["bar: North 100, East 200, South 0, West 150"]);
}

#[test]
fn without_axis_and_numbers_marks_are_unread() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .line((90.0, 200.0), (300.0, 200.0));
    check(&canvas, &["bar: North ?, East ?, South ?, West ?"]);
}

#[test]
fn a_bar_that_a_clip_cuts_off_is_unread() {
    let mut canvas = Canvas::default()
        .columns(&[30.0, 90.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200", "300"], 200.0, 30.0);
    canvas.shapes[1].uncut.top = 20.0;
    check(&canvas, &["bar: North ~100, East ?, South ~50, West ~150"]);
}

#[test]
fn bars_across_a_break_are_unread() {
    let canvas = Canvas::default()
        .columns(&[30.0, 90.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200", "300"], 200.0, 30.0);
    let mut broken = canvas;
    let zigzag = vec![
        (146.0, 150.0),
        (152.0, 146.0),
        (160.0, 154.0),
        (168.0, 146.0),
        (176.0, 154.0),
        (184.0, 150.0),
    ];
    let bbox = corners(146.0, 146.0, 184.0, 154.0);
    broken.shapes.extend(Shape::path(zigzag, Ends::Open, None, Some([255; 3]), on_page(bbox)));
    check(&broken, &["bar: North ?, East ?, South ?, West ?"]);
}

#[test]
fn shaded_rows_of_a_table_are_no_bars() {
    let mut canvas = Canvas::default();
    for row in 0..4 {
        let top = 100.0 + 24.0 * f64::from(row);
        canvas = canvas.rect(100.0, top, 400.0, top + 12.0, [220, 230, 240]);
        for (column, x) in [(1, 150.0), (2, 250.0), (3, 350.0)] {
            canvas = canvas.word(&(100 * column + row).to_string(), x, top + 6.0);
        }
    }
    canvas = canvas.word("100", 150.0, 90.0).word("200", 250.0, 90.0).word("300", 350.0, 90.0);
    check(&canvas, &[]);
}

#[test]
fn the_edge_drawn_after_a_fill_is_no_bar_of_its_own() {
    let mut canvas = Canvas::default();
    for (index, (men, women)) in [(30.0, 20.0), (60.0, 45.0), (15.0, 10.0)].into_iter().enumerate() {
        let x = 100.0 + 70.0 * index as f64;
        canvas = canvas
            .rect(x, 200.0 - men, x + 20.0, 200.0, BLUE)
            .edge(x, 200.0 - men, x + 20.0, 200.0)
            .rect(x + 20.0, 200.0 - women, x + 40.0, 200.0, YELLOW)
            .edge(x + 20.0, 200.0 - women, x + 40.0, 200.0)
            .word(NAMES[index], x + 20.0, 210.0);
    }
    let canvas = canvas
        .axis(&["0", "100", "200"], 200.0, 30.0)
        .rect(320.0, 100.0, 327.0, 107.0, BLUE)
        .word("Men", 338.0, 103.5)
        .rect(320.0, 120.0, 327.0, 127.0, YELLOW)
        .word("Women", 342.0, 123.5);
    check(
        &canvas,
        &["bar: Men/North ~100, Men/East ~200, Men/South ~50, Women/North ~66.7, Women/East ~150, Women/South ~33.3"],
    );
}

#[test]
fn numbers_that_fall_to_nought_and_rise_again_count_both_ways() {
    let canvas = Canvas::default()
        .columns(&[30.0, -15.0, 60.0, -45.0])
        .names(&NAMES, 260.0)
        .axis(&["40", "20", "0", "20", "40"], 260.0, 30.0);
    check(&canvas, &["bar: North ~20, East ~10, South ~40, West ~30"]);
    let uneven = Canvas::default()
        .columns(&[30.0, -15.0, 60.0, -45.0])
        .names(&NAMES, 260.0)
        .axis(&["40", "10", "0", "20", "40"], 260.0, 30.0);
    check(&uneven, &[]);
}

#[test]
fn the_rounded_end_of_a_stack_belongs_to_it() {
    let rounded = |x: f64, top: f64, bottom: f64| {
        [
            (x, bottom),
            (x, top + 2.0),
            (x + 2.0, top),
            (x + 28.0, top),
            (x + 30.0, top + 2.0),
            (x + 30.0, bottom),
        ]
    };
    let mut canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0])
        .names(&NAMES[..3], 210.0)
        .axis(&["0", "100", "200", "300"], 200.0, 30.0);
    for (x, top, bottom) in [(100.0, 140.0, 170.0), (150.0, 110.0, 140.0), (200.0, 155.0, 185.0)] {
        canvas = canvas.path(&rounded(x, top, bottom), Ends::Closed, Some(YELLOW), None);
    }
    check(
        &canvas,
        &["stacked-bar: North ~100, East ~200, South ~50, North ~100, East ~100, South ~100"],
    );
}

#[test]
fn the_first_and_the_last_number_of_an_axis_may_be_moved_inwards() {
    let mut canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "100", "200", "300"], 200.0, 30.0);
    canvas = canvas.word("\u{2212}100", 70.0, 219.0).line((86.0, 230.0), (90.0, 230.0));
    canvas = canvas.word("400", 70.0, 91.0).line((86.0, 80.0), (90.0, 80.0));
    check(&canvas, &["bar: North ~100, East ~200, South ~50, West ~150"]);
}

#[test]
fn the_axis_of_short_bars_reaches_as_far_up_as_the_lines_over_them_and_so_may_their_legend() {
    let mut canvas = Canvas::default()
        .columns(&[20.0, 25.0, 15.0, 10.0])
        .names(&NAMES, 210.0)
        .rect(240.0, 90.0, 247.0, 97.0, BLUE)
        .word("Men", 258.0, 93.5);
    for (index, number) in ["0", "200", "400", "600"].iter().enumerate() {
        let y = 200.0 - 40.0 * index as f64;
        canvas = canvas.word(number, 70.0, y + 0.8).line((90.0, y), (290.0, y));
    }
    check(&canvas, &["bar: Men/North ~100, Men/East ~125, Men/South ~75, Men/West ~50"]);
}

#[test]
fn bars_are_as_long_as_they_are_drawn_where_lines_are_moved_to_whole_dots() {
    let canvas = Canvas::default()
        .columns(&[30.0, 60.0, 15.0, 45.0])
        .names(&NAMES, 210.0)
        .axis(&["0", "1000", "2000", "3000"], 200.5, 30.0);
    check(&canvas, &["bar: North ~1000, East ~2000, South ~500, West ~1500"]);
}
