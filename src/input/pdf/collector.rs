//! Takes what the engine draws on one page and keeps it as glyphs, shapes and pictures in points, y down.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::time::Instant;

use hayro_interpret::font::{Glyph as EngineGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{self, Dict};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use super::guard;
use super::paint::{Covers, Look, look};
use super::visible::{Background, Cover, hide};
use super::weight::Weights;
use crate::layout::chart::{Colour, Ends, Place, Shape};
use crate::layout::{BBox, Characters, Drawing, Glyph, Region};

/// Shapes kept of a page; maps and drawings of trees have more, charts and tables do not.
const MOST_SHAPES: usize = 40_000;
/// Points kept of one outline: enough for a disc drawn in many small curves.
const MOST_POINTS: usize = 1_500;
/// How far a flattened curve may stray, in points.
const FLATNESS: f64 = 0.1;
/// Strokes at least this wide, in points, may be bars.
const WIDE_STROKE: f64 = 4.0;
/// Glyphs that one `ActualText` may stand for; a longer one would lose the places.
const MOST_REPLACED: usize = 6;

/// When to give up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    /// Moment at which the document has had its time.
    pub(super) at: Instant,
    /// Glyphs that may still be drawn.
    pub(super) glyphs: usize,
}

/// The device that the engine draws on.
pub(super) struct Collector {
    drawing: Drawing,
    deadline: Deadline,
    calls: u32,
    /// Number of the drawing operation, which tells what lies above what.
    order: u32,
    orders: Vec<u32>,
    clips: Vec<BBox>,
    opacities: Vec<f32>,
    covers: Vec<Cover>,
    marked: Vec<Marked>,
    /// Where glyphs were drawn, so that one drawn twice for weight or shadow counts once.
    seen: HashMap<u64, u32, BuildHasherDefault<Spread>>,
    weights: Weights,
    unseen_words: u32,
    in_unseen_word: bool,
}

/// Takes a key that is already spread as its own hash.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key ^ key >> 29;
    }
}

/// A marked piece of content that is still open.
struct Marked {
    actual_text: Option<String>,
    first_glyph: usize,
}

impl Collector {
    /// A page of a size in points.
    pub(super) fn new(page: u32, (width, height): (f64, f64), deadline: Deadline) -> Self {
        let frame = BBox {
            x0: 0.0,
            top: 0.0,
            x1: width,
            bottom: height,
        };
        Self {
            drawing: Drawing {
                page,
                width,
                height,
                ..Drawing::default()
            },
            deadline,
            calls: 0,
            order: 0,
            orders: Vec::new(),
            clips: vec![frame],
            opacities: vec![1.0],
            covers: Vec::new(),
            marked: Vec::new(),
            seen: HashMap::default(),
            weights: Weights::default(),
            unseen_words: 0,
            in_unseen_word: false,
        }
    }

    /// What a person sees of the page.
    pub(super) fn finish(mut self) -> Drawing {
        self.end_unseen_word();
        let background = Background {
            covers: &self.covers,
            orders: &self.orders,
        };
        self.drawing.hidden_words = self.unseen_words + hide(&mut self.drawing.glyphs, &background);
        self.drawing
    }

    fn clip(&self) -> BBox {
        self.clips.last().copied().unwrap_or_default()
    }

    fn opacity(&self) -> f32 {
        self.opacities.last().copied().unwrap_or(1.0)
    }

    fn tick(&mut self) {
        self.order = self.order.saturating_add(1);
        self.calls = self.calls.wrapping_add(1);
        if self.calls.is_multiple_of(128) && Instant::now() > self.deadline.at {
            guard::stop("reading it takes too long");
        }
    }

    fn push_clip(&mut self, bbox: BBox) {
        let clip = intersection(self.clip(), bbox);
        self.clips.push(clip);
    }

    fn unseen(&mut self, glyph: &Glyph) {
        if matches!(glyph.characters, Characters::One(character) if character.is_whitespace()) {
            self.end_unseen_word();
        } else {
            self.in_unseen_word = true;
        }
    }

    fn end_unseen_word(&mut self) {
        self.unseen_words += u32::from(self.in_unseen_word);
        self.in_unseen_word = false;
    }

