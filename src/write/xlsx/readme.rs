//! The first sheet: what the workbook holds, how figures are to be read, what must not be done with them, and a way to every sheet.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::{Book, cell::fitting, sheets::Sheets};
use crate::{
    schema::{Finding, Observation, codebook::codebook},
    write::{
        observation,
        report::{Tally, counted},
        tables::Table,
    },
};

const HOW_TO_READ: [&str; 7] = [
    "Each indicator has a sheet: areas or origins down, editions of the reports across. A block holds one kind of number (count, share, change …) of one \
     period, said as the edition sees it: \"January to the month\", \"the month before\". Below one another they are not alike: do not add across blocks.",
    "Click a figure to get to its row in the sheet observations; click the place there to open the report.",
    "Links to reports lead to paths below the folder that was read. Put the workbook into that folder, or set File, Info, Properties, Advanced, Hyperlink \
     base to it.",
    "A printed figure stands for an interval, low to high: \"some 7,900\" is 7,850 to 7,950, \"47 per cent\" is 46.5 to 47.5, an unrounded 6,354 just that.",
    "Where an edition prints several values for one thing, the most precise is shown, then the one printed most often; the note of the cell has the others.",
    "An empty cell is not zero: the edition prints no such figure, or prints that it is not available.",
    "Numbers are those of the publishers. Codes of places are ISO 3166-1 alpha-3; XKX is Kosovo (UNSCR 1244), XXA stateless, XXX unknown, _O others.",
];

/// Characters that the column of texts shows on a line, and the height of one.
const CHARACTERS_OF_A_LINE: usize = 100;
const LINE_HEIGHT: f64 = 15.0;

/// Writes all but the list of sheets, which are not known yet.
pub(super) fn write(book: &Book, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let styles = &book.styles;
    sheet.set_column_width(0, 34.0)?.set_column_width(1, 110.0)?;
    sheet.set_screen_gridlines(false);
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    let mut row = Row(0);
    sheet.write_string_with_format(row.next(), 0, "Figures of published reports", &styles.title)?;
    sheet.set_row_height(0, 21.0)?;
    let dataset = book.dataset;
    let summary = format!(
        "{} from {}; {}.",
        counted(book.observations().count(), "printed figure"),
        counted(dataset.extractions.len(), "snapshot"),
        Tally::of(&dataset.findings),
    );
    sheet.write_string_with_format(row.next(), 0, &summary, &styles.text)?;
    let made = concat!(
        "Made by crosstally ",
        env!("CARGO_PKG_VERSION"),
        ", which reads every figure with its place and checks what adds up."
    );
    sheet.write_string_with_format(row.next(), 0, made, &styles.faint)?;

    heading(book, sheet, row.after_a_gap(), "How to read it")?;
    for text in HOW_TO_READ {
        wrapped(book, sheet, row.next(), "", text)?;
    }

    heading(book, sheet, row.after_a_gap(), "Colours")?;
    for (format, word, meaning) in [
        (
            &styles.error,
            "error",
            "the figure stands in a contradiction: it cannot be trusted as it stands; the note tells which",
        ),
        (
            &styles.warning,
            "warning",
            "a person should look: another edition or publisher says otherwise, for one",
        ),
    ] {
        let row = row.next();
        sheet.write_string_with_format(row, 0, word, format)?;
        sheet.write_string_with_format(row, 1, meaning, &styles.wrapped)?;
    }

    heading(book, sheet, row.after_a_gap(), "Never add up")?;
    for entry in codebook().indicators().iter().filter(|entry| !entry.is_additive()) {
        wrapped(
            book,
            sheet,
            row.next(),
            &entry.label,
            &format!("areas do not add up: {}", entry.additive_why),
        )?;
    }
    wrapped(
        book,
        sheet,
        row.next(),
        "Stocks",
        "persons present on two days are mostly the same persons: days do not add up",
    )?;
    wrapped(
        book,
        sheet,
        row.next(),
        "Shares, changes and ratios",
        "percentages of different wholes do not add up",
    )?;

    heading(book, sheet, row.after_a_gap(), "Columns of observations")?;
    for column in observation::COLUMNS {
        wrapped(book, sheet, row.next(), column.name, column.meaning)?;
    }
    heading(book, sheet, row.after_a_gap(), "Columns of findings")?;
    for column in Finding::COLUMNS {
        wrapped(book, sheet, row.next(), column.name, column.meaning)?;
    }
    Ok(())
}

/// Adds a list of the sheets, each with a link, to the right of the text.
pub(super) fn contents(book: &Book, workbook: &mut Workbook, sheets: &Sheets) -> Result<(), XlsxError> {
    let sheet = workbook.worksheet_from_name("readme")?;
    sheet.set_column_width(2, 3.0)?.set_column_width(3, 36.0)?.set_column_width(4, 46.0)?;
    sheet.write_string_with_format(0, 3, "Sheets", &book.styles.block)?;
    sheet.write_string_with_format(0, 4, "", &book.styles.block)?;
    for (row, (name, wanted)) in (1..).zip(sheets.names().iter().skip(1)) {
        let link = format!("internal:'{name}'!A1");
        sheet.write_url_with_options(row, 3, link.as_str(), name, "", Some(&book.styles.link))?;
        let meaning = match wanted.as_str() {
            Observation::NAME => "a row each printed figure",
            Finding::NAME => "what does not add up, most severe first",
            "documents" => "a row each snapshot that was read",
            "codebook" => "what each indicator measures, and what it may be set against",
            "places" => "what each code of a place stands for",
            wanted => codebook().indicator(wanted).map_or("", |entry| entry.label.as_str()),
        };
        sheet.write_string_with_format(row, 4, fitting(meaning), &book.styles.text)?;
    }
    sheet.set_active(true);
    Ok(())
}

/// The row to be written next.
struct Row(u32);

impl Row {
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0 - 1
    }

    fn after_a_gap(&mut self) -> u32 {
        self.0 += 1;
        self.next()
    }
}

fn heading(book: &Book, sheet: &mut Worksheet, row: u32, text: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, 0, text, &book.styles.block)?;
    sheet.write_string_with_format(row, 1, "", &book.styles.block)?;
    Ok(())
}

fn wrapped(book: &Book, sheet: &mut Worksheet, row: u32, name: &str, text: &str) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, 0, name, &book.styles.text)?;
    sheet.write_string_with_format(row, 1, text, &book.styles.wrapped)?;
    // Not every program fits the height of a row to what stands in it.
    let lines = text.chars().count().div_ceil(CHARACTERS_OF_A_LINE).max(1);
    sheet.set_row_height(row, LINE_HEIGHT * lines as f64)?;
    Ok(())
}
