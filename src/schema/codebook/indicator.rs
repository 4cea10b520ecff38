//! The table of indicators to entries: what each measures, whether it adds up, what it may be set against.

use serde::Deserialize;

/// Whether figures are of a day or of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IndicatorKind {
    /// At a day; stocks of several days do not add up.
    Stock,
    /// Over a period.
    Flow,
}

impl IndicatorKind {
    /// The word in the codebook.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Flow => "flow",
        }
    }
}

/// Whether figures of areas add up to that of the whole, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Additivity {
    /// They do.
    Additive,
    /// They may count a person twice.
    NotAdditive,
}

/// How the figures of two publishers relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Both measure the same.
    Same,
    /// This one includes all that the other counts, and more.
    Wider,
    /// The other includes all that this one counts, and more.
    Narrower,
    /// Neither can be told from the other.
    NotComparable,
}

impl Relation {
    /// The relation seen from the other side.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Wider => Self::Narrower,
            Self::Narrower => Self::Wider,
            other => other,
        }
    }

    /// The word in the codebook.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Wider => "wider",
            Self::Narrower => "narrower",
            Self::NotComparable => "not-comparable",
        }
    }
}

/// What is said of an indicator and one of a publisher.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparability {
    /// The other indicator, `publisher/indicator`.
    pub with: String,
    /// How this one relates to it.
    pub relation: Relation,
    /// Why, in a few words.
    pub why: String,
    /// Areas where it does not hold, and figures do not compare.
    #[serde(default)]
    pub except: Vec<String>,
    /// Why not there.
    #[serde(default)]
    pub except_why: String,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorEntry {
    /// Code in the published files.
    pub code: String,
    /// Name in a few words.
    pub label: String,
    /// What is measured, in our words.
    pub definition: String,
    /// Unit of its counts.
    pub unit: String,
    /// Stock or flow.
    pub kind: IndicatorKind,
    #[serde(deserialize_with = "additivity")]
    additive: Additivity,
    /// Why figures of areas add up, or do not.
    pub additive_why: String,
    cumulative: bool,
    /// What other publishers' indicators it may be set against.
    pub comparable: Vec<Comparability>,
}

impl IndicatorEntry {
    /// Whether figures of areas add up to that of the whole.
    pub fn additivity(&self) -> Additivity {
        self.additive
    }

    /// Whether figures of areas add up to that of the whole.
    pub fn is_additive(&self) -> bool {
        self.additive == Additivity::Additive
    }

    /// Whether reports print it from 1 January to the edition's month.
    pub fn is_cumulative(&self) -> bool {
        self.cumulative
    }
}

fn additivity<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Additivity, D::Error> {
    let additive = bool::deserialize(deserializer)?;
    Ok(if additive { Additivity::Additive } else { Additivity::NotAdditive })
}

/// The entries of `indicators.toml`.
pub(super) fn indicators(table: &str) -> Vec<IndicatorEntry> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        indicator: Vec<IndicatorEntry>,
    }
    let file: File = toml::from_str(table).expect("the embedded table of indicators is read by a test");
    file.indicator
}
