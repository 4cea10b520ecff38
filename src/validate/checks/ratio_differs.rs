//! # ratio-differs: a printed ratio is not that of the printed counts
//!
//! A ratio or share in percent is printed together with the two counts it is made of, and no values that these counts may stand
//! for give it.
//!
//! Sentences of any report are read for the same: "14 (12%) of the 120 applications", "6 of 80 (8%)", "almost half of the 930", "more
//! than half (43%)". The whole must be named beside the share; any other count that would fit excuses it.
//!
//! **Why it matters.** One of the three is wrong, or the ratio is of other counts than the report says.
//!
//! **Example.** 1,178 applications for 35,600 intentions are 3.3%; "3%" fits, "13%" does not.
//!
//! **What to do.** Compute it from the counts, and see in the edition before which of the three moved.

use crate::schema::{Extraction, Finding, Observation, Relation, Severity, Statistic};
use crate::validate::arithmetic::{self, Reading, Verdict};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::key::{Figures, Key};
use crate::validate::{knowledge, wording};

pub(super) static CHECK: Check = Check {
    code: "ratio-differs",
    severity: Severity::Error,
    level: 1,
    source: include_str!("ratio_differs.rs"),
    runs: &[Scope::Snapshot(run), Scope::Snapshot(claimed)],
};

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    let observations = &extraction.observations;
    let figures = Figures::of(observations);
    let mut declared = vec![false; observations.len()];
    for relation in &extraction.relations {
        let Relation::Ratio {
            ratio,
            numerator,
            denominator,
        } = relation
        else {
            continue;
        };
        let (Some(figure), Some(part), Some(whole)) = (observations.get(*ratio), observations.get(*numerator), observations.get(*denominator)) else {
            continue;
        };
        if !std::mem::replace(&mut declared[*ratio], true) {
            findings.extend(finding(extraction, figure, &[part], &[whole]));
        }
    }
    for group in figures.groups() {
        let Some((part, whole)) = counts_of(&figures, group[0].key) else {
            continue;
        };
        let (part, whole) = (figures.values(&part), figures.values(&whole));
        // Printings of one ratio are compared by `repeat-differs`; here each value is taken once.
        let printings = group.iter().filter(|figure| !declared[figure.index]);
        for figure in arithmetic::distinct(printings.map(|figure| figure.observation)) {
            findings.extend(finding(extraction, figure, &part, &whole));
        }
    }
}

/// The counts that a share or a rate of occupancy is made of, where what is printed allows one reading only.
fn counts_of<'a>(figures: &Figures<'a>, key: Key<'a>) -> Option<(Key<'a>, Key<'a>)> {
    let part = key.as_statistic(Statistic::Count);
    let mut wholes = match key.statistic {
        Statistic::Ratio if key.indicator == "reception_occupancy" => vec![Key {
            indicator: "reception_capacity",
            ..part
        }],
        Statistic::Share => wholes(part),
        _ => return None,
    };
    wholes.retain(|whole| !figures.printed(whole).is_empty());
    let [whole] = wholes[..] else { return None };
    Some((part, whole))
}

