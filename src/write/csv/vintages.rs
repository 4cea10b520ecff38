//! `vintages.csv`: each series and period with every value printed, by edition.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use crate::{
    schema::{Dataset, Observation},
    write::{
        column::plain,
        figures::{edition, figures, printed},
    },
};

const HEADER: [&str; 21] = [
    "publisher",
    "indicator",
    "statistic",
    "area",
    "origin",
    "sex",
    "group",
    "period_start",
    "period_end",
    "base_start",
    "base_end",
    "unit",
    "vintage",
    "family",
    "edition",
    "value",
    "qualifier",
    "low",
    "high",
    "documents",
    "observations",
];

/// Writes the table: a row for each value an edition prints for a series and period, however often and in whatever media it prints it.
///
/// `vintage` counts the editions that print the figure: 1 is the first, so that `vintage > 1` are the figures said again.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for figure in figures(dataset) {
        for (vintage, of_edition) in figure.chunk_by(|one, other| edition(one) == edition(other)).enumerate() {
            for of_value in of_edition.chunk_by(|one, other| printed(one) == printed(other)) {
                row(&mut writer, vintage + 1, of_value)?;
            }
        }
    }
    writer.flush()
}

fn row(writer: &mut csv::Writer<&mut dyn Write>, vintage: usize, mentions: &[&Observation]) -> io::Result<()> {
    let Some(first) = mentions.first() else { return Ok(()) };
    let mut documents: Vec<&str> = mentions.iter().map(|mention| mention.document.as_str()).collect();
    documents.dedup();
    let ids: Vec<&str> = mentions.iter().map(|mention| mention.id.as_str()).collect();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let cells: [Cow<'_, str>; 21] = [
        first.publisher.as_str().into(),
        first.indicator.as_str().into(),
        first.statistic.as_str().into(),
        first.area.as_str().into(),
        first.origin.as_str().into(),
        first.sex.map_or("", |sex| sex.as_str()).into(),
        first.group.as_str().into(),
        first.period.start.to_string().into(),
        first.period.end.to_string().into(),
        day(first.base.map(|base| base.start)).into(),
        day(first.base.map(|base| base.end)).into(),
        first.unit.as_str().into(),
        vintage.to_string().into(),
        first.family.as_str().into(),
        first.edition.as_str().into(),
        plain(first.value).into(),
        first.qualifier.as_str().into(),
        plain(first.interval.low).into(),
        plain(first.interval.high).into(),
        documents.join(";").into(),
        ids.join(";").into(),
    ];
    writer.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
    Ok(())
}
