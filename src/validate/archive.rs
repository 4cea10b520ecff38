//! All extractions of a run, indexed once: by family and edition, and by figure over editions.

use std::cmp::Ordering;

use crate::schema::{Extraction, Fact, Observation, Status};

use super::arithmetic;
use super::key::Key;

/// All snapshots that were read and belong to an edition, with their figures in order.
pub(super) struct Archive<'a> {
    /// By family, edition, media type and path.
    snapshots: Vec<&'a Extraction>,
    /// By family, key, edition, and then as printed.
    printings: Vec<Printing<'a>>,
}

/// A figure printed in an edition of a family.
#[derive(Clone, Copy)]
pub(super) struct Printing<'a> {
    pub(super) family: &'a str,
    pub(super) edition: &'a str,
    pub(super) key: Key<'a>,
    pub(super) observation: &'a Observation,
    /// Number of the snapshot among all of the archive.
    pub(super) snapshot: usize,
}

impl<'a> Archive<'a> {
    pub(super) fn of(extractions: &'a [Extraction]) -> Self {
        let takes_part = |extraction: &&Extraction| {
            let document = &extraction.document;
            document.status == Status::Read && !document.family.is_empty() && !document.edition.is_empty()
        };
        let mut snapshots: Vec<&Extraction> = extractions.iter().filter(takes_part).collect();
        snapshots.sort_by_key(|extraction| {
            let document = &extraction.document;
            (&document.family, &document.edition, &document.media_type, &document.path)
        });
        let mut printings: Vec<Printing<'a>> = Vec::new();
        // A report that names two periods for itself tells of neither for sure: its figures are set against no other edition's.
        let is_sure = |extraction: &Extraction| !extraction.facts.iter().any(|fact| matches!(fact, Fact::PeriodConflict { .. }));
        for (snapshot, extraction) in snapshots.iter().enumerate().filter(|(_, extraction)| is_sure(extraction)) {
            printings.extend(extraction.observations.iter().map(|observation| Printing {
                family: &extraction.document.family,
                edition: &extraction.document.edition,
                key: Key::of(observation),
                observation,
                snapshot,
            }));
        }
        // The sort is stable: printings of one edition stay in the order of snapshots and places.
        printings.sort_by(|one, other| order(one, &(other.family, other.key, other.edition)));
        Self { snapshots, printings }
    }

    /// The snapshots of each edition, in order.
    pub(super) fn editions(&self) -> impl Iterator<Item = &[&'a Extraction]> {
        self.snapshots.chunk_by(|one, other| {
            let (one, other) = (&one.document, &other.document);
            (&one.family, &one.edition) == (&other.family, &other.edition)
        })
    }

    /// All printings of each figure of each family, earliest edition first.
    pub(super) fn figures(&self) -> impl Iterator<Item = &[Printing<'a>]> {
        self.printings.chunk_by(|one, other| (one.family, &one.key) == (other.family, &other.key))
    }

    /// The printings of one figure in the editions of a family, earliest edition first.
    pub(super) fn printed(&self, family: &str, key: &Key<'_>) -> &[Printing<'a>] {
        let start = self
            .printings
            .partition_point(|printing| (printing.family, printing.key) < (family, *key));
        let length = self.printings[start..].partition_point(|printing| (printing.family, printing.key) == (family, *key));
        &self.printings[start..start + length]
    }
}

/// The printings of each edition, earliest first, of printings of one figure.
pub(super) fn by_edition<'p, 'a>(printings: &'p [Printing<'a>]) -> impl Iterator<Item = &'p [Printing<'a>]> {
    printings.chunk_by(|one, other| one.edition == other.edition)
}

fn order(one: &Printing<'_>, other: &(&str, Key<'_>, &str)) -> Ordering {
    (one.family, one.key, one.edition).cmp(other)
}

/// Those of the printings of one figure that stand in an edition.
pub(super) fn in_edition<'p, 'a>(printings: &'p [Printing<'a>], edition: &str) -> &'p [Printing<'a>] {
    let start = printings.partition_point(|printing| printing.edition < edition);
    let end = printings.partition_point(|printing| printing.edition <= edition);
    &printings[start..end]
}

/// Those of the printings of one figure that stand in an edition or an earlier one.
pub(super) fn up_to_edition<'p, 'a>(printings: &'p [Printing<'a>], edition: &str) -> &'p [Printing<'a>] {
    &printings[..printings.partition_point(|printing| printing.edition <= edition)]
}

/// The different values of printings of one figure, the most precise first.
pub(super) fn values<'p, 'a: 'p>(printings: impl IntoIterator<Item = &'p Printing<'a>>) -> Vec<&'a Observation> {
    arithmetic::distinct(printings.into_iter().map(|printing| printing.observation))
}
