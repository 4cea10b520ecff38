//! The right to write into an output folder: one run at a time has it, and what killed runs left there is cleared away.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
};

use walkdir::WalkDir;

use super::WriteError;

/// Folders below the output folder that files are written to are no deeper than this.
const DEPTH: usize = 4;

/// Held while a run writes; given back when it is dropped, and by the system when the run is killed.
#[derive(Debug)]
pub struct Claim {
    /// None on a file system that knows no locks.
    _lock: Option<File>,
}

impl Claim {
    /// Claims a folder that is there, or says that another run has it.
    pub fn on(folder: &Path) -> Result<Self, WriteError> {
        let fault = |source| WriteError {
            path: folder.to_owned(),
            source,
        };
        let file = lockable(folder).map_err(fault)?;
        let lock = match file.try_lock() {
            Ok(()) => Some(file),
            Err(TryLockError::WouldBlock) => {
                let words = "another run is writing into it; wait for its end, or choose another folder";
                return Err(fault(io::Error::new(io::ErrorKind::ResourceBusy, words)));
            }
            Err(TryLockError::Error(_)) => None,
        };
        clear(folder);
        Ok(Self { _lock: lock })
    }
}

/// The folder itself, so that no file is left in it.
#[cfg(unix)]
fn lockable(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// A hidden file, where folders cannot be opened.
#[cfg(not(unix))]
fn lockable(folder: &Path) -> io::Result<File> {
    File::create(folder.join(".crosstally.lock"))
}

/// Removes the drafts of runs that were killed; while the claim is held, no others are there.
fn clear(folder: &Path) {
    let files = WalkDir::new(folder).max_depth(DEPTH).into_iter().flatten();
    for file in files.filter(|file| file.file_type().is_file() && is_draft(&file.file_name().to_string_lossy())) {
        // What cannot be removed is in nobody's way.
        let _ = fs::remove_file(file.path());
    }
}

/// Whether a file is named as drafts are: `.findings.csv.4711.part`.
fn is_draft(name: &str) -> bool {
    let process = name.strip_prefix('.').and_then(|name| name.strip_suffix(".part")?.rsplit_once('.'));
    process.is_some_and(|(name, process)| !name.is_empty() && !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_claimed_by_one_run_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let claim = Claim::on(folder.path()).unwrap();
        let error = Claim::on(folder.path()).unwrap_err();
        assert!(error.source.to_string().starts_with("another run is writing into it"), "{error:?}");
        drop(claim);
        Claim::on(folder.path()).unwrap();
    }

    #[test]
    fn drafts_of_killed_runs_go_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("report")).unwrap();
        let files = [
            (".findings.csv.4711.part", false),
            ("report/.index.html.1.part", false),
            (".part", true),
            (".notes.part", true),
            ("findings.csv.4711.part", true),
            (".findings.csv.4711.part.csv", true),
            ("findings.csv", true),
        ];
        for (name, _) in files {
            fs::write(folder.path().join(name), "").unwrap();
        }
        Claim::on(folder.path()).unwrap();
        for (name, stays) in files {
            assert_eq!(folder.path().join(name).exists(), stays, "{name}");
        }
    }
}
