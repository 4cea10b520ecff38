//! What phrases match, and how faulty ones are refused.

use super::{super::annotated::testing::annotated, *};

/// What a phrase finds in a text, with its slots; empty where it finds nothing.
fn check(phrase: &str, text: &str, expected: &str) {
    let phrase = Phrase::compile(phrase).unwrap();
    let words = annotated(text);
    let found = phrase.find(&words, 0..text.len()).map_or(String::new(), |found| {
        let slots: Vec<String> = found
            .captures
            .iter()
            .map(|capture| format!("{:?}={}", capture.slot, &text[capture.range.clone()]))
            .collect();
        format!("{} [{}]", &text[found.range], slots.join(", "))
    });
    assert_eq!(found, expected);
}

#[test]
fn words_match_whatever_their_case_accents_and_line_breaks() {
    check(
        "cote d'ivoire asylum",
        "In C\u{f4}te\u{a0}d\u{2019}Ivoire,\nAsylum",
        "C\u{f4}te\u{a0}d\u{2019}Ivoire,\nAsylum []",
    );
    check("transit*", "They transited", "transited []");
    check("transit", "They transited", "");
}

#[test]
fn a_count_takes_its_approximator_with_it() {
    check(
        "{count} ... transit*",
        "some 7,900 refugees have transited",
        "some 7,900 refugees have transited [Count=some 7,900]",
    );
}

#[test]
fn optional_and_alternative_parts_may_nest() {
    let phrase = "{count} [of [these]] (persons|people|refugees and migrants) were present";
    check(
        phrase,
        "3,300 of these people were present",
        "3,300 of these people were present [Count=3,300]",
    );
    check(
        phrase,
        "3,300 refugees and migrants were present",
        "3,300 refugees and migrants were present [Count=3,300]",
    );
    check(phrase, "3,300 goats were present", "");
}

#[test]
fn a_gap_is_as_short_as_will_do_and_not_without_end() {
    check("new ... (arrivals|entries)", "new sea arrivals and entries", "new sea arrivals []");
    let far = format!("new {} arrivals", "word ".repeat(40));
    check("new ... arrivals", &far, "");
}

#[test]
fn a_period_may_start_behind_its_framing_words() {
    check(
        "present at the {period}",
        "present at the end of July:",
        "present at the end of July [Period=end of July]",
    );
    check("as of {period}", "as of 31 July", "as of 31 July [Period=31 July]");
}

#[test]
fn points_need_a_sign_or_an_arrow() {
    check(
        "{origin} {share} {points}",
        "Egypt (33%) \u{2191} +15%",
        "Egypt (33%) \u{2191} +15% [Origin=Egypt, Share=33%, Points=\u{2191} +15%]",
    );
    check("{origin} {share} {points}", "Egypt (33%) 15%", "");
}

#[test]
fn a_headline_gives_its_caption() {
    let phrase = Phrase::compile("{count} / applications for asylum in {period}").unwrap();
    let (slot, caption) = phrase.figure_and_caption().unwrap();
    assert_eq!(slot, Slot::Count);
    let words = annotated("APPLICATIONS FOR ASYLUM IN 2024");
    assert!(caption.whole(&words, 0..words.string().len()).is_some());
}

#[test]
fn faulty_phrases_say_where_and_why() {
    let fault = |phrase: &str| {
        let error = Phrase::compile(phrase).unwrap_err();
        format!("{}: {}", error.at, error.message)
    };
    assert_eq!(fault("{count"), "0: `{` is not closed");
    assert_eq!(fault("some [of these"), "5: `[` is not closed");
    assert_eq!(fault("some) of"), "4: `)` without its opening");
    assert_eq!(
        fault("{number}"),
        "0: unknown slot `{number}`; there are {count}, {share}, {ratio}, {change}, {points}, {period}, {area}, {origin}"
    );
    assert_eq!(fault("   "), "0: the phrase is empty");
    assert_eq!(fault("words / caption"), "0: before ` / ` stands one figure, as in `{count} / caption`");
}

#[test]
fn the_filter_before_the_search_lets_through_whatever_matches() {
    // The first word, a slot behind punctuation, an empty branch, a beginning of one letter, words longer than eight letters.
    check("(persons|people) present*", "of all people, presently", "people, presently []");
    check("at {count}", "at (7,900)", "at (7,900 [Count=7,900]");
    check("(|new) arrivals {count}", "arrivals 12", "arrivals 12 [Count=12]");
    check("t* {count}", "totalled 12", "totalled 12 [Count=12]");
    check("unaccompanied* children", "unaccompanied children", "unaccompanied children []");
    check("unaccompani* children", "unaccompanied children", "unaccompanied children []");
    check("unaccompanied children", "unaccompanies children", "");
    check("present", "pres", "");
    check(
        "[total] {share} ... {origin}",
        "33% from Egypt",
        "33% from Egypt [Share=33%, Origin=Egypt]",
    );
}

#[test]
fn a_text_made_to_be_tried_in_every_way_is_soon_given_up() {
    let phrase = Phrase::compile("{count} ... (persons|people) ... (persons|people) ... (persons|people) ... transited").unwrap();
    let words = annotated(&format!("{} were transiting, transited", "7 people ".repeat(1000)));
    assert_eq!(phrase.find_all(&words, 0..words.string().len(), 8).len(), 1);
}
