//! Tables whose rulings leave rows or columns whole.

use super::*;

/// A box of rulings, parted down at some places and across at others.
fn grid(down: &[f64], across: &[f64]) -> Sheet {
    let (left, right) = (down[0], down[down.len() - 1]);
    let (top, bottom) = (across[0], across[across.len() - 1]);
    let sheet = across.iter().fold(Sheet::default(), |sheet, y| sheet.across(left, right, *y));
    down.iter().fold(sheet, |sheet, x| sheet.down(*x, top, bottom))
}

#[test]
fn names_under_a_name_with_no_ruling_between_are_a_row_of_their_own() {
    check(
        grid(&[50.0, 150.0, 400.0], &[100.0, 130.0])
            .across(50.0, 400.0, 150.0)
            .across(50.0, 400.0, 170.0)
            .down(50.0, 130.0, 170.0)
            .down(150.0, 130.0, 170.0)
            .down(230.0, 130.0, 170.0)
            .down(310.0, 130.0, 170.0)
            .down(400.0, 130.0, 170.0)
            .left(60.0, 118.0, "Place")
            .left(255.0, 111.0, "Arrivals")
            .row(178.0, &[285.0, 370.0], 125.0, &["Women", "Men", "All"])
            .row(60.0, &[225.0, 305.0, 395.0], 144.0, &["North", "604", "600", "1,204"])
            .row(60.0, &[225.0, 305.0, 395.0], 164.0, &["South", "480", "507", "987"]),
        &["Place | Arrivals | < | <\n^ | Women | Men | All\nNorth | 604 | 600 | 1,204\nSouth | 480 | 507 | 987"],
    );
}

#[test]
fn a_heading_over_figures_with_no_ruling_between_is_a_row_of_its_own() {
    check(
        grid(&[50.0, 150.0, 230.0, 310.0], &[100.0, 120.0])
            .across(50.0, 310.0, 150.0)
            .across(50.0, 310.0, 170.0)
            .down(50.0, 120.0, 170.0)
            .down(310.0, 120.0, 170.0)
            .down(150.0, 150.0, 170.0)
            .down(230.0, 150.0, 170.0)
            .row(60.0, &[225.0, 305.0], 114.0, &["Place", "Women", "Men"])
            .left(60.0, 131.0, "Counted at the northern border")
            .row(60.0, &[225.0, 305.0], 145.0, &["Hill", "604", "600"])
            .row(60.0, &[225.0, 305.0], 164.0, &["Lake", "480", "507"]),
        &["Place | Women | Men\nCounted at the northern border | < | <\nHill | 604 | 600\nLake | 480 | 507"],
    );
}

#[test]
fn a_name_that_wraps_over_two_columns_stays_one() {
    check(
        grid(&[50.0, 150.0, 310.0], &[100.0, 130.0])
            .across(50.0, 310.0, 150.0)
            .across(50.0, 310.0, 170.0)
            .down(50.0, 130.0, 170.0)
            .down(150.0, 130.0, 170.0)
            .down(230.0, 130.0, 170.0)
            .down(310.0, 130.0, 170.0)
            .left(60.0, 118.0, "Place")
            .left(190.0, 112.0, "Number of arrivals")
            .left(185.0, 124.0, "since July and returns")
            .row(60.0, &[225.0, 305.0], 144.0, &["Hill", "604", "600"])
            .row(60.0, &[225.0, 305.0], 164.0, &["Lake", "480", "507"]),
        &["Place | Number of arrivals since July and returns | <\nHill | 604 | 600\nLake | 480 | 507"],
    );
}

