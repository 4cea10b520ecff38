//! # part-exceeds-whole: a subgroup is larger than its group
//!
//! A count of some persons is larger than the count of all of them: of children among all, of one nationality, sex or place among
//! all, of a month within the months it lies in.
//!
//! Sentences of any report are read for the same: "3,314 migrants, of whom 3,420 …", "5,437 out of 5,065".
//!
//! **Why it matters.** One of the two figures is wrong, or they are not of the same persons.
//!
//! **Example.** 3,268 unaccompanied children among 3,100 persons present.
//!
//! **What to do.** Compare both with the edition before: the one that jumped is the likelier fault.

use std::collections::BTreeSet;

use crate::schema::{Extraction, Finding, Observation, Relation, Severity, Statistic};
use crate::validate::arithmetic::{self, Verdict};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::key::{Figures, Key};
use crate::validate::{knowledge, sums, wording};

pub(super) static CHECK: Check = Check {
    code: "part-exceeds-whole",
    severity: Severity::Error,
    level: 1,
    source: include_str!("part_exceeds_whole.rs"),
    runs: &[Scope::Snapshot(run), Scope::Snapshot(claimed)],
};

/// How many periods that began before are looked at for the one that holds the next; reports nest a few.
const PERIODS_TRIED: usize = 16;

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    let observations = &extraction.observations;
    let figures = Figures::of(observations);
    let mut told: BTreeSet<(Key<'_>, Key<'_>)> = BTreeSet::new();
    // A part that belongs to a printed sum is judged there.
    for relation in &extraction.relations {
        let Relation::Sum { total, parts, .. } = relation else { continue };
        let Some(total) = observations.get(*total) else { continue };
        told.extend(parts.iter().filter_map(|part| Some((Key::of(observations.get(*part)?), Key::of(total)))));
    }
    for relation in &extraction.relations {
        let Relation::PartOf { part, whole } = relation else { continue };
        let (Some(part), Some(whole)) = (observations.get(*part), observations.get(*whole)) else {
            continue;
        };
        if told.insert((Key::of(part), Key::of(whole))) {
            findings.extend(finding(extraction, &[part], &[whole]));
        }
    }
    for group in figures.groups().filter(|group| group[0].key.statistic == Statistic::Count) {
        for whole in wholes(group[0].key) {
            // Several places that a total is printed of are judged as its parts.
            let is_added = whole.area != group[0].key.area && sums::printed_places(&figures, whole).len() > 1;
            if !is_added && !told.contains(&(group[0].key, whole)) {
                findings.extend(finding(extraction, &figures.values(&group[0].key), &figures.values(&whole)));
            }
        }
    }
    for series in series_of_flows(&figures) {
        // Days that start together or first are the longer ones first, so that what holds the next is still open.
        let mut open: Vec<Key<'_>> = Vec::new();
        for part in series {
            while open.last().is_some_and(|whole| whole.period.end < part.period.start) {
                open.pop();
            }
            let holding = open.iter().rev().take(PERIODS_TRIED).find(|whole| whole.period.end >= part.period.end);
            if let Some(whole) = holding.filter(|whole| !told.contains(&(part, **whole))) {
                findings.extend(finding(extraction, &figures.values(&part), &figures.values(whole)));
            }
            open.push(part);
        }
    }
}

/// The counts of all among whom a count is of some.
fn wholes(part: Key<'_>) -> Vec<Key<'_>> {
    let mut wholes = Vec::new();
    if !part.group.is_empty() {
        wholes.push(Key { group: "", ..part });
    }
    if part.sex.is_some() {
        wholes.push(Key { sex: None, ..part });
    }
    if !part.origin.is_empty() {
        wholes.push(Key { origin: "", ..part });
    }
    if knowledge::is_additive(part.indicator) {
        wholes.extend(knowledge::wholes(part.area).iter().map(|area| Key { area, ..part }));
    }
    wholes
}

/// The days over which each flow is printed, by first day, the longest first.
fn series_of_flows<'a>(figures: &Figures<'a>) -> Vec<Vec<Key<'a>>> {
    let is_flow = |key: &Key<'_>| key.statistic == Statistic::Count && key.base.is_none() && knowledge::is_flow(key.indicator, key.period);
    let mut keys: Vec<Key<'a>> = figures.groups().map(|group| group[0].key).filter(is_flow).collect();
    let series = |key: &Key<'a>| (key.indicator, key.area, key.origin, key.sex, key.group);
    keys.sort_by_key(|key| (series(key), key.period.start, std::cmp::Reverse(key.period.end)));
    keys.chunk_by(|one, other| series(one) == series(other)).map(<[_]>::to_vec).collect()
}

