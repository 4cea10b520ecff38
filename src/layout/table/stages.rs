//! A page as drawn and as read to the stages by which its tables were found: words, edges, intersections, cells, tables.
//!
//! The names are those of pdfplumber (jsvine/pdfplumber, `table.py`), after A. Nurminen: "Algorithmic Extraction of Data in Tables in PDF
//! Documents", Tampere 2013. Nobody computes them but who asks to see them.

use super::Table;
use super::ruled::grids;
use super::rulings::{Edge, edges, meets};
use crate::layout::chart::{Place, Shape};
use crate::layout::turned::Turn;
use crate::layout::{BBox, Item, Page, Word};

/// Intersections told of one page.
const MOST_INTERSECTIONS: usize = 20_000;
/// Cells whose sides differ by less than this, in points, are the same.
const SAME_CELL: f64 = 1.0;

/// The stages of one page.
#[derive(Debug, Clone, Default)]
pub struct Stages {
    /// From 1.
    pub page: u32,
    /// Width of the page in points as shown.
    pub width: f64,
    /// Height of the page in points as shown.
    pub height: f64,
    /// All visible words.
    pub words: Vec<Word>,
    /// What parts rows and columns: level edges from the top, then upright ones from the left.
    pub edges: Vec<StageEdge>,
    /// Where level and upright edges meet, from the top, then from the left.
    pub intersections: Vec<Place>,
    /// What edges enclose on all sides, whether a table came of it or not.
    pub cells: Vec<BBox>,
    /// The tables.
    pub tables: Vec<Table>,
}

/// A level or upright edge; its box has no height, or no width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StageEdge {
    /// Where it runs.
    pub bbox: BBox,
    /// What it is made of.
    pub origin: EdgeOrigin,
}

/// What an edge is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeOrigin {
    /// A ruling: a stroke, a thin fill, or the outline of a box.
    Ruling,
    /// The white space between the columns or rows of a table that rulings do not part.
    Space,
}

impl EdgeOrigin {
    /// The word in `show --stage`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ruling => "ruling",
            Self::Space => "space",
        }
    }
}

/// The rulings of a page, and the cells they enclose.
#[derive(Debug, Clone, Default)]
pub struct Rulings {
    level: Vec<Edge>,
    upright: Vec<Edge>,
    cells: Vec<BBox>,
}

impl Rulings {
    /// Those among the shapes of a page.
    pub fn of(shapes: &[Shape]) -> Self {
        let (level, upright) = edges(shapes);
        let cells = grids(&level, &upright);
        Self { level, upright, cells }
    }
}

