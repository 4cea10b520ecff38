//! What a person sees of a page, and what not.

use super::*;

#[test]
fn text_nobody_sees_is_left_out_and_counted() {
    let seen = text(50.0, 300.0, 10.0, "seen");
    let check = |content: &str| assert_eq!(words(&format!("{seen}{content}")), ("seen".to_owned(), 1), "{content}");
    check(&format!("1 g {}", text(50.0, 200.0, 10.0, "white")));
    check(&text(-300.0, 200.0, 10.0, "outside"));
    check(&format!("3 Tr {}", text(50.0, 200.0, 10.0, "invisible")));
    check(&format!("{}1 0 0 rg 40 190 100 30 re f\n", text(50.0, 200.0, 10.0, "covered")));
    check(&format!(
        "0 0 1 rg 40 190 100 30 re f 0 0 1 rg {}",
        text(50.0, 200.0, 10.0, "camouflaged")
    ));
    check(&format!("q 0 0 10 10 re W n {} Q", text(50.0, 200.0, 10.0, "clipped")));
}

#[test]
fn white_text_on_a_dark_fill_is_seen() {
    let content = format!("0 0 1 rg 40 190 100 30 re f 1 g {}", text(50.0, 200.0, 10.0, "7,900"));
    assert_eq!(words(&content), ("7,900".to_owned(), 0));
}

/// A picture of one dark dot, as the seventh object.
const PICTURE: &str =
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream";

#[test]
fn text_on_a_picture_is_seen_and_text_under_it_is_not() {
    let picture = "q 100 0 0 50 40 180 cm /X Do Q\n";
    let label = text(50.0, 200.0, 10.0, "7,900");
    let check = |content: &str, expected: (&str, u32)| {
        let words = words_of(&page_of(&pdf_with("", &[PICTURE], content)));
        assert_eq!(words, (expected.0.to_owned(), expected.1), "{content}");
    };
    check(&format!("{picture}1 g {label}"), ("7,900", 0));
    check(&format!("{label}{picture}"), ("", 1));
}

#[test]
fn text_without_opacity_is_not_seen_and_thin_text_is() {
    let check = |opacity: &str, expected: (&str, u32)| {
        let state = format!("<< /ca {opacity} >>");
        let content = format!("/G gs {}", text(50.0, 200.0, 10.0, "7,900"));
        let words = words_of(&page_of(&pdf_with("", &[&state], &content)));
        assert_eq!(words, (expected.0.to_owned(), expected.1), "{opacity}");
    };
    check("0", ("", 1));
    check("0.5", ("7,900", 0));
}

#[test]
fn a_glance_through_letters_used_as_a_clip_shows_no_letters() {
    assert_eq!(words(&format!("7 Tr {}", text(50.0, 200.0, 10.0, "7,900"))), (String::new(), 1));
}

#[test]
fn of_a_number_that_is_cut_off_nothing_is_left() {
    let check = |content: &str, expected: (&str, u32)| assert_eq!(words(content), (expected.0.to_owned(), expected.1), "{content}");
    // By the edge of the page, by a clip at either side, by what lies over it.
    check(&text(380.0, 200.0, 10.0, "12345678"), ("", 2));
    check(&format!("q 48 190 14 20 re W n {} Q", text(50.0, 200.0, 10.0, "123456")), ("", 2));
    check(&format!("q 60 190 90 20 re W n {} Q", text(50.0, 200.0, 10.0, "123456")), ("", 2));
    check(
        &format!("{}1 0 0 rg 91 190 90 30 re f", text(50.0, 200.0, 10.0, "total 123456")),
        ("total", 1),
    );
    // A word is still a word, and what is whole stays.
    check(&text(370.0, 200.0, 10.0, "persons"), ("person", 1));
    check(&text(50.0, 200.0, 10.0, "12 345678"), ("12 345678", 0));
}

#[test]
fn rotation_crop_box_and_unit_are_those_of_the_page_as_shown() {
    let content = text(50.0, 300.0, 10.0, "seen 7,900") + &text(50.0, 20.0, 10.0, "cropped");
    let check = |entries: &str, size: (f64, f64), place: (f64, f64)| {
        let page = page_of(&pdf_with(entries, &[], &content));
        let first = &page.words[0];
        assert_eq!(first.text, "seen", "{entries}");
        let near = |one: f64, other: f64| (one - other).abs() < 0.2;
        assert!(
            near(page.width, size.0) && near(page.height, size.1),
            "{entries}: {} {}",
            page.width,
            page.height
        );
        assert!(
            near(first.bbox.x0, place.0) && near(first.bbox.top, place.1),
            "{entries}: {:?}",
            first.bbox
        );
    };
    check("", (400.0, 400.0), (50.0, 92.1));
    check("/CropBox [40 250 300 350]", (260.0, 100.0), (10.0, 42.1));
    check("/CropBox [40 250 300 350] /Rotate 90", (100.0, 260.0), (47.9, 10.0));
    check("/CropBox [40 250 300 350] /Rotate 180", (260.0, 100.0), (228.3, 47.9));
    check("/CropBox [40 250 300 350] /Rotate 270", (100.0, 260.0), (42.1, 228.3));
    check("/UserUnit 2", (800.0, 800.0), (100.0, 184.2));
}

#[test]
fn a_form_field_without_a_look_of_its_own_shows_what_it_holds() {
    let check = |field: &str, expected: &str| {
        let field = format!("<< /Type /Annot /Subtype /Widget /Rect [50 200 200 216] {field} >>");
        let page = page_of(&pdf_with("/Annots [7 0 R]", &[&field], &text(50.0, 300.0, 10.0, "seen")));
        assert_eq!(words_of(&page).0, expected, "{field}");
    };
    check("/FT /Tx /V (7,900 persons) /DA (/F1 10 Tf 0 g)", "seen 7,900 persons");
    check("/FT /Ch /V <FEFF003700390030> /DA (/F1 0 Tf 0 g)", "seen 790");
    check("/FT /Tx /V (7,900) /F 2", "seen");
    check("/FT /Tx /Ff 8192 /V (7900)", "seen");
    check("/FT /Btn /V (7900)", "seen");
    check("/FT /Tx", "seen");
}
