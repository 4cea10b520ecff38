//! # total-differs: parts do not add to the printed total
//!
//! A table or sentence prints a total and its parts, and the parts add to another number. Figures that are rounded count with
//! all values they may stand for; a part that is nil or not available may only make the total larger.
//!
//! Sentences of any report are read for the same: "8,400 by sea, 600 by land, 9,000 in total", "7 decisions (2 granting asylum and 5
//! subsidiary protection)". A list that may leave something out is only too much where it passes the total.
//!
//! **Why it matters.** One of the figures is wrong, and whoever sums up the parts publishes another number than whoever quotes the total.
//!
//! **Example.** 17 + 216 + 113 + 269 + 172 + 170 is 957; the total says 1,017. One part is short by 60, or the total is 957.
//! Where rows and columns both have totals, the cell in which the wrong row and the wrong column cross is named. A total that
//! stands elsewhere in the report too is likelier right than its parts.
//!
//! Between editions, a month is set against the year up to it and the year with it: where the three do not fit, earlier months were
//! revised in silence, or one is wrong. That is a warning where earlier months would have been lowered, else a note.
//!
//! **What to do.** Compare the parts with the edition before and after, and ask the publisher which figure is meant.

mod months;

use crate::schema::{Extraction, Finding, Interval, Severity, Statistic};
use crate::validate::arithmetic::{self, Reading};
use crate::validate::blame::{self, Told};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::consistency::{Contradiction, Judged, Known, Subject};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "total-differs",
    severity: Severity::Error,
    level: 1,
    source: include_str!("total_differs.rs"),
    runs: &[Scope::Figures(run), Scope::Subject(months::run), Scope::Snapshot(claimed)],
};

const HELP: &str = "compare the parts with the editions before and after, and ask the publisher which figure is meant";

fn run(extraction: &Extraction, judged: &Judged, findings: &mut Vec<Finding>) {
    for contradiction in judged.of_code(CHECK.code) {
        let told = told(extraction, contradiction).unwrap_or_else(|| blame::together(extraction, contradiction));
        findings.push(told.finding(&CHECK, extraction, contradiction, HELP));
    }
}

fn told(extraction: &Extraction, contradiction: &Contradiction) -> Option<Told> {
    let Subject::Sum { total, parts, parts_known } = &contradiction.subject else {
        return None;
    };
    let observations = &extraction.observations;
    let whole = &observations[*total];
    let sum = arithmetic::sum(parts.iter().map(|part| arithmetic::interval(&observations[*part], Reading::Rounded)))?;
    let at_least = if *parts_known == Known::All { "" } else { "at least " };
    let words = format!("{at_least}{}", wording::amounts(whole.statistic, sum));
    let fact = format!("the parts add to {words}, but the printed total is {}", wording::value(whole));
    let gap = |from: Interval, to: Interval| Some(wording::amounts(Statistic::Count, arithmetic::difference(from, to)?));
    let part = if sum.high < whole.interval.low {
        format!("one part is short by {}", gap(whole.interval, sum)?)
    } else {
        format!("one part is {} too high", gap(sum, whole.interval)?)
    };
    Some(Told {
        subject: wording::figure(whole),
        ways_out: format!("{part}, or the total is {words}"),
        fact,
        printed: whole.value,
        expected: if *parts_known == Known::All {
            sum.to_string()
        } else {
            format!("at least {}", sum.low.normalize())
        },
    })
}

/// What sentences claim, of any family.
fn claimed(extraction: &Extraction, findings: &mut Vec<Finding>) {
    claims::raise(&CHECK, extraction, findings);
}

#[cfg(test)]
mod tests {
    use crate::schema::{Observation, Relation};
    use crate::validate::testing::{Tell, check, found, printed, snapshot};

    const AREAS: [&str; 6] = ["ALB", "BIH", "MNE", "MKD", "SRB", "XKX"];

    /// Parts in areas, then their total.
    fn row(parts: &[&str], total: &str) -> Vec<Observation> {
        let mut row: Vec<Observation> = parts.iter().zip(AREAS).map(|(part, area)| printed(part).area(area)).collect();
        row.push(printed(total));
        row
    }

    fn sum(parts: usize, unknown: usize) -> Relation {
        Relation::Sum {
            total: parts,
            parts: (0..parts).collect(),
            unknown,
        }
    }

    fn check_row(parts: &[&str], total: &str, unknown: usize, expected: &[&str]) {
        check("total-differs", &[snapshot(row(parts, total), vec![sum(parts.len(), unknown)])], expected);
    }

    #[test]
    fn a_total_and_parts_that_add_are_silent() {
        check_row(&["24", "142", "42", "10", "101", "24"], "343", 0, &[]);
        check_row(&["18", "1,420", "124", "115", "1,204", "45"], "2,926", 0, &[]);
        check_row(&["some 1,500", "some 1,800"], "some 3,300", 0, &[]);
        check_row(&["some 1,500", "1,779"], "3,250", 0, &[]);
    }

    #[test]
    fn a_total_that_differs_names_both_ways_out() {
        check_row(
            &["17", "216", "113", "269", "172", "170"],
            "1,017",
            0,
            &[
                "error: Persons present in the Western Balkans, July 2024: the parts add to 957, but the printed total is 1,017: one part is short by 60, or the total is 957; 17 for 77, 216 for 276 or 113 for 173 would be one wrong digit",
            ],
        );
        check_row(
            &["67", "381"],
            "440",
            0,
            &[
                "error: Persons present in the Western Balkans, July 2024: the parts add to 448, but the printed total is 440: one part is 8 too high, or the total is 448; likeliest wrong is the total 440 for 448, one wrong digit",
            ],
        );
    }

