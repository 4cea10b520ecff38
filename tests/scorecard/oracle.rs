//! Whether a fault can be proven, and whether its culprit can be told: asked of the definitions, in another way than the checks ask.
//!
//! Every relation says which values it allows one of its figures, given what the others stand for. A figure is provably wrong where a
//! relation allows none of the values it stands for; the culprit can be told where no other single figure, set free, has a value that
//! all of its relations allow. Nothing here uses the code of the checks: relations are written down once more, from their meaning.

use std::collections::BTreeSet;

use crosstally::schema::codebook::{IndicatorEntry, PlaceKind, codebook};
use crosstally::schema::{Extraction, Observation, Relation, Statistic};
use rust_decimal::Decimal;

/// Ends of what is allowed; none is without end.
#[derive(Clone, Copy, Debug)]
struct Allowed {
    low: Option<Decimal>,
    high: Option<Decimal>,
}

const ANYTHING: Allowed = Allowed { low: None, high: None };

#[derive(Debug, Clone, PartialEq)]
enum Law {
    Same(usize, usize),
    Sum {
        total: usize,
        parts: Vec<usize>,
        all: bool,
    },
    Hundred {
        parts: Vec<usize>,
        all: bool,
    },
    Percent {
        percent: usize,
        part: usize,
        whole: usize,
        from: Decimal,
    },
    Points {
        change: usize,
        current: usize,
        base: Option<usize>,
    },
    Least {
        figure: usize,
        value: Decimal,
    },
    AtMost {
        part: usize,
        whole: usize,
    },
}

/// What can be said of a planted figure.
pub(crate) struct Ruling {
    pub(crate) provable: bool,
    /// Whether no other figure alone could be the fault.
    pub(crate) told: bool,
    /// Every figure that relations tie to it, over however many others.
    pub(crate) component: BTreeSet<usize>,
}

pub(crate) fn rule(extraction: &Extraction, planted: usize) -> Ruling {
    let figures = &extraction.observations;
    let laws = laws(extraction);
    let of = |figure: usize| laws.iter().filter(move |law| law.figures().contains(&figure));
    let broken: Vec<&Law> = of(planted).filter(|law| !law.allows(planted, figures, true)).collect();
    let others: BTreeSet<usize> = broken.iter().flat_map(|law| law.figures()).filter(|figure| *figure != planted).collect();
    let could_be = |figure: &usize| {
        broken.iter().all(|law| law.figures().contains(figure))
            && has_a_value(of(*figure).map(|law| law.allowed(*figure, figures)), figures[*figure].statistic)
    };
    let mut component = BTreeSet::from([planted]);
    loop {
        let before = component.len();
        for law in &laws {
            let members = law.figures();
            if members.iter().any(|member| component.contains(member)) {
                component.extend(members);
            }
        }
        if component.len() == before {
            break;
        }
    }
    Ruling {
        provable: !broken.is_empty(),
        told: !broken.is_empty() && !others.iter().any(could_be),
        component,
    }
}

fn has_a_value(allowed: impl Iterator<Item = Option<Allowed>>, statistic: Statistic) -> bool {
    let signed = matches!(statistic, Statistic::Change | Statistic::ShareChange);
    let (mut low, mut high) = (if signed { None } else { Some(Decimal::ZERO) }, None);
    for allowed in allowed.flatten() {
        low = low.max(allowed.low);
        high = match (high, allowed.high) {
            (Some(known), Some(other)) => Some(Decimal::min(known, other)),
            (known, other) => known.or(other),
        };
    }
    low.zip(high).is_none_or(|(low, high)| low <= high)
}

impl Law {
    fn figures(&self) -> Vec<usize> {
        match self {
            Self::Same(one, other) => vec![*one, *other],
            Self::Sum { total, parts, .. } => [*total].into_iter().chain(parts.iter().copied()).collect(),
            Self::Hundred { parts, .. } => parts.clone(),
            Self::Percent { percent, part, whole, .. } => vec![*percent, *part, *whole],
            Self::Points { change, current, base } => [*change, *current].into_iter().chain(*base).collect(),
            Self::Least { figure, .. } => vec![*figure],
            Self::AtMost { part, whole } => vec![*part, *whole],
        }
    }

    /// Whether some value that a figure stands for is allowed, with a hair's breadth for divisions.
    fn allows(&self, figure: usize, figures: &[Observation], generous: bool) -> bool {
        let hair = if generous { Decimal::new(1, 12) } else { Decimal::ZERO };
        let Some(allowed) = self.allowed(figure, figures) else { return true };
        let interval = figures[figure].interval;
        allowed.low.is_none_or(|low| low <= interval.high + hair) && allowed.high.is_none_or(|high| high >= interval.low - hair)
    }

