//! `history`: every value ever printed for a series, by period and edition, from the observations that an earlier `ingest` wrote.

mod filter;
mod row;

use std::{io::Write, process::ExitCode};

use crosstally::write::terminal::{Ink, Terminal, clipped, clipped_start, columns, padded, printable_text};

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
        for figure in rows.chunk_by(|one, other| (one.series(), one.figure()) == (other.series(), other.figure())) {
            for (number, mentions) in vintages(figure).enumerate() {
                for row in mentions {
                    writeln!(out, "{}", row.json(number + 1, &figure[0]))?;
                }
            }
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

/// The printings of a figure by edition.
fn vintages(figure: &[Row]) -> impl Iterator<Item = &[Row]> {
    figure.chunk_by(|one, other| one.get("edition") == other.get("edition"))
}

fn write_series(rows: &[Row], terminal: Terminal, out: &mut dyn Write) -> Result<()> {
    let widest = |text: fn(&Row) -> String| rows.iter().map(|row| columns(&text(row))).max().unwrap_or(0);
    let widths = [widest(edition), widest(Row::value), widest(quote)];
    writeln!(out, "{}", terminal.paint(Ink::Strong, &rows[0].title()))?;
    for figure in rows.chunk_by(|one, other| one.figure() == other.figure()) {
        writeln!(out, "  {}", figure[0].period())?;
        let mut before: &[Row] = &[];
        for of_edition in vintages(figure) {
            for mentions in of_edition.chunk_by(|one, other| one.printed() == other.printed()) {
                write_value(mentions, &figure[0], before, widths, terminal, out)?;
            }
            before = of_edition;
        }
    }
    Ok(())
}

/// A value that an edition prints: its interval, how it is printed, where first, whether an earlier edition said otherwise, and the words.
fn write_value(mentions: &[Row], oldest: &Row, before: &[Row], widths: [usize; 3], terminal: Terminal, out: &mut dyn Write) -> Result<()> {
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
    if !before.is_empty() && before.iter().all(|before| !before.meets(first)) {
        let since = match first.difference(oldest) {
            difference if difference.is_empty() => String::new(),
            difference => format!(", {difference} since {}", edition(oldest)),
        };
        write!(out, "  {}", terminal.paint(Ink::Warning, &format!("restated{since}")))?;
    }
    writeln!(out)?;
    let words = excerpt(first, terminal.width.saturating_sub(10).max(20));
    if words != texts[2] {
        writeln!(out, "          {}", terminal.paint(Ink::Faint, &words))?;
    }
    Ok(())
}

/// The words that the figure stands in, cut on both sides around it to a width.
fn excerpt(row: &Row, width: usize) -> String {
    let context = row.get("context").split_whitespace().collect::<Vec<_>>().join(" ");
    let quote = row.get("quote").split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((before, after)) = context.split_once(&quote).filter(|_| !quote.is_empty()) else {
        return clipped(&context, width);
    };
    let quote = clipped(&quote, width);
    let room = width - columns(&quote);
    // Each side may use what the other leaves.
    let after_wanted = columns(&clipped(after, room));
    let before = clipped_start(before, (room / 2).max(room - after_wanted));
    let after = clipped(after, room - columns(&before));
    format!("{before}{quote}{after}")
}

fn edition(row: &Row) -> String {
    printable_text(row.get("edition"))
}

fn quote(row: &Row) -> String {
    clipped(row.get("quote"), 24)
}
