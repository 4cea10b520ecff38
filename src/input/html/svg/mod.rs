//! Inline SVG to shapes and labels, which the charts of all media are found among.

pub(super) mod keys;
pub(super) mod loose;
mod matrix;
pub(super) mod overlaid;
mod paint;
mod path;

use super::attribute::attribute;
use super::inline::Inline;
use super::page::{Page, What};
use super::style::{Declared, Property};
use crate::layout::chart::{Ends, Label, Place, Shape};
use crate::layout::{BBox, Region, Text};
use matrix::{Matrix, number, numbers};
use paint::{Paint, paint};

/// Width of a letter in ems where the font is not known; digits are nearly as wide in all fonts.
const LETTER_WIDTH: f64 = 0.54;

/// A drawing as read.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) shapes: Vec<Shape>,
    pub(super) labels: Vec<Label>,
    /// Its `<title>`, or else its `<desc>`.
    pub(super) title: Option<Text>,
}

/// How what is inside an element is drawn.
#[derive(Debug, Clone, Copy)]
struct Pencil {
    matrix: Matrix,
    fill: Paint,
    stroke: Paint,
    opacity: f64,
    fill_opacity: f64,
    font_size: f64,
    anchor: Anchor,
    baseline: Baseline,
}

/// Whether an `svg` stands on the page itself, where its size is not the drawing's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nesting {
    Outermost,
    Inner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Baseline {
    Letters,
    Middle,
    Top,
}

/// Reads the drawing that begins at a part of the page.
pub(super) fn drawing(page: &Page<'_>, part: usize) -> Drawing {
    let mut found = Drawing::default();
    let mut points = 0;
    let start = Pencil::START;
    let mut open: Vec<(usize, Pencil)> = vec![(page.parts[part].end, start)];
    let mut at = part;
    while at < page.parts[part].end {
        while open.len() > 1 && open.last().is_some_and(|open| open.0 <= at) {
            open.pop();
        }
        let around = open.last().map_or(start, |open| open.1);
        let end = page.parts[at].end;
        let What::Element { element, declared, .. } = &page.parts[at].what else {
            at += 1;
            continue;
        };
        let pencil = around.inside(element, declared, if at == part { Nesting::Outermost } else { Nesting::Inner });
        match element.name() {
            "defs" | "symbol" | "clipPath" | "mask" | "pattern" | "marker" | "linearGradient" | "radialGradient" | "metadata" => at = end,
            "title" | "desc" => {
                if page.parts[at].parent == part && (found.title.is_none() || element.name() == "title") {
                    let title = words(page, at);
                    if !title.string.is_empty() {
                        found.title = Some(title);
                    }
                }
                at = end;
            }
            "text" => {
                labels(page, at, &pencil, &mut found.labels);
                at = end;
            }
            "foreignObject" => {
                let text = super::gather::gather_all(page, at + 1..end);
                let (x, y) = (length(attribute(element, "x"), &pencil), length(attribute(element, "y"), &pencil));
                found.labels.extend(label(&pencil, text, (x, y + pencil.font_size), None));
                at = end;
            }
            name => {
                if points < path::MOST_POINTS {
                    points += shapes(name, element, &pencil, &page.parts[at].place, &mut found.shapes);
                }
                open.push((end, pencil));
                at += 1;
            }
        }
    }
    found
}

impl Pencil {
    /// What a drawing starts with.
    const START: Self = Self {
        matrix: Matrix::IDENTITY,
        fill: Paint::Plain([0; 3], 1.0),
        stroke: Paint::None,
        opacity: 1.0,
        fill_opacity: 1.0,
        font_size: 16.0,
        anchor: Anchor::Start,
        baseline: Baseline::Letters,
    };