    /// The values that the law allows a figure; none where it does not say.
    fn allowed(&self, figure: usize, figures: &[Observation]) -> Option<Allowed> {
        let (low, high) = (|at: usize| figures[at].interval.low, |at: usize| figures[at].interval.high);
        let hundred = Decimal::ONE_HUNDRED;
        let between = |low: Decimal, high: Decimal| {
            Some(Allowed {
                low: Some(low),
                high: Some(high),
            })
        };
        match self {
            Self::Same(one, other) => {
                let other = if figure == *one { *other } else { *one };
                between(low(other), high(other))
            }
            Self::Sum { total, parts, all } => {
                let rest = || parts.iter().copied().filter(|part| *part != figure);
                let (least, most): (Decimal, Decimal) = (rest().map(low).sum(), rest().map(high).sum());
                if figure == *total {
                    return Some(Allowed {
                        low: Some(least),
                        high: all.then_some(most),
                    });
                }
                Some(Allowed {
                    low: all.then(|| low(*total) - most),
                    high: Some(high(*total) - least),
                })
            }
            Self::Hundred { parts, all } => {
                let rest = || parts.iter().copied().filter(|part| *part != figure);
                let (least, most): (Decimal, Decimal) = (rest().map(low).sum(), rest().map(high).sum());
                Some(Allowed {
                    low: all.then(|| hundred - most),
                    high: Some(hundred - least),
                })
            }
            Self::Percent { percent, part, whole, from } => {
                if low(*whole) <= Decimal::ZERO && figure != *whole {
                    return None;
                }
                let (least, most) = (low(*percent) + from, high(*percent) + from);
                if figure == *percent {
                    return between(low(*part) * hundred / high(*whole) - from, high(*part) * hundred / low(*whole) - from);
                }
                if figure == *part {
                    return between(
                        (low(*whole) * least / hundred).min(high(*whole) * least / hundred),
                        high(*whole) * most / hundred,
                    );
                }
                Some(Allowed {
                    low: (most > Decimal::ZERO).then(|| low(*part) * hundred / most),
                    high: (least > Decimal::ZERO).then(|| high(*part) * hundred / least),
                })
            }
            Self::Points { change, current, base } => {
                let (base_low, base_high) = base.map_or((Decimal::ZERO, hundred), |base| (low(base), high(base)));
                if figure == *change {
                    between(low(*current) - base_high, high(*current) - base_low)
                } else if figure == *current {
                    between(base_low + low(*change), base_high + high(*change))
                } else {
                    between(low(*current) - high(*change), high(*current) - low(*change))
                }
            }
            Self::Least { value, .. } => Some(Allowed {
                low: Some(*value),
                high: None,
            }),
            Self::AtMost { part, whole } if figure == *part => Some(Allowed {
                low: None,
                high: Some(high(*whole)),
            }),
            Self::AtMost { part, .. } => Some(Allowed {
                low: Some(low(*part)),
                ..ANYTHING
            }),
        }
    }
}

/// Whether two figures are of one series and day, but for what a function sets alike.
fn same(one: &Observation, other: &Observation) -> bool {
    one.series() == other.series() && one.period == other.period && one.base == other.base
}

