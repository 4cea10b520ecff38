//! The tree flattened to what a reader is shown: elements and text in document order, hidden parts left out.

use std::ops::Range;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};

use super::attribute::{Attributes, attribute};
use super::characters::Segment;
use super::inline::WhiteSpace;
use super::style::{Declared, Property, Stylesheet};
use super::tree::Tree;
use super::visible::{self, Ground, Shown};

/// What an element is to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Part of a line.
    Inline,
    /// Part of a line, kept apart from its neighbours.
    Separate,
    /// A box of its own.
    Block,
    /// `p`.
    Paragraph,
    /// A heading of this rank.
    Heading(u8),
    /// `li`.
    ListItem,
    /// `dt`.
    Term,
    /// `dd`.
    Definition,
    /// Footnotes and remarks.
    Note,
    /// The foot of the site: only remarks and sources in it are the report's.
    SiteFooter,
    /// `figure`.
    Figure,
    /// `figcaption`.
    FigureCaption,
    /// A raised part of a line.
    Raised,
    /// `br`.
    LineBreak,
    /// A table, unless it only arranges the page.
    Table,
    /// `thead`.
    TableHead,
    /// `tbody`, `tfoot`.
    TableBody,
    /// `tr`.
    Row,
    /// `td`.
    Cell,
    /// `th`.
    HeaderCell,
    /// `caption`.
    TableCaption,
    /// A picture whose words cannot be read.
    Picture,
    /// `svg`.
    Drawing,
    /// Anything in a drawing.
    DrawingPart,
}

/// An element or text that is shown.
#[derive(Debug)]
pub(super) struct Part<'a> {
    /// Which of the two.
    pub(super) what: What<'a>,
    /// Number of the part around it; the first part is its own.
    pub(super) parent: usize,
    /// Number of the first part after all that it holds.
    pub(super) end: usize,
    /// Its bytes, tags included.
    pub(super) place: Range<usize>,
    /// Printed bold.
    pub(super) bold: bool,
    /// How white space is treated in it.
    pub(super) white_space: WhiteSpace,
}

/// See [`Part`].
#[derive(Debug)]
pub(super) enum What<'a> {
    /// Characters.
    Text(&'a [Segment]),
    /// An element.
    Element {
        role: Role,
        element: &'a scraper::node::Element,
        declared: Declared,
    },
}

/// All that is shown.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) source: &'a str,
    pub(super) parts: Vec<Part<'a>>,
    /// Printed characters before each part, and at last of all parts.
    printed: Vec<usize>,
    /// Rules of style were left out, so hidden parts may pass for shown ones.
    pub(super) styles_left_out: bool,
    /// Title outside the body.
    pub(super) title: Option<&'a [Segment]>,
}

impl<'a> Page<'a> {
    /// The role of an element; none for text.
    pub(super) fn role(&self, part: usize) -> Option<Role> {
        match self.parts[part].what {
            What::Element { role, .. } => Some(role),
            What::Text(_) => None,
        }
    }

    /// The element, if it is one.
    pub(super) fn element(&self, part: usize) -> Option<&'a scraper::node::Element> {
        match self.parts[part].what {
            What::Element { element, .. } => Some(element),
            What::Text(_) => None,
        }
    }

    /// How many characters it prints, white space aside.
    pub(super) fn printed(&self, part: usize) -> usize {
        self.printed[self.parts[part].end] - self.printed[part]
    }

    /// The parts directly inside.
    pub(super) fn children(&self, part: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.parts[part].end;
        std::iter::successors((part + 1 < end).then_some(part + 1), move |child| {
            let next = self.parts[*child].end;
            (next < end).then_some(next)
        })
    }
}

/// Whether an element is part of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    Page,
    Drawing,
}

/// An element that is open while the tree is walked.
struct Open {
    part: usize,
    bold: bool,
    /// Its text is seen; what it holds may be although it is not itself.
    visible: bool,
    white_space: WhiteSpace,
    /// Inside the report's own matter, not the site's.
    ground: Ground,
    medium: Medium,
}

