//! Faults of a writer's hand: an archive and a kind go in; the same archive with one figure printed wrongly comes out.

use crosstally::schema::{Direction, Extraction, Interval, Observation, Relation, Statistic};
use rust_decimal::Decimal;

use crate::random::Random;

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    TypedDigit,
    SwappedDigits,
    MissingDigit,
    ExtraDigit,
    DroppedPart,
    WrongTotal,
    WrongSign,
    WrongDirection,
    PercentForPoints,
    WrongChange,
    FallingCumulative,
    RestatedValue,
    SharesPastAll,
    RepeatAltered,
    RatioAltered,
    PartAboveWhole,
}

pub(crate) const KINDS: [(Kind, &str); 16] = [
    (Kind::TypedDigit, "typed digit"),
    (Kind::SwappedDigits, "swapped digits"),
    (Kind::MissingDigit, "missing digit"),
    (Kind::ExtraDigit, "extra digit"),
    (Kind::DroppedPart, "dropped part"),
    (Kind::WrongTotal, "wrong total"),
    (Kind::WrongSign, "wrong sign"),
    (Kind::WrongDirection, "wrong direction word"),
    (Kind::PercentForPoints, "percent printed as points"),
    (Kind::WrongChange, "wrong change"),
    (Kind::FallingCumulative, "falling cumulative"),
    (Kind::RestatedValue, "restated value"),
    (Kind::SharesPastAll, "share list over 100"),
    (Kind::RepeatAltered, "repeated figure altered"),
    (Kind::RatioAltered, "ratio altered"),
    (Kind::PartAboveWhole, "part above whole"),
];

/// An archive with one fault.
pub(crate) struct Planted {
    pub(crate) archive: Vec<Extraction>,
    /// The edition it is in, by index.
    pub(crate) edition: usize,
    /// The figure that is wrong, or whose part is gone.
    pub(crate) figure: usize,
    /// Whether another edition proves it, where its own does not.
    pub(crate) proven_between: bool,
}