/// What a share may be a share of: the same count without the one thing that sets the part apart.
fn wholes(part: Key<'_>) -> Vec<Key<'_>> {
    let mut wholes = Vec::new();
    if !part.origin.is_empty() {
        wholes.push(Key { origin: "", ..part });
    }
    if part.sex.is_some() {
        wholes.push(Key { sex: None, ..part });
    }
    if !part.group.is_empty() {
        wholes.push(Key { group: "", ..part });
    }
    if wholes.is_empty() && knowledge::why_not_additive(part.indicator).is_none() {
        wholes.extend(knowledge::wholes(part.area).iter().map(|area| Key { area, ..part }));
    }
    wholes
}

fn finding(extraction: &Extraction, figure: &Observation, parts: &[&Observation], wholes: &[&Observation]) -> Option<Finding> {
    let verdict = arithmetic::judge(|reading| {
        let printed = arithmetic::interval(figure, reading);
        arithmetic::any_pair(parts, wholes, reading, |part, whole| {
            Some(arithmetic::percent_of(part, whole)?.meets(printed))
        })
    });
    let (part, whole) = (*parts.first()?, *wholes.first()?);
    if verdict == Verdict::Holds {
        return None;
    }
    let percent = arithmetic::percent_of(
        arithmetic::interval(part, Reading::Rounded),
        arithmetic::interval(whole, Reading::Rounded),
    )?;
    let percent = arithmetic::shortened(percent, figure.interval);
    let message = format!(
        "{} is printed as {}, but {} of {} is {}",
        wording::figure(figure),
        wording::value(figure),
        wording::value(part),
        wording::value(whole),
        wording::amounts(Statistic::Ratio, percent)
    );
    let draft = CHECK.draft(message).weighed(verdict).within(&extraction.document);
    let draft = draft.figure(figure).figure(part).figure(whole);
    let draft = draft.printed(&figure.value.normalize()).expected(&percent);
    Some(
        draft
            .help("compute it from the counts, and see in the edition before which of the three moved")
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
    use crate::validate::testing::{Tell, check, printed, snapshot};

    fn check_ratio(ratio: &str, numerator: &str, denominator: &str, expected: &[&str]) {
        let figures = vec![
            printed(ratio).of("applications_per_intention").ratio(),
            printed(numerator).of("asylum_applications"),
            printed(denominator).of("asylum_intentions"),
        ];
        let relation = Relation::Ratio {
            ratio: 0,
            numerator: 1,
            denominator: 2,
        };
        check("ratio-differs", &[snapshot(figures, vec![relation])], expected);
    }

    #[test]
    fn a_ratio_that_rounding_gives_is_silent() {
        check_ratio("3%", "1,178", "35,600", &[]);
        check_ratio("3.3%", "1,178", "35,600", &[]);
        check_ratio("3%", "some 1,200", "some 35,000", &[]);
        check_ratio("3%", "1,178", "0", &[]);
    }

    #[test]
    fn a_ratio_of_other_counts_is_an_error() {
        check_ratio(
            "13%",
            "1,178",
            "35,600",
            &["error: Applications per intention in the Western Balkans, July 2024 is printed as 13%, but 1,178 of 35,600 is 3.3%"],
        );
        check_ratio(
            "3.5%",
            "some 1,100",
            "35,600",
            &["error: Applications per intention in the Western Balkans, July 2024 is printed as 3.5%, but some 1,100 of 35,600 is 2.9% to 3.2%"],
        );
    }

    #[test]
    fn a_ratio_cut_off_is_a_note() {
        check_ratio(
            "3%",
            "1,300",
            "35,600",
            &[
                "note: Applications per intention in the Western Balkans, July 2024 is printed as 3%, but 1,300 of 35,600 is 3.7% (cut off instead of rounded would explain it)",
            ],
        );
    }

    #[test]
    fn a_share_is_set_against_the_counts_beside_it() {
        let region = |share: &str| {
            vec![
                printed(share).area("SRB"),
                printed("726").area("SRB"),
                printed("3,300"),
                printed("some 3,300"),
            ]
        };
        check("ratio-differs", &[snapshot(region("22%"), Vec::new())], &[]);
        check(
            "ratio-differs",
            &[snapshot(region("27%"), Vec::new())],
            &["error: Share of persons present in Serbia, July 2024 is printed as 27%, but 726 of 3,300 is 22%"],
        );
        let children = vec![
            printed("8%").group("UASC").area("SRB"),
            printed("268").group("UASC").area("SRB"),
            printed("500").area("SRB"),
        ];
        assert_eq!(
            crate::validate::testing::found("ratio-differs", &[snapshot(children, Vec::new())]).len(),
            1
        );
    }

    #[test]
    fn occupancy_is_set_against_capacity() {
        let figures = |rate: &str| {
            vec![
                printed(rate).of("reception_occupancy").ratio(),
                printed("500").of("reception_occupancy"),
                printed("1,000").of("reception_capacity"),
            ]
        };
        check("ratio-differs", &[snapshot(figures("50%"), Vec::new())], &[]);
        check(
            "ratio-differs",
            &[snapshot(figures("60%"), Vec::new())],
            &["error: Reception occupancy in the Western Balkans, July 2024 is printed as 60%, but 500 of 1,000 is 50%"],
        );
    }
}
