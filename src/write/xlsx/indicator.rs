//! An indicator's sheet: areas or origins down, editions across, a block for each kind of number and period.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::{
    Book,
    cell::{fitting, note, number},
    relative::{Cumulation, Relative, relative},
    sheets::Sheets,
};
use crate::{
    schema::{
        Observation, Sex, Statistic,
        codebook::{Additivity, IndicatorEntry, codebook},
    },
    write::column::plain,
};

/// Columns that say what a row is.
const LABELS: [(&str, f64); 5] = [("publisher", 11.0), ("area", 30.0), ("origin", 26.0), ("sex", 5.0), ("group", 8.0)];
/// Rows above the first block.
const TOP: u32 = 4;
/// Cells of a sheet, each a link: Excel keeps no more. Editions past it go on in another sheet.
const MOST_CELLS: usize = 65_000;
/// Editions of a sheet; Excel has 16,384 columns.
const MOST_EDITIONS: usize = 16_000;

/// Numbers of one kind and period.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Block<'a> {
    statistic: Statistic,
    period: Relative,
    base: Option<Relative>,
    unit: &'a str,
}

/// A row of a block; the place of the area in the sheet's order comes first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line<'a> {
    publisher: &'a str,
    area: (bool, &'a str),
    origin: (bool, &'a str),
    sex: Option<Sex>,
    group: &'a str,
}

type Mentions<'a> = Vec<&'a Observation>;
type Lines<'a> = BTreeMap<Line<'a>, BTreeMap<&'a str, Mentions<'a>>>;
type Blocks<'a> = BTreeMap<Block<'a>, Lines<'a>>;

/// Writes the sheet, or several where one cannot hold all editions; none for an indicator that no report prints.
pub(super) fn write(book: &Book, entry: &IndicatorEntry, workbook: &mut Workbook, sheets: &mut Sheets) -> Result<(), XlsxError> {
    let blocks = blocks(book, entry);
    let used = used(&blocks);
    for editions in parts(&blocks) {
        let sheet = sheets.add(workbook, &entry.code)?;
        let part = Part {
            labels: &used,
            editions: &editions,
        };
        top(book, entry, sheet, part)?;
        let mut row = TOP;
        for (block, lines) in &blocks {
            row = write_block(book, block, lines, part, sheet, row)?;
        }
    }
    Ok(())
}

/// What stands across in a sheet: the labels that some row has, then editions.
#[derive(Clone, Copy)]
struct Part<'a> {
    labels: &'a [usize],
    editions: &'a BTreeSet<&'a str>,
}

impl Part<'_> {
    /// The column of the first edition.
    fn first(self) -> u16 {
        self.labels.len() as u16
    }
}

/// The labels that some row has, by their place in the list of labels.
fn used(blocks: &Blocks) -> Vec<usize> {
    let lines: Vec<[String; 5]> = blocks.values().flat_map(BTreeMap::keys).map(labels).collect();
    (0..LABELS.len())
        .filter(|at| lines.iter().any(|labels| !labels[*at].is_empty()))
        .collect()
}

fn labels(line: &Line) -> [String; 5] {
    [
        line.publisher.to_owned(),
        named(line.area.1),
        named(line.origin.1),
        line.sex.map_or("", |sex| sex.as_str()).to_owned(),
        line.group.to_owned(),
    ]
}

fn blocks<'a>(book: &'a Book<'a>, entry: &IndicatorEntry) -> Blocks<'a> {
    let cumulation = if entry.is_cumulative() {
        Cumulation::SinceJanuary
    } else {
        Cumulation::Month
    };
    let mut blocks = Blocks::new();
    for observation in book.observations().filter(|observation| observation.indicator == entry.code) {
        let seen = |period| relative(period, &observation.edition, cumulation);
        let block = Block {
            statistic: observation.statistic,
            period: seen(observation.period),
            base: observation.base.map(seen),
            unit: &observation.unit,
        };
        let line = Line {
            publisher: &observation.publisher,
            // The whole before its parts, others after the places with a name.
            area: (codebook().members(&observation.area).is_empty(), &observation.area),
            origin: (observation.origin.starts_with('_'), &observation.origin),
            sex: observation.sex,
            group: &observation.group,
        };
        let editions = blocks.entry(block).or_default().entry(line).or_default();
        editions.entry(&observation.edition).or_default().push(observation);
    }
    blocks
}

/// The editions of each sheet, in order; as many as its cells allow.
fn parts<'a>(blocks: &Blocks<'a>) -> Vec<BTreeSet<&'a str>> {
    let mut cells: BTreeMap<&str, usize> = BTreeMap::new();
    for edition in blocks.values().flat_map(BTreeMap::values).flat_map(BTreeMap::keys) {
        *cells.entry(edition).or_default() += 1;
    }
    let mut parts: Vec<BTreeSet<&str>> = Vec::new();
    let mut room = 0;
    for (edition, cells) in cells {
        let part = parts.last_mut().filter(|part| cells <= room && part.len() < MOST_EDITIONS);
        if let Some(part) = part {
            part.insert(edition);
            room -= cells;
        } else {
            parts.push(BTreeSet::from([edition]));
            room = MOST_CELLS.saturating_sub(cells);
        }
    }
    parts
}