fn finding(extraction: &Extraction, parts: &[&Observation], wholes: &[&Observation]) -> Option<Finding> {
    let verdict = arithmetic::judge(|reading| arithmetic::any_pair(parts, wholes, reading, |part, whole| Some(part.low <= whole.high)));
    let (part, whole) = (*parts.first()?, *wholes.first()?);
    if verdict == Verdict::Holds || part.unit != whole.unit {
        return None;
    }
    let message = format!(
        "{} is {}, more than the {} of {}",
        wording::figure(part),
        wording::value(part),
        wording::value(whole),
        wording::figure(whole)
    );
    let draft = CHECK
        .draft(message)
        .weighed(verdict)
        .within(&extraction.document)
        .figure(part)
        .figure(whole);
    let draft = draft
        .printed(&part.value.normalize())
        .expected(&format!("at most {}", whole.interval.high.normalize()));
    Some(
        draft
            .help("compare both with the edition before: the one that jumped is the likelier fault")
            .finish(),
    )
}

/// What sentences claim, of any family.
fn claimed(extraction: &Extraction, findings: &mut Vec<Finding>) {
    claims::raise(&CHECK, extraction, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Period;
    use crate::validate::testing::{Tell, check, found, printed, snapshot};

    fn check_figures(figures: Vec<Observation>, expected: &[&str]) {
        check("part-exceeds-whole", &[snapshot(figures, Vec::new())], expected);
    }

    #[test]
    fn a_subgroup_within_its_group_is_silent() {
        check_figures(vec![printed("some 3,300"), printed("268").group("UASC")], &[]);
        check_figures(vec![printed("some 300"), printed("340").group("UASC")], &[]);
        check_figures(vec![printed("268").group("UASC")], &[]);
        check_figures(vec![printed("100%"), printed("268").group("UASC")], &[]);
    }

    #[test]
    fn a_subgroup_larger_than_its_group_is_an_error() {
        check_figures(
            vec![
                printed("some 3,100"),
                printed("3,100"),
                printed("3,268").group("UASC"),
                printed("3,268").group("UASC"),
            ],
            &[
                "error: Persons present (UASC) in the Western Balkans, July 2024 is 3,268, more than the 3,100 of persons present in the Western Balkans, July 2024",
            ],
        );
        assert_eq!(
            found(
                "part-exceeds-whole",
                &[snapshot(vec![printed("100"), printed("101").origin("SYR")], Vec::new())]
            )
            .len(),
            1
        );
    }

    #[test]
    fn a_place_is_part_of_the_region_where_figures_add_up() {
        check_figures(
            vec![printed("3,300"), printed("3,400").area("SRB")],
            &["error: Persons present in Serbia, July 2024 is 3,400, more than the 3,300 of persons present in the Western Balkans, July 2024"],
        );
        check_figures(
            vec![printed("3,300").of("mixed_movements"), printed("3,400").of("mixed_movements").area("SRB")],
            &[],
        );
    }

    #[test]
    fn a_month_is_part_of_the_months_it_lies_in() {
        let arrivals = |quote: &str, period| printed(quote).of("registrations_on_arrival").over(period);
        let year = Period::months(2024, 1, 12);
        check_figures(vec![arrivals("3,100", Period::month(2024, 12)), arrivals("56,213", year)], &[]);
        check_figures(
            vec![
                arrivals("31,000", Period::month(2024, 12)),
                arrivals("5,621", year),
                arrivals("900", Period::month(2024, 11)),
            ],
            &[
                "error: Registrations on arrival in the Western Balkans, December 2024 is 31,000, more than the 5,621 of registrations on arrival in the Western Balkans, 2024",
            ],
        );
        let day = Period::new(jiff::civil::date(2024, 12, 31), jiff::civil::date(2024, 12, 31));
        check_figures(vec![printed("3,300").over(day), printed("100").over(year)], &[]);
    }

    #[test]
    fn declared_parts_are_told_once_and_parts_of_sums_not_here() {
        let figures = || vec![printed("100").of("asylum_intentions"), printed("120").of("asylum_applications")];
        let relation = Relation::PartOf { part: 1, whole: 0 };
        assert_eq!(
            found("part-exceeds-whole", &[snapshot(figures(), vec![relation.clone(), relation])]).len(),
            1
        );
        let sum = Relation::Sum {
            total: 0,
            parts: vec![1],
            unknown: 0,
        };
        let row = vec![printed("100"), printed("120").area("SRB")];
        check("part-exceeds-whole", &[snapshot(row, vec![sum])], &[]);
    }
}