#[test]
fn columns_without_rulings_between_their_rows_are_parted_be_the_labels_first_or_last() {
    let rows = |labels: f64, ends: [f64; 2]| {
        let sheet = grid(&[50.0, 150.0, 230.0, 310.0], &[100.0, 120.0, 170.0]);
        let sheet = sheet.row(labels, &ends, 114.0, &["Place", "Women", "Men"]);
        [(134.0, "Hill", "604", "600"), (148.0, "Lake", "480", "507"), (162.0, "Mill", "-", "31")]
            .into_iter()
            .fold(sheet, |sheet, (y, place, women, men)| sheet.row(labels, &ends, y, &[place, women, men]))
    };
    check(
        rows(60.0, [225.0, 305.0]),
        &["Place | Women | Men\nHill | 604 | 600\nLake | 480 | 507\nMill | - | 31"],
    );
    check(
        rows(240.0, [145.0, 225.0]),
        &["Women | Men | Place\n604 | 600 | Hill\n480 | 507 | Lake\n- | 31 | Mill"],
    );
}

#[test]
fn two_lines_in_every_cell_are_two_rows_and_a_share_under_its_figure_is_none() {
    let cells = |second: [&'static str; 3]| {
        let sheet = grid(&[50.0, 150.0, 230.0, 310.0], &[100.0, 120.0, 150.0, 170.0]);
        sheet
            .row(60.0, &[225.0, 305.0], 114.0, &["Year", "Women", "Men"])
            .row(60.0, &[225.0, 305.0], 131.0, &["Autumn", "604", "600"])
            .row(60.0, &[225.0, 305.0], 145.0, &second)
            .row(60.0, &[225.0, 305.0], 164.0, &["Spring", "90", "87"])
    };
    check(
        cells(["Winter", "480", "507"]),
        &["Year | Women | Men\nAutumn | 604 | 600\nWinter | 480 | 507\nSpring | 90 | 87"],
    );
    check(
        cells(["Of 2024", "(50%)", "(50%)"]),
        &["Year | Women | Men\nAutumn Of 2024 | 604 (50%) | 600 (50%)\nSpring | 90 | 87"],
    );
}

#[test]
fn columns_of_words_alone_are_parted_where_they_share_their_base_lines() {
    let sheet = grid(&[50.0, 150.0, 280.0, 400.0], &[100.0, 120.0, 190.0]);
    let rows = [
        (134.0, "Hill", "Border post", "Open"),
        (148.0, "Lake", ".", "Shut"),
        (162.0, "Mill", "School", "Open"),
        (176.0, "Port", "Quay", "Shut"),
    ];
    let sheet = sheet.row(60.0, &[260.0, 390.0], 114.0, &["Place", "Where", "State"]);
    check(
        rows.into_iter().fold(sheet, |sheet, (y, place, site, state)| {
            sheet.row(60.0, &[260.0, 390.0], y, &[place, site, state])
        }),
        &["Place | Where | State\nHill | Border post | Open\nLake |  | Shut\nMill | School | Open\nPort | Quay | Shut"],
    );
}

#[test]
fn figures_beside_one_another_in_the_cells_of_a_coarse_grid_stand_in_columns() {
    let sheet = grid(&[50.0, 150.0, 280.0, 410.0, 540.0], &[100.0, 134.0, 200.0]);
    let sheet = sheet.left(212.0, 112.0, "Women").left(347.0, 112.0, "Men").left(462.5, 112.0, "Everyone");
    let ends = [200.0, 270.0, 330.0, 400.0, 460.0, 530.0];
    let sheet = sheet.row(60.0, &ends, 126.0, &["Place", "2023", "2024", "2023", "2024", "2023", "2024"]);
    let rows = [
        (146.0, ["Hill", "604", "610", "600", "612", "1,204", "1,222"]),
        (160.0, ["Lake", "480", "90", "507", "87", "987", "177"]),
        (174.0, ["Mill", "11", "12", "31", "40", "42", "52"]),
        (188.0, ["Port", "7", "9", "8", "3", "15", "12"]),
    ];
    check(
        rows.into_iter().fold(sheet, |sheet, (y, row)| sheet.row(60.0, &ends, y, &row)),
        &[
            " | Women | < | Men | < | Everyone | <\nPlace | 2023 | 2024 | 2023 | 2024 | 2023 | 2024\nHill | 604 | 610 | 600 | 612 | 1,204 | 1,222\nLake | 480 | 90 | 507 | 87 | 987 | 177\nMill | 11 | 12 | 31 | 40 | 42 | 52\nPort | 7 | 9 | 8 | 3 | 15 | 12",
        ],
    );
}

