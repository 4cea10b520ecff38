//! A text to the days and periods it names, with and without an edition to lean on.

use crosstally::parse::{
    language::Language,
    period::{PeriodContext, period, periods},
};

/// Reads what characters the bytes begin with.
pub(crate) fn run(bytes: &[u8]) {
    let text = characters(bytes);
    let language = Language::english();
    for edition in [None, Some((2024, 2)), Some((1900, 1)), Some((2100, 12))] {
        let context = PeriodContext { edition, published: None };
        for mention in periods(text, context, language) {
            assert!(!text[mention.range.clone()].is_empty());
            assert!(text.get(mention.core.clone()).is_some());
            if let Some(period) = mention.period {
                assert!(period.start <= period.end, "{mention:?}");
                let _ = mention.resolve(period);
            }
        }
        let _ = period(text, context, language);
    }
}

fn characters(bytes: &[u8]) -> &str {
    let end = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    std::str::from_utf8(&bytes[..end]).unwrap_or_default()
}
