//! Snapshots that may break a reader are read in processes of their own: a snapshot in, what a thread would have made of it or why its process ended out.
//!
//! A process handles one snapshot after the other. One that dies or does not answer in time is replaced, and costs its snapshot only.
//! A command that looks at one file runs in such a process as a whole.

mod apart;
mod death;
mod frame;
mod message;
mod process;
mod watchdog;
mod worker;

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{
    Error, Readers,
    input::{self, Limits},
    schema::{DocumentRecord, Extraction, Fact, Want, view::View},
};
use message::{Request, Setup};
use process::Process;
use watchdog::Watchdog;

pub use apart::{Apart, Ended, MARK, hold};
pub use death::Death;
pub use worker::serve;

/// The first argument of a program that is started to read snapshots; `--profiles` and a folder may follow.
pub const WORKER: &str = "worker";
/// What a process is started with: its last words are one line, which what follows would push out, and of the address space it is held to the
/// allocator sets nothing aside.
const ENVIRONMENT: [(&str, &str); 2] = [("RUST_BACKTRACE", "0"), ("MIMALLOC_ARENA_RESERVE", "0")];
/// Nobody waits longer for one answer, whatever the limit: a day.
const LONGEST: u64 = 24 * 60 * 60;
/// Its flag for the folder of profiles.
const PROFILES: &str = "--profiles";

/// Where snapshots are read that may break a reader: PDFs, and whatever is large.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Isolation {
    /// In threads of this process, which a snapshot may then bring down.
    #[default]
    None,
    /// In processes of their own.
    Process {
        /// A program that calls [`serve`] when its first argument is [`WORKER`].
        program: PathBuf,
        /// Bytes of address space that each may take, where the system can hold it to that.
        memory: u64,
    },
}

impl Isolation {
    /// Bytes that a process may take unless told otherwise. The largest published dashboards stay below a quarter of it.
    pub const MEMORY: u64 = 2 << 30;
}

/// The processes of a run. They are started when they are needed, as many as there are threads that ask at a time, and end with the pool.
#[derive(Debug)]
pub(crate) struct Pool {
    program: PathBuf,
    arguments: Vec<OsString>,
    setup: Setup,
    idle: Mutex<Vec<Process>>,
    watchdog: Watchdog,
    fault: Mutex<Option<io::Error>>,
}

impl Pool {
    /// Processes of a program; none are running yet.
    pub(crate) fn new(program: &Path, memory: u64, profiles: Option<&Path>, limits: Limits, readers: Readers) -> Self {
        let folder = profiles.into_iter().flat_map(|folder| [OsString::from(PROFILES), folder.into()]);
        Self {
            program: program.to_owned(),
            arguments: [OsString::from(WORKER)].into_iter().chain(folder).collect(),
            setup: Setup { limits, readers, memory },
            idle: Mutex::default(),
            watchdog: Watchdog::new(patience(limits.seconds)),
            fault: Mutex::default(),
        }
    }

    /// Reads a snapshot; a process that dies of it makes it unreadable.
    pub(crate) fn read(&self, record: DocumentRecord, bytes: &[u8]) -> Extraction {
        let read = self.ask(&Request::Read(record.clone()), bytes).and_then(|answer| {
            // A process that lost its senses may still have answered.
            Extraction::from_bytes(&answer).map_err(|_| Fallen::Dead(Death::Garbled))
        });
        read.unwrap_or_else(|fallen| {
            let (cause, want) = (fallen.to_string(), fallen.want());
            Extraction::unreadable(record, Fact::GivenUp { cause, want })
        })
    }

    /// Shows a PDF, or says why it cannot be shown.
    pub(crate) fn view(&self, name: &str, bytes: &[u8], pictures: input::Pictures) -> Result<View, String> {
        let request = Request::View {
            name: name.to_owned(),
            pictures,
        };
        let answer = self.ask(&request, bytes).map_err(|fallen| fallen.to_string())?;
        message::view_from_bytes(&answer).unwrap_or_else(|| Err(Death::Garbled.to_string()))
    }

    /// Why no process could be started, if that happened.
    pub(crate) fn fault(&self) -> Result<(), Error> {
        match lock(&self.fault).take() {
            Some(source) => Err(Error::Process {
                program: self.program.clone(),
                source,
            }),
            None => Ok(()),
        }
    }

    fn ask(&self, request: &Request, bytes: &[u8]) -> Result<Vec<u8>, Fallen> {
        loop {
            let idle = lock(&self.idle).pop();
            let mut process = match idle.map_or_else(|| Process::start(&self.program, &self.arguments, &self.setup), Ok) {
                Ok(process) => process,
                Err(error) => {
                    let cause = error.to_string();
                    lock(&self.fault).get_or_insert(error);
                    return Err(Fallen::Unborn(cause));
                }
            };
            let watch = self.watchdog.watch(process.child());
            let answer = process.ask(request, bytes);
            let ending = watch.end();
            if let Ok(answer) = answer {
                lock(&self.idle).push(process);
                return Ok(answer);
            }
            let is_fresh = process.answers() == 0;
            match process.end(ending, &self.setup) {
                // What snapshots before this one left behind must not count against it: the result would hang on their order.
                Death::OutOfMemory { .. } if !is_fresh => lock(&self.idle).clear(),
                death => return Err(Fallen::Dead(death)),
            }
        }
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
enum Fallen {
    #[error("no process could be started to read it: {0}")]
    Unborn(String),
    #[error("{0}")]
    Dead(Death),
}

impl Fallen {
    fn want(&self) -> Want {
        match self {
            Self::Unborn(_) => Want::Life,
            Self::Dead(death) => death.want(),
        }
    }
}

/// How long an answer is waited for. Readers that can stop themselves do so at the limit, and say where they were: they are given the time to.
fn patience(seconds: u64) -> Duration {
    let seconds = seconds.min(LONGEST);
    Duration::from_secs(seconds + seconds / 4 + 1)
}

/// Whoever panicked under the lock left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
