//! The output folder: files are written beside their place and moved into it together, so that none is ever half-written.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// An output that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}", path.display())]
pub struct WriteError {
    /// What could not be written.
    pub path: PathBuf,
    /// Why not.
    pub source: io::Error,
}

/// A folder that takes files.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    drafts: Vec<Draft>,
}

/// A file written beside its place; gone again unless it was moved there.
#[derive(Debug)]
struct Draft {
    beside: PathBuf,
    place: PathBuf,
    made: Option<PathBuf>,
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Moved drafts are no longer there; for the others nothing better can be done than to try.
        let _ = fs::remove_file(&self.beside);
        // A folder below that was made for it goes too, unless something stands in it.
        if let Some(folder) = &self.made {
            let _ = fs::remove_dir(folder);
        }
    }
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
            drafts: Vec::new(),
        })
    }

    /// Writes a file, `/` in its name for folders below; it appears under its name once [`Folder::finish`] is called.
    pub fn write(&mut self, name: &str, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
        let (below, name) = name.rsplit_once('/').unwrap_or(("", name));
        let folder = self.path.join(below);
        let mut draft = Draft::new(&folder, name);
        draft.made = (!folder.is_dir()).then(|| folder.clone());
        let result = fs::create_dir_all(&folder).and_then(|()| File::create(&draft.beside)).and_then(|file| {
            let mut writer = BufWriter::with_capacity(1 << 16, file);
            content(&mut writer)?;
            writer.flush()
        });
        let place = draft.place.clone();
        self.drafts.push(draft);
        result.map_err(|source| WriteError { path: place, source })
    }

    /// Moves all files to their places, and says which they are.
    pub fn finish(self) -> Result<Vec<PathBuf>, WriteError> {
        // Seen before the first file moves: a folder in the place of a file is what a rename fails on.
        if let Some(draft) = self.drafts.iter().find(|draft| draft.place.is_dir()) {
            return Err(WriteError {
                path: draft.place.clone(),
                source: io::ErrorKind::IsADirectory.into(),
            });
        }
        for draft in &self.drafts {
            fs::rename(&draft.beside, &draft.place).map_err(|source| WriteError {
                path: draft.place.clone(),
                source,
            })?;
        }
        Ok(self.drafts.iter().map(|draft| draft.place.clone()).collect())
    }
}

impl Draft {
    /// The process in the name keeps two runs into one folder apart.
    fn new(folder: &Path, name: &str) -> Self {
        Self {
            beside: folder.join(format!(".{name}.{}.part", std::process::id())),
            place: folder.join(name),
            made: None,
        }
    }
}
