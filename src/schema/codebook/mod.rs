//! What the codes in the published files mean: places and their names, indicators, and what may be compared with what.

mod indicator;
mod normal;
mod place;
mod publisher;

use std::{collections::HashMap, sync::OnceLock};

pub use indicator::{Additivity, Comparability, IndicatorEntry, IndicatorKind, Relation};
pub use normal::{Normalised, normalised};
pub use place::{NameEntry, NameKind, PlaceEntry, PlaceKind};
pub use publisher::PublisherName;

const PLACES: &str = include_str!("places.csv");
const ENGLISH_NAMES: &str = include_str!("names-en.csv");
const PUBLISHERS: &str = include_str!("publishers.csv");
const INDICATORS: &str = include_str!("indicators.toml");

/// All codes and their meanings.
#[derive(Debug)]
pub struct Codebook {
    places: Vec<PlaceEntry>,
    by_code: HashMap<String, usize>,
    by_unhcr: HashMap<String, usize>,
    names: Vec<NameEntry>,
    by_name: HashMap<String, usize>,
    indicators: Vec<IndicatorEntry>,
    publishers: Vec<PublisherName>,
}

/// The codebook, read once.
pub fn codebook() -> &'static Codebook {
    static CODEBOOK: OnceLock<Codebook> = OnceLock::new();
    CODEBOOK.get_or_init(Codebook::embedded)
}

impl Codebook {
    /// All places, by kind and code.
    pub fn places(&self) -> &[PlaceEntry] {
        &self.places
    }

    /// The place of an ISO 3166-1 alpha-3 or other code of the published files.
    pub fn place(&self, code: &str) -> Option<&PlaceEntry> {
        self.by_code.get(code).map(|index| &self.places[*index])
    }

    /// The short English name of a place; the code itself where the codebook lacks it.
    pub fn name<'name>(&'name self, code: &'name str) -> &'name str {
        self.place(code).map_or(code, |place| place.name.as_str())
    }

    /// The codes of a composite's parts; none for any other place.
    pub fn members(&self, code: &str) -> &[String] {
        self.place(code).map_or(&[], |place| place.members.as_slice())
    }

    /// The code of the published files for one of UNHCR's own scheme, in which `ARE` is Egypt and `AUS` Austria.
    pub fn unhcr_to_iso(&self, code: &str) -> Option<&str> {
        self.by_unhcr.get(code).map(|index| self.places[*index].code.as_str())
    }

    /// All names, traps and ambiguous names included.
    pub fn names(&self) -> &[NameEntry] {
        &self.names
    }

    /// What a whole name means, compared by its [`normalised`] form.
    pub fn named(&self, name: &str) -> Option<&NameEntry> {
        self.by_name.get(&normalised(name)).map(|index| &self.names[*index])
    }

    /// The place that a user means by a code, a name or, last, a code of UNHCR's scheme. Never a guess.
    pub fn lookup_place(&self, text: &str) -> Option<&PlaceEntry> {
        let text = text.trim();
        let upper = text.to_uppercase();
        self.place(text)
            .or_else(|| self.place(&upper))
            .or_else(|| self.place(&self.named(text)?.code))
            .or_else(|| self.place(self.unhcr_to_iso(&upper)?))
    }

    /// All indicators, in the order of the codebook.
    pub fn indicators(&self) -> &[IndicatorEntry] {
        &self.indicators
    }

    /// The names by which reports call publishers.
    pub fn publishers(&self) -> &[PublisherName] {
        &self.publishers
    }

