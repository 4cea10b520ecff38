//! Rulings to tables: edges, their intersections, the cells between them, and the words in the cells.

use super::super::blocks::text_of;
use super::super::chart::Shape;
use super::super::lines::{Line, Part};
use super::super::words::is_number;
use super::bands::by_bands;
use super::labels::with_labels;
use super::rulings::{Edge, ONE_RULING, edges, meets};
use super::unruled_parts::{Filled, by_columns, by_rows};
use super::{Cell, Table};
use crate::layout::{BBox, Region};

/// Upright rulings closer than this, in points, with no word between, are a double one.
const DOUBLE_UPRIGHT: f64 = 11.0;
/// The same of level ones: a stripe too low for words parts rows as a ruling does.
const DOUBLE_LEVEL: f64 = 7.5;
/// Cells of one table.
const MOST_CELLS: usize = 12_000;

/// Tables drawn with rulings, and the lines that stand in none.
pub fn ruled_tables(shapes: &[Shape], lines: Vec<Line>, page: u32) -> (Vec<Table>, Vec<Line>) {
    let (level, upright) = edges(shapes);
    let mut tables = Vec::new();
    let mut lines = lines;
    for (level, upright) in nets(&level, &upright) {
        let (level, upright) = single((level, upright), &lines);
        if let Some(grid) = Grid::of(&level, &upright)
            && !grid.is_behind_bars(shapes)
        {
            let (table, rest) = grid.filled(lines, page);
            lines = rest;
            if let Some(table) = table {
                let (table, rest) = with_labels(table, lines, page);
                lines = rest;
                tables.push(table);
            }
        }
    }
    (tables, lines)
}

/// The cells that rulings enclose, whether words fill them or not.
pub(super) fn grids(level: &[Edge], upright: &[Edge]) -> Vec<BBox> {
    let grids = nets(level, upright).into_iter().filter_map(|(level, upright)| Grid::of(&level, &upright));
    grids
        .flat_map(|grid| grid.cells.iter().map(|cell| grid.bbox(*cell)).collect::<Vec<_>>())
        .collect()
}

/// Rulings that meet one another.
type Net = (Vec<Edge>, Vec<Edge>);

fn nets(level: &[Edge], upright: &[Edge]) -> Vec<Net> {
    let mut parent: Vec<usize> = (0..level.len() + upright.len()).collect();
    for (index, one) in level.iter().enumerate() {
        for (offset, other) in upright.iter().enumerate() {
            if meets(*one, *other) {
                let (one, other) = (root(&mut parent, index), root(&mut parent, level.len() + offset));
                parent[one.max(other)] = one.min(other);
            }
        }
    }
    let mut nets: std::collections::BTreeMap<usize, Net> = std::collections::BTreeMap::new();
    for (index, edge) in level.iter().enumerate() {
        nets.entry(root(&mut parent, index)).or_default().0.push(*edge);
    }
    for (offset, edge) in upright.iter().enumerate() {
        nets.entry(root(&mut parent, level.len() + offset)).or_default().1.push(*edge);
    }
    nets.into_values()
        .filter(|(level, upright)| level.len() >= 2 && !upright.is_empty())
        .collect()
}

/// Draws double rulings as single ones: those close by with no word between.
fn single((mut level, mut upright): Net, lines: &[Line]) -> Net {
    let middle = |line: &Line| f64::midpoint(line.bbox.top, line.bbox.bottom);
    let (top, bottom) = (level[0].at, level[level.len() - 1].at);
    let (left, right) = (upright[0].at, upright[upright.len() - 1].at);
    let inside: Vec<&Line> = lines.iter().filter(|line| (top..bottom).contains(&middle(line))).collect();
    let empty_column = |from: f64, to: f64| {
        let parts = inside.iter().flat_map(|line| line.parts.iter());
        parts
            .map(|part| part.token().bbox)
            .all(|bbox| !(from..to).contains(&f64::midpoint(bbox.x0, bbox.x1)))
    };
    let empty_row = |from: f64, to: f64| {
        let mut across = inside.iter().filter(|line| line.bbox.x1 > left && line.bbox.x0 < right);
        across.all(|line| !(from..to).contains(&middle(line)))
    };
    put_together(&mut upright, DOUBLE_UPRIGHT, empty_column);
    put_together(&mut level, DOUBLE_LEVEL, empty_row);
    (level, upright)
}

