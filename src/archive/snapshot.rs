//! One file as published: its name, its size, and its bytes when asked for.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipArchive;

use super::stamp::Stamp;

/// A snapshot that was found, not yet read.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Path below the PATH given, `/` separated; members of archives below the archive's.
    pub path: String,
    /// Size in bytes, as far as known before it is read.
    pub size: u64,
    pub(super) origin: Origin,
    /// What the system says of its file, as far as it says anything.
    pub(super) stamp: Option<Stamp>,
    /// Most bytes taken.
    pub(super) limit: u64,
}

/// Where the bytes come from.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// A file of its own.
    File(PathBuf),
    /// Part of a file, as tar keeps its members.
    Part {
        /// The archive.
        file: PathBuf,
        /// First byte.
        start: u64,
    },
    /// A member of a ZIP archive, by index; one member is unpacked at a time.
    Zipped(Arc<Mutex<ZipArchive<BufReader<File>>>>, usize),
    /// Unpacked already, since its archive can only be read from front to back.
    Bytes(Arc<[u8]>),
}

/// Why the bytes of a snapshot could not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The system says no.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The archive is damaged at this member, or packs it in a way unknown here.
    #[error("the archive's member cannot be unpacked: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// It is larger than it said, or than is taken.
    #[error("over a limit: it unpacks to more than {limit} bytes")]
    OverLimit {
        /// Most bytes taken.
        limit: u64,
    },
}

impl Snapshot {
    /// Whether its bytes can be had piece by piece, and its size is sure.
    pub(super) fn is_seen_in_pieces(&self) -> bool {
        matches!(self.origin, Origin::File(_) | Origin::Part { .. })
    }

    /// BLAKE3 of its bytes in hexadecimal, in little memory where they can be had piece by piece.
    pub(super) fn hash(&self) -> Result<String, ReadError> {
        match &self.origin {
            Origin::File(path) => hash_in_pieces(File::open(path)?),
            Origin::Part { file, start } => {
                let mut file = File::open(file)?;
                file.seek(SeekFrom::Start(*start))?;
                hash_in_pieces(file.take(self.size))
            }
            Origin::Zipped(..) | Origin::Bytes(_) => Ok(hash(&self.read_bytes()?)),
        }
    }

    /// Its bytes, read anew each time.
    pub fn read_bytes(&self) -> Result<Vec<u8>, ReadError> {
        match &self.origin {
            Origin::File(path) => take(File::open(path)?, room(self.size), self.limit),
            Origin::Part { file, start } => {
                let mut file = File::open(file)?;
                file.seek(SeekFrom::Start(*start))?;
                let bytes = take(file.take(self.size), room(self.size), self.limit)?;
                if (bytes.len() as u64) < self.size {
                    return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends within this member").into());
                }
                Ok(bytes)
            }
            Origin::Zipped(archive, index) => {
                // A reader that panicked under the lock leaves nothing half done: each member is sought anew.
                let mut archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
                take(archive.by_index(*index)?, room(self.size.min(ANNOUNCED)), self.limit)
            }
            Origin::Bytes(bytes) => Ok(bytes.to_vec()),
        }
    }
}

/// BLAKE3 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn hash_in_pieces(reader: impl Read) -> Result<String, ReadError> {
    Ok(blake3::Hasher::new().update_reader(reader)?.finalize().to_hex().to_string())
}

/// Of the size that an archive announces, as much is believed before it is unpacked.
const ANNOUNCED: u64 = 16 << 20;

/// Room for so many bytes at once, so that nothing is moved while they come; where there is none, reading says so.
fn room(size: u64) -> Vec<u8> {
    let mut room = Vec::new();
    let _ = room.try_reserve_exact(usize::try_from(size).unwrap_or(0));
    room
}

/// All bytes, unless they are more than the limit.
fn take(reader: impl Read, mut bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, ReadError> {
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::OverLimit { limit });
    }
    Ok(bytes)
}
