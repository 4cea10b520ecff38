//! The tables of places and names to entries.

use serde::Deserialize;

/// What sort of place a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// A country of ISO 3166-1.
    Country,
    /// A territory of ISO 3166-1, or Kosovo. No word on anybody's status.
    Territory,
    /// Several places reported as one.
    Composite,
    /// Stateless, unknown, others.
    Special,
}

/// A place or an origin that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceEntry {
    /// ISO 3166-1 alpha-3, `XKX`, `XXA`, `XXX`, `_O`, or a composite's code.
    pub code: String,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// Short English name.
    pub name: String,
    /// Formal English name.
    pub formal: String,
    /// Code in UNHCR's own scheme, empty where it has none or it is not sure.
    pub unhcr: String,
    /// Codes of a composite's parts.
    pub members: Vec<String>,
    /// What reports add to the name, or what has to be known of the code.
    pub note: String,
}

/// What sort of name a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// A name in use.
    Name,
    /// The long official name.
    Formal,
    /// A name no longer official.
    Former,
    /// A word for its people, `Afghans`, most of them adjectives, too.
    Demonym,
    /// An adjective that is no word for its people: `Turkish`.
    Adjective,
    /// A way of writing that notes a status: `Kosovo (S/RES/1244 (1999))`.
    Notation,
    /// Letters in place of a name: `BiH`. Its case counts.
    Abbreviation,
    /// The same, and an ordinary word in capital letters: `US`.
    #[serde(rename = "abbreviation word")]
    AbbreviationWord,
    /// Holds the name of a place without meaning it: `Gulf of Guinea`.
    Trap,
    /// May mean several places, or one that no code stands for: `Congolese`.
    Ambiguous,
}

impl NameKind {
    /// Whether it names people rather than a place.
    pub fn is_demonym(self) -> bool {
        matches!(self, Self::Demonym | Self::Adjective)
    }
}

/// One name of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameEntry {
    /// Code of the place; empty for traps and ambiguous names.
    pub code: String,
    /// What sort of name it is.
    pub kind: NameKind,
    /// The name as usually written.
    pub name: String,
}

/// The entries of `places.csv`.
pub(super) fn places(table: &str) -> Vec<PlaceEntry> {
    type Row = (String, PlaceKind, String, String, String, String, String);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader
        .deserialize::<Row>()
        .map(|row| row.expect("the embedded table of places is read by a test"));
    rows.map(|(code, kind, name, formal, unhcr, members, note)| PlaceEntry {
        code,
        kind,
        name,
        formal,
        unhcr,
        members: members.split_whitespace().map(str::to_owned).collect(),
        note,
    })
    .collect()
}

/// The entries of `names-en.csv`.
pub(super) fn names(table: &str) -> Vec<NameEntry> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader
        .deserialize::<(String, NameKind, String)>()
        .map(|row| row.expect("the embedded table of names is read by a test"));
    rows.map(|(code, kind, name)| NameEntry { code, kind, name }).collect()
}