/// Flattens the tree.
pub(super) fn page<'a>(source: &'a str, tree: &'a Tree) -> Page<'a> {
    let mut sheet = stylesheet(source, tree);
    let mut page = Page {
        source,
        parts: Vec::new(),
        printed: Vec::new(),
        title: title(tree),
        styles_left_out: false,
    };
    let mut printed = 0;
    let mut open: Vec<Open> = Vec::new();
    let mut skipped: Option<NodeId> = None;
    for edge in tree.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Text(_) => {
                    let Some(around) = open.last() else { continue };
                    let Some(segments) = tree.texts.get(&node.id()).filter(|segments| around.visible && !segments.is_empty()) else {
                        continue;
                    };
                    page.printed.push(printed);
                    printed += segments.iter().map(|segment| black(segment.characters(source))).sum::<usize>();
                    let number = page.parts.len();
                    page.parts.push(Part {
                        what: What::Text(segments),
                        parent: around.part,
                        end: number + 1,
                        place: segments[0].start..segments.last().map_or(0, |segment| segment.end),
                        bold: around.bold,
                        white_space: around.white_space,
                    });
                }
                Node::Element(_) => {
                    let Some(element) = ElementRef::wrap(node) else { continue };
                    let attributes = Attributes::of(element.value());
                    let declared = sheet.declared(element, attributes);
                    let around = open.last();
                    let ground = around.map_or(Ground::Site, |around| around.ground);
                    let medium = around.map_or(Medium::Page, |around| around.medium);
                    let shown = visible::shown(element, attributes, &declared, ground);
                    if shown == Shown::No {
                        skipped = Some(node.id());
                        continue;
                    }
                    let role = if medium == Medium::Drawing {
                        Role::DrawingPart
                    } else {
                        role(element, attributes, &declared, shown)
                    };
                    let number = page.parts.len();
                    let visible = match declared.get(Property::Visibility) {
                        Some("hidden" | "collapse") => false,
                        Some("visible") => true,
                        _ => around.is_none_or(|around| around.visible),
                    };
                    let bold = bold(element, attributes, &declared, around.is_some_and(|around| around.bold));
                    let white_space = white_space(element, &declared, around.map_or(WhiteSpace::Folded, |around| around.white_space));
                    page.printed.push(printed);
                    open.push(Open {
                        part: number,
                        bold,
                        visible,
                        white_space,
                        ground: if is_matter(element, attributes) { Ground::Report } else { ground },
                        medium: if role == Role::Drawing { Medium::Drawing } else { medium },
                    });
                    page.parts.push(Part {
                        what: What::Element {
                            role,
                            element: element.value(),
                            declared,
                        },
                        parent: open.len().checked_sub(2).map_or(0, |index| open[index].part),
                        end: number + 1,
                        place: tree.tags.get(&node.id()).cloned().unwrap_or(0..0),
                        bold,
                        white_space,
                    });
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Some(hidden) = skipped {
                    if hidden == node.id() {
                        skipped = None;
                    }
                } else if node.value().is_element()
                    && let Some(closed) = open.pop()
                {
                    close(&mut page, closed.part);
                }
            }
            Edge::Open(_) => {}
        }
    }
    page.printed.push(printed);
    page.styles_left_out = sheet.is_over_limit();
    page
}

/// Whether what an element holds is the report's own.
fn is_matter(element: ElementRef<'_>, attributes: Attributes<'_>) -> bool {
    matches!(element.value().name(), "main" | "article" | "section") || attributes.role == Some("main")
}

/// Sets the ends of an element all of whose parts are known.
fn close(page: &mut Page<'_>, part: usize) {
    let end = page.parts.len();
    let last = page.parts[part + 1..end]
        .iter()
        .rev()
        .take(1)
        .map(|last| last.place.end)
        .max()
        .unwrap_or(0);
    let name = page.element(part).map_or("", scraper::node::Element::name);
    let place = &page.parts[part].place;
    let mut to = place.end.max(last);
    let rest = &page.source.as_bytes()[to.min(page.source.len())..];
    let space = rest.iter().take(4_096).take_while(|byte| byte.is_ascii_whitespace()).count();
    let tag = &rest[space..];
    if tag.starts_with(b"</")
        && tag
            .get(2..2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    {
        let after = tag[2 + name.len()..].iter().take(200).position(|byte| *byte == b'>');
        to += after.map_or(0, |after| space + 2 + name.len() + after + 1);
    }
    let from = if place.is_empty() {
        page.parts.get(part + 1).map_or(to, |first| first.place.start)
    } else {
        place.start
    };
    page.parts[part].place = from..to.max(from);
    page.parts[part].end = end;
    if part > 0 && page.parts[part].end == part + 1 && page.parts[part].place.is_empty() {
        page.parts[part].place = 0..0;
    }
}

/// Characters that are no white space.
fn black(characters: &str) -> usize {
    if characters.is_ascii() {
        return characters.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
    }
    let unseen = |character: char| character.is_whitespace() || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    characters.chars().filter(|character| !unseen(*character)).count()
}

fn stylesheet(source: &str, tree: &Tree) -> Stylesheet {
    let mut sheet = Stylesheet::default();
    for node in tree.html.tree.root().descendants() {
        let Node::Element(element) = node.value() else { continue };
        if element.name() == "style" && !attribute(element, "media").is_some_and(|media| media.eq_ignore_ascii_case("print")) {
            sheet.add(&text_of(node, source, tree));
        }
    }
    sheet
}

fn text_of(node: NodeRef<'_, Node>, source: &str, tree: &Tree) -> String {
    let texts = node.children().filter_map(|child| tree.texts.get(&child.id()));
    texts.flatten().map(|segment| segment.characters(source)).collect()
}

fn title(tree: &Tree) -> Option<&[Segment]> {
    let is_title = |node: &NodeRef<'_, Node>| {
        let parent = node.parent().and_then(ElementRef::wrap);
        node.value().as_element().is_some_and(|element| element.name() == "title") && parent.is_some_and(|parent| parent.value().name() != "svg")
    };
    let node = tree.html.tree.root().descendants().find(is_title)?;
    tree.texts.get(&node.first_child()?.id()).map(Vec::as_slice)
}

