//! Reports made of one invented truth: whatever is printed of it, no check may speak; whatever fault is planted, one must.

use proptest::prelude::*;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::schema::{Direction, Extraction, Observation, Period, Relation};

use super::testing::{Tell, edition, printed, published};
use super::{Waivers, findings};

const AREAS: [&str; 6] = ["ALB", "BIH", "XKX", "MNE", "MKD", "SRB"];
const ORIGINS: [&str; 4] = ["SYR", "AFG", "TUR", "MAR"];
const YEAR: i16 = 2024;

/// What was so in one month.
#[derive(Debug, Clone)]
struct Month {
    /// Persons present by area.
    present: Vec<u32>,
    /// Arrivals of the month, and of the same month a year before.
    arrivals: u32,
    arrivals_before: u32,
    /// Arrivals by origin, of this month.
    origins: Vec<u32>,
    /// How many of a hundred persons present are children on their own.
    children: u32,
    intentions: u32,
    applications: u32,
}

fn month() -> impl Strategy<Value = Month> {
    let numbers = (
        prop::collection::vec(0_u32..5_000, AREAS.len()),
        1_u32..20_000,
        1_u32..20_000,
        prop::collection::vec(0_u32..3_000, ORIGINS.len()),
        0_u32..100,
        1_u32..30_000,
        0_u32..30_000,
    );
    numbers.prop_map(
        |(present, arrivals, arrivals_before, origins, children, intentions, applications)| Month {
            present,
            arrivals,
            arrivals_before,
            origins,
            children,
            intentions,
            applications,
        },
    )
}

/// How careful a report is: places kept of percentages, and of approximate counts.
#[derive(Debug, Clone, Copy)]
struct Habit {
    decimals: u32,
    rounding: RoundingStrategy,
    hundreds: bool,
}

fn habit() -> impl Strategy<Value = Habit> {
    let rounding = prop_oneof![
        Just(RoundingStrategy::MidpointAwayFromZero),
        Just(RoundingStrategy::MidpointNearestEven),
        Just(RoundingStrategy::MidpointTowardZero)
    ];
    (0_u32..2, rounding, any::<bool>()).prop_map(|(decimals, rounding, hundreds)| Habit {
        decimals,
        rounding,
        hundreds,
    })
}

impl Habit {
    fn percent(self, part: impl Into<Decimal>, whole: impl Into<Decimal>) -> Decimal {
        (part.into() * Decimal::ONE_HUNDRED / whole.into()).round_dp_with_strategy(self.decimals, self.rounding)
    }

    fn some(self, count: u32) -> Observation {
        let place = if self.hundreds { 100 } else { 10 };
        let rounded = (Decimal::from(count) / Decimal::from(place)).round_dp_with_strategy(0, self.rounding) * Decimal::from(place);
        if rounded.is_zero() {
            number(count)
        } else {
            printed(&format!("some {rounded}"))
        }
    }
}

fn number(count: u32) -> Observation {
    printed(&count.to_string())
}

/// Figures and relations of one edition, with a name for each that a fault may be planted in.
struct Report {
    figures: Vec<Observation>,
    relations: Vec<Relation>,
    named: Vec<(&'static str, usize)>,
}

impl Report {
    fn print(&mut self, figure: Observation) -> usize {
        self.figures.push(figure);
        self.figures.len() - 1
    }

    fn name(&mut self, name: &'static str, figure: Observation) -> usize {
        let index = self.print(figure);
        self.named.push((name, index));
        index
    }
}

/// The edition of a month, from the months up to it.
fn report(months: &[Month], habit: Habit) -> Report {
    let number_of_months = i8::try_from(months.len()).unwrap();
    let now = months.last().unwrap();
    let day = Some(Period::day(Period::month(YEAR, number_of_months).unwrap().end));
    let this_month = Period::month(YEAR, number_of_months);
    let so_far = |year| Period::months(year, 1, number_of_months);
    let mut report = Report {
        figures: Vec::new(),
        relations: Vec::new(),
        named: Vec::new(),
    };

    // Persons present: a headline, the same in a sentence, a table with its total, shares, children.
    let total: u32 = now.present.iter().sum();
    let present = |figure: Observation| figure.over(day);
    report.print(present(habit.some(total)));
    report.name("repeat", present(number(total)));
    let table: Vec<usize> = AREAS
        .iter()
        .zip(&now.present)
        .map(|(area, count)| report.print(present(number(*count)).area(area)))
        .collect();
    report.named.push(("part", table[0]));
    let printed_total = report.print(present(number(total)));
    report.relations.push(Relation::Sum {
        total: printed_total,
        parts: table,
        unknown: 0,
    });
    if total > 0 {
        let share = |count: &u32| printed(&format!("{}%", habit.percent(*count, total)));
        let shares: Vec<usize> = AREAS
            .iter()
            .zip(&now.present)
            .map(|(area, count)| report.print(present(share(count)).area(area)))
            .collect();
        report.named.push(("share", shares[0]));
        report.relations.push(Relation::Shares {
            parts: shares,
            partial: false,
        });
    }
    report.name("children", present(number(total * now.children / 100)).group("UASC"));

    // Arrivals: the month, the year so far, the change since the year before, and since the month before.
    let arrivals = |figure: Observation| figure.of("new_arrivals");
    let sum = |of: fn(&Month) -> u32| months.iter().map(of).sum::<u32>();
    let (so_far_now, so_far_before) = (sum(|month| month.arrivals), sum(|month| month.arrivals_before));
    report.print(arrivals(number(now.arrivals)).over(this_month));
    report.name("cumulative", arrivals(number(so_far_now)).over(so_far(YEAR)));
    report.print(arrivals(habit.some(so_far_before)).over(so_far(YEAR - 1)));
    let change = |after: u32, before: u32, base| {
        let percent = habit.percent(i64::from(after) - i64::from(before), before);
        let way = match percent.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Less => Direction::Down,
            std::cmp::Ordering::Equal => Direction::Same,
            std::cmp::Ordering::Greater => Direction::Up,
        };
        arrivals(printed(&format!("{percent}%"))).since(base).pointing(&[way])
    };
    report.name("change", change(so_far_now, so_far_before, so_far(YEAR - 1)).over(so_far(YEAR)));
    if let [.., last, _] = months {
        let base = Period::month(YEAR, number_of_months - 1);
        report.name("change-to-earlier", change(now.arrivals, last.arrivals, base).over(this_month));
    }

