//! Whether a PDF can be drawn with the memory and time there is: the sizes that its pictures say they unpack to, and how much its pages draw.
//!
//! The engine unpacks a picture of any size when it draws it; some bytes may stand for gigabytes.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::dict::keys::{HEIGHT, WIDTH};
use hayro_interpret::hayro_syntax::object::{Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};

use super::guard;

/// Pixels of one picture. A page scanned at 600 dots an inch has 35 million.
const MOST_PIXELS: u64 = 80_000_000;
/// Things drawn on one page: paths, pictures and runs of glyphs.
const MOST_DRAWN: usize = 400_000;
/// Bytes of a JPEG or JPEG 2000 file that are searched for its size.
const SEARCHED: usize = 64 << 10;

/// Whether a picture of the document, wherever it is used, says that it is larger than any page needs.
pub(super) fn is_too_large(pdf: &Pdf) -> bool {
    pdf.objects().into_iter().any(|object| match object {
        Object::Stream(stream) => pixels(&stream) > MOST_PIXELS,
        _ => false,
    })
}

/// Whether a page draws too much, or a picture that stands within it is too large.
pub(super) fn is_too_much(pdf: &Pdf, page: &Page<'_>) -> bool {
    let cache = InterpreterCache::new();
    let (width, height) = page.render_dimensions();
    let looked = guard::guarded(|| {
        let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(transform, frame, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut Looker { drawn: 0 });
    });
    looked.is_err()
}

/// Pixels that a stream says it holds, in its dictionary or, packed, in its own head.
fn pixels(stream: &Stream<'_>) -> u64 {
    let dict = stream.dict();
    let (Some(width), Some(height)) = (dict.get::<u32>(WIDTH), dict.get::<u32>(HEIGHT)) else {
        return 0;
    };
    let said = u64::from(width) * u64::from(height);
    let data = stream.raw_data();
    let head = &data[..data.len().min(SEARCHED)];
    said.max(jpeg(head)).max(jpeg_2000(head))
}

/// Pixels of a JPEG, by the frame that follows its start: ITU-T T.81, B.2.2.
fn jpeg(head: &[u8]) -> u64 {
    if !head.starts_with(&[0xff, 0xd8]) {
        return 0;
    }
    let number = |at: usize| head.get(at..at + 2).map_or(0, |pair| u64::from(u16::from_be_bytes([pair[0], pair[1]])));
    let mut at = 2;
    while let Some([0xff, marker]) = head.get(at..at + 2) {
        if matches!(marker, 0xc0..=0xc3) {
            return number(at + 5) * number(at + 7);
        }
        at += 2 + (number(at + 2) as usize).max(2);
    }
    0
}

/// Pixels of a JPEG 2000 picture, by the size marker that follows its start: ITU-T T.800, A.5.1.
fn jpeg_2000(head: &[u8]) -> u64 {
    let start = head.windows(4).position(|window| window == [0xff, 0x4f, 0xff, 0x51]);
    let number = |at: usize| head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
    start.map_or(0, |start| u64::from(number(start + 8)) * u64::from(number(start + 12)))
}

/// Draws nothing and counts.
struct Looker {
    drawn: usize,
}

impl Looker {
    fn count(&mut self) {
        self.drawn += 1;
        if self.drawn > MOST_DRAWN {
            guard::stop("a page draws too much");
        }
    }
}

impl<'a> Device<'a> for Looker {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.count();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.count();
        if u64::from(image.width()) * u64::from(image.height()) > MOST_PIXELS {
            guard::stop("a picture is too large");
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_picture_tells_its_size_in_its_head() {
        // Start, a comment, and the frame of a picture of 3,000 by 2,000.
        let frame = [0xff, 0xd8, 0xff, 0xfe, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0x07, 0xd0, 0x0b, 0xb8, 3];
        assert_eq!(jpeg(&frame), 6_000_000);
        assert_eq!(jpeg(&frame[..12]), 0);
        let size = [0, 1, 0xff, 0x4f, 0xff, 0x51, 0, 47, 0, 0, 0, 1, 0, 0, 0, 0, 0xff, 0xff, 0, 0];
        assert_eq!(jpeg_2000(&size), 65_536 * 65_535);
        assert_eq!(jpeg_2000(&size[..9]), 0);
    }

    fn check(dictionary: &str, content: &str, expected: (bool, bool)) {
        let pdf = format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>endobj\n\
             4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n\
             5 0 obj<</Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8{dictionary}/Length 1>>stream\n0\nendstream endobj\n\
             trailer<</Root 1 0 R/Size 6>>\n%%EOF",
            content.len()
        );
        let pdf = Pdf::new(pdf.into_bytes()).expect("it is whole enough");
        assert_eq!(
            (is_too_large(&pdf), is_too_much(&pdf, &pdf.pages()[0])),
            expected,
            "{dictionary} {content}"
        );
    }

    #[test]
    fn pictures_and_pages_that_take_too_much_are_told() {
        check("/Width 1/Height 1", "q 9 0 0 9 0 0 cm /P Do Q", (false, false));
        check("/Width 60000/Height 60000", "", (true, false));
        check("/Width 60000/Height 60000", "q 9 0 0 9 0 0 cm /P Do Q", (true, true));
        check(
            "/Width 1/Height 1",
            "q 9 0 0 9 0 0 cm BI /W 60000 /H 60000 /CS /G /BPC 8 ID 0 EI Q",
            (false, true),
        );
        check("/Width 1/Height 1", &"0 0 9 9 re f ".repeat(500_000), (false, true));
    }
}
