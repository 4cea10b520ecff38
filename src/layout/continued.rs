//! What a page break parts: the head of a table from its rows, a caption from its figure.

use super::turned::Turn;
use super::{BBox, Block, BlockKind, Item, Page, Region, Table};

/// The share of a page's height in which running heads and feet stand.
const MARGIN: f64 = 0.055;
/// Edges of columns that differ by less than this, in points, are the same.
const SAME_EDGE: f64 = 2.5;
/// Middles that differ by less than this, in points, are the same.
const SAME_MIDDLE: f64 = 6.0;
/// Characters of a caption.
const LONGEST_CAPTION: usize = 160;

/// Puts together what the break between two pages parts.
pub fn join_across_pages(pages: &mut [Page]) {
    for at in 1..pages.len() {
        let (before, after) = pages.split_at_mut(at);
        if let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) {
            join(before, after);
        }
    }
}

fn join(before: &mut Page, after: &mut Page) {
    let (one, other) = (Sheet::of(before), Sheet::of(after));
    let same_side = match (one.turn, other.turn) {
        (Some(one), Some(other)) => one.is_as(other),
        (one, other) => one.is_none() && other.is_none(),
    };
    let Some((last, first)) = one.lowest(before).zip(other.highest(after)).filter(|_| same_side) else {
        return;
    };
    match (&before.items[last], &mut after.items[first]) {
        (Item::Table(head), Item::Table(table)) if carries_on((head, one), (table, other)) => {
            let moved = head.header_rows == head.rows;
            put_head(head, table);
            if moved {
                before.items.remove(last);
            }
        }
        (Item::Block(caption), Item::Block(figure)) if one.bbox(&before.items[last]).bottom > 0.85 * one.height && is_caption_of(caption, figure) => {
            let mut text = caption.text.clone();
            text.append(&figure.text, "\n");
            figure.text = text;
            before.items.remove(last);
        }
        _ => {}
    }
}

/// A page as a person holds it who reads its tables.
#[derive(Clone, Copy)]
struct Sheet {
    turn: Option<Turn>,
    height: f64,
}

impl Sheet {
    fn of(page: &Page) -> Self {
        let mut tables = page
            .items
            .iter()
            .filter_map(|item| if let Item::Table(table) = item { Some(table) } else { None });
        let turn = tables.find_map(|table| Turn::of_table(table, page.width, page.height));
        let height = if turn.is_some() { page.width } else { page.height };
        Self { turn, height }
    }

    fn place(self, region: Region) -> Option<BBox> {
        region.bbox().map(|bbox| self.turn.map_or(bbox, |turn| turn.bbox(bbox)))
    }

    fn bbox(self, item: &Item) -> BBox {
        self.place(region(item)).unwrap_or_default()
    }

    /// The items that stand in no running head or foot, be it of the page as it lies or as it is held.
    fn inner(self, page: &Page) -> impl Iterator<Item = (usize, BBox)> + Clone {
        let within = |bbox: BBox, height: f64| bbox.top < (1.0 - MARGIN) * height && bbox.bottom > MARGIN * height;
        let boxes = page
            .items
            .iter()
            .enumerate()
            .map(move |(index, item)| (index, region(item), self.bbox(item)));
        let inner = boxes.filter(move |(_, lies, held)| within(lies.bbox().unwrap_or_default(), page.height) && within(*held, self.height));
        inner.map(|(index, _, held)| (index, held))
    }

    /// The last item above a page's foot, where nothing stands beside it.
    fn lowest(self, page: &Page) -> Option<usize> {
        let (last, lowest) = self.inner(page).max_by(|one, other| one.1.bottom.total_cmp(&other.1.bottom))?;
        let mut others = self.inner(page).filter(|(index, _)| *index != last);
        others.all(|(_, bbox)| bbox.bottom < lowest.top + 2.0).then_some(last)
    }