    /// How what is inside the element is drawn.
    fn inside(mut self, element: &scraper::node::Element, declared: &Declared, nesting: Nesting) -> Self {
        let own = Painted::of(element);
        let get = |property: Property, own| declared.get(property).or(own);
        if let Some(paint) = get(Property::Fill, own.fill).and_then(paint) {
            self.fill = paint;
        }
        if let Some(paint) = get(Property::Stroke, own.stroke).and_then(paint) {
            self.stroke = paint;
        }
        let share = |value: &str| match value.trim().strip_suffix('%') {
            Some(percent) => percent.parse::<f64>().ok().map(|percent| percent / 100.0),
            None => value.trim().parse::<f64>().ok(),
        };
        if let Some(opacity) = get(Property::Opacity, own.opacity).and_then(share) {
            self.opacity *= opacity;
        }
        if let Some(opacity) = get(Property::FillOpacity, own.fill_opacity).and_then(share) {
            self.fill_opacity = opacity;
        }
        if let Some(size) = get(Property::FontSize, own.font_size).and_then(|value| font_size(value, self.font_size)) {
            self.font_size = size;
        }
        match get(Property::TextAnchor, own.text_anchor) {
            Some("start") => self.anchor = Anchor::Start,
            Some("middle") => self.anchor = Anchor::Middle,
            Some("end") => self.anchor = Anchor::End,
            _ => {}
        }
        match get(Property::DominantBaseline, own.dominant_baseline).or(own.alignment_baseline) {
            Some("middle" | "central") => self.baseline = Baseline::Middle,
            Some("hanging" | "text-before-edge" | "text-top" | "before-edge") => self.baseline = Baseline::Top,
            Some("auto" | "baseline" | "alphabetic") => self.baseline = Baseline::Letters,
            _ => {}
        }
        if element.name() == "svg" && nesting == Nesting::Inner {
            self.matrix = self.matrix.then(window(element, &self));
        }
        if let Some(transform) = declared.get(Property::Transform).filter(|value| *value != "none").or(own.transform) {
            self.matrix = self.matrix.then(Matrix::parse(transform));
        }
        self
    }
}

/// What an element says of how it and what is inside it are drawn, found in one pass over its attributes.
#[derive(Debug, Clone, Copy, Default)]
struct Painted<'a> {
    fill: Option<&'a str>,
    stroke: Option<&'a str>,
    opacity: Option<&'a str>,
    fill_opacity: Option<&'a str>,
    font_size: Option<&'a str>,
    text_anchor: Option<&'a str>,
    dominant_baseline: Option<&'a str>,
    alignment_baseline: Option<&'a str>,
    transform: Option<&'a str>,
}

impl<'a> Painted<'a> {
    fn of(element: &'a scraper::node::Element) -> Self {
        let mut found = Self::default();
        for (name, value) in element.attrs() {
            let slot = match name {
                "fill" => &mut found.fill,
                "stroke" => &mut found.stroke,
                "opacity" => &mut found.opacity,
                "fill-opacity" => &mut found.fill_opacity,
                "font-size" => &mut found.font_size,
                "text-anchor" => &mut found.text_anchor,
                "dominant-baseline" => &mut found.dominant_baseline,
                "alignment-baseline" => &mut found.alignment_baseline,
                "transform" => &mut found.transform,
                _ => continue,
            };
            slot.get_or_insert(value);
        }
        found
    }
}

/// Where an inner `svg` puts what it holds.
fn window(element: &scraper::node::Element, pencil: &Pencil) -> Matrix {
    let moved = Matrix::translate(length(attribute(element, "x"), pencil), length(attribute(element, "y"), pencil));
    let size = |name: &str| {
        attribute(element, name)
            .filter(|value| !value.ends_with('%'))
            .map(|value| length(Some(value), pencil))
    };
    match (
        attribute(element, "viewbox")
            .or_else(|| attribute(element, "viewBox"))
            .map(numbers)
            .as_deref(),
        size("width"),
        size("height"),
    ) {
        (Some(&[x, y, wide, high]), Some(width), Some(height)) if wide > 0.0 && high > 0.0 => {
            let scale = (width / wide).min(height / high);
            moved.then(Matrix::scale(scale, scale)).then(Matrix::translate(-x, -y))
        }
        _ => moved,
    }
}

fn font_size(value: &str, around: f64) -> Option<f64> {
    let (number, length) = number(value.trim())?;
    Some(match &value.trim()[length..] {
        "em" => number * around,
        "rem" => number * 16.0,
        "%" => number / 100.0 * around,
        "pt" => number * 4.0 / 3.0,
        _ => number,
    })
}

/// A value without white space around it, of which most have none.
fn trimmed(value: &str) -> &str {
    let bytes = value.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(b'!'..=b'~'), Some(b'!'..=b'~')) => value,
        _ => value.trim(),
    }
}

