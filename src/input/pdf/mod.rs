//! A PDF to the positioned document; the only room that knows a PDF library.

mod bomb;
mod bulk;
mod collector;
mod fields;
mod guard;
mod paint;
mod picture;
pub(crate) mod second_reader;
#[cfg(test)]
mod tests;
mod unread;
mod visible;
mod weight;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use hayro_interpret::hayro_syntax::object::dict::keys::USER_UNIT;
use hayro_interpret::hayro_syntax::page::Page as EnginePage;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};

pub(crate) use self::picture::{draw_sheets, view};
pub(crate) use self::unread::pictures_with_figures;

use self::collector::{Collector, Deadline, Memory};
use super::{InputError, Limits};
use crate::layout::table::{Rulings, Stages};
use crate::layout::{Document, Drawing, join_across_pages, page_of};

/// Refuses a file that would fill the memory as soon as the engine opens it.
pub(crate) fn inspect_streams(bytes: &[u8]) -> Result<(), InputError> {
    match bomb::first(bytes) {
        Some(length) => Err(InputError::OverLimit {
            cause: format!("a stream of {length} bytes unpacks to more than {}", bomb::UNPACKED_AT_MOST),
        }),
        None => Ok(()),
    }
}

/// Reads a PDF: what a person sees on its pages, each with its place.
///
/// A page that breaks the engine is left out and named in `losses`; a document of which no page can be read is `Damaged`.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, InputError> {
    read_drawings(bytes, limits, &mut |_| {})
}

/// The stages by which the tables of each page are found.
pub(crate) fn stages(bytes: &[u8], limits: &Limits) -> Result<Vec<Stages>, InputError> {
    let mut rulings: BTreeMap<u32, Rulings> = BTreeMap::new();
    let document = read_drawings(bytes, limits, &mut |drawing| {
        rulings.insert(drawing.page, Rulings::of(&drawing.shapes));
    })?;
    let stages = document
        .pages
        .iter()
        .map(|page| Stages::of(page, rulings.remove(&page.number).unwrap_or_default()));
    Ok(stages.collect())
}

/// Reads a PDF, and shows each page as drawn before it is read.
fn read_drawings(bytes: &[u8], limits: &Limits, look: &mut dyn FnMut(&Drawing)) -> Result<Document, InputError> {
    if bytes.is_empty() {
        return Err(InputError::Empty);
    }
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let pdf = guard::guarded(|| Pdf::new(bytes.to_vec()))
        .map_err(|stop| stop.into_error(limits))?
        .map_err(load_error)?;
    let mut document = Document {
        media_type: "application/pdf",
        ..Document::default()
    };
    inspect(bytes, &mut document);
    let count = pdf.pages().len();
    if count == 0 {
        return Err(InputError::Damaged {
            cause: "it holds no page".to_owned(),
        });
    }
    if count > limits.pages as usize {
        return Err(InputError::OverLimit {
            cause: format!("{count} pages where {} are allowed", limits.pages),
        });
    }
    let cache = InterpreterCache::new();
    let mut memory = Memory::default();
    let mut glyphs = usize::try_from(limits.glyphs).unwrap_or(usize::MAX);
    for (index, page) in pdf.pages().iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let (width, height) = size(page);
        let read = guard::guarded(|| {
            let transform = Affine::scale(unit(page)) * Affine::new(page.initial_transform(true).as_coeffs());
            let frame = Rect::new(0.0, 0.0, width, height);
            let mut context = Context::new(transform, frame, &cache, pdf.xref(), InterpreterSettings::default());
            let mut collector = Collector::new(number, (width, height), Deadline { at: deadline, glyphs }, &mut memory);
            interpret_page(page, &mut context, &mut collector);
            collector.add(fields::without_appearance(page, transform));
            let mut drawing = collector.finish();
            look(&drawing);
            let page = page_of(&mut drawing);
            memory.keep(drawing.glyphs);
            page
        });
        match read {
            Ok(page) => {
                glyphs = glyphs.saturating_sub(page.glyphs as usize);
                document.pages.push(page);
            }
            Err(guard::Stop::Broken) => {
                document.losses.push(format!("page {number} could not be read and is left out"));
                document.pages.push(crate::layout::Page {
                    number,
                    width,
                    height,
                    ..Default::default()
                });
            }
            Err(stop) => return Err(stop.into_error(limits)),
        }
    }
    join_across_pages(&mut document.pages);
    Ok(document)
}

/// How many points a unit of the page's own is: paper larger than 200 inches counts in larger units.
fn unit(page: &EnginePage<'_>) -> f64 {
    let unit = page.raw().get::<f32>(USER_UNIT).map_or(1.0, f64::from);
    if (0.01..=1000.0).contains(&unit) { unit } else { 1.0 }
}

/// Width and height of a page as shown, in points.
fn size(page: &EnginePage<'_>) -> (f64, f64) {
    let (width, height) = page.render_dimensions();
    (f64::from(width) * unit(page), f64::from(height) * unit(page))
}

fn load_error(error: LoadPdfError) -> InputError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => InputError::Encrypted,
        LoadPdfError::Decryption(_) => InputError::Damaged {
            cause: "its encryption cannot be undone".to_owned(),
        },
        LoadPdfError::Invalid => InputError::Damaged {
            cause: "no page tree can be found in it".to_owned(),
        },
    }
}

/// Notes what the engine repairs without a word, as far as the bytes tell.
///
/// A file that has its end mark, or whose end leads to the table of its objects, has all of its bytes; one that has neither was cut
/// off, and nobody can tell how much is gone.
fn inspect(bytes: &[u8], document: &mut Document) {
    let head = &bytes[..bytes.len().min(1024)];
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    if !holds(head, b"%PDF-") {
        document.repairs.push("the header %PDF- is missing".to_owned());
    }
    let references = match start_of_references(tail) {
        None => Some("the place of the cross-reference table is missing: objects were searched for"),
        Some(at) if !is_reference_table(bytes, at) => Some("the cross-reference table is not where the file says: objects were searched for"),
        Some(_) => None,
    };
    let ending = (!holds(tail, b"%%EOF")).then_some("the end mark %%EOF is missing: the file may be cut off");
    let told = if references.is_some() && ending.is_some() {
        &mut document.losses
    } else {
        &mut document.repairs
    };
    told.extend(ending.into_iter().chain(references).map(str::to_owned));
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

/// The offset behind the last `startxref`.
fn start_of_references(tail: &[u8]) -> Option<usize> {
    const MARK: &[u8] = b"startxref";
    let at = tail.windows(MARK.len()).rposition(|window| window == MARK)?;
    let rest = tail[at + MARK.len()..].trim_ascii_start();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()
}

/// Whether a table (`xref`) or a stream (`12 0 obj`) of references starts at a byte, or close by where junk precedes the header.
fn is_reference_table(bytes: &[u8], at: usize) -> bool {
    let junk = bytes.windows(5).take(1024).position(|window| window == b"%PDF-").unwrap_or(0);
    [at, at + junk].into_iter().any(|at| {
        let Some(rest) = bytes.get(at..) else { return false };
        let rest = rest[..rest.len().min(64)].trim_ascii_start();
        rest.starts_with(b"xref") || rest.first().is_some_and(u8::is_ascii_digit) && holds(rest, b"obj")
    })
}