#[test]
fn justified_words_in_the_cells_of_a_grid_are_no_columns() {
    let sheet = grid(&[50.0, 170.0, 290.0, 410.0, 530.0], &[100.0, 120.0, 200.0, 280.0]);
    let sheet = sheet.row(60.0, &[280.0, 400.0, 520.0], 114.0, &["Question", "Women", "Men", "All"]);
    let words = |sheet: Sheet, y: f64, figures: [&str; 3]| {
        sheet
            .row(55.0, &[165.0], y, &["Number", "of"])
            .row(55.0, &[165.0], y + 14.0, &["people", "who"])
            .row(55.0, &[165.0], y + 28.0, &["asked", "for"])
            .row(55.0, &[165.0], y + 42.0, &["a", "place"])
            .row(55.0, &[165.0], y + 56.0, &["to", "sleep"])
            .row(60.0, &[280.0, 400.0, 520.0], y, &[".", figures[0], figures[1], figures[2]])
    };
    check(
        words(words(sheet, 132.0, ["604", "600", "1,204"]), 212.0, ["480", "507", "987"]),
        &[
            "Question | Women | Men | All\nNumber of people who asked for a place to sleep | 604 | 600 | 1,204\nNumber of people who asked for a place to sleep | 480 | 507 | 987",
        ],
    );
}

#[test]
fn cells_of_one_width_hold_one_kind_of_thing() {
    let sheet = grid(&[50.0, 120.0, 190.0, 260.0, 330.0], &[100.0, 120.0, 140.0, 160.0]);
    let sheet = sheet
        .row(60.0, &[180.0, 250.0, 320.0], 114.0, &["Hill", "604", "600", "87"])
        .row(60.0, &[180.0, 250.0, 320.0], 134.0, &["Lake", "480", "507", "12"])
        .row(60.0, &[180.0, 250.0, 320.0], 154.0, &["Mill", "11", "31", "42"])
        .down(50.0, 160.0, 200.0)
        .down(190.0, 160.0, 200.0)
        .down(330.0, 160.0, 200.0)
        .across(50.0, 330.0, 200.0)
        .left(60.0, 174.0, "Counted in July")
        .row(60.0, &[180.0], 188.0, &["Place", "Quay"])
        .left(200.0, 174.0, "Counted by hand")
        .left(200.0, 188.0, "at the quay");
    check(
        sheet,
        &["Hill | 604 | 600 | 87\nLake | 480 | 507 | 12\nMill | 11 | 31 | 42\nCounted in July Place Quay | < | Counted by hand at the quay | <"],
    );
}

#[test]
fn rulings_as_thick_fills_part_cells_and_stripes_too_low_for_words_are_no_rows() {
    let black = [0, 0, 0];
    let sheet = [60.0, 160.0, 260.0, 360.0]
        .into_iter()
        .fold(Sheet::default(), |sheet, x| sheet.filled(black, [x, 100.0, x + 2.9, 182.9]));
    let sheet = [100.0, 120.0, 140.0, 160.0, 180.0]
        .into_iter()
        .fold(sheet, |sheet, y| sheet.filled(black, [60.0, y, 362.9, y + 2.9]));
    // A grey stripe with a ruling of its own under each row.
    let sheet = [134.0, 154.0, 174.0].into_iter().fold(sheet, |sheet, y| {
        sheet.filled([190, 190, 190], [60.0, y, 362.0, y + 6.0]).across(60.0, 362.0, y)
    });
    check(
        sheet
            .row(66.0, &[250.0, 350.0], 115.0, &["Place", "Arrivals", "Returns"])
            .row(66.0, &[250.0, 350.0], 132.5, &["North", "1,204", "18"])
            .row(66.0, &[250.0, 350.0], 152.5, &["South", "987", "3"])
            .row(66.0, &[250.0, 350.0], 172.5, &["West", "45", "11"]),
        &["Place | Arrivals | Returns\nNorth | 1,204 | 18\nSouth | 987 | 3\nWest | 45 | 11"],
    );
}

