//! Invented archives: monthly editions that print one truth, each with its own way of rounding, and with every relation that is judged.

use std::ops::RangeInclusive;

use crosstally::schema::{
    Direction, DocumentRecord, Extraction, Interval, Method, Observation, Period, Provenance, Qualifier, Relation, Sex, Statistic,
};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::random::Random;

const AREAS: [&str; 6] = ["ALB", "BIH", "XKX", "MNE", "MKD", "SRB"];
const ORIGINS: [&str; 8] = ["SYR", "AFG", "TUR", "MAR", "EGY", "IRQ", "PAK", "IND"];

/// What was so in one month.
struct Month {
    /// Persons present by origin and area.
    present: Vec<Vec<i64>>,
    children: i64,
    men: i64,
    arrivals: i64,
    arrivals_before: i64,
    intentions: i64,
    applications: i64,
}

/// The monthly editions of some years, so many months of each.
pub(crate) fn archive(random: &mut Random, name: &str, years: RangeInclusive<i16>, months_a_year: usize) -> Vec<Extraction> {
    let mut archive = Vec::new();
    let mut year_before: Vec<i64> = (0..months_a_year).map(|_| random.between(200, 9_000)).collect();
    for year in years {
        let decimals = u32::try_from(random.below(2)).expect("small");
        let months: Vec<Month> = year_before.iter().map(|before| month(random, *before)).collect();
        archive.extend((1..=months.len()).map(|last| edition(name, year, &months[..last], decimals)));
        year_before = months.iter().map(|month| month.arrivals).collect();
    }
    archive
}

fn month(random: &mut Random, arrivals_before: i64) -> Month {
    let present: Vec<Vec<i64>> = ORIGINS.iter().map(|_| AREAS.iter().map(|_| random.between(3, 900)).collect()).collect();
    let all: i64 = present.iter().flatten().sum();
    let intentions = random.between(500, 20_000);
    Month {
        children: random.between(1, all / 4),
        men: random.between(all / 3, all),
        present,
        arrivals: random.between(200, 9_000),
        arrivals_before,
        intentions,
        applications: random.between(20, intentions),
    }
}

struct Page {
    path: String,
    edition: String,
    decimals: u32,
    figures: Vec<Observation>,
    relations: Vec<Relation>,
}

/// What a figure is of.
#[derive(Clone, Copy)]
struct Of<'a> {
    indicator: &'a str,
    area: &'a str,
    origin: &'a str,
    period: Period,
    base: Option<Period>,
    sex: Option<Sex>,
    group: &'a str,
}

impl Page {
    fn print(&mut self, of: Of<'_>, statistic: Statistic, value: Decimal, step: Decimal, qualifier: Qualifier) -> usize {
        let at = self.figures.len();
        let unit = match statistic {
            Statistic::Count => "persons",
            Statistic::ShareChange => "percentage_points",
            _ => "percent",
        };
        let way = match value.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Less => Direction::Down,
            std::cmp::Ordering::Equal => Direction::Same,
            std::cmp::Ordering::Greater => Direction::Up,
        };
        let is_change = matches!(statistic, Statistic::Change | Statistic::ShareChange);
        self.figures.push(Observation {
            id: format!("{}#{at}", self.path),
            document: self.path.clone(),
            publisher: "INVENTED".into(),
            family: "invented".into(),
            layout: "dashboard".into(),
            edition: self.edition.clone(),
            indicator: of.indicator.into(),
            statistic,
            area: of.area.into(),
            origin: of.origin.into(),
            sex: of.sex,
            group: of.group.into(),
            period: of.period,
            base: of.base,
            value,
            unit: unit.into(),
            qualifier,
            interval: Interval::printed(value, step, qualifier),
            place: Provenance::Bytes {
                start: at as u64 * 100,
                end: at as u64 * 100 + 5,
                line: u32::try_from(at).expect("small") + 1,
                column: 1,
            },
            quote: value.to_string(),
            context: value.to_string(),
            offset: 0,
            method: Method::Sentence,
            rule: "invented/figure".into(),
            footnotes: Vec::new(),
            attached: crosstally::schema::Attached::default(),
            directions: if is_change { vec![way] } else { Vec::new() },
        });
        at
    }

    fn count(&mut self, of: Of<'_>, count: i64) -> usize {
        self.print(of, Statistic::Count, count.into(), Decimal::ZERO, Qualifier::Exact)
    }

    fn some(&mut self, of: Of<'_>, count: i64) -> usize {
        let hundreds = (count + 50) / 100 * 100;
        self.print(of, Statistic::Count, hundreds.into(), Decimal::ONE_HUNDRED, Qualifier::About)
    }

    fn percent(&mut self, of: Of<'_>, statistic: Statistic, percent: Decimal) -> usize {
        let value = percent.round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero);
        self.print(of, statistic, value, Decimal::new(1, self.decimals), Qualifier::Exact)
    }
}

fn percent_of(part: i64, whole: i64) -> Decimal {
    Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole)
}

