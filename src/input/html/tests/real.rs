//! Pages as they were published, where the folder of them is at hand.

use super::{check_places, document};
use crate::layout::Item;

/// The folder of real pages, which is no part of the checkout.
#[expect(clippy::print_stderr, reason = "a test that could not run must say so")]
fn real_pages() -> Option<std::path::PathBuf> {
    let shared = std::env::var_os("CROSSTALLY_SHARED").map_or_else(|| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), Into::into);
    let corpora = shared.join("corpora");
    if corpora.is_dir() {
        return Some(corpora);
    }
    eprintln!("NOT RUN: no real pages at {}", corpora.display());
    None
}

#[test]
fn real_pages_keep_their_places() {
    let Some(corpora) = real_pages() else { return };
    let mut count = 0;
    for folder in ["uk-daily-pages", "uk-small-boats", "blue-borders", "iom-dtm-text"] {
        for entry in std::fs::read_dir(corpora.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "html") {
                let html = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                let document = document(&html);
                check_places(&html, &document);
                assert!(!document.pages[0].items.is_empty(), "{}", path.display());
                count += 1;
            }
        }
    }
    assert!(count > 30, "{count} pages");
}

#[test]
fn every_known_figure_of_real_pages_is_read_in_a_sentence_or_list() {
    let Some(corpora) = real_pages() else { return };
    let folder = corpora.join("uk-daily-pages");
    let gold = std::fs::read_to_string(folder.join("gold.tsv")).unwrap();
    for line in gold.lines().filter(|line| line.contains(".html")) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (name, value) = (columns[0], columns[4]);
        let html = std::fs::read_to_string(folder.join(name)).unwrap();
        let document = document(&html);
        let blocks = document.pages[0].items.iter().filter_map(|item| match item {
            Item::Block(block) => Some(block.text.string.replace(',', "")),
            _ => None,
        });
        let is_number = |words: &str| words.split(|character: char| !character.is_ascii_digit()).any(|number| number == value);
        assert!(blocks.into_iter().any(|words| is_number(&words)), "{name}: {value}");
    }
}
