//! A family's profile: how to know it, how it writes, and what each sentence, headline, table and chart of it states.

use std::{collections::BTreeMap, fmt, ops::Range, path::Path};

use serde::Deserialize;
use toml::Spanned;

use super::{
    number::NumberConvention,
    pattern::{Phrase, Slot},
};
use crate::schema::{Sex, codebook::codebook};

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
        include_str!("../profiles/iom-dtm-western-balkans/profile.toml"),
    ),
    (
        "src/profiles/unhcr-western-balkans/profile.toml",
        include_str!("../profiles/unhcr-western-balkans/profile.toml"),
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ProfileFile {
    family: Spanned<String>,
    publisher: String,
    title: String,
    area: Spanned<String>,
    recognise: RecogniseFile,
    #[serde(default)]
    numbers: NumbersFile,
    edition: Vec<Spanned<String>>,
    #[serde(default)]
    edition_in_titles: Vec<Spanned<String>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    words: BTreeMap<String, Spanned<String>>,
    layout: Vec<LayoutFile>,
    #[serde(default)]
    sentence: Vec<RuleFile>,
    #[serde(default)]
    list: Vec<RuleFile>,
    #[serde(default)]
    headline: Vec<RuleFile>,
    #[serde(default)]
    table: Vec<RuleFile>,
    #[serde(default)]
    chart: Vec<RuleFile>,
    #[serde(default)]
    ratio: Vec<RatioFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RecogniseFile {
    #[serde(default)]
    all: Vec<Spanned<String>>,
    any: Vec<Spanned<String>>,
    at_least: usize,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct NumbersFile {
    thousands: Option<Spanned<String>>,
    decimal: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LayoutFile {
    id: String,
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    requires: Vec<Spanned<String>>,
    #[serde(default)]
    promises: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RuleFile {
    rule: Spanned<String>,
    label: String,
    indicator: Spanned<String>,
    unit: Option<String>,
    area: Option<Spanned<String>>,
    sex: Option<Spanned<String>>,
    #[serde(default)]
    group: String,
    #[serde(default)]
    say: Vec<Spanned<String>>,
    #[serde(default)]
    when: Vec<Spanned<String>>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    about: Vec<Spanned<String>>,
    beside: Option<Spanned<String>>,
    #[serde(default)]
    under: Vec<Spanned<String>>,
    #[serde(default)]
    rows: Vec<Spanned<String>>,
    #[serde(default)]
    by: Vec<Dimension>,
    percent: Option<Spanned<String>>,
    period: PeriodRule,
    base: Option<BaseRule>,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    ranked: bool,
    #[serde(default)]
    layouts: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RatioFile {
    ratio: Spanned<String>,
    numerator: Spanned<String>,
    denominator: Spanned<String>,
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

struct Compiler<'a> {
    text: &'a str,
    file: &'a str,
    /// What `<name>` in a phrase stands for.
    words: BTreeMap<String, Spanned<String>>,
}

impl Compiler<'_> {
    fn error(&self, span: Range<usize>, message: impl Into<String>) -> ProfileError {
        let before = self.text.get(..span.start.min(self.text.len())).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        ProfileError {
            file: self.file.to_owned(),
            line,
            column,
            message: message.into().replace('\n', " "),
        }
    }

    fn phrase(&self, written: &Spanned<String>) -> Result<Phrase, ProfileError> {
        // The string starts after its opening quote, or quotes.
        let raw = self.text.get(written.span()).unwrap_or("");
        let start = written.span().start + raw.len() - raw.trim_start_matches(['"', '\'']).len();
        let fault = |at: usize, message: String| self.error(start + at..written.span().end, format!("{message} in phrase `{}`", written.get_ref()));
        let mut expanded = String::new();
        let mut rest = written.get_ref().as_str();
        let mut at = 0;
        while let Some(open) = rest.find('<') {
            let close = rest[open..].find('>').ok_or_else(|| fault(at + open, "`<` is not closed".into()))? + open;
            let name = &rest[open + 1..close];
            let words = self
                .words
                .get(name)
                .ok_or_else(|| fault(at + open, format!("`[words]` has no `{name}`")))?;
            expanded.push_str(&rest[..open]);
            expanded.push_str(words.get_ref());
            at += close + 1;
            rest = &rest[close + 1..];
        }
        let plain = expanded.is_empty();
        expanded.push_str(rest);
        Phrase::compile(&expanded).map_err(|error| fault(if plain { error.at } else { 0 }, error.message))
    }

    fn phrases(&self, written: &[Spanned<String>]) -> Result<Vec<Phrase>, ProfileError> {
        written.iter().map(|phrase| self.phrase(phrase)).collect()
    }

    fn profile(&self, file: ProfileFile) -> Result<Profile, ProfileError> {
        let mut rules = Vec::new();
        for (kind, written) in [
            (RuleKind::Sentence, &file.sentence),
            (RuleKind::List, &file.list),
            (RuleKind::Headline, &file.headline),
            (RuleKind::Table, &file.table),
            (RuleKind::Chart, &file.chart),
        ] {
            for rule in written {
                rules.push(self.rule(kind, rule)?);
            }
        }
        let known = |name: &Spanned<String>| {
            if rules.iter().any(|rule| rule.id == *name.get_ref()) {
                return Ok(name.get_ref().clone());
            }
            Err(self.error(name.span(), format!("no rule is called `{}`", name.get_ref())))
        };
        let mut layouts = Vec::new();
        for layout in &file.layout {
            let names = |names: &[Spanned<String>]| names.iter().map(known).collect::<Result<Vec<_>, _>>();
            layouts.push(Layout {
                id: layout.id.clone(),
                from: layout.from.clone(),
                to: layout.to.clone(),
                requires: names(&layout.requires)?,
                promises: names(&layout.promises)?,
            });
        }
        for rule in file
            .sentence
            .iter()
            .chain(&file.list)
            .chain(&file.headline)
            .chain(&file.table)
            .chain(&file.chart)
        {
            if let Some(beside) = &rule.beside {
                known(beside)?;
            }
            for layout in &rule.layouts {
                if !layouts.iter().any(|known| known.id == *layout.get_ref()) {
                    return Err(self.error(layout.span(), format!("no layout is called `{}`", layout.get_ref())));
                }
            }
        }
        let mut ratios = Vec::new();
        for ratio in &file.ratio {
            ratios.push(RatioOf {
                ratio: known(&ratio.ratio)?,
                numerator: known(&ratio.numerator)?,
                denominator: known(&ratio.denominator)?,
            });
        }
        let edition = self.phrases(&file.edition)?;
        let title_names = self.phrases(&file.edition_in_titles)?;
        let written = file.edition.iter().chain(&file.edition_in_titles);
        for (phrase, written) in edition.iter().chain(&title_names).zip(written) {
            if !phrase.slots().contains(&Slot::Period) {
                return Err(self.error(written.span(), "a phrase of `edition` needs the slot `{period}`"));
            }
        }
        self.place(&file.area)?;
        Ok(Profile {
            convention: self.convention(&file.numbers)?,
            recognise: Recognise {
                all: self.phrases(&file.recognise.all)?,
                any: self.phrases(&file.recognise.any)?,
                at_least: file.recognise.at_least,
            },
            ignore: self.phrases(&file.ignore)?,
            family: file.family.into_inner(),
            publisher: file.publisher,
            title: file.title,
            area: file.area.into_inner(),
            edition,
            title_names,
            layouts,
            rules,
            ratios,
            hash: blake3::hash(self.text.as_bytes()).to_hex().to_string(),
        })
    }

    fn convention(&self, numbers: &NumbersFile) -> Result<NumberConvention, ProfileError> {
        let mut convention = NumberConvention::default();
        if let Some(thousands) = &numbers.thousands {
            convention.thousands = thousands.get_ref().chars().collect();
        }
        if let Some(decimal) = &numbers.decimal {
            let mut characters = decimal.get_ref().chars();
            let (Some(mark), None) = (characters.next(), characters.next()) else {
                return Err(self.error(decimal.span(), "`decimal` is one character"));
            };
            convention.decimal = mark;
        }
        Ok(convention)
    }

    fn place(&self, code: &Spanned<String>) -> Result<(), ProfileError> {
        if codebook().place(code.get_ref()).is_none() {
            return Err(self.error(code.span(), format!("the codebook has no place `{}`", code.get_ref())));
        }
        Ok(())
    }

    fn rule(&self, kind: RuleKind, file: &RuleFile) -> Result<Rule, ProfileError> {
        if codebook().indicator(file.indicator.get_ref()).is_none() {
            return Err(self.error(
                file.indicator.span(),
                format!("the codebook has no indicator `{}`", file.indicator.get_ref()),
            ));
        }
        if let Some(area) = &file.area {
            self.place(area)?;
        }
        let sex = match &file.sex {
            None => None,
            Some(sex) => Some(match sex.get_ref().as_str() {
                "M" => Sex::Male,
                "F" => Sex::Female,
                other => return Err(self.error(sex.span(), format!("`sex` is `M` or `F`, not `{other}`"))),
            }),
        };
        let percent = match &file.percent {
            None => Slot::Share,
            Some(percent) => match percent.get_ref().as_str() {
                "share" => Slot::Share,
                "ratio" => Slot::Ratio,
                "change" => Slot::Change,
                other => return Err(self.error(percent.span(), format!("`percent` is `share`, `ratio` or `change`, not `{other}`"))),
            },
        };
        let say = self.phrases(&file.say)?;
        let needs_say = matches!(kind, RuleKind::Sentence | RuleKind::Headline);
        if needs_say && say.is_empty() {
            return Err(self.error(file.rule.span(), "the rule needs `say`, a list of phrases"));
        }
        for (phrase, written) in say.iter().zip(&file.say) {
            if !phrase.slots().into_iter().any(Slot::is_figure) {
                return Err(self.error(written.span(), "the phrase has no slot for a figure, such as `{count}`"));
            }
        }
        if matches!(kind, RuleKind::Table | RuleKind::Chart) && file.under.is_empty() {
            return Err(self.error(file.rule.span(), "the rule needs `under`, the headings it stands under"));
        }
        if kind == RuleKind::List && file.by.len() != 1 {
            return Err(self.error(file.rule.span(), "a list is `by` one dimension"));
        }
        Ok(Rule {
            id: file.rule.get_ref().clone(),
            label: file.label.clone(),
            kind,
            indicator: file.indicator.get_ref().clone(),
            unit: file.unit.clone(),
            area: file.area.as_ref().map(|area| area.get_ref().clone()),
            sex,
            group: file.group.clone(),
            say,
            when: self.phrases(&file.when)?,
            unless: self.phrases(&file.unless)?,
            about: self.phrases(&file.about)?,
            beside: file.beside.as_ref().map(|beside| beside.get_ref().clone()),
            under: self.phrases(&file.under)?,
            rows: self.phrases(&file.rows)?,
            by: file.by.clone(),
            percent,
            period: file.period,
            base: file.base.unwrap_or(match file.period {
                PeriodRule::Month => BaseRule::MonthBefore,
                PeriodRule::YearToDate | PeriodRule::EndOfMonth => BaseRule::YearBefore,
            }),
            partial: file.partial,
            ranked: file.ranked,
            layouts: file.layouts.iter().map(|layout| layout.get_ref().clone()).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"family = "test"
publisher = "P"
title = "T"
area = "WBALK"
edition = ["as of {period}"]

[recognise]
any = ["western balkans"]
at-least = 1

[words]
people = "(refugees|migrants)"

[[layout]]
id = "1"
from = "2020-01"

[[sentence]]
rule = "transits"
label = "transits"
indicator = "mixed_movements"
period = "year-to-date"
say = ["{count} <people>"]
"#;

    /// The error of the sound profile with one piece put in place of another.
    fn check(piece: &str, instead: &str, expected: &str) {
        assert!(SOUND.contains(piece));
        let error = Profile::read(&SOUND.replacen(piece, instead, 1), "profile.toml").unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_sound_profile_is_read() {
        let profile = Profile::read(SOUND, "profile.toml").unwrap();
        assert_eq!(profile.layout("2024-07").unwrap().id, "1");
        assert!(profile.layout("2019-12").is_none());
    }

    #[test]
    fn the_embedded_profiles_are_sound() {
        assert_eq!(Profiles::embedded().unwrap().families.len(), 2);
    }

    #[test]
    fn faults_are_told_with_line_and_column() {
        check(
            "{count} <people>",
            "{count} (refugees",
            "profile.toml:23:17: `(` is not closed in phrase `{count} (refugees`",
        );
        check(
            "{count} <people>",
            "{count} <persons>",
            "profile.toml:23:17: `[words]` has no `persons` in phrase `{count} <persons>`",
        );
        check(
            "{count} <people>",
            "refugees",
            "profile.toml:23:8: the phrase has no slot for a figure, such as `{count}`",
        );
        check(
            "mixed_movements",
            "movements",
            "profile.toml:21:13: the codebook has no indicator `movements`",
        );
        check("\"WBALK\"", "\"NARNIA\"", "profile.toml:4:8: the codebook has no place `NARNIA`");
        check(
            "as of {period}",
            "as of",
            "profile.toml:5:12: a phrase of `edition` needs the slot `{period}`",
        );
        check(
            "from = \"2020-01\"",
            "from = \"2020-01\"\nrequires = [\"nothing\"]",
            "profile.toml:17:13: no rule is called `nothing`",
        );
    }
}
