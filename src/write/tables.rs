//! A run's result to the rows of the published tables, sorted and counted once for all formats.

use std::{borrow::Cow, collections::HashMap, io};

use super::{
    column::Column,
    coverage::{self, Coverage, SeeEdition},
    document::{Document, DocumentRow, Documents},
    figures::{self, Figures},
    finding, observation,
    report::Tally,
    vintage::{Vintage, Vintages},
};
use crate::schema::{Finding, Observation, Promise, Results};
use crate::spool::each_in_order;

/// Calls back with each row.
pub type See<'s, T> = &'s mut dyn FnMut(<T as Table>::Row<'_>) -> io::Result<()>;

/// A published table.
pub trait Table: Sized + 'static {
    /// Name of its files, without the ending.
    const NAME: &'static str;
    /// What a row is, one sentence without full stop.
    const MEANING: &'static str;
    /// Its columns, in the order published.
    const COLUMNS: &'static [Column<Self>];
    /// The columns whose values name a row.
    const KEY: &'static [&'static str];
    /// What a row is made of.
    type Row<'a>: Copy;

    /// Calls back with each row, in the order published, until one call fails.
    fn each(tables: &Tables<'_>, see: See<'_, Self>) -> io::Result<()>;

    /// Hands over what is made of the rows, in the order published; rows may be made by several workers, some at a time.
    fn made<M: Send>(
        tables: &Tables<'_>,
        make: impl Fn(&[Self::Row<'_>]) -> io::Result<M> + Sync,
        mut take: impl FnMut(M) -> io::Result<()>,
    ) -> io::Result<()> {
        Self::each(tables, &mut |row| take(make(&[row])?))
    }
}

/// Extractions that are made rows of at a time.
const EXTRACTIONS: usize = 16;

/// What the tables are made of.
pub struct Tables<'a> {
    /// The run's result.
    pub(super) results: &'a dyn Results,
    /// The snapshots, in the order of their paths.
    pub(super) documents: Vec<Document>,
    /// The promises of every edition.
    coverage: Coverage,
    /// Mentions of each figure side by side.
    figures: Figures,
}

impl<'a> Tables<'a> {
    /// Sorts and counts what the tables share: once over all extractions, once over all findings.
    pub fn of(results: &'a dyn Results) -> io::Result<Self> {
        Self::while_made(results, |_| Ok(()), |()| Ok(()))
    }

    /// The same, and hands over what is made of each snapshot's observations, in the order published: once over all extractions for both.
    pub(super) fn while_made<M: Send>(
        results: &'a dyn Results,
        make: impl Fn(&[&Observation]) -> io::Result<M> + Sync,
        mut take: impl FnMut(M) -> io::Result<()>,
    ) -> io::Result<Self> {
        let extractions = results.extractions();
        let mut documents = Vec::with_capacity(extractions.count());
        let mut promises = coverage::Promises::default();
        let mut sorter = figures::Sorting::new(&results.shelf());
        let look = |number: usize| {
            let extraction = extractions.get(number);
            Seen {
                made: make(&extraction.observations.iter().collect::<Vec<_>>()),
                sortable: figures::sortable(number, &extraction.observations),
                document: Document::of(&extraction),
                promises: match extraction {
                    Cow::Borrowed(extraction) => Cow::Borrowed(extraction.promises.as_slice()),
                    Cow::Owned(extraction) => Cow::Owned(extraction.promises),
                },
            }
        };
        each_in_order(extractions.count(), EXTRACTIONS, look, |seen| {
            take(seen.made?)?;
            sorter.push(&seen.sortable)?;
            promises.push(documents.len(), &seen.promises);
            documents.push(seen.document);
            Ok(())
        })?;
        let mut tallies: HashMap<String, Tally> = HashMap::new();
        results.each_finding(&mut |finding| {
            for document in &finding.documents {
                match tallies.get_mut(document) {
                    Some(tally) => tally.add(finding.severity),
                    None => tallies.entry(document.clone()).or_default().add(finding.severity),
                }
            }
            Ok(())
        })?;
        for document in &mut documents {
            document.tally = tallies.get(&document.record.path).copied().unwrap_or_default();
        }
        Ok(Self {
            results,
            coverage: promises.finish(&documents),
            documents,
            figures: sorter.finish()?,
        })
    }

