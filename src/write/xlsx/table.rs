//! Published tables to sheets: a header that stays in sight, filters, typed cells; more rows than a sheet holds go on in another.

use std::collections::HashMap;

use rust_xlsxwriter::{Formula, Workbook, Worksheet, XlsxError, utility::row_col_to_cell};

use super::{
    Book,
    cell::{day, file, fitting, note, number, source},
    sheets::Sheets,
};
use crate::{
    schema::{Dataset, Finding, Observation},
    write::{
        column::{Column, Kind, Value},
        document::{DocumentRow, Documents},
        tables::Table,
    },
};

/// Rows of a sheet, less the header.
const MOST_ROWS: usize = 1_048_575;
/// Links of a sheet that Excel keeps; where there would be more, formulas link.
const MOST_LINKS: usize = 65_530;
/// Characters of a text in a formula.
const MOST_OF_A_FORMULA_TEXT: usize = 255;
/// Rows that the widths of columns are taken from.
const ROWS_MEASURED: usize = 1_000;

/// The column that is read rather than looked up, and its width in characters.
const SENTENCES: &str = "message";
const SENTENCES_WIDTH: usize = 90;
const LINE_HEIGHT: f64 = 15.0;

/// The sheet that a row of a table stands on, and its row there.
fn place(name: &str, index: usize) -> (String, u32) {
    let part = index / MOST_ROWS;
    let sheet = if part == 0 { name.to_owned() } else { format!("{name} ({})", part + 1) };
    (sheet, (index % MOST_ROWS) as u32 + 1)
}

/// The cell of each observation's value.
pub(super) fn cells(dataset: &Dataset) -> HashMap<&str, String> {
    let column = position::<Observation>("value");
    let observations = dataset.extractions.iter().flat_map(|extraction| &extraction.observations);
    let cell = |(index, observation)| {
        let observation: &Observation = observation;
        let (sheet, row) = place(Observation::NAME, index);
        (observation.id.as_str(), format!("'{sheet}'!{}", row_col_to_cell(row, column)))
    };
    observations.enumerate().map(cell).collect()
}

/// A table whose rows stand side by side in memory.
pub(super) trait Sheet: Table {
    /// All rows, in the order published.
    fn rows<'a>(book: &'a Book<'a>) -> Vec<Self::Row<'a>>;
}

impl Sheet for Observation {
    fn rows<'a>(book: &'a Book<'a>) -> Vec<&'a Self> {
        book.observations().collect()
    }
}

impl Sheet for Finding {
    fn rows<'a>(book: &'a Book<'a>) -> Vec<&'a Self> {
        book.dataset.findings.iter().collect()
    }
}

impl Sheet for Documents {
    fn rows<'a>(book: &'a Book<'a>) -> Vec<DocumentRow<'a>> {
        book.tables.document_rows().collect()
    }
}

fn position<T: Table>(name: &str) -> u16 {
    let at = T::COLUMNS.iter().position(|column| column.name == name);
    at.expect("the table has a column of that name") as u16
}

/// Writes the observations: values that stand in a finding are coloured and noted, places lead to the report.
pub(super) fn observations(book: &Book, workbook: &mut Workbook, sheets: &mut Sheets) -> Result<(), XlsxError> {
    let (value, place) = (position::<Observation>("value"), position::<Observation>("place"));
    let with_links = book.observations().nth(MOST_LINKS).is_none();
    table::<Observation>(book, workbook, sheets, |sheet, row, observation| {
        let findings = book.findings_of([observation]);
        if let Some(note) = note(&findings, &[]) {
            let figure = number(observation.value);
            let format = book.styles.figure(figure, findings.first().map(|finding| finding.severity));
            sheet.write_number_with_format(row, value, figure, &format)?;
            sheet.insert_note(row, value, &note)?;
        }
        let text = observation.place.to_string();
        match source(observation) {
            Some(link) if with_links => {
                sheet.write_url_with_options(row, place, file(&link), fitting(&text), "", Some(&book.styles.link))?;
            }
            Some(link) if link.len() <= MOST_OF_A_FORMULA_TEXT => {
                // Neither can hold a quotation mark: links are escaped, places are numbers.
                let formula = Formula::new(format!("=HYPERLINK(\"{link}\",\"{text}\")")).set_result(text);
                sheet.write_formula_with_format(row, place, formula, &book.styles.link)?;
            }
            _ => {}
        }
        Ok(())
    })
}