/// Plants a fault, if the figure that chance picks can have it.
pub(crate) fn plant(random: &mut Random, archive: &[Extraction], kind: Kind) -> Option<Planted> {
    let editions: Vec<usize> = (0..archive.len()).collect();
    let edition = match kind {
        Kind::FallingCumulative | Kind::RestatedValue => archive.len().checked_sub(1).filter(|last| *last > 0)?,
        _ => *random.pick(&editions)?,
    };
    let extraction = &archive[edition];
    let figures = &extraction.observations;
    let all: Vec<usize> = (0..figures.len()).collect();
    let of = |statistic: Statistic| -> Vec<usize> { all.iter().copied().filter(|figure| figures[*figure].statistic == statistic).collect() };
    let sums = || {
        extraction
            .relations
            .iter()
            .enumerate()
            .filter(|(_, relation)| matches!(relation, Relation::Sum { .. }))
    };
    let mut planted = Planted {
        archive: archive.to_vec(),
        edition,
        figure: 0,
        proven_between: false,
    };
    let misprinted = |planted: &mut Planted, figure: usize, value: Decimal| {
        planted.figure = figure;
        let wrong = misprint(&figures[figure], value)?;
        planted.archive[edition].observations[figure] = wrong;
        Some(())
    };
    match kind {
        Kind::TypedDigit | Kind::SwappedDigits | Kind::MissingDigit | Kind::ExtraDigit => {
            let figure = *random.pick(&all)?;
            let value = slipped(random, figures[figure].value, kind)?;
            misprinted(&mut planted, figure, value)?;
        }
        Kind::DroppedPart => {
            let sums: Vec<usize> = sums().map(|(at, _)| at).collect();
            let Relation::Sum { total, parts, .. } = &extraction.relations[*random.pick(&sums)?] else {
                return None;
            };
            let dropped = *random.pick(parts)?;
            planted.archive[edition] = without(extraction, dropped);
            planted.figure = total - usize::from(*total > dropped);
        }
        Kind::WrongTotal => {
            let totals: Vec<usize> = sums()
                .filter_map(|(_, relation)| match relation {
                    Relation::Sum { total, .. } => Some(*total),
                    _ => None,
                })
                .collect();
            let total = *random.pick(&totals)?;
            let value = figures[total].value + Decimal::from(random.between(1, 400));
            misprinted(&mut planted, total, value)?;
        }
        Kind::WrongSign | Kind::WrongDirection => {
            let mut changes = of(Statistic::Change);
            changes.extend(of(Statistic::ShareChange));
            let figure = *random.pick(&changes)?;
            if kind == Kind::WrongSign {
                let value = -figures[figure].value;
                misprinted(&mut planted, figure, value)?;
                if random.below(2) == 0 {
                    for way in &mut planted.archive[edition].observations[figure].directions {
                        *way = opposite(*way);
                    }
                }
            } else {
                planted.figure = figure;
                let wrong = &mut planted.archive[edition].observations[figure];
                let way = if wrong.value > Decimal::ZERO { Direction::Down } else { Direction::Up };
                wrong.directions.push(way);
            }
        }
        Kind::PercentForPoints => {
            let figure = *random.pick(&of(Statistic::ShareChange))?;
            let points = &figures[figure];
            let mut shares = figures
                .iter()
                .filter(|share| share.statistic == Statistic::Share && share.indicator == points.indicator);
            let now = shares.find(|share| share.area == points.area && share.origin == points.origin && share.group == points.group)?;
            let before = now.value - points.value;
            if before <= Decimal::ZERO {
                return None;
            }
            let percent = (points.value * Decimal::ONE_HUNDRED / before).round_dp(points.value.scale());
            misprinted(&mut planted, figure, percent)?;
        }
        Kind::WrongChange => {
            let figure = *random.pick(&of(Statistic::Change))?;
            let value = figures[figure].value + Decimal::from(random.between(-30, 30));
            misprinted(&mut planted, figure, value)?;
        }
        Kind::RatioAltered => {
            let mut ratios = of(Statistic::Ratio);
            ratios.extend(of(Statistic::Share));
            let figure = *random.pick(&ratios)?;
            let value = figures[figure].value + Decimal::from(random.between(-20, 20));
            misprinted(&mut planted, figure, value)?;
        }
        Kind::SharesPastAll => {
            let lists: Vec<&Vec<usize>> = extraction
                .relations
                .iter()
                .filter_map(|relation| match relation {
                    Relation::Shares { parts, .. } => Some(parts),
                    _ => None,
                })
                .collect();
            let list = *random.pick(&lists)?;
            let figure = *random.pick(list)?;
            let value = figures[figure].value + Decimal::from(random.between(5, 70));
            misprinted(&mut planted, figure, value)?;
        }
        Kind::RepeatAltered => {
            let repeated = all.iter().copied().filter(|figure| {
                let one = &figures[*figure];
                let twins = figures.iter().filter(|other| other.value == one.value && is_same(one, other));
                twins.count() > 1
            });
            let figure = *random.pick(&repeated.collect::<Vec<usize>>())?;
            let value = figures[figure].value + Decimal::from(random.between(-90, 90));
            misprinted(&mut planted, figure, value)?;
        }
        Kind::PartAboveWhole => {
            let groups = of(Statistic::Count).into_iter().filter(|figure| !figures[*figure].group.is_empty());
            let figure = *random.pick(&groups.collect::<Vec<usize>>())?;
            let part = &figures[figure];
            let whole = Observation {
                group: String::new(),
                ..part.clone()
            };
            let whole = figures
                .iter()
                .filter(|other| is_same(&whole, other))
                .map(|other| other.interval.high)
                .max()?;
            misprinted(&mut planted, figure, whole.round() + Decimal::from(random.between(1, 900)))?;
        }
        Kind::FallingCumulative => {
            let before = &archive[edition - 1].observations;
            let running = of(Statistic::Count).into_iter().filter_map(|figure| {
                let now = &figures[figure];
                let is_running = |earlier: &&Observation| {
                    earlier.series() == now.series()
                        && earlier.base.is_none()
                        && !earlier.period.is_day()
                        && earlier.period.start == now.period.start
                        && earlier.period.start.month() == 1
                        && earlier.period.end < now.period.end
                };
                before
                    .iter()
                    .filter(is_running)
                    .map(|earlier| earlier.interval.low)
                    .max()
                    .map(|least| (figure, least))
            });
            let (figure, least) = *random.pick(&running.collect::<Vec<(usize, Decimal)>>())?;
            // All printings fall alike: nothing but the edition before tells.
            let value = (least * Decimal::new(random.between(50, 98), 2)).round();
            misprinted(&mut planted, figure, value)?;
            planted.proven_between = planted.archive[edition].observations[figure].interval.high < least;
        }
        Kind::RestatedValue => {
            let before = &archive[edition - 1].observations;
            let again = all.iter().copied().filter(|figure| {
                let alone = figures.iter().filter(|other| is_same(&figures[*figure], other)).count() == 1;
                alone && before.iter().any(|earlier| is_same(&figures[*figure], earlier))
            });
            let figure = *random.pick(&again.collect::<Vec<usize>>())?;
            let value = figures[figure].value + Decimal::from(random.between(3, 300));
            misprinted(&mut planted, figure, value)?;
            let wrong = &planted.archive[edition].observations[figure];
            let earlier = before.iter().filter(|earlier| is_same(wrong, earlier));
            planted.proven_between = earlier.clone().all(|earlier| !earlier.interval.meets(wrong.interval));
        }
    }
    Some(planted)
}

