//! What sentences claim of figures printed beside: a claim goes in, and where no true values satisfy it, a finding of the check whose fault it is.

use rust_decimal::Decimal;

use crate::schema::{Claim, ClaimFigure, ClaimKind, Code, Direction, Extraction, Finding, Interval, List, Order, Statistic, Within};

use super::arithmetic::{self, Reading, Verdict};
use super::check::Check;
use super::wording;

/// What a finding says of how it came about.
pub(super) const METHOD: &str = "claim";

/// What to do about a claim that does not hold.
fn help(within: Within) -> &'static str {
    match within {
        Within::Sentence => "compute it again from the figures of the sentence, and ask the publisher which of them is meant",
        Within::Table => "compute it again from the figures of the table, and ask the publisher which of them is meant",
        Within::Headline => "ask the publisher which of the two is meant",
        Within::Chart => "compare the labels of the chart with its slices, and ask the publisher which of them is meant",
    }
}

/// Figures named in a message; more are cut short.
const FIGURES_NAMED: usize = 8;

/// The code of the fault that a claim shows where it fails.
pub fn code(claim: &Claim) -> Code {
    match claim.kind {
        ClaimKind::Change { .. } | ClaimKind::Difference { .. } | ClaimKind::Points { .. } => "change-differs",
        ClaimKind::Direction { .. } => "sign-contradicts-arrow",
        ClaimKind::Share { .. } | ClaimKind::Average { .. } | ClaimKind::Fraction { .. } => "ratio-differs",
        ClaimKind::Sum { .. } => "total-differs",
        ClaimKind::Repeat { .. } | ClaimKind::Restated { .. } => "repeat-differs",
        ClaimKind::Shares { .. } => "shares-differ",
        ClaimKind::PartOf { .. } => "part-exceeds-whole",
    }
}

/// Raises what the sentences of a snapshot claim in vain and one check is about.
pub(super) fn raise(check: &Check, extraction: &Extraction, findings: &mut Vec<Finding>) {
    for claim in extraction.claims.iter().filter(|claim| code(claim) == check.code) {
        findings.extend(finding(check, extraction, claim));
    }
}

/// Drops a claim's finding where a figure of it is already reported by the rules of its family: those know what it measures.
pub(super) fn yield_to_rules(findings: &mut Vec<Finding>) {
    let by_rule: Vec<_> = findings
        .iter()
        .filter(|finding| finding.method.is_none() && finding.level == 1)
        .flat_map(|finding| finding.mentions.iter().map(|mention| (finding.code, mention.clone())))
        .collect();
    if by_rule.is_empty() {
        return;
    }
    findings.retain(|finding| {
        let told = |mention: &crate::schema::Mention| {
            by_rule
                .iter()
                .any(|(code, known)| *code == finding.code && known.document == mention.document && overlap(known, mention))
        };
        finding.method.is_none() || !finding.mentions.iter().any(told)
    });
}

fn overlap(one: &crate::schema::Mention, other: &crate::schema::Mention) -> bool {
    use crate::schema::Provenance;
    match (one.place, other.place) {
        (Provenance::Bytes { start, end, .. }, Provenance::Bytes { start: first, end: last, .. }) => start < last && first < end,
        (
            Provenance::Box { page, bbox },
            Provenance::Box {
                page: other,
                bbox: box_of_other,
            },
        ) => page == other && bbox[0] < box_of_other[2] && box_of_other[0] < bbox[2] && bbox[1] < box_of_other[3] && box_of_other[1] < bbox[3],
        _ => false,
    }
}

/// Whether some true values satisfy a claim.
pub fn holds(claim: &Claim) -> bool {
    verdict(claim) == Verdict::Holds
}

fn verdict(claim: &Claim) -> Verdict {
    if rests_on_doubt(claim) {
        return Verdict::Holds;
    }
    arithmetic::judge(|reading| is_satisfied(claim, reading))
}

/// Whether two differences may both be a rise, or both a fall.
fn is_one_way(one: Interval, other: Interval) -> bool {
    let up = |of: Interval| of.high > Decimal::ZERO;
    let down = |of: Interval| of.low < Decimal::ZERO;
    up(one) && up(other) || down(one) && down(other)
}

