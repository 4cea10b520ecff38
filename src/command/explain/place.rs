//! Places that a word names, to their pages: code, names, UNHCR's code, parts.

use crosstally::schema::codebook::{Codebook, NameKind, PlaceEntry, PlaceKind};

/// The page of every place that the word may mean: `MAR` is Morocco in ISO 3166 and Martinique at UNHCR.
pub(super) fn pages(word: &str, codebook: &Codebook) -> Vec<String> {
    let upper = word.to_uppercase();
    let by_code = codebook.place(word).or_else(|| codebook.place(&upper));
    let by_name = codebook.named(word).and_then(|entry| codebook.place(&entry.code));
    let by_unhcr = codebook.unhcr_to_iso(&upper).and_then(|code| codebook.place(code));
    let mut found: Vec<&PlaceEntry> = Vec::new();
    for place in [by_code, by_name, by_unhcr].into_iter().flatten() {
        if !found.iter().any(|other| other.code == place.code) {
            found.push(place);
        }
    }
    found.iter().map(|place| page(place, codebook)).collect()
}

/// A name that stands for no one place, and why the program reads nothing from it.
pub(super) fn refusal(word: &str, codebook: &Codebook) -> Option<String> {
    let entry = codebook.named(word)?;
    match entry.kind {
        NameKind::Ambiguous => Some(format!(
            "`{word}` may mean several places, or one that no code stands for; no place is read from it"
        )),
        NameKind::Trap => Some(format!("`{word}` holds the name of a place without meaning it; no place is read from it")),
        _ => None,
    }
}

fn page(place: &PlaceEntry, codebook: &Codebook) -> String {
    let scheme = match place.kind {
        PlaceKind::Country => "a country, by ISO 3166-1 alpha-3",
        PlaceKind::Territory if place.code.starts_with('X') => "a territory, by a code that ISO 3166-1 leaves to its users",
        PlaceKind::Territory => "a territory, by ISO 3166-1 alpha-3",
        PlaceKind::Composite => "several places reported as one",
        PlaceKind::Special => "no country: a code for those without, unknown or other",
    };
    let mut page = format!("# {}: {}\n\n{} is {scheme}.\n", place.code, place.name, place.code);
    let mut line = |label: &str, text: &str| {
        if !text.is_empty() {
            page += &format!("\n{label}: {text}");
        }
    };
    line("Formal name", if place.formal == place.name { "" } else { &place.formal });
    line("UNHCR's code", &unhcr(place, codebook));
    line("Parts", &parts(place, codebook));
    for (label, kinds) in [
        (
            "Names read",
            &[NameKind::Name, NameKind::Notation, NameKind::Abbreviation, NameKind::AbbreviationWord][..],
        ),
        ("Former names", &[NameKind::Former][..]),
        ("Its people", &[NameKind::Demonym, NameKind::Adjective][..]),
    ] {
        line(label, &names(place, kinds, codebook));
    }
    line("Note", &place.note);
    page
}

/// UNHCR's code, with a warning where it is another place's code in ISO 3166.
fn unhcr(place: &PlaceEntry, codebook: &Codebook) -> String {
    match codebook.place(&place.unhcr) {
        Some(other) if other.code != place.code => format!("{} (which is {} in ISO 3166)", place.unhcr, other.name),
        _ => place.unhcr.clone(),
    }
}

fn parts(place: &PlaceEntry, codebook: &Codebook) -> String {
    let part = |code: &String| format!("{code} {}", codebook.name(code));
    place.members.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn names(place: &PlaceEntry, kinds: &[NameKind], codebook: &Codebook) -> String {
    let of_place = codebook
        .names()
        .iter()
        .filter(|entry| entry.code == place.code && kinds.contains(&entry.kind));
    of_place.map(|entry| entry.name.as_str()).collect::<Vec<_>>().join("; ")
}
