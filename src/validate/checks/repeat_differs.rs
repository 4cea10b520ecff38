//! # repeat-differs: the same figure printed twice, differently
//!
//! A report prints a figure in a headline and again in a sentence, table or chart, and no rounding explains that the two differ.
//!
//! **Why it matters.** Readers quote the one or the other.
//!
//! **Example.** The headline says 343 assisted voluntary returns, the table 334. A count of 8,435 and "some 8,400" agree.
//!
//! **What to do.** See which of the two fits the parts of the table and the editions around it, and tell the publisher. The odd one
//! out, if there is one, is named first.

use rust_decimal::Decimal;

use crate::schema::{Extraction, Finding, Interval, Observation, Severity};
use crate::validate::arithmetic::{self, Reading};
use crate::validate::blame;
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::consistency::{Contradiction, Judged, Subject};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "repeat-differs",
    severity: Severity::Error,
    level: 1,
    source: include_str!("repeat_differs.rs"),
    runs: &[Scope::Figures(run), Scope::Snapshot(claimed)],
};

/// Values named in a message; a longer list is cut short.
const VALUES_NAMED: usize = 4;

const HELP: &str = "see which value fits the parts and the editions around it, and tell the publisher";

fn run(extraction: &Extraction, judged: &Judged, findings: &mut Vec<Finding>) {
    for contradiction in judged.of_code(CHECK.code) {
        let finding = finding(extraction, contradiction);
        findings.push(finding.unwrap_or_else(|| blame::together(extraction, contradiction).finding(&CHECK, extraction, contradiction, HELP)));
    }
}

/// What sentences say of the totals of tables, in reports of families that nobody knows.
fn claimed(extraction: &Extraction, findings: &mut Vec<Finding>) {
    claims::raise(&CHECK, extraction, findings);
}

/// The finding about printings of one figure that no true value satisfies.
fn finding(extraction: &Extraction, contradiction: &Contradiction) -> Option<Finding> {
    let Subject::Repeat { printings } = &contradiction.subject else {
        return None;
    };
    let printings: Vec<&Observation> = printings.iter().map(|printing| &extraction.observations[*printing]).collect();
    // Marks and pictures come in only where what is printed does not differ by itself.
    let read = printings.iter().copied().filter(|printing| arithmetic::is_printed(printing));
    let read: Vec<&Observation> = if contradiction
        .figures
        .iter()
        .all(|figure| arithmetic::is_printed(&extraction.observations[*figure]))
    {
        read.collect()
    } else {
        printings
    };
    let culprit = contradiction.culprit.as_ref();
    let majority = most_shared(&read)?;
    let fits = |printing: &Observation| match culprit {
        Some(culprit) => {
            let wrong = &extraction.observations[culprit.figure];
            printing.value != wrong.value && culprit.restored.is_none_or(|restored| printing.interval.meets(restored))
        }
        None => printing.interval.contains(majority),
    };
    let (agreeing, odd): (Vec<&Observation>, Vec<&Observation>) = read.iter().partition(|printing| fits(printing));
    let (agreeing, odd) = if odd.is_empty() || agreeing.is_empty() {
        // They touch in one point: each value is as odd as the other.
        read.iter().partition(|printing| printing.value == read[0].value)
    } else {
        (agreeing, odd)
    };
    let mut message = format!(
        "{} is printed as {}, but also as {}",
        wording::figure(read[0]),
        values(&odd),
        values(&agreeing)
    );
    if culprit.is_some() && contradiction.breaks > 1 {
        let others = match contradiction.breaks {
            2 => "another relation".to_owned(),
            more => format!("{} other relations", more - 1),
        };
        message = format!("{message}, which fits {others} too");
    }
    let draft = CHECK.draft(message).weighed(contradiction.verdict).within(&extraction.document);
    let expected = common(&agreeing, Reading::Rounded).map(|interval| interval.to_string());
    let draft = blame::figures(
        draft.figures(odd.iter().copied()).figures(agreeing.iter().copied()),
        &extraction.observations,
        contradiction,
    );
    let draft = draft.printed(&odd.first()?.value.normalize()).expected(&expected.unwrap_or_default());
    Some(draft.help(HELP).finish())
}

/// The values that all printings allow.
fn common(printings: &[&Observation], reading: Reading) -> Option<Interval> {
    let intervals = || printings.iter().map(|printing| arithmetic::interval(printing, reading));
    let low = intervals().map(|interval| interval.low).max()?;
    let high = intervals().map(|interval| interval.high).min()?;
    (low <= high).then_some(Interval { low, high })
}

/// The value that most printings allow; of several, one that the first printing allows.
fn most_shared(printings: &[&Observation]) -> Option<Decimal> {
    // Sweep over the ends: an interval opens at its low end before another closes at the same value.
    let mut ends: Vec<(Decimal, bool)> = Vec::with_capacity(printings.len() * 2);
    for printing in printings {
        ends.push((printing.interval.low, false));
        ends.push((printing.interval.high, true));
    }
    ends.sort_unstable();
    let first = printings.first()?.interval;
    let mut open = 0_usize;
    let mut best: Option<((usize, bool), Decimal)> = None;
    for (value, closes) in ends {
        if closes {
            open = open.saturating_sub(1);
            continue;
        }
        open += 1;
        let rank = (open, first.contains(value));
        if best.is_none_or(|(held, _)| rank > held) {
            best = Some((rank, value));
        }
    }
    best.map(|(_, value)| value)
}

