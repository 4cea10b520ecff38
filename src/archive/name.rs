//! Names of documents: paths below the one given, `/` separated, each once.

use std::collections::HashMap;
use std::path::{Component, Path};

/// The path with `/` between its parts, whatever the system writes.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
            Component::ParentDir => Some("..".to_owned()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => None,
        })
        .collect();
    parts.join("/")
}

/// The name of a member of an archive, if it stays within: no `..`, no root, no drive.
pub(super) fn enclosed(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    if name.starts_with('/') || name.contains('\0') || name.as_bytes().get(1) == Some(&b':') {
        return None;
    }
    let mut parts = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => return None,
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Names given out so far, each with the last number put behind it.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, u32>);

impl Names {
    /// The first of the names that is free, else the first with a number.
    pub(super) fn give(&mut self, names: &[String]) -> String {
        if let Some(name) = names.iter().find(|name| !name.is_empty() && !self.0.contains_key(*name)) {
            self.0.insert(name.clone(), 1);
            return name.clone();
        }
        let name = names.first().cloned().unwrap_or_default();
        loop {
            let number = self.0.entry(name.clone()).or_insert(1);
            *number += 1;
            let numbered = format!("{name}#{number}");
            if !self.0.contains_key(&numbered) {
                self.0.insert(numbered.clone(), 1);
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stay_within_their_archive() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(enclosed(name).as_deref(), expected, "{name}");
        check("2024/july.pdf", Some("2024/july.pdf"));
        check("./2024\\july.pdf", Some("2024/july.pdf"));
        check("../july.pdf", None);
        check("a/../../july.pdf", None);
        check("/etc/july.pdf", None);
        check("C:\\july.pdf", None);
    }

    #[test]
    fn every_name_is_given_once() {
        let mut names = Names::default();
        let mut give = |names_wanted: &[&str]| names.give(&names_wanted.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(give(&["july.pdf", "unhcr/july.pdf"]), "july.pdf");
        assert_eq!(give(&["july.pdf", "iom/july.pdf"]), "iom/july.pdf");
        assert_eq!(give(&["july.pdf", "iom/july.pdf"]), "july.pdf#2");
        assert_eq!(give(&["july.pdf"]), "july.pdf#3");
    }
}