/// Whether a figure that may be something else bears the claim.
fn rests_on_doubt(claim: &Claim) -> bool {
    let any = |figures: &[ClaimFigure]| figures.iter().any(|figure| figure.doubtful);
    match &claim.kind {
        ClaimKind::Change { currents, bases, .. } | ClaimKind::Direction { currents, bases, .. } | ClaimKind::Difference { currents, bases } => {
            any(currents) || any(bases)
        }
        ClaimKind::Points { current, base } => current.doubtful || base.doubtful,
        ClaimKind::Share { parts, wholes } => any(parts) || wholes.first().is_none_or(|whole| any(whole)),
        ClaimKind::Average { totals, numbers } => any(totals) || any(numbers),
        ClaimKind::Fraction { shares } => shares.iter().any(|shares| any(shares)),
        ClaimKind::Sum { parts, .. } => any(parts),
        ClaimKind::Repeat { total } => total.doubtful,
        ClaimKind::Restated { other } => other.doubtful,
        ClaimKind::Shares { shares, .. } => any(shares),
        ClaimKind::PartOf { wholes } => any(wholes),
    }
}

fn is_satisfied(claim: &Claim, reading: Reading) -> Option<bool> {
    let said = || claim.saying.readings.iter().map(|said| widened(*said, claim.saying.cut, reading));
    let interval = |figure: &ClaimFigure| interval(figure, reading);
    Some(match &claim.kind {
        ClaimKind::Change { currents, bases, order } => {
            let mut satisfied = false;
            for (current, base) in pairs(currents, bases) {
                for said in said() {
                    let percent = arithmetic::sum([said, Interval::point(Decimal::ONE_HUNDRED)])?;
                    satisfied |= is_percent_of(interval(current), interval(base), percent)?;
                    satisfied |= *order == Order::Open && is_percent_of(interval(base), interval(current), percent)?;
                }
            }
            satisfied
        }
        ClaimKind::Direction { way, currents, bases } => pairs(currents, bases).any(|(current, base)| {
            let (current, base) = (current.interval, base.interval);
            match way {
                Direction::Up => current.high > base.low,
                Direction::Down => current.low < base.high,
                Direction::Same => true,
            }
        }),
        ClaimKind::Difference { currents, bases } => {
            let (mut satisfied, mut may_be_meant) = (false, false);
            for (current, base) in pairs(currents, bases) {
                let difference = arithmetic::difference(interval(current), interval(base))?;
                satisfied |= said().any(|said| said.meets(difference));
                may_be_meant |= said().any(|said| is_one_way(said, difference) || said.meets(arithmetic::opposite(difference)));
            }
            // What differs the other way, and by another count, is likelier some other figure than a wrong one.
            satisfied || may_be_meant.then_some(false)?
        }
        ClaimKind::Points { current, base } => {
            let difference = arithmetic::difference(interval(current), interval(base))?;
            said().any(|said| said.meets(difference))
        }
        ClaimKind::Share { parts, wholes } => {
            let mut satisfied = false;
            for whole in wholes {
                let whole = arithmetic::sum(whole.iter().map(interval))?;
                for part in parts {
                    for said in said() {
                        satisfied |= is_percent_of(interval(part), whole, said)?;
                    }
                }
            }
            satisfied
        }
        ClaimKind::Average { totals, numbers } => {
            let mut satisfied = false;
            for (total, number) in pairs(totals, numbers) {
                for said in said() {
                    satisfied |= is_average_of(interval(total), interval(number), said)?;
                }
            }
            satisfied
        }
        ClaimKind::Fraction { shares } => {
            let mut satisfied = false;
            for shares in shares {
                let sum = arithmetic::sum(shares.iter().map(interval))?;
                satisfied |= said().any(|said| said.meets(sum));
            }
            satisfied
        }
        ClaimKind::Sum { parts, list } => {
            let sum = arithmetic::sum(parts.iter().map(interval))?;
            said().any(|total| match list {
                List::Closed => total.meets(sum),
                List::Open => sum.low <= total.high,
            })
        }
        ClaimKind::Restated { other } => said().any(|said| said.meets(interval(other))),
        ClaimKind::Repeat { total } => said().any(|said| said.meets(interval(total))),
        ClaimKind::Shares { shares, list } => {
            let sum = arithmetic::sum(shares.iter().map(interval))?;
            sum.low <= Decimal::ONE_HUNDRED && (*list == List::Open || Decimal::ONE_HUNDRED <= sum.high)
        }
        ClaimKind::PartOf { wholes } => said().any(|part| wholes.iter().any(|whole| part.low <= interval(whole).high)),
    })
}

