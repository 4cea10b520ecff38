//! What checks need to know of indicators and places, asked of the codebook in one place.

use crate::schema::Period;

/// The name of an indicator as it stands within a sentence.
pub(super) fn label(indicator: &str) -> String {
    indicator.replace('_', " ")
}

/// The name of a place as it stands within a sentence.
pub(super) fn name(place: &str) -> &str {
    match place {
        "WBALK" => "the Western Balkans",
        "ALB" => "Albania",
        "BIH" => "Bosnia and Herzegovina",
        "MNE" => "Montenegro",
        "MKD" => "North Macedonia",
        "SRB" => "Serbia",
        "XKX" => "Kosovo",
        "SYR" => "Syrian Arab Republic",
        "EGY" => "Egypt",
        "MAR" => "Morocco",
        "AFG" => "Afghanistan",
        _ => place,
    }
}

/// Whether a count runs up over its days, as arrivals do, and is not a stock at a day.
pub(super) fn is_flow(_indicator: &str, period: Period) -> bool {
    !period.is_day()
}

/// Whether the figures of places may be added up.
pub(super) fn is_additive(indicator: &str) -> bool {
    matches!(indicator, "persons_present" | "asylum_applications")
}

/// The composite places that hold a place.
pub(super) fn wholes(place: &str) -> Vec<&'static str> {
    match place {
        "ALB" | "BIH" | "MNE" | "MKD" | "SRB" | "XKX" => vec!["WBALK"],
        _ => Vec::new(),
    }
}

/// Whether two publishers' indicators measure the same thing.
pub(super) fn is_same(one: (&str, &str), other: (&str, &str)) -> bool {
    one.1 == other.1 && one.1 == "asylum_applications"
}

/// Whether a code stands for one country or kind of persons, and not for several that have codes of their own.
pub(super) fn is_single(place: &str) -> bool {
    place != "WBALK"
}
