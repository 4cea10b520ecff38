//! Folders and patterns: paths in, files in sorted order out, with loops, locked folders and devices told.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use super::ignore::{self, Ignored};
use super::kind::{self, Kind};
use super::name::{Names, slashed};
use super::snapshot::{Origin, Snapshot};
use super::stamp::Stamp;
use super::{Collection, Limits, Trouble, TroubleKind, packed};
use crate::Error;

/// How many bytes tell what a file is.
const HEAD: u64 = 4096;

/// A walk under way.
pub(super) struct Walk<'a> {
    limits: &'a Limits,
    collection: Collection,
    names: Names,
    /// Files taken, by their real path: a folder and a file in it may both be given.
    seen: HashSet<PathBuf>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            collection: Collection::default(),
            names: Names::default(),
            seen: HashSet::new(),
        }
    }

    /// Takes one PATH of the command line.
    pub(super) fn path(&mut self, path: &Path) -> Result<(), Error> {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                self.folder(path, None);
                Ok(())
            }
            Ok(_) => {
                let name = path.file_name().map_or_else(|| slashed(path), |name| name.to_string_lossy().into_owned());
                self.file(path, &name, &Root::new(path.parent().unwrap_or(path)), Asked::ByName);
                Ok(())
            }
            Err(_) if is_pattern(path) => self.pattern(path),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput
                ) =>
            {
                Err(Error::PathNotFound { path: path.to_owned() })
            }
            Err(error) => {
                self.trouble(slashed(path), TroubleKind::Unreadable, error.to_string());
                Ok(())
            }
        }
    }

    /// All that was found.
    pub(super) fn finish(self) -> Collection {
        let mut collection = self.collection;
        collection.snapshots.sort_by(|one, other| one.path.cmp(&other.path));
        collection.troubles.sort();
        collection
    }

    /// Files below a folder; with a pattern, those it matches, or whose folder it matches.
    fn folder(&mut self, folder: &Path, pattern: Option<&GlobSet>) -> usize {
        let mut matched = 0;
        let root = Root::new(folder);
        let mut kept = Kept::default();
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| kept.is_walked(entry)) {
            match entry {
                Ok(entry) => {
                    let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                    if entry.file_type().is_dir() || pattern.is_some_and(|pattern| !pattern.is_match(below)) {
                        continue;
                    }
                    matched += 1;
                    self.entry(&entry, &slashed(below), &root);
                }
                Err(error) => {
                    let path = error
                        .path()
                        .map_or_else(String::new, |path| slashed(path.strip_prefix(folder).unwrap_or(path)));
                    let path = if path.is_empty() { root.given.clone() } else { path };
                    if pattern.is_some_and(|pattern| !pattern.is_match(&path)) {
                        continue;
                    }
                    matched += 1;
                    if let Some(ancestor) = error.loop_ancestor() {
                        let ancestor = slashed(ancestor.strip_prefix(folder).unwrap_or(ancestor));
                        let to = if ancestor.is_empty() { root.given.clone() } else { ancestor };
                        self.trouble(path, TroubleKind::PassedOver, format!("the link leads back to {to}; not followed"));
                    } else {
                        let cause = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                        self.trouble(path, TroubleKind::Unreadable, cause);
                    }
                }
            }
        }
        self.collection.left_out += kept.left_out;
        for (path, fault) in kept.faults {
            self.trouble(slashed(path.strip_prefix(folder).unwrap_or(&path)), TroubleKind::Unreadable, fault);
        }
        matched
    }

    fn entry(&mut self, entry: &DirEntry, name: &str, root: &Root) {
        if kind::says_other(&entry.file_name().to_string_lossy()) {
            self.collection.skipped += 1;
        } else {
            self.file(entry.path(), name, root, Asked::ByFolder);
        }
    }

    fn file(&mut self, path: &Path, name: &str, root: &Root, asked: Asked) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if !self.seen.insert(real) {
            return;
        }
        let (metadata, head) = match look(path) {
            Ok(Some(found)) => found,
            Ok(None) => {
                self.trouble(name.to_owned(), TroubleKind::PassedOver, "not a regular file".to_owned());
                return;
            }
            Err(error) => {
                self.trouble(name.to_owned(), TroubleKind::Unreadable, error.to_string());
                return;
            }
        };
        let file = name.rsplit('/').next().unwrap_or(name);
        let kind = match asked {
            Asked::ByName => kind::kind_given(file, &head),
            Asked::ByFolder => kind::kind(file, &head),
        };
        match kind {
            Kind::Snapshot if kind::says_archive(file) => {
                self.trouble(name.to_owned(), TroubleKind::Unreadable, "not the archive its name says".to_owned());
            }
            Kind::Snapshot => self.snapshot(name, root, metadata.len(), Origin::File(path.to_owned()), Stamp::of(&metadata)),
            Kind::Other if kind::says_archive(file) => {
                let cause = if head.is_empty() {
                    "the file is empty"
                } else {
                    "not the archive its name says"
                };
                self.trouble(name.to_owned(), TroubleKind::Unreadable, cause.to_owned());
            }
            Kind::Other => self.collection.skipped += 1,
            Kind::Zip | Kind::Tar | Kind::Gzip | Kind::Warc => {
                let within = match asked {
                    Asked::ByName => String::new(),
                    Asked::ByFolder => format!("{name}/"),
                };
                self.archive(path, kind, name, &within, root, Stamp::of(&metadata).as_ref());
            }
        }
    }

    /// Members of an archive, as if it were a folder.
    fn archive(&mut self, path: &Path, kind: Kind, name: &str, within: &str, root: &Root, stamp: Option<&Stamp>) {
        let unpacked = packed::members(path, kind, name, self.limits);
        self.collection.skipped += unpacked.skipped;
        for trouble in unpacked.troubles {
            let path = match trouble.path.as_str() {
                "" => name.to_owned(),
                member => format!("{within}{member}"),
            };
            self.trouble(path, trouble.kind, trouble.cause);
        }
        let archive = Root {
            name: name.to_owned(),
            given: slashed(path),
        };
        let root = if within.is_empty() { &archive } else { root };
        for (index, member) in unpacked.members.into_iter().enumerate() {
            let stamp = stamp.map(|stamp| stamp.member(index));
            self.snapshot(&format!("{within}{}", member.name), root, member.size, member.origin, stamp);
        }
    }

    /// Files that a pattern matches. It is matched here, so that it means the same in every shell and on every system.
    fn pattern(&mut self, path: &Path) -> Result<(), Error> {
        let shown = path.to_string_lossy().into_owned();
        let mut base = PathBuf::new();
        let mut rest = PathBuf::new();
        for component in path.components() {
            let plain = !matches!(component, Component::Normal(part) if has_sign(&part.to_string_lossy()));
            if plain && rest.as_os_str().is_empty() {
                base.push(component);
            } else {
                rest.push(component);
            }
        }
        if base.as_os_str().is_empty() {
            base.push(".");
        }
        if !base.is_dir() {
            return Err(Error::PathNotFound { path: base });
        }
        let rest = slashed(&rest);
        let bad = |source| Error::BadPattern {
            pattern: shown.clone(),
            source,
        };
        let mut set = GlobSetBuilder::new();
        for pattern in [rest.clone(), format!("{rest}/**")] {
            set.add(GlobBuilder::new(&pattern).literal_separator(true).build().map_err(bad)?);
        }
        let set = set.build().map_err(bad)?;
        if self.folder(&base, Some(&set)) == 0 {
            return Err(Error::NothingMatches { pattern: shown });
        }
        Ok(())
    }

    fn snapshot(&mut self, name: &str, root: &Root, size: u64, origin: Origin, stamp: Option<Stamp>) {
        let below = |folder: &str| if folder.is_empty() { String::new() } else { format!("{folder}/{name}") };
        let path = self.names.give(&[name.to_owned(), below(&root.name), below(&root.given)]);
        self.collection.snapshots.push(Snapshot {
            path,
            size,
            origin,
            stamp,
            limit: self.limits.snapshot_bytes,
        });
    }

    fn trouble(&mut self, path: String, kind: TroubleKind, cause: String) {
        self.collection.troubles.push(Trouble { path, kind, cause });
    }
}