/// Moves rulings, ordered by place, to the one before that is close by.
fn put_together(edges: &mut [Edge], close: f64, is_empty: impl Fn(f64, f64) -> bool) {
    for index in 1..edges.len() {
        let (before, at) = (edges[index - 1].at, edges[index].at);
        if at > before && at - before < close && is_empty(before, at) {
            edges[index].at = before;
        }
    }
}

fn root(parent: &mut [usize], mut index: usize) -> usize {
    while parent[index] != index {
        parent[index] = parent[parent[index]];
        index = parent[index];
    }
    index
}

/// The rows and columns that rulings cut, and what cells they leave.
struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// Cells as first row, first column, rows, columns.
    cells: Vec<(usize, usize, usize, usize)>,
}

impl Grid {
    /// Whether bars stand on an edge of the grid and end anywhere between its rulings: it is that of a chart.
    fn is_behind_bars(&self, shapes: &[Shape]) -> bool {
        let (Some(left), Some(bottom)) = (self.xs.first(), self.ys.last()) else {
            return false;
        };
        let off = |rulings: &[f64], place: f64| rulings.iter().all(|ruling| (ruling - place).abs() > 1.5);
        let filled = shapes
            .iter()
            .filter(|shape| shape.fill.is_some_and(|fill| fill.iter().any(|part| *part < 200)));
        let boxes = filled.map(|shape| shape.bbox).filter(|bbox| bbox.width() > 2.0 && bbox.height() > 2.0);
        let bars = boxes.filter(|bbox| {
            let upright = (bbox.bottom - bottom).abs() < 1.0 && off(&self.ys, bbox.top) && off(&self.xs, bbox.x0) && off(&self.xs, bbox.x1);
            let level = (bbox.x0 - left).abs() < 1.0 && off(&self.xs, bbox.x1) && off(&self.ys, bbox.top) && off(&self.ys, bbox.bottom);
            let within = bbox.x0 > left - 1.0 && bbox.bottom < bottom + 1.0;
            within && (upright || level)
        });
        bars.take(3).count() == 3
    }

