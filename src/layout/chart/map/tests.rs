//! Maps with values: boxes and figures over a drawn land.

use super::*;
use crate::layout::{Region, Text};

const RED: Colour = [220, 30, 40];
const GREY: Colour = [90, 90, 90];

fn bbox(x0: f64, top: f64, width: f64, height: f64) -> BBox {
    BBox {
        x0,
        top,
        x1: x0 + width,
        bottom: top + height,
    }
}

fn label(string: &str, x0: f64, top: f64) -> Label {
    let bbox = bbox(x0, top, 4.5 * string.len() as f64, 9.0);
    let mut text = Text::default();
    text.push(string, Region::Box { page: 1, bbox }, false);
    Label {
        text,
        bbox,
        angle: 0.0,
        size: 9.0,
        colour: None,
    }
}

fn filled(bbox: BBox, fill: Colour) -> Shape {
    Shape::rect(bbox, Some(fill), None, Region::Box { page: 1, bbox })
}

/// Boxes of two figures each, the second with a change, at these places over a picture; a legend below.
fn drawn(places: &[(f64, f64)]) -> (Vec<Shape>, Vec<Label>) {
    let mut shapes = vec![filled(bbox(20.0, 500.0, 20.0, 10.0), RED), filled(bbox(20.0, 515.0, 20.0, 10.0), GREY)];
    let mut labels = vec![label("Arrivals", 45.0, 500.0), label("Departures", 45.0, 515.0)];
    for (at, (x0, top)) in places.iter().enumerate() {
        shapes.push(filled(bbox(*x0, *top, 70.0, 14.0), RED));
        shapes.push(filled(bbox(*x0, top + 17.0, 70.0, 14.0), GREY));
        labels.push(label(&format!("{}", 110 + at), x0 + 5.0, top + 3.0));
        labels.push(label(&format!("{}", 20 + at), x0 + 5.0, top + 20.0));
        labels.push(label(&format!("+{}", 1 + at), x0 + 45.0, top + 20.0));
    }
    (shapes, labels)
}

#[track_caller]
fn check(shapes: &[Shape], labels: &[Label], expected: &str) {
    let found = value_maps(shapes, labels, &[bbox(0.0, 0.0, 400.0, 450.0)]);
    let words = |text: &Option<Text>| text.as_ref().map_or("?", |text| &text.string).to_owned();
    let series = found.charts.iter().flat_map(|chart| &chart.series).map(|series| {
        let points: Vec<String> = series
            .points
            .iter()
            .map(|point| format!("{} {}", words(&point.category), words(&point.label)))
            .collect();
        format!("{}: {}", words(&series.name), points.join(", "))
    });
    assert_eq!(series.collect::<Vec<_>>().join("\n"), expected.trim());
}

const SCATTERED: [(f64, f64); 4] = [(40.0, 30.0), (200.0, 90.0), (120.0, 210.0), (290.0, 330.0)];

#[test]
fn boxes_scattered_over_a_map_are_its_values_by_colour_and_place() {
    let (shapes, mut labels) = drawn(&SCATTERED);
    labels.push(label("North", 42.0, 18.0));
    check(
        &shapes,
        &labels,
        "
Arrivals: North 110, ? 111, ? 112, ? 113
Departures: North 20, ? 21, ? 22, ? 23
Departures: North +1, ? +2, ? +3, ? +4",
    );
}

#[test]
fn figures_that_a_picture_shows_without_a_box_follow_the_order_of_those_that_have_one() {
    let (mut shapes, mut labels) = drawn(&[]);
    for (at, (x0, top)) in SCATTERED.iter().enumerate() {
        labels.push(label(&format!("{}", 110 + at), *x0, *top));
        labels.push(label(&format!("{}", 20 + at), x0 + 30.0, *top));
    }
    check(&shapes, &labels, "");
    shapes.push(filled(bbox(38.0, 27.0, 22.0, 14.0), RED));
    shapes.push(filled(bbox(67.0, 27.0, 22.0, 14.0), GREY));
    check(
        &shapes,
        &labels,
        "Arrivals: ? 110, ? 111, ? 112, ? 113\nDepartures: ? 20, ? 21, ? 22, ? 23",
    );
}

#[test]
fn boxes_in_rows_or_columns_are_no_map() {
    let (shapes, labels) = drawn(&[(40.0, 30.0), (200.0, 30.0), (40.0, 210.0), (200.0, 210.0)]);
    check(&shapes, &labels, "");
}

#[test]
fn tiles_with_their_captions_are_no_map() {
    let (shapes, mut labels) = drawn(&SCATTERED);
    for (x0, top) in SCATTERED {
        labels.push(label("Caption", x0 + 19.0, top + 33.0));
    }
    check(&shapes, &labels, "");
}

#[test]
fn boxes_of_which_two_orders_contradict_each_other_are_left_alone() {
    let (mut shapes, labels) = drawn(&SCATTERED);
    let first = shapes[2].fill;
    shapes[2].fill = shapes[3].fill;
    shapes[3].fill = first;
    check(&shapes, &labels, "");
}