fn pairs<'a>(currents: &'a [ClaimFigure], bases: &'a [ClaimFigure]) -> impl Iterator<Item = (&'a ClaimFigure, &'a ClaimFigure)> {
    currents.iter().flat_map(move |current| bases.iter().map(move |base| (current, base)))
}

fn interval(figure: &ClaimFigure, reading: Reading) -> Interval {
    widened(figure.interval, figure.cut, reading)
}

/// With up to one unit of the last printed place missing, where figures may be cut off.
fn widened(interval: Interval, cut: Decimal, reading: Reading) -> Interval {
    if reading == Reading::Rounded {
        return interval;
    }
    // Half a unit is within the interval already.
    let more = cut / Decimal::TWO;
    if interval.high <= Decimal::ZERO && interval.low < Decimal::ZERO {
        Interval {
            low: interval.low.saturating_sub(more),
            ..interval
        }
    } else {
        Interval {
            high: interval.high.saturating_add(more),
            ..interval
        }
    }
}

/// Whether some total over some number is some such average. Multiplied out, so that no division rounds.
fn is_average_of(total: Interval, number: Interval, average: Interval) -> Option<bool> {
    let reaches = total.high >= average.low.checked_mul(number.low)?;
    let stays = total.low <= average.high.checked_mul(number.high)?;
    Some(reaches && stays)
}

/// Whether some part is some such percentage of some whole. Multiplied out, so that no division rounds.
fn is_percent_of(part: Interval, whole: Interval, percent: Interval) -> Option<bool> {
    let reaches = part.high.checked_mul(Decimal::ONE_HUNDRED)? >= percent.low.max(Decimal::ZERO).checked_mul(whole.low)?;
    let stays = part.low.checked_mul(Decimal::ONE_HUNDRED)? <= percent.high.checked_mul(whole.high)?;
    Some(reaches && stays)
}

