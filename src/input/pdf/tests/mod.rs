//! Small pages drawn for a purpose, read the whole way.

mod notes;
mod seen;
mod tiles;
mod unread;
mod writing;

use super::second_reader::disagreements;
use super::*;
use crate::layout::{BlockKind, Chart, Item, Page, Table};

/// A PDF of one page, 400 by 400 points, with Helvetica as `F1` and Helvetica-Bold as `F2`.
fn pdf(content: &str) -> Vec<u8> {
    pdf_with("", &[], content)
}

/// The same with more in the dictionary of the page, and more objects, from the seventh.
fn pdf_with(page: &str, more: &[&str], content: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 6 0 R {page}
             /Resources << /Font << /F1 4 0 R /F2 5 0 R /F3 7 0 R >> /XObject << /X 7 0 R >> /ExtGState << /G 7 0 R >> >> >>"
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let table = file.len();
    let size = objects.len() + 1;
    file.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n"));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    file.into_bytes()
}

/// Text at a place, x from the left and y from the bottom.
fn text(x: f64, y: f64, size: f64, words: &str) -> String {
    format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
}

fn page(content: &str) -> Page {
    page_of(&pdf(content))
}

fn page_of(pdf: &[u8]) -> Page {
    let mut document = read(pdf, &Limits::default()).expect("a page drawn for the test");
    assert_eq!(document.repairs, Vec::<String>::new());
    document.pages.remove(0)
}

fn words(content: &str) -> (String, u32) {
    words_of(&page(content))
}

fn words_of(page: &Page) -> (String, u32) {
    let words: Vec<&str> = page.words.iter().map(|word| word.text.as_str()).collect();
    (words.join(" "), page.hidden_words)
}

fn blocks(page: &Page) -> Vec<(BlockKind, &str)> {
    page.items
        .iter()
        .filter_map(|item| match item {
            Item::Block(block) => Some((block.kind, block.text.string.as_str())),
            _ => None,
        })
        .collect()
}

fn table(page: &Page) -> Option<&Table> {
    page.items
        .iter()
        .find_map(|item| if let Item::Table(table) = item { Some(table) } else { None })
}

fn chart(page: &Page) -> Option<&Chart> {
    page.items
        .iter()
        .find_map(|item| if let Item::Chart(chart) = item { Some(chart) } else { None })
}

#[test]
fn bold_is_told_by_the_stems_where_the_font_keeps_its_name() {
    let bold = |content: &str| page(content).words.iter().map(|word| word.bold).collect::<Vec<_>>();
    assert_eq!(bold(&text(50.0, 200.0, 10.0, "in July 314")), [false, false, false]);
    assert_eq!(bold(&text(50.0, 200.0, 10.0, "in July 314").replace("/F1", "/F2")), [true, true, true]);
    assert_eq!(bold(&text(50.0, 200.0, 10.0, "1").replace("/F1", "/F2")), [true]);
    assert_eq!(bold(&text(50.0, 200.0, 10.0, "1")), [false]);
}

#[test]
fn a_word_drawn_twice_for_weight_counts_once() {
    let content = format!("{}{}", text(50.0, 200.0, 10.0, "7,900"), text(50.3, 200.0, 10.0, "7,900"));
    assert_eq!(words(&content).0, "7,900");
    assert_eq!(words(&format!("2 Tr {}", text(50.0, 200.0, 10.0, "7,900"))).0, "7,900");
}

#[test]
fn a_figure_over_a_pale_rim_of_itself_is_seen() {
    let rim = format!("1 Tr 1 1 1 RG 2 w {}", text(50.0, 200.0, 10.0, "7,900"));
    let content = format!("{rim}0 Tr 0 g {}", text(50.0, 200.0, 10.0, "7,900"));
    assert_eq!(words(&content), ("7,900".to_owned(), 0));
    // Covered and then drawn again, it lies on top.
    let first = text(50.0, 200.0, 10.0, "7,900");
    assert_eq!(words(&format!("{first}0.9 g 20 180 300 100 re f 0 g {first}")), ("7,900".to_owned(), 0));
    assert_eq!(words(&rim), (String::new(), 1));
}

