//! What a run came to, of which memory holds no more than it must: extractions are fetched, findings stand on the shelf.

use std::{borrow::Cow, collections::BTreeMap, io};

use crate::{
    Ingestion, Pages,
    archive::Holdings,
    schema::{Dataset, Each, Extractions, Finding, Results, Skipped, WaivedFinding},
    spool::Shelf,
    validate::Findings,
};

/// A run's result.
pub struct Harvest<'a> {
    pub(crate) ingestion: &'a Ingestion<'a>,
    pub(crate) holdings: Holdings<'a>,
    pub(crate) findings: Findings,
    pub(crate) waived: Vec<WaivedFinding>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) left_out: usize,
    pub(crate) milliseconds: BTreeMap<String, u64>,
    pub(crate) shelf: Shelf,
}

impl Harvest<'_> {
    /// Does something in which what can be shared is shared among the workers.
    pub fn on_all_workers<T: Send>(&self, act: impl FnOnce() -> T + Send) -> T {
        self.holdings.pool().install(act)
    }

    /// The snapshots once more, for formats that show them.
    pub fn pages(&self) -> io::Result<Pages> {
        self.ingestion.pages(self)
    }

    /// All of it in memory.
    pub fn into_dataset(self) -> io::Result<Dataset> {
        Ok(Dataset {
            findings: self.findings.to_vec()?,
            extractions: self.holdings.into_vec(),
            waived: self.waived,
            skipped: self.skipped,
            left_out: self.left_out,
            milliseconds: self.milliseconds,
        })
    }
}

impl Results for Harvest<'_> {
    fn extractions(&self) -> &dyn Extractions {
        &self.holdings
    }

    fn each_finding(&self, see: Each<'_, Finding>) -> io::Result<()> {
        self.findings.each(see)
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
        self.shelf.clone()
    }

    fn dataset(&self) -> io::Result<Cow<'_, Dataset>> {
        let mut extractions = Vec::with_capacity(self.holdings.count());
        self.holdings.each(&mut |extraction| {
            extractions.push(extraction.clone());
            Ok(())
        })?;
        Ok(Cow::Owned(Dataset {
            extractions,
            findings: self.findings.to_vec()?,
            waived: self.waived.clone(),
            skipped: self.skipped.clone(),
            left_out: self.left_out,
            milliseconds: self.milliseconds.clone(),
        }))
    }
}
