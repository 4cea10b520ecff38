//! Pages made to do harm, or of nothing at all.

use super::{check, check_places, document};
use crate::input::Limits;
use crate::input::html::read;
use crate::layout::Source;

#[test]
fn hostile_nesting_ends_soon() {
    for tag in ["div", "span", "b", "table><tr><td", "ul><li", "svg><g", "template", "sup"] {
        let html = format!("{}7,900", format!("<{tag}>").repeat(50_000));
        let document = document(&html);
        check_places(&html, &document);
    }
    let document = document(&format!("{}7,900", "<div>".repeat(1_000)));
    assert_eq!(
        document.repairs,
        ["elements nested deeper than 512 were read as part of those around them"]
    );
}

#[test]
fn a_tag_with_attributes_beyond_reason_is_over_the_limit() {
    use std::fmt::Write as _;
    let mut html = String::from("<p title='a > b'");
    for number in 0..20_000 {
        write!(html, " a{number}").unwrap();
    }
    let read = read(Source::verbatim(html + ">x", 0), &Limits::default());
    assert!(matches!(read, Err(crate::input::InputError::OverLimit { .. })));
}

#[test]
fn an_empty_page_holds_nothing() {
    check("", &[]);
    check("\u{feff}", &[]);
    check("\u{feff}<p>x", &["paragraph x"]);
    check("<html>", &[]);
}
