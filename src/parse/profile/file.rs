//! A profile as it is written: the shape of `profile.toml`, nothing checked yet but names and types.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{BaseRule, Dimension, PeriodRule};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ProfileFile {
    pub(super) family: Spanned<String>,
    pub(super) publisher: String,
    pub(super) title: String,
    pub(super) area: Spanned<String>,
    pub(super) recognise: RecogniseFile,
    #[serde(default)]
    pub(super) numbers: NumbersFile,
    pub(super) edition: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) edition_in_titles: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) ignore: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) words: BTreeMap<String, Spanned<String>>,
    pub(super) layout: Vec<LayoutFile>,
    #[serde(default)]
    pub(super) sentence: Vec<RuleFile>,
    #[serde(default)]
    pub(super) list: Vec<RuleFile>,
    #[serde(default)]
    pub(super) headline: Vec<RuleFile>,
    #[serde(default)]
    pub(super) table: Vec<RuleFile>,
    #[serde(default)]
    pub(super) chart: Vec<RuleFile>,
    #[serde(default)]
    pub(super) ratio: Vec<RatioFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RecogniseFile {
    #[serde(default)]
    pub(super) all: Vec<Spanned<String>>,
    pub(super) any: Vec<Spanned<String>>,
    pub(super) at_least: usize,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct NumbersFile {
    pub(super) thousands: Option<Spanned<String>>,
    pub(super) decimal: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct LayoutFile {
    pub(super) id: String,
    pub(super) from: String,
    #[serde(default)]
    pub(super) to: String,
    #[serde(default)]
    pub(super) requires: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) promises: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RuleFile {
    pub(super) rule: Spanned<String>,
    pub(super) label: String,
    pub(super) indicator: Spanned<String>,
    pub(super) unit: Option<String>,
    pub(super) area: Option<Spanned<String>>,
    pub(super) sex: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) group: String,
    #[serde(default)]
    pub(super) say: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) when: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) unless: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) about: Vec<Spanned<String>>,
    pub(super) beside: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) under: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) rows: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) by: Vec<Dimension>,
    pub(super) percent: Option<Spanned<String>>,
    pub(super) period: PeriodRule,
    pub(super) base: Option<BaseRule>,
    #[serde(default)]
    pub(super) partial: bool,
    #[serde(default)]
    pub(super) ranked: bool,
    #[serde(default)]
    pub(super) layouts: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RatioFile {
    pub(super) ratio: Spanned<String>,
    pub(super) numerator: Spanned<String>,
    pub(super) denominator: Spanned<String>,
}
