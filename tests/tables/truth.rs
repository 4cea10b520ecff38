//! The true tables of a document as the ICDAR 2013 competition wrote them down, to cells.

use super::measure::Cell;

/// A true table.
#[derive(Debug, Clone)]
pub(super) struct TrueTable {
    /// The page of its last part: the competition's tool knows a table by that.
    pub(super) page: u32,
    /// Its cells.
    pub(super) cells: Vec<Cell>,
    /// The boxes around its parts: page, then left, bottom, right and top, in points from the bottom left.
    pub(super) regions: Vec<(u32, [f64; 4])>,
}

/// Reads a `-str.xml` file.
pub(super) fn tables(xml: &str) -> Vec<TrueTable> {
    let document = roxmltree::Document::parse(xml).expect("the truth is well-formed");
    let named = |name: &'static str| move |node: &roxmltree::Node<'_, '_>| node.has_tag_name(name);
    document
        .descendants()
        .filter(named("table"))
        .map(|table| {
            let mut read = TrueTable {
                page: 0,
                cells: Vec::new(),
                regions: Vec::new(),
            };
            for region in table.children().filter(named("region")) {
                let whole = |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).and_then(|value| value.parse::<i64>().ok());
                let page = whole(region, "page").and_then(|page| u32::try_from(page).ok()).expect("a page");
                read.page = page;
                let mut around: Option<[f64; 4]> = None;
                for cell in region.children().filter(named("cell")) {
                    let range = |start: &str, end: &str, increment: &str| {
                        let first = whole(cell, start).expect("a place");
                        let by = whole(region, increment).unwrap_or(0);
                        let place = |at: i64| usize::try_from(at + by).expect("a place in the grid");
                        place(first)..place(whole(cell, end).unwrap_or(first) + 1)
                    };
                    let text = cell
                        .children()
                        .find(named("content"))
                        .and_then(|content| content.text())
                        .unwrap_or_default();
                    read.cells.push(Cell {
                        rows: range("start-row", "end-row", "row-increment"),
                        columns: range("start-col", "end-col", "col-increment"),
                        text: text.to_owned(),
                    });
                    if let Some(bbox) = cell.children().find(named("bounding-box")) {
                        let side = |name: &str| bbox.attribute(name).and_then(|value| value.parse::<f64>().ok()).expect("a side");
                        let [left, bottom, right, top] = around.unwrap_or([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY]);
                        around = Some([left.min(side("x1")), bottom.min(side("y1")), right.max(side("x2")), top.max(side("y2"))]);
                    }
                }
                read.regions.extend(around.map(|around| (page, around)));
            }
            read
        })
        .collect()
}
