//! # wording-drifts: a heading, label or note changed its words
//!
//! The heading over a table or chart, the caption of a headline figure, the label of a row or the note at a figure has other words
//! than in the edition before. Days, numbers, and small words between them, such as "January to July 2024", do not count, nor does a
//! plural; editions are compared within one medium and one layout.
//!
//! **Why it matters.** A new word may mean a new definition: "asylum-seekers" where it was "applicants", or a note that now leaves
//! a country out. The series goes on in the data as if nothing had happened.
//!
//! **Example.** "Most common nationalities of persons present" in July 2024, "Most common nationalities of new arrivals" in August.
//!
//! **What to do.** Read both: if the definition changed, do not compare across it, and say so in your notes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::schema::{DocumentRecord, Finding, Mention, Observation, Severity};
use crate::validate::check::{Check, Scope};
use crate::validate::edition::{Edition, Looked, Succession};
use crate::validate::{knowledge, wording};

pub(super) static CHECK: Check = Check {
    code: "wording-drifts",
    severity: Severity::Note,
    level: 2,
    source: include_str!("wording_drifts.rs"),
    runs: &[Scope::Succession {
        look: |edition| Box::new(words(edition)),
        begin: || Box::new(Drifts::default()),
    }],
};

/// A longer text is named by its beginning.
const CHARACTERS_SHOWN: usize = 160;

/// Words that days are written with, and that stand between them.
const OF_DAYS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "first",
    "second",
    "third",
    "fourth",
    "early",
    "mid",
    "late",
    "beginning",
    "end",
    "since",
    "until",
    "till",
    "through",
    "between",
    "and",
    "to",
    "from",
    "in",
    "of",
    "on",
    "at",
    "by",
    "as",
    "for",
    "during",
    "over",
    "the",
    "a",
    "an",
    "or",
    "vs",
    "versus",
    "compared",
    "with",
    "against",
    "th",
    "st",
    "nd",
    "rd",
];

/// What words stand around a figure as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Role {
    Heading,
    Label,
    Note,
}

/// The words of one role around one rule's figures in an edition, by their meaning.
type Words = BTreeMap<String, Worded>;

/// The first figure with such words, and the words as printed.
#[derive(Debug, Clone)]
struct Worded {
    observation: Observation,
    text: String,
}

/// Where words stand in the reports of a family.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    layout: String,
    rule: String,
    role: Role,
    media_type: String,
}

/// The words that went and that came.
type Change = (Vec<String>, Vec<String>);

/// What changed, with the words before and after.
struct Drift<'a> {
    role: Role,
    before: &'a Worded,
    after: &'a Worded,
}

/// What a family's editions said so far.
#[derive(Default)]
struct Drifts {
    family: String,
    /// The words at each place in the last edition that has any there.
    last: BTreeMap<Place, Words>,
}

impl Succession for Drifts {
    fn see(&mut self, first: &DocumentRecord, looked: Looked, findings: &mut Vec<Finding>) {
        if self.family != first.family {
            *self = Self {
                family: first.family.clone(),
                ..Self::default()
            };
        }
        let Ok(current) = looked.downcast::<BTreeMap<Place, Words>>() else {
            return;
        };
        // Text, HTML and PDF of one edition tell the same, and a new name for the same people changes many headings: each is told once,
        // by the words that went and came.
        let mut told: BTreeMap<Change, Vec<Drift<'_>>> = BTreeMap::new();
        for (place, after) in current.iter() {
            let Some(((old_meaning, old), (new_meaning, new))) = self.last.get(place).and_then(|before| changed(before, after)) else {
                continue;
            };
            let change = (without(old_meaning, new_meaning), without(new_meaning, old_meaning));
            let drift = Drift {
                role: place.role,
                before: old,
                after: new,
            };
            told.entry(change).or_default().push(drift);
        }
        findings.extend(told.values().map(|drifts| finding(drifts)));
        self.last.extend(*current);
    }
}

