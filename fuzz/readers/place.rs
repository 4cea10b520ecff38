//! A text to the places and nationalities it names.

use crosstally::parse::{
    language::Language,
    place::{looks_like_place, place, places},
};

/// Reads what characters the bytes begin with.
pub(crate) fn run(bytes: &[u8]) {
    let text = characters(bytes);
    let language = Language::english();
    let mut end = 0;
    for mention in places(text, language) {
        assert!(!text[mention.range.clone()].is_empty());
        assert!(end <= mention.range.start, "places overlap at {end}");
        end = mention.range.end;
    }
    let _ = place(text, language);
    let _ = looks_like_place(text, language);
}

fn characters(bytes: &[u8]) -> &str {
    let end = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    std::str::from_utf8(&bytes[..end]).unwrap_or_default()
}
