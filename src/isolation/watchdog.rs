//! Kills processes that do not answer in time: a process before it is asked in, whether it was killed out.

use std::{
    collections::BTreeMap,
    process::Child,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::lock;

/// How the waiting for an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// By itself.
    Own,
    /// The time was over, and the process was killed.
    Killed,
}

/// One thread for all processes of a run.
#[derive(Debug)]
pub(super) struct Watchdog {
    patience: Duration,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    watched: Mutex<Watched>,
    closed: Condvar,
}

#[derive(Debug, Default)]
struct Watched {
    /// By number; as all have the same time, the first is the first to be killed.
    processes: BTreeMap<u64, (Instant, Arc<Mutex<Child>>)>,
    next: u64,
    is_awake: bool,
    is_closed: bool,
}

/// One process that is watched.
#[derive(Debug)]
pub(super) struct Watch<'a> {
    shared: &'a Shared,
    number: u64,
}

impl Watchdog {
    /// Everyone has so much time.
    pub(super) fn new(patience: Duration) -> Self {
        Self {
            patience,
            shared: Arc::default(),
        }
    }

    /// Starts the time of a process.
    pub(super) fn watch(&self, child: Arc<Mutex<Child>>) -> Watch<'_> {
        let mut watched = lock(&self.shared.watched);
        let number = watched.next;
        watched.next += 1;
        watched.processes.insert(number, (Instant::now() + self.patience, child));
        if !watched.is_awake {
            let (shared, patience) = (Arc::clone(&self.shared), self.patience);
            let started = thread::Builder::new().name("watchdog".to_owned()).spawn(move || shared.bark(patience));
            watched.is_awake = started.is_ok();
        }
        Watch {
            shared: &self.shared,
            number,
        }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        lock(&self.shared.watched).is_closed = true;
        self.shared.closed.notify_all();
    }
}

impl Watch<'_> {
    /// Ends the watch.
    pub(super) fn end(self) -> Ending {
        match lock(&self.shared.watched).processes.remove(&self.number) {
            Some(_) => Ending::Own,
            None => Ending::Killed,
        }
    }
}

impl Shared {
    /// Whoever comes while this sleeps has time until after it wakes, since all have the same: nobody has to wake it.
    fn bark(&self, patience: Duration) {
        let mut watched = lock(&self.watched);
        while !watched.is_closed {
            let now = Instant::now();
            while let Some(first) = watched.processes.first_entry().filter(|first| first.get().0 <= now) {
                let (_, child) = first.remove();
                // One that is dead already needs no killing.
                let _ = lock(&child).kill();
            }
            let wake = watched.processes.values().next().map_or(now + patience, |(end, _)| *end);
            let sleep = wake.saturating_duration_since(now);
            watched = self.closed.wait_timeout(watched, sleep).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
