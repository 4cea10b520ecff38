//! A text to the places and nationalities it names.
#![no_main]

use crosstally::parse::{
    language::Language,
    place::{looks_like_place, place, places},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let language = Language::english();
    let mut end = 0;
    for mention in places(text, language) {
        assert!(!text[mention.range.clone()].is_empty());
        assert!(end <= mention.range.start, "places overlap at {end}");
        end = mention.range.end;
    }
    let _ = place(text, language);
    let _ = looks_like_place(text, language);
});