impl Stages {
    /// The stages of a page with the rulings on it.
    pub fn of(page: &Page, rulings: Rulings) -> Self {
        let tables: Vec<Table> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Table(table) => Some(table.clone()),
                _ => None,
            })
            .collect();
        let Rulings { level, upright, mut cells } = rulings;
        let mut level: Vec<(Edge, EdgeOrigin)> = level.into_iter().map(|edge| (edge, EdgeOrigin::Ruling)).collect();
        let mut upright: Vec<(Edge, EdgeOrigin)> = upright.into_iter().map(|edge| (edge, EdgeOrigin::Ruling)).collect();
        for table in tables.iter().filter(|table| !is_ruled(table, &cells)).collect::<Vec<_>>() {
            if Turn::of_table(table, page.width, page.height).is_some() {
                // The white space was looked at on the page as it was turned; its cells are known here.
                cells.extend(table.cells.iter().filter_map(|cell| cell.region.bbox()));
                continue;
            }
            let (xs, ys) = spaces(table);
            let (left, right) = ends(&xs);
            let (top, bottom) = ends(&ys);
            level.extend(ys.iter().map(|at| (edge(*at, left, right), EdgeOrigin::Space)));
            upright.extend(xs.iter().map(|at| (edge(*at, top, bottom), EdgeOrigin::Space)));
            cells.extend(table.cells.iter().filter_map(|cell| {
                Some(BBox {
                    x0: *xs.get(cell.column)?,
                    top: *ys.get(cell.row)?,
                    x1: *xs.get(cell.column + cell.column_span)?,
                    bottom: *ys.get(cell.row + cell.row_span)?,
                })
            }));
        }
        let by_place =
            |one: &(Edge, EdgeOrigin), other: &(Edge, EdgeOrigin)| one.0.at.total_cmp(&other.0.at).then(one.0.from.total_cmp(&other.0.from));
        level.sort_by(by_place);
        upright.sort_by(by_place);
        let across = level.iter().map(|(edge, origin)| StageEdge {
            bbox: BBox {
                x0: edge.from,
                top: edge.at,
                x1: edge.to,
                bottom: edge.at,
            },
            origin: *origin,
        });
        let down = upright.iter().map(|(edge, origin)| StageEdge {
            bbox: BBox {
                x0: edge.at,
                top: edge.from,
                x1: edge.at,
                bottom: edge.to,
            },
            origin: *origin,
        });
        Self {
            page: page.number,
            width: page.width,
            height: page.height,
            words: page.words.clone(),
            edges: across.chain(down).collect(),
            intersections: level
                .iter()
                .flat_map(|(level, _)| {
                    upright
                        .iter()
                        .filter(|(upright, _)| meets(*level, *upright))
                        .map(|(upright, _)| (upright.at, level.at))
                })
                .take(MOST_INTERSECTIONS)
                .collect(),
            cells,
            tables,
        }
    }
}

fn edge(at: f64, from: f64, to: f64) -> Edge {
    Edge { at, from, to }
}

/// Whether rulings enclose a cell of a table.
fn is_ruled(table: &Table, cells: &[BBox]) -> bool {
    table.cells.iter().filter_map(|cell| cell.region.bbox()).any(|one| {
        cells.iter().any(|other| {
            let apart = [one.x0 - other.x0, one.top - other.top, one.x1 - other.x1, one.bottom - other.bottom];
            apart.iter().all(|apart| apart.abs() < SAME_CELL)
        })
    })
}

/// The edges of the columns and of the rows of a table, halfway between the words on either side.
fn spaces(table: &Table) -> (Vec<f64>, Vec<f64>) {
    let bbox = table.region.bbox().unwrap_or_default();
    let (mut across, mut down) = (vec![None; table.columns], vec![None; table.rows]);
    for cell in &table.cells {
        let Some(words) = cell.text.whole().and_then(crate::layout::Region::bbox) else {
            continue;
        };
        if cell.column_span == 1 {
            widen(&mut across[cell.column], words.x0, words.x1);
        }
        if cell.row_span == 1 {
            widen(&mut down[cell.row], words.top, words.bottom);
        }
    }
    (between(bbox.x0, &across, bbox.x1), between(bbox.top, &down, bbox.bottom))
}

fn widen(span: &mut Option<(f64, f64)>, from: f64, to: f64) {
    *span = Some(span.map_or((from, to), |(first, last)| (first.min(from), last.max(to))));
}

/// The first edge, the middles between neighbours, the last edge; a span of nothing is as narrow as can be.
fn between(first: f64, spans: &[Option<(f64, f64)>], last: f64) -> Vec<f64> {
    let mut edges = vec![first];
    for (index, span) in spans.iter().enumerate().skip(1) {
        let before = spans[..index].iter().rev().flatten().next().map_or(first, |span| span.1);
        let after = span
            .or_else(|| spans[index..].iter().flatten().next().copied())
            .map_or(last, |span| span.0);
        edges.push(f64::midpoint(before, after));
    }
    edges.push(last);
    edges
}

fn ends(places: &[f64]) -> (f64, f64) {
    (places.first().copied().unwrap_or(0.0), places.last().copied().unwrap_or(0.0))
}
