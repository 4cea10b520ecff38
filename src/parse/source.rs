//! Whose figures a text says it prints: "Source: UNHCR", "according to UNHCR", "… were lodged (UNHCR)."

use std::{collections::BTreeSet, ops::Range, sync::OnceLock};

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use crate::schema::codebook::codebook;

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    opens: Vec<String>,
    before: Vec<String>,
    between: BTreeSet<String>,
    joint: BTreeSet<String>,
}

/// The words that lead to a source, all found in one pass: figures far outnumber the texts that name one.
struct Cues {
    automaton: AhoCorasick,
    /// Patterns before this one have to open a text, a line or a bracket.
    opening: usize,
}

/// The names of publishers in lower case, all found in one pass.
struct Names {
    automaton: AhoCorasick,
    /// By pattern of the automaton: the name, and whose it is.
    known: Vec<(String, &'static str)>,
    /// No name has a letter whose case the automaton does not know.
    plain: bool,
}

/// The one publisher that a text names as its source, and the words that say so; none where several or others share in it.
pub(super) fn named(text: &str) -> Option<(&'static str, Range<usize>)> {
    // Most texts name no publisher at all.
    if names().plain && !names().automaton.is_match(text) {
        return None;
    }
    // Lower case of these languages keeps the bytes; a text in which it does not is left alone.
    let lower = text.to_lowercase();
    if lower.len() != text.len() || !names().automaton.is_match(&lower) {
        return None;
    }
    let mut cues = cues(&lower);
    cues.sort_by_key(|cue| (cue.start, std::cmp::Reverse(cue.end)));
    let told = cues.into_iter().find_map(|cue| {
        let (publisher, name) = name_at(&lower, skip_between(&lower, cue.end))?;
        Some((publisher, cue.start..name.end))
    });
    let (publisher, words) = told.or_else(|| bracketed_at_end(&lower))?;
    let rest = &lower[words.end..];
    let clause = &rest[..end_of_clause(rest)];
    (!is_shared(clause, publisher)).then_some((publisher, words))
}

fn english() -> &'static Words {
    static ENGLISH: OnceLock<Words> = OnceLock::new();
    ENGLISH.get_or_init(|| toml::from_str(include_str!("source/en.toml")).expect("the embedded word list is tested"))
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let entries = codebook().publishers().iter();
        let names: Vec<(String, &str)> = entries
            .map(|entry| (entry.name.to_lowercase().replace('’', "'"), entry.code.as_str()))
            .collect();
        Names {
            automaton: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(names.iter().map(|(name, _)| name))
                .expect("a short list of names is an automaton"),
            plain: names.iter().all(|(name, _)| name.is_ascii()),
            known: names,
        }
    })
}

/// Where words stand that a source may follow.
fn cues(lower: &str) -> Vec<Range<usize>> {
    static CUES: OnceLock<Cues> = OnceLock::new();
    let cues = CUES.get_or_init(|| {
        let words = english();
        Cues {
            automaton: AhoCorasick::new(words.opens.iter().chain(&words.before)).expect("a short list of words is an automaton"),
            opening: words.opens.len(),
        }
    });
    let found = cues.automaton.find_overlapping_iter(lower);
    let found = found.filter(|cue| stands_alone(lower, &cue.range()) && (cue.pattern().as_usize() >= cues.opening || opens(lower, &cue.range())));
    found.map(|cue| cue.range()).collect()
}

/// Whether a text, a line or a bracket opens with these words, and a colon or dash follows.
fn opens(lower: &str, range: &Range<usize>) -> bool {
    let before = lower[..range.start].trim_end_matches([' ', '\u{a0}', '*', '_']);
    let begins = before.is_empty() || before.ends_with(['\n', '(', '[', '.', ';', '|']) || before.chars().all(|mark| !mark.is_alphabetic());
    begins
        && lower[range.end..]
            .trim_start_matches(['*', '_'])
            .trim_start()
            .starts_with([':', '–', '—', '-'])
}

/// Whether no letter or digit adjoins.
fn stands_alone(lower: &str, range: &Range<usize>) -> bool {
    let is_letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    !is_letter(lower[..range.start].chars().next_back()) && !is_letter(lower[range.end..].chars().next())
}