fn top(book: &Book, entry: &IndicatorEntry, sheet: &mut Worksheet, part: Part) -> Result<(), XlsxError> {
    let styles = &book.styles;
    sheet.write_string_with_format(0, 0, fitting(&entry.label), &styles.title)?;
    sheet.write_string_with_format(1, 0, fitting(&entry.definition), &styles.text)?;
    let adding = match entry.additivity() {
        Additivity::Additive => format!("Counts of areas add up: {}.", entry.additive_why),
        Additivity::NotAdditive => format!("Do not add up areas: {}.", entry.additive_why),
    };
    sheet.write_string_with_format(2, 0, fitting(&adding), &styles.faint)?;
    sheet.set_row_height(0, 21.0)?;
    for (column, at) in (0..).zip(part.labels) {
        let (name, width) = LABELS[*at];
        sheet.write_string_with_format(TOP - 1, column, name, &styles.header)?;
        sheet.set_column_width(column, width)?;
    }
    for (column, edition) in (part.first()..).zip(part.editions) {
        sheet.write_string_with_format(TOP - 1, column, fitting(edition), &styles.edition)?;
        sheet.set_column_width(column, 10.0)?;
    }
    sheet.set_freeze_panes(TOP, part.first())?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(TOP - 1, TOP - 1)?;
    Ok(())
}

/// Writes a block from the row on, if it has figures of the editions, and gives the row after it.
fn write_block(book: &Book, block: &Block, lines: &Lines, part: Part, sheet: &mut Worksheet, mut row: u32) -> Result<u32, XlsxError> {
    let lines: Vec<_> = lines
        .iter()
        .filter(|(_, cells)| cells.keys().any(|edition| part.editions.contains(edition)))
        .collect();
    if lines.is_empty() {
        return Ok(row);
    }
    for column in 0..part.first() + part.editions.len() as u16 {
        sheet.write_string_with_format(row, column, "", &book.styles.block)?;
    }
    sheet.write_string_with_format(row, 0, fitting(&title(block)), &book.styles.block)?;
    row += 1;
    for (line, cells) in lines {
        let labels = labels(line);
        for (column, at) in (0..).zip(part.labels) {
            sheet.write_string_with_format(row, column, fitting(&labels[*at]), &book.styles.text)?;
        }
        for (column, edition) in (part.first()..).zip(part.editions) {
            if let Some(mentions) = cells.get(edition) {
                write_cell(book, mentions, sheet, row, column)?;
            }
        }
        row += 1;
    }
    Ok(row + 1)
}

fn write_cell(book: &Book, mentions: &Mentions, sheet: &mut Worksheet, row: u32, column: u16) -> Result<(), XlsxError> {
    let Some(shown) = shown(mentions) else { return Ok(()) };
    let besides: BTreeSet<String> = mentions
        .iter()
        .filter(|mention| mention.value != shown.value)
        .map(|mention| format!("{} ({})", plain(mention.value), mention.document))
        .collect();
    let findings = book.findings_of(mentions.iter().copied());
    let figure = number(shown.value);
    let format = book.styles.figure(figure, findings.first().map(|finding| finding.severity));
    if let Some(cell) = book.cells.get(shown.id.as_str()) {
        let link = format!("internal:{cell}");
        sheet.write_url_with_options(row, column, link.as_str(), "", "Go to the printed figure", Some(&format))?;
    }
    // The number takes the place of the link's text, and the link stays.
    sheet.write_number_with_format(row, column, figure, &format)?;
    if let Some(note) = note(&findings, &besides.into_iter().collect::<Vec<_>>()) {
        sheet.insert_note(row, column, &note)?;
    }
    Ok(())
}

/// Of what an edition prints for one thing, the most precise, then the value printed most often, then the first.
fn shown<'a>(mentions: &Mentions<'a>) -> Option<&'a Observation> {
    let often = |value| mentions.iter().filter(|mention| mention.value == value).count();
    let rank = |mention: &&&Observation| {
        let interval = mention.interval;
        (interval.high - interval.low, std::cmp::Reverse(often(mention.value)))
    };
    mentions.iter().min_by_key(rank).copied()
}

fn title(block: &Block) -> String {
    let statistic = match block.statistic {
        Statistic::Count => "Count",
        Statistic::Share => "Share of a whole",
        Statistic::Change => "Change",
        Statistic::ShareChange => "Change of a share",
        Statistic::Ratio => "Ratio",
    };
    let against = block.base.as_ref().map_or_else(String::new, |base| format!(", against {}", base.words));
    format!("{statistic}, {}: {}{against}", block.unit.replace('_', " "), block.period.words)
}

/// `Serbia (SRB)`.
fn named(code: &str) -> String {
    match codebook().name(code) {
        "" => String::new(),
        name if name == code => code.to_owned(),
        name => format!("{name} ({code})"),
    }
}
