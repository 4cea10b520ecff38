//! Archives: a ZIP, tar, gzip or web archive in, its members that may be reports out, tricks and bombs told.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::kind::{self, Kind};
use super::name::enclosed;
use super::snapshot::Origin;
use super::{Limits, Trouble, TroubleKind, warc};

/// What an archive holds.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    /// Members that may be reports, in the archive's order; of two with one name the later, as unpacking would leave it.
    pub(super) members: Vec<Member>,
    /// What could not be taken; an empty path means the archive itself.
    pub(super) troubles: Vec<Trouble>,
    /// Members that are no reports.
    pub(super) skipped: usize,
}

/// A member that may be a report.
#[derive(Debug)]
pub(super) struct Member {
    /// Its path within the archive.
    pub(super) name: String,
    /// Its size, unpacked.
    pub(super) size: u64,
    /// Where its bytes are.
    pub(super) origin: Origin,
}

/// Bytes below which a high ratio harms nobody: an empty page full of spaces.
const HARMLESS: u64 = 8 << 20;

/// Lists an archive. Never fails: what is wrong is told among the troubles.
pub(super) fn members(path: &Path, kind: Kind, name: &str, limits: &Limits) -> Unpacked {
    let mut unpacked = Unpacked::default();
    let outcome = catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::Zip => zip(path, limits, &mut unpacked),
        Kind::Tar => tar(path, limits, &mut unpacked),
        Kind::Gzip => gzip(path, name, limits, &mut unpacked),
        Kind::Warc => File::open(path).and_then(|file| warc::members(BufReader::new(file), limits, &mut unpacked)),
        Kind::Snapshot | Kind::Other => Ok(()),
    }));
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(error)) => unpacked.unreadable(String::new(), format!("the archive is damaged: {error}")),
        Err(_) => unpacked.unreadable(String::new(), "the archive is damaged: its reader failed".to_owned()),
    }
    unpacked.keep_last();
    unpacked
}

impl Unpacked {
    pub(super) fn unreadable(&mut self, path: String, cause: String) {
        self.troubles.push(Trouble {
            path,
            kind: TroubleKind::Unreadable,
            cause,
        });
    }

    pub(super) fn passed_over(&mut self, path: String, cause: &str) {
        self.troubles.push(Trouble {
            path,
            kind: TroubleKind::PassedOver,
            cause: cause.to_owned(),
        });
    }

    /// Of members with one name only the last is what unpacking leaves.
    fn keep_last(&mut self) {
        let mut seen = std::collections::HashSet::new();
        let mut twice = Vec::new();
        let mut kept: Vec<Member> = Vec::with_capacity(self.members.len());
        for member in std::mem::take(&mut self.members).into_iter().rev() {
            if seen.insert(member.name.clone()) {
                kept.push(member);
            } else {
                twice.push(member.name);
            }
        }
        kept.reverse();
        self.members = kept;
        for name in twice.into_iter().rev() {
            self.passed_over(name, "the archive holds this name twice; the later member is read");
        }
    }

    /// Whether a member with this name may be a report; the rest is counted or told.
    fn wants(&mut self, shown: &str, head: &[u8]) -> Option<String> {
        let Some(name) = enclosed(shown) else {
            self.passed_over(shown.replace('\0', "\u{fffd}"), "the name leads out of the archive; not read");
            return None;
        };
        if name.split('/').any(kind::is_hidden) {
            return None;
        }
        let file = name.rsplit('/').next().unwrap_or(&name);
        match kind::kind(file, head) {
            Kind::Snapshot => Some(name),
            Kind::Other if !kind::says_archive(file) => {
                self.skipped += 1;
                None
            }
            _ => {
                self.passed_over(name, "an archive within an archive; not opened");
                None
            }
        }
    }
}

