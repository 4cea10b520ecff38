//! Marks of a chart without a printed number to figures: the reading of the mark's length, as sure as the drawing is.

use rust_decimal::{Decimal, RoundingStrategy, prelude::FromPrimitive};

use super::super::{annotated::Annotated, draft::Draft, number, parser::Parser, profile::Rule};
use crate::{
    layout::{Chart, MarkReading, MarkUnit, Region, Text},
    schema::{Fact, Interval, Mention, Method},
};

/// What a mark says, in the unit of the report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    value: Decimal,
    error: Decimal,
}

/// A stand-in for the number that is not printed, so that drawn figures go the way of printed ones.
pub(super) fn stand_in(mark: MarkReading, region: Region) -> Text {
    let mut text = Text::default();
    text.push(if mark.unit == MarkUnit::Percent { "1%" } else { "1" }, region, false);
    text
}

/// What a mark says, times what the title of its axis says that its numbers are counted in.
pub(super) fn drawn(mark: MarkReading, chart: &Chart, parser: &Parser<'_>) -> Option<Drawn> {
    let title = chart.axis.as_ref().map_or("", |title| title.string.as_str());
    let scale = number::scale(title, parser.writing.language);
    let value = Decimal::from_f64(mark.value)?.checked_mul(scale)?;
    let error = Decimal::from_f64(mark.error)?.checked_mul(scale)?;
    Some(Drawn { value, error })
}

impl Drawn {
    /// Turns the figure made of a stand-in into the one that is drawn.
    pub(super) fn put_into(self, draft: &mut Draft, context: &str) {
        // One more place than the error leaves sure, and no more.
        let places = (0..9).find(|places| self.error >= Decimal::new(1, *places)).unwrap_or(9);
        let rounded = |value: Decimal, strategy| value.round_dp_with_strategy(places, strategy).normalize();
        draft.value = rounded(self.value, RoundingStrategy::MidpointAwayFromZero);
        draft.interval = Interval::new(
            rounded(self.value - self.error, RoundingStrategy::ToNegativeInfinity),
            rounded(self.value + self.error, RoundingStrategy::ToPositiveInfinity),
        );
        draft.method = Method::ChartGeometry;
        draft.quote.clear();
        draft.range = 0..0;
        context.clone_into(&mut draft.context);
        draft.offset = draft.context.len();
    }
}

/// Notes a chart with marks that nothing measures: neither a number nor an axis.
pub(super) fn note_unread_marks(parser: &mut Parser<'_>, rule: &Rule, chart: &Chart, heading: Option<&Annotated>) {
    let points = || chart.series.iter().flat_map(|series| &series.points);
    let unread = points().filter(|point| point.label.is_none() && point.mark.is_none()).count();
    if unread == 0 {
        return;
    }
    let name = heading
        .map(Annotated::string)
        .or(chart.title.as_ref().map(|title| title.string.as_str()))
        .or(chart.axis.as_ref().map(|axis| axis.string.as_str()))
        .unwrap_or_default();
    let mention = Mention {
        document: parser.path.to_owned(),
        place: parser.provenance(chart.region),
        quote: name.to_owned(),
        context: name.to_owned(),
        offset: 0,
    };
    parser.facts.push(Fact::UnreadMarks {
        rule: format!("{}/{}", parser.profile.family, rule.id),
        mention,
        unread,
        marks: points().count(),
    });
}
