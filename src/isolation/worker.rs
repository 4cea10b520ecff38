//! The other side: a program that reads snapshots for a run. Requests in, answers out, until the run ends, however it does.

use std::{
    io::{self, Read, Write},
    panic::{self, AssertUnwindSafe, catch_unwind},
    path::Path,
    process,
    sync::mpsc::{Receiver, sync_channel},
    thread,
};

use super::{
    frame,
    message::{self, Request, Setup},
};
use crate::{archive, extract, pages, parse::Profiles, profiles};

/// Reads snapshots for the run that started this program, with these profiles beside the built-in ones.
///
/// Returns when the run has closed `requests`, by ending it or by dying, even while a snapshot is being read: the program is to end then.
pub fn serve(folder: Option<&Path>, mut requests: impl Read, answers: impl Write + Send + 'static) -> io::Result<()> {
    // Panics are caught and told by the run; a message in between would be nobody's.
    panic::set_hook(Box::new(|_| {}));
    let Some(setup) = frame::read(&mut requests)? else { return Ok(()) };
    let setup: Setup = message::from_bytes(&setup).ok_or(io::ErrorKind::InvalidData)?;
    limit(setup.memory);
    let (hand_over, orders) = sync_channel(1);
    let folder = folder.map(Path::to_owned);
    thread::Builder::new()
        .name("reader".to_owned())
        .stack_size(archive::STACK)
        .spawn(move || {
            let end = catch_unwind(AssertUnwindSafe(|| answer(folder.as_deref(), &setup, &orders, answers)));
            // Whatever stopped it: a run that waits for an answer has to learn that none will come.
            process::exit(i32::from(!matches!(end, Ok(Ok(())))));
        })?;
    while let Some(request) = frame::read(&mut requests)? {
        let request = message::from_bytes(&request).ok_or(io::ErrorKind::InvalidData)?;
        let bytes = frame::read(&mut requests)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        if hand_over.send((request, bytes)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Answers one request after the other.
fn answer(folder: Option<&Path>, setup: &Setup, orders: &Receiver<(Request, Vec<u8>)>, mut answers: impl Write) -> io::Result<()> {
    let mut known: Option<Profiles> = None;
    for (request, bytes) in orders {
        let answer = match request {
            Request::Read(record) => {
                let known = match &mut known {
                    Some(known) => known,
                    // The run has read them too: a fault in them ends it before it comes to this.
                    None => known.insert(profiles(folder).map_err(io::Error::other)?),
                };
                archive::guarded(record, &bytes, |record, bytes| {
                    extract(record, bytes, &setup.limits, known, setup.readers)
                })
                .to_bytes()
            }
            Request::View { name, pictures } => message::view_to_bytes(pages::view(&bytes, &name, &setup.limits, pictures)),
        };
        frame::write(&mut answers, &answer)?;
        answers.flush()?;
    }
    Ok(())
}

/// Holds this process to its memory, and lets it die without leaving a file behind.
#[cfg(unix)]
pub(super) fn limit(memory: u64) {
    use rlimit::Resource;
    // A system that knows no such limit reads without it; time and the readers' own limits hold all the same.
    if let Ok((_, most)) = Resource::AS.get() {
        let _ = Resource::AS.set(memory.min(most), most);
    }
    let _ = Resource::CORE.set(0, 0);
}

#[cfg(not(unix))]
pub(super) fn limit(_memory: u64) {}