    /// Whether the same character was drawn at almost the same spot by an earlier operation.
    fn is_repeated(&mut self, glyph: &Glyph) -> bool {
        let step = (glyph.size * 0.12).max(0.05);
        // Sizes a little apart count as two; a shadow has the size of its letter.
        let size = (glyph.size * 8.0).round() as u32;
        let character = match &glyph.characters {
            Characters::One(character) => u32::from(*character),
            Characters::Several(string) => string
                .bytes()
                .fold(0x11_0000, |sum: u32, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))),
            Characters::Unknown => 0x10_ffff,
        };
        let key = |x: i32, y: i32| {
            let place = u64::from(x as u32) << 32 | u64::from(y as u32);
            place.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (u64::from(character) << 32 | u64::from(size)).wrapping_mul(0xc2b2_ae3d_27d4_eb4f)
        };
        let (x, y) = ((glyph.origin.0 / step).round() as i32, (glyph.origin.1 / step).round() as i32);
        let repeated = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)]
            .iter()
            .any(|(dx, dy)| self.seen.get(&key(x + dx, y + dy)).is_some_and(|order| *order != self.order));
        if !repeated {
            self.seen.insert(key(x, y), self.order);
        }
        repeated
    }

    fn shape(&mut self, path: &BezPath, transform: Affine, fill: Option<Look>, stroke: Option<(Look, f64)>) {
        if self.drawing.shapes.len() >= MOST_SHAPES {
            return;
        }
        let outlines = subpaths(path, transform);
        let hollow = if fill.is_some() { hollow(&outlines) } else { Vec::new() };
        for (index, (points, ends)) in outlines.into_iter().enumerate() {
            match fill {
                // A frame drawn as a fill with a hole: what is seen is its edge.
                Some(look) if hollow.get(index) == Some(&true) => self.outline(points, ends, None, Some((look, 1.0))),
                _ => self.outline(points, ends, fill, stroke),
            }
        }
    }

    fn outline(&mut self, points: Vec<Place>, ends: Ends, fill: Option<Look>, stroke: Option<(Look, f64)>) {
        let Some(around) = around(&points) else { return };
        let clip = self.clip();
        let wide = stroke.filter(|(_, width)| *width >= WIDE_STROKE && points.len() == 2);
        let around = match wide {
            Some((_, width)) => thickened(&points, around, width),
            None => around,
        };
        let seen = intersection(clip, around);
        if seen.x1 < seen.x0 || seen.bottom < seen.top {
            return;
        }
        let fill_look = fill.or(wide.map(|(look, _)| look));
        if let Some(look) = fill_look {
            // Of a shape that leaves much of its box free, nobody knows what lies under a letter in that box.
            let whole = wide.is_some() || area(&points).abs() >= 0.7 * around.width() * around.height();
            self.cover(seen, if whole { look } else { Look::Pattern });
        }
        let colour = |look: Look| match look {
            Look::Unseen => None,
            Look::Plain { colour, .. } => Some(colour),
            Look::Pattern => Some(PATTERN),
        };
        let fill = fill_look.and_then(colour);
        let stroke = if wide.is_some() {
            None
        } else {
            stroke.and_then(|(look, _)| colour(look))
        };
        if fill.is_none() && stroke.is_none() || points.len() > MOST_POINTS || self.drawing.shapes.len() >= MOST_SHAPES {
            return;
        }
        let region = Region::Box {
            page: self.drawing.page,
            bbox: seen,
        };
        let shape = if wide.is_some() {
            Some(Shape::rect(seen, fill, stroke, region))
        } else {
            Shape::path(points, ends, fill, stroke, region).map(|shape| match shape.outline {
                crate::layout::chart::Outline::Rect => Shape { bbox: seen, ..shape },
                _ => shape,
            })
        };
        let Some(shape) = shape else { return };
        if let Some(last) = self.drawing.shapes.last_mut()
            && last.bbox == shape.bbox
            && shape.fill.is_none()
            && last.stroke.is_none()
            && last.outline == shape.outline
        {
            last.stroke = shape.stroke;
            return;
        }
        self.drawing.shapes.push(shape);
    }

    fn cover(&mut self, bbox: BBox, look: Look) {
        let (colour, covers) = match look {
            Look::Unseen => return,
            Look::Plain { colour, covers } => (Some(colour), covers),
            Look::Pattern => (None, Covers::Partly),
        };
        self.covers.push(Cover {
            bbox,
            order: self.order,
            colour,
            covers,
        });
    }

    fn replace_by_actual_text(&mut self, marked: &Marked) {
        let Some(text) = &marked.actual_text else { return };
        let glyphs = &mut self.drawing.glyphs;
        let count = glyphs.len().saturating_sub(marked.first_glyph);
        if count == 0 || count > MOST_REPLACED {
            return;
        }
        let characters: Vec<char> = text.chars().collect();
        let run = &mut glyphs[marked.first_glyph..];
        if characters.len() == count {
            for (glyph, character) in run.iter_mut().zip(characters) {
                glyph.characters = Characters::One(character);
            }
            return;
        }
        let first = &mut run[0];
        first.characters = match characters.as_slice() {
            [] => Characters::One('\u{ad}'),
            [one] => Characters::One(*one),
            _ => Characters::Several(text.as_str().into()),
        };
        let (bbox, end) = run
            .iter()
            .fold((run[0].bbox, run[0].end), |(bbox, _), glyph| (bbox.union(glyph.bbox), glyph.end));
        run[0].bbox = bbox;
        run[0].end = end;
        glyphs.truncate(marked.first_glyph + 1);
        self.orders.truncate(marked.first_glyph + 1);
    }
}

