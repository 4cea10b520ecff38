//! All checks over an archive of any size: extractions are seen one after the other, figures of one subject together, and findings come out in their order.
//!
//! Four times over the archive: each snapshot by itself; the figures of all editions, sorted, subject by subject; the snapshots of each edition; and once
//! more those whose figures do not add up, with what other editions print of them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::schema::{DocumentRecord, Extraction, Extractions, Fact, Finding, Skipped, Status, WaivedFinding};
use crate::spool::{Shelf, Sorted, Sorter, each_in_order, overlapped};

use super::archive::{Archive, Printings, Row, RowKey, Rows};
use super::check::Scope;
use super::consistency::{self, Judged};
use super::edition::{Edition, Looked, Succession};
use super::elsewhere::{Elsewhere, Picked};
use super::fingerprint::{Counting, Counts};
use super::kept::{self, Findings};
use super::waiver::Waivers;
use super::{claims, codes, fingerprint, skipped};

/// Extractions in memory at a time.
const EXTRACTIONS: usize = 16;
/// Figures in memory at a time, but for the last subject's.
const ROWS: usize = 2_048;
/// Bytes that most figures take.
const ROW: usize = 512;
/// Editions looked at at a time.
const EDITIONS: usize = 16;

/// What the checks say, with what the user decided to live with set apart.
#[derive(Debug)]
pub struct Judgement {
    /// What a reader should look at, sorted by severity, code, documents and place.
    pub findings: Findings,
    /// What a waiver covers, in the same order.
    pub waived: Vec<WaivedFinding>,
    /// Figures that were not set against each other, since the codebook says that they do not add up or compare.
    pub skipped: Vec<Skipped>,
}

/// Where a finding was raised, so that of equal ones the order does not depend on who was first.
#[derive(Clone, Copy)]
enum Stage {
    Snapshot,
    Subject,
    Edition,
    Editions,
}

/// Everything that does not add up in and between the extractions.
///
/// On the shelf lies what memory should not hold; it fails only where that fails.
pub fn judge(extractions: &dyn Extractions, waivers: &Waivers, shelf: &Shelf) -> io::Result<Judgement> {
    let mut raised = Raised(Sorter::new(shelf));
    let mut left_alone = LeftAlone::default();
    let mut seen = snapshots(extractions, shelf, &mut raised, &mut left_alone)?;
    let figures = std::mem::replace(&mut seen.figures, Sorter::new(&Shelf::Memory)).finish()?;
    subjects(&figures, &mut seen.elsewhere, &mut raised, &mut left_alone)?;
    drop(figures);
    editions(extractions, &seen.documents, &mut raised)?;
    suspects(extractions, &seen, &mut raised)?;
    let (findings, waived) = settled(&raised.0.finish()?, waivers, &seen.documents, shelf)?;
    Ok(Judgement {
        findings,
        waived,
        skipped: left_alone.finish(&seen.documents),
    })
}

/// Findings as they are raised, to be sorted.
struct Raised(Sorter);

impl Raised {
    fn extend(&mut self, findings: &[Finding], stage: Stage, number: usize) -> io::Result<()> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        for (finding, place) in findings.iter().zip(0..) {
            let key = fingerprint::order(finding).byte(stage as u8).number(number).number(place);
            self.0.push(key.bytes(), &kept::to_bytes(finding))?;
        }
        Ok(())
    }
}

/// What was not set against each other, and in which snapshots.
#[derive(Default)]
struct LeftAlone {
    /// By what and why: the numbers of the snapshots, and the paths of others.
    found: BTreeMap<(String, String), (Vec<u32>, BTreeSet<String>)>,
}

impl LeftAlone {
    fn in_snapshot(&mut self, number: u32, found: Vec<(String, String)>) {
        for what in found {
            self.found.entry(what).or_default().0.push(number);
        }
    }

    fn between(&mut self, found: Vec<skipped::Between>) {
        for (what, documents) in found {
            self.found.entry(what).or_default().1.extend(documents);
        }
    }

    fn finish(self, documents: &[DocumentRecord]) -> Vec<Skipped> {
        let entry = |((what, why), (numbers, mut paths)): (_, (Vec<u32>, BTreeSet<String>))| {
            paths.extend(numbers.iter().map(|number| documents[*number as usize].path.clone()));
            Skipped {
                what,
                why,
                documents: paths.into_iter().collect(),
            }
        };
        self.found.into_iter().map(entry).collect()
    }
}

