//! Figures that editions print with different values, each with its value by edition.

use std::io::{self, Write};

use super::escape::escaped;
use crate::{
    schema::{Dataset, Observation},
    write::{column::plain, figures::figures, report::counted},
};

/// More figures than this are counted only; `vintages.csv` has them all.
const FIGURES_SHOWN: usize = 500;

/// Writes a table of the figures of which two printed intervals do not meet.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let restated: Vec<Vec<&Observation>> = figures(dataset).into_iter().filter(|figure| differs(figure)).collect();
    if restated.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "<h2 id=\"restated\">Figures with more than one value</h2>\n<details open>\n<summary>{}</summary>\n<div class=\"wide\"><table>\n\
         <thead><tr><th>Figure</th><th>Period</th><th>Edition</th><th>Printed</th><th class=\"number\">Value</th><th>Where</th></tr></thead>\n<tbody>",
        counted(restated.len(), "figure")
    )?;
    for figure in restated.iter().take(FIGURES_SHOWN) {
        write_figure(figure, out)?;
    }
    writeln!(out, "</tbody>\n</table></div>")?;
    if restated.len() > FIGURES_SHOWN {
        writeln!(out, "<p class=\"faint\">and {} more</p>", restated.len() - FIGURES_SHOWN)?;
    }
    writeln!(out, "</details>")
}

fn differs(figure: &[&Observation]) -> bool {
    let low = figure.iter().map(|mention| mention.interval.low).max();
    let high = figure.iter().map(|mention| mention.interval.high).min();
    low > high
}

fn write_figure(figure: &[&Observation], out: &mut dyn Write) -> io::Result<()> {
    let values = figure.chunk_by(|one, other| (&one.edition, one.value) == (&other.edition, other.value));
    for (index, mentions) in values.enumerate() {
        let mention = mentions[0];
        let (name, period) = if index == 0 {
            let base = mention.base.map(|base| format!(" against {base}")).unwrap_or_default();
            (name(mention), format!("{}{base}", mention.period))
        } else {
            (String::new(), String::new())
        };
        writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"place\">{}, {}</td></tr>",
            escaped(&name),
            escaped(&period),
            escaped(&mention.edition),
            escaped(&mention.quote),
            plain(mention.value),
            escaped(&mention.document),
            escaped(&mention.place.to_string()),
        )?;
    }
    Ok(())
}

fn name(observation: &Observation) -> String {
    let parts = [
        observation.publisher.as_str(),
        &observation.indicator,
        observation.statistic.as_str(),
        &observation.area,
        &observation.origin,
        observation.sex.map_or("", |sex| sex.as_str()),
        &observation.group,
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