    fn of(level: &[Edge], upright: &[Edge]) -> Option<Self> {
        let mut ys = places(level);
        let mut xs = places(upright);
        // Tables without outer upright rulings: the level ones tell how far they reach.
        let left = level.iter().map(|edge| edge.from).fold(f64::INFINITY, f64::min);
        let right = level.iter().map(|edge| edge.to).fold(f64::NEG_INFINITY, f64::max);
        let mut open = Vec::new();
        if xs.first().is_none_or(|first| left < first - 8.0) {
            xs.insert(0, left);
            open.push(left);
        }
        if xs.last().is_none_or(|last| right > last + 8.0) {
            xs.push(right);
            open.push(right);
        }
        ys.dedup_by(|one, other| (*one - *other).abs() < ONE_RULING);
        let (rows, columns) = (ys.len().checked_sub(1)?, xs.len().checked_sub(1)?);
        if rows < 1 || columns < 2 || rows < 2 && columns < 3 || rows * columns > MOST_CELLS {
            return None;
        }
        let wall_right = |row: usize, column: usize| {
            let x = xs[column + 1];
            open.contains(&x) || covers(upright, x, ys[row], ys[row + 1])
        };
        let wall_below = |row: usize, column: usize| covers(level, ys[row + 1], xs[column], xs[column + 1]);
        let mut owner = vec![None; rows * columns];
        let mut cells = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                if owner[row * columns + column].is_some() {
                    continue;
                }
                let mut width = 1;
                while column + width < columns && owner[row * columns + column + width].is_none() && !wall_right(row, column + width - 1) {
                    width += 1;
                }
                let mut height = 1;
                while row + height < rows
                    && (column..column + width)
                        .all(|column| owner[(row + height) * columns + column].is_none() && !wall_below(row + height - 1, column))
                    && (column..column + width - 1).all(|column| !wall_right(row + height, column))
                {
                    height += 1;
                }
                for row in row..row + height {
                    owner[row * columns + column..row * columns + column + width].fill(Some(cells.len()));
                }
                cells.push((row, column, height, width));
            }
        }
        Some(Self { xs, ys, cells })
    }

    fn bbox(&self, (row, column, height, width): (usize, usize, usize, usize)) -> BBox {
        BBox {
            x0: self.xs[column],
            top: self.ys[row],
            x1: self.xs[column + width],
            bottom: self.ys[row + height],
        }
    }

    /// The table, if words fill it, and the lines that are not in it.
    fn filled(self, lines: Vec<Line>, page: u32) -> (Option<Table>, Vec<Line>) {
        let all = BBox {
            x0: self.xs[0],
            top: self.ys[0],
            x1: self.xs[self.xs.len() - 1],
            bottom: self.ys[self.ys.len() - 1],
        };
        let (inside, outside): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| all.holds(line.bbox));
        let mut contents: Vec<Vec<Line>> = vec![Vec::new(); self.cells.len()];
        let mut kept = Vec::new();
        for line in &inside {
            for piece in self.pieces(line) {
                match self.cells.iter().position(|cell| self.bbox(*cell).holds(piece.bbox)) {
                    Some(cell) => contents[cell].push(piece),
                    None => kept.push(piece),
                }
            }
        }
        let full = contents.iter().filter(|content| !content.is_empty()).count();
        let rows = self.ys.len() - 1;
        let full_rows = (0..rows)
            .filter(|row| {
                self.cells
                    .iter()
                    .zip(&contents)
                    .filter(|(cell, content)| cell.0 == *row && !content.is_empty())
                    .count()
                    >= 2
            })
            .count();
        // Grid lines of a chart hold a label here and there; a table's cells hold words, at least in most rows.
        let heads = rows == 1 && self.is_head(&contents);
        let sparse = full * 2 < self.cells.len() && (full * 4 < self.cells.len() || full_rows * 4 < rows * 3);
        if !heads && (full < 4 || sparse || full_rows < 2) || !kept.is_empty() {
            let mut lines = outside;
            lines.extend(inside);
            return (None, lines);
        }
        if self.is_coarse(&contents) {
            let mut lines = outside;
            lines.extend(inside);
            return (None, lines);
        }
        let filled: Vec<Filled> = self
            .cells
            .iter()
            .zip(contents)
            .map(|(cell, lines)| Filled {
                row: cell.0,
                column: cell.1,
                rows: cell.2,
                columns: cell.3,
                lines,
                bbox: self.bbox(*cell),
            })
            .collect();
        let (filled, rows) = by_bands(by_columns(filled, &self.xs), &self.xs, rows);
        let (filled, rows) = by_rows(filled, rows);
        let cells: Vec<Cell> = filled
            .into_iter()
            .map(|cell| Cell {
                row: cell.row,
                column: cell.column,
                row_span: cell.rows,
                column_span: cell.columns,
                header: false,
                text: text_of(cell.lines, page),
                region: Region::Box { page, bbox: cell.bbox },
            })
            .collect();
        let table = Table {
            region: Region::Box { page, bbox: all },
            caption: None,
            rows,
            columns: self.xs.len() - 1,
            header_rows: if heads { 1 } else { header_rows(&cells, rows) },
            cells,
        };
        (Some(table), outside)
    }

    /// Whether rulings leave out most of what white space parts: cells in which words stand beside one another in several rows.
    fn is_coarse(&self, contents: &[Vec<Line>]) -> bool {
        if self.xs.len() > 7 {
            return false;
        }
        let many = self.xs.len() > 4;
        // Words that stand beside others on one base line; in columns they start or end below one another, in justified lines they do not.
        let beside = |lines: &Vec<Line>| {
            let second: Vec<&Line> = lines
                .iter()
                .filter(|line| {
                    lines
                        .iter()
                        .any(|other| (other.baseline - line.baseline).abs() < 0.3 * line.size && other.bbox.x1 < line.bbox.x0 && !is_bullet(other))
                })
                .collect();
            let aligned = |one: &&&Line| {
                let same = |other: &&&Line| (one.bbox.x0 - other.bbox.x0).abs() < 2.0 || (one.bbox.x1 - other.bbox.x1).abs() < 2.0;
                second.iter().filter(same).count() >= 2
            };
            let figures = second
                .iter()
                .filter(|line| {
                    line.words()
                        .all(|word| is_number(&word.string) || word.string.len() <= 3 && !word.string.contains(char::is_lowercase))
                })
                .count();
            // Where rulings part many columns, a cell may hold justified words, and figures beside one another alone tell of columns in it.
            if many && figures * 5 < second.len() * 4 {
                return 0;
            }
            let count = second.iter().filter(aligned).count();
            if count * 5 >= second.len() * 3 { count } else { 0 }
        };
        let crowded: usize = contents.iter().filter(|lines| beside(lines) >= 2).map(Vec::len).sum();
        let all: usize = contents.iter().map(Vec::len).sum();
        let (most, whole) = if many { (3, 5) } else { (2, 5) };
        crowded * whole > all * most
    }

    /// Whether a single row is the head of a table that goes on elsewhere: an empty corner, then names without figures.
    fn is_head(&self, contents: &[Vec<Line>]) -> bool {
        let named = |lines: &Vec<Line>| {
            let length: usize = lines.iter().flat_map(Line::words).map(|word| word.string.chars().count()).sum();
            (2..=60).contains(&length) && !lines.iter().flat_map(Line::words).any(|word| is_number(&word.string))
        };
        self.cells.len() >= 3 && contents[0].is_empty() && contents[1..].iter().all(named)
    }

    /// A line cut where it crosses from one cell to another.
    fn pieces(&self, line: &Line) -> Vec<Line> {
        let column = |part: &Part| {
            self.xs
                .partition_point(|x| *x <= f64::midpoint(part.token().bbox.x0, part.token().bbox.x1))
        };
        let mut ends: Vec<usize> = Vec::new();
        let mut last = None;
        for (index, part) in line.parts.iter().enumerate() {
            let at = self
                .cells
                .iter()
                .position(|cell| self.bbox(*cell).holds(part.token().bbox))
                .unwrap_or_else(|| self.cells.len() + column(part));
            match ends.last_mut() {
                Some(end) if last == Some(at) || matches!(part, Part::Mark(_)) => *end = index + 1,
                _ => ends.push(index + 1),
            }
            last = Some(at);
        }
        if ends.len() < 2 {
            return vec![line.clone()];
        }
        let starts = [0].into_iter().chain(ends.iter().copied());
        let pieces = starts.zip(&ends).map(|(start, end)| line.parts[start..*end].to_vec());
        pieces.filter_map(Line::of).collect()
    }
}

