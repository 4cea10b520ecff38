//! # shares-differ: shares of one whole cannot add to 100
//!
//! The shares of a complete list must be able to add to 100%, each within half a unit of its last printed place. A list of the
//! largest only may fall short of 100%, but not pass it.
//!
//! Sentences of any report are read for the same: shares of men, women and children, and lists by nationality or place that end in
//! "others"; a list of the largest may not pass 100%. Answers of which several may be given are left alone.
//!
//! **Why it matters.** A share is wrong or missing, or the shares are not of one whole.
//!
//! **Example.** 60 + 22 + 7 + 6 + 5 + 2 is 102%, which six roundings explain: no finding. 60 + 22 + 17 + 6 + 5 + 2 is 112%, which
//! nothing explains.
//!
//! **What to do.** Compare the shares with the edition before and after, and with counts if the report prints them.

use rust_decimal::Decimal;

use crate::schema::{Extraction, Finding, Interval, Observation, Severity, Statistic};
use crate::validate::arithmetic::{self, Reading};
use crate::validate::blame::{self, Told};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::consistency::{Contradiction, Judged, Known, Subject};
use crate::validate::wording;

pub(super) static CHECK: Check = Check {
    code: "shares-differ",
    severity: Severity::Error,
    level: 1,
    source: include_str!("shares_differ.rs"),
    runs: &[Scope::Figures(run), Scope::Snapshot(claimed)],
};

const HELP: &str = "compare the shares with the editions before and after, and see whether one is missing";

/// Shares named in a message; a longer list is cut short.
const SHARES_NAMED: usize = 8;

fn run(extraction: &Extraction, judged: &Judged, findings: &mut Vec<Finding>) {
    for contradiction in judged.of_code(CHECK.code) {
        let told = told(extraction, contradiction).unwrap_or_else(|| blame::together(extraction, contradiction));
        findings.push(told.finding(&CHECK, extraction, contradiction, HELP));
    }
}

fn told(extraction: &Extraction, contradiction: &Contradiction) -> Option<Told> {
    let Subject::Shares { parts, parts_known } = &contradiction.subject else {
        return None;
    };
    let shares: Vec<&Observation> = parts.iter().map(|part| &extraction.observations[*part]).collect();
    let sum = arithmetic::sum(shares.iter().map(|share| arithmetic::interval(share, Reading::Rounded)))?;
    let printed = shares.iter().try_fold(Decimal::ZERO, |total, share| total.checked_add(share.value))?;
    let quotes: Vec<String> = shares.iter().map(|share| wording::number(share.value)).collect();
    let first = shares.first()?;
    let (subject, mut fact) = match shares[..] {
        [share] => (wording::figure(share), format!("{} is printed", wording::value(share))),
        _ => (
            format!(
                "{} and {}",
                wording::figure(first),
                wording::counted(shares.len() - 1, "other share", "other shares")
            ),
            format!(
                "{} add to {}",
                wording::list_up_to(SHARES_NAMED, &quotes),
                wording::amount(Statistic::Share, printed)
            ),
        ),
    };
    if sum != Interval::point(printed) {
        fact = format!("{fact} ({} by rounding)", wording::amounts(Statistic::Share, sum));
    }
    fact.push_str(if *parts_known == Known::All {
        ", not to 100%"
    } else {
        ", though a part of a whole cannot pass 100%"
    });
    Some(Told {
        subject,
        fact,
        ways_out: String::new(),
        printed,
        expected: if *parts_known == Known::All { "100" } else { "at most 100" }.to_owned(),
    })
}

