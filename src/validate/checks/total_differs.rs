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

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{Extraction, Finding, Interval, Observation, Relation, Severity, Statistic};
use crate::validate::arithmetic::{self, Reading, Verdict};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::key::{Figures, Key};
use crate::validate::sums::{self, Sum};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "total-differs",
    severity: Severity::Error,
    level: 1,
    source: include_str!("total_differs.rs"),
    runs: &[Scope::Snapshot(run), Scope::Archive(months::run), Scope::Snapshot(claimed)],
};

const HELP: &str = "compare the parts with the editions before and after, and ask the publisher which figure is meant";

/// A figure printed more often than this is trusted anyway.
const PRINTINGS_COUNTED: usize = 64;

/// A total that is not the sum of its parts.
struct Wrong<'a> {
    total: usize,
    parts: &'a [usize],
    unknown: usize,
    sum: Interval,
    verdict: Verdict,
}

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    let observations = &extraction.observations;
    let printings = Printings::of(extraction);
    let sums = sums::sums(extraction, &printings.figures);
    let wrong: Vec<Wrong<'_>> = sums.iter().filter_map(|sum| wrong(observations, sum)).collect();
    if wrong.is_empty() {
        return;
    }
    let confirmed = sums::confirmed(observations, &sums);
    let (cells, alone) = crossings(observations, wrong, &confirmed);
    for (cell, wrong) in cells {
        findings.push(crossing_finding(extraction, cell, &wrong));
    }
    for wrong in alone {
        findings.push(finding(extraction, &wrong, &confirmed, &printings));
    }
}

fn wrong<'a>(observations: &[Observation], sum: &'a Sum) -> Option<Wrong<'a>> {
    let verdict = sum.verdict(observations).filter(|verdict| *verdict != Verdict::Holds)?;
    Some(Wrong {
        total: sum.total,
        parts: &sum.parts,
        unknown: sum.unknown,
        sum: sum.added(observations, Reading::Rounded)?,
        verdict,
    })
}

/// How often figures are printed with the value they have.
struct Printings<'a> {
    figures: Figures<'a>,
    /// Declared repeats with the same value, that the series alone does not tell.
    declared: BTreeMap<usize, usize>,
}

impl<'a> Printings<'a> {
    fn of(extraction: &'a Extraction) -> Self {
        let observations = &extraction.observations;
        let mut declared: BTreeMap<usize, usize> = BTreeMap::new();
        for relation in &extraction.relations {
            let Relation::Repeat { first, second } = relation else { continue };
            let (Some(one), Some(other)) = (observations.get(*first), observations.get(*second)) else {
                continue;
            };
            if one.value == other.value && Key::of(one) != Key::of(other) {
                *declared.entry(*first).or_default() += 1;
                *declared.entry(*second).or_default() += 1;
            }
        }
        Self {
            figures: Figures::of(observations),
            declared,
        }
    }

    fn count(&self, index: usize, figure: &Observation) -> usize {
        let printed = self.figures.printed(&Key::of(figure)).iter().take(PRINTINGS_COUNTED);
        let same = printed.filter(|other| other.observation.value == figure.value);
        same.count() + self.declared.get(&index).copied().unwrap_or_default()
    }
}

