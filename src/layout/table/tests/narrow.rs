//! Columns as browsers set them: names at one end, figures at the other, narrow or far apart, and years for names.

use super::*;

#[test]
fn cells_closer_than_columns_mostly_are_stand_in_their_columns() {
    // Between cells stand seven points, between words of one cell two and a half.
    check(
        Sheet::default()
            .across(60.0, 240.0, 86.0)
            .left(60.0, 100.0, "Centre")
            .left(107.0, 100.0, "Places")
            .left(144.0, 100.0, "Taken")
            .left(176.0, 100.0, "Rate")
            .across(60.0, 240.0, 105.0)
            .left(60.0, 119.0, "Harmanli")
            .row(60.0, &[137.0, 169.0, 196.0], 119.0, &[".", "3,200", "2,944", "92%"])
            .across(60.0, 240.0, 124.0)
            .row(60.0, &[137.0, 169.0, 196.0], 138.0, &["Sofia", "60", "51", "85%"])
            .across(60.0, 240.0, 143.0)
            .row(60.0, &[137.0, 169.0, 196.0], 157.0, &["All", "3,260", "2,995", "92%"])
            .across(60.0, 240.0, 162.0),
        &["Centre | Places | Taken | Rate\nHarmanli | 3,200 | 2,944 | 92%\nSofia | 60 | 51 | 85%\nAll | 3,260 | 2,995 | 92%"],
    );
    check(
        Sheet::default()
            .left(60.0, 100.0, "Month")
            .left(107.0, 100.0, "Land")
            .left(180.0, 100.0, "Sea")
            .left(60.0, 114.0, "February")
            .left(107.0, 114.0, "987")
            .left(180.0, 114.0, "120")
            .left(60.0, 128.0, "March")
            .left(107.0, 128.0, "1,530")
            .left(180.0, 128.0, "95")
            .left(60.0, 142.0, "May")
            .left(107.0, 142.0, "1,204")
            .left(180.0, 142.0, "88"),
        &["Month | Land | Sea\nFebruary | 987 | 120\nMarch | 1,530 | 95\nMay | 1,204 | 88"],
    );
}

#[test]
fn years_set_left_name_the_figures_set_right_in_their_column() {
    check(
        Sheet::default()
            .left(60.0, 100.0, "Origin")
            .left(170.0, 100.0, "2023")
            .left(300.0, 100.0, "2024")
            .row(60.0, &[280.0, 400.0], 114.0, &["North", "12,930", "980"])
            .row(60.0, &[280.0, 400.0], 128.0, &["South", "1,045", "2,310"])
            .row(60.0, &[280.0, 400.0], 142.0, &["Total", "13,975", "3,290"]),
        &["Origin | 2023 | 2024\nNorth | 12,930 | 980\nSouth | 1,045 | 2,310\nTotal | 13,975 | 3,290"],
    );
}

#[test]
fn a_name_over_one_end_of_a_column_and_a_short_figure_at_the_other_make_no_two_columns() {
    let rows = [86.0, 105.0, 119.0, 133.0, 147.0]
        .iter()
        .fold(Sheet::default(), |sheet, y| sheet.across(60.0, 420.0, *y));
    check(
        rows.left(60.0, 100.0, "Origin")
            .left(205.0, 100.0, "2023")
            .left(365.0, 100.0, "2024")
            .row(60.0, &[240.0, 416.0], 114.0, &["North", "12,930", "980"])
            .row(60.0, &[240.0, 416.0], 128.0, &["South", "1,045", "12,310"])
            .row(60.0, &[240.0, 416.0], 142.0, &["Total", "13,975", "13,290"]),
        &["Origin | 2023 | 2024\nNorth | 12,930 | 980\nSouth | 1,045 | 12,310\nTotal | 13,975 | 13,290"],
    );
}

#[test]
fn names_far_from_the_figures_of_their_column_make_a_table_of_white_space() {
    check(
        Sheet::default()
            .left(60.0, 100.0, "Centre")
            .left(150.0, 100.0, "Places")
            .left(260.0, 100.0, "Taken")
            .left(365.0, 100.0, "Rate")
            .left(440.0, 100.0, "Remarks")
            .row(
                60.0,
                &[240.0, 350.0, 420.0, 560.0],
                119.0,
                &["North", "3,200", "2,944", "92%", "under repair"],
            )
            .row(60.0, &[240.0, 350.0, 420.0, 560.0], 138.0, &["South", "2,060", "1,751", "85%", "."])
            .row(60.0, &[240.0, 350.0, 420.0, 560.0], 157.0, &["All", "140", "112", "80%", "families only"]),
        &[
            "Centre | Places | Taken | Rate | Remarks\nNorth | 3,200 | 2,944 | 92% | under repair\nSouth | 2,060 | 1,751 | 85% |\nAll | 140 | 112 | 80% | families only",
        ],
    );
}