/// The words at each place in an edition.
fn words(edition: &Edition<'_>) -> BTreeMap<Place, Words> {
    // All cells of a table stand under one heading: each text is looked at once.
    let mut meanings: HashMap<String, String> = HashMap::new();
    let mut current: BTreeMap<Place, Words> = BTreeMap::new();
    for number in 0..edition.documents.len() {
        let extraction = edition.extraction(number);
        let document = &extraction.document;
        let mut seen: HashSet<(&str, Role, &str)> = HashSet::new();
        for observation in &extraction.observations {
            for (role, text) in words_around(observation) {
                if !seen.insert((&observation.rule, role, text)) {
                    continue;
                }
                if !meanings.contains_key(text) {
                    meanings.insert(text.to_owned(), meaning(text));
                }
                let meaning = &meanings[text];
                if meaning.is_empty() {
                    continue;
                }
                // A new layout words all things anew: that is its profile's concern.
                let place = Place {
                    layout: document.layout.clone(),
                    rule: observation.rule.clone(),
                    role,
                    media_type: document.media_type.clone(),
                };
                let words = current.entry(place).or_default();
                if !words.contains_key(meaning) {
                    let worded = Worded {
                        observation: observation.clone(),
                        text: text.to_owned(),
                    };
                    words.insert(meaning.clone(), worded);
                }
            }
        }
    }
    current
}

fn words_around(observation: &Observation) -> impl Iterator<Item = (Role, &str)> {
    let attached = &observation.attached;
    let heading = attached.heading.iter().map(|heading| (Role::Heading, heading.quote.as_str()));
    let label = attached.label.iter().map(|label| (Role::Label, label.quote.as_str()));
    let notes = observation.footnotes.iter().map(|note| (Role::Note, note.as_str()));
    let over = attached.notes.iter().map(|note| (Role::Note, note.quote.as_str()));
    heading.chain(label).chain(notes).chain(over)
}

/// The words without days, numbers and what stands between them; singular and plural are the same.
fn meaning(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|mark: char| !mark.is_alphanumeric()).filter(|word| !word.is_empty());
    let telling = words.filter(|word| !word.contains(|mark: char| mark.is_numeric()) && !OF_DAYS.contains(word));
    telling.map(singular).collect::<Vec<_>>().join(" ")
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(word)
}

/// A meaning with the words that have it.
type Meant<'w> = (&'w String, &'w Worded);

/// Words that only the earlier edition has, and the nearest of those that only the later one has.
fn changed<'w>(before: &'w Words, after: &'w Words) -> Option<(Meant<'w>, Meant<'w>)> {
    let gone = before.iter().filter(|(meaning, _)| !after.contains_key(*meaning));
    let come: Vec<_> = after.iter().filter(|(meaning, _)| !before.contains_key(*meaning)).collect();
    let pairs = gone.flat_map(|old| come.iter().map(move |new| (old, *new)));
    pairs.max_by_key(|((old, _), (new, _))| shared(old, new))
}

/// How many words two texts share.
fn shared(one: &str, other: &str) -> usize {
    let words: BTreeSet<&str> = one.split(' ').collect();
    other.split(' ').filter(|word| words.contains(word)).count()
}

/// The words of one text that the other lacks.
fn without(one: &str, other: &str) -> Vec<String> {
    let words: BTreeSet<&str> = other.split(' ').collect();
    one.split(' ').filter(|word| !words.contains(word)).map(str::to_owned).collect()
}

