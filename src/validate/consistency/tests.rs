//! What the figures of a snapshot say against each other, alone and together, and who is named for it.

use crate::schema::{Finding, Method, Observation, Relation};
use crate::validate::testing::{Tell, edition, printed, snapshot};
use crate::validate::{Waivers, findings};

fn sum(total: usize, parts: &[usize]) -> Relation {
    Relation::Sum {
        total,
        parts: parts.to_vec(),
        unknown: 0,
    }
}

fn all(figures: Vec<Observation>, relations: Vec<Relation>) -> Vec<Finding> {
    findings(&[snapshot(figures, relations)], &Waivers::default())
}

#[track_caller]
fn check(figures: Vec<Observation>, relations: Vec<Relation>, expected: &[&str]) {
    let found = all(figures, relations);
    let messages: Vec<String> = found
        .iter()
        .map(|finding| format!("{} {}: {}", finding.severity.as_str(), finding.code, finding.message))
        .collect();
    assert_eq!(messages, expected);
}

/// Decisions of three kinds, so that no series relates them.
fn kinds(quotes: [&str; 4]) -> Vec<Observation> {
    let names = ["granted", "refused", "closed", "decided"];
    quotes.iter().zip(names).map(|(quote, name)| printed(quote).of(name)).collect()
}

#[test]
fn relations_that_hold_alone_and_together_are_silent() {
    // Some 100 and some 200 may be 95 and 205: two totals share them.
    let figures = kinds(["some 100", "some 200", "195", "300"]);
    check(figures, vec![sum(3, &[0, 1]), sum(1, &[2])], &[]);
}

#[test]
fn relations_that_hold_alone_but_not_together_are_told_as_one() {
    // The first is 105 to 115, the second 205 to 215. Their sum may be 330, and the first 106; but then the second is 224.
    let figures = kinds(["some 110", "some 210", "106", "330"]);
    check(figures.clone(), vec![sum(3, &[0, 1])], &[]);
    check(figures.clone(), vec![sum(0, &[2])], &[]);
    let found = all(figures, vec![sum(3, &[0, 1]), sum(0, &[2])]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code, found[0].severity.as_str()), ("total-differs", "error"));
    assert!(found[0].message.contains("though each relation could hold alone"), "{}", found[0].message);
}

#[test]
fn one_wrong_figure_is_one_finding_however_much_it_breaks() {
    let mut figures = vec![printed("2,648"), printed("1,500").area("ALB"), printed("848").area("SRB")];
    figures.extend([printed("2,348"), printed("2,348"), printed("64%").area("ALB")]);
    let found = all(figures, vec![sum(0, &[1, 2])]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].printed.as_str(), found[0].expected.as_str()), ("2648", "2348"));
    assert_eq!(found[0].mentions[0].quote, "2,648");
}

#[test]
fn two_wrong_figures_are_two_findings() {
    let figures = vec![
        printed("30").area("ALB"),
        printed("20").area("SRB"),
        printed("55"),
        printed("7").of("children"),
        printed("8").of("children"),
    ];
    assert_eq!(all(figures, vec![sum(2, &[0, 1])]).len(), 2);
}

#[test]
fn another_edition_bears_out_who_is_right() {
    let figures = |first: &str| vec![printed(first).of("granted"), printed("381").of("refused"), printed("484").of("decided")];
    let now = edition("2024-08", figures("67"), vec![sum(2, &[0, 1])]);
    let before = edition("2024-07", vec![printed("103").of("granted")], Vec::new());
    let found = findings(&[before, now], &Waivers::default());
    let total = found.iter().find(|finding| finding.code == "total-differs").unwrap();
    assert!(
        total
            .message
            .ends_with("likeliest wrong is granted in the Western Balkans, printed 67 where 103 would fit, as the 2024-07 edition prints"),
        "{}",
        total.message
    );
    assert_eq!((total.printed.as_str(), total.expected.as_str()), ("67", "103"));
}

#[test]
fn a_mark_that_was_measured_is_likelier_wrong_than_what_is_printed() {
    let mut figures = kinds(["10", "20", "30", "40"]);
    figures[1].method = Method::ChartGeometry;
    let found = all(figures, vec![sum(3, &[0, 1])]);
    assert_eq!((found[0].severity.as_str(), found[0].mentions[0].quote.as_str()), ("warning", "20"));
}

#[test]
fn points_and_percent_are_never_mixed() {
    let month = |month| crate::schema::Period::month(2024, month);
    let figures = vec![
        printed("30%").origin("SYR").over(month(7)),
        printed("20%").origin("SYR").over(month(6)),
        // Half more in percent, printed as a change in percent: no points, and no counts to set it against.
        printed("+50%").origin("SYR").over(month(7)).since(month(6)),
    ];
    check(figures, Vec::new(), &[]);
}

#[test]
fn what_does_not_add_up_by_nature_is_never_summed() {
    let figures = |indicator: &str| {
        vec![
            printed("10").of(indicator).area("ALB"),
            printed("20").of(indicator).area("SRB"),
            printed("25").of(indicator),
        ]
    };
    check(figures("new_arrivals"), vec![sum(2, &[0, 1])], &[]);
    assert_eq!(all(figures("asylum_applications"), vec![sum(2, &[0, 1])]).len(), 1);
}

#[test]
fn rows_of_a_composite_are_not_added_to_those_of_its_places() {
    let figures = vec![
        printed("10").area("SRB"),
        printed("20").area("XKX"),
        printed("30").area("SRBXKX"),
        printed("5").area("ALB"),
        printed("35"),
    ];
    check(figures, vec![sum(4, &[0, 1, 2, 3])], &[]);
}
