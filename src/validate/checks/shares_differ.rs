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

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::schema::{Extraction, Finding, Interval, Observation, Relation, Severity, Statistic};
use crate::validate::arithmetic::{self, Reading, Verdict};
use crate::validate::check::{Check, Scope};
use crate::validate::claims;
use crate::validate::key::{Figures, Key};
use crate::validate::{knowledge, wording};

pub(super) static CHECK: Check = Check {
    code: "shares-differ",
    severity: Severity::Error,
    level: 1,
    source: include_str!("shares_differ.rs"),
    runs: &[Scope::Snapshot(run), Scope::Snapshot(claimed)],
};

/// Shares named in a message; a longer list is cut short.
const SHARES_NAMED: usize = 8;

fn run(extraction: &Extraction, findings: &mut Vec<Finding>) {
    let mut declared: BTreeSet<Key<'_>> = BTreeSet::new();
    for relation in &extraction.relations {
        let Relation::Shares { parts, partial } = relation else { continue };
        let shares: Option<Vec<&Observation>> = parts.iter().map(|part| extraction.observations.get(*part)).collect();
        let Some(shares) = shares.filter(|shares| !shares.is_empty()) else {
            continue;
        };
        declared.extend(shares.iter().map(|share| Key::of(share)));
        findings.extend(finding(extraction, &shares, if *partial { List::Largest } else { List::Complete }));
    }
    for shares in undeclared(&Figures::of(&extraction.observations), &declared) {
        findings.extend(finding(extraction, &shares, List::Largest));
    }
}

/// Shares by sex, and shares by origin, of one whole: no rule says that they are complete, but they exclude each other. Any other
/// share stands alone.
fn undeclared<'a>(figures: &Figures<'a>, declared: &BTreeSet<Key<'_>>) -> Vec<Vec<&'a Observation>> {
    let mut wholes: BTreeMap<(Key<'a>, &str), Vec<&'a Observation>> = BTreeMap::new();
    let mut known: BTreeSet<(Key<'a>, &str)> = BTreeSet::new();
    for group in figures.groups().filter(|group| group[0].key.statistic == Statistic::Share) {
        let key = group[0].key;
        let whole = match (key.sex, key.origin) {
            (Some(_), _) => (Key { sex: None, ..key }, "by sex"),
            (None, origin) if !origin.is_empty() && knowledge::is_single(origin) => (Key { origin: "", ..key }, "by origin"),
            // More persons than places may stay in a centre.
            _ if key.indicator == "reception_occupancy" => continue,
            _ => (key, "alone"),
        };
        if declared.contains(&key) {
            known.insert(whole);
        } else {
            // Of several printings the most precise counts.
            wholes.entry(whole).or_default().extend(figures.values(&key).first());
        }
    }
    wholes.retain(|whole, _| !known.contains(whole));
    wholes.into_values().collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Complete,
    Largest,
}

fn finding(extraction: &Extraction, shares: &[&Observation], list: List) -> Option<Finding> {
    let whole = Decimal::ONE_HUNDRED;
    let add = |reading| arithmetic::sum(shares.iter().map(|share| arithmetic::interval(share, reading)));
    let verdict = arithmetic::judge(|reading| {
        let sum = add(reading)?;
        Some(if list == List::Complete { sum.contains(whole) } else { sum.low <= whole })
    });
    if verdict == Verdict::Holds {
        return None;
    }
    let sum = add(Reading::Rounded)?;
    let printed = shares.iter().try_fold(Decimal::ZERO, |total, share| total.checked_add(share.value))?;
    let quotes: Vec<String> = shares.iter().map(|share| wording::number(share.value)).collect();
    let mut message = match shares {
        [share] => format!("{} is {}", wording::figure(share), wording::value(share)),
        _ => format!(
            "{} and {}: {} add to {}",
            wording::figure(shares[0]),
            wording::counted(shares.len() - 1, "other share", "other shares"),
            wording::list_up_to(SHARES_NAMED, &quotes),
            wording::amount(Statistic::Share, printed),
        ),
    };
    if sum != Interval::point(printed) {
        message = format!("{message} ({} by rounding)", wording::amounts(Statistic::Share, sum));
    }
    message.push_str(if list == List::Complete {
        ", not to 100%"
    } else {
        ", though a part of a whole cannot pass 100%"
    });
    let expected = if list == List::Complete { "100" } else { "at most 100" };
    let draft = CHECK.draft(message).weighed(verdict).within(&extraction.document);
    let draft = draft.figures(shares.iter().copied()).printed(&printed.normalize()).expected(&expected);
    Some(
        draft
            .help("compare the shares with the editions before and after, and see whether one is missing")
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

    fn check_shares(shares: &[&str], list: List, expected: &[&str]) {
        let areas = ["BIH", "SRB", "XKX", "MNE", "ALB", "MKD"];
        let figures: Vec<Observation> = shares.iter().zip(areas).map(|(share, area)| printed(share).area(area)).collect();
        let relation = Relation::Shares {
            parts: (0..figures.len()).collect(),
            partial: list == List::Largest,
        };
        check("shares-differ", &[snapshot(figures, vec![relation])], expected);
    }

    #[test]
    fn what_rounding_explains_is_silent() {
        check_shares(&["60%", "22%", "7%", "6%", "5%", "2%"], List::Complete, &[]);
        check_shares(&["67%", "26%", "2%", "2%", "2%", "1%"], List::Complete, &[]);
        check_shares(&["80%", "20%"], List::Complete, &[]);
        check_shares(&["50.5%", "49.5%"], List::Complete, &[]);
        check_shares(&["36%", "27%", "7%"], List::Largest, &[]);
        check_shares(&["60%", "41%"], List::Largest, &[]);
    }

    #[test]
    fn what_rounding_cannot_explain_is_an_error() {
        check_shares(
            &["60%", "22%", "17%", "6%", "5%", "2%"],
            List::Complete,
            &[
                "error: Share of persons present in Bosnia and Herzegovina, July 2024 and 5 other shares: 60, 22, 17, 6, 5 and 2 add to 112% (109% to 115% by rounding), not to 100%",
            ],
        );
        check_shares(
            &["60%", "22%"],
            List::Complete,
            &[
                "error: Share of persons present in Bosnia and Herzegovina, July 2024 and 1 other share: 60 and 22 add to 82% (81% to 83% by rounding), not to 100%",
            ],
        );
        check_shares(
            &["60%", "42%"],
            List::Largest,
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
                "error: Share of persons present from Afghanistan in the Western Balkans, July 2024 and 1 other share: 52 and 60 add to 112% (111% to 113% by rounding), though a part of a whole cannot pass 100%",
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
                "error: Share of persons present in Serbia, July 2024 is 112% (111.5% to 112.5% by rounding), though a part of a whole cannot pass 100%",
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
            List::Complete,
            &[
                "note: Share of persons present in Bosnia and Herzegovina, July 2024 and 5 other shares: 58, 20, 6, 5, 4 and 3 add to 96% (93% to 99% by rounding), not to 100% (cut off instead of rounded would explain it)",
            ],
        );
    }
}
