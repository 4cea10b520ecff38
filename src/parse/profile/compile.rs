//! A profile as written to one that can be matched: phrases compiled, names of rules, places and indicators looked up.

use std::{collections::BTreeMap, ops::Range};

use toml::Spanned;

use super::{
    super::{
        number::NumberConvention,
        pattern::{Phrase, Slot},
    },
    BaseRule, Layout, PeriodRule, Profile, ProfileError, RatioOf, Recognise, Rule, RuleKind,
    file::{NumbersFile, ProfileFile, RuleFile},
};
use crate::schema::{Sex, codebook::codebook};

/// A profile's text, for telling where its faults are.
pub(super) struct Compiler<'a> {
    pub(super) text: &'a str,
    pub(super) file: &'a str,
    /// What `<name>` in a phrase stands for.
    pub(super) words: BTreeMap<String, Spanned<String>>,
}

impl Compiler<'_> {
    pub(super) fn error(&self, span: Range<usize>, message: impl Into<String>) -> ProfileError {
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

    pub(super) fn profile(&self, file: ProfileFile) -> Result<Profile, ProfileError> {
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
