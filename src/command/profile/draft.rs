//! A report to the draft of its family's profile: how to know it and its edition, and its figures as rules to be completed.

use std::collections::BTreeMap;

use crosstally::{
    layout::{BlockKind, Document, Item},
    parse::{
        dates::Edition,
        language::Language,
        number::{self, NumberConvention, NumberKind},
        period::{self, PeriodContext},
        place,
    },
};

/// Signs of a family; a heading more or less may change between editions.
const SIGNS: usize = 8;
/// Words kept of a heading, and before and after a figure.
const WORDS: usize = 8;
const WORDS_BEFORE: usize = 3;
const WORDS_AFTER: usize = 5;
/// More drafts of rules than this are no help.
const RULES: usize = 60;

/// The text of a profile that recognises the report; its rules are drafts in comments.
pub(super) fn profile(document: &Document, name: &str) -> String {
    let blocks = blocks(document);
    let headings: Vec<&str> = blocks
        .iter()
        .filter(|(kind, _)| *kind == BlockKind::Heading)
        .map(|(_, text)| *text)
        .collect();
    let title = document
        .title
        .as_ref()
        .map(|title| title.string.as_str())
        .or(headings.first().copied())
        .unwrap_or(name);
    let all: Vec<&str> = blocks.iter().map(|(_, text)| *text).collect();
    let signs = signs(if headings.is_empty() { &all } else { &headings });
    let (edition, phrase) = edition(&headings, &all);
    let mut draft = format!(
        "# A draft made of one report. Complete it, then hold it against every edition: crosstally profile test REPORTS --profiles DIR\n\n\
         family = {}\npublisher = \"\" # UNHCR, IOM, …\ntitle = {}\narea = {} # the place that the reports describe\n\n\
         # Phrases whose {{period}} names the edition by its last month.\nedition = [{}]\n\n\
         # How the family is known: some of these signs.\n[recognise]\nany = [\n",
        quoted(&family(name)),
        quoted(title),
        quoted(&area(&all)),
        quoted(&phrase),
    );
    for sign in &signs {
        draft += &format!("  {},\n", quoted(sign));
    }
    draft += &format!(
        "]\nat-least = {}\n\n# The plan of the editions. `requires`: rules whose figures every edition prints.\n[[layout]]\nid = {}\nfrom = {}\nrequires = []\n",
        (signs.len() * 2).div_ceil(3),
        quoted(edition.split('-').next().unwrap_or_default()),
        quoted(&edition),
    );
    for rule in rules(&blocks) {
        draft += &rule;
    }
    draft
}

fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    let items = document.pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| match item {
            Item::Block(block) => Some((block.kind, block.text.string.as_str())),
            _ => None,
        })
        .collect()
}

/// A name as profiles have it: small letters, digits and hyphens.
fn family(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() { "new-family".to_owned() } else { parts.join("-") }
}

/// The place named most often; the first by code of several.
fn area(texts: &[&str]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts {
        for place in place::places(text, Language::english()).iter().filter(|place| !place.demonym) {
            *counts.entry(place.code).or_default() += 1;
        }
    }
    let most = counts.iter().max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)));
    most.map_or("XXX", |(code, _)| code).to_owned()
}

/// Headings as phrases: their words, without what may change from edition to edition.
fn signs(headings: &[&str]) -> Vec<String> {
    let mut signs: Vec<String> = Vec::new();
    for heading in headings {
        let dates = period::periods(heading, PeriodContext::default(), Language::english());
        let end = dates.first().map_or(heading.len(), |date| date.range.start);
        let sign = words(&heading[..end]).into_iter().take(WORDS).collect::<Vec<_>>().join(" ");
        if sign.len() >= 4 && !signs.contains(&sign) {
            signs.push(sign);
        }
    }
    signs.truncate(SIGNS);
    signs
}

/// The edition, and the phrase that tells it: the first text with a month and its year, headings first.
fn edition(headings: &[&str], all: &[&str]) -> (String, String) {
    for text in headings.iter().chain(all) {
        let dates = period::periods(text, PeriodContext::default(), Language::english());
        let Some(date) = dates
            .iter()
            .find(|date| date.complete && date.period.is_some_and(|period| period.start.month() != 1 || period.end.month() != 12))
        else {
            continue;
        };
        let before = words(&text[..date.range.start]);
        let mut phrase = before[before.len().saturating_sub(WORDS_BEFORE)..].to_vec();
        phrase.push("{period}".to_owned());
        if let Some(period) = date.period {
            return (Edition::of(period).name(), phrase.join(" "));
        }
    }
    ("2024-01".to_owned(), "{period}".to_owned())
}

/// A draft for each figure in sentences and at captions.
fn rules(blocks: &[(BlockKind, &str)]) -> Vec<String> {
    let mut rules = Vec::new();
    for (kind, text) in blocks {
        let table = match kind {
            BlockKind::Paragraph | BlockKind::List => "sentence",
            BlockKind::Headline => "headline",
            BlockKind::Heading | BlockKind::Note => continue,
        };
        let numbers = number::read(text, &NumberConvention::english(), Language::english());
        for figure in numbers.figures.iter().filter(|figure| !figure.year_like && !figure.in_range) {
            let slot = match figure.kind {
                NumberKind::Count => "{count}",
                NumberKind::Percent => "{share}",
                NumberKind::Points => "{points}",
            };
            let (before, after) = (words(&text[..figure.range.start]), words(&text[figure.range.end..]));
            let phrase = if *kind == BlockKind::Headline {
                let caption = before.into_iter().chain(after).take(WORDS).collect::<Vec<_>>().join(" ");
                format!("{slot} / {caption}")
            } else {
                let mut phrase = before[before.len().saturating_sub(WORDS_BEFORE)..].to_vec();
                phrase.push(slot.to_owned());
                phrase.extend(after.into_iter().take(WORDS_AFTER));
                phrase.join(" ")
            };
            rules.push(format!(
                "\n# printed: {}\n# [[{table}]]\n# rule = \"\"\n# label = \"\"\n# indicator = \"\" # a code of the codebook\n\
                 # period = \"month\" # or year-to-date, end-of-month\n# say = [{}]\n",
                text[figure.range.clone()].replace('\n', " "),
                quoted(&phrase),
            ));
            if rules.len() == RULES {
                return rules;
            }
        }
    }
    rules
}

/// Words as phrases have them; what holds digits changes from edition to edition.
fn words(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.contains(|character: char| character.is_numeric()))
        .map(str::to_lowercase)
        .collect()
}

/// A TOML string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text.split_whitespace().collect::<Vec<_>>().join(" ")).to_string()
}
