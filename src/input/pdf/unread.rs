//! Pictures on the pages of a PDF that look as charts, maps and tables do: a document as read in, the regions of what nobody read out.
//!
//! A chart is drawn in few, flat colours on one ground; a photograph in many that change from dot to dot. Logos and ornaments are small,
//! long and thin, or stand in the same place on several pages. What is told is a suspicion, for people to look at.

use std::collections::BTreeMap;

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, BezPath, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache, InterpreterSettings, LumaData,
    SoftMask, interpret_page,
};

use super::{bulk, guard, size, unit};
use crate::input::Limits;
use crate::layout::{BBox, ChartKind, Document, Item, Page, Region};

/// A picture that takes less of its page, or less of its width or height, is a logo or an ornament.
const LEAST: (f64, f64, f64) = (0.035, 0.18, 0.06);
/// One that takes more is the paper the page is printed on.
const MOST: f64 = 0.85;
/// Pictures looked at in one document.
const MOST_PICTURES: usize = 400;
/// Dots looked at along either side of a picture.
const DOTS: usize = 160;

/// The pictures that may hold figures, in the order of their pages.
pub(crate) fn pictures_with_figures(bytes: &[u8], limits: &Limits, document: &Document) -> Vec<Region> {
    let candidates = candidates(document);
    if candidates.is_empty() || bytes.len() as u64 > limits.bytes {
        return Vec::new();
    }
    let Ok(Ok(pdf)) = guard::guarded(|| Pdf::new(bytes.to_vec())) else {
        return Vec::new();
    };
    if guard::guarded(|| bulk::is_too_large(&pdf)).unwrap_or(true) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (number, boxes) in candidates {
        let Some(page) = (number as usize).checked_sub(1).and_then(|index| pdf.pages().get(index)) else {
            continue;
        };
        if bulk::is_too_much(&pdf, page) {
            continue;
        }
        let looked = guard::guarded(|| look_at(&pdf, page, boxes));
        let boxes = looked.unwrap_or_default();
        found.extend(boxes.into_iter().map(|bbox| Region::Box { page: number, bbox }));
    }
    found
}

/// Pictures of a size and in a place that a chart may have, by page.
fn candidates(document: &Document) -> BTreeMap<u32, Vec<BBox>> {
    let mut candidates: BTreeMap<u32, Vec<BBox>> = BTreeMap::new();
    for page in &document.pages {
        for bbox in page.pictures.iter().filter_map(|picture| picture.bbox()).take(MOST_PICTURES) {
            if may_be_chart(bbox, page) && !is_letterhead(bbox, page, document) && !is_ground(bbox, page) && !is_read(bbox, page) {
                candidates.entry(page.number).or_default().push(bbox);
            }
        }
    }
    candidates
}

fn may_be_chart(bbox: BBox, page: &Page) -> bool {
    let (width, height) = (bbox.width() / page.width.max(1.0), bbox.height() / page.height.max(1.0));
    // A picture of the whole page is a scan, if no word stands on it.
    let most = if page.words.is_empty() { f64::INFINITY } else { MOST };
    (LEAST.0..most).contains(&(width * height)) && width > LEAST.1 && height > LEAST.2
}

/// Whether sentences stand on a picture: then it is their ground.
fn is_ground(bbox: BBox, page: &Page) -> bool {
    page.items.iter().any(|item| match item {
        Item::Block(block) => block.text.string.split_whitespace().count() >= SENTENCE && block.region.bbox().is_some_and(|words| bbox.holds(words)),
        Item::Table(table) => table.region.bbox().is_some_and(|cells| bbox.holds(cells)),
        Item::Chart(_) => false,
    })
}

/// Words that make a sentence; the title of a chart has fewer.
const SENTENCE: usize = 16;

/// Whether a picture is the map under values that were read.
fn is_read(bbox: BBox, page: &Page) -> bool {
    let maps = page.items.iter().filter_map(|item| match item {
        Item::Chart(chart) if chart.kind == ChartKind::Map => Some(chart),
        _ => None,
    });
    let points = maps.flat_map(|map| &map.series).flat_map(|series| &series.points);
    points.filter_map(|point| point.region.bbox()).any(|point| bbox.holds(point))
}

/// Whether a picture stands in the margin, or at the edge of the paper and another page has one in the same place.
fn is_letterhead(bbox: BBox, page: &Page, document: &Document) -> bool {
    let same = |other: BBox| {
        let near = |one: f64, other: f64| (one - other).abs() < 2.0;
        near(bbox.x0, other.x0) && near(bbox.top, other.top) && near(bbox.x1, other.x1) && near(bbox.bottom, other.bottom)
    };
    // Reports put their charts in the same place page after page, too, but not at the edge of the paper.
    let at_edge = bbox.bottom < 0.18 * page.height || bbox.top > 0.82 * page.height;
    let others = document.pages.iter().filter(|other| other.number != page.number);
    let in_margin = bbox.bottom < 0.12 * page.height || bbox.top > 0.9 * page.height;
    in_margin || at_edge && others.flat_map(|other| &other.pictures).filter_map(|picture| picture.bbox()).any(same)
}

