//! What every check is made of: a code, its weight, its page, and the functions that look.

use crate::schema::{Code, DocumentRecord, Extraction, Finding, Severity};

use super::archive::Archive;
use super::consistency::Judged;
use super::draft::Draft;
use super::edition::{Edition, Looked, Succession};

/// One kind of fault that is looked for.
#[derive(Debug)]
pub struct Check {
    /// Its code, in kebab case: `total-differs`.
    pub code: Code,
    /// How bad it is, unless a finding says otherwise.
    pub severity: Severity,
    /// 0 one snapshot's form, 1 within one snapshot, 2 between editions, 3 between publishers.
    pub level: u8,
    /// The file the check is written in, whose first comment is the page for users.
    pub(super) source: &'static str,
    /// The functions that look for it; none where the fault shows elsewhere, as with waivers.
    pub(super) runs: &'static [Scope],
}

/// How much of an archive a check has to see.
#[derive(Debug)]
pub(super) enum Scope {
    /// One snapshot at a time.
    Snapshot(fn(&Extraction, &mut Vec<Finding>)),
    /// One snapshot at a time, with what its figures say against each other.
    Figures(fn(&Extraction, &Judged, &mut Vec<Finding>)),
    /// The figures of one subject at a time, whatever edition prints them.
    Subject(fn(&Archive<'_>, &mut Vec<Finding>)),
    /// The snapshots of one edition at a time.
    Edition(fn(&Edition<'_>, &mut Vec<Finding>)),
    /// A snapshot of each edition of all families, earliest first.
    Issues(fn(&[&DocumentRecord], &mut Vec<Finding>)),
    /// The editions one after the other, with a memory; what is looked at in each, several may look at side by side.
    Succession {
        look: fn(&Edition<'_>) -> Looked,
        begin: fn() -> Box<dyn Succession>,
    },
}

impl Check {
    /// The page for users: the comment at the head of the check's file.
    pub fn explanation(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        let page: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        page.join("\n")
    }

    /// Starts a finding.
    pub(super) fn draft(&self, message: impl Into<String>) -> Draft {
        Draft::new(self, message.into())
    }
}
