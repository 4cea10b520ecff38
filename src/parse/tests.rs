//! What holds for every recogniser and any text at all, and what the real reports among the shared material say.

use std::{ops::Range, path::PathBuf};

use proptest::prelude::*;

use super::{
    language::Language,
    number::{self, NumberConvention, NumberKind, SpaceGroups},
    period::{self, PeriodContext},
    place,
};

fn ranges(text: &str) -> Vec<Range<usize>> {
    let language = Language::english();
    let mut ranges = Vec::new();
    for convention in [NumberConvention::english(), NumberConvention::continental()] {
        let read = number::read(text, &convention, language);
        for pair in read.figures.windows(2) {
            assert!(pair[0].range.end <= pair[1].range.start, "figures overlap in {text:?}");
        }
        ranges.extend(read.figures.iter().map(|figure| figure.range.clone()));
        ranges.extend(read.figures.iter().filter_map(|figure| figure.qualifier_range.clone()));
        ranges.extend(read.not_figures.into_iter().map(|other| other.range));
        ranges.extend(read.malformed.into_iter().map(|other| other.range));
    }
    ranges.extend(number::direction_marks(text, language).into_iter().map(|mark| mark.range));
    for context in [
        PeriodContext::default(),
        PeriodContext {
            edition: Some((2024, 7)),
            published: None,
        },
    ] {
        let periods = period::periods(text, context, language);
        ranges.extend(periods.iter().flat_map(|mention| [mention.range.clone(), mention.core.clone()]));
    }
    ranges.extend(place::places(text, language).into_iter().map(|mention| mention.range));
    let _ = place::place(text, language);
    let _ = place::looks_like_place(text, language);
    let _ = period::period(text, PeriodContext::default(), language);
    let _ = number::number(text, &NumberConvention::english(), language);
    ranges
}

fn check_ranges(text: &str) {
    for range in ranges(text) {
        assert!(range.start < range.end, "an empty range in {text:?}");
        assert!(text.get(range.clone()).is_some(), "{range:?} is not on characters of {text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC*") {
        check_ranges(&text);
    }

    #[test]
    fn any_mix_of_what_the_recognisers_look_for_is_read_without_panic(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "1", "31", "30", "2024", "7,900", "900", "12.5", " ", " ", " ", "-", "–", " - ", "%", " per cent", "some ", "more than ", "between ", "and ",
                "January", "May", "31 April", "July ", "/", ".", ",", "(", ")", "[", "]", "{", "^", "\n", "\t", "Kosovo", "*", "⁴", "(S/RES/1244 [1999])", "as of end ",
                "the same period of ", "last year", "seven", "hundred", "million", "Q", "first quarter of ", "\u{301}", "é", "ﬁ", "\u{a0}", "\u{2009}", "+", "XX", "#REF!",
                "Congo, Democratic Republic of the", "'", "’24", "st", "½", "↓", "since ", "tel. ", "https://x.y/1", "to ", "&", "999999999999999999999999999999", "0",
            ]),
            0..24,
        )
    ) {
        check_ranges(&pieces.concat());
    }
}

/// Long and repetitive texts are read to their end; that it takes time linear in their length is measured in `benches/`.
#[test]
fn hostile_texts_are_read_to_their_end() {
    let units = [
        "1",
        "1,",
        "1 000 ",
        "1 ",
        "2024-",
        "2024 - ",
        "January-",
        "between ",
        "some ",
        "(",
        "Kosovo(",
        "Kosovo (1244 ",
        "a",
        "a ",
        "seven ",
        "hundred ",
        "million ",
        "- ",
        "-",
        "%",
        "Congo, ",
        "New ",
        "the same period of ",
        "^{",
        "[",
        "1/",
        "1:",
        "1.",
        "+1 ",
        "tel 1 ",
        "XX,",
        "#",
        "http://a",
        "a.b/",
        "@",
        "& ",
        "\u{301}",
        "May ",
        "31 ",
        "1st ",
        "end of ",
        "100 ",
        "+1 +1 ",
        "+1(",
        "first ",
        "of the ",
        "*",
        "Serbia (and Kosovo: ",
        "'",
        "one ",
        "from ",
        "Q1 ",
        "no less than ",
        "United ",
    ];
    for unit in units {
        check_ranges(&unit.repeat(50_000 / unit.len()));
    }
}

fn shared() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("CROSSTALLY_SHARED").map_or(beside, PathBuf::from);
    shared.is_dir().then_some(shared)
}

/// Every quote that the gold tables hold is read from its seed, with its value.
#[test]
#[expect(clippy::print_stderr, reason = "a test that checks nothing says so")]
fn every_gold_quote_is_a_figure_of_its_seed() {
    let Some(shared) = shared() else {
        eprintln!("SKIPPED: the shared seeds are not beside the checkout and CROSSTALLY_SHARED is not set");
        return;
    };
    let mut checked = 0;
    for entry in std::fs::read_dir(shared.join("gold")).unwrap() {
        let gold = entry.unwrap().path();
        let seed = shared.join("seeds").join(gold.with_extension("txt").file_name().unwrap());
        let text = std::fs::read_to_string(seed)
            .unwrap()
            .replace("**", "")
            .replace("<sup>", "^{")
            .replace("</sup>", "}");
        let figures = number::numbers(&text, &NumberConvention::english(), Language::english());
        let mut reader = csv::Reader::from_path(gold).unwrap();
        let headers = reader.headers().unwrap().clone();
        for row in reader.records() {
            let row = row.unwrap();
            let field = |name: &str| row.get(headers.iter().position(|header| header == name).unwrap()).unwrap();
            let value: rust_decimal::Decimal = field("value").parse().unwrap();
            let read = figures.iter().any(|figure| {
                &text[figure.range.clone()] == field("quote")
                    && figure.value.abs() == value.abs()
                    && figure.qualifier.as_str() == field("qualifier")
                    && (figure.kind == NumberKind::Count) == (field("unit") != "percent" && field("unit") != "percentage_points")
            });
            assert!(read, "{} {} is not read", field("quote"), field("qualifier"));
            checked += 1;
        }
        // No seed holds a fault of form.
        assert_eq!(number::malformed(&text, &NumberConvention::english(), Language::english()), []);
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn conventions_of_a_profile_decide() {
    let joined = NumberConvention {
        spaces: SpaceGroups::Joined,
        ..NumberConvention::english()
    };
    let figures = number::numbers("5 100 Afghans", &joined, Language::english());
    assert_eq!(figures[0].value, 5100.into());
}
