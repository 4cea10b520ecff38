//! What the system says of a file that is read: its metadata in, words that change whenever its bytes do out.

use std::fmt;
use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Clocks of file systems tick this slowly at worst (FAT counts in two seconds).
const TICK: Duration = Duration::from_secs(2);

/// A file as the system describes it: which it is, how large, and when it was last written or moved. In words only when they are asked for, since an
/// archive may have a hundred thousand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    file: Described,
    /// Bytes of the file.
    length: u64,
    /// The member, if the file is an archive.
    member: Option<usize>,
    state: State,
}

/// Whether a change after the file was looked at would show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It would: the file's time is past.
    Settled,
    /// It may fall into the tick of the clock in which the file was last written. Git calls such entries racy.
    Fresh,
}

impl Stamp {
    /// The stamp of a file; none where the system keeps no times.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let file = Described::of(metadata)?;
        let past = SystemTime::now().checked_sub(TICK)?;
        let state = if file.touched()? < past { State::Settled } else { State::Fresh };
        Some(Self {
            file,
            length: metadata.len(),
            member: None,
            state,
        })
    }

    /// The stamp of a member of an archive that has this stamp.
    pub(super) fn member(&self, index: usize) -> Self {
        Self {
            member: Some(index),
            ..self.clone()
        }
    }

    /// A settled stamp of one's own: files differ by their lengths, and days by the member.
    #[cfg(test)]
    pub(super) fn told(length: u64, day: usize) -> Self {
        Self {
            file: Described::default(),
            length,
            member: Some(day),
            state: State::Settled,
        }
    }

    /// The stamp in words, if a later change of the file is sure to change it.
    pub(super) fn settled(&self) -> Option<String> {
        (self.state == State::Settled).then(|| self.to_string())
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, {} bytes", self.file, self.length)?;
        self.member.map_or(Ok(()), |index| write!(formatter, ", member {index}"))
    }
}

/// The file's number, and its times: when its bytes and when anything about it last changed. The latter cannot be set back by a user.
#[cfg(unix)]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Described {
    device: u64,
    number: u64,
    /// Seconds and nanoseconds.
    written: (i64, i64),
    changed: (i64, i64),
}

#[cfg(unix)]
impl Described {
    #[expect(clippy::unnecessary_wraps, reason = "other systems may keep no times")]
    fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            device: metadata.dev(),
            number: metadata.ino(),
            written: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    /// The second after which nothing of it changed.
    fn touched(&self) -> Option<SystemTime> {
        let second = u64::try_from(self.written.0.max(self.changed.0)).unwrap_or(0);
        UNIX_EPOCH.checked_add(Duration::from_secs(second + 1))
    }
}

#[cfg(unix)]
impl fmt::Display for Described {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            device,
            number,
            written,
            changed,
        } = self;
        write!(
            formatter,
            "file {device}:{number}, written {}.{:09}, changed {}.{:09}",
            written.0, written.1, changed.0, changed.1
        )
    }
}

/// When it was last written is all that is known of a file elsewhere.
#[cfg(not(unix))]
#[derive(Debug, Clone, PartialEq, Eq)]
struct Described {
    written: SystemTime,
}

#[cfg(not(unix))]
impl Described {
    fn of(metadata: &Metadata) -> Option<Self> {
        let written = metadata.modified().ok()?;
        written.duration_since(UNIX_EPOCH).ok()?;
        Some(Self { written })
    }

    fn touched(&self) -> Option<SystemTime> {
        Some(self.written)
    }
}

#[cfg(not(unix))]
impl Default for Described {
    fn default() -> Self {
        Self { written: UNIX_EPOCH }
    }
}

#[cfg(not(unix))]
impl fmt::Display for Described {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.written.duration_since(UNIX_EPOCH).unwrap_or_default();
        write!(formatter, "written {}.{:09}", since.as_secs(), since.subsec_nanos())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs::{self, File, FileTimes};
    use std::path::Path;

    use super::*;

    fn stamp(path: &Path) -> Stamp {
        Stamp::of(&fs::metadata(path).expect("a file")).expect("a time")
    }

    #[test]
    fn a_file_just_written_is_not_settled() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.txt");
        fs::write(&file, "7,900").unwrap();
        assert_eq!(stamp(&file).settled(), None);
        // An old time of writing alone may have been set by hand.
        File::options()
            .write(true)
            .open(&file)
            .unwrap()
            .set_times(FileTimes::new().set_modified(UNIX_EPOCH))
            .unwrap();
        assert_eq!(stamp(&file).settled(), None);
    }

    #[test]
    fn bytes_of_the_same_length_with_the_time_set_back_give_another_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.txt");
        fs::write(&file, "7,900").unwrap();
        let before = stamp(&file);
        let written = fs::metadata(&file).unwrap().modified().unwrap();
        let anew = folder.path().join("anew.txt");
        fs::write(&anew, "9,700").unwrap();
        File::options()
            .write(true)
            .open(&anew)
            .unwrap()
            .set_times(FileTimes::new().set_modified(written))
            .unwrap();
        fs::rename(&anew, &file).unwrap();
        assert_ne!(stamp(&file).to_string(), before.to_string());
    }

    #[test]
    fn members_of_one_archive_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("reports.zip");
        fs::write(&file, "PK").unwrap();
        assert_ne!(stamp(&file).member(1).to_string(), stamp(&file).member(2).to_string());
    }
}