/// Where rulings stand, those of almost one place taken together.
fn places(edges: &[Edge]) -> Vec<f64> {
    let mut places: Vec<f64> = edges.iter().map(|edge| edge.at).collect();
    places.sort_by(f64::total_cmp);
    places.dedup_by(|one, other| (*one - *other).abs() < ONE_RULING);
    places
}

/// Whether a line is nothing but the mark of an entry in a list.
fn is_bullet(line: &Line) -> bool {
    !line.string().chars().any(char::is_alphanumeric)
}

/// Whether a ruling stands along most of a cell's side.
fn covers(edges: &[Edge], at: f64, from: f64, to: f64) -> bool {
    let first = edges.partition_point(|edge| edge.at < at - ONE_RULING);
    let covered: f64 = edges[first..]
        .iter()
        .take_while(|edge| edge.at <= at + ONE_RULING)
        .map(|edge| (edge.to.min(to) - edge.from.max(from)).max(0.0))
        .sum();
    covered >= 0.6 * (to - from)
}

/// Rows before the first that holds a figure beside its first cell, or begins with one and says nothing in words.
pub(super) fn header_rows(cells: &[Cell], rows: usize) -> usize {
    let is_year = |string: &str| {
        string.len() == 4 && (string.starts_with("19") || string.starts_with("20")) && string.bytes().all(|byte| byte.is_ascii_digit())
    };
    let holds_figure = |row: usize| {
        cells.iter().filter(|cell| cell.row == row && cell.column > 0).any(|cell| {
            let string = cell.text.string.as_str();
            !is_year(string)
                && string.split_whitespace().any(is_number)
                && string.chars().filter(|character| character.is_alphabetic()).count() < 40
                && !is_date(string)
        })
    };
    let is_bare = |row: usize| {
        let mut members = cells.iter().filter(|cell| cell.row == row);
        let begins = |cell: &Cell| cell.column == 0 && is_number(&cell.text.string) && !is_year(&cell.text.string);
        members.clone().any(begins) && !members.any(|cell| cell.text.string.contains(char::is_alphabetic))
    };
    (0..rows).find(|row| holds_figure(*row) || is_bare(*row)).unwrap_or(0)
}

/// Whether a header names a month, a day or a span of years rather than a figure.
fn is_date(string: &str) -> bool {
    let letters = string.chars().filter(|character| character.is_alphabetic()).count();
    let years = string
        .split(|character: char| !character.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .all(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")) || digits.len() <= 2 && letters > 0);
    years
        && !string.contains('%')
        && (letters > 2
            || string
                .split(|character: char| !character.is_ascii_digit())
                .any(|digits| digits.len() == 4))
}
