//! A page as drawn to a page as read: words, lines, tables, charts, blocks, in reading order.

use std::mem;
use std::rc::Rc;

use super::blocks::blocks;
use super::chart::{Colour, Label, Outline, Shape, charts, numbers_on_grid, value_maps};
use super::dashes::joined_dashes;
use super::glyph::{Drawing, Glyph};
use super::legible::is_legible;
use super::lines::{Barrier, Head, Line, lines};
use super::order::{Placed, Role, reading_order};
use super::table::{Table, ruled_tables, striped_tables, unruled_tables};
use super::turned::Turn;
use super::words::{Token, words};
use super::{BBox, BlockKind, Item, Page, Region};

/// Frames looked at on a page, the largest first.
const MOST_FRAMES: usize = 250;
/// Discs of list entries looked at on a page.
const MOST_DISCS: usize = 500;
/// Coloured grounds looked at on a page.
const MOST_GROUNDS: usize = 200;
/// Upright edges looked at on a page.
const MOST_BARRIERS: usize = 20_000;

/// The share of the page that a picture on it takes at most.
const WHOLE_PAGE: f64 = 0.85;

/// Reads a page; one that is printed on its side, as a person does who turns it. What is drawn is taken out of the drawing; the room that its
/// glyphs took is left, for the next page.
pub fn page_of(drawing: &mut Drawing) -> Page {
    let turn = Turn::of(drawing);
    if let Some(turn) = turn {
        turn.put_upright(drawing);
    }
    let glyphs = Rc::new(mem::take(&mut drawing.glyphs));
    let page = read(drawing, &glyphs);
    drawing.glyphs = Rc::into_inner(glyphs).unwrap_or_default();
    drawing.glyphs.clear();
    match turn {
        Some(turn) => turn.back(page),
        None => page,
    }
}

fn read(drawing: &mut Drawing, glyphs: &Rc<Vec<Glyph>>) -> Page {
    let number = drawing.page;
    let paper = drawing.width * drawing.height;
    let drawn = joined_dashes(mem::take(&mut drawing.shapes));
    let mut tokens = words(glyphs);
    let legible = is_legible(&tokens);
    if !legible {
        // Figures in such letters would be other figures.
        tokens = tokens.into_iter().map(Token::unread).collect();
    }
    let lines = lines(tokens, &barriers(&drawn));
    let mut items: Vec<Item> = Vec::new();

    let mut words = Vec::with_capacity(lines.iter().map(|line| line.parts.len()).sum());
    words.extend(lines.iter().flat_map(|line| line.parts.iter().map(|part| part.token().to_word())));

    let (tables, lines) = ruled_tables(&drawn, lines, number);
    let mut shapes = outside(drawn, &tables);
    items.extend(tables.into_iter().map(Item::Table));
    let (tables, lines) = striped_tables(&shapes, lines, &boxes(&items), number);
    shapes = outside(shapes, &tables);
    items.extend(tables.into_iter().map(Item::Table));

    // Where nothing is drawn no word stands in a chart.
    let labelled = if shapes.is_empty() { &[] } else { lines.as_slice() };
    let labels: Vec<Label> = labelled.iter().map(|line| label(line, number)).collect();
    let found = charts(&shapes, &labels);
    items.extend(found.charts.into_iter().map(Item::Chart));
    let lines = without(lines, &found.used_labels);
    let shapes = without(shapes, &found.used_shapes);

    // A picture as large as the page is what everything is printed on.
    let pictures: Vec<BBox> = drawing
        .pictures
        .iter()
        .copied()
        .filter(|picture| area_of(*picture) < WHOLE_PAGE * paper)
        .collect();
    let labels = without(labels, &found.used_labels);
    let found = value_maps(&shapes, &labels, &pictures);
    items.extend(found.charts.into_iter().map(Item::Chart));
    let mut lines = without(lines, &found.used_labels);
    let labels = without(labels, &found.used_labels);
    let shapes = without(shapes, &found.used_shapes);
    // The axis of a chart that was not read is no column of a table.
    let on_grid = numbers_on_grid(&shapes, &labels);
    for (line, label) in lines.iter_mut().zip(labels) {
        line.keep(label.text);
    }
    let along_axes: Vec<Line> = on_grid.iter().map(|index| lines[*index].clone()).collect();
    let lines = without(lines, &on_grid);

    let lines = with_discs(lines, &shapes);
    let frames = frames(&shapes, &lines, paper);
    let (tables, mut lines) = unruled_tables(&shapes, lines, &frames, &boxes(&items), number);
    items.extend(tables.into_iter().map(Item::Table));
    lines.extend(along_axes);
    items.extend(blocks(lines, &frames, number).into_iter().map(Item::Block));

    let placed: Vec<Placed> = items.iter().map(placed).collect();
    let order = reading_order(&placed, &frames, drawing.height);
    let mut items: Vec<Option<Item>> = items.into_iter().map(Some).collect();
    let items = order.into_iter().filter_map(|index| items[index].take()).collect();
    Page {
        number,
        width: drawing.width,
        height: drawing.height,
        words,
        items,
        pictures: drawing.pictures.drain(..).map(|bbox| Region::Box { page: number, bbox }).collect(),
        hidden_words: drawing.hidden_words,
        glyphs: drawing.glyph_count,
        unmapped_glyphs: if legible { drawing.unmapped_glyphs } else { drawing.glyph_count },
    }
}