/// What is kept of the first time over the archive.
struct Seen {
    documents: Vec<DocumentRecord>,
    figures: Sorter,
    /// Numbers of the snapshots whose figures do not add up.
    suspects: Vec<usize>,
    elsewhere: Elsewhere,
}

/// What comes of one snapshot by itself.
struct One {
    document: DocumentRecord,
    findings: Vec<Finding>,
    figures: Vec<(Vec<u8>, Vec<u8>)>,
    /// Keys of its figures, where they do not add up.
    suspected: Option<Vec<Vec<u8>>>,
    skipped: Vec<(String, String)>,
}

fn snapshots(extractions: &dyn Extractions, shelf: &Shelf, raised: &mut Raised, left_alone: &mut LeftAlone) -> io::Result<Seen> {
    let mut seen = Seen {
        documents: Vec::with_capacity(extractions.count()),
        figures: Sorter::new(shelf),
        suspects: Vec::new(),
        elsewhere: Elsewhere::default(),
    };
    let look = |number: usize| one(&extractions.get(number), number);
    each_in_order(extractions.count(), EXTRACTIONS, look, |one: One| {
        let number = seen.documents.len();
        seen.documents.push(one.document);
        raised.extend(&one.findings, Stage::Snapshot, number)?;
        for (key, value) in one.figures {
            seen.figures.push(&key, &value)?;
        }
        if let Some(keys) = one.suspected {
            seen.suspects.push(number);
            seen.elsewhere.ask(keys);
        }
        left_alone.in_snapshot(short(number), one.skipped);
        Ok(())
    })?;
    Ok(seen)
}

fn one(extraction: &Extraction, number: usize) -> One {
    let document = &extraction.document;
    let is_looked_at = document.status != Status::Duplicate;
    let is_suspect = is_looked_at && consistency::is_suspect(extraction);
    One {
        document: document.clone(),
        findings: if is_looked_at && !is_suspect {
            in_snapshot(extraction, &Judged::default())
        } else {
            Vec::new()
        },
        figures: rows(extraction, number),
        suspected: is_suspect.then(|| Elsewhere::keys(extraction)),
        skipped: skipped::in_snapshot(extraction),
    }
}

/// What all checks find in one snapshot.
fn in_snapshot(extraction: &Extraction, judged: &Judged) -> Vec<Finding> {
    let mut found = Vec::new();
    for scope in codes().iter().flat_map(|check| check.runs) {
        match scope {
            Scope::Snapshot(run) => run(extraction, &mut found),
            Scope::Figures(run) => run(extraction, judged, &mut found),
            Scope::Subject(_) | Scope::Edition(_) | Scope::Issues(_) | Scope::Succession { .. } => {}
        }
    }
    claims::yield_to_rules(&mut found);
    found
}

/// The figures of a snapshot that are set against those of others, with the keys they are sorted by.
fn rows(extraction: &Extraction, number: usize) -> Vec<(Vec<u8>, Vec<u8>)> {
    let document = &extraction.document;
    // A report that names two periods for itself tells of neither for sure: its figures are set against no other edition's.
    let is_sure = !extraction.facts.iter().any(|fact| matches!(fact, Fact::PeriodConflict { .. }));
    if !is_sure || !takes_part(document) {
        return Vec::new();
    }
    let row = |(index, observation)| {
        let snapshot = (document.media_type.as_str(), short(number));
        let RowKey { key, subject, edition } = RowKey::of(&document.family, observation, &document.edition, snapshot, index);
        let snapshots = [short(number)];
        let value = (
            (subject, edition),
            &document.family,
            &document.edition,
            snapshots.as_slice(),
            observation.alone(),
        );
        let value = postcard::to_extend(&value, Vec::with_capacity(ROW)).expect("every field has a packed form, and memory grows");
        (key.bytes().to_vec(), value)
    };
    let mut rows: Vec<(Vec<u8>, Vec<u8>)> = extraction.observations.iter().enumerate().map(row).collect();
    // Sorted where many are at work, there is less to do where one sorts them all.
    rows.sort_unstable();
    rows
}

