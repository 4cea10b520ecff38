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

use crate::schema::{Extraction, Finding, Severity, Statistic};
use crate::validate::arithmetic::{self, Reading};
use crate::validate::blame::{self, Told};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::consistency::{Contradiction, Judged, Subject};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "ratio-differs",
    severity: Severity::Error,
    level: 1,
    source: include_str!("ratio_differs.rs"),
    runs: &[Scope::Figures(run), Scope::Snapshot(claimed)],
};

const HELP: &str = "compute it from the counts, and see in the edition before which of the three moved";

fn run(extraction: &Extraction, judged: &Judged, findings: &mut Vec<Finding>) {
    for contradiction in judged.of_code(CHECK.code) {
        let told = told(extraction, contradiction).unwrap_or_else(|| blame::together(extraction, contradiction));
        findings.push(told.finding(&CHECK, extraction, contradiction, HELP));
    }
}

fn told(extraction: &Extraction, contradiction: &Contradiction) -> Option<Told> {
    let Subject::Percent { percent, part, whole } = contradiction.subject else {
        return None;
    };
    let [figure, part, whole] = [percent, part, whole].map(|figure| &extraction.observations[figure]);
    let interval = |figure| arithmetic::interval(figure, Reading::Rounded);
    let percent = arithmetic::percent_of(interval(part), interval(whole))?;
    let percent = arithmetic::shortened(percent, figure.interval);
    Some(Told {
        subject: wording::figure(figure),
        fact: format!(
            "{} is printed, but {} of {} is {}",
            wording::value(figure),
            wording::value(part),
            wording::value(whole),
            wording::amounts(Statistic::Ratio, percent)
        ),
        ways_out: String::new(),
        printed: figure.value,
        expected: percent.to_string(),
    })
}

/// What sentences claim, of any family.
fn claimed(extraction: &Extraction, findings: &mut Vec<Finding>) {
    claims::raise(&CHECK, extraction, findings);
}

#[cfg(test)]
mod tests {
    use crate::schema::Relation;
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
            &[
                "error: Applications per intention in the Western Balkans, July 2024: 13% is printed, but 1,178 of 35,600 is 3.3%; likeliest wrong is the printed 13% for 3%, a digit too many",
            ],
        );
        check_ratio(
            "3.5%",
            "some 1,100",
            "35,600",
            &["error: Applications per intention in the Western Balkans, July 2024: 3.5% is printed, but some 1,100 of 35,600 is 2.9% to 3.2%"],
        );
    }

    #[test]
    fn a_ratio_cut_off_is_a_note() {
        check_ratio(
            "3%",
            "1,300",
            "35,600",
            &[
                "note: Applications per intention in the Western Balkans, July 2024: 3% is printed, but 1,300 of 35,600 is 3.7% (cut off instead of rounded would explain it)",
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
            &[
                "error: Share of persons present in Serbia, July 2024: 27% is printed, but 726 of 3,300 is 22%; likeliest wrong is the printed 27% for 22%, one wrong digit",
            ],
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
            &[
                "error: Reception occupancy in the Western Balkans, July 2024: 60% is printed, but 500 of 1,000 is 50%; 60% for 50% or 500 for 600 would be one wrong digit",
            ],
        );
    }
}
