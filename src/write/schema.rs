//! Column definitions to JSON Schema: what `schema` prints, made of the very columns that are written.

use serde_json::{Map, Value as Json, json};

use super::{
    column::{Kind, Presence},
    coverage,
    document::Documents,
    tables::Table,
    vintage::Vintages,
};
use crate::schema::{Finding, Observation};

/// The schema of a line of `observations.jsonl`.
pub fn observations() -> Json {
    table::<Observation>("observation")
}

/// The schema of a line of `documents.jsonl`.
pub fn documents() -> Json {
    table::<Documents>("document")
}

/// The schema of a line of `vintages.jsonl`.
pub fn vintages() -> Json {
    table::<Vintages>("vintage")
}

/// The schema of a line of `coverage.jsonl`: its keys are the leading columns, and the rules of the profiles that were used.
pub fn coverage() -> Json {
    let text = |(name, meaning, _): &(&'static str, &str, &str)| (*name, described(meaning, value(Kind::Text, Presence::Always)));
    let mut schema = object(
        "coverage",
        "What became of the figures that an edition promises: a line of coverage.jsonl",
        coverage::LEAD.iter().map(text).collect(),
    );
    schema["additionalProperties"] = described(coverage::MEANING, value(Kind::Word(coverage::STATES), Presence::Maybe));
    schema
}

/// The schema of a row as a JSON object.
pub(super) fn table<T: Table>(title: &str) -> Json {
    object(title, &format!("{}: a line of {}.jsonl", T::MEANING, T::NAME), properties::<T>())
}

/// The schema of a line of `findings.jsonl`, and of an entry of `findings` in `check --format json`.
pub fn findings() -> Json {
    let mut properties = properties::<Finding>();
    properties.push(("help", described("What the user does next", json!({ "type": "string" }))));
    properties.push((
        "method",
        described(
            "How it came about: claim, of a sentence alone; null, by the rules of the reports' families",
            json!({ "enum": ["claim", null] }),
        ),
    ));
    properties.push((
        "mentions",
        described(
            "The words it is about, the place to open first leading",
            json!({ "type": "array", "items": mention() }),
        ),
    ));
    object(
        "finding",
        "Something a reader should look at: a line of findings.jsonl, or an entry of `findings` in `check --format json`",
        properties,
    )
}

/// The schema of all that `check --format json` prints.
pub fn check() -> Json {
    let count = |meaning| described(meaning, json!({ "type": "integer", "minimum": 0 }));
    let text = |meaning| described(meaning, json!({ "type": "string" }));
    let mut finding = findings();
    if let Some(fields) = finding.as_object_mut() {
        fields.remove("$schema");
    }
    let mut waived = finding.clone();
    waived["title"] = json!("waived finding");
    waived["description"] = json!("A finding that somebody decided to live with");
    waived["properties"]["waiver"] = strict(vec![
        ("reason", text("Why it is no fault, or one that cannot be mended")),
        ("owner", text("Who answers for it")),
        (
            "until",
            described("Last day the waiver holds", json!({ "type": "string", "format": "date" })),
        ),
    ]);
    if let Some(required) = waived["required"].as_array_mut() {
        required.push(json!("waiver"));
    }
    let skipped = strict(vec![
        ("what", text("Figures that were not set against each other")),
        ("why", text("Why not")),
        (
            "documents",
            described(
                "Paths of the snapshots they stand in",
                json!({ "type": "array", "items": { "type": "string" } }),
            ),
        ),
    ]);
    object(
        "check",
        "What `check --format json` prints, and what its `--baseline` takes",
        vec![
            (
                "tool",
                strict(vec![("name", text("Name of the program")), ("version", text("Its version"))]),
            ),
            ("documents", count("Snapshots that were looked at")),
            ("waived", count("Findings left out because a waiver covers them")),
            ("known", count("Findings left out because the baseline holds them")),
            (
                "findings",
                described("Findings, most severe first", json!({ "type": "array", "items": finding })),
            ),
            (
                "waived_findings",
                described("Findings that a waiver covers", json!({ "type": "array", "items": waived })),
            ),
            (
                "skipped",
                described(
                    "Comparisons that were left alone on purpose",
                    json!({ "type": "array", "items": skipped }),
                ),
            ),
        ],
    )
}

fn mention() -> Json {
    let text = |meaning| described(meaning, json!({ "type": "string" }));
    let number = || json!({ "type": "integer", "minimum": 0 });
    let bytes = strict(vec![
        (
            "bytes",
            described(
                "First byte, and byte after the last, of the file as published",
                json!({ "type": "array", "items": number(), "minItems": 2, "maxItems": 2 }),
            ),
        ),
        ("line", described("Line of the first byte, from 1", number())),
        ("column", described("Column of the first byte in characters, from 1", number())),
    ]);
    let page = strict(vec![
        ("page", described("Page, from 1", number())),
        (
            "bbox",
            described(
                "[x0, top, x1, bottom] in points from the top left of the page as shown",
                json!({ "type": "array", "items": { "type": "number" }, "minItems": 4, "maxItems": 4 }),
            ),
        ),
    ]);
    strict(vec![
        ("document", text("Path of the snapshot")),
        ("place", json!({ "oneOf": [bytes, page] })),
        ("quote", text("The words as printed")),
        ("context", text("The sentence, row or chart label around them")),
    ])
}

fn properties<T: Table>() -> Vec<(&'static str, Json)> {
    T::COLUMNS
        .iter()
        .map(|column| (column.name, described(column.meaning, value(column.kind, column.presence))))
        .collect()
}

fn value(kind: Kind, presence: Presence) -> Json {
    let (name, mut schema) = match kind {
        Kind::Text => ("string", json!({})),
        Kind::Word(words) => ("string", json!({ "enum": words })),
        Kind::Number => ("number", json!({})),
        Kind::Integer => ("integer", json!({ "minimum": 0 })),
        Kind::Date => ("string", json!({ "format": "date" })),
        Kind::List => ("array", json!({ "items": { "type": "string" } })),
    };
    match presence {
        Presence::Always => schema["type"] = json!(name),
        Presence::Maybe => {
            schema["type"] = json!([name, "null"]);
            if let Some(words) = schema.get_mut("enum").and_then(Json::as_array_mut) {
                words.push(Json::Null);
            }
        }
    }
    schema
}

fn described(meaning: &str, mut schema: Json) -> Json {
    schema["description"] = json!(meaning);
    schema
}

fn object(title: &str, meaning: &str, properties: Vec<(&'static str, Json)>) -> Json {
    let mut schema = described(meaning, strict(properties));
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    schema
}

/// An object that has all of the properties and no other.
fn strict(properties: Vec<(&'static str, Json)>) -> Json {
    let required: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
    let properties: Map<String, Json> = properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}
