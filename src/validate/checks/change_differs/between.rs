//! A change against the base that other editions print: which vintage of it makes the change true, or that none does.

use std::collections::BTreeSet;

use crate::schema::{Direction, Finding, Observation, Severity};
use crate::validate::archive::{self, Archive, Printing};
use crate::validate::arithmetic::{self, Verdict};
use crate::validate::wording;

use super::{CHECK, HELP, draft, ends, expected, rounded_and_exact, verdict};

/// Sets every change against the figures of its own edition and the bases that all editions print.
pub(super) fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    for printings in archive.figures() {
        let Some((current_key, base_key)) = ends(printings[0].key) else {
            continue;
        };
        let family = printings[0].family;
        let (currents, bases) = (archive.printed(family, &current_key), archive.printed(family, &base_key));
        for changes in archive::by_edition(printings) {
            let edition = changes[0].edition;
            let current = archive::in_edition(currents, edition);
            if current.is_empty() || stand_in_one_snapshot(changes, current, archive::in_edition(bases, edition)) {
                continue;
            }
            let current = archive::values(current);
            let known = archive::up_to_edition(bases, edition);
            // Latest first: the message quotes the base as it was printed last.
            let known_values = archive::values(known.iter().rev());
            for change in archive::values(changes) {
                // What says up and down at once is found within its snapshot.
                if change.directions.contains(&Direction::Up) && change.directions.contains(&Direction::Down) {
                    continue;
                }
                findings.extend(finding(change, &current, &known_values, known, bases));
            }
        }
    }
}

/// Whether one snapshot prints all three, which is then told of it alone.
fn stand_in_one_snapshot(changes: &[Printing<'_>], currents: &[Printing<'_>], bases: &[Printing<'_>]) -> bool {
    let snapshots = |printings: &[Printing<'_>]| {
        printings
            .iter()
            .flat_map(|printing| printing.snapshots.iter().copied())
            .collect::<BTreeSet<u32>>()
    };
    let (with_current, with_base) = (snapshots(currents), snapshots(bases));
    snapshots(changes)
        .iter()
        .any(|snapshot| with_current.contains(snapshot) && with_base.contains(snapshot))
}

/// The finding about a change, against the bases known when it was printed and those printed later.
fn finding(
    change: &Observation,
    currents: &[&Observation],
    known: &[&Observation],
    vintages: &[Printing<'_>],
    all: &[Printing<'_>],
) -> Option<Finding> {
    let Some(draft) = draft(change, currents, known) else {
        // It holds: perhaps only since the base was restated.
        let right = vintage(change, currents, vintages, Verdict::Holds)?;
        let wrong = vintage(change, currents, vintages, Verdict::Broken)?;
        return Some(note(change, currents, right, wrong));
    };
    let later = &all[vintages.len()..];
    if let (Some(right), Some(wrong)) = (vintage(change, currents, later, Verdict::Holds), known.first()) {
        return Some(note(change, currents, right, wrong));
    }
    let mut draft = draft.at_most(Severity::Warning).level(2);
    let others = known.iter().skip(1).filter(|other| other.edition != known[0].edition);
    for other in others {
        let Some(expected) = expected(change, currents[0].interval, other.interval) else {
            continue;
        };
        let expected = arithmetic::shortened(expected, change.interval);
        draft = draft
            .says(&format!(
                "; the {} edition prints {}, with which it would be {}",
                other.edition,
                wording::value(other),
                rounded_and_exact(change, currents[0], other, expected)
            ))
            .figure(other);
    }
    Some(draft.finish())
}

/// The first edition's base with which the change comes out as wanted.
fn vintage<'a>(change: &Observation, currents: &[&Observation], printings: &[Printing<'a>], wanted: Verdict) -> Option<&'a Observation> {
    let mut editions = archive::by_edition(printings).map(archive::values);
    let bases = editions.find(|bases| verdict(change, currents, bases) == wanted)?;
    bases.first().copied()
}

