//! Plain and Markdown-like text: decoded characters in, headings, sentences, lists, notes, figures with captions and tables out.

mod blocks;
mod columns;
mod emphasis;
mod entity;
mod heading;
mod inline;
mod line;
mod table;
mod uneven;

use super::InputError;
use crate::layout::{Document, Item, Page, Region, Source};
use blocks::Blocks;
use line::{Kind, Line};
use table::Part;

/// Most lines of a text. The longest reports have some thousands; each line may become a block of a few hundred bytes.
const MOST_LINES: usize = 400_000;
/// Most signs that may part cells, for the same reason.
const MOST_CELLS: usize = 800_000;

/// Reads a text, unless it is a dump of data rather than a report.
pub(crate) fn read(source: Source) -> Result<Document, InputError> {
    // What is shorter cannot have as many.
    if source.text.len() >= MOST_LINES {
        over("lines", line::count(&source.text), MOST_LINES)?;
        over(
            "tabs and pipes",
            source.text.bytes().filter(|byte| matches!(byte, b'\t' | b'|')).count(),
            MOST_CELLS,
        )?;
    }
    let (items, pictures) = items(&source.text);
    Ok(Document {
        media_type: "text/plain",
        pages: vec![Page {
            number: 1,
            items,
            pictures,
            ..Page::default()
        }],
        source: Some(source),
        ..Document::default()
    })
}

fn over(what: &str, count: usize, most: usize) -> Result<(), InputError> {
    if count > most {
        return Err(InputError::OverLimit {
            cause: format!("the text has {count} {what}, more than {most}"),
        });
    }
    Ok(())
}

fn items(source: &str) -> (Vec<Item>, Vec<Region>) {
    let mut lines = line::lines(source);
    let mut tables = part_tables(source, &mut lines).into_iter().peekable();
    tell_stars(&mut lines);
    let mut items = Vec::new();
    let mut pictures = Vec::new();
    let mut blocks = Blocks::new(source);
    let mut at = 0;
    while at < lines.len() {
        if let Some((_, taken, table, seen)) = tables.next_if(|(start, ..)| *start == at) {
            items.extend(std::mem::take(&mut blocks.done).into_iter().map(Item::Block));
            items.push(Item::Table(table));
            pictures.extend(seen);
            at += taken;
            continue;
        }
        match lines[at].kind {
            Kind::Blank | Kind::Rule(_) => at += 1,
            Kind::Heading(level) => {
                blocks.heading(&lines[at], level);
                at += 1;
            }
            _ => {
                let until = group_end(&lines, at, tables.peek().map(|(start, ..)| *start));
                let underlined = lines.get(until).map(|line| &line.kind);
                match (underlined, until - at) {
                    (Some(Kind::Rule('=')), 1) if lines[at].kind == Kind::Words => blocks.heading(&lines[at], 1),
                    (Some(Kind::Rule('-')), 1) if lines[at].kind == Kind::Words && is_short(&lines[at]) => blocks.heading(&lines[at], 2),
                    _ => blocks.group(&lines[at..until]),
                }
                at = until;
            }
        }
    }
    items.extend(blocks.done.into_iter().map(Item::Block));
    pictures.extend(blocks.pictures);
    pictures.sort_by_key(|region| match region {
        Region::Bytes { start, .. } => *start,
        Region::Box { .. } => 0,
    });
    (blocks::settle(items), pictures)
}

type FoundTable = (usize, usize, crate::layout::Table, Vec<Region>);

/// Finds the tables, by first line; lines with tabs or pipes that are none become words.
fn part_tables(source: &str, lines: &mut [Line]) -> Vec<FoundTable> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let parts = table::tables(source, &lines[at..]);
        if parts.is_empty() {
            at += 1;
        }
        for part in parts {
            match part {
                Part::Table {
                    table,
                    pictures,
                    lines: taken,
                } => {
                    found.push((at, taken, table, pictures));
                    at += taken;
                }
                Part::Words(taken) => {
                    for line in lines[at..at + taken]
                        .iter_mut()
                        .filter(|line| matches!(line.kind, Kind::Tabs | Kind::Pipes))
                    {
                        line::without_cells(source, line);
                    }
                    at += taken;
                }
            }
        }
    }
    found
}

/// `* words` next to another such line is an entry of a list; alone it is the note to a star.
fn tell_stars(lines: &mut [Line]) {
    let shown: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].kind != Kind::Blank).collect();
    let stars: Vec<bool> = shown.iter().map(|at| lines[*at].kind == Kind::Star).collect();
    for (index, at) in shown.iter().enumerate() {
        if stars[index] && !(index > 0 && stars[index - 1]) && !stars.get(index + 1).is_some_and(|star| *star) {
            lines[*at].kind = Kind::Note(vec!["*".to_owned()]);
        }
    }
}

/// The line after the last that stands together with the first.
fn group_end(lines: &[Line], first: usize, table: Option<usize>) -> usize {
    let mut end = first + 1;
    while end < lines.len() && table != Some(end) && !lines[end].page_break && matches!(lines[end].kind, Kind::Words | Kind::Figure) {
        end += 1;
    }
    end
}

fn is_short(line: &Line) -> bool {
    line.content.len() <= 120
}

#[cfg(test)]
mod tests;
