//! What memory need not hold: records go in, and come out again in the order they went in or sorted by a key, from memory while they are few.
//!
//! Files have no name where the system allows it: they are gone with the process, however it ends.

mod overlapped;
mod sequence;
mod sorter;

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

pub use overlapped::{each_in_order, overlapped};
pub use sequence::Sequence;
pub use sorter::{Key, Merged, See, Sorted, Sorter};

/// Where records go that are too many for memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Shelf {
    /// Nowhere: they stay in memory, however many they are.
    #[default]
    Memory,
    /// To files in a folder.
    Folder {
        /// The folder, which is there.
        folder: PathBuf,
        /// How many bytes of each kind of record stay in memory.
        bytes: usize,
    },
}

/// Bytes of one kind of record that stay in memory, unless it is said otherwise.
const BYTES_KEPT: usize = 4 << 20;

impl Shelf {
    /// Files in a folder.
    pub fn folder(folder: &Path) -> Self {
        Self::Folder {
            folder: folder.to_owned(),
            bytes: BYTES_KEPT,
        }
    }

    /// Whether so many bytes are too many for memory.
    fn is_full(&self, length: usize) -> bool {
        matches!(self, Self::Folder { bytes, .. } if length >= *bytes)
    }

    /// A file for what memory does not take; none where it takes all.
    fn file(&self) -> io::Result<Option<File>> {
        match self {
            Self::Memory => Ok(None),
            Self::Folder { folder, .. } => tempfile::tempfile_in(folder).map(Some),
        }
    }
}

/// Fills the bytes from a place of the file.
#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

/// Fills the bytes from a place of the file.
#[cfg(not(unix))]
fn read_at(mut file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    use std::io::{Read as _, Seek as _};
    file.seek(io::SeekFrom::Start(at))?;
    file.read_exact(bytes)
}
