//! Which figure is likeliest at fault, in words: a contradiction and what is wrong with it go in, the finding comes out.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::schema::{Extraction, Finding, Interval, Observation};

use super::arithmetic;
use super::check::Check;
use super::consistency::{Candidate, Contradiction, Culprit, Known, Slip, Subject, Why};
use super::draft::Draft;
use super::wording;

/// Slips named in a message; where more would explain it, none is a sign.
const SLIPS_NAMED: usize = 3;

/// Figures named in a message.
const FIGURES_NAMED: usize = 4;

/// What is wrong, without the question who did it.
pub(super) struct Told {
    /// What it is about, at the head of the message.
    pub(super) subject: String,
    /// What is wrong: `the parts add to 957, but the printed total is 1,017`.
    pub(super) fact: String,
    /// What would mend it: `one part is short by 60, or the total is 957`; empty where the fact says it.
    pub(super) ways_out: String,
    /// What is printed, where no figure is likelier than another.
    pub(super) printed: Decimal,
    /// What should be, likewise.
    pub(super) expected: String,
}

impl Told {
    /// The finding: what is wrong, who did it, and every place to look at, the likeliest first.
    pub(super) fn finding(self, check: &Check, extraction: &Extraction, contradiction: &Contradiction, help: &str) -> Finding {
        let observations = &extraction.observations;
        let Self {
            subject,
            fact,
            ways_out,
            printed,
            expected,
        } = self;
        let likeliest = likeliest(extraction, contradiction);
        let ways_out = if ways_out.is_empty() { ways_out } else { format!(": {ways_out}") };
        let culprit = contradiction.culprit.as_ref();
        let message = match culprit.and_then(|culprit| Some((&observations[culprit.figure], culprit.restored?))) {
            Some((figure, restored)) if contradiction.breaks > 1 => format!(
                "{}: {} in place of the printed {} would mend {} contradictions, one of them that {fact}",
                wording::figure(figure),
                restored_words(figure, restored),
                wording::value(figure),
                contradiction.breaks,
            ),
            _ => format!("{subject}: {fact}{ways_out}{likeliest}"),
        };
        let draft = check.draft(message).weighed(contradiction.verdict).within(&extraction.document);
        let draft = figures(draft, observations, contradiction);
        let (printed, expected) = match culprit {
            Some(Culprit { figure, restored, .. }) => {
                let figure = &observations[*figure];
                let restored = restored.map(|restored| {
                    let restored = arithmetic::shortened(restored, figure.interval);
                    if is_a_limit(figure, restored) {
                        format!("at most {}", restored.high.normalize())
                    } else {
                        restored.to_string()
                    }
                });
                // Where nothing bounds the figure on one side, only the relation tells what it should be.
                let own =
                    |restored: Option<String>| restored.unwrap_or_else(|| if figure.value == printed { expected.clone() } else { String::new() });
                (figure.value, own(restored))
            }
            None => (printed, expected),
        };
        draft.printed(&printed.normalize()).expected(&expected).help(help).finish()
    }
}

/// What is wrong where several relations hold alone, but not all together.
pub(super) fn together(extraction: &Extraction, contradiction: &Contradiction) -> Told {
    let observations = &extraction.observations;
    let (kinds, figures) = match &contradiction.subject {
        Subject::Together { kinds, figures } => (kinds.clone(), figures.clone()),
        other => (vec![other.kind()], other.figures()),
    };
    let first = contradiction
        .culprit
        .as_ref()
        .map(|culprit| culprit.figure)
        .or(figures.first().copied())
        .unwrap_or_default();
    let first = &observations[first];
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.words()).collect();
    let named: Vec<String> = figures.iter().map(|figure| wording::value(&observations[*figure])).collect();
    Told {
        subject: wording::figure(first),
        fact: format!(
            "no true values satisfy all of {} together ({}), though each relation could hold alone",
            wording::list_up_to(FIGURES_NAMED, &named),
            wording::list(&kinds)
        ),
        ways_out: String::new(),
        printed: first.value,
        expected: String::new(),
    }
}

/// Every figure of a contradiction, the likeliest first, then those of the relation it is told by.
pub(super) fn figures(draft: Draft, observations: &[Observation], contradiction: &Contradiction) -> Draft {
    let culprit = contradiction.culprit.as_ref().map(|culprit| culprit.figure);
    let likelier: Option<usize> = match contradiction.candidates[..] {
        [Candidate { figure, .. }] => Some(figure),
        _ => None,
    };
    let subject = contradiction.subject.figures();
    // A mark that was measured has part only where it is needed to tell the contradiction.
    let subject = subject
        .into_iter()
        .filter(|figure| arithmetic::is_printed(&observations[*figure]) || contradiction.figures.contains(figure));
    let order = culprit
        .or(likelier)
        .into_iter()
        .chain(subject)
        .chain(contradiction.figures.iter().copied());
    // Several relations that hold alone are no sum that could be set out.
    let reckoned = match &contradiction.subject {
        Subject::Together { .. } => Vec::new(),
        subject => subject.figures(),
    };
    let draft = draft.reckoned(reckoned.into_iter().map(|figure| &observations[figure]));
    draft.figures(order.map(|figure| &observations[figure]))
}

