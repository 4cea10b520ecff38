//! A run's result with the numbers and names by which the report's files refer to its parts.

use std::collections::{BTreeMap, HashMap};

use crate::schema::{Dataset, DocumentRecord, Extraction, Finding, Observation, Severity, Status, WaivedFinding};

/// Snapshots in one file of data, at most.
const MOST_DOCUMENTS: usize = 12;

/// A run's result, numbered.
pub(super) struct Contents<'a> {
    pub(super) dataset: &'a Dataset,
    /// Families that were recognised, sorted.
    pub(super) families: Vec<&'a str>,
    /// What is loaded together: the snapshots of an edition, or a part of them.
    pub(super) editions: Vec<Edition>,
    /// All findings, then those that are waived.
    pub(super) findings: Vec<Entry<'a>>,
    /// File of each document, by its number; none where there is nothing to be shown.
    pub(super) file_of: Vec<Option<usize>>,
    documents: HashMap<&'a str, usize>,
    observations: HashMap<&'a str, &'a Observation>,
    worst: HashMap<&'a str, Severity>,
}

/// Snapshots that are loaded together.
pub(super) struct Edition {
    /// Name of the file, without its ending.
    pub(super) file: String,
    /// Numbers of the snapshots.
    pub(super) documents: Vec<usize>,
}

/// A finding and whether somebody lives with it.
pub(super) struct Entry<'a> {
    pub(super) finding: &'a Finding,
    /// Why, by whom and until when, where somebody does.
    pub(super) waived: Option<&'a WaivedFinding>,
}

impl<'a> Contents<'a> {
    pub(super) fn of(dataset: &'a Dataset) -> Self {
        let extractions = &dataset.extractions;
        let documents = extractions.iter().enumerate();
        let documents = documents.map(|(index, extraction)| (extraction.document.path.as_str(), index)).collect();
        let mut families: Vec<&str> = extractions.iter().map(|extraction| extraction.document.family.as_str()).collect();
        families.retain(|family| !family.is_empty());
        families.sort_unstable();
        families.dedup();
        let observations = extractions.iter().flat_map(|extraction| &extraction.observations);
        let mut worst: HashMap<&str, Severity> = HashMap::new();
        for finding in &dataset.findings {
            for id in &finding.observations {
                let held = worst.entry(id).or_insert(finding.severity);
                *held = finding.severity.min(*held);
            }
        }
        let waived = dataset.waived.iter().map(|waived| Entry {
            finding: &waived.finding,
            waived: Some(waived),
        });
        let findings = dataset.findings.iter().map(|finding| Entry { finding, waived: None });
        let editions = editions(extractions);
        let mut file_of = vec![None; extractions.len()];
        for (file, edition) in editions.iter().enumerate() {
            for document in &edition.documents {
                file_of[*document] = Some(file);
            }
        }
        Self {
            dataset,
            families,
            editions,
            findings: findings.chain(waived).collect(),
            file_of,
            documents,
            observations: observations.map(|observation| (observation.id.as_str(), observation)).collect(),
            worst,
        }
    }

    /// The number of a document.
    pub(super) fn document(&self, path: &str) -> Option<usize> {
        self.documents.get(path).copied()
    }

    /// The number of a family; none for a snapshot of no known family.
    pub(super) fn family(&self, family: &str) -> Option<usize> {
        self.families.binary_search(&family).ok()
    }

    /// The observation of an id.
    pub(super) fn observation(&self, id: &str) -> Option<&'a Observation> {
        self.observations.get(id).copied()
    }

    /// The gravest finding about an observation.
    pub(super) fn worst(&self, id: &str) -> Option<Severity> {
        self.worst.get(id).copied()
    }
}

/// Snapshots by family and edition, each in a file of a name that any disk takes.
fn editions(extractions: &[Extraction]) -> Vec<Edition> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, extraction) in extractions.iter().enumerate() {
        let document = &extraction.document;
        if matches!(document.status, Status::Read | Status::UnknownFamily) {
            by_name.entry(file_name(document)).or_default().push(index);
        }
    }
    let mut editions = Vec::new();
    for (name, documents) in by_name {
        for (part, documents) in documents.chunks(MOST_DOCUMENTS).enumerate() {
            let file = if part == 0 { name.clone() } else { format!("{name}-part-{}", part + 1) };
            editions.push(Edition {
                file,
                documents: documents.to_vec(),
            });
        }
    }
    editions
}

fn file_name(document: &DocumentRecord) -> String {
    let name = if document.family.is_empty() || document.edition.is_empty() {
        format!("unknown-{}", document.hash.get(..16).unwrap_or("0"))
    } else {
        format!("{}-{}", document.family, document.edition)
    };
    let plain = |character: char| {
        if character.is_ascii_alphanumeric() {
            character.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    name.chars().map(plain).take(100).collect()
}