/// Writes a table; the observations that a finding is about lead to the first of them.
pub(super) fn write<T: Sheet>(book: &Book, workbook: &mut Workbook, sheets: &mut Sheets) -> Result<(), XlsxError> {
    let column = T::COLUMNS
        .iter()
        .position(|column| column.name == "observations" && column.kind == Kind::List);
    table::<T>(book, workbook, sheets, |sheet, row, cells| {
        let Some(index) = column else { return Ok(()) };
        let Value::List(ids) = T::COLUMNS[index].of(cells) else { return Ok(()) };
        if let Some(cell) = ids
            .first()
            .and_then(|id| book.cells.get(id.as_ref()))
            .filter(|_| (row as usize) < MOST_LINKS)
        {
            let link = format!("internal:{cell}");
            sheet.write_url_with_options(row, index as u16, link.as_str(), fitting(&ids.join("; ")), "", Some(&book.styles.link))?;
        }
        Ok(())
    })
}

fn table<'a, T: Sheet>(
    book: &'a Book<'a>,
    workbook: &mut Workbook,
    sheets: &mut Sheets,
    decorate: impl Fn(&mut Worksheet, u32, T::Row<'a>) -> Result<(), XlsxError>,
) -> Result<(), XlsxError> {
    let rows = T::rows(book);
    let widths = widths::<T>(&rows);
    let mut rows = rows.into_iter().enumerate().peekable();
    loop {
        let (name, _) = place(T::NAME, rows.peek().map_or(0, |(index, _)| *index));
        let sheet = sheets.add(workbook, &name)?;
        for (at, (column, width)) in (0_u16..).zip(T::COLUMNS.iter().zip(&widths)) {
            sheet.write_string_with_format(0, at, column.name, &book.styles.header)?;
            sheet.set_column_width(at, *width)?;
        }
        let mut last = 0;
        for (index, cells) in rows.by_ref().take(MOST_ROWS) {
            let (_, row) = place(T::NAME, index);
            for (at, column) in (0_u16..).zip(T::COLUMNS) {
                value(book, sheet, row, at, column, &column.of(cells))?;
            }
            decorate(sheet, row, cells)?;
            last = row;
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet.autofilter(0, 0, last, T::COLUMNS.len() as u16 - 1)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        if rows.peek().is_none() {
            return Ok(());
        }
    }
}

fn value<T: Table>(book: &Book, sheet: &mut Worksheet, row: u32, at: u16, column: &Column<T>, value: &Value<'_>) -> Result<(), XlsxError> {
    let styles = &book.styles;
    match value {
        Value::Number(figure) => {
            let figure = number(*figure);
            sheet.write_number_with_format(row, at, figure, &styles.figure(figure, None))?;
        }
        Value::Integer(figure) => {
            sheet.write_number_with_format(row, at, *figure as f64, &styles.figure(0.0, None))?;
        }
        Value::Date(date) => match day(*date) {
            Some(day) => drop(sheet.write_datetime_with_format(row, at, &day, &styles.date)?),
            None => drop(sheet.write_string_with_format(row, at, date.to_string(), &styles.text)?),
        },
        Value::List(texts) if !texts.is_empty() => {
            sheet.write_string_with_format(row, at, fitting(&texts.join("; ")), &styles.text)?;
        }
        Value::Text(text) if !text.is_empty() => {
            let is_severity = column.name == "severity";
            let format = match text.as_ref() {
                "error" if is_severity => &styles.error,
                "warning" if is_severity => &styles.warning,
                _ if column.name == SENTENCES => {
                    let lines = text.chars().count().div_ceil(SENTENCES_WIDTH).max(1);
                    sheet.set_row_height(row, LINE_HEIGHT * lines as f64)?;
                    &styles.wrapped
                }
                _ => &styles.text,
            };
            sheet.write_string_with_format(row, at, fitting(text), format)?;
        }
        Value::Text(_) | Value::List(_) | Value::Nothing => {}
    }
    Ok(())
}

/// Wide enough for most of what stands in each column.
fn widths<T: Table>(rows: &[T::Row<'_>]) -> Vec<f64> {
    let rows = &rows[..rows.len().min(ROWS_MEASURED)];
    let longest = |column: &Column<T>| rows.iter().map(|row| column.of(*row).to_cell().chars().count()).max().unwrap_or(0);
    let width = |column: &Column<T>| match column.kind {
        _ if column.name == SENTENCES => SENTENCES_WIDTH,
        // Beside the name stands the arrow of the filter.
        Kind::Text | Kind::Word(_) | Kind::List => longest(column).clamp(column.name.len() + 3, 44),
        Kind::Date | Kind::Number | Kind::Integer => 11.max(column.name.len() + 3),
    };
    T::COLUMNS.iter().map(|column| width(column) as f64 + 1.0).collect()
}