    /// The first item below a page's head, where nothing stands beside it.
    fn highest(self, page: &Page) -> Option<usize> {
        let (first, highest) = self.inner(page).min_by(|one, other| one.1.top.total_cmp(&other.1.top))?;
        let mut others = self.inner(page).filter(|(index, _)| *index != first);
        others.all(|(_, bbox)| bbox.top > highest.bottom - 2.0).then_some(first)
    }
}

fn region(item: &Item) -> Region {
    match item {
        Item::Block(block) => block.region,
        Item::Table(table) => table.region,
        Item::Chart(chart) => chart.region,
    }
}

/// Whether a table without a head of its own has the columns of the one that ends the page before.
fn carries_on((head, before): (&Table, Sheet), (table, after): (&Table, Sheet)) -> bool {
    let edges = |table: &Table, sheet: Sheet, row: usize| -> Vec<(usize, f64, f64)> {
        table
            .cells
            .iter()
            .filter(|cell| cell.row == row && cell.column_span == 1)
            .filter_map(|cell| sheet.place(cell.region).map(|bbox| (cell.column, bbox.x0, bbox.x1)))
            .collect()
    };
    if head.header_rows == 0 || table.header_rows > 0 || head.columns != table.columns {
        return false;
    }
    let (one, other) = (edges(head, before, head.rows.saturating_sub(1)), edges(table, after, 0));
    let ruled = one.len() == head.columns
        && other.len() == head.columns
        && one
            .iter()
            .zip(&other)
            .all(|(one, other)| one.0 == other.0 && (one.1 - other.1).abs() < SAME_EDGE && (one.2 - other.2).abs() < SAME_EDGE);
    ruled || head.columns >= 3 && columns_stand_below((head, before), (table, after))
}

/// Whether the words in each column of a table start, end or have their middle where those in the rows of the one before do.
fn columns_stand_below(before: (&Table, Sheet), after: (&Table, Sheet)) -> bool {
    let spans = |(table, sheet): (&Table, Sheet)| -> Option<Vec<(f64, f64)>> {
        let span = |column: usize| {
            let cells = table
                .cells
                .iter()
                .filter(|cell| cell.column == column && cell.column_span == 1 && cell.row >= table.header_rows);
            cells
                .filter_map(|cell| cell.text.whole().and_then(|region| sheet.place(region)))
                .map(|bbox| (bbox.x0, bbox.x1))
                .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
        };
        (0..table.columns).map(span).collect()
    };
    let Some((before, after)) = spans(before).zip(spans(after)) else {
        return false;
    };
    before.iter().zip(&after).all(|(one, other)| {
        let middles = f64::midpoint(one.0, one.1) - f64::midpoint(other.0, other.1);
        (one.0 - other.0).abs() < SAME_EDGE || (one.1 - other.1).abs() < SAME_EDGE || middles.abs() < SAME_EDGE
    })
}

/// Puts the head of one table over the rows of another.
fn put_head(head: &Table, table: &mut Table) {
    let rows = head.header_rows;
    for cell in &mut table.cells {
        cell.row += rows;
    }
    let mut cells: Vec<_> = head.cells.iter().filter(|cell| cell.row < rows).cloned().collect();
    cells.append(&mut table.cells);
    table.cells = cells;
    table.rows += rows;
    table.header_rows = rows;
    if table.caption.is_none() {
        table.caption.clone_from(&head.caption);
    }
}