    /// Calls back with each printed mention, by document and place.
    pub(super) fn each_observation(&self, see: &mut dyn FnMut(&Observation) -> io::Result<()>) -> io::Result<()> {
        let extractions = self.results.extractions();
        extractions.each(&mut |extraction| extraction.observations.iter().try_for_each(&mut *see))
    }

    /// Calls back with all mentions of each figure, sorted by edition and printed value.
    pub(super) fn each_figure(&self, see: &mut dyn FnMut(&[&Observation]) -> io::Result<()>) -> io::Result<()> {
        self.figures.each(see)
    }

    /// The rules that any edition's layout promises figures of.
    pub(super) fn rules(&self) -> &[String] {
        self.coverage.rules()
    }

    /// Calls back with the leading cells of each edition, and what became of each rule's figures.
    pub(super) fn each_edition(&self, see: SeeEdition<'_>) -> io::Result<()> {
        self.coverage.each(&self.documents, see)
    }

    /// The rows of the snapshots.
    pub(super) fn document_rows(&self) -> impl Iterator<Item = DocumentRow<'_>> {
        self.documents.iter().map(|document| DocumentRow {
            document,
            milliseconds: self.results.milliseconds(&document.record.path),
        })
    }
}

/// What is taken from one extraction.
struct Seen<'e, M> {
    made: io::Result<M>,
    sortable: Vec<figures::Sortable>,
    document: Document,
    promises: Cow<'e, [Promise]>,
}

impl Table for Observation {
    const NAME: &'static str = "observations";
    const MEANING: &'static str = "One printed figure";
    const COLUMNS: &'static [Column<Self>] = observation::COLUMNS;
    const KEY: &'static [&'static str] = &["id"];
    type Row<'a> = &'a Self;

    fn each(tables: &Tables<'_>, see: See<'_, Self>) -> io::Result<()> {
        tables.each_observation(see)
    }
}

impl Table for Finding {
    const NAME: &'static str = "findings";
    const MEANING: &'static str = "Something a reader should look at";
    const COLUMNS: &'static [Column<Self>] = finding::COLUMNS;
    const KEY: &'static [&'static str] = &["fingerprint"];
    type Row<'a> = &'a Self;

    fn each(tables: &Tables<'_>, see: See<'_, Self>) -> io::Result<()> {
        tables.results.each_finding(see)
    }
}

impl Table for Documents {
    const NAME: &'static str = "documents";
    const MEANING: &'static str = "One snapshot, read or not";
    const COLUMNS: &'static [Column<Self>] = super::document::COLUMNS;
    const KEY: &'static [&'static str] = &["document"];
    type Row<'a> = DocumentRow<'a>;

    fn each(tables: &Tables<'_>, see: See<'_, Self>) -> io::Result<()> {
        tables.document_rows().try_for_each(see)
    }
}

impl Table for Vintages {
    const NAME: &'static str = "vintages";
    const MEANING: &'static str = "A value that an edition prints for a series and period, however often and in whatever media it prints it";
    const COLUMNS: &'static [Column<Self>] = super::vintage::COLUMNS;
    const KEY: &'static [&'static str] = super::vintage::KEY;
    type Row<'a> = Vintage<'a>;

    fn each(tables: &Tables<'_>, see: See<'_, Self>) -> io::Result<()> {
        tables.each_figure(&mut |mentions| super::vintage::rows(mentions).try_for_each(&mut *see))
    }

    fn made<M: Send>(
        tables: &Tables<'_>,
        make: impl Fn(&[Vintage<'_>]) -> io::Result<M> + Sync,
        take: impl FnMut(M) -> io::Result<()>,
    ) -> io::Result<()> {
        let of_one = |mentions: &[&Observation]| make(&super::vintage::rows(mentions).collect::<Vec<_>>());
        tables.figures.made(of_one, take)
    }
}
