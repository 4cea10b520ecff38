//! What the engine calls for each thing it draws.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::object::{self, Dict};
use hayro_interpret::kurbo::{BezPath, Rect, Shape as _};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask, StrokeProps};

use super::marked::{Marked, decoded};
use super::outlines::{bbox_of, intersection};
use super::widths::{Pen, Widths};
use super::{Collector, Unseen};
use crate::input::pdf::guard;
use crate::input::pdf::paint::{Covers, Look, look};
use crate::input::pdf::visible::Cover;

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.tick();
        if let Some((fill, stroke)) = self.looks(&props, mode) {
            self.shape(path, props.transform, fill, stroke);
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        self.tick();
        if let Some((fill, stroke)) = self.looks(&props, mode) {
            self.rect(*rect, props.transform, fill, stroke);
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
        let bold = self.memory.weights.is_bold(run);
        let mut origins = std::mem::take(&mut self.origins);
        let widths = Widths::of(run, self.order, props.transform, &mut self.memory.sayings, &mut origins);
        let clip = self.clip();
        let mut pen: Option<Pen> = None;
        let first = self.drawing.glyphs.len();
        self.drawing.glyphs.reserve(glyphs.len());
        for (index, positioned) in glyphs.iter().enumerate() {
            let transform = positioned.transform();
            let pen = match &pen {
                Some(same) if same.is_of(transform) => same,
                _ => pen.insert(Pen::of(props.transform, transform)),
            };
            let saying = self.memory.sayings.of(positioned, self.order);
            let Some(mut glyph) = widths.place(index, positioned, saying, pen) else {
                continue;
            };
            glyph.bold = bold;
            glyph.colour = colour;
            glyph.run = self.order;
            self.drawing.glyph_count = self.drawing.glyph_count.saturating_add(1);
            if glyph.characters.is_unmapped() {
                self.drawing.unmapped_glyphs = self.drawing.unmapped_glyphs.saturating_add(1);
            }
            let (x, y) = glyph.bbox.middle();
            let outside = x < clip.x0 - 0.5 || x > clip.x1 + 0.5 || y < clip.top - 0.5 || y > clip.bottom + 0.5;
            if invisible || outside {
                self.unseen(glyph, if invisible { Unseen::Everywhere } else { Unseen::Here });
                continue;
            }
            self.end_unseen_word();
            self.seen(glyph);
        }
        self.drop_repeated(first);
        self.origins = origins;
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
        self.memory.covers.push(Cover {
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

/// How a path is filled and stroked, with the width of the stroke.
type Looks = (Option<Look>, Option<(Look, f64)>);

impl Collector<'_> {
    /// How a path is filled and stroked, with the width of the stroke; nothing if neither is seen.
    fn looks(&self, props: &DrawProps<'_>, mode: &DrawMode) -> Option<Looks> {
        let look = look(&props.paint, self.opacity());
        let stroked = |stroke: &StrokeProps| (look, f64::from(stroke.line_width) * props.transform.determinant().abs().sqrt());
        match mode {
            DrawMode::Fill(_) => Some((Some(look), None)),
            DrawMode::Stroke(stroke) => Some((None, Some(stroked(stroke)))),
            DrawMode::FillAndStroke(_, stroke) => Some((Some(look), Some(stroked(stroke)))),
            DrawMode::Invisible => None,
        }
    }
}