/// What sentences claim, of any family.
fn claimed(extraction: &Extraction, findings: &mut Vec<Finding>) {
    claims::raise(&CHECK, extraction, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Relation;
    use crate::validate::testing::{Tell, check, printed, snapshot};

    fn check_shares(shares: &[&str], list: Known, expected: &[&str]) {
        let areas = ["BIH", "SRB", "XKX", "MNE", "ALB", "MKD"];
        let figures: Vec<Observation> = shares.iter().zip(areas).map(|(share, area)| printed(share).area(area)).collect();
        let relation = Relation::Shares {
            parts: (0..figures.len()).collect(),
            partial: list == Known::Some,
        };
        check("shares-differ", &[snapshot(figures, vec![relation])], expected);
    }

    #[test]
    fn what_rounding_explains_is_silent() {
        check_shares(&["60%", "22%", "7%", "6%", "5%", "2%"], Known::All, &[]);
        check_shares(&["67%", "26%", "2%", "2%", "2%", "1%"], Known::All, &[]);
        check_shares(&["80%", "20%"], Known::All, &[]);
        check_shares(&["50.5%", "49.5%"], Known::All, &[]);
        check_shares(&["36%", "27%", "7%"], Known::Some, &[]);
        check_shares(&["60%", "41%"], Known::Some, &[]);
    }

    #[test]
    fn what_rounding_cannot_explain_is_an_error() {
        check_shares(
            &["60%", "22%", "17%", "6%", "5%", "2%"],
            Known::All,
            &[
                "error: Share of persons present in Bosnia and Herzegovina, July 2024 and 5 other shares: 60, 22, 17, 6, 5 and 2 add to 112% (109% to 115% by rounding), not to 100%; likelier wrong is 60%, 22% or 17%, as no other alone could mend it",
            ],
        );
        check_shares(
            &["60%", "22%"],
            Known::All,
            &[
                "error: Share of persons present in Bosnia and Herzegovina, July 2024 and 1 other share: 60 and 22 add to 82% (81% to 83% by rounding), not to 100%",
            ],
        );
        check_shares(
            &["60%", "42%"],
            Known::Some,
            &[
                "error: Share of persons present in Bosnia and Herzegovina, July 2024 and 1 other share: 60 and 42 add to 102% (101% to 103% by rounding), though a part of a whole cannot pass 100%",
            ],
        );
    }

    #[test]
    fn shares_by_origin_or_sex_exclude_each_other_without_a_rule() {
        let by_origin = |quotes: [&str; 2]| {
            vec![
                printed(quotes[0]).origin("SYR"),
                printed(quotes[0]).origin("SYR"),
                printed(quotes[1]).origin("AFG"),
            ]
        };
        check("shares-differ", &[snapshot(by_origin(["60%", "40%"]), Vec::new())], &[]);
        check(
            "shares-differ",
            &[snapshot(by_origin(["60%", "52%"]), Vec::new())],
            &[
                "error: Share of persons present from Afghanistan in the Western Balkans, July 2024 and 1 other share: 52 and 60 add to 112% (111% to 113% by rounding), though a part of a whole cannot pass 100%; likeliest wrong is the printed 52% where at most 40.5% would fit",
            ],
        );
        let other_wholes = vec![
            printed("60%").origin("SYR"),
            printed("52%").origin("AFG").area("SRB"),
            printed("52%").area("SRB"),
        ];
        check("shares-differ", &[snapshot(other_wholes, Vec::new())], &[]);
    }

    #[test]
    fn a_share_past_the_whole_needs_no_other_to_be_wrong() {
        check("shares-differ", &[snapshot(vec![printed("100%").area("SRB")], Vec::new())], &[]);
        check(
            "shares-differ",
            &[snapshot(vec![printed("112%").area("SRB")], Vec::new())],
            &[
                "error: Share of persons present in Serbia, July 2024: 112% is printed (111.5% to 112.5% by rounding), though a part of a whole cannot pass 100%",
            ],
        );
        check(
            "shares-differ",
            &[snapshot(vec![printed("112%").of("reception_occupancy")], Vec::new())],
            &[],
        );
    }

    #[test]
    fn what_cutting_off_explains_is_a_note() {
        check_shares(
            &["58%", "20%", "6%", "5%", "4%", "3%"],
            Known::All,
            &[
                "note: Share of persons present in Bosnia and Herzegovina, July 2024 and 5 other shares: 58, 20, 6, 5, 4 and 3 add to 96% (93% to 99% by rounding), not to 100% (cut off instead of rounded would explain it)",
            ],
        );
    }
}
