//! Attributes of elements by name.

use scraper::node::Element;

/// The value of an attribute. Faster than scraper's own for the few attributes that elements have: no name is interned.
pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs().find(|held| held.0 == name).map(|held| held.1)
}

/// What tells how an element is shown, found in one pass over its attributes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attributes<'a> {
    pub(super) class: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) style: Option<&'a str>,
    pub(super) hidden: Option<&'a str>,
    pub(super) role: Option<&'a str>,
    pub(super) level: Option<&'a str>,
    pub(super) open: Option<&'a str>,
    pub(super) action: Option<&'a str>,
    pub(super) weight: Option<&'a str>,
}

impl<'a> Attributes<'a> {
    /// Those of an element.
    pub(super) fn of(element: &'a Element) -> Self {
        let mut found = Self::default();
        for (name, value) in element.attrs() {
            let slot = match name {
                "class" => &mut found.class,
                "id" => &mut found.id,
                "style" => &mut found.style,
                "hidden" => &mut found.hidden,
                "role" => &mut found.role,
                "aria-level" => &mut found.level,
                "open" => &mut found.open,
                "action" => &mut found.action,
                "font-weight" => &mut found.weight,
                _ => continue,
            };
            slot.get_or_insert(value);
        }
        found
    }

    /// The names of the element's classes.
    pub(super) fn classes(self) -> impl Iterator<Item = &'a str> {
        self.class.unwrap_or_default().split_ascii_whitespace()
    }

    /// The names of its classes, and its id.
    pub(super) fn names(self) -> impl Iterator<Item = &'a str> {
        self.classes().chain(self.id)
    }
}
