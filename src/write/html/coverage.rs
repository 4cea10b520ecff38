//! Editions down, promised figures across: which of them were read, by family.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::escape::escaped;
use crate::{
    schema::{Dataset, Extraction},
    write::promises::rules,
};

/// Writes a table for each family.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let mut families: BTreeMap<&str, Vec<&Extraction>> = BTreeMap::new();
    for extraction in dataset.extractions.iter().filter(|extraction| !extraction.promises.is_empty()) {
        families.entry(&extraction.document.family).or_default().push(extraction);
    }
    if !families.is_empty() {
        writeln!(out, "<h2 id=\"coverage\">What was read</h2>")?;
    }
    for (family, mut editions) in families {
        editions.sort_by_key(|extraction| (&extraction.document.edition, &extraction.document.path));
        write_family(family, &editions, out)?;
    }
    Ok(())
}

fn write_family(family: &str, editions: &[&Extraction], out: &mut dyn Write) -> io::Result<()> {
    let rules = rules(editions);
    writeln!(
        out,
        "<h3>{}</h3>\n<div class=\"wide\"><table>\n<thead><tr><th>Edition</th><th>Snapshot</th><th class=\"number\">Figures</th>",
        escaped(family)
    )?;
    for rule in &rules {
        let name = rule.rsplit('/').next().unwrap_or(rule);
        writeln!(out, "<th>{}</th>", escaped(&name.replace(['_', '-'], " ")))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for extraction in editions {
        write!(
            out,
            "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td>",
            escaped(&extraction.document.edition),
            escaped(&extraction.document.path),
            extraction.observations.len()
        )?;
        for rule in &rules {
            let state = extraction
                .promises
                .iter()
                .find(|promise| promise.rule == *rule)
                .map_or("", |promise| promise.state.as_str());
            write!(out, "<td class=\"{state}\">{state}</td>")?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table></div>")
}