/// The note about a change that holds against one vintage of its base alone.
fn note(change: &Observation, currents: &[&Observation], right: &Observation, wrong: &Observation) -> Finding {
    let message = format!(
        "{}: {} holds against {} ({} edition), not against {} ({} edition)",
        wording::figure(change),
        wording::value(change),
        wording::value(right),
        right.edition,
        wording::value(wrong),
        wrong.edition
    );
    let draft = CHECK.draft(message).severity(Severity::Note).level(2);
    let draft = draft.figure(change).figures(currents.iter().copied()).figure(right).figure(wrong);
    draft.printed(&change.value.normalize()).help(HELP).finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Period;
    use crate::validate::testing::{Tell, check, edition, found, printed};

    fn months(year: i16) -> Option<Period> {
        Period::months(year, 1, 7)
    }

    fn moved(quote: &str, year: i16) -> Observation {
        printed(quote).of("mixed_movements").over(months(year))
    }

    #[test]
    fn the_base_may_stand_in_an_earlier_edition() {
        let before = edition("2024-07", vec![moved("some 7,900", 2024)], Vec::new());
        let now = |change: &str| edition("2025-07", vec![moved("6,354", 2025), moved(change, 2025).since(months(2024))], Vec::new());
        check("change-differs", &[before.clone(), now("-20%")], &[]);
        let warning = "warning: Change of persons in mixed movements in the Western Balkans, January to July 2025: 6,354 against some 7,900 (2024-07 edition) is −20% (−20.1% to −19.1%), but −10% is printed, which would need a base of 7,060 (7,021 to 7,099)";
        check("change-differs", &[before.clone(), now("-10%")], &[warning]);
        let findings = found("change-differs", &[before, now("-10%")]);
        assert_eq!(
            (findings[0].level, &findings[0].documents[..]),
            (2, &["2025-07.txt".to_owned(), "2024-07.txt".to_owned()][..])
        );
    }

    #[test]
    fn a_later_edition_is_no_base_and_the_vintage_that_explains_is_named() {
        let now = edition("2025-07", vec![moved("6,354", 2025), moved("-10%", 2025).since(months(2024))], Vec::new());
        let later = edition("2025-08", vec![moved("some 7,900", 2024)], Vec::new());
        check("change-differs", &[now.clone(), later], &[]);
        let first = edition("2024-07", vec![moved("7,900", 2024)], Vec::new());
        let revised = edition("2025-01", vec![moved("7,060", 2024)], Vec::new());
        check(
            "change-differs",
            &[now, first, revised],
            &[
                "note: Change of persons in mixed movements in the Western Balkans, January to July 2025: −10% holds against 7,060 (2025-01 edition), not against 7,900 (2024-07 edition)",
            ],
        );
    }

    #[test]
    fn what_one_snapshot_tells_is_not_told_again_between_editions() {
        let before = edition("2024-07", vec![moved("some 7,900", 2024)], Vec::new());
        let now = vec![moved("6,354", 2025), moved("7,900", 2024), moved("-10%", 2025).since(months(2024))];
        assert_eq!(found("change-differs", &[before, edition("2025-07", now, Vec::new())]).len(), 1);
    }

    #[test]
    fn all_vintages_of_the_base_are_named_where_none_explains() {
        let first = edition("2024-07", vec![moved("7,900", 2024)], Vec::new());
        let revised = edition("2025-01", vec![moved("8,314", 2024)], Vec::new());
        let now = edition("2025-07", vec![moved("6,354", 2025), moved("-10%", 2025).since(months(2024))], Vec::new());
        check(
            "change-differs",
            &[now, first, revised],
            &[
                "warning: Change of persons in mixed movements in the Western Balkans, January to July 2025: 6,354 against 8,314 (2025-01 edition) is −24% (−23.6%), but −10% is printed, which would need a base of 7,060 (7,021 to 7,099); the 2024-07 edition prints 7,900, with which it would be −20% (−19.6%)",
            ],
        );
    }

    #[test]
    fn a_base_revised_after_the_change_was_printed_makes_it_a_note() {
        let first = edition("2024-07", vec![moved("7,900", 2024)], Vec::new());
        let now = edition("2025-07", vec![moved("6,354", 2025), moved("-10%", 2025).since(months(2024))], Vec::new());
        let later = edition("2025-08", vec![moved("7,060", 2024)], Vec::new());
        check(
            "change-differs",
            &[now, first, later],
            &[
                "note: Change of persons in mixed movements in the Western Balkans, January to July 2025: −10% holds against 7,060 (2025-08 edition), not against 7,900 (2024-07 edition)",
            ],
        );
    }
}