/// Whether two figures are of one series, days and unit.
fn is_same(one: &Observation, other: &Observation) -> bool {
    one.series() == other.series() && one.period == other.period && one.base == other.base && one.unit == other.unit
}

fn opposite(way: Direction) -> Direction {
    match way {
        Direction::Up => Direction::Down,
        Direction::Down => Direction::Up,
        Direction::Same => Direction::Same,
    }
}

/// Another value in place of a printed one, with the same precision; none for what nobody would print.
fn misprint(figure: &Observation, value: Decimal) -> Option<Observation> {
    let is_signed = matches!(figure.statistic, Statistic::Change | Statistic::ShareChange);
    if value == figure.value || (!is_signed && value < Decimal::ZERO) {
        return None;
    }
    let (below, above) = (figure.interval.low - figure.value, figure.interval.high - figure.value);
    let (below, above) = if value.is_sign_negative() == figure.value.is_sign_negative() {
        (below, above)
    } else {
        (-above, -below)
    };
    let mut wrong = figure.clone();
    wrong.value = value;
    wrong.interval = Interval::new(value + below, value + above);
    wrong.quote = value.to_string();
    Some(wrong)
}

/// The value with one slip of the hand.
fn slipped(random: &mut Random, value: Decimal, kind: Kind) -> Option<Decimal> {
    let digits = value.mantissa().unsigned_abs().to_string().into_bytes();
    let at = random.below(digits.len());
    let digit = b'0' + u8::try_from(random.below(10)).ok()?;
    let mut other = digits.clone();
    match kind {
        Kind::TypedDigit => other[at] = digit,
        Kind::SwappedDigits if at + 1 < digits.len() => other.swap(at, at + 1),
        Kind::MissingDigit if digits.len() > 1 => {
            other.remove(at);
        }
        Kind::ExtraDigit => other.insert(at, digit),
        _ => return None,
    }
    if other.first() == Some(&b'0') && other.len() > 1 {
        return None;
    }
    let mantissa: i128 = String::from_utf8(other).ok()?.parse().ok()?;
    let signed = if value.is_sign_negative() { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, value.scale()).ok()
}

/// The extraction without one figure.
fn without(extraction: &Extraction, dropped: usize) -> Extraction {
    let mut left = extraction.clone();
    left.observations.remove(dropped);
    let moved = |figure: usize| (figure != dropped).then(|| figure - usize::from(figure > dropped));
    let all = |figures: &[usize]| figures.iter().filter_map(|figure| moved(*figure)).collect::<Vec<usize>>();
    left.relations = extraction
        .relations
        .iter()
        .filter_map(|relation| {
            Some(match relation {
                Relation::Sum { total, parts, unknown } => Relation::Sum {
                    total: moved(*total)?,
                    parts: all(parts),
                    unknown: *unknown,
                },
                // A list that lost one is no complete list any more.
                Relation::Shares { parts, partial } => Relation::Shares {
                    partial: *partial || parts.contains(&dropped),
                    parts: all(parts),
                },
                Relation::Ranking { parts } => Relation::Ranking { parts: all(parts) },
                Relation::Repeat { first, second } => Relation::Repeat {
                    first: moved(*first)?,
                    second: moved(*second)?,
                },
                Relation::Ratio {
                    ratio,
                    numerator,
                    denominator,
                } => Relation::Ratio {
                    ratio: moved(*ratio)?,
                    numerator: moved(*numerator)?,
                    denominator: moved(*denominator)?,
                },
                Relation::Change { change, current, base } => Relation::Change {
                    change: moved(*change)?,
                    current: moved(*current)?,
                    base: moved(*base)?,
                },
                Relation::PartOf { part, whole } => Relation::PartOf {
                    part: moved(*part)?,
                    whole: moved(*whole)?,
                },
            })
        })
        .collect();
    left
}