/// Stands for gradients and hatchings among colours.
const PATTERN: Colour = [127, 127, 129];

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.tick();
        let look = look(&props.paint, self.opacity());
        let scale = props.transform.determinant().abs().sqrt();
        match mode {
            DrawMode::Fill(_) => self.shape(path, props.transform, Some(look), None),
            DrawMode::Stroke(stroke) => self.shape(path, props.transform, None, Some((look, f64::from(stroke.line_width) * scale))),
            DrawMode::FillAndStroke(_, stroke) => {
                self.shape(path, props.transform, Some(look), Some((look, f64::from(stroke.line_width) * scale)));
            }
            DrawMode::Invisible => {}
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let bbox = clip.path.bounding_box();
        self.push_clip(bbox_of(bbox));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.push_clip(bbox_of(*rect));
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        let opacity = self.opacity() * opacity;
        self.opacities.push(opacity);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.tick();
        if self.drawing.glyph_count as usize > self.deadline.glyphs {
            guard::stop("its pages draw too many characters");
        }
        let look = look(&props.paint, self.opacity());
        let (colour, invisible) = match (look, mode) {
            (Look::Unseen, _) | (_, DrawMode::Invisible) => (None, true),
            (Look::Plain { colour, .. }, _) => (Some(colour), false),
            (Look::Pattern, _) => (None, false),
        };
        let glyphs = run.glyphs();
        let bold = self.weights.is_bold(run);
        let widths = Widths::of(run, props.transform);
        for (index, positioned) in glyphs.iter().enumerate() {
            let transform = props.transform * positioned.transform();
            let Some(glyph) = widths.place(index, positioned, transform) else {
                continue;
            };
            let glyph = Glyph {
                bold,
                colour,
                run: self.order,
                ..glyph
            };
            self.drawing.glyph_count = self.drawing.glyph_count.saturating_add(1);
            if glyph.characters == Characters::Unknown {
                self.drawing.unmapped_glyphs = self.drawing.unmapped_glyphs.saturating_add(1);
            }
            let middle = BBox {
                x0: f64::midpoint(glyph.bbox.x0, glyph.bbox.x1),
                top: f64::midpoint(glyph.bbox.top, glyph.bbox.bottom),
                ..glyph.bbox
            };
            let clip = self.clip();
            let outside = middle.x0 < clip.x0 - 0.5 || middle.x0 > clip.x1 + 0.5 || middle.top < clip.top - 0.5 || middle.top > clip.bottom + 0.5;
            if invisible || outside {
                self.unseen(&glyph);
                continue;
            }
            self.end_unseen_word();
            if self.is_repeated(&glyph) {
                continue;
            }
            self.drawing.glyphs.push(glyph);
            self.orders.push(self.order);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.tick();
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let bbox = bbox_of((props.transform * Rect::new(0.0, 0.0, width, height).to_path(0.1)).bounding_box());
        let seen = intersection(self.clip(), bbox);
        if self.opacity() < 0.06 || !(seen.width() > 0.0 && seen.height() > 0.0) {
            return;
        }
        let covers = match &image {
            Image::Raster(raster) => {
                let dict = raster.stream().dict();
                let through = [b"SMask".as_slice(), b"Mask".as_slice()].into_iter().any(|key| dict.contains_key(key));
                if through || props.soft_mask.is_some() || self.opacity() < 0.97 || props.blend_mode != BlendMode::Normal {
                    Covers::Partly
                } else {
                    Covers::Wholly
                }
            }
            Image::Stencil(_) => Covers::Partly,
        };
        self.covers.push(Cover {
            bbox: seen,
            order: self.order,
            colour: None,
            covers,
        });
        if seen.width() >= 8.0 && seen.height() >= 8.0 {
            self.drawing.pictures.push(seen);
        }
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {
        if self.opacities.len() > 1 {
            self.opacities.pop();
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|properties| properties.get::<object::String<'_>>(b"ActualText".as_slice()));
        self.marked.push(Marked {
            actual_text: text.map(|text| decoded(text.as_bytes())),
            first_glyph: self.drawing.glyphs.len(),
        });
    }

    fn end_marked_content(&mut self) {
        if let Some(marked) = self.marked.pop() {
            self.replace_by_actual_text(&marked);
        }
    }
}

/// How wide the glyphs of a run are: fonts that are not embedded come stretched to their substitutes.
struct Widths {
    /// From the font's thousandths to points along the line.
    along: f64,
    origins: Vec<Place>,
}

impl Widths {
    fn of(run: &GlyphRun<'_, '_>, transform: Affine) -> Self {
        let glyphs = run.glyphs();
        let origins: Vec<Place> = glyphs
            .iter()
            .map(|glyph| {
                let [.., x, y] = (transform * glyph.transform()).as_coeffs();
                (x, y)
            })
            .collect();
        let Some(first) = glyphs.first() else {
            return Self { along: 0.0, origins };
        };
        let [a, b, c, d, ..] = (transform * first.transform()).as_coeffs();
        let (stretched, plain) = (a.hypot(b), c.hypot(d));
        let mut misses = (0.0, 0.0);
        for (index, pair) in origins.windows(2).enumerate() {
            let step = (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
            let Some(advance) = advance_of(&glyphs[index]) else { continue };
            misses.0 += (step - advance * stretched).abs();
            misses.1 += (step - advance * plain).abs();
        }
        let near = (stretched / plain - 1.0).abs() < 0.35;
        Self {
            along: if near && misses.1 <= misses.0 { plain } else { stretched },
            origins,
        }
    }

    /// A glyph with its place; none where its place is no number.
    fn place(&self, index: usize, glyph: &EngineGlyph<'_>, transform: Affine) -> Option<Glyph> {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let origin = self.origins[index];
        let (wide, tall) = (a.hypot(b), c.hypot(d));
        if !(wide.is_finite() && tall.is_finite() && origin.0.is_finite() && origin.1.is_finite()) || wide <= 0.0 || tall <= 0.0 {
            return None;
        }
        if origin.0.abs() > 1e6 || origin.1.abs() > 1e6 || tall > 100.0 {
            return None;
        }
        let direction = (a / wide, b / wide);
        let mut size = tall * 1000.0;
        let step = self
            .origins
            .get(index + 1)
            .map(|next| (next.0 - origin.0) * direction.0 + (next.1 - origin.1) * direction.1)
            .filter(|step| *step > 0.0);
        let mut advance = advance_of(glyph).map_or_else(|| step.unwrap_or(size * 0.5), |advance| advance * self.along);
        if matches!(glyph, EngineGlyph::Type3(_)) {
            // The matrix of a Type 3 font is not told: sizes and widths can be far off.
            if let Some(step) = step
                && !(0.15..1.6).contains(&(step / size))
            {
                size = step * 2.0;
            }
            if !(0.05..1.6).contains(&(advance / size)) {
                advance = step.unwrap_or(size * 0.5);
            }
        }
        // A slanted glyph still stands on its line: take the height across the line, not along the slant.
        let end = (origin.0 + direction.0 * advance, origin.1 + direction.1 * advance);
        let up = if a * d - b * c <= 0.0 {
            (direction.1, -direction.0)
        } else {
            (-direction.1, direction.0)
        };
        let corner = |from: Place, height: f64| (from.0 + up.0 * height * size, from.1 + up.1 * height * size);
        let bbox = around(&[corner(origin, 0.79), corner(end, 0.79), corner(origin, -0.21), corner(end, -0.21)])?;
        Some(Glyph {
            characters: characters(glyph.as_unicode()),
            origin,
            end,
            size,
            bbox,
            turn: direction.1.atan2(direction.0).to_degrees().round() as i16,
            bold: false,
            colour: None,
            run: 0,
        })
    }
}

fn advance_of(glyph: &EngineGlyph<'_>) -> Option<f64> {
    match glyph {
        EngineGlyph::Outline(outline) => outline.advance_width(),
        EngineGlyph::Type3(drawn) => drawn.advance_width(),
    }
    .map(f64::from)
    .filter(|advance| advance.is_finite())
}

fn characters(unicode: Option<BfString>) -> Characters {
    match unicode {
        None => Characters::Unknown,
        Some(BfString::Char(character)) => Characters::of(character),
        Some(BfString::String(string)) => Characters::of_string(&string),
    }
}

/// A PDF text string: UTF-16 with a mark, UTF-8 with a mark, or one byte a character.
fn decoded(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    } else if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        String::from_utf8_lossy(rest).into_owned()
    } else {
        bytes.iter().map(|byte| char::from(*byte)).collect()
    }
}

/// The outlines of a path, split at each move-to, curves flattened, in points of the page.
fn subpaths(path: &BezPath, transform: Affine) -> Vec<(Vec<Place>, Ends)> {
    let mut outlines = Vec::new();
    let mut points: Vec<Place> = Vec::new();
    let mut flatten = |element: PathEl| {
        let place = |point: Point| {
            let point = transform * point;
            (point.x, point.y)
        };
        match element {
            PathEl::MoveTo(point) => {
                if points.len() > 1 {
                    outlines.push((std::mem::take(&mut points), Ends::Open));
                }
                points.clear();
                points.push(place(point));
            }
            PathEl::LineTo(point) => points.push(place(point)),
            PathEl::ClosePath => {
                if points.len() > 1 {
                    let first = points[0];
                    outlines.push((std::mem::take(&mut points), Ends::Closed));
                    points.push(first);
                }
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        }
    };
    let scale = transform.determinant().abs().sqrt().max(1e-6);
    hayro_interpret::kurbo::flatten(path.elements().iter().copied(), FLATNESS / scale, &mut flatten);
    if points.len() > 1 {
        outlines.push((points, Ends::Open));
    }
    outlines
}

/// Which outlines of one fill hold another, or lie in another: the edges of something with a hole.
fn hollow(outlines: &[(Vec<Place>, Ends)]) -> Vec<bool> {
    if !(2..=400).contains(&outlines.len()) {
        return vec![false; outlines.len()];
    }
    let boxes: Vec<Option<BBox>> = outlines.iter().map(|(points, _)| around(points)).collect();
    let mut hollow = vec![false; outlines.len()];
    for (index, one) in boxes.iter().enumerate() {
        for (other_index, other) in boxes.iter().enumerate() {
            if let (Some(one), Some(other)) = (one, other)
                && index != other_index
                && one.x0 <= other.x0
                && one.x1 >= other.x1
                && one.top <= other.top
                && one.bottom >= other.bottom
                && other.width() * other.height() > 0.2 * one.width() * one.height()
                && one != other
            {
                hollow[index] = true;
                hollow[other_index] = true;
            }
        }
    }
    hollow
}

/// The signed area of an outline, by the shoelace formula.
fn area(points: &[Place]) -> f64 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(one, other)| one.0 * other.1 - other.0 * one.1).sum::<f64>() / 2.0
}

