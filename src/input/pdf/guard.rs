//! Runs foreign code that may panic or must be stopped, and says which it was.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::input::{InputError, Limits};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Why guarded code did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// It panicked.
    Broken,
    /// It was stopped by [`stop`].
    OverLimit(&'static str),
    /// It was stopped by [`stop_late`].
    OverTime,
}

impl Stop {
    /// As the error of the whole document.
    pub(super) fn into_error(self, limits: &Limits) -> InputError {
        match self {
            Self::Broken => InputError::Damaged {
                cause: "its structure breaks the reader".to_owned(),
            },
            Self::OverLimit(cause) => InputError::OverLimit { cause: cause.to_owned() },
            Self::OverTime => InputError::OverTime { seconds: limits.seconds },
        }
    }
}

/// Runs code, catching its panics without a message on standard error.
pub(super) fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, Stop> {
    quiet_hook();
    let before = GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    GUARDED.set(before);
    result.map_err(|payload| payload.downcast::<Stop>().map_or(Stop::Broken, |stop| *stop))
}

/// Leaves guarded code from within a callback that cannot return an error.
pub(super) fn stop(cause: &'static str) -> ! {
    panic::resume_unwind(Box::new(Stop::OverLimit(cause)))
}

/// Leaves it once the time is over.
pub(super) fn stop_late() -> ! {
    panic::resume_unwind(Box::new(Stop::OverTime))
}

/// Keeps the message of a panic to itself while the panicking thread is guarded; other threads keep theirs.
fn quiet_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |information| {
            if !GUARDED.get() {
                loud(information);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_damage_and_a_stop_is_a_limit() {
        assert_eq!(guarded(|| 3), Ok(3));
        assert_eq!(guarded(|| -> u8 { panic!("a foreign fault") }), Err(Stop::Broken));
        assert_eq!(guarded(|| -> u8 { stop("too long") }), Err(Stop::OverLimit("too long")));
        assert_eq!(guarded(|| -> u8 { stop_late() }), Err(Stop::OverTime));
    }
}