    // Origins of the month's arrivals: the largest first, with the change of their shares.
    let all: u32 = now.origins.iter().sum();
    if all > 0 {
        let mut ranked: Vec<(usize, u32)> = now.origins.iter().copied().enumerate().collect();
        ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let mut top = Vec::new();
        for (origin, count) in ranked.into_iter().take(3) {
            let registered = |figure: Observation| figure.of("registrations_on_arrival").origin(ORIGINS[origin]).over(this_month);
            top.push(report.print(registered(printed(&format!("{}%", habit.percent(count, all))))));
            let before = months
                .len()
                .checked_sub(2)
                .map(|index| &months[index].origins)
                .filter(|origins| origins.iter().sum::<u32>() > 0);
            if let Some(before) = before {
                let share = |part: u32, whole: u32| Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole);
                let points = share(count, all) - share(before[origin], before.iter().sum());
                let points = points.round_dp_with_strategy(habit.decimals, habit.rounding);
                report.print(registered(printed(&format!("{points} points"))).since(Period::month(YEAR, number_of_months - 1)));
            }
        }
        report.relations.push(Relation::Ranking { parts: top.clone() });
        report.relations.push(Relation::Shares { parts: top, partial: true });
    }

    // Asylum: applications, intentions, and the ratio of both.
    let applications = now.applications.min(now.intentions);
    let numerator = report.print(number(applications).of("asylum_applications").over(this_month));
    let denominator = report.print(habit.some(now.intentions).of("asylum_intentions").over(this_month));
    let percent = habit.percent(applications, now.intentions);
    let ratio = report.name(
        "ratio",
        printed(&format!("{percent}%")).of("applications_per_intention").ratio().over(this_month),
    );
    report.relations.push(Relation::Ratio {
        ratio,
        numerator,
        denominator,
    });
    report
}

fn edition_name(month: usize) -> String {
    format!("{YEAR}-{month:02}")
}

fn editions(months: &[Month], habit: Habit) -> Vec<Extraction> {
    let issue = |last: usize| {
        let report = report(&months[..last], habit);
        edition(&edition_name(last), report.figures, report.relations)
    };
    (1..=months.len()).map(issue).collect()
}

/// Sets another value in place of a printed one, as a slip of the hand would.
fn misprint(figure: &Observation, value: Decimal) -> Observation {
    let offset = figure.interval.low - figure.value;
    let width = figure.interval.high - figure.interval.low;
    let mut wrong = figure.clone();
    wrong.value = value;
    wrong.interval.low = value + offset;
    wrong.interval.high = wrong.interval.low + width;
    wrong.quote = value.to_string();
    wrong
}

