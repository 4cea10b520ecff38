//! Drawings laid over one another, as one picture may be saved in layers: those that cover a drawing.

use super::super::attribute::attribute;
use super::super::page::{Page, Role, What};
use super::super::style::Property;

/// The drawings after one that lie on it: in a box of which each fills the whole, or at one place of it.
pub(in crate::input::html) fn overlaid(page: &Page<'_>, drawing: usize) -> Vec<usize> {
    let parent = page.parts[drawing].parent;
    let Some(size) = size(page, drawing) else { return Vec::new() };
    let fills_box = parent < drawing && self::size(page, parent) == Some(size);
    let place = absolute_place(page, drawing);
    let covers = |other: &usize| {
        let same_place = place.is_some() && absolute_place(page, *other) == place;
        *other > drawing && page.role(*other) == Some(Role::Drawing) && self::size(page, *other) == Some(size) && (fills_box || same_place)
    };
    page.children(parent).filter(covers).collect()
}

/// Width and height in pixels, where both are given.
pub(in crate::input::html) fn size(page: &Page<'_>, part: usize) -> Option<(f64, f64)> {
    let What::Element { element, declared, .. } = &page.parts[part].what else {
        return None;
    };
    let side = |property: Property, name: &str| pixels(declared.get(property).or_else(|| attribute(element, name))?);
    Some((side(Property::Width, "width")?, side(Property::Height, "height")?))
}

fn pixels(value: &str) -> Option<f64> {
    let value = value.trim();
    value.strip_suffix("px").unwrap_or(value).parse().ok()
}

/// Where an element is put that stands out of the flow of the page.
fn absolute_place<'a>(page: &'a Page<'_>, part: usize) -> Option<(Option<&'a str>, Option<&'a str>)> {
    let What::Element { declared, .. } = &page.parts[part].what else {
        return None;
    };
    (declared.get(Property::Position) == Some("absolute")).then(|| (declared.get(Property::Left), declared.get(Property::Top)))
}
