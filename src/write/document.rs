//! The columns of `documents.csv`: one row a snapshot, read or not.

use super::{
    column::{Column, Kind, Presence, Value},
    report::Tally,
};
use crate::schema::{DocumentRecord, Extraction, PromiseState};

/// The table of snapshots.
#[derive(Debug, Clone, Copy)]
pub enum Documents {}

/// A snapshot, with what is counted of it.
#[derive(Debug)]
pub struct Document {
    pub(super) record: DocumentRecord,
    pub(super) observations: usize,
    /// How many of its layout's promises were read, are missing, and are lost.
    pub(super) promises: [usize; 3],
    /// The findings about it.
    pub(super) tally: Tally,
}

impl Document {
    /// What is counted of it, but for the findings.
    pub(super) fn of(extraction: &Extraction) -> Self {
        let of_state = |state: PromiseState| extraction.promises.iter().filter(|promise| promise.state == state).count();
        Self {
            record: extraction.document.clone(),
            observations: extraction.observations.len(),
            promises: [PromiseState::Read, PromiseState::Missing, PromiseState::Lost].map(of_state),
            tally: Tally::default(),
        }
    }
}

/// What a row is made of.
#[derive(Debug, Clone, Copy)]
pub struct DocumentRow<'a> {
    pub(super) document: &'a Document,
    /// Empty unless timings were asked for: the same input gives the same bytes.
    pub(super) milliseconds: Option<u64>,
}

/// The columns, in the order published.
pub const COLUMNS: &[Column<Documents>] = &[
    Column {
        name: "document",
        meaning: "Path below the PATH given, / separated",
        hxl: "#meta+document",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.document.record.path),
    },
    Column {
        name: "media_type",
        meaning: "Media type by content; empty where the content tells none",
        hxl: "#meta+media",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.document.record.media_type),
    },
    Column {
        name: "size",
        meaning: "Size in bytes",
        hxl: "#meta+size+num",
        kind: Kind::Integer,
        presence: Presence::Always,
        value: |row| Value::Integer(row.document.record.size),
    },
    Column {
        name: "hash",
        meaning: "BLAKE3 of the content, in hexadecimal; empty where the bytes could not be had",
        hxl: "#meta+hash",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.document.record.hash),
    },
    Column {
        name: "family",
        meaning: "Series of reports of one publisher with one plan; empty where no profile knows it",
        hxl: "#meta+family",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.document.record.family),
    },
    Column {
        name: "layout",
        meaning: "Plan that the family used for a span of editions",
        hxl: "#meta+layout",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.document.record.layout),
    },
    Column {
        name: "edition",
        meaning: "Issue of the family, named by the last month it reports: 2024-07",
        hxl: "#date+edition",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.document.record.edition),
    },
    Column {
        name: "pages",
        meaning: "Pages; text and HTML have one",
        hxl: "#meta+pages+num",
        kind: Kind::Integer,
        presence: Presence::Always,
        value: |row| Value::Integer(row.document.record.pages.into()),
    },
    Column {
        name: "observations",
        meaning: "Printed figures that were read",
        hxl: "#meta+observations+num",
        kind: Kind::Integer,
        presence: Presence::Always,
        value: |row| Value::count(row.document.observations),
    },
    Column {
        name: "errors",
        meaning: "Findings about it that are errors",
        hxl: "#meta+errors+num",
        kind: Kind::Integer,
        presence: Presence::Always,
        value: |row| Value::count(row.document.tally.errors),
    },
    Column {
        name: "warnings",
        meaning: "Findings about it that are warnings",
        hxl: "#meta+warnings+num",
        kind: Kind::Integer,
        presence: Presence::Always,
        value: |row| Value::count(row.document.tally.warnings),
    },
    Column {
        name: "notes",
        meaning: "Findings about it that are notes",
        hxl: "#meta+notes+num",
        kind: Kind::Integer,
        presence: Presence::Always,
        value: |row| Value::count(row.document.tally.notes),
    },
    Column {
        name: "status",
        meaning: "How the reading ended",
        hxl: "#status",
        kind: Kind::Word(&["read", "unreadable", "unknown-family", "duplicate"]),
        presence: Presence::Always,
        value: |row| Value::text(row.document.record.status.as_str()),
    },
    Column {
        name: "duplicate_of",
        meaning: "For a duplicate, the path of the same content that was read in its place",
        hxl: "#meta+document+original",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.document.record.duplicate_of),
    },
    Column {
        name: "milliseconds",
        meaning: "How long the reading took; empty unless asked for with --timings",
        hxl: "#meta+milliseconds+num",
        kind: Kind::Integer,
        presence: Presence::Maybe,
        value: |row| row.milliseconds.map_or(Value::Nothing, Value::Integer),
    },
];
