//! A family's profile: how to know it, how it writes, and what each sentence, headline, table and chart of it states.

mod compile;
mod file;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, path::Path};

use serde::Deserialize;

use compile::Compiler;
use file::ProfileFile;

use super::{
    number::NumberConvention,
    pattern::{Phrase, Slot},
};
use crate::schema::Sex;

/// A family of reports, ready to match.
#[derive(Debug, Clone)]
pub struct Profile {
    /// `unhcr-western-balkans`
    pub family: String,
    /// `UNHCR`
    pub publisher: String,
    /// What the reports are called.
    pub title: String,
    /// Place the reports describe.
    pub area: String,
    /// How numbers are written.
    pub convention: NumberConvention,
    /// How the family is known.
    pub recognise: Recognise,
    /// Phrases whose `{period}` names the edition by its last month.
    pub edition: Vec<Phrase>,
    /// The same, in titles and headings alone.
    pub title_names: Vec<Phrase>,
    /// Plans, by editions.
    pub layouts: Vec<Layout>,
    /// What is stated where.
    pub rules: Vec<Rule>,
    /// Phrases whose figures are no statistics of the report.
    pub ignore: Vec<Phrase>,
    /// Ratios and the counts they are of.
    pub ratios: Vec<RatioOf>,
    /// Hash of the profile's text, for whoever keeps what was read.
    pub hash: String,
}

/// How a family is known.
#[derive(Debug, Clone)]
pub struct Recognise {
    /// All of these must stand in the snapshot.
    pub all: Vec<Phrase>,
    /// Signs of the family.
    pub any: Vec<Phrase>,
    /// How many signs it takes.
    pub at_least: usize,
}

/// A plan that the family used for a span of editions.
#[derive(Debug, Clone)]
pub struct Layout {
    /// `2024`
    pub id: String,
    /// First edition, `2024-01`.
    pub from: String,
    /// Last edition, or empty where it is still in use.
    pub to: String,
    /// Rules that every such edition prints: an error where one is missing.
    pub requires: Vec<String>,
    /// Rules that such editions print in charts and tiles, which a medium may lose.
    pub promises: Vec<String>,
}

/// Where a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleKind {
    /// In sentences.
    Sentence,
    /// In lists of places or nationalities within sentences.
    List,
    /// At figures with captions.
    Headline,
    /// In tables.
    Table,
    /// In charts.
    Chart,
}

/// Which days a figure is about where its words leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodRule {
    /// From 1 January to the edition's last day.
    YearToDate,
    /// The edition's month.
    Month,
    /// The last day of the edition's month: a stock.
    EndOfMonth,
}

/// What a change is measured against where its words leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaseRule {
    /// The same days of the year before.
    YearBefore,
    /// The month before.
    MonthBefore,
}

/// What a list, table or chart is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// Places described.
    Area,
    /// Nationalities or countries of origin.
    Origin,
    /// Months, years.
    Period,
}

/// One statement of a family.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `transits`, unique within kind and family.
    pub id: String,
    /// What it is, in a few words.
    pub label: String,
    /// Where it looks.
    pub kind: RuleKind,
    /// Indicator of the codebook.
    pub indicator: String,
    /// Unit, where it differs from the indicator's.
    pub unit: Option<String>,
    /// Place, where it differs from the family's.
    pub area: Option<String>,
    /// Sex, where the words imply one.
    pub sex: Option<Sex>,
    /// Group, or empty.
    pub group: String,
    /// Phrases with the figures.
    pub say: Vec<Phrase>,
    /// One of them must also stand in the sentence.
    pub when: Vec<Phrase>,
    /// None of them may stand in the sentence, caption or heading.
    pub unless: Vec<Phrase>,
    /// A sentence with one of these is what the rule is about, though its figure may be unreadable: others lean on it.
    pub about: Vec<Phrase>,
    /// The sentence must hold, or follow, a figure of this rule, whose period it shares.
    pub beside: Option<String>,
    /// The heading it stands under.
    pub under: Vec<Phrase>,
    /// Labels of the rows or columns that are meant; any where empty.
    pub rows: Vec<Phrase>,
    /// What it is broken down by.
    pub by: Vec<Dimension>,
    /// What a percentage is: a share, else a ratio.
    pub percent: Slot,
    /// Which days.
    pub period: PeriodRule,
    /// Against which days.
    pub base: BaseRule,
    /// Only the largest are listed.
    pub partial: bool,
    /// Presented largest first.
    pub ranked: bool,
    /// Layouts it belongs to; all where empty.
    pub layouts: Vec<String>,
}

