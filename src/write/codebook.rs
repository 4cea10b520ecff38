//! The codebook as JSON: what the codes in the published files mean, carried along in files that take notes.

use serde_json::{Value as Json, json};

use crate::schema::codebook::{Codebook, IndicatorEntry, PlaceEntry, PlaceKind};

/// All indicators and places.
pub(super) fn json(codebook: &Codebook) -> Json {
    let indicators: Vec<Json> = codebook.indicators().iter().map(indicator).collect();
    let places: Vec<Json> = codebook.places().iter().map(place).collect();
    json!({ "indicators": indicators, "places": places })
}

/// The word for what sort of place a code stands for.
pub(super) fn place_kind(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Country => "country",
        PlaceKind::Territory => "territory",
        PlaceKind::Composite => "composite",
        PlaceKind::Special => "special",
    }
}

fn indicator(entry: &IndicatorEntry) -> Json {
    let comparable: Vec<Json> = entry
        .comparable
        .iter()
        .map(|other| json!({ "with": other.with, "relation": other.relation.as_str(), "why": other.why }))
        .collect();
    json!({
        "code": entry.code,
        "label": entry.label,
        "definition": entry.definition,
        "unit": entry.unit,
        "kind": entry.kind.as_str(),
        "additive": entry.is_additive(),
        "additive_why": entry.additive_why,
        "cumulative": entry.is_cumulative(),
        "comparable": comparable,
    })
}

fn place(entry: &PlaceEntry) -> Json {
    json!({
        "code": entry.code,
        "kind": place_kind(entry.kind),
        "name": entry.name,
        "formal": entry.formal,
        "unhcr": entry.unhcr,
        "members": entry.members,
        "note": entry.note,
    })
}
