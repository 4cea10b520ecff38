//! The snapshots of one edition, read when a check asks for them.

use std::borrow::Cow;

use crate::schema::{DocumentRecord, Extraction, Extractions, Finding};

/// One edition of a family.
pub(super) struct Edition<'e> {
    /// Its snapshots, by media type and path.
    pub(super) documents: Vec<&'e DocumentRecord>,
    /// Their numbers among all extractions.
    pub(super) numbers: &'e [usize],
    pub(super) extractions: &'e dyn Extractions,
}

impl<'e> Edition<'e> {
    /// One snapshot, by its number among those of the edition.
    pub(super) fn extraction(&self, number: usize) -> Cow<'e, Extraction> {
        self.extractions.get(self.numbers[number])
    }

    /// The numbers of the snapshots of each medium.
    pub(super) fn media(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let mut start = 0;
        let of_one = self.documents.chunk_by(|one, other| one.media_type == other.media_type);
        of_one.map(move |documents| {
            let range = start..start + documents.len();
            start = range.end;
            range
        })
    }
}

/// A check that sees the editions of all families one after the other, earliest first.
pub(super) trait Succession {
    /// Sees one more.
    fn see(&mut self, edition: &Edition<'_>, findings: &mut Vec<Finding>);
}
