//! Tables without rulings: rows of figures whose columns stand under one another.

use super::super::lines::Line;
use super::super::words::is_number;
use super::Table;
use super::assembled::{Printed, assembled, column_of};
use super::names::column_of_name;
use super::rows::{Row, is_stacked, rows, string_of};
use super::rulings::Edge;
use super::spaced::is_counted;
use crate::layout::BBox;

/// Rows of a table are no further apart than this, in the size of the font.
const ROW_GAP: f64 = 3.2;
/// White between columns, in the size of the font.
const COLUMN_GAP: f64 = 0.45;
/// Letters in a cell; more are prose.
const LONGEST_CELL: usize = 52;
/// Letters in a row's label.
const LONGEST_LABEL: usize = 75;

/// Tables made by alignment alone, and the lines that stand in none. `frames` are drawn boxes that hold text of their own.
pub(super) fn aligned_tables(lines: Vec<Line>, frames: &[BBox], level: &[Edge], page: u32) -> (Vec<Table>, Vec<Line>) {
    let (mut even, mut rest): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.turn == 0);
    even.sort_by(|one, other| one.bbox.top.total_cmp(&other.bbox.top).then(one.start.total_cmp(&other.start)));
    let rows = rows(even);
    let kinds: Vec<bool> = rows.iter().map(|row| is_data(row, frames)).collect();
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let mut tables = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        if !kinds[at] {
            at += 1;
            continue;
        }
        let run = run_from(at, &rows, &kinds);
        let end = run.last().map_or(at + 1, |last| last + 1);
        let columns = columns(run.iter().filter(|index| kinds[**index]).filter_map(|index| rows[*index].as_ref()));
        let head = head_of(at, &rows, &kinds, &columns);
        let data = run.iter().filter(|index| kinds[**index]).count();
        let enough = match columns.len() {
            0 | 1 => false,
            2 => data >= 3 || data == 2 && head < at,
            _ => data >= 2 || head < at,
        };
        let head_fits = head == at || data > 1 || header_covers(&rows[head..at], &columns);
        let prose = is_prose(run.iter().filter(|index| kinds[**index]).filter_map(|index| rows[*index].as_ref()));
        let named = if head == at { Head::None } else { Head::Names };
        let ticks = are_ticks(run.iter().filter(|index| kinds[**index]).filter_map(|index| rows[*index].as_ref()), named);
        let counted = |row: &Row| row.cells().iter().all(|cell| is_counted(&string_of(cell)));
        let list = run.iter().filter_map(|index| rows[*index].as_ref()).filter(|row| counted(row)).count() * 2 >= run.len();
        if enough && head_fits && !prose && !ticks && !list {
            let taken: Vec<Row> = (head..end).filter_map(|index| rows[index].take()).collect();
            tables.push(table(taken, &columns, at - head, level, page));
        }
        at = end;
    }
    rest.extend(rows.into_iter().flatten().flat_map(|row| row.lines));
    (tables, rest)
}

/// Whether a row is a label with figures beside it, or with anything behind a colon.
fn is_data(row: &Row, frames: &[BBox]) -> bool {
    if row.lines.len() < 2 || row.bottom - row.top > 4.5 * row.size {
        return false;
    }
    let least = row.lines.iter().map(|line| line.size).fold(f64::INFINITY, f64::min);
    let most = row.lines.iter().map(|line| line.size).fold(0.0, f64::max);
    if most > 1.3 * least {
        return false;
    }
    // Tiles stand in frames of their own; the cells of a row in one frame, or each in a low one.
    let tile = |line: &Line| {
        frames.iter().position(|frame| {
            frame.holds(line.bbox) && frame.height() > 3.4 * line.size && frame.height() < 20.0 * line.size && frame.width() < 40.0 * line.size
        })
    };
    let first = tile(&row.lines[0]);
    if row.lines.iter().any(|line| tile(line) != first) {
        return false;
    }
    // Figures that share a small box the label stands outside of are no row of it.
    let boxed = |line: &Line| {
        frames
            .iter()
            .position(|frame| frame.holds(line.bbox) && frame.width() < 30.0 * line.size && frame.height() < 20.0 * line.size)
    };
    let outside = boxed(&row.lines[0]);
    let shared = row.lines[1..]
        .windows(2)
        .any(|pair| boxed(&pair[0]).is_some() && boxed(&pair[0]) == boxed(&pair[1]) && boxed(&pair[0]) != outside);
    if shared {
        return false;
    }
    let cells = row.cells();
    // Two figures above one another are two rows.
    if cells.len() < 2 || cells.iter().any(|cell| cell.iter().filter(|line| is_number(&line.string())).count() > 1) {
        return false;
    }
    let label = string_of(&cells[0]);
    let mut cells = cells[1..].iter().map(|cell| string_of(cell));
    let mut figures = 0;
    let plain = cells.all(|cell| {
        let figure = cell.starts_with(':') || cell.chars().any(|character| character.is_ascii_digit()) && !is_words_with_year(&cell);
        figures += usize::from(figure);
        cell.chars().count() <= LONGEST_CELL && (figure || is_nil(&cell)) && !is_running_text(&cell)
    });
    // Bullets are no labels: what follows them are entries of a list.
    let labelled = label.chars().any(char::is_alphanumeric);
    plain && labelled && figures > 0 && label.chars().count() <= LONGEST_LABEL && !label.ends_with(':')
}

