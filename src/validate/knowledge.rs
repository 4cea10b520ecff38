//! What checks need to know of indicators and places, asked of the codebook in one place.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::schema::Period;
use crate::schema::codebook::{IndicatorEntry, IndicatorKind, PlaceKind, Relation, codebook};

/// The name of an indicator as it stands within a sentence.
pub(super) fn label(indicator: &str) -> String {
    let Some(entry) = codebook().indicator(indicator) else {
        return indicator.replace('_', " ");
    };
    let mut letters = entry.label.chars();
    match (letters.next(), letters.clone().next()) {
        // A capital follows a capital in a word of capitals, which stays as it is.
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => entry.label.clone(),
    }
}

/// The name of a place as it stands within a sentence.
pub(super) fn name(place: &str) -> String {
    let Some(entry) = codebook().place(place) else { return place.to_owned() };
    let name = entry.name.as_str();
    let has_article = name.starts_with("United ")
        || name.ends_with(" Republic")
        || name.ends_with(" Federation")
        || name.ends_with(" Islands")
        || name.starts_with("Republic of ")
        || name.starts_with("Democratic ")
        || name.starts_with("State of ")
        || [
            "Bahamas",
            "Comoros",
            "Gambia",
            "Holy See",
            "Maldives",
            "Netherlands",
            "Philippines",
            "Western Balkans",
        ]
        .contains(&name);
    if has_article { format!("the {name}") } else { name.to_owned() }
}

/// Whose figure it is, as it stands within a sentence: `from Egypt`, `of unknown origin`.
pub(super) fn origin(origin: &str) -> String {
    match origin {
        "XXA" => "without a nationality".to_owned(),
        "XXX" => "of unknown origin".to_owned(),
        "_O" => "of other origins".to_owned(),
        _ => format!("from {}", name(origin)),
    }
}

/// Whether a count runs up over its days, as arrivals do, and is not a stock at a day.
pub(super) fn is_flow(indicator: &str, period: Period) -> bool {
    match codebook().indicator(indicator) {
        Some(entry) => entry.kind == IndicatorKind::Flow,
        None => !period.is_day(),
    }
}

/// Whether the codebook says that figures of places add up to that of the whole.
pub(super) fn is_additive(indicator: &str) -> bool {
    codebook().indicator(indicator).is_some_and(IndicatorEntry::is_additive)
}

/// Why figures of places do not add up, where the codebook says so; an indicator that it lacks is taken as the report prints it.
pub(super) fn why_not_additive(indicator: &str) -> Option<&'static str> {
    let entry = codebook().indicator(indicator)?;
    (!entry.is_additive()).then_some(entry.additive_why.as_str())
}

/// The composite places that hold a place.
pub(super) fn wholes(place: &str) -> &'static [&'static str] {
    static WHOLES: OnceLock<BTreeMap<&str, Vec<&str>>> = OnceLock::new();
    let wholes = WHOLES.get_or_init(|| {
        let mut wholes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for composite in codebook().places() {
            for member in &composite.members {
                wholes.entry(member).or_default().push(&composite.code);
            }
        }
        wholes
    });
    wholes.get(place).map_or(&[], Vec::as_slice)
}

/// The places of a composite; none for any other place.
pub(super) fn members(place: &str) -> &'static [String] {
    codebook().members(place)
}

/// Whether an origin is what is left when all others are named.
pub(super) fn is_remainder(origin: &str) -> bool {
    matches!(origin, "_O" | "XXX")
}

/// Whether a code stands for one country or kind of persons, and not for several that have codes of their own.
pub(super) fn is_single(place: &str) -> bool {
    codebook().place(place).is_some_and(|entry| entry.kind != PlaceKind::Composite)
}

/// What the codebook says of two publishers' indicators.
pub(super) enum Comparison {
    /// They measure the same thing.
    Same,
    /// The first counts all that the second counts, and more, for this reason.
    Wider(String),
    /// The second counts all that the first counts, and more, for this reason.
    Narrower(String),
    /// They do not compare, for this reason.
    Not(String),
    /// It says nothing.
    Unknown,
}

/// How the indicators of two publishers, each `(publisher, indicator)`, compare in an area.
pub(super) fn comparison(one: (&str, &str), other: (&str, &str), area: &str) -> Comparison {
    let joined = |(publisher, indicator): (&str, &str)| format!("{publisher}/{indicator}");
    let Some(found) = codebook().comparability(&joined(one), &joined(other)) else {
        return Comparison::Unknown;
    };
    if found.except.iter().any(|except| except == area) {
        return Comparison::Not(found.except_why);
    }
    match found.relation {
        Relation::Same => Comparison::Same,
        Relation::Wider => Comparison::Wider(found.why),
        Relation::Narrower => Comparison::Narrower(found.why),
        Relation::NotComparable => Comparison::Not(found.why),
    }
}

/// The first of all indicators that the codebook sets against each other, directly or by way of others; one that it sets against none stands for itself.
pub(super) fn compared_as(indicator: &str) -> &str {
    static FIRST: OnceLock<BTreeMap<&str, &str>> = OnceLock::new();
    let first = FIRST.get_or_init(|| {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        for entry in codebook().indicators() {
            for other in &entry.comparable {
                let other = other.with.split_once('/').map_or(other.with.as_str(), |(_, code)| code);
                let of = |code: &'static str| first.get(code).copied().unwrap_or(code);
                let (one, other) = (of(&entry.code), of(other));
                let (kept, given_up) = (one.min(other), one.max(other));
                first.insert(kept, kept);
                first.insert(given_up, kept);
                first.values_mut().filter(|known| **known == given_up).for_each(|known| *known = kept);
            }
        }
        first
    });
    first.get(indicator).copied().unwrap_or(indicator)
}

/// The other indicators of a publisher that measure the same thing as one of another publisher.
pub(super) fn measured_alike(one: (&str, &str), publisher: &str, area: &str) -> Vec<&'static str> {
    let codes = codebook().indicators().iter().map(|entry| entry.code.as_str());
    codes
        .filter(|code| *code != one.1 && matches!(comparison(one, (publisher, code), area), Comparison::Same))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_a_sentence() {
        for (code, expected) in [
            ("WBALK", "the Western Balkans"),
            ("SYR", "the Syrian Arab Republic"),
            ("COD", "the Democratic Republic of the Congo"),
            ("EGY", "Egypt"),
            ("SRBXKX", "Serbia and Kosovo"),
            ("QQQ", "QQQ"),
        ] {
            assert_eq!(name(code), expected);
        }
        assert_eq!(label("asylum_applications"), "asylum applications");
        assert_eq!(label("pushbacks_at_sea"), "pushbacks at sea");
        assert_eq!(origin("XXX"), "of unknown origin");
    }

    #[test]
    fn indicators_that_compare_stand_together() {
        for entry in codebook().indicators() {
            for other in &entry.comparable {
                let (_, other) = other.with.split_once('/').expect("publisher and indicator");
                assert_eq!(compared_as(&entry.code), compared_as(other), "{} and {other}", entry.code);
            }
        }
        assert_ne!(compared_as("mixed_movements"), compared_as("persons_present"));
        assert_eq!(compared_as("pushbacks_at_sea"), "pushbacks_at_sea");
    }

    #[test]
    fn places_know_what_holds_them() {
        assert_eq!(wholes("ALB"), ["WBALK"]);
        assert!(wholes("EGY").is_empty() && wholes("WBALK").is_empty());
        assert!(is_single("EGY") && is_single("_O") && !is_single("WBALK"));
    }
}
