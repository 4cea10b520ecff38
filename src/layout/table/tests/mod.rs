//! Pages set by hand, letter by letter, to the tables read of them.

mod heads;
mod narrow;
mod no_tables;
mod ruled;
mod shaded;
mod side_by_side;
mod turned;

use crate::layout::chart::{Ends, Shape};
use crate::layout::{BBox, Characters, Drawing, Glyph, Item, Region, Table, page_of};

/// Width of a letter, in the size of the font.
const LETTER: f64 = 0.5;

/// A page under way.
#[derive(Default)]
struct Sheet {
    glyphs: Vec<Glyph>,
    shapes: Vec<Shape>,
    runs: u32,
}

impl Sheet {
    /// Sets words with their left end at `x` and their base line at `y`.
    fn left(self, x: f64, y: f64, string: &str) -> Self {
        self.sized(10.0, x, y, string)
    }

    /// The same in letters of another size.
    fn sized(mut self, size: f64, x: f64, y: f64, string: &str) -> Self {
        self.runs += 1;
        for (index, character) in string.chars().enumerate() {
            let from = x + LETTER * size * index as f64;
            let to = from + LETTER * size;
            self.glyphs.push(Glyph {
                characters: Characters::One(character),
                origin: (from, y),
                end: (to, y),
                size,
                bbox: BBox {
                    x0: from,
                    top: y - 0.8 * size,
                    x1: to,
                    bottom: y + 0.2 * size,
                },
                turn: 0,
                bold: false,
                colour: Some([0, 0, 0]),
                run: self.runs,
            });
        }
        self
    }

    /// The same with the right end at `x`.
    fn right(self, x: f64, y: f64, string: &str) -> Self {
        let width = LETTER * 10.0 * string.chars().count() as f64;
        self.left(x - width, y, string)
    }

    /// A row of words: the first from `x`, the others ending at each of `ends`; `.` sets nothing.
    fn row(self, x: f64, ends: &[f64], y: f64, words: &[&str]) -> Self {
        let sheet = if words[0] == "." { self } else { self.left(x, y, words[0]) };
        let others = ends.iter().zip(&words[1..]).filter(|(_, word)| **word != ".");
        others.fold(sheet, |sheet, (end, word)| sheet.right(*end, y, word))
    }

    /// The same with the middle at `x`.
    fn middle(self, x: f64, y: f64, string: &str) -> Self {
        let width = LETTER * 10.0 * string.chars().count() as f64;
        self.left(x - 0.5 * width, y, string)
    }

    /// A ruling across.
    fn across(self, from: f64, to: f64, y: f64) -> Self {
        self.coloured([0, 0, 0], from, to, y)
    }

    /// The same in a colour.
    fn coloured(mut self, colour: [u8; 3], from: f64, to: f64, y: f64) -> Self {
        self.shapes.extend(Shape::path(
            vec![(from, y), (to, y)],
            Ends::Open,
            None,
            Some(colour),
            Region::Box {
                page: 1,
                bbox: BBox {
                    x0: from,
                    top: y,
                    x1: to,
                    bottom: y,
                },
            },
        ));
        self
    }

    /// A ruling down.
    fn down(mut self, x: f64, from: f64, to: f64) -> Self {
        self.shapes.extend(Shape::path(
            vec![(x, from), (x, to)],
            Ends::Open,
            None,
            Some([0, 0, 0]),
            Region::Box {
                page: 1,
                bbox: BBox {
                    x0: x,
                    top: from,
                    x1: x,
                    bottom: to,
                },
            },
        ));
        self
    }

    /// A filled box in a colour.
    fn filled(mut self, colour: [u8; 3], [x0, top, x1, bottom]: [f64; 4]) -> Self {
        let bbox = BBox { x0, top, x1, bottom };
        self.shapes.push(Shape::rect(bbox, Some(colour), None, Region::Box { page: 1, bbox }));
        self
    }