/// The shapes that stand in none of the tables.
fn outside(mut shapes: Vec<Shape>, tables: &[Table]) -> Vec<Shape> {
    for table in tables {
        let bbox = table.region.bbox().unwrap_or_default();
        shapes.retain(|shape| !bbox.holds(shape.bbox));
    }
    shapes
}

fn boxes(items: &[Item]) -> Vec<BBox> {
    items.iter().map(|item| placed(item).bbox).collect()
}

/// Notes which lines a disc stands before, as list entries have it in place of a bullet.
fn with_discs(mut lines: Vec<Line>, shapes: &[Shape]) -> Vec<Line> {
    let discs = shapes.iter().filter(|shape| {
        let (width, height) = (shape.bbox.width(), shape.bbox.height());
        let round = matches!(&shape.outline, Outline::Path { points, .. } if points.len() >= 8);
        round && shape.fill.is_some() && (1.5..9.0).contains(&width) && (width / height.max(0.1) - 1.0).abs() < 0.1
    });
    for disc in discs.take(MOST_DISCS) {
        let bbox = disc.bbox;
        if is_part_of_icon(disc, shapes) {
            continue;
        }
        let middle = f64::midpoint(bbox.top, bbox.bottom);
        let opened = lines.iter_mut().filter(|line| line.turn == 0).find(|line| {
            let gap = line.start - bbox.x1;
            let raise = (line.baseline - middle) / line.size;
            bbox.width() < 0.7 * line.size && (0.2 * line.size..1.8 * line.size).contains(&gap) && (0.1..0.6).contains(&raise)
        });
        if let Some(line) = opened {
            line.head = Head::Disc;
        }
    }
    lines
}

/// Whether something else of its colour is drawn close to a disc: it is the head of a person, or a part of another icon.
fn is_part_of_icon(disc: &Shape, shapes: &[Shape]) -> bool {
    let bbox = disc.bbox;
    let reach = 0.9 * bbox.width();
    shapes.iter().any(|shape| {
        let other = shape.bbox;
        let close = other.x0 < bbox.x1 + reach && other.x1 > bbox.x0 - reach && other.top < bbox.bottom + reach && other.bottom > bbox.top - reach;
        let small = other.width() < 6.0 * bbox.width() && other.height() < 6.0 * bbox.height();
        close && small && other != bbox && shape.fill == disc.fill && matches!(shape.outline, Outline::Path { .. })
    })
}

/// A list without the elements at some ascending indices.
fn without<T>(list: Vec<T>, taken: &[usize]) -> Vec<T> {
    let mut taken = taken.iter().copied().peekable();
    list.into_iter()
        .enumerate()
        .filter(|(index, _)| taken.next_if_eq(index).is_none())
        .map(|(_, element)| element)
        .collect()
}

fn label(line: &Line, page: u32) -> Label {
    Label {
        text: line.text(page),
        bbox: line.bbox,
        angle: f64::from(line.turn),
        size: line.size,
        colour: line.colour,
    }
}