/// Who did it, as far as that can be told; a clause of its own, or nothing.
fn likeliest(extraction: &Extraction, contradiction: &Contradiction) -> String {
    let observations = &extraction.observations;
    if let Some(culprit) = &contradiction.culprit {
        let figure = &observations[culprit.figure];
        let named = match &contradiction.subject {
            Subject::Sum { total, .. } if *total == culprit.figure => format!("the total {}", wording::value(figure)),
            subject if subject.figures().first() == Some(&culprit.figure) => format!("the printed {}", wording::value(figure)),
            _ => format!("{}, printed {}", wording::series(figure), wording::value(figure)),
        };
        if contradiction.subject.figures().len() < 2 {
            return String::new();
        }
        return format!("; likeliest wrong is {named}{}", instead(figure, culprit));
    }
    let candidates: BTreeSet<usize> = contradiction
        .candidates
        .iter()
        .flat_map(|candidate| candidate.figures.iter().copied())
        .collect();
    let subject = contradiction.subject.figures();
    let mut words = String::new();
    match &contradiction.subject {
        Subject::Sum { total, .. } if !candidates.contains(total) => {
            let whole = &observations[*total];
            words = format!(
                "; the total {} {}, so a part is likelier",
                wording::value(whole),
                trusted(extraction, *total)
            );
        }
        Subject::Sum {
            parts,
            parts_known: Known::All,
            ..
        } if parts.iter().all(|part| !candidates.contains(part)) => {}
        _ if subject.iter().any(|figure| !candidates.contains(figure)) => {
            let likelier: Vec<String> = subject
                .iter()
                .filter(|figure| candidates.contains(figure))
                .map(|figure| wording::value(&observations[*figure]))
                .collect();
            if !likelier.is_empty() {
                words = format!("; likelier wrong is {}, as no other alone could mend it", either(&likelier));
            }
        }
        _ => {}
    }
    format!("{words}{}", slips(observations, &contradiction.candidates))
}

/// What one slip of the hand would explain, where that is the case of few figures: `; 17 for 77 or 216 for 276 would be one wrong digit`.
fn slips(observations: &[Observation], candidates: &[Candidate]) -> String {
    let slipped: Vec<&Candidate> = candidates.iter().filter(|candidate| !candidate.slips.is_empty()).collect();
    let is_no_sign = slipped.len() > SLIPS_NAMED || slipped.len() == candidates.len();
    if is_no_sign || slipped.iter().any(|candidate| candidate.slips.len() > 1) {
        return String::new();
    }
    let mut by_kind: BTreeMap<Slip, Vec<String>> = BTreeMap::new();
    for candidate in slipped {
        let figure = &observations[candidate.figure];
        for (slip, meant) in &candidate.slips {
            let amount = |number| wording::amount(figure.statistic, number);
            by_kind
                .entry(*slip)
                .or_default()
                .push(format!("{} for {}", amount(figure.value), amount(*meant)));
        }
    }
    let clause = |(slip, pairs): (Slip, Vec<String>)| format!("; {} would be {}", either(&pairs), slip.words());
    by_kind.into_iter().map(clause).collect()
}

/// Why a total is trusted more than its parts.
fn trusted(extraction: &Extraction, total: usize) -> String {
    let figure = &extraction.observations[total];
    let printed = extraction
        .observations
        .iter()
        .filter(|other| other.value == figure.value && other.unit == figure.unit && super::key::Key::of(other) == super::key::Key::of(figure))
        .count();
    let declared = extraction.relations.iter().filter(|relation| {
        let crate::schema::Relation::Repeat { first, second } = relation else {
            return false;
        };
        let other = if *first == total {
            Some(second)
        } else if *second == total {
            Some(first)
        } else {
            None
        };
        let other = other.and_then(|other| extraction.observations.get(*other));
        other.is_some_and(|other| other.value == figure.value && super::key::Key::of(other) != super::key::Key::of(figure))
    });
    match printed + declared.count() {
        0 | 1 => "fits what else is printed".to_owned(),
        2 => "is printed twice".to_owned(),
        times => format!("is printed {times} times"),
    }
}

/// What the likeliest figure should read, and why it is the likeliest.
fn instead(figure: &Observation, culprit: &Culprit) -> String {
    let fits = culprit
        .restored
        .map(|restored| format!(" where {} would fit", restored_words(figure, restored)))
        .unwrap_or_default();
    match &culprit.why {
        Why::Alone => fits,
        Why::Elsewhere(edition) => format!("{fits}, as the {edition} edition prints"),
        Why::Ranking => format!("{fits}, and it stands out of its order"),
        Why::Slip(slip, meant) => format!(" for {}, {}", wording::amount(figure.statistic, *meant), slip.words()),
    }
}

fn restored_words(figure: &Observation, restored: Interval) -> String {
    let restored = arithmetic::shortened(restored, figure.interval);
    if is_a_limit(figure, restored) {
        format!("at most {}", wording::amount(figure.statistic, restored.high))
    } else {
        wording::amounts(figure.statistic, restored)
    }
}

/// Whether nothing but that it cannot be less than nothing bounds a figure from below.
fn is_a_limit(figure: &Observation, restored: Interval) -> bool {
    restored.low.is_zero() && restored.high > restored.low && figure.value > restored.high
}

/// `27%, 2,648 or 8,670`
fn either(words: &[String]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