fn look_at(pdf: &Pdf, page: &PdfPage<'_>, boxes: Vec<BBox>) -> Vec<BBox> {
    let cache = InterpreterCache::new();
    let (width, height) = size(page);
    let frame = Rect::new(0.0, 0.0, width, height);
    let transform = Affine::scale(unit(page)) * Affine::new(page.initial_transform(true).as_coeffs());
    let mut context = Context::new(transform, frame, &cache, pdf.xref(), InterpreterSettings::default());
    let mut looker = Looker { boxes, found: Vec::new() };
    interpret_page(page, &mut context, &mut looker);
    looker.found
}

/// Looks at the pictures that fill one of some boxes.
struct Looker {
    boxes: Vec<BBox>,
    found: Vec<BBox>,
}

impl<'a> Device<'a> for Looker {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let Image::Raster(raster) = &image else { return };
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let bbox = (props.transform * Rect::new(0.0, 0.0, width, height).to_path(0.1)).bounding_box();
        let near = |one: f64, other: f64| one - other < 1.0;
        let fills = |seen: &BBox| near(bbox.x0, seen.x0) && near(bbox.y0, seen.top) && near(seen.x1, bbox.x1) && near(seen.bottom, bbox.y1);
        let Some(at) = self.boxes.iter().position(fills) else { return };
        let mut is_drawing = false;
        let hint = Some((2 * DOTS as u32, 2 * DOTS as u32));
        raster.with_rgba(
            |image, alpha| is_drawing = dots(&image, alpha.as_ref()).is_some_and(|dots| is_drawn(&dots)),
            hint,
        );
        if is_drawing {
            self.found.push(self.boxes.remove(at));
        }
    }
}

/// Rows of dots of a picture, in 16 shades of red, green and blue, on white where it is transparent.
fn dots(image: &ImageData, alpha: Option<&LumaData>) -> Option<Vec<Vec<u16>>> {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let (across, down) = (width.min(DOTS), height.min(DOTS));
    if across < 16 || down < 16 {
        return None;
    }
    let alpha = alpha.filter(|alpha| alpha.width as usize == width && alpha.height as usize == height);
    let dot = |x: usize, y: usize| {
        let at = y * width + x;
        let [red, green, blue] = match image {
            ImageData::Rgb(rgb) => rgb.data.get(3 * at..3 * at + 3)?.try_into().ok()?,
            ImageData::Luma(luma) => [*luma.data.get(at)?; 3],
        };
        let seen = alpha.and_then(|alpha| alpha.data.get(at)).is_none_or(|alpha| *alpha > 40);
        let shade = |part: u8| u16::from(if seen { part } else { 255 }) >> 4;
        Some(shade(red) << 8 | shade(green) << 4 | shade(blue))
    };
    (0..down)
        .map(|row| (0..across).map(|column| dot(column * width / across, row * height / down)).collect())
        .collect()
}

/// Whether dots are those of a drawing: a ground, few colours, and neighbours alike, but not one colour only.
fn is_drawn(dots: &[Vec<u16>]) -> bool {
    let all: f64 = dots.iter().map(Vec::len).sum::<usize>() as f64;
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for dot in dots.iter().flatten() {
        *counts.entry(*dot).or_default() += 1;
    }
    let mut shares: Vec<f64> = counts.values().map(|count| *count as f64 / all).collect();
    shares.sort_by(|one, other| other.total_cmp(one));
    let ground = shares.first().copied().unwrap_or(1.0);
    let few: f64 = shares.iter().take(8).sum();
    let pairs = dots.iter().flat_map(|row| row.windows(2));
    let alike = pairs.filter(|pair| pair[0] == pair[1]).count() as f64 / all;
    (0.2..0.985).contains(&ground) && few > 0.6 && alike > 0.55
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(colour: impl Fn(usize, usize) -> u16) -> Vec<Vec<u16>> {
        (0..100).map(|y| (0..100).map(|x| colour(x, y)).collect()).collect()
    }

    #[test]
    fn bars_on_a_ground_are_a_drawing() {
        assert!(is_drawn(&picture(|x, y| if x % 20 < 10 && y > x { 0x26c } else { 0xfff })));
    }

    #[test]
    fn a_photograph_and_a_plain_ground_are_none() {
        let noise = |x: usize, y: usize| (x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 7) as u16 & 0xfff;
        assert!(!is_drawn(&picture(noise)));
        assert!(!is_drawn(&picture(|_, _| 0x26c)));
        assert!(!is_drawn(&picture(|x, y| ((x + y) * 16 / 200) as u16 * 0x111)));
    }
}
