//! The paths of documents as a CI service knows them: below the top folder of the repository, wherever the program runs in it.

use std::{
    env,
    path::{Component, Path, PathBuf},
};

use crosstally::write::report::Locate;

use super::reading::Paths;

/// Where the repository is, and where in it the program runs.
#[derive(Debug)]
pub(crate) struct Workspace<'a> {
    paths: Paths<'a>,
    top: PathBuf,
    here: PathBuf,
}

impl<'a> Workspace<'a> {
    /// The workspace of GitHub Actions; elsewhere the folder that the program runs in.
    pub(crate) fn around(paths: Paths<'a>) -> Self {
        let here = env::current_dir().unwrap_or_default();
        let top = env::var_os("GITHUB_WORKSPACE").map_or_else(|| here.clone(), PathBuf::from);
        Self { paths, top, here }
    }
}

impl Locate for Workspace<'_> {
    /// The path below the top; as it was where it is not there, as with members of archives elsewhere.
    fn locate(&self, document: &str) -> String {
        let path = self.paths.locate(document);
        let whole = plain(&self.here.join(&path));
        match whole.strip_prefix(plain(&self.top)) {
            Ok(below) => below.display().to_string(),
            Err(_) => path,
        }
    }
}

/// The path without `.` and `..`, by its words only.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            component => plain.push(component),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_told_from_the_top_of_the_repository() {
        let check = |here: &str, path: &str, expected: &str| {
            let workspace = Workspace {
                paths: Paths(&[]),
                top: "/repository".into(),
                here: here.into(),
            };
            assert_eq!(workspace.locate(path), expected, "{path} in {here}");
        };
        check("/repository", "snapshots/a.txt", "snapshots/a.txt");
        check("/repository/snapshots", "a.txt", "snapshots/a.txt");
        check("/repository/tools", "../snapshots/a.txt", "snapshots/a.txt");
        check("/elsewhere", "/repository/./snapshots/a.txt", "snapshots/a.txt");
        check("/elsewhere", "/another/a.txt", "/another/a.txt");
        check("/elsewhere", "a.txt", "a.txt");
    }
}
