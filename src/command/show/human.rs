//! A document for people: its blocks in reading order, tables drawn, charts as lists of points, each with its place.

use std::io::{self, Write};

use crosstally::{
    layout::{Block, Chart, ChartKind, Document, Item, Page, Point, Region, Table, Text},
    write::{
        report::counted,
        terminal::{Ink, Terminal, clipped, columns, padded, wrapped},
    },
};

use super::{Reading, grid, place, reading, unit};

/// Text stands this far from the left, so that kinds and places can be told from it.
const INDENT: &str = "    ";

/// Categories longer than this are cut in lists of points.
const CATEGORY_COLUMNS: usize = 36;

/// Prints the document; `unread` are the pictures that look as if they held figures.
pub(super) fn write(name: &str, document: &Document, unread: &[Region], terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let about = format!("{name}, {}, {}", document.media_type, counted(document.pages.len(), "page"));
    writeln!(out, "{}", terminal.paint(Ink::Strong, &about))?;
    if let Some(title) = &document.title {
        writeln!(out, "title: {}", with_marks(title))?;
    }
    for repair in &document.repairs {
        writeln!(out, "{}: {repair}", terminal.paint(Ink::Warning, "repaired"))?;
    }
    for loss in &document.losses {
        writeln!(out, "{}: {loss}", terminal.paint(Ink::Error, "lost"))?;
    }
    for page in &document.pages {
        writeln!(out)?;
        if page.width > 0.0 {
            write_page_heading(page, terminal, out)?;
        }
        for item in &page.items {
            match item {
                Item::Block(block) => write_block(document, block, terminal, out)?,
                Item::Table(table) => write_table(document, table, terminal, out)?,
                Item::Chart(chart) => write_chart(document, chart, terminal, out)?,
            }
        }
        for picture in &page.pictures {
            let label = if unread.contains(picture) {
                "picture that may hold figures, not read"
            } else {
                "picture"
            };
            write_label(label, &place(document, *picture), terminal, out)?;
        }
    }
    Ok(())
}

fn write_page_heading(page: &Page, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let mut heading = format!(
        "page {}, {:.0} by {:.0} points, {}",
        page.number,
        page.width,
        page.height,
        counted(page.words.len(), "word")
    );
    if page.hidden_words > 0 {
        heading += &format!(", {} left out because nobody sees them", counted(page.hidden_words as usize, "word"));
    }
    if page.unmapped_glyphs > 0 {
        heading += &format!(", {} of {} glyphs map to no character", page.unmapped_glyphs, page.glyphs);
    }
    writeln!(out, "{}", terminal.paint(Ink::Strong, &heading))
}

fn write_label(label: &str, place: &str, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  {}", terminal.paint(Ink::Note, label), terminal.paint(Ink::Faint, place))
}

fn write_block(document: &Document, block: &Block, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let mut label = block.kind.as_str().to_owned();
    if block.level > 0 {
        label += &format!(" {}", block.level);
    }
    if !block.labels.is_empty() {
        label += &format!(" {}", block.labels.join(","));
    }
    write_label(&label, &place(document, block.region), terminal, out)?;
    write_text(&with_marks(&block.text), terminal, out)
}

fn write_text(text: &str, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    for line in wrapped(text, terminal.width.saturating_sub(INDENT.len())) {
        writeln!(out, "{INDENT}{line}")?;
    }
    Ok(())
}

fn write_table(document: &Document, table: &Table, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let size = format!("table {} by {}", table.rows, table.columns);
    write_label(&size, &place(document, table.region), terminal, out)?;
    if let Some(caption) = &table.caption {
        write_text(&with_marks(caption), terminal, out)?;
    }
    for line in grid::lines(table, terminal.width.saturating_sub(INDENT.len())) {
        writeln!(out, "{INDENT}{line}")?;
    }
    Ok(())
}

fn write_chart(document: &Document, chart: &Chart, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let label = match chart.kind {
        ChartKind::Map => "map".to_owned(),
        kind => format!("{} chart", kind.as_str()),
    };
    write_label(&label, &place(document, chart.region), terminal, out)?;
    if let Some(title) = chart.heading.as_ref().or(chart.title.as_ref()) {
        write_text(&with_marks(title), terminal, out)?;
    }
    if let Some(axis) = &chart.axis {
        write_text(&format!("axis: {}", with_marks(axis)), terminal, out)?;
    }
    let unit = unit(chart).map(|unit| format!(" {}", unit.replace('_', " "))).unwrap_or_default();
    for series in &chart.series {
        let indent = if let Some(name) = &series.name {
            writeln!(
                out,
                "{INDENT}{}",
                terminal.paint(Ink::Strong, &clipped(&name.string, terminal.width.saturating_sub(4)))
            )?;
            format!("{INDENT}  ")
        } else {
            INDENT.to_owned()
        };
        let category = |point: &Point| {
            let name = point.category.as_ref().map_or("", |category| category.string.as_str());
            clipped(name, CATEGORY_COLUMNS)
        };
        let width = series.points.iter().map(|point| columns(&category(point))).max().unwrap_or(0);
        for point in &series.points {
            writeln!(out, "{indent}{}  {}", padded(&category(point), width), said(chart, point, &unit))?;
        }
    }
    Ok(())
}

/// What is printed at a point, and what its mark says.
fn said(chart: &Chart, point: &Point, unit: &str) -> String {
    let label = point.label.as_ref().map(|label| label.string.as_str());
    let mark = point.mark.map(|mark| {
        let by = if mark.from_axis { "its axis" } else { "the other labels" };
        let places = places(mark.error);
        format!("mark {:.places$} ± {:.places$} by {by}", mark.value, mark.error)
    });
    match (reading(chart, point), label, mark) {
        (Some(Reading::Label(_)), Some(label), Some(mark)) => format!("{}  ({mark})", clipped(label, 40)),
        (Some(Reading::Mark(mark)), None, _) => {
            let by = if mark.from_axis { "its axis" } else { "the other labels" };
            let places = places(mark.error);
            format!("{:.places$}{unit} ± {:.places$}, read from the mark by {by}", mark.value, mark.error)
        }
        (_, Some(label), Some(mark)) => format!("{}  (no number; {mark})", clipped(label, 40)),
        (_, Some(label), None) => clipped(label, 40),
        (_, None, _) => "no label, no reading".to_owned(),
    }
}

/// Decimals that tell an error: two, and more where it is finer.
fn places(error: f64) -> usize {
    (2..8_u8).find(|places| error >= 10_f64.powi(-i32::from(*places))).map_or(8, usize::from)
}

/// The text with its footnote marks put back, as `[^1]`.
fn with_marks(text: &Text) -> String {
    let mut string = String::with_capacity(text.string.len());
    let mut from = 0;
    for mark in &text.marks {
        let at = mark.at.clamp(from, text.string.len());
        if let Some(part) = text.string.get(from..at) {
            string.push_str(part);
            from = at;
        }
        string.push_str(&format!("[^{}]", mark.label));
    }
    string.push_str(text.string.get(from..).unwrap_or_default());
    string
}
