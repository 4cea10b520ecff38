//! What the figures of a table say of one another, in reports of families that nobody knows.

#[path = "common/unknown_family.rs"]
mod unknown_family;

use unknown_family::check;

const NOTE: &str = "<h1>Weekly note</h1>";

/// A table of rows whose cells stand between `|`.
fn table(rows: &[&str]) -> String {
    let row = |row: &&str| {
        let cells: Vec<String> = row.split('|').map(|cell| format!("<td>{}</td>", cell.trim())).collect();
        format!("<tr>{}</tr>", cells.concat())
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!("<!doctype html><body><h1>Weekly note</h1><table>{}</table></body>", rows.concat())
}

const BY_SITE: [&str; 5] = [
    "Site | Households | Persons",
    "North | 812 | 4,061",
    "East | 361 | 1,805",
    "West | 271 | 1,354",
    "Total | 1,444 | 7,220",
];

#[test]
fn a_total_that_is_not_that_of_its_column_is_told_where_another_column_adds_up() {
    check("note.html", &table(&BY_SITE), &[]);
    let planted = BY_SITE.map(|row| row.replace("7,220", "7,420"));
    check(
        "note.html",
        &table(&planted.each_ref().map(String::as_str)),
        &["error[total-differs]: The parts 4,061, 1,805 and 1,354 add to 7,220, but the table says 7,420"],
    );
    let text = "Weekly note\n\nSite     Households   Persons\nNorth           812     4,061\nEast            361     1,805\n\
        West            271     1,354\nTotal         1,444     7,420\n";
    check(
        "note.txt",
        text,
        &["error[total-differs]: The parts 4,061, 1,805 and 1,354 add to 7,220, but the table says 7,420"],
    );
}

#[test]
fn rows_that_may_not_be_all_there_are_prove_nothing() {
    // The largest of many routes, and a mean beside a sum.
    check(
        "note.html",
        &table(&["Route | Persons", "North | 4,061", "East | 1,805", "West | 1,354", "Total | 7,935"]),
        &[],
    );
    check(
        "note.html",
        &table(&[
            "Site | Persons | Mean age",
            "North | 4,061 | 23",
            "East | 1,805 | 31",
            "West | 1,354 | 26",
            "Total | 7,220 | 25",
        ]),
        &[],
    );
    // With the others named, and a digit swapped, they are.
    check(
        "note.html",
        &table(&["Route | Persons", "North | 4,061", "East | 1,805", "Other | 1,354", "Total | 7,310"]),
        &["error[total-differs]: The parts 4,061, 1,805 and 1,354 add to 7,220, but the table says 7,310"],
    );
    check(
        "note.html",
        &table(&["Route | Persons", "North | 4,061", "East | 1,805", "West | 1,354", "Total | 7,202"]),
        &["error[total-differs]: The parts 4,061, 1,805 and 1,354 add to 7,220, but the table says 7,202"],
    );
}

#[test]
fn rounded_figures_need_not_add_up_to_the_last_digit() {
    check(
        "note.html",
        &table(&[
            "Site | Houses | Persons",
            "North | 81 | 40,600",
            "East | 36 | 18,000",
            "West | 27 | 13,500",
            "Total | 144 | 72,200",
        ]),
        &[],
    );
    check(
        "note.html",
        &table(&[
            "Site | Houses | Millions",
            "North | 81 | 4.1",
            "East | 36 | 1.8",
            "West | 27 | 1.4",
            "Total | 144 | 7.2",
        ]),
        &[],
    );
}

#[test]
fn a_share_may_be_moved_by_one_so_that_all_come_to_a_hundred() {
    let rows = [
        "Site | Persons | Share",
        "North | 3,350 | 34%",
        "East | 3,350 | 34%",
        "West | 3,300 | 32%",
        "Total | 10,000 | 100%",
    ];
    check("note.html", &table(&rows), &[]);
    let planted = rows.map(|row| row.replace("32%", "23%"));
    check(
        "note.html",
        &table(&planted.each_ref().map(String::as_str)),
        &["error[ratio-differs]: “23%” is said of 3,300, but 3,300 of 10,000 is 32.7% to 33.3%"],
    );
}

#[test]
fn parts_of_a_row_add_to_its_total() {
    let rows = [
        "Site | Women | Men | Total",
        "North | 2,011 | 2,050 | 4,061",
        "East | 905 | 900 | 1,805",
        "West | 704 | 650 | 1,345",
        "South | 310 | 295 | 605",
    ];
    check(
        "note.html",
        &table(&rows),
        &["error[total-differs]: The parts 704 and 650 add to 1,354, but the table says 1,345"],
    );
}

#[test]
fn a_column_that_is_the_sum_of_those_behind_it_needs_no_name() {
    let rows = [
        "District | Families | People | Men | Women | Children",
        "North | 621 | 2,794 | 531 | 698 | 1,565",
        "East | 1,204 | 5,177 | 985 | 1,312 | 2,880",
        "West | 401 | 1,726 | 328 | 438 | 960",
        "South | 310 | 1,333 | 254 | 341 | 728",
    ];
    check(
        "note.html",
        &table(&rows),
        &["error[total-differs]: The parts 254, 341 and 728 add to 1,323, but the table says 1,333"],
    );
    // Two rows may agree by chance.
    let rows = [
        "Site | Beds | In use | Free",
        "North | 60 | 40 | 20",
        "East | 50 | 30 | 20",
        "West | 70 | 55 | 25",
    ];
    check("note.html", &table(&rows), &[]);
}

#[test]
fn quarters_add_to_the_year_to_date_where_they_count_what_came() {
    let rows = [
        "Indicator | Quarter 1 | Quarter 2 | Year to date",
        "Applications | 3,210 | 3,540 | 6,750",
        "Decisions | 2,980 | 3,105 | 6,085",
        "Rejections | 1,788 | 1,801 | 3,598",
        "Pending at the end | 11,230 | 11,665 | 11,665",
    ];
    check(
        "note.html",
        &table(&rows),
        &["error[total-differs]: The parts 1,788 and 1,801 add to 3,589, but the table says 3,598"],
    );
}

#[test]
fn a_column_that_most_rows_make_of_others_is_made_so_in_all() {
    let rows = [
        "Country | 2024 | 2025 | Change",
        "Norland | 1,335 | 1,762 | +32%",
        "Eastia | 1,003 | 802 | ▼ 20%",
        "Westia | 820 | 984 | 20%",
        "Southia | 9,842 | 9,551 | +3%",
    ];
    check(
        "note.html",
        &table(&rows),
        &["error[change-differs]: “+3%” is said of 9,551 against 9,842, but that is −3%"],
    );
    let rows = [
        "Need | Target | Reached | %",
        "Water | 3,500 | 2,450 | 70",
        "Health | 1,201 | 780 | 65",
        "Shelter | 600 | 330 | 58",
        "Food | 150 | 90 | 60",
    ];
    check(
        "note.html",
        &table(&rows),
        &["error[ratio-differs]: “58” is said of 330, but 330 of 600 is 55%"],
    );
    let rows = [
        "Site | Persons",
        "North | 4,060 (45%)",
        "East | 1,805 (20%)",
        "West | 1,354 (15%)",
        "Other | 1,803 (30%)",
        "Total | 9,022 (100%)",
    ];
    check(
        "note.html",
        &table(&rows),
        &["error[ratio-differs]: “30%” is said of 1,803, but 1,803 of 9,022 is 20%"],
    );
    // Weighted answers, each a little off its count.
    check(
        "note.html",
        &table(&[
            "Answer | Freq. | Percent",
            "Kept | 344 | 75.2",
            "Sold some | 53 | 11.6",
            "Sold all | 61 | 13.2",
            "Total | 458 | 100.0",
        ]),
        &[],
    );
    // Where hardly a row keeps it, it is not how the column is made.
    check(
        "note.html",
        &table(&[
            "Country | 2024 | 2025 | Rate",
            "Norland | 1,335 | 1,762 | 32%",
            "Eastia | 1,003 | 802 | 41%",
            "Westia | 820 | 984 | 8%",
        ]),
        &[],
    );
}

#[test]
fn figures_are_read_as_the_table_writes_them() {
    let rows = [
        "Pays | 2024 | 2025 | Évolution",
        "Norlande | 13 350 | 17 622 | +32,0 %",
        "Estie | 10 030 | 8 024 | -20,0 %",
        "Autres | 108 020 | 105 354 | +2,5 %",
        "Total | 131 400 | 131 000 | -0,3 %",
    ];
    check(
        "note.html",
        &table(&rows),
        &["error[change-differs]: “+2,5 %” is said of 105,354 against 108,020, but that is −2.5%"],
    );
    let rows = [
        "Vía | 2024 | 2025",
        "Marítima | 40.162 | 25.104",
        "Terrestre | 1.943 | 2.812",
        "Total | 42.105 | 29.716",
        "Notas | |",
    ];
    check(
        "note.html",
        &table(&rows),
        &["error[total-differs]: The parts 25,104 and 2,812 add to 27,916, but the table says 29.716"],
    );
}

#[test]
fn rows_of_those_counted_above_are_no_parts() {
    let rows = [
        "Group | Persons | Children",
        "North | 4,061 | 2,100",
        "of which women | 2,001 | 1,040",
        "East | 1,805 | 905",
        "Total | 5,866 | 3,005",
    ];
    check("note.html", &table(&rows), &[]);
    let rows = [
        "Group | Persons",
        "North | 4,061",
        "Upper north | 2,001",
        "Lower north | 2,060",
        "East | 1,805",
        "Total | 5,866",
    ];
    check("note.html", &table(&rows), &[]);
}

#[test]
fn a_count_in_words_that_is_the_total_but_for_a_digit_is_told() {
    let with_words = |words: &str| table(&BY_SITE).replace(NOTE, &format!("{NOTE}<p>{words}</p>"));
    check("note.html", &with_words("In all 7,220 persons live at the sites."), &[]);
    check(
        "note.html",
        &with_words("In all 7,320 persons live at the sites."),
        &["error[repeat-differs]: 7,320 stands in the words, but the total of the table is 7,220, which its parts add to"],
    );
    check("note.html", &with_words("At the sites 2,770 persons are women."), &[]);
    // A count of another time, a rounded one, one beside the total itself, one of the table.
    check("note.html", &with_words("This compares with 7,320 persons in May."), &[]);
    check("note.html", &with_words("Some 7,320 persons live at the sites."), &[]);
    check("note.html", &with_words("Of 7,320 beds, 7,220 are taken."), &[]);
    // Its sentence names other days than the latest of the page.
    let dated = |words: &str| with_words(words).replace("Weekly note</h1>", "Weekly note</h1><p>As of 30 June 2024</p>");
    check("note.html", &dated("On 31 May 2024 the sites held 7,320 persons."), &[]);
    check("note.html", &dated("At the end of May the sites held 7,320 persons."), &[]);
    check(
        "note.html",
        &dated("On 30 June 2024 the sites held 7,320 persons."),
        &["error[repeat-differs]: 7,320 stands in the words, but the total of the table is 7,220, which its parts add to"],
    );
    let with_may = table(&[
        "Site | May | June",
        "North | 4,161 | 4,061",
        "East | 1,805 | 1,805",
        "West | 1,354 | 1,354",
        "Total | 7,320 | 7,220",
    ]);
    check(
        "note.html",
        &with_may.replace(NOTE, &format!("{NOTE}<p>In May 7,320 persons lived at the sites.</p>")),
        &[],
    );
    let rows = BY_SITE.map(|row| row.replace("7,220", "7,420"));
    let planted = table(&rows.each_ref().map(String::as_str)).replace(NOTE, &format!("{NOTE}<p>In all 7,320 persons live there.</p>"));
    check(
        "note.html",
        &planted,
        &["error[total-differs]: The parts 4,061, 1,805 and 1,354 add to 7,220, but the table says 7,420"],
    );
}

#[test]
fn totals_are_known_by_other_names_and_by_what_they_add_up() {
    let told = |rows: &[&str], expected: &[&str]| check("note.html", &table(rows), expected);
    let named_all = [
        "Centre | Beds | Persons",
        "North | 812 | 4,061",
        "East | 361 | 1,805",
        "West | 271 | 1,354",
        "All centres | 1,444 | 7,220",
    ];
    told(&named_all, &[]);
    let planted = named_all.map(|row| row.replace("7,220", "7,420"));
    told(
        &planted.each_ref().map(String::as_str),
        &["error[total-differs]: The parts 4,061, 1,805 and 1,354 add to 7,220, but the table says 7,420"],
    );
    told(&["Centre | Beds", "North | 812", "East | 361", "All other centres | 1,973"], &[]);
    // A quarter below its months, however it is called.
    let quarter = [
        "Month | By choice | Forced | Together",
        "April | 302 | 118 | 420",
        "May | 299 | 101 | 400",
        "June | 311 | 117 | 428",
        "Q2 | 912 | 336 | 1,248",
    ];
    told(&quarter, &[]);
    let planted = quarter.map(|row| row.replace("| 336", "| 363"));
    told(
        &planted.each_ref().map(String::as_str),
        &[
            "error[total-differs]: The parts 118, 101 and 117 add to 336, but the table says 363",
            "error[total-differs]: The parts 912 and 363 add to 1,275, but the table says 1,248",
        ],
    );
}

#[test]
fn a_total_far_from_its_parts_is_told_where_digits_were_swapped() {
    check(
        "note.html",
        &table(&[
            "Of | Q1 | Q2 | Half",
            "A | 904 | 630 | 1,534",
            "B | 655 | 601 | 1,526",
            "C | 980 | 787 | 1,767",
            "D | 461 | 240 | 701",
        ]),
        &["error[total-differs]: The parts 655 and 601 add to 1,256, but the table says 1,526"],
    );
    check(
        "note.html",
        &table(&[
            "District | Cases | Deaths | Ill",
            "A | 512 | 6 | 52",
            "B | 344 | 3 | 41",
            "C | 456 | 5 | 63",
            "Total | 1,312 | 17 | 156",
        ]),
        &["error[total-differs]: The parts 6, 3 and 5 add to 14, but the table says 17"],
    );
    // The only column shows it by two digits of a part that change places.
    let routes = [
        "Route | Persons",
        "North | 29,300",
        "East | 19,600",
        "West | 11,300",
        "South | 6,500",
        "Total | 66,700",
    ];
    check("note.html", &table(&routes), &[]);
    check(
        "note.html",
        &table(&routes.map(|row| row.replace("29,300", "23,900")).each_ref().map(String::as_str)),
        &["error[total-differs]: The parts 23,900, 19,600, 11,300 and 6,500 add to 61,100 to 61,500, but the table says 66,700"],
    );
}

#[test]
fn nil_is_nothing_where_another_column_adds_up_without_it() {
    let days = [
        "Day | Persons | Boats",
        "15 | 386 | 7",
        "16 | – | –",
        "17 | 402 | 7",
        "18 | 512 | 9",
        "Total | 1,300 | 23",
    ];
    check("note.html", &table(&days), &[]);
    check(
        "note.html",
        &table(
            &days
                .map(|row| row.replace("402", "420").replace("1,300", "1,400"))
                .each_ref()
                .map(String::as_str),
        ),
        &["error[total-differs]: The parts 386, 420 and 512 add to 1,318, but the table says 1,400"],
    );
    // Else it may be what is missing.
    check(
        "note.html",
        &table(&["Day | Persons", "15 | 386", "16 | –", "17 | 402", "Other | 512", "Total | 1,400"]),
        &[],
    );
}

#[test]
fn a_header_that_speaks_of_two_columns_makes_no_percentages_of_counts() {
    let rows = [
        "Nationality | Arrivals % | ",
        "A | 4,396 | 34%",
        "B | 1,939 | 15%",
        "C | 1,552 | 12%",
        "Others | 5,043 | 39%",
        "Total | 12,930 | 100%",
    ];
    check("note.html", &table(&rows), &[]);
    check(
        "note.html",
        &table(&rows.map(|row| row.replace("12%", "21%")).each_ref().map(String::as_str)),
        &["error[ratio-differs]: “21%” is said of 1,552, but 1,552 of 12,930 is 12%"],
    );
}

#[test]
fn a_rate_is_that_of_the_columns_it_is_made_of() {
    let rows = [
        "Country | Refugee status | Other protection | Rejected | Rate",
        "A | 2,811 | 1,320 | 207 | 95.2%",
        "B | 1,404 | 388 | 1,108 | 61.8%",
        "C | 302 | 41 | 2,657 | 11.4%",
        "D | 288 | 195 | 322 | 60.0%",
    ];
    check("note.html", &table(&rows), &[]);
    check(
        "note.html",
        &table(&rows.map(|row| row.replace("60.0%", "66.0%")).each_ref().map(String::as_str)),
        &["error[ratio-differs]: “66.0%” is said of 483, but 483 of 288, 195 and 322 together is 60%"],
    );
}

#[test]
fn of_two_columns_that_shares_fit_as_well_the_nearer_is_meant() {
    check(
        "note.html",
        &table(&[
            "Age | Women | Men | All | %",
            "0-4 | 6,120 | 6,310 | 12,430 | 15%",
            "5-11 | 9,330 | 9,680 | 19,010 | 23%",
            "12-17 | 7,240 | 7,590 | 14,830 | 81%",
            "18-59 | 18,660 | 16,090 | 34,750 | 41%",
            "60+ | 1,550 | 1,550 | 3,100 | 4%",
            "Total | 42,900 | 41,220 | 84,120 | 100%",
        ]),
        &["error[ratio-differs]: “81%” is said of 14,830, but 14,830 of 84,120 is 17.6%"],
    );
}
