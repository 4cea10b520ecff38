//! Words printed around a figure that are no column of it: what it stands under, and whose figure it is said to be.

use serde::{Deserialize, Serialize};

use super::Mention;

/// What stands around a figure.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Attached {
    /// The heading over its table or chart, or their title.
    pub heading: Option<Mention>,
    /// Its caption, or the label of its row.
    pub label: Option<Mention>,
    /// Notes that marks on the heading over it lead to, beside those of its own marks.
    pub notes: Vec<Mention>,
    /// Another publisher that it is taken from, by what the report says.
    pub source: Option<Attribution>,
}

/// The words by which a report gives a figure as another publisher's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// `UNHCR`, as in [`super::Observation::publisher`].
    pub publisher: String,
    /// The words: `Source: UNHCR`.
    pub mention: Mention,
}
