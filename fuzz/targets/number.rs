//! A text to its numbers, as the English and as the others write them.
#![no_main]

use crosstally::parse::{
    language::Language,
    number::{NumberConvention, ShortScales, SpaceGroups, direction_marks, number, read},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let language = Language::english();
    let mut generous = NumberConvention::continental();
    generous.spaces = SpaceGroups::Joined;
    generous.short_scales = ShortScales::Read;
    for convention in [NumberConvention::english(), NumberConvention::continental(), generous] {
        let numbers = read(text, &convention, language);
        let mut end = 0;
        for figure in &numbers.figures {
            assert!(!text[figure.range.clone()].is_empty());
            assert!(end <= figure.range.start, "figures overlap at {end}");
            end = figure.range.end;
            let interval = figure.interval();
            assert!(interval.low <= interval.high, "{figure:?}");
        }
        for malformed in &numbers.malformed {
            assert!(text.get(malformed.range.clone()).is_some());
        }
        let _ = number(text, &convention, language);
    }
    let _ = direction_marks(text, language);
});