fn codes(extractions: &[Extraction]) -> Vec<(&'static str, &'static str, String)> {
    findings(extractions, &Waivers::default())
        .into_iter()
        .map(|finding| (finding.severity.as_str(), finding.code, finding.message))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_true_is_never_reported(months in prop::collection::vec(month(), 1..6), habit in habit()) {
        let mut all = editions(&months, habit);
        let twin = report(&months, habit);
        all.push(published("twin.html", "text/html", &edition_name(months.len()), twin.figures, twin.relations));
        prop_assert_eq!(codes(&all), Vec::new());
    }

    #[test]
    fn a_planted_fault_is_reported(months in prop::collection::vec(month(), 2..5), habit in habit(), kind in 0_usize..7, slip in 1_u32..900) {
        let (name, code, severity) = [
            ("repeat", "repeat-differs", "error"),
            ("part", "total-differs", "error"),
            ("share", "shares-differ", "error"),
            ("children", "part-exceeds-whole", "error"),
            ("change", "change-differs", "error"),
            ("change-to-earlier", "change-differs", "warning"),
            ("ratio", "ratio-differs", "error"),
        ][kind];
        let mut all = editions(&months, habit);
        let report = report(&months, habit);
        let Some(&(_, index)) = report.named.iter().find(|(known, _)| *known == name) else { return Ok(()) };
        let figure = &report.figures[index];
        let slip = Decimal::from(slip);
        let value = match name {
            "children" => report.figures[1].value + slip,
            // Past what six roundings or one cut, and the precision of the counts, may explain.
            "share" | "ratio" => figure.value + Decimal::from(8) + slip,
            "change" | "change-to-earlier" => figure.value * Decimal::TWO + Decimal::ONE_THOUSAND + slip * Decimal::TEN,
            _ => figure.value + slip,
        };
        // Some 10 stands for 5 to 15: its precision explains almost anything.
        let vague = report.figures.iter().any(|figure| figure.interval.high - figure.interval.low > figure.value.abs() / Decimal::TEN
            && figure.statistic == crate::schema::Statistic::Count);
        prop_assume!(!vague || matches!(name, "part" | "share" | "repeat"));
        let last = all.last_mut().unwrap();
        let mut wrong = misprint(figure, value);
        wrong.id.clone_from(&last.observations[index].id);
        wrong.document.clone_from(&last.observations[index].document);
        wrong.edition.clone_from(&last.observations[index].edition);
        wrong.place = last.observations[index].place;
        last.observations[index] = wrong;
        let codes = codes(&all);
        prop_assert!(codes.iter().any(|found| found.0 == severity && found.1 == code), "{} at {}: {:?}", code, figure.value, codes);
    }

    #[test]
    fn a_medium_that_prints_another_value_is_reported(months in prop::collection::vec(month(), 1..3), habit in habit(), at in any::<prop::sample::Index>()) {
        let mut all = editions(&months, habit);
        let mut twin = report(&months, habit);
        let index = at.index(twin.figures.len());
        twin.figures[index] = misprint(&twin.figures[index], twin.figures[index].value + Decimal::from(2_000));
        let figure = twin.figures[index].clone();
        all.push(published("twin.html", "text/html", &edition_name(months.len()), twin.figures, twin.relations));
        let disagreements = codes(&all).into_iter().filter(|found| found.1 == "snapshots-disagree").count();
        prop_assert_eq!(disagreements, 1, "{:?}", figure);
    }

    #[test]
    fn a_year_to_date_that_falls_and_a_value_restated_are_reported(months in prop::collection::vec(month(), 2..5), habit in habit(), slip in 1_u32..500) {
        let mut all = editions(&months, habit);
        let before = &all[all.len() - 2];
        let so_far = before.observations.iter().find(|figure| figure.indicator == "new_arrivals" && figure.base.is_none()
            && figure.period == Period::months(YEAR, 1, i8::try_from(months.len() - 1).unwrap()).unwrap()).unwrap().clone();
        let mut later = so_far.clone();
        later.value -= Decimal::from(slip).min(so_far.value);
        prop_assume!(later.value != so_far.value);
        later.interval = crate::schema::Interval::point(later.value);
        let name = edition_name(months.len());
        // The later edition prints the earlier months anew, a little lower.
        let last = all.len() - 1;
        all[last].observations.push(Observation { document: format!("{name}.txt"), edition: name.clone(), id: "late".into(), ..later.clone() });
        let found = codes(&all);
        prop_assert!(found.iter().any(|found| found.1 == "restated"), "{:?}", found);
        // The later edition prints nothing but a lower figure for more months.
        let fallen = later.over(Period::months(YEAR, 1, i8::try_from(months.len()).unwrap()));
        all[last] = edition(&name, vec![fallen], Vec::new());
        let found = codes(&all);
        let errors: Vec<&str> = found.iter().filter(|found| found.0 == "error").map(|found| found.1).collect();
        prop_assert_eq!(errors, vec!["cumulative-falls"]);
    }
}

#[test]
fn time_grows_with_the_figures_and_not_faster() {
    // Twenty years of a family with many figures: seconds in a debug build, and a wall for anything quadratic.
    let truth = Month {
        present: vec![10, 20, 30, 40, 50, 60],
        arrivals: 900,
        arrivals_before: 1_000,
        origins: vec![40, 30, 20, 10],
        children: 5,
        intentions: 700,
        applications: 30,
    };
    let habit = Habit {
        decimals: 0,
        rounding: RoundingStrategy::MidpointAwayFromZero,
        hundreds: true,
    };
    let all: Vec<Extraction> = (0..1_000_usize)
        .map(|issue| {
            let report = report(std::slice::from_ref(&truth), habit);
            let figures = report.figures.into_iter().cycle().take(100).collect();
            published(
                &format!("{issue}.txt"),
                "text/plain",
                &format!("{:04}-{:02}", 1_950 + issue / 12, issue % 12 + 1),
                figures,
                report.relations,
            )
        })
        .collect();
    assert_eq!(all.iter().map(|extraction| extraction.observations.len()).sum::<usize>(), 100_000);
    let start = std::time::Instant::now();
    assert_eq!(codes(&all), Vec::new());
    let seconds = start.elapsed().as_secs_f64().to_u64().unwrap_or_default();
    assert!(seconds < 30, "{seconds} s");
}