/// What of a folder is walked: nothing hidden, nothing that a `.crosstallyignore` leaves out.
#[derive(Debug, Default)]
struct Kept {
    ignored: Ignored,
    /// Files left out.
    left_out: usize,
    /// What is wrong with which `.crosstallyignore`.
    faults: Vec<(PathBuf, String)>,
}

impl Kept {
    fn is_walked(&mut self, entry: &DirEntry) -> bool {
        if entry.depth() > 0 && kind::is_hidden(&entry.file_name().to_string_lossy()) {
            return false;
        }
        let (path, is_folder) = (entry.path(), entry.file_type().is_dir());
        let kind = if is_folder { ignore::Kind::Folder } else { ignore::Kind::File };
        if self.ignored.leaves_out(path, kind) {
            self.left_out += reports_in(path);
            return false;
        }
        if is_folder {
            let faults = self.ignored.enter(path);
            self.faults.extend(faults.into_iter().map(|fault| (path.join(ignore::NAME), fault)));
        }
        true
    }
}

/// How many files that may be reports lie at or below a path.
fn reports_in(path: &Path) -> usize {
    WalkDir::new(path)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !kind::is_hidden(&entry.file_name().to_string_lossy()))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && !kind::says_other(&entry.file_name().to_string_lossy()))
        .count()
}

/// What tells files of one name apart that lie below different paths.
#[derive(Debug)]
struct Root {
    /// Last part of the path.
    name: String,
    /// The path as given.
    given: String,
}

impl Root {
    fn new(folder: &Path) -> Self {
        Self {
            name: folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            given: slashed(folder),
        }
    }
}

/// How a file came to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// The user named it.
    ByName,
    /// It lies in a folder the user named.
    ByFolder,
}

/// What the system says of a regular file, and its first bytes; none for a device or pipe, which would never end.
fn look(path: &Path) -> io::Result<Option<(Metadata, Vec<u8>)>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Ok(None);
    }
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(Some((metadata, head)))
}

fn is_pattern(path: &Path) -> bool {
    has_sign(&path.to_string_lossy())
}

fn has_sign(part: &str) -> bool {
    part.contains(['*', '?', '[', '{'])
}
