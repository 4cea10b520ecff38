//! Pages of a PDF drawn for people: pages in, PNG pictures out.
//!
//! Drawing runs on a thread of its own, which is left to itself once it takes too long: the engine that draws asks nobody
//! whether it may go on.

mod canvas;
mod overlay;
mod sheet;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use hayro::RenderCache;
use hayro_interpret::hayro_syntax::Pdf;

use self::canvas::{draw, png_of};
use super::{bulk, guard, load_error, size};
use crate::input::{InputError, Limits, Pictures};
use crate::schema::view::{PageView, View};

pub(crate) use self::overlay::draw_sheets;

/// Pages drawn of one document.
const MOST_PAGES: usize = 60;
/// Seconds that one document may take; reports take less than one, on a machine with nothing else to do.
const SECONDS: u64 = 120;
/// Stack of the thread that draws: forms are nested.
const STACK: usize = 16 << 20;

/// Shows the pages, each with its size and, where they are drawn, its picture.
pub(crate) fn view(bytes: &[u8], limits: &Limits, pictures: Pictures) -> Result<View, InputError> {
    let pdf = opened(bytes, limits)?;
    let mut pages: Vec<PageView> = Vec::new();
    for (index, page) in pdf.pages().iter().enumerate() {
        let (width, height) = size(page);
        pages.push(PageView {
            number: u32::try_from(index + 1).unwrap_or(u32::MAX),
            width,
            height,
            picture: None,
        });
    }
    if pictures == Pictures::LeftOut {
        return Ok(View {
            pages,
            left_out: "page pictures were not asked for".to_owned(),
            ..View::default()
        });
    }
    if guard::guarded(|| bulk::is_too_large(&pdf)).unwrap_or(true) {
        return Ok(View {
            pages,
            left_out: "pages were not drawn: a picture in them would take too much memory".to_owned(),
            ..View::default()
        });
    }
    let mut view = View { pages, ..View::default() };
    let (mut drawn, end) = drawn(pdf, Duration::from_secs(limits.seconds.min(SECONDS)));
    for (index, page) in view.pages.iter_mut().enumerate() {
        page.picture = drawn.remove(&index).flatten();
    }
    let bare: Vec<String> = view
        .pages
        .iter()
        .filter(|page| page.picture.is_none())
        .map(|page| page.number.to_string())
        .collect();
    if let (Some(first), Some(last)) = (bare.first(), bare.last()) {
        let which = if bare.len() == 1 {
            format!("page {first} was")
        } else if bare.len() <= 5 {
            format!("pages {} were", bare.join(", "))
        } else {
            format!("{} of the pages {first} to {last} were", bare.len())
        };
        view.left_out = match end {
            Ending::Done => {
                format!("{which} not drawn: what is on it breaks the engine or is too much, or the document has more than {MOST_PAGES} pages")
            }
            Ending::TooLate => format!("{which} not drawn: it takes too long"),
        };
    }
    Ok(view)
}

fn opened(bytes: &[u8], limits: &Limits) -> Result<Pdf, InputError> {
    let pdf = guard::guarded(|| Pdf::new(bytes.to_vec()))
        .map_err(|stop| stop.into_error(limits))?
        .map_err(load_error)?;
    if pdf.pages().len() > limits.pages as usize {
        return Err(InputError::OverLimit {
            cause: format!("{} pages where {} are allowed", pdf.pages().len(), limits.pages),
        });
    }
    Ok(pdf)
}

/// How the drawing of a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// All pages had their turn.
    Done,
    /// Time was up.
    TooLate,
}

/// The pictures of the first pages, by index; none for a page that breaks the engine.
fn drawn(pdf: Pdf, time: Duration) -> (BTreeMap<usize, Option<Vec<u8>>>, Ending) {
    let deadline = Instant::now() + time;
    let pdf = Arc::new(pdf);
    // A picture waits for its taker, so that one that nobody takes any more is the last.
    let (sender, receiver) = mpsc::sync_channel(1);
    let thread = std::thread::Builder::new().name("drawing".to_owned()).stack_size(STACK);
    let mut pictures = BTreeMap::new();
    if thread.spawn(move || draw_all(&pdf, &sender)).is_err() {
        return (pictures, Ending::TooLate);
    }
    loop {
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok((index, picture)) => {
                pictures.insert(index, picture);
            }
            Err(RecvTimeoutError::Disconnected) => return (pictures, Ending::Done),
            Err(RecvTimeoutError::Timeout) => return (pictures, Ending::TooLate),
        }
    }
}

fn draw_all(pdf: &Pdf, sender: &SyncSender<(usize, Option<Vec<u8>>)>) {
    let mut cache = RenderCache::new();
    for (index, page) in pdf.pages().iter().enumerate().take(MOST_PAGES) {
        let picture = if bulk::is_too_much(pdf, page) {
            None
        } else {
            guard::guarded(|| png_of(&draw(page, &cache))).ok().flatten()
        };
        if picture.is_none() {
            // What a page broke off in the middle of may have left something half done in it.
            cache = RenderCache::new();
        }
        if sender.send((index, picture)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/unhcr-western-balkans/2024-07.pdf");

    fn shown(pictures: Pictures) -> View {
        let bytes = std::fs::read(REPORT).expect("the specimen is there");
        view(&bytes, &Limits::default(), pictures).expect("a report")
    }

    fn columns_and_rows(png: &[u8]) -> (u32, u32) {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
        (number(16), number(20))
    }

    #[test]
    fn pages_are_drawn_at_one_and_a_half_pixels_a_point_with_the_same_bytes_each_time() {
        let view = shown(Pictures::Drawn);
        assert_eq!(view.left_out, "");
        assert_eq!(view, shown(Pictures::Drawn));
        for page in &view.pages {
            let png = page.picture.as_ref().expect("it is drawn");
            assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
            let (columns, rows) = columns_and_rows(png);
            assert!((f64::from(columns) - page.width * 1.5).abs() <= 0.5 && (f64::from(rows) - page.height * 1.5).abs() <= 0.5);
            // A page with nothing on it packs into far less.
            assert!(png.len() > 10_000, "{} bytes", png.len());
        }
    }

    #[test]
    fn pages_that_are_not_drawn_keep_their_size() {
        let view = shown(Pictures::LeftOut);
        assert!(view.pages.iter().all(|page| page.picture.is_none() && page.width > 500.0));
        assert_eq!(view.left_out, "page pictures were not asked for");
    }

    #[test]
    fn what_is_no_pdf_is_told() {
        assert!(view(b"%PDF-1.7\nnothing", &Limits::default(), Pictures::Drawn).is_err());
    }
}
