//! `datapackage.json`: what stands in the CSV files, as a Data Package, <https://datapackage.org>.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::Header;
use crate::{
    schema::{Finding, Observation},
    write::{
        column::{Column, Kind, Presence},
        coverage,
        document::Documents,
        tables::{Table, Tables},
        vintage::Vintages,
    },
};

/// Writes the description.
pub(super) fn write(tables: &Tables, header: Header, out: &mut dyn Write) -> io::Result<()> {
    let mut publishers: Vec<&str> = tables.documents.iter().map(|document| document.record.publisher.as_str()).collect();
    publishers.sort_unstable();
    publishers.dedup();
    publishers.retain(|publisher| !publisher.is_empty());
    let sources: Vec<Json> = publishers
        .iter()
        .map(|publisher| json!({ "title": format!("Reports published by {publisher}") }))
        .collect();
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "crosstally",
        "title": "Figures of published reports, each with the place it stands at, and what does not add up",
        "description": "A figure stands for an interval, low to high. Figures of indicators that may count a person twice are never added up. \
                        The figures are the publishers'; ask them under which terms they may be used again.",
        "resources": [
            resource::<Observation>(header, &[("document", Documents::NAME, "document")]),
            resource::<Finding>(header, &[]),
            resource::<Documents>(header, &[("duplicate_of", "", "document")]),
            described(header, "coverage", "Editions down, the figures that their layouts promise across", &coverage_schema(tables.rules())),
            resource::<Vintages>(header, &[]),
        ],
    });
    // The format has no empty list of sources.
    if !sources.is_empty() {
        package["sources"] = json!(sources);
    }
    writeln!(out, "{package:#}")
}

/// A table and the columns whose values stand in a column of another table, or of itself where the other has no name.
fn resource<T: Table>(header: Header, foreign: &[(&str, &str, &str)]) -> Json {
    let fields: Vec<Json> = T::COLUMNS.iter().map(field).collect();
    let foreign: Vec<Json> = foreign
        .iter()
        .map(|(column, resource, field)| json!({ "fields": [column], "reference": { "resource": resource, "fields": [field] } }))
        .collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""], "primaryKey": T::KEY });
    if !foreign.is_empty() {
        schema["foreignKeys"] = json!(foreign);
    }
    described(header, T::NAME, T::MEANING, &schema)
}

fn described(header: Header, name: &str, meaning: &str, schema: &Json) -> Json {
    let mut dialect = json!({ "lineTerminator": "\n", "header": true });
    if header == Header::Hxl {
        // The tags below the names are no row of data.
        dialect["commentRows"] = json!([2]);
    }
    json!({
        "name": name,
        "type": "table",
        "path": format!("{name}.csv"),
        "description": meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": dialect,
        "schema": schema,
    })
}

fn field<T: Table>(column: &Column<T>) -> Json {
    let mut constraints = Map::new();
    if column.presence == Presence::Always && column.kind != Kind::List {
        constraints.insert("required".to_owned(), json!(true));
    }
    if T::KEY == [column.name] {
        constraints.insert("unique".to_owned(), json!(true));
    }
    let name = match column.kind {
        Kind::Text | Kind::List => "string",
        Kind::Word(words) => {
            constraints.insert("enum".to_owned(), json!(words));
            "string"
        }
        Kind::Number => "number",
        Kind::Integer => {
            constraints.insert("minimum".to_owned(), json!(0));
            "integer"
        }
        Kind::Date => "date",
    };
    let meaning = match column.kind {
        Kind::List => format!("{}; separated by ;", column.meaning),
        _ => column.meaning.to_owned(),
    };
    let mut field = json!({ "name": column.name, "type": name, "description": meaning });
    if column.kind == Kind::Date {
        field["format"] = json!("default");
    }
    if !constraints.is_empty() {
        field["constraints"] = Json::Object(constraints);
    }
    field
}

fn coverage_schema(rules: &[String]) -> Json {
    let lead = coverage::LEAD.iter().map(|(name, meaning, _)| {
        let constraints = match *name {
            "document" => json!({ "required": true, "unique": true }),
            "family" | "edition" => json!({ "required": true }),
            _ => json!({}),
        };
        json!({ "name": name, "type": "string", "description": meaning, "constraints": constraints })
    });
    let rules = rules
        .iter()
        .map(|rule| json!({ "name": rule, "type": "string", "description": coverage::MEANING, "constraints": { "enum": coverage::STATES } }));
    json!({
        "fields": lead.chain(rules).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": ["document"],
        "foreignKeys": [{ "fields": ["document"], "reference": { "resource": "documents", "fields": ["document"] } }],
    })
}
