//! The output folder: files are written beside their place and moved into it together, so that none is ever half-written.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::Written;

/// Bytes of a file that are written at a time.
const BUFFERED: usize = 1 << 16;

/// An output that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}", path.display())]
pub struct WriteError {
    /// What could not be written.
    pub path: PathBuf,
    /// Why not.
    pub source: io::Error,
}

/// A folder that takes files, from several threads if need be.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    drafts: Mutex<Vec<Draft>>,
    /// Folders below that were made for drafts, each after the one around it.
    made: Mutex<Vec<PathBuf>>,
    /// Folders below of which every file of a kind is this run's.
    owned: Vec<Owned>,
}

/// See [`Folder::own`].
#[derive(Debug)]
struct Owned {
    folder: PathBuf,
    is_own: fn(&Path) -> bool,
}

/// A file written beside its place; gone again unless it was moved there.
#[derive(Debug)]
struct Draft {
    beside: PathBuf,
    place: PathBuf,
    standing: Standing,
}

/// A file on its way: what is written to it appears under its name once [`Folder::keep`] took it and the folder is finished.
#[derive(Debug)]
pub struct Stream {
    draft: Draft,
    writer: BufWriter<File>,
}

impl Stream {
    /// Writes to it.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        self.writer.write_all(bytes).map_err(|source| self.draft.fault(source))
    }
}

/// Whether a file is one that people open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It is.
    Alone,
    /// Another one loads it.
    Part,
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Moved drafts are no longer there; for the others nothing better can be done than to try.
        let _ = fs::remove_file(&self.beside);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        held(&self.drafts).clear();
        // Folders that were made for them go too, unless something stands in them.
        for folder in held(&self.made).iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// What a lock guards; a thread that panicked under it left nothing half done.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Folder {
    /// The folder at `path`, made if it is not there; fails at once, before any reading, where it could not take a file.
    pub fn open(path: &Path) -> Result<Self, WriteError> {
        let fault = |source| WriteError {
            path: path.to_owned(),
            source,
        };
        fs::create_dir_all(path).map_err(fault)?;
        let probe = Draft::new(path, "probe");
        File::create(&probe.beside).map_err(fault)?;
        drop(probe);
        Ok(Self {
            path: path.to_owned(),
            drafts: Mutex::default(),
            made: Mutex::default(),
            owned: Vec::new(),
        })
    }

    /// Writes a file, `/` in its name for folders below; it appears under its name once [`Folder::finish`] is called.
    pub fn write(&self, name: &str, content: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), WriteError> {
        self.draft(name, Standing::Alone, buffered(content))
    }

    /// As [`Folder::write`], for a file that another one loads: it is not named among those written.
    pub fn write_part(&self, name: &str, content: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), WriteError> {
        self.draft(name, Standing::Part, buffered(content))
    }

    /// As [`Folder::write`], for what writes its file by itself, at the path it is given.
    pub fn write_at(&self, name: &str, content: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), WriteError> {
        self.draft(name, Standing::Alone, content)
    }

    /// Begins a file that is written by and by.
    pub fn begin(&self, name: &str) -> Result<Stream, WriteError> {
        let draft = Draft::new(&self.path, name);
        match File::create(&draft.beside) {
            Ok(file) => Ok(Stream {
                draft,
                writer: BufWriter::with_capacity(BUFFERED, file),
            }),
            Err(source) => Err(draft.fault(source)),
        }
    }

    /// Takes a file that is written.
    pub fn keep(&self, stream: Stream) -> Result<(), WriteError> {
        let Stream { draft, mut writer } = stream;
        writer.flush().map_err(|source| draft.fault(source))?;
        held(&self.drafts).push(draft);
        Ok(())
    }

    /// That a file cannot be written, for this reason.
    pub fn fault(&self, name: &str, source: io::Error) -> WriteError {
        WriteError {
            path: self.path.join(name),
            source,
        }
    }

    fn draft(&self, name: &str, standing: Standing, content: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), WriteError> {
        let (below, name) = name.rsplit_once('/').unwrap_or(("", name));
        let folder = self.path.join(below);
        let mut draft = Draft::new(&folder, name);
        draft.standing = standing;
        let result = self.make(&folder).and_then(|()| content(&draft.beside));
        let place = draft.place.clone();
        held(&self.drafts).push(draft);
        result.map_err(|source| WriteError { path: place, source })
    }

    /// Says that all files of a kind in a folder below are this run's: those that an earlier run left are removed in the end.
    pub fn own(&mut self, below: &str, is_own: fn(&Path) -> bool) {
        self.owned.push(Owned {
            folder: self.path.join(below),
            is_own,
        });
    }

    /// Moves all files to their places, and says which they are.
    pub fn finish(self) -> Result<Written, WriteError> {
        let drafts = std::mem::take(&mut *held(&self.drafts));
        // Seen before the first file moves: a folder in the place of a file is what a rename fails on.
        if let Some(draft) = drafts.iter().find(|draft| draft.place.is_dir()) {
            return Err(WriteError {
                path: draft.place.clone(),
                source: io::ErrorKind::IsADirectory.into(),
            });
        }
        for draft in &drafts {
            fs::rename(&draft.beside, &draft.place).map_err(|source| WriteError {
                path: draft.place.clone(),
                source,
            })?;
        }
        let places: BTreeSet<&Path> = drafts.iter().map(|draft| draft.place.as_path()).collect();
        for owned in &self.owned {
            owned.clear(&places)?;
        }
        let of = |standing: Standing| {
            drafts
                .iter()
                .filter(move |draft| draft.standing == standing)
                .map(|draft| draft.place.clone())
        };
        Ok(Written {
            files: of(Standing::Alone).collect(),
            parts: of(Standing::Part).collect(),
            ..Written::default()
        })
    }

    /// Makes a folder and those around it, noting which were not there.
    fn make(&self, folder: &Path) -> io::Result<()> {
        // Under the lock, so that of two threads only one makes a folder.
        let mut made = held(&self.made);
        let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.is_dir()).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            made.push(folder.to_owned());
        }
        Ok(())
    }
}

/// A file made of what is written.
fn buffered(content: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> impl FnOnce(&Path) -> io::Result<()> {
    |path| {
        let mut writer = BufWriter::with_capacity(BUFFERED, File::create(path)?);
        content(&mut writer)?;
        writer.flush()
    }
}

impl Owned {
    /// Removes the files that are not among those just written.
    fn clear(&self, written: &BTreeSet<&Path>) -> Result<(), WriteError> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Ok(()) };
        for entry in entries.flatten() {
            let path = entry.path();
            if !written.contains(path.as_path()) && entry.file_type().is_ok_and(|kind| kind.is_file()) && (self.is_own)(&path) {
                fs::remove_file(&path).map_err(|source| WriteError { path, source })?;
            }
        }
        Ok(())
    }
}

impl Draft {
    /// The process in the name keeps two runs into one folder apart.
    fn new(folder: &Path, name: &str) -> Self {
        Self {
            beside: folder.join(format!(".{name}.{}.part", std::process::id())),
            place: folder.join(name),
            standing: Standing::Alone,
        }
    }

    fn fault(&self, source: io::Error) -> WriteError {
        WriteError {
            path: self.place.clone(),
            source,
        }
    }
}
