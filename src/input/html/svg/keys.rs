//! Keys of colours that a page prints beside a drawing instead of in it, put where the drawing could have had them.

use super::super::page::{Page, Role, What};
use super::super::style::Property;
use super::overlaid::size;
use super::paint::{Paint, paint};
use super::{Drawing, Nesting, Pencil};
use crate::layout::chart::{Colour, Label, Shape};
use crate::layout::{BBox, Region};

/// A patch of a key is no larger than this.
const LARGEST_PATCH: f64 = 40.0;
/// Boxes around a drawing that are looked at for its key.
const MOST_BOXES: usize = 4;
/// Parts of a box around a drawing that are looked at.
const MOST_PARTS: usize = 4_000;
/// Characters of a name.
const LONGEST_NAME: usize = 60;
/// Names of one key.
const MOST_NAMES: usize = 60;

/// Adds the patches and names of the key in the nearest box around a drawing.
pub(in crate::input::html) fn add_keys(page: &Page<'_>, drawing: usize, layers: &[usize], found: &mut Drawing) {
    let mut around = drawing;
    for _ in 0..MOST_BOXES {
        let parent = page.parts[around].parent;
        if parent >= around || page.parts[parent].end - parent > MOST_PARTS {
            return;
        }
        around = parent;
        let own = |part: usize| part == drawing || layers.contains(&part);
        let others = (around + 1..page.parts[around].end).any(|part| page.role(part) == Some(Role::Drawing) && !own(part) && page.printed(part) > 0);
        if others {
            return;
        }
        let keys = keys(page, around, &own);
        if keys.len() >= 2 {
            put_beside(page, &keys, found);
            return;
        }
    }
}

/// A patch of a colour, and the part that holds its name.
struct Key {
    colour: Colour,
    name: usize,
}

/// The patches in a box outside some drawings that have a name behind them.
fn keys(page: &Page<'_>, around: usize, own: &dyn Fn(usize) -> bool) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    let mut patch: Option<Colour> = None;
    let mut part = around + 1;
    while part < page.parts[around].end && keys.len() < MOST_NAMES {
        match &page.parts[part].what {
            What::Element { role: Role::Drawing, .. } if own(part) => {
                patch = None;
                part = page.parts[part].end;
                continue;
            }
            What::Element { .. } => {
                if let Some(colour) = patch_colour(page, part) {
                    patch = Some(colour);
                    part = page.parts[part].end;
                    continue;
                }
            }
            What::Text(_) if page.printed(part) > 0 => {
                if let Some(colour) = patch.take()
                    && page.printed(part) <= LONGEST_NAME
                    && keys.iter().all(|key| key.colour != colour)
                {
                    keys.push(Key { colour, name: part });
                }
            }
            What::Text(_) => {}
        }
        part += 1;
    }
    keys
}

/// The colour of an element that is no more than a small patch of it.
fn patch_colour(page: &Page<'_>, part: usize) -> Option<Colour> {
    let What::Element { role, declared, .. } = &page.parts[part].what else {
        return None;
    };
    let small = size(page, part).is_none_or(|(width, height)| width <= LARGEST_PATCH && height <= LARGEST_PATCH);
    if page.printed(part) > 0 || !small {
        return None;
    }
    if *role == Role::Drawing {
        return drawn_colour(page, part);
    }
    let ground = declared.get(Property::BackgroundColor).or_else(|| declared.get(Property::Background))?;
    seen(paint(ground.split_whitespace().next()?).or_else(|| paint(ground))?)
}

/// What the first shape of a small drawing is painted with.
fn drawn_colour(page: &Page<'_>, drawing: usize) -> Option<Colour> {
    let mut open: Vec<(usize, Pencil)> = vec![(page.parts[drawing].end, Pencil::START)];
    for part in drawing..page.parts[drawing].end {
        while open.len() > 1 && open.last().is_some_and(|open| open.0 <= part) {
            open.pop();
        }
        let What::Element { element, declared, .. } = &page.parts[part].what else {
            continue;
        };
        let nesting = if part == drawing { Nesting::Outermost } else { Nesting::Inner };
        let pencil = open.last()?.1.inside(element, declared, nesting);
        if matches!(element.name(), "rect" | "circle" | "ellipse" | "line" | "path" | "polyline" | "polygon") {
            let fill = if element.name() == "line" { Paint::None } else { pencil.fill };
            return seen(fill).or_else(|| seen(pencil.stroke));
        }
        open.push((page.parts[part].end, pencil));
    }
    None
}

/// A colour that shows on white paper.
fn seen(paint: Paint) -> Option<Colour> {
    paint.on_white(1.0).filter(|colour| colour.iter().any(|part| *part < 246))
}

/// Puts the keys in a column behind all that is drawn.
fn put_beside(page: &Page<'_>, keys: &[Key], found: &mut Drawing) {
    let boxes = found
        .shapes
        .iter()
        .map(|shape| shape.bbox)
        .chain(found.labels.iter().map(|label| label.bbox));
    let Some(drawn) = boxes.reduce(BBox::union) else { return };
    let (left, size) = (drawn.x1 + 12.0, 10.0);
    for (row, key) in keys.iter().enumerate() {
        let text = super::super::gather::gather_all(page, key.name..key.name + 1);
        let Some(region) = text.whole() else { continue };
        let top = drawn.top + 1.6 * size * row as f64;
        let at = |x0: f64, x1: f64| BBox {
            x0,
            top,
            x1,
            bottom: top + size,
        };
        found.shapes.push(Shape::rect(at(left, left + size), Some(key.colour), None, region));
        found.labels.push(Label {
            bbox: at(left + 1.4 * size, left + 1.4 * size + super::letters_width(&text.string) * size),
            text,
            angle: 0.0,
            size,
            colour: None,
        });
    }
}

/// Whether words are those of a key, so that they head nothing.
pub(in crate::input::html) fn holds_key(words: Region, keys: &[Label]) -> bool {
    let bytes = |region: Region| match region {
        Region::Bytes { start, end } => Some(start..end),
        Region::Box { .. } => None,
    };
    let Some(words) = bytes(words) else { return false };
    let inside = |label: &Label| {
        label
            .text
            .whole()
            .and_then(bytes)
            .is_some_and(|key| key.start >= words.start && key.end <= words.end)
    };
    keys.iter().any(inside)
}