fn takes_part(document: &DocumentRecord) -> bool {
    document.status == Status::Read && !document.family.is_empty() && !document.edition.is_empty()
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Figures of one subject, and of the next.
#[derive(Default)]
struct Subjects {
    /// Whole ones.
    whole: Vec<Rows>,
    rows_of_whole: usize,
    current: Rows,
    /// Printings of one figure in one edition.
    printings: Printings,
    /// The key of the last row, up to the subject and up to the edition.
    last: (Vec<u8>, Vec<u8>),
    done: usize,
}

/// A row's key, how much of it the rows of one subject and of one edition share, and the row.
type Keyed = (Vec<u8>, (usize, usize), Box<Row>);

fn subjects(figures: &Sorted, elsewhere: &mut Elsewhere, raised: &mut Raised, left_alone: &mut LeftAlone) -> io::Result<()> {
    let mut subjects = Subjects::default();
    let mut sorted = figures.merged()?;
    let fetch = || {
        let mut packed: Vec<(Vec<u8>, Vec<u8>)> = Vec::with_capacity(ROWS);
        while packed.len() < ROWS {
            let Some(record) = sorted.next()? else { break };
            packed.push(record);
        }
        Ok((!packed.is_empty()).then_some(packed))
    };
    let keyed = |(key, value): (Vec<u8>, Vec<u8>)| -> io::Result<Keyed> {
        let (lengths, row): (_, Row) = postcard::from_bytes(&value).map_err(io::Error::other)?;
        Ok((key, lengths, Box::new(row)))
    };
    let unpack = |packed: Vec<(Vec<u8>, Vec<u8>)>| packed.into_par_iter().map(keyed).collect::<io::Result<Vec<Keyed>>>();
    overlapped(fetch, unpack, |rows| {
        for (key, (subject, edition), row) in rows? {
            if subjects.last.1 != key[..edition] {
                subjects.current.extend(subjects.printings.take());
                subjects.last.1 = key[..edition].to_vec();
            }
            if subjects.last.0 != key[..subject] {
                subjects.end_subject();
                subjects.last.0 = key[..subject].to_vec();
                if subjects.rows_of_whole >= ROWS {
                    subjects.judge(elsewhere, raised, left_alone)?;
                }
            }
            subjects.printings.push(row);
        }
        Ok(())
    })?;
    subjects.current.extend(subjects.printings.take());
    subjects.end_subject();
    subjects.judge(elsewhere, raised, left_alone)
}

impl Subjects {
    fn end_subject(&mut self) {
        let rows = std::mem::take(&mut self.current);
        if !rows.is_empty() {
            self.rows_of_whole += rows.len();
            self.whole.push(rows);
        }
    }

    fn judge(&mut self, elsewhere: &mut Elsewhere, raised: &mut Raised, left_alone: &mut LeftAlone) -> io::Result<()> {
        let whole = std::mem::take(&mut self.whole);
        self.rows_of_whole = 0;
        let judged: Vec<(Vec<Finding>, Vec<skipped::Between>, Vec<Picked>)> = whole
            .into_par_iter()
            .map(|rows| {
                let archive = Archive::of(&rows);
                let pick = || archive.figures().filter_map(|printings| elsewhere.pick(printings)).collect();
                let (findings, (skipped, picked)) = rayon::join(|| of_subject(&archive), || (skipped::between(&archive), pick()));
                (findings, skipped, picked)
            })
            .collect();
        for (findings, skipped, picked) in judged {
            raised.extend(&findings, Stage::Subject, self.done)?;
            self.done += 1;
            left_alone.between(skipped);
            elsewhere.keep(picked);
        }
        Ok(())
    }
}

/// What all checks find in one subject, each looked for by whichever worker is free: a subject may be as long as the archive.
fn of_subject(archive: &Archive<'_>) -> Vec<Finding> {
    let scopes = codes().par_iter().flat_map_iter(|check| check.runs);
    let found = scopes.map(|scope| {
        let mut found = Vec::new();
        if let Scope::Subject(run) = scope {
            run(archive, &mut found);
        }
        found
    });
    found.collect::<Vec<Vec<Finding>>>().concat()
}

fn editions(extractions: &dyn Extractions, documents: &[DocumentRecord], raised: &mut Raised) -> io::Result<()> {
    let mut numbers: Vec<usize> = (0..documents.len()).filter(|number| takes_part(&documents[*number])).collect();
    numbers.sort_by_key(|number| {
        let document = &documents[*number];
        (&document.family, &document.edition, &document.media_type, &document.path)
    });
    let edition_of = |number: &usize| (&documents[*number].family, &documents[*number].edition);
    let editions: Vec<&[usize]> = numbers.chunk_by(|one, other| edition_of(one) == edition_of(other)).collect();
    let issues: Vec<&DocumentRecord> = editions.iter().map(|numbers| &documents[numbers[0]]).collect();
    let scopes = || codes().iter().flat_map(|check| check.runs);
    let mut found = Vec::new();
    let mut successions: Vec<Box<dyn Succession>> = Vec::new();
    for scope in scopes() {
        match scope {
            Scope::Issues(run) => run(&issues, &mut found),
            Scope::Succession { begin, .. } => successions.push(begin()),
            Scope::Snapshot(_) | Scope::Figures(_) | Scope::Subject(_) | Scope::Edition(_) => {}
        }
    }
    let of_edition = |edition: &Edition<'_>| {
        let (mut found, mut looked) = (Vec::new(), Vec::new());
        for scope in scopes() {
            match scope {
                Scope::Edition(run) => run(edition, &mut found),
                Scope::Succession { look, .. } => looked.push(look(edition)),
                Scope::Snapshot(_) | Scope::Figures(_) | Scope::Subject(_) | Scope::Issues(_) => {}
            }
        }
        (found, looked)
    };
    raised.extend(&found, Stage::Editions, 0)?;
    let mut number = 0;
    let look = |number: usize| of_edition(&Edition::of(editions[number], documents, extractions));
    each_in_order(editions.len(), EDITIONS, look, |(mut found, looked): (Vec<Finding>, Vec<Looked>)| {
        for (succession, looked) in successions.iter_mut().zip(looked) {
            succession.see(issues[number], looked, &mut found);
        }
        raised.extend(&found, Stage::Edition, number)?;
        number += 1;
        Ok(())
    })
}