fn finding(drifts: &[Drift<'_>]) -> Finding {
    let Drift { role, before, after } = &drifts[0];
    let (old, new) = (&before.observation, &after.observation);
    let label = knowledge::label(&new.indicator);
    let subject = match role {
        Role::Heading => format!("the heading over {label}"),
        Role::Label => format!("the label of {label}"),
        Role::Note => format!("a note at {label}"),
    };
    let (before, after) = (
        wording::clipped(&before.text, CHARACTERS_SHOWN),
        wording::clipped(&after.text, CHARACTERS_SHOWN),
    );
    let mut message = format!(
        "{subject} reads “{after}” in the {} edition, but read “{before}” in the {} edition",
        new.edition, old.edition
    );
    let others: BTreeSet<(Role, &str)> = drifts.iter().map(|drift| (drift.role, drift.after.observation.rule.as_str())).collect();
    if others.len() > 1 {
        let count = wording::counted(others.len() - 1, "other place", "other places");
        message = format!("{message}; so in {count}");
    }
    let mut draft = CHECK.draft(message).identity(new.rule.clone()).printed(&after).expected(&before);
    for drift in drifts {
        let (new, old) = (&drift.after.observation, &drift.before.observation);
        draft = match (mention(drift.role, drift.after), mention(drift.role, drift.before)) {
            (Some(new), Some(old)) => draft.mention(new).mention(old),
            _ => draft.figure(new).figure(old),
        };
    }
    draft
        .help("read both: if the definition changed, do not compare across it, and say so in your notes")
        .finish()
}

/// Where the words stand; a note of the figure's own marks is shown at the figure.
fn mention(role: Role, Worded { observation, text }: &Worded) -> Option<&Mention> {
    let attached = &observation.attached;
    match role {
        Role::Heading => attached.heading.as_ref(),
        Role::Label => attached.label.as_ref(),
        Role::Note => attached.notes.iter().find(|note| note.quote == *text),
    }
}

#[cfg(test)]
mod tests {
    use crate::schema::Extraction;
    use crate::validate::testing::{check, edition, headed, printed, published};

    fn issue(name: &str, heading: &str) -> Extraction {
        edition(name, vec![headed(printed("3,300"), heading), headed(printed("36%"), heading)], Vec::new())
    }

    #[test]
    fn days_and_numbers_are_no_words() {
        for (before, after) in [
            (
                "New arrivals between January and July 2024",
                "New arrivals between January and August 2024",
            ),
            (
                "New arrivals to each country in January 2025",
                "New arrivals to each country, January–February 2025",
            ),
            ("Persons present at the end of July:", "PERSONS PRESENT, end of August"),
            ("Estimation of persons in Mixed Movement", "Estimation of persons in Mixed Movements"),
            ("Present as of 31 July 2024", "Present as of 31st August 2024"),
            (
                "Arrivals¹: January-July 2024 vs. January-July 2023",
                "Arrivals: January-August 2024 vs. January-August 2023",
            ),
        ] {
            check("wording-drifts", &[issue("2024-07", before), issue("2024-08", after)], &[]);
        }
    }

    #[test]
    fn other_words_are_one_note() {
        check(
            "wording-drifts",
            &[
                issue("2024-07", "Nationalities of persons present in July"),
                issue("2024-08", "Nationalities of new arrivals in August"),
                issue("2024-09", "Nationalities of new arrivals in September"),
            ],
            &[
                "note: The heading over persons present reads “Nationalities of new arrivals in August” in the 2024-08 edition, but read “Nationalities of persons present in July” in the 2024-07 edition",
            ],
        );
    }

    #[test]
    fn one_new_name_is_one_note_however_many_headings_it_changes() {
        let two = |name: &str, people: &str| {
            let mut second = headed(printed("36%"), &format!("Nationalities of {people}"));
            second.rule = "unhcr-western-balkans/present-by-nationality".into();
            edition(name, vec![headed(printed("3,300"), &format!("{people} by month")), second], Vec::new())
        };
        check(
            "wording-drifts",
            &[two("2024-07", "Stateless people"), two("2024-08", "Migrants")],
            &[
                "note: The heading over persons present reads “Migrants by month” in the 2024-08 edition, but read “Stateless people by month” in the 2024-07 edition; so in 1 other place",
            ],
        );
    }

    #[test]
    fn a_note_that_is_worded_anew_is_told_and_one_that_is_added_is_not() {
        let noted = |name: &str, notes: &[&str]| {
            let mut figure = printed("3,300");
            figure.footnotes = notes.iter().map(|note| (*note).to_owned()).collect();
            edition(name, vec![figure], Vec::new())
        };
        check("wording-drifts", &[noted("2024-07", &[]), noted("2024-08", &["Without Serbia"])], &[]);
        check(
            "wording-drifts",
            &[
                noted("2024-07", &["In centres", "Final data"]),
                noted("2024-08", &["In centres and outside them", "Final data"]),
            ],
            &[
                "note: A note at persons present reads “In centres and outside them” in the 2024-08 edition, but read “In centres” in the 2024-07 edition",
            ],
        );
    }

    #[test]
    fn media_are_compared_with_their_own_kind() {
        let pdf = |name: &str, heading: &str| {
            let figures = vec![headed(printed("3,300"), heading)];
            published(&format!("{name}.pdf"), "application/pdf", name, figures, Vec::new())
        };
        check(
            "wording-drifts",
            &[issue("2024-07", "Present"), pdf("2024-08", "Persons"), pdf("2024-09", "Persons")],
            &[],
        );
        check(
            "wording-drifts",
            &[
                issue("2024-07", "Present"),
                pdf("2024-07", "Present"),
                issue("2024-08", "Persons"),
                pdf("2024-08", "Persons"),
            ],
            &["note: The heading over persons present reads “Persons” in the 2024-08 edition, but read “Present” in the 2024-07 edition"],
        );
    }
}
