//! What stands in rows and columns and is no table: lists, prose, charts, figures with their captions.

use super::*;

#[test]
fn entries_of_a_list_behind_bullets_are_no_rows() {
    let sheet = ["12 trucks", "7,900 kits", "3 tents", "45 pumps"]
        .iter()
        .zip(0..)
        .fold(Sheet::default(), |sheet, (entry, line)| {
            let y = 100.0 + 14.0 * f64::from(line);
            sheet.left(60.0, y, "-").left(80.0, y, entry)
        });
    check(sheet, &[]);
}

#[test]
fn entries_behind_bullets_in_a_box_are_no_rows_either() {
    let entries = ["the schedule of prices", "the plan of works", "what was learnt", "who is to come"];
    let box_of_words = Sheet::default().across(60.0, 400.0, 100.0).left(66.0, 114.0, "Looked at were");
    let sheet = entries.iter().zip(1..).fold(box_of_words, |sheet, (entry, line)| {
        let y = 114.0 + 14.0 * f64::from(line);
        sheet.left(66.0, y, "-").left(80.0, y, entry)
    });
    check(sheet.across(60.0, 400.0, 176.0), &[]);
}

#[test]
fn names_with_counts_in_columns_are_a_list() {
    let sheet = ["Mali (2)", "Peru (14)", "Chad (7)", "Oman (1)", "Cuba (3)"]
        .iter()
        .zip(0..)
        .fold(Sheet::default(), |sheet, (name, line)| {
            let y = 100.0 + 14.0 * f64::from(line);
            sheet.left(60.0, y, name).left(200.0, y, name).left(340.0, y, name)
        });
    check(sheet, &[]);
}

#[test]
fn a_table_of_contents_is_no_table() {
    let sheet = ["Introduction", "Method", "Findings", "Outlook", "Sources"]
        .iter()
        .zip(1..)
        .fold(Sheet::default(), |sheet, (title, chapter)| {
            let y = 100.0 + 14.0 * f64::from(chapter);
            sheet
                .left(60.0, y, &chapter.to_string())
                .left(90.0, y, title)
                .right(400.0, y, &(3 * chapter).to_string())
        });
    check(sheet, &[]);
}

#[test]
fn things_to_be_filled_in_are_no_table() {
    let sheet = ["Name:", "Place:", "Day:", "Age:", "Sex:"]
        .iter()
        .zip(0..)
        .fold(Sheet::default(), |sheet, (asked, line)| {
            let y = 100.0 + 14.0 * f64::from(line);
            sheet.left(60.0, y, asked).left(140.0, y, "12").left(300.0, y, asked).left(380.0, y, "34")
        });
    check(sheet, &[]);
}

#[test]
fn figures_that_stand_out_over_their_captions_are_no_table() {
    let sheet = [60.0, 200.0, 340.0].into_iter().fold(Sheet::default(), |sheet, x| {
        sheet.left(x, 100.0, "1,204").left(x, 114.0, "persons").left(x, 128.0, "arrived")
    });
    check(sheet, &[]);
}

#[test]
fn ticks_beside_two_charts_are_no_table() {
    let sheet = (0..6).fold(Sheet::default(), |sheet, step| {
        let tick = (500 - 100 * step).to_string();
        let y = 100.0 + 20.0 * f64::from(step);
        sheet.right(100.0, y, &tick).right(330.0, y, &tick)
    });
    check(sheet, &[]);
}

#[test]
fn prose_in_two_columns_between_the_rulings_of_a_page_is_no_table() {
    let sheet = (0..8).fold(Sheet::default().across(60.0, 540.0, 90.0), |sheet, line| {
        let y = 104.0 + 12.0 * f64::from(line);
        sheet
            .left(60.0, y, "some words of a text that runs on in 2024")
            .left(320.0, y, "and other words beside it that run on, too")
    });
    check(sheet.across(60.0, 540.0, 200.0), &[]);
}

#[test]
fn entries_far_apart_under_the_heading_of_a_page_are_no_table() {
    check(
        Sheet::default()
            .across(60.0, 540.0, 90.0)
            .row(60.0, &[250.0, 450.0], 130.0, &["Active", "92,175", "322,993"])
            .row(60.0, &[250.0, 450.0], 250.0, &["Recovered", "683,061", "113,061"])
            .row(60.0, &[250.0, 450.0], 380.0, &["Followed", "114,681", "298,044"])
            .across(60.0, 540.0, 440.0),
        &[],
    );
}

#[test]
fn the_grid_behind_bars_is_no_table() {
    let sheet = [100.0, 140.0, 180.0, 220.0]
        .into_iter()
        .fold(Sheet::default(), |sheet, y| sheet.across(60.0, 300.0, y));
    let sheet = [60.0, 120.0, 180.0, 240.0, 300.0]
        .into_iter()
        .fold(sheet, |sheet, x| sheet.down(x, 100.0, 220.0));
    let bars = [
        ("North", "70", 150.0),
        ("East", "92", 128.0),
        ("South", "50", 170.0),
        ("West", "85", 135.0),
    ];
    let sheet = bars.into_iter().enumerate().fold(sheet, |mut sheet, (column, (name, number, top))| {
        let x = 80.0 + 60.0 * column as f64;
        let bbox = BBox {
            x0: x,
            top,
            x1: x + 20.0,
            bottom: 220.0,
        };
        sheet
            .shapes
            .push(Shape::rect(bbox, Some([0, 114, 188]), None, Region::Box { page: 1, bbox }));
        sheet.left(x, 232.0, name).left(x + 5.0, top - 3.0, number)
    });
    check(sheet, &[]);
}

#[test]
fn thick_rulings_between_figures_are_no_bars_of_a_chart() {
    let rows = ["12", "7", "31", "45"];
    let xs = [60.0, 130.0, 200.0, 270.0, 340.0];
    let sheet = xs.into_iter().zip(0..).fold(Sheet::default(), |sheet, (x, column)| {
        // The one beside the labels begins higher, the last ends lower.
        let top = if column == 0 { 80.0 } else { 100.0 };
        sheet.filled([0, 0, 0], [x, top, x + 2.8, 220.0])
    });
    let sheet = sheet.across(50.0, 352.8, 220.0);
    let sheet = xs
        .into_iter()
        .zip(rows)
        .fold(sheet, |sheet, (x, figure)| sheet.left(x - 4.0, 234.0, figure));
    let page = page_of(&mut sheet.drawing());
    assert!(!page.items.iter().any(|item| matches!(item, Item::Chart(_))));
}

#[test]
fn figures_over_their_captions_between_two_rulings_are_no_table() {
    check(
        Sheet::default()
            .across(60.0, 460.0, 90.0)
            .left(80.0, 110.0, "495")
            .left(130.0, 110.0, "+7")
            .left(250.0, 110.0, "122")
            .left(300.0, 110.0, "+6")
            .left(80.0, 126.0, "In hospital")
            .left(250.0, 126.0, "In intensive care")
            .across(60.0, 460.0, 140.0),
        &[],
    );
}
