//! Pages printed on their side: read as a person does who turns the sheet, and every place told on the sheet as it lies.

use super::chart::{Outline, Place};
use super::{BBox, Block, Cell, Chart, Drawing, Item, Page, Point, PointSeries, Region, Table, Text, Word};

/// Glyphs that tell which way a page runs; fewer are a label beside a chart.
const FEWEST: usize = 40;
/// The share of the glyphs of a page on its side that run up or down: its number and the line at its head may lie across.
const MOST: f64 = 0.8;

/// A quarter turn of a page of some size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    way: Way,
    width: f64,
    height: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Words that run down come to run across.
    Left,
    /// Words that run up do.
    Right,
}

impl Turn {
    /// The turn after which the words of a page run across; none where most of them do.
    pub(super) fn of(drawing: &Drawing) -> Option<Self> {
        let count = |turn: i16| drawing.glyphs.iter().filter(|glyph| glyph.turn == turn).count();
        let first = drawing.glyphs.first().filter(|_| drawing.glyphs.len() >= FEWEST)?;
        // Most pages are told by their first glyph and one more look.
        let last = drawing.glyphs.last()?;
        if first.turn == 0 && last.turn == 0 && drawing.glyphs[drawing.glyphs.len() / 2].turn == 0 {
            return None;
        }
        let (down, up) = (count(90), count(-90));
        let way = if down > up { Way::Left } else { Way::Right };
        (down.max(up) as f64 > MOST * drawing.glyphs.len() as f64).then_some(Self {
            way,
            width: drawing.width,
            height: drawing.height,
        })
    }

    /// The turn after which the rows of a table run across, on a page of some size; none where they do.
    pub(super) fn of_table(table: &Table, width: f64, height: f64) -> Option<Self> {
        let last_row = |column: usize| {
            let cell = table.cells.iter().find(|cell| cell.row + 1 == table.rows && cell.column == column);
            cell.and_then(|cell| cell.region.bbox()).map(BBox::middle)
        };
        let (first, last) = last_row(0).zip(table.columns.checked_sub(1).and_then(last_row))?;
        let way = if last.1 > first.1 { Way::Left } else { Way::Right };
        ((last.1 - first.1).abs() > (last.0 - first.0).abs()).then_some(Self { way, width, height })
    }

    /// Whether another page lies on the same side.
    pub(super) fn is_as(self, other: Self) -> bool {
        self.way == other.way
    }

    /// Turns the page as drawn.
    pub(super) fn put_upright(self, drawing: &mut Drawing) {
        for glyph in &mut drawing.glyphs {
            glyph.origin = self.place(glyph.origin);
            glyph.end = self.place(glyph.end);
            glyph.bbox = self.bbox(glyph.bbox);
            glyph.turn = self.direction(glyph.turn);
        }
        for shape in &mut drawing.shapes {
            match &mut shape.outline {
                Outline::Rect => {}
                Outline::Line { from, to } => (*from, *to) = (self.place(*from), self.place(*to)),
                Outline::Path { points, .. } => points.iter_mut().for_each(|point| *point = self.place(*point)),
            }
            shape.bbox = self.bbox(shape.bbox);
            shape.uncut = self.bbox(shape.uncut);
            shape.region = self.region(shape.region);
        }
        for picture in &mut drawing.pictures {
            *picture = self.bbox(*picture);
        }
        (drawing.width, drawing.height) = (self.height, self.width);
    }

    /// What was read of the page that was turned, with its places on the page as it lies.
    pub(super) fn back(self, page: Page) -> Page {
        let back = Self {
            way: match self.way {
                Way::Left => Way::Right,
                Way::Right => Way::Left,
            },
            width: self.height,
            height: self.width,
        };
        let words = page.words.into_iter().map(|word| Word {
            bbox: back.bbox(word.bbox),
            ..word
        });
        Page {
            width: self.width,
            height: self.height,
            words: words.collect(),
            items: page.items.into_iter().map(|item| back.item(item)).collect(),
            pictures: page.pictures.into_iter().map(|region| back.region(region)).collect(),
            ..page
        }
    }

    fn item(self, item: Item) -> Item {
        match item {
            Item::Block(block) => Item::Block(Block {
                text: self.text(block.text),
                region: self.region(block.region),
                ..block
            }),
            Item::Table(table) => Item::Table(self.table(table)),
            Item::Chart(chart) => Item::Chart(self.chart(chart)),
        }
    }

    fn table(self, table: Table) -> Table {
        let cells = table.cells.into_iter().map(|cell| Cell {
            text: self.text(cell.text),
            region: self.region(cell.region),
            ..cell
        });
        Table {
            region: self.region(table.region),
            caption: table.caption.map(|text| self.text(text)),
            cells: cells.collect(),
            ..table
        }
    }

    fn chart(self, chart: Chart) -> Chart {
        let point = |point: Point| Point {
            category: point.category.map(|text| self.text(text)),
            label: point.label.map(|text| self.text(text)),
            region: self.region(point.region),
            ..point
        };
        let series = chart.series.into_iter().map(|series| PointSeries {
            name: series.name.map(|text| self.text(text)),
            points: series.points.into_iter().map(point).collect(),
        });
        Chart {
            region: self.region(chart.region),
            title: chart.title.map(|text| self.text(text)),
            heading: chart.heading.map(|text| self.text(text)),
            axis: chart.axis.map(|text| self.text(text)),
            series: series.collect(),
            ..chart
        }
    }

    fn text(self, mut text: Text) -> Text {
        for piece in &mut text.pieces {
            piece.region = self.region(piece.region);
        }
        for mark in &mut text.marks {
            mark.region = self.region(mark.region);
        }
        text
    }

    fn region(self, region: Region) -> Region {
        match region {
            Region::Box { page, bbox } => Region::Box { page, bbox: self.bbox(bbox) },
            bytes @ Region::Bytes { .. } => bytes,
        }
    }

    /// Where a box comes to stand.
    pub(super) fn bbox(self, bbox: BBox) -> BBox {
        let (one, other) = (self.place((bbox.x0, bbox.top)), self.place((bbox.x1, bbox.bottom)));
        BBox {
            x0: one.0.min(other.0),
            top: one.1.min(other.1),
            x1: one.0.max(other.0),
            bottom: one.1.max(other.1),
        }
    }

    fn place(self, (x, y): Place) -> Place {
        match self.way {
            Way::Left => (y, self.width - x),
            Way::Right => (self.height - y, x),
        }
    }

    /// Directions in degrees clockwise, from -180.
    fn direction(self, turn: i16) -> i16 {
        let by = match self.way {
            Way::Left => -90,
            Way::Right => 90,
        };
        (turn + by + 180).rem_euclid(360) - 180
    }
}
