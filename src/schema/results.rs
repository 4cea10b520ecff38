//! What a run came to, as far as memory holds it or one part after the other: what checks go over, and what is written.

use std::{borrow::Cow, io};

use super::{Dataset, Extraction, Finding, Skipped, WaivedFinding};
use crate::spool::Shelf;

/// Calls back with each of something in order, until one call fails.
pub type Each<'f, T> = &'f mut dyn FnMut(&T) -> io::Result<()>;

/// Extractions in the order of their paths.
pub trait Extractions: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// One of them, by its number.
    fn get(&self, number: usize) -> Cow<'_, Extraction>;

    /// Calls back with each of them.
    fn each(&self, see: Each<'_, Extraction>) -> io::Result<()> {
        (0..self.count()).try_for_each(|number| see(&self.get(number)))
    }
}

impl Extractions for &[Extraction] {
    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, number: usize) -> Cow<'_, Extraction> {
        Cow::Borrowed(&self[number])
    }
}

impl Extractions for Vec<Extraction> {
    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, number: usize) -> Cow<'_, Extraction> {
        Cow::Borrowed(&self[number])
    }
}

/// Everything that a run says.
pub trait Results: Sync {
    /// One extraction a snapshot, sorted by document path.
    fn extractions(&self) -> &dyn Extractions;

    /// Calls back with each finding, sorted by severity, code, documents and place.
    fn each_finding(&self, see: Each<'_, Finding>) -> io::Result<()>;

    /// Findings that a waiver takes off the list.
    fn waived(&self) -> &[WaivedFinding];

    /// Figures that were not set against each other.
    fn skipped(&self) -> &[Skipped];

    /// Files of the folders read that a `.crosstallyignore` leaves out.
    fn left_out(&self) -> usize;

    /// Milliseconds that a snapshot took, if that is to be told.
    fn milliseconds(&self, path: &str) -> Option<u64>;

    /// Where what is made of it on the way goes.
    fn shelf(&self) -> Shelf;

    /// All of it in memory, for formats that need it side by side.
    fn dataset(&self) -> io::Result<Cow<'_, Dataset>>;
}

impl Results for Dataset {
    fn extractions(&self) -> &dyn Extractions {
        &self.extractions
    }

    fn each_finding(&self, see: Each<'_, Finding>) -> io::Result<()> {
        self.findings.iter().try_for_each(see)
    }

    fn waived(&self) -> &[WaivedFinding] {
        &self.waived
    }

    fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    fn left_out(&self) -> usize {
        self.left_out
    }

    fn milliseconds(&self, path: &str) -> Option<u64> {
        self.milliseconds.get(path).copied()
    }

    fn shelf(&self) -> Shelf {
        Shelf::Memory
    }

    fn dataset(&self) -> io::Result<Cow<'_, Dataset>> {
        Ok(Cow::Borrowed(self))
    }
}