fn suspects(extractions: &dyn Extractions, seen: &Seen, raised: &mut Raised) -> io::Result<()> {
    for numbers in seen.suspects.chunks(EXTRACTIONS) {
        let found: Vec<Vec<Finding>> = numbers
            .par_iter()
            .map(|number| {
                let extraction = extractions.get(*number);
                let judged = consistency::judge(&extraction, &seen.elsewhere);
                in_snapshot(&extraction, &judged)
            })
            .collect();
        for (number, found) in numbers.iter().zip(found) {
            raised.extend(&found, Stage::Snapshot, *number)?;
        }
    }
    Ok(())
}

/// The findings as they are published, those apart that a waiver covers, and with what is wrong with the waivers themselves.
fn settled(raised: &Sorted, waivers: &Waivers, documents: &[DocumentRecord], shelf: &Shelf) -> io::Result<(Findings, Vec<WaivedFinding>)> {
    let mut counting = Counting::new(shelf);
    raised.each(&mut |_, bytes| counting.push(&kept::from_bytes(bytes)?))?;
    let all = counting.finish()?;
    let mut findings = Findings::new(shelf);
    if waivers.waivers().is_empty() {
        each_counted(raised, &all, &mut |_, finding| findings.push(&finding))?;
        return Ok((findings, Vec::new()));
    }
    let mut waived = Vec::new();
    let mut matched = vec![false; waivers.waivers().len()];
    let mut left = Sorter::new(shelf);
    each_counted(raised, &all, &mut |key, finding| match waivers.cover(&finding, &mut matched) {
        Some(covered) => {
            waived.push(covered);
            Ok(())
        }
        None => left.push(key, &kept::to_bytes(&finding)),
    })?;
    for finding in waivers.own_findings(&matched, documents) {
        left.push(fingerprint::order(&finding).bytes(), &kept::to_bytes(&finding))?;
    }
    // What a waiver takes away takes its count away.
    let left = left.finish()?;
    let mut counting = Counting::new(shelf);
    left.each(&mut |_, bytes| counting.push(&kept::from_bytes(bytes)?))?;
    each_counted(&left, &counting.finish()?, &mut |_, finding| findings.push(&finding))?;
    Ok((findings, waived))
}

/// Calls back with each finding, equal fingerprints set apart.
fn each_counted(sorted: &Sorted, counts: &Sorted, see: &mut dyn FnMut(&[u8], Finding) -> io::Result<()>) -> io::Result<()> {
    let mut counts = Counts::of(counts)?;
    sorted.each(&mut |key, bytes| {
        let mut finding = kept::from_bytes(bytes)?;
        counts.set(&mut finding)?;
        see(key, finding)
    })
}
