//! A document as JSON: pages with words, blocks, tables and charts, each with its place.

use std::io::{self, Write};

use crosstally::layout::{BBox, Block, Chart, Document, Item, Page, Point, Region, Table};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use serde_json::Value;

use super::{Reading, bytes, reading, unit};

#[derive(Serialize)]
struct JsonDocument<'a> {
    document: &'a str,
    media_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    repairs: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    losses: &'a [String],
    pages: Vec<JsonPage<'a>>,
}

#[derive(Serialize)]
struct JsonPage<'a> {
    number: u32,
    width: Option<f64>,
    height: Option<f64>,
    words: Vec<JsonWord<'a>>,
    blocks: Vec<JsonBlock<'a>>,
    tables: Vec<JsonTable<'a>>,
    charts: Vec<JsonChart<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pictures: Vec<JsonPicture>,
}

#[derive(Serialize)]
struct JsonPicture {
    #[serde(flatten)]
    place: Place,
    /// Whether it looks as if it held figures, which nobody reads.
    unread: bool,
}

/// `bbox` in points for PDF, `bytes` of the file for text and HTML.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Bbox([f64; 4]),
    Bytes([u64; 2]),
}

#[derive(Serialize)]
struct JsonWord<'a> {
    text: &'a str,
    bbox: [f64; 4],
    size: f64,
    bold: bool,
}

#[derive(Serialize)]
struct JsonBlock<'a> {
    kind: &'static str,
    text: &'a str,
    #[serde(flatten)]
    place: Place,
    #[serde(skip_serializing_if = "is_unknown")]
    level: u8,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    labels: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<&'a str>,
}

#[derive(Serialize)]
struct JsonTable<'a> {
    #[serde(flatten)]
    place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    rows: usize,
    columns: usize,
    header_rows: usize,
    cells: Vec<JsonCell<'a>>,
}

#[derive(Serialize)]
struct JsonCell<'a> {
    row: usize,
    column: usize,
    row_span: usize,
    column_span: usize,
    text: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct JsonChart<'a> {
    kind: &'static str,
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    axis: Option<&'a str>,
    #[serde(flatten)]
    place: Place,
    series: Vec<JsonSeries<'a>>,
}

#[derive(Serialize)]
struct JsonSeries<'a> {
    name: Option<&'a str>,
    points: Vec<JsonPoint<'a>>,
}

#[derive(Serialize)]
struct JsonPoint<'a> {
    category: Option<&'a str>,
    value: Value,
    unit: Option<&'static str>,
    method: Option<&'static str>,
    error: Option<f64>,
    #[serde(flatten)]
    place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<JsonMark>,
}

/// What the mark's length says, beside what is printed at it.
#[derive(Serialize)]
struct JsonMark {
    value: f64,
    error: f64,
}

/// Writes the document as one JSON object; `unread` are the pictures that look as if they held figures.
pub(super) fn write(name: &str, document: &Document, unread: &[Region], out: &mut dyn Write) -> io::Result<()> {
    let json = JsonDocument {
        document: name,
        media_type: document.media_type,
        title: document.title.as_ref().map(|title| title.string.as_str()),
        repairs: &document.repairs,
        losses: &document.losses,
        pages: document.pages.iter().map(|page| json_page(document, unread, page)).collect(),
    };
    serde_json::to_writer(&mut *out, &json)?;
    writeln!(out)
}

