//! Tables set with spaces, as `pdftotext -layout` writes them: lines whose gaps stand under each other in, rows of cells out.

use std::ops::Range;

use super::{
    line::{Kind, Line, bare, is_figure, trim},
    uneven,
};

/// Least spaces between two cells; between words there is one, in justified lines at times two, but not under each other.
const GAP: usize = 2;
/// Least rows: two lines may agree by chance.
const LEAST_ROWS: usize = 3;
/// Most columns; wider tables are data, not reports.
const MOST_COLUMNS: usize = 64;

/// Rows whose cells stand in columns, and how many lines they take.
#[derive(Debug)]
pub(super) struct Columns {
    /// Cells by row and column; a cell that is not there is empty. None if the lines are no table.
    pub(super) rows: Option<Vec<Vec<Range<usize>>>>,
    /// How many lines were looked at and need not be again.
    pub(super) lines: usize,
}

/// A cell: its bytes, and the characters of the line it stands under.
#[derive(Debug, Clone)]
struct Segment {
    bytes: Range<usize>,
    under: Range<usize>,
}

/// The table that starts with the first line, if its gaps go on below; none if the line has no gap.
pub(super) fn columns(source: &str, lines: &[Line]) -> Option<Columns> {
    let mut rows: Vec<Vec<Segment>> = Vec::new();
    let mut under: Vec<Range<usize>> = Vec::new();
    let mut taken = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.kind == Kind::Blank && index == taken && !rows.is_empty() && !line.page_break {
            // One blank line may stand between rows.
            continue;
        }
        if line.kind != Kind::Words || index > taken + 1 || line.page_break && index > 0 {
            break;
        }
        let row = segments(source, line);
        if row.len() < 2 || row.len() > MOST_COLUMNS {
            break;
        }
        match join(&under, &row) {
            Some(joined) => under = joined,
            None => break,
        }
        rows.push(row);
        taken = index + 1;
    }
    let uneven = uneven::rows(source, lines, |line| {
        segments(source, line).into_iter().map(|segment| segment.bytes).collect()
    });
    if uneven.len() > taken {
        return Some(Columns {
            lines: uneven.len(),
            rows: Some(uneven),
        });
    }
    if rows.is_empty() {
        return None;
    }
    let rows = (rows.len() >= LEAST_ROWS)
        .then(|| cells(&under, &rows))
        .filter(|rows| holds_figures(source, rows));
    Some(Columns { rows, lines: taken.max(1) })
}

fn segments(source: &str, line: &Line) -> Vec<Segment> {
    let raw = &source[line.whole.clone()];
    let mut segments: Vec<Segment> = Vec::new();
    let mut spaces = GAP;
    for (column, (at, character)) in raw.char_indices().enumerate() {
        if character.is_whitespace() {
            spaces += 1;
            continue;
        }
        let end = line.whole.start + at + character.len_utf8();
        match segments.last_mut() {
            Some(last) if spaces < GAP => {
                last.bytes.end = end;
                last.under.end = column + 1;
            }
            _ => segments.push(Segment {
                bytes: line.whole.start + at..end,
                under: column..column + 1,
            }),
        }
        spaces = 0;
    }
    segments
}

/// The columns with one more row under them; none if that makes one of two columns, or puts two cells into one, or there are too many.
fn join(under: &[Range<usize>], row: &[Segment]) -> Option<Vec<Range<usize>>> {
    let mut all: Vec<Range<usize>> = under.iter().cloned().chain(row.iter().map(|segment| segment.under.clone())).collect();
    all.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for range in all {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    let apart = |places: &[Range<usize>]| places.windows(2).all(|pair| column(&joined, &pair[0]) != column(&joined, &pair[1]));
    let cells: Vec<Range<usize>> = row.iter().map(|segment| segment.under.clone()).collect();
    (joined.len() <= MOST_COLUMNS && apart(&cells) && apart(under)).then_some(joined)
}

/// The column that stands over a place.
fn column(under: &[Range<usize>], place: &Range<usize>) -> usize {
    under.partition_point(|range| range.end <= place.start)
}

fn cells(under: &[Range<usize>], rows: &[Vec<Segment>]) -> Vec<Vec<Range<usize>>> {
    let mut cells = Vec::with_capacity(rows.len());
    for row in rows {
        let mut segments = row.iter().peekable();
        let mut end = row.first().map_or(0, |segment| segment.bytes.start);
        let placed = (0..under.len()).map(|index| match segments.next_if(|segment| column(under, &segment.under) == index) {
            Some(segment) => {
                end = segment.bytes.end;
                segment.bytes.clone()
            }
            None => end..end,
        });
        cells.push(placed.collect());
    }
    cells
}

/// Whether the cells beside the labels are mostly figures or marks for none: columns of a newspaper are not.
fn holds_figures(source: &str, rows: &[Vec<Range<usize>>]) -> bool {
    let (mut figures, mut all) = (0_usize, 0_usize);
    for cell in rows.iter().skip(1).flat_map(|row| row.iter().skip(1)) {
        let words = &source[trim(source, cell.clone())];
        if words.is_empty() || words.len() > 60 {
            all += usize::from(!words.is_empty());
            continue;
        }
        let bare = bare(words);
        let bare = bare.trim();
        let nil = matches!(bare, "-" | "–" | "—" | "n/a" | "N/A" | "n.a." | "na" | "*");
        all += 1;
        figures += usize::from(nil || is_figure(bare) || bare.contains('%') && bare.contains(|digit: char| digit.is_ascii_digit()));
    }
    all > 0 && figures * 3 >= all * 2
}