/// The marks that stand for no figure.
fn is_nil(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "-" | "–" | "—" | "n/a" | "na" | "n.a." | "nil" | ".." | "…" | "*" | "x" | "%"
    )
}

/// Whether the only figures among words are years: `Decisions in 2024`.
fn is_words_with_year(cell: &str) -> bool {
    let year = |digits: &str| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    cell.chars().filter(|character| character.is_alphabetic()).count() > 3
        && cell
            .split(|character: char| !character.is_ascii_digit())
            .filter(|digits| !digits.is_empty())
            .all(year)
}

/// Whether words outnumber figures by far: prose in a column, not a cell.
fn is_running_text(cell: &str) -> bool {
    let words = cell.split_whitespace().count();
    let figures = cell.split_whitespace().filter(|word| is_number(word)).count();
    words > 5 && words > 5 * figures.max(1)
}

/// Whether rows are lines of paragraphs that stand side by side: many words on both sides, figures here and there.
fn is_prose<'a>(rows: impl Iterator<Item = &'a Row>) -> bool {
    let (mut labels, mut cells, mut label_words, mut cell_words) = (0, 0, 0, 0);
    for row in rows {
        for (index, cell) in row.cells().iter().enumerate() {
            let words = cell.iter().map(|line| line.words().count()).sum::<usize>();
            if index == 0 {
                labels += 1;
                label_words += words;
            } else {
                cells += 1;
                cell_words += words;
            }
        }
    }
    label_words >= 4 * labels && cell_words >= 4 * cells
}

/// Whether the first figures of rows are the ticks of a chart: they rise or fall by one step, or each stands there twice, for two charts.
///
/// Under names, only what falls counts: years and ranks rise, and years may fall by one.
pub(super) fn are_ticks<'a>(rows: impl Iterator<Item = &'a Row>, head: Head) -> bool {
    let (mut count, mut repeated, mut named) = (0, 0, 0);
    let mut ticks: Vec<f64> = Vec::new();
    for row in rows {
        count += 1;
        let first = row.lines[0].string();
        named += usize::from(is_number(first.trim_end_matches('.')) && row.lines[1..].iter().any(is_name));
        repeated += usize::from(row.lines.len() >= 2 && is_number(&first) && row.lines.iter().all(|line| line.string() == first));
        let digits: String = first.chars().filter(|character| !matches!(character, ' ' | ',' | '%')).collect();
        ticks.extend(digits.parse::<f64>().ok());
    }
    if repeated >= 2 && repeated * 3 >= count * 2 {
        return true;
    }
    let steps: Vec<f64> = ticks.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let even = steps.len() >= 3 && steps.iter().all(|step| *step != 0.0 && (step - steps[0]).abs() < 0.01 * steps[0].abs());
    // Rows that are numbered have words beside their numbers; beside ticks stand figures of the chart, and its legend here and there.
    if named * 3 >= count * 2 {
        return false;
    }
    let falls = even && steps[0] < 0.0 && (steps[0] + 1.0).abs() > 0.01;
    ticks.len() * 3 >= count * 2 && if head == Head::None { even } else { falls }
}

/// Whether a line says something in words.
fn is_name(line: &Line) -> bool {
    line.words()
        .any(|word| word.string.chars().filter(|character| character.is_alphabetic()).count() >= 3)
}

/// Whether names stand over rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// They do.
    Names,
    /// They do not.
    None,
}

