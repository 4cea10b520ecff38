//! The pages of a PDF drawn to nobody: bytes in, how many pages out; none where they are no PDF. The floor that reading one is held against.

use hayro_interpret::{
    Context, DummyDevice, InterpreterCache, InterpreterSettings,
    hayro_syntax::Pdf,
    interpret_page,
    kurbo::{Affine, Rect},
};

/// Draws every page.
pub(crate) fn draw(bytes: Vec<u8>) -> Option<usize> {
    let pdf = Pdf::new(bytes).ok()?;
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(transform, frame, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut DummyDevice);
    }
    Some(pdf.pages().len())
}