/// Finds the figures that would, corrected, mend two wrong totals or more, as the cell does where a wrong row and a wrong column cross.
///
/// A figure that stands in a total that holds is none of them. After the idea of error localisation: the fewest changes that mend all
/// (I. P. Fellegi and D. Holt, 1976).
fn crossings<'a>(observations: &[Observation], wrong: Vec<Wrong<'a>>, confirmed: &BTreeSet<usize>) -> (Vec<(usize, Vec<Wrong<'a>>)>, Vec<Wrong<'a>>) {
    let mut suspects: BTreeMap<usize, Vec<(usize, Interval)>> = BTreeMap::new();
    for (number, sum) in wrong.iter().enumerate().filter(|(_, sum)| sum.unknown == 0) {
        let total = observations[sum.total].interval;
        let (Some(rise), Some(fall)) = (arithmetic::difference(sum.sum, total), arithmetic::difference(total, sum.sum)) else {
            continue;
        };
        if !confirmed.contains(&sum.total) {
            suspects.entry(sum.total).or_default().push((number, rise));
        }
        for part in sum.parts.iter().filter(|part| !confirmed.contains(part)) {
            suspects.entry(*part).or_default().push((number, fall));
        }
    }
    let mends_all = |corrections: &[(usize, Interval)]| {
        let low = corrections.iter().map(|(_, correction)| correction.low).max();
        let high = corrections.iter().map(|(_, correction)| correction.high).min();
        low <= high
    };
    let mut cells: Vec<(usize, Vec<usize>)> = suspects
        .into_iter()
        .filter(|(_, corrections)| corrections.len() > 1 && mends_all(corrections))
        .map(|(cell, corrections)| (cell, corrections.into_iter().map(|(number, _)| number).collect()))
        .collect();
    cells.sort_by_key(|(cell, numbers)| (std::cmp::Reverse(numbers.len()), *cell));

    let mut wrong: Vec<Option<Wrong<'a>>> = wrong.into_iter().map(Some).collect();
    let mut found = Vec::new();
    for (cell, numbers) in cells {
        if numbers.iter().all(|number| wrong[*number].is_some()) {
            found.push((cell, numbers.into_iter().filter_map(|number| wrong[number].take()).collect()));
        }
    }
    (found, wrong.into_iter().flatten().collect())
}

/// One finding for all totals that one figure would mend.
fn crossing_finding(extraction: &Extraction, cell: usize, wrong: &[Wrong<'_>]) -> Finding {
    let figure = &extraction.observations[cell];
    let correct = wrong.first().and_then(|sum| {
        let total = extraction.observations[sum.total].interval;
        let correction = if sum.total == cell {
            arithmetic::difference(sum.sum, total)?
        } else {
            arithmetic::difference(total, sum.sum)?
        };
        arithmetic::sum([Interval::point(figure.value), correction])
    });
    let expected = correct.map_or_else(|| "another number".to_owned(), |correct| wording::amounts(figure.statistic, correct));
    let each: Vec<String> = wrong
        .iter()
        .map(|sum| {
            let total = &extraction.observations[sum.total];
            format!("{} printed, {} added", wording::value(total), wording::amounts(total.statistic, sum.sum))
        })
        .collect();
    let message = format!(
        "{}: {expected} in place of the printed {} would mend {} totals ({})",
        wording::figure(figure),
        wording::value(figure),
        wrong.len(),
        wording::list_up_to(4, &each)
    );
    let explained = wrong.iter().all(|sum| sum.verdict == Verdict::HoldsIfCutOff);
    let verdict = if explained { Verdict::HoldsIfCutOff } else { Verdict::Broken };
    let draft = CHECK.draft(message).weighed(verdict).within(&extraction.document).figure(figure);
    let draft = draft.figures(wrong.iter().map(|sum| &extraction.observations[sum.total]));
    let draft = draft
        .printed(&figure.value.normalize())
        .expected(&correct.map(|correct| correct.to_string()).unwrap_or_default());
    draft
        .help("this figure is the likeliest fault: compare it with the editions before and after")
        .finish()
}

fn finding(extraction: &Extraction, wrong: &Wrong<'_>, confirmed: &BTreeSet<usize>, printings: &Printings<'_>) -> Finding {
    let observations = &extraction.observations;
    let total = &observations[wrong.total];
    let sum = wording::amounts(total.statistic, wrong.sum);
    let gap = if wrong.sum.high < total.interval.low {
        arithmetic::difference(total.interval, wrong.sum).map(|gap| format!("one part is short by {}", wording::amounts(Statistic::Count, gap)))
    } else {
        arithmetic::difference(wrong.sum, total.interval).map(|gap| format!("one part is {} too high", wording::amounts(Statistic::Count, gap)))
    };
    let expected = if wrong.unknown == 0 {
        wrong.sum.to_string()
    } else {
        format!("at least {}", wrong.sum.low.normalize())
    };
    let alone = if wrong.unknown == 0 { "" } else { "at least " };
    let mut message = format!(
        "{}: the parts add to {alone}{sum}, but the printed total is {}: {}, or the total is {alone}{sum}",
        wording::figure(total),
        wording::value(total),
        gap.unwrap_or_else(|| "one part is wrong".to_owned()),
    );
    let printings = |index: usize| printings.count(index, &observations[index]);
    let trusted = |index: &usize| confirmed.contains(index) || printings(*index) > 1;
    let doubtful: Vec<usize> = wrong.parts.iter().copied().filter(|part| !trusted(part)).collect();
    let mut first = wrong.total;
    if trusted(&wrong.total) && !doubtful.is_empty() {
        let reason = match printings(wrong.total) {
            0 | 1 => "fits another sum".to_owned(),
            2 => "is printed twice".to_owned(),
            times => format!("is printed {times} times"),
        };
        message = format!("{message}; the total {} {reason}, so ", wording::value(total));
        if let [only] = doubtful[..] {
            first = only;
            message = format!(
                "{message}{} is likeliest, printed {}",
                wording::series(&observations[only]),
                wording::value(&observations[only])
            );
        } else {
            message.push_str("a part is likelier");
        }
    } else if doubtful.is_empty() && !trusted(&wrong.total) {
        message.push_str("; every part is confirmed elsewhere, so the total is likelier");
    }
    let draft = CHECK.draft(message).weighed(wrong.verdict).within(&extraction.document);
    let draft = draft
        .figure(&observations[first])
        .figure(total)
        .figures(wrong.parts.iter().map(|part| &observations[*part]));
    draft.printed(&total.value.normalize()).expected(&expected).help(HELP).finish()
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
                "error: Persons present in the Western Balkans, July 2024: the parts add to 957, but the printed total is 1,017: one part is short by 60, or the total is 957",
            ],
        );
        check_row(
            &["67", "381"],
            "440",
            0,
            &[
                "error: Persons present in the Western Balkans, July 2024: the parts add to 448, but the printed total is 440: one part is 8 too high, or the total is 448",
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
                .ends_with("one part is short by 60, or the total is 957; the total 1,017 is printed twice, so a part is likelier")
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
                .ends_with("so persons present in Bosnia and Herzegovina is likeliest, printed 381")
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
                "error: Persons present from the Syrian Arab Republic in Bosnia and Herzegovina, July 2024: 50 in place of the printed 5 would mend 2 totals (60 printed, 15 added and 58 printed, 13 added)",
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
                "error: Asylum applications in the Western Balkans, July 2024: the parts add to 957, but the printed total is 1,017: one part is short by 60, or the total is 957",
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
