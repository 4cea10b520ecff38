//! The columns of `findings.csv`: one row a finding.

use std::borrow::Cow;

use super::column::{Cells, Column, Kind, Presence, Value};
use crate::schema::Finding;

/// The columns, in the order published.
pub const COLUMNS: &[Column<Finding>] = &[
    Column {
        name: "code",
        meaning: "Which fault it is: a code that explain knows",
        hxl: "#meta+code",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(row.code),
    },
    Column {
        name: "severity",
        meaning: "How bad it is",
        hxl: "#severity",
        kind: Kind::Word(&["error", "warning", "note"]),
        presence: Presence::Always,
        value: |row| Value::text(row.severity.as_str()),
    },
    Column {
        name: "level",
        meaning: "0 one snapshot's form, 1 within one snapshot, 2 between editions, 3 between publishers",
        hxl: "#meta+level+num",
        kind: Kind::Integer,
        presence: Presence::Always,
        value: |row| Value::Integer(row.level.into()),
    },
    Column {
        name: "documents",
        meaning: "Paths of the snapshots it is about",
        hxl: "#meta+documents+list",
        kind: Kind::List,
        presence: Presence::Always,
        value: |row| Value::list(&row.documents),
    },
    Column {
        name: "message",
        meaning: "One sentence with the figures",
        hxl: "#description",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.message),
    },
    Column {
        name: "printed",
        meaning: "What is printed",
        hxl: "#indicator+value+printed",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.printed),
    },
    Column {
        name: "expected",
        meaning: "Value or interval that would not contradict",
        hxl: "#indicator+value+expected",
        kind: Kind::Text,
        presence: Presence::Maybe,
        value: |row| Value::text(&row.expected),
    },
    Column {
        name: "places",
        meaning: "Where to look, the place to open first leading; each with its document where there are several",
        hxl: "#meta+places+list",
        kind: Kind::List,
        presence: Presence::Always,
        value: places,
    },
    Column {
        name: "quotes",
        meaning: "The words at each of the places",
        hxl: "#meta+quotes+list",
        kind: Kind::List,
        presence: Presence::Always,
        value: |row| Value::list(row.mentions.iter().map(|mention| &mention.quote)),
    },
    Column {
        name: "observations",
        meaning: "Ids of the observations it is about",
        hxl: "#meta+observations+list",
        kind: Kind::List,
        presence: Presence::Always,
        value: |row| Value::list(&row.observations),
    },
    Column {
        name: "fingerprint",
        meaning: "Stable when lines move: names the finding in waivers and baselines",
        hxl: "#meta+id",
        kind: Kind::Text,
        presence: Presence::Always,
        value: |row| Value::text(&row.fingerprint),
    },
];

fn places(row: Cells<'_, Finding>) -> Value<'_> {
    let several = row.documents.len() > 1;
    let place = |mention: &crate::schema::Mention| {
        if several {
            format!("{}: {}", mention.document, mention.place)
        } else {
            mention.place.to_string()
        }
    };
    Value::List(row.mentions.iter().map(|mention| Cow::Owned(place(mention))).collect())
}
