//! How words are written: ligatures, raised and lowered marks, letters set apart, turned lines, scripts from right to left.

use super::*;

/// The text of the first block, and the marks on it.
fn first_text(content: &str) -> (String, Vec<String>) {
    let page = page(content);
    let Some(Item::Block(block)) = page.items.first() else {
        panic!("a block of {content}")
    };
    let marks = block.text.marks.iter().map(|mark| mark.label.clone()).collect();
    (block.text.string.clone(), marks)
}

#[track_caller]
fn check(content: &str, expected: &str, marks: &[&str]) {
    let (string, found) = first_text(content);
    assert_eq!(
        (string.as_str(), found.iter().map(String::as_str).collect::<Vec<_>>()),
        (expected, marks.to_vec())
    );
}

/// A line in pieces, each with its size and how far it is raised.
fn pieces(pieces: &[(f64, f64, &str)]) -> String {
    let mut shown = "BT 1 0 0 1 50 200 Tm ".to_owned();
    for (size, rise, words) in pieces {
        shown += &format!("/F1 {size} Tf {rise} Ts ({words}) Tj ");
    }
    shown + "ET\n"
}

#[test]
fn a_raised_mark_is_apart_from_the_number_it_hangs_on() {
    check(
        &pieces(&[(10.0, 0.0, "25,443"), (6.0, 4.0, "3"), (10.0, 0.0, " persons")]),
        "25,443 persons",
        &["3"],
    );
    check(
        &pieces(&[(10.0, 0.0, "47%"), (6.0, 4.0, "3"), (10.0, 0.0, " of all")]),
        "47% of all",
        &["3"],
    );
    check(
        &pieces(&[(10.0, 0.0, "25,443"), (10.0, 4.0, "3"), (10.0, 0.0, " persons")]),
        "25,443 persons",
        &["3"],
    );
    check(&text(50.0, 200.0, 10.0, "25,443\\263 persons"), "25,443 persons", &["3"]);
    check(&text(50.0, 200.0, 10.0, "12 m\\262 a head"), "12 m² a head", &[]);
}

#[test]
fn a_lowered_digit_behind_letters_is_part_of_the_word() {
    check(
        &pieces(&[(10.0, 0.0, "tonnes of CO"), (6.0, -2.0, "2"), (10.0, 0.0, " a head")]),
        "tonnes of CO2 a head",
        &[],
    );
}

#[test]
fn letters_set_apart_are_words_and_figures_set_apart_are_figures() {
    check("BT /F1 14 Tf 4 Tc 1 0 0 1 50 200 Tm (KEY FIGURES 2024) Tj ET", "KEY FIGURES 2024", &[]);
    check(
        "BT /F1 10 Tf 2 Tc 1 0 0 1 50 200 Tm (12345 persons 7,900) Tj ET",
        "12345 persons 7,900",
        &[],
    );
    check(&text(50.0, 200.0, 12.0, "K E Y   F I G U R E S"), "KEY FIGURES", &[]);
    check(&text(50.0, 200.0, 12.0, "J U L Y   A N D   2 0 2 4"), "JULY AND 2024", &[]);
    check(&text(50.0, 200.0, 12.0, "1 2 3 4 5 6 7 8"), "1 2 3 4 5 6 7 8", &[]);
    check(&text(50.0, 200.0, 12.0, "a b c"), "a b c", &[]);
}

#[test]
fn a_word_broken_at_the_end_of_a_line_is_one_word_and_a_range_stays_a_range() {
    let lines = |first: &str, second: &str| text(50.0, 200.0, 10.0, first) + &text(50.0, 188.0, 10.0, second);
    check(
        &lines("The report on dis-", "placement of 7,900 persons"),
        "The report on displacement of 7,900 persons",
        &[],
    );
    check(
        &lines("The report counts between 7-", "900 persons in all places"),
        "The report counts between 7- 900 persons in all places",
        &[],
    );
}

#[test]
fn turned_lines_are_read_along_themselves() {
    for matrix in ["0 1 -1 0", "0 -1 1 0", "0.7071 0.7071 -0.7071 0.7071", "-1 0 0 -1"] {
        let content = format!("BT /F1 10 Tf {matrix} 200 200 Tm (Some 7,900 persons) Tj ET");
        check(&content, "Some 7,900 persons", &[]);
    }
}