#[test]
fn the_frame_of_a_chart_drawn_as_a_fill_with_a_hole_covers_nothing() {
    let content = format!("{}0 g 20 20 300 300 re 21 21 298 298 re f*\n", text(50.0, 200.0, 10.0, "7,900"));
    assert_eq!(words(&content), ("7,900".to_owned(), 0));
}

#[test]
fn a_raised_mark_is_no_part_of_the_figure() {
    // "25,443" in Helvetica is 3.058 em wide.
    let content = format!("{}{}", text(50.0, 200.0, 10.0, "25,443"), text(80.7, 204.0, 6.0, "3"));
    let page = page(&content);
    let Item::Block(block) = &page.items[0] else { panic!("a block") };
    assert_eq!(block.text.string, "25,443");
    let marks: Vec<(usize, &str)> = block.text.marks.iter().map(|mark| (mark.at, mark.label.as_str())).collect();
    assert_eq!(marks, [(6, "3")]);
}

#[test]
fn two_raised_marks_apart_hang_on_one_word() {
    let content = format!(
        "{}{}{}",
        text(50.0, 200.0, 10.0, "25,443"),
        text(80.7, 204.0, 6.0, "11,"),
        text(91.0, 204.0, 6.0, "12")
    );
    let page = page(&content);
    let Item::Block(block) = &page.items[0] else { panic!("a block") };
    let marks: Vec<&str> = block.text.marks.iter().map(|mark| mark.label.as_str()).collect();
    assert_eq!((block.text.string.as_str(), marks), ("25,443", vec!["11", "12"]));
}

#[test]
fn thousands_set_apart_by_a_thin_gap_are_one_number() {
    // 79 is 11.12 points wide at 10 points; the gap is a tenth of the size.
    let content = format!("{}{}", text(50.0, 200.0, 10.0, "79"), text(62.2, 200.0, 10.0, "394"));
    assert_eq!(words(&content).0, "79\u{2009}394");
}

#[test]
fn a_soft_hyphen_within_a_line_is_no_character() {
    let page = page(&text(50.0, 200.0, 10.0, "un\\255ac\\255companied children"));
    assert_eq!(blocks(&page)[0].1, "unaccompanied children");
}

#[test]
fn thousands_behind_an_unbreakable_space_are_one_number() {
    // 240 is such a space in WinAnsi's octal digits.
    assert_eq!(words(&text(50.0, 200.0, 10.0, "at 7\\240011 persons")).0, "at 7\u{a0}011 persons");
}

#[test]
fn neighbouring_labels_are_two_numbers() {
    let content = format!("{}{}", text(50.0, 200.0, 10.0, "2020"), text(73.4, 200.0, 10.0, "2174"));
    assert_eq!(words(&content).0, "2020 2174");
}

#[test]
fn letters_set_apart_on_purpose_are_one_word() {
    assert_eq!(words("BT /F1 10 Tf 3 Tc 1 0 0 1 50 200 Tm (TOTAL) Tj ET").0, "TOTAL");
}

#[test]
fn every_figure_carries_its_own_box() {
    let page = page(&text(50.0, 200.0, 10.0, "some 7,900 persons"));
    let Item::Block(block) = &page.items[0] else { panic!("a block") };
    let at = block.text.string.find("7,900").expect("printed");
    let bbox = block.text.region(at..at + 5).and_then(crate::layout::Region::bbox).expect("a box");
    // "some " is 2.724 em wide, "7,900" 2.502 em.
    assert!((bbox.x0 - 77.8).abs() < 0.7 && (bbox.x1 - 102.8).abs() < 0.7, "{bbox:?}");
    assert!(bbox.top < 193.0 && bbox.bottom > 200.0 && bbox.bottom < 203.0, "{bbox:?}");
}

