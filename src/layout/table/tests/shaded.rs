//! Rows told apart by the shading behind them, whose cells take two lines.

use super::*;

const SHADE: [u8; 3] = [210, 220, 240];
const ENDS: [f64; 2] = [250.0, 350.0];

/// Names of columns on shading.
fn head() -> Sheet {
    Sheet::default()
        .filled(SHADE, [56.0, 100.0, 360.0, 118.0])
        .row(60.0, &ENDS, 112.0, &["Place", "Arrivals", "Returns"])
}

#[test]
fn labels_of_two_lines_beside_figures_in_their_middle_are_one_row_each() {
    check(
        head()
            .left(60.0, 130.0, "North shore and the")
            .left(60.0, 142.0, "islands before it")
            .row(60.0, &ENDS, 136.0, &[".", "1,204", "18"])
            .filled(SHADE, [56.0, 146.0, 360.0, 174.0])
            .left(60.0, 158.0, "South shore and the")
            .left(60.0, 170.0, "lakes behind it")
            .row(60.0, &ENDS, 164.0, &[".", "987", "3"])
            .row(60.0, &ENDS, 186.0, &["East", "45", "11"])
            .filled(SHADE, [56.0, 190.0, 360.0, 208.0])
            .row(60.0, &ENDS, 202.0, &["West", "7", "1"]),
        &["Place | Arrivals | Returns\nNorth shore and the islands before it | 1,204 | 18\n\
           South shore and the lakes behind it | 987 | 3\nEast | 45 | 11\nWest | 7 | 1"],
    );
}

#[test]
fn a_share_in_brackets_under_its_figure_is_no_row_of_its_own() {
    let rows = |sheet: Sheet, shares: [[&str; 3]; 4]| {
        let names = ["North shore", "South shore", "East shore", "West shore"];
        let figures = [["1,204", "18"], ["987", "3"], ["45", "11"], ["7", "1"]];
        (0..4).fold(sheet, |sheet, row| {
            let y = 130.0 + 28.0 * row as f64;
            let sheet = if row % 2 == 1 {
                sheet.filled(SHADE, [56.0, y - 12.0, 360.0, y + 16.0])
            } else {
                sheet
            };
            sheet
                .row(60.0, &ENDS, y, &[names[row], figures[row][0], figures[row][1]])
                .row(60.0, &ENDS, y + 12.0, &shares[row])
        })
    };
    let shares = [["(40%)", "(9%)"], ["(30%)", "(2%)"], ["(20%)", "(7%)"], ["(10%)", "(1%)"]];
    check(
        rows(head(), shares.map(|[one, other]| [".", one, other])),
        &[
            "Place | Arrivals | Returns\nNorth shore | 1,204 (40%) | 18 (9%)\nSouth shore | 987 (30%) | 3 (2%)\n\
           East shore | 45 (20%) | 11 (7%)\nWest shore | 7 (10%) | 1 (1%)",
        ],
    );
    // With a name of its own it is one.
    check(
        rows(head(), shares.map(|[one, other]| ["Share", one, other])),
        &[
            "Place | Arrivals | Returns\nNorth shore | 1,204 | 18\nShare | (40%) | (9%)\nSouth shore | 987 | 3\nShare | (30%) | (2%)\n\
           East shore | 45 | 11\nShare | (20%) | (7%)\nWest shore | 7 | 1\nShare | (10%) | (1%)",
        ],
    );
}

#[test]
fn a_heading_of_two_lines_among_the_rows_is_one_row_and_parts_no_table() {
    let striped = |sheet: Sheet, y: f64, rows: [[&str; 3]; 2]| {
        sheet
            .filled(SHADE, [56.0, y - 12.0, 360.0, y + 5.0])
            .row(60.0, &ENDS, y, &rows[0])
            .row(60.0, &ENDS, y + 17.0, &rows[1])
    };
    let sheet = striped(head(), 130.0, [["North", "1,204", "18"], ["South", "987", "3"]]);
    let sheet = striped(sheet, 164.0, [["Moor", "604", "6"], ["Ford", "507", "8"]])
        .filled(SHADE, [56.0, 186.0, 360.0, 214.0])
        .left(60.0, 197.0, "Those who came over the hills and")
        .left(60.0, 209.0, "stayed for less than one night");
    let sheet = striped(sheet, 226.0, [["East", "45", "11"], ["West", "7", "1"]]);
    check(
        striped(sheet, 260.0, [["Glen", "31", "5"], ["Weir", "14", "2"]]),
        &[
            "Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3\nMoor | 604 | 6\nFord | 507 | 8\n\
           Those who came over the hills and stayed for less than one night |  |\n\
           East | 45 | 11\nWest | 7 | 1\nGlen | 31 | 5\nWeir | 14 | 2",
        ],
    );
}