/// Rows from a data row on that make one table: data rows in the same columns, and wrapped labels between them.
fn run_from(start: usize, rows: &[Option<Row>], kinds: &[bool]) -> Vec<usize> {
    let mut run = vec![start];
    let Some(first) = rows[start].as_ref() else { return run };
    let mut bottom = first.bottom;
    let size = first.size;
    let mut spans: Vec<(f64, f64)> = spans(first);
    let mut pending: Vec<usize> = Vec::new();
    for index in start + 1..rows.len() {
        let Some(row) = rows[index].as_ref() else { break };
        if row.top - bottom > (ROW_GAP - 1.0) * size || !(0.85..1.18).contains(&(row.size / size)) {
            break;
        }
        let mut wider = spans.clone();
        wider.extend(self::spans(row));
        let columns = merged(wider.clone(), COLUMN_GAP * size);
        let one_each = row
            .lines
            .iter()
            .map(|line| (column_of(line, &columns), line))
            .collect::<Vec<_>>()
            .windows(2)
            .all(|pair| pair[0].0 < pair[1].0 || pair[0].0 == pair[1].0 && is_stacked(pair[0].1, pair[1].1));
        let fits = columns.len() >= 2 && one_each && columns.len() >= most_cells(&run, rows, kinds).min(row.cell_count().max(2));
        if kinds[index] && fits {
            run.append(&mut pending);
            run.push(index);
            spans = wider;
        } else if row.lines.len() == 1
            && columns.len() >= 2
            && row.lines[0].start < first.lines[0].end
            && column_of(&row.lines[0], &columns) == 0
            && pending.is_empty()
        {
            // A label's second line, or a heading of a group of rows.
            pending.push(index);
        } else {
            break;
        }
        bottom = row.bottom;
    }
    // A label's second line may also close the table.
    if let [last] = pending.as_slice()
        && let (Some(row), Some(before)) = (rows[*last].as_ref(), rows[last - 1].as_ref())
        && row.top - before.bottom < 0.45 * size
        && run.len() > 1
        && row.lines[0].start <= before.lines[0].start + size
        && before.lines[0].string().chars().count() > 12
        && row.lines[0]
            .string()
            .chars()
            .next()
            .is_some_and(|character| character.is_lowercase() || character.is_numeric())
    {
        run.push(*last);
    }
    run
}

fn most_cells(run: &[usize], rows: &[Option<Row>], kinds: &[bool]) -> usize {
    run.iter()
        .filter(|index| kinds[**index])
        .filter_map(|index| rows[*index].as_ref())
        .map(Row::cell_count)
        .max()
        .unwrap_or(0)
}

fn spans(row: &Row) -> Vec<(f64, f64)> {
    row.lines.iter().map(|line| (line.bbox.x0, line.bbox.x1)).collect()
}

/// Spans along the line that overlap become one; what is left are the columns.
fn merged(mut spans: Vec<(f64, f64)>, gap: f64) -> Vec<(f64, f64)> {
    spans.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for (from, to) in spans {
        match columns.last_mut() {
            Some(last) if from < last.1 + gap => last.1 = last.1.max(to),
            _ => columns.push((from, to)),
        }
    }
    columns
}

fn columns<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<(f64, f64)> {
    let mut all = Vec::new();
    let mut size = 8.0;
    for row in rows {
        size = row.size;
        all.extend(spans(row));
    }
    merged(all, COLUMN_GAP * size)
}

/// The first of the rows above a table that name its columns.
fn head_of(start: usize, rows: &[Option<Row>], kinds: &[bool], columns: &[(f64, f64)]) -> usize {
    let Some(first) = rows[start].as_ref() else { return start };
    let mut head = start;
    let mut top = first.top;
    let right = columns.last().map_or(0.0, |column| column.1);
    while head > 0 && !kinds[head - 1] && start - head < 5 {
        let Some(row) = rows[head - 1].as_ref() else { break };
        let close = top - row.bottom < 1.1 * first.size && (0.8..1.25).contains(&(row.size / first.size));
        let inside = row
            .lines
            .iter()
            .all(|line| line.bbox.x1 < right + 6.0 * first.size && line.bbox.x0 > columns[0].0 - 2.0 * first.size);
        let short = row
            .lines
            .iter()
            .all(|line| line.string().chars().count() <= LONGEST_CELL && !line.string().ends_with('.'));
        // A row with one entry names a group of columns only if it stands over them, not over the labels.
        let names = row.lines.len() >= 2 || row.lines[0].bbox.x0 > columns[0].1 - first.size && columns.len() > 2;
        if !close || !inside || !short || !names {
            break;
        }
        top = row.top;
        head -= 1;
    }
    head
}

/// Whether most columns have a name.
fn header_covers(rows: &[Option<Row>], columns: &[(f64, f64)]) -> bool {
    let mut named = vec![false; columns.len()];
    for line in rows.iter().flatten().flat_map(|row| &row.lines) {
        named[column_of_name(line, columns)] = true;
    }
    named[1..].iter().filter(|named| **named).count() * 10 >= (columns.len() - 1) * 7
}

/// The table of a head of so many rows and what follows; labels wrap only where rows stand further apart than lines.
fn table(rows: Vec<Row>, columns: &[(f64, f64)], header: usize, level: &[Edge], page: u32) -> Table {
    let mut rows = rows;
    let body = rows.split_off(header);
    let mut printed: Vec<Printed> = Vec::new();
    for row in body {
        let joins = printed.last().and_then(|printed| printed.last()).is_some_and(|last| {
            let tight = row.top - last.bottom < 0.42 * row.size;
            tight && row.lines.len() == 1 && column_of(&row.lines[0], columns) == 0
        });
        match printed.last_mut() {
            Some(above) if joins => above.push(row),
            _ => printed.push(vec![row]),
        }
    }
    assembled(rows, printed, columns, level, page)
}