#[test]
fn figures_below_one_another_in_several_cells_lead_rows_whose_words_wrap() {
    let rows = [
        ("101", "604", "12", "Boats that came in by"),
        ("102", "480", "7", "Buses"),
        ("103", "31", "9", "Trains from the north"),
    ];
    let more = ["night in autumn", "", "and the east"];
    let head = grid(&[50.0, 110.0, 180.0, 250.0, 400.0], &[80.0, 100.0, 190.0]).row(
        56.0,
        &[170.0, 240.0, 300.0],
        94.0,
        &["No.", "Persons", "Children", "Came on"],
    );
    let sheet = rows.iter().zip(more).zip(0..).fold(head, |sheet, ((row, more), at)| {
        let (number, persons, children, words) = *row;
        let y = 114.0 + 26.0 * f64::from(at);
        let sheet = sheet.row(56.0, &[170.0, 240.0], y, &[number, persons, children]).left(256.0, y, words);
        if more.is_empty() { sheet } else { sheet.left(256.0, y + 11.0, more) }
    });
    check(
        sheet,
        &[
            "No. | Persons | Children | Came on\n101 | 604 | 12 | Boats that came in by night in autumn\n102 | 480 | 7 | Buses\n\
           103 | 31 | 9 | Trains from the north and the east",
        ],
    );
}

#[test]
fn words_that_wrap_in_every_cell_of_a_row_are_one_row() {
    let lines = |sheet: Sheet, x: f64, words: [&str; 3]| {
        words
            .iter()
            .zip(0..)
            .fold(sheet, |sheet, (words, line)| sheet.left(x, 114.0 + 12.0 * f64::from(line), words))
    };
    let sheet = grid(&[50.0, 150.0, 250.0, 350.0], &[80.0, 100.0, 150.0, 170.0])
        .row(56.0, &[230.0, 330.0], 94.0, &["Place", "Arrivals", "Returns"])
        .row(56.0, &[230.0, 330.0], 164.0, &["Lake", "480", "507"]);
    let sheet = lines(sheet, 56.0, ["North shore", "and all its", "islands"]);
    let sheet = lines(sheet, 156.0, ["604 by sea", "and a few", "on foot"]);
    check(
        lines(sheet, 256.0, ["600 in all", "by the end", "of May"]),
        &[
            "Place | Arrivals | Returns\nNorth shore and all its islands | 604 by sea and a few on foot | 600 in all by the end of May\nLake | 480 | 507",
        ],
    );
}

/// Figures in a box of rulings, row by row, and what is set before each.
fn boxed(names: [(f64, &str); 4]) -> Sheet {
    let figures = [["1,204", "60-119"], ["987", "20-59"], ["45", "<20"], ["7", "<20"]];
    let sheet = grid(&[180.0, 260.0, 360.0], &[100.0, 120.0, 140.0, 160.0, 180.0]);
    names.into_iter().zip(figures).zip(0..).fold(sheet, |sheet, (((x, name), figures), row)| {
        let y = 114.0 + 20.0 * f64::from(row);
        sheet.left(x, y, name).row(60.0, &[250.0, 350.0], y, &[".", figures[0], figures[1]])
    })
}

#[test]
fn labels_before_a_box_of_figures_are_its_first_column() {
    check(
        boxed([(60.0, "North"), (60.0, "South shore"), (60.0, "East of the river"), (60.0, "West")]),
        &["North | 1,204 | 60-119\nSouth shore | 987 | 20-59\nEast of the river | 45 | <20\nWest | 7 | <20"],
    );
}

#[test]
fn words_that_do_not_start_below_one_another_are_no_labels_of_a_box_and_prose_is_none() {
    let figures = &["1,204 | 60-119\n987 | 20-59\n45 | <20\n7 | <20"];
    check(
        boxed([(60.0, "North"), (66.0, "South shore"), (60.0, "East of the river"), (80.0, "West")]),
        figures,
    );
    check(
        boxed([
            (60.0, "what was seen at night"),
            (60.0, "was not much for those"),
            (60.0, "whose boat had come so"),
            (60.0, "late that it had lost."),
        ]),
        figures,
    );
}