fn edition(name: &str, year: i16, months: &[Month], decimals: u32) -> Extraction {
    let number = i8::try_from(months.len()).expect("few");
    let edition = format!("{year}-{number:02}");
    let path = format!("{name}/{edition}.txt");
    let mut page = Page {
        path: path.clone(),
        edition: edition.clone(),
        decimals,
        figures: Vec::new(),
        relations: Vec::new(),
    };
    let month = |number| Period::month(year, number).expect("a month");
    let so_far = |year| Period::months(year, 1, number).expect("months in order");
    let now = &months[months.len() - 1];
    let of = Of {
        indicator: "persons_present",
        area: "WBALK",
        origin: "",
        period: Period::day(month(number).end),
        base: None,
        sex: None,
        group: "",
    };
    let by_origin: Vec<i64> = now.present.iter().map(|areas| areas.iter().sum()).collect();
    let all: i64 = by_origin.iter().sum();

    // The headline, and the same in a sentence, with children and men among them.
    page.some(of, all);
    page.count(of, all);
    page.count(of, all);
    page.count(Of { group: "UASC", ..of }, now.children);
    page.percent(Of { group: "UASC", ..of }, Statistic::Share, percent_of(now.children, all));
    page.count(Of { sex: Some(Sex::Male), ..of }, now.men);

    // A table of origins and areas, with totals on both sides.
    let cells: Vec<Vec<usize>> = now
        .present
        .iter()
        .zip(ORIGINS)
        .map(|(areas, origin)| {
            areas
                .iter()
                .zip(AREAS)
                .map(|(count, area)| page.count(Of { area, origin, ..of }, *count))
                .collect()
        })
        .collect();
    let rows: Vec<usize> = by_origin
        .iter()
        .zip(ORIGINS)
        .map(|(count, origin)| page.count(Of { origin, ..of }, *count))
        .collect();
    let by_area: Vec<i64> = (0..AREAS.len()).map(|area| now.present.iter().map(|areas| areas[area]).sum()).collect();
    let columns: Vec<usize> = by_area
        .iter()
        .zip(AREAS)
        .map(|(count, area)| page.count(Of { area, ..of }, *count))
        .collect();
    let corner = page.count(of, all);
    let sum = |total: usize, parts: Vec<usize>| Relation::Sum { total, parts, unknown: 0 };
    for (total, parts) in rows.iter().zip(&cells) {
        page.relations.push(sum(*total, parts.clone()));
    }
    for (area, total) in columns.iter().enumerate() {
        page.relations.push(sum(*total, cells.iter().map(|row| row[area]).collect()));
    }
    page.relations.push(sum(corner, rows));
    page.relations.push(sum(corner, columns));

    // Shares of the areas, all of them; the largest origins only.
    let parts = by_area
        .iter()
        .zip(AREAS)
        .map(|(count, area)| page.percent(Of { area, ..of }, Statistic::Share, percent_of(*count, all)));
    let parts: Vec<usize> = parts.collect();
    page.relations.push(Relation::Shares { parts, partial: false });
    let mut ranked: Vec<(i64, &str)> = by_origin.iter().copied().zip(ORIGINS).collect();
    ranked.sort_unstable_by_key(|(count, _)| std::cmp::Reverse(*count));
    let parts = ranked[..3]
        .iter()
        .map(|(count, origin)| page.percent(Of { origin, ..of }, Statistic::Share, percent_of(*count, all)));
    let parts: Vec<usize> = parts.collect();
    page.relations.push(Relation::Ranking { parts: parts.clone() });
    page.relations.push(Relation::Shares { parts, partial: true });

    // Arrivals of the month, of the year so far and of the year before, with the changes; each earlier month again.
    let arrivals = Of {
        indicator: "new_arrivals",
        ..of
    };
    for (index, earlier) in months.iter().enumerate() {
        let period = month(i8::try_from(index + 1).expect("few"));
        page.count(Of { period, ..arrivals }, earlier.arrivals);
    }
    let total: i64 = months.iter().map(|month| month.arrivals).sum();
    let before: i64 = months.iter().map(|month| month.arrivals_before).sum();
    let running = Of {
        period: so_far(year),
        ..arrivals
    };
    page.count(running, total);
    page.count(running, total);
    page.some(
        Of {
            period: so_far(year - 1),
            ..arrivals
        },
        before,
    );
    let change = Of {
        base: Some(so_far(year - 1)),
        ..running
    };
    let percent = percent_of(total - before, before);
    page.percent(change, Statistic::Change, percent);
    page.percent(change, Statistic::Change, percent);
    if let [.., last, _] = months {
        let change = Of {
            period: month(number),
            base: Some(month(number - 1)),
            ..arrivals
        };
        page.percent(change, Statistic::Change, percent_of(now.arrivals - last.arrivals, last.arrivals));
        // Children's share of the month before, and by how many points it moved.
        let earlier: i64 = last.present.iter().flatten().sum();
        let day = Period::day(month(number - 1).end);
        let children = Of { group: "UASC", ..of };
        page.percent(Of { period: day, ..children }, Statistic::Share, percent_of(last.children, earlier));
        let points = percent_of(now.children, all) - percent_of(last.children, earlier);
        page.percent(Of { base: Some(day), ..children }, Statistic::ShareChange, points);
    }

    // Asylum: both counts and their ratio.
    let asylum = |indicator| Of {
        indicator,
        period: month(number),
        ..of
    };
    let numerator = page.count(asylum("asylum_applications"), now.applications);
    let denominator = page.count(asylum("asylum_intentions"), now.intentions);
    let ratio = page.percent(
        asylum("applications_per_intention"),
        Statistic::Ratio,
        percent_of(now.applications, now.intentions),
    );
    page.relations.push(Relation::Ratio {
        ratio,
        numerator,
        denominator,
    });
    Extraction {
        document: DocumentRecord {
            path: path.clone(),
            media_type: "text/plain".into(),
            hash: path,
            publisher: "INVENTED".into(),
            family: "invented".into(),
            layout: "dashboard".into(),
            edition,
            pages: 1,
            ..DocumentRecord::default()
        },
        observations: page.figures,
        relations: page.relations,
        ..Extraction::default()
    }
}