fn json_page<'a>(document: &Document, unread: &[Region], page: &'a Page) -> JsonPage<'a> {
    let (mut blocks, mut tables, mut charts) = (Vec::new(), Vec::new(), Vec::new());
    for item in &page.items {
        match item {
            Item::Block(block) => blocks.push(json_block(document, block)),
            Item::Table(table) => tables.push(json_table(document, table)),
            Item::Chart(chart) => charts.push(json_chart(document, chart)),
        }
    }
    let length = |points: f64| (points > 0.0).then(|| hundredths(points));
    JsonPage {
        number: page.number,
        width: length(page.width),
        height: length(page.height),
        words: page
            .words
            .iter()
            .map(|word| JsonWord {
                text: &word.text,
                bbox: corners(word.bbox),
                size: hundredths(word.size),
                bold: word.bold,
            })
            .collect(),
        blocks,
        tables,
        charts,
        pictures: page
            .pictures
            .iter()
            .map(|picture| JsonPicture {
                place: place(document, *picture),
                unread: unread.contains(picture),
            })
            .collect(),
    }
}

fn json_block<'a>(document: &Document, block: &'a Block) -> JsonBlock<'a> {
    JsonBlock {
        kind: block.kind.as_str(),
        text: &block.text.string,
        place: place(document, block.region),
        level: block.level,
        labels: &block.labels,
        marks: block.text.marks.iter().map(|mark| mark.label.as_str()).collect(),
    }
}

fn json_table<'a>(document: &Document, table: &'a Table) -> JsonTable<'a> {
    JsonTable {
        place: place(document, table.region),
        caption: table.caption.as_ref().map(|caption| caption.string.as_str()),
        rows: table.rows,
        columns: table.columns,
        header_rows: table.header_rows,
        cells: table
            .cells
            .iter()
            .map(|cell| JsonCell {
                row: cell.row,
                column: cell.column,
                row_span: cell.row_span,
                column_span: cell.column_span,
                text: &cell.text.string,
                place: place(document, cell.region),
            })
            .collect(),
    }
}

fn json_chart<'a>(document: &Document, chart: &'a Chart) -> JsonChart<'a> {
    let unit = unit(chart);
    JsonChart {
        kind: chart.kind.as_str(),
        title: chart.heading.as_ref().or(chart.title.as_ref()).map(|title| title.string.as_str()),
        axis: chart.axis.as_ref().map(|axis| axis.string.as_str()),
        place: place(document, chart.region),
        series: chart
            .series
            .iter()
            .map(|series| JsonSeries {
                name: series.name.as_ref().map(|name| name.string.as_str()),
                points: series.points.iter().map(|point| json_point(document, chart, point, unit)).collect(),
            })
            .collect(),
    }
}

fn json_point<'a>(document: &Document, chart: &Chart, point: &'a Point, unit: Option<&'static str>) -> JsonPoint<'a> {
    let (value, method, error) = match reading(chart, point) {
        Some(Reading::Label(value)) => {
            let whole = value.normalize().scale() == 0;
            let number = if whole { value.to_i64().map(Value::from) } else { None };
            (number.or_else(|| value.to_f64().map(Value::from)), Some("chart-label"), Some(0.0))
        }
        Some(Reading::Mark(mark)) => (Some(Value::from(fine(mark.value))), Some("chart-geometry"), Some(fine(mark.error))),
        None => (None, None, None),
    };
    JsonPoint {
        category: point.category.as_ref().map(|category| category.string.as_str()),
        value: value.unwrap_or(Value::Null),
        unit,
        method,
        error,
        place: place(document, point.region),
        label: point.label.as_ref().map(|label| label.string.as_str()),
        mark: point.mark.map(|mark| JsonMark {
            value: fine(mark.value),
            error: fine(mark.error),
        }),
    }
}

fn place(document: &Document, region: Region) -> Place {
    match region {
        Region::Bytes { start, end } => Place::Bytes(bytes(document, start, end)),
        Region::Box { bbox, .. } => Place::Bbox(corners(bbox)),
    }
}

pub(super) fn corners(bbox: BBox) -> [f64; 4] {
    [bbox.x0, bbox.top, bbox.x1, bbox.bottom].map(hundredths)
}

/// Points finer than a hundredth are noise.
fn hundredths(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

/// A reading of a mark without the digits that arithmetic leaves behind.
fn fine(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_unknown(level: &u8) -> bool {
    *level == 0
}