#[test]
fn a_figure_standing_out_takes_its_caption_and_tiles_stay_apart() {
    let mut content = String::new();
    for (x, figure, caption) in [
        (30.0, "3,100", "registrations in December"),
        (215.0, "56,213", "registrations in the year"),
    ] {
        content += &format!("0.9 0.95 1 rg {x} 300 150 50 re f 0 g\n");
        content += &text(x + 40.0, 328.0, 18.0, figure);
        content += &text(x + 15.0, 312.0, 8.0, caption);
    }
    content += &text(30.0, 200.0, 9.0, "Words of the report in the size that most of its words have.");
    let page = page(&content);
    assert_eq!(
        blocks(&page)[..2],
        [
            (BlockKind::Headline, "3,100\nregistrations in December"),
            (BlockKind::Headline, "56,213\nregistrations in the year")
        ]
    );
    assert!(table(&page).is_none() && chart(&page).is_none());
}

#[test]
fn a_table_is_read_by_its_rulings() {
    let mut content = "0.5 w\n".to_owned();
    for y in [300.0, 280.0, 260.0, 240.0] {
        content += &format!("50 {y} m 290 {y} l S\n");
    }
    for x in [50.0, 130.0, 210.0, 290.0] {
        content += &format!("{x} 300 m {x} 240 l S\n");
    }
    for (row, cells) in [["Country", "In", "Out"], ["Albania", "24", "18"], ["Serbia", "101", "-"]]
        .iter()
        .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            content += &text(55.0 + 80.0 * column as f64, 286.0 - 20.0 * row as f64, 9.0, cell);
        }
    }
    let page = page(&content);
    let table = table(&page).expect("a table");
    assert_eq!((table.rows, table.columns, table.header_rows), (3, 3, 1));
    let cells: Vec<&str> = table.cells.iter().map(|cell| cell.text.string.as_str()).collect();
    assert_eq!(cells, ["Country", "In", "Out", "Albania", "24", "18", "Serbia", "101", "-"]);
    assert!(blocks(&page).is_empty());
}

#[test]
fn a_table_is_read_by_alignment_alone() {
    let mut content = String::new();
    for (row, cells) in [["Country", "In", "Out"], ["Albania", "24", "18"], ["Serbia", "101", "-"]]
        .iter()
        .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            content += &text(55.0 + 80.0 * column as f64, 286.0 - 14.0 * row as f64, 9.0, cell);
        }
    }
    let page = page(&content);
    let table = table(&page).expect("a table");
    assert_eq!((table.rows, table.columns, table.header_rows), (3, 3, 1));
}

#[test]
fn two_columns_of_prose_are_no_table() {
    let mut content = String::new();
    for row in 0..8 {
        content += &text(30.0, 350.0 - 12.0 * f64::from(row), 9.0, "Some words of the left column go here,");
        content += &text(220.0, 350.0 - 12.0 * f64::from(row), 9.0, "and in 2024 others stand at the right.");
    }
    let page = page(&content);
    assert!(table(&page).is_none());
    assert!(blocks(&page)[0].1.starts_with("Some words") && !blocks(&page)[0].1.contains("2024"));
}

/// Upright bars of heights, with labels and names.
fn bars(heights: &[f64], labels: &[&str]) -> String {
    let mut content = "0 0 1 rg\n".to_owned();
    for (index, height) in heights.iter().enumerate() {
        content += &format!("{} 100 30 {height} re f\n", 50 + 50 * index);
    }
    content += "0 g\n";
    for (index, (height, label)) in heights.iter().zip(labels).enumerate() {
        content += &text(53.0 + 50.0 * index as f64, 103.0 + height, 8.0, label);
        content += &text(57.0 + 50.0 * index as f64, 89.0, 8.0, ["Jan", "Feb", "Mar", "Apr"][index]);
    }
    content
}

