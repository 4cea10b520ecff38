//! The snapshots of one edition, read when a check asks for them.

use std::any::Any;
use std::borrow::Cow;
use std::sync::OnceLock;

use crate::schema::{DocumentRecord, Extraction, Extractions, Finding};

/// One edition of a family.
pub(super) struct Edition<'e> {
    /// Its snapshots, by media type and path.
    pub(super) documents: Vec<&'e DocumentRecord>,
    /// Their numbers among all extractions.
    numbers: &'e [usize],
    extractions: &'e dyn Extractions,
    /// The first of them, as soon as one was asked for: several checks look at these.
    held: [OnceLock<Cow<'e, Extraction>>; HELD],
}

/// Snapshots of an edition that are held: text, HTML and PDF, and one more.
const HELD: usize = 4;

impl<'e> Edition<'e> {
    /// The edition of the snapshots with these numbers, which are sorted by media type and path.
    pub(super) fn of(numbers: &'e [usize], documents: &'e [DocumentRecord], extractions: &'e dyn Extractions) -> Self {
        Self {
            documents: numbers.iter().map(|number| &documents[*number]).collect(),
            numbers,
            extractions,
            held: Default::default(),
        }
    }

    /// One snapshot, by its number among those of the edition.
    pub(super) fn extraction(&self, number: usize) -> Cow<'_, Extraction> {
        let get = || self.extractions.get(self.numbers[number]);
        match self.held.get(number) {
            Some(held) => Cow::Borrowed(held.get_or_init(get)),
            None => get(),
        }
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

/// What a check takes from an edition before it is seen: of the check's own type.
pub(super) type Looked = Box<dyn Any + Send>;

/// A check that sees the editions of all families one after the other, earliest first.
pub(super) trait Succession {
    /// Sees one more, by its first snapshot, with what was looked at in it.
    fn see(&mut self, first: &DocumentRecord, looked: Looked, findings: &mut Vec<Finding>);
}