fn around(points: &[Place]) -> Option<BBox> {
    let first = points.first()?;
    let start = BBox {
        x0: first.0,
        top: first.1,
        x1: first.0,
        bottom: first.1,
    };
    let bbox = points.iter().fold(start, |bbox, point| BBox {
        x0: bbox.x0.min(point.0),
        top: bbox.top.min(point.1),
        x1: bbox.x1.max(point.0),
        bottom: bbox.bottom.max(point.1),
    });
    (bbox.width().is_finite() && bbox.height().is_finite()).then_some(bbox)
}

/// The box of a wide upright or level stroke.
fn thickened(points: &[Place], around: BBox, width: f64) -> BBox {
    let half = width / 2.0;
    let level = (points[0].1 - points[1].1).abs() <= (points[0].0 - points[1].0).abs();
    if level {
        BBox {
            top: around.top - half,
            bottom: around.bottom + half,
            ..around
        }
    } else {
        BBox {
            x0: around.x0 - half,
            x1: around.x1 + half,
            ..around
        }
    }
}

fn bbox_of(rect: Rect) -> BBox {
    BBox {
        x0: rect.x0,
        top: rect.y0,
        x1: rect.x1,
        bottom: rect.y1,
    }
}

fn intersection(one: BBox, other: BBox) -> BBox {
    BBox {
        x0: one.x0.max(other.x0),
        top: one.top.max(other.top),
        x1: one.x1.min(other.x1),
        bottom: one.bottom.min(other.bottom),
    }
}