/// Whether a figure that opens a page without words of its own stands under the words that end the page before.
fn is_caption_of(words: &Block, figure: &Block) -> bool {
    let middle = |region: Region| region.bbox().map(|bbox| f64::midpoint(bbox.x0, bbox.x1));
    let (Some(one), Some(other)) = (middle(words.region), middle(figure.region)) else {
        return false;
    };
    let bare = figure.kind == BlockKind::Headline && !figure.text.string.chars().any(char::is_alphabetic);
    let caption = words.kind == BlockKind::Paragraph || words.kind == BlockKind::Heading;
    let string = words.text.string.trim_end();
    bare && caption && !string.ends_with(['.', ':', ';']) && string.chars().count() <= LONGEST_CAPTION && (one - other).abs() < SAME_MIDDLE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Cell, Text};

    fn text(string: &str, page: u32, bbox: BBox) -> Text {
        let mut text = Text::default();
        text.push(string, Region::Box { page, bbox }, false);
        text
    }

    fn place(x0: f64, top: f64) -> BBox {
        BBox {
            x0,
            top,
            x1: x0 + 100.0,
            bottom: top + 20.0,
        }
    }

    fn table(rows: &[&[&str]], header_rows: usize, page: u32, top: f64, left: f64) -> Item {
        let mut cells = Vec::new();
        for (row, strings) in rows.iter().enumerate() {
            for (column, string) in strings.iter().enumerate() {
                let bbox = place(left + 100.0 * column as f64, top + 20.0 * row as f64);
                cells.push(Cell {
                    row,
                    column,
                    row_span: 1,
                    column_span: 1,
                    header: false,
                    text: text(string, page, bbox),
                    region: Region::Box { page, bbox },
                });
            }
        }
        let bbox = cells.iter().filter_map(|cell| cell.region.bbox()).reduce(BBox::union).unwrap_or_default();
        Item::Table(Table {
            region: Region::Box { page, bbox },
            caption: None,
            rows: rows.len(),
            columns: rows[0].len(),
            header_rows,
            cells,
        })
    }

    fn block(kind: BlockKind, string: &str, page: u32, bbox: BBox) -> Item {
        Item::Block(Block {
            kind,
            level: 0,
            labels: Vec::new(),
            text: text(string, page, bbox),
            region: Region::Box { page, bbox },
        })
    }

    fn pages(first: Vec<Item>, second: Vec<Item>) -> Vec<Page> {
        [first, second]
            .into_iter()
            .zip(1..)
            .map(|(items, number)| Page {
                number,
                width: 595.0,
                height: 842.0,
                items,
                ..Page::default()
            })
            .collect()
    }

    #[test]
    fn a_head_that_ends_a_page_names_the_columns_on_the_next() {
        let head = table(&[&["", "Albania", "Serbia"]], 1, 1, 780.0, 50.0);
        let mut pages = pages(vec![head], vec![table(&[&["Returns", "18", "3"]], 0, 2, 50.0, 50.0)]);
        join_across_pages(&mut pages);
        assert!(pages[0].items.is_empty());
        let [Item::Table(table)] = pages[1].items.as_slice() else {
            panic!("one table is left")
        };
        assert_eq!((table.rows, table.header_rows), (2, 1));
        assert_eq!(table.cells[1].text.string, "Albania");
        assert_eq!((table.cells[4].row, table.cells[4].text.string.as_str()), (1, "18"));
    }

    #[test]
    fn rows_without_rulings_carry_on_where_their_words_stand_below_those_before() {
        let wide = |mut item: Item| {
            // Words as long as they happen to be: only the places they start at agree.
            if let Item::Table(table) = &mut item {
                for cell in &mut table.cells {
                    let Some(bbox) = cell.region.bbox() else { continue };
                    let region = Region::Box {
                        page: 2,
                        bbox: BBox {
                            x1: bbox.x0 + 7.0 * cell.text.string.len() as f64,
                            ..bbox
                        },
                    };
                    let mut text = Text::default();
                    text.push(&cell.text.string, region, false);
                    (cell.text, cell.region) = (text, region);
                }
            }
            item
        };
        let before = table(&[&["Place", "In", "Out"], &["North", "1,204", "18"]], 1, 1, 760.0, 50.0);
        let after = || wide(table(&[&["South-east", "7", "3"], &["West", "11", "2"]], 0, 2, 50.0, 50.0));
        let mut joined = pages(vec![before.clone()], vec![after()]);
        join_across_pages(&mut joined);
        let [Item::Table(table)] = joined[1].items.as_slice() else {
            panic!("one table is left")
        };
        assert_eq!((table.rows, table.header_rows, table.cells[1].text.string.as_str()), (3, 1, "In"));
        assert_eq!(joined[0].items.len(), 1);
        let aside = wide(self::table(&[&["South-east", "7", "3"], &["West", "11", "2"]], 0, 2, 50.0, 80.0));
        let mut apart = pages(vec![before], vec![aside]);
        join_across_pages(&mut apart);
        let [Item::Table(table)] = apart[1].items.as_slice() else {
            panic!("one table is left")
        };
        assert_eq!(table.header_rows, 0);
    }

    #[test]
    fn a_table_on_its_side_goes_on_where_the_sheet_as_it_is_held_goes_on() {
        // The sheet lies as if its words ran down: rows follow one another from right to left, the cells of a row from the top.
        let laid = |item: Item| {
            let Item::Table(mut table) = item else { return item };
            let turned = |region: Region| match region.bbox() {
                Some(bbox) => Region::Box {
                    page: 1,
                    bbox: BBox {
                        x0: 595.0 - bbox.bottom,
                        top: bbox.x0,
                        x1: 595.0 - bbox.top,
                        bottom: bbox.x1,
                    },
                },
                None => region,
            };
            table.region = turned(table.region);
            for cell in &mut table.cells {
                cell.region = turned(cell.region);
                for piece in &mut cell.text.pieces {
                    piece.region = turned(piece.region);
                }
            }
            Item::Table(table)
        };
        let before = || laid(table(&[&["Place", "In", "Out"], &["North", "1,204", "18"]], 1, 1, 500.0, 50.0));
        let after = |left: f64| laid(table(&[&["South", "7", "3"], &["West", "11", "2"]], 0, 2, 50.0, left));
        // The number of the page and the line at its head lie across.
        let number = || block(BlockKind::Paragraph, "12", 1, place(290.0, 810.0));
        let heading = || block(BlockKind::Paragraph, "Weekly bulletin", 1, place(250.0, 10.0));
        let joined = |left: f64| {
            let mut pages = pages(vec![heading(), before(), number()], vec![heading(), after(left), number()]);
            join_across_pages(&mut pages);
            let Item::Table(table) = &pages[1].items[1] else {
                panic!("the table stays where it is")
            };
            (table.rows, table.header_rows, table.cells[1].text.string.clone())
        };
        assert_eq!(joined(50.0), (3, 1, "In".to_owned()));
        assert_eq!(joined(80.0), (2, 0, "7".to_owned()));
    }

    #[test]
    fn tables_with_other_columns_or_heads_of_their_own_stay_apart() {
        for other in [
            table(&[&["Returns", "18", "3"]], 0, 2, 50.0, 90.0),
            table(&[&["", "Kosovo", "Serbia"], &["Returns", "18", "3"]], 1, 2, 50.0, 50.0),
        ] {
            let mut pages = pages(vec![table(&[&["", "Albania", "Serbia"]], 1, 1, 780.0, 50.0)], vec![other]);
            join_across_pages(&mut pages);
            assert_eq!((pages[0].items.len(), pages[1].items.len()), (1, 1));
        }
    }

    #[test]
    fn a_figure_at_the_head_of_a_page_finds_its_caption_at_the_foot_of_the_last() {
        let caption = block(BlockKind::Paragraph, "Permits granted from 2016 to 2024", 1, place(200.0, 760.0));
        let figure = block(BlockKind::Headline, "41", 2, place(200.0, 50.0));
        let mut joined = pages(vec![caption.clone()], vec![figure]);
        join_across_pages(&mut joined);
        let [Item::Block(block)] = joined[1].items.as_slice() else {
            panic!("one block is left")
        };
        assert_eq!(block.text.string, "Permits granted from 2016 to 2024\n41");
        let aside = self::block(BlockKind::Headline, "41", 2, place(50.0, 50.0));
        let mut apart = pages(vec![caption], vec![aside]);
        join_across_pages(&mut apart);
        assert_eq!(apart[0].items.len(), 1);
    }
}