    /// The indicator of a code.
    pub fn indicator(&self, code: &str) -> Option<&IndicatorEntry> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }

    /// How the figures of `one` relate to those of `other`, both `publisher/indicator`; `None` where the codebook does not say.
    ///
    /// What is said in one direction holds in the other: what is wider one way is narrower the other.
    pub fn comparability(&self, one: &str, other: &str) -> Option<Comparability> {
        let said = |from: &str, to: &str| {
            let (_, code) = from.split_once('/')?;
            self.indicator(code)?.comparable.iter().find(|comparability| comparability.with == to)
        };
        if let Some(comparability) = said(one, other) {
            return Some(comparability.clone());
        }
        let comparability = said(other, one)?;
        Some(Comparability {
            with: other.to_owned(),
            relation: comparability.relation.turned(),
            ..comparability.clone()
        })
    }

    fn embedded() -> Self {
        let places = place::places(PLACES);
        let names = place::names(ENGLISH_NAMES);
        let index = |key: fn(&PlaceEntry) -> &String| -> HashMap<String, usize> {
            let keys = places.iter().enumerate().map(|(index, place)| (key(place).clone(), index));
            keys.filter(|(key, _)| !key.is_empty()).collect()
        };
        Self {
            by_code: index(|place| &place.code),
            by_unhcr: index(|place| &place.unhcr),
            by_name: names.iter().enumerate().map(|(index, entry)| (normalised(&entry.name), index)).collect(),
            indicators: indicator::indicators(INDICATORS),
            publishers: publisher::publishers(PUBLISHERS),
            places,
            names,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_lookup(text: &str, expected: &str) {
        let found = codebook().lookup_place(text).map_or("", |place| place.code.as_str());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_place_is_found_by_code_name_or_unhcr_code() {
        check_lookup("BIH", "BIH");
        check_lookup("BSN", "BIH");
        check_lookup("bosnia and herzegovina", "BIH");
        check_lookup("MOR", "MAR");
        check_lookup("MCD", "MKD");
        check_lookup("KOS", "XKX");
        check_lookup("STA", "XXA");
        // ISO comes first where both schemes use a code.
        check_lookup("ARE", "ARE");
        check_lookup("AUS", "AUS");
        check_lookup("MAR", "MAR");
        check_lookup("Western Balkans", "WBALK");
        check_lookup("Western Balkan", "WBALK");
        check_lookup("Western Sahar", "");
        check_lookup("Congolese", "");
        check_lookup("", "");
    }

    #[test]
    fn unhcr_codes_lead_to_the_right_country() {
        for (unhcr, iso) in [
            ("ARE", "EGY"),
            ("AUS", "AUT"),
            ("MAR", "MTQ"),
            ("MOR", "MAR"),
            ("BSN", "BIH"),
            ("GAZ", "PSE"),
            ("UKN", "XXX"),
        ] {
            assert_eq!(codebook().unhcr_to_iso(unhcr), Some(iso), "{unhcr}");
        }
    }

    #[test]
    fn every_country_of_iso_3166_stands_in_the_codebook_once() {
        let countries: Vec<&str> = codebook()
            .places()
            .iter()
            .filter(|place| matches!(place.kind, PlaceKind::Country | PlaceKind::Territory))
            .map(|place| place.code.as_str())
            .collect();
        // 249 entries of the standard, and Kosovo.
        assert_eq!(countries.len(), 250);
        assert!(
            countries
                .iter()
                .all(|code| code.len() == 3 && code.chars().all(|letter| letter.is_ascii_uppercase()))
        );
        let mut sorted = countries.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), 250);
        assert!(countries.contains(&"XKX"));
    }

    #[test]
    fn no_two_places_share_a_name() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for entry in codebook().names() {
            let other = seen.insert(normalised(&entry.name), &entry.code);
            assert!(
                other.is_none_or(|other| other == entry.code),
                "{} is {} and {:?}",
                entry.name,
                entry.code,
                other
            );
        }
    }

    #[test]
    fn every_name_has_a_place_and_every_place_a_name() {
        for entry in codebook().names() {
            let meaningless = matches!(entry.kind, NameKind::Trap | NameKind::Ambiguous);
            assert_eq!(codebook().place(&entry.code).is_none(), meaningless, "{}", entry.name);
        }
        for place in codebook().places() {
            if matches!(place.kind, PlaceKind::Country | PlaceKind::Territory | PlaceKind::Special) {
                assert_eq!(
                    codebook().named(&place.name).map(|entry| entry.code.as_str()),
                    Some(place.code.as_str()),
                    "{}",
                    place.name
                );
            }
            for member in &place.members {
                assert!(codebook().place(member).is_some(), "{member}");
            }
        }
        assert_eq!(codebook().members("WBALK"), ["ALB", "BIH", "XKX", "MNE", "MKD", "SRB"]);
    }

    #[test]
    fn unhcr_codes_are_unique() {
        let mut seen = HashMap::new();
        for place in codebook().places().iter().filter(|place| !place.unhcr.is_empty()) {
            assert_eq!(seen.insert(&place.unhcr, &place.code), None, "{}", place.unhcr);
        }
    }

    #[test]
    fn comparability_holds_both_ways() {
        let relation = |one: &str, other: &str| codebook().comparability(one, other).map(|comparability| comparability.relation);
        assert_eq!(relation("UNHCR/asylum_applications", "IOM/asylum_applications"), Some(Relation::Same));
        assert_eq!(relation("IOM/asylum_applications", "UNHCR/asylum_applications"), Some(Relation::Same));
        assert_eq!(
            relation("UNHCR/mixed_movements", "IOM/registrations_on_arrival"),
            Some(Relation::NotComparable)
        );
        assert_eq!(relation("UNHCR/persons_present", "IOM/reception_occupancy"), Some(Relation::Wider));
        assert_eq!(relation("IOM/reception_occupancy", "UNHCR/persons_present"), Some(Relation::Narrower));
        assert_eq!(relation("UNHCR/persons_present", "IOM/reintegration_grants"), None);
        assert_eq!(relation("nonsense", "IOM/reintegration_grants"), None);
    }

    #[test]
    fn the_contract_s_indicators_are_all_there() {
        for code in [
            "mixed_movements",
            "new_arrivals",
            "persons_present",
            "asylum_intentions",
            "asylum_applications",
            "applications_per_intention",
            "registrations_on_arrival",
            "assisted_voluntary_returns",
            "reintegration_grants",
            "voluntary_returns_by_authorities",
            "non_voluntary_returns_by_authorities",
            "refugee_status_granted",
            "complementary_protection_granted",
            "trafficking_residence_permits",
            "reception_capacity",
            "reception_occupancy",
        ] {
            assert!(codebook().indicator(code).is_some(), "{code}");
        }
        assert_eq!(codebook().indicators().len(), 16);
        assert_eq!(
            codebook().indicator("persons_present").map(|entry| entry.kind),
            Some(IndicatorKind::Stock)
        );
        assert!(codebook().indicator("mixed_movements").is_some_and(|entry| !entry.is_additive()));
    }
}
