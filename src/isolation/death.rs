//! Why a process ended that was to read a snapshot: how it ended and its last words in, the cause as users read it and what was wanting out.

use std::{fmt, process::ExitStatus};

use super::watchdog::Ending;
use crate::schema::Want;

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// It did not answer in time.
    OverTime {
        /// Seconds it was allowed.
        seconds: u64,
    },
    /// It asked for more memory than it may have.
    OutOfMemory {
        /// Bytes it was allowed.
        limit: u64,
    },
    /// Its stack was full.
    StackOverflow,
    /// The system or somebody ended it.
    Signal(i32),
    /// It ended itself.
    Code(i32),
    /// Its answer is none.
    Garbled,
}

impl Death {
    /// What a reader wanted that ended so.
    pub fn want(&self) -> Want {
        match self {
            Self::OverTime { .. } => Want::Time,
            Self::OutOfMemory { .. } => Want::Memory,
            Self::StackOverflow => Want::Stack,
            Self::Signal(_) | Self::Code(_) | Self::Garbled => Want::Life,
        }
    }

    /// What the system and the last words of a process say that was allowed so much.
    pub(super) fn of(status: Option<ExitStatus>, ending: Ending, words: &str, seconds: u64, memory: u64) -> Self {
        if ending == Ending::Killed {
            return Self::OverTime { seconds };
        }
        // Rust's runtime says these before it gives up, and there is no other way to tell one such end from the other.
        if words.contains("memory allocation of") {
            return Self::OutOfMemory { limit: memory };
        }
        if words.contains("has overflowed its stack") {
            return Self::StackOverflow;
        }
        match status {
            Some(status) => signal(status)
                .map(Self::Signal)
                .or_else(|| status.code().map(Self::Code))
                .unwrap_or(Self::Garbled),
            None => Self::Garbled,
        }
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_status: ExitStatus) -> Option<i32> {
    None
}

impl fmt::Display for Death {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OverTime { seconds: 1 } => formatter.write_str("the reader took more than 1 second and was stopped"),
            Self::OverTime { seconds } => write!(formatter, "the reader took more than {seconds} seconds and was stopped"),
            Self::OutOfMemory { limit } => write!(formatter, "the reader ran out of memory (limit {})", Size(*limit)),
            Self::StackOverflow => formatter.write_str("the reader ran out of stack: things are nested too deep in it"),
            Self::Signal(9) => formatter.write_str("the reader was killed (signal 9), by somebody or for want of memory"),
            Self::Signal(signal) => write!(formatter, "the reader was ended by signal {signal}"),
            Self::Code(code) => write!(formatter, "the reader ended without an answer (exit code {code})"),
            Self::Garbled => formatter.write_str("the reader gave an answer that is none"),
        }
    }
}

/// A number of bytes in the largest unit that holds it without a fraction.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = [(30, "GiB"), (20, "MiB"), (10, "KiB")]
            .into_iter()
            .find(|(shift, _)| self.0 > 0 && self.0.is_multiple_of(1 << shift));
        match unit {
            Some((shift, unit)) => write!(formatter, "{} {unit}", self.0 >> shift),
            None => write!(formatter, "{} bytes", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_told_as_users_write_limits() {
        let check = |death: Death, expected: &str| assert_eq!(death.to_string(), expected);
        check(Death::OutOfMemory { limit: 2 << 30 }, "the reader ran out of memory (limit 2 GiB)");
        check(Death::OutOfMemory { limit: 1536 << 20 }, "the reader ran out of memory (limit 1536 MiB)");
        check(Death::OutOfMemory { limit: 1001 }, "the reader ran out of memory (limit 1001 bytes)");
        check(Death::OverTime { seconds: 1 }, "the reader took more than 1 second and was stopped");
        check(Death::OverTime { seconds: 60 }, "the reader took more than 60 seconds and was stopped");
        check(Death::Signal(11), "the reader was ended by signal 11");
    }
}
