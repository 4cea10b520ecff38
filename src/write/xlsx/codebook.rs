//! What the codes mean, as two sheets.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{Book, cell::fitting};
use crate::{schema::codebook::codebook, write::codebook::place_kind};

/// Writes the indicators.
pub(super) fn indicators(book: &Book, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let header = [
        ("code", 38.0),
        ("label", 36.0),
        ("definition", 60.0),
        ("unit", 11.0),
        ("kind", 8.0),
        ("additive", 9.0),
        ("why", 40.0),
        ("from January", 13.0),
        ("compared with others", 70.0),
    ];
    top(book, sheet, &header)?;
    for (row, entry) in (1..).zip(codebook().indicators()) {
        let yes = |is: bool| if is { "yes" } else { "no" };
        let others: Vec<String> = entry
            .comparable
            .iter()
            .map(|other| format!("{}: {} ({})", other.with, other.relation.as_str(), other.why))
            .collect();
        let others = others.join("\n");
        let cells = [
            entry.code.as_str(),
            &entry.label,
            &entry.definition,
            &entry.unit,
            entry.kind.as_str(),
            yes(entry.is_additive()),
            &entry.additive_why,
            yes(entry.is_cumulative()),
            &others,
        ];
        for (column, text) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, fitting(text), &book.styles.wrapped)?;
        }
    }
    Ok(())
}

/// Writes the places.
pub(super) fn places(book: &Book, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let header = [
        ("code", 10.0),
        ("name", 34.0),
        ("kind", 11.0),
        ("code of UNHCR", 15.0),
        ("parts", 30.0),
        ("note", 60.0),
    ];
    top(book, sheet, &header)?;
    for (row, place) in (1..).zip(codebook().places()) {
        let members = place.members.join(" ");
        let cells = [&place.code, &place.name, place_kind(place.kind), &place.unhcr, &members, &place.note];
        for (column, text) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, fitting(text), &book.styles.text)?;
        }
    }
    Ok(())
}

fn top(book: &Book, sheet: &mut Worksheet, header: &[(&str, f64)]) -> Result<(), XlsxError> {
    for (column, (name, width)) in (0..).zip(header) {
        sheet.write_string_with_format(0, column, *name, &book.styles.header)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}
