//! A page to what a person may look at without harm: its structure and text, and nothing that runs, loads or leads elsewhere.
//!
//! Elements and attributes are taken from a fixed list, all others become plain boxes. What is left out of the reading,
//! since nobody sees it, is left out here too.

use super::page::{Page, Role, What};
use super::style::{Declared, Property};
use crate::input::shown;
use crate::layout::Source;
use crate::schema::view::{Spread, ViewPart, ViewText};

/// Elements shown as what they are.
const ELEMENTS: &[&str] = &[
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "p",
    "li",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "small",
    "sup",
    "sub",
    "br",
    "hr",
];

/// Elements of drawings shown as what they are; all others there are groups.
const SHAPES: &[&str] = &[
    "svg", "g", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "tspan",
];

/// Attributes of drawings that are kept.
const GEOMETRY: &[&str] = &[
    "viewBox",
    "x",
    "y",
    "width",
    "height",
    "rx",
    "ry",
    "cx",
    "cy",
    "r",
    "x1",
    "y1",
    "x2",
    "y2",
    "dx",
    "dy",
    "points",
    "d",
    "transform",
    "font-size",
    "font-weight",
    "text-anchor",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "opacity",
];

/// What rules of style may say in place of an attribute.
const STYLED: &[(Property, &str)] = &[
    (Property::Fill, "fill"),
    (Property::Stroke, "stroke"),
    (Property::TextAnchor, "text-anchor"),
    (Property::FontSize, "font-size"),
    (Property::FontWeight, "font-weight"),
    (Property::Transform, "transform"),
    (Property::DominantBaseline, "dominant-baseline"),
];

/// Longest value of an attribute that is kept: a path of some thousand points.
const LONGEST_VALUE: usize = 40_000;
/// Cells that one may span.
const MOST_SPANNED: u32 = 1_000;

/// Shows a page.
pub(super) fn parts(page: &Page<'_>, source: &Source) -> Vec<ViewPart> {
    let mut parts = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, part) in page.parts.iter().enumerate() {
        while open.last().is_some_and(|end| *end <= index) {
            open.pop();
            parts.push(ViewPart::Close);
        }
        match &part.what {
            What::Text(segments) => {
                for segment in *segments {
                    let text = segment.characters(page.source).to_owned();
                    if segment.stands_for.is_some() {
                        parts.push(ViewPart::Text(ViewText {
                            text,
                            start: source.to_file(segment.start),
                            end: source.to_file(segment.end),
                            spread: Spread::Whole,
                        }));
                    } else {
                        let characters = shown::characters(source, segment.start..segment.end);
                        parts.extend(characters.into_iter().map(ViewPart::Text));
                    }
                }
            }
            What::Element { role, element, declared } => {
                let attribute = |name: &str| super::attribute::attribute(element, name);
                let (name, attributes) = shown(*role, element.name(), declared, &attribute);
                parts.push(ViewPart::Open { name, attributes });
                open.push(part.end);
            }
        }
    }
    parts.extend(open.iter().map(|_| ViewPart::Close));
    parts
}

/// The name and the attributes that an element is shown with.
fn shown<'a>(
    role: Role,
    name: &str,
    declared: &Declared,
    attribute: &dyn Fn(&str) -> Option<&'a str>,
) -> (&'static str, Vec<(&'static str, String)>) {
    match role {
        Role::Drawing | Role::DrawingPart => {
            let name = SHAPES.iter().find(|known| **known == name).copied().unwrap_or("g");
            (name, geometry(declared, attribute))
        }
        Role::Picture => {
            let words = attribute("alt").or_else(|| attribute("title")).unwrap_or_default().trim();
            ("picture", vec![("alt", words.chars().take(300).collect())])
        }
        Role::Heading(level) => ("heading", vec![("level", level.clamp(1, 6).to_string())]),
        Role::Inline | Role::Separate | Role::Raised if !ELEMENTS.contains(&name) => ("span", Vec::new()),
        _ => {
            let known = ELEMENTS.iter().find(|known| **known == name).copied();
            (known.unwrap_or("div"), spans(attribute))
        }
    }
}

