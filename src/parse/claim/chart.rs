//! A chart to labels that its own marks contradict, and to the claim that slices of a disc divide one whole.
//!
//! A label is held against its mark only where the other labels of the chart agree with theirs: else it is the reading that is wrong.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::Reader;
use crate::{
    layout::{Chart, ChartKind, MarkReading, Point},
    parse::{annotated::Annotated, number::NumberKind},
    schema::{Claim, ClaimFigure, ClaimKind, Fact, List, Mention, Saying, Statistic, Within},
};

/// Labels that agree with their marks, for each that does not.
const AGREEING: usize = 3;
/// How far a label may be off its mark, in parts of the larger, beside what the reading is sure of.
const SLACK: f64 = 0.06;

/// A printed value and what its mark says.
struct Labelled {
    words: Annotated,
    category: String,
    mark: Option<MarkReading>,
}

impl Reader<'_> {
    /// Adds what a chart of a family that nobody knows says of itself.
    pub(super) fn chart(&mut self, chart: &Chart) {
        if chart.kind == ChartKind::Map {
            return;
        }
        for series in &chart.series {
            let labelled: Vec<Labelled> = series.points.iter().filter_map(|point| self.labelled(point)).collect();
            let (agreeing, differing): (Vec<&Labelled>, Vec<&Labelled>) =
                labelled.iter().filter(|point| point.mark.is_some()).partition(|point| point.agrees());
            if !differing.is_empty() && agreeing.len() >= AGREEING * differing.len() {
                let facts: Vec<Fact> = differing.iter().filter_map(|point| self.difference(point)).collect();
                self.said.facts.extend(facts);
            } else if matches!(chart.kind, ChartKind::Pie | ChartKind::Donut) && labelled.len() == series.points.len() {
                self.said.claims.extend(self.slices(&labelled));
            }
        }
    }

    fn labelled(&self, point: &Point) -> Option<Labelled> {
        let words = Annotated::new(point.label.clone()?, self.writing);
        (!words.numbers.is_empty() && words.malformed.is_empty()).then(|| Labelled {
            words,
            category: point.category.as_ref().map(|text| text.string.clone()).unwrap_or_default(),
            mark: point.mark,
        })
    }

    fn difference(&self, point: &Labelled) -> Option<Fact> {
        let mark = point.mark?;
        let decimals = usize::from(mark.value.abs() < 10.0);
        let unit = if point.words.numbers[0].kind == NumberKind::Percent { "%" } else { "" };
        Some(Fact::LabelDiffersFromMark {
            mention: self.mention(point)?,
            mark: format!("{:.decimals$}{unit}", mark.value),
            observation: None,
        })
    }

    fn mention(&self, point: &Labelled) -> Option<Mention> {
        let range = point.words.numbers[0].range.clone();
        let label = point.words.string();
        let before = if point.category.is_empty() {
            String::new()
        } else {
            format!("{} | ", point.category)
        };
        Some(Mention {
            document: self.path.to_owned(),
            place: crate::parse::provenance(self.document, point.words.region(range.clone())?),
            quote: label[range.clone()].to_owned(),
            offset: before.len() + range.start,
            context: format!("{before}{label}"),
        })
    }

    /// The shares that all slices of a disc are labelled with.
    fn slices(&self, slices: &[Labelled]) -> Option<Claim> {
        let share = |slice: &Labelled| {
            let number = slice
                .words
                .numbers
                .first()
                .filter(|number| number.kind == NumberKind::Percent && number.sign.is_none())?;
            Some(ClaimFigure {
                mention: self.mention(slice)?,
                statistic: Statistic::Share,
                value: number.value,
                interval: number.interval(),
                cut: number.step,
                doubtful: false,
            })
        };
        let shares: Vec<ClaimFigure> = slices.iter().map(share).collect::<Option<_>>()?;
        let mention = shares.first().filter(|_| shares.len() >= 2)?.mention.clone();
        Some(Claim {
            saying: Saying {
                mention,
                readings: Vec::new(),
                cut: Decimal::ZERO,
                within: Within::Chart,
            },
            kind: ClaimKind::Shares { shares, list: List::Closed },
        })
    }
}

impl Labelled {
    fn agrees(&self) -> bool {
        let (Some(mark), Some(number)) = (self.mark, self.words.numbers.first()) else {
            return true;
        };
        let value = number.value.to_f64().unwrap_or(f64::NAN);
        let step = number.step.to_f64().unwrap_or_default();
        let slack = (mark.error * 2.0).max(value.abs().max(mark.value.abs()) * SLACK) + step;
        (value - mark.value).abs() <= slack
    }
}
