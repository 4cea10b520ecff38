//! What of a page a reader of the report is shown: not what is hidden, and not what belongs to the site around it.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use super::attribute::Attributes;
use super::style::{Declared, Property};

/// Whether an element is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Yes.
    Yes,
    /// Only remarks and sources in it: the foot of a site.
    Remarks,
    /// No, nor anything in it.
    No,
}

/// Whose matter stands around an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// The site's, as far as the page tells.
    Site,
    /// The report's: inside `main`, `article` or `section`, what is called a header or footer belongs to it.
    Report,
}

/// Descendants looked at to tell a banner from the page.
const MOST_LOOKED_AT: usize = 2_000;

/// Whether an element is read.
pub(super) fn shown(element: ElementRef<'_>, attributes: Attributes<'_>, declared: &Declared, ground: Ground) -> Shown {
    let name = element.value().name();
    if matches!(name, "html" | "body") {
        return Shown::Yes;
    }
    let nothing = matches!(
        name,
        "head"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "nav"
            | "select"
            | "option"
            | "optgroup"
            | "datalist"
            | "input"
            | "textarea"
            | "math"
            | "map"
            | "rp"
    );
    let dialog = name == "dialog" && attributes.open.is_none();
    let button = name == "button" && !has_ancestor(element, &["h1", "h2", "h3", "h4", "h5", "h6"]);
    let form = name == "form" && (attributes.role == Some("search") || attributes.action.is_some_and(|action| action.contains("search")));
    if nothing || dialog || button || form || attributes.hidden.is_some() || is_unseen(declared) {
        return Shown::No;
    }
    match attributes.role.unwrap_or_default() {
        "navigation" | "search" | "dialog" | "alertdialog" | "menu" | "menubar" | "toolbar" | "tooltip" | "progressbar" => return Shown::No,
        "banner" if ground == Ground::Site && !holds(element, &["h1", "h2"]) => return Shown::No,
        "contentinfo" if ground == Ground::Site => return Shown::Remarks,
        _ => {}
    }
    if name == "header" && ground == Ground::Site && !holds(element, &["h1", "h2"]) && holds(element, &["a", "nav", "form", "button"]) {
        return Shown::No;
    }
    if name == "footer" && ground == Ground::Site {
        return Shown::Remarks;
    }
    if attributes.class.is_some() || attributes.id.is_some() {
        if attributes.classes().any(is_for_screen_readers) {
            return Shown::No;
        }
        if attributes.names().any(is_site_furniture) && !matches!(name, "main" | "article") && !holds(element, &["main", "article", "h1"]) {
            return Shown::No;
        }
    }
    Shown::Yes
}

/// Whether a class or role says that an element holds remarks.
pub(super) fn is_note(attributes: Attributes<'_>) -> bool {
    let words = [
        "footnote",
        "footnotes",
        "endnote",
        "endnotes",
        "note",
        "notes",
        "source",
        "sources",
        "disclaimer",
        "caveat",
        "caveats",
    ];
    attributes
        .names()
        .flat_map(|class| class.split(['-', '_']))
        .any(|part| words.iter().any(|word| part.eq_ignore_ascii_case(word)))
}

/// Whether styles hide an element with all that it holds.
fn is_unseen(declared: &Declared) -> bool {
    if declared.is_empty() {
        return false;
    }
    let zero = |value: &str| {
        value
            .trim_end_matches(|character: char| character.is_ascii_alphabetic() || character == '%')
            .trim()
            .parse::<f64>()
            .is_ok_and(|number| number == 0.0)
    };
    let far = |value: &str| {
        let pixels = value.strip_suffix("px").or_else(|| value.strip_suffix("em")).unwrap_or(value);
        pixels.trim().parse::<f64>().is_ok_and(|number| number <= -900.0)
    };
    let small = |value: &str| zero(value) || value == "1px";
    let is = |property: Property, test: &dyn Fn(&str) -> bool| declared.get(property).is_some_and(test);
    let out_of_flow = is(Property::Position, &|value| matches!(value, "absolute" | "fixed"));
    is(Property::Display, &|value| value == "none")
        || is(Property::Opacity, &zero)
        || is(Property::FontSize, &zero)
        || is(Property::TextIndent, &far)
        || out_of_flow && (is(Property::Left, &far) || is(Property::Top, &far))
        || out_of_flow
            && is(Property::Clip, &|value| {
                value.starts_with("rect") && !value.contains(|digit: char| ('2'..='9').contains(&digit))
            })
        || is(Property::ClipPath, &|value| {
            matches!(value.replace(' ', "").as_str(), "inset(50%)" | "inset(100%)")
        })
        || is(Property::Overflow, &|value| value == "hidden") && is(Property::Width, &small) && is(Property::Height, &small)
        || is(Property::Overflow, &|value| value == "hidden") && is(Property::Height, &zero)
}

/// Classes of text that is only read aloud, which repeats what is seen.
fn is_for_screen_readers(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let names = [
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "screen-reader-only",
        "element-invisible",
        "show-for-sr",
        "a11y-hidden",
    ];
    names
        .iter()
        .any(|name| class == *name || class.ends_with(name) && class.as_bytes().get(class.len() - name.len() - 1) == Some(&b'-'))
        && !class.starts_with("not-")
        || class == "sr-only-focusable"
}

/// Classes and ids of what sites put around reports.
fn is_site_furniture(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let whole = [
        "cookie",
        "gdpr",
        "breadcrumb",
        "skip-link",
        "skiplink",
        "skip-to",
        "onetrust",
        "share-links",
        "social-share",
    ];
    whole.iter().any(|word| name.contains(word))
        || name
            .split(['-', '_'])
            .any(|part| matches!(part, "consent" | "breadcrumbs" | "pagination" | "pager"))
}

fn has_ancestor(element: ElementRef<'_>, names: &[&str]) -> bool {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|ancestor| names.contains(&ancestor.value().name()))
}

/// Whether an element holds one of some others; what is too large to be looked through is taken to.
fn holds(element: ElementRef<'_>, names: &[&str]) -> bool {
    let is_named = |node: NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| names.contains(&element.name()));
    let mut count = 0;
    let found = element.descendants().skip(1).take(MOST_LOOKED_AT).inspect(|_| count += 1).any(is_named);
    found || count == MOST_LOOKED_AT
}
