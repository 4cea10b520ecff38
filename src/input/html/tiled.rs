//! Tables that only set figures and their captions side by side, as pages arranged by tables print their headlines.
//!
//! Figures over their captions are never data. Figures under or beside words are what data looks like too, so these are
//! headlines only where no cell is marked as a header and the figures are printed larger, or bold without rules around them.

use super::attribute::attribute;
use super::figure::is_figure;
use super::gather::{Breaks, gather, lines};
use super::page::{Page, What};
use super::style::Property;
use super::tiles::grouped;
use crate::layout::{Cell, Table, Text};

/// Bytes of a caption at most.
const LONGEST_CAPTION: usize = 200;

/// Elements around the words of a cell that are asked for the size of print.
const MOST_AROUND: usize = 16;

/// Size of print where none is given, in pixels.
const USUAL_SIZE: f64 = 16.0;

/// How many times the size of its caption a figure has at least.
const LARGER: f64 = 1.15;

/// What is printed for a figure that is not known.
const UNKNOWN: [&str; 7] = ["-", "–", "—", "n/a", "N/A", "..", "…"];

/// A cell with words, and the number of its part.
type Filled<'t> = (&'t Cell, usize);

/// What the words of a row are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Figures,
    Captions,
}

/// The tiles, each with its figure on the first line, where a table holds nothing else. `parts` are those of its cells.
pub(super) fn tiles(page: &Page<'_>, part: usize, parts: &[usize], table: &Table) -> Option<Vec<Text>> {
    if table.cells.iter().any(|cell| cell.header || cell.row_span > 1) {
        return None;
    }
    let mut rows: Vec<Vec<Filled<'_>>> = Vec::new();
    let filled = table.cells.iter().zip(parts.iter().copied());
    for cell in filled.filter(|(cell, _)| !cell.text.string.trim().is_empty()) {
        match rows.last_mut() {
            Some(row) if row[0].0.row == cell.0.row => row.push(cell),
            _ => rows.push(vec![cell]),
        }
    }
    // In a single column nothing but the print tells a figure over its caption from one under the caption before.
    if table.columns == 1 {
        return one_over_other(page, part, &rows);
    }
    row_over_row(page, part, &rows)
        .or_else(|| side_by_side(page, part, &rows))
        .or_else(|| cell_by_cell(page, &rows))
}

/// One figure and one caption, in either order.
fn one_over_other(page: &Page<'_>, part: usize, rows: &[Vec<Filled<'_>>]) -> Option<Vec<Text>> {
    let [upper, lower] = rows else { return None };
    let (figure, caption) = match (kind(upper)?, kind(lower)?) {
        (Kind::Figures, Kind::Captions) => (upper, lower),
        (Kind::Captions, Kind::Figures) => (lower, upper),
        _ => return None,
    };
    stand_out(page, part, figure, caption).then(|| vec![headline(figure[0].0, caption[0].0)])
}

/// Rows of figures and rows of their captions that take turns.
fn row_over_row(page: &Page<'_>, part: usize, rows: &[Vec<Filled<'_>>]) -> Option<Vec<Text>> {
    if rows.is_empty() || !rows.len().is_multiple_of(2) {
        return None;
    }
    let first = kind(&rows[0])?;
    let mut texts = Vec::new();
    for pair in rows.chunks_exact(2) {
        let (upper, lower) = (&pair[0], &pair[1]);
        let places = |row: &[Filled<'_>]| -> Vec<(usize, usize)> { row.iter().map(|(cell, _)| (cell.column, cell.column_span)).collect() };
        if kind(upper) != Some(first) || kind(lower).is_none_or(|second| second == first) || places(upper) != places(lower) {
            return None;
        }
        let (figures, captions) = match first {
            Kind::Figures => (upper, lower),
            Kind::Captions => (lower, upper),
        };
        if first == Kind::Captions && !stand_out(page, part, figures, captions) {
            return None;
        }
        texts.extend(figures.iter().zip(captions).map(|((figure, _), (caption, _))| headline(figure, caption)));
    }
    Some(texts)
}

/// In each row a figure, and behind it its caption.
fn side_by_side(page: &Page<'_>, part: usize, rows: &[Vec<Filled<'_>>]) -> Option<Vec<Text>> {
    let mut texts = Vec::new();
    for row in rows {
        let [figure, caption] = row.as_slice() else { return None };
        if kind(&[*figure]) != Some(Kind::Figures) || kind(&[*caption]) != Some(Kind::Captions) || !stand_out(page, part, &[*figure], &[*caption]) {
            return None;
        }
        texts.push(headline(figure.0, caption.0));
    }
    (!texts.is_empty()).then_some(texts)
}

