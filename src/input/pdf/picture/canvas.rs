//! One page to pixels, and pixels to a PNG.

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Level, Pixmap, RasterizerSettings, RenderContext, RenderSettings as CanvasSettings, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::Affine;

use crate::input::pdf::{size, unit};

/// Pixels an inch. Eight point print is read with ease at it.
const RESOLUTION: f64 = 108.0;
/// Points an inch.
const POINTS: f64 = 72.0;
/// Pixels of one picture; larger paper is drawn smaller.
const MOST_PIXELS: f64 = 4_000_000.0;
/// Pixels along one side.
const LONGEST_SIDE: f64 = 6_000.0;
/// Bits dropped of each of a colour's three bytes. The eye misses none, and pictures need half the room.
const DROPPED: u8 = 3;
/// Colours that are left.
const COLOURS: usize = 1 << 15;

/// Pixels that a page is drawn on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Size {
    pub(super) columns: u16,
    pub(super) rows: u16,
}

impl Size {
    /// Those of a page alone.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let (width, height) = points(page);
        let scale = (RESOLUTION / POINTS)
            .min((MOST_PIXELS / (width * height)).sqrt())
            .min(LONGEST_SIDE / width.max(height));
        let pixels = |points: f64| (points * scale).round().clamp(1.0, LONGEST_SIDE) as u16;
        Self {
            columns: pixels(width),
            rows: pixels(height),
        }
    }

    /// Pixels a point of the page that has this size, across and down.
    pub(super) fn scale(self, page: &Page<'_>) -> (f64, f64) {
        let (width, height) = points(page);
        (f64::from(self.columns) / width, f64::from(self.rows) / height)
    }
}

fn points(page: &Page<'_>) -> (f64, f64) {
    let (width, height) = size(page);
    (width.max(1.0), height.max(1.0))
}

/// A page alone.
pub(super) fn draw<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>) -> Pixmap {
    let size = Size::of(page);
    let mut canvas = Canvas::new(size);
    canvas.draw(page, cache, size);
    canvas.finish()
}

/// White paper that pages are drawn on, one over the other, from its upper left corner.
pub(super) struct Canvas(RenderContext);

impl Canvas {
    pub(super) fn new(size: Size) -> Self {
        // The same instructions on every machine, so that it draws the same pixels.
        let settings = CanvasSettings {
            level: Level::baseline(),
            num_threads: 0,
        };
        Self(RenderContext::new_with(size.columns, size.rows, settings))
    }

    /// Draws a page, filling so much of the paper.
    pub(super) fn draw<'a>(&mut self, page: &'a Page<'a>, cache: &RenderCache<'a>, size: Size) {
        let (across, down) = size.scale(page);
        let transform = Affine::scale_non_uniform(across, down) * Affine::scale(unit(page)) * Affine::new(page.initial_transform(true).as_coeffs());
        let engine = InterpreterSettings::default();
        render_into(page, cache, &engine, &RenderSettings::default(), &mut self.0, transform);
    }

    pub(super) fn finish(mut self) -> Pixmap {
        self.0.flush();
        let mut pixmap = Pixmap::new(self.0.width(), self.0.height());
        let paper = RasterizerSettings {
            target_init: TargetInit::Clear(WHITE),
            ..RasterizerSettings::default()
        };
        self.0.render_with(&mut pixmap, &mut Resources::default(), paper);
        pixmap
    }
}

/// Packs a picture: by a palette where few colours are left, which most pages have.
pub(super) fn png_of(pixmap: &Pixmap) -> Option<Vec<u8>> {
    let pixels: Vec<u16> = pixmap
        .data()
        .iter()
        .map(|pixel| u16::from(pixel.r >> DROPPED) << 10 | u16::from(pixel.g >> DROPPED) << 5 | u16::from(pixel.b >> DROPPED))
        .collect();
    let mut used = vec![false; COLOURS];
    for pixel in &pixels {
        used[usize::from(*pixel)] = true;
    }
    let palette: Vec<u16> = (0..).zip(&used).filter(|(_, used)| **used).map(|(colour, _)| colour).collect();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, pixmap.width().into(), pixmap.height().into());
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    if palette.len() <= 256 {
        let mut index = vec![0; COLOURS];
        for (at, colour) in (0..=u8::MAX).zip(&palette) {
            index[usize::from(*colour)] = at;
        }
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_filter(png::Filter::NoFilter);
        encoder.set_palette(palette.iter().flat_map(|colour| parts(*colour)).collect::<Vec<u8>>());
        let pixels: Vec<u8> = pixels.iter().map(|pixel| index[usize::from(*pixel)]).collect();
        encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
    } else {
        encoder.set_color(png::ColorType::Rgb);
        let pixels: Vec<u8> = pixels.iter().flat_map(|pixel| parts(*pixel)).collect();
        encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
    }
    Some(png)
}

/// Red, green and blue of a colour; the bits kept are repeated in those dropped, so that white stays white.
fn parts(colour: u16) -> [u8; 3] {
    [colour >> 10, colour >> 5, colour].map(|part| {
        let part = (part & 0b1_1111) as u8;
        part << DROPPED | part >> 2
    })
}
