//! Series to the report: every value that editions print for an indicator, one file for each publisher, indicator and statistic.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{contents::Contents, data, findings::severity, json::words};
use crate::{
    schema::Observation,
    write::{
        Folder, WriteError,
        column::plain,
        figures::{edition, figures, printed},
    },
};

/// Writes the files, and says what the overview lists of each:
/// `[file, publisher, indicator, statistic, unit, areas, origins, editions]`.
pub(super) fn write(contents: &Contents<'_>, folder: &Folder) -> Result<Vec<Value>, WriteError> {
    let figures = figures(contents.dataset);
    let kind = |figure: &[&Observation]| {
        let first = figure[0];
        (first.publisher.clone(), first.indicator.clone(), first.statistic, first.unit.clone())
    };
    let mut listed = Vec::new();
    // Figures are sorted by publisher, indicator and statistic; units of one statistic are one, or told apart by the next file.
    for (number, of_kind) in figures.chunk_by(|one, other| kind(one) == kind(other)).enumerate() {
        let first = of_kind[0][0];
        let file = format!("series-{}", number + 1);
        let mut rows = Vec::new();
        let (mut areas, mut origins, mut printing) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for figure in of_kind {
            areas.insert(figure[0].area.as_str());
            origins.insert(figure[0].origin.as_str());
            printing.extend(figure.iter().map(|mention| (mention.family.as_str(), mention.edition.as_str())));
            for (vintage, of_edition) in figure.chunk_by(|one, other| edition(one) == edition(other)).enumerate() {
                rows.extend(
                    of_edition
                        .chunk_by(|one, other| printed(one) == printed(other))
                        .map(|value| row(contents, vintage + 1, value)),
                );
            }
        }
        listed.push(json!([
            file,
            words(&first.publisher),
            first.indicator,
            first.statistic.as_str(),
            first.unit,
            areas,
            origins,
            printing.len()
        ]));
        data(&file, &[("rows", Value::Array(rows))], folder)?;
    }
    Ok(listed)
}

/// `[area, origin, sex, group, start, end, base start, base end, family, edition, vintage, value, low, high, qualifier, printed, document, id,
/// mentions, severity]`: one value that an edition prints of a figure.
fn row(contents: &Contents<'_>, vintage: usize, mentions: &[&Observation]) -> Value {
    let first = mentions[0];
    let worst = mentions.iter().filter_map(|mention| contents.worst(&mention.id)).min();
    json!([
        first.area,
        first.origin,
        first.sex.map_or("", |sex| sex.as_str()),
        words(&first.group),
        first.period.start.to_string(),
        first.period.end.to_string(),
        first.base.map_or_else(String::new, |base| base.start.to_string()),
        first.base.map_or_else(String::new, |base| base.end.to_string()),
        contents.family(&first.family),
        words(&first.edition),
        vintage,
        plain(first.value),
        plain(first.interval.low),
        plain(first.interval.high),
        first.qualifier.as_str(),
        words(&first.quote),
        contents.document(&first.document),
        first.id,
        mentions.len(),
        worst.map(severity),
    ])
}
