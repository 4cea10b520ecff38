//! Attributes of elements by name.

use scraper::node::Element;

/// The value of an attribute. Faster than scraper's own for the few attributes that elements have: no name is interned.
pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs().find(|held| held.0 == name).map(|held| held.1)
}