    #[test]
    fn a_total_printed_twice_is_trusted() {
        let mut figures = row(&["17", "216", "113", "269", "172", "170"], "1,017");
        figures.push(printed("1,017"));
        let findings = found("total-differs", &[snapshot(figures, vec![sum(6, 0)])]);
        assert!(
            findings[0]
                .message
                .ends_with("one part is short by 60, or the total is 957; the total 1,017 is printed twice, so a part is likelier; 17 for 77, 216 for 276 or 113 for 173 would be one wrong digit")
        );
        assert_eq!((findings[0].printed.as_str(), findings[0].expected.as_str()), ("1017", "957"));
        assert_eq!(findings[0].mentions[0].quote, "1,017");
        assert_eq!(findings[0].observations.len(), 7);
    }

    #[test]
    fn a_declared_repeat_is_a_second_printing() {
        let mut figures = row(&["67", "381"], "484");
        figures.push(printed("484").of("persons_in_the_region"));
        let repeat = Relation::Repeat { first: 2, second: 3 };
        let findings = found("total-differs", &[snapshot(figures, vec![sum(2, 0), repeat])]);
        assert!(findings[0].message.ends_with("the total 484 is printed twice, so a part is likelier"));
    }

    #[test]
    fn the_one_part_that_nothing_confirms_is_named() {
        let mut figures = row(&["67", "381"], "484");
        figures.extend([printed("484"), printed("67").area("ALB")]);
        let findings = found("total-differs", &[snapshot(figures, vec![sum(2, 0)])]);
        assert!(
            findings[0]
                .message
                .ends_with("or the total is 448; likeliest wrong is persons present in Bosnia and Herzegovina, printed 381 where 417 would fit")
        );
        assert_eq!(findings[0].mentions[0].quote, "381");
    }

    #[test]
    fn rounded_parts_that_cannot_add_are_told() {
        check_row(
            &["some 1,500", "some 1,800"],
            "3,500",
            0,
            &[
                "note: Persons present in the Western Balkans, July 2024: the parts add to 3,200 to 3,400, but the printed total is 3,500: one part is short by 100 to 300, or the total is 3,200 to 3,400 (cut off instead of rounded would explain it)",
            ],
        );
        check_row(
            &["some 1,500", "some 1,800"],
            "3,501",
            0,
            &[
                "error: Persons present in the Western Balkans, July 2024: the parts add to 3,200 to 3,400, but the printed total is 3,501: one part is short by 101 to 301, or the total is 3,200 to 3,400",
            ],
        );
    }

    #[test]
    fn a_part_that_is_not_available_may_only_raise_the_total() {
        check_row(&["561"], "561", 1, &[]);
        check_row(&["561"], "600", 1, &[]);
        check_row(
            &["561"],
            "560",
            1,
            &[
                "error: Persons present in the Western Balkans, July 2024: the parts add to at least 561, but the printed total is 560: one part is 1 too high, or the total is at least 561",
            ],
        );
    }

    #[test]
    fn the_cell_where_a_wrong_row_and_a_wrong_column_cross_is_named() {
        // Two rows, two columns, totals at the ends; the printed 5 should be 50.
        let grid = ["10", "5", "60", "7", "8", "15", "17", "58", "75"];
        let areas = ["ALB", "BIH", "WBALK"];
        let origins = ["SYR", "AFG", ""];
        let figures = grid
            .iter()
            .enumerate()
            .map(|(at, quote)| printed(quote).area(areas[at % 3]).origin(origins[at / 3]))
            .collect();
        let sum = |total: usize, parts: [usize; 2]| Relation::Sum {
            total,
            parts: parts.to_vec(),
            unknown: 0,
        };
        let relations = vec![
            sum(2, [0, 1]),
            sum(5, [3, 4]),
            sum(8, [6, 7]),
            sum(6, [0, 3]),
            sum(7, [1, 4]),
            sum(8, [2, 5]),
        ];
        check(
            "total-differs",
            &[snapshot(figures, relations)],
            &[
                "error: Persons present from the Syrian Arab Republic in Bosnia and Herzegovina, July 2024: 50 in place of the printed 5 would mend 2 contradictions, one of them that the parts add to 15, but the printed total is 60",
            ],
        );
    }

    #[test]
    fn places_add_up_without_a_rule_where_the_codebook_says_so() {
        let region = |indicator: &str, total: &str| {
            let places = AREAS.iter().zip(["17", "216", "113", "269", "172", "170"]);
            let mut figures: Vec<Observation> = places.map(|(area, count)| printed(count).of(indicator).area(area)).collect();
            figures.push(printed(total).of(indicator));
            snapshot(figures, Vec::new())
        };
        check("total-differs", &[region("asylum_applications", "957")], &[]);
        check(
            "total-differs",
            &[region("asylum_applications", "1,017")],
            &[
                "error: Asylum applications in the Western Balkans, July 2024: the parts add to 957, but the printed total is 1,017: one part is short by 60, or the total is 957; 17 for 77, 216 for 276 or 113 for 173 would be one wrong digit",
            ],
        );
        check("total-differs", &[region("mixed_movements", "1,017")], &[]);
        check(
            "total-differs",
            &[snapshot(
                vec![printed("10").area("ALB"), printed("20").area("SRB"), printed("40")],
                Vec::new(),
            )],
            &[],
        );
        let too_many = snapshot(vec![printed("10").area("ALB"), printed("20").area("SRB"), printed("25")], Vec::new());
        assert_eq!(crate::validate::findings(&[too_many], &crate::validate::Waivers::default()).len(), 1);
    }

    #[test]
    fn indices_that_lead_nowhere_are_left_alone() {
        check("total-differs", &[snapshot(row(&["1"], "2"), vec![sum(7, 0), sum(0, 0)])], &[]);
    }
}