fn zip(path: &Path, limits: &Limits, unpacked: &mut Unpacked) -> io::Result<()> {
    let packed_size = std::fs::metadata(path)?.len();
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?))?;
    if archive.len() > limits.members {
        let cause = format!("over a limit: the archive has {} members, more than {}", archive.len(), limits.members);
        unpacked.unreadable(String::new(), cause);
        return Ok(());
    }
    if archive.has_overlapping_files()? {
        unpacked.unreadable(
            String::new(),
            "the archive's members share their bytes, as only a decompression bomb has it".to_owned(),
        );
        return Ok(());
    }
    let mut found = Vec::new();
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let (shown, size, packed, encrypted, folder, link) = {
            let name = archive
                .name_for_index(index)
                .and_then(Result::ok)
                .map_or_else(String::new, Cow::into_owned);
            let member = match archive.by_index_raw(index) {
                Ok(member) => member,
                Err(error) => {
                    unpacked.unreadable(
                        enclosed(&name).unwrap_or_default(),
                        format!("the archive is damaged at this member: {error}"),
                    );
                    continue;
                }
            };
            let shown = member
                .name()
                .map_or_else(|_| String::from_utf8_lossy(member.name_raw()).into_owned(), Cow::into_owned);
            let plain = member
                .unix_mode()
                .is_none_or(|mode| mode & 0o170_000 == 0 || mode & 0o170_000 == 0o100_000);
            (
                shown,
                member.size(),
                member.compressed_size(),
                member.encrypted(),
                member.is_dir(),
                member.is_symlink() || !plain && !member.is_dir(),
            )
        };
        if folder {
            continue;
        }
        if link {
            unpacked.passed_over(enclosed(&shown).unwrap_or(shown), "a link or device in an archive; not followed");
            continue;
        }
        let mut head = Vec::new();
        let file = shown.rsplit(['/', '\\']).next().unwrap_or(&shown);
        if !kind::says_other(file) && !encrypted {
            // What cannot be unpacked has no head, and is told when it is read.
            if let Ok(member) = archive.by_index(index) {
                let _ = member.take(4096).read_to_end(&mut head);
            }
        }
        let Some(name) = unpacked.wants(&shown, &head) else { continue };
        if encrypted {
            unpacked.unreadable(name, "the member is encrypted".to_owned());
        } else if size > HARMLESS && size / packed.max(1) > limits.ratio {
            unpacked.unreadable(
                name,
                format!(
                    "over a limit: one packed byte unpacks to {}, more than {}",
                    size / packed.max(1),
                    limits.ratio
                ),
            );
        } else {
            total = total.saturating_add(size);
            found.push((name, size, index));
        }
    }
    if total > limits.archive_bytes || total > HARMLESS && total / packed_size.max(1) > limits.ratio {
        unpacked.unreadable(
            String::new(),
            format!("over a limit: the archive of {packed_size} bytes unpacks to {total}"),
        );
        return Ok(());
    }
    let archive = Arc::new(Mutex::new(archive));
    unpacked.members.extend(found.into_iter().map(|(name, size, index)| Member {
        name,
        size,
        origin: Origin::Zipped(Arc::clone(&archive), index),
    }));
    Ok(())
}

fn tar(path: &Path, limits: &Limits, unpacked: &mut Unpacked) -> io::Result<()> {
    let length = std::fs::metadata(path)?.len();
    let file = BufReader::new(File::open(path)?);
    tar_members(file, limits, unpacked, |entry, _, size| {
        let start = entry.raw_file_position();
        if start.saturating_add(size) > length {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ends within a member"));
        }
        Ok(Origin::Part {
            file: path.to_owned(),
            start,
        })
    })
}

