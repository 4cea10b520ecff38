//! Pages drawn with a sheet laid over each: pages and sheets in, PNG pictures out, one after the other.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::time::Duration;

use hayro::RenderCache;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;

use super::canvas::{Canvas, Size, png_of};
use super::sheet::LaidOut;
use super::{STACK, opened};
use crate::input::pdf::{bulk, guard};
use crate::input::sheet::{DrawnSheet, NotDrawn, Sheet};
use crate::input::{InputError, Limits};

/// Draws the pages that sheets are for, and hands over each as soon as it is done.
///
/// A page that breaks the engine or takes longer than a whole snapshot may is handed over without its picture.
pub(crate) fn draw_sheets(bytes: &[u8], limits: &Limits, sheets: Vec<Sheet>, done: &mut dyn FnMut(DrawnSheet)) -> Result<(), InputError> {
    let pdf = opened(bytes, limits)?;
    if guard::guarded(|| bulk::is_too_large(&pdf)).unwrap_or(true) {
        return Err(InputError::OverLimit {
            cause: "a picture in it would take too much memory to be drawn".to_owned(),
        });
    }
    let (pdf, sheets): (Arc<Pdf>, Arc<[Sheet]>) = (Arc::new(pdf), sheets.into());
    let time = Duration::from_secs(limits.seconds);
    let mut next = 0;
    while next < sheets.len() {
        next = draw_from(next, &pdf, &sheets, time, done);
    }
    Ok(())
}

/// Draws sheets from one on, on a thread that is left to itself once a page takes too long; where to go on.
fn draw_from(first: usize, pdf: &Arc<Pdf>, sheets: &Arc<[Sheet]>, time: Duration, done: &mut dyn FnMut(DrawnSheet)) -> usize {
    let not_drawn = |index: usize, why: NotDrawn| DrawnSheet {
        page: sheets[index].page,
        picture: Err(why),
    };
    let (sender, receiver) = mpsc::sync_channel(1);
    let (pdf, to_draw) = (Arc::clone(pdf), Arc::clone(sheets));
    let thread = std::thread::Builder::new().name("drawing".to_owned()).stack_size(STACK);
    let started = thread.spawn(move || draw_all(&pdf, &to_draw[first..], &sender)).is_ok();
    let mut next = first;
    while started && next < sheets.len() {
        match receiver.recv_timeout(time) {
            Ok(drawn) => done(drawn),
            Err(RecvTimeoutError::Timeout) => {
                done(not_drawn(next, NotDrawn::TooLong));
                return next + 1;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
        next += 1;
    }
    for index in next..sheets.len() {
        done(not_drawn(index, NotDrawn::Broken));
    }
    sheets.len()
}

fn draw_all(pdf: &Pdf, sheets: &[Sheet], sender: &SyncSender<DrawnSheet>) {
    let mut cache = RenderCache::new();
    for sheet in sheets {
        let index = (sheet.page as usize).checked_sub(1);
        let picture = match index.and_then(|index| pdf.pages().get(index)) {
            None => Err(NotDrawn::Absent),
            Some(page) if bulk::is_too_much(pdf, page) => Err(NotDrawn::Broken),
            Some(page) => guard::guarded(|| draw_with(sheet, page, &cache)).ok().flatten().ok_or(NotDrawn::Broken),
        };
        if picture.is_err() {
            // What a page broke off in the middle of may have left something half done in it.
            cache = RenderCache::new();
        }
        let drawn = DrawnSheet { page: sheet.page, picture };
        if sender.send(drawn).is_err() {
            return;
        }
    }
}

fn draw_with<'a>(sheet: &Sheet, page: &'a Page<'a>, cache: &RenderCache<'a>) -> Option<Vec<u8>> {
    let size = Size::of(page);
    let laid_out = LaidOut::of(sheet, size, size.scale(page));
    let over = Pdf::new(laid_out.pdf).ok()?;
    let mut canvas = Canvas::new(laid_out.size);
    canvas.draw(page, cache, size);
    let over_page = over.pages().first()?;
    canvas.draw(over_page, &RenderCache::new(), laid_out.size);
    png_of(&canvas.finish())
}