fn placed(item: &Item) -> Placed {
    let (region, role) = match item {
        Item::Block(block) => (block.region, if block.kind == BlockKind::Heading { Role::Opens } else { Role::Content }),
        Item::Table(table) => (table.region, Role::Content),
        Item::Chart(chart) => (chart.region, Role::Content),
    };
    Placed {
        bbox: region.bbox().unwrap_or_default(),
        role,
    }
}

/// Upright edges of lines and fills, from left to right.
fn barriers(shapes: &[Shape]) -> Vec<Barrier> {
    let mut barriers = Vec::new();
    for shape in shapes {
        if barriers.len() >= MOST_BARRIERS {
            break;
        }
        let bbox = shape.bbox;
        let edge = |x: f64| Barrier {
            x,
            top: bbox.top,
            bottom: bbox.bottom,
        };
        if bbox.height() < 4.0 {
            continue;
        }
        match shape.outline {
            Outline::Line { .. } if bbox.width() < 1.0 => barriers.push(edge(bbox.x0)),
            Outline::Rect if bbox.width() < 2.0 => barriers.push(edge(f64::midpoint(bbox.x0, bbox.x1))),
            Outline::Rect => barriers.extend([edge(bbox.x0), edge(bbox.x1)]),
            _ => {}
        }
    }
    barriers.sort_by(|one, other| one.x.total_cmp(&other.x));
    barriers
}

/// Drawn boxes that hold text of their own: tiles, side bars, framed notes.
fn frames(shapes: &[Shape], lines: &[Line], paper: f64) -> Vec<BBox> {
    let mut frames: Vec<BBox> = Vec::new();
    let grounds: Vec<BBox> = shapes
        .iter()
        .filter(|shape| shape.fill.is_some_and(is_coloured) && matches!(shape.outline, Outline::Rect) && area_of(shape.bbox) > 0.02 * paper)
        .map(|shape| shape.bbox)
        .take(MOST_GROUNDS)
        .collect();
    let boxes = shapes.iter().filter(|shape| {
        let bbox = shape.bbox;
        let seen = shape.fill.is_some_and(|fill| is_coloured(fill) || is_on_ground(bbox, &grounds)) || shape.stroke.is_some();
        let boxy = match &shape.outline {
            Outline::Rect => true,
            Outline::Path { points, .. } => area(points) > 0.9 * bbox.width() * bbox.height(),
            Outline::Line { .. } => false,
        };
        seen && boxy && bbox.width() >= 30.0 && bbox.height() >= 14.0 && area_of(bbox) < WHOLE_PAGE * paper
    });
    for shape in boxes.take(4 * MOST_FRAMES) {
        let bbox = shape.bbox;
        let same = |frame: &&BBox| {
            (frame.x0 - bbox.x0).abs() < 3.0
                && (frame.x1 - bbox.x1).abs() < 3.0
                && (frame.top - bbox.top).abs() < 3.0
                && (frame.bottom - bbox.bottom).abs() < 3.0
        };
        if frames.iter().find(same).is_none() {
            frames.push(bbox);
        }
    }
    frames.retain(|frame| {
        let mut held = lines.iter().filter(|line| frame.holds(line.bbox)).take(2);
        match (held.next(), held.next()) {
            (None, _) => false,
            // A fill behind one line of a paragraph is no tile.
            (Some(line), None) => frame.height() > 1.45 * line.size,
            _ => true,
        }
    });
    frames.sort_by(|one, other| (other.width() * other.height()).total_cmp(&(one.width() * one.height())));
    frames.truncate(MOST_FRAMES);
    frames
}

fn area_of(bbox: BBox) -> f64 {
    bbox.width() * bbox.height()
}

fn is_coloured(fill: Colour) -> bool {
    fill.iter().any(|part| *part < 250)
}

/// Whether a box lies well within a coloured ground, on which a white box is seen.
fn is_on_ground(bbox: BBox, grounds: &[BBox]) -> bool {
    grounds.iter().any(|ground| {
        area_of(*ground) > 4.0 * area_of(bbox)
            && ground.x0 <= bbox.x0
            && ground.x1 >= bbox.x1
            && ground.top <= bbox.top
            && ground.bottom >= bbox.bottom
    })
}

fn area(points: &[(f64, f64)]) -> f64 {
    let next = points.iter().cycle().skip(1);
    (points.iter().zip(next).map(|(one, other)| one.0 * other.1 - other.0 * one.1).sum::<f64>() / 2.0).abs()
}