fn role(element: ElementRef<'_>, attributes: Attributes<'_>, declared: &Declared, shown: Shown) -> Role {
    let value = element.value();
    let name = value.name();
    if shown == Shown::Remarks {
        return Role::SiteFooter;
    }
    let aria = match attributes.role.unwrap_or_default() {
        "heading" => Some(Role::Heading(attributes.level.and_then(|level| level.trim().parse().ok()).unwrap_or(2))),
        "table" | "grid" => Some(Role::Table),
        "rowgroup" if name != "thead" => Some(Role::TableBody),
        "row" => Some(Role::Row),
        "cell" | "gridcell" => Some(Role::Cell),
        "columnheader" | "rowheader" => Some(Role::HeaderCell),
        "note" | "doc-footnote" | "doc-endnote" | "doc-endnotes" => Some(Role::Note),
        "listitem" => Some(Role::ListItem),
        _ => None,
    };
    if let Some(role) = aria {
        return role;
    }
    let by_name = match name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "p" => Role::Paragraph,
        "li" => Role::ListItem,
        "dt" => Role::Term,
        "dd" => Role::Definition,
        "figure" => Role::Figure,
        "figcaption" => Role::FigureCaption,
        "br" => Role::LineBreak,
        "table" => Role::Table,
        "thead" => Role::TableHead,
        "tbody" | "tfoot" => Role::TableBody,
        "tr" => Role::Row,
        "td" => Role::Cell,
        "th" => Role::HeaderCell,
        "caption" => Role::TableCaption,
        "svg" => Role::Drawing,
        "img" | "canvas" | "object" | "embed" | "iframe" | "video" | "audio" => Role::Picture,
        "sup" => Role::Raised,
        "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del" | "dfn" | "em" | "font" | "i" | "ins" | "kbd"
        | "label" | "mark" | "meter" | "output" | "picture" | "progress" | "q" | "s" | "samp" | "slot" | "small" | "span" | "strike" | "strong"
        | "sub" | "time" | "tt" | "u" | "var" | "wbr" | "nobr" | "blink" | "ruby" | "rb" | "rt" | "button" | "html-inline" => Role::Inline,
        _ => Role::Block,
    };
    let by_name =
        if matches!(by_name, Role::Block | Role::Paragraph | Role::Inline) && name != "body" && name != "html" && visible::is_note(attributes) {
            if by_name == Role::Inline { by_name } else { Role::Note }
        } else {
            by_name
        };
    match (by_name, declared.get(Property::Display)) {
        (Role::Inline, Some("block" | "flex" | "grid" | "list-item" | "flow-root")) => Role::Block,
        (Role::Inline, Some("inline-block" | "inline-flex" | "inline-grid")) => Role::Separate,
        (Role::Block, Some("inline")) => Role::Inline,
        (Role::Block, Some("inline-block" | "inline-flex")) if name != "div" => Role::Separate,
        (Role::Block | Role::Inline, Some("table")) => Role::Table,
        (Role::Block | Role::Inline, Some("table-row")) => Role::Row,
        (Role::Block | Role::Inline, Some("table-row-group")) => Role::TableBody,
        (Role::Block | Role::Inline, Some("table-header-group")) => Role::TableHead,
        (Role::Block | Role::Inline, Some("table-cell")) => Role::Cell,
        (Role::Table | Role::Row | Role::Cell | Role::HeaderCell, Some("block" | "flex" | "grid"))
            if !matches!(name, "table" | "tr" | "td" | "th") =>
        {
            Role::Block
        }
        (Role::Inline, _) if matches!(declared.get(Property::VerticalAlign), Some("super" | "text-top")) => Role::Raised,
        (role, _) => role,
    }
}

fn bold(element: ElementRef<'_>, attributes: Attributes<'_>, declared: &Declared, around: bool) -> bool {
    match declared.get(Property::FontWeight) {
        Some("bold" | "bolder") => true,
        Some("normal" | "lighter") => false,
        Some(weight) => weight.parse::<u32>().map_or(around, |weight| weight >= 600),
        None => match element.value().name() {
            "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => true,
            // A weight may also be written as an attribute, in drawings.
            _ => match attributes.weight {
                Some(weight) => weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600),
                None => around,
            },
        },
    }
}

fn white_space(element: ElementRef<'_>, declared: &Declared, around: WhiteSpace) -> WhiteSpace {
    match declared.get(Property::WhiteSpace) {
        Some("pre" | "pre-line" | "pre-wrap" | "break-spaces") => WhiteSpace::Preserved,
        Some("normal" | "nowrap") => WhiteSpace::Folded,
        _ if element.value().name() == "pre" => WhiteSpace::Preserved,
        _ => around,
    }
}