/// A length in the units of the drawing; 0 where it is none.
fn length(value: Option<&str>, pencil: &Pencil) -> f64 {
    let Some((value, (number, end))) = value.map(trimmed).and_then(|value| Some((value, number(value)?))) else {
        return 0.0;
    };
    match &value[end..] {
        "em" => number * pencil.font_size,
        "pt" => number * 4.0 / 3.0,
        _ => number,
    }
}

/// Adds the shapes of an element; how many points they have.
fn shapes(name: &str, element: &scraper::node::Element, pencil: &Pencil, place: &std::ops::Range<usize>, found: &mut Vec<Shape>) -> usize {
    let get = |name: &str| length(attribute(element, name), pencil);
    let fill = pencil.fill.on_white(pencil.opacity * pencil.fill_opacity);
    let stroke = pencil.stroke.on_white(pencil.opacity);
    if fill.is_none() && stroke.is_none() {
        return 0;
    }
    let outlines: Vec<(Vec<Place>, Ends)> = match name {
        "rect" | "image" => {
            let (x, y, width, height) = (get("x"), get("y"), get("width"), get("height"));
            let percent = attribute(element, "width").is_some_and(|width| width.ends_with('%'))
                || attribute(element, "height").is_some_and(|height| height.ends_with('%'));
            if width < 0.0 || height < 0.0 || percent || name == "image" {
                return 0;
            }
            vec![(vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)], Ends::Closed)]
        }
        "circle" => vec![(ring((get("cx"), get("cy")), get("r"), get("r")), Ends::Closed)],
        "ellipse" => vec![(ring((get("cx"), get("cy")), get("rx"), get("ry")), Ends::Closed)],
        "line" => vec![(vec![(get("x1"), get("y1")), (get("x2"), get("y2"))], Ends::Open)],
        "polyline" | "polygon" => {
            let list = numbers(attribute(element, "points").unwrap_or_default());
            let points = list.chunks_exact(2).take(path::MOST_POINTS).map(|pair| (pair[0], pair[1])).collect();
            vec![(points, if name == "polygon" { Ends::Closed } else { Ends::Open })]
        }
        "path" => path::strokes(attribute(element, "d").unwrap_or_default())
            .into_iter()
            .map(|part| (part.points, part.ends))
            .collect(),
        _ => return 0,
    };
    let region = Region::Bytes {
        start: place.start,
        end: place.end,
    };
    let fill = if name == "line" { None } else { fill };
    let mut count = 0;
    for (points, ends) in outlines {
        count += points.len();
        let points = points.into_iter().map(|point| pencil.matrix.map(point)).collect();
        found.extend(Shape::path(points, ends, fill, stroke, region));
    }
    count.max(1)
}

fn ring(center: Place, radius_x: f64, radius_y: f64) -> Vec<Place> {
    (0..36)
        .map(|step| {
            let (sine, cosine) = (f64::from(step) * std::f64::consts::TAU / 36.0).sin_cos();
            (center.0 + radius_x * cosine, center.1 + radius_y * sine)
        })
        .collect()
}

/// All words inside a part.
fn words(page: &Page<'_>, part: usize) -> Text {
    super::gather::gather_all(page, part + 1..page.parts[part].end)
}

/// Words of a `text` that stand in one place.
struct Line {
    inline: Inline,
    pencil: Pencil,
    at: Place,
    /// Whether `x` was given for it, and the last of it where it is a list.
    given_x: Option<(f64, f64)>,
    fixed_width: Option<f64>,
}

