//! Markup as nobody writes it: no page loses the places of its characters.

use proptest::prelude::*;

use super::{check_places, document};
use crate::input::Limits;
use crate::input::html::tree::tree;

/// Markup as nobody writes it.
fn html() -> impl Strategy<Value = String> {
    let fixed = vec![
        " ",
        "\n",
        "\r\n",
        "&nbsp;",
        "&amp",
        "&#51;",
        "&#x;",
        "&notin;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "\0",
        "é",
        "\u{ad}",
        "²",
        "* ",
        "^{5,6}",
        "<",
        ">",
        "<p",
        "'",
        "\"",
        "&",
        "&#",
    ];
    let piece = prop_oneof![
        proptest::sample::select(fixed).prop_map(str::to_owned),
        "[a-z]{1,6}",
        "[0-9]{1,3}(,[0-9]{3})?%?",
        "</?(p|b|div|span|sup|br|table|tr|td|th|thead|caption|li|ul|ol|dl|dt|dd|h2|small|svg|g|text|tspan|rect|path|style|script|title|a|font|form|select|pre|template|footer|header)( (class=(x|note|sr-only)|hidden|colspan=[0-9]{1,5}|rowspan=[0-9]|style='display:none'|role=(table|row|cell|heading)|x=5 y=[0-9]|transform='rotate\\(90\\)'|d='M0 0h[0-9]v5z'))?/?>",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_text_of_the_tree_is_all_its_characters(html in html()) {
        let tree = tree(&html, &Limits::default()).unwrap();
        for node in tree.html.tree.nodes() {
            let scraper::Node::Text(text) = node.value() else { continue };
            let segments = tree.texts.get(&node.id()).map_or(&[][..], Vec::as_slice);
            let characters: String = segments.iter().map(|segment| segment.characters(&html)).collect();
            if tree.losses.is_empty() && tree.repairs.is_empty() {
                prop_assert_eq!(&characters, &**text);
            }
            for segment in segments {
                // Only an entity or a line end stands for other characters: at most two.
                let most = segment.stands_for.as_ref().map_or(0, |characters| characters.chars().count());
                prop_assert!(most <= 2, "{:?}", segment);
            }
        }
    }

    #[test]
    fn every_character_is_where_it_says(html in html()) {
        let document = document(&html);
        check_places(&html, &document);
    }
}
