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

use crate::schema::{Extraction, Finding, Severity};
use crate::validate::blame::{self, Told};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::consistency::{Contradiction, Judged, Subject};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "part-exceeds-whole",
    severity: Severity::Error,
    level: 1,
    source: include_str!("part_exceeds_whole.rs"),
    runs: &[Scope::Figures(run), Scope::Snapshot(claimed)],
};

const HELP: &str = "compare both with the edition before: the one that jumped is the likelier fault";

fn run(extraction: &Extraction, judged: &Judged, findings: &mut Vec<Finding>) {
    for contradiction in judged.of_code(CHECK.code) {
        let told = told(extraction, contradiction).unwrap_or_else(|| blame::together(extraction, contradiction));
        findings.push(told.finding(&CHECK, extraction, contradiction, HELP));
    }
}

fn told(extraction: &Extraction, contradiction: &Contradiction) -> Option<Told> {
    let Subject::Within { part, whole } = contradiction.subject else {
        return None;
    };
    let [part, whole] = [part, whole].map(|figure| &extraction.observations[figure]);
    Some(Told {
        subject: wording::figure(part),
        fact: format!(
            "{} is more than the {} of {}",
            wording::value(part),
            wording::amount(whole.statistic, whole.value),
            wording::figure(whole)
        ),
        ways_out: String::new(),
        printed: part.value,
        expected: format!("at most {}", whole.interval.high.normalize()),
    })
}

/// What sentences claim, of any family.
fn claimed(extraction: &Extraction, findings: &mut Vec<Finding>) {
    claims::raise(&CHECK, extraction, findings);
}

#[cfg(test)]
mod tests {
    use crate::schema::Period;
    use crate::schema::{Observation, Relation};
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
                "error: Persons present (UASC) in the Western Balkans, July 2024: 3,268 is more than the 3,100 of persons present in the Western Balkans, July 2024",
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
            &["error: Persons present in Serbia, July 2024: 3,400 is more than the 3,300 of persons present in the Western Balkans, July 2024"],
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
                "error: Registrations on arrival in the Western Balkans, December 2024: 31,000 is more than the 5,621 of registrations on arrival in the Western Balkans, 2024",
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
