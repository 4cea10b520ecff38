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

/// Four columns of figures under names, two by two, that stand over a ruling at `y`, between what is over the names and the names.
fn in_pairs(over: Sheet, y: f64) -> Sheet {
    let ends = [260.0, 335.0, 410.0, 485.0];
    over.row(60.0, &ends, y + 12.0, &["Place", "2023", "2024", "2023", "2024"])
        .across(60.0, 500.0, y + 17.0)
        .row(60.0, &ends, y + 31.0, &["North", "1,204", "18", "7", "611"])
        .row(60.0, &ends, y + 45.0, &["South", "987", "3", "12", "590"])
        .across(60.0, 500.0, y + 50.0)
}

#[test]
fn the_last_line_of_a_name_over_two_columns_stands_over_both_however_short_it_is() {
    let over = Sheet::default()
        .across(60.0, 500.0, 100.0)
        .middle(275.0, 112.0, "Counted in the")
        .middle(275.0, 124.0, "last three weeks")
        .middle(275.0, 136.0, "(to May)")
        .middle(425.0, 124.0, "Counted before")
        .coloured([190, 0, 0], 210.0, 340.0, 141.0)
        .coloured([230, 240, 220], 340.0, 360.0, 141.0)
        .coloured([190, 0, 0], 360.0, 490.0, 141.0);
    check(
        in_pairs(over, 141.0),
        &[
            " | Counted in the last three weeks (to May) | < | Counted before | <\nPlace | 2023 | 2024 | 2023 | 2024\n\
           North | 1,204 | 18 | 7 | 611\nSouth | 987 | 3 | 12 | 590",
        ],
    );
}

#[test]
fn a_name_in_the_middle_of_a_ruling_farther_below_stands_over_all_it_reaches() {
    let over = Sheet::default()
        .across(60.0, 500.0, 100.0)
        .middle(350.0, 112.0, "All")
        .across(210.0, 490.0, 132.0);
    check(
        in_pairs(over, 132.0),
        &[" | All | < | < | <\nPlace | 2023 | 2024 | 2023 | 2024\nNorth | 1,204 | 18 | 7 | 611\nSouth | 987 | 3 | 12 | 590"],
    );
}

#[test]
fn a_name_over_one_of_two_columns_is_no_line_of_the_name_over_both() {
    let ends = [260.0, 335.0];
    check(
        Sheet::default()
            .across(60.0, 360.0, 100.0)
            .middle(285.0, 112.0, "Women in the camps")
            .row(60.0, &ends, 124.0, &["Place", "2023", "2024"])
            .across(60.0, 360.0, 130.0)
            .row(60.0, &ends, 144.0, &["North", "1,204", "18"])
            .row(60.0, &ends, 158.0, &["South", "987", "3"])
            .across(60.0, 360.0, 164.0),
        &[" | Women in the camps | <\nPlace | 2023 | 2024\nNorth | 1,204 | 18\nSouth | 987 | 3"],
    );
}

#[test]
fn the_heading_of_a_group_of_rows_stands_over_the_columns_it_reaches_from_the_first() {
    let ends = [180.0, 220.0, 260.0, 400.0];
    check(
        Sheet::default()
            .across(60.0, 410.0, 100.0)
            .row(60.0, &ends, 114.0, &["Camp", "Arrivals (all)", "Out", "Here", "Remarks"])
            .across(60.0, 410.0, 120.0)
            .left(60.0, 134.0, "On the northern shore (two camps)")
            .across(60.0, 410.0, 140.0)
            .row(60.0, &ends, 154.0, &["Hill", "604", "600", "4", "closed"])
            .across(60.0, 410.0, 160.0)
            .row(60.0, &ends, 174.0, &["Lake", "480", "507", "3", "open"])
            .across(60.0, 410.0, 180.0),
        &[
            "Camp | Arrivals (all) | Out | Here | Remarks\nOn the northern shore (two camps) | < | < |  |\nHill | 604 | 600 | 4 | closed\nLake | 480 | 507 | 3 | open",
        ],
    );
}

#[test]
fn what_stands_behind_colons_has_no_names_over_it() {
    check(
        Sheet::default()
            .left(60.0, 100.0, "Province")
            .left(180.0, 100.0, ": Kasongo")
            .left(60.0, 114.0, "Health zones reached")
            .left(180.0, 114.0, ": Lower valley")
            .left(60.0, 128.0, "Day reported")
            .left(180.0, 128.0, ": 23 September 2025")
            .left(60.0, 142.0, "Day published")
            .left(180.0, 142.0, ": 24 September 2025"),
        &["Province | : Kasongo\nHealth zones reached | : Lower valley\nDay reported | : 23 September 2025\nDay published | : 24 September 2025"],
    );
}

#[test]
fn names_set_left_stand_over_the_figures_set_right_in_their_column() {
    let rows = |sheet: Sheet| {
        let ruled = [86.0, 105.0, 119.0, 133.0, 147.0]
            .iter()
            .fold(sheet, |sheet, y| sheet.across(60.0, 420.0, *y));
        ruled
            .row(60.0, &[220.0, 310.0, 400.0], 114.0, &["North", "3,200", "2,944", "92%"])
            .row(60.0, &[220.0, 310.0, 400.0], 128.0, &["South", "2,060", "1,751", "85%"])
            .row(60.0, &[220.0, 310.0, 400.0], 142.0, &["All", "5,260", "4,695", "89%"])
    };
    let names = Sheet::default()
        .left(60.0, 100.0, "Centre")
        .left(130.0, 100.0, "Places")
        .left(225.0, 100.0, "Taken")
        .left(315.0, 100.0, "Rate");
    let expected = "Places | Taken | Rate\nNorth | 3,200 | 2,944 | 92%\nSouth | 2,060 | 1,751 | 85%\nAll | 5,260 | 4,695 | 89%";
    check(rows(names), &[&format!("Centre | {expected}")]);
    // The labels may have no name.
    let names = Sheet::default()
        .left(130.0, 100.0, "Places")
        .left(225.0, 100.0, "Taken")
        .left(315.0, 100.0, "Rate");
    check(rows(names), &[&format!(" | {expected}")]);
}

#[test]
fn names_of_two_lines_set_left_over_one_row_of_figures_set_right_make_no_columns_of_their_own() {
    check(
        Sheet::default()
            .across(60.0, 460.0, 86.0)
            .left(150.0, 106.0, "Albania")
            .left(190.0, 100.0, "Bosnia and")
            .left(190.0, 112.0, "Herzegovina")
            .left(300.0, 106.0, "Serbia")
            .left(400.0, 106.0, "Total")
            .across(60.0, 460.0, 118.0)
            .row(60.0, &[185.0, 290.0, 390.0, 450.0], 132.0, &["Applications", "6", "51", "41", "98"])
            .across(60.0, 460.0, 140.0),
        &[" | Albania | Bosnia and Herzegovina | Serbia | Total\nApplications | 6 | 51 | 41 | 98"],
    );
}
