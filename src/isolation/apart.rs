//! A command that looks at one file, run as a process that is watched: the command in; its exit code and what it said, or why it died, out.
//!
//! Such a process calls [`hold`] first. Each line it says on standard error that begins with [`MARK`] is a sign of life, which gives it its time anew.

use std::{
    io::{self, BufRead, BufReader, Read},
    panic,
    process::{self, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
};

use super::{
    ENVIRONMENT,
    death::Death,
    lock, patience,
    watchdog::{Ending, Watchdog},
    worker,
};
use crate::archive;

/// What a sign of life begins with; no message does.
pub const MARK: char = '\u{1}';
/// How much is kept of what a process says, and how long a line of it may be.
const WORDS: u64 = 64 << 10;
/// Exit codes of the commands; any other is that of a process that broke.
const CODES: [i32; 3] = [0, 1, 2];

/// How such a process is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Apart {
    /// Seconds it may take, up to its first sign of life and from one to the next.
    pub seconds: u64,
    /// Bytes of address space it may take, which it is told by the command.
    pub memory: u64,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// By itself.
    Own {
        /// With this exit code.
        code: u8,
        /// After these words on standard error.
        said: String,
    },
    /// It died of what it read.
    Died(Death),
}

impl Apart {
    /// Runs the command, whose output goes where this process's goes, and hands on what follows the mark of each sign of life.
    pub fn run(self, command: &mut Command, sign: &mut dyn FnMut(&str)) -> io::Result<Ended> {
        let mut child = command.envs(ENVIRONMENT).stderr(Stdio::piped()).spawn()?;
        let stderr = child.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?;
        // It ends with this process, however that does: the other end of its standard input closes.
        let lifeline = child.stdin.take();
        let child = Arc::new(Mutex::new(child));
        let watchdog = Watchdog::new(patience(self.seconds));
        let mut watch = watchdog.watch(Arc::clone(&child));
        let (mut said, mut ending) = (String::new(), Ending::Own);
        let mut lines = BufReader::new(stderr);
        loop {
            let mut line = Vec::new();
            if lines.by_ref().take(WORDS).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let line = String::from_utf8_lossy(&line);
            if let Some(told) = line.strip_prefix(MARK) {
                if watch.end() == Ending::Killed {
                    ending = Ending::Killed;
                }
                watch = watchdog.watch(Arc::clone(&child));
                sign(told.trim_end());
            } else if (said.len() as u64) < WORDS {
                said += &line;
            }
        }
        if watch.end() == Ending::Killed {
            ending = Ending::Killed;
        }
        let status = {
            let mut child = lock(&child);
            // Who closes standard error is at its end, and the kernel keeps how that was: killing changes nothing.
            let _ = child.kill();
            child.wait()?
        };
        drop(lifeline);
        let code = status.code().filter(|code| CODES.contains(code) && ending == Ending::Own);
        Ok(match code.and_then(|code| u8::try_from(code).ok()) {
            Some(code) => Ended::Own { code, said },
            None => Ended::Died(Death::of(Some(status), ending, &said, self.seconds, self.memory)),
        })
    }
}

/// Does the work as a process that is watched, with no more than so much memory; ends at once when the lifeline does.
pub fn hold<T: Send>(memory: u64, lifeline: Option<impl Read + Send + 'static>, work: impl FnOnce() -> T + Send) -> io::Result<T> {
    worker::limit(memory);
    if let Some(mut lifeline) = lifeline {
        thread::Builder::new().name("lifeline".to_owned()).spawn(move || {
            let _ = io::copy(&mut lifeline, &mut io::sink());
            process::exit(1);
        })?;
    }
    thread::scope(|scope| {
        let reader = thread::Builder::new().name("reader".to_owned()).stack_size(archive::STACK);
        let done = reader.spawn_scoped(scope, work)?.join();
        Ok(done.unwrap_or_else(|panic| panic::resume_unwind(panic)))
    })
}
