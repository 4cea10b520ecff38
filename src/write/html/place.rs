//! Places as the report's scripts take them: four numbers and a page, or bytes with line and column.

use serde_json::{Value, json};

use crate::schema::Provenance;

/// `[page, x0, top, x1, bottom]` for a box, `[start, end, line, column]` for bytes.
pub(super) fn place(place: Provenance) -> Value {
    match place {
        Provenance::Box {
            page,
            bbox: [x0, top, x1, bottom],
        } => json!([page, tenths(x0), tenths(top), tenths(x1), tenths(bottom)]),
        Provenance::Bytes { start, end, line, column } => json!([start, end, line, column]),
    }
}

/// Points as published.
pub(super) fn tenths(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}