#[test]
fn bars_are_read_with_names_labels_and_what_their_length_says() {
    let page = page(&bars(&[100.0, 60.0, 80.0, 30.0], &["1,000", "600", "800", "900"]));
    let chart = chart(&page).expect("a chart");
    let points = &chart.series[0].points;
    let read: Vec<(&str, &str)> = points
        .iter()
        .map(|point| {
            (
                point.category.as_ref().map_or("", |text| &text.string),
                point.label.as_ref().map_or("", |text| &text.string),
            )
        })
        .collect();
    assert_eq!(read, [("Jan", "1,000"), ("Feb", "600"), ("Mar", "800"), ("Apr", "900")]);
    let last = points[3].mark.expect("the other labels give the scale");
    assert!((last.value - 300.0).abs() < 5.0 && last.error < 20.0 && !last.from_axis, "{last:?}");
    assert!(blocks(&page).is_empty());
}

#[test]
fn what_cannot_be_read_says_why() {
    let check = |bytes: &[u8], expected: &str| {
        let error = read(bytes, &Limits::default()).err().map(|error| error.to_string());
        assert!(error.as_deref().is_some_and(|error| error.contains(expected)), "{error:?}");
    };
    check(b"", "empty");
    check(b"%PDF-1.4\nnothing of a PDF follows", "damaged");
    let hurried = Limits {
        pages: 0,
        ..Limits::default()
    };
    assert!(matches!(read(&pdf(""), &hurried), Err(InputError::OverLimit { .. })));
}

#[test]
fn a_file_cut_off_is_read_as_far_as_it_goes_and_says_so() {
    let whole = pdf(&text(50.0, 200.0, 10.0, "7,900"));
    let document = read(&whole[..whole.len() - 30], &Limits::default()).expect("the objects are all there");
    assert_eq!(document.pages[0].words[0].text, "7,900");
    assert!(document.losses.iter().any(|loss| loss.contains("%%EOF")), "{:?}", document.losses);
    assert_eq!(document.repairs, Vec::<String>::new());
}

#[test]
fn a_file_of_which_nothing_is_gone_is_repaired_and_says_how() {
    let whole = pdf(&text(50.0, 200.0, 10.0, "7,900"));
    let check = |bytes: &[u8], repair: &str| {
        let document = read(bytes, &Limits::default()).expect("the objects are all there");
        assert_eq!(document.pages[0].words[0].text, "7,900");
        assert_eq!((document.repairs, document.losses), (vec![repair.to_owned()], Vec::new()));
    };
    let end = whole.windows(5).rposition(|window| window == b"%%EOF").expect("an end mark");
    check(&whole[..end], "the end mark %%EOF is missing: the file may be cut off");
    let moved = [&whole[..9], b"% a comment that moves all objects\n", &whole[9..]].concat();
    check(&moved, "the cross-reference table is not where the file says: objects were searched for");
}

#[test]
fn any_cut_or_flipped_byte_gives_a_document_or_an_error() {
    let whole = pdf(&bars(&[100.0, 60.0, 80.0, 30.0], &["1,000", "600", "800", "300"]));
    for at in (0..whole.len()).step_by(7) {
        let _ = read(&whole[..at], &Limits::default());
        let mut flipped = whole.clone();
        flipped[at] ^= 0x15;
        let _ = read(&flipped, &Limits::default());
    }
}

#[test]
fn both_readers_see_the_same_numbers() {
    let bytes = pdf(&text(50.0, 200.0, 10.0, "some 7,900 of 25,443"));
    let document = read(&bytes, &Limits::default()).expect("a page");
    assert_eq!(disagreements(&bytes, &document, &Limits::default()), []);
    let other = pdf(&text(50.0, 200.0, 10.0, "some 7,800 of 25,443"));
    let facts = disagreements(&other, &document, &Limits::default());
    assert_eq!(
        facts,
        [crate::schema::Fact::ReadersDisagree {
            page: 1,
            first: vec!["7900".to_owned()],
            second: vec!["7800".to_owned()]
        }]
    );
}