fn spans<'a>(attribute: &dyn Fn(&str) -> Option<&'a str>) -> Vec<(&'static str, String)> {
    let span = |name: &'static str| {
        let cells: u32 = attribute(name)?.trim().parse().ok()?;
        (2..=MOST_SPANNED).contains(&cells).then(|| (name, cells.to_string()))
    };
    ["colspan", "rowspan"].into_iter().filter_map(span).collect()
}

fn geometry<'a>(declared: &Declared, attribute: &dyn Fn(&str) -> Option<&'a str>) -> Vec<(&'static str, String)> {
    let kept = |name: &&'static str| {
        let style = STYLED
            .iter()
            .find(|(_, attribute)| attribute == name)
            .and_then(|(property, _)| declared.get(*property));
        let value = style.or_else(|| attribute(name))?.trim();
        is_harmless(value).then(|| (*name, value.to_owned()))
    };
    GEOMETRY.iter().filter_map(kept).collect()
}

/// Numbers, colours and the functions around them; no address, no reference to anything.
fn is_harmless(value: &str) -> bool {
    let plain =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, ' ' | '\n' | '\t' | '.' | ',' | '+' | '-' | '%' | '(' | ')' | '#');
    let lower = value.to_ascii_lowercase();
    !value.is_empty() && value.len() <= LONGEST_VALUE && value.chars().all(plain) && !lower.contains("url") && !lower.contains("var")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Limits;

    /// Elements as `<name attribute=value`, text as it is, closings as `>`.
    fn shown(html: &str) -> String {
        let source = Source::verbatim(html.to_owned(), 0);
        let parts = crate::input::html::view(&source, &Limits::default()).expect("a page");
        let word = |part: &ViewPart| match part {
            ViewPart::Open { name, attributes } => {
                let attributes: Vec<String> = attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                format!("<{name}{}:", attributes.concat())
            }
            ViewPart::Close => ">".to_owned(),
            ViewPart::Text(text) => text.text.clone(),
        };
        let all: String = parts.iter().map(word).collect();
        all.strip_prefix("<div:<div:")
            .and_then(|all| all.strip_suffix(">>"))
            .unwrap_or(&all)
            .to_owned()
    }

    #[test]
    fn structure_is_kept() {
        let check = |html: &str, expected: &str| assert_eq!(shown(&format!("<!doctype html><body>{html}")), expected);
        check("<h2>Arrivals</h2><p>some <b>7,900</b>", "<heading level=2:Arrivals><p:some <b:7,900>>");
        check(
            "<table><tr><th colspan=2>A<td rowspan=9999>B</table>",
            "<table:<tbody:<tr:<th colspan=2:A><td:B>>>>",
        );
        check(
            "<svg viewBox='0 0 9 9'><rect x=1 y=1 width=3 height=3 fill='#0072bc'/><text x=1 y=2>36%</text></svg>",
            "<svg viewBox=0 0 9 9:<rect x=1 y=1 width=3 height=3 fill=#0072bc:><text x=1 y=2:36%>>",
        );
        check("a &amp; b", "a & b");
    }

    #[test]
    fn nothing_that_runs_loads_or_leads_elsewhere_is_kept() {
        let check = |html: &str, expected: &str| assert_eq!(shown(&format!("<!doctype html><body>{html}")), expected);
        check("<script>alert(1)</script>7", "7");
        check("<style>@import 'http://example.invalid'</style>7", "7");
        check("<img src=http://example.invalid/x onerror=alert(1) alt=map>", "<picture alt=map:>");
        check("<iframe src=http://example.invalid></iframe>", "<picture alt=:>");
        check("<a href='javascript:alert(1)' onclick=alert(1)>7</a>", "<span:7>");
        check("<p style='background:url(http://example.invalid)' onload=alert(1)>7", "<p:7>");
        check(
            "<base href=http://example.invalid><meta http-equiv=refresh content='0;url=http://example.invalid'>7",
            "<div:><div:>7",
        );
        check(
            "<svg onload=alert(1)><image href=http://example.invalid/x /><rect fill='url(http://example.invalid/#a)' x=1 /></svg>",
            "<svg:<g:><rect x=1:>>",
        );
        check(
            "<svg><foreignObject><b onclick=alert(1)>7</b></foreignObject><use href='#x'/></svg>",
            "<svg:<g:<g:7>><g:>>",
        );
    }
}
