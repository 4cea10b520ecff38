//! A figure without what stands around it, for records that no check and no table asks for that: packed, it is an observation with nothing attached.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Attribution, Direction, Interval, Mention, Method, Observation, Period, Provenance, Qualifier, Sex, Statistic, packed};

/// The fields of an [`Observation`], in their order, of which what is left out is empty.
#[derive(Debug, Serialize)]
pub struct Alone<'a> {
    id: &'a str,
    document: &'a str,
    publisher: &'a str,
    family: &'a str,
    layout: &'a str,
    edition: &'a str,
    indicator: &'a str,
    statistic: Statistic,
    area: &'a str,
    origin: &'a str,
    sex: Option<Sex>,
    group: &'a str,
    period: Period,
    base: Option<Period>,
    #[serde(with = "packed::decimal")]
    value: Decimal,
    unit: &'a str,
    qualifier: Qualifier,
    interval: Interval,
    place: Provenance,
    quote: &'a str,
    context: &'a str,
    offset: usize,
    method: Method,
    rule: &'a str,
    footnotes: &'a [String],
    directions: &'a [Direction],
    attached: Attached<'a>,
}

/// The same of [`super::Attached`].
#[derive(Debug, Serialize)]
struct Attached<'a> {
    heading: Option<&'a Mention>,
    label: Option<&'a Mention>,
    notes: &'a [Mention],
    source: Option<&'a Attribution>,
}

impl Observation {
    /// The figure without its footnotes, and of the words around it only whose figure it is said to be.
    pub fn alone(&self) -> Alone<'_> {
        Alone {
            id: &self.id,
            document: &self.document,
            publisher: &self.publisher,
            family: &self.family,
            layout: &self.layout,
            edition: &self.edition,
            indicator: &self.indicator,
            statistic: self.statistic,
            area: &self.area,
            origin: &self.origin,
            sex: self.sex,
            group: &self.group,
            period: self.period,
            base: self.base,
            value: self.value,
            unit: &self.unit,
            qualifier: self.qualifier,
            interval: self.interval,
            place: self.place,
            quote: &self.quote,
            context: &self.context,
            offset: self.offset,
            method: self.method,
            rule: &self.rule,
            footnotes: &[],
            directions: &self.directions,
            attached: Attached {
                heading: None,
                label: None,
                notes: &[],
                source: self.attached.source.as_ref(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::schema::{Attached, Attribution, Observation};
    use crate::{Options, archive::Silent};

    #[test]
    fn packed_it_is_the_figure_with_nothing_around_it_but_whose_it_is_said_to_be() {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/unhcr-western-balkans");
        let dataset = crate::ingest(&[fixtures], &Options::default(), &Silent).expect("the specimens can be read");
        let mut figures: Vec<Observation> = dataset.extractions.into_iter().flat_map(|extraction| extraction.observations).collect();
        assert!(figures.iter().any(|figure| !figure.footnotes.is_empty()), "some have notes");
        assert!(
            figures.iter().any(|figure| figure.attached.heading.is_some()),
            "some stand under a heading"
        );
        let first = &mut figures[0];
        first.attached.source = Some(Attribution {
            publisher: "IOM".to_owned(),
            mention: first.mention(),
        });
        for figure in figures {
            let bytes = postcard::to_stdvec(&figure.alone()).expect("packed");
            let back: Observation = postcard::from_bytes(&bytes).expect("unpacked");
            let expected = Observation {
                footnotes: Vec::new(),
                attached: Attached {
                    source: figure.attached.source.clone(),
                    ..Attached::default()
                },
                ..figure.clone()
            };
            assert_eq!(back, expected, "{}", figure.id);
        }
    }
}