fn values(printings: &[&Observation]) -> String {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for printing in printings {
        let value = wording::value(printing);
        if let Some((_, times)) = counted.iter_mut().find(|(known, _)| *known == value) {
            *times += 1;
        } else if counted.len() <= VALUES_NAMED {
            counted.push((value, 1));
        }
    }
    let times = |(value, times): (String, usize)| if times > 1 { format!("{value} ({times} times)") } else { value };
    let words: Vec<String> = counted.into_iter().map(times).collect();
    wording::list_up_to(VALUES_NAMED, &words)
}

#[cfg(test)]
mod tests {
    use crate::schema::{Method, Relation};
    use crate::validate::testing::{Tell, check, found, printed, snapshot};

    fn check_printed(quotes: &[&str], expected: &[&str]) {
        check(
            "repeat-differs",
            &[snapshot(quotes.iter().map(|quote| printed(quote)).collect(), Vec::new())],
            expected,
        );
    }

    #[test]
    fn printings_that_one_value_satisfies_are_silent() {
        check_printed(&["343", "343"], &[]);
        check_printed(&["8,435", "some 8,400", "more than 8,400"], &[]);
        check_printed(&["some 8,400", "some 8,350"], &[]);
        check_printed(&["47%", "46.6%"], &[]);
        check_printed(&["343"], &[]);
    }

    #[test]
    fn two_values_are_told_once() {
        check_printed(
            &["343", "334"],
            &["error: Persons present in the Western Balkans, July 2024 is printed as 334, but also as 343"],
        );
        check_printed(
            &["8,435", "some 8,200"],
            &["error: Persons present in the Western Balkans, July 2024 is printed as some 8,200, but also as 8,435"],
        );
    }

    #[test]
    fn the_odd_one_out_is_named_first() {
        check_printed(
            &["334", "343", "343", "some 340"],
            &["error: Persons present in the Western Balkans, July 2024 is printed as 334, but also as 343 (2 times) and some 340"],
        );
        let findings = found(
            "repeat-differs",
            &[snapshot(vec![printed("343"), printed("343"), printed("334")], Vec::new())],
        );
        assert_eq!(findings[0].mentions[0].quote, "334");
        assert_eq!((findings[0].printed.as_str(), findings[0].expected.as_str()), ("334", "343"));
    }

    #[test]
    fn a_printing_that_a_sum_confirms_is_not_the_odd_one() {
        let figures = vec![printed("250"), printed("105").area("ALB"), printed("100").area("SRB"), printed("205")];
        let sum = Relation::Sum {
            total: 3,
            parts: vec![1, 2],
            unknown: 0,
        };
        check(
            "repeat-differs",
            &[snapshot(figures, vec![sum])],
            &["error: Persons present in the Western Balkans, July 2024 is printed as 250, but also as 205, which fits another relation too"],
        );
    }

    #[test]
    fn neighbours_of_one_precision_are_a_note() {
        let note = "note: Share of persons present in the Western Balkans, July 2024 is printed as 61%, but also as 60% (cut off instead of rounded would explain it)";
        check_printed(&["60%", "61%"], &[note]);
        let twice = "note: Share of persons present in the Western Balkans, July 2024 is printed as 61%, but also as 60% (2 times) (cut off instead of rounded would explain it)";
        check_printed(&["60%", "61%", "60%"], &[twice]);
    }

    #[test]
    fn other_series_units_and_days_are_other_figures() {
        let mut households = printed("80");
        households.unit = "households".into();
        let figures = vec![
            printed("343"),
            printed("24").area("ALB"),
            printed("10").origin("_O"),
            printed("7").group("UASC"),
            printed("5").of("new_arrivals"),
            printed("6").over(crate::schema::Period::month(2024, 6)),
            households,
        ];
        check("repeat-differs", &[snapshot(figures, Vec::new())], &[]);
    }

    #[test]
    fn a_declared_repeat_is_compared_over_series() {
        let repeat = |first, second| Relation::Repeat { first, second };
        let figures = || vec![printed("268"), printed("286").of("children_present"), printed("268").of("children")];
        check(
            "repeat-differs",
            &[snapshot(figures(), vec![repeat(0, 1), repeat(0, 2), repeat(0, 9)])],
            &["error: Persons present in the Western Balkans, July 2024 is printed as 286, but also as 268"],
        );
        let same = vec![printed("343"), printed("334")];
        assert_eq!(found("repeat-differs", &[snapshot(same, vec![repeat(0, 1)])]).len(), 1);
    }

    #[test]
    fn a_mark_measured_otherwise_is_a_warning() {
        let mut mark = printed("360");
        mark.method = Method::ChartGeometry;
        check(
            "repeat-differs",
            &[snapshot(vec![printed("343"), mark], Vec::new())],
            &["warning: Persons present in the Western Balkans, July 2024 is printed as 360, but also as 343"],
        );
        let mut mark = printed("343");
        mark.method = Method::ChartGeometry;
        check(
            "repeat-differs",
            &[snapshot(vec![printed("343"), mark, printed("334")], Vec::new())],
            &["error: Persons present in the Western Balkans, July 2024 is printed as 334, but also as 343"],
        );
    }
}
