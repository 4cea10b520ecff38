//! Tables on pages that are printed on their side.

use super::*;
use crate::layout::table::{Rulings, Stages};
use crate::layout::turned::Turn;

/// The page with every place moved and every line turned by some degrees.
fn laid(drawing: Drawing, turn: i16, place: impl Fn((f64, f64)) -> (f64, f64)) -> Drawing {
    let bbox = |bbox: BBox| {
        let (one, other) = (place((bbox.x0, bbox.top)), place((bbox.x1, bbox.bottom)));
        BBox {
            x0: one.0.min(other.0),
            top: one.1.min(other.1),
            x1: one.0.max(other.0),
            bottom: one.1.max(other.1),
        }
    };
    let shape = |shape: Shape| {
        let (from, to) = ((shape.bbox.x0, shape.bbox.top), (shape.bbox.x1, shape.bbox.bottom));
        let region = Region::Box {
            page: 1,
            bbox: bbox(shape.bbox),
        };
        Shape::path(vec![place(from), place(to)], Ends::Open, shape.fill, shape.stroke, region)
    };
    Drawing {
        width: 842.0,
        height: 595.0,
        glyphs: drawing
            .glyphs
            .into_iter()
            .map(|glyph| Glyph {
                origin: place(glyph.origin),
                end: place(glyph.end),
                bbox: bbox(glyph.bbox),
                turn,
                ..glyph
            })
            .collect(),
        shapes: drawing.shapes.into_iter().filter_map(shape).collect(),
        ..drawing
    }
}

#[track_caller]
fn check_turned(mut drawing: Drawing, number: BBox) {
    let page = page_of(&mut drawing);
    let tables: Vec<&Table> = page
        .items
        .iter()
        .filter_map(|item| if let Item::Table(table) = item { Some(table) } else { None })
        .collect();
    assert_eq!(tables.iter().map(|table| drawn(table)).collect::<Vec<_>>(), [GROUPED]);
    let cell = tables[0]
        .cells
        .iter()
        .find(|cell| cell.text.string == "1,204")
        .and_then(|cell| cell.text.whole());
    assert_eq!(cell, Some(Region::Box { page: 1, bbox: number }));
    let word = page.words.iter().find(|word| word.text == "1,204").map(|word| word.bbox);
    assert_eq!(word, Some(number));
    assert_eq!((page.width, page.height), (842.0, 595.0));
}

#[test]
fn a_page_whose_lines_run_down_is_read_turned_and_its_places_stay_where_they_lie() {
    check_turned(
        laid(grouped().drawing(), 90, |(x, y)| (842.0 - y, x)),
        BBox {
            x0: 693.0,
            top: 235.0,
            x1: 703.0,
            bottom: 260.0,
        },
    );
}

#[test]
fn a_page_whose_lines_run_up_is_read_the_same() {
    check_turned(
        laid(grouped().drawing(), -90, |(x, y)| (y, 595.0 - x)),
        BBox {
            x0: 139.0,
            top: 335.0,
            x1: 149.0,
            bottom: 360.0,
        },
    );
}

#[test]
fn a_word_along_an_axis_turns_no_page() {
    let mut drawing = grouped().drawing();
    for glyph in drawing.glyphs.iter_mut().take(30) {
        glyph.turn = -90;
    }
    assert!(Turn::of(&drawing).is_none());
}

#[test]
fn the_stages_of_such_a_table_are_its_cells_as_they_lie() {
    let page = page_of(&mut laid(grouped().drawing(), 90, |(x, y)| (842.0 - y, x)));
    let stages = Stages::of(&page, Rulings::default());
    assert!(stages.edges.is_empty());
    let cells: Vec<Option<BBox>> = stages.tables[0].cells.iter().map(|cell| cell.region.bbox()).collect();
    assert_eq!(stages.cells.iter().copied().map(Some).collect::<Vec<_>>(), cells);

    let upright = Stages::of(&page_of(&mut grouped().drawing()), Rulings::default());
    assert!(!upright.edges.is_empty());
}
