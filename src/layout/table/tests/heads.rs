//! What stands over the rows of a table, and before them.

use super::*;

#[test]
fn rows_that_are_numbered_are_no_axis_of_a_chart() {
    check(
        Sheet::default()
            .left(60.0, 114.0, "1.")
            .row(80.0, &[300.0, 400.0], 114.0, &["North shore", "1,204", "18"])
            .left(60.0, 128.0, "2.")
            .row(80.0, &[300.0, 400.0], 128.0, &["South shore", "987", "3"])
            .left(60.0, 142.0, "3.")
            .row(80.0, &[300.0, 400.0], 142.0, &["East shore", "56", "41"])
            .left(60.0, 156.0, "4.")
            .row(80.0, &[300.0, 400.0], 156.0, &["West shore", "733", "9"]),
        &["1. | North shore | 1,204 | 18\n2. | South shore | 987 | 3\n3. | East shore | 56 | 41\n4. | West shore | 733 | 9"],
    );
}

#[test]
fn names_stand_over_the_heading_of_a_group_and_a_blank_line_may_follow_them() {
    check(
        Sheet::default()
            .row(60.0, &[250.0, 350.0], 97.0, &["Place", "Arrivals", "Returns"])
            .across(60.0, 400.0, 102.0)
            .left(60.0, 114.0, "At sea")
            .row(60.0, &[250.0, 350.0], 128.0, &["North", "1,204", "18"])
            .row(60.0, &[250.0, 350.0], 142.0, &["South", "987", "3"])
            .across(60.0, 400.0, 148.0)
            .left(60.0, 160.0, "On land")
            .row(60.0, &[250.0, 350.0], 174.0, &["East", "56", "41"])
            .row(60.0, &[250.0, 350.0], 188.0, &["West", "733", "9"])
            .across(60.0, 400.0, 198.0),
        &["Place | Arrivals | Returns\nAt sea |  |\nNorth | 1,204 | 18\nSouth | 987 | 3\nOn land |  |\nEast | 56 | 41\nWest | 733 | 9"],
    );
    check(
        Sheet::default()
            .across(60.0, 400.0, 100.0)
            .row(60.0, &[250.0, 350.0], 114.0, &["Place", "Arrivals", "Returns"])
            .across(60.0, 400.0, 120.0)
            .row(60.0, &[250.0, 350.0], 148.0, &["North", "1,204", "18"])
            .row(60.0, &[250.0, 350.0], 162.0, &["South", "987", "3"])
            .row(60.0, &[250.0, 350.0], 176.0, &["East", "56", "41"]),
        &["Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3\nEast | 56 | 41"],
    );
}

#[test]
fn rulings_over_sums_alone_do_not_cut_the_figures_from_their_labels() {
    let rows = [
        (114.0, ["North", "604", "600"]),
        (128.0, ["South", "480", "507"]),
        (142.0, ["Both", "1,084", "1,107"]),
        (156.0, ["East", "11", "31"]),
        (170.0, ["West", "7", "9"]),
        (184.0, ["Both", "18", "40"]),
    ];
    let sheet = Sheet::default().row(60.0, &[250.0, 350.0], 100.0, &["Place", "Women", "Men"]);
    check(
        rows.into_iter()
            .fold(sheet, |sheet, (y, row)| sheet.row(60.0, &[250.0, 350.0], y, &row))
            .across(200.0, 360.0, 132.0)
            .across(200.0, 360.0, 146.0)
            .across(200.0, 360.0, 174.0)
            .across(200.0, 360.0, 188.0),
        &["Place | Women | Men\nNorth | 604 | 600\nSouth | 480 | 507\nBoth | 1,084 | 1,107\nEast | 11 | 31\nWest | 7 | 9\nBoth | 18 | 40"],
    );
}