fn laws(extraction: &Extraction) -> Vec<Law> {
    let figures = &extraction.observations;
    let mut laws: Vec<Law> = Vec::new();
    for (one, first) in figures.iter().enumerate() {
        for (other, second) in figures.iter().enumerate().skip(one + 1) {
            if same(first, second) && first.unit == second.unit {
                laws.push(Law::Same(one, other));
            }
        }
    }
    let adds_up = |indicator: &str| codebook().indicator(indicator).is_some_and(IndicatorEntry::is_additive);
    let mut listed: BTreeSet<usize> = BTreeSet::new();
    for relation in &extraction.relations {
        match relation.clone() {
            Relation::Sum { total, parts, unknown } => {
                let of_places = parts.iter().any(|part| figures[*part].area != figures[total].area);
                let known = codebook().indicator(&figures[total].indicator).is_some();
                if !of_places || !known || adds_up(&figures[total].indicator) {
                    laws.push(Law::Sum {
                        total,
                        parts,
                        all: unknown == 0,
                    });
                }
            }
            Relation::Shares { parts, partial } => {
                listed.extend(&parts);
                laws.push(Law::Hundred { parts, all: !partial });
            }
            Relation::Ranking { .. } => {}
            Relation::Repeat { first, second } => laws.push(Law::Same(first, second)),
            Relation::Ratio {
                ratio,
                numerator,
                denominator,
            } => laws.push(Law::Percent {
                percent: ratio,
                part: numerator,
                whole: denominator,
                from: Decimal::ZERO,
            }),
            Relation::Change { change, current, base } => laws.push(Law::Percent {
                percent: change,
                part: current,
                whole: base,
                from: Decimal::ONE_HUNDRED,
            }),
            Relation::PartOf { part, whole } => laws.push(Law::AtMost { part, whole }),
        }
    }
    // The first printing stands for its series; the others are the same.
    let find = |wanted: &Observation| {
        let mut fitting = figures.iter().enumerate().filter(|(_, figure)| same(figure, wanted));
        fitting.next().map(|(at, _)| at)
    };
    let like = |figure: &Observation, statistic: Statistic| Observation {
        statistic,
        base: None,
        ..figure.clone()
    };
    for (at, figure) in figures.iter().enumerate() {
        let is_first = find(figure) == Some(at);
        let composites = || codebook().places().iter().filter(|place| place.members.contains(&figure.area));
        let wholes = |figure: &Observation| {
            let mut wholes: Vec<Observation> = Vec::new();
            for whole in [
                Observation {
                    origin: String::new(),
                    ..figure.clone()
                },
                Observation { sex: None, ..figure.clone() },
                Observation {
                    group: String::new(),
                    ..figure.clone()
                },
            ] {
                if !same(&whole, figure) {
                    wholes.push(whole);
                }
            }
            wholes
        };
        match figure.statistic {
            Statistic::Count if is_first => {
                let mut larger = wholes(figure);
                if adds_up(&figure.indicator) {
                    larger.extend(composites().map(|place| Observation {
                        area: place.code.clone(),
                        ..figure.clone()
                    }));
                }
                laws.extend(larger.iter().filter_map(find).map(|whole| Law::AtMost { part: at, whole }));
                let flows = figures.iter().enumerate().filter(|(_, other)| {
                    let flows = codebook()
                        .indicator(&other.indicator)
                        .map_or(!other.period.is_day(), |entry| format!("{:?}", entry.kind) == "Flow");
                    flows && other.series() == figure.series() && other.period != figure.period && other.unit == figure.unit
                });
                let holding = flows.filter(|(_, other)| other.period.start <= figure.period.start && figure.period.end <= other.period.end);
                laws.extend(holding.map(|(whole, _)| Law::AtMost { part: at, whole }));
                let members = codebook().members(&figure.area);
                let parts: Vec<usize> = members
                    .iter()
                    .filter_map(|area| {
                        find(&Observation {
                            area: area.clone(),
                            ..figure.clone()
                        })
                    })
                    .collect();
                if adds_up(&figure.indicator) && parts.len() > 1 {
                    let all = parts.len() == members.len();
                    laws.push(Law::Sum { total: at, parts, all });
                }
            }
            Statistic::Share | Statistic::Ratio => {
                let part = like(figure, Statistic::Count);
                let candidates: Vec<Observation> = if figure.indicator == "reception_occupancy" && figure.statistic == Statistic::Ratio {
                    vec![Observation {
                        indicator: "reception_capacity".into(),
                        ..part.clone()
                    }]
                } else if figure.statistic == Statistic::Share {
                    let wholes = wholes(&part);
                    let of_places = || {
                        composites()
                            .map(|place| Observation {
                                area: place.code.clone(),
                                ..part.clone()
                            })
                            .collect()
                    };
                    if wholes.is_empty() { of_places() } else { wholes }
                } else {
                    Vec::new()
                };
                let candidates: Vec<usize> = candidates.iter().filter_map(find).collect();
                if let ([whole], Some(part)) = (&candidates[..], find(&part)) {
                    laws.push(Law::Percent {
                        percent: at,
                        part,
                        whole: *whole,
                        from: Decimal::ZERO,
                    });
                }
                let single = codebook().place(&figure.origin).is_some_and(|entry| entry.kind != PlaceKind::Composite);
                if figure.statistic == Statistic::Share && figure.indicator != "reception_occupancy" && !listed.contains(&at) {
                    let rivals = figures.iter().enumerate().filter(|(other, rival)| {
                        let alike = Observation {
                            sex: figure.sex,
                            origin: figure.origin.clone(),
                            ..(*rival).clone()
                        };
                        let apart = if figure.sex.is_some() {
                            rival.sex.is_some() && rival.sex != figure.sex && rival.origin == figure.origin
                        } else {
                            single && rival.sex.is_none() && !rival.origin.is_empty() && rival.origin != figure.origin
                        };
                        apart && same(&alike, figure) && find(rival) == Some(*other) && !listed.contains(other)
                    });
                    let parts = [at].into_iter().chain(rivals.map(|(other, _)| other)).collect();
                    laws.push(Law::Hundred { parts, all: false });
                }
            }
            Statistic::Change => {
                laws.push(Law::Least {
                    figure: at,
                    value: -Decimal::ONE_HUNDRED,
                });
                let current = like(figure, Statistic::Count);
                let base = figure
                    .base
                    .filter(|base| *base != figure.period)
                    .and_then(|period| find(&Observation { period, ..current.clone() }));
                if let (Some(current), Some(base)) = (find(&current), base) {
                    laws.push(Law::Percent {
                        percent: at,
                        part: current,
                        whole: base,
                        from: Decimal::ONE_HUNDRED,
                    });
                }
            }
            Statistic::ShareChange => {
                let current = like(figure, Statistic::Share);
                let base = figure
                    .base
                    .filter(|base| *base != figure.period)
                    .and_then(|period| find(&Observation { period, ..current.clone() }));
                if let Some(current) = find(&current) {
                    laws.push(Law::Points { change: at, current, base });
                }
            }
            Statistic::Count => {}
        }
    }
    laws
}