/// Walks a tar archive; `origin` is asked for the bytes of each member that may be a report, of which the first are given.
fn tar_members<R: Read>(
    reader: R,
    limits: &Limits,
    unpacked: &mut Unpacked,
    mut origin: impl FnMut(&mut tar::Entry<'_, R>, Vec<u8>, u64) -> io::Result<Origin>,
) -> io::Result<()> {
    let mut archive = tar::Archive::new(reader);
    let mut count = 0;
    let mut total = 0_u64;
    for entry in archive.entries()? {
        let mut entry = entry?;
        count += 1;
        if count > limits.members {
            unpacked.unreadable(
                String::new(),
                format!("over a limit: the archive has more than {} members; the rest is not read", limits.members),
            );
            return Ok(());
        }
        let kind = entry.header().entry_type();
        let shown = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if kind.is_dir() || kind.is_pax_global_extensions() || kind.is_pax_local_extensions() || kind.is_gnu_longname() || kind.is_gnu_longlink() {
            continue;
        }
        if !kind.is_file() && !kind.is_contiguous() {
            unpacked.passed_over(enclosed(&shown).unwrap_or(shown), "a link or device in an archive; not followed");
            continue;
        }
        let size = entry.size();
        let mut head = Vec::new();
        (&mut entry).take(4096).read_to_end(&mut head)?;
        let Some(name) = unpacked.wants(&shown, &head) else { continue };
        total = total.saturating_add(size);
        if size > limits.snapshot_bytes {
            unpacked.unreadable(
                name,
                format!("over a limit: the member has {size} bytes, more than {}", limits.snapshot_bytes),
            );
        } else if total > limits.archive_bytes {
            unpacked.unreadable(
                name,
                "over a limit: the archive's members before this one are too large together; the rest is not read".to_owned(),
            );
            return Ok(());
        } else {
            let origin = origin(&mut entry, head, size)?;
            unpacked.members.push(Member { name, size, origin });
        }
    }
    Ok(())
}

/// A gzipped tar or web archive, or a single file that lost its `.gz`.
fn gzip(path: &Path, name: &str, limits: &Limits, unpacked: &mut Unpacked) -> io::Result<()> {
    let packed_size = std::fs::metadata(path)?.len();
    // Nothing in it unpacks to more than this; a bomb ends here, not in memory.
    let most = limits.archive_bytes.min(packed_size.saturating_mul(limits.ratio).max(HARMLESS));
    let mut reader = Bounded {
        reader: BufReader::with_capacity(64 * 1024, MultiGzDecoder::new(BufReader::new(File::open(path)?))),
        left: most,
    };
    let mut head = Vec::new();
    (&mut reader).take(4096).read_to_end(&mut head)?;
    let kind = kind::container(&head);
    let mut whole = io::Cursor::new(head).chain(reader);
    match kind {
        Some(Kind::Tar) => tar_members(whole, limits, unpacked, |entry, mut head, size| {
            entry.read_to_end(&mut head)?;
            if (head.len() as u64) < size {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ends within a member"));
            }
            Ok(Origin::Bytes(head.into()))
        }),
        Some(Kind::Warc) => warc::members(BufReader::new(whole), limits, unpacked),
        Some(_) => {
            unpacked.passed_over(String::new(), "an archive within an archive; not opened");
            Ok(())
        }
        None => {
            let file = name.rsplit('/').next().unwrap_or(name);
            let inner = file.strip_suffix(".gz").unwrap_or(file);
            if inner.is_empty() || kind::says_other(inner) {
                unpacked.skipped += 1;
                return Ok(());
            }
            let mut bytes = Vec::new();
            (&mut whole).take(limits.snapshot_bytes + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > limits.snapshot_bytes {
                unpacked.unreadable(
                    String::new(),
                    format!("over a limit: it unpacks to more than {} bytes", limits.snapshot_bytes),
                );
                return Ok(());
            }
            unpacked.members.push(Member {
                name: inner.to_owned(),
                size: bytes.len() as u64,
                origin: Origin::Bytes(bytes.into()),
            });
            Ok(())
        }
    }
}

/// A reader that fails past its limit, where `take` would only end.
struct Bounded<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it unpacks to far more than archives of reports do"))?;
        Ok(read)
    }
}