/// Adds the labels of a `text` element: one for each `tspan` with a place of its own. Lines under each other, one anchor for all, are one label.
fn labels(page: &Page<'_>, part: usize, pencil: &Pencil, found: &mut Vec<Label>) {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<(usize, Pencil)> = Vec::new();
    let mut at = part;
    let mut pen: Place = (0.0, 0.0);
    while at < page.parts[part].end {
        while open.pop_if(|open| open.0 <= at).is_some() {}
        let around = open.last().map_or(*pencil, |open| open.1);
        match &page.parts[at].what {
            What::Element { element, declared, .. } => {
                if matches!(element.name(), "title" | "desc") {
                    at = page.parts[at].end;
                    continue;
                }
                let own = if at == part {
                    *pencil
                } else {
                    around.inside(element, declared, Nesting::Inner)
                };
                let list = |name: &str| attribute(element, name).map(|value| (length(Some(value), &own), numbers(value)));
                let (x, y) = (list("x"), list("y"));
                let (dx, dy) = (length(attribute(element, "dx"), &own), length(attribute(element, "dy"), &own));
                if at == part || x.is_some() || y.is_some() || dy.abs() > 0.6 * own.font_size {
                    pen = (x.as_ref().map_or(pen.0, |x| x.0) + dx, y.as_ref().map_or(pen.1, |y| y.0) + dy);
                    lines.push(Line {
                        inline: Inline::default(),
                        pencil: own,
                        at: pen,
                        given_x: x.map(|(first, all)| (first, all.last().copied().unwrap_or(first))),
                        fixed_width: attribute(element, "textlength")
                            .or_else(|| attribute(element, "textLength"))
                            .map(|value| length(Some(value), &own)),
                    });
                }
                open.push((page.parts[at].end, own));
            }
            What::Text(segments) => {
                if let Some(line) = lines.last_mut() {
                    line.inline.push(page.source, segments, page.parts[at].bold, page.parts[at].white_space);
                }
            }
        }
        at += 1;
    }
    let start = found.len();
    // The anchor's x and the baseline of the last line, to see whether the next one goes on under it.
    let mut last: Option<(f64, f64)> = None;
    for line in lines {
        let Line {
            inline,
            pencil,
            at,
            given_x,
            fixed_width,
        } = line;
        let text = inline.finish();
        if text.string.is_empty() {
            continue;
        }
        let spread = given_x
            .map(|(first, last)| last - first)
            .filter(|spread| *spread > 0.0)
            .map(|spread| spread + 0.6 * pencil.font_size);
        let Some(label) = label(&pencil, text, at, fixed_width.or(spread)) else {
            continue;
        };
        // Letters drawn twice for the sake of their outline are one label.
        let plain = |text: &Text| text.string.replace('\u{200b}', "");
        let twice = found[start..].last().is_some_and(|before| {
            let (one, other) = (before.bbox, label.bbox);
            (one.x0 - other.x0).abs() < 1.0 && (one.top - other.top).abs() < 1.0 && plain(&before.text) == plain(&label.text)
        });
        if twice {
            continue;
        }
        let below = last.is_some_and(|(x, y)| (x - at.0).abs() < 0.5 && (0.5..2.5).contains(&((at.1 - y) / pencil.font_size)));
        last = Some(at);
        match found[start..].last_mut() {
            Some(above) if below && above.size.to_bits() == label.size.to_bits() => {
                above.text.append(&label.text, " ");
                above.bbox = above.bbox.union(label.bbox);
            }
            _ => found.push(label),
        }
    }
}

/// A label whose anchor stands at a point.
fn label(pencil: &Pencil, text: Text, at: Place, width: Option<f64>) -> Option<Label> {
    let size = pencil.font_size;
    let width = width.unwrap_or_else(|| letters_width(&text.string) * size);
    let left = match pencil.anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - width / 2.0,
        Anchor::End => at.0 - width,
    };
    let base = match pencil.baseline {
        Baseline::Letters => at.1,
        Baseline::Middle => at.1 + 0.35 * size,
        Baseline::Top => at.1 + 0.75 * size,
    };
    let (top, bottom) = (base - 0.74 * size, base + 0.2 * size);
    let corners = [(left, top), (left + width, top), (left + width, bottom), (left, bottom)].map(|corner| pencil.matrix.map(corner));
    let start = BBox {
        x0: corners[0].0,
        top: corners[0].1,
        x1: corners[0].0,
        bottom: corners[0].1,
    };
    let bbox = corners.iter().fold(start, |bbox, corner| {
        bbox.union(BBox {
            x0: corner.0,
            top: corner.1,
            x1: corner.0,
            bottom: corner.1,
        })
    });
    let finite = [bbox.x0, bbox.top, bbox.x1, bbox.bottom].iter().all(|side| side.is_finite());
    (finite && !text.string.is_empty()).then(|| Label {
        text,
        bbox,
        angle: pencil.matrix.angle(),
        size: size * pencil.matrix.growth(),
        colour: pencil.fill.on_white(pencil.opacity * pencil.fill_opacity),
    })
}

/// The width of words in ems.
fn letters_width(words: &str) -> f64 {
    let width = |character: char| match character {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | ' ' | '(' | ')' => 0.3,
        'm' | 'w' | 'M' | 'W' | '%' => 0.85,
        'A'..='Z' => 0.67,
        '0'..='9' => 0.556,
        _ => LETTER_WIDTH,
    };
    words.chars().map(width).sum()
}