/// A filled box, y from the bottom.
fn filled(x: f64, y: f64, width: f64, height: f64) -> String {
    format!("0 0.4 0.7 rg {x} {y} {width} {height} re f 0 g\n")
}

#[test]
fn a_mark_that_is_raised_but_hardly_smaller_is_no_text() {
    let page = page(&format!("{}{}", text(40.0, 300.0, 13.0, "ARRIVALS"), text(107.0, 305.0, 12.0, "11,12")));
    let Some(Item::Block(block)) = page.items.first() else {
        panic!("a heading")
    };
    assert_eq!(block.text.string, "ARRIVALS");
    let labels: Vec<&str> = block.text.marks.iter().map(|mark| mark.label.as_str()).collect();
    assert_eq!(labels, ["11", "12"]);
}

#[test]
fn a_line_of_nothing_but_groups_of_digits_is_one_figure() {
    let page = page(&text(40.0, 300.0, 20.0, "3 198"));
    assert_eq!(words(&text(40.0, 300.0, 20.0, "3 198")).0, "3\u{2009}198");
    assert_eq!(blocks(&page).len(), 1);
    assert_eq!(words(&text(40.0, 300.0, 10.0, "In 12 198 came")).0, "In 12 198 came");
}

#[test]
fn a_single_bar_is_a_chart_only_on_an_axis() {
    let labels = text(143.0, 205.0, 8.0, "5,359") + &text(147.0, 85.0, 8.0, "Jan");
    let bar = filled(100.0, 100.0, 110.0, 100.0);
    let axis = "0.5 w 60 100 m 300 100 l S\n";
    let chart = page(&format!("{bar}{axis}{labels}"));
    let [Item::Chart(Chart { series, .. })] = chart.items.as_slice() else {
        panic!("a chart and nothing else")
    };
    let point = &series[0].points[0];
    assert_eq!(point.label.as_ref().map(|label| label.string.as_str()), Some("5,359"));
    assert_eq!(point.category.as_ref().map(|name| name.string.as_str()), Some("Jan"));
    let tile = page(&format!("{bar}{labels}"));
    assert!(!tile.items.iter().any(|item| matches!(item, Item::Chart(_))));
}

#[test]
fn rows_with_wrapped_cells_make_a_table_and_paragraphs_side_by_side_do_not() {
    let mut content = String::new();
    for (y, country, share) in [(300.0, "Serbia", "Cuba \\(31%\\)"), (240.0, "Montenegro", "Iraq \\(50%\\)")] {
        content += &text(40.0, y, 8.0, country);
        content += &text(150.0, y, 8.0, share);
        content += &text(260.0, y, 8.0, "Egypt \\(11%\\)");
    }
    content += &text(40.0, 270.0, 8.0, "Albania");
    content += &text(150.0, 275.0, 8.0, "Syrian Arab Republic");
    content += &text(150.0, 265.5, 8.0, "\\(44%\\)");
    content += &text(260.0, 270.0, 8.0, "Nepal \\(24%\\)");
    let page = page(&content);
    let table = table(&page).expect("a table");
    assert_eq!((table.rows, table.columns), (3, 3));
    let wrapped = table.cells.iter().find(|cell| (cell.row, cell.column) == (1, 1)).expect("a cell");
    assert_eq!(wrapped.text.string, "Syrian Arab Republic (44%)");

    let left = [
        "the movement of persons in 12",
        "refugees and migrants were",
        "was estimated at 350 to have",
    ];
    let right = [
        "majority were in Serbia 60 and",
        "followed by Albania 24 and the",
        "rest of them 16 in the others",
    ];
    let mut prose = String::new();
    for (index, (left, right)) in left.iter().zip(right).enumerate() {
        let y = 300.0 - 11.0 * index as f64;
        prose += &text(40.0, y, 9.0, left);
        prose += &text(220.0, y, 9.0, right);
    }
    assert!(self::table(&self::page(&prose)).is_none());
}