    /// Shading from a left to a right end, behind a row with this base line.
    fn shaded(self, from: f64, to: f64, y: f64) -> Self {
        self.filled([210, 220, 240], [from, y - 10.0, to, y + 4.0])
    }

    fn drawing(self) -> Drawing {
        Drawing {
            page: 1,
            width: 595.0,
            height: 842.0,
            glyphs: self.glyphs,
            shapes: self.shapes,
            ..Drawing::default()
        }
    }

    fn tables(self) -> Vec<Table> {
        let page = page_of(&mut self.drawing());
        page.items
            .into_iter()
            .filter_map(|item| match item {
                Item::Table(table) => Some(table),
                _ => None,
            })
            .collect()
    }
}

/// The rows of a table: cells parted by `|`, a spanning cell followed by `<` for each further column, `^` where a cell above reaches down.
fn drawn(table: &Table) -> String {
    let mut rows = vec![vec!["?".to_owned(); table.columns]; table.rows];
    for cell in &table.cells {
        for (down, row) in rows[cell.row..cell.row + cell.row_span].iter_mut().enumerate() {
            for (across, place) in row[cell.column..cell.column + cell.column_span].iter_mut().enumerate() {
                *place = match (down, across) {
                    (0, 0) => cell.text.string.clone(),
                    (0, _) => "<".to_owned(),
                    _ => "^".to_owned(),
                };
            }
        }
    }
    rows.iter()
        .map(|row| row.join(" | ").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

#[track_caller]
fn check(sheet: Sheet, expected: &[&str]) {
    let found: Vec<String> = sheet.tables().iter().map(drawn).collect();
    assert_eq!(found, expected);
}

#[test]
fn rulings_over_and_under_the_names_and_under_the_last_row_make_a_table() {
    check(
        Sheet::default()
            .across(60.0, 400.0, 100.0)
            .row(60.0, &[250.0, 350.0], 114.0, &["Place", "Arrivals", "Returns"])
            .across(60.0, 400.0, 120.0)
            .row(60.0, &[250.0, 350.0], 134.0, &["North", "1,204", "18"])
            .row(60.0, &[250.0, 350.0], 148.0, &["South", "987", "3"])
            .across(60.0, 400.0, 154.0)
            .left(60.0, 172.0, "Note: counted at the border."),
        &["Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3"],
    );
}

#[test]
fn cells_of_words_alone_make_a_table_between_rulings() {
    check(
        Sheet::default()
            .across(60.0, 400.0, 100.0)
            .row(60.0, &[250.0, 350.0], 114.0, &["Camp", "Water", "School"])
            .across(60.0, 400.0, 120.0)
            .row(60.0, &[250.0, 350.0], 134.0, &["East", "enough", "open"])
            .row(60.0, &[250.0, 350.0], 148.0, &["West", "scarce", "shut"])
            .across(60.0, 400.0, 154.0),
        &["Camp | Water | School\nEast | enough | open\nWest | scarce | shut"],
    );
}

#[test]
fn names_over_a_first_ruling_belong_to_the_table_and_a_caption_does_not() {
    check(
        Sheet::default()
            .left(60.0, 70.0, "Table 4: what was counted in both places.")
            .row(60.0, &[250.0, 350.0], 112.0, &["Place", "Arrivals", "Returns"])
            .across(60.0, 400.0, 118.0)
            .row(60.0, &[250.0, 350.0], 132.0, &["North", "1,204", "18"])
            .row(60.0, &[250.0, 350.0], 146.0, &["South", "987", "3"])
            .across(60.0, 400.0, 152.0),
        &["Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3"],
    );
}

#[test]
fn a_row_of_totals_below_the_last_ruling_is_a_row_and_a_note_is_none() {
    check(
        Sheet::default()
            .across(60.0, 400.0, 100.0)
            .row(60.0, &[250.0, 350.0], 114.0, &["Place", "Arrivals", "Returns"])
            .across(60.0, 400.0, 120.0)
            .row(60.0, &[250.0, 350.0], 134.0, &["North", "1,204", "18"])
            .row(60.0, &[250.0, 350.0], 148.0, &["South", "987", "3"])
            .across(60.0, 400.0, 154.0)
            .row(60.0, &[250.0, 350.0], 168.0, &["Total", "2,191", "21"])
            .left(60.0, 182.0, "Source: own counts"),
        &["Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3\nTotal | 2,191 | 21"],
    );
}

/// A table with names over the names of its columns.
fn grouped() -> Sheet {
    Sheet::default()
        .across(60.0, 500.0, 100.0)
        .left(265.0, 114.0, "Women")
        .left(415.0, 114.0, "Men")
        .across(210.0, 340.0, 117.0)
        .across(360.0, 490.0, 117.0)
        .row(60.0, &[260.0, 335.0, 410.0, 485.0], 128.0, &["Place", "2023", "2024", "2023", "2024"])
        .across(60.0, 500.0, 133.0)
        .row(60.0, &[260.0, 335.0, 410.0, 485.0], 147.0, &["North", "1,204", "18", "7", "611"])
        .row(60.0, &[260.0, 335.0, 410.0, 485.0], 161.0, &["South", "987", "3", "12", "590"])
        .across(60.0, 500.0, 167.0)
}

/// Its rows.
const GROUPED: &str = " | Women | < | Men | <\nPlace | 2023 | 2024 | 2023 | 2024\nNorth | 1,204 | 18 | 7 | 611\nSouth | 987 | 3 | 12 | 590";

#[test]
fn a_name_over_several_columns_is_a_row_above_theirs() {
    check(grouped(), &[GROUPED]);
}

#[test]
fn a_label_on_two_lines_is_one_cell_where_rulings_part_the_rows() {
    check(
        Sheet::default()
            .across(60.0, 400.0, 100.0)
            .row(60.0, &[250.0, 350.0], 114.0, &["Place", "Arrivals", "Returns"])
            .across(60.0, 400.0, 120.0)
            .row(60.0, &[250.0, 350.0], 134.0, &["North of the", "1,204", "18"])
            .left(60.0, 146.0, "old river")
            .across(60.0, 400.0, 152.0)
            .row(60.0, &[250.0, 350.0], 166.0, &["South", "987", "3"])
            .across(60.0, 400.0, 172.0),
        &["Place | Arrivals | Returns\nNorth of the old river | 1,204 | 18\nSouth | 987 | 3"],
    );
}

#[test]
fn double_rulings_part_no_column_and_no_row_of_their_own() {
    let sheet = [100.0, 120.0, 123.0, 140.0, 160.0]
        .into_iter()
        .fold(Sheet::default(), |sheet, y| sheet.across(60.0, 360.0, y));
    let sheet = [60.0, 160.0, 166.0, 260.0, 360.0]
        .into_iter()
        .fold(sheet, |sheet, x| sheet.down(x, 100.0, 160.0));
    check(
        sheet
            .row(64.0, &[250.0, 350.0], 114.0, &["Place", "Arrivals", "Returns"])
            .row(64.0, &[250.0, 350.0], 135.0, &["North", "1,204", "18"])
            .row(64.0, &[250.0, 350.0], 154.0, &["South", "987", "3"]),
        &["Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3"],
    );
}

#[test]
fn shading_behind_every_other_row_makes_a_table() {
    check(
        Sheet::default()
            .shaded(56.0, 360.0, 114.0)
            .row(60.0, &[250.0, 350.0], 114.0, &["Place", "Arrivals", "Returns"])
            .row(60.0, &[250.0, 350.0], 128.0, &["North", "1,204", "18"])
            .shaded(56.0, 360.0, 142.0)
            .row(60.0, &[250.0, 350.0], 142.0, &["South", "987", "3"])
            .row(60.0, &[250.0, 350.0], 156.0, &["West", "45", "."])
            .shaded(56.0, 360.0, 170.0)
            .row(60.0, &[250.0, 350.0], 170.0, &["Total", "2,236", "21"]),
        &["Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3\nWest | 45 |\nTotal | 2,236 | 21"],
    );
}

#[test]
fn a_ruling_beside_the_labels_parts_no_more_than_these() {
    check(
        Sheet::default()
            .across(60.0, 400.0, 100.0)
            .across(60.0, 400.0, 120.0)
            .across(60.0, 400.0, 170.0)
            .down(160.0, 100.0, 170.0)
            .row(64.0, &[250.0, 350.0], 114.0, &["Place", "Arrivals", "Returns"])
            .row(64.0, &[250.0, 350.0], 134.0, &["North", "1,204", "18"])
            .row(64.0, &[250.0, 350.0], 148.0, &["South", "987", "3"])
            .row(64.0, &[250.0, 350.0], 162.0, &["West", "45", "11"]),
        &["Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3\nWest | 45 | 11"],
    );
}

#[test]
fn words_in_columns_make_a_table_without_any_ruling() {
    check(
        Sheet::default()
            .left(60.0, 100.0, "Camp")
            .left(200.0, 100.0, "Water")
            .left(320.0, 100.0, "School")
            .left(60.0, 114.0, "East hill")
            .left(200.0, 114.0, "enough")
            .left(320.0, 114.0, "open")
            .left(60.0, 128.0, "West gate")
            .left(200.0, 128.0, "scarce")
            .left(320.0, 128.0, "shut")
            .left(60.0, 142.0, "Old harbour")
            .left(200.0, 142.0, "none")
            .left(320.0, 142.0, "planned"),
        &["Camp | Water | School\nEast hill | enough | open\nWest gate | scarce | shut\nOld harbour | none | planned"],
    );
}

#[test]
fn a_heading_among_the_rows_is_a_row_and_parts_no_table() {
    let ends = [250.0, 350.0];
    check(
        Sheet::default()
            .row(60.0, &ends, 100.0, &["Place", "Arrivals", "Returns"])
            .row(60.0, &ends, 114.0, &["North", "1,204", "18"])
            .row(60.0, &ends, 128.0, &["South", "987", "3"])
            .left(60.0, 142.0, "Islands")
            .row(60.0, &ends, 156.0, &["Great", "45", "11"])
            .row(60.0, &ends, 170.0, &["Little", "4", "1"]),
        &["Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3\nIslands |  |\nGreat | 45 | 11\nLittle | 4 | 1"],
    );
}

#[test]
fn names_over_the_heading_of_a_first_group_are_names_all_the_same() {
    let ends = [250.0, 350.0];
    check(
        Sheet::default()
            .row(60.0, &ends, 92.0, &["Place", "Arrivals", "Returns"])
            .left(60.0, 106.0, "Islands")
            .across(60.0, 400.0, 110.0)
            .row(60.0, &ends, 124.0, &["Great", "1,204", "18"])
            .across(60.0, 400.0, 130.0)
            .row(60.0, &ends, 144.0, &["Little", "987", "3"])
            .across(60.0, 400.0, 150.0)
            .row(60.0, &ends, 164.0, &["Least", "45", "1"])
            .across(60.0, 400.0, 170.0),
        &["Place | Arrivals | Returns\nIslands |  |\nGreat | 1,204 | 18\nLittle | 987 | 3\nLeast | 45 | 1"],
    );
}

#[test]
fn a_heading_in_larger_letters_between_two_tables_parts_them() {
    let table = |sheet: Sheet, y: f64, name: &str| {
        sheet
            .row(60.0, &[250.0, 350.0], y, &[".", "Arrivals", name])
            .across(60.0, 400.0, y + 6.0)
            .row(60.0, &[250.0, 350.0], y + 20.0, &["North", "1,204", "18"])
            .across(60.0, 400.0, y + 26.0)
            .row(60.0, &[250.0, 350.0], y + 40.0, &["South", "987", "3"])
            .across(60.0, 400.0, y + 46.0)
    };
    let first = table(Sheet::default(), 100.0, "Returns");
    check(
        table(first.sized(13.0, 60.0, 164.0, "Those who stayed"), 182.0, "Tents"),
        &[
            " | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3",
            " | Arrivals | Tents\nNorth | 1,204 | 18\nSouth | 987 | 3",
        ],
    );
}

#[test]
fn names_as_close_as_words_stand_over_their_columns_where_they_end_as_these_do() {
    let sheet = |names: &str| {
        let ends = [200.0, 250.0, 285.0, 315.0];
        Sheet::default()
            .row(60.0, &[200.0, 315.0], 114.0, &[".", "Albania", names])
            .across(60.0, 400.0, 120.0)
            .row(60.0, &ends, 134.0, &["Arrivals", "6", "44", "13", "71"])
            .across(60.0, 400.0, 140.0)
            .row(60.0, &ends, 154.0, &["Returns", "8", "12", "45", "26"])
            .across(60.0, 400.0, 160.0)
    };
    let body = "Arrivals | 6 | 44 | 13 | 71\nReturns | 8 | 12 | 45 | 26";
    check(sheet("Serbia Kosovo Total"), &[&format!(" | Albania | Serbia | Kosovo | Total\n{body}")]);
    check(sheet("Serbia and others"), &[&format!(" | Albania | Serbia and others | < | <\n{body}")]);
}

#[test]
fn the_last_line_of_one_name_may_stand_alone_over_a_first_ruling() {
    let ends = [250.0, 350.0];
    check(
        Sheet::default()
            .row(60.0, &ends, 90.0, &["Place", "Arrivals", "Returns"])
            .right(250.0, 102.0, "by sea")
            .across(60.0, 400.0, 110.0)
            .row(60.0, &ends, 124.0, &["Great", "1,204", "18"])
            .across(60.0, 400.0, 130.0)
            .row(60.0, &ends, 144.0, &["Little", "987", "3"])
            .across(60.0, 400.0, 150.0),
        &["Place | Arrivals by sea | Returns\nGreat | 1,204 | 18\nLittle | 987 | 3"],
    );
}

#[test]
fn labels_that_carry_on_in_small_letters_are_one_cell_without_rulings() {
    let ends = [300.0, 400.0];
    check(
        Sheet::default()
            .row(60.0, &ends, 100.0, &["Place", "Arrivals", "Returns"])
            .row(60.0, &ends, 118.0, &["North of the", "1,204", "18"])
            .left(60.0, 129.0, "old river")
            .row(60.0, &ends, 147.0, &["South", "987", "3"])
            .row(60.0, &ends, 165.0, &["West", "45", "11"]),
        &["Place | Arrivals | Returns\nNorth of the old river | 1,204 | 18\nSouth | 987 | 3\nWest | 45 | 11"],
    );
}

#[test]
fn two_tables_side_by_side_with_rulings_of_their_own_are_two() {
    let half = |sheet: Sheet, x: f64| {
        sheet
            .across(x, x + 200.0, 100.0)
            .row(x, &[x + 110.0, x + 190.0], 114.0, &["Place", "In", "Out"])
            .across(x, x + 200.0, 120.0)
            .row(x, &[x + 110.0, x + 190.0], 134.0, &["North", "1,204", "18"])
            .row(x, &[x + 110.0, x + 190.0], 148.0, &["South", "987", "3"])
            .across(x, x + 200.0, 154.0)
    };
    let table = "Place | In | Out\nNorth | 1,204 | 18\nSouth | 987 | 3";
    check(half(half(Sheet::default(), 60.0), 320.0), &[table, table]);
}
