//! `.crosstallyignore`: the lines of a folder's file in, whether something below that folder is left out, out.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// The file a folder may hold.
pub(super) const NAME: &str = ".crosstallyignore";
/// A longer file is no list of patterns.
const MOST_BYTES: u64 = 1 << 20;

/// The patterns of the folders walked so far.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    folders: Vec<Patterns>,
}

/// The patterns of one folder, relative to it.
#[derive(Debug)]
struct Patterns {
    folder: PathBuf,
    /// What they leave out, whatever it is.
    anything: GlobSet,
    /// What they leave out if it is a folder: patterns that end in `/`.
    subfolders: GlobSet,
}

/// What a path is to a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
}

impl Ignored {
    /// Takes up a folder's patterns, if it has any; what is wrong with them, in lower case. A faulty line leaves nothing out.
    pub(super) fn enter(&mut self, folder: &Path) -> Vec<String> {
        let mut bytes = Vec::new();
        let read = File::open(folder.join(NAME)).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
        match read {
            Ok(_) if bytes.len() as u64 > MOST_BYTES => vec![format!("over a limit: more than {MOST_BYTES} bytes")],
            Ok(_) => {
                let (patterns, faults) = patterns(folder, &String::from_utf8_lossy(&bytes));
                self.folders.push(patterns);
                faults
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => vec![error.to_string()],
        }
    }

    /// Whether a pattern of a folder above leaves the path out.
    pub(super) fn leaves_out(&self, path: &Path, kind: Kind) -> bool {
        self.folders.iter().any(|patterns| {
            path.strip_prefix(&patterns.folder).is_ok_and(|below| {
                !below.as_os_str().is_empty() && (patterns.anything.is_match(below) || kind == Kind::Folder && patterns.subfolders.is_match(below))
            })
        })
    }
}

/// As in a `.gitignore`: a pattern with a `/` before its end starts at the folder, one without it holds at any depth.
fn patterns(folder: &Path, text: &str) -> (Patterns, Vec<String>) {
    let mut faults = Vec::new();
    let (mut anything, mut subfolders) = (GlobSetBuilder::new(), GlobSetBuilder::new());
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let number = number + 1;
        if line.starts_with('!') {
            faults.push(format!("line {number}: a pattern that takes files in again (`{line}`) is not known here"));
            continue;
        }
        let (pattern, set) = match line.strip_suffix('/') {
            Some(pattern) => (pattern, &mut subfolders),
            None => (line, &mut anything),
        };
        let pattern = match pattern.strip_prefix('/') {
            Some(pattern) => pattern.to_owned(),
            None if pattern.contains('/') => pattern.to_owned(),
            None => format!("**/{pattern}"),
        };
        match GlobBuilder::new(&pattern).literal_separator(true).build() {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => faults.push(format!("line {number}: {}", error.kind())),
        }
    }
    let mut build = |set: GlobSetBuilder| {
        set.build().unwrap_or_else(|error| {
            faults.push(error.to_string());
            GlobSet::empty()
        })
    };
    let patterns = Patterns {
        folder: folder.to_owned(),
        anything: build(anything),
        subfolders: build(subfolders),
    };
    (patterns, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &str, path: &str, kind: Kind, expected: bool) {
        let (patterns, faults) = patterns(Path::new("archive"), lines);
        assert_eq!(faults, [""; 0], "{lines}");
        let ignored = Ignored { folders: vec![patterns] };
        assert_eq!(ignored.leaves_out(&Path::new("archive").join(path), kind), expected, "{lines}: {path}");
    }

    #[test]
    fn a_bare_name_holds_at_any_depth() {
        check("*.txt", "july.txt", Kind::File, true);
        check("*.txt", "2024/july.txt", Kind::File, true);
        check("*.txt", "july.pdf", Kind::File, false);
        check("drafts", "2024/drafts", Kind::Folder, true);
        check("drafts", "2024/drafts", Kind::File, true);
    }

    #[test]
    fn a_path_starts_at_its_folder() {
        check("2024/*.txt", "2024/july.txt", Kind::File, true);
        check("2024/*.txt", "old/2024/july.txt", Kind::File, false);
        check("/july.txt", "2024/july.txt", Kind::File, false);
        check("/july.txt", "july.txt", Kind::File, true);
        check("**/drafts/*.pdf", "2024/a/drafts/july.pdf", Kind::File, true);
    }

    #[test]
    fn a_stroke_at_the_end_means_folders() {
        check("charts/", "charts", Kind::Folder, true);
        check("charts/", "charts", Kind::File, false);
    }

    #[test]
    fn comments_and_empty_lines_say_nothing() {
        check("# *.txt\n\n  \nb.txt", "a.txt", Kind::File, false);
        check("# *.txt\r\n\r\nb.txt\r\n", "b.txt", Kind::File, true);
    }

    #[test]
    fn faulty_lines_are_told_and_the_others_hold() {
        let (patterns, faults) = patterns(Path::new("archive"), "[z-a]\n!kept.txt\n*.txt");
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].starts_with("line 1: ") && faults[1].starts_with("line 2: "), "{faults:?}");
        let ignored = Ignored { folders: vec![patterns] };
        assert!(ignored.leaves_out(Path::new("archive/july.txt"), Kind::File));
    }
}
