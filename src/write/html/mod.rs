//! `report/index.html`: what was read, what does not add up and what was restated, on one page for people.

mod coverage;
mod escape;
mod findings;
mod restated;

use std::io::{self, Write};

use super::{
    Folder, WriteError,
    report::{Tally, counted},
};
use crate::schema::{Dataset, Status};
use escape::escaped;

/// Writes `report/index.html`: one file without scripts or links, so that it can be mailed, printed and archived.
pub(super) fn write(dataset: &Dataset, folder: &mut Folder) -> Result<(), WriteError> {
    folder.write("report/index.html", |out| page(dataset, out))
}

fn page(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"crosstally {}\">\n<title>Figures and findings</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n\
         <h1>Figures and findings</h1>\n",
        env!("CARGO_PKG_VERSION"),
        include_str!("style.css"),
    )?;
    let figures: usize = dataset.extractions.iter().map(|extraction| extraction.observations.len()).sum();
    writeln!(
        out,
        "<p>{}, {}; {}{}.</p>",
        counted(dataset.extractions.len(), "snapshot"),
        counted(figures, "figure"),
        Tally::of(&dataset.findings),
        if dataset.waived.is_empty() {
            String::new()
        } else {
            format!(", {} waived", dataset.waived.len())
        },
    )?;
    coverage::write(dataset, out)?;
    findings::write(dataset, out)?;
    restated::write(dataset, out)?;
    snapshots(dataset, out)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

fn snapshots(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<h2 id=\"snapshots\">Snapshots</h2>\n<details>\n<summary>{}</summary>",
        counted(dataset.extractions.len(), "snapshot")
    )?;
    writeln!(
        out,
        "<div class=\"wide\"><table>\n<thead><tr><th>Snapshot</th><th>Family</th><th>Edition</th><th>Medium</th><th class=\"number\">Pages</th>\
         <th class=\"number\">Figures</th><th>Status</th></tr></thead>\n<tbody>"
    )?;
    for extraction in &dataset.extractions {
        let document = &extraction.document;
        let status = match document.status {
            Status::Duplicate => format!("duplicate of {}", document.duplicate_of),
            status => status.as_str().to_owned(),
        };
        writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
            escaped(&document.path),
            escaped(&document.family),
            escaped(&document.edition),
            escaped(&document.media_type),
            document.pages,
            extraction.observations.len(),
            escaped(&status),
        )?;
    }
    writeln!(out, "</tbody>\n</table></div>\n</details>")
}