/// A ratio in percent of two counts, by rule.
#[derive(Debug, Clone)]
pub struct RatioOf {
    /// The ratio's rule.
    pub ratio: String,
    /// The count on top.
    pub numerator: String,
    /// The count below.
    pub denominator: String,
}

/// A faulty profile: file, line, column and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ProfileError {
    /// File as given.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, in lower case, without full stop.
    pub message: String,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, message } = self;
        if *line == 0 {
            write!(formatter, "{file}: {message}")
        } else {
            write!(formatter, "{file}:{line}:{column}: {message}")
        }
    }
}

/// All families that are known.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    /// In alphabetical order.
    pub families: Vec<Profile>,
}

/// The profiles that come with the program: folder and text.
const EMBEDDED: [(&str, &str); 2] = [
    (
        "src/profiles/iom-dtm-western-balkans/profile.toml",
        include_str!("../../profiles/iom-dtm-western-balkans/profile.toml"),
    ),
    (
        "src/profiles/unhcr-western-balkans/profile.toml",
        include_str!("../../profiles/unhcr-western-balkans/profile.toml"),
    ),
];

impl Profiles {
    /// The profiles that come with the program.
    pub fn embedded() -> Result<Self, ProfileError> {
        let families = EMBEDDED.iter().map(|(file, text)| Profile::read(text, file)).collect::<Result<_, _>>()?;
        Ok(Self { families })
    }

    /// The profiles of a folder: each `<family>/profile.toml`, or `<family>.toml`, in alphabetical order.
    pub fn load(folder: &Path) -> Result<Self, ProfileError> {
        let whole = |message: String| ProfileError {
            file: folder.display().to_string(),
            line: 0,
            column: 0,
            message,
        };
        let entries = std::fs::read_dir(folder).map_err(|error| whole(format!("cannot be read: {error}")))?;
        let mut files = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| whole(format!("cannot be read: {error}")))?.path();
            let inside = path.join("profile.toml");
            if inside.is_file() {
                files.push(inside);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                files.push(path);
            }
        }
        files.sort();
        if files.is_empty() {
            return Err(whole("holds no profile: expected <family>/profile.toml or <family>.toml".into()));
        }
        let mut families = Vec::new();
        for path in files {
            let file = path.display().to_string();
            let text = std::fs::read_to_string(&path).map_err(|error| ProfileError {
                file: file.clone(),
                line: 0,
                column: 0,
                message: format!("cannot be read: {error}"),
            })?;
            families.push(Profile::read(&text, &file)?);
        }
        Ok(Self { families })
    }
}

impl Profile {
    /// Reads and checks a profile.
    pub fn read(text: &str, file: &str) -> Result<Self, ProfileError> {
        let mut compiler = Compiler {
            text,
            file,
            words: BTreeMap::new(),
        };
        let mut profile: ProfileFile = toml::from_str(text).map_err(|error| compiler.error(error.span().unwrap_or(0..0), error.message()))?;
        compiler.words = std::mem::take(&mut profile.words);
        compiler.profile(profile)
    }

    /// The layout that covers an edition.
    pub fn layout(&self, edition: &str) -> Option<&Layout> {
        self.layouts
            .iter()
            .find(|layout| layout.from.as_str() <= edition && (layout.to.is_empty() || edition <= layout.to.as_str()))
    }

    /// The rules of a kind that belong to a layout.
    pub fn rules_of<'a>(&'a self, kind: RuleKind, layout: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.rules
            .iter()
            .filter(move |rule| rule.kind == kind && (rule.layouts.is_empty() || rule.layouts.iter().any(|known| known == layout)))
    }
}
