//! A text to its numbers, as the English and as the others write them.

use crosstally::parse::{
    language::Language,
    number::{NumberConvention, ShortScales, SpaceGroups, direction_marks, number, read},
};

/// Reads what characters the bytes begin with.
pub(crate) fn run(bytes: &[u8]) {
    let text = characters(bytes);
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
}

fn characters(bytes: &[u8]) -> &str {
    let end = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    std::str::from_utf8(&bytes[..end]).unwrap_or_default()
}