/// Each cell holds a figure and its caption on lines of their own.
fn cell_by_cell(page: &Page<'_>, rows: &[Vec<Filled<'_>>]) -> Option<Vec<Text>> {
    let mut texts = Vec::new();
    for &(_, cell) in rows.iter().flatten() {
        let lines = lines(&gather(page, cell + 1..page.parts[cell].end, Breaks::Lines));
        if lines.len() < 2 || lines.iter().any(|line| line.string.len() > LONGEST_CAPTION) {
            return None;
        }
        texts.extend(grouped(&lines)?);
    }
    (!texts.is_empty()).then_some(texts)
}

fn headline(figure: &Cell, caption: &Cell) -> Text {
    let mut text = figure.text.clone();
    text.append(&caption.text, "\n");
    text
}

/// What all words of a row are, if they are one of the two.
fn kind(row: &[Filled<'_>]) -> Option<Kind> {
    let words = || row.iter().map(|(cell, _)| cell.text.string.trim());
    if words().any(is_figure) {
        return words().all(|words| is_figure(words) || UNKNOWN.contains(&words)).then_some(Kind::Figures);
    }
    words()
        .all(|words| words.contains(char::is_alphabetic) && words.len() <= LONGEST_CAPTION && !UNKNOWN.contains(&words))
        .then_some(Kind::Captions)
}

/// Whether all figures are set so that they catch the eye before any caption does.
fn stand_out(page: &Page<'_>, part: usize, figures: &[Filled<'_>], captions: &[Filled<'_>]) -> bool {
    let size = |cell: &Filled<'_>| size(page, cell.1);
    let smallest = figures.iter().map(size).fold(f64::INFINITY, f64::min);
    let largest = captions.iter().map(size).fold(0.0, f64::max);
    let bold = |(cell, _): &Filled<'_>| cell.text.pieces.iter().all(|piece| piece.bold);
    let ruled = page
        .element(part)
        .and_then(|element| attribute(element, "border"))
        .is_some_and(|border| border.trim() != "0");
    smallest >= largest * LARGER || smallest >= largest && !ruled && figures.iter().all(bold) && !captions.iter().any(bold)
}

/// The size of print of the first words in a cell, in pixels; sizes that depend on those around them are taken roughly.
fn size(page: &Page<'_>, cell: usize) -> f64 {
    let end = page.parts[cell].end;
    let words = (cell + 1..end).find(|inside| matches!(page.parts[*inside].what, What::Text(_)) && page.printed(*inside) > 0);
    let mut at = words.unwrap_or(cell);
    for _ in 0..MOST_AROUND {
        if let Some(size) = own_size(page, at) {
            return size;
        }
        if at <= cell {
            break;
        }
        at = page.parts[at].parent;
    }
    let row = page.parts[cell].parent;
    own_size(page, row).unwrap_or(USUAL_SIZE)
}

fn own_size(page: &Page<'_>, part: usize) -> Option<f64> {
    let What::Element { element, declared, .. } = &page.parts[part].what else {
        return None;
    };
    if let Some(size) = declared.get(Property::FontSize).and_then(css_size) {
        return Some(size);
    }
    match element.name() {
        "font" => font_size(attribute(element, "size")?.trim()),
<<<<<<< HEAD
        "small" => Some(13.0),
        "h1" => Some(32.0),
        "h2" => Some(24.0),
        "h3" | "big" => Some(19.0),
=======
        "big" | "h3" => Some(19.0),
        "small" => Some(13.0),
        "h1" => Some(32.0),
        "h2" => Some(24.0),
>>>>>>> html
        _ => None,
    }
}

/// The size that `<font size>` asks for: 1 to 7, or so many more or fewer than 3.
fn font_size(given: &str) -> Option<f64> {
    const SIZES: [f64; 7] = [10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0];
    let number: i32 = given.trim_start_matches('+').parse().ok()?;
    let step = if given.starts_with(['+', '-']) {
        number.saturating_add(3)
    } else {
        number
    };
    SIZES.get(usize::try_from(step.clamp(1, 7) - 1).ok()?).copied()
}

fn css_size(given: &str) -> Option<f64> {
    let given = given.trim();
    let keyword = match given {
        "xx-small" => 9.0,
        "x-small" => 10.0,
        "small" | "smaller" => 13.0,
        "medium" => USUAL_SIZE,
        "large" => 18.0,
        "larger" => 19.0,
        "x-large" => 24.0,
        "xx-large" => 32.0,
        "xxx-large" => 48.0,
        _ => 0.0,
    };
    if keyword > 0.0 {
        return Some(keyword);
    }
    let digits = given
        .find(|character: char| !character.is_ascii_digit() && character != '.')
        .unwrap_or(given.len());
    let number: f64 = given[..digits].parse().ok()?;
    let pixels = match given[digits..].trim() {
        "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "em" | "rem" => USUAL_SIZE,
        "%" => USUAL_SIZE / 100.0,
        _ => return None,
    };
    Some(number * pixels)
}
