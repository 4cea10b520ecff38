//! `history`: every value ever printed for a series, by period and edition, from the observations that an earlier `ingest` wrote.

mod filter;
mod row;

use std::{io::Write, process::ExitCode};

use crosstally::write::terminal::{Ink, Terminal, clipped, columns, padded, printable_text};

use super::error::{Error, Result};
use crate::arguments::HistoryArguments;
use filter::Filter;
use row::Row;

/// Prints the series asked for.
pub(crate) fn run(arguments: &HistoryArguments, terminal: Terminal, out: &mut dyn Write) -> Result<ExitCode> {
    let file = arguments.output.join("observations.csv");
    let rows = row::read(&file)?;
    let filter = Filter::parse(&arguments.series, &rows)?;
    let mut rows: Vec<Row> = rows.into_iter().filter(|row| filter.takes(row)).collect();
    if rows.is_empty() {
        let message = format!("{} holds no figure of {}", file.display(), arguments.series);
        return Err(Error::Usage(message));
    }
    // Stable: mentions of one value stay in the order of their places.
    rows.sort_by(|one, other| (one.series(), one.figure(), one.printed()).cmp(&(other.series(), other.figure(), other.printed())));
    if arguments.json {
        for row in &rows {
            writeln!(out, "{}", row.json())?;
        }
    } else {
        for (index, series) in rows.chunk_by(|one, other| one.series() == other.series()).enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            write_series(series, terminal, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write_series(rows: &[Row], terminal: Terminal, out: &mut dyn Write) -> Result<()> {
    let widest = |text: fn(&Row) -> String| rows.iter().map(|row| columns(&text(row))).max().unwrap_or(0);
    let widths = [widest(edition), widest(Row::value), widest(quote)];
    writeln!(out, "{}", terminal.paint(Ink::Strong, &rows[0].title()))?;
    for figure in rows.chunk_by(|one, other| one.figure() == other.figure()) {
        writeln!(out, "  {}", figure[0].period())?;
        let mut before: Option<&Row> = None;
        for mentions in figure.chunk_by(|one, other| one.printed() == other.printed()) {
            write_value(mentions, before, widths, terminal, out)?;
            before = mentions.first();
        }
    }
    Ok(())
}

/// A value that an edition prints: its interval, how it is printed, where first, and whether an earlier edition said otherwise.
fn write_value(mentions: &[Row], before: Option<&Row>, widths: [usize; 3], terminal: Terminal, out: &mut dyn Write) -> Result<()> {
    let first = &mentions[0];
    let texts = [edition(first), first.value(), quote(first)];
    write!(out, "   ")?;
    for (text, width) in texts.iter().zip(widths) {
        write!(out, " {} ", padded(text, width))?;
    }
    let place = printable_text(&format!("{}, {}", first.get("document"), first.get("place")));
    write!(out, " {}", terminal.paint(Ink::Faint, &place))?;
    if mentions.len() > 1 {
        write!(out, " and {} more", mentions.len() - 1)?;
    }
    if before.is_some_and(|before| !before.meets(first)) {
        write!(out, "  {}", terminal.paint(Ink::Warning, "restated"))?;
    }
    writeln!(out)?;
    Ok(())
}

fn edition(row: &Row) -> String {
    printable_text(row.get("edition"))
}

fn quote(row: &Row) -> String {
    clipped(row.get("quote"), 24)
}