/// The byte after marks and words that may stand before a name.
fn skip_between(lower: &str, mut at: usize) -> usize {
    loop {
        let rest = &lower[at..];
        at += rest.len() - rest.trim_start_matches(|mark: char| !mark.is_alphanumeric()).len();
        let word = lower[at..].split(|mark: char| !mark.is_alphanumeric()).next().unwrap_or_default();
        if !english().between.contains(word) {
            return at;
        }
        at += word.len();
    }
}

/// The longest name of a publisher that starts here.
fn name_at(lower: &str, at: usize) -> Option<(&'static str, Range<usize>)> {
    let rest = &lower[at..];
    let ends = |name: &str| rest[name.len()..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    let names = names().known.iter().filter(|(name, _)| rest.starts_with(name.as_str()) && ends(name));
    let (longest, publisher) = names.max_by_key(|(name, _)| name.len())?;
    Some((publisher, at..at + longest.len()))
}

/// A publisher's name in brackets at the end: "… were lodged (UNHCR)."
fn bracketed_at_end(lower: &str) -> Option<(&'static str, Range<usize>)> {
    let inside = lower.trim_end().trim_end_matches('.').strip_suffix(')')?;
    let start = inside.rfind('(')? + 1;
    let (publisher, name) = name_at(lower, start)?;
    // "the refugee agency (UNHCR)" explains a name, "applications (UNHCR)" tells a source: only what follows a verb or number does.
    let before = inside[..start - 1].trim_end();
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tells = last.ends_with(|mark: char| mark.is_ascii_digit() || mark == '%')
        || ["recorded", "registered", "lodged", "reported", "submitted"].contains(&last);
    (tells && name.end == inside.len()).then_some((publisher, name))
}

/// Where the clause ends that a name stands in: a semicolon, a line, or a full stop before a space.
fn end_of_clause(rest: &str) -> usize {
    let ends = rest.char_indices().find(|(at, mark)| {
        let after = rest[at + mark.len_utf8()..].chars().next();
        matches!(mark, ';' | '\n') || *mark == '.' && after.is_none_or(char::is_whitespace)
    });
    ends.map_or(rest.len(), |(at, _)| at)
}

/// Whether others share in what follows the name: another publisher, or authorities beside it.
fn is_shared(clause: &str, publisher: &str) -> bool {
    // What stands behind a comma and a figure or a verb is the sentence going on, not the source.
    let mut words = clause
        .split(|mark: char| !mark.is_alphanumeric() && mark != '&')
        .filter(|word| !word.is_empty());
    let next: Vec<&str> = words.by_ref().take(4).collect();
    let Names { automaton, known, .. } = names();
    let mut found = automaton.find_overlapping_iter(clause);
    next.iter().any(|word| english().joint.contains(*word))
        || found.any(|name| known[name.pattern().as_usize()].1 != publisher && stands_alone(clause, &name.range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = named(text).map_or(String::new(), |(publisher, words)| format!("{publisher}: {}", &text[words]));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_line_or_note_names_its_source() {
        check("Source: UNHCR", "UNHCR: Source: UNHCR");
        check(
            "¹³ Source: United Nations High Commissioner for Refugees (UNHCR), a dashboard",
            "UNHCR: Source: United Nations High Commissioner for Refugees",
        );
        check(
            "* Data source – the UN Refugee Agency, June 2024",
            "UNHCR: Data source – the UN Refugee Agency",
        );
        check("Applications (source: UNHCR)", "UNHCR: source: UNHCR");
        check("Source: data of IOM's DTM.", "IOM: Source: data of IOM's DTM");
    }

    #[test]
    fn a_sentence_names_its_source() {
        check("According to UNHCR, 1,178 persons applied for asylum.", "UNHCR: According to UNHCR");
        check(
            "There were 1,178 applications, according to figures of UNHCR.",
            "UNHCR: according to figures of UNHCR",
        );
        check(
            "Some 1,178 applications were lodged (UNHCR).",
            "UNHCR: unhcr".replace("unhcr", "UNHCR").as_str(),
        );
    }

    #[test]
    fn what_is_shared_or_another_s_names_none() {
        check("Source: UNHCR and national authorities", "");
        check("Source: UNHCR, IOM", "");
        check("Source: UNHCR, Ministry of Interior", "");
        check("Source: Migration Profile of Bosnia and Herzegovina 2023", "");
        check("Source: based on UNHCR", "");
        check("UNHCR uses data on arrivals to estimate movements.", "");
        check("Persons were helped by the refugee agency (UNHCR).", "");
        check("The resource: UNHCR", "");
    }
}