#[test]
fn actual_text_takes_the_place_of_the_glyphs() {
    let content = "BT /F1 10 Tf 1 0 0 1 50 200 Tm (o) Tj /Span << /ActualText <FEFF006600660069> >> BDC (X) Tj EMC (ce 12) Tj ET";
    check(content, "office 12", &[]);
}

/// A Type 3 font of boxes as the seventh object, its codes mapped to the characters given, from `A` on.
fn box_font(characters: &[char]) -> Vec<String> {
    let count = characters.len();
    let last = 64 + count;
    let widths = "600 ".repeat(count);
    let (mut names, mut shapes, mut map) = (String::new(), String::new(), String::new());
    for (index, character) in characters.iter().enumerate() {
        names += &format!("/g{index} ");
        shapes += &format!("/g{index} 8 0 R ");
        map += &format!("<{:02x}> <{:04x}>\n", 65 + index, u32::from(*character));
    }
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n\
         {count} beginbfchar\n{map}endbfchar endcmap end end"
    );
    let glyph = "600 0 0 0 600 700 d1 50 0 500 700 re f";
    vec![
        format!(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << {shapes} >> \
             /Encoding << /Type /Encoding /Differences [65 {names}] >> /FirstChar 65 /LastChar {last} /Widths [{widths}] /ToUnicode 9 0 R >>"
        ),
        format!("<< /Length {} >>\nstream\n{glyph}\nendstream", glyph.len()),
        format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len()),
    ]
}

/// A line in a font of boxes, its characters as they stand from left to right.
fn in_boxes(line: &str) -> Page {
    let mut characters: Vec<char> = line.chars().filter(|character| *character != ' ').collect();
    characters.sort_unstable();
    characters.dedup();
    let font = box_font(&characters);
    let mut content = "BT /F3 10 Tf 1 0 0 1 50 200 Tm [".to_owned();
    for character in line.chars() {
        if let Ok(index) = characters.binary_search(&character) {
            content += &format!("<{:02x}> ", 65 + index);
        } else {
            content += "-400 ";
        }
    }
    content += "] TJ ET";
    let objects: Vec<&str> = font.iter().map(String::as_str).collect();
    page_of(&pdf_with("", &objects, &content))
}

#[test]
fn a_type_3_font_is_read_by_its_map() {
    assert_eq!(words_of(&in_boxes("some 7,900 persons")).0, "some 7,900 persons");
    assert_eq!(words_of(&in_boxes("o\u{fb03}ce 12")).0, "office 12");
}

#[test]
fn lines_from_right_to_left_are_read_so_and_their_numbers_from_left_to_right() {
    // What stands on the page, from left to right; then what a reader reads.
    let check = |shown: &str, read: &str| {
        let page = in_boxes(shown);
        let Some(Item::Block(block)) = page.items.first() else {
            panic!("a block")
        };
        assert_eq!(block.text.string, read);
    };
    check("םישנא 7,900 ועיגה", "הגיעו 7,900 אנשים");
    check("צחש ٧٬٩٠٠ דדע", "עדד ٧٬٩٠٠ שחצ");
    check(".)24% לש היילע(", "(עלייה של 24%).");
    check("،2024 ويلوي", "يوليو 2024،");
    check("صخش 6,354(", "(6,354 شخص");
    check("2024 2023 םינשב", "בשנים 2023 2024");
}

#[test]
fn glyphs_of_private_numbers_are_counted_as_unmapped() {
    let page = in_boxes("\u{e001}\u{e002} 12");
    assert_eq!((page.glyphs, page.unmapped_glyphs), (4, 2));
}

#[test]
fn a_line_that_its_raised_mark_pushes_down_carries_on_the_paragraph() {
    let line = |x: f64, y: f64, words: &str| text(x, y, 10.0, words);
    let content = line(50.0, 300.0, "Of these, most were present in Bosnia and")
        + &line(50.0, 288.4, "Herzegovina, and others were in Serbia or")
        + &line(50.0, 273.6, "Kosovo")
        + &text(85.5, 277.6, 6.0, "1")
        + &line(92.0, 273.6, "as well as in Albania.");
    let page = page(&content);
    let [(BlockKind::Paragraph, words)] = blocks(&page)[..] else {
        panic!("one paragraph, not {:?}", blocks(&page))
    };
    assert!(words.ends_with("in Serbia or Kosovo as well as in Albania."), "{words}");
}
