//! One process that reads snapshots, as the run sees it: requests in, answers out, and at last why it ended.

use std::{
    collections::VecDeque,
    ffi::OsString,
    io::{self, Read, Write},
    path::Path,
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
};

use super::{
    ENVIRONMENT,
    death::Death,
    frame, lock,
    message::{self, Request, Setup},
    watchdog::Ending,
};

/// How much is kept of what a process says last.
const LAST_WORDS: usize = 64 << 10;

/// A process that is running, or was when last heard of.
#[derive(Debug)]
pub(super) struct Process {
    child: Arc<Mutex<Child>>,
    requests: ChildStdin,
    replies: ChildStdout,
    words: Option<JoinHandle<String>>,
    answers: u64,
}

impl Process {
    /// Starts one and tells it how to read.
    pub(super) fn start(program: &Path, arguments: &[OsString], setup: &Setup) -> io::Result<Self> {
        let mut child = Command::new(program)
            .args(arguments)
            .envs(ENVIRONMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(mut requests), Some(replies), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let words = thread::Builder::new().name("last words".to_owned()).spawn(move || last_words(stderr))?;
        // If it is dead already, the first request says so.
        let _ = frame::write(&mut requests, &message::to_bytes(setup));
        Ok(Self {
            child: Arc::new(Mutex::new(child)),
            requests,
            replies,
            words: Some(words),
            answers: 0,
        })
    }

    /// The process itself, to be killed when it takes too long.
    pub(super) fn child(&self) -> Arc<Mutex<Child>> {
        Arc::clone(&self.child)
    }

    /// How many requests it has answered.
    pub(super) fn answers(&self) -> u64 {
        self.answers
    }

    /// Asks and waits. After an error the process is of no more use.
    pub(super) fn ask(&mut self, request: &Request, bytes: &[u8]) -> io::Result<Vec<u8>> {
        frame::write(&mut self.requests, &message::to_bytes(request))?;
        frame::write(&mut self.requests, bytes)?;
        self.requests.flush()?;
        let answer = frame::read(&mut self.replies)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        self.answers += 1;
        Ok(answer)
    }

    /// Ends it, if it has not ended by itself, and tells why it did.
    pub(super) fn end(mut self, ending: Ending, setup: &Setup) -> Death {
        let status = self.kill();
        let words = self.words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        Death::of(status, ending, &words, setup.limits.seconds, setup.memory)
    }

    /// The kernel keeps how a process ended that is dead already: killing it again changes nothing.
    fn kill(&self) -> Option<ExitStatus> {
        let mut child = lock(&self.child);
        let _ = child.kill();
        child.wait().ok()
    }
}

impl Drop for Process {
    /// No process outlives the run, and none is left for the system to bury.
    fn drop(&mut self) {
        self.kill();
    }
}

/// The end of what comes, until it ends; a process that talks without end is not kept waiting.
fn last_words(mut from: ChildStderr) -> String {
    let mut last = VecDeque::new();
    let mut buffer = [0; 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        last.extend(&buffer[..count]);
        last.drain(..last.len().saturating_sub(LAST_WORDS));
    }
    String::from_utf8_lossy(last.make_contiguous()).into_owned()
}