fn finding(check: &Check, extraction: &Extraction, claim: &Claim) -> Option<Finding> {
    let verdict = verdict(claim);
    if verdict == Verdict::Holds {
        return None;
    }
    let said = &claim.saying.mention.quote;
    let within = claim.saying.within.as_str();
    let reading = claim.saying.readings.first().copied();
    let (message, expected, figures) = match &claim.kind {
        ClaimKind::Change { currents, bases, .. } => {
            let (current, base) = (currents.first()?, bases.first()?);
            let change = arithmetic::percent_change(base.interval, current.interval)?;
            let change = arithmetic::shortened(change, reading?);
            let words = wording::amounts(Statistic::Change, change);
            let message = format!("“{said}” is said of {} against {}, but that is {words}", printed(current), printed(base));
            (message, change.to_string(), vec![current, base])
        }
        ClaimKind::Direction { currents, bases, .. } => {
            let (current, base) = (currents.first()?, bases.first()?);
            let message = format!(
                "“{said}” is said of {} against {}, which is the other way",
                printed(current),
                printed(base)
            );
            (message, String::new(), vec![current, base])
        }
        ClaimKind::Difference { currents, bases } => {
            let (current, base) = (currents.first()?, bases.first()?);
            let difference = arithmetic::difference(current.interval, base.interval)?;
            let words = wording::amounts(Statistic::Count, difference);
            let message = format!("“{said}” is said of {} against {}, but that is {words}", printed(current), printed(base));
            (message, difference.to_string(), vec![current, base])
        }
        ClaimKind::Points { current, base } => {
            let points = arithmetic::difference(current.interval, base.interval)?;
            let words = wording::amounts(Statistic::ShareChange, points);
            let message = format!("“{said}” is said of {} against {}, but that is {words}", printed(current), printed(base));
            (message, points.to_string(), vec![current.as_ref(), base.as_ref()])
        }
        ClaimKind::Share { parts, wholes } => {
            let (part, whole) = (parts.first()?, wholes.first()?);
            let sum = arithmetic::sum(whole.iter().map(|figure| figure.interval))?;
            let percent = arithmetic::shortened(arithmetic::percent_of(part.interval, sum)?, reading?);
            let words = wording::amounts(Statistic::Ratio, percent);
            let message = format!(
                "“{said}” is said of {}, but {} of {} is {words}",
                printed(part),
                printed(part),
                added(whole)
            );
            (message, percent.to_string(), std::iter::once(part).chain(whole).collect())
        }
        ClaimKind::Average { totals, numbers } => {
            let (total, number) = (totals.first()?, numbers.first()?);
            let average = total.value.checked_div(number.value)?.round_dp(1).normalize();
            let message = format!(
                "“{said}” is said to be the average of {} over {}, but that is {average}",
                printed(total),
                printed(number)
            );
            (message, average.to_string(), vec![total, number])
        }
        ClaimKind::Fraction { shares } => {
            let shares = shares.first()?;
            let sum = arithmetic::sum(shares.iter().map(|share| share.interval))?;
            let words = if shares.len() == 1 {
                added(shares)
            } else {
                format!("{}, {}", added(shares), wording::amounts(Statistic::Share, sum))
            };
            (format!("“{said}” is said of {words}"), reading?.to_string(), shares.iter().collect())
        }
        ClaimKind::Sum { parts, list } => {
            let sum = arithmetic::sum(parts.iter().map(|part| part.interval))?;
            let words = wording::amounts(Statistic::Count, sum);
            let message = match list {
                List::Closed => format!("The parts {} add to {words}, but the {within} says {said}", named(parts)),
                List::Open => format!("The parts {} add to {words}, more than the {said} that the {within} says", named(parts)),
            };
            (message, sum.to_string(), parts.iter().collect())
        }
        ClaimKind::Shares { shares, list } => {
            let sum = arithmetic::sum(shares.iter().map(|share| share.interval))?;
            let words = wording::amounts(Statistic::Share, sum);
            let whole = match list {
                List::Closed => "which leaves nothing out",
                List::Open => "and no shares of one whole pass 100%",
            };
            let message = format!("The shares {} add to {words}, {whole}", named(shares));
            (message, "100".to_owned(), shares.iter().collect())
        }
        ClaimKind::Repeat { total } => {
            let total = total.as_ref();
            let words = printed(total);
            let message = format!("{said} stands in the words, but the total of the table is {words}, which its parts add to");
            (message, total.interval.to_string(), vec![total])
        }
        ClaimKind::Restated { other } => {
            let other = other.as_ref();
            let message = format!("“{said}” stands out on the page, but the words say {}", printed(other));
            (message, other.interval.to_string(), vec![other])
        }
        ClaimKind::PartOf { wholes } => {
            let whole = wholes.first()?;
            let message = format!("{said} are said to be among {}", printed(whole));
            (message, format!("at most {}", whole.interval.high.normalize()), vec![whole])
        }
    };
    let draft = check.draft(message).weighed(verdict).within(&extraction.document).method(METHOD);
    let draft = if matches!(claim.kind, ClaimKind::Shares { .. }) {
        draft
    } else {
        draft.mention(&claim.saying.mention)
    };
    let draft = draft.mentions(figures.into_iter().map(|figure| &figure.mention));
    Some(draft.printed(said).expected(&expected).help(help(claim.saying.within)).finish())
}

fn printed(figure: &ClaimFigure) -> String {
    let around = figure.mention.quote.trim();
    let amount = wording::amount(figure.statistic, figure.value);
    // What a column of round figures stands for need not be told of each.
    let as_its_column = figure.cut.is_zero() && figure.interval.low + figure.interval.high == figure.value * Decimal::TWO;
    if as_its_column || figure.interval.low == figure.interval.high || figure.statistic != Statistic::Count {
        amount
    } else {
        format!("{around} ({})", wording::amounts(Statistic::Count, figure.interval))
    }
}

fn named(figures: &[ClaimFigure]) -> String {
    let words: Vec<String> = figures.iter().map(printed).collect();
    wording::list_up_to(FIGURES_NAMED, &words)
}

fn added(figures: &[ClaimFigure]) -> String {
    match figures {
        [only] => printed(only),
        several => format!("{} together", named(several)),
    }
}
