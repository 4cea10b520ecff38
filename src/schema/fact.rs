//! What readers and the parser noticed about a snapshot, without wording: checks make findings of it.

use serde::{Deserialize, Serialize};

use super::Mention;

/// What a reader wanted that could not read a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Want {
    /// More time than it is allowed.
    Time,
    /// More memory than it is allowed.
    Memory,
    /// More stack than there is.
    Stack,
    /// A shorter snapshot, or one that holds less.
    Less,
    /// To live: the system or somebody ended it, or it ended itself.
    Life,
}

/// One thing noticed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Fact {
    /// The bytes are damaged, encrypted, empty, or not what the name says.
    Unreadable {
        /// Why, in lower case, without full stop: `the PDF is encrypted`.
        cause: String,
    },
    /// A reader gave up, or was ended, over bytes that may be sound.
    GivenUp {
        /// Why, as above.
        cause: String,
        /// What it wanted.
        want: Want,
    },
    /// A part of the bytes could not be read, or is not there; the rest was read.
    Lost {
        /// What is lost, and why, as above.
        cause: String,
    },
    /// The file was damaged or not as it should be, and was read all the same.
    Repaired {
        /// What was wrong, as above.
        cause: String,
    },
    /// Something was passed over on purpose: a link out of an archive, a device, an archive within an archive.
    PassedOver {
        /// What it is, as above.
        cause: String,
    },
    /// No profile knows the snapshot, or these claim it alike.
    UnknownFamily {
        /// Families that claim it alike; empty where none does.
        claimants: Vec<String>,
    },
    /// A family knows the snapshot, but no edition can be told from it, or no layout covers it.
    UnknownEdition {
        /// Why not.
        cause: String,
    },
    /// Pages that show text hold none that maps to characters.
    NoTextLayer {
        /// Pages, from 1.
        pages: Vec<u32>,
    },
    /// The second PDF reader sees other numbers on a page.
    ReadersDisagree {
        /// Page, from 1.
        page: u32,
        /// Numbers only the first reader sees.
        first: Vec<String>,
        /// Numbers only the second reader sees.
        second: Vec<String>,
    },
    /// A figure, date or placeholder that no careful writer prints.
    Malformed {
        /// Where.
        mention: Mention,
        /// What is wrong with it: `thousands are grouped in threes`.
        why: String,
    },
    /// A figure that the layout requires was not found.
    Missing {
        /// Rule that looked for it.
        rule: String,
        /// What it is, in a few words: `persons transited`.
        label: String,
        /// The text that comes nearest.
        nearest: Option<Mention>,
    },
    /// A heading of the layout without a readable figure.
    UnreadSection {
        /// Rule that looked below it.
        rule: String,
        /// The heading.
        mention: Mention,
        /// What stands there instead: `nothing`, `a picture`, `a chart without labels`.
        found: String,
    },
    /// A chart of the layout with marks that neither a printed number nor an axis measures.
    UnreadMarks {
        /// Rule that looked into it.
        rule: String,
        /// What it is headed by, at the place of the chart.
        mention: Mention,
        /// Marks without a reading.
        unread: usize,
        /// All its marks.
        marks: usize,
    },
    /// A number that no rule claimed and no ignore rule explains.
    Unclaimed {
        /// Where.
        mention: Mention,
    },
    /// A name in the place of a country or nationality that the codebook lacks.
    UnknownPlace {
        /// Where.
        mention: Mention,
    },
    /// Title, text and date name different periods.
    PeriodConflict {
        /// Each period named, with where: `2024-07`.
        named: Vec<(String, Mention)>,
    },
    /// A chart's printed label contradicts its mark.
    LabelDiffersFromMark {
        /// The label.
        mention: Mention,
        /// What the mark's length says, in the label's unit.
        mark: String,
        /// Id of the observation made of the label, if any.
        observation: Option<String>,
    },
}
