//! A month against the year's figures around it, each printed by its own edition: from January to June, July, from January to July.

use crate::schema::{Finding, Observation, Period, Severity, Statistic};
use crate::validate::archive::{self, Archive, Printing};
use crate::validate::arithmetic::{self, Reading, Verdict};
use crate::validate::knowledge;
use crate::validate::wording;

use super::CHECK;

/// Sets every printed month of a flow against the year up to it and the year with it.
pub(super) fn run(archive: &Archive<'_>, findings: &mut Vec<Finding>) {
    for month in archive.figures() {
        let (family, key) = (month[0].family, month[0].key);
        let is_flow = key.statistic == Statistic::Count && knowledge::is_flow(key.indicator.text(), key.period);
        let Some((before, with)) = year_around(key.period).filter(|_| is_flow) else {
            continue;
        };
        let before = archive.printed(family, &key.over(before));
        let with = archive.printed(family, &key.over(with));
        findings.extend(finding(month, before, with));
    }
}

/// From January up to a month, and with it; none for anything but a month after January.
fn year_around(month: Period) -> Option<(Period, Period)> {
    let (year, number) = (month.start.year(), month.start.month());
    if number == 1 || Period::month(year, number) != Some(month) {
        return None;
    }
    Some((Period::months(year, 1, number - 1)?, Period::months(year, 1, number)?))
}

fn finding(month: &[Printing<'_>], before: &[Printing<'_>], with: &[Printing<'_>]) -> Option<Finding> {
    let editions = [month, before, with].map(|printings| printings.first().map(|printing| printing.edition));
    let [Some(_), Some(before_edition), Some(with_edition)] = editions else {
        return None;
    };
    // What one edition prints of all three is told of it alone.
    let alone = before_edition == with_edition || month.iter().any(|printing| !archive::in_edition(before, printing.edition).is_empty());
    if alone && !archive::in_edition(before, with_edition).is_empty() {
        return None;
    }
    let [months, befores, withs] = [month, before, with].map(|printings| archive::values(printings.iter().rev()));
    let verdict = arithmetic::judge(|reading| any_sum(&months, &befores, &withs, reading));
    if verdict != Verdict::Broken {
        return None;
    }
    let (part, year_before, year) = (*months.first()?, *befores.first()?, *withs.first()?);
    if part.unit != year.unit || year_before.unit != year.unit {
        return None;
    }
    let sum = arithmetic::sum([part.interval, year_before.interval])?;
    let gap = arithmetic::difference(year.interval, sum)?;
    let added = gap.low > rust_decimal::Decimal::ZERO;
    let said = |figure: &Observation| {
        format!(
            "{} for {} ({} edition)",
            wording::value(figure),
            wording::period(figure.period),
            figure.edition
        )
    };
    let message = format!(
        "{}: {} and {} make {}, but {} is printed: {}",
        wording::series(year),
        said(year_before),
        said(part),
        wording::amounts(Statistic::Count, sum),
        said(year),
        if added {
            "the earlier months were raised in silence, or one of the three is wrong"
        } else {
            "the earlier months were lowered in silence, or one of the three is wrong"
        }
    );
    // Late registrations are added to months past: a rise alone is the trade's daily bread.
    let severity = if added { Severity::Note } else { Severity::Warning };
    let draft = CHECK.draft(message).severity(severity).level(2);
    let draft = draft
        .figure(year)
        .figure(year_before)
        .figure(part)
        .printed(&year.value.normalize())
        .expected(&sum);
    Some(
        draft
            .help("ask the publisher whether the earlier months were revised; take a month's figure from its own edition")
            .finish(),
    )
}

/// Whether some printed month and the year up to it make some printed year with it; none where it cannot be told.
fn any_sum(months: &[&Observation], befores: &[&Observation], withs: &[&Observation], reading: Reading) -> Option<bool> {
    let mut holds = None;
    for month in arithmetic::possible(months, reading) {
        let sums = |before, with| Some(arithmetic::sum([month, before])?.meets(with));
        match arithmetic::any_pair(befores, withs, reading, sums) {
            Some(true) => return Some(true),
            Some(false) => holds = Some(false),
            None => return None,
        }
    }
    holds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Extraction;
    use crate::validate::testing::{Tell, check, edition, printed};

    fn issue(month: i8, figures: &[(&str, i8, i8)]) -> Extraction {
        let figure = |(quote, first, last): &(&str, i8, i8)| printed(quote).of("registrations_on_arrival").over(Period::months(2024, *first, *last));
        edition(&format!("2024-{month:02}"), figures.iter().map(figure).collect(), Vec::new())
    }

    #[test]
    fn a_month_that_leads_from_one_year_s_figure_to_the_next_is_silent() {
        check(
            "total-differs",
            &[issue(6, &[("7,500", 1, 6)]), issue(7, &[("400", 7, 7), ("7,900", 1, 7)])],
            &[],
        );
        check(
            "total-differs",
            &[issue(6, &[("some 7,500", 1, 6)]), issue(7, &[("421", 7, 7), ("some 7,900", 1, 7)])],
            &[],
        );
        check("total-differs", &[issue(7, &[("400", 7, 7), ("7,900", 1, 7)])], &[]);
    }

    #[test]
    fn a_month_that_does_not_is_a_warning_where_earlier_months_would_have_fallen() {
        check(
            "total-differs",
            &[issue(6, &[("7,500", 1, 6)]), issue(7, &[("900", 7, 7), ("7,900", 1, 7)])],
            &[
                "warning: Registrations on arrival in the Western Balkans: 7,500 for January to June 2024 (2024-06 edition) and 900 for July 2024 (2024-07 edition) make 8,400, but 7,900 for January to July 2024 (2024-07 edition) is printed: the earlier months were lowered in silence, or one of the three is wrong",
            ],
        );
    }

    #[test]
    fn late_additions_to_earlier_months_are_a_note() {
        check(
            "total-differs",
            &[issue(6, &[("7,500", 1, 6)]), issue(7, &[("400", 7, 7), ("7,950", 1, 7)])],
            &[
                "note: Registrations on arrival in the Western Balkans: 7,500 for January to June 2024 (2024-06 edition) and 400 for July 2024 (2024-07 edition) make 7,900, but 7,950 for January to July 2024 (2024-07 edition) is printed: the earlier months were raised in silence, or one of the three is wrong",
            ],
        );
    }

    #[test]
    fn a_printed_revision_explains_it() {
        check(
            "total-differs",
            &[
                issue(6, &[("7,500", 1, 6)]),
                issue(7, &[("900", 7, 7), ("7,900", 1, 7)]),
                issue(8, &[("7,000", 1, 6)]),
            ],
            &[],
        );
    }
}
