//! What the system says of a file that is read: its metadata in, words that change whenever its bytes do out.

use std::fmt::{self, Write as _};
use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Clocks of file systems tick this slowly at worst (FAT counts in two seconds).
const TICK: Duration = Duration::from_secs(2);

/// A file as the system describes it: which it is, how large, and when it was last written or moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    words: String,
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
        let (mut words, touched) = described(metadata)?;
        let _ = write!(words, ", {} bytes", metadata.len());
        let past = SystemTime::now().checked_sub(TICK)?;
        let state = if touched < past { State::Settled } else { State::Fresh };
        Some(Self { words, state })
    }

    /// The stamp of a member of an archive that has this stamp.
    pub(super) fn member(&self, index: usize) -> Self {
        Self {
            words: format!("{}, member {index}", self.words),
            state: self.state,
        }
    }

    /// A settled stamp of one's own words.
    #[cfg(test)]
    pub(super) fn told(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            state: State::Settled,
        }
    }

    /// The stamp in words.
    pub(super) fn as_str(&self) -> &str {
        &self.words
    }

    /// The stamp in words, if a later change of the file is sure to change it.
    pub(super) fn settled(&self) -> Option<&str> {
        (self.state == State::Settled).then_some(self.words.as_str())
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words)
    }
}

/// The file's number, and its times: when its bytes and when anything about it last changed. The latter cannot be set back by a user.
#[cfg(unix)]
fn described(metadata: &Metadata) -> Option<(String, SystemTime)> {
    use std::os::unix::fs::MetadataExt as _;
    let words = format!(
        "file {}:{}, written {}.{:09}, changed {}.{:09}",
        metadata.dev(),
        metadata.ino(),
        metadata.mtime(),
        metadata.mtime_nsec(),
        metadata.ctime(),
        metadata.ctime_nsec()
    );
    let second = u64::try_from(metadata.mtime().max(metadata.ctime())).unwrap_or(0);
    Some((words, UNIX_EPOCH.checked_add(Duration::from_secs(second + 1))?))
}

/// When it was last written is all that is known of a file elsewhere.
#[cfg(not(unix))]
fn described(metadata: &Metadata) -> Option<(String, SystemTime)> {
    let written = metadata.modified().ok()?;
    let since = written.duration_since(UNIX_EPOCH).ok()?;
    Some((format!("written {}.{:09}", since.as_secs(), since.subsec_nanos()), written))
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
        assert_ne!(stamp(&file).as_str(), before.as_str());
    }

    #[test]
    fn members_of_one_archive_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("reports.zip");
        fs::write(&file, "PK").unwrap();
        assert_ne!(stamp(&file).member(1).as_str(), stamp(&file).member(2).as_str());
    }
}
